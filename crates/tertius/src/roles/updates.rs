//! Metropolis steps on the parameters, given a path.
//!
//! Given a path the record shrinks to a few sums: weights of acts by class and set, months and volume by
//! set, answers by kind of risk, transitions by pair of sets. Each block then costs a microsecond or so.

mod answers;
mod rates;
mod series;
mod switching;
mod walk;

use rand::Rng;
use tertius_math::hidden_markov::HiddenMarkovError;

use super::compiled::Compiled;
use super::parameters::{Parameters, Priors};
use super::transition::Transition;
use rates::redraw_level;
pub(crate) use walk::{OffsetSteps, Steps};

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
    /// (kind of grade, case, weight), zeros left out.
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
        self.grades = gather(c.reached.len(), 4, &mut |n| {
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
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng};
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
                *sum = blocks.log_rates(&rates, &mut [0.0; 16], &mut Vec::new())
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
