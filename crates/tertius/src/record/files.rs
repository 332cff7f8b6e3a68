//! Where the bytes of a case come from.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The files of a case, by path inside it: a folder, a case in the binary, an upload.
pub trait CaseFiles {
    /// The bytes of a file, or nothing if there is none.
    fn bytes(&self, path: &str) -> Option<Cow<'_, [u8]>>;
    /// The names of the files directly in a folder, in any order; the case's own folder is `""`.
    fn list(&self, folder: &str) -> Vec<String>;
}

/// A file that was read, so that a run can be told from another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InputFile {
    /// Path inside the case.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// A case held in memory, by path inside it, with `/` between folders.
///
/// ```
/// use tertius::record::{CaseFiles, MemoryFiles};
/// let files = MemoryFiles::from([("series/polls.csv", "period,value,sources\n")]);
/// assert_eq!(files.list("series"), ["polls.csv"]);
/// assert!(files.bytes("series/../series/polls.csv").is_none());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryFiles(BTreeMap<String, Vec<u8>>);

impl MemoryFiles {
    /// Puts a file in, or another in its place.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), bytes.into());
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &str) -> Option<Vec<u8>> {
        self.0.remove(path)
    }

    /// All files by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(p, b)| (p.as_str(), b.as_slice()))
    }
}

impl<P: Into<String>, B: Into<Vec<u8>>> FromIterator<(P, B)> for MemoryFiles {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        let owned = files.into_iter().map(|(p, b)| (p.into(), b.into()));
        MemoryFiles(owned.collect())
    }
}

impl<P: Into<String>, B: Into<Vec<u8>>, const N: usize> From<[(P, B); N]> for MemoryFiles {
    fn from(files: [(P, B); N]) -> Self {
        files.into_iter().collect()
    }
}

impl CaseFiles for MemoryFiles {
    fn bytes(&self, path: &str) -> Option<Cow<'_, [u8]>> {
        self.0.get(path).map(|b| Cow::Borrowed(b.as_slice()))
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let inside = |path: &'_ str| -> Option<String> {
            let name = match folder {
                "" => path,
                _ => path.strip_prefix(folder)?.strip_prefix('/')?,
            };
            (!name.contains('/')).then(|| name.to_owned())
        };
        self.0.keys().filter_map(|p| inside(p)).collect()
    }
}

/// Files read one by one, their fingerprints kept.
pub(super) struct Reader<'f> {
    files: &'f dyn CaseFiles,
    pub(super) inputs: Vec<InputFile>,
}

impl<'f> Reader<'f> {
    pub(super) fn new(files: &'f dyn CaseFiles) -> Self {
        Reader {
            files,
            inputs: Vec::new(),
        }
    }

    pub(super) fn get(&mut self, path: &str) -> Option<Cow<'f, [u8]>> {
        let bytes = self.files.bytes(path)?;
        let sha256 = Sha256::digest(&bytes)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        self.inputs.push(InputFile {
            path: path.to_owned(),
            sha256,
            bytes: bytes.len() as u64,
        });
        Some(bytes)
    }

    /// The tables of a folder, by name. Names with a leading dot are left by file managers; names with a
    /// separator are no names.
    pub(super) fn tables_in(&self, folder: &str) -> Vec<String> {
        let mut names = self.files.list(folder);
        names.retain(|n| {
            let ends = n.len() > 4 && n.is_char_boundary(n.len() - 4);
            let table = ends && n[n.len() - 4..].eq_ignore_ascii_case(".csv");
            table && !n.starts_with('.') && !n.contains(['/', '\\'])
        });
        names.sort();
        names
    }
}
