//! Figures say what the findings say.

use serde_json::Value;
use tertius::vocabulary::Lang;
use tertius_report::figures::{self, Column};

use crate::sample;

/// Every string of a specification that a reader may see.
fn texts<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(values) => values.iter().for_each(|v| texts(v, found)),
        Value::Object(map) => map.values().for_each(|v| texts(v, found)),
        _ => {}
    }
}

#[test]
fn every_kind_is_there_in_the_reports_order_with_a_table() {
    let all = figures::all(&sample::findings(), Lang::En);
    let kinds: Vec<&str> = all.iter().map(|f| f.kind).collect();
    assert_eq!(
        kinds,
        [
            "river",
            "plane",
            "triangle",
            "heat",
            "waterfall",
            "waterfall",
            "issues",
            "compliance",
            "rule",
            "prior",
            "sensitivity"
        ]
    );
    for figure in &all {
        assert!(!figure.table.rows.is_empty(), "{}", figure.id);
        for row in &figure.table.rows {
            assert_eq!(row.len(), figure.table.head.len(), "{}", figure.id);
        }
        assert!(figure.double["datasets"].is_object());
    }
}

#[test]
fn chinese_figures_have_chinese_titles() {
    for figure in figures::all(&sample::findings(), Lang::Zh) {
        for column in [Column::Single, Column::Double] {
            let title = figure.spec(column)["title"]["text"].as_str().unwrap();
            assert!(
                title.chars().any(|c| c > '\u{4e00}'),
                "{}: {title}",
                figure.id
            );
        }
    }
}

#[test]
fn findings_without_a_part_lack_its_figure() {
    let mut findings = sample::findings();
    findings.sensitivity.clear();
    findings.waterfalls.clear();
    findings.changes.clear();
    findings.issue_roles.clear();
    findings.rows.retain(|r| r.table != "measures");
    findings.prior_predictive.share_on.clear();
    for m in &mut findings.months {
        m.conditions.clear();
        m.issues.clear();
        m.interests = Default::default();
        m.rule = Default::default();
    }
    let kinds: Vec<&str> = figures::all(&findings, Lang::En)
        .iter()
        .map(|f| f.kind)
        .collect();
    assert_eq!(kinds, ["river"]);
    findings.months.clear();
    assert!(figures::all(&findings, Lang::En).is_empty());
}

/// The river's numbers are those of the findings, to the four digits that it keeps.
#[test]
fn the_river_has_the_probabilities_of_the_findings() {
    let findings = sample::findings();
    let spec = figures::river(&findings, Lang::En, Column::Double).unwrap();
    let rows = spec["datasets"]["months proxy"].as_array().unwrap();
    assert_eq!(rows.len(), findings.months.len() + 1);
    for (row, month) in rows.iter().zip(&findings.months) {
        assert!((row["p"].as_f64().unwrap() - month.roles["proxy"]).abs() <= 5e-5);
    }
}

/// Bars of a waterfall follow each other, and the last one spans from nothing to the log-odds.
#[test]
fn the_bars_of_a_waterfall_add_up() {
    let findings = sample::findings();
    let fall = &findings.waterfalls[0];
    let spec = figures::waterfall(&findings, fall, Lang::Zh, Column::Single).unwrap();
    let bars = spec["datasets"]["parts"].as_array().unwrap();
    let at = |i: usize, key: &str| bars[i][key].as_f64().unwrap();
    for i in 1..bars.len() - 1 {
        assert_eq!(at(i, "from"), at(i - 1, "to"));
    }
    let last = bars.len() - 1;
    assert_eq!(at(last, "from"), 0.0);
    assert_eq!(at(last, "to"), at(last - 1, "to"));
    assert!((at(last, "to") - fall.log_odds).abs() <= 5e-5);
}

/// An unknown month is drawn as an outline, not as no overlap.
#[test]
fn unknown_overlap_stays_unknown() {
    let spec = figures::heat(&sample::findings(), Lang::En, Column::Double).unwrap();
    let cells = spec["datasets"]["cells"].as_array().unwrap();
    let unknown: Vec<_> = cells.iter().filter(|c| c["shade"].is_null()).collect();
    let of_issue = |c: &&&Value| {
        let label = &spec["datasets"]["labels"][c["line"].as_u64().unwrap() as usize];
        label["href"] == "#behind-dialogue"
    };
    assert_eq!(unknown.iter().filter(of_issue).count(), 1);
    let mut seen = Vec::new();
    texts(&spec, &mut seen);
    assert!(seen.contains(&"datum.shade === null"));
}

/// What is known in hindsight is a strip of its own under the rival's issues, and a column of the table.
#[test]
fn hindsight_is_drawn_apart_from_what_was_known() {
    let findings = sample::findings();
    let rivals: Vec<&str> = findings
        .issues
        .iter()
        .filter(|i| i.family == tertius::record::Family::Rival)
        .map(|i| i.id.as_str())
        .collect();
    let spec = figures::heat(&findings, Lang::En, Column::Double).unwrap();
    let labels = spec["datasets"]["labels"].as_array().unwrap();
    let strips = spec["datasets"]["strips"].as_array().unwrap();
    let lines: std::collections::BTreeSet<u64> =
        strips.iter().map(|s| s["line"].as_u64().unwrap()).collect();
    let drawn: Vec<&str> = lines
        .iter()
        .map(|l| labels[*l as usize]["href"].as_str().unwrap())
        .collect();
    let of_sample = |id: &&str| {
        let all = findings.months.iter().flat_map(|m| &m.issues);
        all.filter(|i| i.issue == **id)
            .any(|i| i.overlap_in_hindsight.is_some())
    };
    let known: Vec<String> = rivals
        .iter()
        .filter(|id| of_sample(id))
        .map(|id| format!("#behind-{id}"))
        .collect();
    assert!(!known.is_empty());
    assert!(known.iter().all(|k| drawn.contains(&k.as_str())));
    // Never an outline: what is not known in hindsight has no strip.
    assert!(strips.iter().all(|s| s["shade"].is_u64()));
}

#[cfg(feature = "static")]
#[test]
fn every_figure_is_drawn_without_a_warning_or_a_missing_character() {
    use tertius_report::render::{Renderer, png, uncovered};
    let findings = sample::findings();
    let mut renderer = Renderer::new().unwrap();
    for lang in Lang::ALL {
        for figure in figures::all(&findings, lang) {
            for (column, most) in [(Column::Single, 340), (Column::Double, 692)] {
                let drawn = renderer.svg(figure.spec(column)).unwrap();
                assert_eq!(drawn.warnings, Vec::<String>::new(), "{}", figure.id);
                assert_eq!(uncovered(&drawn.svg), Vec::<char>::new(), "{}", figure.id);
                let size = png(&drawn.svg, 1.0).unwrap().size;
                // 90 and 183 mm, what journals print in one column and in two.
                assert!(size.0 <= most, "{} {lang} is {} wide", figure.id, size.0);
            }
        }
    }
}

/// A change begins at the log-odds before the turn, goes part by part to those after it, and a month within
/// it is not drawn besides.
#[test]
fn a_change_leads_from_before_the_turn_to_after_it() {
    let findings = sample::findings();
    let change = &findings.changes[0];
    let spec = figures::change(&findings, change, Lang::En, Column::Double).unwrap();
    let bars = spec["datasets"]["parts"].as_array().unwrap();
    let at = |i: usize, key: &str| bars[i][key].as_f64().unwrap();
    let last = bars.len() - 1;
    assert_eq!(at(0, "to"), change.log_odds_from);
    for i in 1..last {
        assert_eq!(at(i, "from"), at(i - 1, "to"));
    }
    assert!((at(last, "to") - at(last - 1, "to")).abs() <= 1e-4);
    assert!((at(last, "to") - change.log_odds_to).abs() <= 5e-5);
    let ids: Vec<String> = figures::all(&findings, Lang::En)
        .into_iter()
        .filter(|f| f.kind == "waterfall")
        .map(|f| f.id)
        .collect();
    assert_eq!(ids, ["waterfall-2022-03-follower", "change-2022-04-proxy"]);
}

/// An issue with fewer than ten acts and measures is in the table and not in the picture; the rule's ink
/// stands only where the rule speaks of the issue.
#[test]
fn issues_with_little_evidence_are_not_drawn() {
    let findings = sample::findings();
    let all = figures::all(&findings, Lang::En);
    let issues = all.iter().find(|f| f.kind == "issues").unwrap();
    let heads = issues.double["datasets"]["heads"].as_array().unwrap();
    let links: Vec<&str> = heads.iter().map(|h| h["href"].as_str().unwrap()).collect();
    assert_eq!(links, ["#acts-sanctions", "#acts-territory"]);
    assert_eq!(issues.table.rows.len(), 3 * 12);
    // One issue, two roles that are sure in some months and allowed in the others, each a run; and within the first
    // one a run that is only held.
    let rule = issues.double["datasets"]["rule"].as_array().unwrap();
    let hollow: Vec<_> = rule.iter().filter(|r| r["filled"] == false).collect();
    assert_eq!((rule.len(), hollow.len()), (6, 1));
    assert_eq!(
        (&hollow[0]["from"], &hollow[0]["to"]),
        (&2014.5.into(), &2017.0.into())
    );
}

/// Nine measures of grade 2: three answered by more, three by less, two by as much, one not at all.
#[test]
fn answers_are_counted_by_how_far_they_go() {
    let spec = figures::compliance(&sample::findings(), Lang::En, Column::Single).unwrap();
    let bars = spec["datasets"]["bars"].as_array().unwrap();
    let count = |said: &str| -> u64 {
        let of = bars.iter().filter(|b| b["answer"] == said);
        of.map(|b| b["high"].as_u64().unwrap() - b["low"].as_u64().unwrap())
            .sum()
    };
    assert_eq!(count("answered by the same grade or a higher one"), 5);
    assert_eq!(count("answered by a lower grade"), 3);
    assert_eq!(count("not answered"), 1);
    // Compliance is unknown before the patron acts, which is not zero.
    let line = spec["datasets"]["line"].as_array().unwrap();
    assert_eq!(line.len(), 141 - 26);
}
