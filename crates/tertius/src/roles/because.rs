//! Which pieces of evidence carry a role's log-odds: an identity, so that the parts sum.
//!
//! All log likelihoods are tempered by u from 0 to 1. The log-odds of the role in month t at u = 1 are
//! those at u = 0, the prior, plus `Σ_j ∫ (E_u[l_j | on] − E_u[l_j | off]) du` over pieces j: the
//! derivative of a log-odds along u is a difference of two means, and the integral of a derivative is the
//! difference at its ends. For two role *sets* there is a shorter identity that looks at one month only,
//! [`split`].

use std::collections::BTreeMap;

use tertius_math::hidden_markov::{Chain, HiddenMarkovError, Workspace, pinned, predict, smooth};

use super::emission::{Piece, pieces};
use super::evidence::Evidence;
use super::gibbs::laws;
use super::options::ReaderOptions;
use super::parameters::Parameters;
use super::threads::in_threads;
use crate::vocabulary::Role;

/// The parts of one role's log-odds in one month, averaged over draws of the parameters.
/// `log_odds = prior + Σ parts + parameter_uncertainty + residual`, but for rounding.
#[derive(Clone, Debug, PartialEq)]
pub struct Because {
    /// Log-odds before any evidence, averaged.
    pub prior: f64,
    /// Nats of each piece: mean and Monte Carlo standard error over draws.
    pub parts: Vec<(Piece, f64, f64)>,
    /// The log-odds of the averaged probability, less the average of log-odds: what not knowing the
    /// parameters takes from, or adds to, what they would say if known.
    pub parameter_uncertainty: f64,
    /// What numerical integration left, averaged.
    pub residual: f64,
    /// The log-odds shown.
    pub log_odds: f64,
    /// Most nodes that any draw needed.
    pub nodes: usize,
}

/// Where the residual of one draw has to get to before nodes stop being doubled.
pub const RESIDUAL: f64 = 1e-10;

/// Nodes at most.
const MOST_NODES: usize = 512;

/// Evidence for `role` at month `t`, over `draws` of the parameters spread over those given, for the
/// probability `shown`. For several roles of one month [`because_of_month`] is quicker.
///
/// # Errors
///
/// As [`super::read`].
pub fn because(
    e: &Evidence,
    o: &ReaderOptions,
    parameters: &[Parameters],
    draws: usize,
    role: Role,
    t: usize,
    shown: f64,
) -> Result<Because, HiddenMarkovError> {
    let mut all = of_roles(e, o, parameters, draws, &[role], t, &[shown])?;
    Ok(all.remove(0))
}

/// The same for every role, in the catalogue's order; `shown` holds a probability a role.
///
/// # Errors
///
/// As [`super::read`].
pub fn because_of_month(
    e: &Evidence,
    o: &ReaderOptions,
    parameters: &[Parameters],
    draws: usize,
    t: usize,
    shown: &[f64],
) -> Result<Vec<Because>, HiddenMarkovError> {
    of_roles(e, o, parameters, draws, &e.roles, t, shown)
}

fn of_roles(
    e: &Evidence,
    o: &ReaderOptions,
    parameters: &[Parameters],
    draws: usize,
    roles: &[Role],
    t: usize,
    shown: &[f64],
) -> Result<Vec<Because>, HiddenMarkovError> {
    let draws = draws.clamp(1, parameters.len().max(1));
    let chosen: Vec<&Parameters> = (0..draws)
        .filter_map(|i| parameters.get(i * parameters.len() / draws))
        .collect();
    // Four shares of the draws, each starting from the nodes that its last draw needed.
    let shares = in_threads(4, |share| {
        let mut nodes = 16;
        let mine = chosen.iter().skip(share).step_by(4);
        mine.map(|p| {
            let all = of_draw(e, o, p, roles, t, nodes)?;
            nodes = all.iter().map(|x| x.nodes).max().unwrap_or(16);
            Ok(all)
        })
        .collect::<Result<Vec<_>, HiddenMarkovError>>()
    });
    let shares = shares.into_iter().collect::<Result<Vec<_>, _>>()?;
    let by_draw: Vec<&Vec<OfDraw>> = (0..chosen.len())
        .filter_map(|i| shares[i % 4].get(i / 4))
        .collect();
    let one = |k: usize| average(by_draw.iter().map(|d| &d[k]), shown[k]);
    Ok((0..roles.len()).map(one).collect())
}

fn average<'a>(draws: impl ExactSizeIterator<Item = &'a OfDraw>, shown: f64) -> Because {
    let n = draws.len() as f64;
    let mut sums: BTreeMap<Piece, (f64, f64)> = BTreeMap::new();
    let (mut prior, mut logit, mut residual, mut nodes) = (0.0, 0.0, 0.0, 0);
    for one in draws {
        prior += one.prior / n;
        logit += one.log_odds / n;
        residual += one.residual / n;
        nodes = nodes.max(one.nodes);
        for (piece, x) in &one.parts {
            let sum = sums.entry(*piece).or_default();
            sum.0 += x;
            sum.1 += x * x;
        }
    }
    let clamped = shown.clamp(1e-12, 1.0 - 1e-12);
    let log_odds = (clamped / (1.0 - clamped)).ln();
    let part = |(piece, (sum, squares)): (Piece, (f64, f64))| {
        let mean = sum / n;
        let variance = (squares / n - mean * mean).max(0.0);
        (piece, mean, (variance / (n - 1.0).max(1.0)).sqrt())
    };
    Because {
        prior,
        parts: sums.into_iter().map(part).collect(),
        parameter_uncertainty: log_odds - logit,
        residual,
        log_odds,
        nodes,
    }
}

/// One draw's parts.
#[derive(Clone, Debug, PartialEq)]
pub struct OfDraw {
    /// Log-odds before any evidence.
    pub prior: f64,
    /// Log-odds with all of it.
    pub log_odds: f64,
    /// Nats of each piece.
    pub parts: Vec<(Piece, f64)>,
    /// Log-odds less prior and parts.
    pub residual: f64,
    /// Nodes used.
    pub nodes: usize,
}

/// The identity at fixed parameters for some roles of month `t`; nodes are doubled from `nodes` until
/// every residual is below [`RESIDUAL`], or there are 512.
///
/// # Errors
///
/// As [`super::read`].
pub fn of_draw(
    e: &Evidence,
    o: &ReaderOptions,
    p: &Parameters,
    roles: &[Role],
    t: usize,
    nodes: usize,
) -> Result<Vec<OfDraw>, HiddenMarkovError> {
    let s = e.sets.len();
    let mut rows: Vec<(Piece, usize, Vec<f64>)> = Vec::new();
    pieces(e, p, o, |piece, month, row| {
        rows.push((piece, month, row.to_vec()))
    });
    let mut table = vec![0.0; e.span.len() * s];
    for (_, month, row) in &rows {
        table[month * s..][..s]
            .iter_mut()
            .zip(row)
            .for_each(|(x, l)| *x += l);
    }
    let (initial, transition) = laws(e, p, o)?;
    let on: Vec<Vec<bool>> = roles
        .iter()
        .map(|r| e.sets.iter().map(|z| z.has(*r)).collect())
        .collect();
    let off: Vec<Vec<bool>> = on.iter().map(|x| x.iter().map(|x| !x).collect()).collect();
    let mut room = Workspace::new();
    let mut tempered = table.clone();
    let ends = [0.0, 1.0].map(|u| {
        tempered
            .iter_mut()
            .zip(&table)
            .for_each(|(x, l)| *x = u * l);
        smooth(&Chain::new(&initial, &transition, &tempered)?, &mut room)?;
        let row = &room.smoothed()[t * s..][..s];
        let mass = |flags: &[bool]| -> f64 {
            row.iter()
                .zip(flags)
                .filter(|(_, f)| **f)
                .map(|(x, _)| x)
                .sum()
        };
        Ok(on
            .iter()
            .zip(&off)
            .map(|(a, b)| (mass(a) / mass(b)).ln())
            .collect::<Vec<f64>>())
    });
    let [prior, log_odds] = ends;
    let (prior, log_odds) = (prior?, log_odds?);
    let (mut with, mut without) = (table.clone(), table.clone());
    let mut nodes = nodes.clamp(1, MOST_NODES);
    loop {
        // ∫ p_u(z_τ | on) − p_u(z_τ | off) du, by month and set: what every piece is then held against.
        let mut difference = vec![vec![0.0; table.len()]; roles.len()];
        for (u, weight) in gauss_legendre(nodes) {
            tempered
                .iter_mut()
                .zip(&table)
                .for_each(|(x, l)| *x = u * l);
            let chain = Chain::new(&initial, &transition, &tempered)?;
            smooth(&chain, &mut room)?;
            for (k, sum) in difference.iter_mut().enumerate() {
                pinned(&chain, &room, t, &on[k], &mut with);
                pinned(&chain, &room, t, &off[k], &mut without);
                for ((d, a), b) in sum.iter_mut().zip(&with).zip(&without) {
                    *d += weight * (a - b);
                }
            }
        }
        let one = |k: usize| {
            let mut parts: BTreeMap<Piece, f64> = BTreeMap::new();
            for (piece, month, row) in &rows {
                let d = &difference[k][month * s..][..s];
                *parts.entry(*piece).or_default() +=
                    row.iter().zip(d).map(|(l, d)| l * d).sum::<f64>();
            }
            let residual = log_odds[k] - prior[k] - parts.values().sum::<f64>();
            OfDraw {
                prior: prior[k],
                log_odds: log_odds[k],
                parts: parts.into_iter().collect(),
                residual,
                nodes,
            }
        };
        let all: Vec<OfDraw> = (0..roles.len()).map(one).collect();
        if nodes >= MOST_NODES || all.iter().all(|x| x.residual.abs() < RESIDUAL) {
            return Ok(all);
        }
        nodes *= 2;
    }
}

/// The log ratio of two sets' probabilities in one month, taken apart exactly at fixed parameters:
/// `ln γ_t(a)/γ_t(b) = past + Σ pieces of the month + future`.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// From the months before: `ln (α_{t−1} P)(a) / (α_{t−1} P)(b)`.
    pub past: f64,
    /// Pieces of the month itself.
    pub parts: Vec<(Piece, f64)>,
    /// From the months after: `ln β_t(a) / β_t(b)`.
    pub future: f64,
    /// `ln γ_t(a) / γ_t(b)`, computed apart from the others.
    pub total: f64,
}

/// Sets `a` and `b`, by position, in month `t`.
///
/// # Errors
///
/// As [`super::read`].
pub fn split(
    e: &Evidence,
    o: &ReaderOptions,
    p: &Parameters,
    t: usize,
    a: usize,
    b: usize,
) -> Result<Split, HiddenMarkovError> {
    let s = e.sets.len();
    let mut table = vec![0.0; e.span.len() * s];
    let mut parts: BTreeMap<Piece, f64> = BTreeMap::new();
    pieces(e, p, o, |piece, month, row| {
        table[month * s..][..s]
            .iter_mut()
            .zip(row)
            .for_each(|(x, l)| *x += l);
        if month == t {
            *parts.entry(piece).or_default() += row[a] - row[b];
        }
    });
    let (initial, transition) = laws(e, p, o)?;
    let mut room = Workspace::new();
    smooth(&Chain::new(&initial, &transition, &table)?, &mut room)?;
    let mut before = initial.clone();
    if t > 0 {
        predict(
            &room.filtered()[(t - 1) * s..][..s],
            &transition,
            &mut before,
        );
    }
    let ratio = |row: &[f64]| (row[a] / row[b]).ln();
    Ok(Split {
        past: ratio(&before),
        parts: parts.into_iter().collect(),
        future: ratio(&room.future()[t * s..][..s]),
        total: ratio(&room.smoothed()[t * s..][..s]),
    })
}

/// Nodes and weights on (0, 1) by Newton's method on the Legendre recurrence (Press et al. 2007, §4.6).
fn gauss_legendre(n: usize) -> Vec<(f64, f64)> {
    (0..n)
        .map(|i| {
            let mut x = (std::f64::consts::PI * (i as f64 + 0.75) / (n as f64 + 0.5)).cos();
            let mut slope = 1.0;
            for _ in 0..100 {
                let (mut before, mut now) = (1.0, x);
                for k in 2..=n {
                    let k = k as f64;
                    (before, now) = (now, ((2.0 * k - 1.0) * x * now - (k - 1.0) * before) / k);
                }
                slope = n as f64 * (x * now - before) / (x * x - 1.0);
                let step = now / slope;
                x -= step;
                if step.abs() < 1e-15 {
                    break;
                }
            }
            (0.5 * (1.0 - x), 1.0 / ((1.0 - x * x) * slope * slope))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_nodes_integrate_a_polynomial_of_degree_31() {
        // Exact up to degree 2n − 1: ∫ x^31 = 1/32, to rounding.
        let sum: f64 = gauss_legendre(16).iter().map(|(x, w)| w * x.powi(31)).sum();
        assert!((sum - 1.0 / 32.0).abs() < 1e-15, "{sum}");
    }
}
