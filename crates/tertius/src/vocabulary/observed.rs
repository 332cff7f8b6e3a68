//! The three ways in which a value can be there or not.

use serde::{Deserialize, Serialize};

/// A value, a gap inside what was collected, or a month that nobody collected. Never zero for either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Observed<T> {
    /// Collected, and this is the value.
    Observed(T),
    /// Inside the coverage of the source, and absent.
    Missing,
    /// Nothing was collected here: neither a value nor its absence says anything.
    OutsideCoverage,
}

impl<T> Observed<T> {
    /// The value, where there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Observed::Observed(v) => Some(v),
            Observed::Missing | Observed::OutsideCoverage => None,
        }
    }

    /// The same kind of presence with the value changed.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Observed<U> {
        match self {
            Observed::Observed(v) => Observed::Observed(f(v)),
            Observed::Missing => Observed::Missing,
            Observed::OutsideCoverage => Observed::OutsideCoverage,
        }
    }
}
