//! One roll call: the probability of each choice given a position, and its fit to expected counts.
//!
//! ```text
//! P(y ≤ c | θ) = Φ(κ_c − β θ)      β ~ N(0, σ_β²), κ_1 < κ_2 flat
//! ```
//!
//! A roll call on which only two of the three choices were made has one cut; the lower of the two then
//! stands in slot 0 and the upper in slot 2. The logarithm of every choice's probability is concave in
//! (β, κ) (Pratt 1981), so that Newton's steps, halved where need be, climb to the only maximum.

use super::climb::Room;
use crate::normal::{Normal, normal};

/// Rows of a roll call's table: the lowest choice made, the middle one, the highest.
pub(super) const SLOTS: usize = 3;

/// The smallest probability that a choice is given.
const FLOOR: f64 = 1e-300;

/// Least distance of two cuts.
const CLOSEST: f64 = 1e-6;

/// Below this a step is given up.
const SMALLEST_STEP: f64 = 1e-6;

/// Parameters of one roll call. With two choices `upper` equals `lower`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Response {
    pub(super) discrimination: f64,
    pub(super) lower: f64,
    pub(super) upper: f64,
    pub(super) ternary: bool,
}

impl Response {
    /// No discrimination, and the cuts that give the observed shares.
    pub(super) fn flat(made: [usize; SLOTS]) -> Self {
        // Half a vote in each slot keeps the cuts finite.
        let n = made.map(|n| n as f64 + 0.5);
        let total = n[0] + n[1] + n[2];
        let ternary = made[1] > 0;
        if ternary {
            Response {
                discrimination: 0.0,
                lower: quantile(n[0] / total),
                upper: quantile((n[0] + n[1]) / total),
                ternary,
            }
        } else {
            let cut = quantile(n[0] / (n[0] + n[2]));
            Response {
                discrimination: 0.0,
                lower: cut,
                upper: cut,
                ternary,
            }
        }
    }

    /// (β, κ₁, κ₂) less another's.
    pub(super) fn minus(&self, other: &Self) -> [f64; 3] {
        [
            self.discrimination - other.discrimination,
            self.lower - other.lower,
            self.upper - other.upper,
        ]
    }

    /// The parameters moved by `size` times a step; nothing where they would not be in order.
    pub(super) fn stepped(mut self, [b, lower, upper]: [f64; 3], size: f64) -> Option<Self> {
        self.discrimination += size * b;
        self.lower += size * lower;
        self.upper = if self.ternary {
            self.upper + size * upper
        } else {
            self.lower
        };
        let finite = self.discrimination.is_finite() && self.lower.is_finite();
        let ordered = !self.ternary || self.upper >= self.lower + CLOSEST;
        (finite && ordered && self.upper.is_finite()).then_some(self)
    }
}

/// Φ⁻¹(p) to a few digits, for starting values alone: Newton from the logistic's quantile.
fn quantile(p: f64) -> f64 {
    let mut x = (p / (1.0 - p)).ln() / 1.702;
    for _ in 0..3 {
        let at = normal(x);
        x -= ((at.below - p) / at.density.max(1e-9)).clamp(-0.5, 0.5);
    }
    x
}

/// ln P(choice | θ) at each position, into the slots of `rows` (three runs of `positions.len()`).
pub(super) fn log_probabilities(item: &Response, positions: &[f64], rows: &mut [f64]) {
    let n = positions.len();
    let (low, rest) = rows.split_at_mut(n);
    let (middle, high) = rest.split_at_mut(n);
    for (i, &theta) in positions.iter().enumerate() {
        let shift = item.discrimination * theta;
        let first = normal(item.lower - shift);
        low[i] = first.below.max(FLOOR).ln();
        if item.ternary {
            let second = normal(item.upper - shift);
            middle[i] = between(item.lower - shift, &first, &second).ln();
            high[i] = second.above.max(FLOOR).ln();
        } else {
            middle[i] = 0.0;
            high[i] = first.above.max(FLOOR).ln();
        }
    }
}

/// Φ(a₂) − Φ(a₁), taken in the tail where both lie so that digits are kept.
fn between(a1: f64, first: &Normal, second: &Normal) -> f64 {
    let p = if a1 > 0.0 {
        first.above - second.above
    } else {
        second.below - first.below
    };
    p.max(FLOOR)
}

/// Σ counts · ln P − β²/2σ_β².
fn objective(item: &Response, counts: &[f64], rows: &[f64], variance: f64) -> f64 {
    let fit: f64 = counts.iter().zip(rows).map(|(n, l)| n * l).sum();
    fit - 0.5 * item.discrimination * item.discrimination / variance
}

/// Newton steps toward the maximum of [`objective`], never down. The room's `counts` are fitted; its
/// `rows` hold the log probabilities of the item wherever there are counts, and then those of the
/// answer at every position.
pub(super) fn improve(
    item: &mut Response,
    positions: &[f64],
    variance: f64,
    steps: usize,
    room: &mut Room,
) {
    let Room {
        counts,
        rows,
        spare,
    } = room;
    let mut value = objective(item, counts, rows, variance);
    let mut moved = false;
    'steps: for _ in 0..steps {
        let Some(step) = newton(item, counts, positions, variance) else {
            break;
        };
        let mut size = 1.0;
        loop {
            if let Some(next) = item.stepped(step, size) {
                log_probabilities(&next, positions, spare);
                let reached = objective(&next, counts, spare, variance);
                if reached >= value {
                    (*item, value) = (next, reached);
                    std::mem::swap(rows, spare);
                    moved = true;
                    break;
                }
            }
            size *= 0.5;
            if size < SMALLEST_STEP {
                break 'steps;
            }
        }
    }
    if !moved {
        log_probabilities(item, positions, rows);
    }
}

/// The Newton step in (β, κ₁, κ₂); nothing where the curvature is not that of a maximum.
fn newton(item: &Response, counts: &[f64], positions: &[f64], variance: f64) -> Option<[f64; 3]> {
    let n = positions.len();
    let (low, rest) = counts.split_at(n);
    let (middle, high) = rest.split_at(n);
    // Gradient, and the curvature turned positive, with respect to a_c = κ_c − βθ, summed with the
    // powers of θ that the chain rule asks for.
    let (mut g, mut b) = ([0.0; 3], [1.0 / variance, 0.0, 0.0]);
    let (mut k11, mut k12, mut k22) = (0.0, 0.0, 0.0);
    g[0] = -item.discrimination / variance;
    for (i, &theta) in positions.iter().enumerate() {
        let (nl, nm, nh) = (low[i], middle[i], high[i]);
        if nl + nm + nh == 0.0 {
            continue;
        }
        let a1 = item.lower - item.discrimination * theta;
        let first = normal(a1);
        let m1 = first.density / first.below.max(FLOOR);
        let (mut d1, mut d2) = (nl * m1, 0.0);
        let (mut h11, mut h12, mut h22) = (nl * m1 * (m1 + a1), 0.0, 0.0);
        if item.ternary {
            let a2 = item.upper - item.discrimination * theta;
            let second = normal(a2);
            let m2 = second.density / second.above.max(FLOOR);
            let p = between(a1, &first, &second);
            let (u1, u2) = (first.density / p, second.density / p);
            d1 -= nm * u1;
            d2 += nm * u2 - nh * m2;
            h11 += nm * u1 * (u1 - a1);
            h22 += nm * u2 * (u2 + a2) + nh * m2 * (m2 - a2);
            h12 -= nm * u1 * u2;
        } else {
            let m2 = first.density / first.above.max(FLOOR);
            d1 -= nh * m2;
            h11 += nh * m2 * (m2 - a1);
        }
        g[0] -= theta * (d1 + d2);
        g[1] += d1;
        g[2] += d2;
        b[0] += theta * theta * (h11 + 2.0 * h12 + h22);
        b[1] -= theta * (h11 + h12);
        b[2] -= theta * (h12 + h22);
        k11 += h11;
        k12 += h12;
        k22 += h22;
    }
    if item.ternary {
        solve([b[0], b[1], b[2], k11, k12, k22], g)
    } else {
        solve([b[0], b[1], 0.0, k11, 0.0, 1.0], [g[0], g[1], 0.0])
    }
}

/// x of A x = g for a symmetric positive A given by its upper triangle, by Cholesky.
fn solve([a00, a01, a02, a11, a12, a22]: [f64; 6], g: [f64; 3]) -> Option<[f64; 3]> {
    let root = |x: f64| (x > 1e-12 && x.is_finite()).then(|| x.sqrt());
    let l00 = root(a00)?;
    let (l10, l20) = (a01 / l00, a02 / l00);
    let l11 = root(a11 - l10 * l10)?;
    let l21 = (a12 - l20 * l10) / l11;
    let l22 = root(a22 - l20 * l20 - l21 * l21)?;
    let y0 = g[0] / l00;
    let y1 = (g[1] - l10 * y0) / l11;
    let y2 = (g[2] - l20 * y0 - l21 * y1) / l22;
    let x2 = y2 / l22;
    let x1 = (y1 - l21 * x2) / l11;
    Some([(y0 - l10 * x1 - l20 * x2) / l00, x1, x2])
}
