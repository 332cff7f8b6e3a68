//! Every figure of a report drawn for the page: engines that are started early, and share the work.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::tidy::tidy;
use super::{RenderError, Renderer};
use crate::figures::{Column, Drawn, Figure};

/// The most engines: a report has some twenty drawings, and an engine costs a fifth of a second and twenty
/// megabytes before its first.
const MOST: usize = 4;

/// Engines, one for each processor, which load their scripts on threads of their own while the caller does
/// something else: started before a case is read, they are ready when it is.
#[derive(Debug)]
pub struct Studio {
    engines: Vec<Renderer>,
}

impl Studio {
    /// Starts the engines, without waiting for them.
    ///
    /// # Errors
    ///
    /// [`RenderError::Engine`] if no thread can be had.
    pub fn start() -> Result<Studio, RenderError> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Studio::of(processors.clamp(1, MOST))
    }

    /// So many engines.
    ///
    /// # Errors
    ///
    /// As [`Studio::start`].
    pub fn of(engines: usize) -> Result<Studio, RenderError> {
        let begun = (0..engines.max(1)).map(|_| Renderer::begun());
        let engines = begun.collect::<Result<Vec<_>, _>>()?;
        Ok(Studio { engines })
    }

    /// Draws all figures in both widths, for [`crate::page::PageOptions::drawn`]: without titles, which stand
    /// in the page, and with links to its rows. What is drawn does not depend on the number of engines.
    ///
    /// # Errors
    ///
    /// As [`Renderer::svg`], for the first figure that has one.
    pub fn draw(self, figures: &[Figure]) -> Result<BTreeMap<String, Drawn>, RenderError> {
        let (drawn, failed) = self.draw_most(figures)?;
        match failed.into_iter().next() {
            Some((_, error)) => Err(error),
            None => Ok(drawn),
        }
    }

    /// Draws the figures that can be drawn, as [`Studio::draw`] does, and says by id why others can not.
    ///
    /// # Errors
    ///
    /// [`RenderError::Engine`] if the engines themselves fail.
    #[expect(clippy::type_complexity, reason = "two lists, named above")]
    pub fn draw_most(
        self,
        figures: &[Figure],
    ) -> Result<(BTreeMap<String, Drawn>, BTreeMap<String, RenderError>), RenderError> {
        let jobs = jobs(figures);
        let next = AtomicUsize::new(0);
        let work = |mut engine: Renderer| {
            let mut made = Vec::new();
            while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                made.push((job.figure, job.column, one(&mut engine, job)));
            }
            made
        };
        let made = std::thread::scope(|scope| {
            let threads = self.engines.into_iter().map(|e| scope.spawn(|| work(e)));
            let threads: Vec<_> = threads.collect();
            let joined = threads.into_iter().map(|t| {
                t.join().map_err(|_| RenderError::Engine {
                    message: "its thread has ended".into(),
                })
            });
            joined.collect::<Result<Vec<_>, _>>()
        })?;
        let mut drawn: BTreeMap<String, Drawn> = BTreeMap::new();
        let mut failed = BTreeMap::new();
        for (figure, column, svg) in made.into_iter().flatten() {
            let place = drawn.entry(figure.id.clone()).or_default();
            match (column, svg) {
                (Column::Double, Ok(svg)) => place.double = svg,
                (Column::Single, Ok(svg)) => place.single = svg,
                (_, Err(error)) => {
                    failed.insert(figure.id.clone(), error);
                }
            }
        }
        drawn.retain(|id, _| !failed.contains_key(id));
        Ok((drawn, failed))
    }
}

/// Draws all figures in both widths: [`Studio::draw`] with engines started now.
///
/// # Errors
///
/// As [`Studio::draw`].
pub fn draw(figures: &[Figure]) -> Result<BTreeMap<String, Drawn>, RenderError> {
    Studio::start()?.draw(figures)
}

struct Job<'a> {
    figure: &'a Figure,
    column: Column,
    spec: String,
}

/// Both widths of each figure, the longest specification first, so that no engine begins a long one last.
fn jobs(figures: &[Figure]) -> Vec<Job<'_>> {
    let both = figures.iter().flat_map(|figure| {
        [Column::Double, Column::Single].map(|column| {
            let mut spec = figure.spec(column).clone();
            if let Some(spec) = spec.as_object_mut() {
                spec.shift_remove("title");
            }
            let spec = spec.to_string();
            Job {
                figure,
                column,
                spec,
            }
        })
    });
    let mut jobs: Vec<Job<'_>> = both.collect();
    jobs.sort_by_key(|job| std::cmp::Reverse(job.spec.len()));
    jobs
}

fn one(engine: &mut Renderer, job: &Job<'_>) -> Result<String, RenderError> {
    let prefix = format!("{}-{}-", job.figure.id, job.column.pick("s", "d"));
    Ok(tidy(&engine.text(&job.spec)?.svg, &prefix, true))
}
