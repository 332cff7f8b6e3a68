//! Rows that tell of one thing, as one document or one occasion does, are no independent witnesses.

use std::collections::BTreeMap;

use crate::record::Cited;
use crate::vocabulary::When;

/// The weight of each row in its cluster of n, `1 / (1 + ρ (n − 1))`: the design effect of n rows
/// correlated by ρ. A cluster counts for at least one row and less than 1/ρ.
pub(crate) fn weights(rows: &[(When, &Cited)], days: i32, correlation: f64) -> Vec<f64> {
    let mut found = vec![1.0; rows.len()];
    for c in clusters(rows, days) {
        let weight = worth(c.len(), correlation) / c.len() as f64;
        for i in c {
            found[i] = weight;
        }
    }
    found
}

/// How many independent rows a cluster of n counts for, `n / (1 + ρ (n − 1))`.
pub(crate) fn worth(n: usize, correlation: f64) -> f64 {
    n as f64 / (1.0 + correlation * n.saturating_sub(1) as f64)
}

/// The rows of each cluster, by date.
///
/// In the order of their dates, a row joins the cluster that has its episode label, or that has a row of
/// the same date from the same source, or else the latest one whose *first* row is at most `days` away;
/// otherwise it opens one. A date that no month holds joins by label or source only. The order in which
/// rows are given changes nothing.
pub(crate) fn clusters(rows: &[(When, &Cited)], days: i32) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|i| {
        let (date, cited) = rows[*i];
        (
            date.first_day(),
            !date.is_month_precise(),
            &cited.episode,
            &cited.id,
        )
    });
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    // The latest cluster of each label, and of each date and source; and the latest that opened on a date to
    // the month: clusters open in the order of their first rows, so that where any is near, that one is.
    let mut by_label: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_source: BTreeMap<(When, &str), usize> = BTreeMap::new();
    let mut latest = None;
    for i in order {
        let (date, cited) = rows[i];
        let labelled = cited.episode.as_deref().and_then(|e| by_label.get(e));
        let sources = || cited.sources.iter().map(|s| (date, s.as_str()));
        let of_source = sources().filter_map(|s| by_source.get(&s)).max();
        let near = || {
            let (at, first): (usize, When) = latest.filter(|_| date.is_month_precise())?;
            let gap = (date.first_day() - first.first_day()).get_days();
            (gap <= days).then_some(at)
        };
        let joined = labelled.max(of_source).copied().or_else(near);
        let at = joined.unwrap_or_else(|| {
            if date.is_month_precise() {
                latest = Some((clusters.len(), date));
            }
            clusters.push(Vec::new());
            clusters.len() - 1
        });
        clusters[at].push(i);
        // It joined the latest that any of these knew: none of them knew a later one.
        if let Some(episode) = cited.episode.as_deref() {
            by_label.insert(episode, at);
        }
        by_source.extend(sources().map(|source| (source, at)));
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
        let dated: Vec<(When, &Cited)> = rows
            .iter()
            .zip(&cited)
            .map(|((date, ..), c)| (date.parse().unwrap(), c))
            .collect();
        let found = weights(&dated, 14, 0.5);
        let mut turned: Vec<(When, &Cited)> = dated;
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
