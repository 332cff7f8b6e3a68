//! Series of behaviour, given a path.

use rand::Rng;

use super::GivenPath;
use super::walk::{Steps, accept, walk};
use crate::roles::emission::series_value;
use crate::roles::parameters::{Parameters, Priors};

impl GivenPath<'_> {
    pub(super) fn update_series(
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
}
