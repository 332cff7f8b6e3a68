//! How few rows carry a label: against every subset of a short record, and against full readings of a
//! long one.

use std::collections::{BTreeMap, BTreeSet};

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use tertius::roles::evidence::Evidence;
use tertius::roles::fragility::{
    Estimate, Label, MOST_ROWS, Rows, alone, fragility, mean_of, reread,
};
use tertius::roles::gibbs::{given, marginals};
use tertius::roles::parameters::{Parameters, Priors};
use tertius::roles::simulate::{Regime, Simulated, SimulatedAct, SimulatedMeasure, simulate};
use tertius::roles::{ReaderOptions, read};

use super::support::*;

/// The record without some of its rows: acts in their order, then measures.
fn without(s: &Simulated, rows: &BTreeSet<usize>) -> Simulated {
    let mut left = s.clone();
    let mut row = 0;
    let mut keep = || {
        row += 1;
        !rows.contains(&(row - 1))
    };
    left.acts.retain(|_| keep());
    left.measures.retain(|_| keep());
    left
}

/// Weights of all rows where some are taken out.
fn weights(s: &Simulated, rows: &BTreeSet<usize>, o: &ReaderOptions) -> Vec<f64> {
    let e = without(s, rows).evidence(&article(), o);
    let mut left = e
        .acts
        .iter()
        .map(|a| a.weight)
        .chain(e.measures.iter().map(|m| m.weight));
    (0..s.acts.len() + s.measures.len())
        .map(|row| {
            if rows.contains(&row) {
                0.0
            } else {
                left.next().unwrap()
            }
        })
        .collect()
}

/// Twelve rows over two years, many of them near one another.
fn short(rng: &mut ChaCha8Rng) -> Simulated {
    let day = |rng: &mut ChaCha8Rng| {
        jiff::civil::date(
            2012 + rng.random_range(0..2),
            rng.random_range(1..=12),
            rng.random_range(1..=28),
        )
    };
    let mut acts: Vec<SimulatedAct> = (0..9)
        .map(|_| SimulatedAct {
            class: [0, 1, 1, 3, 4][rng.random_range(0..5)],
            issue: None,
            day: day(rng),
        })
        .collect();
    // A cluster, so that taking one row out makes others heavier.
    let first = acts[0];
    acts.push(SimulatedAct {
        day: first.day.tomorrow().unwrap(),
        ..first
    });
    acts.sort_by_key(|a| (a.class, a.day));
    let mut measures: Vec<SimulatedMeasure> = (0..2)
        .map(|_| {
            let day = day(rng);
            SimulatedMeasure {
                day,
                grade: rng.random_range(1..=6),
                answer: rng.random::<bool>().then(|| (day, rng.random_range(1..=6))),
            }
        })
        .collect();
    measures.sort_by_key(|m| (m.day, m.grade));
    Simulated {
        span: span(24),
        path: vec![0; 24],
        acts,
        measures,
    }
}

fn fixed(e: &Evidence, p: &Parameters, o: &ReaderOptions, label: Label) -> f64 {
    mean_of(e, &marginals(e, &given(e, p, o).unwrap().smoothed), label)
}

/// At fixed parameters every row alone is exact, and what the search finds is held against all 4096
/// subsets.
#[test]
fn no_subset_is_smaller_than_what_is_called_the_smallest() {
    let c = article();
    // Without volume, so that the record's own level changes nothing when rows are taken out.
    let o = ReaderOptions {
        volume: false,
        ..ReaderOptions::default()
    };
    let (mut worst, mut labels, mut none, mut smallest, mut larger) = (0.0f64, 0, 0, 0, 0);
    for seed in 0..40 {
        let mut rng = rng(700 + seed);
        let s = short(&mut rng);
        let e = s.evidence(&c, &o);
        let priors = Priors::new(&c, &e, &o);
        let p = priors.draw(&mut rng);
        let label = Label {
            role: e.roles[rng.random_range(0..2)],
            months: (6, 6 + rng.random_range(0..12)),
        };
        let of = |rows: &BTreeSet<usize>| fixed(&without(&s, rows).evidence(&c, &o), &p, &o, label);
        let before = of(&BTreeSet::new());
        let evidence = |rows: &BTreeSet<usize>| without(&s, rows).evidence(&c, &o);
        let weights = |rows: &BTreeSet<usize>| -> BTreeMap<usize, f64> {
            weights(&s, rows, &o).into_iter().enumerate().collect()
        };
        let rows = Rows {
            weights: &weights,
            evidence: &evidence,
        };
        let one = std::slice::from_ref(&p);
        let each = alone(&e, &o, one, &[label], rows).unwrap();
        assert_eq!(each.len(), 12);
        for (row, p) in each.iter().enumerate() {
            worst = worst.max((p[0] - of(&BTreeSet::from([row]))).abs());
        }
        let again = |e: &Evidence, label: Label, _: usize| {
            let mc_error = 0.0;
            Ok(Estimate {
                p: fixed(e, &p, &o, label),
                mc_error,
            })
        };
        let found = fragility(&e, &o, one, &[(label, before)], rows, &again)
            .unwrap()
            .remove(0);
        let flips = |p: f64| (p >= 0.5) != (before >= 0.5);
        let truth = (1..4096u32)
            .map(|bits| {
                (0..12)
                    .filter(|i| bits >> i & 1 == 1)
                    .collect::<BTreeSet<usize>>()
            })
            .filter(|set| set.len() <= found.rows.len().clamp(4, MOST_ROWS))
            .filter(|set| flips(of(set)))
            .map(|set| set.len())
            .min();
        let strongest = (0..12).map(|row| of(&BTreeSet::from([row])));
        let strongest = strongest.fold(
            before,
            |a, b| if before >= 0.5 { a.min(b) } else { a.max(b) },
        );
        assert!((found.alone.map_or(before, |(_, p)| p) - strongest).abs() < 1e-10);
        labels += 1;
        if found.rows.is_empty() {
            assert_eq!(found.after, None);
            none += 1;
            // What greedy steps overlook they may: not one row, nor two that matter alone.
            assert!(truth.is_none_or(|n| n > 2), "{seed}: {truth:?}");
            continue;
        }
        let set: BTreeSet<usize> = found.rows.iter().copied().collect();
        assert!(flips(of(&set)), "{seed}");
        let truth = truth.unwrap();
        assert!(truth <= set.len());
        assert!(!found.proved_minimal || truth == set.len(), "{seed}");
        assert_eq!(found.proved_minimal && set.len() == 1, truth == 1);
        if truth == set.len() {
            smallest += 1
        } else {
            larger += 1
        }
    }
    println!(
        "FIGURE fragility by all subsets: {labels} labels, {smallest} smallest sets, {larger} larger than the smallest, {none} without; a row alone off by {worst:.1e}"
    );
    assert!(worst < 1e-10, "{worst}");
    // A search that seldom finds the smallest would be of little use.
    assert!(smallest >= 9 * larger);
}

/// With parameters integrated: weighted draws say of a row alone what a full reading says, and a set that
/// flips a label as read again flips it in a reading from scratch.
#[test]
fn weighted_draws_agree_with_full_readings() {
    let c = article();
    let o = ReaderOptions::default();
    let (mut tried, mut flipped, mut worst) = (0, 0, 0.0f64);
    // Records until there is something of both kinds to confirm.
    for record in 720..726 {
        if tried >= 4 && flipped > 0 {
            break;
        }
        let s = simulate(
            &c,
            span(60),
            &Regime {
                burst: 6,
                ..Regime::BASE
            },
            &mut rng(record),
        )
        .unwrap();
        let e = s.evidence(&c, &o);
        let priors = Priors::new(&c, &e, &o);
        let reading = read(&e, &priors, &o, 1).unwrap();
        let labels: Vec<(Label, f64)> = e
            .roles
            .iter()
            .flat_map(|role| {
                [(10, 29), (59, 59)].map(|months| Label {
                    role: *role,
                    months,
                })
            })
            .map(|label| (label, mean_of(&e, &reading.roles, label)))
            .collect();
        let evidence = |rows: &BTreeSet<usize>| without(&s, rows).evidence(&c, &o);
        let weights = |rows: &BTreeSet<usize>| -> BTreeMap<usize, f64> {
            weights(&s, rows, &o).into_iter().enumerate().collect()
        };
        let rows = Rows {
            weights: &weights,
            evidence: &evidence,
        };
        let again = |left: &Evidence, label: Label, round: usize| {
            let priors = Priors::new(&c, left, &o);
            reread(
                left,
                &priors,
                &o,
                &reading,
                label,
                1,
                50_000 + 5_000 * round as u64,
            )
        };
        let found = fragility(&e, &o, &reading.parameters, &labels, rows, &again).unwrap();
        for f in &found {
            println!(
                "FIGURE fragility: {:?} {:.3} rows {:?} after {:?} alone {:?}",
                f.label, f.before, f.rows, f.after, f.alone
            );
            if let Some((row, p)) = f
                .alone
                .filter(|(_, p)| (p - f.before).abs() > 0.02 && tried < 4)
            {
                let left = evidence(&BTreeSet::from([row]));
                let full = read(&left, &Priors::new(&c, &left, &o), &o, 2).unwrap();
                let off = (mean_of(&left, &full.roles, f.label) - p).abs();
                worst = worst.max(off);
                tried += 1;
            }
            // A set that ends within its error of one half settles nothing.
            let clear = |a: &Estimate| (a.p - 0.5).abs() > 2.0 * a.mc_error;
            if let Some(after) = f.after.filter(|a| flipped < 2 && clear(a)) {
                let left = evidence(&f.rows.iter().copied().collect());
                let full = read(&left, &Priors::new(&c, &left, &o), &o, 3).unwrap();
                let p = mean_of(&left, &full.roles, f.label);
                assert!((p >= 0.5) != (f.before >= 0.5), "{p} {f:?}");
                // Both carry Monte Carlo errors of about a hundredth or two.
                assert!(
                    (p - after.p).abs() < 0.03 + 4.0 * after.mc_error,
                    "{p} {after:?}"
                );
                flipped += 1;
            }
        }
    }
    println!(
        "FIGURE fragility: {tried} rows alone, weighted draws off by {worst:.3} at most; {flipped} flips confirmed"
    );
    assert!(tried > 0 && flipped > 0);
    // 64 draws of a probability that differs by .3 or so from draw to draw, against a reading of its own:
    // a standard error of .04; of a handful of them the largest, at three.
    assert!(worst < 0.12, "{worst}");
}
