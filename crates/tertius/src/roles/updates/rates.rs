//! Rates of classes and the level, given a path.

use rand::Rng;
use tertius_math::elementary;

use super::GivenPath;
use super::walk::{OffsetSteps, Steps, accept, normal, walk};
use crate::roles::parameters::{Normal, Parameters, Priors};

impl GivenPath<'_> {
    /// exp(μ_c + Λ_c·z) of one class, on the sets of the path.
    pub(super) fn rate_row(&self, p: &Parameters, class: usize, row: &mut [f64]) {
        let e = self.compiled.evidence;
        let base = p.log_rate(class);
        for z in &self.visited {
            let effects = e.roles.iter().zip(&p.effect[class]);
            let on: f64 = effects
                .filter(|(r, _)| e.sets[*z].has(**r))
                .map(|(_, x)| x)
                .sum();
            row[*z] = (base + on).exp();
        }
    }

    /// Composition and volume given the path. `rates`: classes × sets; `logs` is room.
    pub(super) fn log_rates(&self, rates: &[f64], totals: &mut [f64], logs: &mut Vec<f64>) -> f64 {
        let (c, s) = (self.compiled, self.compiled.sets);
        let o = c.options;
        let classes = c.evidence.classes();
        for z in &self.visited {
            totals[*z] = (0..classes).map(|k| rates[k * s + z]).sum();
        }
        let flat = 1.0 / classes as f64;
        logs.clear();
        logs.extend(self.acts.iter().map(|(kind, z, _)| {
            let share = (1.0 - o.contamination) * rates[kind / 2 * s + z] / totals[*z]
                + o.contamination * flat;
            let trust = if kind % 2 == 0 { 1.0 } else { o.unchecked };
            trust * share + (1.0 - trust) * flat
        }));
        elementary::ln(logs);
        let mut sum: f64 = self.acts.iter().zip(&*logs).map(|((.., w), l)| w * l).sum();
        let r = o.intensity_shape;
        for (pattern, z, months, n) in &self.volumes {
            let searched = c.patterns[*pattern].iter().enumerate().filter(|(_, x)| **x);
            let v: f64 = searched.map(|(k, _)| rates[k * s + z]).sum();
            sum += months * r * (r / (r + v)).ln() + n * (v / (r + v)).ln();
        }
        sum
    }

    pub(super) fn update_rates(
        &self,
        priors: &Priors,
        p: &mut Parameters,
        steps: &mut Steps,
        rng: &mut impl Rng,
    ) {
        let mut rates = Rates::new(self, p);
        let classes = self.compiled.evidence.classes();
        for k in (0..classes).chain(0..classes) {
            let size = steps.classes[k].size();
            let (deviation, effects) = (p.deviation[k], p.effect[k].clone());
            let mut prior = walk(&mut p.deviation[k], priors.deviation, size, rng);
            for (x, n) in p.effect[k].iter_mut().zip(&priors.effect[k]) {
                if let Some(n) = n {
                    prior += walk(x, *n, size * n.sd, rng);
                }
            }
            let taken = rates.try_class(p, k, prior, rng);
            if !taken {
                p.deviation[k] = deviation;
                p.effect[k] = effects;
            }
            steps.classes[k].learn(taken, steps.frozen);
        }
        let level = p.level;
        let prior = walk(&mut p.level, priors.level, steps.level.size(), rng);
        let taken = rates.try_times((p.level - level).exp(), prior, rng);
        if !taken {
            p.level = level;
        }
        steps.level.learn(taken, steps.frozen);
    }

    /// One round over the offsets of an issue's classes, each with the same prior; an offset is part of its
    /// class's deviation, and moves with it.
    pub(crate) fn update_offsets(
        &self,
        prior: Normal,
        offsets: &mut [f64],
        p: &mut Parameters,
        steps: &mut OffsetSteps,
        rng: &mut impl Rng,
    ) {
        let mut rates = Rates::new(self, p);
        for (k, offset) in offsets.iter_mut().enumerate() {
            let (before, deviation) = (*offset, p.deviation[k]);
            let change = walk(offset, prior, steps.classes[k].size(), rng);
            p.deviation[k] += *offset - before;
            let taken = rates.try_class(p, k, change, rng);
            if !taken {
                *offset = before;
                p.deviation[k] = deviation;
            }
            steps.classes[k].learn(taken, steps.frozen);
        }
    }
}

/// The rates at the parameters that stand, and what the evidence says at them.
struct Rates<'g, 'c> {
    given: &'g GivenPath<'c>,
    /// exp(μ_c + Λ_c·z). Shape: classes × sets; only sets on the path are filled.
    rows: Vec<f64>,
    totals: Vec<f64>,
    kept: Vec<f64>,
    logs: Vec<f64>,
    here: f64,
}

impl<'g, 'c> Rates<'g, 'c> {
    fn new(given: &'g GivenPath<'c>, p: &Parameters) -> Rates<'g, 'c> {
        let s = given.compiled.sets;
        let classes = given.compiled.evidence.classes();
        let mut rows = vec![0.0; classes * s];
        for (k, row) in rows.chunks_exact_mut(s).enumerate() {
            given.rate_row(p, k, row);
        }
        let mut totals = vec![0.0; s];
        let mut logs = Vec::new();
        let here = given.log_rates(&rows, &mut totals, &mut logs);
        Rates {
            given,
            rows,
            totals,
            kept: vec![0.0; s],
            logs,
            here,
        }
    }

    /// Whether class `k` takes the values that `p` now has; if not, its rates stay as they were.
    fn try_class(&mut self, p: &Parameters, k: usize, prior: f64, rng: &mut impl Rng) -> bool {
        let s = self.given.compiled.sets;
        let row = k * s..(k + 1) * s;
        self.kept.copy_from_slice(&self.rows[row.clone()]);
        self.given.rate_row(p, k, &mut self.rows[row.clone()]);
        let there = self
            .given
            .log_rates(&self.rows, &mut self.totals, &mut self.logs);
        let taken = accept(prior + there - self.here, rng);
        if taken {
            self.here = there;
        } else {
            self.rows[row].copy_from_slice(&self.kept);
        }
        taken
    }

    /// Whether all rates become `times` what they were.
    fn try_times(mut self, times: f64, prior: f64, rng: &mut impl Rng) -> bool {
        self.rows.iter_mut().for_each(|x| *x *= times);
        let there = self
            .given
            .log_rates(&self.rows, &mut self.totals, &mut self.logs);
        accept(prior + there - self.here, rng)
    }
}

/// The level given the log rates: the rates stay, what is level and what deviation is drawn anew. Exact,
/// since both have normal priors.
pub(super) fn redraw_level(priors: &Priors, p: &mut Parameters, rng: &mut impl Rng) {
    let (n, d) = (priors.level, priors.deviation);
    let of: Vec<f64> = p.deviation.iter().map(|x| p.level + x).collect();
    let precision = n.sd.powi(-2) + of.len() as f64 * d.sd.powi(-2);
    let mean = (n.mean * n.sd.powi(-2) + of.iter().sum::<f64>() * d.sd.powi(-2)) / precision;
    p.level = mean + normal(rng) / precision.sqrt();
    for (x, of) in p.deviation.iter_mut().zip(of) {
        *x = of - p.level;
    }
}
