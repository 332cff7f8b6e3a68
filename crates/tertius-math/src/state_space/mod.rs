//! Linear Gaussian state space: filter, smoother and draws from the smoother, exact also where nothing
//! is known at the start.
//!
//! ```text
//! α_1     = a + A δ + N(0, P)             δ flat, A with one column a direction
//! α_{t+1} = T_t α_t + N(0, Q_t)
//! y_tk    = z_tk · α_t + N(0, h_tk)       any number of observations a step, none included
//! ```
//!
//! Observations of one step have errors independent of each other and enter one after the other
//! (Durbin and Koopman 2012, section 6.4), so that a missing value is an observation left out and every
//! value may have its own loads and error variance. The diffuse part is carried beside the filter as a
//! regression on δ (de Jong 1991; Durbin and Koopman 2012, section 5.7): no large number stands for
//! ignorance.
//!
//! **Convention of the likelihood.** With n observations and S the information about δ,
//!
//! ```text
//! ln L = −½ [ n ln 2π + Σ ln F + Σ v²/F at δ̂ + ln |S| ]
//! ```
//!
//! which is Durbin and Koopman's diffuse likelihood; n counts every observation, those spent on δ too.

mod filter;
mod linear;
mod smoother;
mod sums;

pub use filter::{Filtered, State, filter};
pub use smoother::{Smoothed, draw, smooth};
pub use sums::{RunningSums, running_sums};

/// A square matrix in rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Square {
    n: usize,
    values: Vec<f64>,
}

impl Square {
    /// From its rows, one after the other.
    ///
    /// # Errors
    ///
    /// [`StateSpaceError::Shape`] where the length is no square, [`StateSpaceError::NotANumber`].
    pub fn new(values: Vec<f64>) -> Result<Self, StateSpaceError> {
        let n = values.len().isqrt();
        if n * n != values.len() {
            return Err(StateSpaceError::Shape {
                what: "square matrix",
                len: values.len(),
                must: n * n,
            });
        }
        if !values.iter().all(|x| x.is_finite()) {
            return Err(StateSpaceError::NotANumber {
                what: "square matrix",
                step: 0,
            });
        }
        Ok(Square { n, values })
    }

    /// With these on the diagonal and 0 elsewhere. Entries that are not finite are refused by
    /// [`Model::new`].
    pub fn diagonal(entries: &[f64]) -> Self {
        let n = entries.len();
        let mut values = vec![0.0; n * n];
        for (i, &x) in entries.iter().enumerate() {
            values[i * n + i] = x;
        }
        Square { n, values }
    }

    /// The unit matrix.
    pub fn identity(n: usize) -> Self {
        Self::diagonal(&vec![1.0; n])
    }

    /// Rows and columns.
    pub fn size(&self) -> usize {
        self.n
    }

    /// Row *i*, column *j*.
    pub fn at(&self, i: usize, j: usize) -> f64 {
        self.values[i * self.n + j]
    }

    pub(super) fn rows(&self) -> &[f64] {
        &self.values
    }
}

/// How the state moves from one step to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// T, the state before in columns.
    pub transition: Square,
    /// Q, symmetric, no negative variance.
    pub noise: Square,
}

/// What is known of the first state.
#[derive(Clone, Debug, PartialEq)]
pub struct Initial {
    /// a.
    pub mean: Vec<f64>,
    /// P, symmetric; along a diffuse direction whatever stands here makes no difference.
    pub covariance: Square,
    /// Directions along which nothing is known, each one entry a state: the columns of A.
    pub diffuse: Vec<Vec<f64>>,
}

impl Initial {
    /// Nothing known of any of `n` states.
    pub fn diffuse(n: usize) -> Self {
        Initial {
            mean: vec![0.0; n],
            covariance: Square::diagonal(&vec![0.0; n]),
            diffuse: (0..n)
                .map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect())
                .collect(),
        }
    }
}

/// One observed value.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// z, one a state.
    pub loads: Vec<f64>,
    /// h ≥ 0.
    pub variance: f64,
    /// y, any constant taken off.
    pub value: f64,
}

/// What keeps a model from being computed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum StateSpaceError {
    /// An array of the wrong length.
    Shape {
        /// Which.
        what: &'static str,
        /// Its length.
        len: usize,
        /// What it must be.
        must: usize,
    },
    /// A number that is NaN or infinite, or a variance below 0.
    NotANumber {
        /// Which.
        what: &'static str,
        /// At which step, from 0.
        step: usize,
    },
    /// A value that the model says cannot be: it has no variance, and another value was expected.
    Impossible {
        /// At which step, from 0.
        step: usize,
    },
    /// The observations leave a diffuse direction altogether unknown.
    Unidentified,
}

impl std::fmt::Display for StateSpaceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Shape { what, len, must } => write!(f, "{what} has {len} entries, not {must}"),
            Self::NotANumber { what, step } => {
                write!(
                    f,
                    "{what} of step {step} is no number, or a variance below 0"
                )
            }
            Self::Impossible { step } => {
                write!(f, "a value of step {step} is certain to be another")
            }
            Self::Unidentified => write!(f, "the observations leave a diffuse direction unknown"),
        }
    }
}

impl std::error::Error for StateSpaceError {}

/// A model with its observations, checked for shape.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    initial: &'a Initial,
    moves: &'a [Move],
    which: &'a [usize],
    steps: &'a [Vec<Observation>],
}

impl<'a> Model<'a> {
    /// `steps` holds the observations of each step, and `which[t]` the index among `moves` of the move
    /// from step t to t + 1: one entry fewer than there are steps.
    ///
    /// # Errors
    ///
    /// [`StateSpaceError::Shape`] and [`StateSpaceError::NotANumber`].
    pub fn new(
        initial: &'a Initial,
        moves: &'a [Move],
        which: &'a [usize],
        steps: &'a [Vec<Observation>],
    ) -> Result<Self, StateSpaceError> {
        let m = initial.mean.len();
        let shape = |what, len, must| {
            let error = StateSpaceError::Shape { what, len, must };
            (len == must).then_some(()).ok_or(error)
        };
        let real = |what, step, fine: bool| {
            let error = StateSpaceError::NotANumber { what, step };
            fine.then_some(()).ok_or(error)
        };
        let finite = |x: &[f64]| x.iter().all(|x| x.is_finite());
        shape("steps", steps.len().min(1), 1)?;
        shape("states", m.min(1), 1)?;
        shape("initial covariance", initial.covariance.size(), m)?;
        for direction in &initial.diffuse {
            shape("diffuse direction", direction.len(), m)?;
            real("diffuse direction", 0, finite(direction))?;
        }
        shape("moves by step", which.len(), steps.len() - 1)?;
        real("initial mean", 0, finite(&initial.mean))?;
        real("initial covariance", 0, covariance(&initial.covariance))?;
        for one in moves {
            shape("transition", one.transition.size(), m)?;
            shape("noise", one.noise.size(), m)?;
            real("transition", 0, finite(one.transition.rows()))?;
            real("noise", 0, covariance(&one.noise))?;
        }
        for &at in which {
            shape("moves", moves.len().min(at + 1), at + 1)?;
        }
        for (t, observations) in steps.iter().enumerate() {
            for one in observations {
                shape("loads", one.loads.len(), m)?;
                real("loads", t, finite(&one.loads))?;
                real("value", t, one.value.is_finite())?;
                let fine = one.variance.is_finite() && one.variance >= 0.0;
                real("observation variance", t, fine)?;
            }
        }
        Ok(Model {
            initial,
            moves,
            which,
            steps,
        })
    }

    /// Number of states.
    pub fn states(&self) -> usize {
        self.initial.mean.len()
    }

    fn move_into(&self, t: usize) -> &'a Move {
        &self.moves[self.which[t - 1]]
    }
}

/// Finite, symmetric, and no negative number on the diagonal.
fn covariance(x: &Square) -> bool {
    let n = x.size();
    (0..n).all(|i| {
        let symmetric = (0..i).all(|j| {
            let (a, b) = (x.at(i, j), x.at(j, i));
            (a - b).abs() <= 1e-9 * (a.abs() + b.abs())
        });
        symmetric && x.at(i, i) >= 0.0
    }) && x.rows().iter().all(|v| v.is_finite())
}
