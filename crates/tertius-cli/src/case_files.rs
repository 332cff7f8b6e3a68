//! Where the files of a case come from: a folder, or the binary itself.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tertius::record::{CaseFiles, Unreadable};
use tertius::vocabulary::Lang;

use crate::screen::message;

include!(concat!(env!("OUT_DIR"), "/bundled.rs"));

/// A case: a folder on disk, or a bundled one.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    Folder(PathBuf),
    Bundled(&'static str),
}

impl Source {
    /// A folder of this path if there is one, else the bundled case of this name.
    pub(crate) fn find(case: &str, lang: Lang) -> Result<Source, String> {
        let path = Path::new(case);
        if path.is_dir() {
            return Ok(Source::Folder(path.to_owned()));
        }
        if let Some(name) = bundled().into_iter().find(|n| *n == case) {
            return Ok(Source::Bundled(name));
        }
        let known = bundled().into_iter().collect::<Vec<_>>().join(", ");
        let values = [("case", case.to_owned()), ("known", known)];
        Err(message(lang, "cli-no-case", &values))
    }
}

/// Names of the bundled cases.
pub(crate) fn bundled() -> BTreeSet<&'static str> {
    FILES
        .iter()
        .filter_map(|(path, _)| path.split_once('/'))
        .map(|(case, _)| case)
        .collect()
}

impl CaseFiles for Source {
    fn bytes(&self, path: &str) -> Result<Option<Cow<'_, [u8]>>, Unreadable> {
        match self {
            Source::Folder(root) => read(&root.join(path)).map(|b| b.map(Cow::Owned)),
            Source::Bundled(case) => {
                let of_case = |p: &str| p.strip_prefix(case)?.strip_prefix('/').map(str::to_owned);
                let found = FILES
                    .iter()
                    .find(|(p, _)| of_case(p).as_deref() == Some(path));
                Ok(found.map(|(_, bytes)| Cow::Borrowed(*bytes)))
            }
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Unreadable> {
        match self {
            Source::Folder(root) => list(&root.join(folder)),
            Source::Bundled(case) => {
                let prefix = format!("{case}/{folder}/");
                let inside = FILES
                    .iter()
                    .filter_map(|(p, _)| p.strip_prefix(prefix.as_str()))
                    .filter(|name| !name.contains('/'));
                Ok(inside.map(str::to_owned).collect())
            }
        }
    }
}

/// A file's bytes; nothing where there is none. Only of files: a pipe would be waited for.
fn read(path: &Path) -> Result<Option<Vec<u8>>, Unreadable> {
    let there = match fs::metadata(path) {
        Ok(there) => there,
        // A link to nothing is something that cannot be read.
        Err(e) if e.kind() == ErrorKind::NotFound && path.symlink_metadata().is_err() => {
            return Ok(None);
        }
        Err(e) => return Err(Unreadable(e.to_string())),
    };
    if !there.is_file() {
        return Err(Unreadable("not a file".to_owned()));
    }
    fs::read(path)
        .map(Some)
        .map_err(|e| Unreadable(e.to_string()))
}

/// The names in a folder; none where there is no folder. A name that is no Unicode is listed as near to it
/// as can be, so that it is missed and not passed over.
fn list(path: &Path) -> Result<Vec<String>, Unreadable> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Unreadable(e.to_string())),
    };
    let names = entries.map(|e| Ok(e?.file_name().to_string_lossy().into_owned()));
    let names: std::io::Result<Vec<String>> = names.collect();
    names.map_err(|e| Unreadable(e.to_string()))
}
