//! Draws findings into a folder, to look at: an invented case, or a `findings.json`.
//! `cargo run --release --features static --example look -- FOLDER [FINDINGS [BIBLIOGRAPHY]]`.

use std::path::PathBuf;
use std::time::Instant;

use tertius::findings::Findings;
use tertius::vocabulary::Lang;
use tertius_report::page::PageOptions;
use tertius_report::{figures, page, render, terminal};

#[allow(clippy::unwrap_used)]
#[path = "../tests/it/sample.rs"]
mod sample;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().unwrap_or_else(|| "target/look".into()));
    let findings: Findings = match args.next() {
        Some(path) => serde_json::from_slice(&std::fs::read(path)?)?,
        None => sample::findings(),
    };
    let mut said = Vec::new();
    for lang in Lang::ALL {
        let place = folder.join(lang.to_string());
        std::fs::create_dir_all(place.join("figures"))?;
        let start = Instant::now();
        let all = figures::all(&findings, lang);
        let drawn = render::draw(&all)?;
        said.push(format!("{lang} draw {:?}", start.elapsed()));
        for figure in &all {
            let Some(d) = drawn.get(&figure.id) else {
                continue;
            };
            for (svg, width) in [(&d.double, ""), (&d.single, "-single")] {
                let name = place.join("figures").join(format!("{}{width}", figure.id));
                std::fs::write(name.with_extension("svg"), render::svg_file(figure, svg)?)?;
                let png = render::png_file(svg)?;
                said.push(format!(
                    "{lang} {}{width} {:?} {:?}",
                    figure.id, png.size, png.uncovered
                ));
                std::fs::write(name.with_extension("png"), png.bytes)?;
            }
        }
        said.push(format!("{lang} files {:?}", start.elapsed()));
        let bibliography = std::env::args()
            .nth(3)
            .and_then(|p| std::fs::read_to_string(p).ok())
            .unwrap_or_default();
        for (name, options) in [
            (
                "report.html",
                PageOptions {
                    drawn: drawn.clone(),
                    bibliography,
                },
            ),
            ("report-script.html", PageOptions::default()),
        ] {
            std::fs::write(place.join(name), page::report(&findings, lang, &options)?)?;
        }
        std::fs::write(
            place.join("summary.txt"),
            terminal::summary(&findings, lang, terminal::Look::PLAIN),
        )?;
    }
    std::fs::write(folder.join("log.txt"), said.join("\n"))?;
    Ok(())
}
