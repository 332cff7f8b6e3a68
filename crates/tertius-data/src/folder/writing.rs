//! Files that are put into a folder together, by one at a time.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Held by whoever puts files into a place.
const LOCK: &str = ".lock";

/// Between a file's name and the number of the process that writes it.
const ASIDE: &str = ".part-";

/// Files that are written and have not their names yet. Those that never get them are removed.
#[derive(Default)]
pub(super) struct Waiting(Vec<(PathBuf, PathBuf)>);

impl Waiting {
    /// Removes what a run that was ended left in a place. The place must be locked: else it may be another's.
    pub(super) fn sweep(place: &Path) -> io::Result<()> {
        for path in inside(place)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with('.') && name.contains(ASIDE) {
                remove(&path)?;
            }
        }
        Ok(())
    }

    pub(super) fn write(
        &mut self,
        path: &Path,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let aside = path.with_file_name(format!(".{name}{ASIDE}{}", std::process::id()));
        self.0.push((aside.clone(), path.to_owned()));
        let mut out = io::BufWriter::new(File::create(&aside)?);
        fill(&mut out)?;
        out.into_inner()?.sync_all()
    }

    /// Gives all of them their names.
    pub(super) fn place(mut self) -> io::Result<Vec<PathBuf>> {
        let mut placed = Vec::new();
        while let Some((aside, path)) = self.0.first() {
            fs::rename(aside, path)?;
            placed.push(path.clone());
            self.0.remove(0);
        }
        Ok(placed)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        for (aside, _) in &self.0 {
            let _ = fs::remove_file(aside);
        }
    }
}

/// Waits until nobody else puts files into a place; until the handle is dropped nobody else does.
pub(super) fn lock(place: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let file = options.create(true).append(true).open(place.join(LOCK))?;
    match file.lock() {
        // A file system that knows no locks leaves two at once to themselves.
        Err(e) if e.kind() == io::ErrorKind::Unsupported => Ok(file),
        locked => locked.map(|()| file),
    }
}

/// What lies in a folder; nothing where there is none.
pub(super) fn inside(place: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(place) {
        Ok(entries) => entries.map(|e| Ok(e?.path())).collect(),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(e),
    }
}

/// Removes a file; one that is not there is removed.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}
