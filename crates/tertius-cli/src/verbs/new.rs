//! `tertius new`: starts a case.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use tertius::record::{Diagnostic, DiagnosticId, MemoryFiles, Severity, load};
use tertius::vocabulary::{ActorRegistry, Lang, Month, Span, Triad};

use crate::output::File;
use crate::screen::{message, print};
use crate::{Ended, help, place};

/// What `new` takes.
#[derive(clap::Args)]
#[command(after_help = help::NEW)]
pub(crate) struct Args {
    /// The folder to make.
    dir: PathBuf,
    /// The weaker ally: an ISO 3166 alpha-3 code or a name.
    #[arg(long)]
    ally: Option<String>,
    /// Its patron.
    #[arg(long)]
    patron: Option<String>,
    /// The patron's rival.
    #[arg(long)]
    rival: Option<String>,
    /// First month, YYYY-MM; of a year, its January.
    #[arg(long, value_name = "MONTH")]
    from: Option<String>,
    /// Last month, YYYY-MM; of a year, its December.
    #[arg(long, value_name = "MONTH")]
    to: Option<String>,
    /// Makes an example of some twenty rows of the bundled case, to copy from.
    #[arg(long, conflicts_with_all = ["ally", "patron", "rival", "from", "to"])]
    example: bool,
    /// Language of questions and messages: en or zh.
    #[arg(long, default_value = "en")]
    lang: Lang,
}

impl Args {
    fn message(&self, key: &str, values: &[(&str, String)]) -> String {
        message(self.lang, key, values)
    }

    fn place(&self) -> (&'static str, String) {
        ("path", self.dir.display().to_string())
    }
}

pub(crate) fn run(args: &Args) -> Ended {
    if !is_free(&args.dir) {
        return Ended::Usage(args.message("cli-exists", &[args.place()]));
    }
    let made = if args.example {
        write_example(args)
    } else {
        answers(args).and_then(|a| write(args, &a))
    };
    match made {
        Ok(()) => Ended::Done,
        Err(message) => Ended::Usage(message),
    }
}

/// Whether a case may be made there: nothing is there, or an empty folder.
fn is_free(dir: &Path) -> bool {
    match std::fs::symlink_metadata(dir) {
        Err(_) => true,
        Ok(_) => std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_none()),
    }
}

/// The id that a folder's name becomes: what an id cannot hold becomes a hyphen.
fn id_of(dir: &Path) -> String {
    let whole = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let name = whole.file_name().unwrap_or_default().to_string_lossy();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let words = name.split(|c| !fits(c)).filter(|w| !w.is_empty());
    let id = words.collect::<Vec<_>>().join("-");
    let id = id.trim_start_matches('-');
    if id.is_empty() { "case" } else { id }.to_owned()
}

struct Answers {
    ally: String,
    patron: String,
    rival: String,
    from: Month,
    to: Month,
}

/// From flags, or asked for where somebody sits at the terminal.
fn answers(args: &Args) -> Result<Answers, String> {
    let registry = ActorRegistry::default();
    let actor = |given: &Option<String>, question: &str| -> Result<String, String> {
        let said = match given {
            Some(said) => said.clone(),
            None => ask(args, question)?,
        };
        let said = said.trim();
        if let Some(actor) = registry.named(said) {
            return Ok(actor.code().to_owned());
        }
        let meant = registry.meant(said);
        let key = if meant.is_some() {
            "cli-no-state-but"
        } else {
            "cli-no-state"
        };
        let meant = meant.unwrap_or_default();
        Err(args.message(key, &[("code", said.to_owned()), ("meant", meant)]))
    };
    let month = |given: &Option<String>, question: &str, of_year: i8| -> Result<Month, String> {
        let said = match given {
            Some(said) => said.clone(),
            None => ask(args, question)?,
        };
        let said = said.trim();
        let year = (said.len() == 4).then(|| said.parse().ok()).flatten();
        let of_year = year.and_then(|y| Month::new(y, of_year));
        let wrong = |_| args.message("cli-bad-month", &[("month", said.to_owned())]);
        of_year.map_or_else(|| said.parse().map_err(wrong), Ok)
    };
    let asked = [
        ("--ally", args.ally.is_some()),
        ("--patron", args.patron.is_some()),
        ("--rival", args.rival.is_some()),
        ("--from", args.from.is_some()),
        ("--to", args.to.is_some()),
    ];
    let flags: Vec<&str> = asked.iter().filter(|a| !a.1).map(|a| a.0).collect();
    // What is given is looked at first: a name that is none is told before a flag that is not there.
    let given = |code: &Option<String>| code.as_ref().map_or(Ok(()), |_| actor(code, "").map(drop));
    given(&args.ally)?;
    given(&args.patron)?;
    given(&args.rival)?;
    if !flags.is_empty() && !std::io::stdin().is_terminal() {
        let values = [("flag", flags.join(", ")), args.place()];
        return Err(args.message("cli-no-answer", &values));
    }
    let a = Answers {
        ally: actor(&args.ally, "cli-ask-ally")?,
        patron: actor(&args.patron, "cli-ask-patron")?,
        rival: actor(&args.rival, "cli-ask-rival")?,
        from: month(&args.from, "cli-ask-from", 1)?,
        to: month(&args.to, "cli-ask-to", 12)?,
    };
    let found = |code: &str| {
        let none = || args.message("cli-no-state", &[("code", code.to_owned())]);
        registry.find(code).ok_or_else(none)
    };
    Triad::new(found(&a.ally)?, found(&a.patron)?, found(&a.rival)?)
        .map_err(|_| args.message("cli-not-three", &[]))?;
    Span::inclusive(a.from, a.to).ok_or_else(|| {
        let values = [("from", a.from.to_string()), ("to", a.to.to_string())];
        args.message("cli-not-after", &values)
    })?;
    Ok(a)
}

fn ask(args: &Args, question: &str) -> Result<String, String> {
    print(&format!("{} ", args.message(question, &[])));
    let _ = std::io::stdout().flush();
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|e| e.to_string())?;
    Ok(line)
}

/// Rows of the bundled case as they stand there: what a test holds them to.
fn write_example(args: &Args) -> Result<(), String> {
    macro_rules! text {
        ($name:literal) => {
            (
                $name,
                include_str!(concat!("../../template/example/", $name)),
            )
        };
    }
    let id = id_of(&args.dir);
    let (path, case) = text!("case.toml");
    let case = case.replace("{id}", &id);
    let texts = [
        (path, case.as_str()),
        text!("acts.csv"),
        text!("measures.csv"),
        text!("positions.csv"),
        text!("statements.csv"),
        text!("coverage.csv"),
        text!("sources.bib"),
        text!("README.md"),
    ];
    put(args, &texts)?;
    let values = [("path", shown(&args.dir))];
    print(&format!("{}\n", args.message("cli-new-example", &values)));
    Ok(())
}

/// Makes the case in memory, checks it, and writes it whole.
fn write(args: &Args, a: &Answers) -> Result<(), String> {
    let id = id_of(&args.dir);
    let registry = ActorRegistry::default();
    let name = |code: &str, lang| {
        let actor = registry.find(code);
        let name = actor.map(|a| registry.name(&a).get(lang).to_owned());
        name.unwrap_or_else(|| code.to_owned())
    };
    let title = |lang, text: &str| {
        let seats = [
            ("ally", &a.ally),
            ("patron", &a.patron),
            ("rival", &a.rival),
        ];
        seats.iter().fold(text.to_owned(), |text, (seat, code)| {
            text.replace(&format!("{{{seat} name}}"), &name(code, lang))
        })
    };
    let readme = include_str!("../../template/README.md");
    let readme = readme
        .replace(
            "{title}",
            &title(
                Lang::En,
                "{ally name} between {patron name} and {rival name}",
            ),
        )
        .replace("{at}", &a.to.to_string());
    let case = include_str!("../../template/case.toml")
        .replace("{id}", &id)
        .replace(
            "{title}",
            &title(
                Lang::En,
                "{ally name} between {patron name} and {rival name}",
            ),
        )
        .replace(
            "{title zh}",
            &title(Lang::Zh, "{patron name}与{rival name}之间的{ally name}"),
        )
        .replace("{ally}", &a.ally)
        .replace("{patron}", &a.patron)
        .replace("{rival}", &a.rival)
        .replace("{from}", &a.from.to_string())
        .replace("{to}", &a.to.to_string());
    let texts: [(&str, &str); 9] = [
        ("case.toml", &case),
        ("acts.csv", include_str!("../../template/acts.csv")),
        ("measures.csv", include_str!("../../template/measures.csv")),
        (
            "positions.csv",
            include_str!("../../template/positions.csv"),
        ),
        (
            "statements.csv",
            include_str!("../../template/statements.csv"),
        ),
        ("coverage.csv", include_str!("../../template/coverage.csv")),
        ("sources.bib", include_str!("../../template/sources.bib")),
        ("README.md", &readme),
        ("series/README.md", include_str!("../../template/series.md")),
    ];
    put(args, &texts)?;
    let values = [
        ("path", shown(&args.dir)),
        ("id", id),
        ("at", a.to.to_string()),
    ];
    print(&format!("{}\n", args.message("cli-new-made", &values)));
    Ok(())
}

/// A path as a shell takes it: in quotation marks where a space would part it.
fn shown(dir: &Path) -> String {
    let shown = dir.display().to_string();
    if shown.contains(char::is_whitespace) {
        format!("\"{shown}\"")
    } else {
        shown
    }
}

/// Checks the files of a case, and writes them whole.
fn put(args: &Args, texts: &[(&str, &str)]) -> Result<(), String> {
    let (_, diagnostics) = load(&MemoryFiles::from_iter(texts.iter().copied()), None);
    let wrong = |d: &&Diagnostic| d.severity == Severity::Error;
    if let Some(d) = diagnostics.iter().find(wrong) {
        return Err(if d.id == DiagnosticId::BadId {
            args.message("cli-bad-name", &[])
        } else {
            tertius_report::diagnostics::line(d, args.lang)
        });
    }
    let files: Vec<File> = texts
        .iter()
        .map(|(path, text)| File::text(path, text))
        .collect();
    place::make(&args.dir, &files, args.lang)
}
