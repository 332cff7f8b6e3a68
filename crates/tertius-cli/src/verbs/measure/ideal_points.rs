//! `tertius measure ideal-points`: where states stand, session by session.

use tertius_data::measures::ballots;
use tertius_math::ideal_points::{Ended as Climbed, Options};

use super::Args;
use crate::Ended;
use crate::rows::Rows;

const COLUMNS: [&str; 7] = ["session", "state", "mean", "sd", "q05", "q95", "n"];

pub(super) fn run(args: &Args) -> Result<(), Ended> {
    let issue = args.issue()?;
    let calls = args.calls()?;
    let wanted = |year| args.wants(i32::from(year));
    let found = ballots::ideal_points(&calls, issue, wanted, &Options::default());
    let found = found.map_err(|_| args.public.usage("measure-nothing-divides", &[]))?;
    if let Climbed::StoppedAt { steps, .. } = found.ended {
        args.public
            .warn("measure-not-converged", &[("steps", steps.to_string())]);
    }
    let code = |seat: u32| calls.seats.get(seat as usize).map_or(0, |s| s.cow);
    let mut points: Vec<_> = found.points.iter().collect();
    points.sort_by_key(|p| (p.session, code(p.voter)));
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
