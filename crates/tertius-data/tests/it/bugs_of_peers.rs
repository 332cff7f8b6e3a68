//! What users of other programs found wrong with them, held against ours: zeros past the end of a dataset, allies one
//! way only, states whose names and codes change with time, a dimension that turns over.

use jiff::civil::{Date, date};
use tertius::vocabulary::Observed;
use tertius_data::datasets::{atop, cow_alliances, cow_mid, cow_nmc, state_system, un_votes};
use tertius_data::measures::ballots::{self, Issue};
use tertius_data::states::{CodeProblem, CodeSystem, States};
use tertius_math::ideal_points::{Ended, Options, Orientation};

use crate::support::{pair, public, state, way};

fn key(system: CodeSystem, code: &str, on: Date) -> Option<&'static str> {
    let states = States::bundled();
    states.find(system, code, on).ok().map(|s| states.key(s))
}

#[test]
fn peacesciencer_issue_9_past_the_end_of_the_data_there_are_no_zeros() {
    let files = [
        "alliances/atop_directed_dyad_year.parquet",
        "capabilities/cow_nmc_1816_2022.csv.gz",
        "conflict/cow_mid_dirdisps.csv.gz",
    ];
    let [Some(pledges), Some(capabilities), Some(disputes)] = files.map(public) else {
        return;
    };
    let (pledges, _) = atop::read(&pledges).unwrap();
    let defence = |year| pledges.listed(way("united-states", "japan"), year, |o| o.defense, false);
    assert_eq!(defence(2018), Observed::Observed(true));
    // Their package has 0 in 2019 and 2020: an alliance that ended, where it was the data that did.
    assert_eq!(defence(2019), Observed::OutsideCoverage);
    assert_eq!(defence(2020), Observed::OutsideCoverage);
    let (capabilities, _) = cow_nmc::read(&capabilities).unwrap();
    let cinc = |year| capabilities.value(state("japan"), year, |c| c.cinc);
    assert!(cinc(2022).value().is_some());
    assert_eq!(cinc(2023), Observed::OutsideCoverage);
    // That nothing is listed says that there was no dispute only where somebody looked.
    let (disputes, _) = cow_mid::read(&disputes).unwrap();
    let span = disputes.span().unwrap();
    assert!(span.holds(2014) && !span.holds(2015));
    assert!(
        disputes
            .of(pair("japan", "russia"))
            .iter()
            .all(|d| d.year <= 2014)
    );
}

#[test]
fn peacesciencer_issue_13_allies_are_found_from_both_sides() {
    let Some(file) = public("alliances/cow_alliance_v4.1_by_member.csv") else {
        return;
    };
    let (members, _) = cow_alliances::read(&file).unwrap();
    let defends = |from, to, on| cow_alliances::defends(&members, way(from, to), on);
    let day = date(2008, 6, 1);
    assert_eq!(defends("united-states", "japan", day), Some(true));
    assert_eq!(
        defends("japan", "united-states", day),
        Some(false),
        "Japan promised nothing"
    );
    // NATO binds both ways, whichever is asked first.
    assert_eq!(defends("france", "norway", day), Some(true));
    assert_eq!(defends("norway", "france", day), Some(true));
    assert_eq!(defends("norway", "japan", day), Some(false));
    assert_eq!(defends("united-states", "japan", date(2013, 1, 1)), None);
}

#[test]
fn peacesciencer_issue_17_nobody_is_a_major_power_past_the_end_of_the_list() {
    let Some(file) = public("states/cow_majors.csv") else {
        return;
    };
    let (majors, _) = state_system::read_cow(&file).unwrap();
    let major = |key, on| state_system::is_major(&majors, state(key), on);
    assert_eq!(major("china", date(2016, 12, 31)), Observed::Observed(true));
    assert_eq!(
        major("norway", date(2016, 12, 31)),
        Observed::Observed(false)
    );
    assert_eq!(major("norway", date(2017, 1, 1)), Observed::OutsideCoverage);
    assert_eq!(major("china", date(2017, 1, 1)), Observed::OutsideCoverage);
    assert_eq!(major("germany", date(1930, 1, 1)), Observed::Observed(true));
    assert_eq!(
        major("germany", date(1980, 1, 1)),
        Observed::Observed(false)
    );
}

#[test]
fn countrycode_issue_258_germany_korea_and_serbia_have_the_codes_of_their_time() {
    use CodeSystem::{Cow, Gw};
    let states = States::bundled();
    let code = |k: &str, system, on| states.code(states.by_key(k).unwrap(), system, on);
    assert_eq!(code("germany", Gw, date(1930, 1, 1)), Some("255"));
    assert_eq!(code("germany", Gw, date(1950, 1, 1)), Some("260"));
    assert_eq!(code("germany", Gw, date(2000, 1, 1)), Some("260"));
    assert_eq!(code("germany", Cow, date(1930, 1, 1)), Some("255"));
    assert_eq!(code("germany", Cow, date(1990, 10, 2)), Some("260"));
    assert_eq!(code("germany", Cow, date(1990, 10, 3)), Some("255"));
    assert_eq!(
        code("germany", Cow, date(1947, 1, 1)),
        None,
        "occupied: no state"
    );
    // 732 names nothing before 1948, and what stands before 1910 is neither Korea.
    assert!(matches!(
        states.find_in_year(Gw, "732", 1900),
        Err(CodeProblem::NotThen { .. })
    ));
    assert_eq!(key(Gw, "730", date(1900, 1, 1)), Some("korea"));
    assert_eq!(key(Gw, "731", date(1950, 1, 1)), Some("north-korea"));
    assert_eq!(key(Cow, "732", date(1950, 1, 1)), Some("south-korea"));
    // Serbia is Yugoslavia's number to COW, and has its own to Gleditsch and Ward, before and after.
    assert_eq!(code("serbia", Cow, date(2010, 1, 1)), Some("345"));
    assert_eq!(code("serbia", Gw, date(1900, 1, 1)), Some("340"));
    assert_eq!(code("serbia", Gw, date(1980, 1, 1)), Some("345"));
    assert_eq!(code("serbia", Gw, date(2010, 1, 1)), Some("340"));
}

#[test]
fn countrycode_issue_16_the_two_vietnams_are_two() {
    use CodeSystem::{Cow, Gw, Iso3};
    assert_eq!(key(Cow, "816", date(2000, 1, 1)), Some("vietnam"));
    assert_eq!(key(Cow, "816", date(1960, 1, 1)), Some("vietnam"));
    assert_eq!(key(Cow, "817", date(1960, 1, 1)), Some("south-vietnam"));
    assert_eq!(key(Cow, "817", date(1980, 1, 1)), None);
    assert_eq!(key(Gw, "815", date(1850, 1, 1)), Some("annam"));
    // ISO gave VNM to the South first: until unification it is refused rather than guessed.
    assert_eq!(key(Iso3, "VNM", date(1970, 1, 1)), None);
    assert_eq!(key(Iso3, "VDR", date(1970, 1, 1)), Some("vietnam"));
    assert_eq!(key(Iso3, "VNM", date(1980, 1, 1)), Some("vietnam"));
}

#[test]
fn emirt_turns_over_between_decades_and_ours_does_not() {
    let Some(file) = public("un_votes/un_votes_1946_2024.parquet") else {
        return;
    };
    let (calls, _) = un_votes::read(&file).unwrap();
    // From random starts emIRT says that it converged on points whose sign changes between decades. These years have
    // the end of the cold war in them, over which the assembly itself changed.
    let options = Options {
        starts: 3.try_into().unwrap(),
        ..Options::default()
    };
    let wanted = |year| (1986..=1994).contains(&year);
    let found = ballots::ideal_points(&calls, Issue::Any, wanted, &options).unwrap();
    assert!(matches!(found.ended, Ended::Converged { .. }));
    let with_previous = found.sessions.iter().filter_map(|s| s.with_previous);
    assert_eq!(with_previous.clone().count(), found.sessions.len() - 1);
    for r in with_previous {
        // Turned over it would be below 0; published points of these sessions correlate at .95 and more.
        assert!(r > 0.5, "{r}");
    }
    let Orientation::Anchored { seen, agreeing } = found.orientation else {
        panic!("no anchor");
    };
    assert_eq!(
        (seen, agreeing),
        (found.sessions.len(), found.sessions.len())
    );
}
