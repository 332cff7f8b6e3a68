//! The files of `codings/`: rows coded again by another coder.

use std::collections::BTreeMap;

use super::columns::CODINGS;
use super::{BENEFICIARIES, Context, JUSTIFICATIONS, find_class, same};
use crate::record::diagnostic::{Diagnostic, DiagnosticId as Id};
use crate::record::problems::Problems;
use crate::record::row::Row;
use crate::record::rows::Coding;
use crate::record::table::read_rows;

/// The fields that are compared, by table.
const FIELDS: &[(&str, &[&str])] = &[
    (
        "acts",
        &["class", "issue", "severity", "beneficiary", "justification"],
    ),
    (
        "measures",
        &["grade", "answered", "answer_grade", "answer_month"],
    ),
    ("positions", &["issue", "value"]),
    ("statements", &["role"]),
];

type TableFields = (&'static str, &'static [&'static str]);

fn by_table() -> Vec<(&'static str, TableFields)> {
    FIELDS.iter().map(|t| (t.0, *t)).collect()
}

/// What was coded by whom, and where it was first.
pub(in crate::record) type Seen = BTreeMap<(String, String, String, String), String>;

pub(in crate::record) fn codings(
    ctx: &mut Context<'_>,
    file: &str,
    bytes: &[u8],
    seen: &mut Seen,
    out: &mut Problems,
) -> Vec<Coding> {
    let names = ctx.names();
    read_rows(file, bytes, &CODINGS, names, out, |row, out| {
        let coding = coding(ctx, row, out)?;
        let Coding {
            table,
            id,
            field,
            coder,
            ..
        } = coding.clone();
        if ctx.has_row(&table, &id) && ctx.is_by(&id, &coder) {
            let problem = Diagnostic::new(Id::CodingByTheSame, row.place("coder"));
            let problem = problem.with("value", format!("{table}:{id}"));
            out.push(problem.with("coder", &coder));
        }
        let here = format!("{file}:{}", row.number_of_row());
        let value = format!("{table}:{id}.{field}");
        if let Some(first) = seen.insert((table, id, field, coder), here) {
            out.push(
                Diagnostic::new(Id::DuplicateId, row.place("id"))
                    .with("value", value)
                    .with("first", first),
            );
        }
        Some(coding)
    })
}

fn coding(ctx: &Context<'_>, row: &Row<'_>, out: &mut Problems) -> Option<Coding> {
    row.required("table", out);
    let table = row.one_of("table", &by_table(), out);
    let id = row.required("id", out);
    row.required("field", out);
    let field = table.and_then(|(_, fields)| row.one_of("field", &same(fields), out));
    let coder = ctx.coder(row, out);
    if let (Some((table, _)), Some(id)) = (table, id)
        && !ctx.has_row(table, id)
    {
        let problem = Diagnostic::new(Id::CodingOfNothing, row.place("id"));
        out.push(problem.with("value", format!("{table}:{id}")));
    }
    let field = field?;
    let value = value(ctx, row, field, out);
    Some(Coding {
        table: table?.0.to_owned(),
        id: id?.to_owned(),
        field: field.to_owned(),
        value: value?,
        coder: coder?,
    })
}

/// The value, if the field can take it, in one spelling: two coders who write `3` and `3.0` agree. An
/// empty one says that the coder left it empty.
fn value(ctx: &Context<'_>, row: &Row<'_>, field: &str, out: &mut Problems) -> Option<String> {
    let Some(cell) = row.optional("value") else {
        return Some(String::new());
    };
    let words = |list: &[&str], out: &mut Problems| row.one_of("value", &same(list), out).is_some();
    let fits = match field {
        "severity" | "grade" | "answer_grade" => {
            return row.whole("value", 1, 6, out).map(|v| v.to_string());
        }
        "answer_month" => return row.month("value", out).map(|v| v.to_string()),
        "answered" => words(&["yes", "no"], out),
        "value" => return row.number("value", -1.0, 1.0, out).map(|v| v.to_string()),
        "beneficiary" => words(BENEFICIARIES, out),
        "justification" => words(JUSTIFICATIONS, out),
        "class" => find_class(ctx, cell, row.place("value"), out).is_some(),
        "issue" => ctx.issue(row, "value", out).is_some(),
        _ => ctx.role(row, "value", out).is_some(),
    };
    fits.then(|| cell.to_owned())
}
