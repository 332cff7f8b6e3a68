//! Smoothing under the condition that one step lies in a subset of the states.

use std::ops::Range;

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
    // No distance is below 0: the passes reach both ends.
    pinned_near(chain, room, step, allowed, 0.0, out).0
}

/// As [`pinned`], but only for the steps around t at which `Σ_z |p(z_τ | y, z_t ∈ A) − p(z_τ | y)|` is
/// `within` or more, which are returned with the probability, and one more on either side; `out` is left
/// alone elsewhere.
///
/// Both laws go on from t by the same transitions given y, and a stochastic matrix takes no two laws
/// further apart: from the first step at which the distance is below `within` it stays there. The cost is
/// that of the steps returned: in a chain that forgets, a number that does not grow with T.
pub fn pinned_near(
    chain: &Chain<'_>,
    room: &Workspace,
    step: usize,
    allowed: &[bool],
    within: f64,
    out: &mut [f64],
) -> (f64, Range<usize>) {
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
        return (0.0, step..step);
    }
    let near = |step: usize, out: &[f64]| {
        let both = out[at(step)].iter().zip(&room.smoothed[at(step)]);
        both.map(|(a, b)| (a - b).abs()).sum::<f64>() < within
    };
    let mut reached = step..step + 1;
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
        reached.end = later + 1;
        if near(later, out) {
            break;
        }
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
        reached.start = earlier;
        if near(earlier, out) {
            break;
        }
    }
    (probability, reached)
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
