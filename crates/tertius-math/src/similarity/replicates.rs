//! Intervals of all pairs at once: the same roll calls drawn again for everybody.
//!
//! A replicate is how often each object was drawn, kept bit by bit: with the *p*-th bits of these numbers
//! in a row P_p, an object set x is drawn Σ_p 2^p |x ∧ P_p| times.

use super::Measure;
use super::measure::{Cross, Ready};
use super::pairs::Portfolios;
use crate::resampling::{Bootstrap, Interval, draw, summarise};
use crate::threads::{cores, for_each};

/// Measures of one pair with their intervals.
#[derive(Clone, Debug, PartialEq)]
pub struct PairIntervals {
    /// The first unit.
    pub a: usize,
    /// The second, b > a.
    pub b: usize,
    /// Objects on which both chose.
    pub shared: u32,
    /// One a measure, in the order in which they were asked for.
    pub values: Vec<Interval>,
}

/// Rows of bits of every replicate.
struct Replicates {
    words: usize,
    planes: usize,
    /// Shape: replicates × planes × words.
    bits: Vec<u64>,
}

impl Replicates {
    fn new(objects: usize, words: usize, how: &Bootstrap) -> Self {
        let replicates = how.replicates.get() as usize;
        let mut cases = Vec::new();
        let mut times = vec![0u32; replicates * objects];
        for (stream, times) in times.chunks_exact_mut(objects.max(1)).enumerate() {
            draw(how, objects, stream, &mut cases);
            cases.iter().for_each(|&o| times[o] += 1);
        }
        let most = times.iter().copied().max().unwrap_or(0);
        let planes = (u32::BITS - most.leading_zeros()) as usize;
        let mut bits = vec![0u64; replicates * planes * words];
        for (r, times) in times.chunks_exact(objects.max(1)).enumerate() {
            for (o, n) in times.iter().enumerate() {
                for p in (0..planes).filter(|p| n >> p & 1 == 1) {
                    bits[(r * planes + p) * words + o / 64] |= 1 << (o % 64);
                }
            }
        }
        Replicates {
            words,
            planes,
            bits,
        }
    }

    /// How often the objects of each cell were drawn in one replicate.
    fn fill(&self, replicate: usize, cells: &[u64], cross: &mut Cross) {
        let from = replicate * self.planes * self.words;
        let planes = &self.bits[from..from + self.planes * self.words];
        for (count, cell) in cross.counts.iter_mut().zip(cells.chunks_exact(self.words)) {
            let mut n = 0;
            for (p, plane) in planes.chunks_exact(self.words).enumerate() {
                let drawn: u32 = cell
                    .iter()
                    .zip(plane)
                    .map(|(x, y)| (x & y).count_ones())
                    .sum();
                n += drawn << p;
            }
            *count = f64::from(n);
        }
        cross.add_up();
    }
}

impl Portfolios {
    /// Each measure of each pair with its percentile interval. Every replicate draws the objects once
    /// for all pairs, and in the way of [`super::likeness`], which gives the same for one pair.
    ///
    /// Costs as much as [`Portfolios::all_pairs`] once a replicate.
    pub fn all_intervals(&self, measures: &[Measure], how: &Bootstrap) -> Vec<PairIntervals> {
        let (k, words) = (usize::from(self.levels().get()), self.words().max(1));
        let replicates = Replicates::new(self.objects(), words, how);
        let ready: Vec<Ready> = measures.iter().map(|m| Ready::new(*m, k)).collect();
        let units = 0..self.units();
        let mut found: Vec<PairIntervals> = units
            .clone()
            .flat_map(|a| units.clone().skip(a + 1).map(move |b| (a, b)))
            .map(|(a, b)| PairIntervals {
                a,
                b,
                shared: 0,
                values: Vec::with_capacity(ready.len()),
            })
            .collect();
        let n = how.replicates.get() as usize;
        let room = || (Cross::new(k), Vec::new(), vec![None; n * ready.len()]);
        for_each(
            cores(),
            &mut found,
            room,
            |(cross, cells, values): &mut (Cross, Vec<u64>, Vec<Option<f64>>), _, pair| {
                pair.shared = self.cells(pair.a, pair.b, cells);
                self.cross(pair.a, pair.b, cross);
                let estimates: Vec<Option<f64>> = ready.iter().map(|m| m.of(cross)).collect();
                for r in 0..n {
                    replicates.fill(r, cells, cross);
                    for (m, measure) in ready.iter().enumerate() {
                        values[m * n + r] = measure.of(cross);
                    }
                }
                let of_measures = estimates.into_iter().zip(values.chunks_exact(n));
                let intervals = of_measures.map(|(e, v)| summarise(e, v, how));
                pair.values.extend(intervals);
            },
        );
        found
    }
}
