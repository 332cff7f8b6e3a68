//! The votes of the General Assembly: figures that others have, and what is measured on all of them.

mod data;

use data::{Assembly, assembly, published};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::time::Instant;
use tertius_math::Share;
use tertius_math::ideal_points::{Ended, IdealPoints, Options, Orientation, Verdict, fit};
use tertius_math::resampling::Bootstrap;
use tertius_math::similarity::{Distance, Measure, Table, likeness};

use crate::ideal_points::correlation;

const USA: i32 = 2;
const RUSSIA: i32 = 365;
const JAPAN: i32 = 740;

#[derive(Deserialize)]
struct Golden {
    levels: u8,
    pair: Vec<GoldenPair>,
}

#[derive(Deserialize)]
struct GoldenPair {
    states: [i32; 2],
    year: i32,
    counts: Vec<usize>,
    s_absolute: Option<f64>,
    tau_b: Option<f64>,
    kappa_squared: Option<f64>,
    pi_nominal: Option<f64>,
    tolerance: f64,
}

impl GoldenPair {
    fn printed(&self) -> [(Measure, Option<f64>); 4] {
        [
            (Measure::S(Distance::Absolute), self.s_absolute),
            (Measure::TauB, self.tau_b),
            (Measure::Kappa(Distance::Squared), self.kappa_squared),
            (Measure::Pi(Distance::Nominal), self.pi_nominal),
        ]
    }

    fn check(&self, found: &[Option<f64>]) {
        for ((measure, printed), found) in self.printed().into_iter().zip(found) {
            let Some(printed) = printed else { continue };
            let found = found.unwrap();
            let what = format!("{:?} {} {measure:?}: {found}", self.states, self.year);
            assert!((found - printed).abs() <= self.tolerance, "{what}");
        }
    }
}

fn golden() -> Golden {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../goldens/miller2025/votes.toml"
    );
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn four_pairs_of_states_from_their_tables() {
    let golden = golden();
    for pair in &golden.pair {
        let k = usize::from(golden.levels);
        let cells = pair.counts.iter().enumerate();
        let each = cells.flat_map(|(at, n)| std::iter::repeat_n((at / k, at % k), *n));
        let (a, b): (Vec<_>, Vec<_>) = each.map(|(i, j)| (Some(i as u8), Some(j as u8))).unzip();
        let table = Table::count(golden.levels.try_into().unwrap(), &a, &b);
        pair.check(&pair.printed().map(|(m, _)| table.measure(m)));
    }
}

fn by_year(un: &Assembly) -> Vec<tertius_math::similarity::Assembly> {
    un.votes.in_periods(un.years.clone()).unwrap().assemblies()
}

#[test]
fn the_same_pairs_among_all_of_them() {
    let Some(un) = assembly() else { return };
    let golden = golden();
    let started = Instant::now();
    let years = by_year(&un);
    let measures = golden.pair[0].printed().map(|(m, _)| m);
    let (mut dyads, mut undefined, mut seen) = (0, 0, 0);
    for year in &years {
        let scores = year.portfolios.all_pairs(&measures);
        for pair in scores.iter() {
            dyads += 1;
            // Those who share no vote, or always say the same one thing, have no κ.
            if pair.values[2].is_none() {
                undefined += 1;
                let [a, b] = [pair.a, pair.b].map(|u| year.portfolios.row(u));
                let both = || a.iter().zip(&b).filter_map(|(a, b)| Some([(*a)?, (*b)?]));
                let first = both().next();
                assert!(both().all(|v| v[0] == v[1] && Some(v) == first));
            }
            let states = [pair.a, pair.b].map(|u| un.states[year.units[u] as usize]);
            let same = |g: &&GoldenPair| {
                g.year == year.period && (g.states == states || g.states == [states[1], states[0]])
            };
            if let Some(golden) = golden.pair.iter().find(same) {
                let shared = golden.counts.iter().sum::<usize>();
                assert_eq!(pair.shared as usize, shared);
                golden.check(pair.values);
                seen += 1;
            }
        }
    }
    println!(
        "FIGURE all pairs: {dyads} dyad-years, S, tau-b, kappa and pi in {:.2} s; kappa undefined in \
         {undefined}",
        started.elapsed().as_secs_f64()
    );
    assert_eq!(seen, golden.pair.len());
    assert!(undefined > 0);
}

/// S puts Japan nearer to Russia than to its ally in 2014, κ the reverse.
#[test]
fn raw_and_corrected_likeness_part_over_japan_in_2014() {
    let Some(un) = assembly() else { return };
    let years = by_year(&un);
    let year = years.iter().find(|y| y.period == 2014).unwrap();
    let [usa, russia, japan] = [USA, RUSSIA, JAPAN].map(|s| un.voter(s));
    let how = Bootstrap {
        replicates: 2000.try_into().unwrap(),
        covers: Share::NINE_TENTHS,
        seed: 1,
    };
    let of = |other, measure| {
        let row = |voter| year.portfolios.row(year.place(voter).unwrap());
        let levels = year.portfolios.levels();
        let found = likeness(levels, &row(japan), &row(other), measure, &how);
        (found.estimate.unwrap(), found.ends.unwrap())
    };
    let (s, kappa) = (
        Measure::S(Distance::Absolute),
        Measure::Kappa(Distance::Squared),
    );
    assert!(of(russia, s).0 > of(usa, s).0);
    assert!(of(russia, kappa).0 < of(usa, kappa).0);
    // The intervals of κ do not overlap; those of S do.
    assert!(of(russia, kappa).1.1 < of(usa, kappa).1.0);
    assert!(of(russia, s).1.0 < of(usa, s).1.1);
    // Nobody who was not there has a likeness of 0.
    let germany = un.voter(260);
    let in_1950 = years.iter().find(|y| y.period == 1950).unwrap();
    assert!(in_1950.place(germany).is_none() && in_1950.place(usa).is_some());
}

fn options(un: &Assembly) -> Options {
    Options {
        above: vec![(un.voter(USA), un.voter(RUSSIA))],
        ..Options::default()
    }
}

type Pairs = BTreeMap<i32, Vec<(f64, f64)>>;

/// By session, from pairs under (state, session).
fn by_session(pairs: impl Iterator<Item = ((i32, i32), (f64, f64))>) -> Pairs {
    let mut sessions = Pairs::new();
    for ((_, session), pair) in pairs {
        sessions.entry(session).or_default().push(pair);
    }
    sessions
}

/// Our points and published ones.
fn both(un: &Assembly, found: &IdealPoints, theirs: &BTreeMap<(i32, i32), f64>) -> Pairs {
    by_session(found.points.iter().filter_map(|point| {
        let key = (un.states[point.voter as usize], point.session);
        Some((key, (point.mean, *theirs.get(&key)?)))
    }))
}

fn correlations(pairs: Pairs) -> BTreeMap<i32, f64> {
    let enough = pairs.into_iter().filter(|(_, p)| p.len() > 2);
    enough.map(|(s, p)| (s, correlation(&p))).collect()
}

/// Pearson's r with published points within each session.
fn within(
    un: &Assembly,
    found: &IdealPoints,
    theirs: &BTreeMap<(i32, i32), f64>,
) -> BTreeMap<i32, f64> {
    correlations(both(un, found, theirs))
}

fn mean(r: &BTreeMap<i32, f64>) -> f64 {
    r.values().sum::<f64>() / r.len() as f64
}

fn lowest(r: impl IntoIterator<Item = f64>) -> f64 {
    r.into_iter().fold(f64::INFINITY, f64::min)
}

/// Session n opens in 1945 + n; there was no vote in the nineteenth.
#[test]
fn points_stand_where_others_found_them_and_never_turn_over() {
    let Some(un) = assembly() else { return };
    let april = published(
        "un_ideal_points/idealpoints_all_apr2020_to2005.csv.gz",
        "IdealPoint",
        |row| row["session"].parse().unwrap(),
    );
    let july = |column| {
        let path = "un_ideal_points/idealpoints_july2025_to2005.csv";
        published(path, column, |row| {
            row["year"].parse::<i32>().unwrap() - 1945
        })
    };
    let (Some(april), Some(legacy), Some(all)) =
        (april, july("idealpointlegacy"), july("idealpointall"))
    else {
        return;
    };
    let calls = un.votes.roll_calls(None).unwrap();
    let started = Instant::now();
    let found = fit(&calls, &options(&un));
    let seconds = started.elapsed().as_secs_f64();
    let links = found.sessions.iter().filter_map(|s| s.with_previous);
    let link = lowest(links.clone());
    println!(
        "FIGURE ideal points: {} votes, {} points in {seconds:.2} s, {:?}, lowest link {link:.3}",
        calls.votes(),
        calls.positions(),
        found.ended
    );
    assert!(matches!(found.ended, Ended::Converged { .. }));
    assert_eq!(links.count(), found.sessions.len() - 1);
    assert!(link > 0.0);
    // The United States stood above the Soviet Union and Russia in every session.
    let Orientation::Anchored { seen, agreeing } = found.orientation else {
        panic!("{:?}", found.orientation)
    };
    assert_eq!((seen, agreeing), (found.sessions.len(), seen));
    for (release, theirs) in [
        ("April 2020", &april),
        ("July 2025, the votes of earlier releases", &legacy),
        ("July 2025, all votes", &all),
    ] {
        let r = within(&un, &found, theirs);
        let last: Vec<f64> = r.range(56..).map(|(_, r)| *r).collect();
        println!(
            "FIGURE ideal points: r within session with {release}: mean {:.4}, lowest {:.4}, mean of \
             the last five {:.4}; over all sessions {:.4}",
            mean(&r),
            lowest(r.values().copied()),
            last.iter().sum::<f64>() / last.len() as f64,
            correlation(
                &both(&un, &found, theirs)
                    .into_values()
                    .flatten()
                    .collect::<Vec<_>>()
            )
        );
        assert_eq!(r.len(), 59);
        // The last is made from other votes, up to a quarter more in a session: what is reached is told
        // beside what the published points reach among themselves.
        if !release.ends_with("all votes") {
            assert!(mean(&r) >= 0.99);
        }
    }
    let releases = by_session(
        april
            .iter()
            .filter_map(|(key, a)| Some((*key, (*a, *all.get(key)?)))),
    );
    println!(
        "FIGURE ideal points: r within session of the releases of April 2020 and July 2025, all votes: \
         mean {:.4}",
        mean(&correlations(releases))
    );
}

/// Climbs that the votes lead end at one answer; those from anywhere may end at points that turn over
/// in between, far below.
#[test]
fn no_start_ends_as_high_at_other_points() {
    let Some(un) = assembly() else { return };
    let calls = un.votes.roll_calls(None).unwrap();
    let mut options = options(&un);
    options.starts = NonZeroU32::new(5).unwrap();
    options.seed = 2024;
    let found = fit(&calls, &options);
    for (i, start) in found.starts.iter().enumerate() {
        let led = ["led by the votes", "anywhere"][i % 2];
        println!(
            "FIGURE ideal points: start {i}, {led}: agrees at {:.5}, ends at {:.0}",
            start.agreement, start.objective
        );
    }
    let led = || found.starts.iter().step_by(2);
    assert!(led().all(|s| s.agreement > 0.999));
    assert!(matches!(
        found.verdict(),
        Verdict::Agree | Verdict::Lower { .. }
    ));
}
