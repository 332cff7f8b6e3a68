//! How few rows carry a label: the smallest set of acts and measures found without which a role's mean
//! probability over some months crosses ½.
//!
//! The search looks at draws of the parameters of the whole record, weighted by how well each still fits
//! what is left (importance sampling): first every row alone, then greedily the row that moves the label
//! furthest, and at last whether one of those taken can be put back. What the search finds is then read
//! again in full without these rows. A greedy set bounds the smallest from above; that no smaller one exists
//! is known only where every row alone was tried. Cost: a row alone takes the months of its episode, a greedy
//! step a pass over the record, so that the whole is linear in months and rows, labels being given.

mod moments;
mod search;
mod units;

use std::collections::{BTreeMap, BTreeSet};

use tertius_math::hidden_markov::HiddenMarkovError;

use super::evidence::Evidence;
use super::gibbs::{ChainDraws, Start, marginals, run};
use super::options::ReaderOptions;
use super::parameters::{Parameters, Priors};
use super::reading::{Reading, error_of_mean, mean};
use super::threads::in_threads;
use crate::vocabulary::Role;

/// Rows that are taken out at most.
pub const MOST_ROWS: usize = 8;
/// How near ½ a row alone may bring a label before a set of two is not called the smallest: estimates from
/// weighted draws are good to about a hundredth.
pub const CLEAR: f64 = 0.05;

/// See [`Fragility::rows`].
pub const HOPE: f64 = 3.0;

/// Draws at which every row alone is tried.
const DRAWS: usize = 64;
/// Sets that are read again at most.
const TRIES: usize = 3;

/// A role's mean probability over months, first and last, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// The role.
    pub role: Role,
    /// First and last month.
    pub months: (usize, usize),
}

/// A probability with its Monte Carlo standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The probability.
    pub p: f64,
    /// Its error.
    pub mc_error: f64,
}

impl Estimate {
    /// Whether ½ is more than three times its error away: errors of few batches are errors themselves.
    fn is_clear(&self) -> bool {
        (self.p - 0.5).abs() > 3.0 * self.mc_error
    }
}

/// Whether a label has flipped.
fn crosses(before: f64, after: f64) -> bool {
    (before >= 0.5) != (after >= 0.5)
}

/// How few rows carry a label.
#[derive(Clone, Debug, PartialEq)]
pub struct Fragility {
    /// The label.
    pub label: Label,
    /// As read with all rows.
    pub before: f64,
    /// The rows without which it flips, by position: acts, then measures. Empty: no set of up to
    /// [`MOST_ROWS`] was found. The search ends early where so many would not do even if each moved the
    /// log-odds [`HOPE`] times as far as the best one left.
    pub rows: Vec<usize>,
    /// As read again without them.
    pub after: Option<Estimate>,
    /// Whether no smaller set exists: one row is the fewest there can be; of two it is known where no row
    /// alone comes within [`CLEAR`] of ½.
    pub proved_minimal: bool,
    /// The row that moves the label furthest toward ½ when it is taken out alone, and the probability then;
    /// nothing where no row moves it that way.
    pub alone: Option<(usize, f64)>,
}

/// What becomes of the evidence when rows are taken out.
#[derive(Clone, Copy)]
pub struct Rows<'f> {
    /// Weights by row, acts and then measures, of those at least that weigh otherwise than in the whole: 0
    /// for those taken out, and more than before for those that shared an episode with them.
    pub weights: &'f (dyn Fn(&BTreeSet<usize>) -> BTreeMap<usize, f64> + Sync),
    /// The evidence without them.
    pub evidence: &'f (dyn Fn(&BTreeSet<usize>) -> Evidence + Sync),
}

/// Reads a label again, from the evidence left; the number says the how-manieth try it is.
pub type Reread<'f> =
    &'f (dyn Fn(&Evidence, Label, usize) -> Result<Estimate, HiddenMarkovError> + Sync);

/// Searches for every label, side by side; `before` holds what was read for each.
///
/// # Errors
///
/// As [`super::read`].
pub fn fragility(
    e: &Evidence,
    o: &ReaderOptions,
    parameters: &[Parameters],
    labels: &[(Label, f64)],
    rows: Rows<'_>,
    reread: Reread<'_>,
) -> Result<Vec<Fragility>, HiddenMarkovError> {
    let all: Vec<Label> = labels.iter().map(|(label, _)| *label).collect();
    let draws = search::draws(e, o, parameters, DRAWS)?;
    let alone = search::alone(e, &draws, &all, rows)?;
    let of_label = |k: usize| {
        let (label, before) = labels[k];
        let alone: Vec<f64> = alone.iter().map(|row| row[k]).collect();
        of_one(e, &draws, label, before, &alone, rows, reread)
    };
    in_threads(labels.len(), of_label).into_iter().collect()
}

/// Every label's mean without each row alone, from weighted draws. Shape: rows × labels.
///
/// # Errors
///
/// As [`super::read`].
pub fn alone(
    e: &Evidence,
    o: &ReaderOptions,
    parameters: &[Parameters],
    labels: &[Label],
    rows: Rows<'_>,
) -> Result<Vec<Vec<f64>>, HiddenMarkovError> {
    search::alone(e, &search::draws(e, o, parameters, DRAWS)?, labels, rows)
}

fn of_one(
    e: &Evidence,
    draws: &[search::Draw],
    label: Label,
    before: f64,
    alone: &[f64],
    rows: Rows<'_>,
    reread: Reread<'_>,
) -> Result<Fragility, HiddenMarkovError> {
    let mut search = search::Search::new(e, draws, label, before, alone, rows);
    let strongest = search.strongest();
    let mut found = Fragility {
        label,
        before,
        rows: Vec::new(),
        after: None,
        proved_minimal: false,
        alone: strongest,
    };
    for round in 0..TRIES {
        let Some(set) = search.next()? else { break };
        let after = reread(&(rows.evidence)(&set), label, round)?;
        if after.is_clear() && crosses(before, after.p) {
            let near =
                strongest.is_some_and(|(_, p)| (p - 0.5).abs() < CLEAR || crosses(before, p));
            found.proved_minimal = set.len() == 1 || (set.len() == 2 && !near);
            found.rows = set.into_iter().collect();
            found.after = Some(after);
            break;
        }
    }
    Ok(found)
}

/// Reads a label again by chains that start from draws of a reading of the whole record, with few sweeps,
/// and with four times as many where ½ lies within thrice the Monte Carlo error.
///
/// # Errors
///
/// As [`super::read`].
pub fn reread(
    e: &Evidence,
    priors: &Priors,
    o: &ReaderOptions,
    whole: &Reading,
    label: Label,
    seed: u64,
    stream: u64,
) -> Result<Estimate, HiddenMarkovError> {
    const CHAINS: usize = 4;
    let (mut o, mut found) = (o.clone(), None);
    o.warm_up = 100;
    for sweeps in [300, 1200] {
        o.sweeps = sweeps;
        let mut chains: Vec<ChainDraws> = Vec::with_capacity(CHAINS);
        for c in 0..CHAINS {
            // Draws far apart, of chains from both starts.
            let i = (2 * c + 1) * whole.paths.len() / (2 * CHAINS);
            let p = &whole.parameters[i.min(whole.parameters.len() - 1)];
            let start = Start::Draw(p, &whole.paths[i]);
            chains.push(run(
                e,
                priors,
                &o,
                start,
                seed,
                stream + (sweeps + c) as u64,
            )?);
        }
        let estimate = estimate(e, &chains, label);
        found = Some(estimate);
        if estimate.is_clear() {
            break;
        }
    }
    Ok(found.unwrap_or(Estimate {
        p: f64::NAN,
        mc_error: f64::NAN,
    }))
}

/// The label's mean over batches, with the larger of the errors by batches and between chains.
fn estimate(e: &Evidence, chains: &[ChainDraws], label: Label) -> Estimate {
    let of = |table: &[f64]| vec![mean_of(e, &marginals(e, table), label)];
    let batches: Vec<Vec<f64>> = chains
        .iter()
        .flat_map(|c| c.smoothed.iter().map(|b| of(b)))
        .collect();
    let by_chain: Vec<Vec<f64>> = chains
        .iter()
        .map(|c| of(&mean(c.smoothed.iter().map(Vec::as_slice))))
        .collect();
    Estimate {
        p: batches.iter().map(|b| b[0]).sum::<f64>() / batches.len() as f64,
        mc_error: error_of_mean(&batches, 0).max(error_of_mean(&by_chain, 0)),
    }
}

/// A role's mean over the months of a label, from marginals (months × roles).
pub fn mean_of(e: &Evidence, roles: &[f64], label: Label) -> f64 {
    let (from, to) = label.months;
    let at = |t: usize| roles[t * e.roles.len() + label.role.index()];
    (from..=to).map(at).sum::<f64>() / (to + 1 - from) as f64
}
