//! What is written to disk: looked at before the work, written aside, and put in place whole or not at all.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tertius::vocabulary::Lang;

use crate::case_files::Source;
use crate::output::File;
use crate::screen::message;

/// The file by which a folder is known to be ours. It lists what we wrote.
const MARKER: &str = ".tertius";

const FIRST_LINE: &str = "This folder was written by tertius and may be replaced by it. It wrote:";

/// A folder that may be written.
pub(crate) struct Place {
    /// As it was asked for.
    shown: PathBuf,
    /// Where that is, links followed.
    folder: PathBuf,
    lang: Lang,
}

impl Place {
    /// Refuses a folder that is not ours, that holds what we did not write, or that the case lies in.
    pub(crate) fn find(shown: PathBuf, case: &Source, lang: Lang) -> Result<Place, String> {
        let folder = match fs::symlink_metadata(&shown) {
            Ok(_) => fs::canonicalize(&shown).map_err(|e| not_written(&shown, &e, lang))?,
            Err(_) => shown.clone(),
        };
        let place = Place {
            shown,
            folder,
            lang,
        };
        if place.folder.file_name().is_none() {
            return Err(place.say("cli-no-place", &[]));
        }
        if place.folder.exists() {
            if !place.folder.join(MARKER).is_file() {
                return Err(place.say("cli-not-ours", &[]));
            }
            if let Source::Folder(root) = case
                && fs::canonicalize(root).is_ok_and(|root| root.starts_with(&place.folder))
            {
                return Err(place.say("cli-holds-case", &[]));
            }
            if let Some(file) = place.strange() {
                return Err(place.say("cli-holds-other", &[("file", file)]));
            }
        }
        Ok(place)
    }

    /// As it was asked for.
    pub(crate) fn shown(&self) -> &Path {
        &self.shown
    }

    fn say(&self, key: &str, more: &[(&str, String)]) -> String {
        let mut values = vec![("path", self.shown.display().to_string())];
        values.extend_from_slice(more);
        message(self.lang, key, &values)
    }

    /// A file in the folder that we did not write, the first by name.
    fn strange(&self) -> Option<String> {
        let marker = fs::read_to_string(self.folder.join(MARKER)).unwrap_or_default();
        let ours: BTreeSet<&str> = marker.lines().skip(1).collect();
        let mut strange = BTreeSet::new();
        let mut folders = vec![PathBuf::new()];
        while let Some(inside) = folders.pop() {
            let entries = fs::read_dir(self.folder.join(&inside)).into_iter();
            for entry in entries.flatten().flatten() {
                let path = inside.join(entry.file_name());
                if entry.file_type().is_ok_and(|t| t.is_dir()) {
                    folders.push(path);
                    continue;
                }
                let name = path.to_string_lossy().replace('\\', "/");
                if name != MARKER && !ours.contains(name.as_str()) {
                    strange.insert(name);
                }
            }
        }
        strange.pop_first()
    }

    /// Writes the files aside and puts them in place of the old folder. Where that fails, the old one
    /// stays as it was and nothing is left beside it.
    pub(crate) fn write(&self, files: &[File]) -> Result<(), String> {
        let (new, old) = (beside(&self.folder, "new"), beside(&self.folder, "old"));
        let marked = || fs::write(new.join(MARKER), marker(files));
        let swapped = fill(&new, files).and_then(|()| marked()).and_then(|()| {
            let there = self.folder.exists();
            if there {
                fs::rename(&self.folder, &old)?;
            }
            fs::rename(&new, &self.folder).inspect_err(|_| {
                if there {
                    let _ = fs::rename(&old, &self.folder);
                }
            })
        });
        if let Err(e) = swapped {
            let _ = fs::remove_dir_all(&new);
            return Err(not_written(&self.shown, &e, self.lang));
        }
        let _ = fs::remove_dir_all(&old);
        Ok(())
    }
}

/// A name beside a file or folder that no other process takes.
fn beside(path: &Path, what: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{what}-{}", std::process::id()))
}

/// The text of [`MARKER`].
fn marker(files: &[File]) -> String {
    let names = files.iter().map(|f| format!("{}\n", f.path));
    format!("{FIRST_LINE}\n{}", names.collect::<String>())
}

fn fill(folder: &Path, files: &[File]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for file in files {
        let place = folder.join(&file.path);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(place, &file.bytes)?;
    }
    Ok(())
}

fn not_written(folder: &Path, e: &io::Error, lang: Lang) -> String {
    let values = [
        ("path", folder.display().to_string()),
        ("reason", e.to_string()),
    ];
    message(lang, "cli-not-written", &values)
}

/// Makes a folder that is not there yet, whole or not at all.
pub(crate) fn make(folder: &Path, files: &[File], lang: Lang) -> Result<(), String> {
    let aside = beside(folder, "new");
    let made = fill(&aside, files).and_then(|()| fs::rename(&aside, folder));
    made.map_err(|e| {
        let _ = fs::remove_dir_all(&aside);
        not_written(folder, &e, lang)
    })
}

/// Writes a file, whole or not at all.
pub(crate) fn write_file(path: &Path, text: &str, lang: Lang) -> Result<(), String> {
    let aside = beside(path, "part");
    let named = path.file_name().ok_or(io::ErrorKind::InvalidInput.into());
    let written = named
        .and_then(|_| fs::write(&aside, text))
        .and_then(|()| fs::rename(&aside, path));
    written.map_err(|e| {
        let _ = fs::remove_file(&aside);
        not_written(path, &e, lang)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let dir = tempfile::TempDir::new().unwrap();
        let path = dir.path().join("out.csv");
        write_file(&path, "a\n", Lang::En).unwrap();
        write_file(&path, "b\n", Lang::En).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "b\n");
        assert!(write_file(&dir.path().join("no/such/out.csv"), "c", Lang::En).is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
