//! Standard output and standard error: what is printed where, how wide, in which colours.

use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::OnceLock;
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tertius::vocabulary::Lang;
use tertius_report::i18n::messages;
use tertius_report::terminal::Look;

/// To standard error; a closed pipe there is nobody's problem.
pub(crate) fn say(message: &str) {
    let _ = writeln!(anstream::stderr(), "{message}");
}

/// What became of standard output, where not all could be written to it.
static LOST: OnceLock<std::io::Error> = OnceLock::new();

/// To standard output. What cannot be written is told at the end of the run ([`lost`]).
pub(crate) fn print(text: &str) {
    let mut out = anstream::stdout();
    if let Err(e) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        let _ = LOST.set(e);
    }
}

/// Whether the reader of standard output went away, and has seen enough.
pub(crate) fn gone() -> bool {
    LOST.get()
        .is_some_and(|e| e.kind() == ErrorKind::BrokenPipe)
}

/// Why not all of standard output could be written, where somebody still waits for it.
pub(crate) fn lost() -> Option<String> {
    let lost = LOST.get().filter(|_| !gone());
    lost.map(ToString::to_string)
}

/// How standard output looks. Colour only where a terminal understands it and `NO_COLOR` is not set; its own
/// width, or what `COLUMNS` says, or eighty columns.
pub(crate) fn look() -> Look {
    let out = std::io::stdout();
    let colour = out.is_terminal() && AutoStream::choice(&out) != ColorChoice::Never;
    let said = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let own = || terminal_size::terminal_size_of(&out).map(|(w, _)| usize::from(w.0));
    Look::new(said.or_else(own).unwrap_or(Look::PLAIN.width), colour)
}

/// A message of ours in a language.
pub(crate) fn message(lang: Lang, key: &str, values: &[(&str, String)]) -> String {
    let values: Vec<_> = values
        .iter()
        .map(|(k, v)| (*k, v.as_str().into()))
        .collect();
    messages(lang).with(key, &values)
}

/// The steps of a run, for whoever waits at a terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
    lang: Lang,
}

impl Progress {
    /// A bar of `steps` steps; nothing is drawn where `quiet`, or where standard error is no terminal.
    pub(crate) fn new(steps: u64, lang: Lang, quiet: bool) -> Progress {
        let target = if quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let bar = ProgressBar::with_draw_target(Some(steps), target);
        if let Ok(style) =
            ProgressStyle::with_template("{spinner} {bar:20} {pos}/{len} {msg} {elapsed}")
        {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress { bar, lang }
    }

    /// The next step begins.
    pub(crate) fn step(&self, name: &str) {
        let key = format!("cli-step-{name}");
        let words = messages(self.lang);
        let said = if words.has(&key) {
            words.get(&key)
        } else {
            name.to_owned()
        };
        // The first step begins at nothing done.
        if !self.bar.message().is_empty() {
            self.bar.inc(1);
        }
        self.bar.set_message(said);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
