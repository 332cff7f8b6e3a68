//! What carries a reading: a role's log-odds in one month, or their change over a turn, part by part.

use serde_json::{Value, json};
use tertius::findings::{EvidenceChange, EvidencePart, Findings, PartKind, Waterfall};
use tertius::vocabulary::Lang;

use super::fall::{Fall, bars, drawn, of_change, of_month, part_label, row_of, rows_in};
use super::theme::{Column, GREY, INK, figure, round};
use super::{Cell, Figure, Table};
use crate::names::{Names, number, signed};
use crate::terminal::{columns, wrapped};

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
pub fn month(findings: &Findings, fall: &Waterfall, lang: Lang, column: Column) -> Option<Value> {
    let names = Names::new(findings, lang);
    spec(&names, &of_month(&names, fall), column)
}

/// The same from the log-odds before a turn to those after it.
pub fn change(
    findings: &Findings,
    change: &EvidenceChange,
    lang: Lang,
    column: Column,
) -> Option<Value> {
    let names = Names::new(findings, lang);
    spec(&names, &of_change(&names, change), column)
}

pub(super) fn spec(names: &Names<'_>, fall: &Fall<'_>, column: Column) -> Option<Value> {
    if fall.parts.is_empty() {
        return None;
    }
    let words = names.words;
    let layout = Layout::of(column);
    let wide = column.plot(layout.left);
    let steps = bars(names, fall);
    let high = layout.step * steps.len() as f64;
    let values: Vec<Value> = steps
        .iter()
        .enumerate()
        .map(|(i, b)| {
            let top = layout.step * i as f64;
            let label = two_lines(&b.label, layout.columns(wide));
            json!({
                "top": round(top + layout.bar[0]), "foot": round(top + layout.bar[1]), "middle": round(top + (layout.bar[0] + layout.bar[1]) / 2.0), "line": round(top + layout.first_line(label.len())),
                "zero": 0, "from_top": round(top + layout.rule[0]), "to_foot": round(top + layout.rule[1]),
                "label": label.join("\n"), "href": b.row.as_ref().map_or_else(String::new, |id| format!("#row-{id}")),
                "from": round(b.from), "to": round(b.to), "end": round(b.from.max(b.to)), "kind": b.kind,
                "change": if b.kind == "total" { number(Some(b.to)) } else { signed(b.to - b.from) }
            })
        })
        .collect();
    let x = |field: &str| json!({"field": field, "type": "quantitative", "scale": {"padding": column.pick(24, 30), "nice": false}, "axis": {"title": words.get("figure-waterfall-x"), "grid": false, "tickCount": column.pick(5, 6)}});
    let y = |field: &str| json!({"field": field, "type": "quantitative", "scale": {"domain": [high, 0.0], "nice": false, "zero": false}, "axis": null});
    let colour = json!({"field": "kind", "type": "nominal", "legend": null, "scale": {"domain": ["toward", "away", "total"], "range": ["#0072B2", "#E69F00", "#888888"]}});
    // No link for an empty address.
    let href = json!({"field": "href"});
    Some(figure(
        &fall.title,
        None,
        json!({"parts": values}),
        json!({
            "width": wide, "height": high, "data": {"name": "parts"},
            "layer": [
                {"mark": {"type": "rule", "color": GREY, "strokeOpacity": 0.8}, "encoding": {"x": x("zero"), "y": y("from_top"), "y2": {"field": "to_foot"}}},
                {"mark": {"type": "rect"}, "encoding": {"x": x("from"), "x2": {"field": "to"}, "y": y("top"), "y2": {"field": "foot"}, "color": colour, "href": href}},
                {"mark": {"type": "text", "align": "left", "baseline": "middle", "fontSize": layout.size, "lineHeight": layout.line(), "lineBreak": "\n"},
                 "encoding": {"x": {"value": -i64::from(layout.left)}, "y": y("line"), "text": {"field": "label"}, "href": href}},
                {"mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 4, "fontSize": 9.5, "color": INK},
                 "encoding": {"x": x("end"), "y": y("middle"), "text": {"field": "change"}}}
            ]
        }),
    ))
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

/// A figure for each turn's evidence.
pub(super) fn all(names: &Names<'_>) -> Vec<Figure> {
    let figures = drawn(names).into_iter().filter_map(|fall| {
        let caption = match fall.kind {
            "change" => "figure-change-caption",
            _ => "figure-waterfall-caption",
        };
        Some(Figure {
            kind: "waterfall",
            double: spec(names, &fall, Column::Double)?,
            single: spec(names, &fall, Column::Single)?,
            table: table(names, &fall),
            caption: names.words.get(caption),
            id: fall.id,
            title: fall.title,
        })
    });
    figures.collect()
}

/// Parts that do not round to nothing, the weightiest first, and the sum of the others.
pub(crate) fn table(names: &Names<'_>, fall: &Fall<'_>) -> Table {
    let words = names.words;
    let head = vec![
        words.get("word-evidence"),
        words.get("word-nats"),
        words.get("word-mc-error"),
        words.get("word-rows"),
    ];
    let mut order: Vec<&EvidencePart> = fall.parts.iter().collect();
    order.sort_by(|a, b| b.nats.abs().total_cmp(&a.nats.abs()));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    if let Some((said, nats)) = &fall.start {
        rows.push(vec![
            Cell::text(said),
            Cell::number(number(Some(*nats))),
            Cell::default(),
            Cell::default(),
        ]);
        // The prior is the same before and after.
        order.retain(|p| p.kind != PartKind::Prior || number(Some(p.nats.abs())) != "0.00");
    }
    let of_record = |p: &&EvidencePart| matches!(p.kind, PartKind::Row | PartKind::Silence);
    let nothing = |p: &&EvidencePart| number(Some(p.nats.abs())) == "0.00";
    // What is summed is lighter than all that is not: where one of these rounds to nothing, so does each.
    let all_small = fall.parts.iter().filter(of_record).any(|p| nothing(&p));
    let shown = |p: &&EvidencePart| match p.kind {
        PartKind::Rest => !all_small,
        _ => !of_record(p) || !nothing(p),
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
    // A sum of many comes after all that have a line of their own.
    let (sums, own): (Vec<&EvidencePart>, Vec<_>) = order
        .iter()
        .filter(|p| shown(p))
        .partition(|p| p.kind == PartKind::Rest);
    rows.extend(own.into_iter().chain(sums).map(line));
    let small: Vec<&EvidencePart> = order.iter().copied().filter(|p| !shown(p)).collect();
    if !small.is_empty() {
        let n: usize = small.iter().map(|p| rows_in(p)).sum();
        let said = words.with("figure-waterfall-small", &[("n", n.into())]);
        let sum = Cell::number(signed(small.iter().map(|p| p.nats).sum()));
        rows.push(vec![
            Cell::text(said),
            sum,
            Cell::default(),
            Cell::default(),
        ]);
    }
    rows.push(vec![
        Cell::text(&fall.end.0),
        Cell::number(number(Some(fall.end.1))),
        Cell::default(),
        Cell::default(),
    ]);
    Table { head, rows }
}
