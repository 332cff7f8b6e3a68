//! What the binary is built from may be given on under MIT or Apache-2.0, and what asks to be named is.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::tree::root;

/// Licences that ask for no more than that they and their notice are kept.
const PERMISSIVE: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    // Of data: the list of certificate authorities.
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Whether a licence expression leaves a choice of permissive licences only.
fn allowed(expression: &str) -> bool {
    // An old form of "or".
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let (holds, rest) = either(&words);
    holds && rest.is_empty()
}

fn either<'w>(words: &'w [&'w str]) -> (bool, &'w [&'w str]) {
    let (mut holds, mut rest) = both(words);
    while let Some((&"OR", after)) = rest.split_first() {
        let (more, left) = both(after);
        (holds, rest) = (holds | more, left);
    }
    (holds, rest)
}

fn both<'w>(words: &'w [&'w str]) -> (bool, &'w [&'w str]) {
    let (mut holds, mut rest) = one(words);
    while let Some((&"AND", after)) = rest.split_first() {
        let (more, left) = one(after);
        (holds, rest) = (holds & more, left);
    }
    (holds, rest)
}

fn one<'w>(words: &'w [&'w str]) -> (bool, &'w [&'w str]) {
    match words {
        ["(", inside @ ..] => {
            let (holds, rest) = either(inside);
            match rest.split_first() {
                Some((&")", rest)) => (holds, rest),
                _ => (false, rest),
            }
        }
        [name, "WITH", exception, rest @ ..] => {
            let whole = format!("{name} WITH {exception}");
            (PERMISSIVE.contains(&whole.as_str()), rest)
        }
        [name, rest @ ..] => (PERMISSIVE.contains(name), rest),
        [] => (false, words),
    }
}

#[test]
fn expressions_are_read_as_they_are_written() {
    for good in [
        "MIT",
        "MIT/Apache-2.0",
        "Apache-2.0 OR GPL-2.0-only",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
    ] {
        assert!(allowed(good), "{good}");
    }
    for bad in [
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "(MIT OR GPL-3.0) AND MPL-2.0",
        "",
        "(MIT",
    ] {
        assert!(!allowed(bad), "{bad}");
    }
}

/// Crates of the default build of the binary, by name, with their licences.
fn default_build() -> BTreeMap<String, String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let about = String::from_utf8(rustc.stdout).unwrap();
    let host = about
        .lines()
        .find_map(|l| l.strip_prefix("host: "))
        .unwrap();
    let asked = Command::new(cargo)
        // Of other systems' crates nothing was fetched.
        .args([
            "metadata",
            "--format-version=1",
            "--offline",
            "--filter-platform",
            host,
        ])
        .args(["--manifest-path", "crates/tertius-cli/Cargo.toml"])
        .current_dir(root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&asked.stderr).into_owned();
    assert!(asked.status.success(), "{said}");
    let data: Value = serde_json::from_slice(&asked.stdout).unwrap();
    let list = |v: &Value| v.as_array().cloned().unwrap_or_default();
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let packages: BTreeMap<String, Value> = list(&data["packages"])
        .into_iter()
        .map(|p| (text(&p["id"]), p))
        .collect();
    let nodes: BTreeMap<String, Value> = list(&data["resolve"]["nodes"])
        .into_iter()
        .map(|n| (text(&n["id"]), n))
        .collect();
    let named = |id: &String| text(&packages[id]["name"]);
    let mut open: Vec<String> = packages
        .keys()
        .filter(|id| named(id) == "tertius-cli")
        .cloned()
        .collect();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        for dependency in list(&nodes[&id]["deps"]) {
            let built = list(&dependency["dep_kinds"])
                .iter()
                .any(|k| k["kind"] != "dev");
            if built {
                open.push(text(&dependency["pkg"]));
            }
        }
    }
    let licence = |id: &String| text(&packages[id]["license"]);
    seen.iter().map(|id| (named(id), licence(id))).collect()
}

#[test]
fn what_the_binary_is_built_from_may_be_given_on() {
    let built = default_build();
    assert!(
        built.len() > 50 && built.contains_key("biblatex"),
        "{built:?}"
    );
    let wrong: Vec<_> = built
        .iter()
        .filter(|(_, licence)| !allowed(licence))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}
