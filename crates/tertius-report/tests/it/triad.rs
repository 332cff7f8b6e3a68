//! The figure of a triad without a case.

use serde_json::Value;
use tertius::vocabulary::Lang;
use tertius_report::figures::triad::{Line, Panel, Point, Section, Triad, draw};

/// A series from 1990 to 2005 with an interval, a gap in 1995 and what stands between observations in 1996.
fn line(name: &str, of: impl Fn(f64) -> f64) -> Line {
    let point = |year: i32| {
        let value = (year != 1995).then(|| of(f64::from(year - 1990)));
        Point {
            period: year.to_string(),
            at: f64::from(year),
            value,
            interval: value.map(|v| (v - 0.1, v + 0.1)),
            observed: year != 1996,
        }
    };
    Line {
        name: name.to_owned(),
        points: (1990..=2005).map(point).collect(),
    }
}

fn triad() -> Triad {
    let panel = |title: &str, scale, lines: Vec<Line>| Panel {
        title: title.to_owned(),
        scale,
        lines,
    };
    let long =
        "share of the ally's public that is very unfavourable to the rival (share of respondents)";
    let unknown = Line {
        name: "nothing".to_owned(),
        points: vec![Point {
            period: "1990".to_owned(),
            at: 1990.0,
            value: None,
            interval: None,
            observed: false,
        }],
    };
    Triad {
        id: "JPN-USA-RUS-1990-2005".to_owned(),
        title: "Japan".to_owned(),
        years: (1990, 2005),
        sections: vec![
            Section {
                heading: "分歧度 D of Japan from the United States, on all the votes in which these two part in the General Assembly".to_owned(),
                panels: vec![panel("all", Some((0.0, 1.0)), vec![line("D", |t| 0.2 + t / 30.0)])],
            },
            Section {
                heading: "two series".to_owned(),
                panels: vec![
                    panel("S", Some((-1.0, 1.0)), vec![line("patron", |t| t / 20.0), line("rival", |t| -t / 20.0)]),
                    panel(long, None, vec![line("share", |t| 0.006 + t / 1000.0)]),
                    panel("constant", None, vec![line("same", |_| 0.8)]),
                    panel("unknown", None, vec![unknown.clone()]),
                ],
            },
            Section {
                heading: "nothing".to_owned(),
                panels: vec![panel("unknown", None, vec![unknown])],
            },
        ],
    }
}

fn titles(spec: &Value, found: &mut Vec<String>) {
    match spec {
        Value::Object(o) => {
            if let Some(Value::Array(lines)) = o.get("title").and_then(|t| t.get("text")) {
                let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
                found.push(lines.join(" "));
            }
            o.values().for_each(|v| titles(v, found));
        }
        Value::Array(a) => a.iter().for_each(|v| titles(v, found)),
        _ => {}
    }
}

#[test]
fn what_is_unknown_is_left_out_and_never_a_zero() {
    let figure = draw(&triad(), Lang::En).unwrap();
    let mut found = Vec::new();
    titles(&figure.double, &mut found);
    assert!(found.iter().any(|t| t == "constant"));
    assert!(
        !found.iter().any(|t| t == "unknown" || t == "nothing"),
        "{found:?}"
    );
    // The gap stays a gap in the data that are drawn, and has no row in the table.
    let sets = figure.double["datasets"].as_object().unwrap();
    assert_eq!(sets.len(), 4);
    for rows in sets.values() {
        let gaps = rows
            .as_array()
            .unwrap()
            .iter()
            .filter(|r| r["at"] == 1995.0);
        assert!(gaps.clone().count() >= 1);
        assert!(
            gaps.clone()
                .all(|r| r["value"].is_null() && r["low"].is_null())
        );
    }
    assert!(!figure.table.rows.iter().any(|r| r[2].text == "1995"));
    assert_eq!(figure.table.rows.len(), 5 * 15);
}

#[cfg(feature = "static")]
#[test]
fn it_is_drawn_without_a_warning_within_the_width_of_a_column() {
    use tertius_report::figures::Column;
    use tertius_report::render::{Renderer, png};
    let mut renderer = Renderer::new().unwrap();
    for lang in Lang::ALL {
        let figure = draw(&triad(), lang).unwrap();
        for (column, most) in [(Column::Single, 340), (Column::Double, 692)] {
            let drawn = renderer.svg(figure.spec(column)).unwrap();
            assert_eq!(drawn.warnings, Vec::<String>::new());
            let size = png(&drawn.svg, 1.0).unwrap().size;
            assert!(size.0 <= most, "{lang} is {} wide", size.0);
            // What stands between observations is hollow, what was observed is not.
            let hollow = drawn.svg.matches("fill=\"white\"").count();
            assert_eq!(hollow, 5, "{lang}");
        }
    }
}
