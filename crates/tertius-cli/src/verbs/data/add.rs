//! `tertius data add`: a file that the user has, checked and put where datasets lie; and what is said of any file
//! that was put there.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;
use tertius::vocabulary::Lang;
use tertius_data::catalogue::{Dataset, Part};
use tertius_data::folder::{Folder, WriteAside, safe_name, set_aside_of};
use tertius_data::table::{Account, FileProblem, RawFile};
use tertius_report::data::sentence;

use super::verify::{print_rows, write_rows};
use super::{Common, dataset, not_written, part, problem, show, told};
use crate::screen::{print, say};
use crate::{Ended, Format, help};

/// What `data add` takes.
#[derive(clap::Args)]
#[command(after_help = help::DATA_ADD)]
pub(crate) struct Args {
    /// The dataset that it is of.
    name: String,
    /// The file, as downloaded: CSV, tab-separated or Parquet, plain, gzipped or zipped.
    file: PathBuf,
    /// Which of its tables it is.
    #[arg(long)]
    part: Option<String>,
    /// Takes the place of another file that was put there before, which goes.
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    common: Common,
}

/// A file that was put into the data folder.
pub(super) struct Put {
    pub(super) dataset: &'static Dataset,
    pub(super) part: &'static Part,
    pub(super) from: String,
    pub(super) file: PathBuf,
    pub(super) account: Account,
    /// Where the rows that are not used stand, if there are any.
    pub(super) set_aside: Option<PathBuf>,
    /// It was there before.
    pub(super) already: bool,
    /// What was used before.
    pub(super) before: Option<Before>,
}

/// A file that another takes the place of.
#[derive(Clone, Serialize)]
pub(super) struct Before {
    file: String,
    sha256: String,
    /// It lies elsewhere in the folder, and stays there.
    stays: bool,
}

impl Before {
    /// What is used of a part now, where its bytes are others than these.
    fn of(
        folder: &Folder,
        dataset: &'static Dataset,
        part: &'static Part,
        new: &str,
    ) -> Option<Before> {
        let stored = folder.find(dataset, part)?;
        let sha256 = RawFile::open(&stored.path).ok()?.sha256();
        (sha256 != new).then(|| Before {
            file: stored.path.display().to_string(),
            sha256,
            // What others laid there has no note, and is not ours to take away.
            stays: stored.origin.is_none(),
        })
    }

    fn fields(&self) -> [(&'static str, String); 2] {
        [("file", self.file.clone()), ("found", self.sha256.clone())]
    }
}

/// Why nothing was put.
pub(super) enum NotPut {
    /// It is no file of this table.
    Problem(FileProblem),
    /// It has the columns of the table, and not one row that can be used.
    NoneUsed(Box<Account>),
    /// Another file is there, and nobody said that it may go.
    WouldReplace(Before),
    /// The folder cannot be written.
    Disk(std::io::Error),
}

impl NotPut {
    pub(super) fn end(&self, folder: &Folder, lang: Lang) -> Ended {
        match self {
            NotPut::Problem(p) => {
                say(&problem(p, lang));
                Ended::InputHasErrors
            }
            NotPut::NoneUsed(account) => {
                say(told(account, lang).trim_end());
                let fields = [("file", account.file.clone())];
                say(&sentence("none-used", &fields, lang));
                Ended::InputHasErrors
            }
            NotPut::WouldReplace(before) => {
                Ended::Usage(sentence("would-replace", &before.fields(), lang))
            }
            NotPut::Disk(e) => not_written(folder, e, lang),
        }
    }
}

/// A file as scripts read of it.
#[derive(Serialize)]
struct View<'p> {
    dataset: &'static str,
    part: &'static str,
    from: &'p str,
    file: String,
    sha256: &'p str,
    already_here: bool,
    before: Option<&'p Before>,
    rows: u64,
    used: u64,
    set_aside: u64,
    mended: u64,
    reasons: BTreeMap<&'static str, u64>,
    set_aside_file: Option<String>,
}

/// Puts bytes in that an adapter has read: the file, a note of where it came from, and its rows that are not used.
/// Another file that was put there before goes only where `replace`.
pub(super) fn put(
    folder: &Folder,
    (dataset, part): (&'static Dataset, &'static Part),
    mut file: RawFile,
    (name, from): (&str, &str),
    replace: bool,
) -> Result<Put, NotPut> {
    file.name = format!("{}/{}/{}", dataset.id, part.id, safe_name(name));
    let account = (part.read)(&file).map_err(NotPut::Problem)?;
    if account.used == 0 {
        return Err(NotPut::NoneUsed(Box::new(account)));
    }
    let before = Before::of(folder, dataset, part, &account.sha256);
    if let Some(before) = before.as_ref().filter(|b| !b.stays && !replace) {
        return Err(NotPut::WouldReplace(before.clone()));
    }
    let all_used = account.aside.is_empty() && account.mended.is_empty();
    let aside = |out: &mut dyn std::io::Write| write_rows(out, [(dataset.id, part.id, &account)]);
    let aside: Option<&WriteAside<'_>> = if all_used { None } else { Some(&aside) };
    let stored = folder
        .put(dataset, part, name, &file, from, aside)
        .map_err(NotPut::Disk)?;
    let set_aside = aside.is_some().then(|| set_aside_of(&stored));
    Ok(Put {
        dataset,
        part,
        from: from.to_owned(),
        file: stored,
        account,
        set_aside,
        already: false,
        before,
    })
}

/// Warns where more rows are set aside than used: the file may be of something else.
fn warn(p: &Put, common: &Common) {
    let (used, aside) = (p.account.used, p.account.aside.len() as u64);
    if !common.quiet && aside > used {
        let fields = [
            ("file", p.account.file.clone()),
            ("found", aside.to_string()),
            ("missing", used.to_string()),
        ];
        say(&sentence("much-aside", &fields, common.lang));
    }
}

/// Tells what was put.
pub(super) fn tell(all: &[Put], common: &Common) -> Ended {
    let lang = common.lang;
    for p in all {
        warn(p, common);
    }
    match common.format {
        Format::Json => return show::json(&all.iter().map(view).collect::<Vec<_>>()),
        Format::Csv => print_rows(all.iter().map(|p| (p.dataset.id, p.part.id, &p.account))),
        Format::Text => {
            for p in all {
                print(&told(&p.account, lang));
                let key = if p.already { "already" } else { "stored" };
                let fields = [
                    ("id", p.dataset.id.to_owned()),
                    ("part", p.part.id.to_owned()),
                    ("file", p.file.display().to_string()),
                ];
                print(&(sentence(key, &fields, lang) + "\n"));
                if let Some(before) = &p.before {
                    let key = if before.stays { "instead" } else { "replaced" };
                    print(&(sentence(key, &before.fields(), lang) + "\n"));
                }
                if let Some(rows) = &p.set_aside {
                    let fields = [("file", rows.display().to_string())];
                    print(&(sentence("rows-written", &fields, lang) + "\n"));
                }
            }
        }
    }
    Ended::Done
}

fn view(p: &Put) -> View<'_> {
    let reasons = p.account.by_reason().into_iter();
    View {
        dataset: p.dataset.id,
        part: p.part.id,
        from: &p.from,
        file: p.file.display().to_string(),
        sha256: &p.account.sha256,
        already_here: p.already,
        before: p.before.as_ref(),
        rows: p.account.rows,
        used: p.account.used,
        set_aside: p.account.aside.len() as u64,
        mended: p.account.mended.len() as u64,
        reasons: reasons.map(|(r, n)| (r.as_str(), n as u64)).collect(),
        set_aside_file: p.set_aside.as_ref().map(|p| p.display().to_string()),
    }
}

pub(super) fn run(args: &Args) -> Ended {
    let lang = args.common.lang;
    let found =
        dataset(&args.name, lang).and_then(|d| Ok((d, part(d, args.part.as_deref(), lang)?)));
    let found = match found {
        Ok(found) => found,
        Err(ended) => return ended,
    };
    let file = match RawFile::open(&args.file) {
        Ok(file) => file,
        Err(p) => return Ended::Usage(problem(&p, lang)),
    };
    let from = args.file.display().to_string();
    let folder = args.common.folder();
    match put(&folder, found, file, (&from, &from), args.replace) {
        Ok(put) => tell(&[put], &args.common),
        Err(why) => why.end(&folder, lang),
    }
}
