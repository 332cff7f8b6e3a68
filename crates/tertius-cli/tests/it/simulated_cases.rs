//! Twenty records whose roles are known, written as ordinary case folders by a simulator richer than the
//! reader and read by the binary. Nothing of the simulation but the folder reaches the reader.

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use tempfile::TempDir;
use tertius::record::{MemoryFiles, load};
use tertius::roles::ReaderOptions;
use tertius::roles::evidence::Evidence;
use tertius::roles::simulate::{Regime, Simulated, simulate};
use tertius::vocabulary::{Catalogue, Span};
use tertius_math::scoring::{brier, calibration_error, log_score, reliability};

use crate::skip::tertius;

const TEN: NonZeroUsize = NonZeroUsize::new(10).unwrap();

/// Half under moderate misfit, half under harsh: how many of each, and the first seed.
const CASES: [(&str, Regime, u64, u64); 2] = [
    ("moderate", Regime::BASE, 10, 3000),
    ("harsh", Regime::HARSH, 10, 4000),
];

pub(crate) fn catalogue() -> Catalogue {
    Catalogue::bundled("chen-2023").unwrap()
}

/// As many months as the bundled case has.
fn simulated(regime: &Regime, seed: u64) -> Simulated {
    let span = Span::inclusive("2012-01".parse().unwrap(), "2023-09".parse().unwrap()).unwrap();
    simulate(
        &catalogue(),
        span,
        regime,
        &mut ChaCha8Rng::seed_from_u64(seed),
    )
    .unwrap()
}

/// The record as the files of a case: every row checked, everything searched.
pub(crate) fn files(s: &Simulated, id: &str) -> Vec<(&'static str, String)> {
    let (from, to) = (s.span.first(), s.span.last());
    let case = format!(
        "schema = \"tertius-case/1\"
id = \"{id}\"
title = \"A record with known roles\"

[triad]
ally = \"NOR\"
patron = \"USA\"
rival = \"RUS\"
coalition = [\"USA\"]

[span]
from = \"{from}\"
to = \"{to}\"
as_of = \"{to}\"

[alliance]
name = \"North Atlantic Treaty\"
since = \"1949-08-24\"

[roles]
catalogue = \"chen-2023\"

[[coders]]
id = \"simulator\"
kind = \"person\"
"
    );
    let mut acts = String::from(
        "id,date,actor,target,class,severity,beneficiary,justification,description,sources,quote,locator,checked,coder\n",
    );
    let catalogue = catalogue();
    let classes = catalogue.behaviour();
    for (i, act) in s.acts.iter().enumerate() {
        let class = classes[act.class].id.as_str();
        // An own gain is one only if it says whose it is and by what it is justified.
        let why = if class == "own_gain" {
            "own,alliance"
        } else {
            ","
        };
        let day = act.day;
        acts += &format!(
            "a{i},{day},NOR,RUS,{class},3,{why},An act,made,As simulated,line 1,yes,simulator\n"
        );
    }
    let mut measures = String::from(
        "id,issuer,s_date,grade,answer_date,answer_grade,sources,quote,locator,checked,coder\n",
    );
    for (i, m) in s.measures.iter().enumerate() {
        let answer = m
            .answer
            .map_or(",".to_owned(), |(day, grade)| format!("{day},{grade}"));
        let (day, grade) = (m.day, m.grade);
        measures +=
            &format!("m{i},USA,{day},{grade},{answer},made,As simulated,line 1,yes,simulator\n");
    }
    let coverage = format!(
        "what,from,to,exhaustive,coder
acts,{from},{to},yes,simulator
answers,{from},{to},yes,simulator
measures,{from},{to},yes,simulator
"
    );
    let sources = "@misc{made, title = {Simulated}, date = {2024}, howpublished = {A generator}}\n";
    vec![
        ("case.toml", case),
        ("acts.csv", acts),
        ("measures.csv", measures),
        ("coverage.csv", coverage),
        ("sources.bib", sources.to_owned()),
    ]
}

fn write(folder: &Path, s: &Simulated, id: &str) {
    fs::create_dir(folder).unwrap();
    for (name, text) in files(s, id) {
        fs::write(folder.join(name), text).unwrap();
    }
}

/// What the loader makes of the folder is the record: class by class, in the same months with the same
/// weights, and measures at risk in the same months.
#[test]
fn a_simulated_folder_is_read_as_the_record_that_it_was_made_from() {
    let o = ReaderOptions::default();
    let s = simulated(&Regime::HARSH, 1);
    let from_folder: MemoryFiles = files(&s, "s").into_iter().collect();
    let (record, problems) = load(&from_folder, None);
    let record = record.unwrap_or_else(|| panic!("{problems:?}"));
    let (read, direct) = (Evidence::of(&record, &o), s.evidence(&catalogue(), &o));
    let acts = |e: &Evidence| {
        let mut acts: Vec<_> = e
            .acts
            .iter()
            .map(|a| (a.class, a.months.clone(), a.weight, a.trust))
            .collect();
        acts.sort_by(|a, b| a.partial_cmp(b).unwrap());
        acts
    };
    assert!(s.acts.len() > 50 && acts(&read) == acts(&direct));
    let measures = |e: &Evidence| {
        let mut measures: Vec<_> = e
            .measures
            .iter()
            .map(|m| (m.at_risk.clone(), m.grade, m.weight, m.reached))
            .collect();
        measures.sort_by(|a, b| a.partial_cmp(b).unwrap());
        measures
    };
    assert!(s.measures.len() > 20 && measures(&read) == measures(&direct));
    assert_eq!(read.exhaustive, direct.exhaustive);
}

/// Probabilities that the binary states, in the order of months and roles.
fn stated(folder: &Path, dir: &Path) -> Vec<f64> {
    let read = Command::new(tertius())
        .args([
            "read",
            "--format",
            "json",
            "--quiet",
            "--no-report",
            "--out",
        ])
        .arg(folder.with_extension("out"))
        .arg(folder)
        .current_dir(dir)
        .output()
        .unwrap();
    assert!(
        read.status.success(),
        "{}",
        String::from_utf8_lossy(&read.stderr)
    );
    let findings: Value = serde_json::from_slice(&read.stdout).unwrap();
    let roles: Vec<&str> = findings["catalogue"]["roles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["id"].as_str().unwrap())
        .collect();
    let months = findings["months"].as_array().unwrap();
    let of_month = |m: &Value| -> Vec<f64> {
        roles
            .iter()
            .map(|r| m["roles"][r].as_f64().unwrap())
            .collect()
    };
    months.iter().flat_map(of_month).collect()
}

fn truth(s: &Simulated) -> Vec<bool> {
    let c = catalogue();
    let of_month = |z: &usize| {
        c.roles()
            .map(|r| c.sets()[*z].has(r))
            .collect::<Vec<bool>>()
    };
    s.path.iter().flat_map(of_month).collect()
}

#[test]
fn twenty_simulated_cases_are_read_better_than_by_their_base_rate() {
    let dir = TempDir::new().unwrap();
    let jobs: Vec<(&str, String, Simulated)> = CASES
        .iter()
        .flat_map(|(name, regime, n, first)| {
            (0..*n).map(move |i| (*name, format!("{name}-{i}"), simulated(regime, first + i)))
        })
        .collect();
    assert_eq!(jobs.len(), 20);
    let next = AtomicUsize::new(0);
    let read: Mutex<Vec<(usize, Vec<f64>)>> = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some((_, id, s)) = jobs.get(i) else {
                        break;
                    };
                    let folder = dir.path().join(id);
                    write(&folder, s, id);
                    let stated = stated(&folder, dir.path());
                    read.lock().unwrap().push((i, stated));
                }
            });
        }
    });
    let mut read = read.into_inner().unwrap();
    read.sort_by_key(|(i, _)| *i);
    for name in ["moderate", "harsh", ""] {
        let (mut p, mut y) = (Vec::new(), Vec::new());
        for ((regime, _, s), (_, stated)) in jobs.iter().zip(&read) {
            if regime.starts_with(name) {
                p.extend(stated);
                y.extend(truth(s));
            }
        }
        assert_eq!(p.len(), y.len());
        let base = y.iter().filter(|y| **y).count() as f64 / y.len() as f64;
        let of_base = base * (1.0 - base);
        let score = brier(&p, &y).unwrap();
        let log = log_score(&p, &y).unwrap().mean;
        let log_base = base * base.ln() + (1.0 - base) * (1.0 - base).ln();
        let error = calibration_error(&p, &y, TEN).unwrap();
        let name = if name.is_empty() { "twenty" } else { name };
        println!(
            "FIGURE folders, {name}: Brier {score:.3} (base rate {of_base:.3}), log score {log:.3} (base rate {log_base:.3}), calibration error {error:.3}"
        );
        if name == "twenty" {
            for b in reliability(&p, &y, TEN) {
                println!(
                    "FIGURE folders: from {:.1} stated {:.3} came true {:.3} n {}",
                    b.from, b.stated, b.came_true, b.count
                );
            }
        }
        assert!(score < of_base, "{name}: {score}, base rate {of_base}");
    }
}
