//! What `--help` and the man pages say beyond the flags.

use std::fs;
use std::io;
use std::path::Path;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

/// The exit codes, for scripts: the same in every verb.
const CODES: [(&str, &str); 4] = [
    ("0", "done"),
    ("1", "the input has errors: nothing was written"),
    ("2", "wrong usage, or a place that cannot be written"),
    ("3", "a fault of the program: please report it"),
];

macro_rules! with_codes {
    ($examples:literal) => {
        concat!(
            "Examples:\n",
            $examples,
            "\n\nExit codes: 0 done, 1 the input has errors, 2 wrong usage, 3 a fault of ours."
        )
    };
}

pub(crate) const WHOLE: &str = with_codes!(
    "  tertius read japan-russia               the bundled case: report and findings\n  tertius new my-case                     start a case of your own\n  tertius check my-case/ --watch          its problems, each time a file changes\n  tertius explain japan-russia --at 2022-03   the rows that carry a month\n  tertius cite my-case/ --style apa       what a paper must cite\n  tertius data list                       public datasets, and which are here"
);
pub(crate) const READ: &str = with_codes!(
    "  tertius read japan-russia\n  tertius read my-case/ --lang zh --figures\n  tertius read my-case/ --as-of 2014-03 --out then/\n  tertius read my-case/ --set rule.divergence=0.3 --set reader.sweeps=5000\n  tertius read japan-russia --format json --quiet > findings.json"
);
pub(crate) const NEW: &str = with_codes!(
    "  tertius new my-case\n  tertius new to-learn-from --example\n  tertius new norway --ally NOR --patron USA --rival RUS \\\n      --from 1992-01 --to 2023-12\n  tertius new seoul --ally \"South Korea\" --patron USA --rival China --from 2000 --to 2020"
);
pub(crate) const CHECK: &str = with_codes!(
    "  tertius check my-case/\n  tertius check my-case/ --watch\n  tertius check my-case/ --format json"
);
pub(crate) const EXPLAIN: &str = with_codes!(
    "  tertius explain japan-russia --at 2022-03\n  tertius explain japan-russia --at 2014-04 --role balancer\n  tertius explain japan-russia --at 2022-03 --without reuters20220225"
);
pub(crate) const CODERS: &str =
    with_codes!("  tertius coders japan-russia\n  tertius coders my-case/ --format json");
pub(crate) const CITE: &str = with_codes!(
    "  tertius cite japan-russia\n  tertius cite japan-russia --style gb-t-7714 --lang zh\n  tertius cite japan-russia --sources --style bibtex > sources.bib"
);
pub(crate) const INTERESTS: &str = with_codes!(
    "  tertius interests JPN USA RUS --from 1992 --to 2023 --figures pictures\n  tertius interests ITA USA SUN --from 1955 --to 1991 --lang zh\n  tertius interests NOR USA RUS --from 1992 --by month --format csv\n  tertius interests Thailand USA China --format json --out thailand.json"
);
pub(crate) const MEASURE: &str = with_codes!(
    "  tertius measure --list\n  tertius measure similarity --out similarity.csv\n  tertius measure similarity --by session --also tau-b,alignment --issue nu\n  tertius measure similarity --on alliances --weights power --from 1946\n  tertius measure similarity JPN USA RUS --draws 1000 --from 1992\n  tertius measure ideal-points --format json > points.json\n  tertius measure triad-agreement JPN USA RUS --from 1992\n  tertius measure threat NOR USA SUN --from 1950 --to 1991\n  tertius measure similarity --votes my-votes.csv"
);
pub(crate) const DATA: &str = with_codes!(
    "  tertius data list\n  tertius data show atop\n  tertius data fetch ucdp-acd\n  tertius data add cow-nmc NMC-60-abridged.csv\n  tertius data verify --set-aside set-aside.csv\n\nThe data folder is the one of --data, or else of TERTIUS_DATA, or else tertius in XDG_DATA_HOME, or else\n~/.local/share/tertius. Proxies are taken from HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY."
);
pub(crate) const DATA_LIST: &str = with_codes!(
    "  tertius data list\n  tertius data list --lang zh\n  tertius data list --format csv > datasets.csv"
);
pub(crate) const DATA_SHOW: &str = with_codes!(
    "  tertius data show un-votes\n  tertius data show atop --bibtex >> sources.bib\n  tertius data show cow-trade --format json"
);
pub(crate) const DATA_FETCH: &str = with_codes!(
    "  tertius data fetch ucdp-acd\n  tertius data fetch cow-trade --part dyads --accept-licence\n  tertius data fetch cow-nmc --url https://example.org/NMC.csv --sha256 0f3a..."
);
pub(crate) const DATA_ADD: &str = with_codes!(
    "  tertius data add cow-nmc NMC-60-abridged.csv\n  tertius data add cow-trade COW_Trade_4.0.zip --part dyads\n  tertius data add cow-nmc NMC-70-abridged.csv --replace"
);
pub(crate) const DATA_VERIFY: &str = with_codes!(
    "  tertius data verify\n  tertius data verify cow-trade --set-aside set-aside.csv\n  tertius data verify --format json"
);
pub(crate) const COMPLETIONS: &str = with_codes!(
    "  tertius completions bash > ~/.local/share/bash-completion/completions/tertius\n  tertius completions zsh > ~/.zfunc/_tertius\n  tertius completions fish > ~/.config/fish/completions/tertius.fish"
);
pub(crate) const MAN: &str =
    with_codes!("  tertius man ~/.local/share/man/man1\n  man tertius-read");

/// Writes a page for the program and for each verb.
pub(crate) fn man_pages(command: Command, dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    let mut command = command.disable_help_subcommand(true);
    command.build();
    write_all(&command, "tertius", dir)
}

/// A page of a command, and of each command under it.
fn write_all(command: &Command, name: &str, dir: &Path) -> io::Result<()> {
    write(command, name.to_owned(), dir)?;
    for verb in command.get_subcommands() {
        write_all(verb, &format!("{name}-{}", verb.get_name()), dir)?;
    }
    Ok(())
}

/// How a command is called: what must be there first, then the flags with what they take, those that must be
/// there without brackets.
fn synopsis(command: &Command) -> Roff {
    let mut page = Roff::new();
    page.control("SH", ["SYNOPSIS"]);
    let called = command.get_bin_name().unwrap_or(command.get_name());
    let mut line = vec![bold(called)];
    if command.has_subcommands() {
        line.extend([roman(" "), italic("VERB"), roman(" [...]")]);
        page.text(line);
        return page;
    }
    let bracketed = |optional: bool, parts: Vec<Inline>| -> Vec<Inline> {
        let (open, close) = if optional { (" [", "]") } else { (" ", "") };
        let mut all = vec![roman(open)];
        all.extend(parts);
        all.push(roman(close));
        all
    };
    for arg in command.get_positionals() {
        let names = arg.get_value_names().unwrap_or_default();
        let mut parts = vec![italic(names.join(" "))];
        // A name that stands for several says so itself.
        let many = arg.get_num_args().is_some_and(|n| n.max_values() > 1);
        if many && !names.iter().any(|n| n.contains(' ')) {
            parts.push(roman(" ..."));
        }
        line.extend(bracketed(!arg.is_required_set(), parts));
    }
    let flags = command
        .get_arguments()
        .filter(|a| !a.is_positional() && !a.is_hide_set());
    let mut flags: Vec<_> = flags.filter(|a| a.get_id() != "help").collect();
    flags.sort_by_key(|a| !a.is_required_set());
    for arg in flags {
        let Some(long) = arg.get_long() else { continue };
        let mut parts = vec![bold(format!("--{long}"))];
        if arg.get_action().takes_values() {
            let names = arg.get_value_names().unwrap_or_default();
            parts.extend([roman(" "), italic(names.join(" "))]);
        }
        let repeated = matches!(arg.get_action(), clap::ArgAction::Append);
        line.extend(bracketed(!arg.is_required_set(), parts));
        if repeated {
            line.push(roman("..."));
        }
    }
    page.text(line);
    page
}

fn write(command: &Command, name: String, dir: &Path) -> io::Result<()> {
    let examples = command.get_after_help().map(ToString::to_string);
    let man_of = command;
    let command = command
        .clone()
        .after_help(None::<&str>)
        .after_long_help(None::<&str>);
    let has_verbs = command.has_subcommands();
    let man = Man::new(command).title(name.to_uppercase());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    synopsis(man_of).to_writer(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if has_verbs {
        man.render_subcommands_section(&mut page)?;
    }
    let mut more = Roff::new();
    more.control("SH", ["EXIT STATUS"]);
    for (code, meaning) in CODES {
        more.control("TP", []);
        more.text([bold(code)]);
        more.text([roman(meaning)]);
    }
    more.control("SH", ["EXAMPLES"]);
    more.control("nf", []);
    let lines = examples.iter().flat_map(|e| e.lines());
    for line in lines.filter(|l| l.starts_with(' ')) {
        more.text([roman(line.trim())]);
    }
    more.control("fi", []);
    more.control("SH", ["SEE ALSO"]);
    more.text([roman("The report of a run says how each number was made. docs/data-model.md: every table and column. docs/codebook.md: how a record is coded.")]);
    more.to_writer(&mut page)?;
    fs::write(dir.join(format!("{name}.1")), page)
}
