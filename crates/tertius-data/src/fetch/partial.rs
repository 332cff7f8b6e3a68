//! What has come of a file so far.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::problem::FetchProblem;
use crate::table::hex;

/// The file, which no other process has as long as this is held, and the tag of its version beside it.
pub(super) struct Partial {
    file: File,
    path: PathBuf,
    tag: PathBuf,
}

impl Partial {
    /// What has come of the file that is to go to `to`.
    ///
    /// # Errors
    ///
    /// Where it cannot be written, or another process has it.
    pub(super) fn of(to: &Path) -> Result<Partial, FetchProblem> {
        let with = |end: &str| {
            let mut name = to.as_os_str().to_owned();
            name.push(end);
            PathBuf::from(name)
        };
        let (path, tag) = (with(".part"), with(".part.tag"));
        let written = |e: io::Error| FetchProblem::NotWritten {
            path: path.display().to_string(),
            reason: e.to_string(),
        };
        loop {
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(true).truncate(false);
            let file = options.open(&path).map_err(written)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(FetchProblem::Busy {
                        path: to.display().to_string(),
                    });
                }
                // A file system that knows no locks leaves two at once to themselves.
                Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(e)) => return Err(written(e)),
            }
            // Whoever had it may have given it its name in between, or removed it.
            if is_at(&file, &path) {
                return Ok(Partial { file, path, tag });
            }
        }
    }

    /// Its path, for messages.
    pub(super) fn shown(&self) -> String {
        self.path.display().to_string()
    }

    /// How many bytes are there, and of which version. Without a version nothing can be resumed.
    pub(super) fn state(&self) -> io::Result<(u64, Option<String>)> {
        let tag = fs::read_to_string(&self.tag).ok().filter(|t| !t.is_empty());
        Ok(match tag {
            Some(tag) => (self.len()?, Some(tag)),
            None => (0, None),
        })
    }

    pub(super) fn len(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    /// Begins anew with a version. What is here goes first: the new version's tag must never stand beside bytes of
    /// the old.
    pub(super) fn begin(&mut self, tag: Option<&str>) -> io::Result<()> {
        self.file.set_len(0)?;
        fs::write(&self.tag, tag.unwrap_or_default())
    }

    pub(super) fn append(&mut self, block: &[u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::End(0))?;
        self.file.write_all(block)
    }

    pub(super) fn sha256(&mut self) -> io::Result<String> {
        self.file.seek(SeekFrom::Start(0))?;
        let (mut hash, mut block) = (Sha256::new(), vec![0; 1 << 16]);
        loop {
            let read = self.file.read(&mut block)?;
            if read == 0 {
                return Ok(hex(&hash.finalize()));
            }
            hash.update(&block[..read]);
        }
    }

    /// Gives it its name.
    pub(super) fn finish(&self, to: &Path) -> io::Result<()> {
        fs::rename(&self.path, to)?;
        let _ = fs::remove_file(&self.tag);
        Ok(())
    }

    pub(super) fn clear(&self) {
        let _ = fs::remove_file(&self.path);
        let _ = fs::remove_file(&self.tag);
    }
}

/// Whether a file that is open is the one that a path leads to.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let key = |m: fs::Metadata| (m.dev(), m.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(there)) => key(open) == key(there),
        _ => false,
    }
}

/// Elsewhere an open file keeps its name from being given away.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.is_file()
}
