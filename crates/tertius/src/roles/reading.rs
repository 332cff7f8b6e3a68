//! The reading: probabilities of roles and role sets by month, with bands, and how far to trust them.

use tertius_math::hidden_markov::{Chain, HiddenMarkovError, Workspace, draw_path, smooth};

use super::emission::log_likelihood;
use super::evidence::Evidence;
use super::gibbs::{ChainDraws, laws, marginals, run};
use super::options::{FAST_TEMPER, ReaderOptions};
use super::parameters::{Parameters, Priors};
use crate::vocabulary::Effect;

/// A reading of a record.
#[derive(Clone, Debug)]
pub struct Reading {
    /// p(z_t | y). Shape: months × sets, rows sum to 1.
    pub sets: Vec<f64>,
    /// p(role on at t | y). Shape: months × roles.
    pub roles: Vec<f64>,
    /// The same from the evidence up to each month. Shape: months × roles.
    pub filtered: Vec<f64>,
    /// 25, 75, 5 and 95 % points over parameters. Shape: months × roles.
    pub quantiles: [Vec<f64>; 4],
    /// Monte Carlo standard error of `roles`, by batch means.
    pub mc_error: Vec<f64>,
    /// Largest difference of `roles` between chains of the two starts. Shape: months × roles.
    pub start_gap: Vec<f64>,
    /// Sampled paths, as positions of sets.
    pub paths: Vec<Vec<usize>>,
    /// Sampled parameters.
    pub parameters: Vec<Parameters>,
    /// Largest potential scale reduction over parameters; nothing on the fast path.
    pub r_hat: Option<f64>,
    /// Sweeps kept, over all chains.
    pub draws: usize,
}

/// Reads roles.
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
    let on = role_to_start_from(e);
    let starts: Vec<usize> = (0..o.chains.max(2))
        .map(|c| if c % 2 == 0 { 0 } else { on })
        .collect();
    let chains: Vec<Result<ChainDraws, HiddenMarkovError>> = std::thread::scope(|scope| {
        let threads: Vec<_> = starts
            .iter()
            .enumerate()
            .map(|(c, start)| scope.spawn(move || run(e, priors, o, *start, seed, c as u64)))
            .collect();
        threads
            .into_iter()
            .map(|t| {
                t.join()
                    .unwrap_or(Err(HiddenMarkovError::NotANumber { step: 0 }))
            })
            .collect()
    });
    let chains = chains.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(gather(e, o, &chains))
}

/// The set of one role with the heaviest anchor evidence: the start opposite to no role at all.
fn role_to_start_from(e: &Evidence) -> usize {
    let weight = |r: usize| -> f64 {
        let anchors =
            |a: &&super::evidence::ActEvidence| e.effects[a.class][r] == Some(Effect::Anchor);
        e.acts.iter().filter(anchors).map(|a| a.weight).sum()
    };
    let heaviest = (0..e.roles.len()).max_by(|a, b| weight(*a).total_cmp(&weight(*b)));
    let set = heaviest.map(|r| crate::vocabulary::RoleSet::EMPTY.with(e.roles[r]));
    set.and_then(|s| e.sets.iter().position(|z| *z == s))
        .unwrap_or(0)
}

fn gather(e: &Evidence, o: &ReaderOptions, chains: &[ChainDraws]) -> Reading {
    let batches: Vec<&Vec<f64>> = chains.iter().flat_map(|c| &c.smoothed).collect();
    let sets = mean(batches.iter().map(|b| b.as_slice()));
    let roles = marginals(e, &sets);
    let filtered = marginals(e, &mean(chains.iter().map(|c| c.filtered.as_slice())));
    let by_batch: Vec<Vec<f64>> = batches.iter().map(|b| marginals(e, b)).collect();
    let n = by_batch.len() as f64;
    let mc_error = (0..roles.len())
        .map(|i| {
            let var = by_batch
                .iter()
                .map(|b| (b[i] - roles[i]).powi(2))
                .sum::<f64>()
                / (n - 1.0).max(1.0);
            (var / n).sqrt()
        })
        .collect();
    let of_start = |which: usize| {
        let some = chains
            .iter()
            .skip(which)
            .step_by(2)
            .flat_map(|c| &c.smoothed);
        marginals(e, &mean(some.map(|b| b.as_slice())))
    };
    let start_gap = of_start(0)
        .iter()
        .zip(of_start(1))
        .map(|(a, b)| (a - b).abs())
        .collect();
    let kept: Vec<&Vec<f64>> = chains.iter().flat_map(|c| &c.marginals).collect();
    let quantiles = quantiles(&kept, roles.len());
    Reading {
        sets,
        roles,
        filtered,
        quantiles,
        mc_error,
        start_gap,
        paths: chains.iter().flat_map(|c| c.paths.clone()).collect(),
        parameters: chains.iter().flat_map(|c| c.parameters.clone()).collect(),
        r_hat: r_hat(chains),
        draws: chains.len() * o.sweeps,
    }
}

fn mean<'a>(tables: impl Iterator<Item = &'a [f64]>) -> Vec<f64> {
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
    let mut out = [0.25, 0.75, 0.05, 0.95].map(|_| Vec::with_capacity(len));
    let mut column = vec![0.0; kept.len()];
    for i in 0..len {
        for (c, row) in column.iter_mut().zip(kept) {
            *c = row[i];
        }
        column.sort_by(f64::total_cmp);
        for (q, u) in out.iter_mut().zip([0.25, 0.75, 0.05, 0.95]) {
            q.push(column[((kept.len() - 1) as f64 * u).round() as usize]);
        }
    }
    out
}

/// Potential scale reduction on halved chains (Gelman et al. 2013, section 11.4), the largest over
/// switching, effects and hazards.
fn r_hat(chains: &[ChainDraws]) -> Option<f64> {
    let coordinates = |p: &Parameters| -> Vec<f64> {
        let mut x = p.start.clone();
        x.extend(&p.stay);
        x.extend(p.effect.iter().flatten().filter(|v| **v != 0.0));
        x.extend(p.hazard);
        x.extend(p.grade);
        x
    };
    let halves: Vec<Vec<Vec<f64>>> = chains
        .iter()
        .flat_map(|c| {
            let (a, b) = c.parameters.split_at(c.parameters.len() / 2);
            [a, b].map(|h| h.iter().map(coordinates).collect::<Vec<_>>())
        })
        .collect();
    let n = halves.iter().map(Vec::len).min().filter(|n| *n >= 4)?;
    let width = halves.first()?.first()?.len();
    let worst = (0..width).map(|k| {
        let stats: Vec<(f64, f64)> = halves
            .iter()
            .map(|h| {
                let m = h[..n].iter().map(|x| x[k]).sum::<f64>() / n as f64;
                let v = h[..n].iter().map(|x| (x[k] - m).powi(2)).sum::<f64>() / (n - 1) as f64;
                (m, v)
            })
            .collect();
        let count = stats.len() as f64;
        let within = stats.iter().map(|s| s.1).sum::<f64>() / count;
        let grand = stats.iter().map(|s| s.0).sum::<f64>() / count;
        let between = stats.iter().map(|s| (s.0 - grand).powi(2)).sum::<f64>() / (count - 1.0);
        let all = (n as f64 - 1.0) / n as f64 * within + between;
        if within > 0.0 {
            (all / within).sqrt()
        } else {
            1.0
        }
    });
    worst.reduce(f64::max)
}

/// Prior means, own level, every factor tempered: quick, and labelled approximate.
fn read_fast(
    e: &Evidence,
    priors: &Priors,
    o: &ReaderOptions,
    seed: u64,
) -> Result<Reading, HiddenMarkovError> {
    use rand::SeedableRng;
    let p = priors.means();
    let mut table = log_likelihood(e, &p, o);
    table.iter_mut().for_each(|x| *x *= FAST_TEMPER);
    let (initial, transition) = laws(e, &p, o)?;
    let mut room = Workspace::new();
    smooth(&Chain::new(&initial, &transition, &table)?, &mut room)?;
    let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
    let paths = (0..1000)
        .map(|_| {
            let mut path = Vec::new();
            draw_path(&room, &mut rng, &mut path);
            path
        })
        .collect();
    let roles = marginals(e, room.smoothed());
    let none = vec![0.0; roles.len()];
    Ok(Reading {
        sets: room.smoothed().to_vec(),
        filtered: marginals(e, room.filtered()),
        quantiles: [roles.clone(), roles.clone(), roles.clone(), roles.clone()],
        mc_error: none.clone(),
        start_gap: none,
        paths,
        parameters: vec![p],
        r_hat: None,
        draws: 0,
        roles,
    })
}
