//! The months of findings: reading, rule, interests and conditions side by side.

use std::collections::BTreeSet;

use super::compliance::compliance;
use super::shared::{by_role, ids};
use super::{
    Band, ConditionFinding, InterestFinding, IssueMonth, IssueRule, MonthFinding, RuleFinding,
    SetProbability, TraceInput, TraceStep,
};
use crate::interests::Measured;
use crate::interests::conditions::Conditions;
use crate::interests::month::{MonthInterests, RuleRun};
use crate::interests::overlap::Gap;
use crate::interests::rule::{Branch, Expected, Outcome, Step};
use crate::record::{Record, SeriesValue};
use crate::roles::Reading;
use crate::roles::evidence::Evidence;

pub(super) fn months(
    record: &Record,
    interests: &[MonthInterests],
    rule: &[RuleRun],
    e: &Evidence,
    reading: &Reading,
) -> Vec<MonthFinding> {
    let c = &record.case.catalogue;
    let (s, r) = (e.sets.len(), e.roles.len());
    let plain = record.case.span.months().enumerate();
    plain
        .map(|(t, month)| {
            let at = |table: &[f64], k: usize| table[t * r + k];
            let of_sets = &reading.sets[t * s..(t + 1) * s];
            let mut order: Vec<usize> = (0..s).collect();
            order.sort_by(|a, b| of_sets[*b].total_cmp(&of_sets[*a]).then(a.cmp(b)));
            let top = |n: usize| order.iter().take(n).map(|j| (e.sets[*j], of_sets[*j]));
            let both = e.answer_roles.map(|(f, b)| {
                e.sets
                    .iter()
                    .zip(of_sets)
                    .filter(|(z, _)| z.has(f) && z.has(b))
                    .map(|(_, p)| p)
                    .sum()
            });
            let band = |low: usize, high: usize| {
                by_role(c, |k| -> Option<Band> {
                    let points = reading.quantiles.as_ref()?;
                    Some([at(&points[low], k), at(&points[high], k)])
                })
            };
            MonthFinding {
                month,
                roles: by_role(c, |k| at(&reading.roles, k)),
                filtered: by_role(c, |k| at(&reading.filtered, k)),
                set: top(1).next().map_or_else(Vec::new, |(z, _)| ids(c, z)),
                sets: top(3)
                    .map(|(z, p)| SetProbability { set: ids(c, z), p })
                    .collect(),
                bands_50: band(0, 1),
                bands_90: band(2, 3),
                mc_error: by_role(c, |k| at(&reading.mc_error, k)),
                conflict_performed: both,
                compliance: compliance(&record.measures, month),
                rule: rule_finding(record, &interests[t], &rule[t]),
                interests: interest_finding(&interests[t]),
                issues: issue_findings(record, &interests[t]),
                conditions: condition_findings(&interests[t].conditions),
                flags: Vec::new(),
            }
        })
        .collect()
}

fn words(labels: &BTreeSet<&'static str>) -> Vec<String> {
    labels.iter().map(|x| (*x).to_owned()).collect()
}

fn trace_findings(trace: &[Step]) -> Vec<TraceStep> {
    let input = |(name, v): &(&'static str, Option<Measured>)| TraceInput {
        name: (*name).to_owned(),
        value: v.map(|m| m.mid),
        interval: v.and_then(Measured::interval),
    };
    let one = |s: &Step| {
        let (step, test) = s.id.names();
        TraceStep {
            step: step.to_owned(),
            test: test.to_owned(),
            inputs: s.inputs.iter().map(input).collect(),
            threshold: s.threshold,
            margin: s.margin,
            outcome: match s.outcome {
                Outcome::Yes => "yes",
                Outcome::No => "no",
                Outcome::Either => "either",
            }
            .to_owned(),
            uses_behaviour: s.id.uses_behaviour(),
        }
    };
    trace.iter().map(one).collect()
}

fn rule_finding(record: &Record, i: &MonthInterests, run: &RuleRun) -> RuleFinding {
    let x = &run.expected;
    let issues = run.issues.iter();
    RuleFinding {
        labels: x.labels.as_ref().map(words),
        labels_with_acts: x.labels_with_acts.as_ref().map(words),
        possible: x.possible.iter().map(words).collect(),
        subtypes: x.subtypes.iter().map(|s| (*s).to_owned()).collect(),
        pathway: run.pathway.map(|p| p.id().to_owned()),
        flags: words(&x.flags),
        trace: trace_findings(&x.trace),
        issues: issues
            .map(|(k, x)| issue_rule(&record.case.issues[*k].id, i.gaps[*k].as_ref(), x))
            .collect(),
    }
}

fn issue_rule(issue: &str, gap: Option<&Gap>, x: &Expected) -> IssueRule {
    let branch = x.branch.map(|b| match b {
        Branch::Conflict => "conflict",
        Branch::Overlap => "overlap",
        Branch::None => "between",
    });
    IssueRule {
        issue: issue.to_owned(),
        divergence: gap.map(|g| g.divergence.mid),
        divergence_90: gap.map(|g| g.divergence.band()),
        signed_gap: gap.map(|g| g.signed.mid),
        signed_gap_90: gap.map(|g| g.signed.band()),
        // Out of scope there is no branch to take.
        branch: branch
            .filter(|_| !x.flags.contains("out_of_scope"))
            .map(str::to_owned),
        labels: x.labels.as_ref().map(words),
        possible: x.possible.iter().map(words).collect(),
        subtypes: x.subtypes.iter().map(|s| (*s).to_owned()).collect(),
        flags: words(&x.flags),
        trace: trace_findings(&x.trace),
    }
}

fn interest_finding(i: &MonthInterests) -> InterestFinding {
    let rival = i.rival.as_ref();
    InterestFinding {
        divergence: rival.map(|o| o.divergence.mid),
        divergence_90: rival.map(|o| o.divergence.band()),
        overlap: rival.map(|o| 1.0 - o.divergence.mid),
        signed_gap: rival.map(|o| o.signed_gap.mid),
        signed_gap_90: rival.map(|o| o.signed_gap.band()),
        congruence: i.congruence.map(|m| m.mid),
        congruence_90: i.congruence.map(Measured::band),
        ambition: i.ambition.map(|m| m.mid),
        ambition_90: i.ambition.map(Measured::band),
    }
}

fn issue_findings(record: &Record, i: &MonthInterests) -> Vec<IssueMonth> {
    record
        .case
        .issues
        .iter()
        .zip(&i.issues)
        .enumerate()
        .map(|(k, (issue, x))| {
            let mid = |p: &Option<crate::interests::posture::Posture>| {
                p.as_ref().map(|p| p.quantile(0.5))
            };
            let band = |p: &Option<crate::interests::posture::Posture>| {
                p.as_ref().map(|p| [p.quantile(0.05), p.quantile(0.95)])
            };
            let mut rows: Vec<String> = Vec::new();
            for p in [&x.ally, &x.patron, &x.expected].into_iter().flatten() {
                rows.extend(p.rows.iter().take(4).cloned());
            }
            let weight = i.weights.get(k).copied().flatten();
            let gap = i.gaps.get(k).and_then(|g| g.as_ref());
            IssueMonth {
                issue: issue.id.clone(),
                ally: mid(&x.ally),
                ally_90: band(&x.ally),
                patron: mid(&x.patron),
                patron_90: band(&x.patron),
                expected: mid(&x.expected),
                weight,
                overlap: weight.and(gap).map(|g| 1.0 - g.divergence.mid),
                overlap_in_hindsight: i.in_hindsight.get(k).copied().flatten().map(|d| 1.0 - d),
                series: record
                    .measuring(k)
                    .map(|(s, _)| s)
                    .filter(|s| {
                        let known = |v: &SeriesValue| v.known_from < i.month.first_day();
                        s.values.iter().any(|v| v.value.is_some() && known(v))
                    })
                    .map(|s| s.spec.id.clone())
                    .collect(),
                rows,
            }
        })
        .collect()
}

fn condition_findings(conditions: &Conditions) -> Vec<ConditionFinding> {
    conditions
        .all
        .iter()
        .map(|c| {
            let value = c.value.value();
            ConditionFinding {
                indicator: c.indicator.to_owned(),
                value: value.map(|m| m.mid),
                interval: value.and_then(Measured::interval),
                series: c.series.clone(),
                period: c.period,
            }
        })
        .collect()
}
