//! Rows that tell of one thing weigh less than as many things would.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::record::{Clustered, cluster_weight, weights};
use crate::roles::options::ReaderOptions;

/// What an act or a measure needs to be put into an episode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated<'a> {
    /// First day that it may be of.
    pub first: Date,
    /// Whether its date is precise to the month or better.
    pub precise: bool,
    /// Its episode label.
    pub episode: Option<&'a str>,
}

/// Weights of the acts of **one class**: `1 / (1 + ρ (n − 1))` in a cluster of n.
///
/// In the order of their dates, an act joins the cluster that has its episode label, or else the latest
/// one whose *first* act is at most the window away; otherwise it opens one. A date that no month holds
/// joins by label only. The order of the rows changes nothing.
///
/// ```
/// use tertius::roles::{ReaderOptions, evidence::{Dated, episode_weights}};
/// let day = |d: i8| Dated { first: jiff::civil::date(2014, 3, d), precise: true, episode: None };
/// // Days 3 and 16 join day 2; day 17 is fifteen days from it and opens a cluster of its own.
/// let w = episode_weights(&[day(2), day(3), day(16), day(17)], &ReaderOptions::default());
/// assert_eq!(w, [0.5, 0.5, 0.5, 1.0]);
/// ```
pub fn episode_weights(acts: &[Dated<'_>], options: &ReaderOptions) -> Vec<f64> {
    let rows: Vec<Clustered<&str>> = acts
        .iter()
        .map(|a| Clustered {
            first: a.first,
            precise: a.precise,
            keys: a.episode.into_iter().collect(),
        })
        .collect();
    weights(&rows, options.episode_days, options.episode_correlation)
}

/// The issue of each act of one class, with its weight among those of the class on the same issue.
pub fn weights_on_issues(
    acts: &[Dated<'_>],
    issues: &[Option<usize>],
    options: &ReaderOptions,
) -> Vec<Option<(usize, f64)>> {
    let mut found = vec![None; acts.len()];
    let all: BTreeSet<usize> = issues.iter().flatten().copied().collect();
    for issue in all {
        let own: Vec<usize> = (0..acts.len())
            .filter(|i| issues.get(*i) == Some(&Some(issue)))
            .collect();
        let dated: Vec<Dated<'_>> = own.iter().map(|i| acts[*i]).collect();
        for (i, weight) in own.into_iter().zip(episode_weights(&dated, options)) {
            found[i] = Some((issue, weight));
        }
    }
    found
}

/// Weights of the patron's measures: n counts those of the same episode, and those at most the window
/// away on either side. A date that no month holds goes together by label only, and always with itself.
///
/// ```
/// use tertius::roles::{ReaderOptions, evidence::{Dated, package_weights}};
/// let dated = |precise| Dated { first: jiff::civil::date(2014, 1, 1), precise, episode: None };
/// // What is known to be of 2014 alone is not of the package of its New Year's Day.
/// let w = package_weights(&[dated(true), dated(true), dated(false)], &ReaderOptions::default());
/// assert_eq!(w, [1.0 / 1.5, 1.0 / 1.5, 1.0]);
/// ```
pub fn package_weights(measures: &[Dated<'_>], options: &ReaderOptions) -> Vec<f64> {
    // Days of those that are precise: of all, and of each label.
    let precise = measures.iter().filter(|m| m.precise);
    let mut all: Vec<Date> = precise.map(|m| m.first).collect();
    all.sort_unstable();
    let near = |days: &[Date], day: Date| -> usize {
        let off = |d: &Date| (*d - day).get_days();
        let from = days.partition_point(|d| off(d) < -options.episode_days);
        days.partition_point(|d| off(d) <= options.episode_days) - from
    };
    let mut sizes: BTreeMap<&str, (usize, Vec<Date>)> = BTreeMap::new();
    for m in measures {
        let Some(label) = m.episode else { continue };
        let (n, days) = sizes.entry(label).or_default();
        *n += 1;
        days.extend(m.precise.then_some(m.first));
    }
    for (_, days) in sizes.values_mut() {
        days.sort_unstable();
    }
    measures
        .iter()
        .map(|a| {
            let (labelled, days) = a
                .episode
                .and_then(|e| sizes.get(e))
                .map_or((0, &[][..]), |(n, days)| (*n, days));
            // Those of the label that are near as well are counted once.
            let beside = if a.precise {
                near(&all, a.first) - near(days, a.first)
            } else {
                0
            };
            // At least one: a date that no month holds is not near even itself.
            cluster_weight((labelled + beside).max(1), options.episode_correlation)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition, pair by pair.
    fn by_pairs(measures: &[Dated<'_>], options: &ReaderOptions) -> Vec<f64> {
        let together = |a: &Dated<'_>, b: &Dated<'_>| {
            let near = (a.first - b.first).get_days().abs() <= options.episode_days;
            a.episode.is_some() && a.episode == b.episode || a.precise && b.precise && near
        };
        let size = |a| measures.iter().filter(|b| together(a, b)).count();
        let weight = |a| cluster_weight(size(a), options.episode_correlation);
        measures.iter().map(weight).collect()
    }

    /// The definition of episodes, cluster by cluster.
    fn by_clusters(acts: &[Dated<'_>], options: &ReaderOptions) -> Vec<f64> {
        let mut order: Vec<usize> = (0..acts.len()).collect();
        order.sort_by_key(|&i| (acts[i].first, !acts[i].precise, acts[i].episode));
        let mut clusters: Vec<Vec<usize>> = Vec::new();
        for i in order {
            let act = acts[i];
            let labelled = |c: &Vec<usize>| {
                c.iter()
                    .any(|j| act.episode.is_some() && acts[*j].episode == act.episode)
            };
            let near = |c: &Vec<usize>| {
                let first = acts[c[0]];
                let gap = (act.first - first.first).get_days();
                act.precise && first.precise && gap <= options.episode_days
            };
            match clusters
                .iter()
                .rposition(labelled)
                .or_else(|| clusters.iter().rposition(near))
            {
                Some(at) => clusters[at].push(i),
                None => clusters.push(vec![i]),
            }
        }
        let mut weights = vec![0.0; acts.len()];
        for c in clusters {
            for i in &c {
                weights[*i] = cluster_weight(c.len(), options.episode_correlation);
            }
        }
        weights
    }

    proptest! {
        #[test]
        fn weights_are_those_of_the_definition(
            rows in prop::collection::vec((0i16..90, any::<bool>(), 0usize..6), 0..40)
        ) {
            const LABELS: [Option<&str>; 6] = [None, None, None, Some("a"), Some("b"), Some("c")];
            let dated: Vec<Dated<'_>> = rows
                .iter()
                .map(|(day, precise, label)| Dated {
                    first: jiff::civil::date(2014, 1, 1) + jiff::Span::new().days(*day),
                    precise: *precise,
                    episode: LABELS[*label],
                })
                .collect();
            let options = ReaderOptions::default();
            prop_assert_eq!(package_weights(&dated, &options), by_pairs(&dated, &options));
            prop_assert_eq!(episode_weights(&dated, &options), by_clusters(&dated, &options));
        }
    }
}
