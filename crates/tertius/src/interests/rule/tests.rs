//! Golden cases and metamorphic properties of the rule, on synthetic conditions. No test here looks at a
//! bundled case.

use proptest::prelude::*;

use super::*;
use crate::interests::Measured;
use crate::interests::choice::Stake;

pub(super) fn exact(x: f64) -> Option<Measured> {
    Some(Measured::exact(x))
}

/// What the article says of 2014-16: interests part over the rival, the ally softer, an explicit treaty,
/// moderate dependence, few hardliners (Chen 2023, section 2).
pub(super) fn divergence_as_in_2014() -> Inputs {
    Inputs {
        alliance: true,
        asymmetry: exact(0.8),
        divergence: exact(0.45),
        signed_gap: exact(0.6),
        congruence: exact(0.8),
        ambition: exact(0.1),
        dependence: exact(0.5),
        commitment: exact(0.8),
        pressure: exact(0.5),
        hardliners: exact(0.3),
        burden: exact(0.3),
        capacity: exact(0.5),
        cover: exact(0.4),
        deciding: Some(Stake {
            own: 0.6,
            expected: -0.5,
            salience: 0.5,
            patron_salience: 0.5,
        }),
        over_rival: vec![Stake {
            own: 0.6,
            expected: -0.5,
            salience: 0.5,
            patron_salience: 0.5,
        }],
        in_alliance: vec![Stake {
            own: 0.3,
            expected: 0.3,
            salience: 0.5,
            patron_salience: 0.5,
        }],
    }
}

/// What it says of 2022: interests overlap, ambition welcome, burden demanded, capacity there (section 3).
pub(super) fn overlap_as_in_2022() -> Inputs {
    Inputs {
        divergence: exact(0.1),
        signed_gap: exact(-0.05),
        congruence: exact(0.9),
        ambition: exact(0.4),
        burden: exact(0.8),
        capacity: exact(0.7),
        ..divergence_as_in_2014()
    }
}

pub(super) fn say(inputs: &Inputs, acts: ActsSeen) -> Expected {
    apply(&RuleOptions::default(), inputs, acts, None)
}

pub(super) fn labels(x: &Expected) -> Vec<&'static str> {
    x.labels.clone().into_iter().flatten().collect()
}

#[test]
fn as_in_2014_the_rule_says_balancer_with_limited_improvement() {
    let x = say(
        &divergence_as_in_2014(),
        ActsSeen {
            contact_rises: Some(0.95),
            ..ActsSeen::default()
        },
    );
    assert_eq!(labels(&x), ["balancer"]);
    assert_eq!(x.subtypes, ["B+", "1a"]);
    assert_eq!(x.possible.len(), 1);
    let p = pathway(Trend::Worsens, &x.labels.unwrap(), &x.subtypes);
    assert_eq!(p, Some(Pathway::P2));
}

#[test]
fn as_in_2022_the_rule_says_follower_exploiter_and_proxy() {
    let x = say(
        &overlap_as_in_2022(),
        ActsSeen {
            brokerage: true,
            ..ActsSeen::default()
        },
    );
    assert_eq!(labels(&x), ["exploiter", "follower", "proxy"]);
    assert_eq!(x.labels, x.labels_with_acts);
    let p = pathway(Trend::Worsens, &x.labels.unwrap(), &x.subtypes);
    assert_eq!(p, Some(Pathway::P1));
}

#[test]
fn without_brokerage_seen_the_proxy_is_expected_and_not_labelled_with_acts() {
    let x = say(&overlap_as_in_2022(), ActsSeen::default());
    assert!(x.labels.unwrap().contains("proxy"));
    assert!(!x.labels_with_acts.unwrap().contains("proxy"));
}

#[test]
fn as_in_the_1970s_the_rule_says_follower_and_exploiter_on_an_improving_relation() {
    let inputs = Inputs {
        burden: exact(0.2),
        ..overlap_as_in_2022()
    };
    let x = say(&inputs, ActsSeen::default());
    assert_eq!(labels(&x), ["exploiter", "follower"]);
    let p = pathway(Trend::Improves, &x.labels.unwrap(), &x.subtypes);
    assert_eq!(p, Some(Pathway::P3));
}

#[test]
fn an_ally_harder_than_its_patron_balances_with_the_other_sign() {
    let inputs = Inputs {
        signed_gap: exact(-0.6),
        ..divergence_as_in_2014()
    };
    let x = say(&inputs, ActsSeen::default());
    assert_eq!(
        (labels(&x), x.subtypes.clone()),
        (vec!["balancer"], vec!["B-"])
    );
    let p = pathway(Trend::Improves, &x.labels.unwrap(), &x.subtypes);
    assert_eq!(p, Some(Pathway::P4));
}

#[test]
fn strong_dependence_and_pressure_make_a_follower_by_sacrifice() {
    let inputs = Inputs {
        dependence: exact(1.0),
        commitment: exact(0.0),
        pressure: exact(1.0),
        hardliners: exact(0.0),
        ..divergence_as_in_2014()
    };
    let x = say(&inputs, ActsSeen::default());
    assert_eq!(labels(&x), ["follower"]);
    assert_eq!(x.subtypes, ["sacrifice", "profit"]);
    let no_cover = Inputs {
        cover: exact(0.0),
        ..inputs
    };
    assert_eq!(say(&no_cover, ActsSeen::default()).subtypes, ["sacrifice"]);
}

#[test]
fn out_of_scope_without_alliance_or_asymmetry() {
    for inputs in [
        Inputs {
            alliance: false,
            ..divergence_as_in_2014()
        },
        Inputs {
            asymmetry: exact(0.5),
            ..divergence_as_in_2014()
        },
    ] {
        let x = say(&inputs, ActsSeen::default());
        assert!(x.flags.contains("out_of_scope"));
        assert!(labels(&x).is_empty());
    }
}

#[test]
fn ambition_that_the_patron_opposes_is_flagged_and_not_exploitation() {
    let x = say(
        &Inputs {
            congruence: exact(0.2),
            ..overlap_as_in_2022()
        },
        ActsSeen::default(),
    );
    assert!(x.flags.contains("ambition_opposed"));
    assert_eq!(labels(&x), ["follower", "proxy"]);
}

#[test]
fn between_the_thresholds_the_last_branch_holds_or_nothing_is_said() {
    let between = Inputs {
        divergence: exact(0.28),
        ..divergence_as_in_2014()
    };
    let alone = say(&between, ActsSeen::default());
    assert!(alone.flags.contains("indeterminate"));
    let options = RuleOptions::default();
    let before = say(&divergence_as_in_2014(), ActsSeen::default());
    let held = apply(&options, &between, ActsSeen::default(), Some(&before));
    assert_eq!(labels(&held), ["balancer"]);
    let before = say(&overlap_as_in_2022(), ActsSeen::default());
    let held = apply(&options, &between, ActsSeen::default(), Some(&before));
    assert!(labels(&held).contains(&"follower"));
}

#[test]
fn what_is_not_known_stays_open() {
    let x = say(
        &Inputs {
            burden: None,
            ..overlap_as_in_2022()
        },
        ActsSeen::default(),
    );
    assert_eq!(x.labels, None);
    assert!(x.flags.contains("unknown_input"));
    let sets: Vec<Vec<_>> = x
        .possible
        .iter()
        .map(|s| s.iter().copied().collect())
        .collect();
    assert_eq!(
        sets,
        [
            vec!["exploiter", "follower"],
            vec!["exploiter", "follower", "proxy"]
        ]
    );

    let x = say(
        &Inputs {
            divergence: None,
            ..overlap_as_in_2022()
        },
        ActsSeen::default(),
    );
    assert_eq!(x.labels, None);
    // Conflict, overlap and between: balancer; follower, exploiter and proxy; nothing.
    assert_eq!(x.possible.len(), 3);
}

#[test]
fn every_test_of_the_rule_is_reached_and_has_its_own_id() {
    let ids: std::collections::BTreeSet<_> = StepId::ALL.iter().map(|s| s.names().1).collect();
    assert_eq!(ids.len(), StepId::ALL.len());
    let mut seen: std::collections::BTreeSet<StepId> = Default::default();
    let sacrifice = Inputs {
        dependence: exact(1.0),
        commitment: exact(0.0),
        pressure: exact(1.0),
        hardliners: exact(0.0),
        ..divergence_as_in_2014()
    };
    let between = Inputs {
        divergence: exact(0.28),
        ..divergence_as_in_2014()
    };
    for inputs in [
        divergence_as_in_2014(),
        overlap_as_in_2022(),
        sacrifice,
        between,
    ] {
        seen.extend(say(&inputs, ActsSeen::default()).trace.iter().map(|s| s.id));
    }
    let missed: Vec<_> = StepId::ALL.iter().filter(|s| !seen.contains(s)).collect();
    assert_eq!(missed, Vec::<&StepId>::new());
}

pub(super) fn on_conflict() -> impl Strategy<Value = Inputs> {
    let unit = || 0.0..=1.0f64;
    (unit(), unit(), unit(), unit(), 0.05..=1.0f64, 0.05..=1.0f64).prop_map(|(d, c, p, h, w, v)| {
        let stake = Stake {
            own: 0.6,
            expected: -0.5,
            salience: w,
            patron_salience: v,
        };
        Inputs {
            dependence: exact(d),
            commitment: exact(c),
            pressure: exact(p),
            hardliners: exact(h),
            deciding: Some(stake),
            ..divergence_as_in_2014()
        }
    })
}

/// The corner in which the patron's pull can win: high dependence and pressure, little commitment.
pub(super) fn near_sacrifice() -> impl Strategy<Value = Inputs> {
    (0.8..=1.0f64, 0.0..=0.3f64, 0.6..=1.0f64).prop_flat_map(|(d, c, p)| {
        on_conflict().prop_map(move |inputs| Inputs {
            dependence: exact(d),
            commitment: exact(c),
            pressure: exact(p),
            ..inputs
        })
    })
}

fn follows(inputs: &Inputs) -> bool {
    labels(&say(inputs, ActsSeen::default())) == ["follower"]
}

proptest! {
    /// Raising dependence (and with it the risk of abandonment), pressure or the patron's salience never
    /// turns a follower into a balancer.
    #[test]
    fn more_pull_never_makes_a_balancer(inputs in near_sacrifice(), by in 0.0..=1.0f64) {
        prop_assume!(follows(&inputs));
        let up = |m: Option<Measured>| m.map(|m| Measured::exact((m.mid + by).min(1.0)));
        let more = Inputs { dependence: up(inputs.dependence), ..inputs.clone() };
        prop_assert!(follows(&more));
        let more = Inputs { pressure: up(inputs.pressure), ..inputs.clone() };
        prop_assert!(follows(&more));
        let stake = inputs.deciding.unwrap();
        let heavier = Stake { patron_salience: stake.patron_salience + by, ..stake };
        let more = Inputs { deciding: Some(heavier), ..inputs };
        prop_assert!(follows(&more));
    }

    /// Raising the ally's own salience never turns a balancer into a follower.
    #[test]
    fn more_own_interest_never_makes_a_follower(inputs in on_conflict(), by in 0.0..=1.0f64) {
        prop_assume!(!follows(&inputs));
        let stake = inputs.deciding.unwrap();
        let heavier = Stake { salience: stake.salience + by, ..stake };
        let more = Inputs { deciding: Some(heavier), ..inputs };
        prop_assert!(!follows(&more));
    }

    /// Widening an interval never takes a possibility away.
    #[test]
    fn less_knowledge_never_excludes(inputs in on_conflict(), by in 0.0..=0.5f64) {
        let wide = |m: Option<Measured>| m.map(|m| Measured::new(m.mid, m.low - by, m.high + by));
        let x = say(&inputs, ActsSeen::default());
        let vaguer = Inputs {
            dependence: wide(inputs.dependence),
            hardliners: wide(inputs.hardliners),
            divergence: wide(inputs.divergence),
            ..inputs
        };
        let y = say(&vaguer, ActsSeen::default());
        prop_assert!(x.possible.is_subset(&y.possible));
    }

    /// Raising λ never moves the chosen posture away from what the patron expects.
    #[test]
    fn more_lambda_is_never_farther_from_the_patron(
        own in -1.0..=1.0f64, e in -1.0..=1.0f64, w in 0.01..=1.0f64, v in 0.01..=1.0f64,
        lambda in 0.0..=5.0f64, by in 0.0..=5.0f64,
    ) {
        use crate::interests::choice::{ChoiceOptions, chosen_in_alliance, chosen_over_rival};
        let o = ChoiceOptions::default();
        let s = Stake { own, expected: e, salience: w, patron_salience: v };
        let (near, far) = (chosen_over_rival(&o, lambda + by, 0.3, &s), chosen_over_rival(&o, lambda, 0.3, &s));
        // Rounding of one division.
        prop_assert!((near - e).abs() <= (far - e).abs() + 1e-12);
        let (near, far) = (chosen_in_alliance(&o, lambda + by, 0.0, &s), chosen_in_alliance(&o, lambda, 0.0, &s));
        prop_assert!((near - e).abs() <= (far - e).abs() + 1e-12);
    }
}
