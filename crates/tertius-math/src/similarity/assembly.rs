//! One period: who was there, and what each chose.

use super::{Measure, Portfolios, Sides, likeness, sides};
use crate::resampling::{Bootstrap, Interval};

/// Portfolios of the units of one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assembly {
    /// Which.
    pub period: i32,
    /// Who: the caller's number of each unit of the portfolios, in order.
    pub units: Vec<u32>,
    /// On what: the caller's number of each object.
    pub objects: Vec<u32>,
    /// What each chose, units and objects being places in the two lists.
    pub portfolios: Portfolios,
}

impl Assembly {
    /// The place of a unit; nothing where it was not there.
    pub fn place(&self, unit: u32) -> Option<usize> {
        self.units.binary_search(&unit).ok()
    }

    /// One measure of one pair with its interval, by the caller's numbers. Nothing where one of the two
    /// was not there: that is no likeness of 0.
    pub fn likeness(&self, a: u32, b: u32, measure: Measure, how: &Bootstrap) -> Option<Interval> {
        let row = |unit| Some(self.portfolios.row(self.place(unit)?));
        let levels = self.portfolios.levels();
        Some(likeness(levels, &row(a)?, &row(b)?, measure, how))
    }

    /// Whose side `third` took where `first` and `second` parted, by the caller's numbers. Nothing where
    /// one of the three was not there.
    pub fn sides(&self, third: u32, first: u32, second: u32, how: &Bootstrap) -> Option<Sides> {
        let row = |unit| Some(self.portfolios.row(self.place(unit)?));
        let levels = self.portfolios.levels();
        Some(sides(
            levels,
            &row(third)?,
            &row(first)?,
            &row(second)?,
            how,
        ))
    }
}
