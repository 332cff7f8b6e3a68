//! The role river: the probability of each role by month, with what the rule expects.

use serde_json::{Value, json};
use tertius::findings::{Band, ByRole, Findings, MonthFinding, RowFinding};
use tertius::vocabulary::{Lang, Month, Stream, When};

use super::theme::{Column, GREY, INK, at, colour, figure, months_axis, next, round};
use super::{Cell, Table};
use crate::names::{Names, banded, number};

/// One panel a role on a common axis of months, acts that speak for the role as ticks, turning points as
/// rules across with their 90 % intervals, and the rule's labels as a strip. `None` without months.
pub fn spec(findings: &Findings, lang: Lang, column: Column) -> Option<Value> {
    if findings.months.is_empty() {
        return None;
    }
    let names = Names::new(findings, lang);
    let (left, height) = (34, column.pick(54, 66));
    let width = column.plot(left);
    let words = names.words;
    let x = |field: &str| months_axis(&names, field, column, false);

    let mut panels = Vec::new();
    let mut datasets = serde_json::Map::new();
    for (i, role) in findings.catalogue.roles.iter().enumerate() {
        // Data of its own for each role: picking rows out of one table took most of the drawing.
        let (months, acts) = (format!("months {}", role.id), format!("acts {}", role.id));
        datasets.insert(months.clone(), months_of(&names, &role.id).into());
        datasets.insert(acts.clone(), acts_of(&names, &role.id).into());
        let y = |field: &str| {
            json!({"field": field, "type": "quantitative", "scale": {"domain": [0, 1]},
            "axis": {"title": null, "values": [0, 0.5, 1], "format": ".1~f"}})
        };
        panels.push(json!({
            "width": width, "height": height,
            "title": {"text": format!("{} {}", role.letter, role.name.get(lang)), "anchor": "start", "fontSize": 11, "offset": 3, "frame": "group"},
            "layer": [
                {"data": {"name": "turns"}, "mark": {"type": "rect", "color": GREY, "fillOpacity": 0.18},
                 "encoding": {"x": x("from"), "x2": {"field": "to"}}},
                {"data": {"name": "turns"}, "mark": {"type": "rule", "color": INK, "strokeDash": [3, 2], "strokeWidth": 1},
                 "encoding": {"x": x("month")}},
                {"data": {"name": months}, "transform": [{"filter": "isValid(datum.low90)"}], "mark": {"type": "area", "color": colour(i), "fillOpacity": 0.2, "interpolate": "step-after"},
                 "encoding": {"x": x("month"), "y": y("low90"), "y2": {"field": "high90"}}},
                {"data": {"name": months}, "transform": [{"filter": "isValid(datum.low50)"}], "mark": {"type": "area", "color": colour(i), "fillOpacity": 0.35, "interpolate": "step-after"},
                 "encoding": {"x": x("month"), "y": y("low50"), "y2": {"field": "high50"}}},
                {"data": {"name": months}, "mark": {"type": "line", "color": colour(i), "strokeWidth": 1.8, "interpolate": "step-after"},
                 "encoding": {"x": x("month"), "y": y("p")}},
                {"data": {"name": acts},
                 "mark": {"type": "rule", "color": INK, "strokeWidth": 1, "strokeOpacity": 0.55},
                 "encoding": {"x": x("date"), "y": {"value": height}, "y2": {"value": height - 6}, "href": {"field": "href"}}}
            ]
        }));
    }
    if names.rule_speaks() {
        let order: Vec<String> = findings
            .catalogue
            .roles
            .iter()
            .map(|r| r.letter.clone())
            .collect();
        panels.push(json!({
            "width": width, "height": 11 * order.len(),
            "title": {"text": words.get("figure-river-strip"), "anchor": "start", "fontSize": 11, "offset": 3, "frame": "group"},
            "data": {"name": "expected"},
            // Full where the month itself makes the rule expect the role, hollow where it only holds what it
            // expected before, a thin line where it only allows it: apart without colour.
            "layer": [
                {"transform": [{"filter": "datum.how == 'expected'"}], "mark": {"type": "bar", "height": {"band": 0.75}}},
                {"transform": [{"filter": "datum.how == 'held'"}], "mark": {"type": "bar", "filled": false, "strokeWidth": 1.1, "height": {"band": 0.6}}},
                {"transform": [{"filter": "datum.how == 'allowed'"}], "mark": {"type": "bar", "height": {"band": 0.2}, "fillOpacity": 0.75}}
            ],
            "encoding": {
                "x": months_axis(&names, "from", column, true), "x2": {"field": "to"},
                "y": {"field": "letter", "type": "nominal", "scale": {"domain": order}, "axis": {"title": null, "grid": false}},
                "color": {"field": "role", "type": "nominal", "legend": null, "scale": role_colours(&names)}
            }
        }));
    } else if let Some(last) = panels.last_mut().and_then(|p| p["layer"].as_array_mut()) {
        for layer in last {
            layer["encoding"]["x"] = months_axis(
                &names,
                layer["encoding"]["x"]["field"].as_str().unwrap_or("month"),
                column,
                true,
            );
        }
    }
    datasets.insert("turns".into(), turns(findings).into());
    datasets.insert("expected".into(), expected(&names).into());
    Some(figure(
        &words.get("figure-river-title"),
        None,
        Value::Object(datasets),
        json!({"vconcat": panels, "spacing": 8}),
    ))
}

/// A colour for each role, by its place in the catalogue.
pub(super) fn role_colours(names: &Names<'_>) -> Value {
    let roles = &names.findings.catalogue.roles;
    json!({
        "domain": roles.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(),
        "range": (0..roles.len()).map(colour).collect::<Vec<_>>()
    })
}

fn months_of(names: &Names<'_>, role: &str) -> Vec<Value> {
    let f = names.findings;
    let bound = |of: &ByRole<Option<Band>>, k: usize| {
        let band = of.get(role).copied().flatten();
        band.map(|b| round(b[k]))
    };
    let (low, high) = (|of: &_| bound(of, 0), |of: &_| bound(of, 1));
    let row = |month: f64, m: &tertius::findings::MonthFinding| {
        json!({
            "month": month, "p": m.roles.get(role).copied().map(round),
            "low50": low(&m.bands_50), "high50": high(&m.bands_50), "low90": low(&m.bands_90), "high90": high(&m.bands_90)
        })
    };
    // A step lasts to the end of its month: the last one needs an end.
    let end = f.months.last().map(|m| row(at(next(m.month)), m));
    f.months
        .iter()
        .map(|m| row(at(m.month), m))
        .chain(end)
        .collect()
}

/// Where a row stands on the axis of months: the middle of the time that its date leaves open.
fn middle(date: &When) -> f64 {
    let year = |date: jiff::civil::Date| {
        f64::from(date.year())
            + (f64::from(date.day_of_year()) - 0.5) / f64::from(date.days_in_year())
    };
    round((year(date.first_day()) + year(date.last_day())) / 2.0)
}

/// Acts that are evidence for `role`.
fn speaks_for<'a>(names: &Names<'a>, role: &'a str) -> impl Iterator<Item = &'a RowFinding> {
    let classes = &names.findings.catalogue.classes;
    names.findings.rows.iter().filter(move |row| {
        row.table == "acts"
            && row.stream == Some(Stream::Behaviour)
            && classes
                .iter()
                .any(|c| c.id == row.code && c.speaks_for.iter().any(|r| r == role))
    })
}

/// Acts of the months read. Those before or after them are in the record too, and outside the picture.
fn acts_of(names: &Names<'_>, role: &str) -> Vec<Value> {
    let f = names.findings;
    let read = at(f.from)..=at(next(f.to));
    let ticks = speaks_for(names, role).map(|row| (middle(&row.date), &row.id));
    ticks
        .filter(|(date, _)| read.contains(date))
        .map(|(date, id)| json!({"date": date, "href": format!("#row-{id}")}))
        .collect()
}

fn turns(findings: &Findings) -> Vec<Value> {
    let turns = findings.turning_points.iter();
    turns
        .map(|t| json!({"month": at(t.month), "from": at(t.interval_90[0]), "to": at(next(t.interval_90[1])), "p": round(t.p)}))
        .collect()
}

/// What the rule says of a role in a month: `expected` by the month itself, `held` from an earlier one, or
/// `allowed` by the intervals of its inputs; nothing where it neither expects nor allows it.
pub(crate) fn mark(month: &MonthFinding, role: &str) -> Option<&'static str> {
    let rule = &month.rule;
    let has = |set: &[String]| set.iter().any(|r| r == role);
    if has(rule.expects()) {
        Some(if rule.is_held() { "held" } else { "expected" })
    } else {
        rule.possible.iter().any(|s| has(s)).then_some("allowed")
    }
}

/// Runs of months in which the rule says the same of a role.
pub(super) fn expected(names: &Names<'_>) -> Vec<Value> {
    let f = names.findings;
    let mut found = Vec::new();
    for role in &f.catalogue.roles {
        let mut run: Option<(f64, f64, &str)> = None;
        let bar = |(from, to, how): (f64, f64, &str)| json!({"role": role.id, "letter": role.letter, "from": from, "to": to, "how": how});
        for m in &f.months {
            let here = mark(m, &role.id);
            match (&mut run, here) {
                (Some((_, to, was)), Some(how)) if *was == how => *to = at(next(m.month)),
                (_, here) => {
                    found.extend(run.take().map(bar));
                    run = here.map(|how| (at(m.month), at(next(m.month)), how));
                }
            }
        }
        found.extend(run.map(bar));
    }
    found
}

/// The anchor of a month in the river's table, where its rows stand.
pub(super) fn month_anchor(month: Month) -> String {
    format!("month-{month}")
}

/// A row a month: each role's probability with its band, what the rule expects, the acts of the month.
pub(super) fn table(names: &Names<'_>) -> Table {
    let f = names.findings;
    let words = names.words;
    let mut head = vec![words.get("word-month")];
    head.extend(
        f.catalogue
            .roles
            .iter()
            .map(|r| r.name.get(names.lang).to_owned()),
    );
    head.extend([
        words.get("word-likeliest-set"),
        words.get("word-rule-expects"),
        words.get("word-rows"),
    ]);
    let rows = f.months.iter().map(|m| {
        // A month that turns leads to its evidence, any other to the command that gives it.
        let fall = f.waterfalls.iter().find(|w| w.month == m.month);
        let to = fall.map_or_else(|| "explain".to_owned(), super::anchor);
        let mut cells = vec![Cell {
            id: month_anchor(m.month),
            ..Cell::link(m.month.to_string(), to)
        }];
        cells.extend(f.catalogue.roles.iter().map(|r| {
            let p = number(m.roles.get(&r.id).copied());
            Cell::number(banded(&p, m.bands_90.get(&r.id).copied().flatten()))
        }));
        cells.push(Cell::text(names.set(&m.set)));
        cells.push(Cell::text(names.rule(&m.rule.labels)));
        let (first, last) = (m.month.first_day(), m.month.last_day());
        let seen = f
            .rows
            .iter()
            .filter(|r| r.stream == Some(Stream::Behaviour) || r.table == "measures");
        let seen = seen.filter(|r| r.date.first_day() >= first && r.date.first_day() <= last);
        cells.push(Cell::rows(seen.map(|r| r.id.clone()).collect()));
        cells
    });
    Table {
        head,
        rows: rows.collect(),
    }
}
