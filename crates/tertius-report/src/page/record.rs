//! What the reading rests on: searches, series, coders, files, and every row.

use minijinja::{Value, context};
use tertius::findings::RowFinding;

use super::tables::serialized;
use crate::diagnostics;
use crate::figures::{Cell, Table};
use crate::names::Names;

/// What was searched, series, coders, files and remarks.
pub(super) fn data(names: &Names<'_>) -> Vec<Value> {
    let (f, words, lang) = (names.findings, names.words, names.lang);
    let part = |id: &str, title: String, head: &[&str], rows: Vec<Vec<Cell>>| {
        let table = Table {
            head: head.iter().map(|k| words.with(k, &[])).collect(),
            rows,
        };
        context! { id, title, table => serialized(&table) }
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
            Cell::link(s.name.get(lang), format!("series-{}", s.id)),
            Cell::text(&s.indicator),
            Cell::text(words.get(&format!("stream-{}", stream(&s.stream)))),
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
            "coverage",
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
            "series",
            words.get("page-series"),
            &[
                "word-series",
                "word-indicator",
                "word-side",
                "word-unit",
                "word-method",
                "word-values",
            ],
            series.collect(),
        ),
        part(
            "coders",
            words.get("page-coders"),
            &["word-coder", "word-kind", "word-note"],
            coders.collect(),
        ),
        part(
            "inputs",
            words.get("page-inputs"),
            &["word-file", "word-fingerprint"],
            inputs.collect(),
        ),
        part(
            "diagnostics",
            words.get("page-diagnostics"),
            &["word-weight", "word-place", "word-what"],
            remarks.collect(),
        ),
    ]
}

/// The stream of a series, if it is one of ours.
fn stream(id: &str) -> &str {
    match id {
        "condition" | "behaviour" => id,
        _ => "display",
    }
}

/// The values of each series, with their sources.
pub(super) fn series(names: &Names<'_>) -> Vec<Value> {
    let (f, words) = (names.findings, names.words);
    let head = ["period", "value", "interval", "known-from", "source"];
    let head = head.map(|k| words.get(&format!("word-{k}"))).to_vec();
    let given = f.series.iter().filter(|s| !s.values.is_empty());
    given
        .map(|s| {
            let rows = s.values.iter().map(|v| {
                let value = v.value.map(shown);
                let bounds = v
                    .interval
                    .map(|[low, high]| format!("{} … {}", shown(low), shown(high)));
                let none = || "–".to_owned();
                let sources = v.sources.iter();
                vec![
                    Cell::text(v.period.to_string()),
                    Cell::number(value.unwrap_or_else(none)),
                    Cell::number(bounds.unwrap_or_else(none)),
                    Cell::text(v.known_from.to_string()),
                    Cell::links(sources.map(|k| (k.clone(), format!("src-{k}")))),
                ]
            });
            let table = Table {
                head: head.clone(),
                rows: rows.collect(),
            };
            let title = format!(
                "{} ({}, {})",
                s.name.get(names.lang),
                s.unit,
                s.values.len()
            );
            context! { id => s.id.clone(), title, table => serialized(&table) }
        })
        .collect()
}

/// A value as it was given, without the noise of binary fractions.
fn shown(x: f64) -> String {
    let x: f64 = format!("{x:.9e}").parse().unwrap_or(x);
    x.to_string().replace('-', "−")
}

/// A row of the record.
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
