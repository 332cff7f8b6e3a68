//! What is written to disk: looked at before the work, written aside, and put in place whole or not at all.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
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

pub(crate) fn not_written(folder: &Path, e: &io::Error, lang: Lang) -> String {
    let values = [
        ("path", folder.display().to_string()),
        ("reason", e.to_string()),
    ];
    message(lang, "cli-not-written", &values)
}

/// Makes a folder that is not there yet, whole or not at all; an empty one that is there is filled.
pub(crate) fn make(folder: &Path, files: &[File], lang: Lang) -> Result<(), String> {
    if folder.is_dir() {
        // It may be where somebody stands, so that it stays the folder that it is.
        return fill(folder, files).map_err(|e| {
            for file in files {
                let _ = fs::remove_file(folder.join(&file.path));
            }
            not_written(folder, &e, lang)
        });
    }
    let aside = beside(folder, "new");
    let made = fill(&aside, files).and_then(|()| fs::rename(&aside, folder));
    made.map_err(|e| {
        let _ = fs::remove_dir_all(&aside);
        not_written(folder, &e, lang)
    })
}

/// Writes a file, whole or not at all.
pub(crate) fn write_file(path: &Path, text: &str, lang: Lang) -> Result<(), String> {
    fill_file(path, lang, |out| out.write_all(text.as_bytes()))
}

/// Writes a file as it is made, whole or not at all. A link is followed, and what was there keeps its rights; what
/// is no plain file, as a pipe or a device, takes the text as it comes.
pub(crate) fn fill_file(
    path: &Path,
    lang: Lang,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), String> {
    filled(path, fill).map_err(|e| not_written(path, &e, lang))
}

fn filled(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let path = followed(path)?;
    let there = fs::metadata(&path).ok();
    if there.is_some() {
        // Also for a plain file: what may not be written may not be replaced.
        let file = fs::OpenOptions::new().write(true).open(&path)?;
        if there.as_ref().is_some_and(|m| !m.is_file()) {
            let mut out = io::BufWriter::new(file);
            fill(&mut out)?;
            return out.flush();
        }
    }
    if path.file_name().is_none() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let aside = beside(&path, "part");
    let written = fs::File::create(&aside).and_then(|file| {
        let mut out = io::BufWriter::new(file);
        fill(&mut out)?;
        out.flush()?;
        if let Some(there) = &there {
            fs::set_permissions(&aside, there.permissions())?;
        }
        fs::rename(&aside, &path)
    });
    written.inspect_err(|_| {
        let _ = fs::remove_file(&aside);
    })
}

/// Where links lead, also one to a file that is not there yet.
fn followed(path: &Path) -> io::Result<PathBuf> {
    const MOST_LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        if !fs::symlink_metadata(&path).is_ok_and(|m| m.is_symlink()) {
            return Ok(path);
        }
        let to = fs::read_link(&path)?;
        path = path.parent().unwrap_or(Path::new("")).join(to);
    }
    Err(io::Error::other("too many links"))
}

/// Refuses to write where something lies that this run reads.
pub(crate) fn spare<'a>(
    out: &Path,
    inputs: impl IntoIterator<Item = &'a Path>,
    lang: Lang,
) -> Result<(), String> {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let Some(there) = real(out) else {
        return Ok(());
    };
    if inputs.into_iter().any(|i| real(i).as_ref() == Some(&there)) {
        let values = [("path", out.display().to_string())];
        return Err(message(lang, "cli-out-is-input", &values));
    }
    Ok(())
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

    /// A link stays a link, a mode stays, and what takes text as it comes gets it.
    #[cfg(unix)]
    #[test]
    fn what_stands_at_the_place_stays_what_it_is() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::TempDir::new().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::write(at("secret.csv"), "old").unwrap();
        fs::set_permissions(at("secret.csv"), fs::Permissions::from_mode(0o600)).unwrap();
        symlink("secret.csv", at("link.csv")).unwrap();
        symlink("new.csv", at("ahead.csv")).unwrap();
        write_file(&at("link.csv"), "new", Lang::En).unwrap();
        write_file(&at("ahead.csv"), "made", Lang::En).unwrap();
        assert!(fs::symlink_metadata(at("link.csv")).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(at("secret.csv")).unwrap(), "new");
        assert_eq!(fs::read_to_string(at("new.csv")).unwrap(), "made");
        let mode = fs::metadata(at("secret.csv")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        // A device that takes everything, by way of a link, for the test may run as root.
        symlink("/dev/null", at("null")).unwrap();
        write_file(&at("null"), "gone", Lang::En).unwrap();
        use std::os::unix::fs::FileTypeExt;
        let null = fs::metadata("/dev/null").unwrap().file_type();
        assert!(null.is_char_device());
        symlink("loop", at("loop")).unwrap();
        assert!(write_file(&at("loop"), "x", Lang::En).is_err());
    }

    #[test]
    fn a_file_that_cannot_be_filled_leaves_the_old_one() {
        let dir = tempfile::TempDir::new().unwrap();
        let path = dir.path().join("out.csv");
        write_file(&path, "old", Lang::En).unwrap();
        let failed = fill_file(&path, Lang::En, |out| {
            out.write_all(&[b'x'; 100_000])?;
            Err(io::Error::other("full"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_read_is_not_written() {
        let dir = tempfile::TempDir::new().unwrap();
        let path = dir.path().join("in.csv");
        fs::write(&path, "x").unwrap();
        let other = dir.path().join("./in.csv");
        assert!(spare(&other, [path.as_path()], Lang::En).is_err());
        assert!(spare(&dir.path().join("out.csv"), [path.as_path()], Lang::En).is_ok());
    }
}
