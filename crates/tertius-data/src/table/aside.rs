//! Rows that are not used, each with its reason; and the sum that must come out.

use std::fmt;

use serde::Serialize;

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $id:literal;)*) => {
        /// Why a row is not used.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Reason { $($(#[$doc])* $name,)* }

        impl Reason {
            /// All of them.
            pub const ALL: &'static [Reason] = &[$(Reason::$name),*];

            /// The stable id.
            pub fn as_str(self) -> &'static str {
                match self { $(Reason::$name => $id,)* }
            }
        }
    };
}

reasons! {
    /// Bytes that are not UTF-8 where a code is asked for.
    NotUtf8 = "not-utf8";
    /// More or fewer cells than the header has columns.
    Ragged = "ragged";
    /// A quotation mark that nobody closed: it took further lines with it.
    OpenQuote = "open-quote";
    /// Text where a number is asked for.
    NotANumber = "not-a-number";
    /// A number outside what the column can hold: a country code in the column of years, a vote of 5.
    OutOfRange = "out-of-range";
    /// A value below zero of what cannot be negative.
    Negative = "negative";
    /// An empty cell where a value is required.
    Empty = "empty";
    /// Not a date, or none of the calendar.
    BadDate = "bad-date";
    /// An end before its beginning.
    Reversed = "reversed";
    /// A code that its system does not have.
    UnknownCode = "unknown-code";
    /// A code that names no state in that year.
    NotThen = "not-then";
    /// A state that was no member of the system in that year.
    NotAMember = "not-a-member";
    /// Both sides are one state.
    SelfDyad = "self-dyad";
    /// The key of an earlier row again.
    Duplicate = "duplicate";
    /// The state's number changed that year, and the row under its last number of the year is used.
    Superseded = "superseded";
    /// A year more than ten years away from the rest of the file.
    StrayYear = "stray-year";
    /// One of the words that a column may hold is asked for, and this is none.
    NotOneOf = "not-one-of";
    /// Contradicts another column of its row.
    Contradiction = "contradiction";
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Reason {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

/// One row that is not used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetAside {
    /// The row, counted as a spreadsheet counts it: the header is row 1 where nothing stands above it, and stands for
    /// one in Parquet too.
    pub row: u64,
    /// The column whose cell is the reason, if one is.
    pub column: &'static str,
    /// Why.
    pub reason: Reason,
    /// What stands there.
    pub value: String,
}

/// Collects rows set aside while a table is read.
#[derive(Debug)]
pub struct Aside {
    pub(super) rows: Vec<SetAside>,
    pub(super) mended: Vec<SetAside>,
    pub(super) bad: Vec<bool>,
    /// Lines above the header.
    pub(super) above: usize,
}

impl Aside {
    pub(super) fn new(rows: usize) -> Aside {
        Aside {
            rows: Vec::new(),
            mended: Vec::new(),
            bad: vec![false; rows],
            above: 0,
        }
    }

    /// Sets the data row at `index`, counted from zero, aside. A row is set aside once: its first reason stands.
    pub fn set(
        &mut self,
        index: usize,
        column: &'static str,
        reason: Reason,
        value: impl fmt::Display,
    ) {
        match self.bad.get_mut(index) {
            Some(bad) if !*bad => *bad = true,
            _ => return,
        }
        let entry = self.entry(index, column, reason, &value.to_string());
        self.rows.push(entry);
    }

    /// The data row at `index` as a spreadsheet counts it.
    pub fn number(&self, index: usize) -> u64 {
        // Counted from 1, the header being a row.
        (self.above + index) as u64 + 2
    }

    /// Notes that the data row at `index` is used, but with another value in a column than stands there.
    pub fn mend(
        &mut self,
        index: usize,
        column: &'static str,
        reason: Reason,
        value: impl fmt::Display,
    ) {
        let entry = self.entry(index, column, reason, &value.to_string());
        self.mended.push(entry);
    }

    fn entry(&self, index: usize, column: &'static str, reason: Reason, value: &str) -> SetAside {
        SetAside {
            row: self.number(index),
            column,
            reason,
            value: short(value),
        }
    }

    /// How many data rows the file has.
    pub fn rows(&self) -> usize {
        self.bad.len()
    }

    /// Whether the data row at `index` is still good.
    pub fn is_good(&self, index: usize) -> bool {
        self.bad.get(index).is_some_and(|b| !*b)
    }
}

/// A value as a message shows it: short, and without signs that move a cursor.
fn short(value: &str) -> String {
    const MOST: usize = 60;
    let mut out = String::new();
    for (i, c) in value.chars().enumerate() {
        if i == MOST {
            out.push('…');
            break;
        }
        if c.is_control() {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

/// What became of the rows of one file: rows in = rows used + rows set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The file, as messages call it.
    pub file: String,
    /// SHA-256 of the file as it lies on the disk.
    pub sha256: String,
    /// Rows that it has, without the header.
    pub rows: u64,
    /// Rows that are used.
    pub used: u64,
    /// Rows that are not, by row.
    pub aside: Vec<SetAside>,
    /// Rows among those used in which a value is overruled by the rest of the file, by row.
    pub mended: Vec<SetAside>,
}

impl Account {
    /// Closes the account of a file: `used` is what the adapter counted.
    pub(crate) fn close(file: String, sha256: String, aside: Aside, used: u64) -> Account {
        let (mut rows, mut mended) = (aside.rows, aside.mended);
        rows.sort_by_key(|a| a.row);
        mended.sort_by_key(|a| a.row);
        Account {
            file,
            sha256,
            rows: aside.bad.len() as u64,
            used,
            aside: rows,
            mended,
        }
    }

    /// Whether the sum comes out. It always should; an adapter that loses a row is found by this.
    pub fn balances(&self) -> bool {
        self.rows == self.used + self.aside.len() as u64
    }

    /// How many rows were set aside for each reason, in the order of [`Reason::ALL`].
    pub fn by_reason(&self) -> Vec<(Reason, usize)> {
        let count = |r: Reason| self.aside.iter().filter(|a| a.reason == r).count();
        let all = Reason::ALL.iter().map(|r| (*r, count(*r)));
        all.filter(|(_, n)| *n > 0).collect()
    }
}
