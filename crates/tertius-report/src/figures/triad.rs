//! Series of a triad as small panels: what `tertius interests` finds without a case.
//!
//! The caller says which series stand together; how they are drawn is settled here.

use serde_json::{Value, json};
use tertius::vocabulary::Lang;

use super::theme::{Column, GREY, INK, colour, figure, round, shape};
use super::{Cell, Figure, Table};
use crate::i18n::messages;
use crate::names::number;
use crate::terminal::hanging;

/// Room at the left of a panel for the labels of its axis.
const LEFT: u32 = 34;
/// Between two panels of a line.
const GAP: u32 = 12;
/// Font size of a panel's title.
const TITLE: f64 = 10.5;

/// A value of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// What the value is of, as a table prints it: `1992`, `1992-03`.
    pub period: String,
    /// In years: 1992 is the middle of that year.
    pub at: f64,
    /// `None` where nothing is known; the line has a gap there.
    pub value: Option<f64>,
    /// Ends of its 90 % interval.
    pub interval: Option<(f64, f64)>,
    /// Whether it was observed. One that stands between observations is drawn hollow.
    pub observed: bool,
}

/// A series, with a name where a panel has several.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What the table calls it.
    pub name: String,
    /// In order of time.
    pub points: Vec<Point>,
}

/// A panel: up to two series on one scale, the first drawn full, the second dashed.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// What is measured, with its unit.
    pub title: String,
    /// Ends of the scale, where the measure has them; otherwise the range of the values.
    pub scale: Option<(f64, f64)>,
    /// Its series.
    pub lines: Vec<Line>,
}

/// Panels under one heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// What they have in common.
    pub heading: String,
    /// Drawn three to a line on the width of a page and two on that of a column; a single one takes the whole.
    pub panels: Vec<Panel>,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Triad {
    /// Name of its files: letters, digits and hyphens.
    pub id: String,
    /// Title of the figure.
    pub title: String,
    /// First and last year.
    pub years: (i16, i16),
    /// From the top down.
    pub sections: Vec<Section>,
}

/// The figure of `triad`. Panels in which no value is known are left out, and so are sections without panels; `None`
/// where nothing is left.
///
/// ```
/// use tertius::vocabulary::Lang;
/// use tertius_report::figures::triad::{Line, Panel, Point, Section, Triad, draw};
///
/// let point = Point { period: "1992".into(), at: 1992.0, value: Some(0.8), interval: None, observed: true };
/// let panel = |points| Panel {
///     title: "D".into(),
///     scale: Some((0.0, 1.0)),
///     lines: vec![Line { name: "D".into(), points }],
/// };
/// let triad = |points| Triad {
///     id: "JPN-USA-RUS".into(),
///     title: "Japan".into(),
///     years: (1992, 1993),
///     sections: vec![Section { heading: "Divergence".into(), panels: vec![panel(points)] }],
/// };
/// assert_eq!(draw(&triad(vec![point]), Lang::En).map(|f| f.table.rows.len()), Some(1));
/// assert!(draw(&triad(Vec::new()), Lang::En).is_none());
/// ```
pub fn draw(triad: &Triad, lang: Lang) -> Option<Figure> {
    let known = |p: &&Panel| {
        let points = p.lines.iter().flat_map(|l| &l.points);
        points.into_iter().any(|p| p.value.is_some())
    };
    let sections: Vec<(&str, Vec<&Panel>)> = triad
        .sections
        .iter()
        .map(|s| (s.heading.as_str(), s.panels.iter().filter(known).collect()))
        .filter(|(_, panels): &(&str, Vec<&Panel>)| !panels.is_empty())
        .collect();
    if sections.is_empty() {
        return None;
    }
    let words = messages(lang);
    Some(Figure {
        kind: "triad",
        id: triad.id.clone(),
        title: triad.title.clone(),
        caption: words.get("figure-triad-caption"),
        double: spec(triad, &sections, Column::Double),
        single: spec(triad, &sections, Column::Single),
        table: table(&sections, lang),
    })
}

fn spec(triad: &Triad, sections: &[(&str, Vec<&Panel>)], column: Column) -> Value {
    let mut datasets = serde_json::Map::new();
    let mut blocks = Vec::new();
    for (heading, panels) in sections {
        let abreast = match panels.len() {
            1 => 1,
            _ => column.pick(2, 3),
        };
        let width = (column.plot(0) - abreast * LEFT - (abreast - 1) * GAP) / abreast;
        let drawn: Vec<Value> = panels
            .iter()
            .map(|panel| {
                let name = format!("panel {}", datasets.len());
                datasets.insert(name.clone(), rows(panel).into());
                one(panel, &name, triad.years, width, panels.len() == 1)
            })
            .collect();
        // Letters of the heading on a line: half its size and a little wide each.
        let columns = column.pick(50, 104);
        blocks.push(json!({
            "title": {"text": lines(heading, columns), "anchor": "start", "fontSize": 12, "offset": 8, "frame": "bounds"},
            "concat": drawn, "columns": abreast, "spacing": {"row": 12, "column": GAP},
        }));
    }
    figure(
        &triad.title,
        None,
        Value::Object(datasets),
        json!({"vconcat": blocks, "spacing": 22}),
    )
}

/// A title of several lines.
fn lines(text: &str, columns: usize) -> Vec<String> {
    let folded = hanging(text, columns, 0);
    folded.lines().map(str::to_owned).collect()
}

fn rows(panel: &Panel) -> Vec<Value> {
    let of_line = |(k, line): (usize, &Line)| {
        let row = move |p: &Point| {
            json!({
                "line": k, "at": round(p.at), "value": p.value.map(round), "observed": p.observed,
                "low": p.interval.map(|i| round(i.0)), "high": p.interval.map(|i| round(i.1))
            })
        };
        line.points.iter().map(row).collect::<Vec<_>>()
    };
    panel.lines.iter().enumerate().flat_map(of_line).collect()
}

fn one(panel: &Panel, data: &str, years: (i16, i16), width: u32, alone: bool) -> Value {
    let height = if alone { 96 } else { 62 };
    let x = json!({
        "field": "at", "type": "quantitative",
        "scale": {"domain": [f64::from(years.0) - 0.5, f64::from(years.1) + 0.5], "nice": false, "zero": false},
        "axis": {"title": null, "values": ticks(years, width), "format": "d", "grid": true, "labelOverlap": true, "labelFlush": false}
    });
    let y = |field: &str| {
        let scale = match panel.scale {
            Some((low, high)) => json!({"domain": [low, high], "nice": false}),
            None => json!({"zero": false, "nice": 3}),
        };
        json!({"field": field, "type": "quantitative", "scale": scale, "axis": {"title": null, "tickCount": 3, "format": "~g", "minExtent": LEFT - 2, "maxExtent": LEFT - 2}})
    };
    let mut layers = Vec::new();
    for k in 0..panel.lines.len() {
        let of_line = format!("datum.line == {k}");
        let dash = if k == 0 { json!([1, 0]) } else { json!([4, 2]) };
        layers.extend([
            json!({"transform": [{"filter": of_line}],
                "mark": {"type": "area", "color": colour(k), "fillOpacity": 0.2, "invalid": "break-paths-show-path-domains"},
                "encoding": {"x": x, "y": y("low"), "y2": {"field": "high"}}}),
            json!({"transform": [{"filter": of_line}],
                "mark": {"type": "line", "color": colour(k), "strokeWidth": 1.3, "strokeDash": dash, "invalid": "break-paths-show-path-domains"},
                "encoding": {"x": x, "y": y("value")}}),
            json!({"transform": [{"filter": format!("{of_line} && isValid(datum.value)")}],
                "mark": {"type": "point", "shape": shape(k), "filled": true, "size": 9, "opacity": 1, "stroke": colour(k), "strokeWidth": 0.8},
                "encoding": {"x": x, "y": y("value"),
                    "fill": {"condition": {"test": "datum.observed", "value": colour(k)}, "value": "white"}}}),
        ]);
    }
    if panel
        .scale
        .is_some_and(|(low, high)| low < 0.0 && high > 0.0)
    {
        layers.insert(
            0,
            json!({"mark": {"type": "rule", "color": GREY, "strokeWidth": 0.8}, "encoding": {"y": {"datum": 0, "type": "quantitative"}}}),
        );
    }
    let columns = (f64::from(width + LEFT) / (TITLE * 0.53)) as usize;
    json!({
        "width": width, "height": height, "data": {"name": data},
        "title": {"text": lines(&panel.title, columns.max(20)), "anchor": "start", "fontSize": TITLE, "offset": 4, "frame": "bounds", "color": INK},
        "layer": layers
    })
}

/// Years that the axis names: whole steps of at least forty pixels.
fn ticks((from, to): (i16, i16), width: u32) -> Vec<i16> {
    let span = f64::from(to - from) + 1.0;
    let most = f64::from(width) / 40.0;
    let steps = [1, 2, 5, 10, 20, 50, 100];
    let fits = |step: &i16| span / f64::from(*step) <= most.max(1.0);
    let step = steps.into_iter().find(fits).unwrap_or(100);
    (from..=to).filter(|y| y % step == 0).collect()
}

fn table(sections: &[(&str, Vec<&Panel>)], lang: Lang) -> Table {
    let words = messages(lang);
    let head = ["measure", "series", "period", "value", "low", "high"];
    let mut rows = Vec::new();
    for panel in sections.iter().flat_map(|(_, panels)| panels) {
        for line in &panel.lines {
            for point in line.points.iter().filter(|p| p.value.is_some()) {
                let cell = |x: Option<f64>| Cell::number(number(x));
                rows.push(vec![
                    Cell::text(panel.title.clone()),
                    Cell::text(line.name.clone()),
                    Cell::when(point.period.clone()),
                    cell(point.value),
                    cell(point.interval.map(|i| i.0)),
                    cell(point.interval.map(|i| i.1)),
                ]);
            }
        }
    }
    Table {
        head: head
            .map(|k| words.get(&format!("figure-triad-{k}")))
            .to_vec(),
        rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_names_whole_steps_that_fit() {
        assert_eq!(
            ticks((1992, 2023), 638),
            vec![1995, 2000, 2005, 2010, 2015, 2020]
        );
        assert_eq!(ticks((1992, 2023), 180), vec![2000, 2010, 2020]);
        assert_eq!(ticks((2020, 2021), 180), vec![2020, 2021]);
        assert_eq!(ticks((2021, 2021), 30), vec![2021]);
    }
}
