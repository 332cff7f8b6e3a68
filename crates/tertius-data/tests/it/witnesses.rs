//! Printed values, and what is known of single states.

use std::collections::BTreeMap;

use jiff::civil::date;
use serde::Deserialize;
use tertius::vocabulary::Observed;
use tertius_data::datasets::{
    archigos, atop, capitals, contiguity, cow_mid, cow_nmc, cow_trade, cow_wars, icews_dyads,
    min_distance, rivalries, un_ideal_points,
};
use tertius_data::dyads::{Directed, Pair};
use tertius_data::states::{StateId, States};

use crate::support::public;

fn state(key: &str) -> StateId {
    States::bundled().by_key(key).unwrap()
}

fn way(from: &str, to: &str) -> Directed {
    Directed::new(state(from), state(to)).unwrap()
}

#[derive(Deserialize)]
struct Golden {
    states: Vec<String>,
    tolerance: f64,
    #[serde(alias = "cinc", alias = "point")]
    values: BTreeMap<String, Vec<f64>>,
}

fn golden(path: &str) -> Golden {
    let path = format!("{}/../../goldens/{path}", env!("CARGO_MANIFEST_DIR"));
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn cinc_is_as_printed() {
    let Some(file) = public("capabilities/cow_nmc_1816_2022.csv.gz") else {
        return;
    };
    let (years, _) = cow_nmc::read(&file).unwrap();
    let golden = golden("singer1987/cinc.toml");
    for (year, values) in &golden.values {
        for (key, meant) in golden.states.iter().zip(values) {
            let found = years.value(state(key), year.parse().unwrap(), |c| c.cinc);
            let found = found.value().unwrap();
            assert!(
                (found - meant).abs() <= golden.tolerance,
                "{key} {year}: {found} for {meant}"
            );
        }
    }
    assert_eq!(
        years.value(state("japan"), 2023, |c| c.cinc),
        Observed::OutsideCoverage
    );
    // The index is the mean of a state's shares in the system's totals, over the components that are known.
    let components: [fn(&cow_nmc::Capability) -> Option<f64>; 6] = [
        |c| c.milex,
        |c| c.milper,
        |c| c.irst,
        |c| c.pec,
        |c| c.tpop,
        |c| c.upop,
    ];
    for year in [1955, 1985, 2014] {
        for key in &golden.states {
            let shares = components.map(|component| {
                let of = |s| years.row(s, year).and_then(component);
                let total: f64 = States::bundled().all().filter_map(of).sum();
                of(state(key)).map(|v| v / total)
            });
            let known: Vec<f64> = shares.into_iter().flatten().collect();
            let mean = known.iter().sum::<f64>() / known.len() as f64;
            let index = years.value(state(key), year, |c| c.cinc).value().unwrap();
            // The index is printed to nine decimals, most components to whole units.
            assert!(
                (mean - index).abs() < 1e-5,
                "{key} {year}: {mean} for {index}"
            );
        }
    }
}

#[test]
fn ideal_points_are_as_published() {
    let path = "un_ideal_points/idealpoints_all_apr2020_to2005.csv.gz";
    let Some(file) = public(path) else { return };
    let (years, _) = un_ideal_points::read(&file).unwrap();
    let golden = golden("bailey2017/ideal_points.toml");
    for (year, values) in &golden.values {
        for (key, meant) in golden.states.iter().zip(values) {
            let point = years
                .value(state(key), year.parse().unwrap(), |p| *p)
                .value()
                .unwrap();
            let near = (point.mean - meant).abs() <= golden.tolerance;
            assert!(near, "{key} {year}: {} for {meant}", point.mean);
            let (low, high) = (point.low.unwrap(), point.high.unwrap());
            assert!(low < point.mean && point.mean < high);
        }
    }
    let china = years.value(state("china"), 1956, |p| *p);
    assert_eq!(china, Observed::Missing, "no seat, and no zero");
}

#[test]
fn a_pledge_has_a_direction_france_pledged_to_belgium_in_1832() {
    let Some(file) = public("alliances/atop_directed_dyad_year.parquet") else {
        return;
    };
    let (years, _) = atop::read(&file).unwrap();
    let defence = |from, to, year| years.listed(way(from, to), year, |o| o.defense, false);
    assert_eq!(defence("france", "belgium", 1832), Observed::Observed(true));
    assert_eq!(
        defence("belgium", "france", 1832),
        Observed::Observed(false)
    );
    // Of the treaty of 1960 too only one side promised to defend the other.
    assert_eq!(
        defence("united-states", "japan", 2014),
        Observed::Observed(true)
    );
    assert_eq!(
        defence("japan", "united-states", 2014),
        Observed::Observed(false)
    );
    // No row between two states that the data cover: they promised nothing.
    assert_eq!(defence("japan", "russia", 2014), Observed::Observed(false));
    // peacesciencer, issue 9: past the end of the data there are no zeros.
    assert_eq!(
        defence("united-states", "japan", 2019),
        Observed::OutsideCoverage
    );
    assert_eq!(defence("japan", "russia", 2025), Observed::OutsideCoverage);
    // And none for a state that was none.
    assert_eq!(
        defence("ukraine", "united-states", 1960),
        Observed::OutsideCoverage
    );
}

#[test]
fn disputes_are_the_same_seen_from_either_side() {
    let Some(file) = public("conflict/cow_mid_dirdisps.csv.gz") else {
        return;
    };
    let (disputes, _) = cow_mid::read(&file).unwrap();
    let mut both = BTreeMap::new();
    for row in disputes.rows() {
        *both
            .entry((row.dispute, row.year, row.dyad.pair()))
            .or_insert(0) += 1;
    }
    assert!(
        both.values().all(|n| *n == 2),
        "each pair is there in both directions"
    );
    let pair = Pair::new(state("japan"), state("russia")).unwrap();
    assert!(!disputes.of(pair).is_empty());
    assert!(disputes.of(pair).iter().all(|r| r.dyad.pair() == pair));
    let wars = cow_wars::read(&public("conflict/cow_war_inter.csv.gz").unwrap())
        .unwrap()
        .0;
    let war = wars
        .iter()
        .find(|w| w.dyad == way("japan", "russia") && w.year == 1904)
        .unwrap();
    assert!(war.initiator && war.onset);
}

#[test]
fn trade_has_a_direction_and_no_zero_for_a_gap() {
    let Some(file) = public("trade/cow_trade_dyad_year_1870_2014.parquet") else {
        return;
    };
    let (trade, _) = cow_trade::read(&file).unwrap();
    let totals = public("trade/cow_trade_state_year.csv.gz").unwrap();
    let (totals, _) = cow_trade::read_totals(&totals).unwrap();
    let japan = state("japan");
    // Imports of Japan over all partners are near its total: two files of one project.
    let partners = States::bundled().all().filter(|s| *s != japan);
    let imports: f64 = partners
        .filter_map(|s| cow_trade::flow(&trade, Directed::new(s, japan)?, 2010).value())
        .sum();
    let total = totals.value(japan, 2010, |t| t.imports).value().unwrap();
    assert!((imports / total - 1.0).abs() < 0.05, "{imports} of {total}");
    let flow = |from, to, year| cow_trade::flow(&trade, way(from, to), year);
    assert_ne!(flow("japan", "russia", 2010), flow("russia", "japan", 2010));
    assert_eq!(flow("japan", "russia", 2015), Observed::OutsideCoverage);
}

#[test]
fn distances_of_two_sources_agree_and_have_no_direction() {
    let Some(file) = public("geography/cow_capitals.csv") else {
        return;
    };
    let (capitals, _) = capitals::read(&file).unwrap();
    let on = date(1980, 1, 1);
    let capital = |key, on| capitals.on(state(key), on).map(|c| c.name.clone());
    assert_eq!(capital("germany", on).as_deref(), Some("Bonn"));
    assert_eq!(
        capital("germany", date(1930, 1, 1)).as_deref(),
        Some("Berlin")
    );
    assert_eq!(
        capital("russia", date(1900, 1, 1)).as_deref(),
        Some("Saint Petersburg")
    );
    let apart = |a, b| {
        capitals::distance(
            capitals.on(state(a), on).unwrap(),
            capitals.on(state(b), on).unwrap(),
        )
    };
    // Tokyo to Moscow is 7,509.8 km on the ellipsoid (GeographicLib); a sphere is within half a per cent.
    let found = apart("japan", "russia");
    assert!((found / 7509.8 - 1.0).abs() < 0.005, "{found}");
    assert_eq!(apart("russia", "japan"), found);
    let file = public("geography/cow_min_distance_dyad_year.parquet").unwrap();
    let (nearest, _) = min_distance::read(&file).unwrap();
    let pair = |a, b| Pair::new(state(a), state(b)).unwrap();
    let km = *nearest.row(pair("japan", "russia"), 1980).unwrap();
    assert!(km < 60.0, "Hokkaido and the Kurils: {km}");
    assert_eq!(nearest.row(pair("russia", "japan"), 1980), Some(&km));
    let contacts = public("geography/cow_direct_contiguity.csv.gz").unwrap();
    let (contacts, _) = contiguity::read(&contacts).unwrap();
    let touch = |a, b, on| contacts.on(pair(a, b), on);
    assert_eq!(
        touch("united-states", "canada", on),
        Observed::Observed(contiguity::Contact::Land)
    );
    assert_eq!(
        touch("japan", "brazil", on),
        Observed::Observed(contiguity::Contact::Apart)
    );
    assert_eq!(
        touch("japan", "brazil", date(2018, 1, 1)),
        Observed::OutsideCoverage
    );
}

#[test]
fn leaders_are_found_by_day_and_nobody_after_the_end() {
    let Some(file) = public("leaders/archigos.csv.gz") else {
        return;
    };
    let (tenures, _) = archigos::read(&file).unwrap();
    let who = |key, on| archigos::leader(&tenures, state(key), on).map(|t| t.leader.clone());
    assert_eq!(
        who("japan", date(2014, 3, 18)),
        Observed::Observed("Shinzo Abe".to_owned())
    );
    assert_eq!(
        who("russia", date(2014, 3, 18)),
        Observed::Observed("Putin".to_owned())
    );
    assert_eq!(who("japan", date(2016, 1, 1)), Observed::OutsideCoverage);
}

#[test]
fn rivals_and_events_are_found() {
    let Some(file) = public("conflict/tss_rivalries.csv") else {
        return;
    };
    let (list, _) = rivalries::read(&file).unwrap();
    let pair = |a, b| Pair::new(state(a), state(b)).unwrap();
    let rivals = |a, b, year| rivalries::rivals(&list, (1494, 2020), pair(a, b), year);
    assert_eq!(rivals("united-states", "russia", 2014), Some(true));
    assert_eq!(rivals("china", "japan", 2014), Some(true));
    assert_eq!(rivals("norway", "sweden", 2014), Some(false));
    assert_eq!(rivals("norway", "sweden", 2024), None);
    let file = public("events/icews_directed_dyad_year_2002_2014.parquet").unwrap();
    let (events, _) = icews_dyads::read(&file).unwrap();
    let there = events.row(way("united-states", "russia"), 2014).unwrap();
    let back = events.row(way("russia", "united-states"), 2014).unwrap();
    assert_ne!(there, back);
}
