//! `tertius explain`: the evidence behind one month.

use tertius::findings::{RunOptions, waterfalls};
use tertius::record::Record;
use tertius::vocabulary::{Month, Role};

use super::{STEPS, do_job_last};
use crate::screen::{Progress, look, message, print};
use crate::{Common, Ended, Format, Settings, help, output};

/// Draws of the parameters that the evidence is averaged over, where no setting says how many: Monte Carlo
/// errors are printed.
const DRAWS: usize = 50;

/// What `explain` takes.
#[derive(clap::Args)]
#[command(after_help = help::EXPLAIN)]
pub(crate) struct Args {
    /// A folder, or the name of a bundled case.
    case: String,
    /// The month, YYYY-MM.
    #[arg(long, value_name = "MONTH")]
    at: Month,
    /// Only this role.
    #[arg(long)]
    role: Option<String>,
    /// A line for every row and silence, not the weightiest alone.
    #[arg(long)]
    all: bool,
    /// Read as if this source had not been found: rows that rest on it alone are left out.
    #[arg(long, value_name = "KEY")]
    without: Option<String>,
    #[command(flatten)]
    settings: Settings,
    #[command(flatten)]
    common: Common,
}

pub(crate) fn run(args: &Args) -> Ended {
    let lang = args.common.lang;
    let progress = Progress::new(STEPS, lang, args.common.quiet);
    let mut asked = None;
    let mut draws = DRAWS;
    let job = do_job_last(
        &args.case,
        &args.common,
        &args.settings,
        &progress,
        |record, o| {
            asked = Some(question(record, args).map_err(Ended::Usage)?);
            o.sensitivity = false;
            o.evidence_draws = DRAWS;
            o.without_source = args.without.clone();
            Ok(())
        },
        // Only the month that is asked for is taken apart, below.
        |o| draws = std::mem::take(&mut o.evidence_draws),
    );
    let job = match job {
        Ok(job) => job,
        Err(ended) => return ended,
    };
    let catalogue = &job.record.case.catalogue;
    let (roles, t) = asked.unwrap_or_default();
    let questions: Vec<_> = roles.into_iter().map(|r| (r, t)).collect();
    let options = RunOptions {
        evidence_draws: draws,
        ..job.options
    };
    let (e, reading) = (&job.run.evidence, &job.run.reading);
    let found = match waterfalls(catalogue, e, reading, &options, &questions) {
        Ok(found) => found,
        Err(e) => {
            let values = [("reason", e.to_string())];
            return Ended::Internal(message(lang, "cli-reading-failed", &values));
        }
    };
    drop(progress);
    match args.common.format {
        Format::Json => match output::json(&found) {
            Ok(text) => print(&text),
            Err(e) => return Ended::Internal(e.to_string()),
        },
        Format::Csv => print(&tertius_report::tables::evidence(&found)),
        Format::Text => {
            for w in &found {
                let findings = &job.run.findings;
                print(&tertius_report::terminal::waterfall(
                    findings,
                    w,
                    args.all,
                    lang,
                    look(),
                ));
            }
        }
    }
    Ended::Done
}

/// The roles and the month that are asked about, or what to say.
fn question(record: &Record, args: &Args) -> Result<(Vec<Role>, usize), String> {
    let (lang, catalogue, span) = (args.common.lang, &record.case.catalogue, record.case.span);
    if let Some(key) = &args.without
        && !record.sources.by_key.contains_key(key)
    {
        return Err(message(lang, "cli-no-source", &[("key", key.clone())]));
    }
    let month = span.index(args.at).ok_or_else(|| {
        let values = [
            ("month", args.at.to_string()),
            ("from", span.first().to_string()),
            ("to", span.last().to_string()),
        ];
        message(lang, "cli-no-month", &values)
    })?;
    let Some(name) = args.role.as_deref() else {
        return Ok((catalogue.roles().collect(), month));
    };
    let role = catalogue.role(name).ok_or_else(|| {
        let known = catalogue.roles().map(|r| catalogue.spec(r).id.as_str());
        let known = known.collect::<Vec<_>>().join(", ");
        let values = [("role", name.to_owned()), ("known", known)];
        message(lang, "cli-no-role", &values)
    })?;
    Ok((vec![role], month))
}
