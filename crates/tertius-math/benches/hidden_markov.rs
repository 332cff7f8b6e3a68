//! Forward-backward on sixteen states at 10², 10³ and 10⁴ months; linear in months.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::hint::black_box;
use tertius_math::hidden_markov::{Chain, Workspace, draw_path, filter, smooth};

fn passes(c: &mut Criterion) {
    let states = 16;
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let initial = vec![1.0 / 16.0; states];
    let transition: Vec<f64> = (0..states * states)
        .map(|i| if i % 17 == 0 { 0.85 } else { 0.01 })
        .collect();
    let mut group = c.benchmark_group("hidden_markov");
    group.sample_size(30);
    for months in [100usize, 1_000, 10_000] {
        let table: Vec<f64> = (0..months * states)
            .map(|_| -8.0 * rng.random::<f64>())
            .collect();
        let chain = Chain::new(&initial, &transition, &table).expect("laws");
        let mut room = Workspace::new();
        group.throughput(Throughput::Elements(months as u64));
        group.bench_function(BenchmarkId::new("smooth", months), |b| {
            b.iter(|| smooth(black_box(&chain), &mut room));
        });
        group.bench_function(BenchmarkId::new("filter", months), |b| {
            b.iter(|| filter(black_box(&chain), &mut room));
        });
        let mut path = Vec::new();
        group.bench_function(BenchmarkId::new("draw_path", months), |b| {
            b.iter(|| draw_path(black_box(&room), &mut rng, &mut path));
        });
    }
    group.finish();
}

criterion_group!(benches, passes);
criterion_main!(benches);
