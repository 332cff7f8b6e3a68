//! The pages of `docs/` say what the code does.

use std::collections::{BTreeMap, BTreeSet};

use tertius::record::{
    Columns, DiagnosticId, MAX_ROWS, RULE_INDICATORS, SETTINGS, SettingKind, SettingValue, TABLES,
};
use tertius::vocabulary::{Catalogue, ClassSpec, Effect};

const DATA_MODEL: &str = include_str!("../../../../docs/data-model.md");
const ROLES: &str = include_str!("../../../../docs/methods/roles.md");
const INTERESTS: &str = include_str!("../../../../docs/methods/interests.md");
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

/// The table of signs is the catalogue's, class by class and role by role.
#[test]
fn the_page_on_roles_prints_the_signs_of_the_catalogue() {
    let catalogue = Catalogue::bundled("chen-2023").unwrap();
    let roles: Vec<_> = catalogue.roles().map(|r| catalogue.spec(r)).collect();
    let head: Vec<String> = roles
        .iter()
        .map(|r| format!("{} {}", r.letter, r.id))
        .collect();
    let mut expected = vec![format!("| class of acts | {} |", head.join(" | "))];
    expected.push(format!("|{}", " --- |".repeat(roles.len() + 1)));
    for class in catalogue.behaviour() {
        let sign = |id: &String| match class.effects.get(id) {
            Some(Effect::Anchor) => "**+**",
            Some(Effect::Other) => "+",
            None => "·",
        };
        let signs: Vec<&str> = roles.iter().map(|r| sign(&r.id)).collect();
        expected.push(format!(
            "| `{}` | {} |",
            class.id.as_str(),
            signs.join(" | ")
        ));
    }
    let from = "<!-- signs of chen-2023";
    let printed = ROLES.lines().skip_while(|l| !l.starts_with(from)).skip(1);
    let printed: Vec<&str> = printed.take_while(|l| l.starts_with('|')).collect();
    assert_eq!(printed, expected);
    // What the page says of the table: no class makes a role rarer, and the follower has no anchor there.
    let follower = |c: &&&ClassSpec| c.effects.get("follower") == Some(&Effect::Anchor);
    assert_eq!(catalogue.behaviour().iter().filter(follower).count(), 0);
}

/// Each symbol that a formula of the two pages uses stands in the page's table, those of options with their
/// defaults, and every file named is there.
#[test]
fn the_methods_pages_define_their_symbols() {
    let roles = section(ROLES, "## Symbols").join("\n");
    for symbol in [
        "| ψ_jk |",
        "| Λ_ck |",
        "| anchor |",
        "| N̄ |",
        "| b_g |",
        "| q_c |",
        "| ε |",
        "| r |",
    ] {
        assert!(roles.contains(symbol), "{symbol}");
    }
    let rows = section(INTERESTS, "## Symbols");
    let table = rows.join("\n");
    for symbol in [
        "| G |", "| g |", "| τ |", "| θ_C |", "| θ_M |", "| ρ |", "| η |", "| M |", "| C |",
    ] {
        assert!(table.contains(symbol), "{symbol}");
    }
    let mut listed = 0;
    for setting in SETTINGS.iter().filter(|s| s.name.starts_with("rule.")) {
        let of = format!("`{}`", setting.name);
        let row = rows.iter().find(|l| l.contains(&of));
        let row = row.unwrap_or_else(|| panic!("{of} is no symbol's option"));
        let values: Vec<f64> = cells(row)[2]
            .split(", ")
            .map(|v| format!("0{v}").parse().unwrap())
            .collect();
        let place = cells(row)[5].split(", ").position(|o| o == of).unwrap();
        let default = match setting.default {
            SettingValue::Number(x) => x,
            other => panic!("{other:?}"),
        };
        assert_eq!(values[place], default, "{of}");
        listed += 1;
    }
    assert_eq!(listed, 8);
    for (page, folder) in [(ROLES, "roles"), (INTERESTS, "interests")] {
        for row in section(page, "## Symbols")
            .iter()
            .filter(|l| l.contains(".rs`"))
        {
            let file = row.rsplit('`').nth(1).unwrap();
            let path = format!("{}/src/{folder}/{file}", env!("CARGO_MANIFEST_DIR"));
            assert!(std::path::Path::new(&path).is_file(), "{path}");
        }
    }
}
