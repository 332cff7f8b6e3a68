//! Poisson hidden Markov chains on the earthquake series: a golden from print, maximised here by a
//! quasi-Newton climb that knows nothing of the chain but its likelihood.

use serde::Deserialize;
use statrs::function::gamma::ln_gamma;
use tertius_math::hidden_markov::{Chain, Workspace, filter, stationary};

#[derive(Deserialize)]
struct Golden {
    counts: Vec<f64>,
    mean: f64,
    variance: f64,
    moments_tolerance: f64,
    at_optimum_tolerance: f64,
    at_parameters_tolerance: f64,
    model: Vec<Model>,
}

#[derive(Deserialize)]
struct Model {
    states: usize,
    log_likelihood: f64,
    rates: Option<Vec<f64>>,
    transition: Option<Vec<f64>>,
    stationary: Option<Vec<f64>>,
}

fn golden() -> Golden {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../goldens/zucchini2016/earthquakes.toml"
    );
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn log_likelihood(counts: &[f64], rates: &[f64], transition: &[f64], room: &mut Workspace) -> f64 {
    let table: Vec<f64> = counts
        .iter()
        .flat_map(|&n| {
            rates
                .iter()
                .map(move |l| n * l.ln() - l - ln_gamma(n + 1.0))
        })
        .collect();
    let Ok(initial) = stationary(transition, rates.len()) else {
        return f64::NEG_INFINITY;
    };
    let chain = Chain::new(&initial, transition, &table).unwrap();
    filter(&chain, room).unwrap()
}

/// Log rates, then for each row the logits of leaving against staying.
fn unpack(states: usize, x: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let rates = x[..states].iter().map(|x| x.exp()).collect();
    let mut transition = vec![0.0; states * states];
    let mut rest = x[states..].iter();
    for i in 0..states {
        let row = &mut transition[i * states..(i + 1) * states];
        for (j, p) in row.iter_mut().enumerate() {
            *p = if i == j {
                1.0
            } else {
                rest.next().unwrap().exp()
            };
        }
        let sum: f64 = row.iter().sum();
        row.iter_mut().for_each(|p| *p /= sum);
    }
    (rates, transition)
}

/// Minimises `f` by BFGS with central differences and halving steps.
fn climb_down(f: &mut dyn FnMut(&[f64]) -> f64, start: &[f64]) -> (Vec<f64>, f64) {
    let n = start.len();
    let mut x = start.to_vec();
    let mut value = f(&x);
    let gradient = |f: &mut dyn FnMut(&[f64]) -> f64, x: &[f64]| -> Vec<f64> {
        let mut x = x.to_vec();
        (0..n)
            .map(|i| {
                let (at, h) = (x[i], 1e-5);
                x[i] = at + h;
                let up = f(&x);
                x[i] = at - h;
                let down = f(&x);
                x[i] = at;
                (up - down) / (2.0 * h)
            })
            .collect()
    };
    let identity = || -> Vec<f64> { (0..n * n).map(|i| f64::from(i % (n + 1) == 0)).collect() };
    let mut inverse = identity();
    let mut g = gradient(f, &x);
    for _ in 0..500 {
        let mut step: Vec<f64> = (0..n)
            .map(|i| -(0..n).map(|j| inverse[i * n + j] * g[j]).sum::<f64>())
            .collect();
        let mut slope: f64 = step.iter().zip(&g).map(|(s, g)| s * g).sum();
        if slope >= 0.0 {
            inverse = identity();
            step = g.iter().map(|g| -g).collect();
            slope = -g.iter().map(|g| g * g).sum::<f64>();
        }
        let mut size = 1.0;
        let (new, new_value) = loop {
            let new: Vec<f64> = x.iter().zip(&step).map(|(x, s)| x + size * s).collect();
            let v = f(&new);
            if v <= value + 1e-4 * size * slope || size < 1e-12 {
                break (new, v);
            }
            size /= 2.0;
        };
        let gain = value - new_value;
        let new_g = gradient(f, &new);
        let s: Vec<f64> = new.iter().zip(&x).map(|(a, b)| a - b).collect();
        let y: Vec<f64> = new_g.iter().zip(&g).map(|(a, b)| a - b).collect();
        let sy: f64 = s.iter().zip(&y).map(|(s, y)| s * y).sum();
        if sy > 1e-12 {
            let hy: Vec<f64> = (0..n)
                .map(|i| (0..n).map(|j| inverse[i * n + j] * y[j]).sum())
                .collect();
            let yhy: f64 = hy.iter().zip(&y).map(|(h, y)| h * y).sum();
            for i in 0..n {
                for j in 0..n {
                    inverse[i * n + j] +=
                        (1.0 + yhy / sy) * s[i] * s[j] / sy - (hy[i] * s[j] + s[i] * hy[j]) / sy;
                }
            }
        }
        (x, value, g) = (new, new_value, new_g);
        if gain.abs() < 1e-9 {
            break;
        }
    }
    (x, value)
}

#[test]
fn the_series_has_the_printed_moments() {
    let golden = golden();
    let n = golden.counts.len() as f64;
    let mean = golden.counts.iter().sum::<f64>() / n;
    let squares: f64 = golden.counts.iter().map(|c| (c - mean).powi(2)).sum();
    assert_eq!(golden.counts.len(), 107);
    assert!((mean - golden.mean).abs() <= golden.moments_tolerance);
    assert!((squares / (n - 1.0) - golden.variance).abs() <= golden.moments_tolerance);
}

#[test]
fn likelihoods_at_the_printed_parameters() {
    let golden = golden();
    let mut room = Workspace::new();
    for model in &golden.model {
        let (Some(rates), Some(transition)) = (&model.rates, &model.transition) else {
            continue;
        };
        // Printed rows miss 1 by a unit of the last digit.
        let transition: Vec<f64> = transition
            .chunks(model.states)
            .flat_map(|row| row.iter().map(|p| p / row.iter().sum::<f64>()))
            .collect();
        let found = log_likelihood(&golden.counts, rates, &transition, &mut room);
        assert!(
            (found - model.log_likelihood).abs() <= golden.at_parameters_tolerance,
            "{} states: {found}",
            model.states
        );
        if let Some(law) = &model.stationary {
            for (a, b) in law
                .iter()
                .zip(&stationary(&transition, model.states).unwrap())
            {
                // Four decimals of the transition, times a mean stay of about twenty years.
                assert!((a - b).abs() <= 2e-3, "{a} {b}");
            }
        }
    }
}

#[test]
fn the_highest_likelihoods_of_one_to_four_states() {
    let golden = golden();
    let mut room = Workspace::new();
    let mut sorted = golden.counts.clone();
    sorted.sort_by(f64::total_cmp);
    for model in &golden.model {
        let m = model.states;
        let mut best = f64::NEG_INFINITY;
        // Starts: quantiles of the counts, spells of 10 or 3 years.
        for leave in [0.1f64, 0.3] {
            let rates = (0..m).map(|i| sorted[(2 * i + 1) * sorted.len() / (2 * m)].ln());
            let off = (leave / (m.max(2) - 1) as f64 / (1.0 - leave)).ln();
            let start: Vec<f64> = rates.chain((0..m * (m - 1)).map(|_| off)).collect();
            let mut minus = |x: &[f64]| {
                let (rates, transition) = unpack(m, x);
                -log_likelihood(&golden.counts, &rates, &transition, &mut room)
            };
            best = best.max(-climb_down(&mut minus, &start).1);
        }
        println!("{m} states: {best:.4}, printed {:.4}", model.log_likelihood);
        assert!(
            (best - model.log_likelihood).abs() <= golden.at_optimum_tolerance,
            "{m} states: {best}"
        );
    }
}
