//! Records with known issues, each with a path of its own.

use rand::Rng;
use rand_distr::{Distribution, Gamma};
use tertius_math::hidden_markov::HiddenMarkovError;

use super::{Intensity, Regime, Simulated, simulate_measures, tell};
use crate::roles::evidence::Evidence;
use crate::roles::options::ReaderOptions;
use crate::roles::parameters::Parameters;
use crate::vocabulary::{Catalogue, Span};

/// A record at given parameters, each of whose issues plays the sets of its own path; `path` is what the
/// record calls the whole. Measures belong to the first issue. How the acts of a class fall to the issues
/// is drawn from a symmetric Dirichlet law: at a concentration of .3 most of them to one.
///
/// # Errors
///
/// Only if a parameter is no number.
pub fn simulate_issues(
    catalogue: &Catalogue,
    span: Span,
    regime: &Regime,
    p: &Parameters,
    path: &[usize],
    (issues, concentration): (&[Vec<usize>], f64),
    rng: &mut impl Rng,
) -> Result<Simulated, HiddenMarkovError> {
    let nothing = Evidence::nothing(catalogue, span);
    let shares: Vec<Vec<f64>> = (0..nothing.classes())
        .map(|_| dirichlet(issues.len(), concentration, rng))
        .collect();
    let mut intensity = Intensity::new(regime, rng);
    let mut acts = Vec::new();
    for t in 0..span.len().min(path.len()) {
        let log_intensity = intensity.next(t, regime, rng);
        for (class, shares) in shares.iter().enumerate() {
            for ((issue, own), share) in issues.iter().enumerate().zip(shares) {
                let set = nothing.sets[own[t]];
                let effects = nothing.roles.iter().zip(&p.effect[class]);
                let on: f64 = effects.filter(|(r, _)| set.has(**r)).map(|(_, x)| x).sum();
                let rate = share * (p.log_rate(class) + on + log_intensity).exp();
                let what = (class, Some(issue));
                tell(what, rate, (span, t), regime, rng, &mut acts);
            }
        }
    }
    acts.sort_by_key(|a| (a.class, a.day));
    let options = ReaderOptions::default();
    let measures = issues.first().map_or_else(Vec::new, |first| {
        simulate_measures(&nothing, p, first, regime, &options, rng)
    });
    Ok(Simulated {
        span,
        path: path.to_vec(),
        acts,
        measures,
    })
}

fn dirichlet(n: usize, concentration: f64, rng: &mut impl Rng) -> Vec<f64> {
    let gamma: Option<Gamma<f64>> = Gamma::new(concentration, 1.0).ok();
    // A part that is rounded to nothing would leave nothing to divide by, were all of them so.
    let parts: Vec<f64> = (0..n)
        .map(|_| gamma.map_or(1.0, |g| g.sample(rng)).max(1e-12))
        .collect();
    let sum: f64 = parts.iter().sum();
    parts.iter().map(|x| x / sum).collect()
}
