//! The relation of patron and rival as one state that nobody sees, read from every series that shows it.
//!
//! ```text
//! s_t = φ s_{t−1} + N(0, 1 − φ²)                 φ = 2^(−1/half-life), so that s has variance 1
//! (y − m_j) / d_j = mean of s over the period + N(0, r_j + own variance)
//! ```
//!
//! m_j and d_j are constants of the source, its mean and spread among pairs of great powers over all the years that it
//! covers: they do not move with a case's months, but the unit knows what came later. A value of a year shows the mean of the year's months (Durbin and Koopman 2012,
//! chapter 4, for the filter).

use jiff::civil::Date;
use tertius::vocabulary::{Month, Observed, Span, When};
use tertius_math::state_space::{
    Initial, Model, Move, Observation, Square, State, filter, running_sums, smooth,
};

use super::series::Z_90;
use super::{Condition, Point, Series, Value};
use crate::catalogue::Bilingual;

/// The entry.
pub static CONDITION: Condition = Condition {
    id: "relation",
    title: Bilingual {
        en: "relation of patron and rival, from all sources",
        zh: "强势盟国与对手关系（综合各来源）",
    },
    unit: Bilingual {
        en: "standard deviations among great powers",
        zh: "大国间的标准差",
    },
    range: (f64::MIN, f64::MAX),
    lag_months: 0,
    steps: super::Steps::Years,
    datasets: &["cow-mid", "icews-dyads", "gdelt-dyads", "un-votes"],
    error: Bilingual {
        en: "of the filter, given its settings",
        zh: "滤波误差（给定设定）",
    },
    page: "conditions.md#relation",
};

/// Mean and spread of a source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// m_j.
    pub mean: f64,
    /// d_j.
    pub spread: f64,
}

/// Mean and standard deviation of each source over all years (or months) that it covers since 1946 and all pairs of the United States,
/// the United Kingdom, France, Germany, Russia, China and Japan, by the releases of the catalogue: a test computes them
/// again.
pub const SCALES: [(&str, Scale); 4] = [
    (
        "relation-disputes",
        Scale {
            mean: -0.0974,
            spread: 0.2498,
        },
    ),
    (
        "relation-events",
        Scale {
            mean: 0.8458,
            spread: 0.1252,
        },
    ),
    (
        "relation-month",
        Scale {
            mean: 0.6685,
            spread: 0.3246,
        },
    ),
    (
        "relation-votes",
        Scale {
            mean: 0.3497,
            spread: 0.3936,
        },
    ),
];

/// The scale of a source, by the id of its condition.
pub fn scale(condition: &str) -> Option<Scale> {
    let found = SCALES.iter().find(|(id, _)| *id == condition);
    found.map(|(_, s)| *s)
}

/// Settings: ours, and to be swept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Months after which half of a relation's distance from the mean is left.
    pub half_life: f64,
    /// √r_j: how far a source may be off besides its own error, in spreads. One for all.
    pub error: f64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            half_life: 60.0,
            error: 1.0,
        }
    }
}

/// A value on the common scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// What it is of: a month, or whole months.
    pub period: When,
    /// (y − m) / d.
    pub value: f64,
    /// r plus the value's own variance, in spreads squared.
    pub variance: f64,
    /// The first day on which it was known.
    pub known_from: Date,
}

/// The values of a source on the common scale. Acts that a case codes can be added to them by whoever has them.
pub fn readings(series: &Series, scale: Scale, settings: Settings) -> Vec<Reading> {
    let reading = |p: &Point| {
        let value = p.value.value()?;
        let own = value.interval.map_or(0.0, |(low, high)| {
            ((high - low) / (2.0 * Z_90 * scale.spread)).powi(2)
        });
        Some(Reading {
            period: p.period,
            value: (value.mid - scale.mean) / scale.spread,
            variance: settings.error.powi(2) + own,
            known_from: p.known_from,
        })
    };
    series.points.iter().filter_map(reading).collect()
}

/// The months of a series' coverage: those of its periods that are not outside it.
pub fn covered(series: &[Series]) -> Vec<(Date, Date)> {
    let inside = |p: &&Point| p.value != Observed::OutsideCoverage;
    let points = series.iter().flat_map(|s| &s.points).filter(inside);
    points
        .map(|p| (p.period.first_day(), p.period.last_day()))
        .collect()
}

/// The filtered relation over whole years from its sources, each on its own scale and with the settings that stand here.
pub fn over_years(sources: &[Series], years: std::ops::RangeInclusive<i16>) -> Series {
    let settings = Settings::default();
    let of = |s: &Series| scale(s.condition).map(|scale| readings(s, scale, settings));
    let all: Vec<Reading> = sources.iter().filter_map(of).flatten().collect();
    let ends = Month::new(*years.start(), 1).zip(Month::new(*years.end(), 12));
    match ends.and_then(|(first, last)| Span::inclusive(first, last)) {
        Some(span) => filtered(&all, &covered(sources), span, settings),
        None => Series {
            condition: CONDITION.id,
            points: Vec::new(),
        },
    }
}

/// The months that a filter runs over: from the January of the first reading, or the span's own first month where that
/// is earlier. Before the first reading the relation is that of any pair, at whatever month one begins.
fn run(readings: &[Reading], span: Span) -> Vec<Month> {
    let first = readings.iter().map(|r| r.period.first_day()).min();
    let first = first.and_then(|d| Month::new(d.year(), 1));
    months(
        first.map_or(span.first(), |f| f.min(span.first())),
        span.last(),
    )
}

/// The relation in each month of a span, from what was known by the end of that month: for use as a condition. A month
/// that no source covers is outside coverage.
pub fn filtered(
    readings: &[Reading],
    covered: &[(Date, Date)],
    span: Span,
    settings: Settings,
) -> Series {
    let all = run(readings, span);
    let of_all = states(readings, &all, settings);
    let begin = all.first().copied().unwrap_or(span.first());
    // What one pass gives for a month is what was known then, but where a reading of up to that month came out later.
    let value_at = |month: Month| {
        let day = month.last_day();
        let ended = |r: &&Reading| r.period.last_day() <= day;
        if readings.iter().filter(ended).all(|r| r.known_from <= day) {
            let at = usize::try_from(begin.until(month)).ok()?;
            return *of_all.get(at)?;
        }
        let known = readings
            .iter()
            .filter(ended)
            .filter(|r| r.known_from <= day);
        let known: Vec<Reading> = known.copied().collect();
        *states(&known, &months(begin, month), settings).last()?
    };
    let point = |month: Month| {
        let day = month.last_day();
        let value = covers(covered, month).then(|| value_at(month)).flatten();
        Point {
            period: When::Month(month),
            value: value.map_or(Observed::OutsideCoverage, Observed::Observed),
            known_from: day,
        }
    };
    Series {
        condition: CONDITION.id,
        points: span.months().map(point).collect(),
    }
}

/// The relation in each month of a span from all that is known now: for display, and never a condition.
pub fn smoothed(
    readings: &[Reading],
    covered: &[(Date, Date)],
    span: Span,
    settings: Settings,
) -> Series {
    let all = run(readings, span);
    let steps = steps(readings, &all);
    let found = with_model(&all, &steps, settings, |model| {
        smooth(model).ok().map(|s| s.states)
    });
    let value = |month: Month| {
        let at = all.iter().position(|m| *m == month)?;
        let state = found.as_ref()?.get(at)?;
        Some(value_of(state.mean[0], state.covariance.at(0, 0)))
    };
    let point = |month: Month| Point {
        period: When::Month(month),
        value: covers(covered, month)
            .then(|| value(month))
            .flatten()
            .map_or(Observed::OutsideCoverage, Observed::Observed),
        known_from: month.last_day(),
    };
    Series {
        condition: CONDITION.id,
        points: span.months().map(point).collect(),
    }
}

fn covers(covered: &[(Date, Date)], month: Month) -> bool {
    let (first, last) = (month.first_day(), month.last_day());
    covered
        .iter()
        .any(|(from, to)| *from <= first && last <= *to)
}

fn months(first: Month, last: Month) -> Vec<Month> {
    (0..=first.until(last)).map(|k| first + k).collect()
}

/// A state as a value, with a 90 per cent interval.
fn value_of(mean: f64, variance: f64) -> Value {
    let half = Z_90 * variance.max(0.0).sqrt();
    Value {
        mid: mean,
        interval: Some((mean - half, mean + half)),
        n: None,
    }
}

/// The observations of each month: a value stands in the last month of its period, as the mean of the months so far.
/// What is not of one month or of the months of one year is no mean that the sums behind the state hold.
fn steps(readings: &[Reading], all: &[Month]) -> Vec<Vec<Observation>> {
    let mut steps = vec![Vec::new(); all.len()];
    let Some(first) = all.first().copied() else {
        return steps;
    };
    for r in readings {
        let (from, to) = (
            Month::of(r.period.first_day()),
            Month::of(r.period.last_day()),
        );
        let at = usize::try_from(first.until(to)).ok();
        let Some(step) = at.and_then(|at| steps.get_mut(at)) else {
            continue;
        };
        let whole_year = from.month() == 1 && to.month() == 12 && from.year() == to.year();
        let loads = match (from == to, whole_year && first <= from) {
            (true, _) => vec![1.0, 0.0],
            (false, true) => vec![0.0, 1.0 / 12.0],
            (false, false) => continue,
        };
        step.push(Observation {
            loads,
            variance: r.variance,
            value: r.value,
        });
    }
    steps
}

/// Puts the model together and asks something of it. Nothing where it is none: a half-life that is no positive number,
/// or a reading that is none.
fn with_model<T>(
    all: &[Month],
    steps: &[Vec<Observation>],
    settings: Settings,
    ask: impl FnOnce(&Model<'_>) -> Option<T>,
) -> Option<T> {
    let phi = (-1.0 / settings.half_life).exp2();
    if !(settings.half_life > 0.0 && phi < 1.0) {
        return None;
    }
    let one = Move {
        transition: Square::diagonal(&[phi]),
        noise: Square::diagonal(&[1.0 - phi * phi]),
    };
    let begins: Vec<bool> = all.iter().map(|m| m.month() == 1).collect();
    let sums = running_sums(&one, &begins);
    let initial = sums.start(&Initial {
        mean: vec![0.0],
        covariance: Square::identity(1),
        diffuse: Vec::new(),
    });
    let model = Model::new(&initial, &sums.moves, &sums.which, steps).ok()?;
    ask(&model)
}

/// The state of each month from the readings up to it.
fn states(readings: &[Reading], all: &[Month], settings: Settings) -> Vec<Option<Value>> {
    let steps = steps(readings, all);
    let found = with_model(all, &steps, settings, |model| {
        let of = |s: &State| value_of(s.mean[0], s.covariance.at(0, 0));
        let states = filter(model).ok()?.states;
        Some(states.iter().map(|s| s.as_ref().map(of)).collect())
    });
    found.unwrap_or_default()
}
