//! What a reading leaves behind grows with the months read, and no faster.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tertius::findings::{EvidencePart, Findings, PARTS_OF_TURN, PartKind, RunOptions, run};
use tertius::record::{MemoryFiles, Record, load};
use tertius::roles::ReaderOptions;
use tertius::roles::evidence::{Evidence, RowWeights};
use tertius::roles::simulate::{Regime, simulate};
use tertius::vocabulary::Span;

use crate::simulated_cases::{catalogue, files};

/// Findings of a simulated record of some years, read by short chains: what is counted here does not hang on
/// how well they mix.
fn findings(years: i32) -> Findings {
    let first = "1950-01".parse().unwrap();
    let span = Span::inclusive(first, first + (12 * years - 1)).unwrap();
    let rng = &mut ChaCha8Rng::seed_from_u64(81);
    let s = simulate(&catalogue(), span, &Regime::BASE, rng).unwrap();
    let case: MemoryFiles = files(&s, "long").into_iter().collect();
    let (record, problems) = load(&case, None);
    let record = record.unwrap_or_else(|| panic!("{problems:?}"));
    let mut o = RunOptions {
        evidence_draws: 2,
        sensitivity: false,
        ..RunOptions::default()
    };
    o.reader.fast = true;
    run(&record, Vec::new(), &o, &mut |_| {}).unwrap().findings
}

fn kept(parts: &[EvidencePart]) -> usize {
    let of_record = |p: &&EvidencePart| matches!(p.kind, PartKind::Row | PartKind::Silence);
    parts.iter().filter(of_record).count()
}

fn sum(parts: &[EvidencePart]) -> f64 {
    parts.iter().map(|p| p.nats).sum()
}

#[test]
fn a_record_four_times_as_long_leaves_findings_about_four_times_as_large() {
    let bytes = |f: &Findings| serde_json::to_string(f).unwrap().len();
    let mut by_month = Vec::new();
    for years in [20, 80] {
        let f = findings(years);
        let months = f.months.len();
        let rest = |parts: &[EvidencePart]| -> usize { parts.iter().filter_map(|p| p.count).sum() };
        let mut others = 0;
        for w in &f.waterfalls {
            assert!(kept(&w.parts) <= PARTS_OF_TURN);
            // Ten digits are saved of log-odds of ten or so; sums of a thousand terms round to less.
            assert!((sum(&w.parts) - w.log_odds).abs() < 1e-9);
            others = others.max(rest(&w.parts));
        }
        for c in &f.changes {
            assert!(kept(&c.parts) <= PARTS_OF_TURN);
            assert!((sum(&c.parts) - (c.log_odds_to - c.log_odds_from)).abs() < 1e-9);
            others = others.max(rest(&c.parts));
        }
        let (turns, falls) = (f.turning_points.len(), f.waterfalls.len() + f.changes.len());
        println!(
            "FIGURE findings of {years} years: {} bytes a month, {turns} turns, {falls} waterfalls and changes, rows and silences summed up to {others}",
            bytes(&f) / months
        );
        // Without any, and without much to sum up, nothing is tried here.
        assert!(falls >= 2 && others > 2 * PARTS_OF_TURN);
        by_month.push(bytes(&f) as f64 / months as f64);
    }
    // The same a month, but for how many turns a record happens to have; all parts of every turn would make
    // it four times as much.
    let growth = by_month[1] / by_month[0];
    assert!(growth < 1.5, "{growth}");
}

fn bundled() -> Record {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/japan-russia");
    let mut files = MemoryFiles::default();
    let mut folders = vec![case.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path
                .strip_prefix(&case)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            files.insert(&name, fs::read(&path).unwrap());
        }
    }
    load(&files, None).0.unwrap()
}

/// What is weighed anew when rows are taken out is what a record without them weighs: every row alone, and
/// sets of up to eight, in a record with labels of episodes and in one with bursts of rows.
#[test]
fn rows_taken_out_are_weighed_as_in_a_record_without_them() {
    let o = ReaderOptions::default();
    let rng = &mut ChaCha8Rng::seed_from_u64(82);
    let span = Span::inclusive("2012-01".parse().unwrap(), "2017-12".parse().unwrap()).unwrap();
    let s = simulate(&catalogue(), span, &Regime::HARSH, rng).unwrap();
    let made: MemoryFiles = files(&s, "harsh").into_iter().collect();
    for record in [bundled(), load(&made, None).0.unwrap()] {
        let e = Evidence::of(&record, &o);
        let weighed = RowWeights::new(&record, &e, &o);
        let of = |e: &Evidence| -> BTreeMap<String, f64> {
            let acts = e.acts.iter().map(|a| (a.id.clone(), a.weight));
            acts.chain(e.measures.iter().map(|m| (m.id.clone(), m.weight)))
                .collect()
        };
        let ids: Vec<String> = e
            .acts
            .iter()
            .map(|a| a.id.clone())
            .chain(e.measures.iter().map(|m| m.id.clone()))
            .collect();
        let whole = of(&e);
        let alone = (0..ids.len()).map(|row| BTreeSet::from([row]));
        let mut sets: Vec<BTreeSet<usize>> = alone.collect();
        sets.extend((0..200).map(|i| {
            (0..2 + i % 7)
                .map(|_| rng.random_range(0..ids.len()))
                .collect()
        }));
        let (mut most, mut moved) = (0, 0);
        for gone in &sets {
            let left = weighed.without(gone);
            most = most.max(left.len() / gone.len());
            let mut fast: BTreeMap<String, f64> = whole.clone();
            for (row, weight) in &left {
                moved += usize::from(!gone.contains(row) && fast[&ids[*row]] != *weight);
                fast.insert(ids[*row].clone(), *weight);
            }
            let keep = |id: &str| !gone.iter().any(|row| ids[*row] == id);
            let mut slow = of(&Evidence::of_rows(&record, &o, &keep));
            slow.extend(gone.iter().map(|row| (ids[*row].clone(), 0.0)));
            assert_eq!(fast, slow);
        }
        println!(
            "FIGURE rows taken out of {}: {} rows, at most {most} weighed anew for each",
            record.case.id,
            ids.len()
        );
        // Some rows must have become heavier, and never all have been weighed, or nothing is tried here.
        assert!(moved > 10 && most * 2 < ids.len(), "{moved} {most}");
    }
}
