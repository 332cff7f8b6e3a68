//! What all figures share: widths, palette, axes of months.

use serde_json::{Value, json};
use tertius::vocabulary::Month;

use crate::names::Names;

/// The width that a figure is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// One column of a journal, 90 mm, or a telephone: 340 pixels.
    Single,
    /// Two columns, 183 mm: 690 pixels.
    Double,
}

impl Column {
    /// Pixels of the plotting area, where labels at the left take `left`.
    pub(super) fn plot(self, left: u32) -> u32 {
        let whole: u32 = match self {
            Column::Single => 340,
            Column::Double => 690,
        };
        whole.saturating_sub(left + 18)
    }

    /// The one or the other.
    pub(crate) fn pick<T>(self, single: T, double: T) -> T {
        match self {
            Column::Single => single,
            Column::Double => double,
        }
    }
}

/// Okabe and Ito's colours that are legible on white and on black, ordered so that neighbours differ in grey too.
const COLOURS: [&str; 7] = [
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7F7F7F",
];
const SHAPES: [&str; 5] = ["circle", "square", "triangle-up", "diamond", "cross"];

/// Neutral marks: legible on white and on black.
pub(super) const GREY: &str = "#888888";
/// The colour of text and axes: the page's ink, black on its own.
pub(super) const INK: &str = "currentColor";

pub(super) fn colour(index: usize) -> &'static str {
    COLOURS[index % COLOURS.len()]
}
pub(super) fn shape(index: usize) -> &'static str {
    SHAPES[index % SHAPES.len()]
}

const FONT: &str = "Helvetica Neue, Arial, Noto Sans, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, Tertius Sans SC, sans-serif";

/// A specification: `body` with schema, title, named data and the common look.
pub(super) fn figure(title: &str, subtitle: Option<&str>, datasets: Value, body: Value) -> Value {
    let mut spec = json!({
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": title,
        "title": {"text": title, "anchor": "start", "frame": "bounds", "offset": 10},
        "padding": 4,
        "autosize": {"type": "pad"},
        "datasets": datasets,
        "config": config(),
    });
    if let Some(subtitle) = subtitle {
        spec["title"]["subtitle"] = subtitle.into();
    }
    if let (Value::Object(spec), Value::Object(body)) = (&mut spec, body) {
        spec.extend(body);
    }
    spec
}

fn config() -> Value {
    json!({
        "font": FONT,
        "background": null,
        "aria": false,
        "view": {"stroke": null, "continuousWidth": 300, "continuousHeight": 80},
        "title": {"fontSize": 13, "fontWeight": "normal", "color": INK, "subtitleColor": INK, "subtitleFontSize": 10.5, "subtitlePadding": 3},
        "axis": {
            "labelFontSize": 10, "titleFontSize": 10.5, "titleFontWeight": "normal", "labelColor": INK, "titleColor": INK,
            "domainColor": GREY, "tickColor": GREY, "gridColor": GREY, "gridOpacity": 0.2, "tickSize": 4, "labelPadding": 3
        },
        "axisY": {"domain": false, "ticks": false},
        "legend": {"labelFontSize": 10, "titleFontSize": 10.5, "titleFontWeight": "normal", "labelColor": INK, "titleColor": INK, "symbolStrokeWidth": 1.5},
        "header": {"labelFontSize": 10.5, "labelFontWeight": "normal", "titleFontWeight": "normal", "labelColor": INK, "titleColor": INK},
        "text": {"color": INK, "fontSize": 10},
        "concat": {"spacing": 10},
        "facet": {"spacing": 14}
    })
}

/// Where a month begins on the axis: in years, so that no time zone of a browser moves it.
pub(super) fn at(month: Month) -> f64 {
    round(f64::from(month.year()) + (f64::from(month.month()) - 1.0) / 12.0)
}

/// The month after `month`.
pub(super) fn next(month: Month) -> Month {
    if month.month() == 12 {
        Month::new(month.year().saturating_add(1), 1).unwrap_or(month)
    } else {
        Month::new(month.year(), month.month() + 1).unwrap_or(month)
    }
}

/// The horizontal channel of months over the span read: one scale for every panel.
pub(super) fn months_axis(names: &Names<'_>, field: &str, column: Column, labels: bool) -> Value {
    let f = names.findings;
    let span = f.from.until(f.to).max(1);
    let most = column.pick(6, 13);
    // Whole years where there are enough of them, quarters or months in a short record.
    let steps = [1, 3, 6, 12, 24, 60, 120, 240];
    let step = steps.into_iter().find(|s| span / s <= most).unwrap_or(240);
    let months = (0..=f.from.until(f.to)).map(|k| f.from + k);
    let whole = |m: &Month| (i32::from(m.year()) * 12 + i32::from(m.month()) - 1) % step == 0;
    let values: Vec<f64> = months.filter(whole).map(at).collect();
    let year = "format(floor(datum.value + 0.01), 'd')";
    let label = if step < 12 {
        format!(
            "{year} + '-' + format(round((datum.value + 0.01 - floor(datum.value + 0.01)) * 12) + 1, '02')"
        )
    } else {
        year.to_owned()
    };
    let mut axis = json!({"title": null, "values": values, "grid": true, "labelExpr": label, "labelOverlap": true, "labelFlush": false});
    if !labels {
        axis["labels"] = false.into();
        axis["ticks"] = false.into();
        axis["domain"] = false.into();
    }
    json!({
        "field": field, "type": "quantitative",
        "scale": {"domain": [at(f.from), at(next(f.to))], "nice": false, "zero": false},
        "axis": axis
    })
}

/// How wide a text is, roughly, in pixels at a font size: a Chinese character is as wide as it is high, other
/// characters a little over half of it.
pub(super) fn width_of(text: &str, size: f64) -> f64 {
    crate::terminal::columns(text) as f64 * size * 0.53
}

/// `text` on two lines where one is too wide for `room`.
pub(super) fn folded(text: &str, room: f64, size: f64) -> String {
    let middle = text.len() / 2;
    let space = text
        .match_indices(' ')
        .map(|(at, _)| at)
        .min_by_key(|at| at.abs_diff(middle));
    match space {
        Some(at) if width_of(text, size) > room => {
            let (first, second) = text.split_at(at);
            format!("{first}\n{}", second.trim_start())
        }
        _ => text.to_owned(),
    }
}

/// Four digits after the point: beyond what a figure shows, and half the size.
pub(super) fn round(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// The mean of the values that are there.
pub(super) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, n) = values.fold((0.0, 0usize), |(s, n), v| (s + v, n + 1));
    (n > 0).then(|| sum / n as f64)
}
