//! What carries a reading: a role's log-odds in one month, part by part.

use serde_json::{Value, json};
use tertius::findings::{EvidencePart, Findings, PartKind, Waterfall};
use tertius::vocabulary::Lang;

use super::theme::{Column, GREY, INK, figure, round};
use super::{Cell, Figure, Table};
use crate::names::{Names, number, shortened, signed};

/// Bars of their own for so many rows and silences; the rest are one bar.
const MOST: usize = 12;

struct Bar {
    label: String,
    from: f64,
    to: f64,
    kind: &'static str,
}

/// The bars from the prior to the log-odds: each starts where the one before it ended.
fn bars(names: &Names<'_>, fall: &Waterfall, most: usize) -> Vec<Bar> {
    let words = names.words;
    let mut order: Vec<&EvidencePart> = fall.parts.iter().collect();
    order.sort_by(|a, b| b.nats.abs().total_cmp(&a.nats.abs()));
    let of_record = |p: &&EvidencePart| matches!(p.kind, PartKind::Row | PartKind::Silence);
    let sum = |parts: &[&EvidencePart]| parts.iter().map(|p| p.nats).sum::<f64>();
    let kept: Vec<&EvidencePart> = order.iter().copied().filter(of_record).take(MOST).collect();
    let rest: Vec<&EvidencePart> = order.iter().copied().filter(of_record).skip(MOST).collect();
    let mut steps: Vec<(String, f64)> = Vec::new();
    let prior: Vec<&EvidencePart> = fall
        .parts
        .iter()
        .filter(|p| p.kind == PartKind::Prior)
        .collect();
    steps.push((words.get("figure-waterfall-prior"), sum(&prior)));
    steps.extend(kept.iter().map(|p| (part_label(names, p, most), p.nats)));
    if !rest.is_empty() {
        steps.push((
            words.with("figure-waterfall-rest", &[("n", rest.len().into())]),
            sum(&rest),
        ));
    }
    let averaged: Vec<&EvidencePart> = fall
        .parts
        .iter()
        .filter(|p| matches!(p.kind, PartKind::ParameterUncertainty | PartKind::Residual))
        .collect();
    if !averaged.is_empty() {
        steps.push((words.get("figure-waterfall-parameters"), sum(&averaged)));
    }
    let mut at = 0.0;
    let mut found = Vec::new();
    for (label, nats) in steps {
        let kind = if nats < 0.0 { "away" } else { "toward" };
        found.push(Bar {
            label,
            from: at,
            to: at + nats,
            kind,
        });
        at += nats;
    }
    found.push(Bar {
        label: words.get("figure-waterfall-total"),
        from: 0.0,
        to: fall.log_odds,
        kind: "total",
    });
    found
}

/// A part in words: a row by its id, date and sentence; a silence by its month.
pub(crate) fn part_label(names: &Names<'_>, part: &EvidencePart, most: usize) -> String {
    let words = names.words;
    match (part.kind, &part.row, part.month) {
        (PartKind::Row, Some(id), _) => match names.row(id) {
            Some(row) => shortened(
                &format!(
                    "{} {} {}",
                    row.id,
                    row.date,
                    row.description.get(names.lang)
                ),
                most,
            ),
            None => id.clone(),
        },
        (PartKind::Silence, _, Some(month)) => {
            let what = part.what.clone().unwrap_or_default();
            if what == "volume" || what.is_empty() {
                words.with(
                    "figure-waterfall-silence",
                    &[("month", month.to_string().into())],
                )
            } else {
                words.with(
                    "figure-waterfall-unanswered",
                    &[("month", month.to_string().into()), ("what", what.into())],
                )
            }
        }
        (PartKind::Prior, ..) => words.get("figure-waterfall-prior"),
        _ => words.get("figure-waterfall-parameters"),
    }
}

fn title(names: &Names<'_>, fall: &Waterfall) -> String {
    let (role, month) = (names.role(&fall.role), fall.month.to_string());
    let p = number(Some(fall.p));
    names.words.with(
        "figure-waterfall-title",
        &[
            ("role", role.into()),
            ("month", month.into()),
            ("p", p.into()),
        ],
    )
}

/// Bars from the prior to the log-odds of `fall`, the weightiest rows first. `None` without parts.
pub fn spec(findings: &Findings, fall: &Waterfall, lang: Lang, column: Column) -> Option<Value> {
    if fall.parts.is_empty() {
        return None;
    }
    let names = Names::new(findings, lang);
    let words = names.words;
    let left = column.pick(150, 330);
    // A Chinese character is as wide as two Latin ones.
    let most = match lang {
        Lang::En => column.pick(26, 60),
        Lang::Zh => column.pick(20, 40),
    };
    let steps = bars(&names, fall, most);
    let values: Vec<Value> = steps
        .iter()
        .enumerate()
        .map(|(i, b)| {
            let change = b.to - b.from;
            json!({"order": i, "label": b.label, "from": round(b.from), "to": round(b.to), "end": round(b.from.max(b.to)), "kind": b.kind, "change": if b.kind == "total" { number(Some(b.to)) } else { signed(change) }})
        })
        .collect();
    let x = |field: &str| json!({"field": field, "type": "quantitative", "scale": {"padding": column.pick(22, 30), "nice": false}, "axis": {"title": words.get("figure-waterfall-x"), "tickCount": column.pick(4, 7)}});
    let labels: Vec<&str> = steps.iter().map(|b| b.label.as_str()).collect();
    let y = json!({"field": "order", "type": "ordinal", "sort": null,
        "axis": {"title": null, "grid": false, "labelLimit": left, "labelFontSize": column.pick(9, 10), "labelExpr": format!("{}[datum.value]", json!(labels))}});
    Some(figure(
        &title(&names, fall),
        None,
        json!({"parts": values}),
        json!({
            "width": column.plot(left), "height": {"step": 17}, "data": {"name": "parts"},
            "layer": [
                {"mark": {"type": "rule", "color": GREY}, "encoding": {"x": {"datum": 0}}},
                {"mark": {"type": "bar", "height": {"band": 0.7}},
                 "encoding": {"x": x("from"), "x2": {"field": "to"}, "y": y,
                    "color": {"field": "kind", "type": "nominal", "legend": null, "scale": {"domain": ["toward", "away", "total"], "range": ["#0072B2", "#E69F00", "#888888"]}}}},
                {"mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 9.5, "color": INK},
                 "encoding": {"x": x("end"), "y": y, "text": {"field": "change"}}}
            ]
        }),
    ))
}

/// One figure for each waterfall.
pub(super) fn all(names: &Names<'_>) -> Vec<Figure> {
    let f = names.findings;
    let figures = f.waterfalls.iter().filter_map(|fall| {
        Some(Figure {
            kind: "waterfall",
            id: format!("waterfall-{}-{}", fall.month, fall.role),
            title: title(names, fall),
            caption: names.words.get("figure-waterfall-caption"),
            double: spec(f, fall, names.lang, Column::Double)?,
            single: spec(f, fall, names.lang, Column::Single)?,
            table: table(names, fall),
        })
    });
    figures.collect()
}

/// Every part, not only those with a bar of their own.
fn table(names: &Names<'_>, fall: &Waterfall) -> Table {
    let words = names.words;
    let head = vec![
        words.get("word-evidence"),
        words.get("word-nats"),
        words.get("word-mc-error"),
        words.get("word-rows"),
    ];
    let mut rows: Vec<Vec<Cell>> = fall
        .parts
        .iter()
        .map(|p| {
            vec![
                Cell::text(part_label(names, p, 90)),
                Cell::number(signed(p.nats)),
                Cell::number(number(Some(p.mc_error))),
                Cell::rows(p.row.iter().cloned().collect()),
            ]
        })
        .collect();
    rows.push(vec![
        Cell::text(words.get("figure-waterfall-total")),
        Cell::number(number(Some(fall.log_odds))),
        Cell::default(),
        Cell::default(),
    ]);
    Table { head, rows }
}
