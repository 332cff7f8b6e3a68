//! A link leads somewhere, a path that a page names exists, and no page knows this machine.

use std::collections::BTreeSet;
use std::path::Path;

use crate::tree::{root, texts};

const PROSE: &[&str] = &[".md"];

/// Anchors that a page's headings have.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|l| l.starts_with('#'));
    headings
        .map(|l| {
            let title = l.trim_start_matches('#').trim().to_lowercase();
            let kept = title
                .chars()
                .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect()
}

#[test]
fn every_link_of_a_page_resolves() {
    let mut wrong = Vec::new();
    let mut followed = 0;
    for page in texts(".", PROSE) {
        let at = root().join(&page.path);
        for link in page.text.split("](").skip(1) {
            let link = link.split(')').next().unwrap();
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            followed += 1;
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() {
                at.clone()
            } else {
                at.parent().unwrap().join(file)
            };
            if !target.exists() {
                wrong.push(format!("{}: {link}", page.path));
            } else if !anchor.is_empty() {
                let text = std::fs::read_to_string(&target).unwrap();
                if !anchors(&text).contains(anchor) {
                    wrong.push(format!("{}: no heading {link}", page.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(followed > 10, "{followed}");
}

/// Paths of the repository as texts name them: `crates/…`, `docs/…`, with `{a,b}` for several.
fn paths(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for span in text.split('`').skip(1).step_by(2) {
        let ours = [
            "crates/", "docs/", "cases/", "goldens/", "xtask/", "fuzz/", "benches/", ".ci/",
        ];
        let whole = !span.contains([' ', '<', '*', '…']) && !span.contains("::");
        if !whole || !ours.iter().any(|o| span.starts_with(o)) {
            continue;
        }
        match span.split_once('{') {
            Some((before, rest)) => {
                let (list, after) = rest.split_once('}').unwrap_or((rest, ""));
                found.extend(list.split(',').map(|x| format!("{before}{x}{after}")));
            }
            None => found.push(span.to_owned()),
        }
    }
    found
}

#[test]
fn every_path_that_is_named_exists() {
    let mut wrong = Vec::new();
    let mut named = 0;
    let mut all = texts(".", PROSE);
    all.extend(texts("crates", &[".rs", ".toml", ".ftl"]));
    for file in all {
        // A page of a new case is about that case's folder, not about ours.
        if file.path.contains("/template/") {
            continue;
        }
        for path in paths(&file.text) {
            named += 1;
            let from_root = root().join(&path);
            let with_ending = from_root.with_extension("md");
            let beside = root()
                .join(&file.path)
                .parent()
                .unwrap_or(Path::new(""))
                .join(&path);
            // `docs/NAME.md` stands for any.
            let a_placeholder = path.split('/').any(|part| {
                let stem = part.split('.').next().unwrap_or_default();
                !stem.is_empty() && stem.chars().all(|c| c.is_ascii_uppercase())
            });
            if !a_placeholder && !from_root.exists() && !with_ending.exists() && !beside.exists() {
                wrong.push(format!("{}: {path}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(named > 10, "{named}");
}

#[test]
fn no_file_knows_the_machine_that_it_was_written_on() {
    let needles: Vec<String> = ["work", "tmp", "root", "home", "Users"]
        .iter()
        .map(|folder| format!("/{folder}/"))
        .collect();
    let all = [
        ".rs", ".toml", ".md", ".ftl", ".html", ".js", ".css", ".csv", ".bib", ".py", ".cff",
        ".snap", "run", ".yml", ".json", ".txt",
    ];
    let mut wrong = Vec::new();
    for file in texts(".", &all) {
        for (i, line) in file.text.lines().enumerate() {
            // An address of the web may have any path; a bundle is one line of others' code.
            let in_address = |at: usize| {
                let before = &line[..at];
                let start = before
                    .rfind([' ', '"', '{', '(', '<', ',', ';'])
                    .map_or(0, |s| s + 1);
                before[start..].contains("://") || before[start..].contains("www.")
            };
            if file.path.contains("/assets/vega/") {
                continue;
            }
            let found = needles.iter().any(|n| {
                line.match_indices(n.as_str()).any(|(at, _)| {
                    let after_word =
                        line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-~$}".contains(c));
                    !in_address(at) && !after_word
                })
            });
            if found {
                wrong.push(format!("{}:{}", file.path, i + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
