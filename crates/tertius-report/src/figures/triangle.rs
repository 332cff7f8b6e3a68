//! The triangle of ally, patron and rival by period.

use serde_json::{Value, json};
use tertius::findings::{Findings, MonthFinding};
use tertius::record::Family;
use tertius::vocabulary::{Lang, Month};

use super::theme::{Column, INK, figure, mean, round};
use super::{Cell, Table};
use crate::names::{Names, number};

struct Period<'a> {
    from: Month,
    to: Month,
    months: &'a [MonthFinding],
}

/// The months between turning points.
fn periods(findings: &Findings) -> Vec<Period<'_>> {
    let mut starts: Vec<usize> = findings
        .turning_points
        .iter()
        .filter_map(|t| findings.months.iter().position(|m| m.month == t.month))
        .collect();
    starts.push(0);
    starts.sort_unstable();
    starts.dedup();
    let ends = starts
        .iter()
        .skip(1)
        .copied()
        .chain([findings.months.len()]);
    let cut = starts.iter().zip(ends).filter_map(|(&start, end)| {
        let months = findings.months.get(start..end)?;
        Some(Period {
            from: months.first()?.month,
            to: months.last()?.month,
            months,
        })
    });
    cut.collect()
}

/// Three ties, each from −1 to 1: ally and patron, ally and rival, patron and rival. Between the first two
/// it is the overlap of interests on the rival, stretched; toward the rival, the preferred posture over
/// the issues of the rival family, weighted by joint salience, or the relation where the case has it.
fn ties(findings: &Findings, period: &Period<'_>) -> [Option<f64>; 3] {
    let months = || period.months.iter();
    let posture = |pick: fn(&tertius::findings::IssueMonth) -> Option<f64>| {
        mean(months().filter_map(move |m| {
            let of_rival = m.issues.iter().filter(|i| {
                findings
                    .issues
                    .iter()
                    .any(|f| f.id == i.issue && f.family == Family::Rival)
            });
            let (mut sum, mut weight) = (0.0, 0.0);
            for issue in of_rival {
                if let (Some(x), Some(w)) = (pick(issue), issue.weight) {
                    sum += w * x;
                    weight += w;
                }
            }
            (weight > 0.0).then(|| sum / weight)
        }))
    };
    let relation = mean(months().filter_map(|m| {
        m.conditions
            .iter()
            .find(|c| c.indicator == "patron_rival_relation")?
            .value
    }));
    [
        mean(months().filter_map(|m| m.interests.overlap)).map(|o| 2.0 * o - 1.0),
        posture(|i| i.ally),
        relation.or_else(|| posture(|i| i.patron)),
    ]
}

/// A small triangle a period: blue and unbroken where a tie is friendly, vermilion and dashed where it is
/// hostile, dotted grey where unknown; the wider, the stronger. `None` where no tie is known in any period.
pub fn spec(findings: &Findings, lang: Lang, column: Column) -> Option<Value> {
    let names = Names::new(findings, lang);
    let words = names.words;
    let periods = periods(findings);
    let corners = [
        (0.0, 0.0, &findings.triad.ally),
        (1.0, 0.0, &findings.triad.patron),
        (0.5, 0.86, &findings.triad.rival),
    ];
    let (mut edges, mut any) = (Vec::new(), false);
    for (i, period) in periods.iter().enumerate() {
        let label = format!("{} – {}", period.from, period.to);
        for ((a, b), tie) in [(0, 1), (0, 2), (1, 2)]
            .into_iter()
            .zip(ties(findings, period))
        {
            any |= tie.is_some();
            let kind = tie.map_or("unknown", |t| if t < 0.0 { "hostile" } else { "friendly" });
            let (p, q) = (corners[a], corners[b]);
            edges.push(json!({
                "period": label, "order": i, "x": p.0, "y": p.1, "x2": q.0, "y2": q.1,
                "mx": (p.0 + q.0) / 2.0, "my": (p.1 + q.1) / 2.0,
                "kind": kind, "strength": tie.map(|t| round(t.abs())), "label": tie.map_or("?".to_owned(), crate::names::signed)
            }));
        }
    }
    if !any {
        return None;
    }
    // Lines of equal length: five triangles stand in one line, or three and two.
    let n = periods.len().max(1);
    let lines = n.div_ceil(column.pick(3, 6));
    let columns = n.div_ceil(lines) as u32;
    let each = (column.pick(318u32, 660) / columns)
        .saturating_sub(14)
        .min(230);
    let coordinate = |field: &str, high: f64| json!({"field": field, "type": "quantitative", "axis": null, "scale": {"domain": [-0.22, high], "nice": false, "zero": false}});
    let (x, y) = (|f: &str| coordinate(f, 1.22), |f: &str| coordinate(f, 1.1));
    let kinds = ["friendly", "hostile", "unknown"];
    let said: Vec<String> = kinds
        .iter()
        .map(|k| words.get(&format!("figure-triangle-{k}")))
        .collect();
    let names_of_kinds = format!(
        "{{'friendly': {}, 'hostile': {}, 'unknown': {}}}[datum.value]",
        json!(said[0]),
        json!(said[1]),
        json!(said[2])
    );
    let legend = json!({"title": null, "orient": "bottom", "labelExpr": names_of_kinds, "symbolType": "stroke", "symbolSize": 300});
    Some(figure(
        &words.get("figure-triangle-title"),
        None,
        json!({"edges": edges}),
        json!({
            "facet": {"field": "period", "type": "nominal", "sort": {"field": "order"}, "title": null},
            "columns": columns, "data": {"name": "edges"},
            "spec": {
                "width": each, "height": each * 9 / 10,
                "layer": [
                    {"mark": {"type": "rule", "strokeCap": "butt"}, "encoding": {
                        "x": x("x"), "y": y("y"), "x2": {"field": "x2"}, "y2": {"field": "y2"},
                        "color": {"field": "kind", "type": "nominal", "scale": {"domain": kinds, "range": ["#0072B2", "#D55E00", "#888888"]},
                            "legend": legend},
                        "strokeDash": {"field": "kind", "type": "nominal", "scale": {"domain": kinds, "range": [[1, 0], [7, 4], [1, 4]]}, "legend": legend},
                        "strokeWidth": {"field": "strength", "type": "quantitative", "scale": {"domain": [0, 1], "range": [1, 8]}, "legend": null}}},
                    {"mark": {"type": "text", "fontSize": 10.5, "dx": {"expr": "datum.my > 0.2 ? (datum.mx < 0.5 ? -20 : 20) : 0"}, "dy": {"expr": "datum.my > 0.2 ? 0 : -11"}},
                     "encoding": {"x": x("mx"), "y": y("my"), "text": {"field": "label"}}},
                    {"mark": {"type": "point", "filled": true, "color": INK, "size": 110, "opacity": 1}, "encoding": {"x": x("x"), "y": y("y")}},
                    {"mark": {"type": "text", "fontSize": 11, "dy": {"expr": "datum.y > 0.5 ? -14 : 16"}}, "encoding": {"x": x("x"), "y": y("y"), "text": {"field": "code"}},
                     "transform": [{"calculate": format!("datum.x === 0 ? {} : datum.x === 1 ? {} : {}", json!(corners[0].2), json!(corners[1].2), json!(corners[2].2)), "as": "code"}]},
                    {"mark": {"type": "point", "filled": true, "color": INK, "size": 110, "opacity": 1}, "encoding": {"x": x("x2"), "y": y("y2")}},
                    {"mark": {"type": "text", "fontSize": 11, "dy": {"expr": "datum.y2 > 0.5 ? -14 : 16"}}, "encoding": {"x": x("x2"), "y": y("y2"), "text": {"field": "code"}},
                     "transform": [{"calculate": format!("datum.x2 === 0 ? {} : datum.x2 === 1 ? {} : {}", json!(corners[0].2), json!(corners[1].2), json!(corners[2].2)), "as": "code"}]}
                ]
            }
        }),
    ))
}

/// A row a period.
pub(super) fn table(names: &Names<'_>) -> Table {
    let (words, f) = (names.words, names.findings);
    let pair = |a: &str, b: &str| format!("{a} – {b}");
    let t = &f.triad;
    let head = vec![
        words.get("word-period"),
        pair(&t.ally, &t.patron),
        pair(&t.ally, &t.rival),
        pair(&t.patron, &t.rival),
    ];
    let rows = periods(f).into_iter().map(|p| {
        let mut cells = vec![Cell::when(format!("{} – {}", p.from, p.to))];
        cells.extend(ties(f, &p).map(|tie| Cell::number(number(tie))));
        cells
    });
    Table {
        head,
        rows: rows.collect(),
    }
}
