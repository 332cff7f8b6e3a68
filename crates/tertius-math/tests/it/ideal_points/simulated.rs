//! Roll calls made from known points, and what is read back.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use tertius_math::ideal_points::{Choice, IdealPoints, RollCalls, Vote};

/// An assembly with known positions.
pub(super) struct World {
    pub(super) voters: usize,
    pub(super) sessions: usize,
    /// Shape: sessions × voters.
    pub(super) theta: Vec<f64>,
    pub(super) calls: Vec<i32>,
    pub(super) votes: Vec<Vote>,
}

/// What an assembly is made from.
#[derive(Clone, Copy)]
pub(super) struct Design {
    pub(super) voters: usize,
    pub(super) sessions: usize,
    pub(super) calls_a_session: usize,
    /// Of the innovation from one session to the next, beside a mean reversion that keeps the
    /// population's variance at 1.
    pub(super) innovation: f64,
    /// Standard deviation of discriminations.
    pub(super) discrimination: f64,
    /// Share of votes not cast.
    pub(super) absent: f64,
}

pub(super) fn draw(rng: &mut impl Rng) -> f64 {
    StandardNormal.sample(rng)
}

pub(super) fn simulate(design: &Design, seed: u64) -> World {
    let rng = &mut ChaCha8Rng::seed_from_u64(seed);
    let n = design.voters;
    let keep = (1.0 - design.innovation).sqrt();
    let mut theta: Vec<f64> = (0..n).map(|_| draw(rng)).collect();
    for t in 1..design.sessions {
        for i in 0..n {
            let before = theta[(t - 1) * n + i];
            theta.push(keep * before + design.innovation.sqrt() * draw(rng));
        }
    }
    let (mut calls, mut votes) = (Vec::new(), Vec::new());
    for t in 0..design.sessions {
        for _ in 0..design.calls_a_session {
            let roll_call = calls.len() as u32;
            calls.push(t as i32);
            let beta = design.discrimination * draw(rng);
            let centre = 1.2 * draw(rng);
            let half = 0.4 * rng.random::<f64>();
            for i in 0..n {
                if rng.random::<f64>() < design.absent {
                    continue;
                }
                let z = beta * theta[t * n + i] + draw(rng);
                let choice = if z <= centre - half {
                    Choice::Yes
                } else if z <= centre + half {
                    Choice::Abstain
                } else {
                    Choice::No
                };
                votes.push(Vote {
                    voter: i as u32,
                    roll_call,
                    choice,
                });
            }
        }
    }
    World {
        voters: n,
        sessions: design.sessions,
        theta,
        calls,
        votes,
    }
}

impl World {
    pub(super) fn roll_calls(&self) -> RollCalls {
        RollCalls::separate(self.voters, &self.calls, &self.votes).unwrap()
    }

    /// A pair (higher, lower) far apart in the first session.
    pub(super) fn far_apart(&self) -> (u32, u32) {
        let first = &self.theta[..self.voters];
        let order = |a: &usize, b: &usize| first[*a].total_cmp(&first[*b]);
        let high = (0..self.voters).max_by(order).unwrap();
        let low = (0..self.voters).min_by(order).unwrap();
        (high as u32, low as u32)
    }

    /// True position of each found point, in the units of the answer: mean 0, standard deviation 1
    /// over the points.
    pub(super) fn truth(&self, found: &IdealPoints) -> Vec<f64> {
        let at = |p: &tertius_math::ideal_points::Point| {
            self.theta[p.session as usize * self.voters + p.voter as usize]
        };
        let mut x: Vec<f64> = found.points.iter().map(at).collect();
        let n = x.len() as f64;
        let mean = x.iter().sum::<f64>() / n;
        let sd = (x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
        x.iter_mut().for_each(|x| *x = (*x - mean) / sd);
        x
    }
}

pub(crate) fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let (mx, my) = pairs
        .iter()
        .fold((0.0, 0.0), |s, p| (s.0 + p.0 / n, s.1 + p.1 / n));
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        xy += (x - mx) * (y - my);
        xx += (x - mx).powi(2);
        yy += (y - my).powi(2);
    }
    xy / (xx * yy).sqrt()
}
