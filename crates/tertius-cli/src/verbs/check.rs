//! `tertius check`: every problem at once, and again whenever a file changes.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tertius::record::{Severity, load_with};

use crate::case_files::Source;
use crate::screen::{gone, look, message, print, say};
use crate::{Common, Ended, Format, help};

/// What `check` takes.
#[derive(clap::Args)]
#[command(after_help = help::CHECK)]
pub(crate) struct Args {
    /// A folder, or the name of a bundled case.
    case: String,
    /// Check again whenever a file of the folder changes, until interrupted.
    #[arg(long)]
    watch: bool,
    #[command(flatten)]
    common: Common,
}

pub(crate) fn run(args: &Args) -> Ended {
    let source = match Source::find(&args.case, args.common.lang) {
        Ok(s) => s,
        Err(m) => return Ended::Usage(m),
    };
    if !args.watch {
        return once(&source, &args.common);
    }
    let Source::Folder(root) = &source else {
        return Ended::Usage(message(args.common.lang, "cli-watch-folder", &[]));
    };
    let mut seen = None;
    loop {
        let now = fingerprint(root);
        if seen.as_ref() != Some(&now) {
            if seen.is_some() {
                say("");
            }
            if let Ended::Internal(message) = once(&source, &args.common) {
                return Ended::Internal(message);
            }
            seen = Some(now);
        }
        if gone() {
            return Ended::Done;
        }
        std::thread::sleep(Duration::from_millis(300));
    }
}

fn once(source: &Source, common: &Common) -> Ended {
    let (record, diagnostics) = load_with(source, &super::data::panels(), common.as_of);
    if let Some(record) = record.as_ref().filter(|_| !common.quiet) {
        super::tell_as_of(record, common);
    }
    match common.format {
        Format::Json => match serde_json::to_string_pretty(&diagnostics) {
            Ok(text) => print(&format!("{text}\n")),
            Err(e) => return Ended::Internal(e.to_string()),
        },
        Format::Csv => print(&tertius_report::tables::diagnostics(&diagnostics)),
        Format::Text => {
            // A person reads wrapped lines; a program reads one line a problem.
            let seen = std::io::stdout().is_terminal();
            for d in &diagnostics {
                let line = if seen {
                    tertius_report::diagnostics::painted(d, common.lang, look())
                } else {
                    tertius_report::diagnostics::line(d, common.lang)
                };
                print(&format!("{line}\n"));
            }
            let count = |s| diagnostics.iter().filter(|d| d.severity == s).count();
            let (e, w, n) = (
                count(Severity::Error),
                count(Severity::Warning),
                count(Severity::Note),
            );
            print(&tertius_report::diagnostics::total(e, w, n, common.lang));
        }
    }
    if record.is_some() {
        Ended::Done
    } else {
        Ended::InputHasErrors
    }
}

/// Sizes and times of all files: what is the same did not change.
fn fingerprint(root: &Path) -> Vec<(PathBuf, u64, Option<SystemTime>)> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let Ok(meta) = entry.metadata() else { continue };
            if meta.is_dir() {
                folders.push(entry.path());
            } else {
                found.push((entry.path(), meta.len(), meta.modified().ok()));
            }
        }
    }
    found.sort();
    found
}
