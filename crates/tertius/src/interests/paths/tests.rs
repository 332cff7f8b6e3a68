use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Normal};

use super::*;
use crate::record::Position;

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

const OPTIONS: PostureOptions = PostureOptions {
    walk: 0.3,
    half_life: 6.0,
    least_sd: 0.05,
    unchecked: 0.7,
    episode_correlation: 0.5,
    episode_days: 14,
    level_sd: 0.5,
    series_sd: 0.1,
};

fn seen(at: &str, loads: [f64; 2], value: f64, variance: f64) -> Seen {
    Seen {
        month: month(at),
        loads,
        value,
        variance,
        series: None,
        of_year: false,
    }
}

fn of_year(at: &str, v: f64, variance: f64) -> Seen {
    Seen {
        series: Some(0),
        of_year: true,
        ..seen(at, [1.0, v - 1.0], v, variance)
    }
}

/// The normal conditional on observations, by dense elimination: `C zᵀ (z C zᵀ + h)⁻¹`, one observation
/// after the other, over the whole path at once. It shares nothing with the filter but Bayes.
struct Dense {
    mean: Vec<f64>,
    covariance: Vec<Vec<f64>>,
}

impl Dense {
    /// Two walks of `t` months, then one constant.
    fn new(t: usize, walk: f64, level: f64) -> Dense {
        let n = 2 * t + 1;
        let mut covariance = vec![vec![0.0; n]; n];
        for side in 0..2 {
            for i in 0..t {
                for j in 0..t {
                    // Next to nothing known of the start; the tolerance of the test says what that costs.
                    covariance[side * t + i][side * t + j] = 1e4 + walk * i.min(j) as f64;
                }
            }
        }
        covariance[2 * t][2 * t] = level;
        let mean = vec![0.0; n];
        Dense { mean, covariance }
    }

    fn see(&mut self, loads: &[(usize, f64)], value: f64, variance: f64) {
        let n = self.mean.len();
        let cz: Vec<f64> = (0..n)
            .map(|i| loads.iter().map(|(k, z)| z * self.covariance[i][*k]).sum())
            .collect();
        let total: f64 = loads.iter().map(|(k, z)| z * cz[*k]).sum::<f64>() + variance;
        let expected: f64 = loads.iter().map(|(k, z)| z * self.mean[*k]).sum();
        for i in 0..n {
            self.mean[i] += cz[i] / total * (value - expected);
            for j in 0..n {
                self.covariance[i][j] -= cz[i] * cz[j] / total;
            }
        }
    }
}

#[test]
fn filter_and_smoother_are_conditioning_on_the_whole_path() {
    let months = Months {
        first: month("2001-01"),
        last: month("2002-12"),
    };
    let all = [
        seen("2001-01", [1.0, 0.0], 0.4, 0.02),
        seen("2001-01", [0.0, 1.0], -0.5, 0.01),
        seen("2001-07", [1.0, 0.0], 0.1, 0.03),
        of_year("2001-12", 0.45, 0.02),
        seen("2002-05", [0.0, 1.0], -0.7, 0.01),
        of_year("2002-12", 0.2, 0.02),
    ];
    let found = run(&all, 2, 1, months, &OPTIONS).unwrap();
    let t = 24;
    let dense = |until: i32| {
        let mut d = Dense::new(t, OPTIONS.walk_of(1), OPTIONS.level_sd.powi(2));
        for o in &all {
            let at = months.first.until(o.month);
            if at >= until {
                continue;
            }
            let at = at as usize;
            let mut loads = Vec::new();
            for (side, z) in o.loads.iter().enumerate() {
                if o.of_year {
                    loads.extend((at - 11..=at).map(|m| (side * t + m, z / 12.0)));
                } else {
                    loads.push((side * t + at, *z));
                }
            }
            if o.series.is_some() {
                loads.push((2 * t, 1.0));
            }
            d.see(&loads, o.value, o.variance);
        }
        d
    };
    // A start of variance 1e4 moves a mean by about .01 / 1e4; the elimination loses eight digits of 1e4.
    let tolerance = 1e-5;
    for at in [3, 8, 12, 18, 23] {
        let d = dense(at as i32);
        let state = found.before[at].as_ref().unwrap();
        for side in 0..2 {
            let k = side * t + at;
            assert!(
                (d.mean[k] - state.mean[side]).abs() < tolerance,
                "{at} {side}"
            );
            let sd = standing(state, side, found.walk).sd;
            assert!(
                (d.covariance[k][k] - sd * sd).abs() < tolerance,
                "{at} {side}"
            );
        }
        let covariance = state.covariance.at(0, 1);
        assert!((d.covariance[at][t + at] - covariance).abs() < tolerance);
        assert_eq!(
            covariance.abs() > 1e-9,
            at > 11,
            "only votes tie the two: {at}"
        );
    }
    let end = dense(24);
    for at in [0, 5, 11, 20, 23] {
        for side in 0..2 {
            let found = standing(&found.after[at], side, 0.0);
            let k = side * t + at;
            assert!(
                (end.mean[k] - found.centre).abs() < tolerance,
                "{at} {side}"
            );
            assert!((end.covariance[k][k] - found.sd * found.sd).abs() < tolerance);
        }
    }
}

/// Two walks, positions of both, and votes that are always off by the same: intervals of 90 % hold the
/// truth in 90 of 100 months, and votes make them narrower.
#[test]
fn intervals_hold_what_they_say() {
    let months = Months {
        first: month("1990-01"),
        last: month("2009-12"),
    };
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let mut normal = |sd: f64| Normal::new(0.0, sd).unwrap().sample(&mut rng);
    let (mut inside, mut counted, mut with, mut without) = (0u32, 0u32, 0.0, 0.0);
    for _ in 0..120 {
        let level = normal(OPTIONS.level_sd);
        let (mut w, mut s) = (normal(0.3), normal(0.3));
        let (mut all, mut truth) = (Vec::new(), Vec::new());
        let mut sums = [0.0; 2];
        for t in 0..240 {
            let now = months.first + t;
            truth.push((w, s));
            sums = [sums[0] + w, sums[1] + s];
            if t % 9 == 0 {
                all.push(seen(&now.to_string(), [1.0, 0.0], w + normal(0.1), 0.01));
            }
            if t % 14 == 0 {
                all.push(seen(&now.to_string(), [0.0, 1.0], s + normal(0.1), 0.01));
            }
            if now.month() == 12 {
                // v (1 − x̄^S) = x̄^W − x̄^S + c + error: solved for v.
                let [mw, ms] = sums.map(|x| x / 12.0);
                let v = (mw - ms + level + normal(0.15)) / (1.0 - ms);
                all.push(of_year(&now.to_string(), v, 0.15 * 0.15));
                sums = [0.0; 2];
            }
            w += normal(OPTIONS.walk_of(1).sqrt());
            s += normal(OPTIONS.walk_of(1).sqrt());
        }
        let found = run(&all, 2, 1, months, &OPTIONS).unwrap();
        all.retain(|o| !o.of_year);
        let alone = run(&all, 2, 0, months, &OPTIONS).unwrap();
        for t in (24..240).step_by(12) {
            let sd_of = |f: &Found| {
                let x = f.before[t].as_ref().unwrap();
                let c = &x.covariance;
                let variance = c.at(0, 0) + c.at(1, 1) - 2.0 * c.at(0, 1) + 2.0 * f.walk;
                (x.mean[0] - x.mean[1], variance.sqrt())
            };
            let (mean, sd) = sd_of(&found);
            let gap = truth[t].0 - truth[t].1;
            inside += u32::from((gap - mean).abs() < 0.5 * INTERVAL_90 * sd);
            counted += 1;
            with += sd;
            without += sd_of(&alone).1;
        }
    }
    // 120 paths; months of one path hang together, so that a share of .90 has an error of up to √(.09/120).
    let share = f64::from(inside) / f64::from(counted);
    assert!(
        (share - 0.9).abs() < 3.0 * (0.09f64 / 120.0).sqrt(),
        "{share}"
    );
    assert!(with < 0.97 * without, "{with} {without}");
}

#[test]
fn a_steady_flow_of_positions_reaches_the_steady_state() {
    let months = Months {
        first: month("2001-01"),
        last: month("2020-12"),
    };
    let (q, h) = (OPTIONS.walk_of(1), 0.02);
    let all: Vec<Seen> = (0..240)
        .map(|t| seen(&(months.first + t).to_string(), [1.0, 0.0], 0.3, h))
        .collect();
    let found = run(&all, 1, 0, months, &OPTIONS).unwrap();
    // The predicted variance P of a local level solves P² − qP − qh = 0 (Durbin and Koopman 2012, 2.11).
    let steady = 0.5 * (q + (q * q + 4.0 * q * h).sqrt());
    let last = standing(found.before[239].as_ref().unwrap(), 0, found.walk);
    assert!((last.sd * last.sd - steady).abs() < 1e-12, "rounding only");
    assert!((last.centre - 0.3).abs() < 1e-12);
    // With nothing since, variance grows by the walk alone.
    let one = run(&all[..1], 1, 0, months, &OPTIONS).unwrap();
    let aged = standing(one.before[100].as_ref().unwrap(), 0, one.walk);
    assert!((aged.sd * aged.sd - (h + 100.0 * q)).abs() < 1e-12);
    assert!(one.before[0].is_none(), "nothing is known before the first");
}

#[test]
fn a_run_of_nothing_is_nothing() {
    let months = Months {
        first: month("2001-01"),
        last: month("2001-12"),
    };
    assert!(run(&[], 1, 0, months, &OPTIONS).is_none());
    let later = [seen("2002-01", [1.0, 0.0], 0.1, 0.01)];
    assert!(run(&later, 1, 0, months, &OPTIONS).is_none());
    // A patron of whom nothing is ever known leaves the two together unknown.
    let one = [seen("2001-02", [1.0, 0.0], 0.1, 0.01)];
    assert!(run(&one, 2, 0, months, &OPTIONS).is_none());
}

/// A position of a document, as the record has it.
fn said(id: &str, date: &str, episode: Option<&str>) -> Position {
    let date: crate::vocabulary::When = date.parse().unwrap();
    Position {
        cited: crate::record::Cited {
            id: id.into(),
            file: "positions.csv".into(),
            row: 2,
            known_from: date.last_day(),
            episode: episode.map(str::to_owned),
            description: crate::vocabulary::Text::default(),
            sources: vec![id.into()],
            quote: None,
            locator: None,
            checked: true,
            confidence: crate::record::Confidence::High,
            coder: "c".into(),
        },
        date,
        actor: crate::vocabulary::ActorRegistry::default()
            .find("JPN")
            .unwrap(),
        issue: 0,
        kind: PositionKind::Preference,
        value: 0.2,
        low: 0.2 - 0.1 * INTERVAL_90 / 2.0,
        high: 0.2 + 0.1 * INTERVAL_90 / 2.0,
        salience: 1.0,
    }
}

#[test]
fn a_cluster_counts_for_less_than_two_rows_and_no_row_hangs_on_a_later_one() {
    let all = [
        said("a", "2014-03-03", Some("speech")),
        said("b", "2014-03-03", Some("speech")),
        said("c", "2014-06-01", Some("speech")),
        said("d", "2014-06-01", None),
    ];
    let precisions = |n: usize| -> Vec<f64> {
        let some: Vec<&Position> = all[..n].iter().collect();
        let mut seen = Declared::new(some, &OPTIONS).seen([1.0, 0.0], &OPTIONS);
        seen.sort_by_key(|s| s.month);
        seen.iter().map(|s| 0.01 / s.variance).collect()
    };
    // Two rows of one month share 2/1.5; a third adds 3/2 less that; a row of its own counts whole.
    let expected = [2.0 / 3.0, 2.0 / 3.0, 1.5 - 4.0 / 3.0, 1.0];
    for (found, expected) in precisions(4).iter().zip(expected) {
        assert!(
            (found - expected).abs() < 1e-12,
            "rounding only: {found} {expected}"
        );
    }
    assert_eq!(precisions(2), precisions(4)[..2]);
}

/// The definition: every month anew, from the rows known before it.
fn salience_by_definition(rows: &[&Position], clusters: &[Vec<usize>], at: Month) -> Option<f64> {
    let known = |p: &Position| {
        let begins = at.first_day();
        p.cited.known_from < begins && p.date.last_day() < begins
    };
    let age = |p: &Position| Month::of(p.date.last_day()).until(at);
    let all = rows.iter().filter(|p| known(p));
    let youngest = all.map(|p| age(p)).min()?;
    let (mut sum, mut of) = (0.0, 0.0);
    for cluster in clusters {
        let inside: Vec<&Position> = cluster.iter().map(|i| rows[*i]).collect();
        let inside: Vec<&Position> = inside.into_iter().filter(|p| known(p)).collect();
        for p in &inside {
            let trust = if p.cited.checked {
                1.0
            } else {
                OPTIONS.unchecked
            };
            let weight = trust / (1.0 + OPTIONS.episode_correlation * (inside.len() - 1) as f64);
            let fresh = (-f64::from(age(p) - youngest) / OPTIONS.half_life).exp2();
            sum += weight * fresh;
            of += weight * fresh * p.salience;
        }
    }
    Some(of / sum)
}

#[test]
fn salience_in_one_pass_is_salience_month_by_month() {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let first = month("2012-01");
    let rows: Vec<Position> = (0..120)
        .map(|k| {
            // A gap of forty years lies before the last rows: every older weight is next to nothing there.
            let late = if k % 10 == 0 { 480 } else { 0 };
            let at = first + random.random_range(0..100) + late;
            let label = ["x", "y", "z"][random.random_range(0..3)];
            let label = random.random_bool(0.3).then_some(label);
            let mut p = said(&format!("p{k}"), &format!("{at}-03"), label);
            p.salience = random.random_range(0.0..1.0);
            p.cited.checked = random.random_bool(0.7);
            // Some are known only later.
            let known = at + random.random_range(0..3) * 9;
            p.cited.known_from = known.last_day();
            p
        })
        .collect();
    let rows: Vec<&Position> = rows.iter().collect();
    let declared = Declared::new(rows.clone(), &OPTIONS);
    let told = declared.told(&OPTIONS);
    let standing = Standing {
        centre: 0.0,
        sd: 1.0,
    };
    let mut largest = 0.0f64;
    for k in -2..600 {
        let at = first + k;
        let found = told.before(at, standing);
        let expected = salience_by_definition(&rows, declared.clusters(), at);
        assert_eq!(found.is_some(), expected.is_some(), "{at}");
        let (Some(found), Some(expected)) = (found, expected) else {
            continue;
        };
        largest = largest.max((found.salience - expected).abs());
        // What each row alone tells of this month, most first.
        let told_alone = |id: &String| {
            let p = rows.iter().find(|p| p.cited.id == *id).unwrap();
            let age = Month::of(p.date.last_day()).until(at);
            OPTIONS.variance_of(p) + OPTIONS.walk_of(age)
        };
        assert!(
            found
                .rows
                .is_sorted_by(|a, b| told_alone(a) <= told_alone(b) + 1e-12)
        );
    }
    assert!(largest < 1e-12, "rounding only: {largest}");
}
