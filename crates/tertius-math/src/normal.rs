//! The logarithm of the standard normal law where it is asked for a million times.

use std::sync::LazyLock;

/// Beyond this on either side the law is held: below it, under e^−688.
pub(crate) const FARTHEST: f64 = 37.0;

/// Nodes of the table per unit.
const PER_UNIT: f64 = 32.0;

/// Terms of the series about a node.
const TERMS: usize = 8;

/// ln φ(0) = −½ ln 2π.
pub(crate) const LOG_PEAK: f64 = -0.918_938_533_204_672_8;

/// ln Φ(a), held within ±[`FARTHEST`], to 2e-14 of itself or of 1, whichever is more: a Taylor
/// series about the nearest node, which is never farther than 1/64.
#[inline]
pub(crate) fn log_below(a: f64) -> f64 {
    let x = (a + FARTHEST).clamp(0.0, 2.0 * FARTHEST) * PER_UNIT;
    // A NaN is taken to the first node and comes back from the series.
    let node = (x + 0.5) as usize;
    let d = (x - node as f64) / PER_UNIT;
    let [c0, c1, c2, c3, c4, c5, c6, c7] = NODES.get(node).copied().unwrap_or([f64::NAN; TERMS]);
    c0 + d * (c1 + d * (c2 + d * (c3 + d * (c4 + d * (c5 + d * (c6 + d * c7))))))
}

static NODES: LazyLock<Vec<[f64; TERMS]>> = LazyLock::new(|| {
    let last = (FARTHEST * PER_UNIT) as i32;
    (-last..=last)
        .map(|i| series(f64::from(i) / PER_UNIT))
        .collect()
});

/// The Taylor series of ln Φ about a. Its first derivative is m = φ/Φ, and m′ = −m (a + m), from which the
/// others follow by Leibniz's rule.
fn series(a: f64) -> [f64; TERMS] {
    let ratio = mills(a.abs());
    let density = (LOG_PEAK - 0.5 * a * a).exp();
    let (log, slope) = if a > 0.0 {
        let tail = density * ratio;
        ((-tail).ln_1p(), density / (1.0 - tail))
    } else {
        (LOG_PEAK - 0.5 * a * a + ratio.ln(), 1.0 / ratio)
    };
    let (mut m, mut s) = ([0.0; TERMS], [0.0; TERMS]);
    let mut terms = [0.0; TERMS];
    terms[0] = log;
    m[0] = slope;
    let mut factorial = 1.0;
    for n in 1..TERMS {
        factorial *= n as f64;
        terms[n] = m[n - 1] / factorial;
        s[n - 1] = m[n - 1] + [a, 1.0].get(n - 1).unwrap_or(&0.0);
        let mut choose = 1.0;
        for k in 0..n {
            m[n] -= choose * m[k] * s[n - 1 - k];
            choose *= (n - 1 - k) as f64 / (k + 1) as f64;
        }
    }
    terms
}

/// Mills' ratio Φ(−x)/φ(x): √(π/2) e^{x²/2} − Σ x^{2k+1}/(1·3·…·(2k+1)) near the middle, where little
/// cancels, and Laplace's continued fraction in the tail, where 400 levels are far more than enough from
/// 2 on.
fn mills(x: f64) -> f64 {
    if x < 2.0 {
        let (mut term, mut sum, mut k) = (x, 0.0, 1.0);
        while term > 1e-18 {
            sum += term;
            k += 2.0;
            term *= x * x / k;
        }
        0.5 * (0.5 * x * x - LOG_PEAK).exp() - sum
    } else {
        let level = |below: f64, k: i32| x + f64::from(k) / below;
        1.0 / (1..=400).rev().fold(x, level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, Normal as Reference};

    #[test]
    fn logarithms_of_tails_to_twenty_digits() {
        // By arithmetic of forty digits.
        for (a, tail) in [
            (0.5, 0.308_537_538_725_986_9_f64),
            (1.0, 0.158_655_253_931_457_05),
            (2.03, 0.021_178_269_642_672_26),
            (3.0, 0.001_349_898_031_630_094_5),
            (5.0, 2.866_515_718_791_939e-7),
            (10.0, 7.619_853_024_160_526e-24),
            (20.7, 1.731_851_879_019_712_3e-95),
            (30.0, 4.906_713_927_148_187e-198),
            (36.9, 2.310_524_481_140_496e-298),
        ] {
            for (found, true_one) in [(log_below(-a), tail.ln()), (log_below(a), (-tail).ln_1p())] {
                // A few units of the last place of the logarithm, or of 1: logarithms are summed.
                let tolerance = 4e-15 * true_one.abs().max(1.0);
                assert!(
                    (found - true_one).abs() < tolerance,
                    "{a}: {found:e} {true_one:e}"
                );
            }
        }
    }

    #[test]
    fn both_sides_agree_with_another_implementation() {
        let law = Reference::standard();
        for i in -3699..800 {
            let a = f64::from(i) * 0.01 + 0.0031;
            // What the other's complementary error function is good to in the tail.
            let found = log_below(a);
            assert!(
                (found.exp() / law.cdf(a) - 1.0).abs() < 1e-9,
                "{a}: {found:e}"
            );
        }
    }

    #[test]
    fn between_nodes_the_series_is_as_good_as_on_them() {
        for i in 0..8000 {
            let a = f64::from(i) * 0.009 - 36.0;
            let (found, on_node) = (log_below(a), series(a)[0]);
            // What cancels in Mills' ratio just below 2.
            let tolerance = 2e-14 * on_node.abs().max(1.0);
            assert!(
                (found - on_node).abs() < tolerance,
                "{a}: {found:e} {on_node:e}"
            );
        }
    }

    #[test]
    fn farther_than_far_is_held_and_what_is_no_number_stays_none() {
        assert_eq!(log_below(-1e9), log_below(-FARTHEST));
        assert_eq!(log_below(f64::INFINITY), log_below(FARTHEST));
        assert!(log_below(-1e9) > -700.0 && log_below(FARTHEST) <= 0.0);
        assert!(log_below(f64::NAN).is_nan());
    }
}
