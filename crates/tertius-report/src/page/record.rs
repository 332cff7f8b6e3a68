//! What the reading rests on: searches, series, coders, files, and every row.

use std::collections::BTreeSet;

use minijinja::{Value, context};
use tertius::findings::RowFinding;
use tertius::record::{Diagnostic, Place};

use super::tables::serialized;
use crate::diagnostics;
use crate::figures::{Cell, Table, drawn, weightiest};
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
        let searched_key = format!("searched-{}", c.what);
        let whole = words.get(if c.exhaustive {
            "word-exhaustive"
        } else {
            "word-partly"
        });
        vec![
            Cell::text(known(names, &searched_key, &c.what)),
            Cell::when(format!("{} – {}", c.from, c.to)),
            Cell::text(whole),
            Cell::text(&c.coder),
            Cell::text(c.note.clone().unwrap_or_default()),
        ]
    });
    let series = f.series.iter().map(|s| {
        let method_key = format!("method-{}", s.method);
        vec![
            // A series without a value has no table to lead to.
            if s.values.is_empty() {
                Cell::text(s.name.get(lang))
            } else {
                Cell::link(s.name.get(lang), format!("series-{}", s.id))
            },
            Cell::text(&s.indicator),
            Cell::text(words.get(&format!("stream-{}", stream(&s.stream)))),
            Cell::text(&s.unit),
            Cell::text(known(names, &method_key, &s.method)),
            Cell::number(s.values.len().to_string()),
        ]
    });
    let coders = f.coders.iter().map(|c| {
        let coder_key = format!("coder-{}", c.kind);
        let kind = known(names, &coder_key, &c.kind);
        vec![Cell::text(&c.id), Cell::text(kind), Cell::text(&c.note)]
    });
    let inputs = f
        .provenance
        .inputs
        .iter()
        .map(|i| vec![Cell::text(&i.path), Cell::text(&i.sha256)]);
    let remarks = folded(&f.diagnostics).into_iter().map(|(places, d)| {
        vec![
            Cell::text(diagnostics::severity(&d, lang)),
            Cell::text(places.join(", ")),
            Cell::text(diagnostics::sentence(&d, lang)),
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

/// Remarks of one kind that differ by the value named alone, as one that names them all, with its places.
fn folded(all: &[Diagnostic]) -> Vec<(Vec<String>, Diagnostic)> {
    let mut found: Vec<(Vec<String>, Vec<String>, Diagnostic)> = Vec::new();
    for d in all {
        let mut bare = d.clone();
        let value = bare.fields.remove("value");
        bare.place = Place::file(&d.place.file);
        let place = diagnostics::place(d);
        match found.iter_mut().find(|(_, _, kept)| *kept == bare) {
            Some((values, places, _)) => {
                values.extend(value);
                if !places.contains(&place) {
                    places.push(place);
                }
            }
            None => found.push((value.into_iter().collect(), vec![place], bare)),
        }
    }
    let told = found.into_iter().map(|(mut values, places, mut d)| {
        values.dedup();
        if !values.is_empty() {
            d.fields.insert("value".into(), values.join(", "));
        }
        (places, d)
    });
    told.collect()
}

/// A word of the data model in the page's language; the name of a class, or the word itself, for any other.
fn known(names: &Names<'_>, key: &str, word: &str) -> String {
    if names.words.has(key) {
        names.words.get(key)
    } else {
        names.code(word)
    }
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
                    Cell::when(v.period.to_string()),
                    Cell::number(value.unwrap_or_else(none)),
                    Cell::number(bounds.unwrap_or_else(none)),
                    Cell::when(v.known_from.to_string()),
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

/// Rows with a bar of their own in a waterfall: what carries the turns, and all of the record that goes to paper unasked.
pub(super) fn carrying(names: &Names<'_>) -> BTreeSet<String> {
    let falls = drawn(names);
    falls.iter().flat_map(|f| weightiest(names, f)).collect()
}

/// A row of the record.
pub(super) fn row(names: &Names<'_>, r: &RowFinding, carries: bool) -> Value {
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
    let rank = r.severity.map(|n| {
        let key = if r.table == "measures" {
            "word-grade"
        } else {
            "word-severity"
        };
        format!("{} {n}", words.with(key, &[]))
    });
    context! {
        carries, id => r.id.clone(), date => r.date.to_string(), who, code => kind(names, &r.code), rank, more => details(names, r),
        description => r.description.get(names.lang), quote => r.quote.clone(), locator => r.locator.clone(), sources => r.sources.clone(), coder => r.coder.clone(),
        checked => words.get(if r.checked { "page-checked" } else { "page-unchecked" }),
        place => words.with("page-file-row", &[("file", (&r.table).into()), ("row", r.row.to_string().into())]),
    }
}

/// The class of an act, or what kind of measure, position or statement it is.
fn kind(names: &Names<'_>, code: &str) -> String {
    let key = format!("kind-{}", code.replace('_', "-"));
    if names.words.has(&key) {
        names.words.get(&key)
    } else {
        names.code(code)
    }
}

/// Issue, values and codes of a row in words. A field that has none of its own stands as it is.
fn details(names: &Names<'_>, r: &RowFinding) -> String {
    let words = names.words;
    let get = |name: &str| r.more.get(name).map(String::as_str);
    let minus = |text: &str| text.replace('-', "−");
    let mut said: Vec<String> = r.issue.iter().map(|i| names.issue(i)).collect();
    if let Some(value) = get("value") {
        let bounds = get("low").zip(get("high"));
        let bounds = bounds.map(|(a, b)| format!(" ({} … {})", minus(a), minus(b)));
        let value = format!("{}{}", minus(value), bounds.unwrap_or_default());
        said.push(format!("{} {value}", words.get("word-value")));
    }
    if let (Some(date), Some(grade)) = (get("answer_date"), get("answer_grade")) {
        let reached = get("grade_date").unwrap_or(date);
        let values = [
            ("date", date.into()),
            ("grade", grade.into()),
            ("reached", reached.into()),
        ];
        said.push(words.with("row-answered", &values));
    }
    for (name, value) in &r.more {
        let shown = match name.as_str() {
            "value" | "low" | "high" | "answer_date" | "answer_grade" | "grade_date" => continue,
            "role" if value == "none" => words.get("word-no-role"),
            "role" => names.role(value),
            "beneficiary" | "justification" => {
                let key = format!("code-{value}");
                if words.has(&key) {
                    words.get(&key)
                } else {
                    value.clone()
                }
            }
            _ => value.clone(),
        };
        let key = format!("field-{}", name.replace('_', "-"));
        let name = if words.has(&key) {
            words.get(&key)
        } else {
            name.clone()
        };
        said.push(format!("{name}: {shown}"));
    }
    said.join("; ")
}
