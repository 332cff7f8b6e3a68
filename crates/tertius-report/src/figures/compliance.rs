//! The patron's measures against the rival, and how the ally answered them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tertius::findings::{Findings, RowFinding};
use tertius::vocabulary::{Lang, Month};

use super::theme::{Column, GREY, INK, at, figure, months_axis, next, round};
use super::{Cell, Table};
use crate::names::Names;

/// How a measure was answered: dark, pale and hollow, which are apart in grey.
const ANSWERS: [(&str, &str); 3] = [
    ("full", "#0072B2"),
    ("lower", "#9cc9e8"),
    ("none", "transparent"),
];

fn measures(findings: &Findings) -> impl Iterator<Item = &RowFinding> {
    findings.rows.iter().filter(|r| r.table == "measures")
}

fn grade(row: &RowFinding) -> Option<u8> {
    row.more.get("answer_grade")?.parse().ok()
}

/// Place in [`ANSWERS`]; of a grade that is not known nothing can be said.
fn answer(row: &RowFinding) -> Option<usize> {
    let asked = row.severity?;
    Some(match grade(row) {
        Some(given) if given >= asked => 0,
        Some(given) if given > 0 => 1,
        _ => 2,
    })
}

/// The quarter in which a row's date begins.
fn quarter(row: &RowFinding) -> Option<Month> {
    let day = row.date.first_day();
    Month::new(day.year(), (day.month() - 1) / 3 * 3 + 1)
}

fn after(quarter: Month) -> Month {
    next(next(next(quarter)))
}

/// Above, measures by quarter: answered in full, by a lower grade, not at all. Below, compliance up to each
/// month. `None` without measures.
pub fn spec(findings: &Findings, lang: Lang, column: Column) -> Option<Value> {
    let names = Names::new(findings, lang);
    let words = names.words;
    let mut counts: BTreeMap<Month, [u32; 3]> = BTreeMap::new();
    for row in measures(findings) {
        if let (Some(quarter), Some(answer)) = (quarter(row), answer(row)) {
            counts.entry(quarter).or_default()[answer] += 1;
        }
    }
    if counts.is_empty() {
        return None;
    }
    let said = ANSWERS.map(|(id, _)| words.get(&format!("figure-compliance-{id}")));
    let mut bars = Vec::new();
    for (quarter, each) in &counts {
        let mut sum = 0;
        for (i, n) in each.iter().enumerate().filter(|(_, n)| **n > 0) {
            // Bars of neighbouring quarters do not touch.
            let (from, to) = (at(*quarter) + 0.02, at(after(*quarter)) - 0.02);
            bars.push(json!({"from": round(from), "to": round(to), "low": sum, "high": sum + n, "answer": said[i]}));
            sum += n;
        }
    }
    let known = |m: &tertius::findings::MonthFinding| {
        let value = m.compliance?;
        Some(json!({"month": at(m.month), "value": round(value)}))
    };
    let line: Vec<Value> = findings.months.iter().filter_map(known).collect();
    let left = 34;
    let width = column.plot(left);
    let title = |text: String| json!({"text": text, "anchor": "start", "fontSize": 11, "offset": 3, "frame": "group"});
    let count = json!({"field": "low", "type": "quantitative", "axis": {"title": null, "tickCount": 4, "format": "d", "grid": true}});
    let mut panels = vec![json!({
        "width": width, "height": column.pick(96, 110), "data": {"name": "bars"},
        "title": title(words.get("figure-compliance-measures")),
        "mark": {"type": "rect", "stroke": GREY, "strokeWidth": 0.8},
        "encoding": {
            "x": months_axis(&names, "from", column, line.is_empty()), "x2": {"field": "to"},
            "y": count, "y2": {"field": "high"},
            "fill": {"field": "answer", "type": "nominal", "sort": null,
                "scale": {"domain": said, "range": ANSWERS.map(|(_, colour)| colour)},
                "legend": {"title": null, "orient": "bottom", "columns": column.pick(1, 3), "symbolType": "square", "symbolSize": 110, "labelLimit": 320, "symbolStrokeColor": GREY}}
        }
    })];
    if !line.is_empty() {
        panels.push(json!({
            "width": width, "height": 54, "data": {"name": "line"}, "title": title(words.get("figure-compliance-line")),
            "mark": {"type": "line", "color": INK, "strokeWidth": 1.4, "interpolate": "step-after"},
            "encoding": {
                "x": months_axis(&names, "month", column, true),
                "y": {"field": "value", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": {"title": null, "values": [0, 0.5, 1], "format": ".1~f"}}
            }
        }));
    }
    Some(figure(
        &words.get("figure-compliance-title"),
        None,
        json!({"bars": bars, "line": line}),
        json!({"vconcat": panels, "spacing": 8}),
    ))
}

/// A row a measure.
pub(super) fn table(names: &Names<'_>) -> Table {
    let words = names.words;
    let head = [
        "date",
        "what",
        "grade",
        "answered",
        "answer-grade",
        "reached",
        "exemptions",
        "rows",
    ]
    .map(|k| words.get(&format!("word-{k}")));
    let dash = || "–".to_owned();
    let rows = measures(names.findings).map(|r| {
        let more = |key: &str| r.more.get(key).cloned();
        vec![
            Cell::when(r.date.to_string()),
            Cell::text(r.description.get(names.lang)),
            Cell::number(r.severity.map_or_else(dash, |g| g.to_string())),
            Cell::when(more("answer_date").unwrap_or_else(dash)),
            Cell::number(more("answer_grade").unwrap_or_else(dash)),
            Cell::when(more("grade_date").unwrap_or_else(dash)),
            Cell::text(more("exemptions").unwrap_or_default()),
            Cell::rows(vec![r.id.clone()]),
        ]
    });
    Table {
        head: head.to_vec(),
        rows: rows.collect(),
    }
}
