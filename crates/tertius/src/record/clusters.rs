//! Rows that tell of one thing, as one package, one document or one occasion does, are no independent
//! witnesses.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Cited;
use crate::vocabulary::When;

/// What puts a row into a cluster.
#[derive(Clone, Debug)]
pub(crate) struct Clustered<K> {
    /// First day that it may be of.
    pub(crate) first: Date,
    /// Whether its date is precise to the month or better.
    pub(crate) precise: bool,
    /// What it may share with others over any distance: a label, or a date and a source.
    pub(crate) keys: Vec<K>,
}

/// What rows of a record share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shared<'a> {
    /// An episode label.
    Episode(&'a str),
    /// A source of one date: one document, or one occasion.
    Occasion(When, &'a str),
}

impl<'a> Clustered<Shared<'a>> {
    /// A row with its episode label, and its sources on its date.
    pub(crate) fn of(date: When, cited: &'a Cited) -> Self {
        let episode = cited.episode.as_deref().map(Shared::Episode);
        let sources = cited.sources.iter();
        let occasions = sources.map(|s| Shared::Occasion(date, s));
        Clustered {
            first: date.first_day(),
            precise: date.is_month_precise(),
            keys: episode.into_iter().chain(occasions).collect(),
        }
    }
}

/// The weight of each row in its cluster ([`cluster_weight`]).
pub(crate) fn weights<K: Ord>(rows: &[Clustered<K>], days: i32, correlation: f64) -> Vec<f64> {
    let mut found = vec![1.0; rows.len()];
    for c in clusters(rows, days) {
        let weight = cluster_weight(c.len(), correlation);
        for i in c {
            found[i] = weight;
        }
    }
    found
}

/// The weight of a row in a cluster of n, `1 / (1 + ρ (n − 1))`: the design effect of n rows correlated by
/// ρ. A cluster counts for at least one row and less than 1/ρ.
pub(crate) fn cluster_weight(n: usize, correlation: f64) -> f64 {
    1.0 / (1.0 + correlation * n.saturating_sub(1) as f64)
}

/// How many independent rows a cluster of n counts for, `n / (1 + ρ (n − 1))`.
pub(crate) fn worth(n: usize, correlation: f64) -> f64 {
    n as f64 / (1.0 + correlation * n.saturating_sub(1) as f64)
}

/// The rows of each cluster, by date.
///
/// In the order of their dates, a row joins the latest cluster that has a key of its own, or else the latest
/// one whose *first* row is at most `days` away; otherwise it opens one. A date that no month holds joins by
/// key only. The order in which rows are given changes nothing.
pub(crate) fn clusters<K: Ord>(rows: &[Clustered<K>], days: i32) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|i| (rows[*i].first, !rows[*i].precise, &rows[*i].keys));
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    // The latest cluster of each key; and the latest that opened on a date to the month: clusters open in the
    // order of their first rows, so that where any is near, that one is.
    let mut by_key: BTreeMap<&K, usize> = BTreeMap::new();
    let mut latest: Option<(usize, Date)> = None;
    for i in order {
        let row = &rows[i];
        let known = row.keys.iter().filter_map(|k| by_key.get(k)).max();
        let near = || {
            let (at, first) = latest.filter(|_| row.precise)?;
            ((row.first - first).get_days() <= days).then_some(at)
        };
        let at = known.copied().or_else(near).unwrap_or_else(|| {
            if row.precise {
                latest = Some((clusters.len(), row.first));
            }
            clusters.push(Vec::new());
            clusters.len() - 1
        });
        clusters[at].push(i);
        // It joined the latest that any of its keys knew: none of them knew a later one.
        by_key.extend(row.keys.iter().map(|k| (k, at)));
    }
    clusters
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Confidence;
    use crate::vocabulary::Text;

    fn row(id: &str, episode: Option<&str>, source: &str) -> Cited {
        Cited {
            id: id.into(),
            file: "positions.csv".into(),
            row: 2,
            known_from: jiff::civil::date(2014, 1, 1),
            episode: episode.map(str::to_owned),
            description: Text::default(),
            sources: vec![source.into()],
            quote: None,
            locator: None,
            checked: true,
            confidence: Confidence::High,
            coder: "c".into(),
        }
    }

    fn of(rows: &[(&str, Option<&str>, &str)]) -> Vec<f64> {
        let cited: Vec<Cited> = rows
            .iter()
            .enumerate()
            .map(|(i, (_, episode, source))| row(&format!("p{i}"), *episode, source))
            .collect();
        let dated: Vec<Clustered<Shared<'_>>> = rows
            .iter()
            .zip(&cited)
            .map(|((date, ..), c)| Clustered::of(date.parse().unwrap(), c))
            .collect();
        let found = weights(&dated, 14, 0.5);
        let mut turned = dated;
        turned.reverse();
        let mut again = weights(&turned, 14, 0.5);
        again.reverse();
        assert_eq!(found, again, "the order of rows changes nothing");
        found
    }

    #[test]
    fn one_occasion_counts_for_less_than_two_rows() {
        let day = |d| (d, None, d);
        // Days 3 and 16 join day 2; day 17 is fifteen days from it.
        let days = ["2014-03-02", "2014-03-03", "2014-03-16", "2014-03-17"].map(day);
        assert_eq!(of(&days), [0.5, 0.5, 0.5, 1.0]);
        // A label holds over any distance.
        let labelled = [
            ("2014-01-01", Some("e"), "a"),
            ("2014-09-01", Some("e"), "b"),
        ];
        assert_eq!(of(&labelled), [1.0 / 1.5; 2]);
    }

    #[test]
    fn rows_of_a_year_join_only_what_is_of_one_source_or_label() {
        let year = [
            ("2014", None, "a"),
            ("2014", None, "b"),
            ("2014-01-03", None, "c"),
        ];
        assert_eq!(of(&year), [1.0; 3]);
        let one_document = [
            ("2014", None, "a"),
            ("2014", None, "a"),
            ("2015", None, "a"),
        ];
        assert_eq!(of(&one_document), [1.0 / 1.5, 1.0 / 1.5, 1.0]);
    }
}
