//! The positions given the roll calls: every voter's path over a grid, forward and backward.
//!
//! ```text
//! p(θ) ∝ Π_t exp(−θ_t²/2) Π_t exp(−(θ_t − θ_{t−1})² / (2 τ² Δ_t))
//! ```
//!
//! The path is a chain over the points of the grid, and the sums of its forward and backward pass are
//! exact for the grid; what the grid itself costs is measured in `docs/methods/ideal-points.md`. Each
//! cell is held to the window in which its posterior lies: where a posterior comes near the edge of
//! its window the whole path is taken again over the full grid.

use super::layout::RollCalls;
use super::posterior::{Grid, Posterior, normalise};
use crate::threads::for_each;
use std::collections::BTreeMap;
use std::ops::Range;

/// Beyond this many standard deviations the link of two sessions is nothing (e^−28).
const LINK_REACH: f64 = 7.5;

/// Mass, relative to the largest, below which a point lies outside the window.
const NOTHING: f64 = 1e-10;

/// Mass, relative to the largest, that may not stand at the edge of a window.
const AT_EDGE: f64 = 1e-8;

/// Points kept around what has mass, so that a posterior has room to move.
const MARGIN: usize = 3;

/// exp(−d²/2τ²Δ) by distance in points, from −reach to +reach.
#[derive(Clone, Debug)]
struct Kernel {
    weights: Vec<f64>,
    reach: usize,
}

impl Kernel {
    fn new(variance: f64, grid: &Grid) -> Self {
        let reach =
            ((LINK_REACH * variance.sqrt() / grid.step).ceil() as usize).min(grid.len() - 1);
        let weight = |i: usize| {
            let d = (i as f64 - reach as f64) * grid.step;
            (-0.5 * d * d / variance).exp()
        };
        Kernel {
            weights: (0..=2 * reach).map(weight).collect(),
            reach,
        }
    }

    /// out(j) = Σ_i x(i) K(j − i) over the windows of both.
    fn spread(&self, x: &[f64], from: &Range<usize>, out: &mut [f64], to: &Range<usize>) {
        out.fill(0.0);
        for (i, &x) in from.clone().zip(x) {
            let low = to.start.max(i.saturating_sub(self.reach));
            let high = to.end.min(i + self.reach + 1);
            if low >= high {
                continue;
            }
            let weights = &self.weights[self.reach + low - i..self.reach + high - i];
            for (o, w) in out[low - to.start..high - to.start].iter_mut().zip(weights) {
                *o += x * w;
            }
        }
    }
}

/// The chain over sessions, fixed once for given roll calls and τ².
#[derive(Clone, Debug)]
pub(super) struct Walk {
    pub(super) grid: Grid,
    kernels: BTreeMap<u32, Kernel>,
    /// ln of what the prior of each path sums to over the grid.
    normaliser: Vec<f64>,
    pub(super) threads: usize,
}

/// Room of one thread.
#[derive(Default)]
struct Room {
    like: Vec<f64>,
    ahead: Vec<f64>,
    weighed: Vec<f64>,
}

struct Job<'a> {
    path: Range<usize>,
    held: bool,
    mass: &'a mut [f64],
    windows: &'a mut [Range<usize>],
    log_likelihood: f64,
}

impl Walk {
    pub(super) fn new(calls: &RollCalls, grid: Grid, link: f64, threads: usize) -> Self {
        let mut kernels = BTreeMap::new();
        let mut normaliser = Vec::with_capacity(calls.paths.len());
        for path in &calls.paths {
            let mut log_determinant = 0.0;
            // Pivots of the tridiagonal precision: 1 on the diagonal from each session, and each link.
            let mut pivot: f64 = 1.0;
            for cell in path.start + 1..path.end {
                let gap = calls.gap(cell);
                let precision = 1.0 / (link * f64::from(gap));
                kernels
                    .entry(gap)
                    .or_insert_with(|| Kernel::new(link * f64::from(gap), &grid));
                pivot += precision;
                log_determinant += pivot.ln();
                pivot = 1.0 + precision - precision * precision / pivot;
            }
            log_determinant += pivot.ln();
            let each = 0.5 * std::f64::consts::TAU.ln() - grid.step.ln();
            normaliser.push(path.len() as f64 * each - 0.5 * log_determinant);
        }
        Walk {
            grid,
            kernels,
            normaliser,
            threads,
        }
    }

    /// The posterior of every position, and ln p(votes), given each row's log probabilities over the
    /// windows. Nothing where a posterior left its window: the windows of its path are then open, and
    /// the table must be filled anew.
    pub(super) fn expect(
        &self,
        calls: &RollCalls,
        table: &[f64],
        posterior: &mut Posterior,
        scratch: &mut Vec<f64>,
    ) -> Option<f64> {
        let g = self.grid.len();
        scratch.resize(calls.cells.len() * g, 0.0);
        let mut by_session: Vec<&mut [f64]> = scratch.chunks_exact_mut(g).collect();
        let windows = &posterior.windows;
        for_each(
            self.threads,
            &mut by_session,
            || (),
            |(), s, out| {
                let window = windows[calls.by_session[s] as usize].clone();
                self.add_votes(calls, s, table, &window, &mut out[..window.len()]);
            },
        );
        let mut jobs = Vec::with_capacity(calls.paths.len());
        let (mut mass, mut windows) = (&mut posterior.mass[..], &mut posterior.windows[..]);
        for path in &calls.paths {
            let (m, rest) = mass.split_at_mut(path.len() * g);
            let (w, others) = windows.split_at_mut(path.len());
            (mass, windows) = (rest, others);
            jobs.push(Job {
                path: path.clone(),
                held: true,
                mass: m,
                windows: w,
                log_likelihood: 0.0,
            });
        }
        let ready = &by_session;
        for_each(self.threads, &mut jobs, Room::default, |room, i, job| {
            room.like.resize(job.path.len() * g, 0.0);
            for (t, k) in job.path.clone().enumerate() {
                let n = job.windows[t].len();
                room.like[t * g..t * g + n].copy_from_slice(&ready[calls.place[k]][..n]);
            }
            job.log_likelihood = self.pass(calls, job, room) - self.normaliser[i];
            job.held = self.holds(job);
            if !job.held {
                job.windows.fill(0..g);
            }
        });
        if !jobs.iter().all(|job| job.held) {
            return None;
        }
        for job in &mut jobs {
            self.narrow(job);
        }
        Some(jobs.iter().map(|j| j.log_likelihood).sum())
    }

    /// −θ²/2 + Σ ln P(vote | θ) of the `s`-th cell in the order of sessions.
    fn add_votes(
        &self,
        calls: &RollCalls,
        s: usize,
        table: &[f64],
        window: &Range<usize>,
        out: &mut [f64],
    ) {
        let g = self.grid.len();
        for (o, x) in out.iter_mut().zip(&self.grid.points[window.clone()]) {
            *o = -0.5 * x * x;
        }
        for &row in calls.rows.group(s) {
            let from = row as usize * g;
            let row = &table[from + window.start..from + window.end];
            for (o, l) in out.iter_mut().zip(row) {
                *o += l;
            }
        }
    }

    /// Forward and backward over one path; returns ln of the sum over all paths of the grid.
    fn pass(&self, calls: &RollCalls, job: &mut Job<'_>, room: &mut Room) -> f64 {
        let g = self.grid.len();
        let Room {
            like,
            ahead,
            weighed,
        } = room;
        let mut total = 0.0;
        for t in 0..job.path.len() {
            let window = job.windows[t].clone();
            let n = window.len();
            let like = &mut like[t * g..t * g + n];
            let top = like.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
            like.iter_mut().for_each(|l| *l = (*l - top).exp());
            let (before, now) = job.mass.split_at_mut(t * g);
            let now = &mut now[window.start..window.end];
            if t == 0 {
                now.copy_from_slice(like);
            } else {
                let last = job.windows[t - 1].clone();
                let kernel = &self.kernels[&calls.gap(job.path.start + t)];
                let from = &before[(t - 1) * g + last.start..(t - 1) * g + last.end];
                kernel.spread(from, &last, now, &window);
                now.iter_mut().zip(&*like).for_each(|(a, l)| *a *= l);
            }
            total += top + normalise(now).ln();
        }
        ahead.resize(g, 0.0);
        weighed.resize(g, 0.0);
        for t in (0..job.path.len().saturating_sub(1)).rev() {
            let next = job.windows[t + 1].clone();
            let n = next.len();
            // `ahead` holds the future of t + 1, and is 1 at the end.
            if t + 2 == job.path.len() {
                ahead[..n].fill(1.0);
            }
            let like = &like[(t + 1) * g..(t + 1) * g + n];
            for ((w, a), l) in weighed.iter_mut().zip(&ahead[..n]).zip(like) {
                *w = a * l;
            }
            normalise(&mut weighed[..n]);
            let window = job.windows[t].clone();
            let kernel = &self.kernels[&calls.gap(job.path.start + t + 1)];
            kernel.spread(&weighed[..n], &next, &mut ahead[..window.len()], &window);
            let now = &mut job.mass[t * g + window.start..t * g + window.end];
            now.iter_mut().zip(&*ahead).for_each(|(a, b)| *a *= b);
            normalise(now);
        }
        total
    }

    /// Whether every posterior of the path lies well within its window.
    fn holds(&self, job: &Job<'_>) -> bool {
        let g = self.grid.len();
        job.windows.iter().enumerate().all(|(t, window)| {
            let mass = &job.mass[t * g + window.start..t * g + window.end];
            let top = mass.iter().fold(0.0f64, |a, &b| a.max(b));
            let fine =
                |edge: Option<&f64>, open: bool| !open || edge.is_some_and(|m| *m <= AT_EDGE * top);
            fine(mass.first(), window.start > 0) && fine(mass.last(), window.end < g)
        })
    }

    fn narrow(&self, job: &mut Job<'_>) {
        let g = self.grid.len();
        for (t, window) in job.windows.iter_mut().enumerate() {
            let mass = &job.mass[t * g + window.start..t * g + window.end];
            let top = mass.iter().fold(0.0f64, |a, &b| a.max(b));
            let has = |m: &f64| *m > NOTHING * top;
            let first = mass.iter().position(has).unwrap_or(0) + window.start;
            let last = mass.iter().rposition(has).unwrap_or(0) + window.start;
            let wider = first.saturating_sub(MARGIN)..(last + 1 + MARGIN).min(g);
            // What is new in the window has not been computed, and has no mass to speak of.
            job.mass[t * g + wider.start..t * g + wider.end.min(window.start).max(wider.start)]
                .fill(0.0);
            job.mass[t * g + wider.start.max(window.end).min(wider.end)..t * g + wider.end]
                .fill(0.0);
            *window = wider;
        }
    }
}
