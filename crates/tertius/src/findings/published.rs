//! What we read in the periods of readings that others have published.

use std::collections::BTreeMap;

use super::shared::{by_role, ids as ids_of};
use super::{Band, ByRole, MonthFinding, PublishedReading, SetProbability};
use crate::record::Record;
use crate::roles::Reading;
use crate::roles::evidence::Evidence;
use crate::vocabulary::{Role, RoleSet};

/// Means of ours, and shares of the rule's labels, over the period of each published reading. Where none of
/// its months was read there is neither.
pub(super) fn published(
    record: &Record,
    e: &Evidence,
    reading: &Reading,
    months: &[MonthFinding],
) -> Vec<PublishedReading> {
    let c = &record.case.catalogue;
    record
        .case
        .readings
        .iter()
        .map(|r| {
            let inside: Vec<&MonthFinding> = months
                .iter()
                .filter(|m| r.span.index(m.month).is_some())
                .collect();
            let n = inside.len() as f64;
            let mean = |id: &str| inside.iter().map(|m| m.roles[id]).sum::<f64>() / n;
            let mut labels: BTreeMap<Vec<String>, f64> = BTreeMap::new();
            let mut unknown = 0.0;
            for m in &inside {
                match &m.rule.labels {
                    Some(set) => *labels.entry(set.clone()).or_default() += 1.0 / n,
                    None => unknown += 1.0 / n,
                }
            }
            let at: Vec<usize> = r.span.months().filter_map(|m| e.span.index(m)).collect();
            // Of the mean over the period, draw by draw: bounds of months, averaged, would be too wide.
            let band = |k: usize| -> Option<Band> {
                let of =
                    |row: &Vec<f64>| at.iter().map(|t| row[t * e.roles.len() + k]).sum::<f64>() / n;
                let mut means: Vec<f64> = reading.of_draws.iter().map(of).collect();
                means.sort_unstable_by(f64::total_cmp);
                let point = |u: f64| {
                    let i = (means.len().saturating_sub(1) as f64 * u).round() as usize;
                    means.get(i).copied()
                };
                Some([point(0.05)?, point(0.95)?])
            };
            let none = inside.is_empty();
            let mean_of = |j: usize| {
                let sum = at
                    .iter()
                    .map(|t| reading.sets[t * e.sets.len() + j])
                    .sum::<f64>();
                sum / n
            };
            let mut sets: Vec<(RoleSet, f64)> = e
                .sets
                .iter()
                .enumerate()
                .filter(|_| !none)
                .map(|(j, z)| (*z, mean_of(j)))
                .collect();
            sets.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let pairs = e.roles.iter().enumerate().flat_map(|(k, a)| {
                let both = |b: &Role| -> f64 {
                    let joint = sets.iter().filter(|(z, _)| z.has(*a) && z.has(*b));
                    joint.map(|(_, p)| p).sum()
                };
                let id = |r: &Role| c.spec(*r).id.clone();
                let others = e.roles[k + 1..].iter();
                others
                    .map(|b| (format!("{}+{}", id(a), id(b)), both(b)))
                    .collect::<Vec<_>>()
            });
            let ids = || c.roles().map(|k| c.spec(k).id.clone()).filter(|_| !none);
            PublishedReading {
                id: r.id.clone(),
                name: r.name.clone(),
                from: r.span.first(),
                to: r.span.last(),
                roles: r.roles.clone(),
                source: r.source.clone(),
                note: r.note.clone(),
                ours: ids().map(|id| (id.clone(), mean(&id))).collect(),
                ours_pairs: pairs.filter(|_| !none).collect(),
                ours_sets: sets
                    .iter()
                    .take(3)
                    .map(|(z, p)| SetProbability {
                        set: ids_of(c, *z),
                        p: *p,
                    })
                    .collect(),
                ours_bands_90: if none {
                    ByRole::new()
                } else {
                    by_role(c, band)
                },
                months_read: inside.len(),
                rule: labels
                    .into_iter()
                    .map(|(set, p)| SetProbability { set, p })
                    .collect(),
                rule_unknown: unknown,
                rule_held: (!none)
                    .then(|| inside.iter().filter(|m| m.rule.is_held()).count() as f64 / n),
                rule_decided: months
                    .iter()
                    .rfind(|m| {
                        m.month <= r.span.last() && !m.rule.trace.is_empty() && !m.rule.is_held()
                    })
                    .map(|m| m.month),
            }
        })
        .collect()
}
