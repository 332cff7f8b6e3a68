//! Simulation-based calibration (Talts et al. 2018): parameters from their priors, a record from the
//! reader's own likelihood, and the truth's rank among the draws, which must be uniform if the sampler
//! samples what it says.

use std::collections::BTreeMap;

use rand::{Rng, RngExt};
use rand_distr::{Distribution, Gamma, Poisson};
use tertius::roles::emission::{grade, hazard};
use tertius::roles::evidence::{Evidence, GradeReached, MeasureEvidence};
use tertius::roles::parameters::{Coordinate, Normal, Parameters, Priors};
use tertius::roles::simulate::draw_roles;
use tertius::roles::{ReaderOptions, read};

use super::support::*;

const MONTHS: usize = 60;
const SIMULATIONS: usize = 200;
const LOOKED_AT: [usize; 5] = [0, 14, 29, 44, 59];

fn options() -> ReaderOptions {
    ReaderOptions {
        warm_up: 250,
        sweeps: 1000,
        ..ReaderOptions::default()
    }
}

/// The level's centre is given here, not taken from the record: an empirical prior has no truth to be
/// calibrated against.
fn priors(e: &Evidence, o: &ReaderOptions) -> Priors {
    let mut priors = Priors::new(&article(), e, o);
    priors.level = Normal {
        mean: 0.2f64.ln(),
        sd: 0.7,
        positive: false,
    };
    priors
}

/// A record from the likelihood itself: one Gamma intensity a month for all classes, contaminated
/// composition, whole weights.
fn record(p: &Parameters, path: &[usize], o: &ReaderOptions, rng: &mut impl Rng) -> Evidence {
    let mut e = Evidence::nothing(&article(), span(MONTHS as i32));
    e.exhaustive.iter_mut().flatten().for_each(|x| *x = true);
    let (joins, holds) = e.answer_roles.unwrap();
    let gamma = Gamma::new(o.intensity_shape, 1.0 / o.intensity_shape).unwrap();
    for (t, z) in path.iter().enumerate() {
        let set = e.sets[*z];
        let rates: Vec<f64> = (0..e.classes())
            .map(|c| {
                let on: f64 = e
                    .roles
                    .iter()
                    .filter(|r| set.has(**r))
                    .map(|r| p.effect[c][r.index()])
                    .sum();
                (p.log_rate(c) + on).exp()
            })
            .collect();
        let total: f64 = rates.iter().sum();
        let mean = (total * gamma.sample(rng)).max(1e-12);
        for _ in 0..Poisson::new(mean).unwrap().sample(rng) as usize {
            let class = if rng.random::<f64>() < o.contamination {
                rng.random_range(0..e.classes())
            } else {
                let mut left = rng.random::<f64>() * total;
                let below = rates.iter().take_while(|r| {
                    left -= **r;
                    left >= 0.0
                });
                below.count().min(e.classes() - 1)
            };
            e.acts.push(act(class, t));
        }
        if rng.random::<f64>() < 0.5 {
            let g = f64::from(rng.random_range(1..=6));
            let mut m = MeasureEvidence {
                id: format!("m{t}"),
                grade: g,
                weight: 1.0,
                at_risk: Vec::new(),
                reached: None,
            };
            for (k, month) in (0..12).zip(t..MONTHS) {
                let set = e.sets[path[month]];
                let (f, b) = (set.has(joins), set.has(holds));
                let answered = rng.random::<f64>() < hazard((k, g, true), p, o, f, b).exp();
                m.at_risk.push((month, k, answered));
                if answered {
                    let mut left = rng.random::<f64>();
                    let only = |j| GradeReached { from: j, to: j };
                    let law = (0..4).map(|j| grade(only(j), p, f, b).exp());
                    let below = law.take_while(|p| {
                        left -= p;
                        left >= 0.0
                    });
                    m.reached = Some((month, only(below.count().min(3))));
                    break;
                }
            }
            e.measures.push(m);
        }
    }
    e
}

/// What is ranked: μ_c in place of its two summands, and every other parameter.
fn ranked(priors: &Priors, p: &Parameters) -> Vec<(Coordinate, f64)> {
    let one = |(name, x, _): (Coordinate, f64, Normal)| match name {
        Coordinate::Deviation(k) => (name, p.log_rate(k)),
        _ => (name, x),
    };
    priors.coordinates(p).into_iter().map(one).collect()
}

fn group(name: Coordinate) -> &'static str {
    match name {
        Coordinate::Deviation(_) => "mu",
        Coordinate::Effect(..) => "Lambda",
        Coordinate::Hazard(_) => "hazard",
        Coordinate::Cutpoint(_) | Coordinate::Grade(_) => "grade",
        Coordinate::Start(_) | Coordinate::Stay(_) => "switching",
        Coordinate::Pair(_) => "psi",
        Coordinate::Level => "level",
        _ => "series",
    }
}

#[test]
fn ranks_are_uniform_and_bands_cover() {
    const BINS: usize = 10;
    let o = options();
    let mut rng = rng(77);
    let nothing = Evidence::nothing(&article(), span(MONTHS as i32));
    let mut ranks: BTreeMap<Coordinate, Vec<f64>> = BTreeMap::new();
    let mut off: Vec<f64> = Vec::new();
    let (mut cells, mut variance) = (vec![0.0; 20], vec![0.0; 20]);
    for simulation in 0..SIMULATIONS {
        let p = priors(&nothing, &o).draw(&mut rng);
        let path = draw_roles(&nothing, &p, &o, &mut rng).unwrap();
        let e = record(&p, &path, &o, &mut rng);
        let priors = priors(&e, &o);
        let reading = read(&e, &priors, &o, simulation as u64).unwrap();
        // 99 draws, forty sweeps apart.
        let draws: Vec<Vec<(Coordinate, f64)>> = reading
            .parameters
            .iter()
            .skip(10)
            .step_by(10)
            .map(|q| ranked(&priors, q))
            .collect();
        for (i, (name, truth)) in ranked(&priors, &p).into_iter().enumerate() {
            let below = draws.iter().filter(|d| d[i].1 < truth).count();
            // Spread over its cell, so that shares of the unit interval have exact sizes.
            let u = (below as f64 + rng.random::<f64>()) / (draws.len() + 1) as f64;
            ranks.entry(name).or_default().push(u);
        }
        let mut sum = 0.0;
        for (i, t) in LOOKED_AT.iter().enumerate() {
            for (k, role) in e.roles.iter().enumerate() {
                let stated = reading.roles[t * 4 + k];
                let d = f64::from(u8::from(e.sets[path[*t]].has(*role))) - stated;
                cells[i * 4 + k] += d;
                variance[i * 4 + k] += stated * (1.0 - stated);
                sum += d;
            }
        }
        off.push(sum);
    }
    let mut covered: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    let mut worst = (0.0, None);
    let n = SIMULATIONS as f64;
    for (name, ranks) in &ranks {
        let inside = ranks.iter().filter(|u| (0.05..0.95).contains(*u)).count() as f64 / n;
        let of = covered.entry(group(*name)).or_default();
        of.0 += inside;
        of.1 += 1.0;
        let mut bins = [0.0; BINS];
        ranks
            .iter()
            .for_each(|u| bins[((u * BINS as f64) as usize).min(BINS - 1)] += 1.0);
        let expected = n / BINS as f64;
        let chi2: f64 = bins.iter().map(|b| (b - expected).powi(2) / expected).sum();
        if chi2 > worst.0 {
            worst = (chi2, Some(*name));
        }
    }
    for (group, (inside, count)) in &covered {
        println!(
            "FIGURE calibration of {group}: 90 % bands cover {:.3} ({count} parameters)",
            inside / count
        );
        // E.8: 85 to 95 % over 200 simulations.
        assert!((0.85..=0.95).contains(&(inside / count)), "{group}");
    }
    println!(
        "FIGURE calibration: largest chi-square of {} rank histograms (9 degrees) {:.1}, {:?}",
        ranks.len(),
        worst.0,
        worst.1
    );
    // The .0002 point: one in a hundred over fifty histograms.
    assert!(worst.0 < 32.0, "{worst:?}");
    let mean = off.iter().sum::<f64>() / n;
    let sd = (off.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    let z = mean / (sd / n.sqrt());
    let by_cell = cells
        .iter()
        .zip(&variance)
        .map(|(d, v)| (d / v.sqrt()).abs());
    let largest = by_cell.fold(0.0, f64::max);
    println!(
        "FIGURE calibration of marginals at five months: z {z:.2} over all, largest of 20 {largest:.2}"
    );
    assert!(z.abs() < 3.3, "{z}");
    // The .0005 point for twenty of them.
    assert!(largest < 4.1, "{largest}");
}
