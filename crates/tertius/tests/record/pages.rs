//! The pages of `docs/` say what the code does.

use std::collections::{BTreeMap, BTreeSet};

use tertius::record::{
    Columns, DiagnosticId, MAX_ROWS, RULE_INDICATORS, SETTINGS, SettingKind, TABLES,
};

const DATA_MODEL: &str = include_str!("../../../../docs/data-model.md");
const DIAGNOSTICS: &str = include_str!("../../../../docs/diagnostics.md");

/// The lines under a heading, up to the next.
fn section<'p>(page: &'p str, heading: &str) -> Vec<&'p str> {
    let mut lines = page.lines().skip_while(|l| *l != heading);
    assert!(lines.next().is_some(), "no {heading:?}");
    lines.take_while(|l| !l.starts_with("## ")).collect()
}

fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split(" | ").map(str::trim).collect()
}

/// The columns that a table of the page names, and whether each is marked as one to be left out.
fn columns(file: &str) -> BTreeMap<String, bool> {
    let rows = section(DATA_MODEL, &format!("## `{file}`"));
    let mut found = BTreeMap::new();
    for row in rows.into_iter().filter(|l| l.starts_with("| `")) {
        let named: Vec<&str> = cells(row)[0].split('`').collect();
        for pair in named[1..].chunks(2) {
            let optional = pair.get(1).is_some_and(|after| after.starts_with('†'));
            found.insert(pair[0].to_owned(), optional);
        }
    }
    found
}

#[test]
fn the_data_model_names_every_column_and_says_which_may_be_left_out() {
    for Columns {
        file,
        required,
        optional,
    } in TABLES
    {
        let mut expected = BTreeMap::new();
        expected.extend(required.iter().map(|c| ((*c).to_owned(), false)));
        expected.extend(optional.iter().map(|c| ((*c).to_owned(), true)));
        assert_eq!(columns(file), expected, "{file}");
    }
    assert!(DATA_MODEL.contains("at most 200,000 rows") && MAX_ROWS == 200_000);
    for (name, _, _) in RULE_INDICATORS {
        assert!(DATA_MODEL.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn the_data_model_lists_every_option_with_its_type_range_and_default() {
    let rows = section(DATA_MODEL, "## Options");
    let listed: Vec<Vec<&str>> = rows
        .into_iter()
        .filter(|l| l.starts_with("| `"))
        .map(cells)
        .collect();
    let expected: Vec<[String; 4]> = SETTINGS
        .iter()
        .map(|s| {
            let (kind, range) = match s.kind {
                SettingKind::Number(low, high) => ("number", format!("{low} to {high}")),
                SettingKind::Whole(low, high) => ("whole number", format!("{low} to {high}")),
                SettingKind::Word(words) => ("word", format!("`{}`", words.join("`, `"))),
                SettingKind::YesNo => ("boolean", "`true`, `false`".to_owned()),
            };
            let default = match s.kind {
                SettingKind::Word(_) | SettingKind::YesNo => format!("`{}`", s.default),
                _ => s.default.to_string(),
            };
            [format!("`{}`", s.name), kind.to_owned(), range, default]
        })
        .collect();
    assert_eq!(listed.len(), expected.len());
    for (row, expected) in listed.iter().zip(&expected) {
        assert_eq!(row[..4], expected[..]);
        assert!(row[4].len() > 10, "{} is not explained", row[0]);
    }
}

#[test]
fn every_diagnostic_is_explained_once_with_its_severity() {
    let mut seen = BTreeSet::new();
    for line in DIAGNOSTICS.lines().filter(|l| l.starts_with("| `")) {
        let cells = cells(line);
        let id = cells[0].trim_matches('`');
        let known = DiagnosticId::ALL.iter().find(|d| d.as_str() == id);
        let known = known.unwrap_or_else(|| panic!("the page explains {id}, which is none"));
        assert_eq!(
            cells[1],
            format!("{:?}", known.severity()).to_lowercase(),
            "{id}"
        );
        assert!(cells[2].ends_with('.') && cells[3].ends_with('.'), "{id}");
        assert!(seen.insert(id), "{id} is explained twice");
    }
    let silent: Vec<_> = DiagnosticId::ALL
        .iter()
        .filter(|d| !seen.contains(d.as_str()))
        .collect();
    assert!(silent.is_empty(), "not explained: {silent:?}");
}
