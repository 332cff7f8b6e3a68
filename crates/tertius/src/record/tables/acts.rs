//! `acts.csv`.

use super::columns::ACTS;
use super::{BENEFICIARIES, Context, JUSTIFICATIONS, check_alliance, find_class, same};
use crate::record::diagnostic::{Diagnostic, DiagnosticId as Id};
use crate::record::problems::Problems;
use crate::record::row::Row;
use crate::record::rows::Act;
use crate::record::table::read_rows;
use crate::vocabulary::{Actor, ClassSpec, Seat};

pub(in crate::record) fn acts(ctx: &mut Context<'_>, bytes: &[u8], out: &mut Problems) -> Vec<Act> {
    let names = ctx.names();
    read_rows(ACTS.file, bytes, &ACTS, names, out, |row, out| {
        act(ctx, row, out)
    })
}

fn act(ctx: &mut Context<'_>, row: &Row<'_>, out: &mut Problems) -> Option<Act> {
    let date = row.when("date", out);
    let cited = ctx.cited(row, date, out);
    let actors = row.some_actors("actor", out);
    let targets = row.actors("target", out);
    let class = row
        .required("class", out)
        .and_then(|name| find_class(ctx, name, row.place("class"), out));
    let issue = ctx.issue(row, "issue", out);
    row.required("severity", out);
    let severity = row.whole("severity", 1, 6, out);
    let beneficiary = row.one_of("beneficiary", &same(BENEFICIARIES), out);
    let justification = row.one_of("justification", &same(JUSTIFICATIONS), out);
    row.required("description", out);
    let class = class?;
    if class.id.as_str() == "own_gain" {
        check_own_gain(row, beneficiary, justification, out);
    }
    check_doer(ctx, row, class, &actors, out);
    let date = date?;
    if class.by.contains(&Seat::Ally) {
        check_alliance(ctx, row, "date", date, out);
    }
    Some(Act {
        cited: cited?,
        date,
        actors,
        targets,
        class: class.id.clone(),
        issue,
        severity: severity? as u8,
        beneficiary: beneficiary.map(str::to_owned),
        justification: justification.map(str::to_owned),
    })
}

/// Without these two the step would show a role by its date alone.
fn check_own_gain(
    row: &Row<'_>,
    beneficiary: Option<&str>,
    justification: Option<&str>,
    out: &mut Problems,
) {
    let justified = matches!(justification, Some("alliance" | "crisis"));
    for (column, ok, expected) in [
        ("beneficiary", beneficiary == Some("own"), "own"),
        ("justification", justified, "alliance, crisis"),
    ] {
        if !ok {
            out.push(
                Diagnostic::new(Id::OwnGainUnproven, row.place(column))
                    .with("value", row.raw(column))
                    .with("expected", expected),
            );
        }
    }
}

/// A class that belongs to a seat of the triad is done by whoever holds it, alone or with others.
fn check_doer(
    ctx: &Context<'_>,
    row: &Row<'_>,
    class: &ClassSpec,
    actors: &[Actor],
    out: &mut Problems,
) {
    let anyone = class.by.is_empty() || actors.is_empty() || !ctx.draft.triad;
    if anyone || class.by.iter().any(|s| ctx.in_seat(actors, *s)) {
        return;
    }
    let triad = &ctx.case().triad;
    let expected = class.by.iter().map(|seat| match seat {
        Seat::Ally => triad.ally().code().to_owned(),
        Seat::Patron => ctx.coalition(),
        Seat::Rival => triad.rival().code().to_owned(),
    });
    out.push(
        Diagnostic::new(Id::WrongActor, row.place("actor"))
            .with("value", row.raw("actor"))
            .with("class", &class.id)
            .with("expected", expected.collect::<Vec<_>>().join(", ")),
    );
}
