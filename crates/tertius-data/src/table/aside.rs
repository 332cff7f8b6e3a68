//! Rows that are not used, each with its reason; and the sum that must come out.

use std::collections::BTreeMap;
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
    /// one in Parquet too. After a quotation mark that nobody closed, each line is a row.
    pub row: u64,
    /// The column whose cell is the reason, if one is.
    pub column: &'static str,
    /// Why.
    pub reason: Reason,
    /// What stands there.
    pub value: String,
}

/// Of how many rows a list keeps what stands there, for each reason: a file that is wrong in each of its ten million
/// rows would take all memory to say the same.
pub const VALUES_KEPT: u64 = 1000;

/// Rows, each with its reason, and with what stands there for the first [`VALUES_KEPT`] of each reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetAsides {
    entries: Vec<Entry>,
    columns: Vec<&'static str>,
    values: BTreeMap<(u32, u16), String>,
    counts: BTreeMap<Reason, u64>,
}

/// Eight bytes, for there may be millions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    row: u32,
    column: u16,
    reason: Reason,
}

impl SetAsides {
    /// How many.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The row at a position.
    pub fn get(&self, at: usize) -> Option<SetAside> {
        self.entries.get(at).map(|e| self.row(e))
    }

    /// The first.
    pub fn first(&self) -> Option<SetAside> {
        self.get(0)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = SetAside> + '_ {
        self.entries.iter().map(|e| self.row(e))
    }

    /// How many for each reason, in the order of [`Reason::ALL`].
    pub fn by_reason(&self) -> Vec<(Reason, usize)> {
        let counts = self.counts.iter();
        counts.map(|(r, n)| (*r, *n as usize)).collect()
    }

    fn row(&self, entry: &Entry) -> SetAside {
        let value = self.values.get(&(entry.row, entry.column));
        SetAside {
            row: u64::from(entry.row),
            column: self
                .columns
                .get(usize::from(entry.column))
                .copied()
                .unwrap_or(""),
            reason: entry.reason,
            value: value.cloned().unwrap_or_default(),
        }
    }

    fn push(&mut self, row: u32, column: &'static str, reason: Reason, value: &dyn fmt::Display) {
        let known = self.columns.iter().position(|c| *c == column);
        let column = known.unwrap_or_else(|| {
            self.columns.push(column);
            self.columns.len() - 1
        }) as u16;
        let count = self.counts.entry(reason).or_default();
        *count += 1;
        if *count <= VALUES_KEPT {
            let value = short(&value.to_string());
            self.values.insert((row, column), value);
        }
        self.entries.push(Entry {
            row,
            column,
            reason,
        });
    }
}

impl<const N: usize> PartialEq<[SetAside; N]> for SetAsides {
    fn eq(&self, other: &[SetAside; N]) -> bool {
        self.len() == N && self.iter().zip(other).all(|(a, b)| a == *b)
    }
}

impl Serialize for SetAsides {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.iter())
    }
}

/// Collects rows set aside while a table is read.
#[derive(Debug, Default)]
pub struct Aside {
    rows: SetAsides,
    mended: SetAsides,
    bad: Vec<bool>,
    /// Where lines stand that are no rows, blank or above the header: how many come before the data row of that
    /// number and all after it.
    blank: Vec<(usize, u32)>,
}

impl Aside {
    /// One more data row, after so many lines that are none.
    pub(super) fn push_row(&mut self, blank: u32) -> usize {
        let row = self.bad.len();
        if blank > 0 {
            let before = self.blank.last().map_or(0, |b| b.1);
            self.blank.push((row, before.saturating_add(blank)));
        }
        self.bad.push(false);
        row
    }

    /// So many more data rows; `false` where there is no memory for them.
    #[cfg(feature = "parquet")]
    pub(super) fn push_rows(&mut self, more: usize) -> bool {
        if self.bad.try_reserve(more).is_err() {
            return false;
        }
        self.bad.resize(self.bad.len() + more, false);
        true
    }

    /// The number by which a spreadsheet knows the data row at `index`: the header is a row, and so are blank lines.
    pub fn number(&self, index: usize) -> u64 {
        u64::from(self.number_in(index))
    }

    fn number_in(&self, index: usize) -> u32 {
        let after = self.blank.partition_point(|(row, _)| *row <= index);
        let blank = after.checked_sub(1).and_then(|i| self.blank.get(i));
        // No file has more than MOST_BYTES lines.
        (index as u32)
            .saturating_add(2)
            .saturating_add(blank.map_or(0, |b| b.1))
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
        let row = self.number_in(index);
        self.rows.push(row, column, reason, &value);
    }

    /// Notes that the data row at `index` is used, but with another value in a column than stands there.
    pub fn mend(
        &mut self,
        index: usize,
        column: &'static str,
        reason: Reason,
        value: impl fmt::Display,
    ) {
        let row = self.number_in(index);
        self.mended.push(row, column, reason, &value);
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
pub(super) fn short(value: &str) -> String {
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
    pub aside: SetAsides,
    /// Rows among those used in which a value is overruled by the rest of the file, by row.
    pub mended: SetAsides,
    /// Of how many rows what stands there is told, for each reason: the first [`VALUES_KEPT`].
    pub values_kept: u64,
}

impl Account {
    /// Closes the account of a file: `used` is what the adapter counted.
    pub(crate) fn close(file: String, sha256: String, aside: Aside, used: u64) -> Account {
        let (mut rows, mut mended) = (aside.rows, aside.mended);
        rows.entries.sort_by_key(|a| a.row);
        mended.entries.sort_by_key(|a| a.row);
        Account {
            file,
            sha256,
            rows: aside.bad.len() as u64,
            used,
            aside: rows,
            mended,
            values_kept: VALUES_KEPT,
        }
    }

    /// Whether the sum comes out. It always should; an adapter that loses a row is found by this.
    pub fn balances(&self) -> bool {
        self.rows == self.used + self.aside.len() as u64
    }

    /// How many rows were set aside for each reason, in the order of [`Reason::ALL`].
    pub fn by_reason(&self) -> Vec<(Reason, usize)> {
        self.aside.by_reason()
    }
}
