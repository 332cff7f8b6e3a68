//! How far ally and patron stand from each other on the line that best divides the votes: by Tertius's own ideal
//! points, to the last session of the votes, and by the published ones, to where they end.
//!
//! Points of all sessions take some seconds and are the same for every triad. They are kept in the user's cache,
//! under the checksum of the votes and the version of the program; what cannot be read there is found anew.

use std::fmt::Write;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use tertius::vocabulary::Observed;
use tertius_data::datasets::un_ideal_points;
use tertius_data::datasets::un_votes::RollCalls;
use tertius_data::folder::cache;
use tertius_data::measures::ballots::{self, Issue};
use tertius_data::measures::place::seats_of;
use tertius_data::states::StateId;
use tertius_data::tables::{NotRead, Tables};
use tertius_math::ideal_points::Options;

use super::Args;
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

/// Mean and ends of a seat in a session.
struct Point {
    session: i32,
    cow: u16,
    at: [f64; 3],
}

/// By the points that are found from the votes. A session stands for the year in which it opens, 1945 + s.
pub(super) fn own(
    args: &Args,
    calls: &RollCalls,
    votes: &str,
    states: [StateId; 3],
) -> Vec<Distant> {
    let points = kept_points(&args.public, calls, votes);
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

/// The first line of a file that is kept.
const HEAD: &str = "session,ccode,mean,q05,q95";

/// The points of every seat in every session: kept ones, or else found and kept.
fn kept_points(public: &Public, calls: &RollCalls, votes: &str) -> Vec<Point> {
    let place = place(votes);
    let kept = place.as_ref().and_then(|p| std::fs::read_to_string(p).ok());
    if let Some(points) = kept.as_deref().and_then(parsed) {
        return points;
    }
    if let Some(folder) = place.as_ref().and_then(|p| p.parent()) {
        let folder = [("folder", folder.display().to_string())];
        public.warn("interests-first-points", &folder);
    }
    // Votes on which nobody differed have no dimension, and no points.
    let found = ballots::ideal_points(calls, Issue::Any, |_| true, &Options::default());
    let points: Vec<Point> = found.map_or_else(
        |_| Vec::new(),
        |found| {
            let cow = |seat: u32| calls.seats.get(seat as usize).map_or(0, |s| s.cow);
            let points = found.points.iter().map(|p| Point {
                session: p.session,
                cow: cow(p.voter),
                at: [p.mean, p.low, p.high],
            });
            points.collect()
        },
    );
    if let Some(place) = place {
        // Where it cannot be kept it is found again the next time.
        let _ = keep(&place, &points);
    }
    points
}

/// Where points of votes with a checksum are kept, if anywhere.
fn place(votes: &str) -> Option<PathBuf> {
    let env = |name| std::env::var_os(name).map(PathBuf::from);
    let folder = cache(env("XDG_CACHE_HOME"), env("LOCALAPPDATA"), env("HOME"))?;
    let version = env!("CARGO_PKG_VERSION");
    let votes = votes.get(..16)?;
    Some(folder.join(format!("ideal-points-{version}-{votes}.csv")))
}

fn keep(place: &std::path::Path, points: &[Point]) -> std::io::Result<()> {
    let mut text = format!("{HEAD}\n");
    for p in points {
        let [mean, low, high] = p.at;
        // Seventeen digits say a number exactly.
        let _ = writeln!(
            text,
            "{},{},{mean:.17e},{low:.17e},{high:.17e}",
            p.session, p.cow
        );
    }
    let _ = writeln!(text, "end,{},,,", points.len());
    if let Some(folder) = place.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // Two runs at once write the same.
    let aside = place.with_extension(format!("{}.part", std::process::id()));
    std::fs::write(&aside, text)?;
    std::fs::rename(&aside, place)
}

/// The points of a file that is whole.
fn parsed(text: &str) -> Option<Vec<Point>> {
    let mut lines = text.lines();
    (lines.next() == Some(HEAD)).then_some(())?;
    let mut points = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let [session, cow, mean, low, high] = cells[..] else {
            return None;
        };
        if session == "end" {
            return (cow.parse() == Ok(points.len())).then_some(points);
        }
        let number = |text: &str| text.parse().ok().filter(|x: &f64| x.is_finite());
        points.push(Point {
            session: session.parse().ok()?,
            cow: cow.parse().ok()?,
            at: [number(mean)?, number(low)?, number(high)?],
        });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_that_are_kept_come_back_to_the_bit_and_half_a_file_does_not() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("cache/points.csv");
        let at = [0.1 + 0.2, -1.0 / 3.0, f64::MIN_POSITIVE];
        let point = |session| Point {
            session,
            cow: 2,
            at,
        };
        keep(&place, &[point(1), point(2)]).unwrap();
        let text = std::fs::read_to_string(&place).unwrap();
        let back = parsed(&text).unwrap();
        assert_eq!(back.len(), 2);
        assert_eq!(back[1].at.map(f64::to_bits), at.map(f64::to_bits));
        for cut in [0, 10, text.len() / 2, text.len() - 9] {
            assert!(parsed(&text[..cut]).is_none(), "{cut}");
        }
        assert!(parsed(&text.replace("1,2,", "1,x,")).is_none());
    }
}
