//! The scaled passes forward and backward.

use crate::elementary::exp_shifted;

use super::{Chain, HiddenMarkovError, Workspace, vector_times_matrix};

/// Below this a scale has lost so many digits that the step is taken again with care.
const CAREFUL_BELOW: f64 = 1e-280;

/// The pass forward: fills `filtered` and returns ln p(y).
///
/// # Errors
///
/// [`HiddenMarkovError::Impossible`] at the first step that no reachable state can produce,
/// [`HiddenMarkovError::NotANumber`] where a likelihood is NaN or +∞. The workspace then holds nothing
/// of use.
///
/// ```
/// use tertius_math::hidden_markov::{filter, Chain, Workspace};
/// let (initial, transition) = ([0.5, 0.5], [0.9, 0.1, 0.2, 0.8]);
/// let log_likelihood = [0.2f64.ln(), 0.6f64.ln()];
/// let chain = Chain::new(&initial, &transition, &log_likelihood).unwrap();
/// let mut room = Workspace::new();
/// assert!((filter(&chain, &mut room).unwrap() - 0.4f64.ln()).abs() < 1e-15);
/// assert!((room.filtered()[1] - 0.75).abs() < 1e-15);
/// ```
pub fn filter(chain: &Chain<'_>, room: &mut Workspace) -> Result<f64, HiddenMarkovError> {
    room.prepare(chain);
    let (initial, transition, table) = chain.arrays();
    let s = chain.states();
    let Workspace {
        likelihood,
        filtered,
        scale,
        row,
        log_likelihood,
        ..
    } = room;
    let mut total = 0.0;
    row.copy_from_slice(initial);
    let steps = table
        .chunks_exact(s)
        .zip(likelihood.chunks_exact_mut(s))
        .zip(filtered.chunks_exact_mut(s))
        .zip(scale.iter_mut());
    for (step, (((ell, like), alpha), scale)) in steps.enumerate() {
        let mut top = maximum(ell);
        let mut c = weigh(ell, top, row, like, alpha);
        if c.is_nan() || c <= CAREFUL_BELOW {
            (top, c) = weigh_with_care(step, ell, row, like, alpha)?;
        }
        let inverse = 1.0 / c;
        alpha.iter_mut().for_each(|a| *a *= inverse);
        *scale = c;
        total += top + c.ln();
        vector_times_matrix(alpha, transition, row);
    }
    *log_likelihood = total;
    Ok(total)
}

/// The largest; what is no number is passed over.
fn maximum(ell: &[f64]) -> f64 {
    in_lanes(ell, f64::NEG_INFINITY, |a, b| if b > a { b } else { a })
}

#[inline]
fn sum(x: &[f64]) -> f64 {
    in_lanes(x, 0.0, |a, b| a + b)
}

/// A fold in four lanes, put together at the end: one long chain of additions would wait for each.
#[inline]
fn in_lanes(x: &[f64], start: f64, f: impl Fn(f64, f64) -> f64) -> f64 {
    let mut lanes = [start; 4];
    let fours = x.chunks_exact(4);
    let rest = fours.remainder();
    for four in fours {
        for (lane, x) in lanes.iter_mut().zip(four) {
            *lane = f(*lane, *x);
        }
    }
    for (lane, x) in lanes.iter_mut().zip(rest) {
        *lane = f(*lane, *x);
    }
    let [a, b, c, d] = lanes;
    f(f(a, b), f(c, d))
}

/// like = e^{ℓ − top}, alpha = prediction × like; returns the sum of alpha.
#[inline]
fn weigh(ell: &[f64], top: f64, prediction: &[f64], like: &mut [f64], alpha: &mut [f64]) -> f64 {
    exp_shifted(ell, top, like);
    for ((a, &p), &l) in alpha.iter_mut().zip(prediction).zip(&*like) {
        *a = p * l;
    }
    sum(alpha)
}

/// The rare step at which the likeliest states are out of reach: likelihoods are taken relative to the
/// best *reachable* state. States out of reach are held at 1 at most: nothing reads them.
fn weigh_with_care(
    step: usize,
    ell: &[f64],
    prediction: &[f64],
    like: &mut [f64],
    alpha: &mut [f64],
) -> Result<(f64, f64), HiddenMarkovError> {
    if ell.iter().any(|l| l.is_nan() || *l == f64::INFINITY) {
        return Err(HiddenMarkovError::NotANumber { step });
    }
    let reachable = ell.iter().zip(prediction).filter(|&(_, &p)| p > 0.0);
    let top = reachable.fold(f64::NEG_INFINITY, |a, (&l, _)| a.max(l));
    if top == f64::NEG_INFINITY {
        return Err(HiddenMarkovError::Impossible { step });
    }
    for (like, &ell) in like.iter_mut().zip(ell) {
        *like = (ell - top).min(0.0).exp();
    }
    for ((a, &p), &l) in alpha.iter_mut().zip(prediction).zip(&*like) {
        *a = p * l;
    }
    Ok((top, alpha.iter().sum()))
}

/// Both passes: fills `filtered`, `future` and `smoothed`, and returns ln p(y).
///
/// # Errors
///
/// As [`filter`].
pub fn smooth(chain: &Chain<'_>, room: &mut Workspace) -> Result<f64, HiddenMarkovError> {
    let total = filter(chain, room)?;
    smooth_filtered(room);
    Ok(total)
}

/// The pass backward alone, after [`filter`]: fills `future` and `smoothed`.
pub fn smooth_filtered(room: &mut Workspace) {
    let (s, t) = (room.states, room.steps);
    if t == 0 {
        return;
    }
    room.future.resize(t * s, 0.0);
    room.smoothed.resize(t * s, 0.0);
    let last = (t - 1) * s;
    room.future[last..].fill(1.0);
    room.smoothed[last..].copy_from_slice(&room.filtered[last..]);
    for step in (0..t - 1).rev() {
        let (here, next) = (step * s, (step + 1) * s);
        let inverse = 1.0 / room.scale[step + 1];
        let (earlier, later) = room.future.split_at_mut(next);
        for ((x, &l), &b) in room
            .row
            .iter_mut()
            .zip(&room.likelihood[next..next + s])
            .zip(&later[..s])
        {
            *x = l * b * inverse;
        }
        let beta = &mut earlier[here..];
        vector_times_matrix(&room.row, &room.transposed, beta);
        let gamma = &mut room.smoothed[here..next];
        for ((g, &a), &b) in gamma.iter_mut().zip(&room.filtered[here..next]).zip(&*beta) {
            *g = a * b;
        }
        // The sum is 1 but for rounding, which would grow with T.
        let inverse = 1.0 / sum(gamma);
        gamma.iter_mut().for_each(|g| *g *= inverse);
    }
}

/// p(z_t, z_{t+1} | y) into `out`, for `step` = t from 0 to T − 2. Shape: S × S, row: the state at t;
/// sums to 1. After [`smooth`] of the same chain.
///
/// # Errors
///
/// [`HiddenMarkovError::Shape`] where `out` is not S × S or there is no step after `step`.
pub fn pairwise(
    chain: &Chain<'_>,
    room: &Workspace,
    step: usize,
    out: &mut [f64],
) -> Result<(), HiddenMarkovError> {
    let (s, t) = (chain.states(), chain.steps());
    if out.len() != s * s {
        let (what, len, must) = ("out", out.len(), s * s);
        return Err(HiddenMarkovError::Shape { what, len, must });
    }
    if step + 1 >= t {
        let (what, len, must) = ("log_likelihood", t, step + 2);
        return Err(HiddenMarkovError::Shape { what, len, must });
    }
    let (_, transition, _) = chain.arrays();
    let alpha = &room.filtered[step * s..(step + 1) * s];
    let next = (step + 1) * s..(step + 2) * s;
    let mut sum = 0.0;
    for (i, &a) in alpha.iter().enumerate() {
        for (j, (&l, &b)) in room.likelihood[next.clone()]
            .iter()
            .zip(&room.future[next.clone()])
            .enumerate()
        {
            let p = a * transition[i * s + j] * l * b;
            out[i * s + j] = p;
            sum += p;
        }
    }
    out.iter_mut().for_each(|p| *p /= sum);
    Ok(())
}

/// One step ahead: Σ_z' law(z') P(z', z) into `out`. Shapes: S, S × S, S.
pub fn predict(law: &[f64], transition: &[f64], out: &mut [f64]) {
    vector_times_matrix(law, transition, out);
}
