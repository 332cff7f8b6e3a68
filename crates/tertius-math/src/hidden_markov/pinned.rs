//! Smoothing under the condition that one step lies in a subset of the states.

use super::{Chain, Workspace, vector_times_matrix};

/// p(z_τ | y, z_t ∈ A) for every τ into `out` (T × S), with `step` = t and A given by `allowed` (S
/// flags); returns p(z_t ∈ A | y). After [`super::smooth`] of the same chain.
///
/// Before t only the pass backward changes, after t only the pass forward, so this costs one pass and no
/// exponential. Nothing is written, and 0 returned, where A has no probability.
pub fn pinned(
    chain: &Chain<'_>,
    room: &Workspace,
    step: usize,
    allowed: &[bool],
    out: &mut [f64],
) -> f64 {
    let (s, t) = (chain.states(), chain.steps());
    let (_, transition, _) = chain.arrays();
    let at = |step: usize| step * s..(step + 1) * s;
    let keep = |x: &[f64], row: &mut [f64]| {
        for ((r, &x), &a) in row.iter_mut().zip(x).zip(allowed) {
            *r = if a { x } else { 0.0 };
        }
    };
    let mut row = vec![0.0; s];
    let mut moved = vec![0.0; s];
    keep(&room.smoothed[at(step)], &mut row);
    let probability: f64 = row.iter().sum();
    if probability <= 0.0 {
        return 0.0;
    }
    normalise(&mut row);
    out[at(step)].copy_from_slice(&row);

    keep(&room.filtered[at(step)], &mut row);
    normalise(&mut row);
    for later in step + 1..t {
        vector_times_matrix(&row, transition, &mut moved);
        for ((r, &p), &l) in row.iter_mut().zip(&moved).zip(&room.likelihood[at(later)]) {
            *r = p * l;
        }
        normalise(&mut row);
        multiply(&row, &room.future[at(later)], &mut out[at(later)]);
    }

    keep(&room.future[at(step)], &mut row);
    normalise(&mut row);
    for earlier in (0..step).rev() {
        for (r, &l) in row.iter_mut().zip(&room.likelihood[at(earlier + 1)]) {
            *r *= l;
        }
        vector_times_matrix(&row, &room.transposed, &mut moved);
        std::mem::swap(&mut row, &mut moved);
        normalise(&mut row);
        multiply(&row, &room.filtered[at(earlier)], &mut out[at(earlier)]);
    }
    probability
}

fn multiply(a: &[f64], b: &[f64], out: &mut [f64]) {
    for ((o, &a), &b) in out.iter_mut().zip(a).zip(b) {
        *o = a * b;
    }
    normalise(out);
}

fn normalise(row: &mut [f64]) {
    let inverse = 1.0 / row.iter().sum::<f64>();
    row.iter_mut().for_each(|r| *r *= inverse);
}
