//! What of a record can be evidence of roles, and how much each piece weighs.

mod episodes;

use std::collections::BTreeMap;

use super::options::ReaderOptions;
use crate::record::{Behaviour, Measure, Record};
use crate::vocabulary::{Catalogue, ClassId, Effect, Month, Role, RoleSet, Span};
pub use episodes::{Dated, episode_weights, package_weights, weights_on_issues};

/// One act.
#[derive(Clone, Debug, PartialEq)]
pub struct ActEvidence {
    /// Id of its row.
    pub id: String,
    /// Its class, by position among the classes of behaviour.
    pub class: usize,
    /// Its issue, by position in the case, if it has one; and its cluster weight among the acts of its
    /// class on that issue, where acts on another issue are no part of an episode by their date alone.
    pub issue: Option<(usize, f64)>,
    /// Months of the span that it may fall in, each with its share.
    pub months: Vec<(usize, f64)>,
    /// Cluster weight w.
    pub weight: f64,
    /// Probability that the row is what it says: 1 if checked.
    pub trust: f64,
}

/// One measure of the patron at one grade.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureEvidence {
    /// Id of its row.
    pub id: String,
    /// g_S, 1 to 6.
    pub grade: f64,
    /// Cluster weight, times the trust in the row.
    pub weight: f64,
    /// Months of the span in which an answer was possible and would have been seen: position, months
    /// since the measure, and whether the answer came in it.
    pub at_risk: Vec<(usize, i32, bool)>,
    /// Month in which the ally's highest grade was reached, and what is known of its distance.
    pub reached: Option<(usize, GradeReached)>,
}

/// What is known of g_W − g_S: a range among the four categories ≤ −3, −2, −1 and ≥ 0.
///
/// A step above the row's grade is written down at the row's grade, so 0 stands for 0 or more: censored
/// from above. The lowest grade is 1, so a step of grade 1 stands for whatever would lie below it:
/// censored from below; a measure of grade 1 can only be matched, and its grade says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GradeReached {
    /// The lowest category, 0 to 3.
    pub from: usize,
    /// The highest, `from` to 3.
    pub to: usize,
}

impl GradeReached {
    /// Number of categories.
    pub const CATEGORIES: usize = 4;

    /// Of the patron's grade and the ally's, each 1 to 6.
    ///
    /// ```
    /// use tertius::roles::evidence::GradeReached;
    /// assert_eq!(GradeReached::of(5, 3), GradeReached { from: 1, to: 1 });
    /// assert_eq!(GradeReached::of(3, 4), GradeReached { from: 3, to: 3 });
    /// assert_eq!(GradeReached::of(3, 1), GradeReached { from: 0, to: 1 });
    /// assert_eq!(GradeReached::of(1, 1), GradeReached { from: 0, to: 3 });
    /// ```
    pub fn of(patron: u8, ally: u8) -> GradeReached {
        let difference = i32::from(ally) - i32::from(patron);
        let to = (difference.clamp(-3, 0) + 3) as usize;
        GradeReached {
            from: if ally <= 1 { 0 } else { to },
            to,
        }
    }
}

/// A series of the ally's behaviour, in standard deviations from its own baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesEvidence {
    /// Its id.
    pub id: String,
    /// Which roles raise it. Shape: roles.
    pub raised_by: Vec<bool>,
    /// Month of the span, value, and the value before it where there is one.
    pub values: Vec<(usize, f64, Option<f64>)>,
}

/// Everything that may show roles.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The months.
    pub span: Span,
    /// Role sets, in the catalogue's order.
    pub sets: Vec<RoleSet>,
    /// Number of roles.
    pub roles: Vec<Role>,
    /// Effects by class of behaviour and role. Shape: classes × roles.
    pub effects: Vec<Vec<Option<Effect>>>,
    /// The role that joins measures and the one that holds back.
    pub answer_roles: Option<(Role, Role)>,
    /// Acts.
    pub acts: Vec<ActEvidence>,
    /// Whether a class was searched exhaustively. Shape: months × classes.
    pub exhaustive: Vec<Vec<bool>>,
    /// Measures.
    pub measures: Vec<MeasureEvidence>,
    /// Series of behaviour.
    pub series: Vec<SeriesEvidence>,
    /// Number of issues.
    pub issues: usize,
    /// The issue that measures and their answers belong to, by position.
    pub answers_issue: Option<usize>,
}

impl Evidence {
    /// What a record holds.
    pub fn of(record: &Record, options: &ReaderOptions) -> Evidence {
        Evidence::of_rows(record, options, &|_| true)
    }

    /// What a record would hold with those of its acts and measures alone whose ids `keep` keeps: rows
    /// that shared an episode with others weigh more without them.
    pub fn of_rows(
        record: &Record,
        options: &ReaderOptions,
        keep: &dyn Fn(&str) -> bool,
    ) -> Evidence {
        let catalogue = &record.case.catalogue;
        let span = record.case.span;
        let mut evidence = Evidence::nothing(catalogue, span);
        evidence.issues = record.case.issues.len();
        evidence.answers_issue = record.case.answers;
        let classes = record.behaviour_classes();
        evidence.exhaustive = span
            .months()
            .map(|m| {
                let searched = |c: &ClassId| options.volume && record.exhaustive(c.as_str(), m);
                classes.iter().map(searched).collect()
            })
            .collect();
        for (class, id) in classes.iter().enumerate() {
            let acts = of_class(record, id, keep);
            let dated: Vec<Dated<'_>> = acts.iter().map(|b| of_act(b)).collect();
            let issues: Vec<Option<usize>> = acts.iter().map(|b| b.issue).collect();
            let on_issue = weights_on_issues(&dated, &issues, options);
            let weights = episode_weights(&dated, options);
            for ((act, weight), issue) in acts.iter().zip(weights).zip(on_issue) {
                let within = |(m, share)| Some((span.index(m)?, share));
                let months: Vec<(usize, f64)> =
                    act.date.months().into_iter().filter_map(within).collect();
                if !months.is_empty() {
                    evidence.acts.push(ActEvidence {
                        id: act.cited.id.clone(),
                        class,
                        issue,
                        months,
                        weight,
                        trust: trust(act.cited.checked, options),
                    });
                }
            }
        }
        if catalogue.answer_roles().is_some() {
            evidence.measures = measures(record, options, keep);
        }
        evidence
    }

    /// The weights of acts and measures, by id, that [`Evidence::of_rows`] would give them.
    pub fn weights_of_rows<'r>(
        record: &'r Record,
        options: &ReaderOptions,
        keep: &dyn Fn(&str) -> bool,
    ) -> BTreeMap<&'r str, f64> {
        let mut found = BTreeMap::new();
        for id in record.behaviour_classes() {
            let acts = of_class(record, &id, keep);
            let dated: Vec<Dated<'_>> = acts.iter().map(|b| of_act(b)).collect();
            let weights = episode_weights(&dated, options);
            found.extend(acts.iter().map(|a| a.cited.id.as_str()).zip(weights));
        }
        if record.case.catalogue.answer_roles().is_some() {
            let weighed = weighed(record, options, keep);
            found.extend(weighed.map(|(m, w)| (m.cited.id.as_str(), w)));
        }
        found
    }

    /// No evidence at all over a span: what every month then says is the prior.
    pub fn nothing(catalogue: &Catalogue, span: Span) -> Evidence {
        let roles: Vec<Role> = catalogue.roles().collect();
        let effects: Vec<Vec<Option<Effect>>> = catalogue
            .behaviour()
            .iter()
            .map(|c| {
                let of = |r: &Role| c.effects.get(&catalogue.spec(*r).id).copied();
                roles.iter().map(of).collect()
            })
            .collect();
        Evidence {
            span,
            sets: catalogue.sets().to_vec(),
            roles,
            exhaustive: vec![vec![false; effects.len()]; span.len()],
            effects,
            answer_roles: catalogue.answer_roles(),
            acts: Vec::new(),
            measures: Vec::new(),
            series: Vec::new(),
            issues: 0,
            answers_issue: None,
        }
    }

    /// What is evidence on one issue alone: its acts, at their weights among those of the issue, and, if
    /// answers belong to it, the measures. A series belongs to no issue.
    pub fn of_issue(&self, issue: usize) -> Evidence {
        let mut e = self.clone();
        e.acts.retain_mut(|a| {
            let own = a.issue.filter(|(i, _)| *i == issue);
            own.inspect(|(_, weight)| a.weight = *weight).is_some()
        });
        if self.answers_issue != Some(issue) {
            e.measures.clear();
        }
        e.series.clear();
        e
    }

    /// Number of classes.
    pub fn classes(&self) -> usize {
        self.effects.len()
    }
}

fn of_class<'r>(
    record: &'r Record,
    id: &ClassId,
    keep: &dyn Fn(&str) -> bool,
) -> Vec<&'r Behaviour> {
    let all = record.behaviours.iter();
    all.filter(|b| b.class == *id && keep(&b.cited.id))
        .collect()
}

fn of_act(b: &Behaviour) -> Dated<'_> {
    Dated {
        first: b.date.first_day(),
        precise: b.date.is_month_precise(),
        episode: b.cited.episode.as_deref(),
    }
}

fn trust(checked: bool, options: &ReaderOptions) -> f64 {
    if checked { 1.0 } else { options.unchecked }
}

/// Measures with their weights, trust included.
fn weighed<'r>(
    record: &'r Record,
    options: &ReaderOptions,
    keep: &dyn Fn(&str) -> bool,
) -> impl Iterator<Item = (&'r Measure, f64)> {
    let kept: Vec<&Measure> = record
        .measures
        .iter()
        .filter(|m| keep(&m.cited.id))
        .collect();
    let dated: Vec<Dated<'_>> = kept
        .iter()
        .map(|m| Dated {
            first: m.date.first_day(),
            precise: m.date.is_month_precise(),
            episode: m.cited.episode.as_deref(),
        })
        .collect();
    let weights: Vec<f64> = kept
        .iter()
        .zip(package_weights(&dated, options))
        .map(|(m, weight)| trust(m.cited.checked, options) * weight)
        .collect();
    kept.into_iter().zip(weights)
}

fn measures(
    record: &Record,
    options: &ReaderOptions,
    keep: &dyn Fn(&str) -> bool,
) -> Vec<MeasureEvidence> {
    weighed(record, options, keep)
        .map(|(m, weight)| MeasureEvidence {
            id: m.cited.id.clone(),
            grade: f64::from(m.grade),
            weight,
            at_risk: at_risk(record, m, options),
            reached: reached(record.case.span, m),
        })
        .filter(|m| !m.at_risk.is_empty() || m.reached.is_some())
        .collect()
}

fn at_risk(record: &Record, m: &Measure, options: &ReaderOptions) -> Vec<(usize, i32, bool)> {
    let start = Month::of(m.date.first_day());
    // An answer dated before its measure counts as given in the month of the measure.
    let answered = m
        .answer
        .map(|a| start.until(Month::of(a.date.first_day())).max(0));
    let mut months = Vec::new();
    for k in 0..options.risk_months {
        let month = start + k;
        let now = answered == Some(k);
        if let Some(t) = record.case.span.index(month) {
            // An unseen month ends what can be known of a measure: it may have been answered there.
            if !record.exhaustive("answers", month) {
                break;
            }
            months.push((t, k, now));
        }
        if now {
            break;
        }
    }
    months
}

fn reached(span: Span, m: &Measure) -> Option<(usize, GradeReached)> {
    let answer = m.answer?;
    let t = span.index(Month::of(answer.grade_date.first_day()))?;
    Some((t, GradeReached::of(m.grade, answer.grade)))
}
