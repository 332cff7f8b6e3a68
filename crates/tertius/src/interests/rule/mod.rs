//! The rule: which roles the framework expects of the ally, from conditions alone, with its trace
//! (model B.4; the branches are those of Chen 2023, section 1).

mod conflict;
mod decide;
mod issue;
mod overlap;
mod pathway;
mod trace;

#[cfg(test)]
mod tests;

pub use decide::{Branch, Expected, Labels, apply, apply_forced};
pub use issue::{IssueInputs, apply_to_issue};
pub use pathway::{Cell, Pathway, Trend, pathway, trend};
pub use trace::{Forced, Outcome, Step, StepId};

use super::choice::{ChoiceOptions, Stake};
use super::measured::Measured;

/// Thresholds. They are settings, shown in every output and swept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RuleOptions {
    /// θ_A: least asymmetry for the framework to apply.
    pub asymmetry: f64,
    /// θ_D: divergence from which interests conflict.
    pub divergence: f64,
    /// θ_O: divergence up to which they overlap. Between the two the last branch holds.
    pub overlap: f64,
    /// θ_M: own ambition from which gains of its own are expected.
    pub ambition: f64,
    /// θ_P: burden demand from which work for the patron is expected.
    pub burden: f64,
    /// Least congruence for the patron to welcome the ally's ambition.
    pub congruence: f64,
    /// Least capacity to take on the patron's work.
    pub capacity: f64,
    /// τ: the alliance's ceiling.
    pub ceiling: f64,
    /// The choice model.
    pub choice: ChoiceOptions,
}

impl Default for RuleOptions {
    /// Model B.4: proposals.
    fn default() -> Self {
        RuleOptions {
            asymmetry: 0.6,
            divergence: 0.35,
            overlap: 0.20,
            ambition: 0.15,
            burden: 0.5,
            congruence: 0.5,
            capacity: 0.5,
            ceiling: 0.35,
            choice: ChoiceOptions::default(),
        }
    }
}

/// Conditions of one month, as far as known. What is not known stays open, and the rule then says every
/// set of roles that it could be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inputs {
    /// Whether there is an alliance.
    pub alliance: bool,
    /// A: the patron's share of the pair's capabilities.
    pub asymmetry: Option<Measured>,
    /// D.
    pub divergence: Option<Measured>,
    /// Δ.
    pub signed_gap: Option<Measured>,
    /// C.
    pub congruence: Option<Measured>,
    /// M.
    pub ambition: Option<Measured>,
    /// δ.
    pub dependence: Option<Measured>,
    /// The patron's commitment.
    pub commitment: Option<Measured>,
    /// The patron's pressure.
    pub pressure: Option<Measured>,
    /// h.
    pub hardliners: Option<Measured>,
    /// b: the patron's demand that the ally carry burdens.
    pub burden: Option<Measured>,
    /// K: capacity to take on roles.
    pub capacity: Option<Measured>,
    /// Alliance cover for own expansion.
    pub cover: Option<Measured>,
    /// The deciding issue, the one with the largest weighted gap; nothing if no issue is known.
    pub deciding: Option<Stake>,
    /// All known issues over the rival, for the ceiling.
    pub over_rival: Vec<Stake>,
    /// All known issues of the alliance, for the gain.
    pub in_alliance: Vec<Stake>,
}

/// What the tests that look at behaviour take: acts of the months before. They choose among subtypes, and
/// step 3p asks for brokerage; no comparison of rule and reader uses them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ActsSeen {
    /// Probability that contact with the rival has a higher rate in the last twelve months than in the
    /// twelve before; nothing where those are not all in the span.
    pub contact_rises: Option<f64>,
    /// A concession by the patron was demanded or obtained in the last twelve months.
    pub concession: bool,
    /// The ally brokered for its patron in the last twelve months.
    pub brokerage: bool,
}
