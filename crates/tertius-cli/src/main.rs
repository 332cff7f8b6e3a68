//! The command line of Tertius: flags to a job, a job to the engine, findings to files.

mod case_files;
mod help;
mod output;
mod pictures;
mod place;
mod rows;
mod screen;
mod verbs;

use std::process::ExitCode;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use tertius::vocabulary::{Lang, Month};

use screen::{print, say};

/// Reads the part that a state plays between its patron and its patron's rival.
#[derive(Parser)]
#[command(name = "tertius", version, about, max_term_width = 80, after_help = help::WHOLE)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Reads a case: measures interests, reads roles, writes findings and report.
    Read(verbs::read::Args),
    /// Starts a case: a commented folder that passes `check`.
    New(verbs::new::Args),
    /// Names every problem of a case at once, each with file and row.
    Check(verbs::check::Args),
    /// Shows the evidence behind one month, the weightiest first.
    Explain(verbs::explain::Args),
    /// Agreement between coders, field by field, and where they differ.
    Coders(verbs::coders::Args),
    /// Lists what a paper that uses a case must cite.
    Cite(verbs::cite::Args),
    /// Where an ally's interests overlap with its patron's, from public data alone.
    Interests(verbs::interests::Args),
    /// One measure over all states and years, from public data, as a table.
    Measure(verbs::measure::Args),
    /// The catalogue of public datasets, and the folder that they lie in.
    Data(verbs::data::Args),
    /// Prints completions for a shell.
    #[command(after_help = help::COMPLETIONS)]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Writes man pages into a folder.
    #[command(after_help = help::MAN)]
    Man {
        /// The folder.
        dir: std::path::PathBuf,
        /// Language of messages: en or zh.
        #[arg(long, default_value = "en")]
        lang: Lang,
    },
}

/// What all verbs that load a case take.
#[derive(clap::Args)]
struct Common {
    /// What is printed.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Language of what is printed: en or zh.
    #[arg(long, default_value = "en")]
    lang: Lang,
    /// Nothing known later than this month is used.
    #[arg(long, value_name = "MONTH")]
    as_of: Option<Month>,
    /// No progress and no warnings on standard error.
    #[arg(long, short)]
    quiet: bool,
}

/// What all verbs that read roles take besides.
#[derive(clap::Args)]
struct Settings {
    /// Seed of every random draw.
    #[arg(long)]
    seed: Option<u64>,
    /// A setting in place of the case's own or the default, for instance
    /// rule.divergence=0.3; may be given more than once.
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Csv,
}

/// How a run ended: the exit codes that scripts rely on ([`help`] tells them).
#[derive(Debug)]
enum Ended {
    Done,
    InputHasErrors,
    Usage(String),
    Internal(String),
}

/// The language that a verb was asked for, if it has one.
fn lang_of(matches: &ArgMatches) -> Lang {
    if let Some((_, verb)) = matches.subcommand() {
        return lang_of(verb);
    }
    let said = matches.try_get_one::<Lang>("lang").ok().flatten();
    said.copied().unwrap_or(Lang::En)
}

fn main() -> ExitCode {
    let matches = Cli::command().get_matches();
    let lang = lang_of(&matches);
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|e| e.exit());
    let ended = match cli.verb {
        Verb::Read(args) => verbs::read::run(&args),
        Verb::New(args) => verbs::new::run(&args),
        Verb::Check(args) => verbs::check::run(&args),
        Verb::Explain(args) => verbs::explain::run(&args),
        Verb::Coders(args) => verbs::coders::run(&args),
        Verb::Cite(args) => verbs::cite::run(&args),
        Verb::Interests(args) => verbs::interests::run(&args),
        Verb::Measure(args) => verbs::measure::run(&args),
        Verb::Data(args) => verbs::data::run(&args),
        Verb::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "tertius", &mut text);
            print(&String::from_utf8_lossy(&text));
            Ended::Done
        }
        Verb::Man { dir, lang } => match help::man_pages(Cli::command(), &dir) {
            Ok(()) => Ended::Done,
            Err(e) => Ended::Usage(screen::message(
                lang,
                "cli-not-written",
                &[
                    ("path", dir.display().to_string()),
                    ("reason", e.to_string()),
                ],
            )),
        },
    };
    let ended = match (ended, screen::lost()) {
        (Ended::Done | Ended::InputHasErrors, Some(reason)) => {
            let values = [("reason", reason)];
            Ended::Usage(screen::message(lang, "cli-output-lost", &values))
        }
        (ended, _) => ended,
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
