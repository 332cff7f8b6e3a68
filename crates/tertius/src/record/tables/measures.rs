//! `measures.csv`.

use super::columns::MEASURES;
use super::{Context, check_alliance};
use crate::record::diagnostic::{Diagnostic, DiagnosticId as Id};
use crate::record::problems::Problems;
use crate::record::row::Row;
use crate::record::rows::{Answer, Measure};
use crate::record::table::read_rows;
use crate::vocabulary::{Actor, Month, When};

pub(in crate::record) fn measures(
    ctx: &mut Context<'_>,
    bytes: &[u8],
    out: &mut Problems,
) -> Vec<Measure> {
    let names = ctx.names();
    read_rows(MEASURES.file, bytes, &MEASURES, names, out, |row, out| {
        measure(ctx, row, out)
    })
}

fn measure(ctx: &mut Context<'_>, row: &Row<'_>, out: &mut Problems) -> Option<Measure> {
    row.required("s_date", out);
    let date = row.day_like("s_date", out);
    let cited = ctx.cited(row, date, out);
    let issuers = row.some_actors("issuer", out);
    let outside = |a: &&Actor| ctx.draft.triad && !ctx.case().coalition.contains(*a);
    for issuer in issuers.iter().filter(outside) {
        out.push(
            Diagnostic::new(Id::OutsideCoalition, row.place("issuer"))
                .with("value", issuer)
                .with("allowed", ctx.coalition()),
        );
    }
    row.required("grade", out);
    let grade = row.whole("grade", 1, 6, out);
    let answer_date = row.day_like("answer_date", out);
    let answer_grade = row.whole("answer_grade", 1, 6, out);
    let grade_date = row.day_like("grade_date", out);
    let half = row.optional("answer_date").is_some() != row.optional("answer_grade").is_some();
    let dangling = row.optional("grade_date").is_some() && row.optional("answer_date").is_none();
    if half || dangling {
        let empty = if row.optional("answer_date").is_none() {
            "answer_date"
        } else {
            "answer_grade"
        };
        row.say(out, Id::HalfAnswer, empty);
    }
    let answer_sources = ctx.keys(row, "answer_sources", out);
    let exemptions = row.text("exemptions", out);
    let date = date?;
    let answer = match (answer_date, answer_grade) {
        (Some(first), Some(grade)) => {
            let reached = grade_date.unwrap_or(first);
            check_answer(row, date, first, reached, out);
            check_alliance(ctx, row, "answer_date", first, out);
            Some(Answer {
                date: first,
                grade: grade as u8,
                grade_date: reached,
            })
        }
        _ => None,
    };
    Some(Measure {
        cited: cited?,
        issuers,
        date,
        grade: grade? as u8,
        answer,
        exemptions,
        answer_sources,
    })
}

fn check_answer(row: &Row<'_>, date: When, first: When, reached: When, out: &mut Problems) {
    if first.last_day() < date.first_day() {
        out.push(
            Diagnostic::new(Id::AnswerBeforeMeasure, row.place("answer_date"))
                .with("answer", first)
                .with("measure", date),
        );
    }
    let last = Month::of(date.last_day()) + 12;
    if reached.last_day() < first.first_day() || Month::of(reached.first_day()) > last {
        let column = match row.optional("grade_date") {
            Some(_) => "grade_date",
            None => "answer_date",
        };
        out.push(
            Diagnostic::new(Id::GradeDateOrder, row.place(column))
                .with("value", reached)
                .with("from", first)
                .with("to", last),
        );
    }
}
