//! Rows at unit weight: from them the table of any subset of the record is a sum.

use std::ops::Range;

use crate::roles::emission::{Piece, pieces};
use crate::roles::evidence::Evidence;
use crate::roles::options::ReaderOptions;
use crate::roles::parameters::Parameters;

/// Log likelihoods at one draw of the parameters, row by row. Rows are acts and then measures.
#[derive(Clone, Debug)]
pub(super) struct Units {
    states: usize,
    /// What no row can be taken out of. Shape: months × sets.
    base: Vec<f64>,
    /// By row: where its months stand below.
    of_row: Vec<Range<usize>>,
    months: Vec<usize>,
    /// ln p(row in a month | set) at weight 1. Shape: months of rows × sets.
    values: Vec<f64>,
}

/// Weights of all rows, in the order of [`Units`].
pub(super) fn weights(e: &Evidence) -> Vec<f64> {
    let acts = e.acts.iter().map(|a| a.weight);
    acts.chain(e.measures.iter().map(|m| m.weight)).collect()
}

impl Units {
    pub(super) fn new(e: &Evidence, p: &Parameters, o: &ReaderOptions) -> Units {
        let s = e.sets.len();
        let weights = weights(e);
        let mut units = Units {
            states: s,
            base: vec![0.0; e.span.len() * s],
            of_row: vec![0..0; weights.len()],
            months: Vec::new(),
            values: Vec::new(),
        };
        pieces(e, p, o, |piece, t, row| {
            let which = match piece {
                Piece::Act(i) => i,
                Piece::NoAnswer(i, _) | Piece::Answer(i) => e.acts.len() + i,
                Piece::Volume(_) | Piece::Value(..) => {
                    let base = &mut units.base[t * s..][..s];
                    base.iter_mut().zip(row).for_each(|(x, l)| *x += l);
                    return;
                }
            };
            let weight = weights[which];
            // Without weight it says nothing, and nothing is lost with it.
            if weight <= 0.0 {
                return;
            }
            let range = &mut units.of_row[which];
            if range.start == range.end {
                *range = units.months.len()..units.months.len();
            }
            // A measure's answer and its grade fall on one month.
            let same = (range.start < range.end)
                .then(|| range.end - 1)
                .filter(|j| units.months[*j] == t);
            if let Some(j) = same {
                let own = &mut units.values[j * s..][..s];
                own.iter_mut().zip(row).for_each(|(x, l)| *x += l / weight);
            } else {
                range.end += 1;
                units.months.push(t);
                units.values.extend(row.iter().map(|l| l / weight));
            }
        });
        units
    }

    /// The table at given weights. Shape: months × sets.
    pub(super) fn table(&self, weights: &[f64]) -> Vec<f64> {
        let mut table = self.base.clone();
        for (row, weight) in weights.iter().enumerate() {
            self.add(row, *weight, 0, &mut table);
        }
        table
    }

    /// The months that some rows fall into: first and last.
    pub(super) fn window(&self, rows: impl Iterator<Item = usize>) -> Option<(usize, usize)> {
        let months = rows.flat_map(|row| &self.months[self.of_row[row].clone()]);
        months.fold(None, |w, t| match w {
            None => Some((*t, *t)),
            Some((a, b)) => Some((a.min(*t), b.max(*t))),
        })
    }

    /// Adds a row at a weight to a table that begins with the month `first`.
    pub(super) fn add(&self, row: usize, weight: f64, first: usize, table: &mut [f64]) {
        let s = self.states;
        if weight == 0.0 {
            return;
        }
        for i in self.of_row[row].clone() {
            let into = &mut table[(self.months[i] - first) * s..][..s];
            let unit = &self.values[i * s..][..s];
            into.iter_mut()
                .zip(unit)
                .for_each(|(x, l)| *x += weight * l);
        }
    }
}
