//! Leaps: Anderson's acceleration of a map that is applied again and again.

use super::response::Response;

/// Differences that are remembered.
const MOST: usize = 5;

/// Of the largest square of a difference, what is added to the squares of all, so that differences that
/// have grown alike do not cancel.
const RIDGE: f64 = 1e-8;

/// What the last steps were: where each began, as (β, κ₁, κ₂) of every question, and how far it went.
#[derive(Default)]
pub(super) struct History {
    last: Option<Move>,
    differences: Vec<Move>,
}

struct Move {
    at: Vec<f64>,
    by: Vec<f64>,
}

impl History {
    /// Remembers a step.
    pub(super) fn remember(&mut self, from: &[Response], to: &[Response]) {
        let free = |r: &[Response]| r.iter().flat_map(Response::free).collect::<Vec<f64>>();
        let at = free(from);
        let by = minus(&free(to), &at);
        if let Some(last) = &self.last {
            if self.differences.len() == MOST {
                self.differences.remove(0);
            }
            self.differences.push(Move {
                at: minus(&at, &last.at),
                by: minus(&by, &last.by),
            });
        }
        self.last = Some(Move { at, by });
    }

    /// Where the steps so far lead, of which the last was from `from` to `to`: the combination of their ends
    /// whose own steps cancel best, by least squares (Henderson & Varadhan 2019). Nothing before there are two. A
    /// question whose cuts would be out of order is left at `to`.
    pub(super) fn leap(&self, from: &[Response], to: &[Response]) -> Option<Vec<Response>> {
        let mut step = self.last.as_ref()?.by.clone();
        let weights = least_squares(&self.differences, &step)?;
        for (w, d) in weights.iter().zip(&self.differences) {
            for ((s, at), by) in step.iter_mut().zip(&d.at).zip(&d.by) {
                *s -= w * (at + by);
            }
        }
        let steps = step.as_chunks().0.iter();
        let leaps = from.iter().zip(to).zip(steps);
        let leap = |((from, to), step): ((&Response, &Response), &[f64; 3])| {
            from.stepped(*step, 1.0).unwrap_or(*to)
        };
        Some(leaps.map(leap).collect())
    }
}

fn minus(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

/// The weights w that make |y − Σ w_i d_i|² + ridge |w|² least, d being the differences of steps; nothing
/// where there are none, or none that differ from nought.
fn least_squares(differences: &[Move], y: &[f64]) -> Option<Vec<f64>> {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let n = differences.len();
    let row = |d: &Move| -> Vec<f64> {
        let with = differences.iter().map(|e| dot(&d.by, &e.by));
        with.chain([dot(&d.by, y)]).collect()
    };
    let mut rows: Vec<Vec<f64>> = differences.iter().map(row).collect();
    let largest = (0..n).map(|i| rows[i][i]).fold(0.0, f64::max);
    if !(largest > 0.0 && largest.is_finite()) {
        return None;
    }
    for (i, row) in rows.iter_mut().enumerate() {
        row[i] += RIDGE * largest;
    }
    // Elimination without exchange of rows, which a positive matrix does not need.
    for i in 0..n {
        let (above, below) = rows.split_at_mut(i + 1);
        for row in below {
            let by = row[i] / above[i][i];
            row.iter_mut()
                .zip(&above[i])
                .for_each(|(x, a)| *x -= by * a);
        }
    }
    let mut weights = vec![0.0; n];
    for i in (0..n).rev() {
        weights[i] = (rows[i][n] - dot(&rows[i][i + 1..n], &weights[i + 1..])) / rows[i][i];
    }
    Some(weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binary([b, cut]: [f64; 2]) -> Response {
        Response::flat([1, 0, 1])
            .stepped([b, cut, 0.0], 1.0)
            .unwrap()
    }

    /// x ← c + A x in two dimensions, which contracts by .95 and .9: the third leap is at the fixed point,
    /// but for the ridge, where as many plain steps stay 0.8 of the way off.
    #[test]
    fn a_linear_map_is_at_its_fixed_point_after_as_many_steps_as_it_has_dimensions() {
        let map = |r: &Response| {
            let [b, cut, _] = r.free();
            binary([1.0 + 0.925 * b + 0.025 * cut, 2.0 + 0.025 * b + 0.925 * cut])
        };
        let mut at = vec![binary([0.0, 0.0])];
        let mut history = History::default();
        for _ in 0..4 {
            let to = vec![map(&at[0])];
            history.remember(&at, &to);
            at = history.leap(&at, &to).unwrap_or(to);
        }
        let still = map(&at[0]);
        for (a, b) in at[0].free().into_iter().zip(still.free()) {
            assert!((a - b).abs() < 1e-6, "{at:?} {still:?}");
        }
        // (I − A)⁻¹ c.
        assert!((at[0].discrimination - 25.0).abs() < 1e-4, "{at:?}");
    }

    #[test]
    fn one_step_and_steps_that_stand_still_lead_nowhere() {
        let at = vec![binary([0.3, -0.2])];
        let mut history = History::default();
        assert!(history.leap(&at, &at).is_none());
        for _ in 0..3 {
            history.remember(&at, &at);
            assert!(history.leap(&at, &at).is_none());
        }
    }
}
