//! Where the files of a case come from: a folder, or the binary itself.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tertius::record::CaseFiles;
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
    fn bytes(&self, path: &str) -> Option<Cow<'_, [u8]>> {
        match self {
            Source::Folder(root) => fs::read(root.join(path)).ok().map(Cow::Owned),
            Source::Bundled(case) => FILES
                .iter()
                .find(|(p, _)| p.strip_prefix(case).and_then(|p| p.strip_prefix('/')) == Some(path))
                .map(|(_, bytes)| Cow::Borrowed(*bytes)),
        }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        match self {
            Source::Folder(root) => fs::read_dir(root.join(folder))
                .into_iter()
                .flatten()
                .flatten()
                .filter_map(|e| e.file_name().into_string().ok())
                .collect(),
            Source::Bundled(case) => {
                let prefix = format!("{case}/{folder}/");
                FILES
                    .iter()
                    .filter_map(|(p, _)| p.strip_prefix(prefix.as_str()))
                    .filter(|name| !name.contains('/'))
                    .map(str::to_owned)
                    .collect()
            }
        }
    }
}
