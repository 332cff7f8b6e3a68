//! Drawing a path: filter forward, sample backward.

use rand::{Rng, RngExt};

use super::Workspace;

/// A path from p(z_1..z_T | y) into `path`, which is made T long. After [`super::filter`] or
/// [`super::smooth`]; one uniform number a step (Chib 1996).
pub fn draw_path(room: &Workspace, rng: &mut impl Rng, path: &mut Vec<usize>) {
    let (s, t) = (room.states, room.steps);
    path.clear();
    path.resize(t, 0);
    let mut weights = vec![0.0; s];
    for step in (0..t).rev() {
        let alpha = &room.filtered[step * s..(step + 1) * s];
        match path.get(step + 1) {
            None => weights.copy_from_slice(alpha),
            Some(&next) => {
                let into = &room.transposed[next * s..(next + 1) * s];
                for ((w, &a), &p) in weights.iter_mut().zip(alpha).zip(into) {
                    *w = a * p;
                }
            }
        }
        path[step] = pick(&weights, rng.random::<f64>());
    }
}

/// The first index whose running sum exceeds `u` times the whole; weights need not sum to 1.
fn pick(weights: &[f64], u: f64) -> usize {
    let mut left = u * weights.iter().sum::<f64>();
    let mut last = 0;
    for (i, &w) in weights.iter().enumerate() {
        if w > 0.0 {
            last = i;
            if left < w {
                return i;
            }
            left -= w;
        }
    }
    last
}
