//! Both sides of the alliance dilemma, the aim of a more equal alliance, and what each of the two carries.

use tertius::interests::choice::{ChoiceOptions, Entrapment};
use tertius::vocabulary::{Observed, Span};
use tertius_data::conditions::dilemma::{self, Quarrel, Side};
use tertius_data::conditions::threat::Weights;
use tertius_data::conditions::{asymmetry, burden, commitment, dependence, relation, stakes};
use tertius_data::datasets::{atop, cow_mid, cow_nmc, cow_trade, sipri, un_votes};
use tertius_data::folder::Folder;
use tertius_data::panels::FolderPanels;
use tertius_data::table::RawFile;

use crate::support::{OfThreat, pair, public, rows, state, way};

fn alliance() -> Side {
    Side {
        holder: state("japan"),
        partner: state("united-states"),
        adversary: state("russia"),
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[test]
fn abandonment_is_the_engines_function_of_dependence_and_pledge_on_either_side() {
    let Some(of_threat) = OfThreat::read() else {
        return;
    };
    let pledges = atop::read(&public("alliances/atop_directed_dyad_year.parquet").unwrap())
        .unwrap()
        .0;
    let data = of_threat.sources();
    let (weights, options) = (Weights::default(), ChoiceOptions::default());
    let years = 1950..=2020;
    let mut computed = 0;
    for (side, condition) in [
        (alliance(), &dilemma::ABANDONMENT),
        (alliance().other(), &dilemma::PATRON_ABANDONMENT),
    ] {
        let over = (years.clone(), weights);
        let risk = |pressure| {
            let at = (&options, pressure);
            dilemma::abandonment_risk(condition, data, &pledges, side, over.clone(), at)
        };
        let (calm, pressed) = (risk(0.0), risk(1.0));
        let triad = [side.holder, side.partner, side.adversary];
        let delta = dependence::series(data, &pledges, triad, years.clone(), weights);
        let to_holder = tertius_data::dyads::Directed::new(side.partner, side.holder).unwrap();
        let bound = commitment::series(&pledges, to_holder, years.clone());
        for year in years.clone() {
            let known = delta.of_year(year).value().zip(bound.of_year(year).value());
            let found = calm.of_year(year);
            let Some((d, c)) = known else {
                assert_eq!(found.value(), None, "{year}");
                continue;
            };
            // Model B.2, written out: −2 + 1.5 δ − commitment + .5 pressure.
            let by_hand = logistic(-2.0 + 1.5 * d.mid - c.mid);
            // Two ways of writing one sum: a last digit.
            assert!((found.value().unwrap().mid - by_hand).abs() < 1e-12);
            assert!(pressed.of_year(year).value().unwrap().mid > by_hand);
            computed += 1;
        }
        assert_eq!(calm.of_year(2015), Observed::OutsideCoverage, "no disputes");
    }
    assert!(computed > 120, "{computed}");
}

#[test]
fn entrapment_grows_with_the_partners_quarrel_the_pledge_and_the_exposure() {
    let Some(disputes) = public("conflict/cow_mid_dirdisps.csv.gz") else {
        return;
    };
    let disputes = cow_mid::read(&disputes).unwrap().0;
    let pledges = atop::read(&public("alliances/atop_directed_dyad_year.parquet").unwrap())
        .unwrap()
        .0;
    let trade = cow_trade::read(&public("trade/cow_trade_dyad_year_1870_2014.parquet").unwrap())
        .unwrap()
        .0;
    let totals = cow_trade::read_totals(&public("trade/cow_trade_state_year.csv.gz").unwrap())
        .unwrap()
        .0;
    let data = dilemma::Sources {
        disputes: &disputes,
        pledges: &pledges,
        trade: (&trade, &totals),
    };
    let options = Entrapment::default();
    let years = 1960..=2014;
    let (ours, theirs) = (alliance(), alliance().other());
    let of =
        |side, condition| dilemma::entrapment_risk(condition, data, side, years.clone(), &options);
    let ally = of((ours, Quarrel::OfBoth), &dilemma::ENTRAPMENT);
    let patron = of((theirs, Quarrel::OfAdversary), &dilemma::PATRON_ENTRAPMENT);
    // What the ally's partner quarrels over is the patron's dispute with the rival; of the ally's own only what the rival
    // did to it.
    for (series, s, exposed, bound) in [
        (
            &ally,
            relation::by_disputes(&disputes, pair("united-states", "russia"), years.clone()),
            "japan",
            ["japan", "united-states"],
        ),
        (
            &patron,
            relation::by_hostility(&disputes, way("russia", "japan"), years.clone()),
            "united-states",
            ["united-states", "japan"],
        ),
    ] {
        let x = stakes::series(
            &trade,
            &totals,
            state(exposed),
            state("russia"),
            years.clone(),
        );
        let c = commitment::series(&pledges, way(bound[0], bound[1]), years.clone());
        let mut known = 0;
        for year in years.clone() {
            let parts = [&s, &c, &x].map(|p| p.of_year(year).value().map(|v| v.mid));
            let [Some(s), Some(c), Some(x)] = parts else {
                assert_eq!(series.of_year(year).value(), None);
                continue;
            };
            let by_hand = logistic(-2.0 - s + c + x);
            assert!((series.of_year(year).value().unwrap().mid - by_hand).abs() < 1e-12);
            known += 1;
        }
        assert!(known > 40, "{known}");
    }
    // A year of a dispute of the two powers is a year of more risk for the ally, of the same pledge.
    let risk = |year| ally.of_year(year).value().unwrap().mid;
    assert!(risk(1962) > risk(1971), "{} {}", risk(1962), risk(1971));
}

/// A dispute in which one of the two went far and the other did nothing: 0, −3/4, and the higher of both.
#[test]
fn what_the_ally_did_to_the_rival_is_no_part_of_its_patrons_risk() {
    let mids = |of_ally: u8, of_rival: u8| {
        let text = format!(
            "dispnum,ccode1,ccode2,year,disponset,sidea1,sidea2,hostlev1,hostlev2,fatality1,fatality2\n\
             1,640,365,2013,1,1,0,{of_ally},{of_rival},0,0\n1,365,640,2013,1,0,1,{of_rival},{of_ally},0,0\n"
        );
        cow_mid::read(&RawFile::new("mids.csv", text)).unwrap().0
    };
    let to_ally = |of_ally, of_rival| {
        let disputes = mids(of_ally, of_rival);
        let series = relation::by_hostility(&disputes, way("russia", "turkey"), 2013..=2013);
        series.of_year(2013).value().unwrap().mid
    };
    assert_eq!(
        [to_ally(4, 1), to_ally(1, 4), to_ally(4, 3)],
        [0.0, -0.75, -0.5]
    );
    let either = relation::by_disputes(&mids(4, 1), pair("russia", "turkey"), 2013..=2013);
    assert_eq!(either.of_year(2013).value().unwrap().mid, -0.75);
}

/// Turkey in 2013: used force (4) where Russia had shown it (3).
#[test]
fn the_patrons_risk_asks_the_rivals_acts_alone() {
    let Some(folder) = std::env::var_os("TERTIUS_DATA") else {
        assert!(std::env::var_os("CI").is_none(), "set TERTIUS_DATA");
        println!(
            "SKIPPED a panel over public data: set TERTIUS_DATA to the folder that holds them"
        );
        return;
    };
    let panels = FolderPanels::new(Folder::new(folder));
    let triad = ["turkey", "united-states", "russia"].map(state);
    let span = Span::inclusive("2013-01".parse().unwrap(), "2013-12".parse().unwrap()).unwrap();
    let ask = |panel| panels.of_states(panel, triad, None, span).unwrap();
    let risk = ask("patron-entrapment-risk").values.last().unwrap().value;
    let disputes = public("conflict/cow_mid_dirdisps.csv.gz").unwrap();
    let disputes = cow_mid::read(&disputes).unwrap().0;
    let either = relation::by_disputes(&disputes, pair("turkey", "russia"), 2013..=2013);
    let rival = relation::by_hostility(&disputes, way("russia", "turkey"), 2013..=2013);
    let [either, rival] = [either, rival].map(|s| s.of_year(2013).value().unwrap().mid);
    assert!(either < rival, "{either} {rival}");
    // By the logits the two differ by what the ally did.
    let logit = |p: f64| (p / (1.0 - p)).ln();
    let trade = public("trade/cow_trade_dyad_year_1870_2014.parquet").unwrap();
    let trade = cow_trade::read(&trade).unwrap().0;
    let totals = public("trade/cow_trade_state_year.csv.gz").unwrap();
    let totals = cow_trade::read_totals(&totals).unwrap().0;
    let [ally, patron, russia] = triad;
    let _ = ally;
    let x = stakes::series(&trade, &totals, patron, russia, 2013..=2013);
    let x = x.of_year(2013).value().unwrap().mid;
    // −2 − s + the pledge to defend + exposure.
    let by_hand = -2.0 - rival + 0.8 + x;
    assert!((logit(risk.unwrap()) - by_hand).abs() < 1e-9, "{risk:?}");
}

#[test]
fn a_change_over_years_without_the_state_is_not_known() {
    let Some(file) = public("capabilities/cow_nmc_1816_2022.csv.gz") else {
        return;
    };
    let years = cow_nmc::read(&file).unwrap().0;
    let [s, w] = ["united-states", "germany"].map(state);
    let relief = asymmetry::relief(&years, s, w, 1940..=1970);
    // The Reich ended in 1945, the Federal Republic joined the system in 1955.
    assert!(relief.of_year(1945).value().is_some());
    assert_eq!(relief.of_year(1955), Observed::Missing);
    // 1954 itself is no year of the state.
    assert_eq!(relief.of_year(1964), Observed::OutsideCoverage);
    assert!(relief.of_year(1965).value().is_some());
    let powers = ["germany", "united-states", "russia"].map(state);
    let decline = burden::decline(&years, &powers, 1940..=1970);
    assert_eq!(decline.of_year(1955), Observed::Missing);
    assert!(decline.of_year(1965).value().is_some());
}

#[test]
fn relief_is_what_the_asymmetry_lost_in_ten_years() {
    let text = "ccode,year,milex,milper,irst,pec,tpop,upop,cinc\n\
        2,1990,1,1,1,1,1,1,0.375\n740,1990,1,1,1,1,1,1,0.125\n\
        2,2000,1,1,1,1,1,1,0.25\n740,2000,1,1,1,1,1,1,0.25\n2,2001,1,1,1,1,1,1,0.2\n740,2001,1,1,1,1,1,1,\n\
        2,1991,1,1,1,1,1,1,0.3\n740,1991,1,1,1,1,1,1,0.1\n";
    let years = cow_nmc::read(&RawFile::new("nmc.csv", text)).unwrap().0;
    let [s, w] = ["united-states", "japan"].map(state);
    let series = asymmetry::relief(&years, s, w, 1999..=2001);
    // From 3/4 to 1/2.
    assert_eq!(series.of_year(2000).value().unwrap().mid, 0.25);
    assert_eq!(series.of_year(2001), Observed::Missing);
    assert_eq!(series.of_year(1999), Observed::OutsideCoverage);
}

#[test]
fn the_gap_is_the_difference_of_the_published_shares() {
    let path = "capabilities/sipri_milex_extract_17_states.csv";
    let Some(file) = public(path) else {
        return;
    };
    let spending = sipri::read(&file).unwrap().0;
    let [s, w] = ["united-states", "japan"].map(state);
    let series = burden::gap(&spending, s, w, 1940..=2030);
    let mut compared = 0;
    let table = rows(path).unwrap();
    let share = |country: &str, year: i16| -> Option<f64> {
        let of = |r: &&std::collections::BTreeMap<String, String>| {
            r["country"] == country && r["year"] == year.to_string()
        };
        table.iter().find(of)?["share_gdp"].parse().ok()
    };
    for year in 1940..=2030 {
        let known = share("United States of America", year).zip(share("Japan", year));
        let found = series.of_year(year).value().map(|v| v.mid);
        assert_eq!(found, known.map(|(s, w)| s - w), "{year}");
        compared += usize::from(known.is_some());
    }
    assert!(compared > 60, "{compared}");
}

#[test]
fn agreement_in_the_general_assembly_is_the_published_s() {
    let Some(file) = public("un_votes/un_votes_1946_2024.parquet") else {
        return;
    };
    let calls = un_votes::read(&file).unwrap().0;
    // S as R's fpsim computes it from the same votes, printed to six digits.
    for (a, b, year, s, n) in [
        ("united-states", "japan", 1985, 0.203_947, 152),
        ("united-states", "japan", 2014, 0.113_924, 79),
        ("japan", "russia", 2014, 0.269_231, 78),
    ] {
        let series = relation::by_votes(&calls, pair(a, b), 1940..=2024);
        let value = series.of_year(year).value().unwrap();
        assert!((value.mid - s).abs() < 5e-7, "{a} {b} {year}: {value:?}");
        assert_eq!(value.n, Some(n));
        let (low, high) = value.interval.unwrap();
        assert!(low < value.mid && value.mid < high && high - low < 0.5);
    }
    let series = relation::by_votes(&calls, pair("united-states", "russia"), 1940..=2024);
    assert_eq!(series.of_year(1940), Observed::OutsideCoverage);
    // No roll call of the session of 1964 was recorded; those of its calendar year belong to the one before.
    assert!(series.of_year(1985).value().unwrap().mid < 0.0);
    let east = relation::by_votes(&calls, pair("united-states", "east-germany"), 1960..=1992);
    assert_eq!(east.of_year(1960), Observed::Missing, "no seat yet");
    assert!(east.of_year(1980).value().is_some());
    // The file ends in June 2024: six roll calls, before the Assembly's season, are no year.
    assert_eq!(relation::last_whole_year(&calls), Some(2023));
    assert!(series.of_year(2023).value().is_some());
    assert_eq!(series.of_year(2024), Observed::OutsideCoverage);
}
