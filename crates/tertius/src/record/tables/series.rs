//! The files of `series/`.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::columns::SERIES;
use super::{Context, check_bounds};
use crate::record::case::SeriesSpec;
use crate::record::diagnostic::{Diagnostic, DiagnosticId as Id};
use crate::record::problems::Problems;
use crate::record::row::Row;
use crate::record::rows::{Series, SeriesValue};
use crate::record::table::read_rows;
use crate::vocabulary::{Month, When};

pub(in crate::record) fn series(
    ctx: &mut Context<'_>,
    spec: &SeriesSpec,
    bytes: &[u8],
    out: &mut Problems,
) -> Series {
    let mut seen: BTreeMap<(Date, Date), u64> = BTreeMap::new();
    let names = ctx.names();
    let mut values = read_rows(&spec.file, bytes, &SERIES, names, out, |row, out| {
        let value = series_value(ctx, spec, row, out)?;
        let period = (value.period.first_day(), value.period.last_day());
        if let Some(first) = seen.get(&period) {
            out.push(
                Diagnostic::new(Id::DuplicatePeriod, row.place("period"))
                    .with("value", value.period)
                    .with("first", first),
            );
            return None;
        }
        seen.insert(period, value.row);
        Some(value)
    });
    // Of two periods that begin together the shorter comes last, and is found first.
    values.sort_by_key(|v| (v.period.first_day(), Reverse(v.period.last_day())));
    Series {
        spec: spec.clone(),
        values,
    }
}

fn series_value(
    ctx: &mut Context<'_>,
    spec: &SeriesSpec,
    row: &Row<'_>,
    out: &mut Problems,
) -> Option<SeriesValue> {
    let period = row.when("period", out);
    let mut number = |column| row.number(column, spec.lower, spec.upper, out);
    let (value, low, high) = (number("value"), number("low"), number("high"));
    check_bounds(row, low, value, high, out);
    let n = row.whole("n", 1, u32::MAX, out);
    let known = row.day_like("known_from", out);
    let sources = ctx.some_keys(row, out);
    let note = row.text("note", out);
    let period = period?;
    let published = known.map_or_else(
        || {
            let end = period.last_day();
            if spec.lag_months == 0 {
                end
            } else {
                (Month::of(end) + spec.lag_months as i32).last_day()
            }
        },
        When::last_day,
    );
    Some(SeriesValue {
        row: row.number_of_row(),
        period,
        value,
        low,
        high,
        n,
        known_from: published,
        sources,
        note,
    })
}
