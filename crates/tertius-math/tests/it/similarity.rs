//! Likeness of portfolios against print, a naive twin and the mathematics.

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;
use std::num::NonZeroU8;
use tertius_math::Share;
use tertius_math::resampling::Bootstrap;
use tertius_math::similarity::{
    Distance, Measure, PortfolioError, Portfolios, Table, likeness, signorino_ritter,
};

const DISTANCES: [Distance; 3] = [Distance::Nominal, Distance::Absolute, Distance::Squared];

fn golden<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../goldens/signorino1999/");
    toml::from_str(&std::fs::read_to_string(format!("{folder}{name}.toml")).unwrap()).unwrap()
}

fn levels(k: u8) -> NonZeroU8 {
    NonZeroU8::new(k).unwrap()
}

#[derive(Deserialize)]
struct Table5 {
    levels: u8,
    tolerance: f64,
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    pairs: Vec<[u8; 3]>,
    s_times_three: f64,
}

#[test]
fn table_5_of_signorino_and_ritter() {
    let table: Table5 = golden("table5");
    for case in table.case {
        let repeat = |i: usize| {
            let pairs = case.pairs.iter();
            pairs.flat_map(move |p| std::iter::repeat_n(Some(p[i]), usize::from(p[2])))
        };
        let (a, b): (Vec<_>, Vec<_>) = (repeat(0).collect(), repeat(1).collect());
        let found = Table::count(levels(table.levels), &a, &b)
            .measure(Measure::S(Distance::Absolute))
            .unwrap();
        let printed = case.s_times_three / 3.0;
        assert!((found - printed).abs() <= table.tolerance, "{}", case.name);
    }
}

#[derive(Deserialize)]
struct Mixed {
    a: Vec<f64>,
    b: Vec<f64>,
    weights: Vec<f64>,
    ranges: Vec<f64>,
    s: f64,
    tolerance: f64,
}

#[test]
fn alliances_and_votes_with_weights_of_their_own() {
    let mixed: Mixed = golden("mixed");
    let objects = || {
        let weighed = mixed.weights.iter().zip(&mixed.ranges);
        let both = mixed.a.iter().zip(&mixed.b).zip(weighed);
        both.map(|((a, b), (w, m))| Some((*a, *b, *w, *m)))
    };
    let found = signorino_ritter(objects()).unwrap();
    assert!((found - mixed.s).abs() <= mixed.tolerance);
    // What is missing, or cannot be, is left out.
    let odd = [
        None,
        Some((0.0, 3.0, f64::NAN, 3.0)),
        Some((0.0, 4.0, 1.0, 3.0)),
        Some((0.0, 0.0, 1.0, 0.0)),
    ];
    assert_eq!(signorino_ritter(objects().chain(odd)), Some(found));
    assert_eq!(signorino_ritter(odd), None);
}

#[derive(Deserialize)]
struct Table6 {
    germany: Vec<u8>,
    russia: Vec<u8>,
    without_ties: usize,
    levels: u8,
    tolerance: f64,
    s_absolute: f64,
    s_squared: f64,
    tau_b: f64,
    pi_nominal: f64,
    pi_absolute: f64,
    pi_squared: f64,
    kappa_nominal: f64,
    kappa_absolute: f64,
    kappa_squared: f64,
    alignment: f64,
    any_tie_s: f64,
    any_tie_kappa: f64,
    any_tie_pi: f64,
}

#[test]
fn germany_and_russia_in_1914() {
    let t: Table6 = golden("table6");
    let whole = |ties: &[u8]| -> Vec<Option<u8>> {
        let none = std::iter::repeat_n(0, t.without_ties);
        ties.iter().copied().chain(none).map(Some).collect()
    };
    let (germany, russia) = (whole(&t.germany), whole(&t.russia));
    assert_eq!(germany.len(), 20);
    let table = Table::count(levels(t.levels), &germany, &russia);
    for (measure, printed) in [
        (Measure::S(Distance::Absolute), t.s_absolute),
        (Measure::S(Distance::Squared), t.s_squared),
        (Measure::TauB, t.tau_b),
        (Measure::Pi(Distance::Nominal), t.pi_nominal),
        (Measure::Pi(Distance::Absolute), t.pi_absolute),
        (Measure::Pi(Distance::Squared), t.pi_squared),
        (Measure::Kappa(Distance::Nominal), t.kappa_nominal),
        (Measure::Kappa(Distance::Absolute), t.kappa_absolute),
        (Measure::Kappa(Distance::Squared), t.kappa_squared),
        (Measure::Alignment(Distance::Absolute), t.alignment),
    ] {
        let found = table.measure(measure).unwrap();
        assert!(
            (found - printed).abs() <= t.tolerance,
            "{measure:?} {found}"
        );
    }
    let any = |x: &[Option<u8>]| -> Vec<Option<u8>> {
        x.iter().map(|x| x.map(|x| u8::from(x > 0))).collect()
    };
    let table = Table::count(levels(2), &any(&germany), &any(&russia));
    for distance in DISTANCES {
        for (measure, printed) in [
            (Measure::S(distance), t.any_tie_s),
            (Measure::Kappa(distance), t.any_tie_kappa),
            (Measure::Pi(distance), t.any_tie_pi),
        ] {
            let found = table.measure(measure).unwrap();
            assert!(
                (found - printed).abs() <= t.tolerance,
                "{measure:?} {found}"
            );
        }
    }
}

/// Each measure straight from its definition over the objects, no table in between.
fn naive(k: u8, pairs: &[(u8, u8)], measure: Measure) -> Option<f64> {
    let n = pairs.len() as f64;
    if pairs.is_empty() || k < 2 {
        return None;
    }
    let d = |distance: Distance, a: u8, b: u8| {
        let x = (f64::from(a) - f64::from(b)).abs() / (f64::from(k) - 1.0);
        match distance {
            Distance::Nominal if a == b => 0.0,
            Distance::Nominal => 1.0,
            Distance::Absolute => x,
            Distance::Squared => x * x,
        }
    };
    let observed = |m| pairs.iter().map(|&(a, b)| d(m, a, b)).sum::<f64>() / n;
    // Chance: every choice of the one against every choice of the other.
    let own = |m| {
        let all = pairs.iter().flat_map(|x| pairs.iter().map(|y| (x.0, y.1)));
        all.map(|(a, b)| d(m, a, b)).sum::<f64>() / (n * n)
    };
    let pool: Vec<u8> = pairs.iter().flat_map(|p| [p.0, p.1]).collect();
    let pooled = |m| {
        let all = pool.iter().flat_map(|x| pool.iter().map(move |y| (*x, *y)));
        all.map(|(a, b)| d(m, a, b)).sum::<f64>() / (4.0 * n * n)
    };
    let corrected = |o: f64, e: f64| (e > 0.0).then(|| 1.0 - o / e);
    match measure {
        Measure::S(m) => Some(1.0 - 2.0 * observed(m)),
        Measure::Kappa(m) => corrected(observed(m), own(m)),
        Measure::Pi(m) => corrected(observed(m), pooled(m)),
        Measure::Alignment(m) => Some((1.0 - 2.0 * observed(m)) - (1.0 - 2.0 * own(m))),
        Measure::TauB => {
            let (mut score, mut in_a, mut in_b) = (0.0, 0.0, 0.0);
            for (i, x) in pairs.iter().enumerate() {
                for y in &pairs[..i] {
                    let a = f64::from(i8::from(x.0 > y.0) - i8::from(x.0 < y.0));
                    let b = f64::from(i8::from(x.1 > y.1) - i8::from(x.1 < y.1));
                    score += a * b;
                    in_a += a * a;
                    in_b += b * b;
                }
            }
            let scale = f64::sqrt(in_a * in_b);
            (scale > 0.0).then(|| score / scale)
        }
    }
}

fn every_measure() -> Vec<Measure> {
    let of = |d| {
        [
            Measure::S(d),
            Measure::Kappa(d),
            Measure::Pi(d),
            Measure::Alignment(d),
        ]
    };
    let all = DISTANCES.into_iter().flat_map(of);
    all.chain([Measure::TauB]).collect()
}

/// Sums of a few hundred terms of order one, and a division by a chance of at least 1/n².
const EXACT: f64 = 1e-9;

fn same(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= EXACT,
        (a, b) => a == b,
    }
}

proptest! {
    #[test]
    fn all_pairs_agree_with_the_definitions(
        k in 1u8..6, units in 0usize..6, objects in 0usize..150, missing in 0.0f64..1.0, seed: u64,
    ) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut all = Portfolios::new(levels(k), units, objects);
        let mut rows = vec![vec![None; objects]; units];
        for (u, row) in rows.iter_mut().enumerate() {
            for (o, cell) in row.iter_mut().enumerate() {
                // Once over, so that setting anew takes away what stood there.
                all.set(u, o, Some(rng.random_range(0..k))).unwrap();
                *cell = (rng.random::<f64>() > missing).then(|| rng.random_range(0..k));
                all.set(u, o, *cell).unwrap();
                prop_assert_eq!(all.get(u, o), *cell);
            }
        }
        let measures = every_measure();
        let scores = all.all_pairs(&measures);
        prop_assert_eq!(scores.len(), units * units.saturating_sub(1) / 2);
        for pair in scores.iter() {
            let both = rows[pair.a].iter().zip(&rows[pair.b]);
            let both: Vec<(u8, u8)> = both.filter_map(|(a, b)| Some(((*a)?, (*b)?))).collect();
            prop_assert_eq!(pair.shared as usize, both.len());
            let table = Table::count(levels(k), &rows[pair.a], &rows[pair.b]);
            for (value, measure) in pair.values.iter().zip(&measures) {
                prop_assert_eq!(*value, table.measure(*measure));
                let twin = naive(k, &both, *measure);
                prop_assert!(same(*value, twin), "{:?} {:?} {:?}", measure, value, twin);
            }
        }
    }

    #[test]
    fn measures_are_symmetric_bounded_and_one_where_all_agree(
        pairs in proptest::collection::vec((0u8..4, 0u8..4), 1..60),
    ) {
        let a: Vec<Option<u8>> = pairs.iter().map(|p| Some(p.0)).collect();
        let b: Vec<Option<u8>> = pairs.iter().map(|p| Some(p.1)).collect();
        let (ab, ba, aa) = (
            Table::count(levels(4), &a, &b),
            Table::count(levels(4), &b, &a),
            Table::count(levels(4), &a, &a),
        );
        let varies = a.iter().any(|x| *x != a[0]);
        for measure in every_measure() {
            prop_assert!(same(ab.measure(measure), ba.measure(measure)));
            if let Some(x) = ab.measure(measure) {
                prop_assert!(x <= 1.0 + EXACT);
            }
            match measure {
                Measure::S(_) => prop_assert!(same(aa.measure(measure), Some(1.0))),
                // S less the S of chance: how much more than chance there is to have.
                Measure::Alignment(_) => prop_assert!(aa.measure(measure).unwrap() >= -EXACT),
                _ if varies => prop_assert!(same(aa.measure(measure), Some(1.0))),
                _ => prop_assert_eq!(aa.measure(measure), None),
            }
        }
    }

    #[test]
    fn equal_weights_are_no_weights(
        pairs in proptest::collection::vec((0u8..3, 0u8..3), 1..40), weight in 0.01f64..100.0,
    ) {
        let a: Vec<Option<u8>> = pairs.iter().map(|p| Some(p.0)).collect();
        let b: Vec<Option<u8>> = pairs.iter().map(|p| Some(p.1)).collect();
        let weighed = Table::weigh(levels(3), &a, &b, &vec![Some(weight); a.len()]);
        for measure in every_measure() {
            let plain = Table::count(levels(3), &a, &b).measure(measure);
            prop_assert!(same(weighed.measure(measure), plain));
        }
        let s = signorino_ritter(pairs.iter().map(|&(a, b)| {
            Some((f64::from(a), f64::from(b), weight, 2.0))
        }));
        prop_assert!(same(s, weighed.measure(Measure::S(Distance::Absolute))));
    }
}

#[test]
fn what_is_undefined_is_nothing_and_not_zero() {
    let yes = [Some(0); 5];
    let none = [None; 5];
    let always = Table::count(levels(3), &yes, &yes);
    assert_eq!(always.measure(Measure::S(Distance::Absolute)), Some(1.0));
    for distance in DISTANCES {
        assert_eq!(always.measure(Measure::Kappa(distance)), None);
        assert_eq!(always.measure(Measure::Pi(distance)), None);
    }
    assert_eq!(always.measure(Measure::TauB), None);
    let empty = Table::count(levels(3), &yes, &none);
    for measure in every_measure() {
        assert_eq!(empty.measure(measure), None);
    }
    // The level set counts, not the levels seen: 2 of 3 apart, not 2 of 2.
    let b = [Some(2); 5];
    let s = |k| Table::count(levels(k), &yes, &b).measure(Measure::S(Distance::Absolute));
    assert_eq!((s(3), s(5)), (Some(-1.0), Some(0.0)));
}

#[test]
fn what_is_out_of_range_is_an_error() {
    let mut all = Portfolios::new(levels(3), 2, 2);
    let refused = |what, at, of| Err(PortfolioError::OutOfRange { what, at, of });
    assert_eq!(all.set(2, 0, None), refused("unit", 2, 2));
    assert_eq!(all.set(0, 2, None), refused("object", 2, 2));
    assert_eq!(all.set(0, 0, Some(3)), refused("level", 3, 3));
    assert_eq!(all.get(9, 9), None);
}

#[test]
fn intervals_are_of_the_objects_shared() {
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    let mut row = |n: usize| -> Vec<Option<u8>> {
        (0..n)
            .map(|_| (rng.random::<f64>() > 0.2).then(|| rng.random_range(0..3)))
            .collect()
    };
    let (a, b) = (row(120), row(120));
    let how = Bootstrap {
        replicates: 2000.try_into().unwrap(),
        covers: Share::NINE_TENTHS,
        seed: 7,
    };
    let measure = Measure::S(Distance::Absolute);
    let found = likeness(levels(3), &a, &b, measure, &how);
    assert_eq!(
        found.estimate,
        Table::count(levels(3), &a, &b).measure(measure)
    );
    let (low, high) = found.ends.unwrap();
    assert!(low < found.estimate.unwrap() && found.estimate.unwrap() < high);
    // S is a mean over objects: its standard error is known.
    let apart: Vec<f64> = a
        .iter()
        .zip(&b)
        .filter_map(|(a, b)| Some(1.0 - f64::from(a.as_ref()?.abs_diff(*b.as_ref()?))))
        .collect();
    let n = apart.len() as f64;
    let mean = apart.iter().sum::<f64>() / n;
    let variance = apart.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
    let ratio = found.deviation.unwrap() / (variance / n).sqrt();
    // 2000 replicates: 1.6 % standard error, four of these.
    assert!((ratio - 1.0).abs() < 0.064, "{ratio}");
    assert_eq!(found, likeness(levels(3), &a, &b, measure, &how));
}
