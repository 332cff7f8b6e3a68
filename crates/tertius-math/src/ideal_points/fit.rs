//! From roll calls to points: starts, sign, scale and what is told of them.

use super::climb::{Climbed, climb};
use super::layout::RollCalls;
use super::paths::Walk;
use super::posterior::Grid;
use super::response::Response;
use super::start::{anywhere, disturbed, principal_direction};
use super::{Ended, Options};
use crate::threads::cores;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::num::NonZeroUsize;

/// What an interval leaves out on either side.
const TAIL: f64 = 0.05;

/// Where one voter stood in one session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Which voter.
    pub voter: u32,
    /// Which session.
    pub session: i32,
    /// Posterior mean.
    pub mean: f64,
    /// Posterior standard deviation, given the questions.
    pub deviation: f64,
    /// The posterior's 5 % point.
    pub low: f64,
    /// The posterior's 95 % point.
    pub high: f64,
    /// Votes on questions that divided.
    pub votes: usize,
}

/// How one question was answered, in the units of the points: P(≤ yes) = Φ(lower − discrimination θ),
/// P(≤ abstention) = Φ(upper − discrimination θ).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// The number that the caller gave.
    pub question: u32,
    /// β, above 0 where those who stand high vote no.
    pub discrimination: f64,
    /// The cut above the lowest choice that was made.
    pub lower: f64,
    /// The cut below the highest choice that was made; nothing where only two choices were.
    pub upper: Option<f64>,
}

/// One session as a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Session {
    /// Which.
    pub session: i32,
    /// Points in it.
    pub points: usize,
    /// Votes on questions that divided.
    pub votes: usize,
    /// Mean of its points.
    pub mean: f64,
    /// Standard deviation of its points.
    pub deviation: f64,
    /// Pearson correlation with the session before over the voters of both: below 0 the dimension
    /// has turned over in between. Nothing in the first session, with fewer than three voters in
    /// both, or where they all stand at one point.
    pub with_previous: Option<f64>,
}

/// One climb.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Start {
    /// ln p(votes, β) at its end, in nats.
    pub objective: f64,
    /// Correlation of its points with those of the answer, whatever the sign.
    pub agreement: f64,
    /// How it ended.
    pub ended: Ended,
}

/// Climbs whose points correlate at least this much found one answer: published releases of one series
/// of points correlate at .991.
pub const ONE_ANSWER: f64 = 0.99;

/// A top this many nats below another is no answer beside it: the other is twenty times as likely.
pub const AS_HIGH: f64 = 3.0;

/// What climbs from other starts found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// There was one climb: nothing is known of others.
    Untried,
    /// All ended at the same points, by [`ONE_ANSWER`].
    Agree,
    /// Some ended at other points, and all of these lower: tops below the one that is told.
    Lower {
        /// How many.
        climbs: usize,
        /// How far below the best of them ended, in nats; at least [`AS_HIGH`].
        by: f64,
    },
    /// Some ended at other points as high: the points hang on where the climb began.
    Differ {
        /// How many.
        climbs: usize,
    },
}

/// How the sign was fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// No pair stood in one session: either sign would do.
    Arbitrary,
    /// By the pairs.
    Anchored {
        /// Sessions of pairs in which both had a point.
        seen: usize,
        /// Those in which the pair stood as it should.
        agreeing: usize,
    },
}

/// Points, and how they were come by.
#[derive(Clone, Debug, PartialEq)]
pub struct IdealPoints {
    /// By voter, then session.
    pub points: Vec<Point>,
    /// In the order of their numbers; those that divided nobody are left out.
    pub questions: Vec<Question>,
    /// In order.
    pub sessions: Vec<Session>,
    /// How the sign was fixed.
    pub orientation: Orientation,
    /// How the climb to the answer ended.
    pub ended: Ended,
    /// ln p(votes, β), in nats, after each step of that climb over the fine grid.
    pub trace: Vec<f64>,
    /// Every climb, in order.
    pub starts: Vec<Start>,
    /// Where the answer's 0 lies, in units of the prior.
    pub centre: f64,
    /// One unit of the answer, in units of the prior: a point x is θ = centre + unit · x. Below 0
    /// where the pairs turned the dimension over.
    pub unit: f64,
}

impl IdealPoints {
    /// Whether climbs from other starts ended at the same points.
    pub fn verdict(&self) -> Verdict {
        let top = self.trace.last().copied().unwrap_or(f64::NEG_INFINITY);
        let elsewhere = self.starts.iter().filter(|s| s.agreement < ONE_ANSWER);
        let below: Vec<f64> = elsewhere.map(|s| top - s.objective).collect();
        let by = below.iter().copied().fold(f64::INFINITY, f64::min);
        match below.len() {
            0 if self.starts.len() < 2 => Verdict::Untried,
            0 => Verdict::Agree,
            climbs if by >= AS_HIGH => Verdict::Lower { climbs, by },
            _ => Verdict::Differ {
                climbs: below.iter().filter(|b| **b < AS_HIGH).count(),
            },
        }
    }
}

/// Finds the points.
///
/// ```
/// use tertius_math::ideal_points::{Choice, Options, RollCalls, Vote, fit};
/// // Three voters, six roll calls in one session: 0 and 2 are always opposed.
/// let votes: Vec<Vote> = (0..6)
///     .flat_map(|roll_call| {
///         let middle = if roll_call < 3 { Choice::Yes } else { Choice::No };
///         let choices = [Choice::Yes, middle, Choice::No];
///         (0..3).map(move |voter| Vote { voter, roll_call, choice: choices[voter as usize] })
///     })
///     .collect();
/// let calls = RollCalls::separate(3, &[1; 6], &votes).unwrap();
/// let options = Options { above: vec![(2, 0)], ..Options::default() };
/// let found = fit(&calls, &options);
/// let means: Vec<f64> = found.points.iter().map(|p| p.mean).collect();
/// assert!(means[0] < means[1] && means[1] < means[2]);
/// ```
pub fn fit(calls: &RollCalls, options: &Options) -> IdealPoints {
    let threads = options.threads.map_or_else(cores, NonZeroUsize::get);
    let walk = |grid| Walk::new(calls, grid, options.link_variance.get(), threads);
    let (coarse, walk) = (walk(Grid::coarse()), walk(Grid::fine()));
    let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
    let direction = principal_direction(calls, &mut rng);
    let run = |start: &[f64]| {
        let climbed = climb(calls, &coarse, &walk, start, options);
        let cells = 0..calls.cells.len();
        let means: Vec<f64> = cells
            .map(|k| climbed.posterior.mean(k, &walk.grid))
            .collect();
        (climbed, means)
    };
    let (mut best, mut means) = run(&direction);
    let mut ends = vec![(best.reached(), best.ended, means.clone())];
    for start in 1..options.starts.get() {
        let (climbed, found) = run(&if start % 2 == 1 {
            anywhere(calls, &mut rng)
        } else {
            disturbed(calls, &direction, &mut rng)
        });
        ends.push((climbed.reached(), climbed.ended, found.clone()));
        if climbed.reached() > best.reached() {
            (best, means) = (climbed, found);
        }
    }
    let starts = ends
        .into_iter()
        .map(|(objective, ended, found)| Start {
            objective,
            agreement: correlation(found.iter().zip(&means)).map_or(0.0, f64::abs),
            ended,
        })
        .collect();
    let scale = Scale::new(calls, &means, &options.above);
    IdealPoints {
        points: points(calls, &walk, &best, &scale),
        questions: questions(calls, &best, &scale),
        sessions: sessions(calls, &means, &scale),
        orientation: scale.orientation,
        ended: best.ended,
        trace: best.trace,
        starts,
        centre: scale.centre,
        unit: scale.unit,
    }
}

/// From the prior's units to the answer's: x = (θ − centre) / unit.
struct Scale {
    centre: f64,
    unit: f64,
    orientation: Orientation,
}

impl Scale {
    fn new(calls: &RollCalls, means: &[f64], above: &[(u32, u32)]) -> Self {
        let n = means.len() as f64;
        let centre = means.iter().sum::<f64>() / n;
        let variance = means.iter().map(|m| (m - centre).powi(2)).sum::<f64>() / n;
        let unit = if variance > 0.0 { variance.sqrt() } else { 1.0 };
        let mut distance = 0.0;
        let mut gaps = Vec::new();
        for &(higher, lower) in above {
            let stands = |voter: u32| {
                let first = calls.cells.partition_point(|c| c.0 < voter);
                let of = move |(c, m): (&(u32, i32), &f64)| (c.0 == voter).then_some((c.1, *m));
                calls.cells[first..]
                    .iter()
                    .zip(&means[first..])
                    .map_while(of)
            };
            for (session, high) in stands(higher) {
                if let Some((_, low)) = stands(lower).find(|(s, _)| *s == session) {
                    distance += high - low;
                    gaps.push(high - low);
                }
            }
        }
        let sign = if distance < 0.0 { -1.0 } else { 1.0 };
        let orientation = if gaps.is_empty() {
            Orientation::Arbitrary
        } else {
            Orientation::Anchored {
                seen: gaps.len(),
                agreeing: gaps.iter().filter(|g| **g * sign > 0.0).count(),
            }
        };
        Scale {
            centre,
            unit: sign * unit,
            orientation,
        }
    }

    fn place(&self, theta: f64) -> f64 {
        (theta - self.centre) / self.unit
    }
}

fn points(calls: &RollCalls, walk: &Walk, best: &Climbed, scale: &Scale) -> Vec<Point> {
    let grid = &walk.grid;
    let point = |(k, &(voter, session)): (usize, &(u32, i32))| {
        let posterior = &best.posterior;
        let ends = posterior.quantiles(k, [TAIL, 1.0 - TAIL], grid);
        let ends = ends.map(|theta| scale.place(theta));
        Point {
            voter,
            session,
            mean: scale.place(posterior.mean(k, grid)),
            deviation: posterior.deviation(k, grid) / scale.unit.abs(),
            low: ends[0].min(ends[1]),
            high: ends[0].max(ends[1]),
            votes: calls.rows.group(calls.place[k]).len(),
        }
    };
    calls.cells.iter().enumerate().map(point).collect()
}

fn questions(calls: &RollCalls, best: &Climbed, scale: &Scale) -> Vec<Question> {
    let question = |(item, &question): (&Response, &u32)| Question {
        question,
        discrimination: item.discrimination * scale.unit,
        lower: item.lower - item.discrimination * scale.centre,
        upper: item
            .ternary
            .then_some(item.upper - item.discrimination * scale.centre),
    };
    best.items
        .iter()
        .zip(&calls.numbers)
        .map(question)
        .collect()
}

fn sessions(calls: &RollCalls, means: &[f64], scale: &Scale) -> Vec<Session> {
    let mut found = Vec::new();
    let mut before: Vec<(u32, f64)> = Vec::new();
    let in_order = |a: &u32, b: &u32| calls.cells[*a as usize].1 == calls.cells[*b as usize].1;
    for cells in calls.by_session.chunk_by(in_order) {
        let now: Vec<(u32, f64)> = cells
            .iter()
            .map(|&k| (calls.cells[k as usize].0, scale.place(means[k as usize])))
            .collect();
        let both = now.iter().filter_map(|(voter, x)| {
            let at = before.binary_search_by_key(voter, |b| b.0).ok()?;
            Some((*x, before[at].1))
        });
        let both: Vec<(f64, f64)> = both.collect();
        let with_previous = if both.len() < 3 {
            None
        } else {
            correlation(both.iter().map(|(x, y)| (x, y)))
        };
        let n = now.len() as f64;
        let mean = now.iter().map(|x| x.1).sum::<f64>() / n;
        let variance = now.iter().map(|x| (x.1 - mean).powi(2)).sum::<f64>() / n;
        let votes = |k: &u32| calls.rows.group(calls.place[*k as usize]).len();
        found.push(Session {
            session: calls.cells[cells[0] as usize].1,
            points: now.len(),
            votes: cells.iter().map(votes).sum(),
            mean,
            deviation: variance.sqrt(),
            with_previous,
        });
        before = now;
    }
    found
}

/// Pearson's; nothing where either side does not vary.
fn correlation<'a>(pairs: impl Iterator<Item = (&'a f64, &'a f64)> + Clone) -> Option<f64> {
    let n = pairs.clone().count() as f64;
    let (sx, sy) = pairs
        .clone()
        .fold((0.0, 0.0), |s, (x, y)| (s.0 + x, s.1 + y));
    let (mx, my) = (sx / n, sy / n);
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        xy += (x - mx) * (y - my);
        xx += (x - mx) * (x - mx);
        yy += (y - my) * (y - my);
    }
    let scale = (xx * yy).sqrt();
    (scale > 0.0).then(|| xy / scale)
}
