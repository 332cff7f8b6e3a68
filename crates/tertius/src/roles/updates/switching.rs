//! How roles start, stay and come together, given a path.

use rand::Rng;
use tertius_math::hidden_markov::{HiddenMarkovError, stationary};

use super::GivenPath;
use super::walk::{Steps, accept, walk};
use crate::roles::parameters::{Parameters, Priors};

impl GivenPath<'_> {
    pub(super) fn log_path(&mut self, p: &Parameters) -> Result<f64, HiddenMarkovError> {
        let s = self.compiled.sets;
        self.shape
            .fill(&p.start, &p.stay, &p.pair, &mut self.transition);
        let step = |(z, next, n): &(usize, usize, f64)| n * self.transition[z * s + next].ln();
        let steps: f64 = self.moves.iter().map(step).sum();
        let initial = stationary(&self.transition, s)?;
        Ok(steps + self.path.first().map_or(0.0, |z| initial[*z].ln()))
    }

    pub(super) fn update_switching(
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
