//! The answers to measures, their hazard and their grade, given a path.

use rand::Rng;

use super::GivenPath;
use super::walk::{Steps, accept, walk};
use crate::roles::emission::grade;
use crate::roles::parameters::{Parameters, Priors};

impl GivenPath<'_> {
    pub(super) fn log_answers(&self, p: &Parameters) -> f64 {
        let c = self.compiled;
        let mut visited = [false; 4];
        self.risks
            .iter()
            .for_each(|(_, case, _)| visited[*case] = true);
        let hazards = c.risks.hazards(p, c.options, visited);
        let one = |(kind, case, weight): &(usize, usize, f64)| {
            weight * c.risks.log(&hazards, *kind, *case)
        };
        self.risks.iter().map(one).sum()
    }

    pub(super) fn log_grades(&self, p: &Parameters) -> f64 {
        let one = |(kind, case, weight): &(usize, usize, f64)| {
            weight * grade(self.compiled.reached[*kind], p, case % 2 == 1, *case >= 2)
        };
        self.grades.iter().map(one).sum()
    }

    pub(super) fn update_answers(
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
}
