//! `statements.csv`.

use super::Context;
use super::columns::STATEMENTS;
use crate::record::diagnostic::{Diagnostic, DiagnosticId as Id};
use crate::record::problems::Problems;
use crate::record::row::Row;
use crate::record::rows::{Statement, StatementKind};
use crate::record::table::read_rows;
use crate::vocabulary::{Actor, Seat};

const KINDS: &[(&str, StatementKind)] = &[
    ("expected", StatementKind::Expected),
    ("declared", StatementKind::Declared),
    ("rival_view", StatementKind::RivalView),
    ("third_view", StatementKind::ThirdView),
];

pub(in crate::record) fn statements(
    ctx: &mut Context<'_>,
    bytes: &[u8],
    out: &mut Problems,
) -> Vec<Statement> {
    let names = ctx.names();
    read_rows(
        STATEMENTS.file,
        bytes,
        &STATEMENTS,
        names,
        out,
        |row, out| {
            let date = row.when("date", out);
            let cited = ctx.cited(row, date, out);
            let speakers = row.some_actors("speaker", out);
            row.required("kind", out);
            let kind = row.one_of("kind", KINDS, out);
            row.required("role", out);
            let role = ctx.role(row, "role", out);
            if let Some(kind) = kind {
                check_speaker(ctx, row, kind, &speakers, out);
            }
            Some(Statement {
                cited: cited?,
                date: date?,
                speakers,
                kind: kind?,
                role: role?.map(str::to_owned),
            })
        },
    )
}

/// Three voices belong to the triad, the fourth to anyone else.
fn check_speaker(
    ctx: &Context<'_>,
    row: &Row<'_>,
    kind: StatementKind,
    speakers: &[Actor],
    out: &mut Problems,
) {
    let triad = &ctx.case().triad;
    let (ok, expected) = match kind {
        StatementKind::Expected => (ctx.in_seat(speakers, Seat::Patron), ctx.coalition()),
        StatementKind::Declared => (ctx.in_seat(speakers, Seat::Ally), triad.ally().to_string()),
        StatementKind::RivalView => (
            ctx.in_seat(speakers, Seat::Rival),
            triad.rival().to_string(),
        ),
        StatementKind::ThirdView => {
            let three = [triad.ally(), triad.patron(), triad.rival()];
            let expected = three.map(|a| format!("≠ {a}")).join(", ");
            (!speakers.iter().any(|s| three.contains(&s)), expected)
        }
    };
    if ok || speakers.is_empty() || !ctx.draft.triad {
        return;
    }
    out.push(
        Diagnostic::new(Id::WrongActor, row.place("speaker"))
            .with("value", row.raw("speaker"))
            .with("class", row.raw("kind"))
            .with("expected", expected),
    );
}
