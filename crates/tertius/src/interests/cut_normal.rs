//! A normal cut to [−1, 1]: what is known of a posture.

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::erf::{erfc, erfc_inv};
use tertius_math::lattice::Bounded;

/// A normal cut to [−1, 1].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CutNormal {
    /// So wide that it is the uniform.
    Flat,
    /// Of this centre and spread before the cut.
    Bell {
        /// Centre.
        centre: f64,
        /// Spread.
        sd: f64,
        /// Share below −1.
        below: f64,
        /// Share within the range.
        inside: f64,
    },
}

/// Spreads on either side of the centre beyond which nothing is looked at: 6e-7 of the mass.
const REACH: f64 = 5.0;

impl CutNormal {
    /// With what its quantiles share worked out once.
    pub fn new(centre: f64, sd: f64) -> CutNormal {
        let Ok(standard) = Normal::new(0.0, 1.0) else {
            return CutNormal::Flat;
        };
        // Past this spread the density varies by less than 1e-6 over the range, and the difference of
        // two nearly equal distribution functions would keep no digits.
        if sd > 1e3 {
            return CutNormal::Flat;
        }
        let at = |x: f64| standard.cdf((x - centre) / sd);
        let (below, above) = (at(-1.0), at(1.0));
        CutNormal::Bell {
            centre,
            sd,
            below,
            inside: above - below,
        }
    }

    /// The point below which a share `u` lies.
    pub fn quantile(self, u: f64) -> f64 {
        match self {
            CutNormal::Flat => 2.0 * u - 1.0,
            CutNormal::Bell {
                centre,
                sd,
                below,
                inside,
            } => {
                // Φ⁻¹(p) = −√2 erfc⁻¹(2p).
                let z = -std::f64::consts::SQRT_2 * erfc_inv(2.0 * (below + u * inside));
                let x = centre + sd * z;
                // Where the centre lies far outside the range both tails are 0 and the inverse is infinite.
                if x.is_finite() {
                    x.clamp(-1.0, 1.0)
                } else {
                    centre.clamp(-1.0, 1.0)
                }
            }
        }
    }

    /// The share below `x`.
    pub fn cdf(self, x: f64) -> f64 {
        match self {
            CutNormal::Flat => (0.5 * (x + 1.0)).clamp(0.0, 1.0),
            CutNormal::Bell {
                centre,
                sd,
                below,
                inside,
            } => {
                let z = (x - centre) / (sd * std::f64::consts::SQRT_2);
                let share = (0.5 * erfc(-z) - below) / inside;
                if share.is_finite() {
                    share.clamp(0.0, 1.0)
                } else {
                    // No mass within the range: all of it lies at the end next to the centre.
                    f64::from(x >= centre.clamp(-1.0, 1.0))
                }
            }
        }
    }

    /// Where its mass is, but for 6e-7 of it.
    pub fn support(self) -> [f64; 2] {
        match self {
            CutNormal::Flat => [-1.0, 1.0],
            CutNormal::Bell { centre, sd, .. } => {
                let low = (centre - REACH * sd).clamp(-1.0, 1.0);
                [low, (centre + REACH * sd).clamp(-1.0, 1.0)]
            }
        }
    }

    /// As a variable between the ends of its support.
    pub fn bounded(self) -> Bounded<impl Fn(f64) -> f64> {
        Bounded {
            range: self.support(),
            cdf: move |x| self.cdf(x),
        }
    }

    /// Its mean.
    pub fn mean(self) -> f64 {
        // E x = high − ∫ F over any range that holds all of it.
        let [low, high] = self.support();
        high - integral(low, high, |x| self.cdf(x))
    }

    /// `E max(0, x − floor)`.
    pub fn mean_above(self, floor: f64) -> f64 {
        let [low, high] = self.support();
        let from = floor.max(low);
        // Below its support the whole distance up to it is exceeded for certain.
        let surely = (low - floor).max(0.0);
        surely + integral(from, high, |x| 1.0 - self.cdf(x))
    }

    /// `E |x − y|` of two that are independent, `∫ F + G − 2 F G`.
    pub fn mean_distance(self, other: CutNormal) -> f64 {
        let ([a, b], [c, d]) = (self.support(), other.support());
        // Between supports that do not meet the integrand is 1; within one of them the other's share is
        // 0 or 1; the pieces between the four ends are each smooth.
        let mut ends = [a, b, c, d];
        ends.sort_by(f64::total_cmp);
        let integrand = |x: f64| {
            let (f, g) = (self.cdf(x), other.cdf(x));
            f + g - 2.0 * f * g
        };
        ends.windows(2)
            .map(|piece| integral(piece[0], piece[1], integrand))
            .sum()
    }
}

/// Simpson's rule on 32 intervals; 0 where there is nothing between the ends.
fn integral(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    const N: usize = 32;
    if to <= from {
        return 0.0;
    }
    let width = (to - from) / N as f64;
    let inner: f64 = (1..N)
        .map(|k| {
            let weight = if k % 2 == 1 { 4.0 } else { 2.0 };
            weight * f(from + k as f64 * width)
        })
        .sum();
    width / 3.0 * (f(from) + inner + f(to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Sum over a fine grid of the density itself, as a witness that shares no formula with the code.
    fn by_density(centre: f64, sd: f64, of: impl Fn(f64) -> f64) -> f64 {
        let n = 8_000;
        let (mut mass, mut sum) = (0.0, 0.0);
        for k in 0..n {
            let x = -1.0 + 2.0 * (f64::from(k) + 0.5) / f64::from(n);
            let p = (-0.5 * ((x - centre) / sd).powi(2)).exp();
            mass += p;
            sum += p * of(x);
        }
        sum / mass
    }

    proptest! {
        #[test]
        fn means_are_those_of_the_density(
            centre in -1.0..=1.0f64, sd in 0.02..=5.0f64, floor in -1.2..=1.2f64,
            other in -1.0..=1.0f64, other_sd in 0.02..=5.0f64,
        ) {
            let (a, b) = (CutNormal::new(centre, sd), CutNormal::new(other, other_sd));
            // Simpson's rule on steps of a third of a spread, and what lies beyond five of them.
            let tolerance = 2e-5;
            prop_assert!((a.mean() - by_density(centre, sd, |x| x)).abs() < tolerance);
            let above = by_density(centre, sd, |x| (x - floor).max(0.0));
            prop_assert!((a.mean_above(floor) - above).abs() < tolerance);
            // E|x − y| given x, with y's part by its own two one-sided means.
            let given = |x: f64| 2.0 * b.mean_above(x) + x - b.mean();
            let coarse = 400;
            let (mut mass, mut sum) = (0.0, 0.0);
            let [low, high] = a.support();
            for k in 0..coarse {
                let x = low + (high - low) * (f64::from(k) + 0.5) / f64::from(coarse);
                let p = (-0.5 * ((x - centre) / sd).powi(2)).exp();
                mass += p;
                sum += p * given(x);
            }
            let distance = a.mean_distance(b);
            prop_assert!((distance - sum / mass).abs() < 1e-4, "{distance} {}", sum / mass);
            prop_assert!((distance - b.mean_distance(a)).abs() < 1e-12);
        }

        #[test]
        fn quantiles_and_shares_are_inverse(centre in -1.0..=1.0f64, sd in 0.01..=10.0f64, u in 0.01..=0.99f64) {
            let a = CutNormal::new(centre, sd);
            prop_assert!((a.cdf(a.quantile(u)) - u).abs() < 1e-8);
        }
    }

    #[test]
    fn two_uniforms_lie_two_thirds_apart_on_average() {
        let flat = CutNormal::Flat;
        // ∫ (1 − x²)/2 over [−1, 1]: Simpson's rule is exact for a parabola.
        assert!((flat.mean_distance(flat) - 2.0 / 3.0).abs() < 1e-12);
        assert!((flat.mean_above(0.0) - 0.25).abs() < 1e-12);
    }

    #[test]
    fn far_outside_the_range_everything_lies_at_its_end() {
        let a = CutNormal::new(50.0, 0.1);
        assert_eq!(a.support(), [1.0, 1.0]);
        assert_eq!(a.quantile(0.3), 1.0);
        assert!((a.mean() - 1.0).abs() < 1e-12);
    }
}
