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
    /// Whether anybody knows its error. Where nobody does, the ends are its centre: tests take it at its word, which
    /// does not make it certain, and no interval of it is printed.
    pub error_known: bool,
}

impl Measured {
    /// A number without error.
    pub fn exact(value: f64) -> Measured {
        Measured {
            mid: value,
            low: value,
            high: value,
            error_known: true,
        }
    }

    /// A number whose error nobody knows.
    pub fn bare(value: f64) -> Measured {
        Measured {
            error_known: false,
            ..Measured::exact(value)
        }
    }

    /// A centre with bounds, which are stretched to hold it.
    pub fn new(mid: f64, low: f64, high: f64) -> Measured {
        Measured {
            mid,
            low: low.min(mid),
            high: high.max(mid),
            error_known: true,
        }
    }

    /// Lower and upper end, for tests.
    pub fn band(self) -> [f64; 2] {
        [self.low, self.high]
    }

    /// The same to be shown: nothing where its error is not known.
    ///
    /// ```
    /// use tertius::interests::Measured;
    /// assert_eq!(Measured::new(0.5, 0.4, 0.7).interval(), Some([0.4, 0.7]));
    /// assert_eq!(Measured::bare(0.5).interval(), None);
    /// ```
    pub fn interval(self) -> Option<[f64; 2]> {
        self.error_known.then(|| self.band())
    }
}

/// The interval of a number between 0 and 1 that nobody measured.
pub fn unit_interval(value: Option<Measured>) -> [f64; 2] {
    value.map_or([0.0, 1.0], Measured::band)
}
