//! The climb: expectation, maximisation, and leaps that are taken back where they lose.
//!
//! A round goes on from the last steps to where they lead together (Anderson's acceleration, with the check
//! that Henderson and Varadhan 2019 put on it for expectation and maximisation). A leap that would end lower
//! than it began is not taken, so that the objective never falls. The first part of the way is gone over a
//! grid half as fine.

use super::layout::RollCalls;
use super::leap::History;
use super::paths::Walk;
use super::posterior::{Posterior, expected_counts, span};
use super::response::{Response, SLOTS, improve, log_probabilities, stride};
use super::turns::{session_of, signs};
use super::{Ended, Options};
use crate::threads::for_each;
use std::ops::Range;

/// Spread of the first posteriors around their starting positions.
const FIRST_DEVIATION: f64 = 0.3;

/// Starting positions farther out than this are drawn in.
const FARTHEST_START: f64 = 3.0;

/// Newton steps on each question at first; later one a round is enough.
const FIRST_STEPS: usize = 4;

/// A plain step over the coarse grid that gains less than this, in nats a vote, ends the climb there. On such
/// a grid narrow posteriors stick to its points, so that it is left early.
const COARSE: f64 = 1e-3;

/// Where a climb ended.
pub(super) struct Climbed {
    pub(super) items: Vec<Response>,
    pub(super) posterior: Posterior,
    /// ln p(votes, β) after each step.
    pub(super) trace: Vec<f64>,
    pub(super) ended: Ended,
}

/// Climbs from one starting position a voter: over a coarse grid to near the top, and then over the fine one.
pub(super) fn climb(
    calls: &RollCalls,
    coarse: &Walk,
    fine: &Walk,
    start: &[f64],
    options: &Options,
) -> Climbed {
    let centre = |c: &(u32, i32)| start[c.0 as usize].clamp(-FARTHEST_START, FARTHEST_START);
    let centres: Vec<f64> = calls.cells.iter().map(centre).collect();
    let posterior = Posterior::around(&centres, FIRST_DEVIATION, &coarse.grid);
    let items = calls.made.iter().map(|n| Response::flat(*n)).collect();
    let votes = calls.votes() as f64;
    let tolerance = options.tolerance.get() * votes;
    let most = options.most_steps.get();
    let mut climber = Climber::new(calls, coarse, items, posterior, options);
    climber.tabulate();
    climber.maximise(FIRST_STEPS);
    let mut before = vec![climber.expect()];
    loop {
        climber.rounds(&mut before, (COARSE * votes).max(tolerance), most);
        if !climber.turn_back(&mut before) {
            break;
        }
    }
    let posterior = climber.posterior.over_finer(&fine.grid);
    let mut climber = Climber::new(calls, fine, climber.items, posterior, options);
    climber.tabulate();
    let mut trace = vec![climber.expect()];
    let ended = climber.rounds(&mut trace, tolerance, most);
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

impl<'a> Climber<'a> {
    fn new(
        calls: &'a RollCalls,
        walk: &'a Walk,
        items: Vec<Response>,
        posterior: Posterior,
        options: &Options,
    ) -> Self {
        Climber {
            calls,
            walk,
            variance: options.discrimination_variance.get(),
            table: vec![0.0; calls.made.len() * SLOTS * walk.grid.len()],
            scratch: Vec::new(),
            items,
            posterior,
        }
    }

    /// Rounds until a plain step gains less than the tolerance; the trace holds the value where they begin.
    fn rounds(&mut self, trace: &mut Vec<f64>, tolerance: f64, most: u32) -> Ended {
        let mut history = History::default();
        let (mut steps, mut plain) = (0, true);
        loop {
            let value = trace.last().copied().unwrap_or(f64::NEG_INFINITY);
            let before = self.items.clone();
            let leapt = if plain {
                None
            } else {
                self.leap(&before, value, &mut history)
            };
            let reached = leapt.unwrap_or_else(|| {
                self.maximise(1);
                history.remember(&before, &self.items);
                self.expect()
            });
            trace.push(reached);
            steps += 1;
            let last_gain = reached - value;
            // Only a plain step tells how near the top is: a leap may gain little and be far.
            if leapt.is_none() && last_gain < tolerance {
                return Ended::Converged { steps };
            }
            if steps >= most {
                return Ended::StoppedAt { steps, last_gain };
            }
            plain = leapt.is_some() && last_gain < tolerance;
        }
    }

    /// Turns back the sessions that stand turned over against the ones before. Where that loses, nothing is done; the
    /// objective rises with each turn, so that turns come to an end.
    fn turn_back(&mut self, trace: &mut Vec<f64>) -> bool {
        let (calls, grid) = (self.calls, &self.walk.grid);
        let means: Vec<f64> = (0..calls.cells.len())
            .map(|k| self.posterior.mean(k, grid))
            .collect();
        let Some(signs) = signs(calls, &means) else {
            return false;
        };
        let sign = |session: i32| signs.get(&session).copied().unwrap_or(1.0);
        let kept = (self.items.clone(), self.posterior.clone());
        let cells = calls.cells.iter().zip(&means);
        let centres: Vec<f64> = cells.map(|(c, mean)| sign(c.1) * mean).collect();
        for (question, item) in self.items.iter_mut().enumerate() {
            item.discrimination *= session_of(calls, question).map_or(1.0, sign);
        }
        self.posterior = Posterior::around(&centres, FIRST_DEVIATION, grid);
        self.tabulate();
        let reached = self.expect();
        if trace.last().is_none_or(|value| reached > *value) {
            trace.push(reached);
            return true;
        }
        (self.items, self.posterior) = kept;
        self.tabulate();
        self.expect();
        false
    }

    /// Leaps to where the steps so far lead, and tells the value there. Where it would be lower, nothing:
    /// the climber stands as it stood, and has forgotten the steps.
    fn leap(&mut self, before: &[Response], value: f64, history: &mut History) -> Option<f64> {
        self.step();
        history.remember(before, &self.items);
        self.items = history.leap(before, &self.items)?;
        self.tabulate();
        let reached = self.expect();
        if reached >= value {
            return Some(reached);
        }
        *history = History::default();
        self.items.copy_from_slice(before);
        self.tabulate();
        self.expect();
        None
    }

    /// One Newton step of each question, whatever it gains; the table is left as it is.
    fn step(&mut self) {
        let (calls, variance, grid) = (self.calls, self.variance, &self.walk.grid);
        let posterior = &self.posterior;
        let mut jobs: Vec<(&mut Response, &[f64])> = self
            .items
            .iter_mut()
            .zip(self.table.chunks_exact(SLOTS * grid.len()))
            .collect();
        let work = |room: &mut Room, q: usize, (item, table): &mut (&mut Response, &[f64])| {
            let span = span(calls, q, posterior);
            room.resize(SLOTS * span.len());
            expected_counts(calls, q, posterior, &span, &mut room.counts);
            gather(table, &span, &mut room.rows);
            stride(item, &grid.points[span], variance, room);
        };
        for_each(self.walk.threads, &mut jobs, Room::default, work);
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
