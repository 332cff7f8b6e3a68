//! Assemblies with known points, read back.

use super::simulated::{Design, World, correlation, simulate};
use tertius_math::ideal_points::{IdealPoints, Options, fit};

struct Recovered {
    /// Of the 90 % intervals.
    coverage: f64,
    /// Pearson within each session, averaged.
    r: f64,
    /// Lowest correlation of a session with the one before.
    lowest_link: f64,
}

/// Over ten assemblies.
fn recover(design: &Design) -> Recovered {
    let (mut inside, mut points, mut rs, mut lowest_link) = (0, 0, Vec::new(), 1.0f64);
    for seed in 0..10 {
        let world = simulate(design, seed);
        let options = Options {
            above: vec![world.far_apart()],
            ..Options::default()
        };
        let found = fit(&world.roll_calls(), &options);
        let truth = world.truth(&found);
        for (p, t) in found.points.iter().zip(&truth) {
            inside += usize::from(p.low <= *t && *t <= p.high);
            points += 1;
        }
        rs.extend(within(&world, &found, &truth));
        let links = found.sessions.iter().filter_map(|s| s.with_previous);
        lowest_link = links.fold(lowest_link, f64::min);
    }
    Recovered {
        coverage: inside as f64 / points as f64,
        r: rs.iter().sum::<f64>() / rs.len() as f64,
        lowest_link,
    }
}

fn within(world: &World, found: &IdealPoints, truth: &[f64]) -> Vec<f64> {
    let of = |s: usize| -> Vec<(f64, f64)> {
        let both = found.points.iter().zip(truth);
        both.filter(|(p, _)| p.session == s as i32)
            .map(|(p, t)| (p.mean, *t))
            .collect()
    };
    (0..world.sessions).map(|s| correlation(&of(s))).collect()
}

/// Positions that move by the variance of the first column between sessions, not by the ¼ of the
/// options, and discriminations with the standard deviation of the second: the model is told neither.
#[test]
fn known_points_are_found_again_and_intervals_cover_them() {
    for (innovation, discrimination, voters, calls_a_session, least_r) in [
        (0.05, 1.0, 100, 60, 0.97),
        (0.25, 1.0, 100, 60, 0.96),
        (0.05, 2.0, 100, 60, 0.97),
        (0.05, 1.0, 50, 30, 0.95),
        (0.05, 1.5, 190, 80, 0.98),
    ] {
        let design = Design {
            voters,
            sessions: 12,
            calls_a_session,
            innovation,
            discrimination,
            absent: 0.1,
        };
        let found = recover(&design);
        println!(
            "FIGURE recovery: {voters} voters, {calls_a_session} roll calls a session, innovation \
             {innovation}, discrimination {discrimination}: r {:.4}, coverage {:.3}, lowest link \
             {:.3}",
            found.r, found.coverage, found.lowest_link
        );
        assert!(found.r > least_r);
        assert!((0.85..=0.95).contains(&found.coverage));
        assert!(found.lowest_link > 0.0);
    }
}
