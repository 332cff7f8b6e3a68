//! How few rows carry what is read of a period and of the last month.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tertius_math::hidden_markov::HiddenMarkovError;

use super::RunOptions;
use crate::record::Record;
use crate::roles::Reading;
use crate::roles::evidence::{Evidence, RowWeights};
use crate::roles::fragility::{Estimate, Label, MOST_ROWS, Rows, fragility, mean_of, reread};
use crate::roles::parameters::Priors;
use crate::vocabulary::Month;

/// A role's mean probability over some months, and the fewest rows found without which it crosses ½.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fragility {
    /// The role.
    pub role: String,
    /// Id of the published reading whose period it is; null for the last month.
    pub period: Option<String>,
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
    /// Mean probability as read.
    pub before: f64,
    /// Ids of the rows without which it crosses ½, as read again in full; empty where the search found no
    /// such set of up to `most_rows`.
    pub rows: Vec<String>,
    /// Mean probability without them; null where there is no such set.
    pub after: Option<f64>,
    /// Monte Carlo standard error of `after`.
    pub after_mc_error: Option<f64>,
    /// Whether it is known that no smaller set exists. Greedily found, a larger one is an upper bound.
    pub proved_minimal: bool,
    /// The most rows that were taken out together.
    pub most_rows: usize,
    /// The row that moves it furthest toward ½ when taken out alone; null where none moves it that way.
    pub alone_row: Option<String>,
    /// Mean probability without that row, estimated from the draws of the reading.
    pub alone_after: Option<f64>,
}

/// For each published reading's period, and the last month, every role.
pub(super) fn fragile(
    record: &Record,
    e: &Evidence,
    reading: &Reading,
    o: &RunOptions,
) -> Result<Vec<Fragility>, HiddenMarkovError> {
    let catalogue = &record.case.catalogue;
    let last = e.span.len() - 1;
    let periods = record.case.readings.iter().filter_map(|r| {
        let inside: Vec<usize> = r.span.months().filter_map(|m| e.span.index(m)).collect();
        Some((Some(r.id.clone()), (*inside.first()?, *inside.last()?)))
    });
    let periods: Vec<(Option<String>, (usize, usize))> =
        periods.chain([(None, (last, last))]).collect();
    let labels: Vec<(Label, f64)> = periods
        .iter()
        .flat_map(|(_, months)| {
            catalogue.roles().map(|role| Label {
                role,
                months: *months,
            })
        })
        .map(|label| (label, mean_of(e, &reading.roles, label)))
        .collect();
    let acts = e.acts.iter().map(|a| a.id.as_str());
    let ids: Vec<&str> = acts
        .chain(e.measures.iter().map(|m| m.id.as_str()))
        .collect();
    let gone =
        |rows: &BTreeSet<usize>| -> BTreeSet<&str> { rows.iter().map(|i| ids[*i]).collect() };
    let weighed = RowWeights::new(record, e, &o.reader);
    let weights = |rows: &BTreeSet<usize>| weighed.without(rows);
    let evidence = |rows: &BTreeSet<usize>| {
        let gone = gone(rows);
        Evidence::of_rows(record, &o.reader, &|id| !gone.contains(id))
    };
    let again =
        |left: &Evidence, label: Label, round: usize| -> Result<Estimate, HiddenMarkovError> {
            let k = labels.iter().position(|(l, _)| *l == label).unwrap_or(0);
            let stream = 10_000 * (1 + 8 * k + round) as u64;
            // The level is centred on the volume that is left; all else of the priors is the same.
            let priors = Priors::new(catalogue, left, &o.reader);
            reread(left, &priors, &o.reader, reading, label, o.seed, stream)
        };
    let rows = Rows {
        weights: &weights,
        evidence: &evidence,
    };
    let found = fragility(e, &o.reader, &reading.parameters, &labels, rows, &again)?;
    let roles = catalogue.roles().len();
    Ok(found
        .into_iter()
        .enumerate()
        .map(|(i, f)| Fragility {
            role: catalogue.spec(f.label.role).id.clone(),
            period: periods[i / roles].0.clone(),
            from: e.span.month(f.label.months.0),
            to: e.span.month(f.label.months.1),
            before: f.before,
            rows: f.rows.iter().map(|r| ids[*r].to_owned()).collect(),
            after: f.after.map(|a| a.p),
            after_mc_error: f.after.map(|a| a.mc_error),
            proved_minimal: f.proved_minimal,
            most_rows: MOST_ROWS,
            alone_row: f.alone.map(|(r, _)| ids[r].to_owned()),
            alone_after: f.alone.map(|(_, p)| p),
        })
        .collect())
}
