//! `tertius new`: starts a case.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

use tertius::record::{Severity, load};
use tertius::vocabulary::{ActorRegistry, Month, Span, Triad};

use crate::case_files::Source;
use crate::{Ended, print, say};

/// What `new` takes.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  tertius new my-case\n  tertius new norway --ally NOR --patron USA --rival RUS --from 1992-01 --to 2023-12"
)]
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
}

pub(crate) fn run(args: &Args) -> Ended {
    if args.dir.exists() {
        return Ended::Usage(format!(
            "{} exists: choose another place",
            args.dir.display()
        ));
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
            None => ask(question, flag)?,
        };
        let code = code.trim().to_uppercase();
        if ActorRegistry::is_iso(&code) {
            Ok(code)
        } else {
            Err(format!(
                "`{code}` is not an ISO 3166 alpha-3 code of a state, present or gone"
            ))
        }
    };
    let month = |given: Option<Month>, question: &str, flag: &str| -> Result<Month, String> {
        match given {
            Some(m) => Ok(m),
            None => ask(question, flag)?
                .trim()
                .parse()
                .map_err(|e| format!("{e}")),
        }
    };
    let a = Answers {
        ally: actor(
            &args.ally,
            "Weaker ally (ISO code, for instance JPN): ",
            "--ally",
        )?,
        patron: actor(&args.patron, "Its patron: ", "--patron")?,
        rival: actor(&args.rival, "The patron's rival: ", "--rival")?,
        from: month(args.from, "First month (YYYY-MM): ", "--from")?,
        to: month(args.to, "Last month (YYYY-MM): ", "--to")?,
    };
    let registry = ActorRegistry::default();
    let found = |code: &str| {
        registry
            .find(code)
            .ok_or_else(|| format!("`{code}` is no state"))
    };
    Triad::new(found(&a.ally)?, found(&a.patron)?, found(&a.rival)?).map_err(|e| e.to_string())?;
    Span::inclusive(a.from, a.to).ok_or_else(|| format!("{} is before {}", a.to, a.from))?;
    Ok(a)
}

fn ask(question: &str, flag: &str) -> Result<String, String> {
    if !std::io::stdin().is_terminal() {
        return Err(format!(
            "{flag} is missing, and there is no terminal to ask at"
        ));
    }
    print(question);
    let _ = std::io::stdout().flush();
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|e| e.to_string())?;
    Ok(line)
}

fn write(args: &Args, a: &Answers) -> Result<(), String> {
    let id = args
        .dir
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .filter(|n| {
            n.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        })
        .filter(|n| !n.starts_with('-'))
        .ok_or("the folder's name becomes the case's id: letters, digits, hyphens")?;
    let case = include_str!("../../template/case.toml")
        .replace("{id}", &id)
        .replace("{ally}", &a.ally)
        .replace("{patron}", &a.patron)
        .replace("{rival}", &a.rival)
        .replace("{from}", &a.from.to_string())
        .replace("{to}", &a.to.to_string());
    let files: [(&str, &str); 9] = [
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
    let made = || -> std::io::Result<()> {
        std::fs::create_dir_all(args.dir.join("series"))?;
        for (name, text) in files {
            std::fs::write(args.dir.join(name), text)?;
        }
        Ok(())
    };
    made().map_err(|e| format!("{} could not be written: {e}", args.dir.display()))?;
    let (_, diagnostics) = load(&Source::Folder(args.dir.clone()), None);
    let errors = diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .count();
    if errors > 0 {
        say(&format!(
            "{errors} errors in the new case: see tertius check {}",
            args.dir.display()
        ));
    }
    print(&format!(
        "{0}: a case with empty tables. Next: fill acts.csv and sources.bib, then tertius check {0}\n",
        args.dir.display()
    ));
    Ok(())
}
