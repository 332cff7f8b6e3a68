//! The reading under other choices, and what the prior alone expects.

use super::shared::by_role;
use super::{ByRole, Flag, MonthFinding, PriorPredictive, Sensitivity, SensitivityCell};
use crate::record::Record;
use crate::roles::Reading;
use crate::roles::evidence::Evidence;
use crate::roles::flags::{ReadingFlag, Variants, flags};
use crate::vocabulary::{Catalogue, Role, Span};

/// Means over the periods of the published readings, as read and under each other choice.
pub(super) fn sensitivity(
    record: &Record,
    e: &Evidence,
    reading: &Reading,
    others: &Variants,
) -> Vec<Sensitivity> {
    let c = &record.case.catalogue;
    let cells = |roles: &[f64]| {
        let one = |r: &crate::record::Reading| SensitivityCell {
            period: r.id.clone(),
            roles: period_means(c, e, roles, r.span),
        };
        record.case.readings.iter().map(one).collect()
    };
    [
        ("as_read", &reading.roles),
        ("pairs_every_month", &others.pairs_every_month.roles),
        ("pairs_never", &others.pairs_never.roles),
        ("volume_off", &others.volume_off.roles),
        ("without_severity", &others.without_severity.roles),
    ]
    .map(|(id, roles)| Sensitivity {
        id: id.to_owned(),
        cells: cells(roles),
    })
    .into()
}

/// Means over the months of a span that were read; empty where none was.
fn period_means(c: &Catalogue, e: &Evidence, roles: &[f64], span: Span) -> ByRole<f64> {
    let months: Vec<usize> = span.months().filter_map(|m| e.span.index(m)).collect();
    if months.is_empty() {
        return ByRole::new();
    }
    let n = months.len() as f64;
    let at = |t: &usize, k: usize| roles[t * e.roles.len() + k];
    by_role(c, |k| months.iter().map(|t| at(t, k)).sum::<f64>() / n)
}

/// Flags the months of which a reader should know something first.
pub(super) fn flag_months(
    c: &Catalogue,
    e: &Evidence,
    reading: &Reading,
    others: Option<&Variants>,
    months: &mut [MonthFinding],
) {
    let id = |r: Role| c.spec(r).id.clone();
    for (month, found) in months.iter_mut().zip(flags(e, reading, others)) {
        month.flags.extend(found.into_iter().map(|flag| {
            let one = |name, r, by: f64| {
                Flag::new(name)
                    .with("role", id(r))
                    .with("by", format!("{by:.2}"))
            };
            let two = |name, a, b, by: f64| one(name, a, by).with("other", id(b));
            match flag {
                ReadingFlag::VolumeDependent(r, by) => one("volume_dependent", r, by),
                ReadingFlag::ModeSplit(r, by) => one("mode_split", r, by),
                ReadingFlag::PairDependent(a, b, by) => two("psi_dependent", a, b, by),
                ReadingFlag::Inseparable(a, b, by) => two("inseparable", a, b, by),
            }
        }));
    }
}

/// What the prior alone expects of a record of this length, by the ids of roles.
pub(super) fn prior_finding(
    c: &Catalogue,
    p: &crate::roles::prior_predictive::PriorPredictive,
    on: ByRole<f64>,
) -> PriorPredictive {
    PriorPredictive {
        on,
        share_on: by_role(c, |k| p.share_on[k]),
        changes_a_year: p.changes_a_year,
        acts_a_year: p.acts_a_year,
    }
}
