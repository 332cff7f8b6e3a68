//! Figures drawn, and as files: without the feature `figures` there is no engine, and a page draws them in the reader's
//! browser.

use std::collections::BTreeMap;

use tertius::vocabulary::Lang;
use tertius_report::figures::{Drawn, Figure};

use crate::Ended;
use crate::output::File;
#[cfg(feature = "figures")]
use crate::screen::{message, say};

/// What draws figures, on its way: its scripts load on threads of their own.
#[cfg(feature = "figures")]
pub(crate) type Engines =
    Result<tertius_report::render::Studio, tertius_report::render::RenderError>;
#[cfg(not(feature = "figures"))]
pub(crate) type Engines = ();

#[cfg(feature = "figures")]
pub(crate) fn engines() -> Engines {
    tertius_report::render::Studio::start()
}
#[cfg(not(feature = "figures"))]
pub(crate) fn engines() -> Engines {}

/// Draws the figures. One that cannot be drawn is named and left out, and the page draws it in the reader's
/// browser; without engines none can be, which ends a run that was `asked` for them.
#[cfg(feature = "figures")]
pub(crate) fn draw(
    engines: Engines,
    all: &[Figure],
    asked: bool,
    lang: Lang,
) -> Result<BTreeMap<String, Drawn>, Ended> {
    let (drawn, failed) = match engines.and_then(|studio| studio.draw_most(all)) {
        Ok(found) => found,
        // Without engines there are no pictures at all.
        Err(e) if asked => return Err(Ended::Internal(e.to_string())),
        Err(e) => {
            say(&e.to_string());
            return Ok(BTreeMap::new());
        }
    };
    for (figure, reason) in failed {
        left_out(&figure, &reason, lang);
    }
    Ok(drawn)
}

/// Says which figure is missing from the folder, and why.
#[cfg(feature = "figures")]
fn left_out(figure: &str, reason: &tertius_report::render::RenderError, lang: Lang) {
    let values = [
        ("figure", figure.to_owned()),
        ("reason", reason.to_string()),
    ];
    say(&message(lang, "cli-figure-left-out", &values));
}

#[cfg(not(feature = "figures"))]
pub(crate) fn draw(
    (): Engines,
    _: &[Figure],
    _: bool,
    _: Lang,
) -> Result<BTreeMap<String, Drawn>, Ended> {
    Ok(BTreeMap::new())
}

/// The figures as files under `folder`, drawn on as many threads as there are, with their captions.
#[cfg(feature = "figures")]
pub(crate) fn files(
    folder: &str,
    all: &[Figure],
    drawn: &BTreeMap<String, Drawn>,
    lang: Lang,
    quiet: bool,
) -> Vec<File> {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tertius_report::render::{RenderError, captions, png_file, svg_file};

    let wanted: Vec<(&Figure, String, &str)> = all
        .iter()
        .filter_map(|f| Some((f, drawn.get(&f.id)?)))
        .flat_map(|(f, d)| {
            let single = format!("{}-single", f.id);
            [
                (f, f.id.clone(), d.double.as_str()),
                (f, single, d.single.as_str()),
            ]
        })
        .collect();
    type Made = Result<(Vec<File>, Vec<char>), RenderError>;
    let one = |(figure, name, svg): &(&Figure, String, &str)| -> Made {
        let png = png_file(svg)?;
        let files = vec![
            File::text(&format!("{folder}{name}.svg"), &svg_file(figure, svg)?),
            File {
                path: format!("{folder}{name}.png"),
                bytes: png.bytes,
            },
        ];
        Ok((files, png.uncovered))
    };
    let next = AtomicUsize::new(0);
    let worker = || -> Vec<(usize, Made)> {
        let mut made = Vec::new();
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            let Some(picture) = wanted.get(i) else {
                return made;
            };
            made.push((i, one(picture)));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut made: Vec<(usize, Made)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        let joined = workers.into_iter().map(|w| {
            let made = w.join();
            made.unwrap_or_else(|fault| std::panic::resume_unwind(fault))
        });
        joined.flatten().collect()
    });
    made.sort_by_key(|(i, _)| *i);
    let mut files = vec![File::text(&format!("{folder}captions.txt"), &captions(all))];
    let mut missing: Vec<char> = Vec::new();
    for (i, picture) in made {
        match picture {
            Ok((pair, uncovered)) => {
                files.extend(pair);
                missing.extend(uncovered);
            }
            Err(reason) => left_out(&wanted[i].1, &reason, lang),
        }
    }
    missing.sort_unstable();
    missing.dedup();
    if !missing.is_empty() && !quiet {
        let values = [("characters", missing.into_iter().collect::<String>())];
        say(&message(lang, "cli-uncovered", &values));
    }
    files
}

#[cfg(not(feature = "figures"))]
pub(crate) fn files(
    _: &str,
    _: &[Figure],
    _: &BTreeMap<String, Drawn>,
    _: Lang,
    _: bool,
) -> Vec<File> {
    Vec::new()
}
