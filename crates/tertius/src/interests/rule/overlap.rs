//! Step 3: interests overlap. Is there more than following to be expected?

use std::collections::BTreeSet;

use super::decide::{EXPLOITER, FOLLOWER, Labels, PROXY, Side};
use super::trace::{Forced, Outcome, Step, StepId};
use super::{ActsSeen, Inputs, RuleOptions};

pub(super) fn on_overlap(
    options: &RuleOptions,
    inputs: &Inputs,
    acts: ActsSeen,
    force: Option<Forced>,
) -> Side {
    let mut flags = BTreeSet::new();
    let ambition = Step::at_least(StepId::Ambition, "M", inputs.ambition, options.ambition);
    let welcome = Step::at_least(
        StepId::AmbitionWelcome,
        "C",
        inputs.congruence,
        options.congruence,
    );
    let burden = Step::at_least(StepId::BurdenDemanded, "b", inputs.burden, options.burden);
    let capable = Step::at_least(
        StepId::CapacityEnough,
        "K",
        inputs.capacity,
        options.capacity,
    );

    let [ambition, welcome, burden, capable] =
        [ambition, welcome, burden, capable].map(|s| s.with(force));

    let both = |a: Option<bool>, b: Option<bool>| match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    };
    let exploits = both(ambition.central(), welcome.central());
    let serves = both(burden.central(), capable.central());
    if ambition.central() == Some(true) && welcome.central() == Some(false) {
        flags.insert("ambition_opposed");
    }

    let join = |a: Outcome, b: Outcome| match (a, b) {
        (Outcome::No, _) | (_, Outcome::No) => Outcome::No,
        (Outcome::Yes, Outcome::Yes) => Outcome::Yes,
        _ => Outcome::Either,
    };
    let options_of = |o: Outcome| -> &'static [bool] {
        match o {
            Outcome::Yes => &[true],
            Outcome::No => &[false],
            Outcome::Either => &[false, true],
        }
    };
    let labels_of = |e: bool, p: bool| {
        let mut labels = Labels::from([FOLLOWER]);
        labels.extend(e.then_some(EXPLOITER));
        labels.extend(p.then_some(PROXY));
        labels
    };
    let (e_any, p_any) = (
        join(ambition.outcome, welcome.outcome),
        join(burden.outcome, capable.outcome),
    );
    let mut possible = BTreeSet::new();
    for e in options_of(e_any) {
        for p in options_of(p_any) {
            possible.insert(labels_of(*e, *p));
        }
    }
    let labels = exploits.zip(serves).map(|(e, p)| labels_of(e, p));
    let labels_with_acts = exploits
        .zip(serves)
        .map(|(e, p)| labels_of(e, p && acts.brokerage));
    let trace = vec![
        Step::fact(StepId::Overlap, true),
        ambition,
        welcome,
        burden,
        capable,
        Step::fact(StepId::Brokerage, acts.brokerage),
    ];
    Side {
        labels,
        labels_with_acts,
        possible,
        subtypes: Vec::new(),
        flags,
        trace,
    }
}
