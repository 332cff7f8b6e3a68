//! A number as measured: a centre and the interval in which it lies, or nothing.

use serde::{Deserialize, Serialize};

/// A measured number. `low ≤ mid ≤ high`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Its centre.
    pub mid: f64,
    /// Lower end of a 90 % interval, or the least that a second coder could defend.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Measured {
    /// A number without error.
    pub fn exact(value: f64) -> Measured {
        Measured {
            mid: value,
            low: value,
            high: value,
        }
    }

    /// A centre with bounds, which are stretched to hold it.
    pub fn new(mid: f64, low: f64, high: f64) -> Measured {
        Measured {
            mid,
            low: low.min(mid),
            high: high.max(mid),
        }
    }

    /// Lower and upper end.
    pub fn band(self) -> [f64; 2] {
        [self.low, self.high]
    }
}

/// The interval of a number between 0 and 1 that nobody measured.
pub fn unit_interval(value: Option<Measured>) -> [f64; 2] {
    value.map_or([0.0, 1.0], Measured::band)
}
