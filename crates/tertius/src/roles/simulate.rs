//! Records with known roles, from a simulator richer than the reader: what it adds is what real records
//! have and the reader's likelihood leaves out.
//!
//! Roles follow the reader's chain. Acts do not follow its likelihood: each class has its own rate and
//! each record its own density; one intensity that all classes share wanders from month to month (an
//! AR(1) on the log scale, where the reader draws it anew each month); acts are told more than once;
//! measures come in two bursts. Rates, effects, hazards and switching are drawn from the priors.

mod issues;

use jiff::civil::Date;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, Poisson, StandardNormal};
use tertius_math::hidden_markov::HiddenMarkovError;

use super::emission::{grade, hazard};
use super::evidence::{
    ActEvidence, Dated, Evidence, GradeReached, MeasureEvidence, episode_weights, package_weights,
    weights_on_issues,
};
use super::gibbs::laws;
use super::options::ReaderOptions;
use super::parameters::{Parameters, Priors};
use crate::vocabulary::{Catalogue, Month, Span};
pub use issues::simulate_issues;

/// How far a simulated record is from what the reader assumes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regime {
    /// Log rate of a class in a month without roles, on average over records.
    pub log_rate: f64,
    /// Standard deviation of a record's density, in logs.
    pub density_sd: f64,
    /// Standard deviation of a class's own rate, in logs.
    pub class_sd: f64,
    /// Standard deviation of the monthly intensity, in logs.
    pub intensity_sd: f64,
    /// How much of one month's intensity is left in the next.
    pub intensity_memory: f64,
    /// Times that an act is told again, on average, within two weeks and without a label.
    pub told_again: f64,
    /// Expected months of a spell of every role, where it is not the catalogue's.
    pub dwell: Option<f64>,
    /// Measures in each of two bursts.
    pub burst: usize,
}

impl Regime {
    /// Moderate misfit.
    pub const BASE: Regime = Regime {
        log_rate: -1.609_437_912_434_100_3,
        density_sd: 0.7,
        class_sd: 0.4,
        intensity_sd: 0.6,
        intensity_memory: 0.8,
        told_again: 0.5,
        dwell: None,
        burst: 25,
    };
    /// Harsh misfit.
    pub const HARSH: Regime = Regime {
        density_sd: 1.2,
        class_sd: 0.8,
        intensity_sd: 1.0,
        told_again: 1.5,
        ..Regime::BASE
    };
    /// Moderate misfit, and spells twice as long as the reader expects.
    pub const SLOW: Regime = Regime {
        dwell: Some(55.0),
        ..Regime::BASE
    };
}

/// An act of a simulated record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SimulatedAct {
    /// Its class, by position among the classes of behaviour.
    pub class: usize,
    /// Its issue, if the record has issues.
    pub issue: Option<usize>,
    /// Its day.
    pub day: Date,
}

/// A measure of a simulated record, with its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SimulatedMeasure {
    /// The patron's day.
    pub day: Date,
    /// g_S.
    pub grade: u8,
    /// The answer's day and g_W, if there was one within a year.
    pub answer: Option<(Date, u8)>,
}

/// A record with known roles.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// Months.
    pub span: Span,
    /// By month: the position of the set that was played.
    pub path: Vec<usize>,
    /// Acts, by class and then by day.
    pub acts: Vec<SimulatedAct>,
    /// Measures.
    pub measures: Vec<SimulatedMeasure>,
}

/// A record of `span` under a regime. Pairs of roles pay on entry.
///
/// # Errors
///
/// Only if the catalogue's priors are no numbers.
pub fn simulate(
    catalogue: &Catalogue,
    span: Span,
    regime: &Regime,
    rng: &mut impl Rng,
) -> Result<Simulated, HiddenMarkovError> {
    let nothing = Evidence::nothing(catalogue, span);
    let options = ReaderOptions::default();
    let p = draw_parameters(catalogue, &nothing, regime, &options, rng);
    let path = draw_roles(&nothing, &p, &options, rng)?;
    let mut intensity = Intensity::new(regime, rng);
    let mut acts = Vec::new();
    for (t, z) in path.iter().enumerate() {
        let log_intensity = intensity.next(t, regime, rng);
        let set = nothing.sets[*z];
        for class in 0..nothing.classes() {
            let effects = nothing.roles.iter().zip(&p.effect[class]);
            let on: f64 = effects.filter(|(r, _)| set.has(**r)).map(|(_, x)| x).sum();
            let rate = (p.log_rate(class) + on + log_intensity).exp();
            tell((class, None), rate, (span, t), regime, rng, &mut acts);
        }
    }
    acts.sort_by_key(|a| (a.class, a.day));
    let measures = simulate_measures(&nothing, &p, &path, regime, &options, rng);
    Ok(Simulated {
        span,
        path,
        acts,
        measures,
    })
}

/// Parameters from the priors, at the regime's density and deviations.
fn draw_parameters(
    catalogue: &Catalogue,
    nothing: &Evidence,
    regime: &Regime,
    options: &ReaderOptions,
    rng: &mut impl Rng,
) -> Parameters {
    let mut p = Priors::new(catalogue, nothing, options).draw(rng);
    if let Some(dwell) = regime.dwell {
        p.stay.iter_mut().for_each(|x| *x = (dwell - 1.0).ln());
    }
    p.level = regime.log_rate + regime.density_sd * normal(rng);
    p.deviation
        .iter_mut()
        .for_each(|x| *x = regime.class_sd * normal(rng));
    p
}

/// The intensity that all classes share: an AR(1) in logs.
struct Intensity(f64);

impl Intensity {
    fn new(regime: &Regime, rng: &mut impl Rng) -> Intensity {
        Intensity(regime.intensity_sd * normal(rng))
    }

    /// Log intensity of month `t`, asked for in order; of mean 1 before the logarithm.
    fn next(&mut self, t: usize, regime: &Regime, rng: &mut impl Rng) -> f64 {
        let memory = regime.intensity_memory;
        let shock = regime.intensity_sd * (1.0 - memory * memory).sqrt();
        if t > 0 {
            self.0 = memory * self.0 + shock * normal(rng);
        }
        self.0 - 0.5 * regime.intensity_sd.powi(2)
    }
}

/// Acts of a class on an issue in a month, each perhaps told again.
fn tell(
    (class, issue): (usize, Option<usize>),
    rate: f64,
    (span, t): (Span, usize),
    regime: &Regime,
    rng: &mut impl Rng,
    acts: &mut Vec<SimulatedAct>,
) {
    for _ in 0..count(rate, rng) {
        let day = day_in(span.month(t), rng);
        acts.push(SimulatedAct { class, issue, day });
        for _ in 0..count(regime.told_again, rng) {
            let later = day.saturating_add(jiff::Span::new().days(rng.random_range(0..14)));
            if span.index(Month::of(later)).is_some() {
                let day = later;
                acts.push(SimulatedAct { class, issue, day });
            }
        }
    }
}

/// A path of role sets from the chain at given parameters, over the months of the evidence.
///
/// # Errors
///
/// Only if a parameter is no number.
pub fn draw_roles(
    e: &Evidence,
    p: &Parameters,
    o: &ReaderOptions,
    rng: &mut impl Rng,
) -> Result<Vec<usize>, HiddenMarkovError> {
    let (initial, transition) = laws(e, p, o)?;
    let s = e.sets.len();
    let mut path: Vec<usize> = Vec::with_capacity(e.span.len());
    for _ in 0..e.span.len() {
        let law = path
            .last()
            .map_or(&initial[..], |z| &transition[z * s..][..s]);
        path.push(pick(law, rng));
    }
    Ok(path)
}

fn simulate_measures(
    e: &Evidence,
    p: &Parameters,
    path: &[usize],
    regime: &Regime,
    o: &ReaderOptions,
    rng: &mut impl Rng,
) -> Vec<SimulatedMeasure> {
    let Some((joins, holds)) = e.answer_roles else {
        return Vec::new();
    };
    let roles_at = |t: usize| (e.sets[path[t]].has(joins), e.sets[path[t]].has(holds));
    let months = path.len();
    let mut measures = Vec::new();
    for _ in 0..2 {
        let first = rng.random_range(0..months);
        for _ in 0..regime.burst {
            // A burst decays over a year or so.
            let late: f64 = -rng.random::<f64>().ln() * 6.0;
            let t = first + late as usize;
            if t >= months {
                continue;
            }
            let g = rng.random_range(1..=6u8);
            let day = day_in(e.span.month(t), rng);
            let risk = |k: i32, f, b| hazard((k, f64::from(g), true), p, o, f, b).exp();
            let answered = (0..o.risk_months).zip(t..months).find(|(k, month)| {
                let (f, b) = roles_at(*month);
                rng.random::<f64>() < risk(*k, f, b)
            });
            let answer = answered.map(|(k, month)| {
                let (f, b) = roles_at(month);
                let law: Vec<f64> = (0..GradeReached::CATEGORIES)
                    .map(|c| grade(GradeReached { from: c, to: c }, p, f, b).exp())
                    .collect();
                let reached = f64::from(g) + pick(&law, rng) as f64 - 3.0;
                let day = if k == 0 {
                    day.max(day_in(e.span.month(month), rng))
                } else {
                    day_in(e.span.month(month), rng)
                };
                (day, reached.clamp(1.0, 6.0) as u8)
            });
            measures.push(SimulatedMeasure {
                day,
                grade: g,
                answer,
            });
        }
    }
    measures.sort_by_key(|m| (m.day, m.grade));
    measures
}

impl Simulated {
    /// As evidence: every row checked, every class and the answers searched exhaustively throughout.
    pub fn evidence(&self, catalogue: &Catalogue, o: &ReaderOptions) -> Evidence {
        let mut e = Evidence::nothing(catalogue, self.span);
        e.exhaustive.iter_mut().flatten().for_each(|x| *x = true);
        for class in 0..e.classes() {
            let acts: Vec<&SimulatedAct> = self.acts.iter().filter(|a| a.class == class).collect();
            let dated: Vec<Dated<'_>> = acts.iter().map(|a| of_day(a.day)).collect();
            let issues: Vec<Option<usize>> = acts.iter().map(|a| a.issue).collect();
            let on_issue = weights_on_issues(&dated, &issues, o);
            let weights = episode_weights(&dated, o).into_iter().zip(on_issue);
            for (i, (act, (weight, issue))) in acts.iter().zip(weights).enumerate() {
                let Some(t) = self.span.index(Month::of(act.day)) else {
                    continue;
                };
                e.acts.push(ActEvidence {
                    id: format!("a{class}-{i}"),
                    class,
                    issue,
                    months: vec![(t, 1.0)],
                    weight,
                    trust: 1.0,
                });
            }
        }
        let dated: Vec<Dated<'_>> = self.measures.iter().map(|m| of_day(m.day)).collect();
        let weights = package_weights(&dated, o);
        for (i, (m, weight)) in self.measures.iter().zip(weights).enumerate() {
            let start = Month::of(m.day);
            let after = m.answer.map(|(day, _)| start.until(Month::of(day)));
            let mut at_risk = Vec::new();
            for k in 0..o.risk_months {
                let Some(t) = self.span.index(start + k) else {
                    break;
                };
                at_risk.push((t, k, after == Some(k)));
                if after == Some(k) {
                    break;
                }
            }
            let reached = m.answer.and_then(|(day, g)| {
                let t = self.span.index(Month::of(day))?;
                Some((t, GradeReached::of(m.grade, g)))
            });
            e.measures.push(MeasureEvidence {
                id: format!("m{i}"),
                grade: f64::from(m.grade),
                weight,
                at_risk,
                reached,
            });
        }
        e
    }

    /// The same record with each act kept with probability `share`.
    pub fn thinned(&self, share: f64, rng: &mut impl Rng) -> Simulated {
        let mut less = self.clone();
        less.acts.retain(|_| rng.random::<f64>() < share);
        less
    }
}

fn of_day(day: Date) -> Dated<'static> {
    Dated {
        first: day,
        precise: true,
        episode: None,
    }
}

fn day_in(month: Month, rng: &mut impl Rng) -> Date {
    let last = month.last_day();
    Date::new(
        month.year(),
        month.month(),
        rng.random_range(1..=last.day()),
    )
    .unwrap_or(last)
}

fn count(mean: f64, rng: &mut impl Rng) -> usize {
    Poisson::new(mean.clamp(1e-12, 1e6)).map_or(0, |p| p.sample(rng) as usize)
}

fn normal(rng: &mut impl Rng) -> f64 {
    StandardNormal.sample(rng)
}

/// A position with the given probabilities.
fn pick(law: &[f64], rng: &mut impl Rng) -> usize {
    let mut left: f64 = rng.random::<f64>() * law.iter().sum::<f64>();
    for (i, p) in law.iter().enumerate() {
        if left < *p {
            return i;
        }
        left -= p;
    }
    law.len() - 1
}
