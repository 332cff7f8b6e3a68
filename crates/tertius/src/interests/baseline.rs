//! The ally's posture before the case began, as far as each month knew it.

use crate::record::{PositionKind, Record};
use crate::vocabulary::Month;

/// y0 by issue of the case: the mean of the ally's positions dated before the first month. One that became known
/// only later counts from then on, so that no month rests on what was not known before it began.
#[derive(Clone, Debug)]
pub struct Baselines {
    /// By issue: the month in which each position became known, in order, and the mean of all up to it.
    issues: Vec<Vec<(Month, f64)>>,
}

impl Baselines {
    /// Of the issues of a record.
    pub fn of(record: &Record) -> Baselines {
        let issues = (0..record.case.issues.len()).map(|issue| of_issue(record, issue));
        Baselines {
            issues: issues.collect(),
        }
    }

    /// y0 of an issue, from what was known before `month` began. Nothing where no position was.
    pub fn before(&self, issue: usize, month: Month) -> Option<f64> {
        let means = self.issues.get(issue)?;
        let known = means.partition_point(|(since, _)| *since < month);
        Some(means[..known].last()?.1)
    }
}

fn of_issue(record: &Record, issue: usize) -> Vec<(Month, f64)> {
    let begin = record.case.span.first().first_day();
    let before = record.positions.iter().filter(|p| {
        p.issue == issue
            && p.actor == *record.case.triad.ally()
            && p.kind == PositionKind::Preference
            && p.date.last_day() < begin
    });
    let mut known: Vec<(Month, f64)> = before
        .map(|p| (Month::of(p.cited.known_from), p.value))
        .collect();
    // By value too: a sum depends on its order in the last bit.
    known.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut sum = 0.0;
    let mean = |(n, (month, value)): (usize, (Month, f64))| {
        sum += value;
        (month, sum / (n + 1) as f64)
    };
    known.into_iter().enumerate().map(mean).collect()
}
