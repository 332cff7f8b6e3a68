//! The engine opens no file, reads no clock, asks nobody, prints nothing and draws from no generator
//! but the one that it is given.

use crate::code::lines;
use crate::tree::texts;

/// What the pure crates do not say, in code; and, for the report, what reaches files or the clock.
const NEVER: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "fs::File",
    "SystemTime",
    "Instant",
    "Zoned::now",
    "Timestamp::now",
    "println!",
    "print!",
    "dbg!",
    "stdout()",
    "stderr()",
    "stdin()",
    "rand::rng()",
    "thread_rng",
    "from_os_rng",
    "SysRng",
    "static mut",
];

/// Lines that break the rule, as `path:line what`. `std::{fs, …}` is seen too.
fn breaks(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (n, line) in lines(text) {
        let mut said: Vec<&str> = NEVER.iter().copied().filter(|w| line.contains(w)).collect();
        if let Some((_, list)) = line.split_once("use std::{") {
            let mut words = list.split(|c: char| !c.is_alphanumeric());
            said.extend(words.find(|w| ["fs", "net", "env", "process"].contains(w)));
        }
        found.extend(said.into_iter().map(|w| format!("{path}:{n} {w}")));
    }
    found
}

#[test]
fn the_engine_opens_no_file_and_reads_no_clock() {
    let mut wrong = Vec::new();
    for folder in [
        "crates/tertius-math/src",
        "crates/tertius/src",
        "crates/tertius-report/src",
    ] {
        for file in texts(folder, &[".rs"]) {
            wrong.extend(breaks(&file.path, &file.text));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_not_pure_is_seen() {
    for code in [
        "let t = std::time::Instant::now();",
        "use std::{collections::BTreeMap, fs};",
        "println!(\"x\");",
        "    let text = std::fs::read_to_string(path)?;",
    ] {
        assert_eq!(breaks("f", code).len(), 1, "{code}");
    }
    assert!(breaks("f", "// no std::fs here\nlet instance = 1;").is_empty());
}
