//! The relation that no single source shows: by hand, against simulated relations, and on the real sources.

use jiff::civil::date;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use tertius::vocabulary::{Month, Observed, Span, When};
use tertius_data::conditions::latent::{self, Reading, Settings};
use tertius_data::conditions::{Series, relation};
use tertius_data::datasets::{cow_mid, gdelt_dyads, icews_dyads, un_votes};
use tertius_data::dyads::Pair;

use crate::support::{pair, public, state};

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn span(from: &str, to: &str) -> Span {
    Span::inclusive(month(from), month(to)).unwrap()
}

const EVER: [(jiff::civil::Date, jiff::civil::Date); 1] = [(date(1900, 1, 1), date(2100, 12, 31))];

#[test]
fn one_reading_moves_the_relation_as_bayes_says_and_fades() {
    let settings = Settings {
        half_life: 12.0,
        error: 1.0,
    };
    let reading = Reading {
        period: When::Month(month("2010-03")),
        value: 2.0,
        variance: 1.0,
        known_from: date(2010, 4, 30),
    };
    let series = latent::filtered(&[reading], &EVER, span("2010-02", "2011-04"), settings);
    let at = |m: &str| series.at(month(m)).value().unwrap();
    // Nothing known yet: the relation of any pair, N(0, 1); and in March it is not known yet.
    for m in ["2010-02", "2010-03"] {
        assert!(at(m).mid.abs() < 1e-12);
        assert!((at(m).interval.unwrap().1 - 1.644_853_627).abs() < 1e-9);
    }
    // N(0, 1) and a reading of 2 with variance 1 give N(1, 1/2), one month earlier than it is known.
    let phi = (-1.0_f64 / 12.0).exp2();
    assert!((at("2010-04").mid - phi).abs() < 1e-9);
    let variance = phi * phi / 2.0 + 1.0 - phi * phi;
    let half = 1.644_853_627 * variance.sqrt();
    assert!((at("2010-04").interval.unwrap().1 - phi - half).abs() < 1e-9);
    // After a year half of it is left.
    assert!((at("2011-03").mid - 0.5).abs() < 1e-9);
    let past = [(date(2010, 1, 1), date(2010, 12, 31))];
    let series = latent::filtered(&[reading], &past, span("2010-12", "2011-01"), settings);
    assert!(series.at(month("2010-12")).value().is_some());
    assert_eq!(series.at(month("2011-01")), Observed::OutsideCoverage);
}

/// One pass gives what a filter over the readings known at the time gives, month by month, and asking for fewer months
/// changes none of them.
#[test]
fn one_pass_knows_what_was_known_at_the_time() {
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    let mut normal = || -> f64 { StandardNormal.sample(&mut rng) };
    let mut readings = Vec::new();
    for year in 1960..2012_i16 {
        // Known in the February after, as events of a year are in January.
        let late = Month::new(year + 1, 2).unwrap().last_day();
        let end = Month::new(year, 12).unwrap().last_day();
        for (period, known_from) in [(When::Year(year), late), (When::Year(year), end)] {
            readings.push(Reading {
                period,
                value: normal(),
                variance: 1.5,
                known_from,
            });
        }
        let at = Month::new(year, 5).unwrap();
        let (period, known_from) = (When::Month(at), at.last_day());
        readings.push(Reading {
            period,
            value: normal(),
            variance: 0.5,
            known_from,
        });
    }
    let settings = Settings::default();
    let whole = latent::filtered(&readings, &EVER, span("1990-01", "2012-12"), settings);
    let mut moved = 0;
    for point in &whole.points {
        let month = Month::of(point.period.first_day());
        let known: Vec<Reading> = readings
            .iter()
            .filter(|r| r.known_from <= month.last_day())
            .copied()
            .collect();
        let alone = latent::filtered(
            &known,
            &EVER,
            Span::inclusive(month, month).unwrap(),
            settings,
        );
        let all = latent::smoothed(
            &readings,
            &EVER,
            Span::inclusive(month, month).unwrap(),
            settings,
        );
        let mid = |v: Observed<tertius_data::conditions::Value>| v.value().unwrap().mid;
        assert!(
            (mid(point.value) - mid(alone.points[0].value)).abs() < 1e-12,
            "{month}"
        );
        moved += usize::from((mid(point.value) - mid(all.points[0].value)).abs() > 1e-6);
    }
    // In December and January the late value of the year is not known yet.
    assert!(moved > 40, "{moved}");
}

#[test]
fn a_year_shows_the_mean_of_its_months() {
    let settings = Settings {
        half_life: 1e-3,
        error: 1.0,
    };
    // With a half-life of seconds the months are independent, and their mean has variance 1/12.
    let reading = Reading {
        period: When::Year(2010),
        value: 1.0,
        variance: 1.0 / 12.0,
        known_from: date(2010, 12, 31),
    };
    let series = latent::smoothed(&[reading], &EVER, span("2010-01", "2011-01"), settings);
    for m in ["2010-01", "2010-07", "2010-12"] {
        // cov(s, mean) / (var mean + error) = (1/12) / (2/12).
        let mid = series.at(month(m)).value().unwrap().mid;
        assert!((mid - 0.5).abs() < 1e-9, "{m}: {mid}");
    }
    assert!(series.at(month("2011-01")).value().unwrap().mid.abs() < 1e-9);
}

#[test]
fn simulated_relations_are_found_as_often_as_the_band_says() {
    let mut rng = ChaCha8Rng::seed_from_u64(20);
    let settings = Settings::default();
    let phi = (-1.0 / settings.half_life).exp2();
    let (mut inside, mut all, mut squares, mut prior) = (0, 0, 0.0, 0.0);
    let mut normal = || -> f64 { StandardNormal.sample(&mut rng) };
    for _ in 0..200 {
        let mut s = normal();
        let (mut path, mut readings) = (Vec::new(), Vec::new());
        for year in 2000..2010_i16 {
            let first = path.len();
            for m in 1..=12 {
                s = phi * s + (1.0 - phi * phi).sqrt() * normal();
                path.push(s);
                if m % 3 == 0 {
                    let at = Month::new(year, m).unwrap();
                    readings.push(Reading {
                        period: When::Month(at),
                        value: s + normal(),
                        variance: 1.0,
                        known_from: at.last_day(),
                    });
                }
            }
            let mean = path[first..].iter().sum::<f64>() / 12.0;
            readings.push(Reading {
                period: When::Year(year),
                value: mean + normal(),
                variance: 1.0,
                known_from: date(year, 12, 31),
            });
        }
        let series = latent::filtered(&readings, &EVER, span("2009-01", "2009-12"), settings);
        for (point, truth) in series.points.iter().zip(&path[108..]) {
            let value = point.value.value().unwrap();
            let (low, high) = value.interval.unwrap();
            inside += usize::from(low <= *truth && *truth <= high);
            squares += (value.mid - truth).powi(2);
            prior += truth.powi(2);
            all += 1;
        }
    }
    let share = inside as f64 / f64::from(all);
    // 200 relations, whose twelve months hang together: as 200 draws, a standard error of 2.1 points; three of them.
    assert!((share - 0.9).abs() < 0.064, "{share}");
    assert!(squares < 0.5 * prior, "{squares} {prior}");
}

const POWERS: [&str; 7] = [
    "united-states",
    "united-kingdom",
    "france",
    "germany",
    "russia",
    "china",
    "japan",
];

fn pairs() -> Vec<Pair> {
    let each = |n: usize| POWERS[n + 1..].iter().map(move |b| pair(POWERS[n], b));
    (0..POWERS.len()).flat_map(each).collect()
}

/// The four sources for a pair, over all years since 1946.
fn sources() -> Option<impl Fn(Pair) -> [Series; 4]> {
    let events = public("events/icews_directed_dyad_year_2002_2014.parquet")?;
    let events = icews_dyads::read(&events).unwrap().0;
    let scores = public("events/gdelt_composite_dyad_month_2018_2024.parquet")?;
    let scores = gdelt_dyads::read(&scores).unwrap().0;
    let disputes = public("conflict/cow_mid_dirdisps.csv.gz")?;
    let disputes = cow_mid::read(&disputes).unwrap().0;
    let calls = public("un_votes/un_votes_1946_2024.parquet")?;
    let calls = un_votes::read(&calls).unwrap().0;
    Some(move |pair| {
        let years = 1946..=2024;
        [
            relation::by_events(&events, pair, years.clone()),
            relation::by_month(&scores, pair),
            relation::by_disputes(&disputes, pair, years.clone()),
            relation::by_votes(&calls, pair, years),
        ]
    })
}

#[test]
fn scales_are_mean_and_spread_of_the_sources_among_great_powers() {
    let Some(sources) = sources() else { return };
    let all: Vec<[Series; 4]> = pairs().into_iter().map(sources).collect();
    let mut wrong = Vec::new();
    for n in 0..4 {
        let values: Vec<f64> = all
            .iter()
            .flat_map(|s| &s[n].points)
            .filter_map(|p| p.value.value().map(|v| v.mid))
            .collect();
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let spread = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / count;
        let id = all[0][n].condition;
        let scale = latent::scale(id).unwrap();
        // Written with four decimals.
        let near = |a: f64, b: f64| (a - b).abs() < 5.1e-5;
        if !near(scale.mean, mean) || !near(scale.spread, spread.sqrt()) {
            wrong.push(format!(
                "{id}: mean {mean:.4}, spread {:.4}, of {count}",
                spread.sqrt()
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_relation_of_two_powers_is_read_where_a_source_is() {
    let Some(sources) = sources() else { return };
    let two = Pair::new(state("united-states"), state("russia")).unwrap();
    let series = latent::over_years(&sources(two), 1980..=2026);
    let at = |m: &str| series.at(month(m));
    assert!(at("1985-06").value().is_some());
    assert!(at("2023-06").value().is_some());
    assert_eq!(at("2026-06"), Observed::OutsideCoverage);
    // Wider than one source alone would allow, narrower than knowing nothing.
    let (low, high) = at("2014-12").value().unwrap().interval.unwrap();
    assert!((0.5..3.0).contains(&(high - low)));
    // A friend's votes and days against a rival's: the United Kingdom stands nearer to the United States.
    let friends = Pair::new(state("united-states"), state("united-kingdom")).unwrap();
    let friends = latent::over_years(&sources(friends), 2014..=2020);
    let friendly = friends.at(month("2020-06")).value().unwrap().mid;
    let hostile = at("2020-06").value().unwrap().mid;
    // Half a spread among great powers at least.
    assert!(friendly > hostile + 0.5, "{friendly} {hostile}");
}
