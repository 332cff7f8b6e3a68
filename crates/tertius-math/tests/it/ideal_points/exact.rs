//! Two sessions and a handful of voters, written out a second time by plain quadrature.

use super::simulated::{Design, simulate};
use statrs::distribution::{ContinuousCDF, Normal};
use tertius_math::Positive;
use tertius_math::ideal_points::{Choice, IdealPoints, Options, Question, Vote, fit};

/// The twin's own points, finer than the method's and no multiple of them.
const STEP: f64 = 0.055;
const HALF: i32 = 130;

struct Twin<'a> {
    votes: &'a [Vote],
    /// Session of each roll call: 0 or 1.
    sessions: &'a [i32],
    link: f64,
    gap: f64,
}

/// Parameters of one question in the prior's units.
#[derive(Clone, Copy)]
struct Item {
    beta: f64,
    lower: f64,
    upper: Option<f64>,
}

fn points() -> Vec<f64> {
    (-HALF..=HALF).map(|i| f64::from(i) * STEP).collect()
}

impl Twin<'_> {
    fn probability(&self, item: &Item, choice: Choice, theta: f64) -> f64 {
        let law = Normal::standard();
        let below = |cut: f64| law.cdf(cut - item.beta * theta);
        match (choice, item.upper) {
            (Choice::Yes, _) => below(item.lower),
            (Choice::Abstain, Some(upper)) => below(upper) - below(item.lower),
            (Choice::No, Some(upper)) => 1.0 - below(upper),
            // The tests make no question on which yes or no was wanting.
            (Choice::Abstain, None) => unreachable!(),
            (Choice::No, None) => 1.0 - below(item.lower),
        }
    }

    /// p(θ_1, θ_2, votes) of one voter over all pairs of points, the prior normalised over them too.
    fn joint(&self, voter: u32, items: &[Item]) -> Vec<Vec<f64>> {
        let x = points();
        let like = |session: i32, theta: f64| -> f64 {
            let mine = self
                .votes
                .iter()
                .filter(|v| v.voter == voter && self.sessions[v.roll_call as usize] == session);
            mine.map(|v| self.probability(&items[v.roll_call as usize], v.choice, theta))
                .product()
        };
        let first: Vec<f64> = x.iter().map(|&x| like(0, x)).collect();
        let second: Vec<f64> = x.iter().map(|&x| like(1, x)).collect();
        let prior = |a: f64, b: f64| {
            (-0.5 * (a * a + b * b + (a - b) * (a - b) / (self.link * self.gap))).exp()
        };
        let total: f64 = x.iter().flat_map(|a| x.iter().map(|b| prior(*a, *b))).sum();
        let row = |(a, p): (&f64, &f64)| {
            let cell = |(b, q): (&f64, &f64)| prior(*a, *b) / total * p * q;
            x.iter().zip(&second).map(cell).collect()
        };
        x.iter().zip(&first).map(row).collect()
    }

    fn objective(&self, voters: u32, items: &[Item]) -> f64 {
        let fit: f64 = (0..voters)
            .map(|v| self.joint(v, items).iter().flatten().sum::<f64>().ln())
            .sum();
        fit - 0.5 * items.iter().map(|i| i.beta * i.beta).sum::<f64>()
    }
}

fn items(found: &IdealPoints) -> Vec<Item> {
    let back = |q: &Question| {
        let beta = q.discrimination / found.unit;
        let cut = |c: f64| c + beta * found.centre;
        Item {
            beta,
            lower: cut(q.lower),
            upper: q.upper.map(cut),
        }
    };
    found.questions.iter().map(back).collect()
}

#[test]
fn points_and_likelihood_agree_with_plain_quadrature() {
    let design = Design {
        voters: 6,
        sessions: 2,
        calls_a_session: 4,
        innovation: 0.2,
        discrimination: 1.0,
        absent: 0.1,
    };
    // A seed whose eight roll calls all have a yes and a no.
    let world = (0..)
        .map(|seed| simulate(&design, seed))
        .find(|w| {
            (0..8).all(|r| {
                [Choice::Yes, Choice::No]
                    .iter()
                    .all(|c| w.votes.iter().any(|v| v.roll_call == r && v.choice == *c))
            })
        })
        .unwrap();
    // Three sessions apart, so that the gap enters.
    let sessions: Vec<i32> = world.calls.iter().map(|s| 3 * s).collect();
    let calls =
        tertius_math::ideal_points::RollCalls::separate(6, &sessions, &world.votes).unwrap();
    let options = Options {
        tolerance: Positive::new(1e-13).unwrap(),
        most_steps: 4000.try_into().unwrap(),
        ..Options::default()
    };
    let found = fit(&calls, &options);
    let twin = Twin {
        votes: &world.votes,
        sessions: &world.calls,
        link: 0.25,
        gap: 3.0,
    };
    let items = items(&found);
    let reached = twin.objective(6, &items);
    let told = *found.trace.last().unwrap();
    println!("FIGURE quadrature: objective {told:.10} against {reached:.10}");
    // Posteriors a few tenths wide on points .14 apart: the trapezoid rule is good to 1e-9 and better.
    assert!((told - reached).abs() < 1e-8, "{told} {reached}");
    let x = points();
    for p in &found.points {
        let joint = twin.joint(p.voter, &items);
        let marginal: Vec<f64> = if p.session == 0 {
            joint.iter().map(|row| row.iter().sum()).collect()
        } else {
            (0..x.len())
                .map(|j| joint.iter().map(|row| row[j]).sum())
                .collect()
        };
        let total: f64 = marginal.iter().sum();
        let mean = marginal.iter().zip(&x).map(|(m, x)| m * x).sum::<f64>() / total;
        let squares = marginal.iter().zip(&x).map(|(m, x)| m * (x - mean).powi(2));
        let deviation = (squares.sum::<f64>() / total).sqrt();
        assert!((found.centre + found.unit * p.mean - mean).abs() < 1e-7);
        assert!((found.unit.abs() * p.deviation - deviation).abs() < 1e-7);
        // What a cubic through four logarithms of the density, and the twin's own even spread over
        // its steps, are off by.
        let mut ends = [p.low, p.high].map(|q| found.centre + found.unit * q);
        ends.sort_by(f64::total_cmp);
        for (end, share) in ends.into_iter().zip([0.05, 0.95]) {
            let below: f64 = x
                .iter()
                .zip(&marginal)
                .map(|(x, m)| {
                    // The part of this point's step that lies below the end.
                    m * ((end - x) / STEP + 0.5).clamp(0.0, 1.0)
                })
                .sum();
            assert!((below / total - share).abs() < 0.001, "{}", below / total);
        }
    }
    // Every parameter stands at the top: the slope by central differences is nothing.
    let h = 1e-4;
    for q in 0..items.len() {
        for part in 0..3 {
            if part == 2 && items[q].upper.is_none() {
                continue;
            }
            let moved = |by: f64| {
                let mut items = items.clone();
                match part {
                    0 => items[q].beta += by,
                    1 => items[q].lower += by,
                    _ => items[q].upper = items[q].upper.map(|u| u + by),
                }
                twin.objective(6, &items)
            };
            let slope = (moved(h) - moved(-h)) / (2.0 * h);
            // The climb ended where a step gained under 1e-11; the slope there is of order 1e-5.
            assert!(slope.abs() < 1e-3, "question {q}, part {part}: {slope}");
        }
    }
}
