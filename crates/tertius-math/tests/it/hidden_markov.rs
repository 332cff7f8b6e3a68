//! The scaled passes against two slow, obvious twins: every path enumerated, and sums in log space.

use proptest::prelude::*;
use rand::SeedableRng;
use rand::{Rng, RngExt};
use rand_chacha::ChaCha8Rng;
use tertius_math::hidden_markov::{
    Chain, HiddenMarkovError, Workspace, draw_path, filter, pairwise, pinned, predict, smooth,
    stationary, viterbi,
};

/// Sums of at most 16^4 terms of order one, each within a few units of the last place.
const EXACT: f64 = 1e-12;

#[derive(Clone, Debug)]
struct Arrays {
    states: usize,
    initial: Vec<f64>,
    transition: Vec<f64>,
    log_likelihood: Vec<f64>,
}

impl Arrays {
    fn random(states: usize, steps: usize, spread: f64, rng: &mut impl Rng) -> Self {
        let mut law = || {
            let mut row: Vec<f64> = (0..states).map(|_| rng.random::<f64>() + 1e-3).collect();
            let sum: f64 = row.iter().sum();
            row.iter_mut().for_each(|p| *p /= sum);
            row
        };
        let initial = law();
        let transition = (0..states).flat_map(|_| law()).collect();
        let log_likelihood = (0..states * steps)
            .map(|_| spread * (rng.random::<f64>() - 0.7))
            .collect();
        Arrays {
            states,
            initial,
            transition,
            log_likelihood,
        }
    }

    fn chain(&self) -> Chain<'_> {
        Chain::new(&self.initial, &self.transition, &self.log_likelihood).unwrap()
    }

    fn steps(&self) -> usize {
        self.log_likelihood.len() / self.states
    }

    /// ln p(path, y) of one path.
    fn log_joint(&self, path: &[usize]) -> f64 {
        let s = self.states;
        let mut sum = self.initial[path[0]].ln();
        for (t, &z) in path.iter().enumerate() {
            sum += self.log_likelihood[t * s + z];
            if t > 0 {
                sum += self.transition[path[t - 1] * s + z].ln();
            }
        }
        sum
    }

    /// Every path with ln p(path, y).
    fn enumerate(&self) -> Vec<(Vec<usize>, f64)> {
        let (s, t) = (self.states, self.steps());
        (0..s.pow(t as u32))
            .map(|mut code| {
                let path: Vec<usize> = (0..t)
                    .map(|_| {
                        let z = code % s;
                        code /= s;
                        z
                    })
                    .collect();
                let joint = self.log_joint(&path);
                (path, joint)
            })
            .collect()
    }
}

fn log_sum_exp(x: impl Iterator<Item = f64> + Clone) -> f64 {
    let top = x.clone().fold(f64::NEG_INFINITY, f64::max);
    if top == f64::NEG_INFINITY {
        return top;
    }
    top + x.map(|x| (x - top).exp()).sum::<f64>().ln()
}

/// Forward-backward with sums in log space: (ln p(y), smoothed).
fn in_log_space(a: &Arrays) -> (f64, Vec<f64>) {
    let (s, t) = (a.states, a.steps());
    let ln: Vec<f64> = a.transition.iter().map(|p| p.ln()).collect();
    let mut alpha = vec![0.0; t * s];
    let mut beta = vec![0.0; t * s];
    for ((alpha, p), l) in alpha.iter_mut().zip(&a.initial).zip(&a.log_likelihood) {
        *alpha = p.ln() + l;
    }
    for step in 1..t {
        for z in 0..s {
            let before = (0..s).map(|i| alpha[(step - 1) * s + i] + ln[i * s + z]);
            alpha[step * s + z] = log_sum_exp(before) + a.log_likelihood[step * s + z];
        }
    }
    for step in (0..t - 1).rev() {
        for z in 0..s {
            let after = (0..s).map(|j| {
                ln[z * s + j] + a.log_likelihood[(step + 1) * s + j] + beta[(step + 1) * s + j]
            });
            beta[step * s + z] = log_sum_exp(after);
        }
    }
    let total = log_sum_exp(alpha[(t - 1) * s..].iter().copied());
    let smoothed = alpha
        .iter()
        .zip(&beta)
        .map(|(a, b)| (a + b - total).exp())
        .collect();
    (total, smoothed)
}

#[track_caller]
fn close(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance, "{a} and {b}");
}

#[test]
fn sixteen_states_and_four_steps_agree_with_every_path() {
    let a = Arrays::random(16, 4, 8.0, &mut ChaCha8Rng::seed_from_u64(1));
    let mut room = Workspace::new();
    let total = smooth(&a.chain(), &mut room).unwrap();
    let paths = a.enumerate();
    let exact = log_sum_exp(paths.iter().map(|p| p.1));
    close(total, exact, EXACT);
    let mut smoothed = vec![0.0; 64];
    for (path, joint) in &paths {
        let p = (joint - exact).exp();
        for (t, &z) in path.iter().enumerate() {
            smoothed[t * 16 + z] += p;
        }
    }
    for (fast, slow) in room.smoothed().iter().zip(&smoothed) {
        close(*fast, *slow, EXACT);
    }
    let (likeliest, joint) = viterbi(&a.chain()).unwrap();
    let best = paths.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
    assert_eq!(likeliest, best.0);
    close(joint, best.1, EXACT);
}

proptest! {
    #[test]
    fn small_chains_agree_with_every_path_and_with_log_space(
        states in 1usize..5, steps in 1usize..5, spread in 0.0f64..60.0, seed: u64,
    ) {
        let a = Arrays::random(states, steps, spread, &mut ChaCha8Rng::seed_from_u64(seed));
        let chain = a.chain();
        let mut room = Workspace::new();
        let total = smooth(&chain, &mut room).unwrap();
        let (log_total, log_smoothed) = in_log_space(&a);
        let paths = a.enumerate();
        let exact = log_sum_exp(paths.iter().map(|p| p.1));
        // Sums of logarithms of size up to 4 * 60 lose digits in proportion.
        let tolerance = EXACT * (1.0 + spread);
        close(total, exact, tolerance);
        close(total, log_total, tolerance);
        for (fast, slow) in room.smoothed().iter().zip(&log_smoothed) {
            close(*fast, *slow, tolerance);
        }
        // Filtered: the smoothed law of the last step of each shorter record.
        for t in 1..=steps {
            let short = Arrays { log_likelihood: a.log_likelihood[..t * states].to_vec(), ..a.clone() };
            let (_, smoothed) = in_log_space(&short);
            for z in 0..states {
                let i = (t - 1) * states + z;
                close(room.filtered()[i], smoothed[i], tolerance);
            }
        }
        // Two at a time, and pinned.
        for t in 0..steps {
            if t + 1 < steps {
                let mut two = vec![0.0; states * states];
                pairwise(&chain, &room, t, &mut two).unwrap();
                let mut slow = vec![0.0; states * states];
                for (path, joint) in &paths {
                    slow[path[t] * states + path[t + 1]] += (joint - exact).exp();
                }
                for (f, s) in two.iter().zip(&slow) {
                    close(*f, *s, tolerance);
                }
            }
            let allowed: Vec<bool> = (0..states).map(|z| (seed >> z) & 1 == 1).collect();
            let mut out = vec![0.0; states * steps];
            let p = pinned(&chain, &room, t, &allowed, &mut out);
            let inside = paths.iter().filter(|(path, _)| allowed[path[t]]);
            let slow: f64 = inside.clone().map(|(_, j)| (j - exact).exp()).sum();
            close(p, slow, tolerance);
            if p > 1e-3 {
                let mut law = vec![0.0; states * steps];
                for (path, joint) in inside {
                    for (tau, &z) in path.iter().enumerate() {
                        law[tau * states + z] += (joint - exact).exp() / slow;
                    }
                }
                for (f, s) in out.iter().zip(&law) {
                    close(*f, *s, tolerance / p);
                }
            }
        }
    }

    #[test]
    fn long_chains_agree_with_log_space_and_rows_are_laws(seed: u64, states in 2usize..20) {
        let a = Arrays::random(states, 300, 20.0, &mut ChaCha8Rng::seed_from_u64(seed));
        let mut room = Workspace::new();
        let total = smooth(&a.chain(), &mut room).unwrap();
        let (log_total, log_smoothed) = in_log_space(&a);
        // Log space sums numbers of about 2000, 2e-13 a step.
        close(total, log_total, 1e-9);
        for (fast, slow) in room.smoothed().iter().zip(&log_smoothed) {
            close(*fast, *slow, 1e-9);
        }
        for row in room.smoothed().chunks(states).chain(room.filtered().chunks(states)) {
            close(row.iter().sum(), 1.0, 1e-13);
        }
        prop_assert_eq!(&room.smoothed()[299 * states..], &room.filtered()[299 * states..]);
    }

    #[test]
    fn a_stationary_law_stays(seed: u64, states in 1usize..20) {
        let a = Arrays::random(states, 1, 1.0, &mut ChaCha8Rng::seed_from_u64(seed));
        let law = stationary(&a.transition, states).unwrap();
        let mut next = vec![0.0; states];
        predict(&law, &a.transition, &mut next);
        for (a, b) in law.iter().zip(&next) {
            close(*a, *b, 1e-15);
        }
    }
}

#[test]
fn what_no_state_can_produce_is_said_to_be_impossible() {
    let (initial, transition) = ([1.0, 0.0], [1.0, 0.0, 0.5, 0.5]);
    let mut room = Workspace::new();
    let never = f64::NEG_INFINITY;
    for table in [[0.0, 0.0, never, never], [0.0, 0.0, never, 0.0]] {
        let chain = Chain::new(&initial, &transition, &table).unwrap();
        let expected = HiddenMarkovError::Impossible { step: 1 };
        assert_eq!(filter(&chain, &mut room), Err(expected.clone()));
        assert_eq!(viterbi(&chain), Err(expected));
    }
    for wrong in [f64::NAN, f64::INFINITY] {
        let table = [0.0, 0.0, wrong, 0.0];
        let chain = Chain::new(&initial, &transition, &table).unwrap();
        let expected = HiddenMarkovError::NotANumber { step: 1 };
        assert_eq!(filter(&chain, &mut room), Err(expected));
    }
}

#[test]
fn unlikely_is_not_impossible_however_far_the_likeliest_state_is_out_of_reach() {
    let (initial, transition) = ([1.0, 0.0], [1.0, 0.0, 0.5, 0.5]);
    let table = [-3.0, 5000.0, -4000.0, 0.0, 1.0, 1.0];
    let chain = Chain::new(&initial, &transition, &table).unwrap();
    let mut room = Workspace::new();
    close(smooth(&chain, &mut room).unwrap(), -4002.0, 1e-9);
    assert_eq!(room.smoothed(), [1.0, 0.0, 1.0, 0.0, 1.0, 0.0]);
}

#[test]
fn what_is_no_law_is_refused() {
    let half = [0.5, 0.5];
    let square = [0.5, 0.5, 0.5, 0.5];
    let table = [0.0; 4];
    assert!(Chain::new(&half, &square, &table).is_ok());
    let not = |c: Result<Chain<'_>, _>| c.unwrap_err();
    let what = "transition";
    assert_eq!(
        not(Chain::new(&half, &[0.5, 0.5, 0.5, 0.6], &table)),
        HiddenMarkovError::NotALaw { what, row: 1 }
    );
    assert_eq!(
        not(Chain::new(&[1.5, -0.5], &square, &table)),
        HiddenMarkovError::NotALaw {
            what: "initial",
            row: 0
        }
    );
    let what = "log_likelihood";
    assert_eq!(
        not(Chain::new(&half, &square, &table[..3])),
        HiddenMarkovError::Shape {
            what,
            len: 3,
            must: 4
        }
    );
    assert_eq!(
        stationary(&[1.0, 0.0, 0.0, 1.0], 2),
        Err(HiddenMarkovError::NoStationaryLaw)
    );
}

#[test]
fn drawn_paths_have_the_smoothed_law_and_the_pairwise_law() {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let a = Arrays::random(3, 5, 6.0, &mut rng);
    let chain = a.chain();
    let mut room = Workspace::new();
    smooth(&chain, &mut room).unwrap();
    let draws = 40_000;
    let mut seen = [0.0; 15];
    let mut together = [0.0; 9];
    let mut path = Vec::new();
    for _ in 0..draws {
        draw_path(&room, &mut rng, &mut path);
        for (t, &z) in path.iter().enumerate() {
            seen[t * 3 + z] += 1.0 / f64::from(draws);
        }
        together[path[2] * 3 + path[3]] += 1.0 / f64::from(draws);
    }
    let mut two = [0.0; 9];
    pairwise(&chain, &room, 2, &mut two).unwrap();
    // Five standard errors of a share of 40 000 draws.
    let error = |p: f64| 5.0 * (p * (1.0 - p) / f64::from(draws)).sqrt() + 1e-9;
    for (s, p) in seen.iter().zip(room.smoothed()) {
        close(*s, *p, error(*p));
    }
    for (s, p) in together.iter().zip(&two) {
        close(*s, *p, error(*p));
    }
}

#[test]
fn a_room_used_again_gives_what_a_new_room_gives() {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let (long, short) = (
        Arrays::random(16, 30, 5.0, &mut rng),
        Arrays::random(4, 9, 5.0, &mut rng),
    );
    let mut used = Workspace::new();
    smooth(&long.chain(), &mut used).unwrap();
    smooth(&short.chain(), &mut used).unwrap();
    let mut new = Workspace::new();
    smooth(&short.chain(), &mut new).unwrap();
    assert_eq!(used.smoothed(), new.smoothed());
    assert_eq!(used.filtered(), new.filtered());
    assert_eq!(used.log_likelihood(), new.log_likelihood());
}
