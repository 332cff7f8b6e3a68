//! The slow twin: random models, and their states given all observations at once by dense matrices.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tertius_math::state_space::{Initial, Model, Move, Observation, Square};

/// A random model, with its parts kept so that the twin can be built from them.
pub(super) struct Parts {
    pub(super) initial: Initial,
    pub(super) moves: Vec<Move>,
    pub(super) which: Vec<usize>,
    pub(super) steps: Vec<Vec<Observation>>,
}

impl Parts {
    pub(super) fn model(&self) -> Model<'_> {
        Model::new(&self.initial, &self.moves, &self.which, &self.steps).unwrap()
    }
}

pub(super) fn uniform(rng: &mut impl Rng) -> f64 {
    2.0 * rng.random::<f64>() - 1.0
}

/// B Bᵀ of a random B of the given rank.
pub(super) fn covariance(n: usize, rank: usize, rng: &mut impl Rng) -> Square {
    let b: Vec<f64> = (0..n * rank).map(|_| uniform(rng)).collect();
    let mut values = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..n {
            values[i * n + j] = (0..rank).map(|k| b[i * rank + k] * b[j * rank + k]).sum();
        }
    }
    Square::new(values).unwrap()
}

pub(super) fn random(m: usize, t: usize, diffuse: usize, seed: u64) -> Parts {
    let rng = &mut ChaCha8Rng::seed_from_u64(seed);
    let moves: Vec<Move> = (0..2)
        .map(|_| Move {
            transition: Square::new((0..m * m).map(|_| uniform(rng)).collect()).unwrap(),
            // Singular where the rank is below m, as with sums.
            noise: covariance(m, 1 + rng.random_range(0..m), rng),
        })
        .collect();
    let which = (1..t).map(|_| rng.random_range(0..2)).collect();
    let steps: Vec<Vec<Observation>> = (0..t)
        .map(|step| {
            // The first step sees enough to pin every diffuse direction down.
            let seen = if step == 0 { m } else { rng.random_range(0..4) };
            (0..seen)
                .map(|_| Observation {
                    loads: (0..m).map(|_| uniform(rng)).collect(),
                    variance: 0.2 + rng.random::<f64>(),
                    value: 3.0 * uniform(rng),
                })
                .collect()
        })
        .collect();
    let directions = (0..diffuse.min(m))
        .map(|_| (0..m).map(|_| uniform(rng)).collect())
        .collect();
    Parts {
        initial: Initial {
            mean: (0..m).map(|_| uniform(rng)).collect(),
            covariance: covariance(m, m, rng),
            diffuse: directions,
        },
        moves,
        which,
        steps,
    }
}

/// Whether each diffuse direction keeps a twentieth of its length beside those before it. Where two are nearly one,
/// what is diffuse is too, but not how it is written: the information on it has no digits left in either program.
pub(super) fn apart(directions: &[Vec<f64>]) -> bool {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let mut basis: Vec<Vec<f64>> = Vec::new();
    directions.iter().all(|d| {
        let mut rest = d.clone();
        for b in &basis {
            let along = dot(&rest, b);
            rest.iter_mut().zip(b).for_each(|(x, y)| *x -= along * y);
        }
        let left = dot(&rest, &rest).sqrt();
        basis.push(rest.iter().map(|x| x / left).collect());
        left > 0.05 * dot(d, d).sqrt()
    })
}

pub(super) type Dense = Vec<Vec<f64>>;

fn times(a: &Dense, b: &Dense) -> Dense {
    let cell = |row: &Vec<f64>, j: usize| row.iter().zip(b).map(|(x, r)| x * r[j]).sum();
    let width = b.first().map_or(0, Vec::len);
    a.iter()
        .map(|row| (0..width).map(|j| cell(row, j)).collect())
        .collect()
}

fn transposed(a: &Dense) -> Dense {
    let width = a.first().map_or(0, Vec::len);
    (0..width)
        .map(|j| a.iter().map(|row| row[j]).collect())
        .collect()
}

fn plus(a: &Dense, b: &Dense, sign: f64) -> Dense {
    let row = |(x, y): (&Vec<f64>, &Vec<f64>)| x.iter().zip(y).map(|(x, y)| x + sign * y).collect();
    a.iter().zip(b).map(row).collect()
}

/// Inverse and ln |det| by Gauss and Jordan with pivots.
fn inverse(a: &Dense) -> (Dense, f64) {
    let n = a.len();
    let unit = |i: usize| (0..n).map(move |j| f64::from(u8::from(i == j)));
    let mut w: Dense = a
        .iter()
        .enumerate()
        .map(|(i, row)| row.iter().copied().chain(unit(i)).collect())
        .collect();
    let mut log_determinant = 0.0;
    for c in 0..n {
        let order = |x: &usize, y: &usize| w[*x][c].abs().total_cmp(&w[*y][c].abs());
        let best = (c..n).max_by(order).unwrap();
        w.swap(c, best);
        let pivot = w[c][c];
        log_determinant += pivot.abs().ln();
        w[c].iter_mut().for_each(|x| *x /= pivot);
        let row = w[c].clone();
        for (i, other) in w.iter_mut().enumerate() {
            if i != c {
                let factor = other[c];
                other
                    .iter_mut()
                    .zip(&row)
                    .for_each(|(x, y)| *x -= factor * y);
            }
        }
    }
    let right = w.into_iter().map(|row| row[n..].to_vec()).collect();
    (right, log_determinant)
}

/// All states stacked, all observations stacked: mean and covariance of the states given the
/// observations, and the likelihood, from the joint normal law by generalised least squares.
pub(super) fn dense(parts: &Parts, upto: usize) -> (Vec<f64>, Dense, f64) {
    let m = parts.initial.mean.len();
    let t = parts.steps.len();
    let size = m * t;
    let rows = |s: &Square| -> Dense {
        (0..s.size())
            .map(|i| (0..s.size()).map(|j| s.at(i, j)).collect())
            .collect()
    };
    // Mean, covariance and loads on δ of the stacked states.
    let mut mean: Dense = parts.initial.mean.iter().map(|a| vec![*a]).collect();
    let mut load = transposed(&parts.initial.diffuse);
    if load.is_empty() {
        load = vec![Vec::new(); m];
    }
    let mut blocks = vec![rows(&parts.initial.covariance)];
    let mut means = mean.clone();
    let mut loads = load.clone();
    let mut all = vec![vec![0.0; size]; size];
    for s in 0..t {
        if s > 0 {
            let one = &parts.moves[parts.which[s - 1]];
            let transition = rows(&one.transition);
            mean = times(&transition, &mean);
            load = times(&transition, &load);
            means.extend(mean.clone());
            loads.extend(load.clone());
            // Covariances of this step with every step before, then with itself.
            blocks = blocks.iter().map(|b| times(&transition, b)).collect();
            let before = blocks.last().unwrap().clone();
            let own = plus(
                &times(&before, &transposed(&transition)),
                &rows(&one.noise),
                1.0,
            );
            blocks.push(own);
        }
        for (r, block) in blocks.iter().enumerate() {
            for i in 0..m {
                for j in 0..m {
                    all[s * m + i][r * m + j] = block[i][j];
                    all[r * m + j][s * m + i] = block[i][j];
                }
            }
        }
    }
    let (mut z, mut y, mut h) = (Vec::new(), Vec::new(), Vec::new());
    for (s, step) in parts.steps.iter().enumerate().take(upto) {
        for o in step {
            let mut row = vec![0.0; size];
            row[s * m..(s + 1) * m].copy_from_slice(&o.loads);
            z.push(row);
            y.push(vec![o.value]);
            h.push(o.variance);
        }
    }
    let zt = transposed(&z);
    let mut omega = times(&times(&z, &all), &zt);
    for (i, h) in h.iter().enumerate() {
        omega[i][i] += h;
    }
    let (precision, log_omega) = inverse(&omega);
    let residual = plus(&y, &times(&z, &means), -1.0);
    let x = times(&z, &loads);
    let d = parts.initial.diffuse.len();
    let information = times(&times(&transposed(&x), &precision), &x);
    let (variance, log_information) = inverse(&information);
    let score = times(&times(&transposed(&x), &precision), &residual);
    let delta = times(&variance, &score);
    let left = if d > 0 {
        plus(&residual, &times(&x, &delta), -1.0)
    } else {
        residual
    };
    let gain = times(&times(&all, &zt), &precision);
    let mut states = plus(&means, &times(&gain, &left), 1.0);
    let mut covariance = plus(&all, &times(&times(&gain, &z), &all), -1.0);
    if d > 0 {
        states = plus(&states, &times(&loads, &delta), 1.0);
        let open = plus(&loads, &times(&gain, &x), -1.0);
        let spread = times(&times(&open, &variance), &transposed(&open));
        covariance = plus(&covariance, &spread, 1.0);
    }
    let fit = times(&times(&transposed(&left), &precision), &left)[0][0];
    let constant = y.len() as f64 * std::f64::consts::TAU.ln();
    let log_likelihood = -0.5 * (constant + log_omega + fit + log_information);
    (
        states.into_iter().map(|r| r[0]).collect(),
        covariance,
        log_likelihood,
    )
}
