//! `tertius explain`: the evidence behind one month.

use tertius::findings::{RunOptions, waterfalls};
use tertius::vocabulary::Month;

use super::do_job;
use crate::{Common, Ended, Format, Settings, output, print};

/// Draws of the parameters that the evidence is averaged over: Monte Carlo errors are printed.
const DRAWS: usize = 50;

/// What `explain` takes.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  tertius explain japan-russia --at 2022-03\n  tertius explain japan-russia --at 2014-04 --role balancer\n  tertius explain japan-russia --at 2022-03 --without reuters20220225"
)]
pub(crate) struct Args {
    /// A folder, or the name of a bundled case.
    case: String,
    /// The month, YYYY-MM.
    #[arg(long, value_name = "MONTH")]
    at: Month,
    /// Only this role.
    #[arg(long)]
    role: Option<String>,
    /// Read as if this source had not been found: rows that rest on it alone are left out.
    #[arg(long, value_name = "KEY")]
    without: Option<String>,
    #[command(flatten)]
    settings: Settings,
    #[command(flatten)]
    common: Common,
}

pub(crate) fn run(args: &Args) -> Ended {
    let job = do_job(&args.case, &args.common, &args.settings, |o| {
        o.sensitivity = false;
        // Only the month that is asked for is taken apart, below.
        o.evidence_draws = 0;
        o.without_source = args.without.clone();
    });
    let job = match job {
        Ok(job) => job,
        Err(ended) => return ended,
    };
    if let Some(key) = &args.without
        && !job.record.sources.by_key.contains_key(key)
    {
        return Ended::Usage(format!("`{key}` is not a source of this case"));
    }
    let catalogue = &job.record.case.catalogue;
    let span = job.run.evidence.span;
    let Some(t) = span.index(args.at) else {
        let (from, to) = (span.first(), span.last());
        return Ended::Usage(format!(
            "{} is not among the months read, {from} to {to}",
            args.at
        ));
    };
    let roles: Vec<_> = match args.role.as_deref().map(|r| catalogue.role(r)) {
        None => catalogue.roles().collect(),
        Some(Some(r)) => vec![r],
        Some(None) => {
            let known: Vec<&str> = catalogue
                .roles()
                .map(|r| catalogue.spec(r).id.as_str())
                .collect();
            return Ended::Usage(format!(
                "no such role; the catalogue has {}",
                known.join(", ")
            ));
        }
    };
    let questions: Vec<_> = roles.into_iter().map(|r| (r, t)).collect();
    let options = RunOptions {
        evidence_draws: DRAWS,
        ..job.options
    };
    let (e, reading) = (&job.run.evidence, &job.run.reading);
    let found = match waterfalls(catalogue, e, reading, &options, &questions) {
        Ok(found) => found,
        Err(e) => return Ended::Internal(format!("the evidence could not be taken apart: {e}")),
    };
    match args.common.format {
        Format::Json => match output::json(&found) {
            Ok(text) => print(&text),
            Err(e) => return Ended::Internal(e.to_string()),
        },
        Format::Csv => print(&tertius_report::tables::evidence(&found)),
        Format::Text => {
            for w in &found {
                print(&tertius_report::terminal::waterfall(
                    &job.run.findings,
                    w,
                    args.common.lang,
                ));
            }
        }
    }
    Ended::Done
}
