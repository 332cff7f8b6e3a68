//! QuickJS with Vega and Vega-Lite in it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rquickjs::{CatchResultExt, CaughtError, Context, Function, Promise, Runtime};

use super::{Figure, RenderError, font};
use crate::assets;

/// Interrupt polls that a figure may use; a figure of ours takes some hundreds.
pub(super) const BUDGET: u64 = 50_000;
const MEMORY_BYTES: usize = 512 << 20;
const STACK_BYTES: usize = 16 << 20;

const SHIMS: &str = include_str!("shims.js");
const DRIVER: &str = include_str!("driver.js");

pub(super) struct Engine {
    runtime: Runtime,
    context: Context,
    /// Polls since the figure was begun.
    polls: Arc<AtomicU64>,
    budget: u64,
}

impl Engine {
    pub(super) fn new(budget: u64) -> Result<Self, RenderError> {
        let runtime = Runtime::new().map_err(engine)?;
        runtime.set_memory_limit(MEMORY_BYTES);
        runtime.set_max_stack_size(STACK_BYTES);
        let polls = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&polls);
        runtime.set_interrupt_handler(Some(Box::new(move || {
            counter.fetch_add(1, Ordering::Relaxed) >= budget
        })));
        let context = Context::full(&runtime).map_err(engine)?;
        let this = Engine {
            runtime,
            context,
            polls,
            budget,
        };
        this.load()?;
        Ok(this)
    }

    fn load(&self) -> Result<(), RenderError> {
        self.context.with(|ctx| {
            let outcome = (|| {
                ctx.globals().set("tertiusWidths", font::WIDTHS)?;
                for script in [SHIMS, assets::VEGA, assets::VEGA_LITE, DRIVER] {
                    ctx.eval::<(), _>(script)?;
                }
                Ok(())
            })();
            outcome.catch(&ctx).map_err(|e| self.explain(e))
        })
    }

    /// Draws the specification in `spec`, JSON text.
    pub(super) fn draw(&self, spec: &str) -> Result<Figure, RenderError> {
        self.polls.store(0, Ordering::Relaxed);
        let text = self.context.with(|ctx| {
            let outcome = (|| {
                let render: Function = ctx.globals().get("tertiusRender")?;
                let promise: Promise = render.call((spec,))?;
                promise.finish::<String>()
            })();
            outcome.catch(&ctx).map_err(|e| self.explain(e))
        })?;
        // Vega leaves cycles between a view and its scene.
        self.runtime.run_gc();
        serde_json::from_str(&text).map_err(|e| RenderError::Script {
            message: e.to_string(),
        })
    }

    /// Leaks the engine. QuickJS checks on the way out that nothing is left over, and aborts the
    /// process if an interrupted script has left something.
    pub(super) fn abandon(self) {
        std::mem::forget(self.context);
        std::mem::forget(self.runtime);
    }

    fn explain(&self, error: CaughtError<'_>) -> RenderError {
        let polls = self.polls.load(Ordering::Relaxed);
        if polls > self.budget {
            return RenderError::Endless { polls };
        }
        let message = match &error {
            CaughtError::Exception(exception) => exception.message().unwrap_or_default(),
            CaughtError::Value(value) => format!("{value:?}"),
            CaughtError::Error(other) => other.to_string(),
        };
        RenderError::Script { message }
    }
}

fn engine(error: rquickjs::Error) -> RenderError {
    RenderError::Engine {
        message: error.to_string(),
    }
}
