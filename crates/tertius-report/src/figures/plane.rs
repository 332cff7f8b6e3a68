//! The phase plane: interest overlap against tension between patron and rival.

use serde_json::{Value, json};
use tertius::findings::{Findings, MonthFinding};
use tertius::vocabulary::{Lang, Month};

use super::labels::{Point, places};
use super::river::month_anchor;
use super::theme::{Column, GREY, INK, figure, folded, round, width_of};
use super::{Cell, Table};
use crate::names::{Names, interval, number};

/// The condition whose opposite is tension.
const RELATION: &str = "patron_rival_relation";
const LABEL: f64 = 9.5;

/// From line to line of a label, in sizes of its letters.
const LEADING: f64 = 1.2;

fn tension(month: &MonthFinding) -> Option<f64> {
    let relation = month.conditions.iter().find(|c| c.indicator == RELATION)?;
    Some(-relation.value?)
}

fn place(month: &MonthFinding) -> Option<(f64, f64)> {
    Some((round(month.interests.overlap?), round(tension(month)?)))
}

/// The overlaps at which the rule's first test turns: below the first conflict, above the second overlap.
pub(super) fn borders(findings: &Findings) -> Option<(f64, f64)> {
    let threshold = |step: &str| {
        let steps = findings.months.iter().flat_map(|m| &m.rule.trace);
        steps.filter(|s| s.step == step).find_map(|s| s.threshold)
    };
    Some((1.0 - threshold("1")?, 1.0 - threshold("1'")?))
}

/// What the axes show: the values, a little room, whole steps; never beyond `limits`.
fn extent(values: impl Iterator<Item = f64>, step: f64, limits: [f64; 2]) -> [f64; 2] {
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| {
        (a.min(v), b.max(v))
    });
    if low > high {
        return limits;
    }
    let low = ((low - step / 4.0) / step).floor() * step;
    let high = ((high + step / 4.0) / step).ceil() * step;
    [round(low.max(limits[0])), round(high.min(limits[1]))]
}

/// Whole steps within `extent`.
fn ticks(extent: [f64; 2], step: f64) -> Vec<f64> {
    let (first, last) = (
        (extent[0] / step).ceil() as i64,
        (extent[1] / step).floor() as i64,
    );
    (first..=last).map(|k| round(k as f64 * step)).collect()
}

/// A month in years.
fn time(month: Month) -> f64 {
    f64::from(month.year()) + (f64::from(month.month()) - 1.0) / 12.0
}

/// The years that the colour bar names: at most six, at equal distances, the first Januaries first.
fn years(first: f64, end: f64) -> Vec<f64> {
    let (from, to) = (first.ceil() as i64, end.floor() as i64);
    let step = (to - from).max(0) / 6 + 1;
    let at = (0..)
        .map(|k| from + k * step)
        .take_while(|year| *year <= to);
    at.map(|year| year as f64).collect()
}

/// The dots: the first month, each January, the last, with the 90 % interval of the overlap.
fn dots(known: &[&MonthFinding]) -> Vec<Value> {
    let last = known.len().saturating_sub(1);
    let marked = known
        .iter()
        .enumerate()
        .filter(|(i, m)| *i == 0 || *i == last || m.month.month() == 1);
    marked
        .filter_map(|(i, m)| {
            let (x, y) = place(m)?;
            let end = i == 0 || i == last;
            let label = if end {
                m.month.to_string()
            } else {
                m.month.year().to_string()
            };
            let [low, high] = m
                .interests
                .divergence_90
                .map_or([x, x], |[low, high]| [1.0 - high, 1.0 - low]);
            Some(json!({"x": x, "y": y, "label": label, "end": end, "low": round(low), "high": round(high), "href": format!("#{}", month_anchor(m.month))}))
        })
        .collect()
}

/// Gives each dot's label a place, or none.
fn label(
    dots: &mut [Value],
    steps: &[Value],
    scale: impl Fn(f64, f64) -> (f64, f64),
    plot: (f64, f64),
) {
    let of = |v: &Value, key: &str| v[key].as_f64().unwrap_or_default();
    let points: Vec<Point> = dots
        .iter()
        .map(|d| {
            let (x, y) = scale(of(d, "x"), of(d, "y"));
            Point {
                x,
                y,
                wide: width_of(d["label"].as_str().unwrap_or_default(), LABEL),
                optional: d["end"] != true,
            }
        })
        .collect();
    let path: Vec<[f64; 4]> = steps
        .iter()
        .map(|s| {
            let (a, b) = (
                scale(of(s, "x"), of(s, "y")),
                scale(of(s, "x2"), of(s, "y2")),
            );
            [a.0, a.1, b.0, b.1]
        })
        .collect();
    for (dot, found) in dots
        .iter_mut()
        .zip(places(&points, &path, LABEL + 2.0, plot))
    {
        match found {
            Some(p) => {
                dot["dx"] = p.dx.into();
                dot["dy"] = p.dy.into();
                dot["align"] = p.align.into();
            }
            None => dot["label"] = "".into(),
        }
    }
}

/// The ally's path, a step a month, darker to lighter with time, over the rule's regions. The axes are cut to
/// the part in which the path lies. `None` where fewer than two neighbouring months have both an overlap
/// and a relation.
pub fn spec(findings: &Findings, lang: Lang, column: Column) -> Option<Value> {
    let names = Names::new(findings, lang);
    let words = names.words;
    let mut steps = Vec::new();
    for pair in findings.months.windows(2) {
        if let (Some((x, y)), Some((x2, y2))) = (place(&pair[0]), place(&pair[1])) {
            let m = pair[1].month;
            steps.push(json!({"x": x, "y": y, "x2": x2, "y2": y2, "time": round(time(m)), "href": format!("#{}", month_anchor(m))}));
        }
    }
    let times: Vec<f64> = steps.iter().filter_map(|s| s["time"].as_f64()).collect();
    let end = times.last().copied()?;
    let known: Vec<&MonthFinding> = findings
        .months
        .iter()
        .filter(|m| place(m).is_some())
        .collect();
    let first = round(time(known.first()?.month));
    let mut dots = dots(&known);

    let borders = borders(findings);
    let of = |keys: &'static [&'static str]| {
        let all = dots.iter().chain(&steps);
        all.flat_map(move |v| keys.iter().filter_map(move |k| v[*k].as_f64()))
    };
    let turns = borders.iter().flat_map(|(a, b)| [*a, *b]);
    let across = extent(
        of(&["x", "x2", "low", "high"]).chain(turns),
        0.1,
        [0.0, 1.0],
    );
    let up = extent(of(&["y", "y2"]).chain([0.0]), 0.25, [-1.0, 1.0]);

    let (wide, high) = (column.plot(48), column.pick(270u32, 380));
    let plot = (f64::from(wide), f64::from(high));
    let scale = |x: f64, y: f64| {
        (
            (x - across[0]) / (across[1] - across[0]) * plot.0,
            (up[1] - y) / (up[1] - up[0]) * plot.1,
        )
    };
    label(&mut dots, &steps, scale, plot);
    let regions = regions(&names, borders, across, &scale, column);

    let x = |field: &str| json!({"field": field, "type": "quantitative", "scale": {"domain": across, "nice": false, "zero": false}, "axis": {"title": words.get("figure-plane-x"), "values": ticks(across, 0.1), "format": ".1f"}});
    let y = |field: &str| json!({"field": field, "type": "quantitative", "scale": {"domain": up, "nice": false, "zero": false}, "axis": {"title": words.get("figure-plane-y"), "values": ticks(up, 0.5), "format": ".1f"}});
    let colours = json!({"scheme": {"name": "plasma", "extent": [0.18, 0.88]}, "domain": [first, end], "zero": false, "nice": false});
    Some(figure(
        &words.get("figure-plane-title"),
        None,
        json!({"steps": steps, "years": dots, "regions": regions}),
        json!({
            "width": wide, "height": high,
            "layer": [
                {"data": {"name": "regions"}, "mark": {"type": "rect", "stroke": GREY, "strokeOpacity": 0.5},
                 "encoding": {"x": x("from"), "x2": {"field": "to"},
                    "color": {"field": "key", "type": "nominal", "legend": null, "scale": {"domain": ["conflict", "between", "overlap"], "range": ["#D55E00", "#999999", "#0072B2"]}},
                    "fillOpacity": {"value": 0.1}}},
                {"data": {"name": "regions"}, "mark": {"type": "text", "baseline": "bottom", "fontSize": column.pick(9, 10), "lineBreak": "\n", "dy": {"expr": "datum.lift"}},
                 "encoding": {"x": x("middle"), "y": {"value": -4}, "text": {"field": "label"}}},
                {"mark": {"type": "rule", "color": GREY, "strokeDash": [2, 2]}, "encoding": {"y": {"datum": 0}}, "data": {"values": [{}]}},
                {"data": {"name": "years"}, "mark": {"type": "rule", "color": GREY, "strokeWidth": 1, "strokeOpacity": 0.6},
                 "encoding": {"x": x("low"), "x2": {"field": "high"}, "y": y("y")}},
                {"data": {"name": "steps"}, "mark": {"type": "rule", "strokeWidth": 2.4, "strokeCap": "round"},
                 "encoding": {"x": x("x"), "x2": {"field": "x2"}, "y": y("y"), "y2": {"field": "y2"},
                    "color": {"field": "time", "type": "quantitative", "scale": colours,
                        "legend": {"title": words.get("figure-plane-time"), "format": ".0f", "orient": "bottom", "gradientLength": wide.min(260), "gradientThickness": 8, "values": years(first, end)}},
                    "href": {"field": "href"}}},
                {"data": {"name": "years"}, "mark": {"type": "point", "filled": true, "size": 24, "color": INK, "opacity": 1}, "encoding": {"x": x("x"), "y": y("y"), "href": {"field": "href"}}},
                {"data": {"name": "years"}, "transform": [{"filter": "datum.label !== ''"}],
                 "mark": {"type": "text", "dx": {"expr": "datum.dx"}, "dy": {"expr": "datum.dy"}, "align": {"expr": "datum.align"}, "baseline": "middle", "fontSize": LABEL},
                 "encoding": {"x": x("x"), "y": y("y"), "text": {"field": "label"}, "href": {"field": "href"}}}
            ],
            "resolve": {"scale": {"color": "independent"}}
        }),
    ))
}

/// The rule's regions, as far as the axis shows them.
fn regions(
    names: &Names<'_>,
    borders: Option<(f64, f64)>,
    across: [f64; 2],
    scale: &impl Fn(f64, f64) -> (f64, f64),
    column: Column,
) -> Vec<Value> {
    let Some((conflict, overlap)) = borders else {
        return Vec::new();
    };
    let cut = |v: f64| v.clamp(across[0], across[1]);
    let all = [
        (0.0, conflict, "conflict"),
        (conflict, overlap, "between"),
        (overlap, 1.0, "overlap"),
    ];
    let shown = all
        .into_iter()
        .map(|(from, to, key)| (cut(from), cut(to), key));
    shown
        .filter(|(from, to, _)| to > from)
        .map(|(from, to, key)| {
            let room = scale(to, 0.0).0 - scale(from, 0.0).0;
            let said = names.words.get(&format!("figure-plane-{key}"));
            let size = column.pick(9.0, 10.0);
            let label = folded(&said, room, size);
            // The first line stands where one line would: further ones would run into the plane.
            let lift = -LEADING * size * label.matches('\n').count() as f64;
            json!({"from": round(from), "to": round(to), "middle": round((from + to) / 2.0), "key": key, "lift": round(lift), "label": label})
        })
        .collect()
}

/// A row a month.
pub(super) fn table(names: &Names<'_>) -> Table {
    let words = names.words;
    let head = ["month", "divergence", "interval-90", "overlap", "tension"];
    let rows = names.findings.months.iter().map(|m| {
        vec![
            Cell::when(m.month.to_string()),
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
