//! What would move a reading, and what the priors say alone.

use tertius::roles::evidence::Evidence;
use tertius::roles::flags::{ReadingFlag, flags, variants};
use tertius::roles::parameters::{Coordinate, Priors};
use tertius::roles::prior_predictive::prior_predictive;
use tertius::roles::simulate::{Regime, simulate};
use tertius::roles::{Pairs, ReaderOptions, Reading, read};

use super::support::*;

/// A record without evidence gives the prior back: for every parameter its mean and spread, for every
/// role the share of time that the prior expects, and no month other than its neighbour.
#[test]
fn nothing_observed_is_nothing_learnt() {
    let c = article();
    let o = ReaderOptions::default();
    let e = Evidence::nothing(&c, span(24));
    let priors = Priors::new(&c, &e, &o);
    let reading = read(&e, &priors, &o, 1).unwrap();
    let mut rng = rng(1);
    let expected: Vec<f64> = (0..2000)
        .map(|_| {
            let p = priors.draw(&mut rng);
            let (law, _) = tertius::roles::gibbs::laws(&e, &p, &o).unwrap();
            e.sets
                .iter()
                .zip(law)
                .filter(|(z, _)| z.bits() & 1 == 1)
                .map(|(_, p)| p)
                .sum()
        })
        .collect();
    let expected = expected.iter().sum::<f64>() / 2000.0;
    for x in &reading.roles {
        // Four standard errors of the mean of 2000 draws with a spread of about .1, and of the chains.
        assert!((x - expected).abs() < 0.03, "{x} {expected}");
    }
    for (name, contraction) in &reading.contraction {
        // A standard deviation from the draws of a chain: good to a fifth at the worst.
        assert!(contraction.abs() < 0.4, "{name:?} {contraction}");
    }
    let many = |name: Coordinate| {
        let all = reading.parameters.iter().map(|p| {
            let found = priors.coordinates(p).into_iter().find(|x| x.0 == name);
            found.unwrap().1
        });
        all.sum::<f64>() / reading.parameters.len() as f64
    };
    for (name, mean) in [
        (Coordinate::Start(0), -4.5),
        (Coordinate::Stay(2), 3.3),
        (Coordinate::Hazard(0), -1.0),
    ] {
        assert!((many(name) - mean).abs() < 0.15, "{name:?} {}", many(name));
    }
}

/// Beside the reading stands what was believed before it; within the range that the priors were set for.
#[test]
fn the_prior_alone_has_roles_on_a_quarter_of_the_time() {
    let c = article();
    let o = ReaderOptions::default();
    let mut e = Evidence::nothing(&c, span(141));
    e.exhaustive.iter_mut().flatten().for_each(|x| *x = true);
    e.acts = (0..282).map(|i| act(i % 9, i / 2)).collect();
    let priors = Priors::new(&c, &e, &o);
    let p = prior_predictive(&e, &priors, &o, 1000, 1).unwrap();
    println!(
        "FIGURE prior predictive, 141 months, two acts a month: share on {:.2?}, changes a year {:.2?}, acts a year {:.0?}",
        p.share_on[0], p.changes_a_year, p.acts_a_year
    );
    for share in &p.share_on {
        assert!(share[0] <= share[1] && share[1] <= share[2]);
        assert!((0.1..0.4).contains(&share[1]), "{share:?}");
    }
    // Centred on the record's 24 acts a year.
    assert!(p.acts_a_year[0] < 24.0 && 24.0 < p.acts_a_year[2]);
}

/// A record whose only evidence of a role is how much there is of it is flagged where volume is all.
#[test]
fn what_rests_on_volume_is_flagged_and_what_does_not_is_not() {
    let c = article();
    let o = ReaderOptions {
        warm_up: 200,
        sweeps: 1000,
        ..ReaderOptions::default()
    };
    // Every class six times as frequent in the second half, in the same proportions: composition is
    // silent, volume is not.
    let mut e = Evidence::nothing(&c, span(80));
    e.exhaustive.iter_mut().flatten().for_each(|x| *x = true);
    for t in 0..80 {
        let n = if t < 40 { 1 } else { 12 };
        e.acts.extend((0..n).map(|i| act((t + i) % 9, t)));
    }
    let priors = Priors::new(&c, &e, &o);
    let reading = read(&e, &priors, &o, 1).unwrap();
    let v = variants(&e, &priors, &o, &reading, 1).unwrap();
    let by_volume = |found: &[Vec<ReadingFlag>]| {
        let is = |f: &&ReadingFlag| matches!(f, ReadingFlag::VolumeDependent(..));
        found.iter().flatten().filter(is).count()
    };
    assert!(by_volume(&flags(&e, &reading, Some(&v))) > 0);
    let off = Reading {
        roles: v.volume_off.roles.clone(),
        sets: v.volume_off.sets.clone(),
        ..reading.clone()
    };
    assert_eq!(by_volume(&flags(&e, &off, Some(&v))), 0);
    assert_eq!(by_volume(&flags(&e, &reading, None)), 0);
}

/// What is read again from the reading's own draws is what a reading from the start gives: chains that
/// begin where others ended have found the other law, and weighed draws stand for it.
#[test]
fn variants_agree_with_readings_from_the_start() {
    let c = article();
    let (mut worst, mut sum, mut n) = (0.0f64, 0.0, 0.0);
    for seed in 0..3 {
        let o = ReaderOptions::default();
        let s = simulate(&c, span(100), &Regime::BASE, &mut rng(3000 + seed)).unwrap();
        let e = s.evidence(&c, &o);
        let priors = Priors::new(&c, &e, &o);
        let reading = read(&e, &priors, &o, 1).unwrap();
        let v = variants(&e, &priors, &o, &reading, 1).unwrap();
        let with = |change: &dyn Fn(&mut ReaderOptions)| {
            let mut o = o.clone();
            change(&mut o);
            read(&e, &priors, &o, 2).unwrap().roles
        };
        for (again, whole) in [
            (&v.pairs_every_month, with(&|o| o.pairs = Pairs::EveryMonth)),
            (&v.pairs_never, with(&|o| o.pairs = Pairs::Never)),
            (&v.volume_off, with(&|o| o.volume = false)),
            (&v.without_severity, with(&|o| o.severity = false)),
        ] {
            for (a, b) in again.roles.iter().zip(&whole) {
                worst = worst.max((a - b).abs());
                sum += (a - b).abs();
                n += 1.0;
            }
        }
    }
    println!(
        "FIGURE variants against readings from the start: {:.3} apart on average, {worst:.3} at most",
        sum / n
    );
    // Two thousand sweeps have an error of .04 or so, the reading itself one of half that; a flag asks
    // whether a probability moves by .3.
    assert!(sum / n < 0.04, "{}", sum / n);
    assert!(worst < 0.25, "{worst}");
}
