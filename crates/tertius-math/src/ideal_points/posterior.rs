//! A probability over a grid for every position.

use super::layout::RollCalls;
use super::response::SLOTS;
use std::ops::Range;

/// Half the width of the grid, in standard deviations of a session.
const REACH: f64 = 7.0;

/// Distance of two points.
const STEP: f64 = 0.14;

/// Pieces into which a step is cut for quantiles.
const PIECES: usize = 8;

/// A density below this is taken for this.
const LEAST: f64 = 1e-30;

/// Points at equal distances around 0.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub(super) points: Vec<f64>,
    pub(super) step: f64,
}

impl Grid {
    /// The grid that points are told from.
    pub(super) fn fine() -> Self {
        Self::of(STEP)
    }

    /// Every second point of it.
    pub(super) fn coarse() -> Self {
        Self::of(2.0 * STEP)
    }

    fn of(step: f64) -> Self {
        let half = (REACH / step).round() as i32;
        Grid {
            points: (-half..=half).map(|i| f64::from(i) * step).collect(),
            step,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.points.len()
    }
}

/// A probability over the grid for every cell, in the order of cells.
#[derive(Clone, Debug)]
pub(super) struct Posterior {
    /// Shape: cells × points; read within the window only.
    pub(super) mass: Vec<f64>,
    pub(super) windows: Vec<Range<usize>>,
    points: usize,
}

impl Posterior {
    /// Normal densities of one standard deviation around starting positions.
    pub(super) fn around(centres: &[f64], deviation: f64, grid: &Grid) -> Self {
        let g = grid.len();
        let mut mass = Vec::with_capacity(centres.len() * g);
        for centre in centres {
            let density = |x: &f64| (-0.5 * ((x - centre) / deviation).powi(2)).exp();
            let from = mass.len();
            mass.extend(grid.points.iter().map(density));
            normalise(&mut mass[from..]);
        }
        Posterior {
            mass,
            windows: vec![0..g; centres.len()],
            points: g,
        }
    }

    /// No mass yet, in the windows of this one over a grid that has a point more between every two.
    pub(super) fn over_finer(&self, grid: &Grid) -> Self {
        let g = grid.len();
        let finer = |w: &Range<usize>| 2 * w.start..(2 * w.end).min(g);
        Posterior {
            mass: vec![0.0; self.windows.len() * g],
            windows: self.windows.iter().map(finer).collect(),
            points: g,
        }
    }

    /// Window and the mass within it.
    pub(super) fn cell(&self, k: usize) -> (Range<usize>, &[f64]) {
        let window = self.windows[k].clone();
        let start = k * self.points;
        (
            window.clone(),
            &self.mass[start + window.start..start + window.end],
        )
    }

    /// Mean of a cell.
    pub(super) fn mean(&self, k: usize, grid: &Grid) -> f64 {
        let (window, mass) = self.cell(k);
        dot(mass, &grid.points[window])
    }

    /// Standard deviation of a cell.
    pub(super) fn deviation(&self, k: usize, grid: &Grid) -> f64 {
        let mean = self.mean(k, grid);
        let (window, mass) = self.cell(k);
        let squares = mass.iter().zip(&grid.points[window]);
        let variance: f64 = squares.map(|(m, x)| m * (x - mean).powi(2)).sum();
        variance.sqrt()
    }

    /// The points below which the shares `p`, in order, of a cell's mass lie. Between points the
    /// logarithm of the density is a cubic through its four neighbours, which is exact for a normal law.
    pub(super) fn quantiles(&self, k: usize, p: [f64; 2], grid: &Grid) -> [f64; 2] {
        let (window, mass) = self.cell(k);
        let logs: Vec<f64> = mass.iter().map(|m| m.max(LEAST).ln()).collect();
        let near = |i: isize| logs[i.clamp(0, logs.len() as isize - 1) as usize];
        let (mut pieces, mut total) = (Vec::with_capacity(logs.len() * PIECES), 0.0);
        for i in 0..logs.len().saturating_sub(1) {
            let [a, b, c, d] = [-1, 0, 1, 2].map(|by| near(i as isize + by));
            for piece in 0..PIECES {
                let u = (piece as f64 + 0.5) / PIECES as f64;
                let slope =
                    c - a + u * (2.0 * a - 5.0 * b + 4.0 * c - d + u * (3.0 * (b - c) + d - a));
                let m = (b + 0.5 * u * slope).exp();
                pieces.push(m);
                total += m;
            }
        }
        let width = grid.step / PIECES as f64;
        let mut at = p;
        let (mut below, mut next) = (0.0, 0);
        for (i, m) in pieces.iter().enumerate() {
            while next < p.len() && below + m >= p[next] * total {
                let within = (p[next] * total - below) / m;
                at[next] = grid.points[window.start] + width * (i as f64 + within);
                next += 1;
            }
            below += m;
        }
        // Rounding may leave the last share short of the whole.
        at[next..].fill(grid.points[window.end - 1]);
        at
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Divides by the sum; returns it.
pub(super) fn normalise(x: &mut [f64]) -> f64 {
    let sum: f64 = x.iter().sum();
    let inverse = 1.0 / sum;
    x.iter_mut().for_each(|x| *x *= inverse);
    sum
}

/// The points at which any voter of one question may stand.
pub(super) fn span(calls: &RollCalls, question: usize, posterior: &Posterior) -> Range<usize> {
    let mut span = posterior.points..0;
    for slot in 0..SLOTS {
        for &k in calls.voted.group(question * SLOTS + slot) {
            let window = &posterior.windows[k as usize];
            span = span.start.min(window.start)..span.end.max(window.end);
        }
    }
    span
}

/// Expected number of voters at each point of the span who made each choice of one question. Shape:
/// 3 × span.
pub(super) fn expected_counts(
    calls: &RollCalls,
    question: usize,
    posterior: &Posterior,
    span: &Range<usize>,
    counts: &mut [f64],
) {
    counts.fill(0.0);
    for (slot, row) in counts.chunks_exact_mut(span.len()).enumerate() {
        for &k in calls.voted.group(question * SLOTS + slot) {
            let (window, mass) = posterior.cell(k as usize);
            let row = &mut row[window.start - span.start..window.end - span.start];
            for (r, m) in row.iter_mut().zip(mass) {
                *r += m;
            }
        }
    }
}
