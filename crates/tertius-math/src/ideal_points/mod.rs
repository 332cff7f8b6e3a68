//! Ideal points: where voters stand on the one dimension that best tells their votes apart, session by
//! session, with the doubt that is left.
//!
//! A vote is ordered: yes, abstention, no. Voter *i* in session *t* stands at θ_it; question *j* has a
//! discrimination β_j and cuts κ_j1 < κ_j2 (Bailey, Strezhnev and Voeten 2017):
//!
//! ```text
//! P(y_ij ≤ c | θ) = Φ(κ_jc − β_j θ_it)                     ordered probit
//! β_j ~ N(0, σ_β²),   κ_j flat
//! p(θ_i) ∝ Π_t exp(−θ_it²/2) Π_t exp(−(θ_it − θ_i,t−1)²/(2 τ² Δ_t))
//! ```
//!
//! The first product fixes location and scale within each session, the second ties a voter to itself across Δ_t sessions. Without the first a dimension
//! drifts and stretches. Together they make a path a stationary autoregression, narrower than a standard normal;
//! `docs/methods/ideal-points.md` has the figures.
//!
//! Positions are integrated exactly over a grid, each voter's path forward and backward; the questions
//! are at the maximum of p(votes, β), reached by expectation and maximisation. So a point is a mean and
//! a standard deviation *given the questions*: the doubt about these is not in it, and is small where a
//! hundred voters answer each.
//!
//! The answer is in units of the standard deviation of all positions, around their mean.

mod climb;
mod fit;
mod layout;
mod leap;
mod paths;
mod posterior;
mod response;
mod start;
mod turns;

pub use crate::votes::{Choice, Vote, VoteError};
pub use fit::{
    AS_HIGH, IdealPoints, ONE_ANSWER, Orientation, Point, Question, Session, Start, Verdict, fit,
};
pub use layout::{RollCall, RollCalls};

/// Which climb this is: what keeps points keeps them under it. One more with each change that moves a point.
pub const REVISION: u32 = 3;

use crate::Positive;
use std::num::{NonZeroU32, NonZeroUsize};

/// What keeps roll calls from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdealPointError {
    /// The votes are none that could have been cast.
    Votes(VoteError),
    /// No question divided the voters: there is no dimension to be found.
    NothingDivides,
}

impl From<VoteError> for IdealPointError {
    fn from(error: VoteError) -> Self {
        Self::Votes(error)
    }
}

impl std::fmt::Display for IdealPointError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Votes(error) => error.fmt(f),
            Self::NothingDivides => write!(f, "no question divided the voters"),
        }
    }
}

impl std::error::Error for IdealPointError {}

/// How points are found. The defaults are those of Bailey, Strezhnev and Voeten's published program,
/// where it has them: σ_β² = 1, and τ² = ¼, which is its smoothing of ½ times the share of the present
/// session in the votes of two, about ½.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// σ_β².
    pub discrimination_variance: Positive,
    /// τ², per session.
    pub link_variance: Positive,
    /// Pairs (higher, lower) of voters whose order fixes the sign of the dimension.
    pub above: Vec<(u32, u32)>,
    /// Climbs: the first from the principal direction of the votes, then by turns from anywhere and
    /// from that direction with as much noise added as there is signal. The highest is the answer.
    pub starts: NonZeroU32,
    /// Seed of the noise.
    pub seed: u64,
    /// A plain step that gains less than this, in nats a vote, ends a climb.
    pub tolerance: Positive,
    /// Steps after which a climb ends anyway, over either grid.
    pub most_steps: NonZeroU32,
    /// Threads; nothing for as many as there are cores. The answer does not depend on it.
    pub threads: Option<NonZeroUsize>,
}

impl Default for Options {
    fn default() -> Self {
        const ONE: Positive = Positive::new(1.0).unwrap();
        const QUARTER: Positive = Positive::new(0.25).unwrap();
        const TEN_MILLIONTH: Positive = Positive::new(1e-7).unwrap();
        Options {
            discrimination_variance: ONE,
            link_variance: QUARTER,
            above: Vec::new(),
            starts: NonZeroU32::MIN,
            seed: 0,
            tolerance: TEN_MILLIONTH,
            most_steps: NonZeroU32::new(200).unwrap_or(NonZeroU32::MIN),
            threads: None,
        }
    }
}

/// How a climb ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ended {
    /// A plain step gained less than the tolerance.
    Converged {
        /// Steps and leaps taken, not counting those over the coarse grid with which a climb begins.
        steps: u32,
    },
    /// The steps were used up.
    StoppedAt {
        /// Steps and leaps taken, not counting those over the coarse grid.
        steps: u32,
        /// What the last plain step gained, in nats.
        last_gain: f64,
    },
}
