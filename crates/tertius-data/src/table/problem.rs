//! Why a file as a whole cannot be used, in words that can be said in any language.

use std::fmt;

/// No dataset unpacks to more than this; an archive that does is a trap.
pub const MOST_BYTES: u64 = 1 << 30;

/// No dataset has more rows.
pub const MOST_ROWS: usize = 100_000_000;

/// Nor more cells in the columns that are read.
pub const MOST_CELLS: usize = 400_000_000;

/// What is wrong with the bytes, where a [`FileProblem`] has several causes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// Text of two bytes a sign.
    Utf16,
    /// Bytes that no text has.
    Nul,
    /// There is nothing in it.
    Nothing,
    /// There are columns, and nothing in them.
    NoRows,
    /// A folder, a pipe or a device.
    NotPlain,
    /// The reader of Parquet ended in a fault of its own.
    GaveUp,
    /// Rows of the parts of a Parquet file that are not those of the whole.
    RowGroups,
    /// A column that holds a list in each row.
    List(String),
    /// A column whose values are of a type that does not say what the field asks for.
    Type(String),
    /// A form of the dataset that is read as text alone.
    CsvAlone,
    /// What the system or a library says, in its words.
    Said(String),
}

impl Cause {
    /// The stable id, by which it has words in each language; nothing where a library or the system speaks.
    pub fn id(&self) -> Option<&'static str> {
        Some(match self {
            Cause::Utf16 => "utf16",
            Cause::Nul => "nul",
            Cause::Nothing => "nothing",
            Cause::NoRows => "no-rows",
            Cause::NotPlain => "not-plain",
            Cause::GaveUp => "gave-up",
            Cause::RowGroups => "row-groups",
            Cause::List(_) => "list",
            Cause::Type(_) => "type",
            Cause::CsvAlone => "csv-alone",
            Cause::Said(_) => return None,
        })
    }

    /// The ids of all causes that have one.
    pub const IDS: [&'static str; 10] = [
        "utf16",
        "nul",
        "nothing",
        "no-rows",
        "not-plain",
        "gave-up",
        "row-groups",
        "list",
        "type",
        "csv-alone",
    ];

    /// What it is about: a column and its type, or the words of a library.
    pub fn about(&self) -> &str {
        match self {
            Cause::List(what) | Cause::Type(what) | Cause::Said(what) => what,
            _ => "",
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::Utf16 => f.write_str("UTF-16 text: save it as UTF-8"),
            Cause::Nul => f.write_str("it holds NUL bytes"),
            Cause::Nothing => f.write_str("it is empty"),
            Cause::NoRows => f.write_str("it has columns and no rows"),
            Cause::NotPlain => f.write_str("it is no plain file"),
            Cause::GaveUp => f.write_str("the reader gave up"),
            Cause::RowGroups => f.write_str("its row groups do not add up"),
            Cause::List(column) => write!(f, "{column} is a list, where one value is asked for"),
            Cause::Type(column) => write!(f, "{column} is not what the column asks for"),
            Cause::CsvAlone => f.write_str("this form of the dataset is read as CSV alone"),
            Cause::Said(text) => f.write_str(text),
        }
    }
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
        /// Why.
        reason: Cause,
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
    /// More than any dataset holds: [`MOST_BYTES`] unpacked, [`MOST_ROWS`] or [`MOST_CELLS`].
    #[error(
        "{file} holds more than any dataset: {} GiB unpacked, {MOST_ROWS} rows or {MOST_CELLS} cells",
        MOST_BYTES >> 30
    )]
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
        reason: Cause,
    },
    /// Parquet that cannot be read.
    #[error("{file} is no Parquet that can be read: {reason}")]
    BadParquet {
        /// Which.
        file: String,
        /// Why.
        reason: Cause,
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
    /// Two columns under one name: nothing says which is meant.
    #[error("{file} has several columns that are called {column}")]
    TwoColumns {
        /// Which.
        file: String,
        /// Their name.
        column: String,
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
            FileProblem::TwoColumns { .. } => "two-columns",
        }
    }

    /// The ids of all kinds.
    pub const IDS: [&'static str; 10] = [
        "not-opened",
        "damaged",
        "not-one-table",
        "too-large",
        "other-program",
        "no-table",
        "bad-parquet",
        "no-parquet",
        "other-schema",
        "two-columns",
    ];

    /// Its cause, where its kind has several.
    pub fn cause(&self) -> Option<&Cause> {
        match self {
            FileProblem::NotOpened { reason, .. }
            | FileProblem::NoTable { reason, .. }
            | FileProblem::BadParquet { reason, .. } => Some(reason),
            _ => None,
        }
    }

    /// The words of its sentence, by name. A cause that has an id is in English here.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        match self {
            FileProblem::NotOpened { file, reason }
            | FileProblem::NoTable { file, reason }
            | FileProblem::BadParquet { file, reason } => {
                vec![("file", file.clone()), ("reason", reason.to_string())]
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
            FileProblem::TwoColumns { file, column } => {
                vec![("file", file.clone()), ("found", column.clone())]
            }
        }
    }
}
