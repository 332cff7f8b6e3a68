//! Random walks: how far they step, and whether a step is taken.

use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};

use crate::roles::evidence::Evidence;
use crate::roles::parameters::Normal;

/// Share of proposals that a random walk of a few dimensions should see taken.
const TARGET: f64 = 0.35;

/// How far the random walks step, learnt while warming up and frozen after it.
#[derive(Clone, Debug)]
pub(crate) struct Steps {
    pub(super) classes: Vec<Step>,
    pub(super) level: Step,
    pub(super) hazard: Step,
    pub(super) grades: Step,
    pub(super) switching: Vec<Step>,
    pub(super) pairs: Step,
    pub(super) series: Vec<Step>,
    pub(super) frozen: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Step {
    log_size: f64,
    tried: f64,
}

impl Step {
    pub(super) fn new(size: f64) -> Step {
        Step {
            log_size: size.ln(),
            tried: 0.0,
        }
    }

    pub(super) fn size(&self) -> f64 {
        self.log_size.exp()
    }

    pub(super) fn learn(&mut self, taken: bool, frozen: bool) {
        if !frozen {
            self.tried += 1.0;
            self.log_size += (f64::from(u8::from(taken)) - TARGET) / (10.0 + self.tried).sqrt();
            self.log_size = self.log_size.clamp(0.01f64.ln(), 3f64.ln());
        }
    }
}

impl Steps {
    pub(crate) fn new(e: &Evidence) -> Steps {
        Steps {
            classes: vec![Step::new(0.4); e.classes()],
            level: Step::new(0.3),
            hazard: Step::new(0.6),
            grades: Step::new(0.6),
            switching: vec![Step::new(1.0); e.roles.len()],
            pairs: Step::new(1.0),
            series: vec![Step::new(0.5); e.series.len()],
            frozen: false,
        }
    }

    /// From now on the chain has one law.
    pub(crate) fn freeze(&mut self) {
        self.frozen = true;
    }
}

/// The same for the offsets of an issue.
#[derive(Clone, Debug)]
pub(crate) struct OffsetSteps {
    pub(super) classes: Vec<Step>,
    pub(super) frozen: bool,
}

impl OffsetSteps {
    pub(crate) fn new(e: &Evidence) -> OffsetSteps {
        OffsetSteps {
            classes: vec![Step::new(0.6); e.classes()],
            frozen: false,
        }
    }

    pub(crate) fn freeze(&mut self) {
        self.frozen = true;
    }
}

/// A step of a random walk; returns the change of log prior density.
pub(super) fn walk(x: &mut f64, prior: Normal, size: f64, rng: &mut impl Rng) -> f64 {
    let before = prior.log_density(*x);
    *x += size * normal(rng);
    if prior.positive {
        *x = x.abs();
    }
    prior.log_density(*x) - before
}

pub(super) fn normal(rng: &mut impl Rng) -> f64 {
    StandardNormal.sample(rng)
}

pub(super) fn accept(log_ratio: f64, rng: &mut impl Rng) -> bool {
    rng.random::<f64>().ln() < log_ratio
}
