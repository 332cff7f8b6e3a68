//! Likeness of all pairs and ideal points on made-up assemblies: cost is linear in votes.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::hint::black_box;
use std::num::NonZeroU32;
use tertius_math::Positive;
use tertius_math::ideal_points::{Options, fit};
use tertius_math::similarity::{Distance, Measure};
use tertius_math::votes::{Choice, Vote, VoteMatrix};

const VOTERS: usize = 150;
const CALLS_A_SESSION: usize = 80;

/// An assembly on one dimension.
fn votes(sessions: usize) -> VoteMatrix {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let stands: Vec<f64> = (0..VOTERS)
        .map(|_| 4.0 * rng.random::<f64>() - 2.0)
        .collect();
    let calls = sessions * CALLS_A_SESSION;
    let mut votes = Vec::with_capacity(calls * VOTERS);
    for roll_call in 0..calls as u32 {
        let (slope, cut) = (
            4.0 * rng.random::<f64>() - 2.0,
            2.0 * rng.random::<f64>() - 1.0,
        );
        for (voter, x) in (0u32..).zip(&stands) {
            let z = slope * x + 3.0 * (rng.random::<f64>() - 0.5);
            let choice = match z {
                z if z < cut - 0.3 => Choice::Yes,
                z if z < cut + 0.3 => Choice::Abstain,
                _ => Choice::No,
            };
            votes.push(Vote {
                voter,
                roll_call,
                choice,
            });
        }
    }
    let sessions = (0..calls).map(|c| (c / CALLS_A_SESSION) as i32).collect();
    VoteMatrix::from_votes(VOTERS, sessions, &votes).expect("votes")
}

fn likeness(c: &mut Criterion) {
    let measures = [
        Measure::S(Distance::Absolute),
        Measure::Kappa(Distance::Squared),
        Measure::Pi(Distance::Nominal),
    ];
    let mut group = c.benchmark_group("similarity");
    group.sample_size(10);
    for sessions in [5usize, 15, 45] {
        let matrix = votes(sessions);
        group.throughput(Throughput::Elements(matrix.votes().count() as u64));
        group.bench_function(BenchmarkId::new("all_pairs", sessions), |b| {
            b.iter(|| {
                let assemblies = black_box(&matrix).assemblies();
                let scores = assemblies.iter().map(|a| a.portfolios.all_pairs(&measures));
                scores.map(|s| s.len()).sum::<usize>()
            });
        });
    }
    group.finish();
}

/// Twenty steps each: how many a climb takes depends on the votes, what a step costs does not.
fn points(c: &mut Criterion) {
    let options = Options {
        above: vec![(0, 1)],
        most_steps: NonZeroU32::new(20).expect("not nought"),
        tolerance: Positive::new(1e-300).expect("above nought"),
        ..Options::default()
    };
    let mut group = c.benchmark_group("ideal_points");
    group.sample_size(10);
    for sessions in [5usize, 15, 45] {
        let matrix = votes(sessions);
        group.throughput(Throughput::Elements(matrix.votes().count() as u64));
        group.bench_function(BenchmarkId::new("twenty_steps", sessions), |b| {
            b.iter(|| {
                let calls = black_box(&matrix).roll_calls(None).expect("divided");
                fit(&calls, &options).points.len()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, likeness, points);
criterion_main!(benches);
