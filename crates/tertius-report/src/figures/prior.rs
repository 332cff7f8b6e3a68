//! What the prior alone expects, beside what was read.

use serde_json::{Value, json};
use tertius::findings::Findings;
use tertius::vocabulary::Lang;

use super::river::role_colours;
use super::theme::{Column, GREY, INK, figure, mean, round};
use super::{Cell, Table};
use crate::names::{Names, number};

/// The share of months in which the role is read as on: the mean of its probabilities.
fn read(findings: &Findings, role: &str) -> Option<f64> {
    mean(
        findings
            .months
            .iter()
            .filter_map(|m| m.roles.get(role).copied()),
    )
}

/// A line a role: the prior's 5, 50 and 95 % points of the share of months on, and the share read. `None` without them.
pub fn spec(findings: &Findings, lang: Lang, column: Column) -> Option<Value> {
    let names = Names::new(findings, lang);
    let words = names.words;
    let values: Vec<Value> = findings
        .catalogue
        .roles
        .iter()
        .filter_map(|r| {
            let [low, middle, high] = *findings.prior_predictive.share_on.get(&r.id)?;
            Some(json!({"role": r.id, "name": r.name.get(lang), "low": round(low), "middle": round(middle), "high": round(high), "read": read(findings, &r.id).map(round)}))
        })
        .collect();
    if values.is_empty() {
        return None;
    }
    let left = 80;
    let x = |field: &str| json!({"field": field, "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": {"title": words.get("figure-prior-x"), "tickCount": 5}});
    let y = json!({"field": "name", "type": "nominal", "sort": null, "axis": {"title": null, "grid": false}});
    Some(figure(
        &words.get("figure-prior-title"),
        None,
        json!({"shares": values}),
        json!({
            "width": column.plot(left), "height": {"step": 24}, "data": {"name": "shares"},
            "layer": [
                {"mark": {"type": "rule", "color": GREY, "strokeWidth": 5, "strokeOpacity": 0.45}, "encoding": {"x": x("low"), "x2": {"field": "high"}, "y": y}},
                {"mark": {"type": "tick", "color": INK, "thickness": 2, "size": 13}, "encoding": {"x": x("middle"), "y": y}},
                {"mark": {"type": "point", "filled": true, "size": 70, "opacity": 1}, "encoding": {"x": x("read"), "y": y,
                    "color": {"field": "role", "type": "nominal", "legend": null, "scale": role_colours(&names)}}}
            ]
        }),
    ))
}

/// A row a role, then changes and acts a year.
pub(super) fn table(names: &Names<'_>) -> Table {
    let (words, f) = (names.words, names.findings);
    let mut head = vec![words.get("word-quantity")];
    head.extend(["5 %", "50 %", "95 %"].map(str::to_owned));
    head.push(words.get("word-read"));
    let three = |v: &[f64; 3]| v.map(|x| Cell::number(number(Some(x))));
    let mut rows = Vec::new();
    for role in &f.catalogue.roles {
        if let Some(points) = f.prior_predictive.share_on.get(&role.id) {
            let mut cells = vec![Cell::text(words.with(
                "word-share-on",
                &[("role", role.name.get(names.lang).into())],
            ))];
            cells.extend(three(points));
            cells.push(Cell::number(number(read(f, &role.id))));
            rows.push(cells);
        }
    }
    for (key, points) in [
        ("changes-a-year", &f.prior_predictive.changes_a_year),
        ("acts-a-year", &f.prior_predictive.acts_a_year),
    ] {
        let mut cells = vec![Cell::text(words.get(&format!("word-{key}")))];
        cells.extend(three(points));
        cells.push(Cell::default());
        rows.push(cells);
    }
    Table { head, rows }
}
