//! What the reader makes of records whose roles are known.

use tertius::roles::parameters::Priors;
use tertius::roles::simulate::{Regime, simulate};
use tertius::roles::{ReaderOptions, read};

use super::support::*;

/// Chains from no role and from a role throughout end in the same place, and the Monte Carlo error is
/// below a hundredth on average.
#[test]
fn chains_from_both_modes_agree() {
    let c = article();
    let o = ReaderOptions::default();
    let (mut error, mut gap, mut r_hat) = (0.0, 0.0f64, 0.0f64);
    let records = 4;
    for seed in 0..records {
        let simulated = simulate(&c, span(141), &Regime::BASE, &mut rng(seed)).unwrap();
        let e = simulated.evidence(&c, &o);
        let reading = read(&e, &Priors::new(&c, &e, &o), &o, 1).unwrap();
        let n = reading.mc_error.len() as f64 * records as f64;
        error += reading.mc_error.iter().sum::<f64>() / n;
        gap = reading.start_gap.iter().copied().fold(gap, f64::max);
        r_hat = r_hat.max(reading.r_hat.unwrap());
    }
    println!(
        "FIGURE two starts: Monte Carlo error {error:.4} on average, largest gap {gap:.3}, R-hat {r_hat:.3}"
    );
    assert!(error < 0.01, "{error}");
    assert!(gap < 0.2, "{gap}");
    assert!(r_hat < 1.1, "{r_hat}");
}
