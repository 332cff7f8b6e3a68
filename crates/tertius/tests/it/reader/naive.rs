//! The model of B.5 written out a second time, month by month and set by set, from the formulas and
//! nothing else; and every path of a short record.

use tertius::roles::evidence::Evidence;
use tertius::roles::parameters::Parameters;
use tertius::roles::{Pairs, ReaderOptions};

fn bit(set: usize, role: usize) -> f64 {
    f64::from(u8::from(set >> role & 1 == 1))
}

/// The sets of a catalogue of four roles, each as its bits.
pub(crate) fn bits(e: &Evidence) -> Vec<usize> {
    let of = |z: &tertius::vocabulary::RoleSet| z.bits() as usize;
    e.sets.iter().map(of).collect()
}

/// ln p(evidence of month t | z).
pub(crate) fn log_likelihood(
    e: &Evidence,
    p: &Parameters,
    o: &ReaderOptions,
    t: usize,
    z: usize,
) -> f64 {
    let classes = e.effects.len();
    let rate = |c: usize| {
        let lambda: f64 = (0..4).map(|k| p.effect[c][k] * bit(z, k)).sum();
        (p.level + p.deviation[c] + lambda).exp()
    };
    let total: f64 = (0..classes).map(rate).sum();
    let mut sum = 0.0;
    let (mut n, mut volume) = (0.0, 0.0);
    for c in 0..classes {
        if e.exhaustive[t][c] {
            volume += rate(c);
        }
    }
    for a in &e.acts {
        for (month, share) in &a.months {
            if *month != t {
                continue;
            }
            let flat = 1.0 / classes as f64;
            let pi = (1.0 - o.contamination) * rate(a.class) / total + o.contamination * flat;
            sum += a.weight * share * (a.trust * pi + (1.0 - a.trust) * flat).ln();
            if e.exhaustive[t][a.class] {
                n += a.weight * a.trust * share;
            }
        }
    }
    if e.exhaustive[t].contains(&true) {
        let r = o.intensity_shape;
        let lg = statrs::function::gamma::ln_gamma;
        sum += r * (r / (r + volume)).ln() + n * (volume / (r + volume)).ln() + lg(n + r)
            - lg(r)
            - lg(n + 1.0);
    }
    let (f, b) = (bit(z, 0), bit(z, 1));
    for m in &e.measures {
        for (month, k, answered) in &m.at_risk {
            if *month != t {
                continue;
            }
            let eta = p.hazard[0] - 0.8 * (1.0 + f64::from(*k)).ln()
                + p.hazard[1] * f
                + (0.28 - p.hazard[2] * (m.grade - 2.0)) * b;
            let h = (1.0 - o.contamination) * (1.0 - (-eta.exp()).exp()) + o.contamination / 2.0;
            sum += m.weight * if *answered { h.ln() } else { (1.0 - h).ln() };
        }
        if let Some((month, reached)) = m.reached
            && month == t
        {
            let up_to = |j: i32| match j {
                -1 => 0.0,
                3 => 1.0,
                j => {
                    let x = p.cutpoints[j as usize] - p.grade[0] * f + p.grade[1] * b;
                    1.0 / (1.0 + (-x).exp())
                }
            };
            let (from, to) = (reached.from as i32, reached.to as i32);
            sum += m.weight * (up_to(to) - up_to(from - 1)).ln();
        }
    }
    for (series, q) in e.series.iter().zip(&p.series) {
        for (month, value, before) in &series.values {
            if *month == t {
                let on: f64 = (0..4).map(|k| q.effect[k] * bit(z, k)).sum();
                let x = value - q.intercept - on - q.lag * before.unwrap_or(0.0);
                // Student's t with five degrees of freedom: 8 / (3 √5 π) (1 + x²/5)^−3.
                let density =
                    8.0 / (3.0 * 5f64.sqrt() * std::f64::consts::PI) * (1.0 + x * x / 5.0).powi(-3);
                sum += density.ln();
            }
        }
    }
    sum
}

/// P(z | z′) of four roles by the formula, z′ in rows. `sets` holds bits.
pub(crate) fn transition(p: &Parameters, sets: &[usize], pairs: Pairs) -> Vec<f64> {
    let mut out = Vec::new();
    for before in sets {
        let log = |z: usize| {
            let mut sum = 0.0;
            for k in 0..4 {
                // `stay` of the formula is the difference to `start`.
                let stay = p.stay[k] - p.start[k];
                sum += bit(z, k) * (p.start[k] + stay * bit(*before, k));
            }
            let mut i = 0;
            for j in 0..4 {
                for k in j + 1..4 {
                    let standing = bit(*before, j) * bit(*before, k);
                    sum += bit(z, j)
                        * bit(z, k)
                        * match pairs {
                            Pairs::OnEntry => p.pair[i] * (1.0 - standing),
                            Pairs::EveryMonth => p.pair[i],
                            Pairs::Never => 0.0,
                        };
                    i += 1;
                }
            }
            sum
        };
        let weights: Vec<f64> = sets.iter().map(|z| log(*z).exp()).collect();
        let whole: f64 = weights.iter().sum();
        out.extend(weights.iter().map(|w| w / whole));
    }
    out
}

/// (ln p(y), p(z_t | y) by month and set) from every path.
pub(crate) fn enumerate(
    e: &Evidence,
    p: &Parameters,
    o: &ReaderOptions,
    initial: &[f64],
) -> (f64, Vec<f64>) {
    let sets = bits(e);
    let (s, t) = (sets.len(), e.span.len());
    let transition = transition(p, &sets, o.pairs);
    let table: Vec<f64> = (0..t)
        .flat_map(|t| sets.iter().map(move |z| (t, *z)))
        .map(|(t, z)| log_likelihood(e, p, o, t, z))
        .collect();
    let joint = |mut code: usize| {
        let mut sum = 0.0;
        let mut before = None;
        for t in 0..t {
            let z = code % s;
            code /= s;
            sum += table[t * s + z];
            sum += before
                .map_or(initial[z], |b: usize| transition[b * s + z])
                .ln();
            before = Some(z);
        }
        sum
    };
    let all: Vec<f64> = (0..s.pow(t as u32)).map(joint).collect();
    let top = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total = top + all.iter().map(|x| (x - top).exp()).sum::<f64>().ln();
    let mut smoothed = vec![0.0; t * s];
    for (code, x) in all.iter().enumerate() {
        let mut code = code;
        for t in 0..t {
            smoothed[t * s + code % s] += (x - total).exp();
            code /= s;
        }
    }
    (total, smoothed)
}
