//! The single likeliest path. For display: the likeliest path may pass through months whose state is
//! unlikely.

use super::{Chain, HiddenMarkovError};

/// The likeliest path and ln p(path, y). Of two equally likely states the first is taken.
///
/// # Errors
///
/// As [`super::filter`].
pub fn viterbi(chain: &Chain<'_>) -> Result<(Vec<usize>, f64), HiddenMarkovError> {
    let (initial, transition, table) = chain.arrays();
    let (s, t) = (chain.states(), chain.steps());
    let log_transition: Vec<f64> = transition.iter().map(|p| p.ln()).collect();
    let mut best: Vec<f64> = initial.iter().map(|p| p.ln()).collect();
    let mut came_from = vec![0usize; t * s];
    let mut next = vec![0.0; s];
    for (step, ell) in table.chunks_exact(s).enumerate() {
        if ell.iter().any(|l| l.is_nan() || *l == f64::INFINITY) {
            return Err(HiddenMarkovError::NotANumber { step });
        }
        if step > 0 {
            for j in 0..s {
                let (mut top, mut from) = (f64::NEG_INFINITY, 0);
                for (i, &b) in best.iter().enumerate() {
                    let score = b + log_transition[i * s + j];
                    if score > top {
                        (top, from) = (score, i);
                    }
                }
                next[j] = top;
                came_from[step * s + j] = from;
            }
            std::mem::swap(&mut best, &mut next);
        }
        best.iter_mut().zip(ell).for_each(|(b, l)| *b += l);
        if best.iter().all(|b| *b == f64::NEG_INFINITY) {
            return Err(HiddenMarkovError::Impossible { step });
        }
    }
    let (mut state, mut top) = (0, f64::NEG_INFINITY);
    for (i, &b) in best.iter().enumerate() {
        if b > top {
            (state, top) = (i, b);
        }
    }
    let mut path = vec![0; t];
    for step in (0..t).rev() {
        path[step] = state;
        state = came_from[step * s + state];
    }
    Ok((path, top))
}
