//! The matrix of votes, and what is computed from it.

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tertius_math::Share;
use tertius_math::ideal_points::{IdealPointError, RollCalls};
use tertius_math::resampling::Bootstrap;
use tertius_math::similarity::{Distance, Measure, Portfolios, Table, likeness};
use tertius_math::votes::{Choice, Vote, VoteError, VoteMatrix};

fn how(replicates: u32) -> Bootstrap {
    Bootstrap {
        replicates: replicates.try_into().unwrap(),
        covers: Share::NINE_TENTHS,
        seed: 3,
    }
}

fn vote(voter: u32, roll_call: u32, choice: Choice) -> Vote {
    Vote {
        voter,
        roll_call,
        choice,
    }
}

#[test]
fn what_is_no_matrix_is_an_error() {
    let read = |votes: &[Vote]| VoteMatrix::from_votes(2, vec![1, 1], votes).map(|_| ());
    let yes = vote(0, 0, Choice::Yes);
    assert_eq!(read(&[yes, yes]), Ok(()));
    let twice = VoteError::VotedTwice {
        voter: 0,
        roll_call: 0,
    };
    assert_eq!(read(&[yes, vote(0, 0, Choice::Abstain)]), Err(twice));
    let nobody = VoteError::NoSuchVoter { voter: 2 };
    assert_eq!(read(&[vote(2, 0, Choice::Yes)]), Err(nobody));
    let nowhere = VoteError::NoSuchRollCall { roll_call: 2 };
    assert_eq!(read(&[vote(0, 2, Choice::Yes)]), Err(nowhere));
    let matrix = VoteMatrix::from_votes(2, vec![1, 1], &[yes]).unwrap();
    let short = VoteError::Length {
        roll_calls: 2,
        given: 1,
    };
    assert_eq!(matrix.in_periods(vec![5]), Err(short));
    let questions = matrix.roll_calls(Some(&[1])).map(|_| ());
    assert_eq!(questions, Err(IdealPointError::Votes(short)));
    let alike = matrix.roll_calls(None).map(|_| ());
    assert_eq!(alike, Err(IdealPointError::NothingDivides));
    assert_eq!((matrix.get(5, 0), matrix.get(0, 5)), (None, None));
    assert!(VoteMatrix::new(0, vec![1]).assemblies()[0].units.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the order of roll calls, each period holds those who voted in it and their votes.
    #[test]
    fn periods_hold_the_votes_cast_in_them(
        voters in 0usize..7, calls in 0usize..60, cast in 0.0f64..1.0, seed: u64,
    ) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let periods: Vec<i32> = (0..calls).map(|_| rng.random_range(-2..3)).collect();
        let mut votes = Vec::new();
        for voter in 0..voters as u32 {
            for roll_call in 0..calls as u32 {
                if rng.random::<f64>() < cast {
                    votes.push(vote(voter, roll_call, Choice::ALL[rng.random_range(0..3)]));
                }
            }
        }
        let matrix = VoteMatrix::from_votes(voters, periods.clone(), &votes).unwrap();
        let mut by_voter: Vec<Vote> = matrix.votes().collect();
        by_voter.sort_by_key(|v| (v.voter, v.roll_call));
        prop_assert_eq!(&by_voter, &votes);
        let assemblies = matrix.assemblies();
        prop_assert!(assemblies.windows(2).all(|w| w[0].period < w[1].period));
        let mut seen = 0;
        for assembly in &assemblies {
            for (place, unit) in assembly.units.iter().enumerate() {
                let row = assembly.portfolios.row(place);
                prop_assert!(row.iter().any(Option::is_some));
                for (object, choice) in assembly.objects.iter().zip(row) {
                    prop_assert_eq!(periods[*object as usize], assembly.period);
                    let cast = matrix.get(*unit, *object);
                    prop_assert_eq!(choice, cast.map(|c| c as u8));
                    seen += usize::from(cast.is_some());
                }
            }
        }
        prop_assert_eq!(seen, votes.len());
        // Ideal points see the same votes, however they come.
        match (matrix.roll_calls(None), RollCalls::separate(voters, &periods, &votes)) {
            (Ok(a), Ok(b)) => prop_assert_eq!((a.votes(), a.positions()), (b.votes(), b.positions())),
            (a, b) => prop_assert_eq!(a.map(|_| ()), b.map(|_| ())),
        }
        let mut emptied = matrix.clone();
        for v in &votes {
            emptied.set(v.voter, v.roll_call, None).unwrap();
        }
        prop_assert_eq!(emptied, VoteMatrix::new(voters, periods));
    }

    /// One pair at a time and all pairs at once draw the same roll calls.
    #[test]
    fn intervals_of_all_pairs_are_those_of_each(
        units in 0usize..5, objects in 0usize..140, missing in 0.0f64..0.6, seed: u64,
    ) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let cells: Vec<Option<u8>> = (0..units * objects)
            .map(|_| (rng.random::<f64>() > missing).then(|| rng.random_range(0..3)))
            .collect();
        let levels = 3.try_into().unwrap();
        let all = Portfolios::from_fn(levels, units, objects, |u, o| cells[u * objects + o]);
        let measures = [
            Measure::S(Distance::Absolute),
            Measure::Kappa(Distance::Squared),
            Measure::Pi(Distance::Nominal),
            Measure::TauB,
        ];
        let intervals = all.all_intervals(&measures, &how(60));
        let scores = all.all_pairs(&measures);
        prop_assert_eq!(intervals.len(), scores.len());
        for (found, scored) in intervals.iter().zip(scores.iter()) {
            prop_assert_eq!((found.a, found.b, found.shared), (scored.a, scored.b, scored.shared));
            let (a, b) = (all.row(found.a), all.row(found.b));
            for (i, measure) in measures.iter().enumerate() {
                prop_assert_eq!(found.values[i].estimate, scored.values[i]);
                prop_assert_eq!(found.values[i], likeness(levels, &a, &b, *measure, &how(60)));
            }
        }
    }

    /// Weights of all pairs are the weights of each.
    #[test]
    fn weighed_pairs_agree_with_weighed_tables(
        units in 0usize..5, objects in 0usize..140, missing in 0.0f64..0.6, seed: u64,
    ) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let cells: Vec<Option<u8>> = (0..units * objects)
            .map(|_| (rng.random::<f64>() > missing).then(|| rng.random_range(0..4)))
            .collect();
        let odd = [None, Some(f64::NAN), Some(-1.0), Some(0.0)];
        let weights: Vec<Option<f64>> = (0..objects)
            .map(|_| match rng.random_range(0..12) {
                i if i < 4 => odd[i],
                _ => Some(rng.random()),
            })
            .collect();
        let levels = 4.try_into().unwrap();
        let all = Portfolios::from_fn(levels, units, objects, |u, o| cells[u * objects + o]);
        let measures = [
            Measure::S(Distance::Absolute),
            Measure::S(Distance::Squared),
            Measure::Kappa(Distance::Squared),
            Measure::Alignment(Distance::Absolute),
        ];
        for pair in all.all_pairs_weighed(&weights, &measures).iter() {
            let (a, b) = (all.row(pair.a), all.row(pair.b));
            let table = Table::weigh(levels, &a, &b, &weights);
            let both = a.iter().zip(&b).zip(&weights);
            let shared = both.filter(|((a, b), w)| {
                a.is_some() && b.is_some() && w.is_some_and(|w| w >= 0.0)
            });
            prop_assert_eq!(pair.shared as usize, shared.count());
            for (value, measure) in pair.values.iter().zip(&measures) {
                // The same weights added in the same order.
                prop_assert_eq!(*value, table.measure(*measure));
            }
        }
    }
}
