//! Filter, smoother and draws against the Nile and against dense matrices.

mod twin;

use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;
use tertius_math::state_space::{
    Initial, Model, Move, Observation, Square, StateSpaceError, draw, filter, running_sums, smooth,
};
use twin::{apart, dense, random};

#[derive(Deserialize)]
struct Nile {
    flow: Vec<f64>,
    tolerance: f64,
    log_likelihood_tolerance: f64,
    at: Vec<At>,
}

#[derive(Deserialize)]
struct At {
    observation_variance: f64,
    level_variance: f64,
    log_likelihood: f64,
    first_filtered: f64,
    first_filtered_variance: f64,
    last_smoothed: f64,
    last_smoothed_variance: f64,
}

#[test]
fn the_nile() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../goldens/durbin2012/nile.toml"
    );
    let nile: Nile = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    for at in &nile.at {
        against_print(&nile, at);
    }
}

fn against_print(nile: &Nile, at: &At) {
    let moves = [Move {
        transition: Square::identity(1),
        noise: Square::diagonal(&[at.level_variance]),
    }];
    let see = |&value: &f64| {
        vec![Observation {
            loads: vec![1.0],
            variance: at.observation_variance,
            value,
        }]
    };
    let steps: Vec<_> = nile.flow.iter().map(see).collect();
    let (initial, which) = (Initial::diffuse(1), vec![0; steps.len() - 1]);
    let model = Model::new(&initial, &moves, &which, &steps).unwrap();
    let filtered = filter(&model).unwrap();
    let smoothed = smooth(&model).unwrap();
    let first = filtered.states[0].as_ref().unwrap();
    let last = smoothed.states.last().unwrap();
    assert_eq!(filtered.observations, 100);
    for (found, printed, tolerance) in [
        (
            filtered.log_likelihood,
            at.log_likelihood,
            nile.log_likelihood_tolerance,
        ),
        (first.mean[0], at.first_filtered, nile.tolerance),
        (
            first.covariance.at(0, 0),
            at.first_filtered_variance,
            nile.tolerance,
        ),
        (last.mean[0], at.last_smoothed, nile.tolerance),
        (
            last.covariance.at(0, 0),
            at.last_smoothed_variance,
            nile.tolerance,
        ),
    ] {
        assert!((found - printed).abs() <= tolerance, "{found} {printed}");
    }
}

/// Inverting the twin's matrices, with condition numbers to 1e5 or so, costs it five digits.
const TWIN: f64 = 1e-9;

#[track_caller]
fn close(a: f64, b: f64) {
    assert!(
        (a - b).abs() <= TWIN * (1.0 + a.abs().max(b.abs())),
        "{a} {b}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn filter_and_smoother_agree_with_dense_conditioning(
        m in 1usize..4, t in 1usize..7, diffuse in 0usize..4, seed: u64,
    ) {
        let parts = random(m, t, diffuse, seed);
        prop_assume!(apart(&parts.initial.diffuse));
        let model = parts.model();
        let (mean, covariance, log_likelihood) = dense(&parts, t);
        // Where the first step hardly sees a direction, both lose digits, even if later ones see it well; such
        // draws say nothing.
        let first = dense(&parts, 1).1;
        prop_assume!(first.iter().flatten().all(|x| x.abs() < 1e4));
        let filtered = filter(&model).unwrap();
        close(filtered.log_likelihood, log_likelihood);
        let smoothed = smooth(&model).unwrap();
        for (s, state) in smoothed.states.iter().enumerate() {
            for i in 0..m {
                close(state.mean[i], mean[s * m + i]);
                for j in 0..m {
                    close(state.covariance.at(i, j), covariance[s * m + i][s * m + j]);
                }
            }
        }
        for upto in 1..=t {
            let (mean, covariance, _) = dense(&parts, upto);
            let state = filtered.states[upto - 1].as_ref().unwrap();
            for i in 0..m {
                close(state.mean[i], mean[(upto - 1) * m + i]);
                for j in 0..m {
                    let dense = covariance[(upto - 1) * m + i][(upto - 1) * m + j];
                    close(state.covariance.at(i, j), dense);
                }
            }
        }
    }
}

#[test]
fn draws_have_the_smoother_s_mean_and_covariance() {
    let parts = random(2, 5, 1, 11);
    let model = parts.model();
    let smoothed = smooth(&model).unwrap();
    let n = 20_000;
    let paths = draw(&model, n, &mut ChaCha8Rng::seed_from_u64(5)).unwrap();
    let (mean, covariance, _) = dense(&parts, 5);
    for a in 0..10 {
        let at = |path: &Vec<Vec<f64>>, a: usize| path[a / 2][a % 2];
        let centre = paths.iter().map(|p| at(p, a)).sum::<f64>() / n as f64;
        let spread = covariance[a][a].sqrt();
        // Five standard errors of a mean of 20,000.
        assert!((centre - smoothed.states[a / 2].mean[a % 2]).abs() < 5.0 * spread / 141.0);
        for b in 0..=a {
            let product = |p: &Vec<Vec<f64>>| (at(p, a) - mean[a]) * (at(p, b) - mean[b]);
            let found = paths.iter().map(product).sum::<f64>() / n as f64;
            // A product of two normals has a standard deviation of at most √2 times both of theirs.
            let bound = 5.0 * 1.42 * spread * covariance[b][b].sqrt() / 141.0;
            assert!((found - covariance[a][b]).abs() < bound, "{a} {b}");
        }
    }
}

#[test]
fn a_year_s_mean_is_the_mean_of_its_months() {
    // Twelve months of a random walk, known by the year's mean alone, without error.
    let walk = Move {
        transition: Square::identity(1),
        noise: Square::diagonal(&[0.5]),
    };
    let begins: Vec<bool> = (0..24).map(|t| t % 12 == 0).collect();
    let sums = running_sums(&walk, &begins);
    let steps: Vec<Vec<Observation>> = (0..24)
        .map(|t| {
            let n = sums.summed[t] as f64;
            let year = Observation {
                loads: vec![0.0, 1.0 / n],
                variance: 0.0,
                value: if t < 12 { 2.0 } else { -1.0 },
            };
            if t % 12 == 11 { vec![year] } else { vec![] }
        })
        .collect();
    let initial = sums.start(&Initial::diffuse(1));
    let model = Model::new(&initial, &sums.moves, &sums.which, &steps).unwrap();
    let found = smooth(&model).unwrap();
    for (year, value) in [2.0, -1.0].into_iter().enumerate() {
        let months = &found.states[12 * year..12 * year + 12];
        let mean = months.iter().map(|s| s.mean[0]).sum::<f64>() / 12.0;
        assert!((mean - value).abs() < 1e-9, "{mean}");
    }
    // By symmetry the two years mirror each other about the mean of their values.
    for t in 0..24 {
        let pair = found.states[t].mean[0] + found.states[23 - t].mean[0];
        assert!((pair - 1.0).abs() < 1e-9);
    }
}

#[test]
fn what_is_not_known_is_not_told() {
    let moves = [Move {
        transition: Square::identity(2),
        noise: Square::diagonal(&[1.0, 1.0]),
    }];
    let see = |loads: [f64; 2], variance, value| Observation {
        loads: loads.to_vec(),
        variance,
        value,
    };
    let initial = Initial::diffuse(2);
    // Only the first state is ever seen.
    let steps = [
        vec![see([1.0, 0.0], 1.0, 3.0)],
        vec![see([1.0, 0.0], 1.0, 4.0)],
    ];
    let model = Model::new(&initial, &moves, &[0], &steps).unwrap();
    assert_eq!(filter(&model), Err(StateSpaceError::Unidentified));
    assert_eq!(smooth(&model), Err(StateSpaceError::Unidentified));
    // Seen in the second step only: the filter knows nothing after the first.
    let steps = [
        vec![],
        vec![see([1.0, 0.0], 1.0, 3.0), see([1.0, 1.0], 1.0, 3.0)],
    ];
    let model = Model::new(&initial, &moves, &[0], &steps).unwrap();
    let found = filter(&model).unwrap();
    assert_eq!(found.states[0], None);
    let second = found.states[1].as_ref().unwrap();
    assert!((second.mean[0] - 3.0).abs() < 1e-12 && second.mean[1].abs() < 1e-12);
    // The same thing seen twice without error is one thing; two different things cannot be.
    let twice = [
        see([1.0, 0.0], 0.0, 3.0),
        see([1.0, 0.0], 0.0, 3.0),
        see([0.0, 1.0], 1.0, 0.0),
    ];
    let steps = [twice.to_vec(), vec![]];
    let model = Model::new(&initial, &moves, &[0], &steps).unwrap();
    assert_eq!(filter(&model).unwrap().observations, 2);
    let mut steps = steps;
    steps[0][1].value = 3.5;
    let model = Model::new(&initial, &moves, &[0], &steps).unwrap();
    assert_eq!(filter(&model), Err(StateSpaceError::Impossible { step: 0 }));
}

#[test]
fn shapes_are_checked() {
    let moves = [Move {
        transition: Square::identity(1),
        noise: Square::diagonal(&[-1.0]),
    }];
    let initial = Initial::diffuse(1);
    let steps = [vec![], vec![]];
    assert!(matches!(
        Model::new(&initial, &moves, &[0], &steps),
        Err(StateSpaceError::NotANumber { what: "noise", .. })
    ));
    let moves = [Move {
        transition: Square::identity(1),
        noise: Square::diagonal(&[1.0]),
    }];
    for which in [vec![], vec![1], vec![0, 0]] {
        assert!(Model::new(&initial, &moves, &which, &steps).is_err());
    }
    assert!(Model::new(&initial, &moves, &[], &[]).is_err());
    assert!(Square::new(vec![1.0, 2.0]).is_err());
    assert!(Square::new(vec![f64::NAN]).is_err());
}
