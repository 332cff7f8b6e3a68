//! The bytes of a file, unpacked.

use std::borrow::Cow;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use sha2::{Digest, Sha256};

use super::foreign::{program, program_in};
use super::problem::{Cause, FileProblem, MOST_BYTES};

/// A file as it lies on the disk, with the name that messages call it by.
#[derive(Clone, Debug)]
pub struct RawFile {
    /// As messages call it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl RawFile {
    /// Bytes under a name.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> RawFile {
        RawFile {
            name: name.into(),
            bytes: bytes.into(),
        }
    }

    /// The file at a path, called as the path is written. Only a plain file is read, and no more of it than any
    /// dataset holds: a pipe would wait for a writer, and a device has no end.
    ///
    /// # Errors
    ///
    /// Where it cannot be opened, is no plain file, or is too large.
    pub fn open(path: &Path) -> Result<RawFile, FileProblem> {
        let name = path.display().to_string();
        let not_opened = |reason| FileProblem::NotOpened {
            file: name.clone(),
            reason,
        };
        let said = |e: std::io::Error| not_opened(Cause::Said(e.to_string()));
        // Looked at before it is opened, since opening a pipe waits.
        let meta = fs::metadata(path).map_err(said)?;
        if !meta.is_file() {
            return Err(not_opened(Cause::NotPlain));
        }
        let too_large = || FileProblem::TooLarge { file: name.clone() };
        if meta.len() > MOST_BYTES {
            return Err(too_large());
        }
        let mut bytes = Vec::with_capacity(meta.len() as usize);
        let file = fs::File::open(path).map_err(said)?;
        // A file may grow while it is read.
        let read = file.take(MOST_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(said)?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(too_large());
        }
        Ok(RawFile { name, bytes })
    }

    /// SHA-256 of the bytes as they lie on the disk, in hexadecimal.
    pub fn sha256(&self) -> String {
        hex(&Sha256::digest(&self.bytes))
    }

    /// What is inside: the bytes themselves, what gzip holds, or the tables of a zip archive.
    pub(super) fn unpacked(&self) -> Result<Vec<Cow<'_, [u8]>>, FileProblem> {
        let of = |program| {
            let file = self.name.clone();
            FileProblem::OtherProgram { file, program }
        };
        if self.bytes.starts_with(&[0x1f, 0x8b]) {
            let inner = self.all_of(MultiGzDecoder::new(&self.bytes[..]))?;
            // Files of R are packed.
            return match program(&inner) {
                Some(program) => Err(of(program)),
                None => Ok(vec![Cow::Owned(inner)]),
            };
        }
        if let Some(program) = program(&self.bytes) {
            return Err(of(program));
        }
        if self.bytes.starts_with(b"PK\x03\x04") {
            return self.unzipped();
        }
        Ok(vec![Cow::Borrowed(&self.bytes)])
    }

    fn unzipped(&self) -> Result<Vec<Cow<'_, [u8]>>, FileProblem> {
        let damaged = |reason: String| FileProblem::Damaged {
            file: self.name.clone(),
            bytes: 0,
            reason,
        };
        let mut archive = zip::ZipArchive::new(Cursor::new(&self.bytes[..]))
            .map_err(|e| damaged(e.to_string()))?;
        let is_table = |name: &str| {
            let name = name.to_ascii_lowercase();
            let ends = [".csv", ".tab", ".tsv", ".parquet"];
            !name.starts_with("__macosx") && ends.iter().any(|e| name.ends_with(e))
        };
        let names: Vec<String> = archive
            .file_names()
            .filter(|n| is_table(n))
            .map(str::to_owned)
            .collect();
        let mut programs = archive.file_names().filter_map(program_in);
        if let (true, Some(program)) = (names.is_empty(), programs.next()) {
            let file = self.name.clone();
            return Err(FileProblem::OtherProgram { file, program });
        }
        drop(programs);
        let mut tables = Vec::new();
        let mut size = 0;
        for name in names {
            let inner = archive.by_name(&name).map_err(|e| damaged(e.to_string()))?;
            let table = self.all_of(inner)?;
            size += table.len() as u64;
            if size > MOST_BYTES {
                return Err(FileProblem::TooLarge {
                    file: self.name.clone(),
                });
            }
            tables.push(Cow::Owned(table));
        }
        Ok(tables)
    }

    fn all_of(&self, packed: impl Read) -> Result<Vec<u8>, FileProblem> {
        let mut bytes = Vec::new();
        let read = packed.take(MOST_BYTES + 1).read_to_end(&mut bytes);
        match read {
            Err(e) => Err(FileProblem::Damaged {
                file: self.name.clone(),
                bytes: bytes.len() as u64,
                reason: e.to_string(),
            }),
            Ok(_) if bytes.len() as u64 > MOST_BYTES => Err(FileProblem::TooLarge {
                file: self.name.clone(),
            }),
            Ok(_) => Ok(bytes),
        }
    }
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
