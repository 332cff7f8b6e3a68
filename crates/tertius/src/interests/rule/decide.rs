//! From the conditions of a month to the roles expected of it.

use std::collections::BTreeSet;

use super::conflict::on_conflict;
use super::overlap::on_overlap;
use super::trace::{Forced, Outcome, Step, StepId};
use super::{ActsSeen, Inputs, RuleOptions};
use crate::interests::Measured;

/// The branch of step 1 that a month took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Branch {
    /// Interests part: step 2.
    Conflict,
    /// They overlap: step 3.
    Overlap,
    /// Between the thresholds, and no branch to hold.
    None,
}

/// A set of roles that the rule can say, by the ids of the article's catalogue.
pub type Labels = BTreeSet<&'static str>;

/// What the rule says of a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    /// Roles at central values, from conditions alone; nothing where an input that decides is unknown.
    pub labels: Option<Labels>,
    /// The same with the steps that look at behaviour.
    pub labels_with_acts: Option<Labels>,
    /// Every set that the intervals of the inputs allow, from conditions alone.
    pub possible: BTreeSet<Labels>,
    /// Subtypes of the central labels: `B+`, `B-`, `1a`, `1b`, `1c`, `sacrifice`, `profit`.
    pub subtypes: Vec<&'static str>,
    /// `out_of_scope`, `indeterminate`, `ambition_opposed`, `ceiling_binds`, `unknown_input`, `unattested`.
    pub flags: BTreeSet<&'static str>,
    /// Every test made, in order.
    pub trace: Vec<Step>,
    /// The branch at central values, for the next month to hold.
    pub branch: Option<Branch>,
    /// Every branch that the intervals allow, for the next month to hold.
    pub branches: BTreeSet<Branch>,
}

pub(super) const FOLLOWER: &str = "follower";
pub(super) const BALANCER: &str = "balancer";
pub(super) const EXPLOITER: &str = "exploiter";
pub(super) const PROXY: &str = "proxy";

/// Applies the rule to one month. `last` is what it said of the month before, if there was one.
pub fn apply(
    options: &RuleOptions,
    inputs: &Inputs,
    acts: ActsSeen,
    last: Option<&Expected>,
) -> Expected {
    apply_with(options, inputs, acts, last, None)
}

/// Applies the rule with one of its tests made to come out as it did not. What the intervals allow is then
/// without meaning.
pub fn apply_forced(
    options: &RuleOptions,
    inputs: &Inputs,
    acts: ActsSeen,
    last: Option<&Expected>,
    force: Forced,
) -> Expected {
    apply_with(options, inputs, acts, last, Some(force))
}

fn apply_with(
    options: &RuleOptions,
    inputs: &Inputs,
    acts: ActsSeen,
    last: Option<&Expected>,
    force: Option<Forced>,
) -> Expected {
    let mut trace = Vec::new();
    let mut flags = BTreeSet::new();

    // Step 0: does the framework speak of this pair at all?
    let allied = Step::fact(StepId::Alliance, inputs.alliance);
    let asymmetric =
        Step::at_least(StepId::Asymmetric, "A", inputs.asymmetry, options.asymmetry).with(force);
    let out_of_scope = allied.outcome == Outcome::No || asymmetric.central() == Some(false);
    let surely_out = allied.outcome == Outcome::No || asymmetric.outcome == Outcome::No;
    let maybe_out = surely_out || asymmetric.outcome == Outcome::Either;
    let scope_known = allied.outcome == Outcome::No || asymmetric.central().is_some();
    trace.extend([allied, asymmetric]);
    if surely_out {
        flags.insert("out_of_scope");
        return nothing(trace, flags);
    }

    // Step 1: conflict, overlap, or what held before.
    let step = step_1(options, "D", inputs.divergence, last, force);
    let (branch, branches) = (step.branch, step.branches);
    trace.extend(step.trace);

    let conflict = on_conflict(options, inputs, acts, force);
    let overlap = on_overlap(options, inputs, acts, force);
    let mut possible = BTreeSet::new();
    for b in &branches {
        match b {
            Branch::Conflict => possible.extend(conflict.possible.iter().cloned()),
            Branch::Overlap => possible.extend(overlap.possible.iter().cloned()),
            Branch::None => {
                possible.insert(Labels::new());
            }
        }
    }
    if maybe_out {
        possible.insert(Labels::new());
    }

    let mut expected = Expected {
        labels: None,
        labels_with_acts: None,
        possible,
        subtypes: Vec::new(),
        flags,
        trace,
        branch,
        branches,
    };
    if out_of_scope {
        expected.flags.insert("out_of_scope");
        expected.labels = Some(Labels::new());
        expected.labels_with_acts = Some(Labels::new());
        return expected;
    }
    match branch.filter(|_| scope_known) {
        Some(Branch::Conflict) => expected.take(conflict),
        Some(Branch::Overlap) => expected.take(overlap),
        Some(Branch::None) => {
            expected.flags.insert("indeterminate");
            expected.labels = Some(Labels::new());
            expected.labels_with_acts = Some(Labels::new());
        }
        None => {
            expected.flags.insert("unknown_input");
        }
    }
    expected
}

pub(super) fn nothing(trace: Vec<Step>, flags: BTreeSet<&'static str>) -> Expected {
    Expected {
        labels: Some(Labels::new()),
        labels_with_acts: Some(Labels::new()),
        possible: [Labels::new()].into(),
        subtypes: Vec::new(),
        flags,
        trace,
        branch: Some(Branch::None),
        branches: [Branch::None].into(),
    }
}

impl Expected {
    fn take(&mut self, side: Side) {
        if side.labels.is_none() {
            self.flags.insert("unknown_input");
        }
        self.labels = side.labels;
        self.labels_with_acts = side.labels_with_acts;
        self.subtypes = side.subtypes;
        self.flags.extend(side.flags);
        self.trace.extend(side.trace);
        if let Some(labels) = &self.labels {
            let more = labels.contains(EXPLOITER) || labels.contains(PROXY);
            if more && !labels.contains(FOLLOWER) {
                // The article never discusses either without following (inventory A.5, point 8).
                self.flags.insert("unattested");
            }
        }
    }
}

/// Step 1 as it was made.
pub(super) struct StepOne {
    /// The branch at central values.
    pub(super) branch: Option<Branch>,
    /// Every branch that the interval of the divergence allows.
    pub(super) branches: BTreeSet<Branch>,
    pub(super) trace: Vec<Step>,
}

/// Step 1 for a divergence, of the whole family (D) or of one issue (d).
pub(super) fn step_1(
    options: &RuleOptions,
    symbol: &'static str,
    divergence: Option<Measured>,
    last: Option<&Expected>,
    force: Option<Forced>,
) -> StepOne {
    let (conflict, overlap) = (options.divergence, options.overlap);
    let high = Step::at_least(StepId::DivergenceHigh, symbol, divergence, conflict).with(force);
    let low = Step::at_most(StepId::DivergenceLow, symbol, divergence, overlap).with(force);
    let held = last.map_or(Some(Branch::None), |l| l.branch);
    let held_any = last.map_or_else(|| [Branch::None].into(), |l| l.branches.clone());
    let branch = match (high.central(), low.central()) {
        (Some(true), _) => Some(Branch::Conflict),
        (_, Some(true)) => Some(Branch::Overlap),
        (Some(false), Some(false)) => held,
        _ => None,
    };
    let mut branches = BTreeSet::new();
    let [from, to] = divergence.map_or([0.0, 1.0], Measured::band);
    if to >= conflict {
        branches.insert(Branch::Conflict);
    }
    if from <= overlap {
        branches.insert(Branch::Overlap);
    }
    if to > overlap && from < conflict {
        branches.extend(held_any);
    }
    let between = high.central() == Some(false) && low.central() == Some(false);
    let mut trace = vec![high, low];
    if between {
        let holds = held.is_some_and(|b| b != Branch::None);
        trace.push(Step::fact(StepId::HoldsLastBranch, holds));
    }
    StepOne {
        branch,
        branches,
        trace,
    }
}

/// What one side of step 1 says.
pub(super) struct Side {
    pub(super) labels: Option<Labels>,
    pub(super) labels_with_acts: Option<Labels>,
    pub(super) possible: BTreeSet<Labels>,
    pub(super) subtypes: Vec<&'static str>,
    pub(super) flags: BTreeSet<&'static str>,
    pub(super) trace: Vec<Step>,
}
