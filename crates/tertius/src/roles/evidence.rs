//! What of a record can be evidence of roles, and how much each piece weighs.

use jiff::civil::Date;

use super::options::ReaderOptions;
use crate::record::{Behaviour, Measure, Record};
use crate::vocabulary::{Effect, Month, Role, RoleSet, Span};

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
    /// Month in which the ally's highest grade was reached, and the category of g_W − g_S:
    /// 0 for ≤ −3, 1, 2, 3 for −2, −1, 0, and 4 for ≥ 1.
    pub reached: Option<(usize, usize)>,
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
}

impl Evidence {
    /// What a record holds.
    pub fn of(record: &Record, options: &ReaderOptions) -> Evidence {
        let catalogue = &record.case.catalogue;
        let span = record.case.span;
        let classes = record.behaviour_classes();
        let roles: Vec<Role> = catalogue.roles().collect();
        let effects = catalogue
            .behaviour()
            .iter()
            .map(|c| {
                roles
                    .iter()
                    .map(|r| c.effects.get(&catalogue.spec(*r).id).copied())
                    .collect()
            })
            .collect();
        let exhaustive = span
            .months()
            .map(|m| {
                classes
                    .iter()
                    .map(|c| options.volume && record.exhaustive(c.as_str(), m))
                    .collect()
            })
            .collect();
        let mut acts = Vec::new();
        for (k, class) in classes.iter().enumerate() {
            let of_class: Vec<&Behaviour> = record
                .behaviours
                .iter()
                .filter(|b| b.class == *class)
                .collect();
            let weights = cluster_weights(&of_class, options);
            for (act, weight) in of_class.iter().zip(weights) {
                let months: Vec<(usize, f64)> = act
                    .date
                    .months()
                    .into_iter()
                    .filter_map(|(m, share)| Some((span.index(m)?, share)))
                    .collect();
                if !months.is_empty() {
                    acts.push(ActEvidence {
                        id: act.cited.id.clone(),
                        class: k,
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
        let measures = match catalogue.answer_roles() {
            Some(_) => measures(record, options),
            None => Vec::new(),
        };
        Evidence {
            span,
            sets: catalogue.sets().to_vec(),
            roles,
            effects,
            answer_roles: catalogue.answer_roles(),
            acts,
            exhaustive,
            measures,
        }
    }

    /// Number of classes.
    pub fn classes(&self) -> usize {
        self.effects.len()
    }

    /// Mean weight of acts a month over months in which some class was searched exhaustively; over all
    /// months if none was.
    pub fn mean_volume(&self) -> f64 {
        let mut by_month = vec![0.0; self.span.len()];
        for act in &self.acts {
            for (t, share) in &act.months {
                by_month[*t] += act.weight * share;
            }
        }
        let covered: Vec<f64> = by_month
            .iter()
            .zip(&self.exhaustive)
            .filter(|(_, e)| e.iter().any(|x| *x))
            .map(|(n, _)| *n)
            .collect();
        let of = if covered.is_empty() {
            &by_month
        } else {
            &covered
        };
        of.iter().sum::<f64>() / of.len() as f64
    }
}

/// Weights of the acts of one class, which stand in the order of their dates: `1 / (1 + ρ (n − 1))` in a
/// cluster of n. An act joins the open cluster if it has its episode label, or falls within the window of
/// the cluster's first act. A date that no month holds joins by label only.
fn cluster_weights(acts: &[&Behaviour], options: &ReaderOptions) -> Vec<f64> {
    struct Cluster<'a> {
        first: Date,
        episode: Option<&'a str>,
        precise: bool,
        members: Vec<usize>,
    }
    let mut clusters: Vec<Cluster<'_>> = Vec::new();
    for (i, act) in acts.iter().enumerate() {
        let day = act.date.first_day();
        let precise = act.date.is_month_precise();
        let episode = act.cited.episode.as_deref();
        let joins = |c: &Cluster<'_>| {
            let labelled = episode.is_some() && episode == c.episode;
            let days = (day - c.first).get_days().abs();
            labelled || (precise && c.precise && days <= options.episode_days)
        };
        // Acts come by date: a cluster far back can still be joined by its label.
        match clusters.iter_mut().rev().find(|c| joins(c)) {
            Some(c) => c.members.push(i),
            None => clusters.push(Cluster {
                first: day,
                episode,
                precise,
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

/// `1 / (1 + ρ (n − 1))`: the design effect of n rows correlated by ρ.
pub fn cluster_weight(n: usize, correlation: f64) -> f64 {
    1.0 / (1.0 + correlation * (n.max(1) - 1) as f64)
}

fn measures(record: &Record, options: &ReaderOptions) -> Vec<MeasureEvidence> {
    let near = |a: &Measure, b: &Measure| {
        (a.date.first_day() - b.date.first_day()).get_days().abs() <= options.episode_days
    };
    record
        .measures
        .iter()
        .map(|m| {
            let n = record.measures.iter().filter(|o| near(m, o)).count();
            let trust = if m.cited.checked {
                1.0
            } else {
                options.unchecked
            };
            MeasureEvidence {
                id: m.cited.id.clone(),
                grade: f64::from(m.grade),
                weight: trust * cluster_weight(n, options.episode_correlation),
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

fn reached(span: Span, m: &Measure) -> Option<(usize, usize)> {
    let answer = m.answer?;
    let t = span.index(Month::of(answer.grade_date.first_day()))?;
    let difference = i32::from(answer.grade) - i32::from(m.grade);
    Some((t, (difference.clamp(-3, 1) + 3) as usize))
}
