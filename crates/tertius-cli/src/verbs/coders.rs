//! `tertius coders`: agreement between coders.

use tertius::findings::{RunOptions, agreement};
use tertius_report::terminal::agreement as shown;

use super::load_record;
use crate::screen::{look, print};
use crate::{Common, Ended, Format, help, output};

/// What `coders` takes.
#[derive(clap::Args)]
#[command(after_help = help::CODERS)]
pub(crate) struct Args {
    /// A folder, or the name of a bundled case.
    case: String,
    /// Seed of the draws behind the intervals.
    #[arg(long)]
    seed: Option<u64>,
    #[command(flatten)]
    common: Common,
}

pub(crate) fn run(args: &Args) -> Ended {
    let (record, _) = match load_record(&args.case, &args.common) {
        Ok(found) => found,
        Err(ended) => return ended,
    };
    let seed = args.seed.unwrap_or(RunOptions::default().seed);
    let fields = agreement(&record, seed);
    match args.common.format {
        Format::Json => match output::json(&fields) {
            Ok(text) => print(&text),
            Err(e) => return Ended::Internal(e.to_string()),
        },
        Format::Csv => print(&tertius_report::tables::agreement(&fields)),
        Format::Text => print(&shown(&fields, args.common.lang, look())),
    }
    Ended::Done
}
