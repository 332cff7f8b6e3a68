//! Values by year of a state, a directed dyad or a pair, that tell a missing value from a year that nobody
//! collected, and neither from zero.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use tertius::vocabulary::Observed;

use crate::dyads::{Directed, Pair};
use crate::states::{StateId, StateList, States};

/// First and last year of a dataset, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearSpan {
    /// The first year.
    pub first: i16,
    /// The last year.
    pub last: i16,
}

impl YearSpan {
    /// Whether it holds a year.
    pub fn holds(self, year: i16) -> bool {
        (self.first..=self.last).contains(&year)
    }
}

/// How many years without any row part a stray year from a file.
const GAP: i16 = 10;

/// Of years with more than ten empty ones between them, the run that most rows stand in (of two as long the earlier). A
/// list of treaties or disputes has rows every few years (in COW's no two empty years follow each other but 1819-1820),
/// so what stands apart is a slip of the pen, and would make zeros of all the years between.
pub(crate) fn main_run(years: impl Iterator<Item = i16>) -> Option<RangeInclusive<i16>> {
    let mut years: Vec<i16> = years.collect();
    years.sort_unstable();
    let runs = years.chunk_by(|a, b| i32::from(*b) - i32::from(*a) <= i32::from(GAP) + 1);
    let longest = runs.rev().max_by_key(|r| r.len())?;
    Some(*longest.first()?..=*longest.last()?)
}

/// Values of `T` by key and year, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Years<K, T> {
    rows: Vec<(K, i16, T)>,
    span: Option<YearSpan>,
    /// Of which a row was set aside, in order: not known, which is not none.
    refused: Vec<(K, i16)>,
}

/// Grows [`Years`]; tells a second row of a key and year.
#[derive(Debug)]
pub(crate) struct YearsBuilder<K, T> {
    rows: Vec<Entry<K, T>>,
    refused: Vec<(K, i16)>,
}

#[derive(Debug)]
struct Entry<K, T> {
    key: K,
    year: i16,
    /// Stands under a number that the state gave up that year.
    former: bool,
    row: u32,
    value: T,
}

/// A data row whose key and year another row has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Again {
    pub(crate) row: usize,
    /// The row that is used.
    pub(crate) first: usize,
    /// Whether the two stand under different numbers of one state.
    pub(crate) former: bool,
}

impl<K: Copy + Ord, T> YearsBuilder<K, T> {
    pub(crate) fn new() -> Self {
        YearsBuilder {
            rows: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// Remembers of what a row was that is set aside.
    pub(crate) fn refuse(&mut self, key: K, year: i16) {
        self.refused.push((key, year));
    }

    /// Takes out the rows whose year is far from the rest, each with its year: see [`main_run`].
    pub(crate) fn drop_strays(&mut self) -> Vec<(usize, i16)> {
        let Some(run) = main_run(self.rows.iter().map(|e| e.year)) else {
            return Vec::new();
        };
        let strays = |e: &Entry<K, T>| !run.contains(&e.year);
        let found = self.rows.extract_if(.., |e| strays(e));
        found.map(|e| (e.row as usize, e.year)).collect()
    }

    /// Adds what a data row says.
    pub(crate) fn push(&mut self, key: K, year: i16, value: T, row: usize) {
        self.push_under(key, year, false, value, row);
    }

    /// Adds what a data row says that may stand under a number given up that year.
    pub(crate) fn push_under(&mut self, key: K, year: i16, former: bool, value: T, row: usize) {
        self.rows.push(Entry {
            key,
            year,
            former,
            row: row as u32,
            value,
        });
    }

    /// The values, and every data row that is none of them.
    pub(crate) fn finish(mut self) -> (Years<K, T>, Vec<Again>) {
        // Of rows of one key and year the first stays that stands under the number kept.
        self.rows.sort_by(|a, b| {
            let order = |e: &Entry<K, T>| (e.key, e.year, e.former, e.row);
            order(a).cmp(&order(b))
        });
        let mut again = Vec::new();
        let mut kept: Vec<(K, i16, T)> = Vec::with_capacity(self.rows.len());
        let (mut first, mut first_former) = (0, false);
        for e in self.rows {
            match kept.last() {
                Some((k, y, _)) if *k == e.key && *y == e.year => again.push(Again {
                    row: e.row as usize,
                    first,
                    former: e.former && !first_former,
                }),
                _ => {
                    (first, first_former) = (e.row as usize, e.former);
                    kept.push((e.key, e.year, e.value));
                }
            }
        }
        self.refused.sort_unstable();
        (Years::new(kept, self.refused), again)
    }
}

impl<K: Copy + Ord, T> Years<K, T> {
    fn new(rows: Vec<(K, i16, T)>, refused: Vec<(K, i16)>) -> Self {
        let first = rows.iter().map(|r| r.1).min();
        let last = rows.iter().map(|r| r.1).max();
        let span = first
            .zip(last)
            .map(|(first, last)| YearSpan { first, last });
        Years {
            rows,
            span,
            refused,
        }
    }

    /// First and last year that any row has; nothing where there is no row.
    pub fn span(&self) -> Option<YearSpan> {
        self.span
    }

    /// How many keys and years have a value.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether none has.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row of a key in a year.
    pub fn row(&self, key: K, year: i16) -> Option<&T> {
        let at = self
            .rows
            .binary_search_by(|(k, y, _)| (*k, *y).cmp(&(key, year)))
            .ok()?;
        self.rows.get(at).map(|r| &r.2)
    }

    /// Whether a row of a key and year was set aside, and none is used.
    pub fn is_refused(&self, key: K, year: i16) -> bool {
        self.refused.binary_search(&(key, year)).is_ok() && self.row(key, year).is_none()
    }

    /// All rows, by key and year.
    pub fn iter(&self) -> impl Iterator<Item = (K, i16, &T)> {
        self.rows.iter().map(|(k, y, v)| (*k, *y, v))
    }

    /// The rows of one key, by year.
    pub fn of(&self, key: K) -> impl Iterator<Item = (i16, &T)> {
        let start = self.rows.partition_point(|(k, _, _)| *k < key);
        let rows = self.rows.get(start..).unwrap_or(&[]);
        rows.iter()
            .take_while(move |(k, _, _)| *k == key)
            .map(|(_, y, v)| (*y, v))
    }
}

impl<T> Years<StateId, T> {
    /// A value of a state in a year. A year before the first or after the last of the dataset, a state without a row
    /// in the whole of it, and a year without a row in which the state was no member of the system (Yemen's south in
    /// 1946, Japan in 1948) are outside coverage: nobody was to collect them. An empty cell, a row that was set aside,
    /// or a member's year without a row is missing.
    pub fn value<U>(
        &self,
        state: StateId,
        year: i16,
        value: impl Fn(&T) -> Option<U>,
    ) -> Observed<U> {
        let covered = self.span.is_some_and(|s| s.holds(year));
        if !covered || self.of(state).next().is_none() {
            return Observed::OutsideCoverage;
        }
        if let Some(row) = self.row(state, year) {
            return value(row).map_or(Observed::Missing, Observed::Observed);
        }
        let member = || States::bundled().was_member_in(StateList::Cow, state, year);
        if self.is_refused(state, year) || member() {
            Observed::Missing
        } else {
            Observed::OutsideCoverage
        }
    }

    /// All states that have a row.
    pub fn states(&self) -> BTreeSet<StateId> {
        self.rows.iter().map(|r| r.0).collect()
    }
}

impl<T> Years<Directed, T> {
    /// What a dataset that lists every case says of a directed dyad in a year. Where it has no row, the answer
    /// is `none` (no treaty, no dispute), but only inside its years and between two members of the system:
    /// otherwise nobody looked. Where a row was set aside the answer is missing.
    pub fn listed<U>(
        &self,
        dyad: Directed,
        year: i16,
        value: impl Fn(&T) -> U,
        none: U,
    ) -> Observed<U> {
        let members = [dyad.from(), dyad.to()];
        listed(self, dyad, members, year, value, none)
    }
}

impl<T> Years<Pair, T> {
    /// As for a directed dyad.
    pub fn listed<U>(
        &self,
        pair: Pair,
        year: i16,
        value: impl Fn(&T) -> U,
        none: U,
    ) -> Observed<U> {
        listed(self, pair, [pair.first(), pair.second()], year, value, none)
    }
}

fn listed<K: Copy + Ord, T, U>(
    years: &Years<K, T>,
    key: K,
    members: [StateId; 2],
    year: i16,
    value: impl Fn(&T) -> U,
    none: U,
) -> Observed<U> {
    if !years.span().is_some_and(|s| s.holds(year)) {
        return Observed::OutsideCoverage;
    }
    if let Some(row) = years.row(key, year) {
        return Observed::Observed(value(row));
    }
    if years.is_refused(key, year) {
        return Observed::Missing;
    }
    let states = States::bundled();
    let both = members
        .iter()
        .all(|s| states.was_member_in(StateList::Cow, *s, year));
    if both {
        Observed::Observed(none)
    } else {
        Observed::OutsideCoverage
    }
}
