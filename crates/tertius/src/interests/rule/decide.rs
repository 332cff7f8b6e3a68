//! From the conditions of a month to the roles expected of it.

use std::collections::BTreeSet;

use super::trace::{Outcome, Step, StepId};
use super::{ActsSeen, Inputs, RuleOptions};
use crate::interests::Measured;
use crate::interests::choice::{abandonment, ceiling, chosen_in_alliance, pull};

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

const FOLLOWER: &str = "follower";
const BALANCER: &str = "balancer";
const EXPLOITER: &str = "exploiter";
const PROXY: &str = "proxy";

/// Applies the rule to one month. `last` is what it said of the month before, if there was one.
pub fn apply(
    options: &RuleOptions,
    inputs: &Inputs,
    acts: ActsSeen,
    last: Option<&Expected>,
) -> Expected {
    let mut trace = Vec::new();
    let mut flags = BTreeSet::new();

    // Step 0: does the framework speak of this pair at all?
    let allied = Step::fact(StepId::Alliance, inputs.alliance);
    let asymmetric = Step::at_least(StepId::Asymmetric, "A", inputs.asymmetry, options.asymmetry);
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
    let high = Step::at_least(
        StepId::DivergenceHigh,
        "D",
        inputs.divergence,
        options.divergence,
    );
    let low = Step::at_most(
        StepId::DivergenceLow,
        "D",
        inputs.divergence,
        options.overlap,
    );
    let (branch, branches) = branches(&high, &low, inputs.divergence, options, last);
    let between = high.central() == Some(false) && low.central() == Some(false);
    trace.extend([high, low]);
    if between {
        let held = last
            .and_then(|l| l.branch)
            .is_some_and(|b| b != Branch::None);
        trace.push(Step::fact(StepId::HoldsLastBranch, held));
    }

    let conflict = on_conflict(options, inputs, acts);
    let overlap = on_overlap(options, inputs, acts);
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

fn nothing(trace: Vec<Step>, flags: BTreeSet<&'static str>) -> Expected {
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

/// The branch at central values, and every branch that the interval of D allows.
fn branches(
    high: &Step,
    low: &Step,
    divergence: Option<Measured>,
    options: &RuleOptions,
    last: Option<&Expected>,
) -> (Option<Branch>, BTreeSet<Branch>) {
    let held = last.map_or(Some(Branch::None), |l| l.branch);
    let held_any = last.map_or_else(|| [Branch::None].into(), |l| l.branches.clone());
    let central = match (high.central(), low.central()) {
        (Some(true), _) => Some(Branch::Conflict),
        (_, Some(true)) => Some(Branch::Overlap),
        (Some(false), Some(false)) => held,
        _ => None,
    };
    let mut any = BTreeSet::new();
    let [from, to] = divergence.map_or([0.0, 1.0], Measured::band);
    if to >= options.divergence {
        any.insert(Branch::Conflict);
    }
    if from <= options.overlap {
        any.insert(Branch::Overlap);
    }
    if to > options.overlap && from < options.divergence {
        any.extend(held_any);
    }
    (central, any)
}

/// What one side of step 1 says.
struct Side {
    labels: Option<Labels>,
    labels_with_acts: Option<Labels>,
    possible: BTreeSet<Labels>,
    subtypes: Vec<&'static str>,
    flags: BTreeSet<&'static str>,
    trace: Vec<Step>,
}

/// The pull ρ on the deciding issue over the corners of what is known: it rises in δ, in pressure and
/// with the patron's salience, and falls in commitment and in hardliners.
fn pull_of(options: &RuleOptions, inputs: &Inputs) -> Option<Measured> {
    let stake = inputs.deciding?;
    let at = |dependence: f64, commitment: f64, pressure: f64, hardliners: f64| {
        let alpha = abandonment(&options.choice, dependence, commitment, pressure);
        let lambda = options.choice.lambda0 * alpha * dependence;
        pull(
            &options.choice,
            lambda,
            hardliners,
            stake.salience,
            stake.patron_salience,
        )
    };
    let band = crate::interests::unit_interval;
    let (d, c, p, h) = (
        band(inputs.dependence),
        band(inputs.commitment),
        band(inputs.pressure),
        band(inputs.hardliners),
    );
    let (low, high) = (at(d[0], c[1], p[0], h[1]), at(d[1], c[0], p[1], h[0]));
    let known = inputs
        .dependence
        .zip(inputs.commitment)
        .zip(inputs.pressure)
        .zip(inputs.hardliners)
        .map(|(((d, c), p), h)| at(d.mid, c.mid, p.mid, h.mid));
    // Without its centre the pull has bounds and no middle: NaN marks it until the test is made.
    Some(Measured {
        mid: known.unwrap_or(f64::NAN),
        low,
        high,
    })
}

fn on_conflict(options: &RuleOptions, inputs: &Inputs, acts: ActsSeen) -> Side {
    let mut trace = Vec::new();
    let mut flags = BTreeSet::new();
    let mut subtypes = Vec::new();

    let rho = pull_of(options, inputs);
    // The test is strict, ρ < ½; over the reals it differs from ≤ in one point only, which is kept out.
    let prevails = {
        let outcome = match rho {
            None => Outcome::Either,
            Some(r) if r.high < 0.5 => Outcome::Yes,
            Some(r) if r.low >= 0.5 => Outcome::No,
            Some(_) => Outcome::Either,
        };
        let margin = rho.map(|r| 0.5 - r.mid).filter(|m| m.is_finite());
        let shown = rho.filter(|r| r.mid.is_finite());
        Step {
            id: StepId::OwnWishPrevails,
            inputs: vec![
                ("ρ", shown),
                ("δ", inputs.dependence),
                ("commitment", inputs.commitment),
                ("pressure", inputs.pressure),
                ("h", inputs.hardliners),
            ],
            threshold: Some(0.5),
            margin,
            outcome,
        }
    };
    let balances = match prevails.margin {
        Some(m) => Some(m > 0.0),
        None => match prevails.outcome {
            Outcome::Yes => Some(true),
            Outcome::No => Some(false),
            Outcome::Either => None,
        },
    };
    let mut possible = BTreeSet::new();
    if prevails.outcome != Outcome::No {
        possible.insert(Labels::from([BALANCER]));
    }
    if prevails.outcome != Outcome::Yes {
        possible.insert(Labels::from([FOLLOWER]));
    }
    trace.push(prevails);
    trace.extend(ceiling_step(options, inputs, &mut flags));

    let labels = balances.map(|b| Labels::from([if b { BALANCER } else { FOLLOWER }]));
    match balances {
        Some(true) => {
            let harder = Step::at_most(StepId::HarderThanPatron, "Δ", inputs.signed_gap, 0.0);
            let softer = harder.central().map(|h| !h);
            trace.push(harder);
            if softer == Some(true) {
                subtypes.push("B+");
                for (id, seen, name) in [
                    (StepId::ContactRises, acts.contact_rises, "1a"),
                    (StepId::Bargains, acts.bargains, "1b"),
                    (StepId::Concession, acts.concession, "1c"),
                ] {
                    trace.push(Step::fact(id, seen));
                    if seen {
                        subtypes.push(name);
                    }
                }
            } else if softer == Some(false) {
                subtypes.push("B-");
            }
        }
        Some(false) => {
            trace.push(Step::fact(StepId::Sacrifice, true));
            subtypes.push("sacrifice");
            let profit = profit_step(options, inputs);
            if profit.central() == Some(true) {
                subtypes.push("profit");
            }
            trace.push(profit);
        }
        None => {}
    }
    Side {
        labels_with_acts: labels.clone(),
        labels,
        possible,
        subtypes,
        flags,
        trace,
    }
}

fn lambda_of(options: &RuleOptions, inputs: &Inputs) -> Option<f64> {
    let (d, c, p) = (
        inputs.dependence?.mid,
        inputs.commitment?.mid,
        inputs.pressure?.mid,
    );
    Some(options.choice.lambda0 * abandonment(&options.choice, d, c, p) * d)
}

fn ceiling_step(
    options: &RuleOptions,
    inputs: &Inputs,
    flags: &mut BTreeSet<&'static str>,
) -> Option<Step> {
    let (lambda, h) = (lambda_of(options, inputs)?, inputs.hardliners?.mid);
    if inputs.over_rival.is_empty() {
        return None;
    }
    let c = ceiling(
        &options.choice,
        lambda,
        h,
        &inputs.over_rival,
        options.ceiling,
    );
    if c.binds {
        flags.insert("ceiling_binds");
    }
    let finite = |x: f64| x.is_finite().then(|| Measured::exact(x));
    Some(Step {
        id: StepId::CeilingBinds,
        inputs: vec![
            ("dev", finite(c.deviation)),
            ("λ", finite(lambda)),
            ("λ needed", finite(c.lambda_needed)),
        ],
        threshold: Some(options.ceiling),
        margin: Some(c.deviation - options.ceiling),
        outcome: if c.binds { Outcome::Yes } else { Outcome::No },
    })
}

/// Gain from acting under the alliance's cover, `G = g · cover · Σ y_i` over the issues of the alliance.
fn profit_step(options: &RuleOptions, inputs: &Inputs) -> Step {
    let gain = lambda_of(options, inputs)
        .zip(inputs.cover)
        .filter(|_| !inputs.in_alliance.is_empty());
    let gain = gain.map(|(lambda, cover)| {
        let ys = inputs
            .in_alliance
            .iter()
            .map(|s| chosen_in_alliance(&options.choice, lambda, cover.mid, s));
        options.choice.gain * cover.mid * ys.sum::<f64>()
    });
    let value = gain.map(Measured::exact);
    let outcome = match gain {
        None => Outcome::Either,
        Some(g) if g > 0.0 => Outcome::Yes,
        Some(_) => Outcome::No,
    };
    // A gain of exactly zero fails the test G > 0, so its margin is set just below.
    let margin = gain.map(|g| {
        if g > 0.0 {
            g
        } else {
            g.min(-f64::MIN_POSITIVE)
        }
    });
    Step {
        id: StepId::Profit,
        inputs: vec![("G", value)],
        threshold: Some(0.0),
        margin,
        outcome,
    }
}

fn on_overlap(options: &RuleOptions, inputs: &Inputs, acts: ActsSeen) -> Side {
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
