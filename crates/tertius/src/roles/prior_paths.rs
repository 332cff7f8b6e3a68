//! What the prior alone says of roles and of turns, by the same chain and over the same months as the reading.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use tertius_math::hidden_markov::HiddenMarkovError;

use super::evidence::Evidence;
use super::options::ReaderOptions;
use super::parameters::Priors;
use super::simulate::draw_roles;
use super::turning::Windows;
use crate::vocabulary::RoleSet;

/// Draws: a share of one half then has a standard error of .008.
pub const DRAWS: usize = 4000;

/// A stream of random numbers that nothing else takes.
const STREAM: u64 = 1 << 32;

/// What paths of the prior do.
#[derive(Clone, Debug, PartialEq)]
pub struct PriorPaths {
    /// Of every window, how many of them change in it.
    pub windows: Windows,
    /// Probability that each role is on in a month, whichever: the prior's law is stationary.
    pub on: Vec<f64>,
}

/// Draws parameters from the priors and one path of role sets with each; what was observed plays no part.
/// Cost linear in the months.
///
/// ```
/// # use tertius::{roles::{evidence::Evidence, parameters::Priors, prior_paths::prior_paths, ReaderOptions}, vocabulary::*};
/// let c = Catalogue::bundled("chen-2023").unwrap();
/// let first: Month = "2012-01".parse().unwrap();
/// let e = Evidence::nothing(&c, Span::inclusive(first, first + 47).unwrap());
/// let o = ReaderOptions::default();
/// let prior = prior_paths(&e, &Priors::new(&c, &e, &o), &o, 200, 1).unwrap();
/// assert!(prior.on.iter().all(|p| *p > 0.1 && *p < 0.5));
/// assert!(prior.windows.share(20).is_some_and(|p| p > 0.3 && p < 0.8));
/// ```
///
/// # Errors
///
/// Only if a prior is no number.
pub fn prior_paths(
    e: &Evidence,
    priors: &Priors,
    o: &ReaderOptions,
    draws: usize,
    seed: u64,
) -> Result<PriorPaths, HiddenMarkovError> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(STREAM);
    let mut windows = Windows::new(e.span.len());
    let mut on = vec![0usize; e.roles.len()];
    let draws = draws.max(1);
    for _ in 0..draws {
        let parameters = priors.draw(&mut rng);
        let path = draw_roles(e, &parameters, o, &mut rng)?;
        let path: Vec<RoleSet> = path.into_iter().map(|z| e.sets[z]).collect();
        for (role, n) in e.roles.iter().zip(&mut on) {
            *n += path.iter().filter(|z| z.has(*role)).count();
        }
        windows.take(&path);
    }
    let all = (draws * e.span.len()).max(1) as f64;
    Ok(PriorPaths {
        windows,
        on: on.into_iter().map(|n| n as f64 / all).collect(),
    })
}
