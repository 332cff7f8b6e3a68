//! All pairs at once: each unit's choices as one row of bits a level.

use super::Measure;
use super::measure::{Cross, Ready};
use crate::threads::{cores, for_each};
use std::num::NonZeroU8;

/// What a matrix of choices cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PortfolioError {
    /// A unit, an object or a level beyond the number of them.
    OutOfRange {
        /// `unit`, `object` or `level`.
        what: &'static str,
        /// Which.
        at: usize,
        /// How many there are.
        of: usize,
    },
}

impl std::fmt::Display for PortfolioError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self::OutOfRange { what, at, of } = self;
        write!(f, "{what} {at} is beyond the {of} there are")
    }
}

impl std::error::Error for PortfolioError {}

/// The choices of many units on many objects, each at one of a few levels or missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portfolios {
    units: usize,
    objects: usize,
    levels: usize,
    words: usize,
    /// Bit *o* of the row of (unit, level) is set where the unit chose that level on object *o*.
    /// Shape: units × levels × words.
    bits: Vec<u64>,
}

impl Portfolios {
    /// Nothing chosen yet.
    pub fn new(levels: NonZeroU8, units: usize, objects: usize) -> Self {
        let levels = usize::from(levels.get());
        let words = objects.div_ceil(64);
        Portfolios {
            units,
            objects,
            levels,
            words,
            bits: vec![0; units * levels * words],
        }
    }

    /// Puts a unit at a level on an object, or takes away what it chose.
    ///
    /// # Errors
    ///
    /// [`PortfolioError::OutOfRange`].
    pub fn set(
        &mut self,
        unit: usize,
        object: usize,
        level: Option<u8>,
    ) -> Result<(), PortfolioError> {
        let within = |what, at, of| {
            let error = PortfolioError::OutOfRange { what, at, of };
            (at < of).then_some(()).ok_or(error)
        };
        within("unit", unit, self.units)?;
        within("object", object, self.objects)?;
        if let Some(level) = level {
            within("level", usize::from(level), self.levels)?;
        }
        let (word, bit) = (object / 64, 1u64 << (object % 64));
        for l in 0..self.levels {
            let at = (unit * self.levels + l) * self.words + word;
            if level.is_some_and(|level| usize::from(level) == l) {
                self.bits[at] |= bit;
            } else {
                self.bits[at] &= !bit;
            }
        }
        Ok(())
    }

    /// What a unit chose on an object; nothing where it is missing or out of range.
    pub fn get(&self, unit: usize, object: usize) -> Option<u8> {
        if unit >= self.units || object >= self.objects {
            return None;
        }
        let chose = |l: &u8| {
            let at = (unit * self.levels + usize::from(*l)) * self.words + object / 64;
            self.bits[at] >> (object % 64) & 1 == 1
        };
        // A number of levels fits in a byte: it came as one.
        (0..self.levels as u8).find(chose)
    }

    /// From what each unit chose on each object: `chose(unit, object)`. A level beyond their number is
    /// a missing choice.
    pub fn from_fn(
        levels: NonZeroU8,
        units: usize,
        objects: usize,
        chose: impl Fn(usize, usize) -> Option<u8>,
    ) -> Self {
        let mut all = Self::new(levels, units, objects);
        for unit in 0..units {
            for object in 0..objects {
                if let Some(level) = chose(unit, object).filter(|l| *l < levels.get()) {
                    let row = unit * all.levels + usize::from(level);
                    all.bits[row * all.words + object / 64] |= 1 << (object % 64);
                }
            }
        }
        all
    }

    /// What a unit chose, object by object; empty where there is no such unit.
    pub fn row(&self, unit: usize) -> Vec<Option<u8>> {
        let objects = if unit < self.units { self.objects } else { 0 };
        (0..objects).map(|o| self.get(unit, o)).collect()
    }

    /// Some of the units, in the order given; one that is not there chose nothing.
    pub fn only(&self, units: &[usize]) -> Portfolios {
        Self::from_fn(self.levels(), units.len(), self.objects, |u, o| {
            self.get(units[u], o)
        })
    }

    /// How many levels a choice may have.
    pub fn levels(&self) -> NonZeroU8 {
        // They came as such a number.
        NonZeroU8::new(self.levels as u8).unwrap_or(NonZeroU8::MIN)
    }

    /// How many units there are.
    pub fn units(&self) -> usize {
        self.units
    }

    /// How many objects there are.
    pub fn objects(&self) -> usize {
        self.objects
    }

    pub(super) fn words(&self) -> usize {
        self.words
    }

    /// Each measure of each pair of units, a < b. Costs one pass over the bits a pair: linear in
    /// objects, quadratic in units.
    ///
    /// ```
    /// use tertius_math::similarity::{Distance, Measure, Portfolios};
    /// let mut votes = Portfolios::new(3.try_into().unwrap(), 3, 2);
    /// for (unit, choices) in [[0, 2], [0, 2], [2, 0]].into_iter().enumerate() {
    ///     for (object, level) in choices.into_iter().enumerate() {
    ///         votes.set(unit, object, Some(level)).unwrap();
    ///     }
    /// }
    /// let scores = votes.all_pairs(&[Measure::S(Distance::Absolute)]);
    /// let of = |a, b| scores.iter().find(|p| (p.a, p.b) == (a, b)).unwrap().values[0];
    /// assert_eq!((of(0, 1), of(0, 2)), (Some(1.0), Some(-1.0)));
    /// ```
    pub fn all_pairs(&self, measures: &[Measure]) -> PairScores {
        self.score(measures, |a, b, cross| self.cross(a, b, cross))
    }

    /// The same with a weight for each object, such as the capabilities of an ally or the salience of a
    /// vote: weights are summed where [`Portfolios::all_pairs`] counts. Objects whose weight is missing,
    /// negative or not finite are left out, and are not among those shared; so are objects beyond the
    /// list.
    ///
    /// ```
    /// use tertius_math::similarity::{Distance, Measure, Portfolios};
    /// let chosen = [[0, 2], [0, 0]];
    /// let votes = Portfolios::from_fn(3.try_into().unwrap(), 2, 2, |u, o| Some(chosen[u][o]));
    /// let s = |weights: &[Option<f64>]| {
    ///     let scores = votes.all_pairs_weighed(weights, &[Measure::S(Distance::Absolute)]);
    ///     scores.iter().next().unwrap().values[0]
    /// };
    /// assert_eq!(s(&[Some(3.0), Some(1.0)]), Some(0.5));
    /// assert_eq!(s(&[None, Some(1.0)]), Some(-1.0));
    /// assert_eq!(s(&[None, None]), None);
    /// ```
    pub fn all_pairs_weighed(&self, weights: &[Option<f64>], measures: &[Measure]) -> PairScores {
        let known = |w: &Option<f64>| w.filter(|w| w.is_finite() && *w >= 0.0);
        let mut with_weight = vec![0u64; self.words];
        let mut weights: Vec<f64> = weights
            .iter()
            .take(self.objects)
            .enumerate()
            .map(|(o, w)| {
                let w = known(w);
                with_weight[o / 64] |= u64::from(w.is_some()) << (o % 64);
                w.unwrap_or(0.0)
            })
            .collect();
        weights.resize(self.words * 64, 0.0);
        self.score(measures, |a, b, cross| {
            let (mut cell, mut total) = (0, 0);
            self.each_cell(a, b, |word, both| {
                let mut both = both & with_weight[word];
                total += both.count_ones();
                if word == 0 {
                    cross.counts[cell] = 0.0;
                }
                while both != 0 {
                    let bit = both.trailing_zeros() as usize;
                    cross.counts[cell] += weights[word * 64 + bit];
                    both &= both - 1;
                }
                cell += usize::from(word + 1 == self.words);
            });
            cross.add_up();
            total
        })
    }

    fn score(
        &self,
        measures: &[Measure],
        fill: impl Fn(usize, usize, &mut Cross) -> u32 + Sync,
    ) -> PairScores {
        let mut rows: Vec<Row> = (0..self.units.saturating_sub(1))
            .map(|_| Row::default())
            .collect();
        let ready = |m: &Measure| Ready::new(*m, self.levels);
        let measures: Vec<Ready> = measures.iter().map(ready).collect();
        let work = |cross: &mut Cross, a: usize, row: &mut Row| {
            row.shared.reserve_exact(self.units - a - 1);
            row.values
                .reserve_exact((self.units - a - 1) * measures.len());
            for b in a + 1..self.units {
                row.shared.push(fill(a, b, cross));
                let values = measures.iter().map(|m| m.of(cross));
                row.values.extend(values);
            }
        };
        for_each(cores(), &mut rows, || Cross::new(self.levels), work);
        PairScores {
            measures: measures.len(),
            rows,
        }
    }

    /// `see(word, bits)` for the objects of every cell of one pair's table, cell by cell, word by word.
    fn each_cell(&self, a: usize, b: usize, mut see: impl FnMut(usize, u64)) {
        let rows_of = |unit: usize| {
            let from = unit * self.levels * self.words;
            self.bits[from..from + self.levels * self.words].chunks_exact(self.words.max(1))
        };
        for x in rows_of(a) {
            for y in rows_of(b) {
                for (word, (x, y)) in x.iter().zip(y).enumerate() {
                    see(word, x & y);
                }
            }
        }
    }

    /// The objects of every cell of one pair's table; returns how many objects both chose on. Shape:
    /// levels × levels × words.
    pub(super) fn cells(&self, a: usize, b: usize, cells: &mut Vec<u64>) -> u32 {
        cells.clear();
        self.each_cell(a, b, |_, both| cells.push(both));
        cells.resize(self.levels * self.levels * self.words.max(1), 0);
        cells.iter().map(|x| x.count_ones()).sum()
    }

    /// Fills the table of one pair; returns the number of objects on which both chose.
    pub(super) fn cross(&self, a: usize, b: usize, cross: &mut Cross) -> u32 {
        let (k, w) = (self.levels, self.words.max(1));
        let rows_of = |unit: usize| {
            let from = unit * k * self.words;
            self.bits[from..from + k * self.words].chunks_exact(w)
        };
        let mut total = 0;
        for (x, row) in rows_of(a).zip(cross.counts.chunks_exact_mut(k)) {
            for (y, count) in rows_of(b).zip(row) {
                let n: u32 = x.iter().zip(y).map(|(x, y)| (x & y).count_ones()).sum();
                *count = f64::from(n);
                total += n;
            }
        }
        cross.add_up();
        total
    }
}

/// Scores of one unit with all that follow it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Row {
    shared: Vec<u32>,
    /// Shape: units after this × measures.
    values: Vec<Option<f64>>,
}

/// Scores of all pairs, in the order (0, 1), (0, 2), …, (1, 2), ….
#[derive(Clone, Debug, PartialEq)]
pub struct PairScores {
    measures: usize,
    rows: Vec<Row>,
}

/// Scores of one pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair<'a> {
    /// The first unit.
    pub a: usize,
    /// The second, b > a.
    pub b: usize,
    /// Objects on which both chose.
    pub shared: u32,
    /// One value a measure, in the order in which they were asked for; nothing where it is undefined.
    pub values: &'a [Option<f64>],
}

impl PairScores {
    /// Every pair, those with nothing in common too.
    pub fn iter(&self) -> impl Iterator<Item = Pair<'_>> {
        let m = self.measures;
        self.rows.iter().enumerate().flat_map(move |(a, row)| {
            row.shared.iter().enumerate().map(move |(i, &shared)| Pair {
                a,
                b: a + 1 + i,
                shared,
                values: &row.values[i * m..(i + 1) * m],
            })
        })
    }

    /// Number of pairs.
    pub fn len(&self) -> usize {
        self.rows.iter().map(|r| r.shared.len()).sum()
    }

    /// Whether there are fewer than two units.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
