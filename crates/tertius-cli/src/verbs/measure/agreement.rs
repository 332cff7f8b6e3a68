//! `tertius measure triad-agreement W S R`: whose side the ally takes where patron and rival part.

use tertius_data::conditions::audience::wilson;
use tertius_data::datasets::un_votes::Period;
use tertius_data::measures::place::{seats_of, sided};

use super::covers::ends;
use super::{Args, By};
use crate::Ended;
use crate::rows::Rows;

const COLUMNS: [&str; 9] = [
    "n",
    "with_patron",
    "low",
    "high",
    "with_rival",
    "rival_low",
    "rival_high",
    "neither",
    "place",
];

pub(super) fn run(args: &Args) -> Result<(), Ended> {
    let issue = args.issue()?;
    let calls = args.calls()?;
    let counted = calls.calls.iter().filter(|c| issue.holds(c.issues));
    let span = ends(counted.map(|c| c.year()));
    let states = args.public.triad(&args.states, args.years_of(span))?;
    let seats = states.map(|s| seats_of(&calls, s));
    let seats = [&seats[0][..], &seats[1][..], &seats[2][..]];
    let period = match args.by() {
        By::Year => Period::Year,
        By::Session => Period::Session,
    };
    let name = if period == Period::Year {
        "year"
    } else {
        "session"
    };
    let columns: Vec<&str> = [name].into_iter().chain(COLUMNS).collect();
    let mut rows = Rows::new(args.format, &columns);
    let mut filled = Vec::new();
    for (of, calls_of) in calls.by(period) {
        let opened = i32::from(of) + if period == Period::Year { 0 } else { 1945 };
        if !args.wants(opened) {
            continue;
        }
        let found = sided(&calls, calls_of, seats, issue);
        let n = found.n();
        if n == 0 {
            continue;
        }
        filled.extend(i16::try_from(opened));
        let share = |k: u32| f64::from(k) / f64::from(n);
        let interval = |k: u32| wilson(share(k), n, 1.0).and_then(|v| v.interval);
        let (with_patron, with_rival) = (interval(found.patron), interval(found.rival));
        rows.int(i64::from(of));
        rows.int(i64::from(n));
        rows.number(Some(share(found.patron)));
        rows.number(with_patron.map(|i| i.0));
        rows.number(with_patron.map(|i| i.1));
        rows.number(Some(share(found.rival)));
        rows.number(with_rival.map(|i| i.0));
        rows.number(with_rival.map(|i| i.1));
        rows.number(Some(share(found.neither)));
        rows.number(found.place());
    }
    let filled = ends(filled.into_iter());
    args.within("triad-agreement", filled, &args.covered(span))?;
    args.write(&columns, vec![rows])
}
