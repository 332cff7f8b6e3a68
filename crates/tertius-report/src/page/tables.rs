//! The tables of the report, and its rows and sources.

use minijinja::value::Serde;
use minijinja::{Value, context};
use serde::Serialize;
use tertius::findings::{Findings, RowFinding, TurningPoint};

use crate::diagnostics;
use crate::figures::{Cell, Table};
use crate::names::{Names, interval, number};

pub(super) fn serialized<T: Serialize>(value: &T) -> Value {
    Value::from(Serde(value))
}

pub(super) fn turns(names: &Names<'_>) -> Table {
    let words = names.words;
    let head = [
        "word-month",
        "word-interval-90",
        "word-turn",
        "word-probability",
        "word-replacement",
        "word-composition",
    ];
    let row = |t: &TurningPoint| {
        vec![
            Cell::text(t.month.to_string()),
            Cell::text(format!("{} – {}", t.interval_90[0], t.interval_90[1])),
            Cell::text(words.with(
                "page-from-to",
                &[
                    ("from", names.set(&t.from).into()),
                    ("to", names.set(&t.to).into()),
                ],
            )),
            Cell::number(number(Some(t.p))),
            Cell::text(chances(names, "replacement", &t.replacement)),
            Cell::text(chances(names, "composition", &t.composition)),
        ]
    };
    Table {
        head: head.iter().map(|k| words.with(k, &[])).collect(),
        rows: names.findings.turning_points.iter().map(row).collect(),
    }
}

fn chances(names: &Names<'_>, kind: &str, of: &std::collections::BTreeMap<String, f64>) -> String {
    let mut order: Vec<(&String, &f64)> = of.iter().collect();
    order.sort_by(|a, b| b.1.total_cmp(a.1));
    let said = order.into_iter().map(|(id, p)| {
        let key = format!("{kind}-{id}");
        let word = if names.words.has(&key) {
            names.words.with(&key, &[])
        } else {
            id.clone()
        };
        format!("{word} {}", number(Some(*p)))
    });
    said.collect::<Vec<_>>()
        .join(&names.words.get("list-comma").replace('_', " "))
}

pub(super) fn penetrations(names: &Names<'_>) -> Table {
    let words = names.words;
    let head = vec![
        words.get("word-issue"),
        words.get("word-role"),
        words.get("word-period"),
        words.get("word-probability"),
    ];
    let rows = names.findings.penetrations.iter().map(|p| {
        vec![
            Cell::text(names.issue(&p.issue)),
            Cell::text(names.role(&p.role)),
            Cell::text(format!("{} – {}", p.from, p.to)),
            Cell::number(number(Some(p.p))),
        ]
    });
    Table {
        head,
        rows: rows.collect(),
    }
}

pub(super) fn strain(names: &Names<'_>) -> Table {
    let words = names.words;
    let head = vec![
        words.get("word-month"),
        words.get("page-strain-expected"),
        words.get("page-strain-declared"),
        words.get("page-strain-value"),
    ];
    let rows = names.findings.strain.iter().map(|s| {
        vec![
            Cell::text(s.month.to_string()),
            Cell::number(s.n_expected.to_string()),
            Cell::number(s.n_declared.to_string()),
            Cell::number(number(s.strain)),
        ]
    });
    Table {
        head,
        rows: rows.collect(),
    }
}

pub(super) fn published(names: &Names<'_>) -> Value {
    let (f, words) = (names.findings, names.words);
    let head = [
        "word-period",
        "word-published",
        "word-ours",
        "word-rule",
        "word-source",
    ]
    .map(|k| words.with(k, &[]));
    let rows = f.readings.iter().map(|r| {
        let ours = f.catalogue.roles.iter().map(|role| format!("{} {} [{}]", role.letter, number(r.ours.get(&role.id).copied()), interval(r.ours_bands_90.get(&role.id).copied())));
        let rule = r.rule.iter().map(|s| format!("{} {}", names.set(&s.set), number(Some(s.p))));
        let period = format!("{} ({} – {})", r.name.get(names.lang), r.from, r.to);
        context! { cells => vec![period, names.set(&r.roles), ours.collect::<Vec<_>>().join("; "), rule.collect::<Vec<_>>().join("; ")], source => r.source.clone(), note => r.note.get(names.lang) }
    });
    context! { head, rows => rows.collect::<Vec<_>>() }
}

/// The framework's work, published readings set beside, and every source of a row.
pub(super) fn owed(f: &Findings) -> Vec<Value> {
    let mut keys: Vec<&str> = vec![&f.catalogue.citation];
    keys.extend(f.readings.iter().map(|r| r.source.as_str()));
    keys.extend(
        f.sources
            .iter()
            .filter(|s| !s.rows.is_empty())
            .map(|s| s.key.as_str()),
    );
    let mut seen = Vec::new();
    for key in keys {
        if !seen.contains(&key) {
            seen.push(key);
        }
    }
    let listed = |key: &str| f.sources.iter().any(|s| s.key == key);
    seen.into_iter()
        .map(|key| context! { key, listed => listed(key) })
        .collect()
}

pub(super) fn data(names: &Names<'_>) -> Vec<Value> {
    let (f, words, lang) = (names.findings, names.words, names.lang);
    let part = |title: String, head: &[&str], rows: Vec<Vec<Cell>>| {
        let table = Table {
            head: head.iter().map(|k| words.with(k, &[])).collect(),
            rows,
        };
        context! { title, table => serialized(&table) }
    };
    let coverage = f.coverage.iter().map(|c| {
        let whole = words.get(if c.exhaustive {
            "word-exhaustive"
        } else {
            "word-partly"
        });
        vec![
            Cell::text(names.code(&c.what)),
            Cell::text(format!("{} – {}", c.from, c.to)),
            Cell::text(whole),
            Cell::text(&c.coder),
            Cell::text(c.note.clone().unwrap_or_default()),
        ]
    });
    let series = f.series.iter().map(|s| {
        vec![
            Cell::text(s.name.get(lang)),
            Cell::text(&s.indicator),
            Cell::text(&s.unit),
            Cell::text(&s.method),
            Cell::number(s.values.len().to_string()),
        ]
    });
    let coders = f
        .coders
        .iter()
        .map(|c| vec![Cell::text(&c.id), Cell::text(&c.kind), Cell::text(&c.note)]);
    let inputs = f
        .provenance
        .inputs
        .iter()
        .map(|i| vec![Cell::text(&i.path), Cell::text(&i.sha256)]);
    let remarks = f.diagnostics.iter().map(|d| {
        vec![
            Cell::text(diagnostics::severity(d, lang)),
            Cell::text(diagnostics::place(d)),
            Cell::text(diagnostics::sentence(d, lang)),
        ]
    });
    vec![
        part(
            words.get("page-coverage"),
            &[
                "word-what",
                "word-months",
                "word-search",
                "word-coder",
                "word-note",
            ],
            coverage.collect(),
        ),
        part(
            words.get("page-series"),
            &[
                "word-series",
                "word-indicator",
                "word-unit",
                "word-method",
                "word-values",
            ],
            series.collect(),
        ),
        part(
            words.get("page-coders"),
            &["word-coder", "word-kind", "word-note"],
            coders.collect(),
        ),
        part(
            words.get("page-inputs"),
            &["word-file", "word-fingerprint"],
            inputs.collect(),
        ),
        part(
            words.get("page-flags"),
            &["word-what", "word-largest", "word-number", "word-months"],
            flags(names),
        ),
        part(
            words.get("page-diagnostics"),
            &["word-weight", "word-place", "word-what"],
            remarks.collect(),
        ),
    ]
}

/// What flags say of months: each sentence with the months that have it, and the largest difference that it speaks of.
fn flags(names: &Names<'_>) -> Vec<Vec<Cell>> {
    let mut found: Vec<(String, f64, Vec<String>)> = Vec::new();
    for month in &names.findings.months {
        for flag in &month.flags {
            let field = |name: &str| {
                flag.fields
                    .get(name)
                    .map(String::as_str)
                    .unwrap_or_default()
            };
            let (role, other) = (names.role(field("role")), names.role(field("other")));
            let key = format!("flag-{}", flag.id.replace('_', "-"));
            let said = if names.words.has(&key) {
                names
                    .words
                    .with(&key, &[("role", role.into()), ("other", other.into())])
            } else {
                format!("{} {role} {other}", flag.id)
            };
            let by: f64 = field("by").parse().unwrap_or_default();
            match found.iter_mut().find(|(s, ..)| *s == said) {
                Some((_, most, months)) => {
                    *most = most.max(by);
                    months.push(month.month.to_string());
                }
                None => found.push((said, by, vec![month.month.to_string()])),
            }
        }
    }
    let row = |(said, by, months): (String, f64, Vec<String>)| {
        vec![
            Cell::text(said),
            Cell::number(number(Some(by))),
            Cell::number(months.len().to_string()),
            Cell::text(months.join(" ")),
        ]
    };
    found.into_iter().map(row).collect()
}

pub(super) fn row(names: &Names<'_>, r: &RowFinding) -> Value {
    let words = names.words;
    let actors = |codes: &[String]| {
        codes
            .iter()
            .map(|c| names.actor(c))
            .collect::<Vec<_>>()
            .join(" / ")
    };
    let who = if r.targets.is_empty() {
        actors(&r.actors)
    } else {
        format!("{} → {}", actors(&r.actors), actors(&r.targets))
    };
    let more = r
        .more
        .iter()
        .map(|(k, v)| format!("{k}: {v}"))
        .collect::<Vec<_>>()
        .join("; ");
    context! {
        id => r.id.clone(), date => r.date.to_string(), who, code => names.code(&r.code), severity => r.severity, more,
        description => r.description.get(names.lang), quote => r.quote.clone(), locator => r.locator.clone(), sources => r.sources.clone(), coder => r.coder.clone(),
        checked => words.get(if r.checked { "page-checked" } else { "page-unchecked" }),
        place => words.with("page-file-row", &[("file", (&r.table).into()), ("row", r.row.to_string().into())]),
    }
}
