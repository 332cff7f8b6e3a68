//! What the reader makes of records whose roles are known (model B.5, prototype section 5).

use std::num::NonZeroUsize;

use tertius::roles::flags::SPLITS;
use tertius::roles::parameters::Priors;
use tertius::roles::simulate::{Regime, Simulated, simulate};
use tertius::roles::{ReaderOptions, Reading, read};
use tertius_math::scoring::{brier, calibration_error, log_score, reliability};

use super::support::*;

const TEN: NonZeroUsize = NonZeroUsize::new(10).unwrap();

/// Fewer sweeps than by default: what is averaged here is over records.
fn options() -> ReaderOptions {
    ReaderOptions {
        warm_up: 250,
        sweeps: 750,
        ..ReaderOptions::default()
    }
}

fn simulated(regime: &Regime, seed: u64) -> Simulated {
    simulate(&article(), span(141), regime, &mut rng(seed)).unwrap()
}

fn reading(s: &Simulated, o: &ReaderOptions) -> Reading {
    let c = article();
    let e = s.evidence(&c, o);
    read(&e, &Priors::new(&c, &e, o), o, 1).unwrap()
}

/// Whether each role was on in each month.
fn truth(s: &Simulated) -> Vec<bool> {
    let c = article();
    let on = |z: &usize| {
        c.roles()
            .map(|r| c.sets()[*z].has(r))
            .collect::<Vec<bool>>()
    };
    s.path.iter().flat_map(on).collect()
}

/// Chains from no role and from a role throughout end in the same place, and the Monte Carlo error is
/// below a hundredth on average.
#[test]
fn chains_from_both_modes_agree() {
    let (mut error, mut gap, mut r_hat) = (0.0, 0.0f64, 0.0f64);
    let records = 4;
    for seed in 0..records {
        let reading = reading(&simulated(&Regime::BASE, seed), &ReaderOptions::default());
        let n = reading.mc_error.len() as f64 * records as f64;
        error += reading.mc_error.iter().sum::<f64>() / n;
        gap = reading.start_gap.iter().copied().fold(gap, f64::max);
        r_hat = r_hat.max(reading.r_hat.unwrap());
    }
    println!(
        "FIGURE two starts: Monte Carlo error {error:.4} on average, largest gap {gap:.3}, R-hat {r_hat:.3}"
    );
    // A fiftieth, on average over months of which most are uncertain: the second printed digit. One of the
    // four has modes that stand apart and three times the error of the easiest.
    assert!(error < 0.02, "{error}");
    // Above this distance between the means of the two starts a month is flagged as split between modes.
    assert!(gap <= SPLITS, "{gap}");
    // The bound below which chains are commonly called mixed (Gelman et al. 2013, chapter 11), and below
    // which findings call a reading converged.
    assert!(r_hat < 1.1, "{r_hat}");
}

/// Brier score, base rate's Brier score and calibration error over records of a regime.
fn scores(name: &str, regime: &Regime, records: u64, o: &ReaderOptions) -> (f64, f64, f64) {
    let (mut p, mut y) = (Vec::new(), Vec::new());
    let mut of_record = Vec::new();
    for seed in 0..records {
        let s = simulated(regime, 1000 + seed);
        let (roles, on) = (reading(&s, o).roles, truth(&s));
        of_record.push(brier(&roles, &on).unwrap());
        p.extend(roles);
        y.extend(on);
    }
    let base = y.iter().filter(|y| **y).count() as f64 / y.len() as f64;
    let (score, error) = (
        brier(&p, &y).unwrap(),
        calibration_error(&p, &y, TEN).unwrap(),
    );
    let log = log_score(&p, &y).unwrap();
    let of_base = base * (1.0 - base);
    let n = records as f64;
    let spread = of_record.iter().map(|x| (x - score).powi(2)).sum::<f64>() / (n - 1.0);
    let standard_error = (spread / n).sqrt();
    println!(
        "FIGURE {name}: {records} records, Brier {score:.3} (standard error {standard_error:.3}, base rate {of_base:.3}), calibration error {error:.3}, log score {:.3} (base rate {:.3})",
        log.mean,
        base * base.ln() + (1.0 - base) * (1.0 - base).ln(),
    );
    for b in reliability(&p, &y, TEN) {
        println!(
            "FIGURE {name}: from {:.1} stated {:.3} came true {:.3} n {}",
            b.from, b.stated, b.came_true, b.count
        );
    }
    (score, of_base, error)
}

#[test]
fn calibrated_and_better_than_the_base_rate_under_moderate_misfit() {
    let (score, base, error) = scores("base", &Regime::BASE, 40, &options());
    assert!(score < base, "{score} {base}");
    assert!(error < 0.05, "{error}");
}

#[test]
fn calibrated_and_better_than_the_base_rate_under_harsh_misfit() {
    let (score, base, error) = scores("harsh", &Regime::HARSH, 40, &options());
    assert!(score < base, "{score} {base}");
    assert!(error < 0.10, "{error}");
}

#[test]
fn better_than_the_base_rate_when_roles_last_twice_as_long_as_expected() {
    let (score, base, _) = scores("slow", &Regime::SLOW, 40, &options());
    assert!(score < base, "{score} {base}");
}

#[test]
fn the_fast_path_is_better_than_the_base_rate() {
    let o = ReaderOptions {
        fast: true,
        ..ReaderOptions::default()
    };
    for (name, regime) in [
        ("fast, base", Regime::BASE),
        ("fast, harsh", Regime::HARSH),
        ("fast, slow", Regime::SLOW),
    ] {
        let (score, base, _) = scores(name, &regime, 40, &o);
        assert!(score < base, "{name}: {score} {base}");
    }
}

/// With three quarters of the acts gone the reading widens; it does not turn round.
#[test]
fn a_thinned_record_reverses_almost_nothing() {
    let (mut turned, mut cells, mut shift) = (0, 0, 0.0);
    for seed in 0..16 {
        let s = simulated(&Regime::BASE, 2000 + seed);
        let whole = reading(&s, &options()).roles;
        let quarter = reading(&s.thinned(0.25, &mut rng(seed)), &options()).roles;
        for (a, b) in whole.iter().zip(&quarter) {
            turned += usize::from((*a > 0.8 && *b < 0.2) || (*a < 0.2 && *b > 0.8));
            cells += 1;
            shift += b - a;
        }
    }
    let share = turned as f64 / cells as f64;
    println!(
        "FIGURE thinning to 25 %: {share:.4} of role-months reverse, mean shift {:.3}",
        shift / cells as f64
    );
    assert!(share < 0.01, "{share}");
}
