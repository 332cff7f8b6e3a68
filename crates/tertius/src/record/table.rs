//! Tables as people write them: with or without a byte-order mark, with commas, semicolons or tabs, any
//! line ending. Every problem of a table is told, none stops the reading of the others.

use std::collections::BTreeMap;

use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use super::problems::Problems;
use super::row::Row;
use super::scan::{Line, Scanner, delimiter};
use super::text::decode;
use crate::vocabulary::{ActorRegistry, nearest};

/// The most rows of a table: each is coded by hand from a source that was read. Event data in their
/// millions are no record; they become series.
pub const MAX_ROWS: u64 = 200_000;

/// The columns of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Path inside the case; `*` stands for any name.
    pub file: &'static str,
    /// Columns that must be there.
    pub required: &'static [&'static str],
    /// Columns that may be left out altogether.
    pub optional: &'static [&'static str],
}

/// The actors that a table may name.
#[derive(Clone, Copy)]
pub(super) struct Names<'r> {
    pub(super) registry: &'r ActorRegistry,
    /// Whether `case.toml` declared all that it meant to: if not, an unknown code is not news.
    pub(super) complete: bool,
}

/// What holds for all rows of a table.
pub(super) struct Table<'t> {
    pub(super) file: &'t str,
    pub(super) columns: BTreeMap<String, usize>,
    /// Columns that must be there and are not: told once of the header, and not again of every row.
    pub(super) missing: Vec<&'static str>,
    pub(super) decimal_comma: bool,
    pub(super) names: Names<'t>,
}

/// Reads a table row by row. What `read` makes of a row is kept unless the row has an error.
pub(super) fn read_rows<T>(
    file: &str,
    bytes: &[u8],
    columns: &Columns,
    names: Names<'_>,
    out: &mut Problems,
    mut read: impl FnMut(&Row<'_>, &mut Problems) -> Option<T>,
) -> Vec<T> {
    let mut found = Vec::new();
    let Some(text) = decode(file, bytes, out) else {
        return found;
    };
    let delimiter = delimiter(text);
    let mut scanner = Scanner::new(text, delimiter);
    let mut line = Line::default();
    if !scanner.next_into(&mut line) {
        let place = Place::file(file).row(1);
        out.push(Diagnostic::new(Id::NotCsv, place).with("reason", "empty-file"));
        return found;
    }
    let Some((known, missing)) = check_header(file, &line, columns, out) else {
        return found;
    };
    let table = Table {
        file,
        columns: known,
        missing,
        decimal_comma: delimiter != b',',
        names,
    };
    let header = std::mem::take(&mut line);
    let mut stray = BTreeMap::new();
    let mut rows = 0;
    while scanner.next_into(&mut line) {
        if line.cells.iter().all(|c| c.is_empty()) && line.fault.is_none() {
            continue;
        }
        rows += 1;
        if rows > MAX_ROWS {
            let place = Place::file(file).row(line.number);
            out.push(Diagnostic::new(Id::TooManyRows, place).with("most", MAX_ROWS));
            break;
        }
        if !check_shape(file, &header, &line, delimiter, out) {
            continue;
        }
        for (i, cell) in line.cells.iter().enumerate() {
            if !cell.is_empty() && header.cells.get(i).is_none_or(|name| name.is_empty()) {
                stray.entry(i).or_insert(line.number);
            }
        }
        let before = out.errors();
        let made = read(&Row::new(&table, &line), out);
        if out.errors() == before {
            found.extend(made);
        }
    }
    for (i, row) in stray {
        let place = Place::file(file).row(row).column(format!("#{}", i + 1));
        out.push(Diagnostic::new(Id::UnknownColumn, place).with("nearest", ""));
    }
    if rows == 0 {
        out.push(Diagnostic::new(Id::EmptyTable, Place::file(file)));
    }
    found
}

/// Whether a row can be read cell by cell.
fn check_shape(
    file: &str,
    header: &Line<'_>,
    line: &Line<'_>,
    delimiter: u8,
    out: &mut Problems,
) -> bool {
    let place = Place::file(file).row(line.number);
    let columns = header.cells.len();
    if let Some((i, fault)) = line.fault {
        let name = header.cells.get(i).map_or("", |c| c);
        out.push(Diagnostic::new(Id::NotCsv, place.column(name)).with("reason", fault.as_str()));
        return false;
    }
    // Spreadsheets pad rows with empty cells; nothing is lost with those.
    let extra = line.cells.iter().skip(columns).any(|c| !c.is_empty());
    if line.cells.len() < columns || extra {
        // Where semicolons divide the cells, a list without quotation marks falls into several.
        let divided = match delimiter {
            b';' => "semicolons",
            b'\t' => "tabs",
            _ => "commas",
        };
        out.push(
            Diagnostic::new(Id::RaggedRow, place)
                .with("cells", line.cells.len())
                .with("columns", columns)
                .with("divided", divided),
        );
        return false;
    }
    true
}

/// The named columns by position, and those that must be there and are not. A column under a name that is
/// most like one of those is told as it, and read as it, so that its cells are checked in the same pass; of two
/// columns under one name the first is read. Nothing, if the line is no header.
fn check_header(
    file: &str,
    header: &Line<'_>,
    columns: &Columns,
    out: &mut Problems,
) -> Option<(BTreeMap<String, usize>, Vec<&'static str>)> {
    let at = |name: &str| Place::file(file).row(header.number).column(name);
    if let Some((i, fault)) = header.fault {
        out.push(Diagnostic::new(Id::NotCsv, at(&header.cells[i])).with("reason", fault.as_str()));
        return None;
    }
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    // A spreadsheet pads its header too: a column without a name is missed only if it holds something.
    for (i, name) in header
        .cells
        .iter()
        .enumerate()
        .filter(|(_, n)| !n.is_empty())
    {
        if found.contains_key(name.as_ref()) {
            out.push(Diagnostic::new(Id::DuplicateColumn, at(name)));
        } else {
            found.insert(name.to_string(), i);
        }
    }
    let known = || columns.required.iter().chain(columns.optional).copied();
    let is_known = |name: &str| known().any(|k| k == name);
    let absent = |found: &BTreeMap<String, usize>| -> Vec<&'static str> {
        let required = columns.required.iter().copied();
        required.filter(|n| !found.contains_key(*n)).collect()
    };
    let mut missing = absent(&found);
    for name in absent(&found) {
        let meant = |written: &&String| {
            !is_known(written) && nearest(written, absent(&found)) == Some(name)
        };
        let written = found.keys().find(meant).cloned();
        out.report(Id::MissingColumn, at(name), |d| {
            d.with("nearest", written.as_deref().unwrap_or(""))
        });
        if let Some(i) = written.and_then(|written| found.remove(&written)) {
            found.insert(name.to_owned(), i);
            missing.retain(|m| *m != name);
        }
    }
    for name in found.keys().filter(|n| !is_known(n)) {
        out.report(Id::UnknownColumn, at(name), |d| {
            d.with("nearest", nearest(name, known()).unwrap_or(""))
        });
    }
    Some((found, missing))
}
