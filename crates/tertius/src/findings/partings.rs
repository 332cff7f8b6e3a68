//! Where rule and reader agree, and where they part, why. Neither feeds the other: here they only meet.

use std::collections::{BTreeMap, BTreeSet};

use tertius_math::agreement::kappa;

use super::{
    Agreement, DecidingStep, MonthFinding, PartKind, Parting, RoleAgreement, RowWeight,
    SetProbability, Waterfall,
};
use crate::interests::month::RuleRun;
use crate::interests::rule::{Forced, RuleOptions, Step, apply_forced};
use crate::record::Reading;
use crate::vocabulary::Catalogue;

/// Rows named of a parting.
const ROWS: usize = 5;

type Set<'f> = BTreeSet<&'f str>;

fn set(ids: &[String]) -> Set<'_> {
    ids.iter().map(String::as_str).collect()
}

/// A month in which the rule says a role.
struct Compared<'f> {
    rule: Set<'f>,
    reader: Set<'f>,
}

impl Compared<'_> {
    fn parts(&self) -> bool {
        self.rule != self.reader
    }
}

fn compared(months: &[MonthFinding]) -> Vec<Option<Compared<'_>>> {
    let mut found = Vec::with_capacity(months.len());
    for m in months {
        let (rule, reader) = (set(m.rule.expects()), set(&m.set));
        found.push((!rule.is_empty()).then_some(Compared { rule, reader }));
    }
    found
}

/// How far they agree over all months in which the rule says a role.
pub(super) fn agreement(c: &Catalogue, months: &[MonthFinding]) -> Agreement {
    let all = compared(months);
    let said: Vec<&Compared<'_>> = all.iter().flatten().collect();
    let share = |of: &dyn Fn(&Compared<'_>) -> bool| {
        let n = said.iter().filter(|m| of(m)).count() as f64;
        (!said.is_empty()).then(|| n / said.len() as f64)
    };
    let of_role = |id: &str| {
        let rule: Vec<bool> = said.iter().map(|m| m.rule.contains(id)).collect();
        let reader: Vec<bool> = said.iter().map(|m| m.reader.contains(id)).collect();
        RoleAgreement {
            rule: share(&|m| m.rule.contains(id)),
            reader: share(&|m| m.reader.contains(id)),
            same: share(&|m| m.rule.contains(id) == m.reader.contains(id)),
            kappa: kappa(&rule, &reader),
        }
    };
    let ids = c.roles().map(|r| c.spec(r).id.clone());
    Agreement {
        months: said.len(),
        silent: months.len() - said.len(),
        same_set: share(&|m| !m.parts()),
        shares_role: share(&|m| !m.rule.is_disjoint(&m.reader)),
        roles: ids.map(|id| (id.clone(), of_role(&id))).collect(),
    }
}

/// The period of each published reading, and each longest run of months in all of which the two part, in
/// the order of their first months.
pub(super) fn partings(
    readings: &[Reading],
    options: &RuleOptions,
    runs: &[RuleRun],
    months: &[MonthFinding],
    waterfalls: &[Waterfall],
) -> Vec<Parting> {
    let all = compared(months);
    let parts = |t: usize| all[t].as_ref().is_some_and(Compared::parts);
    let of = |period: Option<&str>, from: usize, to: usize| {
        let stretch = Stretch {
            all: &all,
            months,
            from,
            to,
        };
        stretch.parting(period, options, runs, waterfalls)
    };
    let periods = readings.iter().filter_map(|r| {
        let inside = |m: &MonthFinding| r.span.index(m.month).is_some();
        let from = months.iter().position(inside)?;
        Some(of(Some(&r.id), from, months.iter().rposition(inside)?))
    });
    let mut found: Vec<Parting> = periods.collect();
    let mut t = 0;
    while t < months.len() {
        let length = (t..months.len()).take_while(|t| parts(*t)).count();
        if length > 0 {
            found.push(of(None, t, t + length - 1));
        }
        t += length.max(1);
    }
    found.sort_by_key(|p| (p.from, p.to, p.period.is_none()));
    found
}

/// Months `from` to `to`, both included, by position.
struct Stretch<'f> {
    all: &'f [Option<Compared<'f>>],
    months: &'f [MonthFinding],
    from: usize,
    to: usize,
}

impl Stretch<'_> {
    fn said(&self) -> impl Iterator<Item = (usize, &Compared<'_>)> {
        (self.from..=self.to).filter_map(|t| Some((t, self.all[t].as_ref()?)))
    }

    fn parted(&self) -> impl Iterator<Item = (usize, &Compared<'_>)> {
        self.said().filter(|(_, m)| m.parts())
    }

    fn parting(
        &self,
        period: Option<&str>,
        options: &RuleOptions,
        runs: &[RuleRun],
        waterfalls: &[Waterfall],
    ) -> Parting {
        let (compared, parted) = (self.said().count(), self.parted().count());
        let deciding: Vec<DecidingStep> = self
            .parted()
            .filter_map(|(t, m)| deciding_step(options, runs, t, &m.reader, self.months))
            .collect();
        let undecided = parted - deciding.len();
        Parting {
            period: period.map(str::to_owned),
            from: self.months[self.from].month,
            to: self.months[self.to].month,
            compared,
            parted,
            rule: shares(self.said().map(|(_, m)| &m.rule), compared),
            reader: shares(self.said().map(|(_, m)| &m.reader), compared),
            deciding: by_test(deciding, parted),
            no_single_step: (parted > 0).then(|| undecided as f64 / parted as f64),
            rows: self.rows(waterfalls),
        }
    }

    /// Rows of the evidence of turning points in these months that speak for what the reader says and the
    /// rule does not, or against what only the rule says.
    fn rows(&self, waterfalls: &[Waterfall]) -> Vec<RowWeight> {
        let mut found = Vec::new();
        for w in waterfalls {
            let Some(m) = self
                .parted()
                .find(|(t, _)| self.months[*t].month == w.month)
                .map(|(_, m)| m)
            else {
                continue;
            };
            let (rule, reader) = (m.rule.contains(&*w.role), m.reader.contains(&*w.role));
            if rule == reader {
                continue;
            }
            let side = if reader { 1.0 } else { -1.0 };
            let rows = w.parts.iter().filter(|p| p.kind == PartKind::Row);
            found.extend(rows.filter(|p| side * p.nats > 0.0).filter_map(|p| {
                Some(RowWeight {
                    row: p.row.clone()?,
                    role: w.role.clone(),
                    month: w.month,
                    nats: side * p.nats,
                })
            }));
        }
        found.sort_by(|a, b| {
            let names = |x: &RowWeight| (x.row.clone(), x.role.clone(), x.month);
            b.nats
                .total_cmp(&a.nats)
                .then_with(|| names(a).cmp(&names(b)))
        });
        found.truncate(ROWS);
        found
    }
}

fn shares<'f>(sets: impl Iterator<Item = &'f Set<'f>>, of: usize) -> Vec<SetProbability> {
    let mut counts: BTreeMap<&Set<'_>, usize> = BTreeMap::new();
    for s in sets {
        *counts.entry(s).or_default() += 1;
    }
    let mut found: Vec<SetProbability> = counts
        .into_iter()
        .map(|(s, n)| SetProbability {
            set: s.iter().map(|id| (*id).to_owned()).collect(),
            p: n as f64 / of as f64,
        })
        .collect();
    found.sort_by(|a, b| b.p.total_cmp(&a.p).then_with(|| a.set.cmp(&b.set)));
    found
}

/// The test of a month that would give the reader's set if it came out the other way; of several the one
/// with the smallest margin, and of those the first. Tests that look at behaviour are none of the label's.
fn deciding_step(
    options: &RuleOptions,
    runs: &[RuleRun],
    t: usize,
    reader: &Set<'_>,
    months: &[MonthFinding],
) -> Option<DecidingStep> {
    let run = &runs[t];
    let last = t.checked_sub(1).map(|before| &runs[before].expected);
    let gives_reader = |s: &&Step| {
        s.margin.zip(s.central()).is_some_and(|(_, outcome)| {
            let force = Forced {
                id: s.id,
                outcome: !outcome,
            };
            let said = apply_forced(options, &run.inputs, run.acts, last, force);
            said.labels.as_ref() == Some(reader)
        })
    };
    let size = |s: &Step| s.margin.map_or(f64::INFINITY, f64::abs);
    let step = (run.expected.trace.iter())
        .filter(|s| !s.id.uses_behaviour())
        .filter(gives_reader)
        .min_by(|a, b| size(a).total_cmp(&size(b)))?;
    let (name, test) = step.id.names();
    let (input, value) = step.inputs.first().and_then(|(n, v)| Some((*n, (*v)?)))?;
    Some(DecidingStep {
        step: name.to_owned(),
        test: test.to_owned(),
        share: 0.0,
        month: months[t].month,
        input: input.to_owned(),
        value: value.mid,
        interval: value.interval(),
        threshold: step.threshold?,
        margin: step.margin?,
        gives: reader.iter().map(|id| (*id).to_owned()).collect(),
    })
}

/// One entry a test: its share of the months, and the month in which it came closest.
fn by_test(steps: Vec<DecidingStep>, months: usize) -> Vec<DecidingStep> {
    let mut found: BTreeMap<String, (usize, DecidingStep)> = BTreeMap::new();
    for s in steps {
        match found.get_mut(&s.test) {
            None => {
                found.insert(s.test.clone(), (1, s));
            }
            Some((n, closest)) => {
                *n += 1;
                if s.margin.abs() < closest.margin.abs() {
                    *closest = s;
                }
            }
        }
    }
    let mut found: Vec<DecidingStep> = found
        .into_values()
        .map(|(n, step)| DecidingStep {
            share: n as f64 / months as f64,
            ..step
        })
        .collect();
    found.sort_by(|a, b| {
        b.share
            .total_cmp(&a.share)
            .then_with(|| a.test.cmp(&b.test))
    });
    found
}

#[cfg(test)]
mod tests;
