//! `tertius measure ideal-points`: where states stand, session by session.

use std::collections::BTreeSet;

use tertius_data::datasets::un_votes::RollCalls;
use tertius_data::measures::ballots;
use tertius_data::measures::place::seats_of;
use tertius_math::ideal_points::{Ended as Climbed, IdealPoints, Options, Orientation, Verdict};

use super::Args;
use super::covers::ends;
use crate::Ended;
use crate::rows::Rows;

const COLUMNS: [&str; 7] = ["session", "state", "mean", "sd", "q05", "q95", "n"];

pub(super) fn run(args: &Args) -> Result<(), Ended> {
    let issue = args.issue()?;
    let calls = args.calls()?;
    let wanted = |year| args.wants(i32::from(year));
    // All sessions are fitted together, whatever years are asked for: a fit to some of them has another scale.
    let sessions: BTreeSet<i32> = (calls.calls.iter())
        .filter(|c| wanted(c.year()))
        .map(|c| i32::from(c.session))
        .collect();
    let counted = calls.calls.iter().filter(|c| issue.holds(c.issues));
    let span = ends(counted.map(|c| c.year()));
    let only = args.named(args.years_of(span))?;
    let asked = calls.calls.iter().filter(|c| issue.holds(c.issues));
    let asked = ends(asked.map(|c| c.year()).filter(|y| wanted(*y)));
    args.within("ideal-points", asked, &args.covered(span))?;
    let mut options = Options {
        above: above(args, &calls)?,
        ..Options::default()
    };
    options.starts = args.starts.unwrap_or(options.starts);
    options.seed = args.seed.unwrap_or(options.seed);
    let found = ballots::ideal_points(&calls, issue, |_| true, &options);
    let found = found.map_err(|_| args.public.usage("measure-nothing-divides", &[]))?;
    if let Climbed::StoppedAt { steps, .. } = found.ended {
        args.public
            .warn("measure-not-converged", &[("steps", steps.to_string())]);
    }
    tell(args, &found);
    let code = |seat: u32| calls.seats.get(seat as usize).map_or(0, |s| s.cow);
    let mut points: Vec<_> = found.points.iter().collect();
    points.sort_by_key(|p| (p.session, code(p.voter)));
    // All are fitted together; those that are named are shown.
    let shown = |seat: u32| {
        let seat = calls.seats.get(seat as usize);
        only.as_ref()
            .is_none_or(|only| seat.is_some_and(|s| only.contains(&s.state)))
    };
    points.retain(|p| shown(p.voter) && sessions.contains(&p.session));
    if points.is_empty() {
        let values = [("name", args.states.join(", "))];
        args.public.warn("measure-no-seat", &values);
    }
    let mut rows = Rows::new(args.format, &COLUMNS);
    for p in points {
        rows.int(i64::from(p.session));
        rows.int(i64::from(code(p.voter)));
        for x in [p.mean, p.deviation, p.low, p.high] {
            rows.number(Some(x));
        }
        rows.int(p.votes as i64);
    }
    args.write(&COLUMNS, vec![rows])
}

/// The seats that fix the sign, the higher one of each pair first.
fn above(args: &Args, calls: &RollCalls) -> Result<Vec<(u32, u32)>, Ended> {
    let span = calls.span().map(|(a, b)| a.year()..=b.year());
    let span = span.unwrap_or(1946..=1946);
    let mut pairs = Vec::new();
    for text in &args.above {
        let wrong = || {
            args.public
                .usage("measure-no-pair", &[("pair", text.clone())])
        };
        let (higher, lower) = text.split_once(',').ok_or_else(wrong)?;
        let seats = |name: &str| -> Result<Vec<usize>, Ended> {
            let state = args.public.state(name.trim(), span.clone())?;
            let seats = seats_of(calls, state);
            if seats.is_empty() {
                let values = [("name", name.trim().to_owned())];
                return Err(args.public.usage("measure-no-seat", &values));
            }
            Ok(seats)
        };
        let (higher, lower) = (seats(higher)?, seats(lower)?);
        if higher == lower {
            return Err(wrong());
        }
        let of = |h: &usize| {
            let h = *h as u32;
            lower.iter().map(move |l| (h, *l as u32))
        };
        pairs.extend(higher.iter().flat_map(of));
    }
    Ok(pairs)
}

/// What other starts found, and what the sign rests on.
fn tell(args: &Args, found: &IdealPoints) {
    let n = ("n", found.starts.len().to_string());
    let warn = |key: &str, values: &[(&str, String)]| args.public.warn(key, values);
    match found.verdict() {
        Verdict::Untried => warn("measure-starts-untried", &[]),
        Verdict::Agree => warn("measure-starts-agree", &[n]),
        Verdict::Lower { climbs, by } => {
            let values = [
                n,
                ("climbs", climbs.to_string()),
                ("by", format!("{by:.1}")),
            ];
            warn("measure-starts-lower", &values);
        }
        Verdict::Differ { climbs } => {
            warn(
                "measure-starts-differ",
                &[n, ("climbs", climbs.to_string())],
            );
        }
    }
    match found.orientation {
        Orientation::Arbitrary => warn("measure-sign-arbitrary", &[]),
        Orientation::Anchored { seen, agreeing } => {
            let values = [
                ("seen", seen.to_string()),
                ("agreeing", agreeing.to_string()),
            ];
            warn("measure-sign-anchored", &values);
        }
    }
}
