//! Step 2: interests part. Whose wish prevails on the deciding issue?

use std::collections::BTreeSet;

use super::decide::{BALANCER, FOLLOWER, Labels, Side};
use super::trace::{Forced, Outcome, Step, StepId};
use super::{ActsSeen, Inputs, RuleOptions};
use crate::interests::choice::{abandonment, ceiling, chosen_in_alliance, pull};
use crate::interests::{Measured, unit_interval};

/// Probability from which contact with the rival is said to rise. Without a change it is exceeded once in
/// ten. A proposal.
pub(super) const CONTACT_RISES: f64 = 0.9;

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
    let band = unit_interval;
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
        error_known: true,
    })
}

/// Whether the ally's own wish prevails on the deciding issue: ρ < ½.
pub(super) fn own_wish(options: &RuleOptions, inputs: &Inputs) -> Step {
    let rho = pull_of(options, inputs);
    // The test is strict; over the reals it differs from ≤ in one point only, which is kept out.
    let outcome = match rho {
        None => Outcome::Either,
        Some(r) if r.high < 0.5 => Outcome::Yes,
        Some(r) if r.low >= 0.5 => Outcome::No,
        Some(_) => Outcome::Either,
    };
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
        margin: rho.map(|r| 0.5 - r.mid).filter(|m| m.is_finite()),
        outcome,
    }
}

/// What [`own_wish`] says at central values, and what its intervals allow.
pub(super) fn of_own_wish(prevails: &Step) -> (Option<bool>, BTreeSet<Labels>) {
    let balances = match prevails.margin {
        Some(m) => Some(m > 0.0),
        None => prevails.central(),
    };
    let mut possible = BTreeSet::new();
    if prevails.outcome != Outcome::No {
        possible.insert(Labels::from([BALANCER]));
    }
    if prevails.outcome != Outcome::Yes {
        possible.insert(Labels::from([FOLLOWER]));
    }
    (balances, possible)
}

/// Softer (`B+`) or harder (`B-`) on the rival than the patron; nothing where that is not known.
pub(super) fn side_of(signed_gap: Option<Measured>) -> (Step, Option<&'static str>) {
    let harder = Step::at_most(StepId::HarderThanPatron, "Δ", signed_gap, 0.0);
    let side = harder.central().map(|h| if h { "B-" } else { "B+" });
    (harder, side)
}

pub(super) fn on_conflict(
    options: &RuleOptions,
    inputs: &Inputs,
    acts: ActsSeen,
    force: Option<Forced>,
) -> Side {
    let mut trace = Vec::new();
    let mut flags = BTreeSet::new();
    let mut subtypes = Vec::new();

    let prevails = own_wish(options, inputs).with(force);
    let (balances, possible) = of_own_wish(&prevails);
    trace.push(prevails);
    trace.extend(ceiling_step(options, inputs, &mut flags));

    let labels = balances.map(|b| Labels::from([if b { BALANCER } else { FOLLOWER }]));
    match balances {
        Some(true) => {
            let (harder, side) = side_of(inputs.signed_gap);
            trace.push(harder);
            subtypes.extend(side);
            if side == Some("B+") {
                let rises = acts.contact_rises.map(Measured::exact);
                let rises = Step::at_least(StepId::ContactRises, "P", rises, CONTACT_RISES);
                let concession = Step::fact(StepId::Concession, acts.concession);
                if rises.central() == Some(true) {
                    subtypes.push("1a");
                }
                if acts.concession {
                    subtypes.push("1c");
                }
                trace.extend([rises, concession]);
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
