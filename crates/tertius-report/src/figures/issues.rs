//! Roles issue by issue: what is read from acts on it, and what the rule says of it from its own gap.

use serde_json::{Value, json};
use tertius::findings::{Findings, IssueRoleMonth, IssueRoles, IssueRule, MonthFinding};
use tertius::vocabulary::{Lang, Month};

use super::river::role_colours;
use super::theme::{Column, GREY, INK, at, figure, mean, months_axis, next};
use super::{Cell, Table};
use crate::names::{Names, number};

/// Acts and measures below which an issue is in the table alone: it follows the whole for want of its own.
const FEWEST: usize = 10;

/// Pixels of an issue's heading, of a role's line, and between issues.
const HEAD: f64 = 16.0;
const LINE: f64 = 13.0;
const GAP: f64 = 8.0;

fn known(issue: &IssueRoles) -> bool {
    issue.acts + issue.measures >= FEWEST
}

/// Runs of equal values, by their first and last month.
fn runs<T: PartialEq>(values: impl Iterator<Item = (Month, T)>) -> Vec<(Month, Month, T)> {
    let mut found: Vec<(Month, Month, T)> = Vec::new();
    for (month, value) in values {
        match found.last_mut() {
            Some((_, to, last)) if *last == value => *to = month,
            _ => found.push((month, month, value)),
        }
    }
    found
}

fn rule_of<'a>(month: &'a MonthFinding, issue: &str) -> Option<&'a IssueRule> {
    month.rule.issues.iter().find(|i| i.issue == issue)
}

/// What the rule says of a role on an issue.
#[derive(Clone, Copy, PartialEq)]
enum Said {
    /// Expected by the month itself.
    Expected,
    /// Only held from an earlier month.
    Held,
    /// Allowed by the intervals.
    Allowed,
}

fn said(month: &MonthFinding, issue: &str, role: &str) -> Option<Said> {
    let rule = rule_of(month, issue)?;
    let has = |set: &Vec<String>| set.iter().any(|r| r == role);
    if rule.labels.as_ref().is_some_and(has) {
        return Some(if rule.is_held() {
            Said::Held
        } else {
            Said::Expected
        });
    }
    rule.possible.iter().any(has).then_some(Said::Allowed)
}

/// Under an issue's heading a line a role: depth of colour for the probability read from acts on the issue;
/// in ink below it what the rule says of the issue. Outlines: another role than those of the whole leads
/// it. An issue leads to its acts. `None` where no issue has evidence enough.
pub fn spec(findings: &Findings, lang: Lang, column: Column) -> Option<Value> {
    let names = Names::new(findings, lang);
    let words = names.words;
    let left = 20;
    let (mut read, mut rule, mut led, mut heads, mut letters) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut top = 0.0;
    for issue in findings.issue_roles.iter().filter(|i| known(i)) {
        let values = [
            ("issue", names.issue(&issue.issue).into()),
            ("acts", issue.acts.into()),
            ("measures", issue.measures.into()),
        ];
        heads.push(json!({"line": top + HEAD / 2.0, "label": words.with("figure-issues-head", &values), "href": format!("#acts-{}", issue.issue)}));
        top += HEAD;
        for role in &findings.catalogue.roles {
            letters.push(json!({"line": top + 4.5, "label": role.letter}));
            // Steps of a tenth: finer ones can't be told apart, and make the page heavy.
            let depth = |m: &IssueRoleMonth| {
                let p = m.roles.get(&role.id).copied();
                (m.month, p.map(|p| (p * 10.0).round() as i64))
            };
            for (from, to, tenths) in runs(issue.months.iter().map(depth)) {
                if let Some(tenths) = tenths.filter(|n| *n > 0) {
                    read.push(json!({"from": at(from), "to": at(next(to)), "top": top, "foot": top + 8.0, "role": role.id, "p": tenths as f64 / 10.0}));
                }
            }
            let by_month = findings
                .months
                .iter()
                .map(|m| (m.month, said(m, &issue.issue, &role.id)));
            for (from, to, how) in runs(by_month) {
                let (first, last, filled) = match how {
                    Some(Said::Expected) => (8.6, 11.4, true),
                    Some(Said::Held) => (8.9, 11.1, false),
                    Some(Said::Allowed) => (9.6, 10.4, true),
                    None => continue,
                };
                rule.push(json!({"from": at(from), "to": at(next(to)), "top": top + first, "foot": top + last, "filled": filled}));
            }
            let here = findings.penetrations.iter();
            let here = here.filter(|p| p.issue == issue.issue && p.role == role.id);
            led.extend(here.map(|p| json!({"from": at(p.from), "to": at(next(p.to)), "top": top - 0.5, "foot": top + 8.5})));
            top += LINE;
        }
        top += GAP;
    }
    if heads.is_empty() {
        return None;
    }
    let y = |field: &str| json!({"field": field, "type": "quantitative", "scale": {"domain": [top, 0.0], "nice": false, "zero": false}, "axis": null});
    let x = months_axis(&names, "from", column, true);
    let text = |data: &str, x: i64, align: &str, size: f64| {
        json!({"data": {"name": data}, "mark": {"type": "text", "align": align, "baseline": "middle", "fontSize": size},
            "encoding": {"x": {"value": x}, "y": y("line"), "text": {"field": "label"}}})
    };
    let mut heading = text("heads", 0, "left", 10.0);
    heading["encoding"]["href"] = json!({"field": "href"});
    let mut layers = vec![
        json!({"data": {"name": "read"}, "mark": {"type": "rect"},
            "encoding": {"x": x, "x2": {"field": "to"}, "y": y("top"), "y2": {"field": "foot"},
                "color": {"field": "role", "type": "nominal", "legend": null, "scale": role_colours(&names)},
                "fillOpacity": {"field": "p", "type": "quantitative", "legend": null, "scale": {"domain": [0, 1], "range": [0, 0.95]}}}}),
        heading,
        text("letters", -5, "right", 9.5),
    ];
    if !rule.is_empty() {
        // Hollow where an earlier month's branch is only held, as in the river.
        for (filled, mark) in [
            (
                true,
                json!({"type": "rect", "color": INK, "fillOpacity": 0.75}),
            ),
            (
                false,
                json!({"type": "rect", "fillOpacity": 0, "stroke": INK, "strokeOpacity": 0.75, "strokeWidth": 0.8}),
            ),
        ] {
            layers.push(json!({"data": {"name": "rule"}, "transform": [{"filter": format!("datum.filled == {filled}")}], "mark": mark,
                "encoding": {"x": x, "x2": {"field": "to"}, "y": y("top"), "y2": {"field": "foot"}}}));
        }
    }
    if !led.is_empty() {
        layers.push(json!({"data": {"name": "led"}, "mark": {"type": "rect", "fillOpacity": 0, "stroke": INK, "strokeWidth": 1.2},
            "encoding": {"x": x, "x2": {"field": "to"}, "y": y("top"), "y2": {"field": "foot"}}}));
    }
    Some(figure(
        &words.get("figure-issues-title"),
        None,
        json!({"read": read, "rule": rule, "led": led, "heads": heads, "letters": letters}),
        json!({"width": column.plot(left), "height": top, "view": {"stroke": GREY, "strokeOpacity": 0.3}, "layer": layers}),
    ))
}

/// A row an issue and year, every issue: means of the reading, and how often the rule names which role.
pub(super) fn table(names: &Names<'_>) -> Table {
    let (f, words) = (names.findings, names.words);
    let roles = &f.catalogue.roles;
    let mut head = vec![words.get("word-issue"), words.get("word-year")];
    head.extend(roles.iter().map(|r| r.name.get(names.lang).to_owned()));
    head.extend([words.get("word-follows"), words.get("word-rule-expects")]);
    let mut rows = Vec::new();
    for issue in &f.issue_roles {
        let years = runs(issue.months.iter().map(|m| (m.month, m.month.year())));
        for (from, to, year) in years {
            let inside = |m: &Month| from <= *m && *m <= to;
            let months = || issue.months.iter().filter(|m| inside(&m.month));
            let mut cells = vec![
                Cell::link(names.issue(&issue.issue), format!("acts-{}", issue.issue)),
                Cell::number(year.to_string()),
            ];
            cells.extend(roles.iter().map(|r| {
                let of = months().filter_map(|m| m.roles.get(&r.id).copied());
                Cell::number(number(mean(of)))
            }));
            cells.push(Cell::number(number(mean(months().map(|m| m.follows)))));
            let rule = f.months.iter().filter(|m| inside(&m.month));
            let rule: Vec<&IssueRule> = rule.filter_map(|m| rule_of(m, &issue.issue)).collect();
            let said = roles.iter().filter_map(|r| {
                let with = rule
                    .iter()
                    .filter(|i| i.labels.as_ref().is_some_and(|l| l.contains(&r.id)))
                    .count();
                let share = with as f64 / rule.len().max(1) as f64;
                (with > 0).then(|| format!("{} {}", r.letter, number(Some(share))))
            });
            let said = said.collect::<Vec<_>>().join("; ");
            cells.push(Cell::text(if said.is_empty() {
                "–".into()
            } else {
                said
            }));
            rows.push(cells);
        }
    }
    Table { head, rows }
}

/// Acts on an issue, with their sources.
pub(crate) fn acts(names: &Names<'_>, issue: &str) -> Table {
    let words = names.words;
    let head = ["date", "what", "kind", "rows", "source"].map(|k| words.get(&format!("word-{k}")));
    let of_ally = |r: &&tertius::findings::RowFinding| {
        r.table == "acts"
            && r.stream == Some(tertius::vocabulary::Stream::Behaviour)
            && r.issue.as_deref() == Some(issue)
    };
    let rows = names.findings.rows.iter().filter(of_ally).map(|r| {
        vec![
            Cell::when(r.date.to_string()),
            Cell::text(r.description.get(names.lang)),
            Cell::text(names.code(&r.code)),
            Cell::rows(vec![r.id.clone()]),
            Cell::links(r.sources.iter().map(|s| (s.clone(), format!("src-{s}")))),
        ]
    });
    Table {
        head: head.to_vec(),
        rows: rows.collect(),
    }
}
