//! The rule, from conditions, against the reader, from behaviour, month by month.

use serde_json::{Value, json};
use tertius::findings::{Findings, MonthFinding};
use tertius::vocabulary::{Lang, Month};

use super::river::role_colours;
use super::theme::{Column, GREY, INK, at, figure, months_axis, next};
use super::{Cell, Table};
use crate::names::{Names, number};

/// How the likeliest set and the rule's labels stand to each other in a month.
fn verdict(month: &MonthFinding) -> &'static str {
    let sorted = |ids: &[String]| {
        let mut ids = ids.to_vec();
        ids.sort();
        ids
    };
    let (read, rule) = (sorted(&month.set), sorted(month.rule.expects()));
    if rule.is_empty() {
        "silent"
    } else if read == rule {
        "same"
    } else if read.iter().any(|r| rule.contains(r)) {
        "part"
    } else {
        "differ"
    }
}

const VERDICTS: [&str; 4] = ["same", "part", "differ", "silent"];

fn runs(findings: &Findings) -> Vec<(Month, Month, &'static str)> {
    let mut found: Vec<(Month, Month, &'static str)> = Vec::new();
    for m in &findings.months {
        match found.last_mut() {
            Some(last) if last.2 == verdict(m) => last.1 = m.month,
            _ => found.push((m.month, m.month, verdict(m))),
        }
    }
    found
}

/// Two bars a role on one axis of months: above, the reader's probability as depth of colour; below, what the rule
/// expects, full where its labels have the role, hollow where they are held, a thin line where only its intervals allow it; at the foot,
/// whether the two name the same set. `None` where the rule never speaks.
pub fn spec(findings: &Findings, lang: Lang, column: Column) -> Option<Value> {
    let names = Names::new(findings, lang);
    if findings.months.is_empty() || !names.rule_speaks() {
        return None;
    }
    let words = names.words;
    let left = column.pick(82, 108);
    let (who, reader, rule) = (
        column.pick(9, 10),
        words.get("word-reader"),
        words.get("word-rule"),
    );
    let mut lines = Vec::new();
    let mut order = Vec::new();
    for role in &findings.catalogue.roles {
        let (top, below) = (
            format!("{} {reader}", role.letter),
            format!("{} {rule}", role.letter),
        );
        let mut last: Option<(f64, Month, Month)> = None;
        let mut push = |(p, from, to): (f64, Month, Month)| {
            lines.push(json!({"line": top, "role": role.id, "from": at(from), "to": at(next(to)), "depth": p}));
        };
        for m in &findings.months {
            // Steps of a fiftieth: finer ones can't be told apart, and make the page heavy.
            let p = (m.roles.get(&role.id).copied().unwrap_or_default() * 50.0).round() / 50.0;
            match &mut last {
                Some((was, _, to)) if *was == p => *to = m.month,
                _ => {
                    last.into_iter().for_each(&mut push);
                    last = Some((p, m.month, m.month));
                }
            }
        }
        last.into_iter().for_each(&mut push);
        order.extend([top, below]);
    }
    // Full where the month itself makes the rule expect the role, hollow where it only holds what it expected
    // before, a thin line where it only allows it: apart without colour.
    let (mut held, mut allowed) = (Vec::new(), Vec::new());
    for bar in super::river::expected(&names) {
        let letter = bar["letter"].as_str().unwrap_or_default();
        let line = json!({"line": format!("{letter} {rule}"), "role": bar["role"], "from": bar["from"], "to": bar["to"], "depth": 1.0});
        match bar["how"].as_str() {
            Some("expected") => lines.push(line),
            Some("held") => held.push(line),
            _ => allowed.push(line),
        }
    }
    let verdicts: Vec<Value> = runs(findings)
        .into_iter()
        .map(|(from, to, v)| json!({"from": at(from), "to": at(next(to)), "line": words.get(&format!("figure-rule-{v}"))}))
        .collect();
    let seen = |v: &&&str| findings.months.iter().any(|m| verdict(m) == **v);
    let said: Vec<String> = VERDICTS
        .iter()
        .filter(seen)
        .map(|v| words.get(&format!("figure-rule-{v}")))
        .collect();
    let y = |order: Value| {
        json!({"field": "line", "type": "nominal", "sort": null, "scale": {"domain": order, "padding": 0.1},
        "axis": {"title": null, "grid": false, "labelLimit": left, "labelFontSize": who, "minExtent": left - 8, "maxExtent": left - 8}})
    };
    let colours =
        json!({"field": "role", "type": "nominal", "legend": null, "scale": role_colours(&names)});
    Some(figure(
        &words.get("figure-rule-title"),
        None,
        json!({"lines": lines, "held": held, "allowed": allowed, "verdicts": verdicts}),
        json!({"spacing": 10, "vconcat": [
            {"width": column.plot(left), "height": {"step": 13}, "view": {"stroke": GREY, "strokeOpacity": 0.4},
             "layer": [
                {"data": {"name": "lines"}, "mark": {"type": "bar", "height": {"band": 0.92}},
                 "encoding": {"x": months_axis(&names, "from", column, false), "x2": {"field": "to"}, "y": y(json!(order)), "color": colours,
                    "fillOpacity": {"field": "depth", "type": "quantitative", "legend": null, "scale": {"domain": [0, 1], "range": [0, 0.95]}}}},
                {"data": {"name": "held"}, "mark": {"type": "bar", "filled": false, "strokeWidth": 1.1, "height": {"band": 0.7}},
                 "encoding": {"x": months_axis(&names, "from", column, false), "x2": {"field": "to"}, "y": y(json!(order)), "color": colours}},
                {"data": {"name": "allowed"}, "mark": {"type": "bar", "height": {"band": 0.24}, "fillOpacity": 0.75},
                 "encoding": {"x": months_axis(&names, "from", column, false), "x2": {"field": "to"}, "y": y(json!(order)), "color": colours}}
             ]},
            {"width": column.plot(left), "height": {"step": 13}, "data": {"name": "verdicts"}, "view": {"stroke": GREY, "strokeOpacity": 0.4},
             "title": {"text": words.get("figure-rule-verdict"), "anchor": "start", "fontSize": 11, "offset": 3, "frame": "group"},
             "mark": {"type": "bar", "height": {"band": 0.7}, "color": INK, "fillOpacity": 0.75},
             "encoding": {"x": months_axis(&names, "from", column, true), "x2": {"field": "to"}, "y": y(json!(said))}}
        ], "resolve": {"scale": {"color": "independent"}}}),
    ))
}

/// A row a month.
pub(super) fn table(names: &Names<'_>) -> Table {
    let words = names.words;
    let head = [
        "month",
        "likeliest-set",
        "probability",
        "rule-expects",
        "rule-allows",
        "verdict",
    ]
    .map(|k| words.get(&format!("word-{k}")));
    let rows = names.findings.months.iter().map(|m| {
        let p = m.sets.iter().find(|s| s.set == m.set).map(|s| s.p);
        let allowed: Vec<String> = m.rule.possible.iter().map(|s| names.set(s)).collect();
        vec![
            Cell::when(m.month.to_string()),
            Cell::text(names.set(&m.set)),
            Cell::number(number(p)),
            Cell::text(names.rule(&m.rule.labels)),
            Cell::text(allowed.join(" / ")),
            Cell::text(words.get(&format!("figure-rule-{}", verdict(m)))),
        ]
    });
    Table {
        head: head.to_vec(),
        rows: rows.collect(),
    }
}
