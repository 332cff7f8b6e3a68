//! Stakes, audience and relation: by hand, on real surveys and events, and their edges.

use jiff::civil::date;
use tertius::vocabulary::{Month, Observed};
use tertius_data::conditions::{audience, relation, stakes};
use tertius_data::datasets::pew::{Answer, Share};
use tertius_data::datasets::{cow_mid, cow_trade, gdelt_dyads, icews_dyads, pew, press_points};

use crate::support::{pair, public, state};

#[test]
fn stakes_are_shares_and_none_where_a_part_is_unknown() {
    let Some(file) = public("trade/cow_trade_dyad_year_1870_2014.parquet") else {
        return;
    };
    let trade = cow_trade::read(&file).unwrap().0;
    let totals = public("trade/cow_trade_state_year.csv.gz").unwrap();
    let totals = cow_trade::read_totals(&totals).unwrap().0;
    let of = |a, b| stakes::series(&trade, &totals, state(a), state(b), 2005..=2016);
    let (japan, russia) = (of("japan", "russia"), of("russia", "japan"));
    let value = |s: &tertius_data::conditions::Series, i: usize| s.points[i].value.value();
    for i in 0..=9 {
        let (j, r) = (
            value(&japan, i).unwrap().mid,
            value(&russia, i).unwrap().mid,
        );
        assert!(0.0 < j && j < 0.05 && j < r && r < 0.1, "{j} {r}");
    }
    assert_eq!(japan.points[10].value, Observed::OutsideCoverage);
    assert_eq!(japan.points[0].known_from, date(2006, 12, 31));
}

#[test]
fn polls_have_sampling_error_and_an_absent_answer_is_no_zero() {
    let share = |answer, share| Share {
        year: 2014,
        country: state("japan"),
        target: state("russia"),
        answer,
        share,
        respondents: 1000,
    };
    let whole = [
        share(Answer::SomewhatFavourable, 0.2),
        share(Answer::SomewhatUnfavourable, 0.7),
        share(Answer::DoNotKnow, 0.1),
    ];
    let series = audience::hardliners(&whole, state("japan"), state("russia"));
    let value = series.points[0].value.value().unwrap();
    assert_eq!(
        value.mid, 0.0,
        "the rows sum to all: nobody gave that answer"
    );
    assert!(value.interval.unwrap().1 > 0.0);
    let series = audience::hardliners(&whole[..2], state("japan"), state("russia"));
    assert_eq!(series.points[0].value, Observed::Missing);
    let month: Month = "2013-05".parse().unwrap();
    assert_eq!(series.at(month), Observed::OutsideCoverage, "nobody asked");
    // statsmodels: proportion_confint(0, 50, 0.1, "wilson").
    let (low, high) = audience::wilson(0.0, 50, 1.0).unwrap().interval.unwrap();
    assert_eq!(low, 0.0);
    assert!((high - 0.051333).abs() < 5e-7, "{high}");
    // A design effect of 2 is half as many respondents.
    assert_eq!(
        audience::wilson(0.3, 1000, 2.0).unwrap().interval,
        audience::wilson(0.3, 500, 1.0).unwrap().interval
    );
}

#[test]
fn hardliners_of_a_real_public_are_read_wave_by_wave() {
    let Some(file) = public("opinion/pew_favourability_2002_2023.csv.gz") else {
        return;
    };
    let shares = pew::read(&file).unwrap().0;
    let series = audience::hardliners(&shares, state("japan"), state("russia"));
    let first = &series.points[0];
    assert_eq!(first.period.to_string(), "2007");
    assert_eq!(first.value.value().unwrap().mid, 0.1693);
    assert_eq!(first.value.value().unwrap().n, Some(762));
    let points = public("opinion/japan_cabinet_office_affinity_points.csv").unwrap();
    let points = press_points::read(&points).unwrap().0;
    let by = |mode| audience::without_affinity(&points, state("russia"), mode);
    let mail = by(press_points::Mode::Mail);
    assert!(
        mail.points
            .iter()
            .all(|p| p.period.first_day().year() >= 2020)
    );
    assert!((mail.points.last().unwrap().value.value().unwrap().mid - 0.959).abs() < 1e-12);
    assert!(!by(press_points::Mode::FaceToFace).points.is_empty());
}

#[test]
fn relation_falls_when_events_say_so_and_says_nothing_of_silence() {
    let Some(file) = public("events/icews_directed_dyad_year_2002_2014.parquet") else {
        return;
    };
    let events = icews_dyads::read(&file).unwrap().0;
    let us_russia = pair("united-states", "russia");
    let series = relation::by_events(&events, us_russia, 2000..=2016);
    let value = |y: usize| series.points[y - 2000].value.value().map(|v| v.mid);
    assert_eq!(value(2001), None);
    assert!(
        value(2014).unwrap() < value(2009).unwrap() - 0.1,
        "the year of Crimea"
    );
    let gdelt = public("events/gdelt_composite_dyad_month_2018_2024.parquet").unwrap();
    let scores = gdelt_dyads::read(&gdelt).unwrap().0;
    let series = relation::by_month(&scores, us_russia);
    let at = |m: &str| series.at(m.parse().unwrap());
    assert!(at("2022-03").value().is_some());
    assert_eq!(at("2017-12"), Observed::OutsideCoverage);
    assert_eq!(at("2024-03"), Observed::OutsideCoverage);
    let file = public("conflict/cow_mid_dirdisps.csv.gz").unwrap();
    let disputes = cow_mid::read(&file).unwrap().0;
    let series = relation::by_disputes(&disputes, us_russia, 1945..=2020);
    let at = |y: usize| series.points[y - 1945].value.map(|v| v.mid);
    assert!(
        matches!(at(1962), Observed::Observed(v) if v <= -0.5),
        "the missiles of Cuba"
    );
    assert_eq!(at(2015), Observed::OutsideCoverage, "no zero past the end");
    let quiet = relation::by_disputes(&disputes, pair("norway", "portugal"), 2000..=2000);
    assert_eq!(
        quiet.points[0].value.map(|v| v.mid),
        Observed::Observed(0.0)
    );
}
