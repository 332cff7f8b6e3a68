//! The sweep of θ_M that the methods page prints, run again.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use crate::skip::tertius;

const PAGE: &str = include_str!("../../../../docs/methods/interests.md");

/// Months of a period by what the rule says, written as the page writes them: `B 3, F+E 30`.
fn said(findings: &Value, from: &str, to: &str) -> String {
    let letters: BTreeMap<&str, &str> = findings["catalogue"]["roles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (r["id"].as_str().unwrap(), r["letter"].as_str().unwrap()))
        .collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for m in findings["months"].as_array().unwrap() {
        let month = m["month"].as_str().unwrap();
        if (from..=to).contains(&month) {
            let labels = m["rule"]["labels"].as_array().unwrap();
            let mut of: Vec<&str> = labels
                .iter()
                .map(|l| letters[l.as_str().unwrap()])
                .collect();
            of.sort_by_key(|l| "FBEP".find(l));
            *counts.entry(of.join("+")).or_default() += 1;
        }
    }
    let mut parts: Vec<(String, usize)> = counts.into_iter().collect();
    // One role before two, and E before P.
    parts.sort_by_key(|(set, _)| (set.len(), set.clone()));
    let parts: Vec<String> = parts.iter().map(|(set, n)| format!("{set} {n}")).collect();
    parts.join(", ")
}

/// The rule takes no act, no draw and no seed: the fast path says the same of it. Rows of the table at which a
/// label moves are run.
#[test]
fn the_page_prints_the_sweep_of_the_threshold_of_ambition() {
    let table = PAGE
        .lines()
        .skip_while(|l| !l.starts_with("<!-- sweep of rule.ambition"));
    let rows: Vec<Vec<&str>> = table
        .skip(3)
        .take_while(|l| l.starts_with('|'))
        .map(|l| l.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), 10);
    let dir = tempfile::TempDir::new().unwrap();
    for row in rows
        .iter()
        .filter(|r| ["**.15**", ".25", ".40"].contains(&r[0]))
    {
        let value = row[0].trim_matches('*');
        let set = format!("rule.ambition=0{value}");
        let read = Command::new(tertius())
            .args(["read", "japan-russia", "--fast", "--no-report", "--quiet"])
            .args(["--format", "json", "--out", "out", "--set", &set])
            .current_dir(dir.path())
            .output()
            .unwrap();
        assert!(
            read.status.success(),
            "{}",
            String::from_utf8_lossy(&read.stderr)
        );
        let findings: Value = serde_json::from_slice(&read.stdout).unwrap();
        let periods = [
            ("2012-01", "2023-09"),
            ("2014-04", "2016-12"),
            ("2022-04", "2023-09"),
        ];
        for ((from, to), printed) in periods.into_iter().zip(&row[1..]) {
            assert_eq!(
                said(&findings, from, to),
                *printed,
                "{value}: {from} to {to}"
            );
        }
    }
}
