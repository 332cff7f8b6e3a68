//! Hidden Markov chains with given log likelihoods.
//!
//! A chain has S states and T steps. What produced the likelihoods is nobody's business here: the
//! functions take a T × S table of log likelihoods, an S × S transition and an initial law.
//!
//! | symbol | array | shape |
//! | --- | --- | --- |
//! | π(z) | `initial` | S, sums to 1 |
//! | P(z′, z) = p(z_t = z \| z_{t−1} = z′) | `transition` | S × S, **row: the state before**, rows sum to 1 |
//! | ℓ_t(z) = ln p(y_t \| z_t = z) | `log_likelihood` | T × S, one row a step |
//!
//! Recursions (Rabiner 1989, section V.A, the scaled form), with c_t the scale of step t:
//!
//! ```text
//! α_t(z)  = e^{ℓ_t(z)} Σ_z' α_{t−1}(z') P(z', z) / c_t        filtered
//! β_t(z') = Σ_z P(z', z) e^{ℓ_{t+1}(z)} β_{t+1}(z) / c_{t+1}   the future
//! γ_t(z)  = α_t(z) β_t(z)                                     smoothed
//! ln p(y) = Σ_t ln c_t
//! ```
//!
//! Likelihoods enter relative to the largest of their step, so that no unit of measurement can
//! underflow. A step that no reachable state can produce is [`HiddenMarkovError::Impossible`], never a
//! probability of 1.

mod forward_backward;
mod pinned;
mod sample;
mod stationary;
mod viterbi;

pub use forward_backward::{filter, pairwise, predict, smooth, smooth_filtered};
pub use pinned::{pinned, pinned_near};
pub use sample::draw_path;
pub use stationary::stationary;
pub use viterbi::viterbi;

/// How far from 1 the sum of a law may be.
const LAW_TOLERANCE: f64 = 1e-9;

/// What keeps a chain from being computed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HiddenMarkovError {
    /// An array of the wrong length.
    Shape {
        /// Which array.
        what: &'static str,
        /// Its length.
        len: usize,
        /// What it must be.
        must: usize,
    },
    /// A row that is no probability law: a negative or unreal entry, or a sum that is not 1.
    NotALaw {
        /// `initial` or `transition`.
        what: &'static str,
        /// Which row.
        row: usize,
    },
    /// No state that can be reached has a positive likelihood at this step.
    Impossible {
        /// Which step, from 0.
        step: usize,
    },
    /// A likelihood that is no number, or infinite.
    NotANumber {
        /// Which step, from 0.
        step: usize,
    },
    /// A transition with more than one closed class has no single stationary law.
    NoStationaryLaw,
}

impl std::fmt::Display for HiddenMarkovError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Shape { what, len, must } => {
                write!(f, "{what} has {len} entries, not {must}")
            }
            Self::NotALaw { what, row } => write!(f, "row {row} of {what} is no probability law"),
            Self::Impossible { step } => write!(f, "no state can produce step {step}"),
            Self::NotANumber { step } => write!(f, "a likelihood of step {step} is no number"),
            Self::NoStationaryLaw => write!(f, "the transition has no single stationary law"),
        }
    }
}

impl std::error::Error for HiddenMarkovError {}

/// The arrays of a chain, checked for shape.
#[derive(Clone, Copy, Debug)]
pub struct Chain<'a> {
    initial: &'a [f64],
    transition: &'a [f64],
    log_likelihood: &'a [f64],
}

impl<'a> Chain<'a> {
    /// Shapes: S, S × S with the state before in rows, T × S; T and S at least 1.
    ///
    /// # Errors
    ///
    /// [`HiddenMarkovError::Shape`], and [`HiddenMarkovError::NotALaw`] where a law does not sum to 1
    /// within 1e-9.
    pub fn new(
        initial: &'a [f64],
        transition: &'a [f64],
        log_likelihood: &'a [f64],
    ) -> Result<Self, HiddenMarkovError> {
        let s = initial.len();
        let shape = |what, len, must| HiddenMarkovError::Shape { what, len, must };
        if s == 0 {
            return Err(shape("initial", 0, 1));
        }
        if transition.len() != s * s {
            return Err(shape("transition", transition.len(), s * s));
        }
        if log_likelihood.is_empty() || !log_likelihood.len().is_multiple_of(s) {
            let must = log_likelihood.len().div_ceil(s).max(1) * s;
            return Err(shape("log_likelihood", log_likelihood.len(), must));
        }
        let what = "initial";
        check_law(initial).ok_or(HiddenMarkovError::NotALaw { what, row: 0 })?;
        let what = "transition";
        for (row, law) in transition.chunks_exact(s).enumerate() {
            check_law(law).ok_or(HiddenMarkovError::NotALaw { what, row })?;
        }
        Ok(Chain {
            initial,
            transition,
            log_likelihood,
        })
    }

    /// S.
    pub fn states(&self) -> usize {
        self.initial.len()
    }

    /// T.
    pub fn steps(&self) -> usize {
        self.log_likelihood.len() / self.states()
    }

    /// π, P and the T × S table.
    pub(crate) fn arrays(&self) -> (&'a [f64], &'a [f64], &'a [f64]) {
        (self.initial, self.transition, self.log_likelihood)
    }
}

fn check_law(law: &[f64]) -> Option<()> {
    let sum: f64 = law.iter().sum();
    let proper = law.iter().all(|&p| p >= 0.0) && (sum - 1.0).abs() <= LAW_TOLERANCE;
    proper.then_some(())
}

/// Room for one chain, to be used again for the next: after the first use of a shape nothing is
/// allocated. What is read from it belongs to the last chain that was filtered or smoothed.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    states: usize,
    steps: usize,
    /// P transposed: a step back in time then runs along rows as well.
    transposed: Vec<f64>,
    /// e^{ℓ_t(z) − max ℓ_t}, T × S.
    likelihood: Vec<f64>,
    filtered: Vec<f64>,
    future: Vec<f64>,
    smoothed: Vec<f64>,
    /// c_t, without the maximum that was taken out.
    scale: Vec<f64>,
    row: Vec<f64>,
    log_likelihood: f64,
}

impl Workspace {
    /// Empty; grows to the first chain.
    pub fn new() -> Self {
        Self::default()
    }

    /// ln p(y) of the last chain.
    pub fn log_likelihood(&self) -> f64 {
        self.log_likelihood
    }

    /// p(z_t | y_1..y_t). Shape: T × S, rows sum to 1.
    pub fn filtered(&self) -> &[f64] {
        &self.filtered
    }

    /// p(z_t | y). Shape: T × S, rows sum to 1. Only after [`smooth`].
    pub fn smoothed(&self) -> &[f64] {
        &self.smoothed
    }

    /// β_t(z) = p(y_{t+1}.. | z_t = z) / p(y_{t+1}.. | y_1..y_t). Shape: T × S. Only after [`smooth`].
    pub fn future(&self) -> &[f64] {
        &self.future
    }

    fn prepare(&mut self, chain: &Chain<'_>) {
        let (s, t) = (chain.states(), chain.steps());
        self.states = s;
        self.steps = t;
        for table in [&mut self.likelihood, &mut self.filtered] {
            table.resize(t * s, 0.0);
        }
        self.scale.resize(t, 0.0);
        self.row.resize(s, 0.0);
        self.transposed.resize(s * s, 0.0);
        for (i, row) in chain.transition.chunks_exact(s).enumerate() {
            for (j, &p) in row.iter().enumerate() {
                self.transposed[j * s + i] = p;
            }
        }
    }
}

/// out = x M for a row vector of length S and an S × S matrix in rows.
#[inline]
fn vector_times_matrix(x: &[f64], m: &[f64], out: &mut [f64]) {
    if let (Ok(x), Ok(out)) = (
        <&[f64; 16]>::try_from(x),
        <&mut [f64; 16]>::try_from(&mut *out),
    ) {
        return sixteen(x, m, out);
    }
    let s = x.len();
    out.fill(0.0);
    for (&x, row) in x.iter().zip(m.chunks_exact(s)) {
        for (o, &m) in out.iter_mut().zip(row) {
            *o += x * m;
        }
    }
}

/// The case of four binary factors. With its length known the sums stay in registers; it is worth a
/// factor of two and more.
#[inline]
fn sixteen(x: &[f64; 16], m: &[f64], out: &mut [f64; 16]) {
    let mut sum = [0.0; 16];
    for (&x, row) in x.iter().zip(m.chunks_exact(16)) {
        for (o, &m) in sum.iter_mut().zip(row) {
            *o += x * m;
        }
    }
    *out = sum;
}
