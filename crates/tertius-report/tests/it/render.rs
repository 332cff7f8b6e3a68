//! Figures without a browser.

use serde_json::{Value, json};
use std::fs;
use std::path::Path;

use tertius::vocabulary::Lang;
use tertius_report::figures;
use tertius_report::render::{self, RenderError, Renderer, outlined, png, uncovered};

use crate::sample;

fn line(title: &str) -> Value {
    json!({
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": title,
        "width": 300, "height": 120,
        "config": {"font": "Tertius Sans SC"},
        "data": {"values": [
            {"month": "2014-03-01", "p": 0.2}, {"month": "2014-04-01", "p": 0.7}, {"month": "2014-05-01", "p": 0.9}
        ]},
        "mark": "line",
        "encoding": {
            "x": {"field": "month", "type": "temporal", "scale": {"type": "utc"}},
            "y": {"field": "p", "type": "quantitative", "title": "概率"}
        }
    })
}

#[test]
fn a_figure_keeps_its_texts_and_is_the_same_each_time() {
    let mut renderer = Renderer::new().unwrap();
    let first = renderer.svg(&line("追随者的概率")).unwrap();
    assert!(first.svg.contains("追随者的概率") && first.svg.contains("概率"));
    assert_eq!(first.warnings, Vec::<String>::new());
    assert_eq!(renderer.svg(&line("追随者的概率")).unwrap(), first);
    assert_eq!(
        Renderer::new().unwrap().svg(&line("追随者的概率")).unwrap(),
        first
    );
}

/// The share of dark pixels tells glyphs from nothing; two texts of the same length tell glyphs from boxes.
#[test]
fn chinese_is_drawn_and_not_as_boxes() {
    let svg = |text: &str| {
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text y="15" font-family="No Such Font, sans-serif" font-size="14">{text}</text></svg>"#
        )
    };
    let one = png(&svg("一一一一"), 1.0).unwrap();
    let many = png(&svg("疆疆疆疆"), 1.0).unwrap();
    assert!(one.uncovered.is_empty() && many.uncovered.is_empty());
    assert_ne!(one.bytes, many.bytes);
    assert!(
        many.bytes.len() > one.bytes.len() + 100,
        "a dense character has more detail than a bar"
    );
    assert_eq!(many.size, (60, 20));
    assert_eq!(png(&svg("a\u{E000}"), 1.0).unwrap().uncovered, ['\u{E000}']);
    let paths = outlined(&svg("平衡者")).unwrap();
    assert!(!paths.contains("<text") && paths.contains("<path"));
}

#[test]
fn an_exception_is_reported_with_its_message_and_the_renderer_goes_on() {
    let mut renderer = Renderer::new().unwrap();
    let mut spec = line("wrong");
    spec["transform"] = json!([{"calculate": "nosuch(1)", "as": "x"}]);
    let message = |error| match error {
        RenderError::Script { message } => message,
        other => panic!("{other:?}"),
    };
    let said = message(renderer.svg(&spec).unwrap_err());
    assert!(said.contains("nosuch"), "{said}");
    let said = message(renderer.svg(&json!("no specification")).unwrap_err());
    assert!(!said.is_empty());
    assert!(renderer.svg(&line("again")).is_ok());
}

#[test]
fn a_figure_loads_nothing() {
    let mut spec = line("loads");
    spec["data"] = json!({"url": "file:///etc/hostname", "format": {"type": "csv"}});
    let error = Renderer::new().unwrap().svg(&spec).unwrap_err();
    assert!(
        error.to_string().contains("a figure loads nothing"),
        "{error}"
    );
}

/// Ten million rows stand for rows without an end: the budget stops both at the same step.
#[test]
fn an_endless_figure_is_stopped_and_the_renderer_goes_on() {
    let mut renderer = Renderer::with_budget(100).unwrap();
    let mut spec = line("endless");
    spec["data"] = json!({"sequence": {"start": 0, "stop": 1e7, "as": "p"}});
    let error = renderer.svg(&spec).unwrap_err();
    assert!(matches!(error, RenderError::Endless { .. }), "{error}");
    assert!(renderer.svg(&line("again")).is_ok());
}

#[test]
fn sides_have_a_limit() {
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"></svg>"#;
    assert!(matches!(png(svg, 1e6), Err(RenderError::Png { .. })));
    assert!(matches!(png(svg, 0.0), Err(RenderError::Png { .. })));
    assert!(matches!(png("no svg", 1.0), Err(RenderError::Svg { .. })));
    assert_eq!(uncovered("follower 追随者"), Vec::<char>::new());
}

/// Texts of the project that figures may show in Chinese: messages, the catalogue, names of the bundled case,
/// and the descriptions of its rows, which stand in waterfalls.
#[test]
fn the_bundled_font_has_every_character_of_ours() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut read = 0;
    for folder in [
        "locales/zh",
        "locales/en",
        "../tertius/catalogues",
        "../../cases/japan-russia",
    ] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let kind = path
                .extension()
                .and_then(|e| e.to_str())
                .unwrap_or_default();
            if !["ftl", "toml", "csv"].contains(&kind) {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            // Latin letters with marks are any machine's own; boxes are a matter of Chinese ones.
            let missing: Vec<char> = uncovered(&text)
                .into_iter()
                .filter(|c| *c >= '\u{2E80}')
                .collect();
            assert_eq!(
                missing,
                Vec::<char>::new(),
                "{}: build the font again",
                path.display()
            );
            read += 1;
        }
    }
    assert!(read > 12, "{read} files");
}

/// Files of figures have the size of a column, their caption, no link, and outlines in Chinese; pixels say their resolution.
#[test]
fn a_figure_as_a_file_is_fit_for_print() {
    let findings = sample::findings();
    for lang in Lang::ALL {
        let all: Vec<_> = figures::all(&findings, lang)
            .into_iter()
            .filter(|f| ["waterfall", "prior"].contains(&f.kind))
            .collect();
        let drawn = render::draw(&all).unwrap();
        for figure in &all {
            for (svg, most) in [
                (&drawn[&figure.id].single, 90.5),
                (&drawn[&figure.id].double, 190.5),
            ] {
                let file = render::svg_file(figure, svg).unwrap();
                let width = file
                    .split("width=\"")
                    .nth(1)
                    .unwrap()
                    .split("mm\"")
                    .next()
                    .unwrap();
                let width: f64 = width.parse().unwrap();
                assert!(
                    most * 0.8 < width && width < most,
                    "{} is {width} mm",
                    figure.id
                );
                assert!(file.contains("<title>") && file.contains("<desc>"));
                assert!(!file.contains("<a ") && !file.contains("href"));
                assert_eq!(file.contains("<text"), lang == Lang::En, "{}", figure.id);
                let pixels = render::png_file(svg).unwrap();
                // 300 dots an inch are 11811 a metre.
                let at = pixels.bytes.windows(4).position(|w| w == b"pHYs").unwrap();
                assert_eq!(pixels.bytes[at + 4..at + 8], 11_811_u32.to_be_bytes());
                let inches = f64::from(pixels.size.0) / 300.0;
                assert!(
                    (inches * 25.4 - width).abs() < 0.2,
                    "{inches} in, {width} mm"
                );
            }
        }
    }
}

/// A drawing depends on its figure alone: not on the number of engines, nor on what an engine drew before.
#[test]
fn figures_are_the_same_from_any_number_of_engines() {
    let all = tertius_report::figures::all(&crate::sample::findings(), Lang::En);
    let alone = render::Studio::of(1).unwrap().draw(&all).unwrap();
    assert_eq!(alone.len(), all.len());
    assert_eq!(render::Studio::of(3).unwrap().draw(&all).unwrap(), alone);
    // The one with a gradient, whose name counts up within an engine.
    let plane = all.iter().find(|f| f.kind == "plane").unwrap();
    let again = render::Studio::of(1).unwrap();
    let again = again.draw(std::slice::from_ref(plane)).unwrap();
    assert!(again["plane"].single.contains("gradient_"));
    assert_eq!(again["plane"], alone["plane"]);
}

/// A text may have characters that no XML document holds: they are replaced on the page, in the file and in
/// pixels. And what cannot be drawn is named, while the others are drawn.
#[test]
fn characters_that_no_document_holds_are_replaced_and_what_fails_is_named() {
    let bad = r#"<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text y="15">X</text></svg>"#;
    assert!(png(&bad.replace('X', "\u{FFFE}"), 1.0).is_err());
    let all = figures::all(&sample::findings(), Lang::En);
    let mut odd = all[0].clone();
    odd.caption = "What was\u{FFFF} done".to_owned();
    odd.single = line("");
    odd.single["encoding"]["y"]["title"] = json!("odd\u{FFFE}\u{1} one");
    odd.double = odd.single.clone();
    let drawn = render::draw(std::slice::from_ref(&odd)).unwrap();
    let svg = &drawn[&odd.id].single;
    let file = render::svg_file(&odd, svg).unwrap();
    assert!(svg.contains("odd\u{FFFD}\u{FFFD} one"), "{svg}");
    assert!(file.contains("odd\u{FFFD}\u{FFFD} one") && file.contains("was\u{FFFD} done"));
    render::png_file(svg).unwrap();
    let mut broken = all.clone();
    broken[0].single = json!("no specification");
    let (drawn, failed) = render::Studio::of(1).unwrap().draw_most(&broken).unwrap();
    assert_eq!(failed.keys().collect::<Vec<_>>(), [&broken[0].id]);
    assert_eq!(drawn.len() + 1, all.len());
}
