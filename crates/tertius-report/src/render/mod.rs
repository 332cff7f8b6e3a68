//! Figures without a browser: Vega-Lite to SVG in QuickJS, SVG to PNG by resvg.
//!
//! The same specifications and the same Vega as in a page that draws for itself. Vega loads nothing and sees
//! no clock: the engine has neither files nor a network. One engine serves any number of figures.
//!
//! ```
//! # #[cfg(feature = "static")] {
//! let mut renderer = tertius_report::render::Renderer::new()?;
//! let spec = serde_json::json!({
//!     "data": {"values": [{"月": 1, "p": 0.2}, {"月": 2, "p": 0.7}]},
//!     "mark": "line",
//!     "encoding": {"x": {"field": "月", "type": "quantitative"}, "y": {"field": "p", "type": "quantitative"}}
//! });
//! let figure = renderer.svg(&spec)?;
//! assert!(figure.svg.starts_with("<svg"));
//! # }
//! # Ok::<(), tertius_report::render::RenderError>(())
//! ```

mod draw;
mod font;
mod png;
mod script;
mod tidy;

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use serde::Deserialize;
use serde_json::Value;

pub use draw::{captions, draw, png_file, svg_file};
pub use font::{FAMILY, uncovered};
pub use png::{Png, outlined, png};

/// Vega's recursion needs more than the two megabytes that a thread has by default.
const STACK_BYTES: usize = 32 << 20;

/// Why a figure could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// Vega or Vega-Lite refused the specification.
    #[error("the figure's script failed: {message}")]
    Script {
        /// The exception's message.
        message: String,
    },
    /// The script went on beyond its budget: an endless loop, most likely.
    #[error("the figure's script was stopped after {polls} polls without an end")]
    Endless {
        /// How often QuickJS asked whether to go on.
        polls: u64,
    },
    /// The SVG could not be read back.
    #[error("the figure's SVG could not be read: {message}")]
    Svg {
        /// What the reader said.
        message: String,
    },
    /// The pixels could not be made or written.
    #[error("the figure's PNG could not be made: {message}")]
    Png {
        /// What went wrong.
        message: String,
    },
    /// The engine could not be started, or is gone.
    #[error("the figure engine is not running: {message}")]
    Engine {
        /// What went wrong.
        message: String,
    },
}

/// A figure as SVG.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Figure {
    /// The document, from `<svg` to `</svg>`, text as text.
    pub svg: String,
    /// What Vega and Vega-Lite warned of. Ours are to have none.
    pub warnings: Vec<String>,
}

type Job = (String, Sender<Result<Figure, RenderError>>);

/// A JavaScript engine with Vega and Vega-Lite loaded, on a thread with a stack of its own.
#[derive(Debug)]
pub struct Renderer {
    jobs: Option<Sender<Job>>,
    worker: Option<JoinHandle<()>>,
}

impl Renderer {
    /// Starts the engine and loads the vendored scripts (a tenth of a second or so in release).
    ///
    /// # Errors
    ///
    /// [`RenderError::Engine`] if the thread or the engine can't be had.
    pub fn new() -> Result<Self, RenderError> {
        Self::with_budget(script::BUDGET)
    }

    /// The same with a budget of interrupt polls a figure. A poll comes about every ten thousand
    /// steps of the interpreter, so that the bound does not depend on the machine's speed.
    ///
    /// # Errors
    ///
    /// As for [`Renderer::new`].
    pub fn with_budget(polls: u64) -> Result<Self, RenderError> {
        let (jobs, inbox): (Sender<Job>, Receiver<Job>) = channel();
        let (ready, started) = channel();
        let worker = std::thread::Builder::new()
            .name("figures".into())
            .stack_size(STACK_BYTES)
            .spawn(move || work(&inbox, &ready, polls))
            .map_err(|e| RenderError::Engine {
                message: e.to_string(),
            })?;
        started.recv().unwrap_or_else(|e| {
            Err(RenderError::Engine {
                message: e.to_string(),
            })
        })?;
        Ok(Renderer {
            jobs: Some(jobs),
            worker: Some(worker),
        })
    }

    /// Draws one Vega-Lite specification.
    ///
    /// # Errors
    ///
    /// [`RenderError::Script`] with the exception's message; [`RenderError::Endless`] past the budget.
    /// The renderer can be used again after either.
    pub fn svg(&mut self, spec: &Value) -> Result<Figure, RenderError> {
        let gone = || RenderError::Engine {
            message: "its thread has ended".into(),
        };
        let (answer, outcome) = channel();
        let jobs = self.jobs.as_ref().ok_or_else(gone)?;
        jobs.send((spec.to_string(), answer)).map_err(|_| gone())?;
        outcome.recv().map_err(|_| gone())?
    }
}

impl Drop for Renderer {
    fn drop(&mut self) {
        // Without a sender the worker's loop ends.
        self.jobs = None;
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

fn work(inbox: &Receiver<Job>, ready: &Sender<Result<(), RenderError>>, polls: u64) {
    let mut engine = match script::Engine::new(polls) {
        Ok(engine) => {
            let _ = ready.send(Ok(()));
            Some(engine)
        }
        Err(error) => {
            let _ = ready.send(Err(error));
            return;
        }
    };
    for (spec, answer) in inbox {
        let running = match engine.take() {
            Some(running) => Ok(running),
            None => script::Engine::new(polls),
        };
        let outcome = match running {
            Ok(running) => {
                let outcome = running.draw(&spec);
                // An interrupted engine is in an unknown state: the next figure gets a new one.
                if matches!(outcome, Err(RenderError::Endless { .. })) {
                    running.abandon();
                } else {
                    engine = Some(running);
                }
                outcome
            }
            Err(error) => Err(error),
        };
        let _ = answer.send(outcome);
    }
}
