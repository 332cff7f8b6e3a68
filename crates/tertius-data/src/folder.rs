//! The local data folder: where files of datasets lie, and what is known of each.
//!
//! A file that was fetched or added lies in `ID/PART/NAME`, with a note of where it came from beside it, and the rows
//! of it that are not used. Files under the paths that the catalogue knows are found too, so that a folder that
//! somebody else filled can be used as it is.

mod writing;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::catalogue::{self, Dataset, KnownFile, Part};
use crate::table::{FileProblem, RawFile};
use writing::{Waiting, inside, lock, remove};

/// A folder of datasets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    root: PathBuf,
}

/// The folder for what can be found again: `tertius` in `XDG_CACHE_HOME`, else in `LOCALAPPDATA`, else `.cache/tertius`
/// at home; nothing where there is none of them. The values are passed in; nothing is read here.
///
/// ```
/// use std::path::PathBuf;
/// use tertius_data::folder::cache;
/// let path = |p: &str| Some(PathBuf::from(p));
/// assert_eq!(cache(path("/c"), None, path("/h")), path("/c/tertius"));
/// // The XDG specification: a path that is not absolute is to be ignored.
/// assert_eq!(cache(path("c"), None, path("/h")), path("/h/.cache/tertius"));
/// assert_eq!(cache(None, None, None), None);
/// ```
pub fn cache(
    xdg_cache_home: Option<PathBuf>,
    local_app_data: Option<PathBuf>,
    home: Option<PathBuf>,
) -> Option<PathBuf> {
    let set = |p: Option<PathBuf>| p.filter(|p| p.is_absolute());
    let at_home = || set(home).map(|p| p.join(".cache"));
    let named = set(xdg_cache_home).or_else(|| set(local_app_data));
    named.or_else(at_home).map(|p| p.join("tertius"))
}

/// Where a stored file came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// An address, or the path from which it was added.
    pub from: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The licence as it was shown before.
    pub licence: String,
}

/// A file of a part.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Where.
    pub path: PathBuf,
    /// As which file the catalogue knows it, if it does.
    pub known: Option<&'static KnownFile>,
    /// The note beside it, if there is one.
    pub origin: Option<Origin>,
}

/// What a checksum says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// The file is the one that the catalogue, or the note beside it, describes.
    Same,
    /// It is not: it was changed or is damaged.
    Differs,
    /// Neither the catalogue nor a note has a checksum.
    Unknown,
}

impl Folder {
    /// The folder at a path, which need not exist yet.
    pub fn new(root: impl Into<PathBuf>) -> Folder {
        Folder { root: root.into() }
    }

    /// The folder that a user means: the one named on the command line, else by `TERTIUS_DATA`, else `tertius` in
    /// `XDG_DATA_HOME`, else `.local/share/tertius` at home. The values are passed in; nothing is read here.
    pub fn choose(
        named: Option<PathBuf>,
        tertius_data: Option<PathBuf>,
        xdg_data_home: Option<PathBuf>,
        home: Option<PathBuf>,
    ) -> Folder {
        let set = |p: Option<PathBuf>| p.filter(|p| !p.as_os_str().is_empty());
        let xdg = set(xdg_data_home)
            .filter(|p| p.is_absolute())
            .map(|p| p.join("tertius"));
        let home = set(home).map(|h| h.join(".local/share/tertius"));
        let chosen = named.or_else(|| set(tertius_data)).or(xdg).or(home);
        Folder::new(chosen.unwrap_or_else(|| PathBuf::from("tertius-data")))
    }

    /// Its path.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where files of a part are put.
    pub fn place(&self, dataset: &Dataset, part: &Part) -> PathBuf {
        self.root.join(dataset.id).join(part.id)
    }

    /// The file of a part of a dataset, both by their ids in the catalogue.
    pub fn part(&self, dataset: &str, part: &str) -> Option<Stored> {
        let dataset = catalogue::find(dataset)?;
        let part = dataset.parts.iter().find(|p| p.id == part)?;
        self.find(dataset, part)
    }

    /// The file of a part: one that was put there, else the first that the catalogue knows. Nothing where the
    /// folder cannot be read; [`Folder::look`] tells why.
    pub fn find(&self, dataset: &'static Dataset, part: &'static Part) -> Option<Stored> {
        self.look(dataset, part).ok().flatten()
    }

    /// The file of a part. Of several that lie in its place: one with a note, else one whose name ends as a table's
    /// does, else the first by name; files whose names begin with a dot are none.
    ///
    /// # Errors
    ///
    /// Where the part's place is there and cannot be read.
    pub fn look(
        &self,
        dataset: &'static Dataset,
        part: &'static Part,
    ) -> io::Result<Option<Stored>> {
        let mut own = Vec::new();
        for path in inside(&self.place(dataset, part))? {
            if path.is_file() && !is_note(&path) && !is_partial(&path) && !is_hidden(&path) {
                own.push((!note_of(&path).is_file(), !is_table(&path), path));
            }
        }
        own.sort();
        if let Some((_, _, path)) = own.into_iter().next() {
            let note = fs::read(note_of(&path)).ok();
            let origin = note.and_then(|n| serde_json::from_slice(&n).ok());
            return Ok(Some(Stored {
                path,
                known: None,
                origin,
            }));
        }
        Ok(part.files.iter().find_map(|known| {
            let path = self.root.join(known.path);
            path.is_file().then_some(Stored {
                path,
                known: Some(known),
                origin: None,
            })
        }))
    }

    /// Puts bytes in as the file of a part, with a note of where they came from and, where `aside` is given, the
    /// rows that are not used, as it writes them. The file that was put there before goes, and what others have
    /// laid there stays. Everything is written under other names first: where that fails, all is as it was.
    ///
    /// Two that put at once do so one after the other.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be written.
    pub fn put(
        &self,
        dataset: &Dataset,
        part: &Part,
        name: &str,
        file: &RawFile,
        from: &str,
        aside: Option<&WriteAside<'_>>,
    ) -> io::Result<PathBuf> {
        let place = self.place(dataset, part);
        fs::create_dir_all(&place)?;
        let _lock = lock(&place)?;
        Waiting::sweep(&place)?;
        let path = place.join(safe_name(name));
        let origin = Origin {
            from: from.to_owned(),
            sha256: file.sha256(),
            bytes: file.bytes.len() as u64,
            licence: dataset.licence.name.to_owned(),
        };
        let note = serde_json::to_string_pretty(&origin).map_err(io::Error::other)? + "\n";
        let mut waiting = Waiting::default();
        waiting.write(&path, |out| out.write_all(&file.bytes))?;
        waiting.write(&note_of(&path), |out| out.write_all(note.as_bytes()))?;
        if let Some(aside) = aside {
            waiting.write(&set_aside_of(&path), aside)?;
        }
        let put = waiting.place()?;
        // What we put there before has a note; nothing else is ours to take away.
        for old in inside(&place)?.into_iter().filter(|p| note_of(p).is_file()) {
            for old in [set_aside_of(&old), note_of(&old), old] {
                if !put.contains(&old) {
                    remove(&old)?;
                }
            }
        }
        if aside.is_none() {
            remove(&set_aside_of(&path))?;
        }
        Ok(path)
    }
}

/// Writes the rows that are not used.
pub type WriteAside<'a> = dyn Fn(&mut dyn Write) -> io::Result<()> + 'a;

impl Stored {
    /// The bytes, under a name that does not tell where the folder is.
    ///
    /// # Errors
    ///
    /// Where the file cannot be opened.
    pub fn open(&self, folder: &Folder) -> Result<RawFile, FileProblem> {
        let mut file = RawFile::open(&self.path)?;
        let inside = self.path.strip_prefix(folder.root()).unwrap_or(&self.path);
        file.name = inside.to_string_lossy().replace('\\', "/");
        Ok(file)
    }

    /// What its checksum says.
    pub fn check(&self, file: &RawFile) -> Checked {
        self.checked(&file.sha256())
    }

    /// The same, where the SHA-256 of its bytes is known already.
    pub fn checked(&self, found: &str) -> Checked {
        let expected = match (&self.origin, self.known) {
            (Some(origin), _) => Some(origin.sha256.as_str()),
            (None, Some(known)) => known.sha256,
            (None, None) => None,
        };
        match expected {
            None => Checked::Unknown,
            Some(sha256) if sha256 == found => Checked::Same,
            Some(_) => Checked::Differs,
        }
    }
}

const NOTE: &str = "origin.json";

/// The end of the name under which a download waits until it was read.
pub const INCOMING: &str = ".incoming";

const SET_ASIDE: &str = ".set-aside.csv";

/// Where the rows of a stored file that are not used are written.
pub fn set_aside_of(stored: &Path) -> PathBuf {
    let mut name = stored.as_os_str().to_owned();
    name.push(SET_ASIDE);
    PathBuf::from(name)
}

fn is_note(path: &Path) -> bool {
    let name = path.to_string_lossy();
    name.ends_with(NOTE) || name.ends_with(SET_ASIDE)
}

fn is_partial(path: &Path) -> bool {
    let name = path.to_string_lossy();
    [".part", ".part.tag", INCOMING]
        .iter()
        .any(|end| name.ends_with(end))
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().starts_with('.')
}

/// Whether a name ends as those of files of data do.
fn is_table(path: &Path) -> bool {
    let name = path.to_string_lossy().to_ascii_lowercase();
    [".csv", ".tab", ".tsv", ".parquet", ".gz", ".zip"]
        .iter()
        .any(|end| name.ends_with(end))
}

fn note_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(NOTE);
    PathBuf::from(name)
}

/// The last piece of a name, with nothing in it that leads out of a folder.
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let last = last.split(['?', '#']).next().unwrap_or("");
    let kept: String = last
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || "._-".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let kept = kept.trim_start_matches('.');
    if kept.is_empty()
        || kept.ends_with(NOTE)
        || kept.ends_with(SET_ASIDE)
        || is_partial(Path::new(kept))
    {
        return "data".to_owned();
    }
    kept.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::find;

    #[test]
    fn the_folder_is_the_one_named_then_the_environments_then_homes() {
        let path = |p: &str| Some(PathBuf::from(p));
        let chosen = |a, b, c, d| Folder::choose(a, b, c, d).root().to_owned();
        assert_eq!(
            chosen(path("a"), path("b"), path("/c"), path("/d")),
            Path::new("a")
        );
        assert_eq!(
            chosen(None, path("b"), path("/c"), path("/d")),
            Path::new("b")
        );
        assert_eq!(
            chosen(None, path(""), path("/c"), path("/d")),
            Path::new("/c/tertius")
        );
        // As above: a path that is not absolute.
        let home = Path::new("/d/.local/share/tertius");
        assert_eq!(chosen(None, None, path("c"), path("/d")), home);
    }

    #[test]
    fn names_never_lead_out_of_the_folder() {
        for (name, safe) in [
            ("../../etc/passwd", "passwd"),
            ("a b.csv", "a_b.csv"),
            ("..", "data"),
            ("", "data"),
            ("x.csv?token=1", "x.csv"),
            ("C:\\data\\NMC.csv", "NMC.csv"),
            (".hidden", "hidden"),
        ] {
            assert_eq!(safe_name(name), safe, "{name}");
        }
    }

    #[test]
    fn what_is_put_in_is_found_with_its_origin_and_checked() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path());
        let dataset = find("cow-nmc").unwrap();
        let part = &dataset.parts[0];
        assert!(folder.find(dataset, part).is_none());
        for text in ["first", "second"] {
            let file = RawFile::new("NMC.csv", text);
            folder
                .put(
                    dataset,
                    part,
                    "NMC.csv",
                    &file,
                    "https://example.org/NMC.csv",
                    None,
                )
                .unwrap();
        }
        let stored = folder.find(dataset, part).unwrap();
        let file = stored.open(&folder).unwrap();
        assert_eq!(file.bytes, b"second");
        assert_eq!(file.name, "cow-nmc/capabilities/NMC.csv");
        assert_eq!(stored.check(&file), Checked::Same);
        let from = &stored.origin.as_ref().unwrap().from;
        assert_eq!(from, "https://example.org/NMC.csv");
        fs::write(&stored.path, "third").unwrap();
        let changed = stored.open(&folder).unwrap();
        assert_eq!(stored.check(&changed), Checked::Differs);
    }
}
