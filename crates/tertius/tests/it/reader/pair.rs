//! Follower and balancer at once: how much record it takes to be read as both.

use rand::{Rng, RngExt};
use rand_distr::{Distribution, Poisson};
use tertius::roles::emission::{grade, hazard};
use tertius::roles::evidence::{Evidence, GradeReached};
use tertius::roles::parameters::{Parameters, Priors};
use tertius::roles::simulate::{Simulated, SimulatedAct, SimulatedMeasure};
use tertius::roles::{ReaderOptions, read};
use tertius::vocabulary::RoleSet;

use super::support::*;

const FOLLOWER: usize = 0;
const BALANCER: usize = 1;

/// A record of `before` months without a role, 60 with both, `after` without, at the means of the
/// priors: every class at `rate` acts a month while no role is on, `measures` measures a month.
fn record(
    (before, after): (usize, usize),
    rate: f64,
    measures: f64,
    o: &ReaderOptions,
    rng: &mut impl Rng,
) -> Simulated {
    let c = article();
    let months = before + 60 + after;
    let e = Evidence::nothing(&c, span(months as i32));
    let p: Parameters = Priors::new(&c, &e, o).means();
    let set = |z: &RoleSet| z.bits() == 1 << FOLLOWER | 1 << BALANCER;
    let pair = e.sets.iter().position(set).unwrap();
    let both = |t: usize| (before..before + 60).contains(&t);
    let mut s = Simulated {
        span: e.span,
        path: (0..months)
            .map(|t| if both(t) { pair } else { 0 })
            .collect(),
        acts: Vec::new(),
        measures: Vec::new(),
    };
    let day = |t: usize, rng: &mut dyn FnMut() -> f64| {
        let month = e.span.month(t);
        jiff::civil::date(month.year(), month.month(), 1 + (28.0 * rng()) as i8)
    };
    for t in 0..months {
        for class in 0..e.classes() {
            let on = if both(t) {
                p.effect[class][FOLLOWER] + p.effect[class][BALANCER]
            } else {
                0.0
            };
            for _ in 0..poisson(rate * on.exp(), rng) {
                s.acts.push(SimulatedAct {
                    class,
                    issue: None,
                    day: day(t, &mut || rng.random()),
                });
            }
        }
        for _ in 0..poisson(measures, rng) {
            let g = rng.random_range(1..=6u8);
            let first = day(t, &mut || rng.random());
            let mut answer = None;
            for k in 0..12.min((months - t) as i32) {
                let month = t + k as usize;
                let on = both(month);
                if rng.random::<f64>() < hazard((k, f64::from(g), true), &p, o, on, on).exp() {
                    let mut left = rng.random::<f64>();
                    let law =
                        (0..4).map(|j| grade(GradeReached { from: j, to: j }, &p, on, on).exp());
                    let below = law.take_while(|p| {
                        left -= p;
                        left >= 0.0
                    });
                    let reached = f64::from(g) + below.count().min(3) as f64 - 3.0;
                    let then = day(month, &mut || rng.random()).max(first);
                    answer = Some((then, reached.clamp(1.0, 6.0) as u8));
                    break;
                }
            }
            s.measures.push(SimulatedMeasure {
                day: first,
                grade: g,
                answer,
            });
        }
    }
    s.acts.sort_by_key(|a| (a.class, a.day));
    s
}

fn poisson(mean: f64, rng: &mut impl Rng) -> usize {
    if mean > 0.0 {
        Poisson::new(mean).unwrap().sample(rng) as usize
    } else {
        0
    }
}

/// What is read of some records on average over their 60 months.
struct Means {
    both: f64,
    /// Standard error of `both` over records.
    error: f64,
    follower: f64,
    balancer: f64,
}

fn means(around: (usize, usize), rate: f64, measures: f64, records: u64) -> Means {
    let c = article();
    let o = ReaderOptions {
        warm_up: 250,
        sweeps: 500,
        ..ReaderOptions::default()
    };
    let mut found = Vec::new();
    for seed in 0..records {
        let s = record(around, rate, measures, &o, &mut rng(300 + seed));
        let e = s.evidence(&c, &o);
        let reading = read(&e, &Priors::new(&c, &e, &o), &o, 1).unwrap();
        let mean =
            |of: &dyn Fn(usize) -> f64| (around.0..around.0 + 60).map(of).sum::<f64>() / 60.0;
        let both =
            mean(&|t| tertius::roles::flags::both(&e, &reading.sets, t, e.roles[0], e.roles[1]));
        let follower = mean(&|t| reading.roles[t * 4 + FOLLOWER]);
        let balancer = mean(&|t| reading.roles[t * 4 + BALANCER]);
        // Of two probabilities the joint one has bounds (Fréchet); ten digits are enough for sums of 60.
        assert!(both <= follower.min(balancer) + 1e-10, "{seed}");
        assert!(both >= follower + balancer - 1.0 - 1e-10, "{seed}");
        found.push([both, follower, balancer]);
    }
    let n = records as f64;
    let mean = |k: usize| found.iter().map(|x| x[k]).sum::<f64>() / n;
    let squares: f64 = found.iter().map(|x| (x[0] - mean(0)).powi(2)).sum();
    Means {
        both: mean(0),
        error: (squares / (n - 1.0) / n).sqrt(),
        follower: mean(1),
        balancer: mean(2),
    }
}

/// B.5: 60 simulated months of F∧B at .4 acts a class and .5 measures a month give mean P(F∧B) > .6.
/// They do within a record that also has months without a role. A record of nothing but those 60 months
/// can't be told from one whose rates are high anyway, and less of a record says less: see docs/decisions.
#[test]
fn sixty_months_of_both_are_read_as_both() {
    let mut within: Vec<Means> = Vec::new();
    for (rate, measures) in [(0.4, 0.5), (0.1, 0.5), (0.1, 0.1), (0.0, 0.0)] {
        let mut read = Vec::new();
        for (name, around) in [("within 141 months", (40, 41)), ("alone", (0, 0))] {
            let demanded = rate == 0.4 && around.0 > 0;
            let m = means(around, rate, measures, if demanded { 24 } else { 8 });
            println!(
                "FIGURE F and B together, {name}, {rate:.1} acts a class, {measures:.1} measures a month: P(F and B) {:.2} ({:.2}), P(F) {:.2}, P(B) {:.2}",
                m.both, m.error, m.follower, m.balancer
            );
            if demanded {
                assert!(m.both > 0.6, "{}", m.both);
            }
            read.push(m);
        }
        let (around, alone) = (&read[0], &read[1]);
        if rate > 0.0 {
            // Months without a role are what shows that there is one: never less is read with them, but for
            // three standard errors.
            let error = around.error.hypot(alone.error);
            assert!(around.both > alone.both - 3.0 * error, "{rate} {measures}");
        } else {
            // Two records of searched months without a row say the same; the Monte Carlo error of a reading
            // of so few sweeps is two hundredths.
            assert!((around.both - alone.both).abs() < 0.04);
        }
        within.push(read.remove(0));
    }
    // The more record, the more is read: each step but for three standard errors, and from the fullest to
    // the sparsest that has rows by more than three.
    for pair in within.windows(2) {
        let error = pair[0].error.hypot(pair[1].error);
        assert!(pair[0].both > pair[1].both - 3.0 * error);
    }
    let (full, sparse) = (&within[0], &within[2]);
    assert!(full.both - sparse.both > 3.0 * full.error.hypot(sparse.error));
}
