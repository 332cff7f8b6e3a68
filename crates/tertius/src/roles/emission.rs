//! How likely each piece of evidence is under each set of roles (model B.5, behaviour given z).

use statrs::function::gamma::ln_gamma;

use super::evidence::{Evidence, MeasureEvidence};
use super::options::ReaderOptions;
use super::parameters::Parameters;

/// Log likelihoods that do not depend on the month.
#[derive(Clone, Debug)]
pub struct Tables {
    /// ln p(act of class c | z), for checked and for unchecked rows. Shape: 2 × classes × sets.
    composition: [Vec<f64>; 2],
    /// exp(μ_c + Λ_c·z). Shape: classes × sets.
    rates: Vec<f64>,
    sets: usize,
}

impl Tables {
    /// Tables at these parameters.
    pub fn new(e: &Evidence, p: &Parameters, o: &ReaderOptions) -> Tables {
        let (c, s) = (e.classes(), e.sets.len());
        let mut rates = vec![0.0; c * s];
        for k in 0..c {
            for (j, set) in e.sets.iter().enumerate() {
                let effects = e.roles.iter().zip(&p.effect[k]);
                let on: f64 = effects.filter(|(r, _)| set.has(**r)).map(|(_, x)| *x).sum();
                rates[k * s + j] = (p.level + p.deviation[k] + on).exp();
            }
        }
        let mut total = vec![0.0; s];
        for row in rates.chunks_exact(s) {
            for (t, r) in total.iter_mut().zip(row) {
                *t += r;
            }
        }
        let flat = 1.0 / c as f64;
        let of_trust = |trust: f64| {
            let one = |(i, r): (usize, &f64)| {
                let share = (1.0 - o.contamination) * r / total[i % s] + o.contamination * flat;
                (trust * share + (1.0 - trust) * flat).ln()
            };
            rates.iter().enumerate().map(one).collect::<Vec<f64>>()
        };
        Tables {
            composition: [of_trust(1.0), of_trust(o.unchecked)],
            rates,
            sets: s,
        }
    }

    /// `ℓ_a(z)` of one act of a class. Shape: sets.
    pub fn act(&self, class: usize, checked: bool) -> &[f64] {
        let table = &self.composition[usize::from(!checked)];
        &table[class * self.sets..(class + 1) * self.sets]
    }

    /// `v_t(z)`: the volume N of the classes that were searched exhaustively, one Gamma(r, r) intensity
    /// shared by all. Shape: sets.
    ///
    /// `r ln(r/(r+V)) + N ln(V/(r+V)) + lnΓ(N+r) − lnΓ(r) − lnΓ(N+1)`, V = Σ_c exp(μ_c + Λ_c·z).
    pub fn volume(&self, searched: &[bool], n: f64, r: f64, out: &mut [f64]) {
        let constant = ln_gamma(n + r) - ln_gamma(r) - ln_gamma(n + 1.0);
        out.fill(0.0);
        for (row, _) in self
            .rates
            .chunks_exact(self.sets)
            .zip(searched)
            .filter(|(_, s)| **s)
        {
            for (v, x) in out.iter_mut().zip(row) {
                *v += x;
            }
        }
        for v in out {
            *v = r * (r / (r + *v)).ln() + n * (*v / (r + *v)).ln() + constant;
        }
    }
}

/// Log probability of no answer or an answer in the k-th month, with the two answer roles off or on.
///
/// `h = (1−ε)(1 − exp(−exp η)) + ε/2`, `η = a0 − .8 ln(1+k) + b_F z^F + (.28 − b_g (g_S − 2)) z^B`.
pub fn hazard(
    m: &MeasureEvidence,
    k: i32,
    answered: bool,
    p: &Parameters,
    o: &ReaderOptions,
    joins: bool,
    holds_back: bool,
) -> f64 {
    let [a0, bf, bg] = p.hazard;
    let mut eta = a0 - 0.8 * f64::from(1 + k).ln();
    if joins {
        eta += bf;
    }
    if holds_back {
        let severity = if o.severity {
            bg * (m.grade - 2.0)
        } else {
            0.0
        };
        eta += 0.28 - severity;
    }
    let h = (1.0 - o.contamination) * -(-eta.exp()).exp_m1() + o.contamination / 2.0;
    if answered { h.ln() } else { (1.0 - h).ln() }
}

/// Log probability of a category of g_W − g_S: `logit P(≤ j) = c_j − d_F z^F + d_B z^B`.
pub fn grade(category: usize, p: &Parameters, joins: bool, holds_back: bool) -> f64 {
    let shift = if holds_back { p.grade[1] } else { 0.0 } - if joins { p.grade[0] } else { 0.0 };
    let below = |j: usize| match j {
        0 => 0.0,
        5 => 1.0,
        j => 1.0 / (1.0 + (-(p.cutpoints[j - 1] + shift)).exp()),
    };
    (below(category + 1) - below(category)).max(1e-12).ln()
}

/// A piece of evidence, for naming its part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// An act, by position.
    Act(usize),
    /// The number of acts of a month.
    Volume(usize),
    /// A measure, by position, in a month without an answer.
    NoAnswer(usize, usize),
    /// A measure, by position: its answer or the grade of it.
    Answer(usize),
}

/// Calls `each` with every piece, its month and its weighted log likelihood by set.
pub fn pieces(
    e: &Evidence,
    p: &Parameters,
    o: &ReaderOptions,
    mut each: impl FnMut(Piece, usize, &[f64]),
) {
    let tables = Tables::new(e, p, o);
    let s = e.sets.len();
    let mut row = vec![0.0; s];
    for (i, act) in e.acts.iter().enumerate() {
        let ell = tables.act(act.class, act.trust >= 1.0);
        for (t, share) in &act.months {
            for (x, l) in row.iter_mut().zip(ell) {
                *x = act.weight * share * l;
            }
            each(Piece::Act(i), *t, &row);
        }
    }
    let n = volumes(e);
    for (t, searched) in e.exhaustive.iter().enumerate() {
        if searched.iter().any(|x| *x) {
            tables.volume(searched, n[t], o.intensity_shape, &mut row);
            each(Piece::Volume(t), t, &row);
        }
    }
    let Some((joins, holds)) = e.answer_roles else {
        return;
    };
    for (i, m) in e.measures.iter().enumerate() {
        for (t, k, answered) in &m.at_risk {
            let at = |f: bool, b: bool| m.weight * hazard(m, *k, *answered, p, o, f, b);
            by_pair(&e.sets, joins, holds, at, &mut row);
            let piece = if *answered {
                Piece::Answer(i)
            } else {
                Piece::NoAnswer(i, *t)
            };
            each(piece, *t, &row);
        }
        if let Some((t, category)) = m.reached.filter(|_| o.severity) {
            by_pair(
                &e.sets,
                joins,
                holds,
                |f, b| m.weight * grade(category, p, f, b),
                &mut row,
            );
            each(Piece::Answer(i), t, &row);
        }
    }
}

fn by_pair(
    sets: &[crate::vocabulary::RoleSet],
    joins: crate::vocabulary::Role,
    holds: crate::vocabulary::Role,
    at: impl Fn(bool, bool) -> f64,
    row: &mut [f64],
) {
    let four = [
        at(false, false),
        at(true, false),
        at(false, true),
        at(true, true),
    ];
    for (x, set) in row.iter_mut().zip(sets) {
        *x = four[usize::from(set.has(joins)) + 2 * usize::from(set.has(holds))];
    }
}

/// Weighted number of acts a month over the classes searched exhaustively in it.
pub fn volumes(e: &Evidence) -> Vec<f64> {
    let mut n = vec![0.0; e.span.len()];
    for act in &e.acts {
        for (t, share) in &act.months {
            if e.exhaustive[*t][act.class] {
                n[*t] += act.weight * act.trust * share;
            }
        }
    }
    n
}

/// The sum of all pieces. Shape: months × sets.
pub fn log_likelihood(e: &Evidence, p: &Parameters, o: &ReaderOptions) -> Vec<f64> {
    let s = e.sets.len();
    let mut table = vec![0.0; e.span.len() * s];
    pieces(e, p, o, |_, t, row| {
        for (x, l) in table[t * s..(t + 1) * s].iter_mut().zip(row) {
            *x += l;
        }
    });
    table
}
