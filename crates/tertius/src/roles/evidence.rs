//! What of a record can be evidence of roles, and how much each piece weighs.

use jiff::civil::Date;

use super::options::ReaderOptions;
use crate::record::{Behaviour, Measure, Record};
use crate::vocabulary::{Catalogue, ClassId, Effect, Month, Role, RoleSet, Span};

/// One act.
#[derive(Clone, Debug, PartialEq)]
pub struct ActEvidence {
    /// Id of its row.
    pub id: String,
    /// Its class, by position among the classes of behaviour.
    pub class: usize,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

impl Evidence {
    /// What a record holds.
    pub fn of(record: &Record, options: &ReaderOptions) -> Evidence {
        let catalogue = &record.case.catalogue;
        let span = record.case.span;
        let classes = record.behaviour_classes();
        let mut evidence = Evidence::nothing(catalogue, span);
        evidence.exhaustive = span
            .months()
            .map(|m| {
                let searched = |c: &ClassId| options.volume && record.exhaustive(c.as_str(), m);
                classes.iter().map(searched).collect()
            })
            .collect();
        for (class, id) in classes.iter().enumerate() {
            let of_class: Vec<&Behaviour> = record
                .behaviours
                .iter()
                .filter(|b| b.class == *id)
                .collect();
            let dated: Vec<Dated<'_>> = of_class
                .iter()
                .map(|b| Dated {
                    first: b.date.first_day(),
                    precise: b.date.is_month_precise(),
                    episode: b.cited.episode.as_deref(),
                })
                .collect();
            for (act, weight) in of_class.iter().zip(episode_weights(&dated, options)) {
                let within = |(m, share)| Some((span.index(m)?, share));
                let months: Vec<(usize, f64)> =
                    act.date.months().into_iter().filter_map(within).collect();
                if !months.is_empty() {
                    evidence.acts.push(ActEvidence {
                        id: act.cited.id.clone(),
                        class,
                        months,
                        weight,
                        trust: if act.cited.checked {
                            1.0
                        } else {
                            options.unchecked
                        },
                    });
                }
            }
        }
        if catalogue.answer_roles().is_some() {
            evidence.measures = measures(record, options);
        }
        evidence
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
        }
    }

    /// Number of classes.
    pub fn classes(&self) -> usize {
        self.effects.len()
    }
}

/// What an act or a measure needs to be put into an episode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated<'a> {
    /// First day that it may be of.
    pub first: Date,
    /// Whether its date is precise to the month or better.
    pub precise: bool,
    /// Its episode label.
    pub episode: Option<&'a str>,
}

/// Weights of the acts of **one class**: `1 / (1 + ρ (n − 1))` in a cluster of n.
///
/// In the order of their dates, an act joins the cluster that has its episode label, or else the latest
/// one whose *first* act is at most the window away; otherwise it opens one. A date that no month holds
/// joins by label only. The order of the rows changes nothing.
///
/// ```
/// use tertius::roles::{ReaderOptions, evidence::{Dated, episode_weights}};
/// let day = |d: i8| Dated { first: jiff::civil::date(2014, 3, d), precise: true, episode: None };
/// // Days 3 and 16 join day 2; day 17 is fifteen days from it and opens a cluster of its own.
/// let w = episode_weights(&[day(2), day(3), day(16), day(17)], &ReaderOptions::default());
/// assert_eq!(w, [0.5, 0.5, 0.5, 1.0]);
/// ```
pub fn episode_weights(acts: &[Dated<'_>], options: &ReaderOptions) -> Vec<f64> {
    struct Cluster<'a> {
        first: Date,
        precise: bool,
        labels: Vec<&'a str>,
        members: Vec<usize>,
    }
    let mut order: Vec<usize> = (0..acts.len()).collect();
    order.sort_by_key(|&i| (acts[i].first, !acts[i].precise, acts[i].episode));
    let mut clusters: Vec<Cluster<'_>> = Vec::new();
    for i in order {
        let act = &acts[i];
        let labelled = |c: &Cluster<'_>| act.episode.is_some_and(|e| c.labels.contains(&e));
        let near = |c: &Cluster<'_>| {
            act.precise && c.precise && (act.first - c.first).get_days() <= options.episode_days
        };
        let by_label = clusters.iter().rposition(labelled);
        match by_label.or_else(|| clusters.iter().rposition(near)) {
            Some(at) => {
                clusters[at].members.push(i);
                clusters[at].labels.extend(act.episode);
            }
            None => clusters.push(Cluster {
                first: act.first,
                precise: act.precise,
                labels: act.episode.into_iter().collect(),
                members: vec![i],
            }),
        }
    }
    let mut weights = vec![1.0; acts.len()];
    for c in clusters {
        let w = cluster_weight(c.members.len(), options.episode_correlation);
        for i in c.members {
            weights[i] = w;
        }
    }
    weights
}

/// Weights of the patron's measures: n counts those of the same episode, and those at most the window
/// away on either side.
pub fn package_weights(measures: &[Dated<'_>], options: &ReaderOptions) -> Vec<f64> {
    let together = |a: &Dated<'_>, b: &Dated<'_>| {
        let labelled = a.episode.is_some() && a.episode == b.episode;
        labelled || (a.first - b.first).get_days().abs() <= options.episode_days
    };
    measures
        .iter()
        .map(|a| {
            let n = measures.iter().filter(|b| together(a, b)).count();
            cluster_weight(n, options.episode_correlation)
        })
        .collect()
}

/// `1 / (1 + ρ (n − 1))`: the design effect of n rows correlated by ρ.
pub fn cluster_weight(n: usize, correlation: f64) -> f64 {
    1.0 / (1.0 + correlation * (n.max(1) - 1) as f64)
}

fn measures(record: &Record, options: &ReaderOptions) -> Vec<MeasureEvidence> {
    let dated: Vec<Dated<'_>> = record
        .measures
        .iter()
        .map(|m| Dated {
            first: m.date.first_day(),
            precise: m.date.is_month_precise(),
            episode: m.cited.episode.as_deref(),
        })
        .collect();
    record
        .measures
        .iter()
        .zip(package_weights(&dated, options))
        .map(|(m, weight)| {
            let trust = if m.cited.checked {
                1.0
            } else {
                options.unchecked
            };
            MeasureEvidence {
                id: m.cited.id.clone(),
                grade: f64::from(m.grade),
                weight: trust * weight,
                at_risk: at_risk(record, m, options),
                reached: reached(record.case.span, m),
            }
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
