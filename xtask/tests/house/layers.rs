//! `docs/architecture.md`, "Order": looking back is fine, looking ahead is not.

use std::collections::BTreeMap;
use std::fs;

use crate::code::lines;
use crate::tree::{Text, root, texts};

/// What each module of `tertius` may name of the others. A new module is placed here first.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("vocabulary", &[]),
    ("record", &["vocabulary"]),
    ("interests", &["vocabulary", "record"]),
    // Roles are read from behaviour alone.
    ("roles", &["vocabulary", "record"]),
    // Theories are scored on acts, never on what the reader makes of them.
    ("theories", &["vocabulary", "record", "interests"]),
    (
        "pathways",
        &["vocabulary", "record", "interests", "roles", "theories"],
    ),
    (
        "findings",
        &[
            "vocabulary",
            "record",
            "interests",
            "roles",
            "theories",
            "pathways",
        ],
    ),
];

/// Which of our crates each crate may depend on.
const MAY_DEPEND: &[(&str, &[&str])] = &[
    ("tertius-math", &[]),
    ("tertius", &["tertius-math"]),
    ("tertius-data", &["tertius", "tertius-math"]),
    ("tertius-report", &["tertius"]),
    (
        "tertius-web",
        &["tertius", "tertius-data", "tertius-report"],
    ),
    ("tertius-py", &["tertius", "tertius-data", "tertius-report"]),
    (
        "tertius-cli",
        &["tertius", "tertius-data", "tertius-report", "tertius-web"],
    ),
];

/// Modules of the crate that a line names: after `crate::`, alone or in braces, and after as many
/// `super::` as lead out of a module at this depth.
fn named(code: &str, depth: usize) -> Vec<String> {
    let up = "super::".repeat(depth);
    let mut found = Vec::new();
    for start in ["crate::", up.as_str()] {
        for (at, _) in code.match_indices(start) {
            let rest = &code[at + start.len()..];
            if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
                || (start != "crate::" && code[..at].ends_with("super::"))
            {
                continue;
            }
            match rest.strip_prefix('{') {
                Some(list) => {
                    let list = list.split_once('}').map_or(list, |(inside, _)| inside);
                    found.extend(list.split(',').map(first_word));
                }
                None => found.push(first_word(rest)),
            }
        }
    }
    found.retain(|name| MAY_NAME.iter().any(|(m, _)| m == name));
    found
}

fn first_word(text: &str) -> String {
    let word = text
        .trim_start()
        .split(|c: char| !(c.is_alphanumeric() || c == '_'));
    word.take(1).collect()
}

/// Where a file looks ahead: `line: module`.
fn ahead(module: &str, file: &Text) -> Vec<String> {
    let (_, may) = MAY_NAME.iter().find(|(m, _)| *m == module).unwrap();
    let parts = file.path.split('/').skip(3).filter(|p| *p != "mod.rs");
    let depth = parts.count();
    // Lists in braces may go over lines.
    let code: String = lines(&file.text)
        .into_iter()
        .map(|(_, l)| l + "\n")
        .collect();
    let named = named(&code, depth);
    let wrong = named
        .into_iter()
        .filter(|n| n != module && !may.contains(&n.as_str()));
    wrong.map(|n| format!("{} names {n}", file.path)).collect()
}

#[test]
fn no_module_looks_ahead() {
    let lib = fs::read_to_string(root().join("crates/tertius/src/lib.rs")).unwrap();
    let declared: Vec<&str> = lib
        .lines()
        .filter_map(|l| l.strip_prefix("pub mod ").or(l.strip_prefix("mod ")))
        .map(|l| l.trim_end_matches(';'))
        .collect();
    assert!(declared.len() >= 5, "{declared:?}");
    let mut wrong = Vec::new();
    let mut edges: BTreeMap<&str, usize> = BTreeMap::new();
    for module in declared {
        assert!(
            MAY_NAME.iter().any(|(m, _)| *m == module),
            "say in MAY_NAME what `{module}` may name"
        );
        for file in texts("crates/tertius/src", &[".rs"]) {
            let of_module = format!("crates/tertius/src/{module}");
            let Some(rest) = file.path.strip_prefix(&of_module) else {
                continue;
            };
            if rest == ".rs" || rest.starts_with('/') {
                *edges.entry(module).or_default() += file.text.matches("crate::").count();
                wrong.extend(ahead(module, &file));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // The test would pass on nothing read at all.
    assert!(edges["findings"] > 10 && edges["record"] > 10, "{edges:?}");
}

#[test]
fn looking_ahead_is_seen_however_it_is_written() {
    for code in [
        "use crate::interests::Measured;",
        "use crate::{\n    vocabulary::Month,\n    interests,\n};",
        "fn f(x: crate::interests::Measured) {}",
        "use super::super::interests::Measured;",
    ] {
        let path = "crates/tertius/src/roles/gibbs.rs".to_owned();
        let text = code.to_owned();
        assert_eq!(ahead("roles", &Text { path, text }).len(), 1, "{code}");
    }
    for code in [
        "// use crate::interests::Measured;",
        "use crate::{vocabulary::Month, record};",
        "use super::interests_of;",
        "use super::evidence::interests;",
    ] {
        let path = "crates/tertius/src/roles/gibbs.rs".to_owned();
        let text = code.to_owned();
        assert!(ahead("roles", &Text { path, text }).is_empty(), "{code}");
    }
}

#[test]
fn crates_depend_in_one_direction() {
    for file in texts("crates", &["Cargo.toml"]) {
        let manifest: toml::Table = file.text.parse().unwrap();
        let name = manifest["package"]["name"].as_str().unwrap();
        let (_, may) = MAY_DEPEND
            .iter()
            .find(|(c, _)| *c == name)
            .unwrap_or_else(|| panic!("say in MAY_DEPEND what `{name}` may depend on"));
        for kind in ["dependencies", "build-dependencies"] {
            let Some(dependencies) = manifest.get(kind).and_then(toml::Value::as_table) else {
                continue;
            };
            for ours in dependencies.keys().filter(|d| d.starts_with("tertius")) {
                assert!(may.contains(&ours.as_str()), "{name} depends on {ours}");
            }
        }
    }
}
