//! Roll calls: both releases, and the similarity figures that they must give.

use jiff::civil::date;
use tertius_data::datasets::un_votes::{Period, RollCalls, Vote, read, read_package};
use tertius_data::states::States;
use tertius_data::table::{RawFile, Reason};

use crate::support::public;

/// S, Cohen's kappa with squared weights, and Scott's pi of two seats in a calendar year: slow and obvious.
fn similarity(calls: &RollCalls, a: u16, b: u16, year: i16) -> (usize, f64, f64, f64) {
    let (a, b) = (calls.seat(a).unwrap(), calls.seat(b).unwrap());
    let groups = calls.by(Period::Year);
    let rows = &groups.iter().find(|g| g.0 == year).unwrap().1;
    let pairs: Vec<(f64, f64)> = rows
        .iter()
        .filter_map(|r| Some((calls.vote(*r, a)?, calls.vote(*r, b)?)))
        .map(|(x, y)| (f64::from(x as u8), f64::from(y as u8)))
        .collect();
    let n = pairs.len() as f64;
    let s = 1.0 - 2.0 * pairs.iter().map(|(x, y)| (x - y).abs()).sum::<f64>() / (2.0 * n);
    let share = |of: &dyn Fn(&(f64, f64)) -> f64, v: f64| {
        pairs.iter().filter(|p| of(p) == v).count() as f64 / n
    };
    let levels = [1.0, 2.0, 3.0];
    let first: Vec<f64> = levels.iter().map(|v| share(&|p| p.0, *v)).collect();
    let second: Vec<f64> = levels.iter().map(|v| share(&|p| p.1, *v)).collect();
    let observed = pairs.iter().map(|(x, y)| (x - y).powi(2)).sum::<f64>() / n;
    let mut expected = 0.0;
    for (i, x) in levels.iter().enumerate() {
        for (j, y) in levels.iter().enumerate() {
            expected += first[i] * second[j] * (x - y).powi(2);
        }
    }
    let kappa = 1.0 - observed / expected;
    let agree = pairs.iter().filter(|(x, y)| x == y).count() as f64 / n;
    let chance: f64 = (0..3).map(|i| ((first[i] + second[i]) / 2.0).powi(2)).sum();
    (pairs.len(), s, kappa, (agree - chance) / (1.0 - chance))
}

fn check_figures(calls: &RollCalls) {
    // Values made with the R package fpsim; half a unit of their last printed digit.
    let cases = [
        (2, 740, 1985, 152, 0.203947, 0.317078, 0.049722),
        (2, 740, 2014, 79, 0.113924, 0.272060, 0.062436),
        (740, 365, 2014, 78, 0.269231, -0.117647, 0.067778),
    ];
    for (a, b, year, n, s, kappa, pi) in cases {
        let found = similarity(calls, a, b, year);
        assert_eq!(found.0, n, "{a}-{b} {year}");
        for (x, y) in [(found.1, s), (found.2, kappa), (found.3, pi)] {
            assert!((x - y).abs() < 5.1e-7, "{a}-{b} {year}: {x} for {y}");
        }
    }
}

#[test]
fn the_release_of_2024_gives_the_known_figures_and_loses_no_row() {
    let Some(file) = public("un_votes/un_votes_1946_2024.parquet") else {
        return;
    };
    let (calls, account) = read(&file).unwrap();
    // Three votes of session 78 stand there twice, and 42 rows of it give another day than the rest of
    // their roll call does (counted with pandas).
    assert_eq!((account.rows, account.used), (855_890, 855_887));
    assert!(account.balances());
    assert!(account.aside.iter().all(|a| a.reason == Reason::Duplicate));
    let mended = |column| account.mended.iter().filter(move |m| m.column == column);
    assert_eq!(mended("date").count(), 42);
    // Sessions 1 to 4 have the seat of China under the People's Republic, which held it from 1971 (pandas: 43,
    // 38, 104 and 64 votes).
    assert_eq!(mended("ccode").count(), 43 + 38 + 104 + 64);
    assert_eq!(account.mended.len(), 42 + 249);
    assert_eq!(calls.span(), Some((date(1946, 1, 1), date(2024, 6, 4))));
    check_figures(&calls);
    let filled = calls.votes().iter().filter(|v| **v != 0).count();
    assert_eq!(filled, 855_887);
    // Nothing was voted on in 1964: the nineteenth session could not agree on who may vote.
    assert!(calls.by(Period::Year).iter().all(|(y, _)| *y != 1964));
    assert_eq!(calls.by(Period::Session).len(), 78);
    // Until October 1971 the seat of China is Taiwan's, and then the People's Republic's.
    let (taiwan, china) = (calls.seat(713).unwrap(), calls.seat(710).unwrap());
    let years = |seat| {
        let rows = calls.calls.iter().enumerate();
        let voted: Vec<i16> = rows
            .filter(|(r, _)| calls.vote(*r, seat).is_some())
            .map(|(_, c)| c.year())
            .collect();
        (voted.iter().min().copied(), voted.iter().max().copied())
    };
    assert_eq!(years(taiwan), (Some(1946), Some(1971)));
    assert_eq!(years(china), (Some(1971), Some(2024)));
}

#[test]
fn the_release_of_2021_gives_the_same_figures_from_other_codes() {
    let folder = "un_votes/unvotes_pkg_";
    let Some(votes) = public(&format!("{folder}votes_1946_2019.parquet")) else {
        return;
    };
    let others =
        ["roll_calls.csv.gz", "issues.csv.gz"].map(|f| public(&format!("{folder}{f}")).unwrap());
    let (calls, accounts) = read_package(&votes, &others[0], &others[1]).unwrap();
    for (account, rows) in accounts.iter().zip([870_109, 6_203, 5_745]) {
        assert!(account.balances(), "{}", account.file);
        assert_eq!(account.rows, rows);
        assert_eq!(account.aside.len(), 0, "{:?}", account.aside.first());
    }
    check_figures(&calls);
    // The package has no code for the Federal Republic before 1990; by its name it has a seat of its own.
    let states = States::bundled();
    let seat = calls.seat(260).unwrap();
    assert_eq!(states.key(calls.seats[seat].state), "germany");
    assert_eq!(
        calls.seat(255).map(|s| calls.seats[s].state),
        Some(calls.seats[seat].state)
    );
    assert!(calls.calls.iter().any(|c| c.issues.is_some_and(|i| i != 0)));
}

/// A file that knows one number for China: whose a vote was hangs on the day, not on the year.
#[test]
fn the_seat_of_china_is_taiwans_until_the_day_of_the_resolution() {
    let rows = "\
resid,ccode,vote,session,date
4001,2,1,4,1949-12-01
4001,710,3,4,1949-12-01
26001,710,1,26,1971-10-24
26002,710,2,26,1971-10-25
26003,713,1,26,1971-10-25
26004,713,3,26,1971-10-07
26004,710,3,26,1971-10-07
";
    let (calls, account) = read(&RawFile::new("UNVotes.csv", rows)).unwrap();
    assert!(account.balances());
    let [taiwan, china] = [713, 710].map(|cow| calls.seat(cow).unwrap());
    let states = States::bundled();
    let keys = [taiwan, china].map(|s| states.key(calls.seats[s].state));
    assert_eq!(keys, ["taiwan", "china"]);
    let votes = |seat| -> Vec<(u32, Vote)> {
        let all = calls.calls.iter().enumerate();
        all.filter_map(|(r, c)| Some((c.id, calls.vote(r, seat)?)))
            .collect()
    };
    assert_eq!(
        votes(taiwan),
        [(4001, Vote::No), (26001, Vote::Yes), (26004, Vote::No)]
    );
    assert_eq!(votes(china), [(26002, Vote::Abstain)]);
    let mended: Vec<_> = account
        .mended
        .iter()
        .map(|m| (m.row, m.column, m.reason))
        .collect();
    let not_then = |row| (row, "ccode", Reason::NotAMember);
    assert_eq!(mended, [not_then(3), not_then(4)]);
    // After it lost the seat Taiwan has no vote; and one seat has one vote on a roll call.
    let aside: Vec<_> = account.aside.iter().map(|a| (a.row, a.reason)).collect();
    assert_eq!(aside, [(6, Reason::NotAMember), (8, Reason::Duplicate)]);
}

/// A file as the publisher's codebook describes it: absences (8), states that are no members (9), other columns.
const PUBLISHED: &str = "\
rcid,ccode,member,vote,Country,Countryname,year,session,date,resid
3,2,1,1,USA,United States of America,1946,1,1946-01-01,1001
3,740,1,9,JPN,Japan,1946,1,1946-01-01,1001
3,365,1,8,RUS,Russia,1946,1,1946-01-01,1001
3,200,1,3,GBR,United Kingdom,1946,1,1946-01-01,1001
3,200,1,1,GBR,United Kingdom,1946,1,1946-01-01,1001
3,817,1,2,RVN,Republic of Vietnam,1946,1,1946-01-01,1001
3,1946,1,2,FRA,France,220,1,1946-01-01,1001
3,220,1,5,FRA,France,1946,1,1946-01-01,1001
3,220,1,NA,FRA,France,1946,1,1946-01-01,1001
3,220,1,2,FRA,France,1946,2,1946-01-01,1001
";

#[test]
fn the_publishers_form_is_read_and_every_bad_row_is_named() {
    let (calls, account) = read(&RawFile::new("UNVotes.csv", PUBLISHED)).unwrap();
    assert_eq!(
        calls.calls[0].id, 1001,
        "the number within sessions is preferred"
    );
    let vote = |cow| calls.vote(0, calls.seat(cow).unwrap());
    assert_eq!(vote(2), Some(Vote::Yes));
    assert_eq!(vote(200), Some(Vote::No));
    assert_eq!(vote(365), None, "an absence is no abstention");
    assert!(account.balances());
    let why: Vec<_> = account
        .aside
        .iter()
        .map(|a| (a.row, a.column, a.reason))
        .collect();
    let expected = [
        (3, "vote", Reason::NotAMember),
        (6, "ccode", Reason::Duplicate),
        (7, "ccode", Reason::NotThen),
        (8, "ccode", Reason::OutOfRange),
        (9, "vote", Reason::OutOfRange),
        (10, "vote", Reason::Empty),
        (11, "session", Reason::Contradiction),
    ];
    assert_eq!(why, expected);
    assert_eq!((account.rows, account.used), (10, 3));
}
