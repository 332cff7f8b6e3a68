//! How the reading moves with choices that data can't settle.

use serde_json::{Value, json};
use tertius::findings::Findings;
use tertius::vocabulary::Lang;

use super::theme::{Column, GREY, INK, colour, figure, round, shape};
use super::{Cell, Table};
use crate::names::{Names, number};

/// The words for a choice, or its id.
fn choice(names: &Names<'_>, id: &str) -> String {
    let key = format!("choice-{}", id.replace('_', "-"));
    if names.words.has(&key) {
        names.words.get(&format!("choice-{}", id.replace('_', "-")))
    } else {
        id.replace('_', " ")
    }
}

fn period(names: &Names<'_>, id: &str) -> String {
    let found = names.findings.readings.iter().find(|r| r.id == id);
    found.map_or_else(|| id.to_owned(), |r| format!("{} – {}", r.from, r.to))
}

/// A panel a role, a line a choice, a mark a period; the thin rule is the reading as it stands. `None` without choices.
pub fn spec(findings: &Findings, lang: Lang, column: Column) -> Option<Value> {
    let names = Names::new(findings, lang);
    let words = names.words;
    let mut periods: Vec<String> = Vec::new();
    let mut dots = Vec::new();
    for s in &findings.sensitivity {
        for cell in &s.cells {
            let label = period(&names, &cell.period);
            if !periods.contains(&label) {
                periods.push(label.clone());
            }
            for (i, role) in findings.catalogue.roles.iter().enumerate() {
                let base = findings
                    .readings
                    .iter()
                    .find(|r| r.id == cell.period)
                    .and_then(|r| r.ours.get(&role.id));
                if let Some(p) = cell.roles.get(&role.id) {
                    dots.push(json!({"choice": choice(&names, &s.id), "period": label, "role": role.name.get(lang), "order": i, "p": round(*p), "base": base.copied().map(round)}));
                }
            }
        }
    }
    if dots.is_empty() {
        return None;
    }
    let left = column.pick(120, 190);
    let panels = column.pick(2, findings.catalogue.roles.len().clamp(1, 4)) as u32;
    let each = (column.plot(left) / panels).saturating_sub(12);
    let n = periods.len();
    let colours = json!({"domain": periods, "range": (0..n).map(colour).collect::<Vec<_>>()});
    let shapes = json!({"domain": periods, "range": (0..n).map(shape).collect::<Vec<_>>()});
    let x = |field: &str| json!({"field": field, "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": {"title": words.get("word-probability"), "values": [0, 0.5, 1], "format": ".1~f"}});
    let y = json!({"field": "choice", "type": "nominal", "sort": null, "axis": {"title": null, "grid": true, "labelLimit": left}});
    let legend = json!({"title": null, "orient": "bottom", "columns": column.pick(2, 4)});
    Some(figure(
        &words.get("figure-sensitivity-title"),
        None,
        json!({"dots": dots}),
        json!({
            "data": {"name": "dots"}, "columns": panels,
            "facet": {"field": "role", "type": "nominal", "sort": {"field": "order"}, "title": null},
            "spec": {"width": each, "height": {"step": 22}, "layer": [
                {"mark": {"type": "rule", "color": GREY, "strokeWidth": 1}, "encoding": {"x": x("base"), "x2": {"field": "p"}, "y": y}},
                {"mark": {"type": "tick", "color": INK, "thickness": 1, "size": 11, "opacity": 0.7}, "encoding": {"x": x("base"), "y": y}},
                {"mark": {"type": "point", "filled": true, "size": 46, "opacity": 1}, "encoding": {"x": x("p"), "y": y,
                    "color": {"field": "period", "type": "nominal", "scale": colours, "legend": legend},
                    "shape": {"field": "period", "type": "nominal", "scale": shapes, "legend": legend}}}
            ]}
        }),
    ))
}

/// A row a choice and period.
pub(super) fn table(names: &Names<'_>) -> Table {
    let (words, f) = (names.words, names.findings);
    let mut head = vec![words.get("word-choice"), words.get("word-period")];
    head.extend(
        f.catalogue
            .roles
            .iter()
            .map(|r| r.name.get(names.lang).to_owned()),
    );
    let mut rows = Vec::new();
    for s in &f.sensitivity {
        for cell in &s.cells {
            let mut cells = vec![
                Cell::text(choice(names, &s.id)),
                Cell::text(period(names, &cell.period)),
            ];
            cells.extend(
                f.catalogue
                    .roles
                    .iter()
                    .map(|r| Cell::number(number(cell.roles.get(&r.id).copied()))),
            );
            rows.push(cells);
        }
    }
    Table { head, rows }
}
