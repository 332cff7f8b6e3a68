//! The phase plane: interest overlap against tension between patron and rival.

use serde_json::{Value, json};
use tertius::findings::{Findings, MonthFinding};
use tertius::vocabulary::Lang;

use super::theme::{Column, GREY, INK, figure, round};
use super::{Cell, Table};
use crate::names::{Names, interval, number};

/// The condition whose opposite is tension.
const RELATION: &str = "patron_rival_relation";

fn tension(month: &MonthFinding) -> Option<f64> {
    let relation = month.conditions.iter().find(|c| c.indicator == RELATION)?;
    Some(-relation.value?)
}

/// The overlaps at which the rule's first test turns: below the first conflict, above the second overlap.
fn borders(findings: &Findings) -> Option<(f64, f64)> {
    let threshold = |step: &str| {
        let steps = findings.months.iter().flat_map(|m| &m.rule.trace);
        steps.filter(|s| s.step == step).find_map(|s| s.threshold)
    };
    Some((1.0 - threshold("1")?, 1.0 - threshold("1'")?))
}

/// Takes the label from every dot that stands where a labelled one has its words already: the first and the
/// last keep theirs.
fn unlabel_neighbours(years: &mut [Value], column: Column) {
    let (wide, high) = column.pick((0.17, 0.1), (0.08, 0.08));
    let place = |v: &Value| Some((v["x"].as_f64()?, v["y"].as_f64()?));
    let mut kept: Vec<(f64, f64)> = years.last().and_then(place).into_iter().collect();
    let last = years.len().saturating_sub(1);
    for year in years.iter_mut().take(last) {
        let Some((x, y)) = place(year) else { continue };
        if kept
            .iter()
            .any(|(a, b)| (x - a).abs() < wide && (y - b).abs() < high)
        {
            year["label"] = "".into();
        } else {
            kept.push((x, y));
        }
    }
}

/// The ally's path, a step a month, darker to lighter with time, over the rule's regions. `None` where
/// fewer than two neighbouring months have both an overlap and a relation.
pub fn spec(findings: &Findings, lang: Lang, column: Column) -> Option<Value> {
    let names = Names::new(findings, lang);
    let words = names.words;
    let place = |m: &MonthFinding| Some((round(m.interests.overlap?), round(tension(m)?)));
    let mut steps = Vec::new();
    for pair in findings.months.windows(2) {
        if let (Some((x, y)), Some((x2, y2))) = (place(&pair[0]), place(&pair[1])) {
            let m = pair[1].month;
            let time = f64::from(m.year()) + (f64::from(m.month()) - 1.0) / 12.0;
            steps.push(json!({"x": x, "y": y, "x2": x2, "y2": y2, "time": round(time), "month": m.to_string()}));
        }
    }
    if steps.is_empty() {
        return None;
    }
    let known: Vec<&MonthFinding> = findings
        .months
        .iter()
        .filter(|m| place(m).is_some())
        .collect();
    let last = known.len() - 1;
    let years = known
        .iter()
        .enumerate()
        .filter(|(i, m)| *i == 0 || *i == last || m.month.month() == 1)
        .filter_map(|(i, m)| {
            let (x, y) = place(m)?;
            let label = if i == 0 || i == last {
                m.month.to_string()
            } else {
                m.month.year().to_string()
            };
            let [low, high] = m
                .interests
                .divergence_90
                .map_or([x, x], |[low, high]| [1.0 - high, 1.0 - low]);
            Some(json!({"x": x, "y": y, "label": label, "low": round(low), "high": round(high)}))
        });
    let mut years: Vec<Value> = years.collect();
    unlabel_neighbours(&mut years, column);
    let mut regions = Vec::new();
    if let Some((conflict, overlap)) = borders(findings) {
        for (from, to, key) in [
            (0.0, conflict, "conflict"),
            (conflict, overlap, "between"),
            (overlap, 1.0, "overlap"),
        ] {
            regions.push(json!({"from": round(from), "to": round(to), "middle": round((from + to) / 2.0), "key": key, "label": words.get(&format!("figure-plane-{key}"))}));
        }
    }
    let side = column.plot(60);
    let x = |field: &str| json!({"field": field, "type": "quantitative", "scale": {"domain": [0, 1], "nice": false}, "axis": {"title": words.get("figure-plane-x"), "tickCount": 5}});
    let y = |field: &str| json!({"field": field, "type": "quantitative", "scale": {"domain": [-1, 1], "nice": false}, "axis": {"title": words.get("figure-plane-y"), "tickCount": 5}});
    let times: Vec<f64> = steps.iter().filter_map(|s| s["time"].as_f64()).collect();
    let (first, end) = (times.first().copied()?, times.last().copied()?);
    Some(figure(
        &words.get("figure-plane-title"),
        None,
        json!({"steps": steps, "years": years, "regions": regions}),
        json!({
            "width": side, "height": column.pick(260, 340),
            "layer": [
                {"data": {"name": "regions"}, "mark": {"type": "rect", "stroke": GREY, "strokeOpacity": 0.5},
                 "encoding": {"x": x("from"), "x2": {"field": "to"},
                    "color": {"field": "key", "type": "nominal", "legend": null, "scale": {"domain": ["conflict", "between", "overlap"], "range": ["#D55E00", "#999999", "#0072B2"]}},
                    "fillOpacity": {"value": 0.1}}},
                {"data": {"name": "regions"}, "mark": {"type": "text", "baseline": "top", "fontSize": column.pick(9, 10), "lineBreak": "\n"},
                 "encoding": {"x": x("middle"), "y": {"value": 4}, "text": {"field": "label"}}},
                {"mark": {"type": "rule", "color": GREY, "strokeDash": [2, 2]}, "encoding": {"y": {"datum": 0}}, "data": {"values": [{}]}},
                {"data": {"name": "years"}, "mark": {"type": "rule", "color": GREY, "strokeWidth": 1, "strokeOpacity": 0.6},
                 "encoding": {"x": x("low"), "x2": {"field": "high"}, "y": y("y")}},
                {"data": {"name": "steps"}, "mark": {"type": "rule", "strokeWidth": 2.6, "strokeCap": "round"},
                 "encoding": {"x": x("x"), "x2": {"field": "x2"}, "y": y("y"), "y2": {"field": "y2"},
                    "color": {"field": "time", "type": "quantitative", "scale": {"scheme": "plasma", "domain": [first, end + (end - first) * 0.12], "zero": false, "nice": false},
                        "legend": {"title": words.get("figure-plane-time"), "format": ".0f", "orient": "bottom", "gradientLength": side.min(260), "gradientThickness": 8, "values": [first.ceil(), end.floor()]}}}},
                {"data": {"name": "years"}, "mark": {"type": "point", "filled": true, "size": 26, "color": INK, "opacity": 1}, "encoding": {"x": x("x"), "y": y("y")}},
                {"data": {"name": "years"}, "mark": {"type": "text", "dx": 6, "dy": -6, "align": "left", "fontSize": 9.5}, "encoding": {"x": x("x"), "y": y("y"), "text": {"field": "label"}}}
            ],
            "resolve": {"scale": {"color": "independent"}}
        }),
    ))
}

/// A row a month.
pub(super) fn table(names: &Names<'_>) -> Table {
    let words = names.words;
    let head = ["month", "divergence", "interval-90", "overlap", "tension"];
    let rows = names.findings.months.iter().map(|m| {
        vec![
            Cell::text(m.month.to_string()),
            Cell::number(number(m.interests.divergence)),
            Cell::number(interval(m.interests.divergence_90)),
            Cell::number(number(m.interests.overlap)),
            Cell::number(number(tension(m))),
        ]
    });
    Table {
        head: head
            .iter()
            .map(|k| words.get(&format!("word-{k}")))
            .collect(),
        rows: rows.collect(),
    }
}
