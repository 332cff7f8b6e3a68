//! Which pieces of evidence carry a role's log-odds: an identity, so that the parts sum.
//!
//! All log likelihoods are tempered by u from 0 to 1. The log-odds of the role in month t at u = 1 are
//! those at u = 0, the prior, plus `Σ_j ∫ (E_u[l_j | on] − E_u[l_j | off]) du` over pieces j.

use tertius_math::hidden_markov::{Chain, HiddenMarkovError, Workspace, pinned, smooth};

use super::emission::{Piece, log_likelihood, pieces};
use super::evidence::Evidence;
use super::gibbs::laws;
use super::options::ReaderOptions;
use super::parameters::Parameters;
use crate::vocabulary::Role;

/// The parts of one role's log-odds in one month, averaged over draws of the parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Because {
    /// Log-odds before any evidence, averaged.
    pub prior: f64,
    /// Nats of each piece: mean and Monte Carlo standard error over draws.
    pub parts: Vec<(Piece, f64, f64)>,
    /// The log-odds of the averaged probability, less the average of log-odds.
    pub parameter_uncertainty: f64,
    /// What numerical integration left, averaged.
    pub residual: f64,
    /// What all of it sums to.
    pub log_odds: f64,
}

/// Where the residual of one draw has to get to before nodes stop being doubled.
pub const RESIDUAL: f64 = 1e-10;

/// Evidence for `role` at month `t`, over `draws` of the parameters spread over those given, for the
/// probability `shown`.
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
    let every = (parameters.len() / draws.max(1)).max(1);
    let chosen: Vec<&Parameters> = parameters
        .iter()
        .step_by(every)
        .take(draws.max(1))
        .collect();
    let n = chosen.len() as f64;
    let mut sums: std::collections::BTreeMap<Piece, (f64, f64)> = Default::default();
    let (mut prior, mut logit, mut residual) = (0.0, 0.0, 0.0);
    for p in chosen {
        let one = of_draw(e, o, p, role, t)?;
        prior += one.prior / n;
        logit += one.log_odds / n;
        residual += one.residual / n;
        for (piece, x) in one.parts {
            let sum = sums.entry(piece).or_default();
            sum.0 += x;
            sum.1 += x * x;
        }
    }
    let clamped = shown.clamp(1e-12, 1.0 - 1e-12);
    let log_odds = (clamped / (1.0 - clamped)).ln();
    let parts = sums
        .into_iter()
        .map(|(piece, (s, q))| {
            let mean = s / n;
            let var = (q / n - mean * mean).max(0.0);
            (piece, mean, (var / (n - 1.0).max(1.0)).sqrt())
        })
        .collect();
    Ok(Because {
        prior,
        parts,
        parameter_uncertainty: log_odds - logit,
        residual,
        log_odds,
    })
}

/// One draw's parts.
pub struct OfDraw {
    /// Log-odds before any evidence.
    pub prior: f64,
    /// Log-odds with all of it.
    pub log_odds: f64,
    /// Nats of each piece.
    pub parts: Vec<(Piece, f64)>,
    /// Log-odds less prior and parts.
    pub residual: f64,
}

/// The identity at fixed parameters; nodes are doubled from 16 until the residual is below
/// [`RESIDUAL`], or there are 256.
///
/// # Errors
///
/// As [`super::read`].
pub fn of_draw(
    e: &Evidence,
    o: &ReaderOptions,
    p: &Parameters,
    role: Role,
    t: usize,
) -> Result<OfDraw, HiddenMarkovError> {
    let s = e.sets.len();
    let mut rows: Vec<(Piece, usize, Vec<f64>)> = Vec::new();
    pieces(e, p, o, |piece, month, row| {
        rows.push((piece, month, row.to_vec()))
    });
    let table = log_likelihood(e, p, o);
    let (initial, transition) = laws(e, p, o)?;
    let on: Vec<bool> = e.sets.iter().map(|z| z.has(role)).collect();
    let off: Vec<bool> = on.iter().map(|x| !x).collect();
    let mut room = Workspace::new();
    let mut tempered = vec![0.0; table.len()];
    let mut log_odds_at = |u: f64, room: &mut Workspace| -> Result<f64, HiddenMarkovError> {
        tempered
            .iter_mut()
            .zip(&table)
            .for_each(|(x, l)| *x = u * l);
        smooth(&Chain::new(&initial, &transition, &tempered)?, room)?;
        let row = &room.smoothed()[t * s..(t + 1) * s];
        let mass = |flags: &[bool]| -> f64 {
            row.iter()
                .zip(flags)
                .filter(|(_, f)| **f)
                .map(|(x, _)| x)
                .sum()
        };
        Ok((mass(&on) / mass(&off)).ln())
    };
    let prior = log_odds_at(0.0, &mut room)?;
    let log_odds = log_odds_at(1.0, &mut room)?;
    let mut nodes = 16;
    loop {
        let mut parts = vec![0.0; rows.len()];
        let (mut with, mut without) = (vec![0.0; table.len()], vec![0.0; table.len()]);
        for (u, w) in gauss_legendre(nodes) {
            log_odds_at(u, &mut room)?;
            tempered_pins(
                e,
                &initial,
                &transition,
                &table,
                u,
                &room,
                t,
                &on,
                &mut with,
            )?;
            tempered_pins(
                e,
                &initial,
                &transition,
                &table,
                u,
                &room,
                t,
                &off,
                &mut without,
            )?;
            for (part, (_, month, ell)) in parts.iter_mut().zip(&rows) {
                let range = month * s..(month + 1) * s;
                let pairs = with[range.clone()].iter().zip(&without[range]);
                *part += w * pairs.zip(ell).map(|((a, b), l)| (a - b) * l).sum::<f64>();
            }
        }
        let residual = log_odds - prior - parts.iter().sum::<f64>();
        if residual.abs() < RESIDUAL || nodes >= 256 {
            let mut by_piece: std::collections::BTreeMap<Piece, f64> = Default::default();
            for ((piece, _, _), x) in rows.iter().zip(parts) {
                *by_piece.entry(*piece).or_default() += x;
            }
            let parts = by_piece.into_iter().collect();
            return Ok(OfDraw {
                prior,
                log_odds,
                parts,
                residual,
            });
        }
        nodes *= 2;
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "the arrays of one chain, taken apart"
)]
fn tempered_pins(
    e: &Evidence,
    initial: &[f64],
    transition: &[f64],
    table: &[f64],
    u: f64,
    room: &Workspace,
    t: usize,
    allowed: &[bool],
    out: &mut [f64],
) -> Result<(), HiddenMarkovError> {
    debug_assert_eq!(table.len(), e.span.len() * e.sets.len());
    let tempered: Vec<f64> = table.iter().map(|l| u * l).collect();
    let chain = Chain::new(initial, transition, &tempered)?;
    pinned(&chain, room, t, allowed, out);
    Ok(())
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
