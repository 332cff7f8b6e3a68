//! Series of behaviour as evidence: departures from their own baseline of three years.

use super::SeriesEvidence;
use crate::record::{Series, SeriesStream, SeriesValue};
use crate::vocabulary::{Catalogue, Month, Role, Span};

/// Months of a baseline.
const BASELINE: i32 = 36;

/// First and last month of a value's period.
fn months(v: &SeriesValue) -> (Month, Month) {
    (
        Month::of(v.period.first_day()),
        Month::of(v.period.last_day()),
    )
}

/// A value less the mean of those of the three years before its period: nothing where these are not known in
/// full.
fn departure(values: &[SeriesValue], of: &SeriesValue) -> Option<f64> {
    let first = months(of).0;
    let (mut sum, mut n, mut covered) = (0.0, 0.0, 0);
    for v in values {
        let (from, to) = months(v);
        if from.until(first) > BASELINE || to.until(first) < 1 {
            continue;
        }
        sum += v.value?;
        n += 1.0;
        covered += from.until(to) + 1;
    }
    (covered == BASELINE).then(|| of.value.map(|x| x - sum / n))?
}

/// A series as evidence, if it is of behaviour, names roles that raise it, and departs from its baseline:
/// each departure divided by the standard deviation of all, in the middle month of its period, with the
/// departure of the period just before. Periods that overlap have no baseline that is covered once.
pub(super) fn evidence(
    series: &Series,
    catalogue: &Catalogue,
    span: Span,
) -> Option<SeriesEvidence> {
    let spec = &series.spec;
    if spec.stream != SeriesStream::Behaviour || spec.raised_by.is_empty() {
        return None;
    }
    let departures: Vec<(Month, Month, f64)> = series
        .values
        .iter()
        .filter_map(|v| {
            let (from, to) = months(v);
            Some((from, to, departure(&series.values, v)?))
        })
        .collect();
    let n = departures.len() as f64;
    let mean = departures.iter().map(|d| d.2).sum::<f64>() / n;
    let squares: f64 = departures.iter().map(|d| (d.2 - mean).powi(2)).sum();
    let sd = (squares / (n - 1.0)).sqrt();
    // One departure has no scale, nor have departures all alike.
    if !(sd > 0.0 && sd.is_finite()) {
        return None;
    }
    let values: Vec<(usize, f64, Option<f64>)> = departures
        .iter()
        .filter_map(|(from, to, x)| {
            let middle = *from + from.until(*to) / 2;
            let before = departures.iter().find(|d| d.1 + 1 == *from);
            Some((span.index(middle)?, x / sd, before.map(|d| d.2 / sd)))
        })
        .collect();
    let raises = |role: Role| spec.raised_by.contains(&catalogue.spec(role).id);
    (!values.is_empty()).then(|| SeriesEvidence {
        id: spec.id.clone(),
        raised_by: catalogue.roles().map(raises).collect(),
        values,
    })
}
