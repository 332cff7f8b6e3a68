//! What must hold of any roll calls.

use super::simulated::{Design, World, simulate};
use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::num::{NonZeroU32, NonZeroUsize};
use tertius_math::ideal_points::{
    AS_HIGH, Choice, Ended, IdealPointError, IdealPoints, ONE_ANSWER, Options, Orientation,
    RollCall, RollCalls, Verdict, Vote, VoteError, fit,
};

const SMALL: Design = Design {
    voters: 40,
    sessions: 6,
    calls_a_session: 25,
    innovation: 0.1,
    discrimination: 1.5,
    absent: 0.1,
};

fn small(seed: u64) -> (World, Options) {
    let world = simulate(&SMALL, seed);
    let options = Options {
        above: vec![world.far_apart()],
        ..Options::default()
    };
    (world, options)
}

/// Rounding in sums of 2000 to 100,000 nats, and the 1e-13 of a posterior that a window leaves out.
const ROUNDING: f64 = 1e-6;

fn never_falls(found: &IdealPoints) -> bool {
    found.trace.windows(2).all(|w| w[1] >= w[0] - ROUNDING)
}

#[test]
fn the_climb_never_falls_and_says_how_it_ended() {
    let (world, mut options) = small(1);
    let found = fit(&world.roll_calls(), &options);
    assert_eq!(found.verdict(), Verdict::Untried);
    assert!(never_falls(&found));
    let Ended::Converged { steps } = found.ended else {
        panic!("{:?}", found.ended)
    };
    assert_eq!(found.trace.len(), steps as usize + 1);
    options.most_steps = NonZeroU32::new(3).unwrap();
    let found = fit(&world.roll_calls(), &options);
    let Ended::StoppedAt { steps, last_gain } = found.ended else {
        panic!("{:?}", found.ended)
    };
    assert!(steps == 3 && last_gain > 0.0);
}

#[test]
fn neither_threads_nor_the_order_of_votes_make_a_difference() {
    let (mut world, mut options) = small(2);
    options.threads = NonZeroUsize::new(1);
    let one = fit(&world.roll_calls(), &options);
    options.threads = NonZeroUsize::new(3);
    assert_eq!(one, fit(&world.roll_calls(), &options));
    world.votes.reverse();
    // A vote told twice is one vote.
    world.votes.extend_from_within(..50);
    assert_eq!(one, fit(&world.roll_calls(), &options));
}

#[test]
fn turning_the_pairs_round_turns_the_dimension_over() {
    let (world, mut options) = small(3);
    let up = fit(&world.roll_calls(), &options);
    let (high, low) = options.above[0];
    options.above = vec![(low, high)];
    let down = fit(&world.roll_calls(), &options);
    for (a, b) in up.points.iter().zip(&down.points) {
        assert_eq!((a.mean, a.low, a.high), (-b.mean, -b.high, -b.low));
    }
    for (a, b) in up.questions.iter().zip(&down.questions) {
        assert_eq!(a.discrimination, -b.discrimination);
        assert_eq!((a.lower, a.upper), (b.lower, b.upper));
    }
    let Orientation::Anchored { seen, agreeing } = up.orientation else {
        panic!("{:?}", up.orientation)
    };
    assert!(seen == 6 && agreeing >= 4, "{agreeing} of {seen}");
    options.above.clear();
    let either = fit(&world.roll_calls(), &options);
    assert_eq!(either.orientation, Orientation::Arbitrary);
}

#[test]
fn starts_agree_and_say_so() {
    let (world, mut options) = small(4);
    options.starts = NonZeroU32::new(4).unwrap();
    let found = fit(&world.roll_calls(), &options);
    assert_eq!(found.starts.len(), 4);
    let best = found.trace.last().unwrap();
    // The first and third start lean on the votes, the others stand anywhere.
    for (i, start) in found.starts.iter().enumerate() {
        assert!(start.objective <= *best);
        let led = i % 2 == 0;
        assert!(!led || start.agreement > 0.999, "{start:?}");
    }
    let elsewhere = found.starts.iter().filter(|s| s.agreement < ONE_ANSWER);
    let told = match found.verdict() {
        Verdict::Untried => panic!("four climbs"),
        Verdict::Agree => 0,
        Verdict::Lower { climbs, by } => {
            assert!(by >= AS_HIGH);
            climbs
        }
        Verdict::Differ { climbs } => climbs,
    };
    assert_eq!(told, elsewhere.count());
}

/// Two parties of voters who share no roll call: which way one lies to the other nobody can tell.
#[test]
fn starts_that_differ_are_said_to() {
    let (world, mut options) = small(7);
    let halves = |v: &Vote| (v.voter < 20) == v.roll_call.is_multiple_of(2);
    let votes: Vec<Vote> = world.votes.iter().copied().filter(halves).collect();
    let calls = RollCalls::separate(SMALL.voters, &world.calls, &votes).unwrap();
    options.starts = NonZeroU32::new(8).unwrap();
    let found = fit(&calls, &options);
    let verdict = found.verdict();
    assert!(
        matches!(verdict, Verdict::Differ { climbs } if climbs < 8),
        "{verdict:?} {:?}",
        found.starts
    );
}

#[test]
fn a_session_of_one_roll_call_is_carried_by_its_neighbours() {
    let (mut world, options) = small(5);
    let thin = 3;
    let first = world.calls.iter().position(|s| *s == thin).unwrap() as u32;
    let keep = |v: &Vote| world.calls[v.roll_call as usize] != thin || v.roll_call == first;
    world.votes.retain(keep);
    let found = fit(&world.roll_calls(), &options);
    for session in &found.sessions {
        // Innovations of a tenth: sessions are correlated at .95 and more.
        assert!(session.with_previous.is_none_or(|r| r > 0.8), "{session:?}");
    }
    let spread = |s: i32| {
        let of = found.points.iter().filter(|p| p.session == s);
        of.clone().map(|p| p.deviation).sum::<f64>() / of.count() as f64
    };
    assert!(spread(thin) > 1.2 * spread(thin - 1));
}

#[test]
fn the_same_question_in_two_sessions_has_one_answer_curve() {
    let (world, options) = small(6);
    // Every roll call of session 5 puts the question of its counterpart in session 0.
    let n = SMALL.calls_a_session as u32;
    let calls: Vec<RollCall> = world
        .calls
        .iter()
        .zip(0..)
        .map(|(&session, r)| RollCall {
            session,
            question: if session == 5 { r - 5 * n } else { r },
        })
        .collect();
    let bridged = RollCalls::new(SMALL.voters, &calls, &world.votes).unwrap();
    let separate = world.roll_calls();
    assert!(bridged.questions() < separate.questions());
    assert!(bridged.questions() + bridged.unanimous() == 5 * n as usize);
    let found = fit(&bridged, &options);
    assert!(never_falls(&found));
    assert_eq!(found.questions.len(), bridged.questions());
}

#[test]
fn two_blocs_without_a_crossing_vote_stay_finite() {
    // Perfectly separated: only the prior keeps the discriminations from running away.
    let votes: Vec<Vote> = (0..20)
        .flat_map(|roll_call| {
            (0..10).map(move |voter| Vote {
                voter,
                roll_call,
                choice: if voter < 5 { Choice::Yes } else { Choice::No },
            })
        })
        .collect();
    let calls = RollCalls::separate(10, &[0; 20], &votes).unwrap();
    let options = Options {
        above: vec![(9, 0)],
        ..Options::default()
    };
    let found = fit(&calls, &options);
    assert!(found.questions.iter().all(|q| q.discrimination.is_finite()));
    for p in &found.points {
        assert!((p.mean > 0.0) == (p.voter >= 5) && p.deviation > 0.0);
    }
    assert!(never_falls(&found));
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let vote = |voter, roll_call, choice| Vote {
        voter,
        roll_call,
        choice,
    };
    let read = |votes: &[Vote]| RollCalls::separate(2, &[1, 1], votes).map(|_| ());
    let yes = vote(0, 0, Choice::Yes);
    assert_eq!(
        read(&[vote(2, 0, Choice::Yes)]),
        Err(VoteError::NoSuchVoter { voter: 2 }.into())
    );
    assert_eq!(
        read(&[vote(0, 2, Choice::Yes)]),
        Err(VoteError::NoSuchRollCall { roll_call: 2 }.into())
    );
    assert_eq!(
        read(&[yes, vote(1, 0, Choice::No), vote(0, 0, Choice::No)]),
        Err(VoteError::VotedTwice {
            voter: 0,
            roll_call: 0
        }
        .into())
    );
    assert_eq!(
        read(&[yes, vote(1, 0, Choice::Yes)]),
        Err(IdealPointError::NothingDivides)
    );
    assert_eq!(read(&[]), Err(IdealPointError::NothingDivides));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_matrix_is_accepted(
        voters in 1usize..9, calls in 1usize..9, cast in 0.05f64..1.0, seed: u64,
    ) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let sessions: Vec<i32> = (0..calls).map(|_| rng.random_range(-3..40)).collect();
        let mut votes = Vec::new();
        for voter in 0..voters as u32 {
            for roll_call in 0..calls as u32 {
                if rng.random::<f64>() < cast {
                    let choice = [Choice::Yes, Choice::Abstain, Choice::No][rng.random_range(0..3)];
                    votes.push(Vote { voter, roll_call, choice });
                }
            }
        }
        let Ok(read) = RollCalls::separate(voters, &sessions, &votes) else {
            return Ok(());
        };
        let found = fit(&read, &Options::default());
        prop_assert!(never_falls(&found), "{:?}", found.trace);
        prop_assert_eq!(found.points.len(), read.positions());
        for p in &found.points {
            prop_assert!(p.mean.is_finite() && p.deviation > 0.0);
            prop_assert!(p.low < p.mean && p.mean < p.high);
        }
        prop_assert!(found.questions.iter().all(|q| q.lower.is_finite()));
        prop_assert_eq!(found.points.iter().map(|p| p.votes).sum::<usize>(), read.votes());
    }
}
