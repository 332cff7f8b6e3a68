//! `tertius read`: the main job.

use std::path::PathBuf;
use tertius_report::{page, terminal};

use super::do_job;
use crate::{Common, Ended, Format, Settings, output, print};

/// What `read` takes.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  tertius read japan-russia\n  tertius read my-case/ --lang zh\n  tertius read japan-russia --set rule.divergence=0.3 --set reader.sweeps=5000\n  tertius read japan-russia --format json --quiet > findings.json"
)]
pub(crate) struct Args {
    /// A folder, or the name of a bundled case.
    case: String,
    /// Where findings and report go [default: tertius-out/CASE].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Fixed parameters: quick, approximate, and labelled so.
    #[arg(long)]
    fast: bool,
    /// Write findings and tables, and no page.
    #[arg(long)]
    no_report: bool,
    #[command(flatten)]
    settings: Settings,
    #[command(flatten)]
    common: Common,
}

pub(crate) fn run(args: &Args) -> Ended {
    let fast = |o: &mut tertius::findings::RunOptions| o.reader.fast = args.fast;
    let job = match do_job(&args.case, &args.common, &args.settings, fast) {
        Ok(job) => job,
        Err(ended) => return ended,
    };
    let findings = &job.run.findings;
    let json = match output::json(findings) {
        Ok(json) => json,
        Err(e) => return Ended::Internal(format!("findings could not be written: {e}")),
    };
    let folder = args
        .out
        .clone()
        .unwrap_or_else(|| ["tertius-out", &findings.case].iter().collect());
    let mut files = output::tables(findings);
    files.push(("findings.json".to_owned(), json.clone()));
    if !args.no_report {
        match page::report(findings, args.common.lang, &page::PageOptions::default()) {
            Ok(page) => files.push(("report.html".to_owned(), page)),
            Err(e) => return Ended::Internal(e.to_string()),
        }
    }
    if let Err(message) = output::write_folder(&folder, &files) {
        return Ended::Usage(message);
    }
    match args.common.format {
        Format::Json => print(&json),
        Format::Csv => {
            let roles = files.iter().find(|(name, _)| name == "roles.csv");
            print(roles.map_or("", |(_, text)| text));
        }
        Format::Text => {
            print(&terminal::summary(findings, args.common.lang));
            let last = if args.no_report {
                "findings.json"
            } else {
                "report.html"
            };
            print(&format!("\n{}\n", folder.join(last).display()));
        }
    }
    Ended::Done
}
