//! The rule's tests, written down as they are made.

use crate::interests::Measured;

/// How a test came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Passed over the whole interval of its inputs.
    Yes,
    /// Failed over the whole interval.
    No,
    /// Passed at one end and failed at the other, or nothing is known.
    Either,
}

/// The tests, by the step of model B.4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    missing_docs,
    reason = "each name is its own sentence; the steps stand beside them below"
)]
pub enum StepId {
    Alliance,
    Asymmetric,
    DivergenceHigh,
    DivergenceLow,
    HoldsLastBranch,
    OwnWishPrevails,
    CeilingBinds,
    ContactRises,
    Concession,
    HarderThanPatron,
    Sacrifice,
    Profit,
    Overlap,
    Ambition,
    AmbitionWelcome,
    BurdenDemanded,
    CapacityEnough,
    Brokerage,
}

impl StepId {
    /// All tests, in the order of the rule.
    pub const ALL: &'static [StepId] = &[
        StepId::Alliance,
        StepId::Asymmetric,
        StepId::DivergenceHigh,
        StepId::DivergenceLow,
        StepId::HoldsLastBranch,
        StepId::OwnWishPrevails,
        StepId::CeilingBinds,
        StepId::ContactRises,
        StepId::Concession,
        StepId::HarderThanPatron,
        StepId::Sacrifice,
        StepId::Profit,
        StepId::Overlap,
        StepId::Ambition,
        StepId::AmbitionWelcome,
        StepId::BurdenDemanded,
        StepId::CapacityEnough,
        StepId::Brokerage,
    ];

    /// The step of the rule, and the test's stable id.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            StepId::Alliance => ("0", "alliance"),
            StepId::Asymmetric => ("0", "asymmetric"),
            StepId::DivergenceHigh => ("1", "divergence_high"),
            StepId::DivergenceLow => ("1'", "divergence_low"),
            StepId::HoldsLastBranch => ("1''", "holds_last_branch"),
            StepId::OwnWishPrevails => ("2", "own_wish_prevails"),
            StepId::CeilingBinds => ("2", "ceiling_binds"),
            StepId::ContactRises => ("2a", "contact_rises"),
            StepId::Concession => ("2c", "concession"),
            StepId::HarderThanPatron => ("2d", "harder_than_patron"),
            StepId::Sacrifice => ("2e", "sacrifice"),
            StepId::Profit => ("2e", "profit"),
            StepId::Overlap => ("3", "overlap"),
            StepId::Ambition => ("3e", "ambition"),
            StepId::AmbitionWelcome => ("3e", "ambition_welcome"),
            StepId::BurdenDemanded => ("3p", "burden_demanded"),
            StepId::CapacityEnough => ("3p", "capacity_enough"),
            StepId::Brokerage => ("3p", "brokerage"),
        }
    }

    /// Whether it looks at what the ally does.
    pub fn uses_behaviour(self) -> bool {
        matches!(
            self,
            StepId::ContactRises | StepId::Concession | StepId::Brokerage
        )
    }
}

/// One test as it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Which.
    pub id: StepId,
    /// Its inputs by symbol.
    pub inputs: Vec<(&'static str, Option<Measured>)>,
    /// What it compared with.
    pub threshold: Option<f64>,
    /// By how much it passed, at central values; negative where it failed.
    pub margin: Option<f64>,
    /// How it came out over the intervals of its inputs.
    pub outcome: Outcome,
}

/// A test that is made to come out as it did not: what the rule would then say tells whether the test
/// decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forced {
    /// Which test.
    pub id: StepId,
    /// How it comes out.
    pub outcome: bool,
}

impl Forced {
    /// How a test then comes out; nothing where it says nothing of it. Divergence that is high is not
    /// low.
    fn implies(self, id: StepId) -> Option<bool> {
        let other = match self.id {
            StepId::DivergenceHigh => StepId::DivergenceLow,
            StepId::DivergenceLow => StepId::DivergenceHigh,
            _ => self.id,
        };
        if id == self.id {
            Some(self.outcome)
        } else if id == other && self.outcome {
            Some(false)
        } else {
            None
        }
    }
}

impl Step {
    /// As it is, or as it is made to be.
    pub(super) fn with(mut self, force: Option<Forced>) -> Step {
        let Some(forced) = force.filter(|f| f.implies(self.id).is_some()) else {
            return self;
        };
        let passes = forced.implies(self.id) == Some(true);
        let by = self.margin.map_or(0.0, f64::abs).max(f64::MIN_POSITIVE);
        self.margin = Some(if passes { by } else { -by });
        self.outcome = if passes { Outcome::Yes } else { Outcome::No };
        self
    }

    /// A test of `value ≥ threshold`.
    pub(super) fn at_least(
        id: StepId,
        symbol: &'static str,
        value: Option<Measured>,
        threshold: f64,
    ) -> Step {
        let outcome = match value {
            None => Outcome::Either,
            Some(v) if v.low >= threshold => Outcome::Yes,
            Some(v) if v.high < threshold => Outcome::No,
            Some(_) => Outcome::Either,
        };
        let margin = value.map(|v| v.mid - threshold);
        Step {
            id,
            inputs: vec![(symbol, value)],
            threshold: Some(threshold),
            margin,
            outcome,
        }
    }

    /// A test of `value ≤ threshold`.
    pub(super) fn at_most(
        id: StepId,
        symbol: &'static str,
        value: Option<Measured>,
        threshold: f64,
    ) -> Step {
        let outcome = match value {
            None => Outcome::Either,
            Some(v) if v.high <= threshold => Outcome::Yes,
            Some(v) if v.low > threshold => Outcome::No,
            Some(_) => Outcome::Either,
        };
        let margin = value.map(|v| threshold - v.mid);
        Step {
            id,
            inputs: vec![(symbol, value)],
            threshold: Some(threshold),
            margin,
            outcome,
        }
    }

    /// A test of a plain fact.
    pub(super) fn fact(id: StepId, holds: bool) -> Step {
        let outcome = if holds { Outcome::Yes } else { Outcome::No };
        Step {
            id,
            inputs: Vec::new(),
            threshold: None,
            margin: None,
            outcome,
        }
    }

    /// Its outcome at central values; nothing if an input is unknown.
    pub fn central(&self) -> Option<bool> {
        match self.margin {
            Some(m) => Some(m >= 0.0),
            None => match self.outcome {
                Outcome::Yes => Some(true),
                Outcome::No => Some(false),
                Outcome::Either => None,
            },
        }
    }
}
