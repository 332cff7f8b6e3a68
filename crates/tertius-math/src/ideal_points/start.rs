//! Where the climb starts: the first principal direction of the votes.

use super::layout::RollCalls;
use super::response::SLOTS;
use rand::{Rng, RngExt};

/// Most alternations of voters and questions.
const ROUNDS: usize = 40;

/// They end where the direction turns less than this, root mean square: it is a start, and no answer.
const STILL: f64 = 1e-3;

/// One number a voter, mean 0 and standard deviation 1: x and b of the least squares
/// Σ (choice − mean of the question − b x)² over the votes cast, the choices counted 0, 1, 2. It is the
/// principal direction of a matrix with holes; from almost any first x the same one is reached, but for
/// its sign.
pub(super) fn principal_direction(calls: &RollCalls, rng: &mut impl Rng) -> Vec<f64> {
    let mut x: Vec<f64> = (0..calls.voters)
        .map(|_| rng.random::<f64>() - 0.5)
        .collect();
    let mut above = vec![0.0; calls.voters];
    let mut below = vec![0.0; calls.voters];
    for _ in 0..ROUNDS {
        above.fill(0.0);
        below.fill(0.0);
        let before = x.clone();
        for (question, made) in calls.made.iter().enumerate() {
            let n: usize = made.iter().sum();
            let centre = (made[1] + 2 * made[2]) as f64 / n as f64;
            let votes = || {
                (0..SLOTS).flat_map(|slot| {
                    let choice = slot as f64 - centre;
                    let voted = calls.voted.group(question * SLOTS + slot);
                    voted
                        .iter()
                        .map(move |&k| (calls.cells[k as usize].0 as usize, choice))
                })
            };
            let (mut xy, mut xx) = (0.0, 0.0);
            for (voter, choice) in votes() {
                xy += x[voter] * choice;
                xx += x[voter] * x[voter];
            }
            if xx <= 0.0 {
                continue;
            }
            let b = xy / xx;
            for (voter, choice) in votes() {
                above[voter] += b * choice;
                below[voter] += b * b;
            }
        }
        for ((x, a), b) in x.iter_mut().zip(&above).zip(&below) {
            *x = if *b > 0.0 { a / b } else { 0.0 };
        }
        standardise(calls, &mut x);
        let turned = x
            .iter()
            .zip(&before)
            .map(|(x, b)| (x - b).powi(2))
            .sum::<f64>();
        if turned < STILL * STILL * calls.voters as f64 {
            break;
        }
    }
    x
}

/// A direction with as much standard normal noise as signal, made standard again.
pub(super) fn disturbed(calls: &RollCalls, x: &[f64], rng: &mut impl Rng) -> Vec<f64> {
    let mut noisy: Vec<f64> = x.iter().map(|x| x + standard_normal(rng)).collect();
    standardise(calls, &mut noisy);
    noisy
}

/// Standard normal noise alone.
pub(super) fn anywhere(calls: &RollCalls, rng: &mut impl Rng) -> Vec<f64> {
    disturbed(calls, &vec![0.0; calls.voters], rng)
}

/// Box and Muller's transform of two uniform numbers.
fn standard_normal(rng: &mut impl Rng) -> f64 {
    let u = 1.0 - rng.random::<f64>();
    let v = rng.random::<f64>();
    (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}

/// Mean 0 and standard deviation 1 over the voters who have a path.
fn standardise(calls: &RollCalls, x: &mut [f64]) {
    let voters = || calls.paths.iter().map(|p| calls.cells[p.start].0 as usize);
    let n = calls.paths.len() as f64;
    let mean = voters().map(|v| x[v]).sum::<f64>() / n;
    let variance = voters().map(|v| (x[v] - mean).powi(2)).sum::<f64>() / n;
    let scale = if variance > 0.0 {
        1.0 / variance.sqrt()
    } else {
        1.0
    };
    x.iter_mut().for_each(|x| *x = (*x - mean) * scale);
}
