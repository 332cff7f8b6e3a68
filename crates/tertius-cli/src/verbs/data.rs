//! `tertius data`: the catalogue of public datasets, and the folder that they lie in.

mod add;
mod fetch;
mod show;
mod verify;

use std::path::PathBuf;

use tertius::vocabulary::Lang;
use tertius_data::catalogue::{self, Dataset, Form, Part};
use tertius_data::folder::Folder;
use tertius_data::panels::FolderPanels;
use tertius_data::table::{Account, FileProblem};
use tertius_report::data::{account, sentence};

use crate::{Ended, Format, help};

/// What `data` takes.
#[derive(clap::Args)]
#[command(after_help = help::DATA)]
pub(crate) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(clap::Subcommand)]
enum Verb {
    /// Names every dataset, its years, and whether it is here.
    #[command(after_help = help::DATA_LIST)]
    List(Common),
    /// Tells what a dataset is, where it comes from and under which terms.
    Show(show::Args),
    /// Downloads a dataset; an interrupted download goes on where it stopped.
    Fetch(fetch::Args),
    /// Puts a file that you downloaded into the data folder.
    Add(add::Args),
    /// Checks the files that are here: checksums, and every row.
    Verify(verify::Args),
}

/// What all verbs about data take.
#[derive(clap::Args)]
pub(crate) struct Common {
    /// The data folder [default: TERTIUS_DATA, then the user's data folder].
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// What is printed.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Language of what is printed: en or zh.
    #[arg(long, default_value = "en")]
    lang: Lang,
    /// No progress and no warnings on standard error.
    #[arg(long, short)]
    quiet: bool,
}

impl Common {
    fn folder(&self) -> Folder {
        folder(self.data.clone())
    }
}

/// The data folder that is named, or the user's.
pub(crate) fn folder(named: Option<PathBuf>) -> Folder {
    let env = |name| std::env::var_os(name).map(PathBuf::from);
    Folder::choose(
        named,
        env("TERTIUS_DATA"),
        env("XDG_DATA_HOME"),
        env("HOME").or_else(|| env("USERPROFILE")),
    )
}

/// The panels that a case may ask, from the user's data folder.
pub(crate) fn panels() -> FolderPanels {
    FolderPanels::new(folder(None))
}

pub(crate) fn run(args: &Args) -> Ended {
    match &args.verb {
        Verb::List(common) => show::list(common),
        Verb::Show(args) => show::run(args),
        Verb::Fetch(args) => fetch::run(args),
        Verb::Add(args) => add::run(args),
        Verb::Verify(args) => verify::run(args),
    }
}

/// The dataset with an id, or what to say.
fn dataset(id: &str, lang: Lang) -> Result<&'static Dataset, Ended> {
    let missing = || Ended::Usage(sentence("no-such", &[("id", id.to_owned())], lang));
    catalogue::find(id).ok_or_else(missing)
}

/// What a dataset that nothing can fetch asks of a person: an address, a file, and what to add; nothing for one that
/// can be fetched.
pub(crate) fn by_hand(dataset: &'static Dataset) -> Option<[(&'static str, String); 3]> {
    let mut files = dataset.parts.iter().flat_map(|p| p.files);
    if files.any(|f| !f.url.is_empty()) {
        return None;
    }
    dataset
        .parts
        .first()
        .map(|part| by_hand_part(dataset, part))
}

/// The same of one of its tables.
fn by_hand_part(dataset: &Dataset, part: &Part) -> [(&'static str, String); 3] {
    let published = part.files.iter().find(|f| f.form == Form::Publisher);
    let name = published.and_then(|f| f.path.rsplit('/').next());
    let file = name.unwrap_or("FILE").to_owned();
    let of_part = if dataset.parts.len() > 1 {
        format!(" --part {}", part.id)
    } else {
        String::new()
    };
    let add = format!("tertius data add {} {file}{of_part}", dataset.id);
    [
        ("url", dataset.home.to_owned()),
        ("file", file),
        ("add", add),
    ]
}

/// The named table of a dataset, or its only one.
fn part(
    dataset: &'static Dataset,
    named: Option<&str>,
    lang: Lang,
) -> Result<&'static Part, Ended> {
    let parts: Vec<&str> = dataset.parts.iter().map(|p| p.id).collect();
    let wrong = |key: &str| {
        let fields = [
            ("id", dataset.id.to_owned()),
            ("part", named.unwrap_or("").to_owned()),
            ("parts", parts.join(", ")),
        ];
        Ended::Usage(sentence(key, &fields, lang))
    };
    match (named, dataset.parts) {
        (Some(name), all) => all
            .iter()
            .find(|p| p.id == name)
            .ok_or_else(|| wrong("no-such-part")),
        (None, [only]) => Ok(only),
        (None, _) => Err(wrong("which-part")),
    }
}

/// What is wrong with a file, in a sentence.
pub(crate) fn problem(problem: &FileProblem, lang: Lang) -> String {
    let mut fields = problem.fields();
    if let Some((cause, id)) = problem.cause().and_then(|c| Some((c, c.id()?))) {
        let about = [("found", cause.about().to_owned())];
        let words = sentence(&format!("cause-{id}"), &about, lang);
        fields.retain(|f| f.0 != "reason");
        fields.push(("reason", words));
    }
    sentence(&format!("problem-{}", problem.id()), &fields, lang)
}

/// The files of the catalogue's datasets that lie in a folder.
pub(crate) fn stored_paths(folder: &Folder) -> Vec<PathBuf> {
    let parts = catalogue::CATALOGUE
        .iter()
        .flat_map(|d| d.parts.iter().map(move |p| (*d, p)));
    let found = parts.filter_map(|(d, p)| folder.find(d, p));
    found.map(|s| s.path).collect()
}

/// What became of a file's rows, with a line for each reason.
fn told(a: &Account, lang: Lang) -> String {
    let aside = a.aside.len();
    let mut text = account(&a.file, a.rows, a.used, aside, a.mended.len(), lang) + "\n";
    for (reason, count) in a.by_reason() {
        let why = sentence(&format!("reason-{reason}"), &[], lang);
        text.push_str(&format!("  {count:>8}  {why}\n"));
        if count as u64 > a.values_kept {
            let kept = [("found", a.values_kept.to_string())];
            text.push_str(&format!(
                "            {}\n",
                sentence("values-kept", &kept, lang)
            ));
        }
    }
    if !a.mended.is_empty() {
        text.push_str(&format!("  {}\n", sentence("mended", &[], lang)));
    }
    text
}

fn not_written(folder: &Folder, error: &std::io::Error, lang: Lang) -> Ended {
    let fields = [
        ("file", folder.root().display().to_string()),
        ("reason", error.to_string()),
    ];
    Ended::Usage(sentence("problem-not-written", &fields, lang))
}
