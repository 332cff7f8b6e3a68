//! `positions.csv`.

use super::columns::POSITIONS;
use super::{Context, check_bounds};
use crate::record::diagnostic::{Diagnostic, DiagnosticId as Id};
use crate::record::problems::Problems;
use crate::record::row::Row;
use crate::record::rows::{Position, PositionKind};
use crate::record::table::read_rows;

pub(in crate::record) fn positions(
    ctx: &mut Context<'_>,
    bytes: &[u8],
    out: &mut Problems,
) -> Vec<Position> {
    let names = ctx.names();
    read_rows(POSITIONS.file, bytes, &POSITIONS, names, out, |row, out| {
        position(ctx, row, out)
    })
}

fn position(ctx: &mut Context<'_>, row: &Row<'_>, out: &mut Problems) -> Option<Position> {
    let date = row.when("date", out);
    let cited = ctx.cited(row, date, out);
    let actor = row.actor("actor", out);
    row.required("issue", out);
    let issue = ctx.issue(row, "issue", out);
    row.required("kind", out);
    let kinds = [
        ("preference", PositionKind::Preference),
        ("expectation", PositionKind::Expectation),
    ];
    let kind = row.one_of("kind", &kinds, out);
    let mut number = |column, low| {
        row.required(column, out);
        row.number(column, low, 1.0, out)
    };
    let value = number("value", -1.0);
    let (low, high) = (number("low", -1.0), number("high", -1.0));
    let salience = number("salience", 0.0);
    if let (Some(PositionKind::Expectation), Some(actor)) = (kind, &actor)
        && ctx.draft.triad
        && !ctx.case().coalition.contains(actor)
    {
        out.push(
            Diagnostic::new(Id::ExpectationNotPatrons, row.place("actor"))
                .with("value", actor)
                .with("expected", ctx.case().triad.patron()),
        );
    }
    let (low, value, high) = (low?, value?, high?);
    check_bounds(row, Some(low), Some(value), Some(high), out);
    Some(Position {
        cited: cited?,
        date: date?,
        actor: actor?,
        issue: issue?,
        kind: kind?,
        value,
        low,
        high,
        salience: salience?,
    })
}
