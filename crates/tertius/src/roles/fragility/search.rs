//! Every row alone, and then greedily: at draws of the parameters that fit the whole record, each weighted
//! by how much of that fit is left.

use std::collections::{BTreeMap, BTreeSet};

use tertius_math::hidden_markov::HiddenMarkovError;

use super::moments::{Count, Moments};
use super::units::{Units, weights};
use super::{HOPE, Label, MOST_ROWS, Rows, crosses};
use crate::roles::evidence::Evidence;
use crate::roles::gibbs::laws;
use crate::roles::options::ReaderOptions;
use crate::roles::parameters::Parameters;
use crate::roles::threads::in_threads;

/// Of the draws, how many a greedy step looks at at most.
const GREEDY_DRAWS: usize = 32;
/// Rows that a greedy step tries: those that move the label furthest alone.
const CANDIDATES: usize = 24;
/// Shares of the draws that run side by side.
const SHARES: usize = 4;

/// One draw of the parameters, ready to be asked.
#[derive(Clone, Debug)]
pub(super) struct Draw {
    units: Units,
    initial: Vec<f64>,
    transition: Vec<f64>,
}

/// `n` draws spread over those given.
pub(super) fn draws(
    e: &Evidence,
    o: &ReaderOptions,
    parameters: &[Parameters],
    n: usize,
) -> Result<Vec<Draw>, HiddenMarkovError> {
    let n = n.min(parameters.len());
    let one = |i: usize| {
        let p = &parameters[i * parameters.len() / n];
        let (initial, transition) = laws(e, p, o)?;
        Ok(Draw {
            units: Units::new(e, p, o),
            initial,
            transition,
        })
    };
    (0..n).map(one).collect()
}

fn count(e: &Evidence, label: &Label) -> Count {
    Count {
        has: e.sets.iter().map(|z| z.has(label.role)).collect(),
        months: label.months,
    }
}

/// By how much the weights of which rows fall.
fn falls(from: &[f64], to: &[f64]) -> Vec<(usize, f64)> {
    let both = from.iter().zip(to).enumerate();
    both.filter(|(_, (a, b))| a != b)
        .map(|(i, (a, b))| (i, a - b))
        .collect()
}

/// All weights, where some have changed.
fn changed(whole: &[f64], weights: &BTreeMap<usize, f64>) -> Vec<f64> {
    let mut all = whole.to_vec();
    for (row, weight) in weights {
        all[*row] = *weight;
    }
    all
}

/// ln of the change in fit and the labels' means at a draw, where the weights of some rows fall.
fn fallen(draw: &Draw, moments: &Moments, falls: &[(usize, f64)], room: &mut Room) -> Option<f64> {
    let (first, last) = draw.units.window(falls.iter().map(|(i, _)| *i))?;
    room.less.clear();
    room.less
        .resize((last + 1 - first) * draw.initial.len(), 0.0);
    for (row, by) in falls {
        draw.units.add(*row, *by, first, &mut room.less);
    }
    Some(moments.without(first, &room.less, &mut room.messages, &mut room.means))
}

/// Arrays to be used again.
#[derive(Default)]
struct Room {
    less: Vec<f64>,
    messages: [Vec<f64>; 2],
    means: Vec<f64>,
}

/// Means weighted by exp of the logs.
#[derive(Clone, Debug, Default)]
struct Weighted {
    logs: Vec<f64>,
    means: Vec<Vec<f64>>,
}

impl Weighted {
    fn push(&mut self, log: f64, means: Vec<f64>) {
        self.logs.push(log);
        self.means.push(means);
    }

    fn mean(&self, k: usize) -> f64 {
        let top = self.logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (mut sum, mut all) = (0.0, 0.0);
        for (log, means) in self.logs.iter().zip(&self.means) {
            let w = (log - top).exp();
            sum += w * means[k];
            all += w;
        }
        sum / all
    }
}

/// Every label's mean without each row alone. Shape: rows × labels.
pub(super) fn alone(
    e: &Evidence,
    draws: &[Draw],
    labels: &[Label],
    rows: Rows<'_>,
) -> Result<Vec<Vec<f64>>, HiddenMarkovError> {
    let whole = weights(e);
    let falls: Vec<Vec<(usize, f64)>> = (0..whole.len())
        .map(|row| {
            let left = (rows.weights)(&BTreeSet::from([row]));
            let fallen = left.into_iter().filter(|(i, w)| whole[*i] != *w);
            fallen.map(|(i, w)| (i, whole[i] - w)).collect()
        })
        .collect();
    let share = |share: usize| {
        let mut moments = Moments::new(e.sets.len(), labels.iter().map(|l| count(e, l)).collect());
        let mut room = Room::default();
        let mut found = vec![Weighted::default(); whole.len()];
        for draw in draws.iter().skip(share).step_by(SHARES) {
            let table = draw.units.table(&whole);
            let means = moments.pass(&draw.initial, &draw.transition, &table)?;
            for (falls, found) in falls.iter().zip(&mut found) {
                match fallen(draw, &moments, falls, &mut room) {
                    Some(log) => found.push(log, room.means.clone()),
                    None => found.push(0.0, means.clone()),
                }
            }
        }
        Ok(found)
    };
    let shares: Vec<Vec<Weighted>> = in_threads(SHARES, share)
        .into_iter()
        .collect::<Result<_, _>>()?;
    Ok((0..whole.len())
        .map(|row| {
            let mut all = Weighted::default();
            for share in &shares {
                all.logs.extend(&share[row].logs);
                all.means.extend(share[row].means.iter().cloned());
            }
            (0..labels.len()).map(|k| all.mean(k)).collect()
        })
        .collect())
}

/// The greedy search for one label.
pub(super) struct Search<'s> {
    draws: Vec<&'s Draw>,
    rows: Rows<'s>,
    before: f64,
    /// The label without the rows taken.
    here: f64,
    alone: &'s [f64],
    /// Rows in the order of what they do alone, those that move the label toward ½.
    candidates: Vec<usize>,
    moments: Moments,
    /// ln p(y) of the whole record, by draw.
    whole: Vec<f64>,
    /// Weights of the whole record, and without the rows taken.
    before_any: Vec<f64>,
    weights: Vec<f64>,
    taken: BTreeSet<usize>,
}

impl<'s> Search<'s> {
    pub(super) fn new(
        e: &Evidence,
        draws: &'s [Draw],
        label: Label,
        before: f64,
        alone: &'s [f64],
        rows: Rows<'s>,
    ) -> Search<'s> {
        let mut candidates: Vec<usize> = (0..alone.len()).collect();
        // Stable: of rows alike the first.
        candidates
            .sort_by(|a, b| further(before, alone[*b]).total_cmp(&further(before, alone[*a])));
        candidates.truncate(CANDIDATES);
        Search {
            draws: draws
                .iter()
                .step_by(draws.len().div_ceil(GREEDY_DRAWS).max(1))
                .collect(),
            rows,
            before,
            here: before,
            alone,
            candidates,
            moments: Moments::new(e.sets.len(), vec![count(e, &label)]),
            whole: Vec::new(),
            before_any: weights(e),
            weights: weights(e),
            taken: BTreeSet::new(),
        }
    }

    /// The row that moves the label furthest toward ½ alone, and the label then.
    pub(super) fn strongest(&self) -> Option<(usize, f64)> {
        let row = *self.candidates.first()?;
        let p = self.alone[row];
        (further(self.before, p) > further(self.before, self.before)).then_some((row, p))
    }

    /// A set without which the label flips, as the draws have it: the smallest on the greedy path at first,
    /// then one row more each time.
    pub(super) fn next(&mut self) -> Result<Option<BTreeSet<usize>>, HiddenMarkovError> {
        while self.taken.len() < MOST_ROWS {
            let Some((row, p)) = self.best()? else { break };
            let left = (MOST_ROWS - self.taken.len()) as f64;
            let (gain, gap) = (logit(p) - logit(self.here), logit(self.here));
            if !crosses(self.before, p) && HOPE * left * gain.abs() < gap.abs() {
                break;
            }
            self.here = p;
            self.taken.insert(row);
            self.weights = changed(&self.before_any, &(self.rows.weights)(&self.taken));
            if crosses(self.before, p) {
                return self.put_back().map(Some);
            }
        }
        Ok(None)
    }

    /// The row that moves the label furthest beside those taken, and the label then.
    fn best(&mut self) -> Result<Option<(usize, f64)>, HiddenMarkovError> {
        let tried: Vec<(usize, Vec<(usize, f64)>)> = self
            .candidates
            .iter()
            .filter(|row| !self.taken.contains(row))
            .map(|row| {
                let mut set = self.taken.clone();
                set.insert(*row);
                let left = changed(&self.before_any, &(self.rows.weights)(&set));
                (*row, falls(&self.weights, &left))
            })
            .collect();
        let mut found = vec![Weighted::default(); tried.len()];
        let mut room = Room::default();
        for (i, draw) in self.draws.iter().enumerate() {
            let table = draw.units.table(&self.weights);
            let means = self.moments.pass(&draw.initial, &draw.transition, &table)?;
            let here = self.moments.log_likelihood();
            if self.whole.len() == i {
                self.whole.push(here);
            }
            let fit = here - self.whole[i];
            for ((_, falls), found) in tried.iter().zip(&mut found) {
                match fallen(draw, &self.moments, falls, &mut room) {
                    Some(log) => found.push(fit + log, room.means.clone()),
                    None => found.push(fit, means.clone()),
                }
            }
        }
        let after = found.iter().map(|w| w.mean(0));
        let best = tried
            .iter()
            .zip(after)
            .max_by(|(_, a), (_, b)| further(self.before, *a).total_cmp(&further(self.before, *b)));
        Ok(best.map(|((row, _), p)| (*row, p)))
    }

    /// Those of the taken rows that are needed: greedy steps may have made an early one idle.
    fn put_back(&mut self) -> Result<BTreeSet<usize>, HiddenMarkovError> {
        let mut needed = self.taken.clone();
        for row in &self.taken {
            let mut fewer = needed.clone();
            fewer.remove(row);
            let weights = changed(&self.before_any, &(self.rows.weights)(&fewer));
            let mut found = Weighted::default();
            for (i, draw) in self.draws.iter().enumerate() {
                let table = draw.units.table(&weights);
                let means = self.moments.pass(&draw.initial, &draw.transition, &table)?;
                found.push(self.moments.log_likelihood() - self.whole[i], means);
            }
            if crosses(self.before, found.mean(0)) {
                needed = fewer;
            }
        }
        Ok(needed)
    }
}

/// How far a label has gone toward the other side.
fn further(before: f64, after: f64) -> f64 {
    if before >= 0.5 { -after } else { after }
}

fn logit(p: f64) -> f64 {
    let p = p.clamp(1e-12, 1.0 - 1e-12);
    (p / (1.0 - p)).ln()
}
