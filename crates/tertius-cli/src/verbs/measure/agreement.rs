//! `tertius measure triad-agreement W S R`: whose side the ally takes where patron and rival part.

use tertius_data::conditions::audience::wilson;
use tertius_data::datasets::un_votes::Period;
use tertius_data::measures::place::{seats_of, sided};

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
    let span = calls.span().map(|(a, b)| (a.year(), b.year()));
    let years = span.map_or(Ok(1946..=1946), |(a, b)| args.years(a, b))?;
    let states = args.public.triad(&args.states, years)?;
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
    args.write(&columns, vec![rows])
}
