//! Agreement between the coders of a record, field by field, and the rows they disagree on.

use std::collections::BTreeMap;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use tertius_math::agreement::{Metric, alpha, alpha_interval};

use super::rows;
use super::{Band, RowFinding};
use crate::record::Record;

/// Agreement on one field of one table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldAgreement {
    /// The table.
    pub table: String,
    /// The field.
    pub field: String,
    /// `nominal`, `ordinal` or `interval`.
    pub metric: String,
    /// Rows to which two coders gave a value; of the grade and the month of an answer, rows that two
    /// coders hold to be answered.
    pub n: usize,
    /// Share of these rows on which all gave the same value.
    pub same: f64,
    /// Krippendorff's alpha; null where there was nothing to disagree about.
    pub alpha: Option<f64>,
    /// Its 95 % interval.
    pub alpha_95: Option<Band>,
    /// Ids of the rows on which coders differ, with the values given.
    pub differ: Vec<(String, Vec<String>)>,
}

/// Agreement of the codes of the tables with those of `codings/`, field by field. A field of which no row
/// has two values is left out.
pub fn agreement(record: &Record, seed: u64) -> Vec<FieldAgreement> {
    let rows: BTreeMap<String, RowFinding> = rows::rows(record)
        .into_iter()
        .map(|r| (r.id.clone(), r))
        .collect();
    let mut values: BTreeMap<(String, String), BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for c in &record.codings {
        let Some(row) = rows.get(&c.id) else { continue };
        let Some(first) = first_code(row, &c.field) else {
            continue;
        };
        let of_field = values
            .entry((c.table.clone(), c.field.clone()))
            .or_default();
        of_field
            .entry(c.id.clone())
            .or_insert_with(|| vec![first])
            .push(c.value.clone());
    }
    values
        .into_iter()
        .map(|((table, field), units)| one_field(table, field, units, seed))
        .filter(|f| f.n > 0)
        .collect()
}

fn first_code(row: &RowFinding, field: &str) -> Option<String> {
    match (row.table.as_str(), field) {
        ("acts", "class") => Some(row.code.clone()),
        ("acts", "severity") | ("measures", "grade") => row.severity.map(|s| s.to_string()),
        ("measures", "answered") => {
            let answered = row.more.contains_key("answer_date");
            Some(if answered { "yes" } else { "no" }.to_owned())
        }
        ("measures", "answer_grade") => {
            Some(row.more.get("answer_grade").cloned().unwrap_or_default())
        }
        // The day is the source's; the month is what the reading takes from it.
        ("measures", "answer_month") => {
            let day = row.more.get("answer_date").map_or("", String::as_str);
            Some(day.chars().take("2014-03".len()).collect())
        }
        (_, "issue") => Some(row.issue.clone().unwrap_or_default()),
        ("acts", "beneficiary" | "justification")
        | ("positions", "value")
        | ("statements", "role") => Some(row.more.get(field).cloned().unwrap_or_default()),
        _ => None,
    }
}

fn one_field(
    table: String,
    field: String,
    units: BTreeMap<String, Vec<String>>,
    seed: u64,
) -> FieldAgreement {
    const RESAMPLES: usize = 1000;
    let (metric, name) = match field.as_str() {
        "severity" | "grade" | "answer_grade" => (Metric::Ordinal, "ordinal"),
        "value" => (Metric::Interval, "interval"),
        _ => (Metric::Nominal, "nominal"),
    };
    // Numbers as numbers, so that .5 and 0.50 agree; words by their place among all words given.
    let mut words: Vec<&String> = units.values().flatten().collect();
    words.sort();
    words.dedup();
    let number = |v: &String| match metric {
        // No month says that there was no answer, which is told under `answered` and not twice.
        Metric::Nominal if field == "answer_month" && v.is_empty() => None,
        Metric::Nominal => words.binary_search(&v).ok().map(|i| i as f64),
        Metric::Ordinal | Metric::Interval => v.parse::<f64>().ok().filter(|x| x.is_finite()),
    };
    let numbers: Vec<Vec<f64>> = units
        .values()
        .map(|u| u.iter().filter_map(number).collect())
        .collect();
    let alike = |u: &Vec<f64>| u.windows(2).all(|w| w[0] == w[1]);
    let differ = units
        .iter()
        .zip(&numbers)
        .filter(|(_, n)| !alike(n))
        .map(|((id, v), _)| (id.clone(), v.clone()))
        .collect();
    let twice = || numbers.iter().filter(|u| u.len() >= 2);
    let n = twice().count();
    let same = twice().filter(|u| alike(u)).count() as f64 / n.max(1) as f64;
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    FieldAgreement {
        table,
        field,
        metric: name.to_owned(),
        n,
        same,
        alpha: alpha(&numbers, metric),
        alpha_95: alpha_interval(&numbers, metric, RESAMPLES, || rng.random()),
        differ,
    }
}
