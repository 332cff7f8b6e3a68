//! The command line of Tertius: flags to a job, a job to the engine, findings to files.

mod case_files;
mod output;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use tertius::findings::{Findings, Run, RunOptions, run};
use tertius::record::{Diagnostic, Severity, load};
use tertius::vocabulary::{Lang, Month};

use case_files::Source;

/// Reads the part that a state plays between its patron and its patron's rival.
#[derive(Parser)]
#[command(name = "tertius", version, about, max_term_width = 80)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Reads a case: measures interests, reads roles, writes findings and report.
    #[command(
        after_help = "Examples:\n  tertius read japan-russia\n  tertius read my-case/ --lang zh\n  tertius read japan-russia --format json"
    )]
    Read(ReadArgs),
    /// Names every problem of a case at once, each with file, row and what to do.
    #[command(after_help = "Examples:\n  tertius check my-case/")]
    Check {
        /// A folder, or the name of a bundled case.
        case: String,
        #[command(flatten)]
        common: Common,
    },
    /// Shows the evidence behind one month, the weightiest first.
    #[command(
        after_help = "Examples:\n  tertius explain japan-russia --at 2022-03\n  tertius explain japan-russia --at 2014-04 --role balancer"
    )]
    Explain {
        /// A folder, or the name of a bundled case.
        case: String,
        /// The month, YYYY-MM.
        #[arg(long)]
        at: Month,
        /// Only this role.
        #[arg(long)]
        role: Option<String>,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(clap::Args)]
struct ReadArgs {
    /// A folder, or the name of a bundled case.
    case: String,
    /// Where findings and report go.
    #[arg(long, value_name = "DIR")]
    out: Option<std::path::PathBuf>,
    /// Fixed parameters: quick, approximate, and labelled so.
    #[arg(long)]
    fast: bool,
    #[command(flatten)]
    common: Common,
}

#[derive(clap::Args)]
struct Common {
    /// What is printed.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Language of what is printed.
    #[arg(long, default_value = "en")]
    lang: Lang,
    /// Seed of every random draw.
    #[arg(long)]
    seed: Option<u64>,
    /// Nothing known later than this month is used.
    #[arg(long, value_name = "MONTH")]
    as_of: Option<Month>,
    /// No progress on standard error.
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// How a run ended: the exit codes that scripts rely on.
enum Ended {
    Done,
    InputHasErrors,
    Usage(String),
    Internal(String),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let ended = match cli.verb {
        Verb::Read(args) => read(&args),
        Verb::Check { case, common } => check(&case, &common),
        Verb::Explain {
            case,
            at,
            role,
            common,
        } => explain(&case, at, role.as_deref(), &common),
    };
    match ended {
        Ended::Done => ExitCode::SUCCESS,
        Ended::InputHasErrors => ExitCode::from(1),
        Ended::Usage(message) => {
            say(&message);
            ExitCode::from(2)
        }
        Ended::Internal(message) => {
            say(&message);
            ExitCode::from(3)
        }
    }
}

/// To standard error; a closed pipe there is nobody's problem.
fn say(message: &str) {
    let _ = writeln!(std::io::stderr(), "{message}");
}

/// To standard output; a reader that went away has seen enough.
fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

fn tick(quiet: bool) -> impl FnMut(&'static str) {
    let show = !quiet && std::io::stderr().is_terminal();
    move |step| {
        if show {
            say(&format!("… {step}"));
        }
    }
}

fn tell(diagnostics: &[Diagnostic], lang: Lang) {
    for d in diagnostics {
        say(&tertius_report::diagnostics::line(d, lang));
    }
}

struct Job {
    run: Run,
    record: tertius::record::Record,
    options: RunOptions,
}

fn do_run(case: &str, common: &Common, change: impl FnOnce(&mut RunOptions)) -> Result<Job, Ended> {
    let source = Source::find(case).map_err(Ended::Usage)?;
    let (record, diagnostics) = load(&source, common.as_of);
    let Some(record) = record else {
        tell(&diagnostics, common.lang);
        return Err(Ended::InputHasErrors);
    };
    let loud: Vec<Diagnostic> = diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Warning)
        .cloned()
        .collect();
    if !common.quiet {
        tell(&loud, common.lang);
    }
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

fn read(args: &ReadArgs) -> Ended {
    let job = match do_run(&args.case, &args.common, |o| o.reader.fast = args.fast) {
        Ok(job) => job,
        Err(ended) => return ended,
    };
    let findings: &Findings = &job.run.findings;
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
    files.push((
        "report.html".to_owned(),
        tertius_report::html::report(findings, args.common.lang),
    ));
    if let Err(message) = output::write_folder(&folder, &files) {
        return Ended::Usage(message);
    }
    match args.common.format {
        Format::Json => print(&json),
        Format::Text => {
            print(&tertius_report::text::reading(findings, args.common.lang));
            print(&format!("\n{}\n", folder.join("report.html").display()));
        }
    }
    Ended::Done
}

fn check(case: &str, common: &Common) -> Ended {
    let source = match Source::find(case) {
        Ok(s) => s,
        Err(m) => return Ended::Usage(m),
    };
    let (record, diagnostics) = load(&source, common.as_of);
    match common.format {
        Format::Json => match serde_json::to_string_pretty(&diagnostics) {
            Ok(text) => print(&format!("{text}\n")),
            Err(e) => return Ended::Internal(e.to_string()),
        },
        Format::Text => {
            for d in &diagnostics {
                print(&format!(
                    "{}\n",
                    tertius_report::diagnostics::line(d, common.lang)
                ));
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

fn explain(case: &str, at: Month, role: Option<&str>, common: &Common) -> Ended {
    let job = match do_run(case, common, |o| {
        o.sensitivity = false;
        o.evidence_draws = 50;
    }) {
        Ok(job) => job,
        Err(ended) => return ended,
    };
    let catalogue = &job.record.case.catalogue;
    let Some(t) = job.run.evidence.span.index(at) else {
        let span = job.run.evidence.span;
        return Ended::Usage(format!(
            "{at} is not among the months read, {} to {}",
            span.first(),
            span.last()
        ));
    };
    let roles: Vec<usize> = match role.map(|r| catalogue.role(r)) {
        None => catalogue.roles().map(|r| r.index()).collect(),
        Some(Some(r)) => vec![r.index()],
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
    let mut found = Vec::new();
    for r in roles {
        let one = tertius::findings::waterfall(
            catalogue,
            &job.run.evidence,
            &job.run.reading,
            &job.options,
            r,
            t,
        );
        match one {
            Ok(w) => found.push(w),
            Err(e) => {
                return Ended::Internal(format!("the evidence could not be taken apart: {e}"));
            }
        }
    }
    match common.format {
        Format::Json => match output::json(&found) {
            Ok(text) => print(&text),
            Err(e) => return Ended::Internal(e.to_string()),
        },
        Format::Text => {
            for w in &found {
                print(&tertius_report::text::waterfall(
                    &job.run.findings,
                    w,
                    common.lang,
                ));
            }
        }
    }
    Ended::Done
}
