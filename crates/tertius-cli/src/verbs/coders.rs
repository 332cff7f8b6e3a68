//! `tertius coders`: agreement between coders.

use std::fmt::Write as _;

use tertius::findings::{RunOptions, agreement};
use tertius::vocabulary::Lang;

use super::load_record;
use crate::{Common, Ended, Format, output, print};

/// What `coders` takes.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  tertius coders japan-russia\n  tertius coders my-case/ --format json"
)]
pub(crate) struct Args {
    /// A folder, or the name of a bundled case.
    case: String,
    #[command(flatten)]
    common: Common,
}

pub(crate) fn run(args: &Args) -> Ended {
    let (record, _) = match load_record(&args.case, &args.common) {
        Ok(found) => found,
        Err(ended) => return ended,
    };
    let seed = args.common.seed.unwrap_or(RunOptions::default().seed);
    let fields = agreement(&record, seed);
    match args.common.format {
        Format::Json => match output::json(&fields) {
            Ok(text) => print(&text),
            Err(e) => return Ended::Internal(e.to_string()),
        },
        Format::Csv => {
            let mut out = String::from("table,field,metric,n,same,alpha,low_95,high_95\n");
            for f in &fields {
                let number = |x: Option<f64>| x.map_or_else(String::new, |x| format!("{x:.4}"));
                let _ = writeln!(
                    out,
                    "{},{},{},{},{:.4},{},{},{}",
                    f.table,
                    f.field,
                    f.metric,
                    f.n,
                    f.same,
                    number(f.alpha),
                    number(f.alpha_95.map(|b| b[0])),
                    number(f.alpha_95.map(|b| b[1]))
                );
            }
            print(&out);
        }
        Format::Text => {
            if fields.is_empty() {
                print(match args.common.lang {
                    Lang::En => "No row was coded twice: put second codings into codings/.\n",
                    Lang::Zh => "没有行被编码两次：请将第二编码放入 codings/。\n",
                });
            }
            for f in &fields {
                let alpha = match (f.alpha, f.alpha_95) {
                    (Some(a), Some([low, high])) => format!("{a:.2} [{low:.2}, {high:.2}]"),
                    (Some(a), None) => format!("{a:.2}"),
                    (None, _) => "—".to_owned(),
                };
                print(&format!(
                    "{:<12}{:<15}n {:>4}  = {:>4.0} %  α {alpha}\n",
                    f.table,
                    f.field,
                    f.n,
                    100.0 * f.same
                ));
            }
        }
    }
    Ended::Done
}
