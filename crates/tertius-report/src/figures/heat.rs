//! Overlap of interests, issue by month.

use serde_json::{Value, json};
use tertius::findings::{Findings, IssueMonth};
use tertius::record::Family;
use tertius::vocabulary::{Lang, Month};

use super::theme::{Column, GREY, at, figure, months_axis, next, round};
use super::{Cell, Table};
use crate::names::{Names, number};

/// Cells reach a little under their right neighbours: edges between two pixels would show as stripes.
const SEAM: f64 = 0.02;

struct Run<'a> {
    from: Month,
    to: Month,
    overlap: Option<f64>,
    ally: Option<f64>,
    patron: Option<f64>,
    rows: &'a [String],
}

/// Months in a row with the same values and the same rows behind them.
fn runs<'a>(findings: &'a Findings, issue: &str) -> Vec<Run<'a>> {
    let mut found: Vec<Run<'a>> = Vec::new();
    for month in &findings.months {
        let here: Option<&IssueMonth> = month.issues.iter().find(|i| i.issue == issue);
        let run = Run {
            from: month.month,
            to: month.month,
            overlap: here.and_then(|i| i.overlap).map(round),
            ally: here.and_then(|i| i.ally).map(round),
            patron: here.and_then(|i| i.patron).map(round),
            rows: here.map_or(&[], |i| &i.rows),
        };
        match found.last_mut() {
            Some(last)
                if (last.overlap, last.ally, last.patron, last.rows)
                    == (run.overlap, run.ally, run.patron, run.rows) =>
            {
                last.to = run.to
            }
            _ => found.push(run),
        }
    }
    found
}

/// A line an issue, a cell a month; darker is less overlap, an outline is unknown. `None` where no overlap is known.
pub fn spec(findings: &Findings, lang: Lang, column: Column) -> Option<Value> {
    let names = Names::new(findings, lang);
    let words = names.words;
    let mut cells = Vec::new();
    let mut order = Vec::new();
    for family in [Family::Rival, Family::Ally] {
        for issue in findings.issues.iter().filter(|i| i.family == family) {
            order.push(issue.id.clone());
            for run in runs(findings, &issue.id) {
                cells.push(json!({"issue": issue.id, "from": at(run.from), "to": round(at(next(run.to)) + SEAM), "overlap": run.overlap}));
            }
        }
    }
    if cells.iter().all(|c| c["overlap"].is_null()) {
        return None;
    }
    let left = column.pick(100, 170);
    let labels: serde_json::Map<String, Value> = findings
        .issues
        .iter()
        .map(|i| (i.id.clone(), i.name.get(lang).into()))
        .collect();
    let x = months_axis(&names, "from", column, true);
    let y = json!({"field": "issue", "type": "nominal", "sort": null, "scale": {"domain": order, "padding": 0.12},
        "axis": {"title": null, "grid": false, "labelLimit": left, "labelExpr": format!("{}[datum.value]", Value::Object(labels))}});
    Some(figure(
        &words.get("figure-heat-title"),
        None,
        json!({"cells": cells}),
        json!({
            "width": column.plot(left), "height": {"step": column.pick(20, 24)}, "data": {"name": "cells"},
            "layer": [
                {"transform": [{"filter": "datum.overlap === null"}],
                 "mark": {"type": "bar", "fillOpacity": 0, "stroke": GREY, "strokeOpacity": 0.6, "strokeDash": [2, 2]},
                 "encoding": {"x": x, "x2": {"field": "to"}, "y": y}},
                {"transform": [{"filter": "datum.overlap !== null"}], "mark": {"type": "bar", "height": {"band": 1}},
                 "encoding": {"x": x, "x2": {"field": "to"}, "y": y,
                    "color": {"field": "overlap", "type": "quantitative", "scale": {"scheme": "cividis", "domain": [0, 1]},
                        "legend": {"title": words.get("word-overlap"), "orient": "bottom", "gradientLength": 180, "gradientThickness": 8, "values": [0, 0.5, 1]}}}}
            ]
        }),
    ))
}

/// A row a run of months, with the rows behind it.
pub(super) fn table(names: &Names<'_>) -> Table {
    let words = names.words;
    let triad = &names.findings.triad;
    let head = vec![
        words.get("word-issue"),
        words.get("word-months"),
        triad.ally.clone(),
        triad.patron.clone(),
        words.get("word-overlap"),
        words.get("word-rows"),
    ];
    let mut rows = Vec::new();
    for issue in &names.findings.issues {
        for run in runs(names.findings, &issue.id) {
            rows.push(vec![
                Cell::text(issue.name.get(names.lang)),
                Cell::text(format!("{} – {}", run.from, run.to)),
                Cell::number(number(run.ally)),
                Cell::number(number(run.patron)),
                Cell::number(number(run.overlap)),
                Cell::rows(run.rows.to_vec()),
            ]);
        }
    }
    Table { head, rows }
}
