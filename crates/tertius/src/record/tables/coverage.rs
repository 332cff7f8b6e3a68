//! `coverage.csv`.

use std::collections::BTreeMap;

use super::columns::COVERAGE;
use super::{Context, same, yes_no};
use crate::record::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use crate::record::problems::Problems;
use crate::record::rows::Coverage;
use crate::record::table::read_rows;
use crate::vocabulary::{Month, Span};

pub(in crate::record) fn coverage(
    ctx: &mut Context<'_>,
    bytes: &[u8],
    out: &mut Problems,
) -> Vec<Coverage> {
    let tables = ["answers", "acts", "measures", "positions", "statements"];
    let classes = ctx.case().catalogue.classes().iter();
    let words: Vec<&str> = classes.map(|c| c.id.as_str()).chain(tables).collect();
    let words = same(&words);
    let names = ctx.names();
    let mut found = read_rows(COVERAGE.file, bytes, &COVERAGE, names, out, |row, out| {
        let what = row.required("what", out).and_then(|cell| {
            // Under a catalogue that was not read any class may be meant.
            if ctx.draft.catalogue {
                row.one_of("what", &words, out)
            } else {
                Some(cell)
            }
        });
        let (from, to) = (row.month("from", out), row.month("to", out));
        let exhaustive = yes_no(row, "exhaustive", out);
        let coder = ctx.coder(row, out);
        let sources = ctx.keys(row, "sources", out);
        let note = row.text("note", out);
        let (from, to) = (from?, to?);
        let span = Span::inclusive(from, to);
        if span.is_none() {
            out.push(
                Diagnostic::new(Id::DateReversed, row.place("to"))
                    .with("value", format!("{from} … {to}")),
            );
        }
        Some(Coverage {
            what: what?.to_owned(),
            row: row.number_of_row(),
            span: span?,
            exhaustive: exhaustive?,
            coder: coder?,
            sources,
            note,
        })
    });
    found.sort_by(|a, b| {
        let key = |c: &Coverage| (c.span.first(), c.span.last(), c.row);
        (&a.what, key(a)).cmp(&(&b.what, key(b)))
    });
    check_contradictions(&found, out);
    found
}

/// Two rows that say yes and no of the same months of one thing. One pass over the rows by their first
/// month: of those that say the opposite, the one that reaches furthest is the one to overlap.
fn check_contradictions(rows: &[Coverage], out: &mut Problems) {
    for of_one in rows.chunk_by(|a, b| a.what == b.what) {
        let mut furthest: BTreeMap<bool, (Month, u64)> = BTreeMap::new();
        for row in of_one {
            if let Some((last, other)) = furthest.get(&!row.exhaustive)
                && row.span.first() <= *last
            {
                let (first, later) = (row.row.min(*other), row.row.max(*other));
                let place = Place::file(COVERAGE.file).row(later).column("exhaustive");
                out.push(
                    Diagnostic::new(Id::CoverageContradiction, place)
                        .with("value", &row.what)
                        .with("first", first),
                );
            }
            let reach = furthest
                .entry(row.exhaustive)
                .or_insert((row.span.last(), row.row));
            if row.span.last() > reach.0 {
                *reach = (row.span.last(), row.row);
            }
        }
    }
}
