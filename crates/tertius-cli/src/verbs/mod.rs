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
use tertius_report::i18n::messages;

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
        tell_apart(case, &diagnostics, common.lang);
        tell_as_of(&record, common);
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

/// Warnings a line each, and that nothing is read; of rows that are left out of the reading, of which nothing goes
/// without a word, how many notes tell, and where they stand.
fn tell_apart(case: &str, diagnostics: &[Diagnostic], lang: Lang) {
    let loud =
        |d: &&Diagnostic| d.severity == Severity::Warning || d.id == DiagnosticId::NothingToRead;
    let loud: Vec<Diagnostic> = diagnostics.iter().filter(loud).cloned().collect();
    tell(&loud, lang);
    let of_rows = [DiagnosticId::HiddenRows, DiagnosticId::OutsideSpan];
    let rows = diagnostics.iter().filter(|d| of_rows.contains(&d.id));
    let rows: Vec<&Diagnostic> = rows.collect();
    if rows.is_empty() {
        return;
    }
    let count = |d: &&&Diagnostic| d.fields.get("count").and_then(|n| n.parse::<usize>().ok());
    let left_out: usize = rows.iter().filter_map(|d| count(&d)).sum();
    let values = [
        ("n", rows.len().into()),
        ("rows", left_out.into()),
        ("case", case.into()),
    ];
    say(&messages(lang).with("cli-notes", &values));
}

/// Says that a month asked for by `--as-of` lies after the last one read: it hides less than the case does.
fn tell_as_of(record: &Record, common: &Common) {
    let last = record.case.span.last();
    if let Some(month) = common.as_of.filter(|m| *m > last) {
        let values = [
            ("month", month.to_string().into()),
            ("last", last.to_string().into()),
            ("hidden", record.hidden.into()),
        ];
        say(&messages(common.lang).with("cli-as-of-late", &values));
    }
}

fn tell(diagnostics: &[Diagnostic], lang: Lang) {
    for d in diagnostics {
        say(&tertius_report::diagnostics::line(d, lang));
    }
}
