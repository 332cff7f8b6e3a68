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
use crate::elementary::{exp, ln};
use crate::normal::{LOG_PEAK, log_below};

/// Rows of a roll call's table: the lowest choice made, the middle one, the highest.
pub(super) const SLOTS: usize = 3;

/// The smallest share of the probability below one cut that is given to what lies above the other.
const FLOOR: f64 = 1e-300;

/// Positions that are taken at a time, in room that the processor has at hand.
const BLOCK: usize = 32;

/// The largest logarithm of a density beside a probability: with the cuts as close as they may be it
/// is below 18, and beyond there is no vote.
const STEEPEST: f64 = 40.0;

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

    /// (β, κ₁, κ₂), the last nought where two choices leave one cut.
    pub(super) fn free(&self) -> [f64; 3] {
        let upper = if self.ternary { self.upper } else { 0.0 };
        [self.discrimination, self.lower, upper]
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
        let density = (LOG_PEAK - 0.5 * x * x).exp();
        x -= ((log_below(x).exp() - p) / density.max(1e-9)).clamp(-0.5, 0.5);
    }
    x
}

/// ln P(choice | θ) at each position, into the slots of `rows` (three runs of `positions.len()`).
pub(super) fn log_probabilities(item: &Response, positions: &[f64], rows: &mut [f64]) {
    let n = positions.len();
    let (low, rest) = rows.split_at_mut(n);
    let (middle, high) = rest.split_at_mut(n);
    if !item.ternary {
        for ((low, high), theta) in low.iter_mut().zip(high).zip(positions) {
            let a = item.lower - item.discrimination * theta;
            (*low, *high) = (log_below(a), log_below(-a));
        }
        middle.fill(0.0);
        return;
    }
    // ln (Φ(a₂) − Φ(a₁)) = l + ln (1 − e^{s − l}), l and s being the logarithms of the larger and of the
    // smaller, taken in the tail where both lie so that digits are kept.
    let mut larger = [0.0; BLOCK];
    for (b, positions) in positions.chunks(BLOCK).enumerate() {
        let block = b * BLOCK..b * BLOCK + positions.len();
        let (low, high) = (&mut low[block.clone()], &mut high[block.clone()]);
        let middle = &mut middle[block];
        for (i, theta) in positions.iter().enumerate() {
            let shift = item.discrimination * theta;
            let (a1, a2) = (item.lower - shift, item.upper - shift);
            (low[i], high[i]) = (log_below(a1), log_below(-a2));
            let (by, smaller) = if a1 > 0.0 {
                (-a1, high[i])
            } else {
                (a2, low[i])
            };
            larger[i] = log_below(by);
            middle[i] = smaller - larger[i];
        }
        exp(middle);
        middle.iter_mut().for_each(|m| *m = (1.0 - *m).max(FLOOR));
        ln(middle);
        middle.iter_mut().zip(&larger).for_each(|(m, l)| *m += l);
    }
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
        let Some(step) = newton(item, counts, rows, positions, variance) else {
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

/// A Newton step toward the maximum of [`objective`], as far as leaves the cuts in order, whatever it gains.
/// The room is as for [`improve`], and stays as it is.
pub(super) fn stride(item: &mut Response, positions: &[f64], variance: f64, room: &Room) {
    let Some(step) = newton(item, &room.counts, &room.rows, positions, variance) else {
        return;
    };
    let sizes = std::iter::successors(Some(1.0), |size| Some(0.5 * size));
    let mut sizes = sizes.take_while(|size| *size >= SMALLEST_STEP);
    if let Some(next) = sizes.find_map(|size| item.stepped(step, size)) {
        *item = next;
    }
}

/// The Newton step in (β, κ₁, κ₂), `rows` holding the log probabilities of the item; nothing where the
/// curvature is not that of a maximum.
fn newton(
    item: &Response,
    counts: &[f64],
    rows: &[f64],
    positions: &[f64],
    variance: f64,
) -> Option<[f64; 3]> {
    let n = positions.len();
    // Gradient, and the curvature turned positive, with respect to a_c = κ_c − βθ, summed with the
    // powers of θ that the chain rule asks for.
    let (mut g, mut b) = ([0.0; 3], [1.0 / variance, 0.0, 0.0]);
    let (mut k11, mut k12, mut k22) = (0.0, 0.0, 0.0);
    g[0] = -item.discrimination / variance;
    // Density at the lower cut beside the lowest choice and beside the middle one, at the upper cut
    // beside the middle one and beside the highest.
    let mut slopes = [0.0; 4 * BLOCK];
    for (at, positions) in positions.chunks(BLOCK).enumerate() {
        let wide = positions.len();
        let block = |slot: usize| slot * n + at * BLOCK..slot * n + at * BLOCK + wide;
        let [low, middle, high] = [0, 1, 2].map(|slot| &rows[block(slot)]);
        let [nl, nm, nh] = [0, 1, 2].map(|slot| &counts[block(slot)]);
        let slopes = &mut slopes[..4 * wide];
        for (i, theta) in positions.iter().enumerate() {
            let shift = item.discrimination * theta;
            let (a1, a2) = (item.lower - shift, item.upper - shift);
            let (d1, d2) = (LOG_PEAK - 0.5 * a1 * a1, LOG_PEAK - 0.5 * a2 * a2);
            slopes[i] = (d1 - low[i]).min(STEEPEST);
            slopes[wide + i] = (d1 - middle[i]).min(STEEPEST);
            slopes[2 * wide + i] = (d2 - middle[i]).min(STEEPEST);
            slopes[3 * wide + i] = (d2 - high[i]).min(STEEPEST);
        }
        exp(slopes);
        for (i, &theta) in positions.iter().enumerate() {
            let (nl, nm, nh) = (nl[i], nm[i], nh[i]);
            let (m1, u1) = (slopes[i], slopes[wide + i]);
            let (u2, m2) = (slopes[2 * wide + i], slopes[3 * wide + i]);
            let shift = item.discrimination * theta;
            let (a1, a2) = (item.lower - shift, item.upper - shift);
            let d1 = nl * m1 - nm * u1;
            let d2 = nm * u2 - nh * m2;
            let h11 = nl * m1 * (m1 + a1) + nm * u1 * (u1 - a1);
            let h22 = nm * u2 * (u2 + a2) + nh * m2 * (m2 - a2);
            let h12 = -nm * u1 * u2;
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
    }
    if item.ternary {
        solve([b[0], b[1], b[2], k11, k12, k22], g)
    } else {
        // Both cuts are one: what is said of either is said of it.
        let (slope, bend) = (g[1] + g[2], k11 + 2.0 * k12 + k22);
        solve([b[0], b[1] + b[2], 0.0, bend, 0.0, 1.0], [g[0], slope, 0.0])
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
