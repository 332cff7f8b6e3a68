//! `tertius data verify`: checksums, and what becomes of every row.

use std::path::PathBuf;

use serde::Serialize;
use tertius_data::catalogue::CATALOGUE;
use tertius_data::folder::Checked;
use tertius_data::table::Account;
use tertius_report::data::{sentence, word};

use super::show::{json, quoted};
use super::{Common, dataset, problem, told};
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
    let all = chosen.is_empty();
    let datasets = if all { CATALOGUE.to_vec() } else { chosen };
    let (mut found, mut bad) = (Vec::new(), false);
    for dataset in datasets {
        let before = found.len();
        for part in dataset.parts {
            let Some(stored) = folder.find(dataset, part) else {
                continue;
            };
            let read = stored.open(&folder).and_then(|file| {
                let checked = stored.check(&file);
                Ok((checked, (part.read)(&file)?))
            });
            let (checked, account, wrong) = match read {
                Ok((checked, account)) => (checked, Some(account), None),
                Err(p) => (Checked::Unknown, None, Some(problem(&p, lang))),
            };
            bad |= checked == Checked::Differs || wrong.is_some();
            found.push(Verified {
                dataset: dataset.id,
                part: part.id,
                checksum: match checked {
                    Checked::Same => "same",
                    Checked::Differs => "differs",
                    Checked::Unknown => "unknown",
                },
                account,
                problem: wrong,
            });
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
        && let Err(e) = std::fs::write(path, rows(&found))
    {
        let fields = [
            ("file", path.display().to_string()),
            ("reason", e.to_string()),
        ];
        return Ended::Usage(sentence("problem-not-written", &fields, lang));
    }
    match args.common.format {
        Format::Json => {
            if let Ended::Internal(message) = json(&found) {
                return Ended::Internal(message);
            }
        }
        Format::Csv => print(&rows(&found)),
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

/// The rows of all files that were read.
fn rows(found: &[Verified]) -> String {
    let read = found.iter().filter_map(|v| {
        let account = v.account.as_ref()?;
        Some((v.dataset, v.part, account))
    });
    rows_of(read)
}

/// Every row that is not used, or used with another value, as CSV: dataset, part and account of each file.
pub(super) fn rows_of<'a>(
    files: impl IntoIterator<Item = (&'static str, &'static str, &'a Account)>,
) -> String {
    let mut text = "dataset,part,file,row,column,what,reason,value\n".to_owned();
    for (dataset, part, account) in files {
        let aside = account.aside.iter().map(|a| ("set-aside", a));
        let mended = account.mended.iter().map(|a| ("mended", a));
        for (what, a) in aside.chain(mended) {
            let (file, value) = (quoted(&account.file), quoted(&a.value));
            text.push_str(&format!(
                "{dataset},{part},{file},{},{},{what},{},{value}\n",
                a.row, a.column, a.reason
            ));
        }
    }
    text
}
