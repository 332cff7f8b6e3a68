//! Where the bytes of a case come from.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use super::problems::Problems;

/// Why a file or a folder that is there cannot be read, in the words of whoever holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(pub String);

/// The files of a case, by path inside it: a folder, a case in the binary, an upload.
pub trait CaseFiles {
    /// The bytes of a file, or nothing if there is none.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] where there is something of that name and it cannot be read: it is not as if it were
    /// not there.
    fn bytes(&self, path: &str) -> Result<Option<Cow<'_, [u8]>>, Unreadable>;

    /// The names of the files directly in a folder, in any order; the case's own folder is `""`. None where
    /// there is no such folder.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] where there is one and it cannot be listed.
    fn list(&self, folder: &str) -> Result<Vec<String>, Unreadable>;
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
/// assert_eq!(files.list("series").unwrap(), ["polls.csv"]);
/// assert_eq!(files.bytes("series/../series/polls.csv"), Ok(None));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryFiles {
    files: BTreeMap<String, Vec<u8>>,
    unreadable: BTreeMap<String, Unreadable>,
}

impl MemoryFiles {
    /// Puts a file in, or another in its place.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// Puts something in that is there and cannot be read; a folder, if files lie in it.
    pub fn insert_unreadable(&mut self, path: impl Into<String>, why: impl Into<String>) {
        let path = path.into();
        self.files.remove(&path);
        self.unreadable.insert(path, Unreadable(why.into()));
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &str) -> Option<Vec<u8>> {
        self.files.remove(path)
    }

    /// All files by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(p, b)| (p.as_str(), b.as_slice()))
    }
}

impl<P: Into<String>, B: Into<Vec<u8>>> FromIterator<(P, B)> for MemoryFiles {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        let owned = files.into_iter().map(|(p, b)| (p.into(), b.into()));
        MemoryFiles {
            files: owned.collect(),
            unreadable: BTreeMap::new(),
        }
    }
}

impl<P: Into<String>, B: Into<Vec<u8>>, const N: usize> From<[(P, B); N]> for MemoryFiles {
    fn from(files: [(P, B); N]) -> Self {
        files.into_iter().collect()
    }
}

impl CaseFiles for MemoryFiles {
    fn bytes(&self, path: &str) -> Result<Option<Cow<'_, [u8]>>, Unreadable> {
        match self.unreadable.get(path) {
            Some(why) => Err(why.clone()),
            None => Ok(self.files.get(path).map(|b| Cow::Borrowed(b.as_slice()))),
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Unreadable> {
        if let Some(why) = self.unreadable.get(folder) {
            return Err(why.clone());
        }
        let inside = |path: &'_ str| -> Option<String> {
            let name = match folder {
                "" => path,
                _ => path.strip_prefix(folder)?.strip_prefix('/')?,
            };
            (!name.contains('/')).then(|| name.to_owned())
        };
        let all = self.files.keys().chain(self.unreadable.keys());
        Ok(all.filter_map(|p| inside(p)).collect())
    }
}

/// What a reader got.
pub(super) enum Got<'f> {
    Bytes(Cow<'f, [u8]>),
    /// There is nothing of that name.
    Absent,
    /// There is, and why it cannot be read has been told.
    Unreadable,
}

fn unreadable(path: &str, why: Unreadable, out: &mut Problems) {
    let problem = Diagnostic::new(Id::UnreadableFile, Place::file(path));
    out.push(problem.with("reason", why.0));
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

    pub(super) fn get(&mut self, path: &str, out: &mut Problems) -> Got<'f> {
        let bytes = match self.files.bytes(path) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Got::Absent,
            Err(why) => {
                unreadable(path, why, out);
                return Got::Unreadable;
            }
        };
        let sha256 = Sha256::digest(&bytes)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        self.inputs.push(InputFile {
            path: path.to_owned(),
            sha256,
            bytes: bytes.len() as u64,
        });
        Got::Bytes(bytes)
    }

    /// The tables of a folder, by name. Names with a leading dot are left by file managers; names with a
    /// separator are no names.
    pub(super) fn tables_in(&self, folder: &str, out: &mut Problems) -> Vec<String> {
        let mut names = self.files.list(folder).unwrap_or_else(|why| {
            unreadable(folder, why, out);
            Vec::new()
        });
        names.retain(|n| {
            let ends = n.len() > 4 && n.is_char_boundary(n.len() - 4);
            let table = ends && n[n.len() - 4..].eq_ignore_ascii_case(".csv");
            table && !n.starts_with('.') && !n.contains(['/', '\\'])
        });
        names.sort();
        names
    }
}
