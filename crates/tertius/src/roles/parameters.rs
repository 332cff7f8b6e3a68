//! What nobody knows beforehand: rates, effects, hazards and switching, with their priors.

use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

use super::evidence::Evidence;
use super::options::ReaderOptions;
use super::transition::monthly_logits;
use crate::vocabulary::{Catalogue, Effect};

/// One value of every parameter. Its coordinates are what a sampler moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    /// Start logit by role: the monthly chance of a start while off.
    pub start: Vec<f64>,
    /// Stay logit by role: the monthly chance of staying while on.
    pub stay: Vec<f64>,
    /// ψ by pair of roles, (0,1), (0,2), …, (1,2), ….
    pub pair: Vec<f64>,
    /// Level of all log rates.
    pub level: f64,
    /// Deviation of each class from the level.
    pub deviation: Vec<f64>,
    /// Λ: log rate ratios, classes × roles, 0 where the catalogue knows no effect.
    pub effect: Vec<Vec<f64>>,
    /// a0, b_F, b_g of the hazard of an answer.
    pub hazard: [f64; 3],
    /// Cutpoints of the grade of an answer.
    pub cutpoints: [f64; 4],
    /// d_F, d_B of the grade of an answer.
    pub grade: [f64; 2],
}

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
    const fn free(mean: f64, sd: f64) -> Normal {
        Normal {
            mean,
            sd,
            positive: false,
        }
    }

    const fn above_zero(mean: f64, sd: f64) -> Normal {
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

/// Priors of all parameters (model B.5, table of parameters).
#[derive(Clone, Debug, PartialEq)]
pub struct Priors {
    /// By role.
    pub start: Vec<Normal>,
    /// By role.
    pub stay: Vec<Normal>,
    /// Of each pair.
    pub pair: Normal,
    /// Of the level.
    pub level: Normal,
    /// Of a deviation.
    pub deviation: Normal,
    /// Classes × roles; nothing where there is no effect.
    pub effect: Vec<Vec<Option<Normal>>>,
    /// a0, b_F, b_g.
    pub hazard: [Normal; 3],
    /// The four cutpoints, kept in order.
    pub cutpoints: [Normal; 4],
    /// d_F, d_B.
    pub grade: [Normal; 2],
}

impl Priors {
    /// Priors for this catalogue; the level is centred on what was observed (empirical Bayes).
    pub fn new(catalogue: &Catalogue, evidence: &Evidence, _options: &ReaderOptions) -> Priors {
        let spread = catalogue.prior();
        let (mut start, mut stay) = (Vec::new(), Vec::new());
        for role in catalogue.roles() {
            let spec = catalogue.spec(role);
            let (on, hold) = monthly_logits(spec.onset, spec.dwell, 1);
            start.push(Normal::free(on, spread.onset_logit_sd));
            stay.push(Normal::free(hold, spread.stay_logit_sd));
        }
        let (anchor, other) = (spread.anchor, spread.other);
        let effect: Vec<Vec<Option<Normal>>> = evidence
            .effects
            .iter()
            .map(|row| {
                let prior = |e: &Option<Effect>| match e {
                    Some(Effect::Anchor) => Some(Normal::above_zero(anchor.mean, anchor.sd)),
                    Some(Effect::Other) => Some(Normal::above_zero(other.mean, other.sd)),
                    None => None,
                };
                row.iter().map(prior).collect()
            })
            .collect();
        let centre = level_centre(&effect, &start, &stay, evidence.mean_volume());
        Priors {
            start,
            stay,
            pair: Normal::free(0.0, spread.pair_on_entry_sd),
            level: Normal::free(centre, 0.7),
            deviation: Normal::free(0.0, 1.0),
            effect,
            hazard: [
                Normal::free(-1.0, 0.5),
                Normal::above_zero(1.0, 0.4),
                Normal::above_zero(0.28, 0.15),
            ],
            cutpoints: [
                Normal::free(-2.5, 0.5),
                Normal::free(-1.2, 0.5),
                Normal::free(-0.2, 0.5),
                Normal::free(2.5, 0.5),
            ],
            grade: [Normal::above_zero(1.0, 0.4), Normal::above_zero(0.8, 0.35)],
        }
    }

    /// All parameters at their prior means, before any cut.
    pub fn means(&self) -> Parameters {
        let mean = |n: &Normal| n.mean;
        Parameters {
            start: self.start.iter().map(mean).collect(),
            stay: self.stay.iter().map(mean).collect(),
            pair: vec![self.pair.mean; self.start.len() * (self.start.len() - 1) / 2],
            level: self.level.mean,
            deviation: vec![0.0; self.effect.len()],
            effect: self
                .effect
                .iter()
                .map(|r| r.iter().map(|e| e.map_or(0.0, |n| n.mean)).collect())
                .collect(),
            hazard: self.hazard.map(|n| n.mean),
            cutpoints: self.cutpoints.map(|n| n.mean),
            grade: self.grade.map(|n| n.mean),
        }
    }

    /// A draw from the prior. Cutpoints are drawn until they are in order.
    pub fn draw(&self, rng: &mut impl Rng) -> Parameters {
        let mut p = self.means();
        for (x, n) in p.start.iter_mut().zip(&self.start) {
            *x = n.draw(rng);
        }
        for (x, n) in p.stay.iter_mut().zip(&self.stay) {
            *x = n.draw(rng);
        }
        for x in &mut p.pair {
            *x = self.pair.draw(rng);
        }
        p.level = self.level.draw(rng);
        for x in &mut p.deviation {
            *x = self.deviation.draw(rng);
        }
        for (row, priors) in p.effect.iter_mut().zip(&self.effect) {
            for (x, n) in row.iter_mut().zip(priors) {
                *x = n.map_or(0.0, |n| n.draw(rng));
            }
        }
        p.hazard = self.hazard.map(|n| n.draw(rng));
        p.grade = self.grade.map(|n| n.draw(rng));
        loop {
            p.cutpoints = self.cutpoints.map(|n| n.draw(rng));
            if p.cutpoints.is_sorted() {
                return p;
            }
        }
    }
}

/// `log(N̄ + .05) − logsumexp_c q_c` with `q_c = Σ_k ln(1 − p_k + p_k e^Λ_ck)`: the level at which the
/// expected volume under the prior's share of time on, p_k, is the observed N̄.
fn level_centre(
    effect: &[Vec<Option<Normal>>],
    start: &[Normal],
    stay: &[Normal],
    mean_volume: f64,
) -> f64 {
    let logistic = |x: f64| 1.0 / (1.0 + (-x).exp());
    let share: Vec<f64> = start
        .iter()
        .zip(stay)
        .map(|(on, hold)| {
            let (on, off) = (logistic(on.mean), 1.0 - logistic(hold.mean));
            on / (on + off)
        })
        .collect();
    let q = effect.iter().map(|row| {
        let one =
            |(e, p): (&Option<Normal>, &f64)| (1.0 - p + p * e.map_or(0.0, |n| n.mean).exp()).ln();
        row.iter().zip(&share).map(one).sum::<f64>()
    });
    (mean_volume + 0.05).ln() - q.map(f64::exp).sum::<f64>().ln()
}
