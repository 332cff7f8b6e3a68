//! Comma-, semicolon- and tab-separated text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use csv::ByteRecord;

use super::aside::{Aside, Reason, short};
use super::cells::{Column, Field, Kind, NO_INT, Table, day, int, num};
use super::problem::{Cause, FileProblem, MOST_CELLS, MOST_ROWS};
use super::records::{Records, Shape};

/// Records that may stand above a header.
const MOST_ABOVE: u32 = 10;

/// The words that R, Stata and their like write for a missing number.
const MISSING_NUMBERS: [&str; 5] = ["NA", "NaN", "nan", ".", "NULL"];

pub(super) fn read(
    file: &str,
    bytes: &[u8],
    fields: &'static [Field],
) -> Result<Table, FileProblem> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let no_table = |reason: Cause| FileProblem::NoTable {
        file: file.to_owned(),
        reason,
    };
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(no_table(Cause::Utf16));
    }
    if bytes.contains(&0) {
        return Err(no_table(Cause::Nul));
    }
    let mut records = Records::new(bytes, delimiter(bytes));
    let Some(mut blank) = records.next().map_err(no_table)? else {
        return Err(no_table(Cause::Nothing));
    };
    let cells = |record: &ByteRecord| -> Vec<String> {
        let cells = record.iter();
        cells.map(|c| text_of(c).trim().to_owned()).collect()
    };
    let mut header = cells(records.record());
    let mut found = places(file, &header, fields);
    let mut above = 0;
    // Some publishers put a title and a date above the header; what is told is what the first line lacks.
    while found.is_err() && above < MOST_ABOVE {
        let Some(more) = records.next().map_err(no_table)? else {
            break;
        };
        above += 1;
        blank += more + 1;
        let here = cells(records.record());
        if let Ok(places) = places(file, &here, fields) {
            (header, found) = (here, Ok(places));
        }
    }
    let places = found?;
    let named = |at: &usize| places.contains(&Some(*at));
    let others: Vec<usize> = (0..header.len()).filter(|at| !named(at)).collect();
    let mut strict = vec![false; header.len()];
    for (field, place) in fields.iter().zip(&places) {
        if let Some(strict) = place.and_then(|p| strict.get_mut(p)) {
            *strict |= field.kind != Kind::Label;
        }
    }
    let mut builders: Vec<Builder> = fields.iter().map(Builder::new).collect();
    let mut aside = Aside::default();
    let most = most_rows(&places);
    while let Some(more) = records.next().map_err(no_table)? {
        blank += more;
        if aside.rows() >= most {
            return Err(FileProblem::TooLarge {
                file: file.to_owned(),
            });
        }
        let shape = records.shape(header.len(), &strict);
        if let Shape::Open(lines) = shape {
            // Each line is a row of the account, whether it can be read by itself or not.
            let lost = if lines == 1 || records.go_back() {
                1
            } else {
                lines
            };
            for _ in 0..lost {
                let row = aside.push_row(std::mem::take(&mut blank));
                aside.set(row, "", Reason::OpenQuote, format_args!("{lines} lines"));
                builders.iter_mut().for_each(Builder::push_missing);
            }
            continue;
        }
        let record = records.record();
        let row = aside.push_row(std::mem::take(&mut blank));
        if shape == Shape::Ragged {
            let cells = format_args!("{} of {}", record.len(), header.len());
            aside.set(row, "", Reason::Ragged, cells);
        }
        for (builder, place) in builders.iter_mut().zip(&places) {
            if builder.field.kind == Kind::Ones {
                builder.push_count(others.iter().filter(|at| is_one(record, **at)).count());
                continue;
            }
            let Some(place) = place else { continue };
            let cell = record.get(*place).unwrap_or(b"");
            if let Err((reason, shown)) = builder.push(cell) {
                aside.set(row, builder.field.name, reason, shown);
            }
        }
    }
    let columns = builders.into_iter().zip(&places);
    Ok(Table {
        file: file.to_owned(),
        fields,
        columns: columns
            .map(|(b, p)| (p.is_some() || b.field.kind == Kind::Ones).then_some(b.column))
            .collect(),
        aside,
    })
}

/// How many rows a file may have of which these columns are read.
pub(super) fn most_rows(places: &[Option<usize>]) -> usize {
    let read = places.iter().flatten().count().max(1);
    MOST_ROWS.min(MOST_CELLS / read)
}

/// Where each field stands in a header.
///
/// # Errors
///
/// Where a field that is required stands nowhere, or two columns have the name of one.
pub(super) fn places(
    file: &str,
    header: &[String],
    fields: &[Field],
) -> Result<Vec<Option<usize>>, FileProblem> {
    let mut found: Vec<Option<usize>> = Vec::with_capacity(fields.len());
    for field in fields {
        let mut place = None;
        for name in field.names {
            let mut named = (0..header.len()).filter(|i| is_called(&header[*i], name));
            place = named.next();
            if place.is_some() && named.next().is_some() {
                return Err(FileProblem::TwoColumns {
                    file: file.to_owned(),
                    column: (*name).to_owned(),
                });
            }
            if place.is_some() {
                break;
            }
        }
        found.push(place);
    }
    let lacking = fields
        .iter()
        .zip(&found)
        .filter(|(f, p)| f.required && p.is_none());
    let missing: Vec<String> = lacking.map(|(f, _)| f.names.join(" or ")).collect();
    if missing.is_empty() {
        return Ok(found);
    }
    Err(FileProblem::OtherSchema {
        file: file.to_owned(),
        missing,
        found: header.iter().take(40).map(|h| short(h)).collect(),
    })
}

fn is_called(header: &str, name: &str) -> bool {
    header.trim().eq_ignore_ascii_case(name)
}

/// The one of comma, semicolon and tab that stands most often in the header, outside quotation marks.
fn delimiter(bytes: &[u8]) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut inside = false;
    for b in bytes {
        match b {
            b'"' => inside = !inside,
            b'\n' if !inside => break,
            _ if inside => {}
            _ => {
                for (d, n) in &mut counts {
                    *n += usize::from(d == b);
                }
            }
        }
    }
    let [comma, others @ ..] = counts;
    let most = others
        .into_iter()
        .fold(comma, |a, b| if b.1 > a.1 { b } else { a });
    most.0
}

/// Bytes as text: UTF-8, or else Latin-1, in which every byte is a letter.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|b| char::from(*b)).collect()),
    }
}

fn is_one(record: &ByteRecord, at: usize) -> bool {
    let cell = record.get(at).map(<[u8]>::trim_ascii);
    matches!(cell, Some(b"1" | b"1.0"))
}

/// Grows a column cell by cell.
pub(super) struct Builder {
    pub(super) field: &'static Field,
    pub(super) column: Column,
    /// Positions of texts in the dictionary; looked up, never iterated.
    known: BTreeMap<Vec<u8>, u32>,
}

impl Builder {
    pub(super) fn new(field: &'static Field) -> Builder {
        let column = match field.kind {
            Kind::Int(..) | Kind::Ones => Column::Int(Vec::new()),
            Kind::Num(..) => Column::Num(Vec::new()),
            Kind::Day => Column::Day(Vec::new()),
            Kind::Code | Kind::Label => Column::Text(Vec::new(), Vec::new()),
        };
        Builder {
            field,
            column,
            known: BTreeMap::new(),
        }
    }

    /// Makes place for more values; `false` where there is no memory for them.
    #[cfg(feature = "parquet")]
    pub(super) fn reserve(&mut self, more: usize) -> bool {
        match &mut self.column {
            Column::Int(v) | Column::Day(v) => v.try_reserve(more).is_ok(),
            Column::Num(v) => v.try_reserve(more).is_ok(),
            Column::Text(v, _) => v.try_reserve(more).is_ok(),
        }
    }

    /// No value; refused where the field must be filled.
    pub(super) fn push_none(&mut self) -> Result<(), (Reason, String)> {
        self.push_missing();
        if self.field.filled {
            return Err((Reason::Empty, String::new()));
        }
        Ok(())
    }

    /// A count.
    fn push_count(&mut self, count: usize) {
        if let Column::Int(v) = &mut self.column {
            v.push(i32::try_from(count).unwrap_or(NO_INT));
        }
    }

    /// A missing value.
    pub(super) fn push_missing(&mut self) {
        match &mut self.column {
            Column::Int(v) | Column::Day(v) => v.push(NO_INT),
            Column::Num(v) => v.push(f64::NAN),
            Column::Text(v, _) => v.push(u32::MAX),
        }
    }

    /// A cell. Where it is not what the field asks for, a missing value stands for it, and the reason and
    /// what stood there come back.
    pub(super) fn push(&mut self, cell: &[u8]) -> Result<(), (Reason, String)> {
        let cell = cell.trim_ascii();
        let says_missing = self.field.missing.iter().any(|m| m.as_bytes() == cell);
        let numeric = !matches!(self.field.kind, Kind::Code | Kind::Label);
        let word = numeric && MISSING_NUMBERS.iter().any(|m| m.as_bytes() == cell);
        if cell.is_empty() || says_missing || word {
            return self.push_none();
        }
        let done = self.push_value(cell);
        done.map_err(|reason| {
            self.push_missing();
            (reason, text_of(cell).into_owned())
        })
    }

    fn push_value(&mut self, cell: &[u8]) -> Result<(), Reason> {
        let field = self.field;
        let text = || std::str::from_utf8(cell).map_err(|_| Reason::NotUtf8);
        match (&mut self.column, field.kind) {
            (Column::Int(v), Kind::Int(low, high)) => v.push(int(text()?, low, high)?),
            (Column::Num(v), Kind::Num(low, high)) => {
                let number = text()?.parse().map_err(|_| Reason::NotANumber)?;
                v.push(num(number, low, high)?);
            }
            (Column::Day(v), _) => v.push(day(text()?)?),
            (Column::Text(codes, texts), kind) => {
                if kind == Kind::Code {
                    text()?;
                }
                let at = match self.known.get(cell) {
                    Some(at) => *at,
                    None => {
                        let at = texts.len() as u32;
                        texts.push(text_of(cell).into_owned());
                        self.known.insert(cell.to_owned(), at);
                        at
                    }
                };
                codes.push(at);
            }
            // The column was made for the field's kind.
            (Column::Int(_) | Column::Num(_), _) => return Err(Reason::NotANumber),
        }
        Ok(())
    }
}
