//! States that add up, for values that are means over several steps.

use super::{Initial, Move, Square};

/// A model's states with a running sum of each behind them.
#[derive(Clone, Debug, PartialEq)]
pub struct RunningSums {
    /// Two moves, by index: 0 carries the sums on, 1 begins them anew.
    pub moves: [Move; 2],
    /// The move into each step but the first, for `which` of [`super::Model::new`].
    pub which: Vec<usize>,
    /// Steps summed at each step, the present one included: the mean of a state over its period so far
    /// has load 1/n on the sum.
    pub summed: Vec<usize>,
}

/// Doubles the states of `one`: after α_t come its sums c_t since the last step at which `begins` is
/// true, so that a value of a year's mean may be observed in its last month.
///
/// ```text
/// c_t = α_t                 where a period begins
/// c_t = c_{t−1} + α_t       elsewhere
/// ```
///
/// The first step begins a period whatever `begins` says.
///
/// ```
/// use tertius_math::state_space::{
///     Initial, Model, Move, Observation, Square, running_sums, smooth,
/// };
/// // A random walk, its start unknown, seen only by its mean over each half of four steps.
/// let walk = Move { transition: Square::identity(1), noise: Square::diagonal(&[1.0]) };
/// let sums = running_sums(&walk, &[true, false, true, false]);
/// let mean_of = |value| vec![Observation { loads: vec![0.0, 0.5], variance: 0.1, value }];
/// let steps = [vec![], mean_of(1.0), vec![], mean_of(2.0)];
/// let initial = sums.start(&Initial::diffuse(1));
/// let model = Model::new(&initial, &sums.moves, &sums.which, &steps).unwrap();
/// let found = smooth(&model).unwrap();
/// // The smoothed path has nearly the means that were seen, and its sums are sums.
/// let mean = |a: usize| (found.states[a].mean[0] + found.states[a + 1].mean[0]) / 2.0;
/// assert!((mean(0) - 1.0).abs() < 0.1 && (mean(2) - 2.0).abs() < 0.1);
/// assert!((found.states[1].mean[1] / 2.0 - mean(0)).abs() < 1e-12);
/// ```
pub fn running_sums(one: &Move, begins: &[bool]) -> RunningSums {
    let m = one.transition.size();
    let doubled = |carry: f64| {
        let n = 2 * m;
        let (mut transition, mut noise) = (vec![0.0; n * n], vec![0.0; n * n]);
        for i in 0..m {
            for j in 0..m {
                for (row, column) in [(i, j), (m + i, j)] {
                    transition[row * n + column] = one.transition.at(i, j);
                }
                for (row, column) in [(i, j), (m + i, j), (i, m + j), (m + i, m + j)] {
                    noise[row * n + column] = one.noise.at(i, j);
                }
            }
            transition[(m + i) * n + m + i] = carry;
        }
        Move {
            transition: Square {
                n,
                values: transition,
            },
            noise: Square { n, values: noise },
        }
    };
    let mut summed = Vec::with_capacity(begins.len());
    for (t, &begin) in begins.iter().enumerate() {
        let before = summed.last().copied().unwrap_or(0);
        summed.push(if begin || t == 0 { 1 } else { before + 1 });
    }
    RunningSums {
        moves: [doubled(1.0), doubled(0.0)],
        which: begins.iter().skip(1).map(|b| usize::from(*b)).collect(),
        summed,
    }
}

impl RunningSums {
    /// The first state with its sum behind it: c_1 = α_1.
    pub fn start(&self, initial: &Initial) -> Initial {
        let m = initial.mean.len();
        let p = &initial.covariance;
        let cells = (0..4 * m * m).map(|at| (at / (2 * m) % m, at % (2 * m) % m));
        Initial {
            mean: initial.mean.repeat(2),
            covariance: Square {
                n: 2 * m,
                values: cells.map(|(i, j)| p.at(i, j)).collect(),
            },
            diffuse: initial.diffuse.iter().map(|a| a.repeat(2)).collect(),
        }
    }
}
