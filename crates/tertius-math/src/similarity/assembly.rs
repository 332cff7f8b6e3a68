//! One period: who was there, and what each chose.

use super::Portfolios;

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

    /// Of some of the units: those that `keeps` tells by the caller's number.
    pub fn only(&self, keeps: impl Fn(u32) -> bool) -> Assembly {
        let kept: Vec<usize> = (0..self.units.len())
            .filter(|u| keeps(self.units[*u]))
            .collect();
        Assembly {
            period: self.period,
            units: kept.iter().map(|u| self.units[*u]).collect(),
            objects: self.objects.clone(),
            portfolios: self.portfolios.only(&kept),
        }
    }
}
