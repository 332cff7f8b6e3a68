//! Overlap of interests, issue by month.

use serde_json::{Value, json};
use tertius::findings::{Findings, IssueMonth, MonthFinding};
use tertius::record::Family;
use tertius::vocabulary::{Lang, Month};

use super::plane::borders;
use super::theme::{Column, GREY, at, figure, months_axis, next};
use super::{Cell, Table};
use crate::names::{Names, number};
use crate::terminal::wrapped;

/// From little overlap to full: dark to pale, each step apart from the next in grey too.
const SHADES: [&str; 5] = ["#14304f", "#3f6a9a", "#7a9cc0", "#b7c9dc", "#e6ecf2"];

/// Where the shades change. Overlaps crowd near 1, so that even steps would show one shade: these lie at
/// the rule's own borders, and at one half and nine tenths.
fn edges(findings: &Findings) -> Vec<f64> {
    let (conflict, overlap) = borders(findings).unwrap_or((0.65, 0.8));
    let mut edges: Vec<f64> = [0.5, conflict, overlap, 0.9]
        .into_iter()
        .filter(|e| 0.0 < *e && *e < 1.0)
        .collect();
    edges.sort_by(f64::total_cmp);
    edges.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    edges
}

/// What a line of the figure shows of a month.
type Overlap<'a> = Box<dyn Fn(&MonthFinding) -> Option<f64> + 'a>;

fn of_issue(month: &MonthFinding, issue: &str) -> Option<f64> {
    month.issues.iter().find(|i| i.issue == issue)?.overlap
}

/// Every line: the rival's issues, all of them together, then the ally's.
fn lines<'a>(names: &Names<'a>) -> Vec<(String, String, Overlap<'a>)> {
    let f = names.findings;
    let family = |family: Family| {
        let issues = f.issues.iter().filter(move |i| i.family == family);
        issues.map(|i| {
            let overlap: Overlap<'a> = Box::new(|m| of_issue(m, &i.id));
            (i.id.clone(), i.name.get(names.lang).to_owned(), overlap)
        })
    };
    let together: Overlap<'a> = Box::new(|m| m.interests.overlap);
    let whole = (
        String::new(),
        names.words.get("figure-heat-together"),
        together,
    );
    family(Family::Rival)
        .chain([whole])
        .chain(family(Family::Ally))
        .collect()
}

/// Runs of months in one shade; none for an overlap that is not known.
fn runs(
    months: &[MonthFinding],
    edges: &[f64],
    overlap: &Overlap<'_>,
) -> Vec<(Month, Month, Option<usize>)> {
    let mut found: Vec<(Month, Month, Option<usize>)> = Vec::new();
    for m in months {
        let shade = overlap(m).map(|o| edges.iter().filter(|e| o >= **e).count());
        match found.last_mut() {
            Some(last) if last.2 == shade => last.1 = m.month,
            _ => found.push((m.month, m.month, shade)),
        }
    }
    found
}

/// A line an issue, a cell a run of months in one shade; darker is less overlap, an outline is unknown.
/// `None` where no overlap is known.
pub fn spec(findings: &Findings, lang: Lang, column: Column) -> Option<Value> {
    let names = Names::new(findings, lang);
    let words = names.words;
    let edges = edges(findings);
    let size = column.pick(9.0, 10.0);
    let left = column.pick(118, 190);
    let (mut cells, mut order, mut labels) = (Vec::new(), Vec::new(), Vec::new());
    for (i, (id, name, overlap)) in lines(&names).into_iter().enumerate() {
        order.push(i);
        let said = wrapped(&name, (f64::from(left - 8) / (size * 0.5)) as usize);
        let up = said.len().saturating_sub(1) as f64 * (size + 1.0) / 2.0;
        labels.push(json!({"line": i, "label": said.join("\n"), "dy": -up, "href": (!id.is_empty()).then(|| format!("#behind-{id}"))}));
        for (from, to, shade) in runs(&findings.months, &edges, &overlap) {
            cells.push(json!({"line": i, "from": at(from), "to": at(next(to)), "shade": shade}));
        }
    }
    if cells.iter().all(|c| c["shade"].is_null()) {
        return None;
    }
    let of_five = |i: usize| SHADES[(i + 5 - edges.len() - 1).min(4)];
    let shades: Vec<usize> = (0..=edges.len()).collect();
    let said: Vec<String> = shades
        .iter()
        .map(|i| {
            let low = i.checked_sub(1).and_then(|j| edges.get(j)).unwrap_or(&0.0);
            format!("{low:.2} – {:.2}", edges.get(*i).unwrap_or(&1.0))
        })
        .collect();
    let legend = json!({"title": words.get("word-overlap"), "orient": "bottom", "columns": column.pick(3, 5), "symbolType": "square", "symbolSize": 130, "symbolStrokeWidth": 0.5,
        "labelExpr": format!("{}[datum.value]", json!(said))});
    let x = months_axis(&names, "from", column, true);
    let y = json!({"field": "line", "type": "ordinal", "sort": null, "scale": {"domain": order, "padding": 0.12},
        "axis": null});
    let label = |linked: bool| {
        let mut encoding = json!({"x": {"value": -6}, "y": y, "text": {"field": "label"}});
        if linked {
            encoding["href"] = json!({"field": "href"});
        }
        json!({"data": {"name": "labels"}, "transform": [{"filter": if linked { "datum.href !== null" } else { "datum.href === null" }}],
            "mark": {"type": "text", "align": "right", "baseline": "middle", "dy": {"expr": "datum.dy"}, "fontSize": size, "lineHeight": size + 1.0, "lineBreak": "\n"}, "encoding": encoding})
    };
    Some(figure(
        &words.get("figure-heat-title"),
        None,
        json!({"cells": cells, "labels": labels}),
        json!({
            "width": column.plot(left), "height": {"step": column.pick(34, 26)}, "data": {"name": "cells"},
            "layer": [
                label(true), label(false),
                {"transform": [{"filter": "datum.shade === null"}],
                 "mark": {"type": "bar", "fillOpacity": 0, "stroke": GREY, "strokeOpacity": 0.8, "strokeDash": [2, 2]},
                 "encoding": {"x": x, "x2": {"field": "to"}, "y": y}},
                {"transform": [{"filter": "datum.shade !== null"}], "mark": {"type": "bar", "height": {"band": 1}, "stroke": GREY, "strokeWidth": 0.3},
                 "encoding": {"x": x, "x2": {"field": "to"}, "y": y,
                    "color": {"field": "shade", "type": "ordinal", "scale": {"domain": shades, "range": shades.iter().map(|i| of_five(*i)).collect::<Vec<_>>()}, "legend": legend}}}
            ]
        }),
    ))
}

/// A row a month, a column a line of the figure.
pub(super) fn table(names: &Names<'_>) -> Table {
    let lines = lines(names);
    let mut head = vec![names.words.get("word-month")];
    head.extend(lines.iter().map(|(_, name, _)| name.clone()));
    let rows = names.findings.months.iter().map(|m| {
        let mut cells = vec![Cell::when(m.month.to_string())];
        cells.extend(lines.iter().map(|l| Cell::number(number((l.2)(m)))));
        cells
    });
    Table {
        head,
        rows: rows.collect(),
    }
}

/// Rows of the record behind one issue: a line for each run of months that rests on the same rows.
pub(crate) fn behind(names: &Names<'_>, issue: &str) -> Table {
    let words = names.words;
    let triad = &names.findings.triad;
    let head = vec![
        words.get("word-months"),
        names.actor(&triad.ally),
        names.actor(&triad.patron),
        words.get("word-overlap"),
        words.get("word-rows"),
    ];
    type Run<'a> = (
        Month,
        Month,
        &'a IssueMonth,
        &'a IssueMonth,
        Vec<&'a String>,
    );
    let mut runs: Vec<Run<'_>> = Vec::new();
    for m in &names.findings.months {
        let Some(here) = m.issues.iter().find(|i| i.issue == issue) else {
            continue;
        };
        let mut rows: Vec<&String> = here.rows.iter().collect();
        rows.sort();
        match runs.last_mut() {
            Some(last) if last.4 == rows => (last.1, last.3) = (m.month, here),
            _ => runs.push((m.month, m.month, here, here, rows)),
        }
    }
    let change = |a: Option<f64>, b: Option<f64>| {
        let (a, b) = (number(a), number(b));
        Cell::number(if a == b { a } else { format!("{a} → {b}") })
    };
    let rows = runs
        .into_iter()
        .filter(|r| !r.4.is_empty())
        .map(|(from, to, a, b, rows)| {
            vec![
                Cell::when(if from == to {
                    from.to_string()
                } else {
                    format!("{from} – {to}")
                }),
                change(a.ally, b.ally),
                change(a.patron, b.patron),
                change(a.overlap, b.overlap),
                Cell::rows(rows.into_iter().cloned().collect()),
            ]
        });
    Table {
        head,
        rows: rows.collect(),
    }
}
