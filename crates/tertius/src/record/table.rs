//! CSV as people write it: with or without a byte-order mark, commas or semicolons, any line ending.
//! Every problem of a table is collected, none stops the reading of the others.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place, nearest};
use crate::vocabulary::{Actor, ActorRegistry, Month, When, WhenError};

/// A table in memory: its rows hold as many cells as it has columns.
pub(super) struct Table {
    file: String,
    columns: BTreeMap<String, usize>,
    rows: Vec<(u64, csv::StringRecord)>,
    decimal_comma: bool,
}

/// Decodes UTF-8 with or without a byte-order mark, or says what it is instead.
pub(super) fn decode<'a>(
    file: &str,
    bytes: &'a [u8],
    out: &mut Vec<Diagnostic>,
) -> Option<&'a str> {
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Some(text),
        wrong => {
            let end = wrong.map_or_else(|e| e.valid_up_to(), |t| t.find('\0').unwrap_or(0));
            let row = 1 + bytes[..end].iter().filter(|&&b| b == b'\n').count() as u64;
            let encoding = if utf16 { "UTF-16" } else { "?" };
            let place = Place::file(file).row(row);
            out.push(Diagnostic::new(Id::NotUtf8, place).with("encoding", encoding));
            None
        }
    }
}

impl Table {
    /// Reads a table; `known` columns may be there, `required` ones must.
    pub(super) fn read(
        file: &str,
        bytes: &[u8],
        required: &[&str],
        optional: &[&str],
        out: &mut Vec<Diagnostic>,
    ) -> Option<Table> {
        let text = decode(file, bytes, out)?;
        let header_line = text.lines().next().unwrap_or("");
        let count = |c| header_line.matches(c).count();
        let semicolons = count(';') > count(',');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(if semicolons { b';' } else { b',' })
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let header = match reader.headers() {
            Ok(h) => h.clone(),
            Err(e) => {
                out.push(Diagnostic::new(Id::NotCsv, Place::file(file).row(1)).with("reason", e));
                return None;
            }
        };
        let columns = check_header(file, &header, required, optional, out)?;
        let mut rows = Vec::new();
        for (i, record) in reader.records().enumerate() {
            let row = i as u64 + 2;
            match record {
                Ok(r) if r.iter().all(str::is_empty) => {}
                Ok(r) if r.len() == header.len() => rows.push((row, r)),
                Ok(r) => out.push(
                    Diagnostic::new(Id::RaggedRow, Place::file(file).row(row))
                        .with("cells", r.len())
                        .with("columns", header.len()),
                ),
                Err(e) => {
                    let place = Place::file(file).row(row);
                    out.push(Diagnostic::new(Id::NotCsv, place).with("reason", e));
                }
            }
        }
        if rows.is_empty() {
            out.push(Diagnostic::new(Id::EmptyTable, Place::file(file)));
        }
        Some(Table {
            file: file.to_owned(),
            columns,
            rows,
            decimal_comma: semicolons,
        })
    }

    pub(super) fn rows<'t>(
        &'t self,
        registry: &'t ActorRegistry,
    ) -> impl Iterator<Item = Row<'t>> + 't {
        self.rows.iter().map(move |(row, cells)| Row {
            table: self,
            row: *row,
            cells,
            registry,
        })
    }
}

fn check_header(
    file: &str,
    header: &csv::StringRecord,
    required: &[&str],
    optional: &[&str],
    out: &mut Vec<Diagnostic>,
) -> Option<BTreeMap<String, usize>> {
    let at = |name: &str| Place::file(file).row(1).column(name);
    let mut columns = BTreeMap::new();
    let before = out.len();
    for (i, name) in header.iter().enumerate() {
        if columns.insert(name.to_owned(), i).is_some() {
            out.push(Diagnostic::new(Id::DuplicateColumn, at(name)));
        }
    }
    for name in required.iter().filter(|n| !columns.contains_key(**n)) {
        out.push(Diagnostic::new(Id::MissingColumn, at(name)));
    }
    let usable = out.len() == before;
    let known = || required.iter().chain(optional).copied();
    for name in header.iter().filter(|n| !known().any(|k| k == *n)) {
        let near = nearest(name, known()).unwrap_or("");
        out.push(Diagnostic::new(Id::UnknownColumn, at(name)).with("nearest", near));
    }
    usable.then_some(columns)
}

/// One row, asked cell by cell; what is wrong goes to `out`, and the answer is then nothing.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    table: &'t Table,
    row: u64,
    cells: &'t csv::StringRecord,
    registry: &'t ActorRegistry,
}

impl<'t> Row<'t> {
    pub(super) fn number_of_row(&self) -> u64 {
        self.row
    }

    pub(super) fn place(&self, column: &str) -> Place {
        Place::file(self.table.file.clone())
            .row(self.row)
            .column(column)
    }

    pub(super) fn say(&self, out: &mut Vec<Diagnostic>, id: Id, column: &str) -> usize {
        out.push(Diagnostic::new(id, self.place(column)));
        out.len() - 1
    }

    /// The cell, empty if the column is not there.
    pub(super) fn raw(&self, column: &str) -> &'t str {
        self.table
            .columns
            .get(column)
            .and_then(|&i| self.cells.get(i))
            .unwrap_or("")
    }

    pub(super) fn optional(&self, column: &str) -> Option<&'t str> {
        Some(self.raw(column)).filter(|s| !s.is_empty())
    }

    pub(super) fn required(&self, column: &str, out: &mut Vec<Diagnostic>) -> Option<&'t str> {
        let cell = self.optional(column);
        if cell.is_none() {
            self.say(out, Id::EmptyCell, column);
        }
        cell
    }

    /// A text that a user will see: markup and control characters are reported and stay text.
    pub(super) fn text(&self, column: &str, out: &mut Vec<Diagnostic>) -> Option<String> {
        let text = self.optional(column)?;
        if has_markup(text) {
            out.push(Diagnostic::new(Id::MarkupInText, self.place(column)).with("value", text));
        }
        Some(text.to_owned())
    }

    pub(super) fn when(&self, column: &str, out: &mut Vec<Diagnostic>) -> Option<When> {
        let cell = self.required(column, out)?;
        parse_when(cell, self.place(column), out)
    }

    /// A date precise to the month or better; the middle of what it may mean is never guessed.
    pub(super) fn day_like(&self, column: &str, out: &mut Vec<Diagnostic>) -> Option<When> {
        let cell = self.optional(column)?;
        let when = parse_when(cell, self.place(column), out)?;
        if matches!(when, When::Day(_) | When::Month(_)) {
            return Some(when);
        }
        out.push(Diagnostic::new(Id::DateTooCoarse, self.place(column)).with("value", cell));
        None
    }

    pub(super) fn month(&self, column: &str, out: &mut Vec<Diagnostic>) -> Option<Month> {
        let cell = self.required(column, out)?;
        match parse_when(cell, self.place(column), out)? {
            When::Month(m) => Some(m),
            _ => {
                out.push(Diagnostic::new(Id::BadDate, self.place(column)).with("value", cell));
                None
            }
        }
    }

    /// A finite number within bounds, both included.
    pub(super) fn number(
        &self,
        column: &str,
        low: f64,
        high: f64,
        out: &mut Vec<Diagnostic>,
    ) -> Option<f64> {
        let cell = self.optional(column)?;
        let with_point = if self.table.decimal_comma {
            cell.replace(',', ".")
        } else {
            cell.to_owned()
        };
        let Ok(value) = with_point.parse::<f64>() else {
            out.push(Diagnostic::new(Id::NotANumber, self.place(column)).with("value", cell));
            return None;
        };
        if value.is_nan() {
            out.push(Diagnostic::new(Id::NotANumber, self.place(column)).with("value", cell));
            return None;
        }
        if !(low <= value && value <= high) || value.is_infinite() {
            out.push(
                Diagnostic::new(Id::OutOfRange, self.place(column))
                    .with("value", cell)
                    .with("low", low)
                    .with("high", high),
            );
            return None;
        }
        Some(value)
    }

    pub(super) fn whole(
        &self,
        column: &str,
        low: u32,
        high: u32,
        out: &mut Vec<Diagnostic>,
    ) -> Option<u32> {
        let value = self.number(column, f64::from(low), f64::from(high), out)?;
        if value.fract() != 0.0 {
            let cell = self.raw(column);
            out.push(Diagnostic::new(Id::NotANumber, self.place(column)).with("value", cell));
            return None;
        }
        Some(value as u32)
    }

    /// One of the words of a list.
    pub(super) fn one_of<T: Copy>(
        &self,
        column: &str,
        words: &[(&str, T)],
        out: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let cell = self.optional(column)?;
        let found = words.iter().find(|(w, _)| *w == cell).map(|(_, t)| *t);
        if found.is_none() {
            let allowed = words.iter().map(|(w, _)| *w).collect::<Vec<_>>().join(", ");
            out.push(
                Diagnostic::new(Id::NotOneOf, self.place(column))
                    .with("value", cell)
                    .with("allowed", allowed),
            );
        }
        found
    }

    pub(super) fn list(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        self.raw(column)
            .split(';')
            .map(str::trim)
            .filter(|s| !s.is_empty())
    }

    pub(super) fn actors(&self, column: &str, out: &mut Vec<Diagnostic>) -> Vec<Actor> {
        let mut found = Vec::new();
        for code in self.list(column) {
            match self.registry.find(code) {
                Some(actor) => found.push(actor),
                None => {
                    let near = self.registry.nearest(code).unwrap_or_default();
                    out.push(
                        Diagnostic::new(Id::UnknownActor, self.place(column))
                            .with("value", code)
                            .with("nearest", near),
                    );
                }
            }
        }
        found
    }
}

/// Text that a careless page would run, or that no editor shows.
pub(super) fn has_markup(text: &str) -> bool {
    let tag = text
        .as_bytes()
        .windows(2)
        .any(|w| w[0] == b'<' && (w[1].is_ascii_alphabetic() || w[1] == b'/' || w[1] == b'!'));
    // U+202A to U+202E and U+2066 to U+2069 turn the direction of a line, and hide what it says.
    let hidden = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    tag || text.chars().any(hidden)
}

pub(super) fn parse_when(cell: &str, place: Place, out: &mut Vec<Diagnostic>) -> Option<When> {
    match cell.parse() {
        Ok(when) => Some(when),
        Err(e) => {
            let id = match e {
                WhenError::Form(_) => Id::BadDate,
                WhenError::NotInCalendar(_) => Id::NoSuchDate,
                WhenError::Reversed(_) => Id::DateReversed,
            };
            out.push(Diagnostic::new(id, place).with("value", cell));
            None
        }
    }
}

/// The first day from which a row may be used: its own, or the last day that its date may mean.
pub(super) fn known_from(
    row: &Row<'_>,
    date: Option<When>,
    out: &mut Vec<Diagnostic>,
) -> Option<Date> {
    let given = row.day_like("known_from", out);
    let date = date?;
    let Some(given) = given else {
        return Some(date.last_day());
    };
    if given.last_day() < date.first_day() {
        out.push(
            Diagnostic::new(Id::KnownBeforeDate, row.place("known_from"))
                .with("value", given)
                .with("date", date),
        );
        return None;
    }
    Some(given.last_day())
}
