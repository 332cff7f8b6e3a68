//! Rows that tell of one thing weigh less than as many things would.

use std::collections::BTreeSet;

use jiff::civil::Date;

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
    struct Cluster<'a> {
        first: Date,
        precise: bool,
        labels: Vec<&'a str>,
        members: Vec<usize>,
    }
    let mut order: Vec<usize> = (0..acts.len()).collect();
    order.sort_by_key(|&i| (acts[i].first, !acts[i].precise, acts[i].episode));
    let mut clusters: Vec<Cluster<'_>> = Vec::new();
    for i in order {
        let act = &acts[i];
        let labelled = |c: &Cluster<'_>| act.episode.is_some_and(|e| c.labels.contains(&e));
        let near = |c: &Cluster<'_>| {
            act.precise && c.precise && (act.first - c.first).get_days() <= options.episode_days
        };
        let by_label = clusters.iter().rposition(labelled);
        match by_label.or_else(|| clusters.iter().rposition(near)) {
            Some(at) => {
                clusters[at].members.push(i);
                clusters[at].labels.extend(act.episode);
            }
            None => clusters.push(Cluster {
                first: act.first,
                precise: act.precise,
                labels: act.episode.into_iter().collect(),
                members: vec![i],
            }),
        }
    }
    let mut weights = vec![1.0; acts.len()];
    for c in clusters {
        let w = cluster_weight(c.members.len(), options.episode_correlation);
        for i in c.members {
            weights[i] = w;
        }
    }
    weights
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
    let together = |a: &Dated<'_>, b: &Dated<'_>| {
        let labelled = a.episode.is_some() && a.episode == b.episode;
        let near = || (a.first - b.first).get_days().abs() <= options.episode_days;
        labelled || (a.precise && b.precise && near())
    };
    measures
        .iter()
        .map(|a| {
            // At least one: a date that no month holds is not near even itself.
            let n = measures.iter().filter(|b| together(a, b)).count();
            cluster_weight(n.max(1), options.episode_correlation)
        })
        .collect()
}

/// `1 / (1 + ρ (n − 1))`: the design effect of n rows correlated by ρ.
pub fn cluster_weight(n: usize, correlation: f64) -> f64 {
    1.0 / (1.0 + correlation * (n.max(1) - 1) as f64)
}
