//! One row of a table, asked cell by cell; what is wrong is told, and the answer is then nothing.

use std::borrow::Cow;

use jiff::civil::Date;

use super::case::MAX_MONTHS;
use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use super::problems::Problems;
use super::scan::Line;
use super::table::Table;
use super::text::has_markup;
use crate::vocabulary::{Actor, Month, When, WhenError};

#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    table: &'t Table<'t>,
    number: u64,
    cells: &'t [Cow<'t, str>],
}

impl<'t> Row<'t> {
    pub(super) fn new(table: &'t Table<'t>, line: &'t Line<'t>) -> Self {
        Row {
            table,
            number: line.number,
            cells: &line.cells,
        }
    }

    pub(super) fn file(&self) -> &'t str {
        self.table.file
    }

    pub(super) fn number_of_row(&self) -> u64 {
        self.number
    }

    pub(super) fn place(&self, column: &str) -> Place {
        Place::file(self.table.file).row(self.number).column(column)
    }

    /// Says that a cell lacks something, unless its whole column is told to be missing.
    pub(super) fn say(&self, out: &mut Problems, id: Id, column: &str) {
        if self.table.missing.contains(&column) {
            return;
        }
        out.push(Diagnostic::new(id, self.place(column)));
    }

    /// The cell, empty if the column is not there.
    pub(super) fn raw(&self, column: &str) -> &'t str {
        let index = self.table.columns.get(column);
        index.and_then(|&i| self.cells.get(i)).map_or("", |c| c)
    }

    pub(super) fn optional(&self, column: &str) -> Option<&'t str> {
        Some(self.raw(column)).filter(|s| !s.is_empty())
    }

    pub(super) fn required(&self, column: &str, out: &mut Problems) -> Option<&'t str> {
        let cell = self.optional(column);
        if cell.is_none() {
            self.say(out, Id::EmptyCell, column);
        }
        cell
    }

    /// A text that a user will see: markup and hidden characters are reported and stay text.
    pub(super) fn text(&self, column: &str, out: &mut Problems) -> Option<String> {
        let text = self.optional(column)?;
        if has_markup(text) {
            out.push(Diagnostic::new(Id::MarkupInText, self.place(column)).with("value", text));
        }
        Some(text.to_owned())
    }

    pub(super) fn when(&self, column: &str, out: &mut Problems) -> Option<When> {
        let cell = self.required(column, out)?;
        parse_when(cell, self.place(column), out)
    }

    /// A date precise to the month or better; the middle of what it may mean is never guessed.
    pub(super) fn day_like(&self, column: &str, out: &mut Problems) -> Option<When> {
        let cell = self.optional(column)?;
        let when = parse_when(cell, self.place(column), out)?;
        if matches!(when, When::Day(_) | When::Month(_)) {
            return Some(when);
        }
        out.push(Diagnostic::new(Id::DateTooCoarse, self.place(column)).with("value", cell));
        None
    }

    pub(super) fn month(&self, column: &str, out: &mut Problems) -> Option<Month> {
        parse_month(self.required(column, out)?, self.place(column), out)
    }

    /// A finite number within bounds, both included.
    pub(super) fn number(
        &self,
        column: &str,
        low: f64,
        high: f64,
        out: &mut Problems,
    ) -> Option<f64> {
        let cell = self.optional(column)?;
        let point = if self.table.decimal_comma {
            Cow::Owned(cell.replace(',', "."))
        } else {
            Cow::Borrowed(cell)
        };
        let Some(value) = point.parse::<f64>().ok().filter(|v| v.is_finite()) else {
            out.push(Diagnostic::new(Id::NotANumber, self.place(column)).with("value", cell));
            return None;
        };
        if !(low <= value && value <= high) {
            out.push(
                Diagnostic::new(Id::OutOfRange, self.place(column))
                    .with("value", cell)
                    .with("low", bound(low))
                    .with("high", bound(high)),
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
        out: &mut Problems,
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
        out: &mut Problems,
    ) -> Option<T> {
        let cell = self.optional(column)?;
        let found = words.iter().find(|(w, _)| *w == cell).map(|(_, t)| *t);
        if found.is_none() {
            out.report(Id::NotOneOf, self.place(column), |d| {
                let allowed = words.iter().map(|(w, _)| *w).collect::<Vec<_>>();
                d.with("value", cell).with("allowed", allowed.join(", "))
            });
        }
        found
    }

    pub(super) fn list(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        self.raw(column)
            .split(';')
            .map(str::trim)
            .filter(|s| !s.is_empty())
    }

    /// The actors of a cell that may be empty.
    pub(super) fn actors(&self, column: &str, out: &mut Problems) -> Vec<Actor> {
        self.list(column)
            .filter_map(|code| self.find_actor(code, column, out))
            .collect()
    }

    /// At least one actor.
    pub(super) fn some_actors(&self, column: &str, out: &mut Problems) -> Vec<Actor> {
        if self.list(column).next().is_none() {
            self.say(out, Id::EmptyCell, column);
        }
        self.actors(column, out)
    }

    /// Just one actor: two codes in the cell are no code.
    pub(super) fn actor(&self, column: &str, out: &mut Problems) -> Option<Actor> {
        let code = self.required(column, out)?;
        self.find_actor(code, column, out)
    }

    fn find_actor(&self, code: &str, column: &str, out: &mut Problems) -> Option<Actor> {
        let names = self.table.names;
        let found = names.registry.find(code);
        if found.is_none() && names.complete {
            out.report(Id::UnknownActor, self.place(column), |d| {
                let near = names.registry.meant(code).unwrap_or_default();
                d.with("value", code).with("nearest", near)
            });
        }
        found
    }
}

/// A bound as a sentence names it; empty where there is none.
pub(super) fn bound(value: f64) -> String {
    if value == f64::MIN || value == f64::MAX {
        String::new()
    } else {
        value.to_string()
    }
}

/// A date, or word that it is none. An interval of centuries dates nothing, and would be spread over
/// every month of them.
pub(super) fn parse_when(cell: &str, place: Place, out: &mut Problems) -> Option<When> {
    let found = cell.parse::<When>();
    let id = match &found {
        Ok(when) => {
            let months = Month::of(when.first_day()).until(Month::of(when.last_day()));
            if months < MAX_MONTHS as i32 {
                return found.ok();
            }
            Id::DateTooCoarse
        }
        Err(WhenError::Form(_)) => Id::BadDate,
        Err(WhenError::NotInCalendar(_)) => Id::NoSuchDate,
        Err(WhenError::Reversed(_)) => Id::DateReversed,
    };
    let mut problem = Diagnostic::new(id, place).with("value", cell);
    if id == Id::BadDate {
        problem = problem.with("expected", "YYYY, YYYY-MM, YYYY-MM-DD, FIRST/LAST");
    }
    out.push(problem);
    None
}

/// A month, or word that it is none.
pub(super) fn parse_month(cell: &str, place: Place, out: &mut Problems) -> Option<Month> {
    match parse_when(cell, place.clone(), out)? {
        When::Month(m) => Some(m),
        _ => {
            let problem = Diagnostic::new(Id::BadDate, place).with("value", cell);
            out.push(problem.with("expected", "YYYY-MM"));
            None
        }
    }
}

/// The first day from which a row may be used: its own, or the last day that its date may mean.
pub(super) fn known_from(row: &Row<'_>, date: Option<When>, out: &mut Problems) -> Option<Date> {
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
