//! `tertius read`: the main job.

use std::collections::BTreeMap;
use std::path::PathBuf;

use tertius::findings::Findings;
use tertius_report::figures::{self, Drawn, Figure};
use tertius_report::{page, terminal};

use super::{Job, STEPS, do_job};
use crate::case_files::Source;
use crate::output::File;
use crate::pictures::{self, engines};
use crate::place::Place;
use crate::screen::{Progress, look, message, print};
use crate::{Common, Ended, Format, Settings, help, output};

/// What `read` takes.
#[derive(clap::Args)]
#[command(after_help = help::READ)]
pub(crate) struct Args {
    /// A folder, or the name of a bundled case.
    case: String,
    /// Where findings and report go [default: tertius-out/CASE].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Every figure as SVG and PNG too, in the widths of one and of two columns.
    #[arg(long)]
    figures: bool,
    /// A few hundred draws and no bands: a look, not a reading, and labelled so.
    #[arg(long)]
    fast: bool,
    /// Also look for the fewest rows that each label rests on (a few seconds more).
    #[arg(long)]
    fragility: bool,
    /// Write findings and tables, and no page.
    #[arg(long)]
    no_report: bool,
    #[command(flatten)]
    settings: Settings,
    #[command(flatten)]
    common: Common,
}

pub(crate) fn run(args: &Args) -> Ended {
    match work(args) {
        Ok(()) => Ended::Done,
        Err(ended) => ended,
    }
}

fn work(args: &Args) -> Result<(), Ended> {
    let lang = args.common.lang;
    if args.figures && !cfg!(feature = "figures") {
        return Err(Ended::Usage(message(lang, "cli-no-figures", &[])));
    }
    // The fast path has too few draws of the parameters to weigh.
    if args.fast && args.fragility {
        return Err(Ended::Usage(message(lang, "cli-fast-fragility", &[])));
    }
    let more = u64::from(!args.no_report) + u64::from(args.figures) + u64::from(args.fragility);
    let progress = Progress::new(STEPS + more, lang, args.common.quiet);
    let source = Source::find(&args.case, lang).map_err(Ended::Usage)?;
    let pages = !args.no_report || args.figures;
    // The engine of figures loads its scripts while the case is read.
    let studio = pages.then(engines);
    let mut place = None;
    let job = do_job(
        &args.case,
        &args.common,
        &args.settings,
        &progress,
        |r, o| {
            let own = || ["tertius-out", &r.case.id].iter().collect();
            let folder = args.out.clone().unwrap_or_else(own);
            place = Some(Place::find(folder, &source, lang).map_err(Ended::Usage)?);
            o.reader.fast = args.fast;
            o.fragility = args.fragility;
            Ok(())
        },
    )?;
    let findings = &job.run.findings;
    if pages {
        progress.step("report");
    }
    let all = if pages {
        figures::all(findings, lang)
    } else {
        Vec::new()
    };
    // Tables are written out while figures are drawn.
    let (drawn, written) = std::thread::scope(|scope| {
        let tables = scope.spawn(|| (output::tables(findings), output::json(findings)));
        let drawn = studio.map_or_else(
            || Ok(BTreeMap::new()),
            |s| pictures::draw(s, &all, args.figures, lang),
        );
        (drawn, tables.join())
    });
    let drawn = drawn?;
    let not_written = |reason: String| {
        let values = [("path", "findings.json".to_owned()), ("reason", reason)];
        Ended::Internal(message(lang, "cli-not-written", &values))
    };
    let (mut files, json) = written.unwrap_or_else(|fault| std::panic::resume_unwind(fault));
    let json = json.map_err(|e| not_written(e.to_string()))?;
    files.push(File::text("findings.json", &json));
    if args.figures {
        progress.step("figures");
        files.extend(pictures::files(
            "figures/",
            &all,
            &drawn,
            lang,
            args.common.quiet,
        ));
    }
    if !args.no_report {
        files.push(File::text("report.html", &report(&job, drawn, &all, args)?));
    }
    let place = place.ok_or_else(|| Ended::Internal("no place".to_owned()))?;
    place.write(&files).map_err(Ended::Usage)?;
    drop(progress);
    show(findings, &json, &files, place.shown(), args);
    Ok(())
}

fn report(
    job: &Job,
    drawn: BTreeMap<String, Drawn>,
    all: &[Figure],
    args: &Args,
) -> Result<String, Ended> {
    let options = page::PageOptions {
        drawn,
        bibliography: job.record.sources.text.clone(),
    };
    page::report_with(&job.run.findings, args.common.lang, &options, all)
        .map_err(|e| Ended::Internal(e.to_string()))
}

/// What was found, in the form asked for.
fn show(findings: &Findings, json: &str, files: &[File], folder: &std::path::Path, args: &Args) {
    match args.common.format {
        Format::Json => print(json),
        Format::Csv => {
            let roles = files.iter().find(|f| f.path == "roles.csv");
            print(&roles.map_or_else(Default::default, |f| String::from_utf8_lossy(&f.bytes)));
        }
        Format::Text => {
            print(&terminal::summary(findings, args.common.lang, look()));
            let last = if args.no_report {
                "findings.json"
            } else {
                "report.html"
            };
            print(&format!("\n{}\n", folder.join(last).display()));
            let drawn = files.iter().filter(|f| f.path.ends_with(".svg")).count();
            if drawn > 0 {
                let values = [
                    ("path", folder.join("figures").display().to_string()),
                    ("n", drawn.to_string()),
                ];
                print(&(message(args.common.lang, "cli-figures-written", &values) + "\n"));
            }
        }
    }
}
