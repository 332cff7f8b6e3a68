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

fn of_issue<'m>(month: &'m MonthFinding, issue: &str) -> Option<&'m IssueMonth> {
    month.issues.iter().find(|i| i.issue == issue)
}

/// A line of the figure: an issue, or all of a family together.
struct Line<'a> {
    /// The issue; empty for a family.
    issue: String,
    name: String,
    /// As known before each month.
    overlap: Overlap<'a>,
    /// From what came later too.
    in_hindsight: Overlap<'a>,
}

impl Line<'_> {
    /// Whether anything is known of it in hindsight.
    fn has_hindsight(&self, months: &[MonthFinding]) -> bool {
        months.iter().any(|m| (self.in_hindsight)(m).is_some())
    }
}

/// Every line: the rival's issues, all of them together, then the ally's.
fn lines<'a>(names: &Names<'a>) -> Vec<Line<'a>> {
    let f = names.findings;
    let family = |family: Family| {
        let issues = f.issues.iter().filter(move |i| i.family == family);
        issues.map(|i| Line {
            issue: i.id.clone(),
            name: i.name.get(names.lang).to_owned(),
            overlap: Box::new(|m| of_issue(m, &i.id)?.overlap),
            in_hindsight: Box::new(|m| of_issue(m, &i.id)?.overlap_in_hindsight),
        })
    };
    let whole = Line {
        issue: String::new(),
        name: names.words.get("figure-heat-together"),
        overlap: Box::new(|m| m.interests.overlap),
        in_hindsight: Box::new(|_| None),
    };
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

/// Shares of a line's height, from its top: what was known before each month, a gap, and the thin strip that
/// shows what is known in hindsight.
const KNOWN: f64 = 0.70;
const GAP: f64 = 0.05;
const HINDSIGHT: f64 = 0.13;
/// Share of the step from line to line that stays empty.
const PADDING: f64 = 0.12;

/// A line an issue, a cell a run of months in one shade; darker is less overlap, an outline is unknown. A thin
/// strip under a line is the same in hindsight. `None` where no overlap is known.
pub fn spec(findings: &Findings, lang: Lang, column: Column) -> Option<Value> {
    let names = Names::new(findings, lang);
    let words = names.words;
    let edges = edges(findings);
    let size = column.pick(9.0, 10.0);
    let left = column.pick(118, 190);
    let (mut cells, mut order, mut labels) = (Vec::new(), Vec::new(), Vec::new());
    let mut strips = Vec::new();
    for (i, line) in lines(&names).into_iter().enumerate() {
        order.push(i);
        let said = wrapped(&line.name, (f64::from(left - 8) / (size * 0.5)) as usize);
        let up = said.len().saturating_sub(1) as f64 * (size + 1.0) / 2.0;
        let href = if line.issue.is_empty() {
            String::new()
        } else {
            format!("#behind-{}", line.issue)
        };
        labels.push(json!({"line": i, "label": said.join("\n"), "dy": -up, "href": href}));
        let cell = |(from, to, shade)| json!({"line": i, "from": at(from), "to": at(next(to)), "shade": shade, "href": href});
        let known = runs(&findings.months, &edges, &line.overlap);
        cells.extend(known.into_iter().map(cell));
        let later = runs(&findings.months, &edges, &line.in_hindsight);
        strips.extend(later.into_iter().filter(|r| r.2.is_some()).map(cell));
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
    let y = json!({"field": "line", "type": "ordinal", "sort": null, "scale": {"domain": order, "padding": PADDING},
        "axis": null});
    let step = column.pick(36.0, 28.0);
    // A bar of part of a line's height stands in its middle: the one goes up to its edge, the other under it.
    let from_middle = |centre: f64| step * (1.0 - PADDING) * (centre - 0.5);
    let up = from_middle(KNOWN / 2.0);
    let down = from_middle(KNOWN + GAP + HINDSIGHT / 2.0);
    let color = json!({"field": "shade", "type": "ordinal", "legend": legend,
        "scale": {"domain": shades, "range": shades.iter().map(|i| of_five(*i)).collect::<Vec<_>>()}});
    Some(figure(
        &words.get("figure-heat-title"),
        None,
        json!({"cells": cells, "strips": strips, "labels": labels}),
        json!({
            "width": column.plot(left), "height": {"step": step}, "data": {"name": "cells"},
            "layer": [
                {"data": {"name": "labels"}, "mark": {"type": "text", "align": "right", "baseline": "middle", "dy": {"expr": "datum.dy"}, "fontSize": size, "lineHeight": size + 1.0, "lineBreak": "\n"},
                 "encoding": {"x": {"value": -6}, "y": y, "text": {"field": "label"}, "href": {"field": "href"}}},
                {"transform": [{"filter": "datum.shade === null"}],
                 "mark": {"type": "bar", "height": {"band": KNOWN}, "yOffset": up, "fillOpacity": 0, "stroke": GREY, "strokeOpacity": 0.8, "strokeDash": [2, 2]},
                 "encoding": {"x": x, "x2": {"field": "to"}, "y": y}},
                {"transform": [{"filter": "datum.shade !== null"}], "mark": {"type": "bar", "height": {"band": KNOWN}, "yOffset": up, "stroke": GREY, "strokeWidth": 0.3},
                 "encoding": {"x": x, "x2": {"field": "to"}, "y": y, "color": color, "href": {"field": "href"}}},
                {"data": {"name": "strips"}, "mark": {"type": "bar", "height": {"band": HINDSIGHT}, "yOffset": down},
                 "encoding": {"x": x, "x2": {"field": "to"}, "y": y, "color": color}}
            ]
        }),
    ))
}

/// A row a month, a column a line of the figure, then a column a strip.
pub(super) fn table(names: &Names<'_>) -> Table {
    let months = &names.findings.months;
    let lines = lines(names);
    let later: Vec<&Line<'_>> = lines.iter().filter(|l| l.has_hindsight(months)).collect();
    let mut head = vec![names.words.get("word-month")];
    head.extend(lines.iter().map(|l| l.name.clone()));
    let in_hindsight = names.words.get("figure-heat-hindsight");
    head.extend(later.iter().map(|l| format!("{} · {in_hindsight}", l.name)));
    let rows = months.iter().map(|m| {
        let mut cells = vec![Cell::when(m.month.to_string())];
        let known = lines.iter().map(|l| (l.overlap)(m));
        let values = known.chain(later.iter().map(|l| (l.in_hindsight)(m)));
        cells.extend(values.map(|v| Cell::number(number(v))));
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
