//! One file a verb.

pub(crate) mod check;
pub(crate) mod cite;
pub(crate) mod coders;
pub(crate) mod data;
pub(crate) mod explain;
pub(crate) mod new;
pub(crate) mod read;

use std::io::IsTerminal;

use tertius::findings::{Run, RunOptions, run};
use tertius::record::{Diagnostic, Record, Severity, load_with};
use tertius::vocabulary::Lang;

use crate::case_files::Source;
use crate::{Common, Ended, say};

/// A case that was read.
pub(crate) struct Job {
    pub(crate) run: Run,
    pub(crate) record: Record,
    pub(crate) options: RunOptions,
}

/// A checked record with its warnings told, or how it ended.
fn load_record(case: &str, common: &Common) -> Result<(Record, Vec<Diagnostic>), Ended> {
    let source = Source::find(case).map_err(Ended::Usage)?;
    let (record, diagnostics) = load_with(&source, &data::panels(), common.as_of);
    let Some(record) = record else {
        tell(&diagnostics, common.lang);
        return Err(Ended::InputHasErrors);
    };
    if !common.quiet {
        let loud = diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Warning);
        tell(&loud.cloned().collect::<Vec<_>>(), common.lang);
    }
    Ok((record, diagnostics))
}

fn do_job(case: &str, common: &Common, change: impl FnOnce(&mut RunOptions)) -> Result<Job, Ended> {
    let (record, diagnostics) = load_record(case, common)?;
    let mut options = RunOptions::default();
    if let Some(seed) = common.seed {
        options.seed = seed;
    }
    change(&mut options);
    let run = run(&record, diagnostics, &options, &mut tick(common.quiet))
        .map_err(|e| Ended::Internal(format!("the reading failed: {e}")))?;
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

fn tick(quiet: bool) -> impl FnMut(&'static str) {
    let show = !quiet && std::io::stderr().is_terminal();
    move |step| {
        if show {
            say(&format!("… {step}"));
        }
    }
}
