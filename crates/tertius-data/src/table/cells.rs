//! Fields that a dataset asks for, and the typed columns that it gets.

use jiff::civil::Date;

use super::aside::{Account, Aside, Reason};
use super::raw::RawFile;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A whole number within bounds, both included.
    Int(i32, i32),
    /// A number within bounds, both included.
    Num(f64, f64),
    /// A code: short text that must be UTF-8.
    Code,
    /// Text for display. Bytes that are not UTF-8 are taken as Latin-1, in which each is a letter.
    Label,
    /// A day, `2014-03-18` or `20140318`.
    Day,
    /// How many of the columns that no field names hold a 1; of delimited text alone.
    Ones,
}

/// A column that a dataset takes.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in the documentation, and in messages.
    pub name: &'static str,
    /// The names that it has in files, upper or lower case; of two that a file has, the earlier here.
    pub names: &'static [&'static str],
    /// What it holds.
    pub kind: Kind,
    /// Its unit, or what is counted.
    pub unit: &'static str,
    /// Whether a file without the column is not of the dataset.
    pub required: bool,
    /// Whether a row without a value is set aside.
    pub filled: bool,
    /// Texts that say *missing*, besides the empty cell. Missing is never zero.
    pub missing: &'static [&'static str],
}

impl Field {
    /// A column that must be there, and filled in every row.
    pub const fn key(name: &'static str, names: &'static [&'static str], kind: Kind) -> Field {
        Field {
            name,
            names,
            kind,
            unit: "",
            required: true,
            filled: true,
            missing: &[],
        }
    }

    /// A column that may be missing in a row, and must be there.
    pub const fn value(
        name: &'static str,
        names: &'static [&'static str],
        kind: Kind,
        unit: &'static str,
        missing: &'static [&'static str],
    ) -> Field {
        Field {
            name,
            names,
            kind,
            unit,
            required: true,
            filled: false,
            missing,
        }
    }

    /// A column that a file may lack.
    pub const fn optional(mut self) -> Field {
        self.required = false;
        self
    }
}

/// A missing whole number: outside the bounds of every field.
pub(super) const NO_INT: i32 = i32::MIN;

/// The values of a column, one a data row.
#[derive(Debug)]
pub(super) enum Column {
    Int(Vec<i32>),
    /// NaN is missing.
    Num(Vec<f64>),
    /// Days since 1970-01-01.
    Day(Vec<i32>),
    /// Positions in a dictionary; the position one past it is missing.
    Text(Vec<u32>, Vec<String>),
}

/// Typed columns of a file, and the rows that were set aside.
#[derive(Debug)]
pub struct Table {
    pub(super) file: String,
    pub(super) fields: &'static [Field],
    pub(super) columns: Vec<Option<Column>>,
    pub(super) aside: Aside,
}

/// A column of whole numbers.
#[derive(Clone, Copy, Debug)]
pub struct Ints<'t>(&'t [i32]);

/// A column of numbers.
#[derive(Clone, Copy, Debug)]
pub struct Nums<'t>(&'t [f64]);

/// A column of days.
#[derive(Clone, Copy, Debug)]
pub struct Days<'t>(&'t [i32]);

/// A column of texts.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'t>(&'t [u32], &'t [String]);

impl Ints<'_> {
    /// The value of a data row, if there is one.
    pub fn get(self, row: usize) -> Option<i32> {
        self.0.get(row).copied().filter(|v| *v != NO_INT)
    }

    /// As a year.
    pub fn year(self, row: usize) -> Option<i16> {
        self.get(row).and_then(|v| i16::try_from(v).ok())
    }
}

impl Nums<'_> {
    /// The value of a data row, if there is one.
    pub fn get(self, row: usize) -> Option<f64> {
        self.0.get(row).copied().filter(|v| !v.is_nan())
    }
}

impl Days<'_> {
    /// The value of a data row, if there is one.
    pub fn get(self, row: usize) -> Option<Date> {
        let days = self.0.get(row).copied().filter(|v| *v != NO_INT)?;
        day_of(days)
    }

    /// As days since 1970-01-01.
    pub fn number(self, row: usize) -> Option<i32> {
        self.0.get(row).copied().filter(|v| *v != NO_INT)
    }
}

impl<'t> Texts<'t> {
    /// The value of a data row, if there is one.
    pub fn get(self, row: usize) -> Option<&'t str> {
        let at = *self.0.get(row)? as usize;
        self.1.get(at).map(String::as_str)
    }

    /// The position of a row's value in [`Texts::dictionary`]: rows of one text share it.
    pub fn position(self, row: usize) -> Option<usize> {
        let at = *self.0.get(row)? as usize;
        (at < self.1.len()).then_some(at)
    }

    /// All texts of the column, each once.
    pub fn dictionary(self) -> &'t [String] {
        self.1
    }
}

/// The day that is so many days after 1970-01-01.
pub(crate) fn day_of(days: i32) -> Option<Date> {
    use jiff::ToSpan;
    Date::constant(1970, 1, 1)
        .checked_add(i64::from(days).days())
        .ok()
}

/// Days from 1970-01-01 to a day.
pub(crate) fn number_of(day: Date) -> i32 {
    (day - Date::constant(1970, 1, 1)).get_days()
}

impl Table {
    /// How many data rows the file has.
    pub fn rows(&self) -> usize {
        self.aside.rows()
    }

    /// The columns, to read from, and the rows set aside, to add to.
    pub fn split(&mut self) -> (Columns<'_>, &mut Aside) {
        let columns = Columns {
            fields: self.fields,
            columns: &self.columns,
        };
        (columns, &mut self.aside)
    }

    /// Closes the account: `used` is how many rows went into the data.
    pub fn close(self, file: &RawFile, used: usize) -> Account {
        Account::close(self.file, file.sha256(), self.aside, used as u64)
    }
}

/// The columns of a table, by the names of their fields.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'t> {
    fields: &'static [Field],
    columns: &'t [Option<Column>],
}

impl<'t> Columns<'t> {
    fn find(self, name: &str) -> Option<&'t Column> {
        let at = self.fields.iter().position(|f| f.name == name)?;
        self.columns.get(at)?.as_ref()
    }

    /// Whether the file has the column.
    pub fn has(self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// A column of whole numbers; one without values where the file lacks it.
    pub fn ints(self, name: &str) -> Ints<'t> {
        match self.find(name) {
            Some(Column::Int(v)) => Ints(v),
            _ => Ints(&[]),
        }
    }

    /// A column of numbers.
    pub fn nums(self, name: &str) -> Nums<'t> {
        match self.find(name) {
            Some(Column::Num(v)) => Nums(v),
            _ => Nums(&[]),
        }
    }

    /// A column of days.
    pub fn days(self, name: &str) -> Days<'t> {
        match self.find(name) {
            Some(Column::Day(v)) => Days(v),
            _ => Days(&[]),
        }
    }

    /// A column of texts.
    pub fn texts(self, name: &str) -> Texts<'t> {
        match self.find(name) {
            Some(Column::Text(codes, texts)) => Texts(codes, texts),
            _ => Texts(&[], &[]),
        }
    }
}

/// A cell as a whole number within bounds. What R writes as `2.0` is whole.
pub(super) fn int(text: &str, low: i32, high: i32) -> Result<i32, Reason> {
    let whole = text.parse::<i64>().or_else(|_| {
        let number: f64 = text.parse().map_err(|_| Reason::NotANumber)?;
        whole(number)
    })?;
    in_bounds(whole, low, high)
}

/// A float that is whole, as a whole number.
pub(super) fn whole(number: f64) -> Result<i64, Reason> {
    if number.is_finite() && number.fract() == 0.0 && number.abs() < 1e15 {
        return Ok(number as i64);
    }
    Err(Reason::NotANumber)
}

pub(super) fn in_bounds(value: i64, low: i32, high: i32) -> Result<i32, Reason> {
    match i32::try_from(value) {
        Ok(v) if (low..=high).contains(&v) => Ok(v),
        _ if value < 0 && low >= 0 => Err(Reason::Negative),
        _ => Err(Reason::OutOfRange),
    }
}

/// A number within bounds.
pub(super) fn num(number: f64, low: f64, high: f64) -> Result<f64, Reason> {
    if !number.is_finite() {
        return Err(Reason::NotANumber);
    }
    if (low..=high).contains(&number) {
        return Ok(number);
    }
    Err(if number < 0.0 && low >= 0.0 {
        Reason::Negative
    } else {
        Reason::OutOfRange
    })
}

/// A cell as a day.
pub(super) fn day(text: &str) -> Result<i32, Reason> {
    // A time of day after the date says nothing that is asked for here.
    let date = text.split(['T', ' ']).next().unwrap_or(text);
    let compact = date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit());
    let parsed = if compact {
        format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]).parse::<Date>()
    } else {
        date.parse::<Date>()
    };
    parsed.map(number_of).map_err(|_| Reason::BadDate)
}
