//! Draws an invented case into a folder, to look at: `cargo run --features static --example look -- FOLDER`.

use std::path::PathBuf;
use std::time::Instant;

use tertius::vocabulary::Lang;
use tertius_report::figures::{self, Column};
use tertius_report::render::{Renderer, png};

#[allow(clippy::unwrap_used)]
#[path = "../tests/it/sample.rs"]
mod sample;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(
        std::env::args()
            .nth(1)
            .unwrap_or_else(|| "target/look".into()),
    );
    std::fs::create_dir_all(&folder)?;
    let findings = sample::findings();
    let start = Instant::now();
    let mut renderer = Renderer::new()?;
    let mut said = vec![format!("engine {:?}", start.elapsed())];
    for lang in Lang::ALL {
        let page = tertius_report::page::report(&findings, lang, &Default::default())?;
        std::fs::write(folder.join(format!("report-{lang}.html")), page)?;
        std::fs::write(
            folder.join(format!("summary-{lang}.txt")),
            tertius_report::terminal::summary(&findings, lang),
        )?;
        for figure in figures::all(&findings, lang) {
            for (column, name) in [(Column::Double, "double"), (Column::Single, "single")] {
                let begun = Instant::now();
                let drawn = renderer.svg(figure.spec(column))?;
                let svg = begun.elapsed();
                let picture = png(&drawn.svg, 2.0)?;
                said.push(format!(
                    "{lang} {} {name}: svg {svg:?}, png {:?}, {:?} {:?}",
                    figure.id,
                    begun.elapsed() - svg,
                    drawn.warnings,
                    picture.uncovered
                ));
                std::fs::write(
                    folder.join(format!("{}-{lang}-{name}.svg", figure.id)),
                    &drawn.svg,
                )?;
                std::fs::write(
                    folder.join(format!("{}-{lang}-{name}.png", figure.id)),
                    picture.bytes,
                )?;
            }
        }
    }
    said.push(format!("all {:?}", start.elapsed()));
    std::fs::write(folder.join("log.txt"), said.join("\n"))?;
    Ok(())
}
