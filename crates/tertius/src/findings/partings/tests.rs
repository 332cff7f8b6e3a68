use serde_json::json;

use super::*;
use crate::findings::{EvidencePart, RuleFinding};
use crate::interests::Measured;
use crate::interests::choice::Stake;
use crate::interests::rule::{ActsSeen, Inputs, apply};
use crate::vocabulary::{Month, Span, Text};

fn month(k: usize) -> Month {
    "2014-01".parse::<Month>().unwrap() + k as i32
}

fn inputs(divergence: Option<f64>) -> Inputs {
    let exact = |x| Some(Measured::exact(x));
    let stake = Stake {
        own: 0.6,
        expected: -0.5,
        salience: 0.5,
        patron_salience: 0.5,
    };
    Inputs {
        alliance: true,
        asymmetry: exact(0.8),
        divergence: divergence.map(Measured::exact),
        signed_gap: exact(0.6),
        congruence: exact(0.9),
        ambition: exact(0.4),
        dependence: exact(0.5),
        commitment: exact(0.8),
        pressure: exact(0.5),
        hardliners: exact(0.3),
        burden: exact(0.8),
        capacity: exact(0.7),
        cover: exact(0.4),
        deciding: Some(stake),
        over_rival: vec![stake],
        in_alliance: vec![stake],
    }
}

/// Overlap, and the reader agrees; conflict by a hair, where it reads on; conflict, where it reads two
/// roles that the rule never has together; overlap, where it reads no exploiter; and a month of which
/// the rule can't speak.
fn five() -> (Vec<RuleRun>, Vec<MonthFinding>) {
    let all = [
        (Some(0.1), &["exploiter", "follower", "proxy"][..]),
        (Some(0.36), &["exploiter", "follower", "proxy"]),
        (Some(0.36), &["balancer", "follower"]),
        (Some(0.1), &["follower", "proxy"]),
        (None, &["balancer"]),
    ];
    let mut runs: Vec<RuleRun> = Vec::new();
    let mut months = Vec::new();
    for (k, (divergence, reader)) in all.into_iter().enumerate() {
        let inputs = inputs(divergence);
        let last = runs.last().map(|r: &RuleRun| &r.expected);
        let expected = apply(&RuleOptions::default(), &inputs, ActsSeen::default(), last);
        let labels = expected
            .labels
            .iter()
            .flatten()
            .copied()
            .collect::<Vec<_>>();
        let none = json!({});
        let found = json!({
            "month": month(k), "roles": none, "filtered": none, "set": reader, "sets": [],
            "bands_50": none, "bands_90": none, "mc_error": none, "conflict_performed": null,
            "rule": RuleFinding { labels: Some(labels.iter().map(|l| (*l).to_owned()).collect()), ..RuleFinding::default() },
            "interests": crate::findings::InterestFinding::default(),
            "issues": [], "conditions": [], "flags": [],
        });
        months.push(serde_json::from_value(found).unwrap());
        runs.push(RuleRun {
            expected,
            issues: Vec::new(),
            inputs,
            acts: ActsSeen::default(),
            pathway: None,
        });
    }
    (runs, months)
}

fn reading(from: usize, to: usize) -> Reading {
    Reading {
        id: "someone".into(),
        name: Text::default(),
        span: Span::inclusive(month(from), month(to)).unwrap(),
        roles: Vec::new(),
        source: "s".into(),
        note: Text::default(),
        line: 1,
    }
}

#[test]
fn agreement_is_counted_by_hand() {
    let catalogue = Catalogue::bundled("chen-2023").unwrap();
    let found = agreement(&catalogue, &five().1);
    assert_eq!((found.months, found.silent), (4, 1));
    assert_eq!(
        (found.same_set, found.shares_role),
        (Some(0.25), Some(0.75))
    );
    let follower = &found.roles["follower"];
    assert_eq!(
        (follower.rule, follower.reader, follower.same),
        (Some(0.5), Some(1.0), Some(0.5))
    );
    assert_eq!(follower.kappa, Some(0.0));
    // Rule no, yes, yes, no; reader no, no, yes, no: they agree on three of four, by chance on half.
    assert_eq!(found.roles["balancer"].kappa, Some(0.5));
    let none = agreement(&catalogue, &[]);
    assert_eq!(
        (none.months, none.same_set, none.roles["proxy"].kappa),
        (0, None, None)
    );
}

#[test]
fn the_test_that_decides_is_named_with_its_margin() {
    let (runs, months) = five();
    let found = partings(
        &[reading(0, 3)],
        &RuleOptions::default(),
        &runs,
        &months,
        &[],
    );
    let [period, run] = &found[..] else {
        panic!("{found:#?}")
    };
    assert_eq!(
        (period.period.as_deref(), period.compared, period.parted),
        (Some("someone"), 4, 3)
    );
    assert_eq!(
        (run.period.as_deref(), run.from, run.to),
        (None, month(1), month(3))
    );
    assert_eq!((run.compared, run.parted), (3, 3));
    assert_eq!(run.no_single_step, Some(1.0 / 3.0));
    assert_eq!(period.deciding, run.deciding);
    let [ambition, divergence] = &run.deciding[..] else {
        panic!("{:#?}", run.deciding)
    };
    // D at .36 passed .35 by a hundredth: below, the overlap of the month before would have been held.
    assert_eq!(
        (&*divergence.test, divergence.month),
        ("divergence_high", month(1))
    );
    assert!((divergence.margin - 0.01).abs() < 1e-12);
    assert_eq!((divergence.value, divergence.threshold), (0.36, 0.35));
    assert_eq!(divergence.gives, ["exploiter", "follower", "proxy"]);
    // M passed by .25, C by .4: either would take the exploiter away, and the nearer one is named.
    assert_eq!((&*ambition.test, ambition.month), ("ambition", month(3)));
    assert!((ambition.margin - 0.25).abs() < 1e-12);
    assert_eq!(ambition.share, 1.0 / 3.0);
}

#[test]
fn rows_are_those_that_speak_for_the_reader() {
    let (runs, months) = five();
    let part = |row: &str, nats| EvidencePart {
        kind: PartKind::Row,
        row: Some(row.to_owned()),
        month: None,
        what: None,
        count: None,
        nats,
        mc_error: 0.0,
    };
    let fall = |k, role: &str, parts| Waterfall {
        month: month(k),
        role: role.to_owned(),
        p: 0.5,
        log_odds: 0.0,
        parts,
    };
    let falls = [
        // Both say follower in the month before the two part; only the reader does in this one.
        fall(0, "follower", vec![part("a0", 9.0)]),
        fall(
            1,
            "follower",
            vec![part("a1", 2.0), part("a2", -3.0), part("a3", 0.5)],
        ),
        // Only the rule says balancer: what speaks against it is the reader's.
        fall(1, "balancer", vec![part("a1", -1.0), part("a4", 4.0)]),
    ];
    let found = partings(&[], &RuleOptions::default(), &runs, &months, &falls);
    let rows: Vec<_> = found[0]
        .rows
        .iter()
        .map(|r| (&*r.row, &*r.role, r.nats))
        .collect();
    assert_eq!(
        rows,
        [
            ("a1", "follower", 2.0),
            ("a1", "balancer", 1.0),
            ("a3", "follower", 0.5)
        ]
    );
}

#[test]
fn a_period_outside_the_months_read_is_left_out() {
    let (runs, months) = five();
    let found = partings(
        &[reading(20, 30)],
        &RuleOptions::default(),
        &runs,
        &months,
        &[],
    );
    assert!(found.iter().all(|p| p.period.is_none()));
}
