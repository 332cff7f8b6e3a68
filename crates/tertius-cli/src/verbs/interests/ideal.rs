//! How far ally and patron stand from each other on the line that best divides the votes: by Tertius's own ideal
//! points, to the last session of the votes, and by the published ones, to where they end.
//!
//! Points of all sessions are the same for every triad, and [kept](super::kept).

use std::ops::RangeInclusive;

use tertius::vocabulary::Observed;
use tertius_data::datasets::un_ideal_points;
use tertius_data::datasets::un_votes::RollCalls;
use tertius_data::measures::ballots::{self, Issue};
use tertius_data::measures::place::seats_of;
use tertius_data::states::StateId;
use tertius_data::tables::{NotRead, Tables};
use tertius_math::ideal_points::Options;

use super::Args;
use super::kept::{self, Point};
use crate::verbs::public::Public;

/// How far ally and patron stand from each other, or why that is not known.
#[derive(Clone, Copy)]
pub(super) enum Distant {
    Known {
        apart: f64,
        interval: Option<(f64, f64)>,
    },
    Missing,
    Outside,
}

impl Distant {
    /// Of a mean and the ends of its 90 % interval each; the two are taken as independent.
    fn between(w: [f64; 3], s: [f64; 3]) -> Distant {
        let half = |p: [f64; 3]| (p[2] - p[1]) / 2.0;
        let apart = (w[0] - s[0]).abs();
        let half = half(w).hypot(half(s));
        Distant::Known {
            apart,
            interval: half
                .is_finite()
                .then(|| ((apart - half).max(0.0), apart + half)),
        }
    }

    pub(super) fn value(self) -> Option<f64> {
        match self {
            Distant::Known { apart, .. } => Some(apart),
            Distant::Missing | Distant::Outside => None,
        }
    }
}

/// By the points that are found from the votes. A session stands for the year in which it opens, 1945 + s.
pub(super) fn own(
    args: &Args,
    calls: &RollCalls,
    votes: &str,
    states: [StateId; 3],
) -> Vec<Distant> {
    let Some(points) = points_of(&args.public, calls, votes) else {
        // Votes there are, and no dimension that divides them.
        return (args.from..=args.to).map(|_| Distant::Missing).collect();
    };
    let sessions = points.iter().map(|p| p.session);
    let span = sessions.clone().min().zip(sessions.max());
    let of = |state: StateId, session: i32| {
        let seats = seats_of(calls, state);
        let is =
            |p: &&Point| p.session == session && seats.iter().any(|s| calls.seats[*s].cow == p.cow);
        points.iter().find(is).map(|p| p.at)
    };
    let of_year = |year: i16| {
        let session = i32::from(year) - 1945;
        if !span.is_some_and(|(a, b)| (a..=b).contains(&session)) {
            return Distant::Outside;
        }
        match (of(states[0], session), of(states[1], session)) {
            (Some(w), Some(s)) => Distant::between(w, s),
            _ => Distant::Missing,
        }
    };
    (args.from..=args.to).map(of_year).collect()
}

/// By the published points.
pub(super) fn published(
    tables: &Tables,
    states: [StateId; 3],
    years: RangeInclusive<i16>,
) -> Result<Vec<Distant>, NotRead> {
    let found = tables.read("un-ideal-points", "july-2025", un_ideal_points::read)?;
    let of_year = |year: i16| {
        let of = |state| found.table.value(state, year, |p| *p);
        match (of(states[0]), of(states[1])) {
            (Observed::Observed(w), Observed::Observed(s)) => {
                let at = |p: un_ideal_points::IdealPoint| {
                    let end = |x: Option<f64>| x.unwrap_or(f64::NAN);
                    [p.mean, end(p.low), end(p.high)]
                };
                Distant::between(at(w), at(s))
            }
            (Observed::OutsideCoverage, _) | (_, Observed::OutsideCoverage) => Distant::Outside,
            _ => Distant::Missing,
        }
    };
    Ok(years.map(of_year).collect())
}

/// The points of every seat in every session: kept ones, or else found and kept. Nothing where no vote divided anybody.
fn points_of(public: &Public, calls: &RollCalls, votes: &str) -> Option<Vec<Point>> {
    let place = kept::place(votes);
    if let Some(points) = place.as_deref().and_then(kept::read) {
        return Some(points);
    }
    if let Some(folder) = place.as_ref().and_then(|p| p.parent()) {
        let folder = [("folder", folder.display().to_string())];
        public.warn("interests-first-points", &folder);
    }
    let found = ballots::ideal_points(calls, Issue::Any, |_| true, &Options::default()).ok()?;
    let cow = |seat: u32| calls.seats.get(seat as usize).map_or(0, |s| s.cow);
    let points: Vec<Point> = found
        .points
        .iter()
        .map(|p| Point {
            session: p.session,
            cow: cow(p.voter),
            at: [p.mean, p.low, p.high],
        })
        .collect();
    if let Some(place) = place {
        // Where it cannot be kept it is found again the next time.
        let _ = kept::keep(&place, &points, public.lang);
    }
    Some(points)
}
