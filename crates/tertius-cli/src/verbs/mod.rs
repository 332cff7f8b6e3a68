//! One file a verb.

pub(crate) mod check;
pub(crate) mod cite;
pub(crate) mod coders;
pub(crate) mod data;
pub(crate) mod explain;
pub(crate) mod interests;
pub(crate) mod measure;
pub(crate) mod new;
pub(crate) mod public;
pub(crate) mod read;

use tertius::findings::{Run, RunOptions, run};
use tertius::record::{Diagnostic, DiagnosticId, Record, Severity, load_with, override_settings};
use tertius::vocabulary::Lang;

use crate::case_files::Source;
use crate::screen::{Progress, message, say};
use crate::{Common, Ended, Settings};

/// A case that was read.
pub(crate) struct Job {
    pub(crate) run: Run,
    pub(crate) record: Record,
    pub(crate) options: RunOptions,
}

/// A checked record with its warnings told, or how it ended.
fn load_record(case: &str, common: &Common) -> Result<(Record, Vec<Diagnostic>), Ended> {
    let source = Source::find(case, common.lang).map_err(Ended::Usage)?;
    let (record, diagnostics) = load_with(&source, &data::panels(), common.as_of);
    let Some(record) = record else {
        tell(&diagnostics, common.lang);
        let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
        let values = [("case", case.to_owned()), ("n", errors.count().to_string())];
        say(&message(common.lang, "cli-not-read", &values));
        return Err(Ended::InputHasErrors);
    };
    if !common.quiet {
        // Warnings, and what was not read: nothing is left out of a reading without a word.
        let left_out = [
            DiagnosticId::HiddenRows,
            DiagnosticId::OutsideSpan,
            DiagnosticId::NothingToRead,
        ];
        let loud = |d: &&Diagnostic| d.severity == Severity::Warning || left_out.contains(&d.id);
        let loud: Vec<Diagnostic> = diagnostics.iter().filter(loud).cloned().collect();
        tell(&loud, common.lang);
    }
    Ok((record, diagnostics))
}

/// Steps of the engine that [`Progress`] is told of.
const STEPS: u64 = 5;

/// Reads a case. What a verb asks for by `change`, which may also refuse what it was asked before any work is
/// done, gives way to settings of the case, and those to `--set`.
fn do_job(
    case: &str,
    common: &Common,
    settings: &Settings,
    progress: &Progress,
    change: impl FnOnce(&Record, &mut RunOptions) -> Result<(), Ended>,
) -> Result<Job, Ended> {
    do_job_last(case, common, settings, progress, change, |_| ())
}

/// The same; `last` sees the options as settings have left them, and has the last word.
fn do_job_last(
    case: &str,
    common: &Common,
    settings: &Settings,
    progress: &Progress,
    change: impl FnOnce(&Record, &mut RunOptions) -> Result<(), Ended>,
    last: impl FnOnce(&mut RunOptions),
) -> Result<Job, Ended> {
    let (record, diagnostics) = load_record(case, common)?;
    let set = override_settings(&record.case.settings, &settings.set).map_err(|wrong| {
        let lines = wrong
            .iter()
            .map(|d| tertius_report::diagnostics::line(d, common.lang));
        Ended::Usage(lines.collect::<Vec<_>>().join("\n"))
    })?;
    let mut options = RunOptions::default();
    if let Some(seed) = settings.seed {
        options.seed = seed;
    }
    change(&record, &mut options)?;
    let mut options = options.with(&set);
    last(&mut options);
    let failed = |e: &dyn std::fmt::Display| {
        let values = [("reason", e.to_string())];
        Ended::Internal(message(common.lang, "cli-reading-failed", &values))
    };
    let run = run(&record, diagnostics, &options, &mut |step| {
        progress.step(step)
    })
    .map_err(|e| failed(&e))?;
    Ok(Job {
        run,
        record,
        options,
    })
}

fn tell(diagnostics: &[Diagnostic], lang: Lang) {
    for d in diagnostics {
        say(&tertius_report::diagnostics::line(d, lang));
    }
}
