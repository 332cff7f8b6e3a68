//! Normal priors, cut where a sign is known.

use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

/// A normal prior, cut to the positive side where a sign is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normal {
    /// Mean before the cut.
    pub mean: f64,
    /// Standard deviation before the cut.
    pub sd: f64,
    /// Whether it is cut.
    pub positive: bool,
}

impl Normal {
    pub(super) const fn free(mean: f64, sd: f64) -> Normal {
        Normal {
            mean,
            sd,
            positive: false,
        }
    }

    pub(super) const fn above_zero(mean: f64, sd: f64) -> Normal {
        Normal {
            mean,
            sd,
            positive: true,
        }
    }

    /// Log density up to a constant; −∞ outside.
    pub fn log_density(self, x: f64) -> f64 {
        if self.positive && x <= 0.0 {
            return f64::NEG_INFINITY;
        }
        -0.5 * ((x - self.mean) / self.sd).powi(2)
    }

    /// Standard deviation after the cut (Johnson, Kotz and Balakrishnan 1994, section 13.10.1).
    pub fn sd_after_cut(self) -> f64 {
        if !self.positive {
            return self.sd;
        }
        let a = -self.mean / self.sd;
        let density = (-0.5 * a * a).exp() / (2.0 * std::f64::consts::PI).sqrt();
        let above = 0.5 * statrs::function::erf::erfc(a / std::f64::consts::SQRT_2);
        let hazard = density / above;
        self.sd * (1.0 + a * hazard - hazard * hazard).sqrt()
    }

    /// A draw, by rejection: the cut never takes more than 6 % away.
    pub fn draw(self, rng: &mut impl Rng) -> f64 {
        loop {
            let z: f64 = StandardNormal.sample(rng);
            let x = self.mean + self.sd * z;
            if !self.positive || x > 0.0 {
                return x;
            }
        }
    }
}
