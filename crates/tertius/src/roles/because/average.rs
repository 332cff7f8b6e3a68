//! Parts of log-odds, averaged over draws of the parameters.

use std::collections::{BTreeMap, BTreeSet};

use super::OfDraw;
use crate::roles::emission::Piece;
use crate::roles::reading::mean_and_variance;

/// The parts of one role's log-odds in one month, averaged over draws of the parameters.
/// `log_odds = prior + Σ parts + rest + parameter_uncertainty + residual`, but for rounding.
#[derive(Clone, Debug, PartialEq)]
pub struct Because {
    /// Log-odds before any evidence, averaged.
    pub prior: f64,
    /// Nats of the weightiest pieces, in the order of pieces: mean and Monte Carlo standard error over draws.
    pub parts: Vec<(Piece, f64, f64)>,
    /// What the other pieces add up to, if there are any.
    pub rest: Option<Rest>,
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

/// The sum of pieces that have no part of their own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rest {
    /// How many they are.
    pub count: usize,
    /// Their nats together.
    pub nats: f64,
    /// Monte Carlo standard error of that sum, over draws.
    pub mc_error: f64,
}

impl Because {
    /// Averages of `draws`, of which there is at least one, beside the log-odds shown. The `most` weightiest
    /// pieces by size, among equals the first, keep a part of their own.
    pub(super) fn average(draws: &[&OfDraw], log_odds: f64, most: usize) -> Because {
        let n = draws.len() as f64;
        let mut values: BTreeMap<Piece, Vec<f64>> = BTreeMap::new();
        for (i, one) in draws.iter().enumerate() {
            for (piece, x) in &one.parts {
                // Where a draw leaves a piece out, it says nothing.
                let row = values
                    .entry(*piece)
                    .or_insert_with(|| vec![0.0; draws.len()]);
                row[i] = *x;
            }
        }
        let summary = |x: &[f64]| {
            let (mean, variance) = mean_and_variance(x.iter().copied());
            (mean, (variance / n).sqrt())
        };
        let mut parts: Vec<(Piece, f64, f64)> = values
            .iter()
            .map(|(piece, x)| {
                let (mean, error) = summary(x);
                (*piece, mean, error)
            })
            .collect();
        let mut rest = None;
        if parts.len() > most {
            // Stable: among equals the first.
            parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
            let others: BTreeSet<Piece> = parts.drain(most..).map(|p| p.0).collect();
            parts.sort_by_key(|p| p.0);
            let sum = |i: usize| others.iter().map(|p| values[p][i]).sum::<f64>();
            let sums: Vec<f64> = (0..draws.len()).map(sum).collect();
            let (nats, mc_error) = summary(&sums);
            rest = Some(Rest {
                count: others.len(),
                nats,
                mc_error,
            });
        }
        let mean = |of: fn(&OfDraw) -> f64| draws.iter().map(|d| of(d) / n).sum::<f64>();
        Because {
            prior: mean(|d| d.prior),
            parts,
            rest,
            parameter_uncertainty: log_odds - mean(|d| d.log_odds),
            residual: mean(|d| d.residual),
            log_odds,
            nodes: draws.iter().map(|d| d.nodes).max().unwrap_or(0),
        }
    }
}
