//! How postures move: declared positions and measured series in one linear Gaussian model an issue.
//!
//! ```text
//! x_t = x_{t−1} + N(0, q)                          the ally's posture, the patron's, q = walk² / 12
//! p   = x_t + N(0, s² / trust)                     a declared position of month t
//! y   = x̄ + c + N(0, e² + own²)                    a series that measures one side
//! v   = x̄^W − (1 − v) x̄^S + c + N(0, (2 e)² + own²)  a series that measures where the ally stands between
//! c   ~ N(0, level²)                               what a series is always off by, one number a series
//! ```
//!
//! x̄ is the mean over the value's year, or the state of its month; e is its standard error. The last line
//! is the place of W between S and R on one axis, `v = (x^W − x^S)/(x^R − x^S)`, with R at x^R = 1, where it
//! accommodates itself in full: multiplied out it is linear in both states, and the error of v is multiplied
//! by x^R − x^S, at most 2. With cutting points spread evenly between S and R, v is the share of the votes on
//! which S and R part and W goes with R (model B.2, m1). Such votes are mostly about other things than the
//! issue, so that their level is not taken at its word: c is free to take it up, and what is learned is
//! mostly how the overlap *moves*.
//!
//! The filter is exact and starts from nothing known (Durbin and Koopman 2012, chapters 4 and 5); what a
//! month's interests rest on is the state predicted for it from what was known before it began. The
//! smoother, which also knows what came after, is for display only.

use tertius_math::state_space::{
    Initial, Model, Move, Observation, Square, State, filter, running_sums, smooth,
};

use super::cut_normal::CutNormal;
use super::declared::{Declared, Told};
use super::overlap::IssueInterests;
use super::posture::{INTERVAL_90, PostureOptions};
use crate::record::{PositionKind, Record, Series, SeriesValue, Side};
use crate::vocabulary::{Actor, Month};

/// A posture as the model has it: a normal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Centre.
    pub centre: f64,
    /// Standard deviation.
    pub sd: f64,
}

impl Standing {
    /// Cut to [−1, 1].
    pub(crate) fn cut(self) -> CutNormal {
        CutNormal::new(self.centre, self.sd)
    }
}

/// The ally and the patron on one issue in one month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Standings {
    /// The ally's preferred posture; nothing where nothing was known.
    pub ally: Option<Standing>,
    /// The patron's.
    pub patron: Option<Standing>,
    /// What the patron expects of the ally.
    pub expected: Option<Standing>,
    /// Covariance of the ally's and the patron's: 0 unless a series has measured one against the other.
    pub covariance: f64,
}

/// Postures by issue and month.
#[derive(Clone, Debug, PartialEq)]
pub struct Paths {
    first: Month,
    issues: Vec<Path>,
}

/// One issue: what was known before each month, and what is known in the end.
#[derive(Clone, Debug, PartialEq)]
struct Path {
    before: Vec<Standings>,
    after: Vec<Standings>,
    /// What the ally has declared, the patron, and the patron of what it expects.
    told: [Told; 3],
}

impl Paths {
    /// The paths of every issue of a case, over its months.
    pub fn of(record: &Record, options: &PostureOptions) -> Paths {
        let case = &record.case;
        let months = Months {
            first: case.span.first(),
            last: case.span.last(),
        };
        let issues = (0..case.issues.len())
            .map(|issue| path(record, issue, months, options))
            .collect();
        Paths {
            first: months.first,
            issues,
        }
    }

    /// What was known of an issue before a month began. Nothing outside the case.
    pub fn before(&self, issue: usize, month: Month) -> Standings {
        self.at(issue, month, |p| &p.before)
    }

    /// The postures on an issue as they could be known before a month began: where each side then stood, how
    /// much it cared, and which rows say so. Nothing where no position was known.
    pub fn known_before(&self, issue: usize, month: Month) -> IssueInterests {
        let x = self.before(issue, month);
        let told = self.issues.get(issue).map(|p| &p.told);
        let of = |side: usize, standing: Option<Standing>| told?[side].before(month, standing?);
        IssueInterests {
            ally: of(0, x.ally),
            patron: of(1, x.patron),
            expected: of(2, x.expected),
            covariance: x.covariance,
        }
    }

    /// What is known of an issue's month in the end, from what came after it too. For display.
    pub fn after(&self, issue: usize, month: Month) -> Standings {
        self.at(issue, month, |p| &p.after)
    }

    fn at(&self, issue: usize, month: Month, of: fn(&Path) -> &Vec<Standings>) -> Standings {
        let at = usize::try_from(self.first.until(month)).ok();
        at.and_then(|at| of(self.issues.get(issue)?).get(at).copied())
            .unwrap_or_default()
    }
}

/// The months of a case.
#[derive(Clone, Copy)]
struct Months {
    first: Month,
    last: Month,
}

impl Months {
    fn count(self) -> usize {
        usize::try_from(self.first.until(self.last) + 1).unwrap_or(0)
    }
}

/// An observation, with the month in which it comes in.
pub(super) struct Seen {
    pub(super) month: Month,
    /// On the ally and the patron.
    pub(super) loads: [f64; 2],
    pub(super) value: f64,
    pub(super) variance: f64,
    /// By position in the issue's list; nothing for a declared position.
    pub(super) series: Option<usize>,
    /// Whether it is of the mean of the calendar year up to now.
    pub(super) of_year: bool,
}

fn path(record: &Record, issue: usize, months: Months, options: &PostureOptions) -> Path {
    let triad = &record.case.triad;
    let declared = |actor: &Actor, kind| {
        let all = record.positions.iter();
        let of = all.filter(|p| p.issue == issue && p.kind == kind && p.actor == *actor);
        Declared::new(of.collect(), options)
    };
    let (ally, patron) = (triad.ally(), triad.patron());
    let sides = [
        declared(ally, PositionKind::Preference),
        declared(patron, PositionKind::Preference),
        declared(patron, PositionKind::Expectation),
    ];
    let mut path = Path {
        before: vec![Standings::default(); months.count()],
        after: vec![Standings::default(); months.count()],
        told: sides.each_ref().map(|d| d.told(options)),
    };
    // Without a series the sides have nothing to do with each other, and each has its own run.
    type Put = fn(&mut Standings, Option<Standing>);
    let places: [Put; 3] = [
        |s, x| s.ally = x,
        |s, x| s.patron = x,
        |s, x| s.expected = x,
    ];
    for (side, put) in sides.iter().zip(places) {
        let seen = side.seen([1.0, 0.0], options);
        if let Some(found) = run(&seen, 1, 0, months, options) {
            found.fill(&mut path, months, |s, state, more| {
                put(s, Some(standing(state, 0, more)))
            });
        }
    }
    let series: Vec<(&Series, Side)> = record.measuring(issue).collect();
    if series.is_empty() {
        return path;
    }
    let mut seen = sides[0].seen([1.0, 0.0], options);
    seen.extend(sides[1].seen([0.0, 1.0], options));
    for (k, (s, side)) in series.iter().enumerate() {
        seen.extend(s.values.iter().filter_map(|v| value(k, *side, v, options)));
    }
    if let Some(found) = run(&seen, 2, series.len(), months, options) {
        found.fill(&mut path, months, |s, state, more| {
            // A side that has never been declared has no salience either: a series moves a posture and
            // makes none.
            if let (Some(ally), Some(patron)) = (&mut s.ally, &mut s.patron) {
                (*ally, *patron) = (standing(state, 0, more), standing(state, 1, more));
                s.covariance = state.covariance.at(0, 1);
            }
        });
    }
    path
}

fn standing(state: &State, side: usize, more: f64) -> Standing {
    Standing {
        centre: state.mean[side],
        sd: (state.covariance.at(side, side) + more).max(0.0).sqrt(),
    }
}

/// A value of a series, in the month in which it came in; nothing if it is missing.
fn value(series: usize, side: Side, v: &SeriesValue, options: &PostureOptions) -> Option<Seen> {
    let x = v.value?;
    let (begins, ends) = (
        Month::of(v.period.first_day()),
        Month::of(v.period.last_day()),
    );
    let month = ends.max(Month::of(v.known_from));
    let (months, late) = (begins.until(ends) + 1, ends.until(month));
    // A calendar year has a running sum, until the next begins it anew. A value that comes later is taken
    // for one of the state by then: the mean of n months of a walk is n/3 months of it from their last.
    let of_year = months == 12 && late == 0;
    let aged = match (months, of_year) {
        (_, true) => 0.0,
        (1, _) => options.walk_of(late),
        _ => options.walk_of(late) + options.walk_of(months) / 3.0,
    };
    let error = v
        .low
        .zip(v.high)
        .map_or(0.0, |(low, high)| (high - low) / INTERVAL_90);
    let (loads, error) = match side {
        Side::Ally => ([1.0, 0.0], error),
        Side::Patron => ([0.0, 1.0], error),
        Side::Between => ([1.0, x - 1.0], 2.0 * error),
    };
    Some(Seen {
        month,
        loads,
        value: x,
        variance: error * error + options.series_sd.powi(2) + aged,
        series: Some(series),
        of_year,
    })
}

/// What a run found, from the month of its first observation on.
struct Found {
    first: Month,
    /// By month, what was known at the end of the month before.
    before: Vec<Option<State>>,
    after: Vec<State>,
    /// Variance of the walk from one month into the next.
    walk: f64,
}

impl Found {
    /// Puts each month's state, with the variance that the walk has added to it, where it belongs.
    fn fill(
        &self,
        path: &mut Path,
        months: Months,
        mut put: impl FnMut(&mut Standings, &State, f64),
    ) {
        for (at, (before, after)) in path.before.iter_mut().zip(&mut path.after).enumerate() {
            let since = self.first.until(months.first + at as i32);
            let Ok(since) = usize::try_from(since) else {
                continue;
            };
            if let Some(Some(state)) = self.before.get(since) {
                put(before, state, self.walk);
            }
            if let Some(state) = self.after.get(since) {
                put(after, state, 0.0);
            }
        }
    }
}

/// Filter and smoother over `sides` walking states and one constant a series; nothing where there is no
/// observation before the last month, or a side stays unknown to the end.
fn run(
    seen: &[Seen],
    sides: usize,
    series: usize,
    months: Months,
    options: &PostureOptions,
) -> Option<Found> {
    let within = || seen.iter().filter(|o| o.month <= months.last);
    let first = within().map(|o| o.month).min()?;
    let count = usize::try_from(first.until(months.last)).ok()? + 1;
    let states = sides + series;
    let of_states = |side: f64, constant: f64| -> Vec<f64> {
        (0..states)
            .map(|k| if k < sides { side } else { constant })
            .collect()
    };
    let noise = of_states(options.walk_of(1), 0.0);
    let walk = Move {
        transition: Square::identity(states),
        noise: Square::diagonal(&noise),
    };
    let start = Initial {
        mean: vec![0.0; states],
        covariance: Square::diagonal(&of_states(0.0, options.level_sd.powi(2))),
        diffuse: (0..sides)
            .map(|side| {
                (0..states)
                    .map(|k| f64::from(u8::from(k == side)))
                    .collect()
            })
            .collect(),
    };
    let begins: Vec<bool> = (0..count)
        .map(|t| (first + t as i32).month() == 1)
        .collect();
    let sums = (series > 0).then(|| running_sums(&walk, &begins));
    let width = if sums.is_some() { 2 * states } else { states };
    let mut steps: Vec<Vec<Observation>> = vec![Vec::new(); count];
    for o in within() {
        let t = usize::try_from(first.until(o.month)).ok()?;
        let mut loads = vec![0.0; width];
        let summed = sums.as_ref().and_then(|s| s.summed.get(t).copied());
        // The first year of a run may have begun before it.
        let of_year = o.of_year && summed == Some(12);
        let (from, share) = if of_year {
            (states, 1.0 / 12.0)
        } else {
            (0, 1.0)
        };
        for (side, load) in o.loads.iter().take(sides).enumerate() {
            loads[from + side] = share * load;
        }
        if let Some(k) = o.series {
            loads[sides + k] = 1.0;
        }
        let spread = if o.of_year && !of_year {
            options.walk_of(12) / 3.0
        } else {
            0.0
        };
        steps[t].push(Observation {
            loads,
            variance: o.variance + spread,
            value: o.value,
        });
    }
    let plain = [walk.clone()];
    let zeros = vec![0; count - 1];
    let (moves, which, initial) = match &sums {
        Some(s) => (&s.moves[..], &s.which[..], s.start(&start)),
        None => (&plain[..], &zeros[..], start),
    };
    let model = Model::new(&initial, moves, which, &steps).ok()?;
    let filtered = filter(&model).ok()?.states;
    let after = smooth(&model).ok()?.states;
    let before = std::iter::once(None).chain(filtered).take(count).collect();
    Some(Found {
        first,
        before,
        after,
        walk: options.walk_of(1),
    })
}

#[cfg(test)]
mod tests;
