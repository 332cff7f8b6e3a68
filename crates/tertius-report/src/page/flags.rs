//! What to know of some months before their numbers are used.

use tertius::vocabulary::Month;

use crate::figures::{Cell, Table};
use crate::names::{Names, number};

/// Flags of the reading, with what they say of roles, and of the rule.
const READING: [&str; 4] = [
    "volume-dependent",
    "psi-dependent",
    "mode-split",
    "inseparable",
];
const RULE: [&str; 6] = [
    "out-of-scope",
    "indeterminate",
    "unknown-input",
    "unattested",
    "ambition-opposed",
    "ceiling-binds",
];

/// A row a flag: its sentence, the largest difference that it speaks of, and the months that have it.
pub(super) fn flags(names: &Names<'_>) -> Table {
    let words = names.words;
    let mut found: Vec<(String, Option<f64>, Vec<Month>)> = Vec::new();
    let mut add = |said: String, by: Option<f64>, month: Month| match found
        .iter_mut()
        .find(|(s, ..)| *s == said)
    {
        Some((_, most, months)) => {
            *most = match (*most, by) {
                (Some(a), Some(b)) => Some(a.max(b)),
                (a, b) => a.or(b),
            };
            months.push(month);
        }
        None => found.push((said, by, vec![month])),
    };
    for m in &names.findings.months {
        for flag in &m.flags {
            let field = |name: &str| flag.fields.get(name).map_or("", String::as_str);
            let (role, other) = (names.role(field("role")), names.role(field("other")));
            let key = format!("flag-{}", flag.id.replace('_', "-"));
            let said = if words.has(&key) {
                words.with(&key, &[("role", role.into()), ("other", other.into())])
            } else {
                format!("{} {role} {other}", flag.id)
            };
            add(said, field("by").parse().ok(), m.month);
        }
        for flag in &m.rule.flags {
            let key = format!("rule-flag-{}", flag.replace('_', "-"));
            let said = if words.has(&key) {
                words.get(&key)
            } else {
                flag.clone()
            };
            add(said, None, m.month);
        }
    }
    let row = |(said, by, months): (String, Option<f64>, Vec<Month>)| {
        vec![
            Cell::text(said),
            Cell::number(number(by)),
            Cell::number(months.len().to_string()),
            Cell::text(runs(&months).join(", ")),
        ]
    };
    let head = ["what", "largest", "number", "months"];
    Table {
        head: head.map(|k| words.get(&format!("word-{k}"))).to_vec(),
        rows: found.into_iter().map(row).collect(),
    }
}

/// Months in order, each stretch without a gap as its first and last.
pub(super) fn runs(months: &[Month]) -> Vec<String> {
    let mut found: Vec<(Month, Month)> = Vec::new();
    for m in months {
        match found.last_mut() {
            Some((_, last)) if (0..=1).contains(&last.until(*m)) => *last = *m,
            _ => found.push((*m, *m)),
        }
    }
    let said = found.into_iter().map(|(from, to)| {
        if from == to {
            from.to_string()
        } else {
            format!("{from} – {to}")
        }
    });
    said.collect()
}

/// A sentence for each flag that a month can have.
pub(super) fn known(names: &Names<'_>) -> Vec<String> {
    let words = names.words;
    let role = words.get("word-some-role");
    let other = words.get("word-other-role");
    let reading = READING.iter().map(|id| {
        let roles = [("role", (&role).into()), ("other", (&other).into())];
        words.with(&format!("flag-{id}"), &roles)
    });
    let rule = RULE.iter().map(|id| words.get(&format!("rule-flag-{id}")));
    reading.chain(rule).collect()
}
