//! Where an ally stands between its patron and the patron's rival: by the votes on which these two part.
//!
//! On a roll call on which all three voted and S and R differed, v is 0 where W voted as S did, 1 where it
//! voted as R did, and ½ where it did neither. The place of a period is the mean of v, D the place as it moves
//! once the noise is taken off, O = 1 − D.
//!
//! ```text
//! v̄_t = a_t + N(0, h_t + r²)         r: what a year's questions happen to be about
//! a_t = a_{t−1} + N(0, q²)
//! h_t = Var(v) / n_t                 Var over the shares of the three answers with one vote spread over them
//! ```
//!
//! The pseudo-vote keeps a year in which W always did the same from being known without error. q and r are
//! averaged over a grid, each pair weighed by its likelihood, so that what is not known of them is in the
//! interval: for what is filtered by the likelihood of the votes so far, for what is smoothed by that of all.

use tertius_math::state_space::{Initial, Model, Move, Observation, Square, State, filter, smooth};

use super::ballots::Issue;
use crate::conditions::Z_90;
use crate::datasets::un_votes::{RollCalls, Vote};
use crate::states::StateId;

/// How the ally voted where patron and rival parted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sided {
    /// With the patron.
    pub patron: u32,
    /// With the rival.
    pub rival: u32,
    /// With neither.
    pub neither: u32,
}

impl Sided {
    /// Votes on which the two parted and all three voted.
    pub fn n(self) -> u32 {
        self.patron + self.rival + self.neither
    }

    /// Mean of v; nothing without a vote.
    ///
    /// ```
    /// use tertius_data::measures::place::Sided;
    /// let sided = Sided { patron: 6, rival: 2, neither: 2 };
    /// assert_eq!(sided.place(), Some(0.3));
    /// assert_eq!(Sided::default().place(), None);
    /// ```
    pub fn place(self) -> Option<f64> {
        let sum = f64::from(self.rival) + 0.5 * f64::from(self.neither);
        (self.n() > 0).then(|| sum / f64::from(self.n()))
    }

    /// Variance of the mean, h; nothing without a vote.
    pub fn variance(self) -> Option<f64> {
        let n = f64::from(self.n());
        let share = |count: u32| (f64::from(count) + 1.0 / 3.0) / (n + 1.0);
        let (rival, neither) = (share(self.rival), share(self.neither));
        let mean = rival + 0.5 * neither;
        (n > 0.0).then(|| (rival + 0.25 * neither - mean * mean) / n)
    }
}

/// The vote of a state, under whichever of its numbers one is recorded.
pub fn vote_of(calls: &RollCalls, call: usize, seats: &[usize]) -> Option<Vote> {
    seats.iter().find_map(|s| calls.vote(call, *s))
}

/// The seats of a state.
pub fn seats_of(calls: &RollCalls, state: StateId) -> Vec<usize> {
    let seats = calls.seats.iter().enumerate();
    seats
        .filter(|(_, s)| s.state == state)
        .map(|(i, _)| i)
        .collect()
}

/// Counts the sides that `ally` took between `patron` and `rival` over some roll calls.
pub fn sided(
    calls: &RollCalls,
    rows: impl IntoIterator<Item = usize>,
    [ally, patron, rival]: [&[usize]; 3],
    issue: Issue,
) -> Sided {
    let mut found = Sided::default();
    for row in rows {
        if !calls.calls.get(row).is_some_and(|c| issue.holds(c.issues)) {
            continue;
        }
        let votes = [ally, patron, rival].map(|seats| vote_of(calls, row, seats));
        if let [Some(w), Some(s), Some(r)] = votes
            && s != r
        {
            match w {
                w if w == s => found.patron += 1,
                w if w == r => found.rival += 1,
                _ => found.neither += 1,
            }
        }
    }
    found
}

/// A level with its doubt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub deviation: f64,
}

impl Level {
    /// The 90 per cent interval, cut to the range that a place has.
    pub fn interval(self) -> (f64, f64) {
        let end = |z: f64| (self.mean + z * self.deviation).clamp(0.0, 1.0);
        (end(-Z_90), end(Z_90))
    }

    /// The mean, cut likewise.
    pub fn centre(self) -> f64 {
        self.mean.clamp(0.0, 1.0)
    }
}

/// What is known of a step: from what came up to it, and from what came after too.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Known {
    /// Filtered.
    pub filtered: Option<Level>,
    /// Smoothed.
    pub smoothed: Option<Level>,
}

/// Standard deviations of the walk over a year, and of what a period's questions are about.
const WALKS: [f64; 6] = [0.0, 0.025, 0.05, 0.1, 0.2, 0.4];
const AGENDAS: [f64; 4] = [0.0, 0.05, 0.1, 0.2];

/// What one pair of the grid gives.
struct Run {
    log_likelihood: f64,
    /// Of the votes up to each step.
    so_far: Vec<Option<f64>>,
    filtered: Vec<Option<State>>,
    smoothed: Vec<State>,
}

/// The level at each step of a local-level model, `steps_a_year` of them to a year. Nothing before the first
/// step with a vote and after the last: there nobody knows.
///
/// ```
/// use tertius_data::measures::place::{Sided, levels};
/// let some = Sided { patron: 60, rival: 20, neither: 20 };
/// let found = levels(&[Sided::default(), some, Sided::default(), some, Sided::default()], 1);
/// assert!(found[0].smoothed.is_none() && found[4].smoothed.is_none());
/// // Between two votes there is a level, and less is known of it.
/// let [at, gap] = [1, 2].map(|t| found[t].smoothed.unwrap());
/// assert!((gap.mean - 0.3).abs() < 1e-9 && gap.deviation > at.deviation);
/// ```
pub fn levels(steps: &[Sided], steps_a_year: u32) -> Vec<Known> {
    let mut known = vec![Known::default(); steps.len()];
    let voted = |s: &Sided| s.n() > 0;
    let ends = steps
        .iter()
        .position(voted)
        .zip(steps.iter().rposition(voted));
    let Some((first, last)) = ends else {
        return known;
    };
    let within = &steps[first..=last];
    let initial = Initial::diffuse(1);
    let mut runs: Vec<Run> = Vec::new();
    for walk in WALKS {
        let moves = [Move {
            transition: Square::identity(1),
            noise: Square::diagonal(&[walk * walk / f64::from(steps_a_year.max(1))]),
        }];
        let which = vec![0; within.len() - 1];
        for agenda in AGENDAS {
            let seen = |s: &Sided| -> Vec<Observation> {
                let both = s.place().zip(s.variance());
                let one = both.map(|(value, variance)| Observation {
                    loads: vec![1.0],
                    variance: variance + agenda * agenda,
                    value,
                });
                one.into_iter().collect()
            };
            let seen: Vec<Vec<Observation>> = within.iter().map(seen).collect();
            let Ok(model) = Model::new(&initial, &moves, &which, &seen) else {
                continue;
            };
            if let (Ok(f), Ok(s)) = (filter(&model), smooth(&model)) {
                runs.push(Run {
                    log_likelihood: f.log_likelihood,
                    so_far: f.log_likelihoods,
                    filtered: f.states,
                    smoothed: s.states,
                });
            }
        }
    }
    let of_all: Vec<f64> = runs.iter().map(|r| r.log_likelihood).collect();
    let of_all = weights(&of_all);
    for (t, known) in known[first..=last].iter_mut().enumerate() {
        // Votes that came later say nothing of what was known at the time, of q and r neither.
        let so_far: Option<Vec<f64>> = runs.iter().map(|r| *r.so_far.get(t)?).collect();
        let filtered = runs.iter().map(|r| r.filtered.get(t)?.as_ref());
        known.filtered = so_far.and_then(|l| mixture(&weights(&l), filtered));
        known.smoothed = mixture(&of_all, runs.iter().map(|r| r.smoothed.get(t)));
    }
    known
}

/// Likelihoods from their logarithms, the greatest being one.
fn weights(logarithms: &[f64]) -> Vec<f64> {
    let best = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    logarithms.iter().map(|l| (l - best).exp()).collect()
}

/// Mean and spread of normals that are each the right one with a probability.
fn mixture<'a>(weights: &[f64], states: impl Iterator<Item = Option<&'a State>>) -> Option<Level> {
    let parts: Option<Vec<(f64, f64, f64)>> = weights
        .iter()
        .zip(states)
        .map(|(w, s)| s.map(|s| (*w, s.mean[0], s.covariance.at(0, 0))))
        .collect();
    let parts = parts.filter(|p| !p.is_empty())?;
    let total: f64 = parts.iter().map(|p| p.0).sum();
    let mean = parts.iter().map(|p| p.0 * p.1).sum::<f64>() / total;
    let variance = |p: &(f64, f64, f64)| p.0 * (p.2 + (p.1 - mean).powi(2));
    let variance = parts.iter().map(variance).sum::<f64>() / total;
    Some(Level {
        mean,
        deviation: variance.max(0.0).sqrt(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;
    use rand_distr::{Distribution, Normal};

    /// Levels that are known, votes drawn from them: intervals of 90 per cent hold the truth in about as
    /// many years. 60 series of 40 years have a standard error below 2 points even if the years of a series
    /// are worth but ten.
    #[test]
    fn intervals_hold_what_was_simulated() {
        let mut rng = ChaCha8Rng::seed_from_u64(7);
        let (mut held, mut all) = ([0usize; 2], 0usize);
        for series in 0..60 {
            let walk = Normal::new(0.0, [0.03, 0.06][series % 2]).unwrap();
            let agenda = Normal::new(0.0, [0.02, 0.07][series / 2 % 2]).unwrap();
            let mut level = 0.4f64;
            let mut truth = Vec::new();
            let steps: Vec<Sided> = (0..40)
                .map(|_| {
                    level = (level + walk.sample(&mut rng)).clamp(0.15, 0.85);
                    truth.push(level);
                    let share = (level + agenda.sample(&mut rng)).clamp(0.0, 1.0);
                    let mut sided = Sided::default();
                    for _ in 0..50 {
                        // Half of the room between the two sides is spent on neither.
                        let neither = share.min(1.0 - share);
                        let draw: f64 = rng.random();
                        if draw < neither {
                            sided.neither += 1;
                        } else if draw < neither + (share - 0.5 * neither) {
                            sided.rival += 1;
                        } else {
                            sided.patron += 1;
                        }
                    }
                    sided
                })
                .collect();
            for (known, truth) in levels(&steps, 1).iter().zip(truth) {
                for (held, level) in held.iter_mut().zip([known.filtered, known.smoothed]) {
                    let (low, high) = level.unwrap().interval();
                    *held += usize::from((low..=high).contains(&truth));
                }
                all += 1;
            }
        }
        for held in held {
            let share = held as f64 / all as f64;
            assert!((0.85..=0.95).contains(&share), "{share}");
        }
    }

    /// The series cut after each step, by definition: what was filtered then is what is filtered now.
    #[test]
    fn later_votes_change_nothing_that_was_known_before() {
        let step = |rival, patron| Sided {
            patron,
            rival,
            neither: 0,
        };
        // Calm years, then years that leap: the whole series speaks for a fast walk, its beginning for none.
        let mut steps = vec![step(20, 20), step(21, 19), Sided::default(), step(20, 20)];
        steps.extend([step(35, 5), step(4, 36), step(38, 2), step(3, 37)]);
        let whole = levels(&steps, 1);
        for end in 1..=steps.len() {
            let then = levels(&steps[..end], 1);
            for (t, known) in then.iter().enumerate() {
                let (Some(then), Some(now)) = (known.filtered, whole[t].filtered) else {
                    assert_eq!(known.filtered, None, "{t} of {end}");
                    continue;
                };
                // The same numbers, but for the rounding of another start of the flat direction.
                let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
                let same = near(then.mean, now.mean) && near(then.deviation, now.deviation);
                assert!(same, "{t} of {end}: {then:?}, {now:?}");
            }
        }
    }

    #[test]
    fn a_year_of_one_answer_is_not_known_without_error() {
        let sided = Sided {
            patron: 10,
            ..Sided::default()
        };
        assert_eq!(sided.place(), Some(0.0));
        // Shares 31/33, 1/33, 1/33: mean 1.5/33, second moment 1.25/33.
        let expected = (1.25 / 33.0 - (1.5f64 / 33.0).powi(2)) / 10.0;
        assert!((sided.variance().unwrap() - expected).abs() < 1e-15);
    }
}
