//! What is not there: none, not known, and not looked for are three things.

use proptest::prelude::*;
use tertius::vocabulary::Observed;
use tertius_data::conditions::{commitment, relation};
use tertius_data::datasets::{atop, cow_mid};
use tertius_data::measures::who::{self, NoState};
use tertius_data::states::States;
use tertius_data::table::{RawFile, Reason};

use crate::support::{pair, way};

const TREATIES: &str = "stateA,stateB,year,defense,offense,neutral,nonagg,consul\n";
const DISPUTES: &str =
    "dispnum,ccode1,ccode2,year,disponset,sidea1,sidea2,hostlev1,hostlev2,fatality1,fatality2\n";

fn pledges(rows: &str) -> (Vec<Observed<f64>>, Vec<(u64, Reason)>) {
    let file = RawFile::new("atop.csv", format!("{TREATIES}{rows}"));
    let (pledges, account) = atop::read(&file).unwrap();
    assert!(account.balances());
    let of_japan = commitment::series(&pledges, way("united-states", "japan"), 1999..=2004);
    let values = of_japan.points.iter().map(|p| p.value.map(|v| v.mid));
    let aside = account.aside.iter().map(|a| (a.row, a.reason));
    (values.collect(), aside.collect())
}

#[test]
fn a_pledge_whose_row_is_set_aside_is_not_none() {
    let (values, aside) = pledges(
        "2,740,1999,1,0,0,0,1\n2,740,2000,.,0,0,0,1\n2,740,2001,1,0,0,0,1\n2,20,2002,1,0,0,0,0\n",
    );
    assert_eq!(aside, [(3, Reason::Empty)]);
    let kept = Observed::Observed(0.8);
    assert_eq!(values[..3], [kept, Observed::Missing, kept]);
    // A covered year without a row is a year without a treaty; beyond the file nobody looked.
    assert_eq!(values[3], Observed::Observed(0.0));
    assert_eq!(values[4], Observed::OutsideCoverage);
}

#[test]
fn one_stray_year_makes_no_zeros_of_the_years_between() {
    let (values, aside) =
        pledges("2,740,2000,1,0,0,0,1\n2,740,2001,1,0,0,0,1\n2,20,2090,1,0,0,0,0\n");
    assert_eq!(aside, [(4, Reason::StrayYear)]);
    assert_eq!(values[2], Observed::Observed(0.8));
    assert_eq!(values[3..], [Observed::OutsideCoverage; 3]);
}

#[test]
fn a_dispute_whose_hostility_is_not_known_was_no_peace() {
    let of = |hostility: &str| {
        let rows = format!(
            "1,2,365,1962,1,1,0,{hostility},3,0,0\n1,365,2,1962,1,0,1,3,{hostility},0,0\n2,2,365,1963,1,1,0,3,1,0,0\n3,2,710,1964,1,1,0,3,1,0,0\n4,2,710,1962,1,1,0,3,1,0,0\n"
        );
        let file = RawFile::new("mid.csv", format!("{DISPUTES}{rows}"));
        let (disputes, account) = cow_mid::read(&file).unwrap();
        assert!(account.balances());
        let years = relation::by_disputes(&disputes, pair("united-states", "russia"), 1962..=1965);
        let values = years.points.iter().map(|p| p.value.map(|v| v.mid));
        values.collect::<Vec<_>>()
    };
    let year = |v: f64| Observed::Observed(v);
    let rest = [year(-0.5), year(0.0), Observed::OutsideCoverage];
    for (hostility, first) in [
        ("4", year(-0.75)),
        ("-9", Observed::Missing),
        // No level: its row is set aside, and the other direction's 3 is not the year's highest.
        ("9", Observed::Missing),
    ] {
        let found = of(hostility);
        assert_eq!(found[0], first, "{hostility}");
        assert_eq!(found[1..], rest, "{hostility}");
    }
}

#[test]
fn a_name_is_held_to_the_years() {
    let key = |text, years| who::state(text, years).map(|s| States::bundled().key(s));
    assert_eq!(key("South Vietnam", 1960..=1970), Ok("south-vietnam"));
    assert_eq!(key("Vietnam", 1960..=2000), Ok("vietnam"));
    assert_eq!(key("germany", 1970..=1980), Ok("germany"));
    for (text, years) in [
        ("Korea", 2000..=2010),
        ("saxony", 2000..=2010),
        ("South Vietnam", 1980..=1990),
    ] {
        let found = key(text, years);
        assert!(
            matches!(found, Err(NoState::NotThen { .. })),
            "{text}: {found:?}"
        );
    }
    for (text, years, meant) in [
        ("West Germany", 1960..=1980, "germany"),
        ("西德", 1960..=2000, "germany"),
        ("Zaire", 1960..=2000, "dr-congo"),
        ("North Vietnam", 1950..=1970, "vietnam"),
        ("North Yemen", 1960..=1980, "yemen"),
        ("Ottoman Empire", 1816..=2014, "turkey"),
        ("Soviet Union", 1970..=2014, "russia"),
        ("Cote d'Ivoire", 1970..=2014, "cote-d-ivoire"),
        ("Côte d'Ivoire", 1970..=2014, "cote-d-ivoire"),
        ("Côte d’Ivoire", 1970..=2014, "cote-d-ivoire"),
        ("Ivory Coast", 1970..=2014, "cote-d-ivoire"),
        ("turkiye", 1970..=2014, "turkey"),
        ("Swaziland", 1970..=1980, "eswatini"),
    ] {
        assert_eq!(key(text, years), Ok(meant), "{text}");
    }
    // A former name, asked of a time in which nobody bore it.
    for (text, years) in [
        ("West Germany", 1995..=2005),
        ("North Yemen", 1995..=2005),
        ("Zaire", 2000..=2010),
        ("Ottoman Empire", 1950..=1990),
    ] {
        let found = key(text, years);
        assert!(
            matches!(found, Err(NoState::NotThen { .. })),
            "{text}: {found:?}"
        );
    }
    let unknown = key("Ruritania", 2000..=2010);
    assert_eq!(unknown, Err(NoState::Unknown("Ruritania".to_owned())));
}

proptest! {
    /// What is used is one run without a gap of more than ten empty years, and as many rows as any other.
    #[test]
    fn the_run_that_is_used_is_the_longest(years in prop::collection::vec(1950_i16..2090, 1..40)) {
        let rows: String = years.iter().enumerate().map(|(i, y)| format!("{},740,{y},1,0,0,0,1\n", [2, 20, 200][i % 3])).collect();
        let file = RawFile::new("atop.csv", format!("{TREATIES}{rows}"));
        let (pledges, account) = atop::read(&file).unwrap();
        prop_assert!(account.balances());
        let stray: Vec<i16> = account.aside.iter().filter(|a| a.reason == Reason::StrayYear)
            .map(|a| a.value.parse().unwrap()).collect();
        let span = pledges.span().unwrap();
        let inside = |y: i16| span.holds(y);
        prop_assert!(stray.iter().all(|y| !inside(*y)));
        let mut sorted = years.clone();
        sorted.sort_unstable();
        // By definition: start a run at each year, and walk on while the next is near.
        let run_from = |start: usize| {
            let mut end = start;
            while end + 1 < sorted.len() && sorted[end + 1] - sorted[end] <= 11 { end += 1; }
            end + 1 - start
        };
        let longest = (0..sorted.len()).map(run_from).max().unwrap();
        prop_assert_eq!(years.iter().filter(|y| inside(**y)).count(), longest);
        prop_assert_eq!(stray.len(), years.len() - longest);
    }
}
