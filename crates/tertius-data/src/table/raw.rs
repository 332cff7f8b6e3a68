//! The bytes of a file, unpacked.

use std::borrow::Cow;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use sha2::{Digest, Sha256};

use super::foreign::{program, program_in};

/// No dataset unpacks to more than this; an archive that does is a trap.
const MOST_BYTES: u64 = 4 << 30;

/// A file as it lies on the disk, with the name that messages call it by.
#[derive(Clone, Debug)]
pub struct RawFile {
    /// As messages call it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Why a file as a whole cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileProblem {
    /// The file cannot be opened.
    #[error("{file} cannot be opened: {reason}")]
    NotOpened {
        /// Which.
        file: String,
        /// What the system says.
        reason: String,
    },
    /// A compressed stream that ends early or is damaged.
    #[error("{file} is damaged or cut short: its archive ends after {bytes} bytes ({reason})")]
    Damaged {
        /// Which.
        file: String,
        /// Bytes that could be unpacked.
        bytes: u64,
        /// What the unpacker says.
        reason: String,
    },
    /// A zip archive without exactly one table of the dataset in it.
    #[error("{file} holds {} of this dataset", if *found == 0 { "no table" } else { "more than one table" })]
    NotOneTable {
        /// Which.
        file: String,
        /// None, or more than one.
        found: usize,
    },
    /// More than any dataset holds.
    #[error("{file} unpacks to more than {} GiB", MOST_BYTES >> 30)]
    TooLarge {
        /// Which.
        file: String,
    },
    /// A file of a program whose format is not read.
    #[error(
        "{file} is a file of {program}, which is not read: save its table there as CSV and use that"
    )]
    OtherProgram {
        /// Which.
        file: String,
        /// Excel, SPSS, Stata, R and their like.
        program: &'static str,
    },
    /// Neither text nor Parquet.
    #[error("{file} is no table: {reason}")]
    NoTable {
        /// Which.
        file: String,
        /// What it looks like.
        reason: String,
    },
    /// Parquet that cannot be read.
    #[error("{file} is no Parquet that can be read: {reason}")]
    BadParquet {
        /// Which.
        file: String,
        /// What the reader says.
        reason: String,
    },
    /// Parquet in a build that does without it.
    #[error("{file} is Parquet, which this build cannot read: rebuild with the feature `parquet`")]
    NoParquet {
        /// Which.
        file: String,
    },
    /// Columns that the dataset requires and the file lacks.
    #[error("{file} is not of this dataset: it lacks {}; it has {}", missing.join(", "), found.join(", "))]
    OtherSchema {
        /// Which.
        file: String,
        /// Columns that are not there.
        missing: Vec<String>,
        /// Columns that are.
        found: Vec<String>,
    },
}

impl FileProblem {
    /// The stable id of its kind.
    pub fn id(&self) -> &'static str {
        match self {
            FileProblem::NotOpened { .. } => "not-opened",
            FileProblem::Damaged { .. } => "damaged",
            FileProblem::NotOneTable { .. } => "not-one-table",
            FileProblem::TooLarge { .. } => "too-large",
            FileProblem::OtherProgram { .. } => "other-program",
            FileProblem::NoTable { .. } => "no-table",
            FileProblem::BadParquet { .. } => "bad-parquet",
            FileProblem::NoParquet { .. } => "no-parquet",
            FileProblem::OtherSchema { .. } => "other-schema",
        }
    }

    /// The ids of all kinds.
    pub const IDS: [&'static str; 9] = [
        "not-opened",
        "damaged",
        "not-one-table",
        "too-large",
        "other-program",
        "no-table",
        "bad-parquet",
        "no-parquet",
        "other-schema",
    ];

    /// The words of its sentence, by name.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        match self {
            FileProblem::NotOpened { file, reason }
            | FileProblem::NoTable { file, reason }
            | FileProblem::BadParquet { file, reason } => {
                vec![("file", file.clone()), ("reason", reason.clone())]
            }
            FileProblem::Damaged {
                file,
                bytes,
                reason,
            } => vec![
                ("file", file.clone()),
                ("reason", reason.clone()),
                ("found", bytes.to_string()),
            ],
            FileProblem::NotOneTable { file, found } => {
                vec![("file", file.clone()), ("found", found.to_string())]
            }
            FileProblem::OtherProgram { file, program } => {
                vec![("file", file.clone()), ("program", (*program).to_owned())]
            }
            FileProblem::TooLarge { file } | FileProblem::NoParquet { file } => {
                vec![("file", file.clone())]
            }
            FileProblem::OtherSchema {
                file,
                missing,
                found,
            } => vec![
                ("file", file.clone()),
                ("missing", missing.join(", ")),
                ("found", found.join(", ")),
            ],
        }
    }
}

impl RawFile {
    /// Bytes under a name.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> RawFile {
        RawFile {
            name: name.into(),
            bytes: bytes.into(),
        }
    }

    /// The file at a path, called as the path is written.
    ///
    /// # Errors
    ///
    /// Where it cannot be opened.
    pub fn open(path: &Path) -> Result<RawFile, FileProblem> {
        let name = path.display().to_string();
        match fs::read(path) {
            Ok(bytes) => Ok(RawFile { name, bytes }),
            Err(e) => Err(FileProblem::NotOpened {
                file: name,
                reason: e.to_string(),
            }),
        }
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
