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
