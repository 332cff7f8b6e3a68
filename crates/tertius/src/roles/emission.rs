//! How likely each piece of evidence is under each set of roles (model B.5, behaviour given z).

use statrs::function::gamma::ln_gamma;
use tertius_math::elementary;

use super::evidence::{Evidence, GradeReached, SeriesEvidence};
use super::options::ReaderOptions;
use super::parameters::{Parameters, SeriesParameters};
use crate::vocabulary::{Role, RoleSet};

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
                rates[k * s + j] = p.log_rate(k) + on;
            }
        }
        elementary::exp(&mut rates);
        let mut total = vec![0.0; s];
        for row in rates.chunks_exact(s) {
            for (t, r) in total.iter_mut().zip(row) {
                *t += r;
            }
        }
        let flat = 1.0 / c as f64;
        let of_trust = |trust: f64| {
            let mut table = Vec::with_capacity(rates.len());
            for row in rates.chunks_exact(s) {
                table.extend(row.iter().zip(&total).map(|(r, total)| {
                    let share = (1.0 - o.contamination) * r / total + o.contamination * flat;
                    trust * share + (1.0 - trust) * flat
                }));
            }
            elementary::ln(&mut table);
            table
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

    /// The two terms of the volume that depend on z, over the classes searched exhaustively:
    /// `r ln(r/(r+V))`, what a month without acts says, and `ln(V/(r+V))`, what each act adds, with
    /// `V(z) = Σ_c exp(μ_c + Λ_c·z)`. Shapes: sets.
    pub fn volume(&self, searched: &[bool], r: f64, silence: &mut [f64], each: &mut [f64]) {
        silence.fill(0.0);
        for (row, searched) in self.rates.chunks_exact(self.sets).zip(searched) {
            if *searched {
                for (v, x) in silence.iter_mut().zip(row) {
                    *v += x;
                }
            }
        }
        for (silence, each) in silence.iter_mut().zip(each) {
            let v = *silence;
            *silence = r * (r / (r + v)).ln();
            *each = (v / (r + v)).ln();
        }
    }
}

/// The terms of the volume that z leaves alone: `lnΓ(N+r) − lnΓ(r) − lnΓ(N+1)`.
pub fn volume_constant(n: f64, r: f64) -> f64 {
    ln_gamma(n + r) - ln_gamma(r) - ln_gamma(n + 1.0)
}

/// Log probability of an answer, or of none, in the k-th month, with the two answer roles off or on.
pub fn hazard(
    (k, patron_grade, answered): (i32, f64, bool),
    p: &Parameters,
    o: &ReaderOptions,
    joins: bool,
    holds_back: bool,
) -> f64 {
    let h = answer_chance(k, patron_grade, p, o, joins, holds_back);
    if answered { h.ln() } else { (1.0 - h).ln() }
}

/// The chance h of an answer in the k-th month, if there was none before:
/// `h = (1−ε)(1 − exp(−exp η)) + ε/2`, `η = a0 − .8 ln(1+k) + b_F z^F + (.28 − b_g (g_S − 2)) z^B`.
pub fn answer_chance(
    k: i32,
    patron_grade: f64,
    p: &Parameters,
    o: &ReaderOptions,
    joins: bool,
    holds_back: bool,
) -> f64 {
    let eta = answer_pull(k, patron_grade, p, o, joins, holds_back);
    (1.0 - o.contamination) * -(-eta.exp()).exp_m1() + o.contamination / 2.0
}

/// η.
pub(crate) fn answer_pull(
    k: i32,
    patron_grade: f64,
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
            bg * (patron_grade - 2.0)
        } else {
            0.0
        };
        eta += 0.28 - severity;
    }
    eta
}

/// h of each η, in its place. What is lost beside [`answer_chance`], which takes care of tiny chances, is
/// below 10⁻¹⁵ of 1.
pub(crate) fn answer_chances(eta: &mut [f64], o: &ReaderOptions) {
    elementary::exp(eta);
    eta.iter_mut().for_each(|x| *x = -*x);
    elementary::exp(eta);
    let keep = 1.0 - o.contamination;
    eta.iter_mut()
        .for_each(|x| *x = keep * (1.0 - *x) + o.contamination / 2.0);
}

/// Log probability that g_W − g_S lies in a range of categories: `logit P(≤ j) = c_j − d_F z^F + d_B z^B`
/// with j = −3, −2, −1. A range of all of them says nothing: 0.
pub fn grade(reached: GradeReached, p: &Parameters, joins: bool, holds_back: bool) -> f64 {
    let shift = if holds_back { p.grade[1] } else { 0.0 } - if joins { p.grade[0] } else { 0.0 };
    let below = |j: usize| match j {
        0 => 0.0,
        GradeReached::CATEGORIES => 1.0,
        j => 1.0 / (1.0 + (-(p.cutpoints[j - 1] + shift)).exp()),
    };
    (below(reached.to + 1) - below(reached.from))
        .max(1e-12)
        .ln()
}

/// `ln t_5(x − a − b·z − φ·lag)` of one value of a series, the scale being the series' own.
pub fn series_value(
    series: &SeriesEvidence,
    (value, lag): (f64, Option<f64>),
    p: &SeriesParameters,
    roles: &[Role],
    set: RoleSet,
) -> f64 {
    const NU: f64 = 5.0;
    let raised = series.raised_by.iter().zip(roles).zip(&p.effect);
    let on: f64 = raised
        .filter(|((up, r), _)| **up && set.has(**r))
        .map(|(_, b)| b)
        .sum();
    let x = value - p.intercept - on - p.lag * lag.unwrap_or(0.0);
    let constant =
        ln_gamma((NU + 1.0) / 2.0) - ln_gamma(NU / 2.0) - 0.5 * (NU * std::f64::consts::PI).ln();
    constant - 0.5 * (NU + 1.0) * (x * x / NU).ln_1p()
}

/// A piece of evidence, for naming its part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// An act, by position: what its class says, and its share of the volume.
    Act(usize),
    /// What a covered month would say by its silence, had it no act.
    Volume(usize),
    /// A measure, by position, in a month without an answer.
    NoAnswer(usize, usize),
    /// A measure, by position: its answer and the grade of it.
    Answer(usize),
    /// A value of a series: its series, its month.
    Value(usize, usize),
}

/// Calls `each` with every piece, its month and its weighted log likelihood by set. This is the
/// definition of the model; [`super::compiled`] sums the same numbers faster, without their names.
pub fn pieces(
    e: &Evidence,
    p: &Parameters,
    o: &ReaderOptions,
    mut each: impl FnMut(Piece, usize, &[f64]),
) {
    let tables = Tables::new(e, p, o);
    let s = e.sets.len();
    let mut row = vec![0.0; s];
    let volume: Vec<Option<(Vec<f64>, Vec<f64>)>> = e
        .exhaustive
        .iter()
        .map(|searched| {
            (o.volume && searched.contains(&true)).then(|| {
                let (mut silence, mut more) = (vec![0.0; s], vec![0.0; s]);
                tables.volume(searched, o.intensity_shape, &mut silence, &mut more);
                (silence, more)
            })
        })
        .collect();
    for (i, act) in e.acts.iter().enumerate() {
        let ell = tables.act(act.class, act.trust >= 1.0);
        for (t, share) in &act.months {
            for (x, l) in row.iter_mut().zip(ell) {
                *x = act.weight * share * l;
            }
            let counted = e.exhaustive[*t][act.class];
            if let Some((_, more)) = volume[*t].as_ref().filter(|_| counted) {
                for (x, v) in row.iter_mut().zip(more) {
                    *x += act.weight * act.trust * share * v;
                }
            }
            each(Piece::Act(i), *t, &row);
        }
    }
    let n = volumes(e);
    for (t, volume) in volume.iter().enumerate() {
        if let Some((silence, _)) = volume {
            let constant = volume_constant(n[t], o.intensity_shape);
            for (x, v) in row.iter_mut().zip(silence) {
                *x = v + constant;
            }
            each(Piece::Volume(t), t, &row);
        }
    }
    for (i, series) in e.series.iter().enumerate() {
        for (t, value, lag) in &series.values {
            for (x, set) in row.iter_mut().zip(&e.sets) {
                *x = series_value(series, (*value, *lag), &p.series[i], &e.roles, *set);
            }
            each(Piece::Value(i, *t), *t, &row);
        }
    }
    let Some((joins, holds)) = e.answer_roles else {
        return;
    };
    for (i, m) in e.measures.iter().enumerate() {
        for (t, k, answered) in &m.at_risk {
            let risk = (*k, m.grade, *answered);
            let at = |f: bool, b: bool| m.weight * hazard(risk, p, o, f, b);
            by_pair(&e.sets, joins, holds, at, &mut row);
            let piece = if *answered {
                Piece::Answer(i)
            } else {
                Piece::NoAnswer(i, *t)
            };
            each(piece, *t, &row);
        }
        if let Some((t, reached)) = m.reached.filter(|_| o.severity) {
            by_pair(
                &e.sets,
                joins,
                holds,
                |f, b| m.weight * grade(reached, p, f, b),
                &mut row,
            );
            each(Piece::Answer(i), t, &row);
        }
    }
}

fn by_pair(
    sets: &[RoleSet],
    joins: Role,
    holds: Role,
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
        *x = four[answer_pair(*set, joins, holds)];
    }
}

/// Which of the four cases of the two answer roles a set is: 0 neither, 1 joins, 2 holds back, 3 both.
pub fn answer_pair(set: RoleSet, joins: Role, holds_back: Role) -> usize {
    usize::from(set.has(joins)) + 2 * usize::from(set.has(holds_back))
}

/// N_t: weighted number of acts a month over the classes searched exhaustively in it.
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
