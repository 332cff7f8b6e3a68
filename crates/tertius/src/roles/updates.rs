//! Metropolis steps on the parameters, given a path.
//!
//! Given a path the record shrinks to a few sums: weights of acts by class and set, months and volume by
//! set, answers by kind of risk, transitions by pair of sets. Each block then costs a microsecond or so.

use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};
use tertius_math::hidden_markov::{HiddenMarkovError, stationary};

use super::compiled::{Compiled, cases};
use super::emission::{grade, hazard, series_value};
use super::evidence::Evidence;
use super::parameters::{Normal, Parameters, Priors};
use super::transition::Transition;

/// Share of proposals that a random walk of a few dimensions should see taken.
const TARGET: f64 = 0.35;

/// How far the random walks step, learnt while warming up and frozen after it.
#[derive(Clone, Debug)]
pub(crate) struct Steps {
    classes: Vec<Step>,
    level: Step,
    hazard: Step,
    grades: Step,
    switching: Vec<Step>,
    pairs: Step,
    series: Vec<Step>,
    frozen: bool,
}

#[derive(Clone, Debug)]
struct Step {
    log_size: f64,
    tried: f64,
}

impl Step {
    fn new(size: f64) -> Step {
        Step {
            log_size: size.ln(),
            tried: 0.0,
        }
    }

    fn size(&self) -> f64 {
        self.log_size.exp()
    }

    fn learn(&mut self, taken: bool, frozen: bool) {
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

/// What a path leaves of the evidence.
pub(crate) struct GivenPath<'c> {
    compiled: &'c Compiled<'c>,
    shape: &'c Transition,
    path: Vec<usize>,
    /// Sets on the path.
    visited: Vec<usize>,
    /// (kind of act, set, weight), zeros left out.
    acts: Vec<(usize, usize, f64)>,
    /// (pattern, set, months, N), zeros left out.
    volumes: Vec<(usize, usize, f64, f64)>,
    /// (kind of risk, case, weight), zeros left out.
    risks: Vec<(usize, usize, f64)>,
    /// (category, case, weight), zeros left out.
    grades: Vec<(usize, usize, f64)>,
    /// (set before, set after, months), zeros left out.
    moves: Vec<(usize, usize, f64)>,
    count: Vec<f64>,
    transition: Vec<f64>,
}

impl<'c> GivenPath<'c> {
    pub(crate) fn new(compiled: &'c Compiled<'c>, shape: &'c Transition) -> GivenPath<'c> {
        GivenPath {
            compiled,
            shape,
            path: Vec::new(),
            visited: Vec::new(),
            acts: Vec::new(),
            volumes: Vec::new(),
            risks: Vec::new(),
            grades: Vec::new(),
            moves: Vec::new(),
            count: Vec::new(),
            transition: vec![0.0; compiled.sets * compiled.sets],
        }
    }

    /// Sums the evidence along a path.
    pub(crate) fn take(&mut self, path: &[usize]) {
        let c = self.compiled;
        let s = c.sets;
        self.path.clear();
        self.path.extend_from_slice(path);
        self.visited.clear();
        for z in path {
            if !self.visited.contains(z) {
                self.visited.push(*z);
            }
        }
        self.visited.sort_unstable();
        let count = &mut self.count;
        let mut gather = |kinds: usize, wide: usize, each: &mut dyn FnMut(&mut [f64])| {
            count.clear();
            count.resize(kinds * wide, 0.0);
            each(count);
            let kept = count.iter().enumerate().filter(|(_, w)| **w > 0.0);
            kept.map(|(i, w)| (i / wide, i % wide, *w))
                .collect::<Vec<_>>()
        };
        self.acts = gather(2 * c.evidence.classes(), s, &mut |n| {
            c.acts
                .iter()
                .for_each(|a| n[a.kind * s + path[a.month]] += a.weight);
        });
        let months = gather(c.patterns.len(), s, &mut |n| {
            c.covered
                .iter()
                .for_each(|v| n[v.pattern * s + path[v.month]] += 1.0);
        });
        self.volumes.clear();
        for (pattern, set, months) in months {
            let of = c
                .covered
                .iter()
                .filter(|v| v.pattern == pattern && path[v.month] == set);
            self.volumes
                .push((pattern, set, months, of.map(|v| v.acts).sum()));
        }
        self.risks = gather(c.risks.len(), 4, &mut |n| {
            let all = c.at_risk.iter();
            all.for_each(|r| n[r.kind * 4 + c.pair_of[path[r.month]]] += r.weight);
        });
        self.grades = gather(5, 4, &mut |n| {
            let all = c.grades.iter();
            all.for_each(|g| n[g.kind * 4 + c.pair_of[path[g.month]]] += g.weight);
        });
        self.moves = gather(s, s, &mut |n| {
            path.windows(2).for_each(|w| n[w[0] * s + w[1]] += 1.0);
        });
    }

    /// One round over all blocks. Steps are symmetric; where a sign is known they are reflected at zero.
    pub(crate) fn update(
        &mut self,
        priors: &Priors,
        p: &mut Parameters,
        steps: &mut Steps,
        rng: &mut impl Rng,
    ) -> Result<(), HiddenMarkovError> {
        self.update_rates(priors, p, steps, rng);
        redraw_level(priors, p, rng);
        self.update_answers(priors, p, steps, rng);
        self.update_series(priors, p, steps, rng);
        self.update_switching(priors, p, steps, rng)
    }

    /// exp(μ_c + Λ_c·z) of one class, on the sets of the path.
    fn rate_row(&self, p: &Parameters, class: usize, row: &mut [f64]) {
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
    fn log_rates(&self, rates: &[f64], totals: &mut [f64]) -> f64 {
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

    fn update_rates(
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

    fn log_answers(&self, p: &Parameters) -> f64 {
        let c = self.compiled;
        // Entries of one kind stand together, so that its four cases are computed once.
        let mut known: Option<(usize, [f64; 4])> = None;
        let mut sum = 0.0;
        for (kind, case, weight) in &self.risks {
            let four = match known {
                Some((k, four)) if k == *kind => four,
                _ => cases(|f, b| hazard(c.risks[*kind], p, c.options, f, b)),
            };
            known = Some((*kind, four));
            sum += weight * four[*case];
        }
        sum
    }

    fn log_grades(&self, p: &Parameters) -> f64 {
        let one = |(category, case, weight): &(usize, usize, f64)| {
            weight * grade(*category, p, case % 2 == 1, *case >= 2)
        };
        self.grades.iter().map(one).sum()
    }

    fn update_answers(
        &self,
        priors: &Priors,
        p: &mut Parameters,
        steps: &mut Steps,
        rng: &mut impl Rng,
    ) {
        let mut here = self.log_answers(p);
        for _ in 0..2 {
            let (before, size) = (p.hazard, steps.hazard.size());
            let both = p.hazard.iter_mut().zip(priors.hazard);
            let prior: f64 = both.map(|(x, n)| walk(x, n, size * n.sd, rng)).sum();
            let there = self.log_answers(p);
            let taken = accept(prior + there - here, rng);
            if taken {
                here = there;
            } else {
                p.hazard = before;
            }
            steps.hazard.learn(taken, steps.frozen);
        }
        let mut here = self.log_grades(p);
        for _ in 0..2 {
            let (before, size) = ((p.cutpoints, p.grade), steps.grades.size());
            let cuts = p.cutpoints.iter_mut().zip(priors.cutpoints);
            let mut prior: f64 = cuts.map(|(x, n)| walk(x, n, size * n.sd, rng)).sum();
            let both = p.grade.iter_mut().zip(priors.grade);
            prior += both.map(|(x, n)| walk(x, n, size * n.sd, rng)).sum::<f64>();
            let there = self.log_grades(p);
            let taken = p.cutpoints.is_sorted() && accept(prior + there - here, rng);
            if taken {
                here = there;
            } else {
                (p.cutpoints, p.grade) = before;
            }
            steps.grades.learn(taken, steps.frozen);
        }
    }

    fn update_series(
        &self,
        priors: &Priors,
        p: &mut Parameters,
        steps: &mut Steps,
        rng: &mut impl Rng,
    ) {
        let e = self.compiled.evidence;
        for (i, series) in e.series.iter().enumerate() {
            let fit = |p: &Parameters| -> f64 {
                let one = |(t, value, lag): &(usize, f64, Option<f64>)| {
                    let set = e.sets[self.path[*t]];
                    series_value(series, (*value, *lag), &p.series[i], &e.roles, set)
                };
                series.values.iter().map(one).sum()
            };
            let here = fit(p);
            let (before, size) = (p.series[i].clone(), steps.series[i].size());
            let [intercept, effect, lag] = priors.series;
            let x = &mut p.series[i];
            let mut prior = walk(&mut x.intercept, intercept, size * intercept.sd, rng);
            prior += walk(&mut x.lag, lag, size * lag.sd, rng);
            for (b, _) in x
                .effect
                .iter_mut()
                .zip(&series.raised_by)
                .filter(|(_, up)| **up)
            {
                prior += walk(b, effect, size * effect.sd, rng);
            }
            let taken = accept(prior + fit(p) - here, rng);
            if !taken {
                p.series[i] = before;
            }
            steps.series[i].learn(taken, steps.frozen);
        }
    }

    fn log_path(&mut self, p: &Parameters) -> Result<f64, HiddenMarkovError> {
        let s = self.compiled.sets;
        self.shape
            .fill(&p.start, &p.stay, &p.pair, &mut self.transition);
        let step = |(z, next, n): &(usize, usize, f64)| n * self.transition[z * s + next].ln();
        let steps: f64 = self.moves.iter().map(step).sum();
        let initial = stationary(&self.transition, s)?;
        Ok(steps + self.path.first().map_or(0.0, |z| initial[*z].ln()))
    }

    fn update_switching(
        &mut self,
        priors: &Priors,
        p: &mut Parameters,
        steps: &mut Steps,
        rng: &mut impl Rng,
    ) -> Result<(), HiddenMarkovError> {
        let mut here = self.log_path(p)?;
        for r in 0..p.start.len() {
            let (before, size) = ((p.start[r], p.stay[r]), steps.switching[r].size());
            let (on, hold) = (priors.start[r], priors.stay[r]);
            let prior = walk(&mut p.start[r], on, size * on.sd, rng)
                + walk(&mut p.stay[r], hold, size * hold.sd, rng);
            let there = self.log_path(p)?;
            let taken = accept(prior + there - here, rng);
            if taken {
                here = there;
            } else {
                (p.start[r], p.stay[r]) = before;
            }
            steps.switching[r].learn(taken, steps.frozen);
        }
        // One record says little of ψ: all pairs move at once.
        let (before, size) = (p.pair.clone(), steps.pairs.size());
        let mut prior = 0.0;
        for x in &mut p.pair {
            prior += walk(x, priors.pair, size * priors.pair.sd, rng);
        }
        let taken = accept(prior + self.log_path(p)? - here, rng);
        if !taken {
            p.pair = before;
        }
        steps.pairs.learn(taken, steps.frozen);
        Ok(())
    }
}

/// The level given the log rates: the rates stay, what is level and what deviation is drawn anew. Exact,
/// since both have normal priors.
fn redraw_level(priors: &Priors, p: &mut Parameters, rng: &mut impl Rng) {
    let (n, d) = (priors.level, priors.deviation);
    let of: Vec<f64> = p.deviation.iter().map(|x| p.level + x).collect();
    let precision = n.sd.powi(-2) + of.len() as f64 * d.sd.powi(-2);
    let mean = (n.mean * n.sd.powi(-2) + of.iter().sum::<f64>() * d.sd.powi(-2)) / precision;
    p.level = mean + normal(rng) / precision.sqrt();
    for (x, of) in p.deviation.iter_mut().zip(of) {
        *x = of - p.level;
    }
}

/// A step of a random walk; returns the change of log prior density.
fn walk(x: &mut f64, prior: Normal, size: f64, rng: &mut impl Rng) -> f64 {
    let before = prior.log_density(*x);
    *x += size * normal(rng);
    if prior.positive {
        *x = x.abs();
    }
    prior.log_density(*x) - before
}

fn normal(rng: &mut impl Rng) -> f64 {
    StandardNormal.sample(rng)
}

fn accept(log_ratio: f64, rng: &mut impl Rng) -> bool {
    rng.random::<f64>().ln() < log_ratio
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;
    use crate::roles::ReaderOptions;
    use crate::roles::emission::log_likelihood;
    use crate::roles::simulate::{Regime, simulate};
    use crate::vocabulary::{Catalogue, Span};

    /// Along a path, the sums that the blocks see differ between two values of the parameters by exactly
    /// what the whole table, added up along that path, differs by.
    #[test]
    fn the_blocks_see_the_likelihood_of_the_path() {
        let catalogue = Catalogue::bundled("chen-2023").unwrap();
        let first = "2012-01".parse().unwrap();
        let span = Span::inclusive(first, first + 59).unwrap();
        let mut rng = ChaCha8Rng::seed_from_u64(5);
        let simulated = simulate(&catalogue, span, &Regime::BASE, &mut rng).unwrap();
        let o = ReaderOptions::default();
        let mut e = simulated.evidence(&catalogue, &o);
        // Some rows unchecked, some months searched for some classes only.
        e.acts.iter_mut().step_by(3).for_each(|a| a.trust = 0.7);
        e.exhaustive
            .iter_mut()
            .step_by(4)
            .for_each(|m| m[1] = false);
        e.exhaustive
            .iter_mut()
            .step_by(5)
            .for_each(|m| m.fill(false));
        let priors = Priors::new(&catalogue, &e, &o);
        let compiled = Compiled::new(&e, &o);
        let shape = Transition::new(&e.sets, &e.roles, o.pairs);
        let mut blocks = GivenPath::new(&compiled, &shape);
        for _ in 0..20 {
            let path: Vec<usize> = (0..60).map(|_| rng.random_range(0..16)).collect();
            blocks.take(&path);
            let mut values = [0.0; 2];
            let mut sums = [0.0; 2];
            for (value, sum) in values.iter_mut().zip(&mut sums) {
                let p = priors.draw(&mut rng);
                let table = log_likelihood(&e, &p, &o);
                *value = path
                    .iter()
                    .enumerate()
                    .map(|(t, z)| table[t * 16 + z])
                    .sum();
                let mut rates = vec![0.0; e.classes() * 16];
                for k in 0..e.classes() {
                    blocks.rate_row(&p, k, &mut rates[k * 16..(k + 1) * 16]);
                }
                *sum = blocks.log_rates(&rates, &mut [0.0; 16])
                    + blocks.log_answers(&p)
                    + blocks.log_grades(&p);
            }
            let (whole, seen) = (values[0] - values[1], sums[0] - sums[1]);
            // A few thousand terms of order one.
            assert!((whole - seen).abs() < 1e-9, "{whole} {seen}");
        }
    }

    /// Redrawing the level leaves every rate where it was.
    #[test]
    fn a_new_level_moves_no_rate() {
        let catalogue = Catalogue::bundled("chen-2023").unwrap();
        let first = "2012-01".parse().unwrap();
        let span = Span::inclusive(first, first + 9).unwrap();
        let e = crate::roles::evidence::Evidence::nothing(&catalogue, span);
        let priors = Priors::new(&catalogue, &e, &ReaderOptions::default());
        let mut rng = ChaCha8Rng::seed_from_u64(6);
        let mut p = priors.draw(&mut rng);
        let before = p.clone();
        redraw_level(&priors, &mut p, &mut rng);
        assert!(p.level != before.level);
        for k in 0..e.classes() {
            assert!((p.log_rate(k) - before.log_rate(k)).abs() < 1e-14);
        }
    }
}
