//! How much there was to read, and how far it moved the reading from the prior.

use serde::{Deserialize, Serialize};

use super::shared::by_role;
use super::{ByRole, MonthFinding};
use crate::roles::evidence::Evidence;
use crate::roles::prior_paths::PriorPaths;
use crate::roles::turning::{LEAST_FACTOR, bayes_factor};
use crate::vocabulary::{Catalogue, Month};

/// What the roles were read from, and what it did to them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadFrom {
    /// Acts of behaviour.
    pub acts: usize,
    /// Measures of the patron that may be answered.
    pub measures: usize,
    /// Values of series of behaviour.
    pub values: usize,
    /// Months in which some class of acts was searched in full, so that silence speaks.
    pub searched: usize,
    /// Share of months and roles whose odds lie at a factor of 3 or more from the prior's, up or down. At 0
    /// what is read is next to the prior.
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
    pub moved: f64,
    /// The largest such factor, up or down; null where a probability is 0 or 1.
    pub largest_factor: Option<f64>,
    /// The role that it moved; null where no month was read.
    pub role: Option<String>,
    /// And the month.
    pub month: Option<Month>,
}

impl ReadFrom {
    /// Whether there was nothing to read at all.
    pub fn is_nothing(&self) -> bool {
        self.acts + self.measures + self.values + self.searched == 0
    }
}

/// Probability of each role under the prior.
pub(super) fn prior_on(c: &Catalogue, prior: &PriorPaths) -> ByRole<f64> {
    by_role(c, |k| prior.on[k])
}

pub(super) fn read_from(e: &Evidence, on: &ByRole<f64>, months: &[MonthFinding]) -> ReadFrom {
    let (mut moved, mut all) = (0usize, 0usize);
    let mut largest: Option<(f64, Option<f64>, &String, Month)> = None;
    for m in months {
        for (id, p) in &m.roles {
            let Some(prior) = on.get(id) else { continue };
            let factor = bayes_factor(*p, *prior).map(|b| b.max(1.0 / b));
            let size = factor.unwrap_or(f64::INFINITY);
            all += 1;
            moved += usize::from(size >= LEAST_FACTOR);
            if largest.is_none_or(|(most, ..)| size > most) {
                largest = Some((size, factor, id, m.month));
            }
        }
    }
    ReadFrom {
        acts: e.acts.len(),
        measures: e.measures.len(),
        values: e.series.iter().map(|s| s.values.len()).sum(),
        searched: e
            .exhaustive
            .iter()
            .filter(|m| m.iter().any(|full| *full))
            .count(),
        moved: moved as f64 / all.max(1) as f64,
        largest_factor: largest.and_then(|l| l.1),
        role: largest.map(|l| l.2.clone()),
        month: largest.map(|l| l.3),
    }
}
