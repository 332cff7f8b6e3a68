//! A case without a row, or nearly so: what is read from it is the prior, and is said to be.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{small_case, tertius, text};

/// The terminal's text on one line, and the findings.
fn read(dir: &TempDir, more: &[&str]) -> (String, Value) {
    let args = [&["read", "c", "--quiet", "--no-report"][..], more].concat();
    let run = tertius(dir.path(), &args);
    assert!(run.status.success(), "{}", text(&run.stderr));
    let said = text(&run.stdout);
    let json = fs::read(dir.path().join("tertius-out/c/findings.json")).unwrap();
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    (said, serde_json::from_slice(&json).unwrap())
}

/// Half of the paths change in some window by the prior alone: no turn is told, and each window is counted.
#[test]
fn an_empty_case_has_no_turn_and_says_that_nothing_was_read() {
    let dir = TempDir::new().unwrap();
    let new = "new c --ally NOR --patron USA --rival RUS --from 2010-01 --to 2017-12";
    let made = tertius(dir.path(), &new.split(' ').collect::<Vec<_>>());
    assert!(made.status.success(), "{}", text(&made.stderr));
    for how in [&["--fast"][..], &["--set", "reader.sweeps=300"]] {
        let (said, found) = read(&dir, how);
        assert_eq!(found["turning_points"], serde_json::json!([]), "{how:?}");
        assert!(found["turns_untold"].as_u64().unwrap() > 0, "{how:?}");
        assert_eq!(found["read_from"]["moved"], 0.0);
        assert!(said.contains("Nothing was read."), "{said}");
        assert!(!said.contains("most likely plays"), "{said}");
    }
}

/// Four acts are few; what they move is told by number, and every turn has three times the prior's odds.
#[test]
fn a_small_case_says_what_it_was_read_from() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let (_, found) = read(&dir, &["--set", "reader.sweeps=300"]);
    assert_eq!(found["read_from"]["acts"], 4);
    assert!(found["read_from"]["largest_factor"].as_f64().unwrap() > 1.0);
    for t in found["turning_points"].as_array().unwrap() {
        let (p, q) = (t["p"].as_f64().unwrap(), t["p_prior"].as_f64().unwrap());
        assert!(p * (1.0 - q) >= 3.0 * q * (1.0 - p), "{t}");
    }
    let months = found["months"].as_array().unwrap();
    assert!(months[0]["bands_90"]["follower"].is_array());
}

/// The fast path has null for every band, in findings, in the table, and none on the terminal.
#[test]
fn a_fast_look_has_no_bands() {
    let dir = TempDir::new().unwrap();
    small_case(dir.path());
    let (said, found) = read(&dir, &["--fast"]);
    for m in found["months"].as_array().unwrap() {
        for bands in ["bands_50", "bands_90"] {
            let all = m[bands].as_object().unwrap();
            assert!(all.len() == 4 && all.values().all(Value::is_null), "{m}");
        }
    }
    assert!(said.contains("too few for bands"), "{said}");
    let table = fs::read_to_string(dir.path().join("tertius-out/c/roles.csv")).unwrap();
    let mut lines = table.lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    let low = head.iter().position(|h| *h == "low_90").unwrap();
    assert!(lines.all(|l| l.split(',').nth(low) == Some("")), "{table}");
}
