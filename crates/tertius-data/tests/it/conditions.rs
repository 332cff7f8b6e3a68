//! Conditions: by hand, against simulated data with known answers, and their edges.

use jiff::civil::date;
use proptest::prelude::*;
use tertius::vocabulary::{Month, Observed};
use tertius_data::conditions::{
    CONDITIONS, asymmetry, burden, commitment, dependence, relation, third_party, threat,
};
use tertius_data::datasets::gdp_population::Estimate;
use tertius_data::datasets::{atop, capitals, cow_mid, cow_nmc, gdp_population, rivalries};
use tertius_data::dyads::Directed;
use tertius_data::states::StateId;
use tertius_data::table::{RawFile, Reason};

use crate::support::{OfThreat, public, state, way};

fn nmc(rows: &str) -> tertius_data::years::Years<StateId, cow_nmc::Capability> {
    let text = format!("ccode,year,milex,milper,irst,pec,tpop,upop,cinc\n{rows}");
    let (years, account) = cow_nmc::read(&RawFile::new("nmc.csv", text)).unwrap();
    assert_eq!(account.aside, []);
    years
}

#[test]
fn asymmetry_is_the_patrons_share_and_is_known_two_years_late() {
    let Some(file) = public("capabilities/cow_nmc_1816_2022.csv.gz") else {
        return;
    };
    let (years, _) = cow_nmc::read(&file).unwrap();
    let series = asymmetry::by_cinc(&years, state("united-states"), state("japan"), 2012..=2025);
    // .1297402 / (.1297402 + .0335761), of the printed values; their last digit is half a unit off at most.
    let value = series.at("2014-06".parse().unwrap()).value().unwrap();
    assert!((value.mid - 0.794410).abs() < 5e-6, "{}", value.mid);
    assert_eq!(
        value.interval, None,
        "COW publishes no error, and none is made up"
    );
    let point = &series.points[2];
    assert_eq!(point.period.to_string(), "2014");
    assert_eq!(point.known_from, date(2016, 12, 31));
    for late in ["2023-01", "2025-12"] {
        let month: Month = late.parse().unwrap();
        assert_eq!(series.at(month), Observed::OutsideCoverage, "{late}");
    }
    // Monaco joined the system in 1993, South Yemen in 1967: before, they were not among those that were counted.
    for (ally, year) in [("monaco", 1950), ("south-yemen", 1946), ("japan", 1948)] {
        let early = asymmetry::by_cinc(&years, state("france"), state(ally), year..=year);
        assert_eq!(early.points[0].value, Observed::OutsideCoverage, "{ally}");
    }
    assert!(years.row(state("monaco"), 1993).is_some());
}

#[test]
fn the_error_of_asymmetry_is_what_simulation_gives() {
    use rand::SeedableRng;
    use rand_distr::{Distribution, Normal};
    let (s, w) = (
        Estimate {
            mean: 15_000.0,
            sd: 900.0,
        },
        Estimate {
            mean: 4_000.0,
            sd: 350.0,
        },
    );
    let found = asymmetry::share_with_error(s, w).unwrap();
    let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(1);
    let (a, b) = (
        Normal::new(s.mean, s.sd).unwrap(),
        Normal::new(w.mean, w.sd).unwrap(),
    );
    let mut draws: Vec<f64> = (0..200_000)
        .map(|_| {
            let (s, w): (f64, f64) = (a.sample(&mut rng), b.sample(&mut rng));
            s / (s + w)
        })
        .collect();
    draws.sort_by(f64::total_cmp);
    let (low, high) = found.interval.unwrap();
    // First order in errors of 6 and 9 per cent: within a twentieth of the interval's half width.
    let tolerance = (high - low) / 40.0;
    assert!(
        (draws[10_000] - low).abs() < tolerance,
        "{} {low}",
        draws[10_000]
    );
    assert!(
        (draws[190_000] - high).abs() < tolerance,
        "{} {high}",
        draws[190_000]
    );
}

#[test]
fn asymmetry_by_product_carries_the_published_error() {
    let Some(file) = public("capabilities/gdp_pop_estimates_1816_2019.csv.gz") else {
        return;
    };
    let (years, _) = gdp_population::read(&file).unwrap();
    let series = asymmetry::by_gdp(&years, state("united-states"), state("japan"), 2014..=2020);
    let value = series.points[0].value.value().unwrap();
    let (low, high) = value.interval.unwrap();
    // The estimates of single states are uncertain by a third: the interval must show it.
    let apart = high - low;
    assert!(
        low < value.mid && value.mid < high && (0.1..0.5).contains(&apart),
        "{value:?}"
    );
    assert_eq!(series.points[6].value, Observed::OutsideCoverage);
}

/// Two states whose threat can be computed by hand.
#[test]
fn threat_is_the_sum_of_its_parts_and_missing_where_one_is() {
    let years = nmc(
        "365,2000,100,50,1,1,1,1,0.05\n740,2000,200,20,1,1,1,1,0.03\n2,2000,700,30,1,1,1,1,0.15\n",
    );
    let places = "ccode,capital,stdate,enddate,lat,lng\n\
                  365,Moscow,1918-03-12,2024-12-31,55.75,37.62\n\
                  740,Tokyo,1869-04-05,2024-12-31,35.68,139.76\n";
    let capitals = capitals::read(&RawFile::new("capitals.csv", places))
        .unwrap()
        .0;
    let mids = "dispnum,ccode1,ccode2,year,disponset,sidea1,sidea2,hostlev1,hostlev2,fatality1,fatality2\n\
                1,365,740,1998,1,1,0,4,1,0,0\n\
                1,740,365,1998,1,0,1,1,4,0,0\n\
                2,365,740,2000,1,1,0,3,3,0,0\n\
                2,740,365,2000,1,0,1,3,3,0,0\n";
    let disputes = cow_mid::read(&RawFile::new("mids.csv", mids)).unwrap().0;
    let list = "tssr_id,ccode1,ccode2,start,end\n1,365,740,1853,2020\n";
    let list = rivalries::read(&RawFile::new("rivals.csv", list))
        .unwrap()
        .0;
    let data = threat::Sources {
        capabilities: &years,
        capitals: &capitals,
        disputes: &disputes,
        rivalries: (&list, (1494, 2020)),
    };
    let dyad = way("russia", "japan");
    let parts = threat::parts(data, dyad, 2000, 1000.0);
    let near = |found: Observed<f64>, meant: f64| {
        let found = found.value().unwrap();
        assert!((found - meant).abs() < 1e-9, "{found} for {meant}");
    };
    near(parts.power, 0.05_f64.ln());
    // A soldier of Russia's costs 2, of the system's 1000/100.
    near(parts.offence, (1.0 + 2.0 / 10.0_f64).ln());
    // A rivalry, a use of force two years ago (half of 3/4), a display now (2/4).
    near(parts.intent, 1.0 + 0.375 + 0.5);
    let tokyo = capitals.on(state("japan"), date(2000, 7, 1)).unwrap();
    let moscow = capitals.on(state("russia"), date(2000, 7, 1)).unwrap();
    near(
        parts.proximity,
        -(1.0 + capitals::distance(tokyo, moscow) / 1000.0).ln(),
    );
    let weights = threat::Weights::default();
    let sum = parts.sum(weights).value().unwrap();
    let by_hand: f64 = [parts.power, parts.proximity, parts.offence, parts.intent]
        .iter()
        .filter_map(|p| p.value())
        .sum();
    assert!((sum - by_hand).abs() < 1e-12);
    // Double the weight of intent, and only intent counts double.
    let doubled = parts
        .sum(threat::Weights {
            intent: 2.0,
            ..weights
        })
        .value()
        .unwrap();
    assert!((doubled - sum - 1.875).abs() < 1e-12);
    // No dispute data after 2000: not a threat without intent, but none that is known.
    let later = threat::parts(data, dyad, 2001, 1000.0);
    assert_eq!(later.intent, Observed::OutsideCoverage);
    assert_eq!(later.sum(weights), Observed::OutsideCoverage);
    // China has no capabilities here.
    let series = third_party::series(
        data,
        state("japan"),
        state("russia"),
        state("china"),
        2000..=2000,
        weights,
    );
    assert_eq!(series.points[0].value, Observed::OutsideCoverage);
}

#[test]
fn dependence_falls_with_own_power_and_with_other_friends() {
    assert_eq!(dependence::need(0.0, 0.0), None);
    assert_eq!(dependence::dependence(0.2, 0.0, 0.0), Some(1.0));
    assert_eq!(dependence::dependence(0.0, 0.2, 0.0), Some(0.0));
    assert_eq!(
        dependence::dependence(0.2, 0.1, 9.0),
        Some(0.0),
        "others can give all"
    );
    assert_eq!(dependence::dependence(f64::NAN, 0.1, 0.0), None);
}

proptest! {
    #[test]
    fn dependence_is_monotone_and_in_range(
        threat in 0.001_f64..1.0, own in 0.0_f64..1.0, help in 0.0_f64..1.0, more in 0.0_f64..0.5,
    ) {
        let d = |t, p, h| dependence::dependence(t, p, h).unwrap();
        let base = d(threat, own, help);
        prop_assert!((0.0..=1.0).contains(&base));
        prop_assert!(d(threat, own + more, help) <= base + 1e-12);
        prop_assert!(d(threat, own, help + more) <= base + 1e-12);
        prop_assert!(d(threat + more, own, help) >= base - 1e-12);
        // Nowhere a jump: in own power and in help it falls by at most 1/Θ a unit.
        let steepest = more / threat + 1e-12;
        prop_assert!(base - d(threat, own + more, help) <= steepest);
        prop_assert!(base - d(threat, own, help + more) <= steepest);
    }

    #[test]
    fn asymmetry_and_balance_stay_in_range(s in 0.0_f64..1e6, w in 0.0_f64..1e6, c in 0_u32..5000, k in 0_u32..5000) {
        if let Some(a) = asymmetry::share(s, w) {
            prop_assert!((0.0..=1.0).contains(&a));
            prop_assert!((a + asymmetry::share(w, s).unwrap() - 1.0).abs() < 1e-12);
        }
        if let Some(v) = relation::balance(c, k) {
            let (low, high) = v.interval.unwrap();
            prop_assert!(-1.0 <= low && low <= v.mid && v.mid <= high && high <= 1.0);
            let other = relation::balance(k, c).unwrap();
            prop_assert!((v.mid + other.mid).abs() < 1e-12);
        } else {
            prop_assert_eq!(c + k, 0);
        }
    }
}

#[test]
fn every_condition_of_a_real_triad_is_computed_where_the_data_reach() {
    let Some(of_threat) = OfThreat::read() else {
        return;
    };
    let pledges = public("alliances/atop_directed_dyad_year.parquet").unwrap();
    let pledges = atop::read(&pledges).unwrap().0;
    let data = of_threat.sources();
    let [w, s, r] = ["japan", "united-states", "russia"].map(state);
    let weights = threat::Weights::default();
    let years = 1960..=2020;
    let threat = threat::series(data, way("russia", "japan"), years.clone(), weights);
    let delta = dependence::series(data, &pledges, [w, s, r], years.clone(), weights);
    for (t, d) in threat.points.iter().zip(&delta.points) {
        let year = t.period.first_day().year();
        let covered = year <= 2014;
        assert_eq!(t.value.value().is_some(), covered, "{year} {:?}", t.value);
        assert_eq!(d.value.value().is_some(), covered, "{year} {:?}", d.value);
        if let Some(d) = d.value.value() {
            assert!((0.0..=1.0).contains(&d.mid));
        }
        if !covered {
            assert_eq!(t.value, Observed::OutsideCoverage);
        }
    }
    // Norway has allies beside the United States; Japan has none.
    let help = |ally, rival, year| {
        dependence::help_of_others(data, &pledges, [state(ally), s, rival], year, weights)
            .value()
            .unwrap()
            .0
    };
    assert_eq!(help("japan", r, 2010), 0.0);
    assert!(help("norway", r, 2010) > 0.0);
    // In 1952 the Soviet Union still stands pledged to France (the treaty of 1944): help against Germany, none
    // against itself.
    assert!(help("france", state("germany"), 1952) > help("france", r, 1952));
    let bound = commitment::series(&pledges, Directed::new(s, w).unwrap(), 1950..=2020);
    let level = |year: usize| bound.points[year - 1950].value.map(|v| v.mid);
    assert_eq!(level(1955), Observed::Observed(0.8));
    assert_eq!(level(2018), Observed::Observed(0.8));
    assert_eq!(level(2019), Observed::OutsideCoverage);
    assert_eq!(
        level(1950),
        Observed::OutsideCoverage,
        "Japan was no member before 1952"
    );
    let decline = burden::decline(
        &of_threat.capabilities,
        &[s, r, state("china")],
        2000..=2022,
    );
    assert!(decline.points.iter().all(|p| p.value.value().is_some()));
}

#[test]
fn a_year_of_a_member_without_a_row_is_missing_and_one_stray_year_covers_nothing() {
    let text = "ccode,year,milex,milper,irst,pec,tpop,upop,cinc\n2,2000,1,1,1,1,1,1,0.2\n2,2002,1,1,1,1,1,1,0.2\n\
                200,2002,1,1,1,1,1,1,0.1\n2,2100,1,1,1,1,1,1,0.5\n";
    let (years, account) = cow_nmc::read(&RawFile::new("nmc.csv", text)).unwrap();
    assert!(account.balances());
    let aside: Vec<_> = account.aside.iter().map(|a| (a.row, a.reason)).collect();
    assert_eq!(aside, [(5, Reason::StrayYear)]);
    let of = |year| years.value(state("united-states"), year, |c| c.cinc);
    assert_eq!(of(2001), Observed::Missing);
    assert_eq!(
        [of(2050), of(2099), of(2100)],
        [Observed::OutsideCoverage; 3]
    );
}

#[test]
fn a_decline_is_what_was_lost_in_ten_years() {
    let years = nmc(
        "2,1990,1,1,1,1,1,1,0.2\n2,2000,1,1,1,1,1,1,0.1\n365,1990,1,1,1,1,1,1,0.2\n365,2000,1,1,1,1,1,1,0.1\n\
         710,1990,1,1,1,1,1,1,0.1\n710,2000,1,1,1,1,1,1,0.2\n",
    );
    let powers = ["united-states", "russia", "china"].map(state);
    let series = burden::decline(&years, &powers, 2000..=2000);
    // From 0.2 of 0.5 to 0.1 of 0.4: 0.4 to 0.25.
    assert!((series.points[0].value.value().unwrap().mid - 0.375).abs() < 1e-12);
    let rising = burden::decline(&years, &["china", "russia"].map(state), 2000..=2000);
    assert_eq!(rising.points[0].value.value().unwrap().mid, 0.0);
    let early = burden::decline(&years, &powers, 1995..=1995);
    assert_eq!(early.points[0].value, Observed::OutsideCoverage);
}

#[test]
fn conditions_name_datasets_and_pages_that_exist() {
    let page = format!(
        "{}/../../docs/methods/conditions.md",
        env!("CARGO_MANIFEST_DIR")
    );
    let page = std::fs::read_to_string(page).unwrap();
    for c in CONDITIONS {
        assert!(!c.title.zh.is_empty() && c.range.0 < c.range.1, "{}", c.id);
        for d in c.datasets {
            assert!(tertius_data::catalogue::find(d).is_some(), "{}: {d}", c.id);
        }
        let anchor = c.page.split_once('#').unwrap().1;
        let heading = page.lines().filter_map(|l| l.strip_prefix("## "));
        let anchors: Vec<String> = heading
            .map(|h| h.to_lowercase().replace(' ', "-"))
            .collect();
        assert!(
            anchors.iter().any(|a| a == anchor),
            "{}: {anchor} in {anchors:?}",
            c.id
        );
        assert!(page.contains(&format!("`{}`", c.id)), "{}", c.id);
    }
}
