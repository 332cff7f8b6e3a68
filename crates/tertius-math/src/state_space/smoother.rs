//! The pass backward, and draws.

use super::filter::{Delta, Gains, Run, State, combine};
use super::linear::{cholesky, product, sandwich, times, transpose};
use super::{Model, StateSpaceError};
use rand::{Rng, RngExt};

/// What is known in the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Smoothed {
    /// p(α_t | y).
    pub states: Vec<State>,
}

/// The smoother: r and N backward through the observations, one after the other, so that no predicted
/// covariance need be inverted (Durbin and Koopman 2012, sections 4.4 and 6.4).
///
/// # Errors
///
/// As [`super::filter`].
pub fn smooth(model: &Model<'_>) -> Result<Smoothed, StateSpaceError> {
    let gains = Gains::new(model);
    let run = Run::new(model, &gains)?;
    let (delta, root) = known(model, &gains, &run)?;
    let columns = means(model, &gains, &run);
    let covariances = covariances(model, &gains);
    let m = model.states();
    let states = columns.iter().zip(&covariances);
    let states = states
        .map(|(columns, covariance)| combine(columns, covariance, &delta, &root, m))
        .collect();
    Ok(Smoothed { states })
}

/// `n` draws of the whole path from p(α | y). Shape: draws × steps × states.
///
/// A path is drawn from the model as if nothing had been seen, values with it; what the smoother makes
/// of the difference of the true values from these is added to it (Durbin and Koopman 2002).
///
/// # Errors
///
/// As [`super::filter`].
pub fn draw(
    model: &Model<'_>,
    n: usize,
    rng: &mut impl Rng,
) -> Result<Vec<Vec<Vec<f64>>>, StateSpaceError> {
    let gains = Gains::new(model);
    let m = model.states();
    let root = |covariance: &[f64]| cholesky(covariance, m).0;
    let first = root(&gains.steps[0].predicted);
    let noise: Vec<Vec<f64>> = model.moves.iter().map(|s| root(s.noise.rows())).collect();
    let mut paths = Vec::with_capacity(n);
    for _ in 0..n {
        let shocks: Vec<f64> = (0..m).map(|_| standard_normal(rng)).collect();
        let mut state = model.initial.mean.clone();
        state
            .iter_mut()
            .zip(times(&first, &shocks))
            .for_each(|(a, e)| *a += e);
        let mut path = Vec::with_capacity(model.steps.len());
        let mut values = Vec::new();
        for (t, observations) in model.steps.iter().enumerate() {
            if t > 0 {
                state = times(model.move_into(t).transition.rows(), &state);
                let shocks: Vec<f64> = (0..m).map(|_| standard_normal(rng)).collect();
                let moved = times(&noise[model.which[t - 1]], &shocks);
                state.iter_mut().zip(moved).for_each(|(a, e)| *a += e);
            }
            for o in observations {
                let error = o.variance.sqrt() * standard_normal(rng);
                let seen: f64 = o.loads.iter().zip(&state).map(|(z, a)| z * a).sum();
                values.push(seen + error);
            }
            path.push(state.clone());
        }
        let run = Run::of(model, &gains, &vec![0.0; m], |place, o| {
            o.value - values[place]
        })?;
        let (delta, _) = known(model, &gains, &run)?;
        for (state, columns) in path.iter_mut().zip(means(model, &gains, &run)) {
            for (a, row) in state.iter_mut().zip(columns.chunks_exact(delta.len() + 1)) {
                *a += row[0] + row[1..].iter().zip(&delta).map(|(x, d)| x * d).sum::<f64>();
            }
        }
        paths.push(path);
    }
    Ok(paths)
}

/// δ̂ and the root of its information.
fn known(
    model: &Model<'_>,
    gains: &Gains,
    run: &Run,
) -> Result<(Vec<f64>, Vec<f64>), StateSpaceError> {
    let mut delta = Delta::new(model.initial.diffuse.len());
    for (step, innovations) in gains.steps.iter().zip(&run.innovations) {
        for (gain, innovation) in step.seen.iter().zip(innovations) {
            if let Some(gain) = gain {
                delta.learn(innovation, gain.variance);
            }
        }
    }
    delta.known().ok_or(StateSpaceError::Unidentified)
}

/// Smoothed means of every column: a + P r.
fn means(model: &Model<'_>, gains: &Gains, run: &Run) -> Vec<Vec<f64>> {
    let (m, columns) = (model.states(), model.initial.diffuse.len() + 1);
    let mut r = vec![0.0; m * columns];
    let mut out = vec![Vec::new(); model.steps.len()];
    for t in (0..model.steps.len()).rev() {
        if t + 1 < model.steps.len() {
            let back = transpose(model.move_into(t + 1).transition.rows(), m, m);
            r = product(&back, &r, m, m, columns);
        }
        let seen = model.steps[t].iter().zip(&gains.steps[t].seen);
        for ((o, gain), v) in seen.zip(&run.innovations[t]).rev() {
            let Some(gain) = gain else { continue };
            // r ← z v/F + (I − K z)ᵀ r
            let kr = product(&gain.gain, &r, 1, m, columns);
            for (i, z) in o.loads.iter().enumerate() {
                for c in 0..columns {
                    r[i * columns + c] += z * (v[c] / gain.variance - kr[c]);
                }
            }
        }
        let mut mean = product(&gains.steps[t].predicted, &r, m, m, columns);
        mean.iter_mut()
            .zip(&run.predicted[t])
            .for_each(|(x, a)| *x += a);
        out[t] = mean;
    }
    out
}

/// Smoothed covariances at a given δ: P − P N P.
fn covariances(model: &Model<'_>, gains: &Gains) -> Vec<Vec<f64>> {
    let m = model.states();
    let mut n = vec![0.0; m * m];
    let mut out = vec![Vec::new(); model.steps.len()];
    for t in (0..model.steps.len()).rev() {
        if t + 1 < model.steps.len() {
            let back = transpose(model.move_into(t + 1).transition.rows(), m, m);
            n = sandwich(&back, &n, m);
        }
        for (o, gain) in model.steps[t].iter().zip(&gains.steps[t].seen).rev() {
            let Some(gain) = gain else { continue };
            // N ← z zᵀ/F + (I − K z)ᵀ N (I − K z)
            let mut back = vec![0.0; m * m];
            for i in 0..m {
                for j in 0..m {
                    back[i * m + j] = f64::from(u8::from(i == j)) - o.loads[i] * gain.gain[j];
                }
            }
            n = sandwich(&back, &n, m);
            for i in 0..m {
                for j in 0..m {
                    n[i * m + j] += o.loads[i] * o.loads[j] / gain.variance;
                }
            }
        }
        let p = &gains.steps[t].predicted;
        let taken = sandwich(p, &n, m);
        out[t] = p.iter().zip(&taken).map(|(p, x)| p - x).collect();
    }
    out
}

/// Box and Muller's transform of two uniform numbers.
fn standard_normal(rng: &mut impl Rng) -> f64 {
    let u = 1.0 - rng.random::<f64>();
    let v = rng.random::<f64>();
    (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}
