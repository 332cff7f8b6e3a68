//! The standard normal law where it is asked for a million times: density and both tails at once.

use std::sync::LazyLock;

/// Beyond this the smaller tail is under 1e-299, and is held there.
pub(crate) const FARTHEST: f64 = 37.0;

/// Nodes of the table per unit.
const PER_UNIT: f64 = 32.0;

const INV_SQRT_TAU: f64 = 0.398_942_280_401_432_7;

/// φ(a), Φ(a) and Φ(−a), each to a relative error of about 1e-14.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Normal {
    pub(crate) density: f64,
    pub(crate) below: f64,
    pub(crate) above: f64,
}

/// Looks the law up at `a`, held within ±[`FARTHEST`].
#[inline]
pub(crate) fn normal(a: f64) -> Normal {
    let x = a.abs().min(FARTHEST);
    let density = INV_SQRT_TAU * (-0.5 * x * x).exp();
    let tail = density * mills(x);
    if a > 0.0 {
        Normal {
            density,
            below: 1.0 - tail,
            above: tail,
        }
    } else {
        Normal {
            density,
            below: tail,
            above: 1.0 - tail,
        }
    }
}

/// Mills' ratio R(x) = Φ(−x)/φ(x), 0 ≤ x ≤ [`FARTHEST`], by a Taylor series about the nearest node.
/// With R′ = xR − 1 the derivatives follow R⁽ⁿ⁺¹⁾ = x R⁽ⁿ⁾ + n R⁽ⁿ⁻¹⁾.
#[inline]
fn mills(x: f64) -> f64 {
    let node = (x * PER_UNIT + 0.5) as usize;
    let at = node as f64 / PER_UNIT;
    let d = x - at;
    let r0 = NODES[node];
    let r1 = at * r0 - 1.0;
    let r2 = at * r1 + r0;
    let r3 = at * r2 + 2.0 * r1;
    let r4 = at * r3 + 3.0 * r2;
    let r5 = at * r4 + 4.0 * r3;
    let r6 = at * r5 + 5.0 * r4;
    let inner = r4 / 24.0 + d * (r5 / 120.0 + d * r6 / 720.0);
    r0 + d * (r1 + d * (0.5 * r2 + d * (r3 / 6.0 + d * inner)))
}

static NODES: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let last = (FARTHEST * PER_UNIT) as usize + 1;
    (0..=last)
        .map(|i| mills_exactly(i as f64 / PER_UNIT))
        .collect()
});

/// √(π/2) e^{x²/2} − Σ x^{2k+1}/(1·3·…·(2k+1)) near the middle, where little cancels, and Laplace's
/// continued fraction in the tail, where 400 levels are far more than enough from 2 on.
fn mills_exactly(x: f64) -> f64 {
    if x < 2.0 {
        let (mut term, mut sum, mut k) = (x, 0.0, 1.0);
        while term > 1e-18 {
            sum += term;
            k += 2.0;
            term *= x * x / k;
        }
        (0.5 * x * x).exp() / (2.0 * INV_SQRT_TAU) - sum
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
    fn tails_to_twenty_digits() {
        // By arithmetic of forty digits.
        for (a, tail) in [
            (0.5, 0.308_537_538_725_986_9),
            (1.0, 0.158_655_253_931_457_05),
            (2.03, 0.021_178_269_642_672_26),
            (3.0, 0.001_349_898_031_630_094_5),
            (5.0, 2.866_515_718_791_939e-7),
            (10.0, 7.619_853_024_160_526e-24),
            (20.7, 1.731_851_879_019_712_3e-95),
            (30.0, 4.906_713_927_148_187e-198),
            (36.9, 2.310_524_481_140_496e-298),
        ] {
            // e^{−a²/2} has lost a²/2 units of the last place.
            let tolerance = 2e-15 * (1.0 + 0.5 * a * a);
            for found in [normal(a).above, normal(-a).below] {
                assert!((found / tail - 1.0).abs() < tolerance, "{a}: {found:e}");
            }
        }
    }

    #[test]
    fn both_tails_agree_with_another_implementation() {
        let law = Reference::standard();
        for i in -3699..3699 {
            let a = f64::from(i) * 0.01 + 0.0031;
            let found = normal(a);
            for (ours, theirs) in [(found.below, law.cdf(a)), (found.above, law.sf(a))] {
                // What the other's complementary error function is good to in the tail.
                assert!(
                    (ours / theirs - 1.0).abs() < 1e-9,
                    "{a}: {ours:e} {theirs:e}"
                );
            }
        }
    }

    #[test]
    fn between_nodes_the_series_is_as_good_as_on_them() {
        for i in 0..4000 {
            let x = f64::from(i) * 0.009;
            assert!((mills(x) / mills_exactly(x) - 1.0).abs() < 2e-14, "{x}");
        }
    }

    #[test]
    fn farther_than_far_is_held() {
        assert_eq!(normal(1e9).above, normal(FARTHEST).above);
        assert!(normal(-1e9).below > 0.0);
    }
}
