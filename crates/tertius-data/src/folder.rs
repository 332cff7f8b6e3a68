//! The local data folder: where files of datasets lie, and what is known of each.
//!
//! A file that was fetched or added lies in `ID/PART/NAME`, with a note of where it came from beside it, and the rows
//! of it that are not used. Files under the paths that the catalogue knows are found too, so that a folder that
//! somebody else filled can be used as it is.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::catalogue::{Dataset, KnownFile, Part};
use crate::table::{FileProblem, RawFile};

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

    /// The file of a part: one that was put there, else the first that the catalogue knows.
    pub fn find(&self, dataset: &'static Dataset, part: &'static Part) -> Option<Stored> {
        let mut own: Vec<PathBuf> = fs::read_dir(self.place(dataset, part))
            .into_iter()
            .flatten()
            .flatten()
            .map(|e| e.path())
            .filter(|p| p.is_file() && !is_note(p) && !is_partial(p))
            .collect();
        own.sort();
        if let Some(path) = own.into_iter().next() {
            let note = fs::read(note_of(&path)).ok();
            let origin = note.and_then(|n| serde_json::from_slice(&n).ok());
            return Some(Stored {
                path,
                known: None,
                origin,
            });
        }
        part.files.iter().find_map(|known| {
            let path = self.root.join(known.path);
            path.is_file().then_some(Stored {
                path,
                known: Some(known),
                origin: None,
            })
        })
    }

    /// Puts bytes in as the file of a part, with a note of where they came from. What was there goes.
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
    ) -> io::Result<PathBuf> {
        let place = self.place(dataset, part);
        fs::create_dir_all(&place)?;
        let name = safe_name(name);
        let path = place.join(&name);
        let aside = place.join(format!("{name}.part"));
        fs::write(&aside, &file.bytes)?;
        fs::rename(&aside, &path)?;
        self.keep(dataset, part, &path, file, from)?;
        Ok(path)
    }

    /// Makes a file that lies in the part's place the part's file: the others there go, and a note is written.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be written.
    pub fn keep(
        &self,
        dataset: &Dataset,
        part: &Part,
        path: &Path,
        file: &RawFile,
        from: &str,
    ) -> io::Result<()> {
        let place = self.place(dataset, part);
        for other in fs::read_dir(&place)?.flatten().map(|e| e.path()) {
            if other.is_file() && other != path {
                fs::remove_file(other)?;
            }
        }
        let origin = Origin {
            from: from.to_owned(),
            sha256: file.sha256(),
            bytes: file.bytes.len() as u64,
            licence: dataset.licence.name.to_owned(),
        };
        let note = serde_json::to_string_pretty(&origin).map_err(io::Error::other)?;
        fs::write(note_of(path), note + "\n")
    }
}

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
        let expected = match (&self.origin, self.known) {
            (Some(origin), _) => Some(origin.sha256.as_str()),
            (None, Some(known)) => known.sha256,
            (None, None) => None,
        };
        match expected {
            None => Checked::Unknown,
            Some(sha256) if sha256 == file.sha256() => Checked::Same,
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
        // The XDG specification: a path that is not absolute is to be ignored.
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
                )
                .unwrap();
        }
        let stored = folder.find(dataset, part).unwrap();
        let file = stored.open(&folder).unwrap();
        assert_eq!(file.bytes, b"second");
        assert_eq!(file.name, "cow-nmc/capabilities/NMC.csv");
        assert_eq!(stored.check(&file), Checked::Same);
        assert_eq!(
            stored.origin.as_ref().unwrap().from,
            "https://example.org/NMC.csv"
        );
        fs::write(&stored.path, "third").unwrap();
        assert_eq!(
            stored.check(&stored.open(&folder).unwrap()),
            Checked::Differs
        );
    }
}
