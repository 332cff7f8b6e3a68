//! The pass forward.

use super::linear::{cholesky, dot, product, sandwich, solve, symmetrise, times, transpose};
use super::{Model, Observation, Square, StateSpaceError};

/// Below this share of what its parts add up to without regard to sign, a variance is none.
const NO_VARIANCE: f64 = 1e-12;

/// How far a value without variance may be from what it must be, relative to the size of both.
const SAME: f64 = 1e-8;

/// A state with its doubt.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Mean of each state.
    pub mean: Vec<f64>,
    /// Covariance of the states.
    pub covariance: Square,
}

/// What is known as the observations come in.
#[derive(Clone, Debug, PartialEq)]
pub struct Filtered {
    /// p(α_t | y_1..y_t); nothing while a diffuse direction is still unknown.
    pub states: Vec<Option<State>>,
    /// ln L, by the convention of the [module](super).
    pub log_likelihood: f64,
    /// ln L of the observations of the steps up to and with each, likewise; nothing where `states` has nothing.
    /// Differences between models of the same observations alone mean something.
    pub log_likelihoods: Vec<Option<f64>>,
    /// Observations that had a variance and so entered the likelihood.
    pub observations: usize,
}

/// The filter.
///
/// # Errors
///
/// [`StateSpaceError::Impossible`], and [`StateSpaceError::Unidentified`] where a diffuse direction is
/// still unknown at the end: there is then no likelihood.
///
/// ```
/// use tertius_math::state_space::{Initial, Model, Move, Observation, Square, filter};
/// // A random walk seen with error, its start unknown.
/// let moves = [Move { transition: Square::identity(1), noise: Square::diagonal(&[1.0]) }];
/// let see = |value| vec![Observation { loads: vec![1.0], variance: 2.0, value }];
/// let steps = [see(3.0), vec![], see(5.0)];
/// let initial = Initial::diffuse(1);
/// let model = Model::new(&initial, &moves, &[0, 0], &steps).unwrap();
/// let found = filter(&model).unwrap();
/// // The first value is all there is to know; after the gap the prediction has variance 2 + 1 + 1.
/// let last = found.states[2].as_ref().unwrap();
/// assert!((found.states[0].as_ref().unwrap().mean[0] - 3.0).abs() < 1e-12);
/// assert!((last.mean[0] - (3.0 + 2.0 * 4.0 / 6.0)).abs() < 1e-12);
/// ```
pub fn filter(model: &Model<'_>) -> Result<Filtered, StateSpaceError> {
    let gains = Gains::new(model);
    let run = Run::new(model, &gains)?;
    let mut delta = Delta::new(model.initial.diffuse.len());
    let mut states = Vec::with_capacity(model.steps.len());
    let mut log_likelihoods = Vec::with_capacity(model.steps.len());
    for t in 0..model.steps.len() {
        for (k, gain) in gains.steps[t].seen.iter().enumerate() {
            if let Some(gain) = gain {
                delta.learn(&run.innovations[t][k], gain.variance);
            }
        }
        let state = delta.known().map(|(estimate, root)| {
            let columns = &run.updated[t];
            let covariance = &gains.steps[t].updated;
            combine(columns, covariance, &estimate, &root, model.states())
        });
        states.push(state);
        log_likelihoods.push(delta.log_likelihood().ok());
    }
    Ok(Filtered {
        states,
        log_likelihood: delta.log_likelihood()?,
        log_likelihoods,
        observations: delta.observations,
    })
}

/// What one observation teaches, whatever its value.
pub(super) struct Gain {
    /// F.
    pub(super) variance: f64,
    /// P z / F.
    pub(super) gain: Vec<f64>,
}

pub(super) struct StepGains {
    /// P_t before its observations, and after them. Shape: states × states.
    pub(super) predicted: Vec<f64>,
    pub(super) updated: Vec<f64>,
    /// One an observation; nothing where it had no variance.
    pub(super) seen: Vec<Option<Gain>>,
}

/// The part of the pass that does not depend on the values.
pub(super) struct Gains {
    pub(super) steps: Vec<StepGains>,
}

impl Gains {
    pub(super) fn new(model: &Model<'_>) -> Self {
        let m = model.states();
        let mut p = model.initial.covariance.rows().to_vec();
        // δ is flat, so that any variance may be added along a diffuse direction without a change to
        // the answer. With some, an exact observation of it has a variance like any other.
        let spread = typical_variance(model);
        for a in &model.initial.diffuse {
            for i in 0..m {
                for j in 0..m {
                    p[i * m + j] += spread * a[i] * a[j];
                }
            }
        }
        let mut steps = Vec::with_capacity(model.steps.len());
        for (t, observations) in model.steps.iter().enumerate() {
            if t > 0 {
                let step = model.move_into(t);
                p = sandwich(step.transition.rows(), &p, m);
                p.iter_mut()
                    .zip(step.noise.rows())
                    .for_each(|(p, q)| *p += q);
            }
            let predicted = p.clone();
            let seen = observations.iter().map(|o| see(o, &mut p, m)).collect();
            steps.push(StepGains {
                predicted,
                updated: p.clone(),
                seen,
            });
        }
        Gains { steps }
    }
}

/// Takes one observation into P.
fn see(observation: &Observation, p: &mut [f64], m: usize) -> Option<Gain> {
    let z = &observation.loads;
    let pz = times(p, z);
    let variance = dot(z, &pz) + observation.variance;
    let mut size = observation.variance;
    for (i, a) in z.iter().enumerate() {
        for (j, b) in z.iter().enumerate() {
            size += (a * p[i * m + j] * b).abs();
        }
    }
    if variance <= NO_VARIANCE * size {
        return None;
    }
    let gain: Vec<f64> = pz.iter().map(|x| x / variance).collect();
    // (I − K z) P (I − K z)ᵀ + K h Kᵀ, which stays a covariance however the digits fall.
    let mut keep = vec![0.0; m * m];
    for i in 0..m {
        for j in 0..m {
            keep[i * m + j] = f64::from(u8::from(i == j)) - gain[i] * z[j];
        }
    }
    let kept = sandwich(&keep, p, m);
    for i in 0..m {
        for j in 0..m {
            p[i * m + j] = kept[i * m + j] + gain[i] * observation.variance * gain[j];
        }
    }
    symmetrise(p, m);
    Some(Gain { variance, gain })
}

/// The middle of the variances that the model speaks of.
fn typical_variance(model: &Model<'_>) -> f64 {
    let noise = model.moves.iter().flat_map(|step| {
        let q = &step.noise;
        (0..q.size()).map(|i| q.at(i, i))
    });
    let errors = model.steps.iter().flatten().map(|o| o.variance);
    let mut all: Vec<f64> = noise.chain(errors).filter(|v| *v > 0.0).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(1.0)
}

/// Means and innovations: column 0 of the values as they are, column j of no values and one unit of
/// the j-th δ, so that innovations are v₀ + Σ δ_j v_j and means likewise.
pub(super) struct Run {
    /// By step. Shape of each: states × columns.
    pub(super) predicted: Vec<Vec<f64>>,
    pub(super) updated: Vec<Vec<f64>>,
    /// By step and observation, one a column.
    pub(super) innovations: Vec<Vec<Vec<f64>>>,
}

impl Run {
    pub(super) fn new(model: &Model<'_>, gains: &Gains) -> Result<Self, StateSpaceError> {
        Self::of(model, gains, &model.initial.mean, |_, o| o.value)
    }

    /// The run with other values, `value` being given the place of an observation in their order.
    pub(super) fn of(
        model: &Model<'_>,
        gains: &Gains,
        start: &[f64],
        value: impl Fn(usize, &Observation) -> f64,
    ) -> Result<Self, StateSpaceError> {
        let (m, columns) = (model.states(), model.initial.diffuse.len() + 1);
        let mut mean = vec![0.0; m * columns];
        for (i, a) in start.iter().enumerate() {
            mean[i * columns] = *a;
        }
        for (j, direction) in model.initial.diffuse.iter().enumerate() {
            for (i, a) in direction.iter().enumerate() {
                mean[i * columns + j + 1] = *a;
            }
        }
        let mut run = Run {
            predicted: Vec::new(),
            updated: Vec::new(),
            innovations: Vec::new(),
        };
        let mut place = 0;
        for (t, observations) in model.steps.iter().enumerate() {
            if t > 0 {
                mean = product(model.move_into(t).transition.rows(), &mean, m, m, columns);
            }
            run.predicted.push(mean.clone());
            let mut all = Vec::with_capacity(observations.len());
            for (o, gain) in observations.iter().zip(&gains.steps[t].seen) {
                let expected = product(&o.loads, &mean, 1, m, columns);
                let mut v: Vec<f64> = expected.iter().map(|e| -e).collect();
                let y = value(place, o);
                place += 1;
                v[0] += y;
                if let Some(gain) = gain {
                    for (i, k) in gain.gain.iter().enumerate() {
                        for (a, v) in mean[i * columns..(i + 1) * columns].iter_mut().zip(&v) {
                            *a += k * v;
                        }
                    }
                } else if v[0].abs() > SAME * (y.abs() + expected[0].abs()) {
                    return Err(StateSpaceError::Impossible { step: t });
                }
                all.push(v);
            }
            run.updated.push(mean.clone());
            run.innovations.push(all);
        }
        Ok(run)
    }
}

/// What is known of δ: a regression of the innovations on their columns.
pub(super) struct Delta {
    d: usize,
    /// S = Σ v_j v_k / F and s = −Σ v_j v₀ / F.
    information: Vec<f64>,
    score: Vec<f64>,
    log_variances: f64,
    squares: f64,
    pub(super) observations: usize,
}

impl Delta {
    pub(super) fn new(d: usize) -> Self {
        Delta {
            d,
            information: vec![0.0; d * d],
            score: vec![0.0; d],
            log_variances: 0.0,
            squares: 0.0,
            observations: 0,
        }
    }

    pub(super) fn learn(&mut self, innovation: &[f64], variance: f64) {
        let (v0, v) = (innovation[0], &innovation[1..]);
        for (i, a) in v.iter().enumerate() {
            self.score[i] -= a * v0 / variance;
            for (j, b) in v.iter().enumerate() {
                self.information[i * self.d + j] += a * b / variance;
            }
        }
        self.log_variances += variance.ln();
        self.squares += v0 * v0 / variance;
        self.observations += 1;
    }

    /// δ̂ and the Cholesky root of S; nothing while S is singular.
    pub(super) fn known(&self) -> Option<(Vec<f64>, Vec<f64>)> {
        let (root, singular) = cholesky(&self.information, self.d);
        (singular == 0).then(|| (solve(&root, &self.score, self.d, 1), root))
    }

    fn log_likelihood(&self) -> Result<f64, StateSpaceError> {
        let (estimate, root) = self.known().ok_or(StateSpaceError::Unidentified)?;
        let fitted = self.squares - dot(&self.score, &estimate);
        let log_determinant: f64 = (0..self.d).map(|i| 2.0 * root[i * self.d + i].ln()).sum();
        let constant = self.observations as f64 * std::f64::consts::TAU.ln();
        Ok(-0.5 * (constant + self.log_variances + fitted + log_determinant))
    }
}

/// Mean and covariance with δ integrated: a₀ + A δ̂ and P + A S⁻¹ Aᵀ.
pub(super) fn combine(
    columns: &[f64],
    covariance: &[f64],
    delta: &[f64],
    root: &[f64],
    m: usize,
) -> State {
    let d = delta.len();
    let mut mean = Vec::with_capacity(m);
    let mut loads = vec![0.0; d * m];
    for (i, row) in columns.chunks_exact(d + 1).enumerate() {
        mean.push(row[0] + dot(&row[1..], delta));
        for (j, a) in row[1..].iter().enumerate() {
            loads[j * m + i] = *a;
        }
    }
    let spread = solve(root, &loads, d, m);
    let added = product(&transpose(&loads, d, m), &spread, m, d, m);
    let mut values: Vec<f64> = covariance.iter().zip(&added).map(|(p, a)| p + a).collect();
    symmetrise(&mut values, m);
    State {
        mean,
        covariance: Square { n: m, values },
    }
}
