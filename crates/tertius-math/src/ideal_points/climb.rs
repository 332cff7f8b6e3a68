//! The climb: expectation, maximisation, and leaps that are taken back where they lose.
//!
//! Every second round leaps along the direction of the last two steps (SQUAREM's scheme S3, Varadhan
//! and Roland 2008). A leap that would end lower than the plain step before it is not taken, so that
//! the objective never falls.

use super::layout::RollCalls;
use super::paths::Walk;
use super::posterior::{Posterior, expected_counts, span};
use super::response::{Response, SLOTS, improve, log_probabilities};
use super::{Ended, Options};
use crate::threads::for_each;
use std::ops::Range;

/// Spread of the first posteriors around their starting positions.
const FIRST_DEVIATION: f64 = 0.3;

/// Starting positions farther out than this are drawn in.
const FARTHEST_START: f64 = 3.0;

/// Newton steps on each question at first; later one a round is enough.
const FIRST_STEPS: usize = 4;

/// By how much the longest leap grows where it was taken in full, and the first such length.
const LEAP_GROWTH: f64 = 4.0;

/// Where a climb ended.
pub(super) struct Climbed {
    pub(super) items: Vec<Response>,
    pub(super) posterior: Posterior,
    /// ln p(votes, β) after each step.
    pub(super) trace: Vec<f64>,
    pub(super) ended: Ended,
}

/// Climbs from one starting position a voter.
pub(super) fn climb(calls: &RollCalls, walk: &Walk, start: &[f64], options: &Options) -> Climbed {
    let centre = |c: &(u32, i32)| start[c.0 as usize].clamp(-FARTHEST_START, FARTHEST_START);
    let centres: Vec<f64> = calls.cells.iter().map(centre).collect();
    let mut climber = Climber {
        calls,
        walk,
        variance: options.discrimination_variance.get(),
        table: vec![0.0; calls.made.len() * SLOTS * walk.grid.len()],
        scratch: Vec::new(),
        items: calls.made.iter().map(|n| Response::flat(*n)).collect(),
        posterior: Posterior::around(&centres, FIRST_DEVIATION, &walk.grid),
    };
    climber.tabulate();
    climber.maximise(FIRST_STEPS);
    let mut trace = vec![climber.expect()];
    let tolerance = options.tolerance.get() * calls.votes() as f64;
    let ended = climber.rounds(&mut trace, tolerance, options.most_steps.get());
    Climbed {
        items: climber.items,
        posterior: climber.posterior,
        trace,
        ended,
    }
}

impl Climbed {
    /// The last value of the trace.
    pub(super) fn reached(&self) -> f64 {
        self.trace.last().copied().unwrap_or(f64::NEG_INFINITY)
    }
}

struct Climber<'a> {
    calls: &'a RollCalls,
    walk: &'a Walk,
    variance: f64,
    /// ln P of each row at each point of its question's span. Shape: questions × 3 × points.
    table: Vec<f64>,
    scratch: Vec<f64>,
    items: Vec<Response>,
    posterior: Posterior,
}

impl Climber<'_> {
    fn rounds(&mut self, trace: &mut Vec<f64>, tolerance: f64, most: u32) -> Ended {
        let mut longest = LEAP_GROWTH;
        let mut value = trace[0];
        let mut steps = 0;
        loop {
            let before = self.items.clone();
            self.maximise(1);
            let stepped = self.expect();
            trace.push(stepped);
            steps += 1;
            // Only a plain step tells how near the top is: a leap may gain little and be far.
            let last_gain = stepped - value;
            if last_gain < tolerance {
                return Ended::Converged { steps };
            }
            if steps >= most {
                return Ended::StoppedAt { steps, last_gain };
            }
            let once = self.items.clone();
            self.maximise(1);
            value = self.leap(&before, &once, stepped, &mut longest);
            trace.push(value);
            steps += 1;
        }
    }

    /// Leaps from `before` along the way through `once` to where the questions now stand; falls back on
    /// where they stand.
    fn leap(
        &mut self,
        before: &[Response],
        once: &[Response],
        stepped: f64,
        longest: &mut f64,
    ) -> f64 {
        let twice = self.items.clone();
        let (mut first, mut bend) = (0.0, 0.0);
        for ((a, b), c) in before.iter().zip(once).zip(&twice) {
            for (r, s) in b.minus(a).into_iter().zip(c.minus(b)) {
                first += r * r;
                bend += (s - r) * (s - r);
            }
        }
        let length = if bend > 0.0 {
            (first / bend).sqrt().clamp(1.0, *longest)
        } else {
            1.0
        };
        for (((a, b), c), item) in before.iter().zip(once).zip(&twice).zip(&mut self.items) {
            let (r, s) = (b.minus(a), c.minus(b));
            let ahead: [f64; 3] =
                std::array::from_fn(|i| 2.0 * length * r[i] + length * length * (s[i] - r[i]));
            *item = a.stepped(ahead, 1.0).unwrap_or(*c);
        }
        self.tabulate();
        let leapt = self.expect();
        if leapt >= stepped {
            if length == *longest {
                *longest *= LEAP_GROWTH;
            }
            return leapt;
        }
        *longest = (length / 2.0).max(2.0);
        self.items = twice;
        self.tabulate();
        self.expect()
    }

    /// Fits each question to the posterior; fills the table.
    fn maximise(&mut self, steps: usize) {
        let (calls, variance, grid) = (self.calls, self.variance, &self.walk.grid);
        let posterior = &self.posterior;
        let mut jobs: Vec<(&mut Response, &mut [f64])> = self
            .items
            .iter_mut()
            .zip(self.table.chunks_exact_mut(SLOTS * grid.len()))
            .collect();
        let work = |room: &mut Room, q: usize, (item, table): &mut (&mut Response, &mut [f64])| {
            let span = span(calls, q, posterior);
            room.resize(SLOTS * span.len());
            expected_counts(calls, q, posterior, &span, &mut room.counts);
            // Where the span has grown since the table was filled there is no mass yet: whatever
            // stands there enters the objective nought times.
            gather(table, &span, &mut room.rows);
            let positions = &grid.points[span.clone()];
            improve(item, positions, variance, steps, room);
            spread(&room.rows, &span, table);
        };
        for_each(self.walk.threads, &mut jobs, Room::default, work);
    }

    /// Fills the table for the questions as they stand.
    fn tabulate(&mut self) {
        let (calls, grid, posterior) = (self.calls, &self.walk.grid, &self.posterior);
        let mut jobs: Vec<(&Response, &mut [f64])> = self
            .items
            .iter()
            .zip(self.table.chunks_exact_mut(SLOTS * grid.len()))
            .collect();
        let work = |rows: &mut Vec<f64>, q: usize, (item, table): &mut (&Response, &mut [f64])| {
            let span = span(calls, q, posterior);
            rows.resize(SLOTS * span.len(), 0.0);
            log_probabilities(item, &grid.points[span.clone()], rows);
            spread(rows, &span, table);
        };
        for_each(self.walk.threads, &mut jobs, Vec::new, work);
    }

    /// The posterior given the table; returns ln p(votes, β).
    fn expect(&mut self) -> f64 {
        let squares: f64 = self.items.iter().map(|i| i.discrimination.powi(2)).sum();
        loop {
            let (table, posterior) = (&self.table, &mut self.posterior);
            let fit = self
                .walk
                .expect(self.calls, table, posterior, &mut self.scratch);
            if let Some(fit) = fit {
                return fit - 0.5 * squares / self.variance;
            }
            self.tabulate();
        }
    }
}

/// Room of one thread for one question. Shape of each: 3 × span.
#[derive(Default)]
pub(super) struct Room {
    pub(super) counts: Vec<f64>,
    pub(super) rows: Vec<f64>,
    pub(super) spare: Vec<f64>,
}

impl Room {
    fn resize(&mut self, n: usize) {
        for buffer in [&mut self.counts, &mut self.rows, &mut self.spare] {
            buffer.resize(n, 0.0);
        }
    }
}

/// Rows over the span from rows over the grid.
fn gather(table: &[f64], span: &Range<usize>, rows: &mut [f64]) {
    let g = table.len() / SLOTS;
    for (row, all) in rows.chunks_exact_mut(span.len()).zip(table.chunks_exact(g)) {
        row.copy_from_slice(&all[span.clone()]);
    }
}

/// Rows over the span into rows over the grid.
fn spread(rows: &[f64], span: &Range<usize>, table: &mut [f64]) {
    let g = table.len() / SLOTS;
    for (row, all) in rows.chunks_exact(span.len()).zip(table.chunks_exact_mut(g)) {
        all[span.clone()].copy_from_slice(row);
    }
}
