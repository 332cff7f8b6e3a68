//! Rates of classes and the level, given a path.

use rand::Rng;

use super::GivenPath;
use super::walk::{Steps, accept, normal, walk};
use crate::roles::parameters::{Parameters, Priors};

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

    /// Composition and volume given the path. `rates`: classes × sets.
    pub(super) fn log_rates(&self, rates: &[f64], totals: &mut [f64]) -> f64 {
        let (c, s) = (self.compiled, self.compiled.sets);
        let o = c.options;
        let classes = c.evidence.classes();
        for z in &self.visited {
            totals[*z] = (0..classes).map(|k| rates[k * s + z]).sum();
        }
        let flat = 1.0 / classes as f64;
        let mut sum = 0.0;
        for (kind, z, weight) in &self.acts {
            let share = (1.0 - o.contamination) * rates[kind / 2 * s + z] / totals[*z]
                + o.contamination * flat;
            let trust = if kind % 2 == 0 { 1.0 } else { o.unchecked };
            sum += weight * (trust * share + (1.0 - trust) * flat).ln();
        }
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
        let s = self.compiled.sets;
        let classes = self.compiled.evidence.classes();
        let mut rates = vec![0.0; classes * s];
        let mut totals = vec![0.0; s];
        for k in 0..classes {
            self.rate_row(p, k, &mut rates[k * s..(k + 1) * s]);
        }
        let mut here = self.log_rates(&rates, &mut totals);
        let mut kept = vec![0.0; s];
        for k in (0..classes).chain(0..classes) {
            let size = steps.classes[k].size();
            let (deviation, effects) = (p.deviation[k], p.effect[k].clone());
            let mut prior = walk(&mut p.deviation[k], priors.deviation, size, rng);
            for (x, n) in p.effect[k].iter_mut().zip(&priors.effect[k]) {
                if let Some(n) = n {
                    prior += walk(x, *n, size * n.sd, rng);
                }
            }
            let row = k * s..(k + 1) * s;
            kept.copy_from_slice(&rates[row.clone()]);
            self.rate_row(p, k, &mut rates[row.clone()]);
            let there = self.log_rates(&rates, &mut totals);
            let taken = accept(prior + there - here, rng);
            if taken {
                here = there;
            } else {
                rates[row].copy_from_slice(&kept);
                p.deviation[k] = deviation;
                p.effect[k] = effects;
            }
            steps.classes[k].learn(taken, steps.frozen);
        }
        let level = p.level;
        let prior = walk(&mut p.level, priors.level, steps.level.size(), rng);
        let times = (p.level - level).exp();
        rates.iter_mut().for_each(|x| *x *= times);
        let taken = accept(prior + self.log_rates(&rates, &mut totals) - here, rng);
        if !taken {
            p.level = level;
        }
        steps.level.learn(taken, steps.frozen);
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
