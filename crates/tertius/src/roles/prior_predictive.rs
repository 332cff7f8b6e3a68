//! What the priors alone expect of a record of this length: it stands beside the reading, so that one
//! sees what was believed before the first row.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use tertius_math::hidden_markov::HiddenMarkovError;

use super::evidence::Evidence;
use super::options::ReaderOptions;
use super::parameters::Priors;
use super::simulate::draw_roles;

/// 5, 50 and 95 % points over draws from the prior.
#[derive(Clone, Debug, PartialEq)]
pub struct PriorPredictive {
    /// Share of months in which a role is on, by role.
    pub share_on: Vec<[f64; 3]>,
    /// Changes of the role set a year.
    pub changes_a_year: [f64; 3],
    /// Weighted acts a year, were every class searched exhaustively. The level is centred on the
    /// record's own volume: this is no prediction of how much there is.
    pub acts_a_year: [f64; 3],
}

/// From `draws` draws of parameters, each with one path over the months of the evidence.
///
/// # Errors
///
/// Only if a prior is no number.
pub fn prior_predictive(
    e: &Evidence,
    priors: &Priors,
    o: &ReaderOptions,
    draws: usize,
    seed: u64,
) -> Result<PriorPredictive, HiddenMarkovError> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let months = e.span.len() as f64;
    let mut share_on = vec![Vec::with_capacity(draws); e.roles.len()];
    let (mut changes, mut acts) = (Vec::with_capacity(draws), Vec::with_capacity(draws));
    for _ in 0..draws.max(1) {
        let p = priors.draw(&mut rng);
        let path = draw_roles(e, &p, o, &mut rng)?;
        for (role, shares) in e.roles.iter().zip(&mut share_on) {
            let on = path.iter().filter(|z| e.sets[**z].has(*role)).count();
            shares.push(on as f64 / months);
        }
        let turned = path.windows(2).filter(|w| w[0] != w[1]).count();
        changes.push(12.0 * turned as f64 / (months - 1.0).max(1.0));
        let volume = |z: &usize| -> f64 {
            let rate = |(class, effects): (usize, &Vec<f64>)| {
                let on = e
                    .roles
                    .iter()
                    .zip(effects)
                    .filter(|(r, _)| e.sets[*z].has(**r));
                (p.log_rate(class) + on.map(|(_, x)| x).sum::<f64>()).exp()
            };
            p.effect.iter().enumerate().map(rate).sum()
        };
        acts.push(12.0 * path.iter().map(volume).sum::<f64>() / months);
    }
    Ok(PriorPredictive {
        share_on: share_on.into_iter().map(points).collect(),
        changes_a_year: points(changes),
        acts_a_year: points(acts),
    })
}

fn points(mut x: Vec<f64>) -> [f64; 3] {
    x.sort_unstable_by(f64::total_cmp);
    [0.05, 0.5, 0.95].map(|u| x[((x.len() - 1) as f64 * u).round() as usize])
}
