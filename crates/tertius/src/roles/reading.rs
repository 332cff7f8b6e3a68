//! The reading: probabilities of roles and role sets by month, with bands, and how far to trust them.

use tertius_math::hidden_markov::HiddenMarkovError;

use super::evidence::{ActEvidence, Evidence};
use super::gibbs::{ChainDraws, Start, marginals, run};
use super::options::{FAST_SWEEPS, ReaderOptions};
use super::parameters::{Coordinate, Parameters, Priors};
use super::threads::in_threads;
use crate::vocabulary::{Effect, Role, RoleSet};

/// A reading of a record.
#[derive(Clone, Debug)]
pub struct Reading {
    /// p(z_t | y), parameters integrated. Shape: months × sets, rows sum to 1.
    pub sets: Vec<f64>,
    /// p(role on at t | y). Shape: months × roles.
    pub roles: Vec<f64>,
    /// p(role on at t | y_1..y_t), averaged over parameters drawn from the *whole* record: filtered in
    /// the roles, not in the parameters. What was known at the time is a reading of a cut record.
    /// Shape: months × roles.
    pub filtered: Vec<f64>,
    /// 25, 75, 5 and 95 % points over parameters of p(role on at t | y, φ). Shape: months × roles. Nothing on
    /// the fast path.
    pub quantiles: Option<[Vec<f64>; 4]>,
    /// p(role on at t | y, φ) at each sampled φ: what bands of anything else than one month are made from.
    /// Shape: draws × (months × roles). Empty on the fast path.
    pub of_draws: Vec<Vec<f64>>,
    /// Monte Carlo standard error of `roles`: the larger of the error by batch means and of that between
    /// chains.
    pub mc_error: Vec<f64>,
    /// Difference of `roles` between the chains of the two starts. Shape: months × roles.
    pub start_gap: Vec<f64>,
    /// Sampled paths, as positions of sets.
    pub paths: Vec<Vec<usize>>,
    /// Sampled parameters.
    pub parameters: Vec<Parameters>,
    /// Largest potential scale reduction over parameters, chains halved; nothing on the fast path.
    pub r_hat: Option<f64>,
    /// Smallest number of independent draws that any uncertain marginal is worth; nothing on the fast
    /// path, or where no marginal is uncertain.
    pub effective_draws: Option<f64>,
    /// By parameter: 1 − (sd after / sd before)². 0: the record says nothing of it. Below 0 it widened.
    pub contraction: Vec<(Coordinate, f64)>,
    /// Share of jumps between modes that were taken, mean over chains.
    pub jumps: f64,
    /// Sweeps kept, over all chains; 0 on the fast path, whose figures are approximate.
    pub draws: usize,
}

impl Reading {
    /// Whether it is a look: parameters integrated by a few sweeps only.
    pub fn is_approximate(&self) -> bool {
        self.draws == 0
    }

    /// The `n` likeliest sets of a month with their probabilities, the likeliest first.
    pub fn top_sets(&self, e: &Evidence, month: usize, n: usize) -> Vec<(RoleSet, f64)> {
        let row = &self.sets[month * e.sets.len()..][..e.sets.len()];
        let mut all: Vec<(RoleSet, f64)> =
            e.sets.iter().copied().zip(row.iter().copied()).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        all.truncate(n);
        all
    }

    /// Posterior correlation of two roles in a month, over sets: above .8 they can't be told apart.
    /// Undefined where one of them is certain.
    pub fn correlation(&self, e: &Evidence, month: usize, j: usize, k: usize) -> Option<f64> {
        let row = &self.sets[month * e.sets.len()..][..e.sets.len()];
        let (a, b) = (e.roles[j], e.roles[k]);
        let of = |f: &dyn Fn(RoleSet) -> bool| -> f64 {
            e.sets
                .iter()
                .zip(row)
                .filter(|(z, _)| f(**z))
                .map(|(_, p)| p)
                .sum()
        };
        let (pa, pb) = (of(&|z| z.has(a)), of(&|z| z.has(b)));
        let both = of(&|z| z.has(a) && z.has(b));
        let variance = pa * (1.0 - pa) * pb * (1.0 - pb);
        (variance > 1e-12).then(|| (both - pa * pb) / variance.sqrt())
    }
}

/// Reads roles.
///
/// Chains run in threads of their own, each with its own stream of random numbers, and are put together
/// in order: the same evidence, options and seed give the same reading on any number of cores.
///
/// # Errors
///
/// Only where a table holds no number: no checked record and no proper prior gives one.
pub fn read(
    e: &Evidence,
    priors: &Priors,
    o: &ReaderOptions,
    seed: u64,
) -> Result<Reading, HiddenMarkovError> {
    if o.fast {
        return read_fast(e, priors, o, seed);
    }
    let chains = run_chains(e, priors, o, seed, 0)?;
    Ok(gather(e, o, priors, &chains))
}

/// Chains from no role and from a role throughout in turn; their streams begin at `first_stream`.
pub(crate) fn run_chains(
    e: &Evidence,
    priors: &Priors,
    o: &ReaderOptions,
    seed: u64,
    first_stream: u64,
) -> Result<Vec<ChainDraws>, HiddenMarkovError> {
    let on = roles_to_start_from(e);
    let one = |c: usize| {
        let start = Start::Set(match c % 4 {
            1 => on[0],
            3 => on[1],
            _ => 0,
        });
        run(e, priors, o, start, seed, first_stream + c as u64)
    };
    in_threads(o.chains.max(2), one).into_iter().collect()
}

/// Chains that begin where those of a reading ended: its parameters and its paths. Streams apart from
/// those of the reading.
pub(crate) fn run_chains_from(
    e: &Evidence,
    priors: &Priors,
    o: &ReaderOptions,
    reading: &Reading,
    seed: u64,
) -> Result<Vec<ChainDraws>, HiddenMarkovError> {
    let n = o.chains.max(2);
    let kept = reading.parameters.len();
    let one = |c: usize| {
        let last = ((c + 1) * kept / n).saturating_sub(1);
        let start = Start::Draw(&reading.parameters[last], &reading.paths[last]);
        run(e, priors, o, start, seed, 100 + c as u64)
    };
    in_threads(n, one).into_iter().collect()
}

/// The starts opposite to no role at all: the set of the one role with the heaviest anchor evidence, and
/// that of the role that joins measures, whose anchor is its answers and no class of acts. Where nothing
/// was answered the first stands for both.
fn roles_to_start_from(e: &Evidence) -> [usize; 2] {
    let weight = |r: usize| -> f64 {
        let anchors = |a: &&ActEvidence| e.effects[a.class][r] == Some(Effect::Anchor);
        e.acts.iter().filter(anchors).map(|a| a.weight).sum()
    };
    let position = |role: Role| {
        let alone = RoleSet::EMPTY.with(role);
        e.sets.iter().position(|z| *z == alone)
    };
    let heaviest = (0..e.roles.len()).max_by(|a, b| weight(*a).total_cmp(&weight(*b)));
    let by_acts = heaviest.and_then(|r| position(e.roles[r])).unwrap_or(0);
    let answered = e.measures.iter().any(|m| m.reached.is_some());
    let joins = e.answer_roles.filter(|_| answered).map(|(joins, _)| joins);
    [by_acts, joins.and_then(position).unwrap_or(by_acts)]
}

fn gather(e: &Evidence, o: &ReaderOptions, priors: &Priors, chains: &[ChainDraws]) -> Reading {
    let batches: Vec<&Vec<f64>> = chains.iter().flat_map(|c| &c.smoothed).collect();
    let sets = mean(batches.iter().map(|b| b.as_slice()));
    let roles = marginals(e, &sets);
    let filtered = marginals(e, &mean(chains.iter().map(|c| c.filtered.as_slice())));
    let of = |tables: Vec<&Vec<f64>>| marginals(e, &mean(tables.iter().map(|b| b.as_slice())));
    let by_batch: Vec<Vec<f64>> = batches.iter().map(|b| marginals(e, b)).collect();
    let by_chain: Vec<Vec<f64>> = chains
        .iter()
        .map(|c| of(c.smoothed.iter().collect()))
        .collect();
    let mc_error: Vec<f64> = (0..roles.len())
        .map(|i| error_of_mean(&by_batch, i).max(error_of_mean(&by_chain, i)))
        .collect();
    let of_start = |which: usize| {
        of(chains
            .iter()
            .skip(which)
            .step_by(2)
            .flat_map(|c| &c.smoothed)
            .collect())
    };
    let start_gap = of_start(0)
        .iter()
        .zip(of_start(1))
        .map(|(a, b)| (a - b).abs())
        .collect();
    let kept: Vec<&Vec<f64>> = chains.iter().flat_map(|c| &c.marginals).collect();
    let parameters: Vec<Parameters> = chains.iter().flat_map(|c| c.parameters.clone()).collect();
    Reading {
        quantiles: Some(quantiles(&kept, roles.len())),
        of_draws: kept.iter().map(|row| (*row).clone()).collect(),
        effective_draws: effective_draws(&kept, &mc_error),
        contraction: contraction(priors, &parameters),
        jumps: chains.iter().map(|c| c.jumps).sum::<f64>() / chains.len() as f64,
        r_hat: r_hat(priors, chains),
        draws: chains.len() * o.sweeps,
        paths: chains.iter().flat_map(|c| c.paths.clone()).collect(),
        parameters,
        sets,
        roles,
        filtered,
        mc_error,
        start_gap,
    }
}

/// Standard error of the mean of column `i`, rows taken as independent.
pub(crate) fn error_of_mean(rows: &[Vec<f64>], i: usize) -> f64 {
    let (_, variance) = mean_and_variance(rows.iter().map(|r| r[i]));
    (variance / rows.len() as f64).sqrt()
}

/// Mean and variance with n − 1; variance 0 for fewer than two numbers.
pub(crate) fn mean_and_variance(x: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let n = x.clone().count() as f64;
    let mean = x.clone().sum::<f64>() / n;
    let squares: f64 = x.map(|x| (x - mean).powi(2)).sum();
    (mean, squares / (n - 1.0).max(1.0))
}

pub(crate) fn mean<'a>(tables: impl Iterator<Item = &'a [f64]>) -> Vec<f64> {
    let mut sum: Vec<f64> = Vec::new();
    let mut n = 0.0;
    for t in tables {
        if sum.is_empty() {
            sum = vec![0.0; t.len()];
        }
        for (s, x) in sum.iter_mut().zip(t) {
            *s += x;
        }
        n += 1.0;
    }
    sum.iter_mut().for_each(|x| *x /= n);
    sum
}

fn quantiles(kept: &[&Vec<f64>], len: usize) -> [Vec<f64>; 4] {
    const POINTS: [f64; 4] = [0.25, 0.75, 0.05, 0.95];
    let at = POINTS.map(|u| (kept.len().saturating_sub(1) as f64 * u).round() as usize);
    let mut out = POINTS.map(|_| Vec::with_capacity(len));
    let mut column = vec![0.0; kept.len()];
    for i in 0..len {
        for (c, row) in column.iter_mut().zip(kept) {
            *c = row[i];
        }
        for (q, at) in out.iter_mut().zip(at) {
            q.push(*column.select_nth_unstable_by(at, f64::total_cmp).1);
        }
    }
    out
}

/// Variance over draws against squared Monte Carlo error, the least over marginals that vary by more
/// than a hundredth.
fn effective_draws(kept: &[&Vec<f64>], mc_error: &[f64]) -> Option<f64> {
    let worth = mc_error.iter().enumerate().filter_map(|(i, error)| {
        let (_, variance) = mean_and_variance(kept.iter().map(|row| row[i]));
        (variance > 1e-4 && *error > 0.0).then(|| variance / (error * error))
    });
    worth.reduce(f64::min)
}

fn contraction(priors: &Priors, parameters: &[Parameters]) -> Vec<(Coordinate, f64)> {
    let rows: Vec<_> = parameters.iter().map(|p| priors.coordinates(p)).collect();
    let Some(first) = rows.first() else {
        return Vec::new();
    };
    let one = |(i, (name, _, prior)): (usize, &(Coordinate, f64, super::parameters::Normal))| {
        let (_, variance) = mean_and_variance(rows.iter().map(|r| r[i].1));
        (*name, 1.0 - variance / prior.sd_after_cut().powi(2))
    };
    first.iter().enumerate().map(one).collect()
}

/// Potential scale reduction on halved chains (Gelman et al. 2013, section 11.4), the largest over all
/// parameters.
fn r_hat(priors: &Priors, chains: &[ChainDraws]) -> Option<f64> {
    let halves: Vec<Vec<Vec<f64>>> = chains
        .iter()
        .flat_map(|c| {
            let (a, b) = c.parameters.split_at(c.parameters.len() / 2);
            [a, b].map(|half| {
                let values = |p: &Parameters| priors.coordinates(p).iter().map(|c| c.1).collect();
                half.iter().map(values).collect::<Vec<Vec<f64>>>()
            })
        })
        .collect();
    let n = halves.iter().map(Vec::len).min().filter(|n| *n >= 4)?;
    let width = halves.first()?.first()?.len();
    let of = |k: usize| {
        let stats = halves
            .iter()
            .map(|h| mean_and_variance(h[..n].iter().map(|x| x[k])));
        let within = stats.clone().map(|s| s.1).sum::<f64>() / halves.len() as f64;
        let (_, between) = mean_and_variance(stats.map(|s| s.0));
        let all = (n as f64 - 1.0) / n as f64 * within + between;
        if within > 0.0 {
            (all / within).sqrt()
        } else {
            1.0
        }
    };
    (0..width).map(of).reduce(f64::max)
}

/// Two short chains: parameters are integrated roughly, and what can't be said from so few draws (bands,
/// convergence) is not said. Labelled approximate.
fn read_fast(
    e: &Evidence,
    priors: &Priors,
    o: &ReaderOptions,
    seed: u64,
) -> Result<Reading, HiddenMarkovError> {
    let short = ReaderOptions {
        chains: 2,
        warm_up: FAST_SWEEPS.0,
        sweeps: FAST_SWEEPS.1,
        ..o.clone()
    };
    let chains = run_chains(e, priors, &short, seed, 0)?;
    let whole = gather(e, &short, priors, &chains);
    let roles = whole.roles;
    Ok(Reading {
        quantiles: None,
        of_draws: Vec::new(),
        start_gap: vec![0.0; roles.len()],
        parameters: whole.parameters.into_iter().take(1).collect(),
        r_hat: None,
        effective_draws: None,
        contraction: Vec::new(),
        draws: 0,
        roles,
        ..whole
    })
}
