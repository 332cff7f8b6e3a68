//! `tertius new`: starts a case.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

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
    /// The weaker ally, by ISO 3166 alpha-3 code.
    #[arg(long)]
    ally: Option<String>,
    /// Its patron.
    #[arg(long)]
    patron: Option<String>,
    /// The patron's rival.
    #[arg(long)]
    rival: Option<String>,
    /// First month, YYYY-MM.
    #[arg(long)]
    from: Option<Month>,
    /// Last month, YYYY-MM.
    #[arg(long)]
    to: Option<Month>,
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
    if args.dir.exists() {
        return Ended::Usage(args.message("cli-exists", &[args.place()]));
    }
    match answers(args).and_then(|a| write(args, &a)) {
        Ok(()) => Ended::Done,
        Err(message) => Ended::Usage(message),
    }
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
    let actor = |given: &Option<String>, question: &str, flag: &str| -> Result<String, String> {
        let code = match given {
            Some(code) => code.clone(),
            None => ask(args, question, flag)?,
        };
        let code = code.trim().to_uppercase();
        if ActorRegistry::is_iso(&code) {
            Ok(code)
        } else {
            Err(args.message("cli-no-state", &[("code", code)]))
        }
    };
    let month = |given: Option<Month>, question: &str, flag: &str| -> Result<Month, String> {
        match given {
            Some(m) => Ok(m),
            None => {
                let said = ask(args, question, flag)?;
                let wrong = |_| args.message("cli-bad-month", &[("month", said.trim().to_owned())]);
                said.trim().parse().map_err(wrong)
            }
        }
    };
    let a = Answers {
        ally: actor(&args.ally, "cli-ask-ally", "--ally")?,
        patron: actor(&args.patron, "cli-ask-patron", "--patron")?,
        rival: actor(&args.rival, "cli-ask-rival", "--rival")?,
        from: month(args.from, "cli-ask-from", "--from")?,
        to: month(args.to, "cli-ask-to", "--to")?,
    };
    let registry = ActorRegistry::default();
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

fn ask(args: &Args, question: &str, flag: &str) -> Result<String, String> {
    if !std::io::stdin().is_terminal() {
        return Err(args.message("cli-no-answer", &[("flag", flag.to_owned())]));
    }
    print(&format!("{} ", args.message(question, &[])));
    let _ = std::io::stdout().flush();
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|e| e.to_string())?;
    Ok(line)
}

/// Makes the case in memory, checks it, and writes it whole.
fn write(args: &Args, a: &Answers) -> Result<(), String> {
    let id = args.dir.file_name().unwrap_or_default().to_string_lossy();
    let case = include_str!("../../template/case.toml")
        .replace("{id}", &id)
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
        ("README.md", include_str!("../../template/README.md")),
        ("series/README.md", include_str!("../../template/series.md")),
    ];
    let (_, diagnostics) = load(&MemoryFiles::from_iter(texts), None);
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
    place::make(&args.dir, &files, args.lang)?;
    print(&format!(
        "{}\n",
        args.message("cli-new-made", &[args.place()])
    ));
    Ok(())
}
