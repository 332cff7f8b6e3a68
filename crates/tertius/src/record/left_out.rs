//! What of a record is not read: rows known too late, and rows of other months than those read. Each is
//! counted, by file, and told with its row: nothing is dropped without a word.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use super::load::Record;
use super::problems::Problems;
use super::rows::Cited;
use crate::vocabulary::{Month, When};

/// How much of a file is not read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeftOut {
    /// Path inside the case; of a series from public data, `case.toml`.
    pub file: String,
    /// Rows or values known only after the as-of month: hidden.
    pub known_later: usize,
    /// Answers given, or grades reached, only after the as-of month: hidden.
    pub answers_later: usize,
    /// Rows dated before the first month read. What was known before may still count as such.
    pub before_span: usize,
    /// Rows dated after the last month read.
    pub after_span: usize,
}

/// Rows by file, each list in order.
type RowsOf = BTreeMap<String, Vec<u64>>;

fn note(rows: &mut RowsOf, cited: &Cited) {
    let of_file = rows.entry(cited.file.clone()).or_default();
    of_file.push(cited.row);
}

/// Takes out what was not known at the as-of month.
pub(super) fn hide_later(record: &mut Record, out: &mut Problems) {
    let as_of = record.case.as_of;
    let last = as_of.last_day();
    let mut later = RowsOf::new();
    for cited in record.cited().filter(|c| c.known_from > last) {
        note(&mut later, cited);
    }
    record.behaviours.retain(|r| r.cited.known_from <= last);
    record.conditions.retain(|r| r.cited.known_from <= last);
    record.surroundings.retain(|r| r.cited.known_from <= last);
    record.measures.retain(|r| r.cited.known_from <= last);
    record.positions.retain(|r| r.cited.known_from <= last);
    record.statements.retain(|r| r.cited.known_from <= last);
    let mut open = BTreeSet::new();
    let mut answers = RowsOf::new();
    for measure in &mut record.measures {
        // An answer given later is not yet an answer; a grade reached later is not yet reached.
        let known = measure.answer.filter(|a| a.grade_date.first_day() <= last);
        if known != measure.answer {
            open.insert(measure.cited.id.clone());
            note(&mut answers, &measure.cited);
        }
        measure.answer = known;
    }
    let mut values = RowsOf::new();
    for series in &mut record.series {
        let hidden = series.values.iter().filter(|v| v.known_from > last);
        let rows: Vec<u64> = hidden.map(|v| v.row).collect();
        series.values.retain(|v| v.known_from <= last);
        if rows.is_empty() {
            continue;
        }
        let of_panel = series.spec.panel.is_some();
        let file = if of_panel {
            "case.toml"
        } else {
            &series.spec.file
        };
        values.entry(file.to_owned()).or_default().extend(rows);
    }
    let visible: BTreeSet<String> = record.cited().map(|c| c.id.clone()).collect();
    record.codings.retain(|c| {
        let of_answer = c.table == "measures" && c.field.starts_with("answer");
        visible.contains(&c.id) && !(of_answer && open.contains(&c.id))
    });
    for (what, column, files) in [
        ("rows", "known_from", later),
        ("answers", "answer_date", answers),
    ] {
        for (file, mut rows) in files {
            rows.sort_unstable();
            let tally = tally(&mut record.left_out, &file);
            if what == "answers" {
                tally.answers_later = rows.len();
            } else {
                tally.known_later = rows.len();
                record.hidden += rows.len();
            }
            let place = Place::file(file).row(rows[0]).column(column);
            out.push(hidden(place, what, rows.len(), &ranges(&rows), as_of));
        }
    }
    let mut all = 0;
    for (file, rows) in &values {
        tally(&mut record.left_out, file).known_later = rows.len();
        record.hidden += rows.len();
        all += rows.len();
    }
    // Series end in the present, so that an earlier month hides some of nearly all: they are told in one.
    if let Some((file, rows)) = values.first_key_value() {
        let of_panel = file == "case.toml";
        let column = if of_panel {
            "series.panel"
        } else {
            "known_from"
        };
        let place = Place::file(file).row(rows[0]).column(column);
        let files = values
            .iter()
            .map(|(file, rows)| format!("{file}: {}", rows.len()));
        let files = files.collect::<Vec<_>>().join(", ");
        out.push(hidden(place, "values", all, &files, as_of));
    }
}

fn hidden(place: Place, what: &str, count: usize, rows: &str, as_of: Month) -> Diagnostic {
    Diagnostic::new(Id::HiddenRows, place)
        .with("what", what)
        .with("count", count)
        .with("rows", rows)
        .with("as-of", as_of)
}

/// Counts the rows of months that are not read. What is known of a measure reaches twelve months on.
pub(super) fn report_outside(record: &mut Record, out: &mut Problems) {
    let span = record.case.span;
    let (mut before, mut after) = (RowsOf::new(), RowsOf::new());
    let mut look = |cited: &Cited, date: When, reach: i32| {
        if Month::of(date.last_day()) + reach < span.first() {
            note(&mut before, cited);
        } else if Month::of(date.first_day()) > span.last() {
            note(&mut after, cited);
        }
    };
    let acts = record.behaviours.iter().map(|a| &**a);
    let acts = acts.chain(record.conditions.iter().map(|a| &**a));
    for act in acts.chain(record.surroundings.iter().map(|a| &**a)) {
        look(&act.cited, act.date, 0);
    }
    for m in &record.measures {
        look(&m.cited, m.date, 12);
    }
    for p in &record.positions {
        look(&p.cited, p.date, 0);
    }
    for s in &record.statements {
        look(&s.cited, s.date, 0);
    }
    for (side, month, files) in [
        ("before", span.first(), before),
        ("after", span.last(), after),
    ] {
        for (file, mut rows) in files {
            rows.sort_unstable();
            let tally = tally(&mut record.left_out, &file);
            if side == "before" {
                tally.before_span = rows.len();
            } else {
                tally.after_span = rows.len();
            }
            let column = if file == "measures.csv" {
                "s_date"
            } else {
                "date"
            };
            let place = Place::file(file).row(rows[0]).column(column);
            out.push(
                Diagnostic::new(Id::OutsideSpan, place)
                    .with("side", side)
                    .with("count", rows.len())
                    .with("rows", ranges(&rows))
                    .with("month", month),
            );
        }
    }
}

/// The tally of a file, made where there is none; tallies stand in the order of their files.
fn tally<'r>(all: &'r mut Vec<LeftOut>, file: &str) -> &'r mut LeftOut {
    let at = all.partition_point(|l| l.file.as_str() < file);
    if all.get(at).is_none_or(|l| l.file != file) {
        let file = file.to_owned();
        all.insert(
            at,
            LeftOut {
                file,
                ..LeftOut::default()
            },
        );
    }
    &mut all[at]
}

/// Row numbers in order as a person writes them: `2–4, 7`.
fn ranges(rows: &[u64]) -> String {
    let runs = rows.chunk_by(|a, b| a + 1 == *b);
    let shown = runs.map(|run| match run {
        [one] => one.to_string(),
        [first, .., last] => format!("{first}–{last}"),
        [] => String::new(),
    });
    shown.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_in_a_run_are_told_by_its_ends() {
        assert_eq!(ranges(&[2, 3, 4, 7, 9, 10]), "2–4, 7, 9–10");
        assert_eq!(ranges(&[5]), "5");
    }

    #[test]
    fn tallies_stand_once_and_in_order() {
        let mut all = Vec::new();
        for file in ["b", "a", "b"] {
            tally(&mut all, file).known_later += 1;
        }
        let found: Vec<_> = all
            .iter()
            .map(|l| (l.file.as_str(), l.known_later))
            .collect();
        assert_eq!(found, [("a", 1), ("b", 2)]);
    }
}
