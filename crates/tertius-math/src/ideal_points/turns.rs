//! Sessions that stand turned over against the ones before, and what turns them back.
//!
//! The votes of a session are as likely with all its positions and discriminations negated: which way round it
//! stands only the links between sessions say. A start on which early and late sessions lean opposite ways leads to a
//! top where they stay so, for a step of expectation and maximisation never turns a whole session. So it is done here.

use std::collections::BTreeMap;

use super::layout::RollCalls;
use super::response::SLOTS;

/// The sign of every session, +1 for the first: changed where voters of two sessions in a row stand, on the whole, on
/// opposite sides of 0 in them. Nothing where no session is turned.
pub(super) fn signs(calls: &RollCalls, means: &[f64]) -> Option<BTreeMap<i32, f64>> {
    let mut agreement: BTreeMap<i32, f64> = calls.cells.iter().map(|c| (c.1, 0.0)).collect();
    let sessions: Vec<i32> = agreement.keys().copied().collect();
    let before: BTreeMap<i32, i32> = sessions.windows(2).map(|w| (w[1], w[0])).collect();
    for path in &calls.paths {
        for k in path.start + 1..path.end {
            let (last, session) = (calls.cells[k - 1].1, calls.cells[k].1);
            if before.get(&session) == Some(&last) {
                *agreement.entry(session).or_default() += means[k - 1] * means[k];
            }
        }
    }
    let mut sign = 1.0;
    let mut turned = false;
    let signs = agreement.into_iter().map(|(session, agreement)| {
        if agreement < 0.0 {
            sign = -sign;
            turned = true;
        }
        (session, sign)
    });
    let signs: BTreeMap<i32, f64> = signs.collect();
    turned.then_some(signs)
}

/// The session of a question's first vote: of one that was put in several, their signs may part.
pub(super) fn session_of(calls: &RollCalls, question: usize) -> Option<i32> {
    let rows = question * SLOTS..(question + 1) * SLOTS;
    let first = rows.flat_map(|row| calls.voted.group(row)).next()?;
    Some(calls.cells[*first as usize].1)
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::super::climb::climb;
    use super::super::paths::Walk;
    use super::super::posterior::Grid;
    use super::super::{Choice, Options, Vote};
    use super::*;

    /// Two generations of twenty voters, six of them in both; twelve sessions of fifteen questions each.
    fn assembly() -> (RollCalls, Vec<f64>) {
        let mut random = ChaCha8Rng::seed_from_u64(11);
        let at: Vec<f64> = (0..40).map(|_| random.random_range(-1.5..1.5)).collect();
        let sessions: Vec<i32> = (0..12).flat_map(|s| [s; 15]).collect();
        let mut votes = Vec::new();
        for (roll_call, &session) in (0..).zip(&sessions) {
            let leans = if random.random_bool(0.5) { 1.5 } else { -1.5 };
            let cut = random.random_range(-1.0..1.0);
            for (voter, x) in (0..).zip(&at) {
                let there = if session < 6 { voter < 23 } else { voter >= 17 };
                if there {
                    let noise: f64 = (0..12).map(|_| random.random::<f64>()).sum::<f64>() - 6.0;
                    let yes = leans * (x - cut) + noise > 0.0;
                    let choice = if yes { Choice::Yes } else { Choice::No };
                    votes.push(Vote {
                        voter,
                        roll_call,
                        choice,
                    });
                }
            }
        }
        (RollCalls::separate(40, &sessions, &votes).unwrap(), at)
    }

    /// From a start on which the second generation leans the wrong way the climb ends where it does from the truth.
    #[test]
    fn a_climb_turns_back_what_its_start_turned_over() {
        let (calls, truth) = assembly();
        let options = Options::default();
        let walk = |grid| Walk::new(&calls, grid, options.link_variance.get(), 1);
        let (coarse, fine) = (walk(Grid::coarse()), walk(Grid::fine()));
        let turned = (0..).zip(&truth).map(|(v, x)| if v < 20 { *x } else { -x });
        let turned: Vec<f64> = turned.collect();
        let ends = |start: &[f64]| {
            let climbed = climb(&calls, &coarse, &fine, start, &options);
            let means: Vec<f64> = (0..calls.cells.len())
                .map(|k| climbed.posterior.mean(k, &fine.grid))
                .collect();
            assert!(signs(&calls, &means).is_none());
            climbed.reached()
        };
        let (right, wrong) = (ends(&truth), ends(&turned));
        // Both ended where a step gains less than the tolerance; turned over it would be nats lower.
        assert!((right - wrong).abs() < 0.1, "{right} {wrong}");
    }

    #[test]
    fn a_session_that_is_turned_over_is_seen() {
        let (calls, truth) = assembly();
        let of = |turn: i32| -> Vec<f64> {
            let at = |c: &(u32, i32)| truth[c.0 as usize] * if c.1 >= turn { -1.0 } else { 1.0 };
            calls.cells.iter().map(at).collect()
        };
        assert!(signs(&calls, &of(99)).is_none());
        let found = signs(&calls, &of(8)).unwrap();
        assert!(found.iter().all(|(s, sign)| (*sign < 0.0) == (*s >= 8)));
    }
}
