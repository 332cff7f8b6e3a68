//! `tertius data verify`: checksums, and what becomes of every row.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use serde::Serialize;
use tertius::vocabulary::Lang;
use tertius_data::catalogue::{CATALOGUE, Dataset, Part};
use tertius_data::datasets::un_votes;
use tertius_data::folder::{Checked, Folder};
use tertius_data::table::Account;
use tertius_report::data::{sentence, word};

use super::show::json;
use super::{Common, dataset, problem, stored_paths, told};
use crate::place::{fill_file, spare};
use crate::rows::quoted;
use crate::screen::{print, say};
use crate::{Ended, Format, help};

/// What `data verify` takes.
#[derive(clap::Args)]
#[command(after_help = help::DATA_VERIFY)]
pub(crate) struct Args {
    /// The datasets [default: all that are here].
    names: Vec<String>,
    /// Writes every row that is set aside or mended, with its reason, to this CSV file.
    #[arg(long, value_name = "FILE")]
    set_aside: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

#[derive(Serialize)]
struct Verified {
    dataset: &'static str,
    part: &'static str,
    checksum: &'static str,
    account: Option<Account>,
    problem: Option<String>,
}

pub(super) fn run(args: &Args) -> Ended {
    let lang = args.common.lang;
    let folder = args.common.folder();
    let mut chosen = Vec::new();
    for id in &args.names {
        match dataset(id, lang) {
            Ok(found) => chosen.push(found),
            Err(ended) => return ended,
        }
    }
    if !folder.root().is_dir() {
        let fields = [("file", folder.root().display().to_string())];
        return Ended::Usage(sentence("no-folder", &fields, lang));
    }
    if let Some(path) = &args.set_aside {
        let stored = stored_paths(&folder);
        if let Err(e) = spare(path, stored.iter().map(PathBuf::as_path), lang) {
            return Ended::Usage(e);
        }
    }
    let all = chosen.is_empty();
    let datasets = if all { CATALOGUE.to_vec() } else { chosen };
    let (mut found, mut bad) = (Vec::new(), false);
    for dataset in datasets {
        let before = found.len();
        for part in dataset.parts {
            let Some(verified) = verify(&folder, dataset, part, lang) else {
                continue;
            };
            bad |= verified.checksum == "differs" || verified.problem.is_some();
            found.push(verified);
        }
        if !all && found.len() == before {
            say(&sentence(
                "nothing-here",
                &[("id", dataset.id.to_owned())],
                lang,
            ));
            bad = true;
        }
    }
    if let Some(path) = &args.set_aside
        && let Err(e) = fill_file(path, lang, |out| write_rows(out, read(&found)))
    {
        return Ended::Usage(e);
    }
    match args.common.format {
        Format::Json => {
            if let Ended::Internal(message) = json(&found) {
                return Ended::Internal(message);
            }
        }
        Format::Csv => print_rows(read(&found)),
        Format::Text => {
            for v in &found {
                print(&format!("{} ({}), ", v.dataset, v.part));
                print(&format!(
                    "{}\n",
                    word(&format!("checked-{}", v.checksum), lang)
                ));
                match (&v.account, &v.problem) {
                    (Some(account), _) => print(&told(account, lang)),
                    (None, wrong) => print(&format!("{}\n", wrong.as_deref().unwrap_or(""))),
                }
            }
            let root = folder.root().display().to_string();
            print(&(sentence("folder", &[("file", root)], lang) + "\n"));
        }
    }
    if bad {
        Ended::InputHasErrors
    } else {
        Ended::Done
    }
}

/// What is known of a part's file; nothing where there is none.
fn verify(
    folder: &Folder,
    dataset: &'static Dataset,
    part: &'static Part,
    lang: Lang,
) -> Option<Verified> {
    let mut verified = Verified {
        dataset: dataset.id,
        part: part.id,
        checksum: "unknown",
        account: None,
        problem: None,
    };
    let stored = match folder.look(dataset, part) {
        Ok(found) => found?,
        Err(e) => {
            let fields = [
                ("file", folder.place(dataset, part).display().to_string()),
                ("reason", e.to_string()),
            ];
            verified.problem = Some(sentence("problem-not-opened", &fields, lang));
            return Some(verified);
        }
    };
    let account = stored.open(folder).and_then(|file| {
        // What the bytes are is known whether they can be read or not.
        verified.checksum = match stored.check(&file) {
            Checked::Same => "same",
            Checked::Differs => "differs",
            Checked::Unknown => "unknown",
        };
        (part.read)(&file)
    });
    match account {
        Ok(account) => {
            let together = package_votes(folder, dataset, part);
            verified.account = Some(together.unwrap_or(account));
        }
        Err(p) => verified.problem = Some(problem(&p, lang)),
    }
    Some(verified)
}

/// The votes of the package as they are used: with its roll calls, where those are here.
fn package_votes(
    folder: &Folder,
    dataset: &'static Dataset,
    part: &'static Part,
) -> Option<Account> {
    if (dataset.id, part.id) != ("un-votes", "package-votes") {
        return None;
    }
    let open = |id: &str| {
        let part = dataset.parts.iter().find(|p| p.id == id)?;
        folder.find(dataset, part)?.open(folder).ok()
    };
    let (votes, calls) = (open("package-votes")?, open("package-calls")?);
    let read = un_votes::read_package(&votes, &calls, &open("package-issues")?);
    let [account, ..] = read.ok()?.1;
    Some(account)
}

type Named<'a> = (&'static str, &'static str, &'a Account);

/// The accounts of all files that were read.
fn read(found: &[Verified]) -> impl Iterator<Item = Named<'_>> {
    found.iter().filter_map(|v| {
        let account = v.account.as_ref()?;
        Some((v.dataset, v.part, account))
    })
}

/// Every row that is not used, or used with another value, as CSV: dataset, part and account of each file.
pub(super) fn write_rows<'a>(
    out: &mut dyn Write,
    files: impl IntoIterator<Item = Named<'a>>,
) -> std::io::Result<()> {
    out.write_all(b"dataset,part,file,row,column,what,reason,value\n")?;
    for (dataset, part, account) in files {
        let aside = account.aside.iter().map(|a| ("set-aside", a));
        let mended = account.mended.iter().map(|a| ("mended", a));
        let file = quoted(&account.file);
        for (what, a) in aside.chain(mended) {
            let line = format!(
                "{dataset},{part},{file},{},{},{what},{},{}\n",
                a.row,
                a.column,
                a.reason,
                quoted(&a.value)
            );
            out.write_all(line.as_bytes())?;
        }
    }
    Ok(())
}

/// The same to standard output, a block of lines at a time.
pub(super) fn print_rows<'a>(files: impl IntoIterator<Item = Named<'a>>) {
    struct Printed;
    impl Write for Printed {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            print(&String::from_utf8_lossy(bytes));
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    // Lines are shorter than that, and so never parted. What cannot be printed is told by `print`.
    let mut out = BufWriter::with_capacity(1 << 16, Printed);
    let _ = write_rows(&mut out, files).and_then(|()| out.flush());
}
