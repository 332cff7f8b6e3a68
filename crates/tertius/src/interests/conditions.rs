//! The conditions of a month, as far as they were known before it (model B.2).

use super::measured::Measured;
use crate::record::Record;
use crate::vocabulary::{Month, Observed, When};

/// A condition with where it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The indicator.
    pub indicator: &'static str,
    /// What is known of it.
    pub value: Observed<Measured>,
    /// The series.
    pub series: Option<String>,
    /// The period whose value it is.
    pub period: Option<When>,
}

/// Everything that the rule takes from series.
#[derive(Clone, Debug, PartialEq)]
pub struct Conditions {
    /// In the order of [`crate::record::RULE_INDICATORS`].
    pub all: Vec<Condition>,
}

impl Conditions {
    /// What was known before `month` began. A value whose period ended more than `oldest` months before
    /// does not stand for now.
    pub fn before(record: &Record, month: Month, oldest: u32) -> Conditions {
        let one = |name: &'static str| {
            let series = record.condition_series(name);
            let found = series.map_or(Observed::OutsideCoverage, |s| s.known_before(month, oldest));
            Condition {
                indicator: name,
                value: found.map(|v| {
                    let mid = v.value.unwrap_or(f64::NAN);
                    match (v.low, v.high) {
                        (None, None) => Measured::bare(mid),
                        (low, high) => Measured::new(mid, low.unwrap_or(mid), high.unwrap_or(mid)),
                    }
                }),
                series: series.map(|s| s.spec.id.clone()),
                period: found.value().map(|v| v.period),
            }
        };
        let all = crate::record::RULE_INDICATORS
            .iter()
            .map(|(name, _, _)| one(name))
            .collect();
        Conditions { all }
    }

    /// The value of an indicator, if it is known.
    pub fn get(&self, indicator: &str) -> Option<Measured> {
        self.all
            .iter()
            .find(|c| c.indicator == indicator)
            .and_then(|c| c.value.value())
    }
}
