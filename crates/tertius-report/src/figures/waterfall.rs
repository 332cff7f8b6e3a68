//! What carries a reading: a role's log-odds in one month, part by part.

use serde_json::{Value, json};
use tertius::findings::{EvidencePart, Findings, PartKind, Waterfall};
use tertius::vocabulary::Lang;

use super::theme::{Column, GREY, INK, figure, round};
use super::{Cell, Figure, Table};
use crate::names::{Names, number, signed};
use crate::terminal::{columns, wrapped};

/// Bars of their own for so many rows and silences; the rest are one bar.
const MOST: usize = 10;

struct Bar {
    label: String,
    /// The row that it rests on, if it is one row.
    row: Option<String>,
    from: f64,
    to: f64,
    kind: &'static str,
}

/// The row of the record that a part rests on: its own, or the measure that stayed unanswered.
fn row_of(names: &Names<'_>, part: &EvidencePart) -> Option<String> {
    let id = part.row.as_ref().or(match part.kind {
        PartKind::Silence => part.what.as_ref(),
        _ => None,
    })?;
    names.row(id).map(|r| r.id.clone())
}

/// The bars from the prior to the log-odds: each starts where the one before it ended.
fn bars(names: &Names<'_>, fall: &Waterfall) -> Vec<Bar> {
    let words = names.words;
    let mut order: Vec<&EvidencePart> = fall.parts.iter().collect();
    order.sort_by(|a, b| b.nats.abs().total_cmp(&a.nats.abs()));
    let of_record = |p: &&EvidencePart| matches!(p.kind, PartKind::Row | PartKind::Silence);
    let sum = |parts: &[&EvidencePart]| parts.iter().map(|p| p.nats).sum::<f64>();
    let of_kind = |kinds: &[PartKind]| -> Vec<&EvidencePart> {
        let parts = fall.parts.iter();
        parts.filter(|p| kinds.contains(&p.kind)).collect()
    };
    let kept: Vec<&EvidencePart> = order.iter().copied().filter(of_record).take(MOST).collect();
    let rest: Vec<&EvidencePart> = order.iter().copied().filter(of_record).skip(MOST).collect();
    let prior = of_kind(&[PartKind::Prior]);
    let averaged = of_kind(&[PartKind::ParameterUncertainty, PartKind::Residual]);
    let mut steps: Vec<(String, Option<String>, f64)> =
        vec![(words.get("figure-waterfall-prior"), None, sum(&prior))];
    steps.extend(
        kept.iter()
            .map(|p| (part_label(names, p), row_of(names, p), p.nats)),
    );
    if !rest.is_empty() {
        let said = words.with("figure-waterfall-rest", &[("n", rest.len().into())]);
        steps.push((said, None, sum(&rest)));
    }
    if !averaged.is_empty() {
        steps.push((
            words.get("figure-waterfall-parameters"),
            None,
            sum(&averaged),
        ));
    }
    let mut at = 0.0;
    let mut found = Vec::new();
    for (label, row, nats) in steps {
        let kind = if nats < 0.0 { "away" } else { "toward" };
        found.push(Bar {
            label,
            row,
            from: at,
            to: at + nats,
            kind,
        });
        at += nats;
    }
    found.push(Bar {
        label: words.get("figure-waterfall-total"),
        row: None,
        from: 0.0,
        to: fall.log_odds,
        kind: "total",
    });
    found
}

/// A part in words: a row by its date, id and sentence; a silence by its month.
pub(crate) fn part_label(names: &Names<'_>, part: &EvidencePart) -> String {
    let words = names.words;
    match (part.kind, &part.row, part.month) {
        (PartKind::Row, Some(id), _) => match names.row(id) {
            Some(row) => format!(
                "{} {} {}",
                row.date,
                row.id,
                row.description.get(names.lang)
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

/// The rows with a bar of their own.
pub(crate) fn weightiest(names: &Names<'_>, fall: &Waterfall) -> Vec<String> {
    let bars = bars(names, fall).into_iter();
    bars.filter_map(|b| b.row).collect()
}

/// The figure of a waterfall, in the page and as a file.
pub(crate) fn anchor(fall: &Waterfall) -> String {
    format!("waterfall-{}-{}", fall.month, fall.role)
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

/// Measures of a bar and its label, in pixels.
struct Layout {
    /// Room for labels at the left of the bars; none where they stand above.
    left: u32,
    size: f64,
    step: f64,
    bar: [f64; 2],
    /// The reach of the rule at zero: the whole step, but not through a label above the bar.
    rule: [f64; 2],
}

impl Layout {
    fn of(column: Column) -> Layout {
        column.pick(
            Layout {
                left: 0,
                size: 9.0,
                step: 40.0,
                bar: [25.0, 36.0],
                rule: [23.0, 38.0],
            },
            Layout {
                left: 352,
                size: 9.5,
                step: 27.0,
                bar: [6.0, 20.0],
                rule: [0.0, 27.0],
            },
        )
    }

    /// Columns of characters in a line of a label.
    fn columns(&self, wide: u32) -> usize {
        let room = if self.left > 0 { self.left - 12 } else { wide };
        (f64::from(room) / (self.size * 0.53)) as usize
    }

    /// The middle of a label's first line, from the top of its bar's place.
    fn first_line(&self, lines: usize) -> f64 {
        let more = lines.saturating_sub(1) as f64 * self.line();
        if self.left > 0 {
            (self.bar[0] + self.bar[1]) / 2.0 - more / 2.0
        } else {
            self.bar[0] - 7.0 - more
        }
    }

    fn line(&self) -> f64 {
        self.size + 1.5
    }
}

/// Bars from the prior to the log-odds of `fall`, the weightiest rows first, each led by its date and what was
/// done; a bar and its label lead to the row. `None` without parts.
pub fn spec(findings: &Findings, fall: &Waterfall, lang: Lang, column: Column) -> Option<Value> {
    if fall.parts.is_empty() {
        return None;
    }
    let names = Names::new(findings, lang);
    let words = names.words;
    let layout = Layout::of(column);
    let wide = column.plot(layout.left);
    let steps = bars(&names, fall);
    let high = layout.step * steps.len() as f64;
    let values: Vec<Value> = steps
        .iter()
        .enumerate()
        .map(|(i, b)| {
            let top = layout.step * i as f64;
            let label = two_lines(&b.label, layout.columns(wide));
            json!({
                "top": round(top + layout.bar[0]), "foot": round(top + layout.bar[1]), "line": round(top + layout.first_line(label.len())),
                "zero": 0, "from_top": round(top + layout.rule[0]), "to_foot": round(top + layout.rule[1]),
                "label": label.join("\n"), "href": b.row.as_ref().map(|id| format!("#row-{id}")),
                "from": round(b.from), "to": round(b.to), "end": round(b.from.max(b.to)), "kind": b.kind,
                "change": if b.kind == "total" { number(Some(b.to)) } else { signed(b.to - b.from) }
            })
        })
        .collect();
    let x = |field: &str| json!({"field": field, "type": "quantitative", "scale": {"padding": column.pick(24, 30), "nice": false}, "axis": {"title": words.get("figure-waterfall-x"), "grid": false, "tickCount": column.pick(5, 6)}});
    let y = |field: &str| json!({"field": field, "type": "quantitative", "scale": {"domain": [high, 0.0], "nice": false, "zero": false}, "axis": null});
    let colour = json!({"field": "kind", "type": "nominal", "legend": null, "scale": {"domain": ["toward", "away", "total"], "range": ["#0072B2", "#E69F00", "#888888"]}});
    let bar = |linked: bool| {
        let mut encoding = json!({"x": x("from"), "x2": {"field": "to"}, "y": y("top"), "y2": {"field": "foot"}, "color": colour});
        layer(linked, &mut encoding);
        json!({"transform": [{"filter": filter(linked)}], "mark": {"type": "rect"}, "encoding": encoding})
    };
    let text = |linked: bool| {
        let mut encoding = json!({"x": {"value": -i64::from(layout.left)}, "y": y("line"), "text": {"field": "label"}});
        layer(linked, &mut encoding);
        json!({"transform": [{"filter": filter(linked)}], "mark": {"type": "text", "align": "left", "baseline": "middle", "fontSize": layout.size, "lineHeight": layout.line(), "lineBreak": "\n"}, "encoding": encoding})
    };
    Some(figure(
        &title(&names, fall),
        None,
        json!({"parts": values}),
        json!({
            "width": wide, "height": high, "data": {"name": "parts"},
            "layer": [
                {"mark": {"type": "rule", "color": GREY, "strokeOpacity": 0.8}, "encoding": {"x": x("zero"), "y": y("from_top"), "y2": {"field": "to_foot"}}},
                bar(true), bar(false), text(true), text(false),
                {"transform": [{"calculate": "(datum.top + datum.foot) / 2", "as": "middle"}], "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 4, "fontSize": 9.5, "color": INK},
                 "encoding": {"x": x("end"), "y": y("middle"), "text": {"field": "change"}}}
            ]
        }),
    ))
}

fn filter(linked: bool) -> &'static str {
    if linked {
        "datum.href !== null"
    } else {
        "datum.href === null"
    }
}

fn layer(linked: bool, encoding: &mut Value) {
    if linked {
        encoding["href"] = json!({"field": "href"});
    }
}

/// `text` on at most two lines, the second cut where there is more.
fn two_lines(text: &str, most: usize) -> Vec<String> {
    let mut lines = wrapped(text, most);
    if lines.len() > 2 {
        lines.truncate(2);
        if let Some(last) = lines.last_mut() {
            while columns(last) + 1 > most {
                last.pop();
            }
            last.push('…');
        }
    }
    lines
}

/// One figure for each waterfall.
pub(super) fn all(names: &Names<'_>) -> Vec<Figure> {
    let f = names.findings;
    let figures = f.waterfalls.iter().filter_map(|fall| {
        Some(Figure {
            kind: "waterfall",
            id: anchor(fall),
            title: title(names, fall),
            caption: names.words.get("figure-waterfall-caption"),
            double: spec(f, fall, names.lang, Column::Double)?,
            single: spec(f, fall, names.lang, Column::Single)?,
            table: table(names, fall),
        })
    });
    figures.collect()
}

/// Parts that do not round to nothing, the weightiest first, and the sum of the others.
fn table(names: &Names<'_>, fall: &Waterfall) -> Table {
    let words = names.words;
    let head = vec![
        words.get("word-evidence"),
        words.get("word-nats"),
        words.get("word-mc-error"),
        words.get("word-rows"),
    ];
    let mut order: Vec<&EvidencePart> = fall.parts.iter().collect();
    order.sort_by(|a, b| b.nats.abs().total_cmp(&a.nats.abs()));
    let shown = |p: &&EvidencePart| {
        !matches!(p.kind, PartKind::Row | PartKind::Silence) || number(Some(p.nats.abs())) != "0.00"
    };
    let line = |p: &EvidencePart| {
        let said = match (p.kind, p.row.as_ref().and_then(|id| names.row(id))) {
            (PartKind::Row, Some(r)) => format!("{} {}", r.date, r.description.get(names.lang)),
            _ => part_label(names, p),
        };
        vec![
            Cell::text(said),
            Cell::number(signed(p.nats)),
            Cell::number(number(Some(p.mc_error))),
            Cell::rows(row_of(names, p).into_iter().collect()),
        ]
    };
    let mut rows: Vec<Vec<Cell>> = order.iter().copied().filter(shown).map(line).collect();
    let small: Vec<f64> = order.iter().filter(|p| !shown(p)).map(|p| p.nats).collect();
    if !small.is_empty() {
        let said = words.with("figure-waterfall-small", &[("n", small.len().into())]);
        let sum = Cell::number(signed(small.iter().sum()));
        rows.push(vec![
            Cell::text(said),
            sum,
            Cell::default(),
            Cell::default(),
        ]);
    }
    rows.push(vec![
        Cell::text(words.get("figure-waterfall-total")),
        Cell::number(number(Some(fall.log_odds))),
        Cell::default(),
        Cell::default(),
    ]);
    Table { head, rows }
}
