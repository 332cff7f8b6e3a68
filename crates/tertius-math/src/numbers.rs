//! Numbers that an option may be.

/// A finite number above zero.
///
/// ```
/// use tertius_math::Positive;
/// assert_eq!(Positive::new(0.25).unwrap().get(), 0.25);
/// assert_eq!(Positive::new(0.0), None);
/// assert_eq!(Positive::new(f64::NAN), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Positive(f64);

impl Positive {
    /// Nothing where `x` is not finite or not above zero.
    pub const fn new(x: f64) -> Option<Self> {
        if x > 0.0 && x < f64::INFINITY {
            Some(Positive(x))
        } else {
            None
        }
    }

    /// The number.
    pub const fn get(self) -> f64 {
        self.0
    }
}

/// A share strictly between 0 and 1, such as what an interval is to cover.
///
/// ```
/// use tertius_math::Share;
/// assert_eq!(Share::new(0.9).unwrap().get(), 0.9);
/// assert_eq!(Share::new(1.0), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share(f64);

impl Share {
    /// Nine tenths.
    pub const NINE_TENTHS: Share = Share(0.9);

    /// Nothing unless 0 < `x` < 1.
    pub const fn new(x: f64) -> Option<Self> {
        if x > 0.0 && x < 1.0 {
            Some(Share(x))
        } else {
            None
        }
    }

    /// The number.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// What an interval that covers this leaves out on either side.
    pub(crate) const fn tail(self) -> f64 {
        (1.0 - self.0) / 2.0
    }
}
