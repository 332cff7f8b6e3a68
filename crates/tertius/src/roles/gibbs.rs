//! Parameters integrated by blocked Gibbs sampling: paths given parameters, parameters given a path.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use tertius_math::hidden_markov::{
    Chain, HiddenMarkovError, Workspace, draw_path, smooth, stationary,
};

use super::emission::{Tables, grade, hazard, log_likelihood, volumes};
use super::evidence::Evidence;
use super::options::ReaderOptions;
use super::parameters::{Parameters, Priors};
use super::transition::matrix;

/// What one chain leaves behind.
#[derive(Clone, Debug, Default)]
pub struct ChainDraws {
    /// Mean of p(z_t | y, φ) over batches of sweeps. Shape: batches × (months × sets).
    pub smoothed: Vec<Vec<f64>>,
    /// Mean of p(z_t | y_1..y_t, φ) over all sweeps. Shape: months × sets.
    pub filtered: Vec<f64>,
    /// Role marginals of thinned sweeps. Shape: kept × (months × roles).
    pub marginals: Vec<Vec<f64>>,
    /// Paths of thinned sweeps, as positions of sets. Shape: kept × months.
    pub paths: Vec<Vec<usize>>,
    /// Parameters of thinned sweeps.
    pub parameters: Vec<Parameters>,
}

/// Batches that the sweeps of a chain are divided into, for the Monte Carlo error.
pub const BATCHES: usize = 10;

/// Draws that a chain keeps.
pub const KEPT: usize = 250;

/// The transition and initial law at given parameters.
pub fn laws(
    e: &Evidence,
    p: &Parameters,
    o: &ReaderOptions,
) -> Result<(Vec<f64>, Vec<f64>), HiddenMarkovError> {
    let transition = matrix(&e.sets, &e.roles, &p.start, &p.stay, &p.pair, o.pairs);
    let initial = stationary(&transition, e.sets.len())?;
    Ok((initial, transition))
}

/// Runs one chain from a path in which every month has the set at position `start`.
///
/// Deterministic in `seed` and `stream`.
///
/// # Errors
///
/// Only if a table holds no number, which no checked record and no proper prior gives.
pub fn run(
    e: &Evidence,
    priors: &Priors,
    o: &ReaderOptions,
    start: usize,
    seed: u64,
    stream: u64,
) -> Result<ChainDraws, HiddenMarkovError> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(stream);
    let (t, s) = (e.span.len(), e.sets.len());
    let mut p = priors.means();
    let mut path = vec![start; t];
    let mut room = Workspace::new();
    let mut draws = ChainDraws {
        smoothed: vec![vec![0.0; t * s]; BATCHES],
        filtered: vec![0.0; t * s],
        ..ChainDraws::default()
    };
    let batch = o.sweeps.div_ceil(BATCHES).max(1);
    let mut in_batch = [0usize; BATCHES];
    let every = (o.sweeps / KEPT).max(1);
    // The first parameters answer to the starting path: that is what makes it a start.
    for _ in 0..20 {
        update(e, priors, o, &path, &mut p, &mut rng)?;
    }
    for sweep in 0..o.warm_up + o.sweeps {
        let table = log_likelihood(e, &p, o);
        let (initial, transition) = laws(e, &p, o)?;
        smooth(&Chain::new(&initial, &transition, &table)?, &mut room)?;
        draw_path(&room, &mut rng, &mut path);
        if let Some(kept) = sweep.checked_sub(o.warm_up) {
            let b = kept / batch;
            in_batch[b] += 1;
            add(&mut draws.smoothed[b], room.smoothed());
            add(&mut draws.filtered, room.filtered());
            if kept % every == 0 {
                draws.marginals.push(marginals(e, room.smoothed()));
                draws.paths.push(path.clone());
                draws.parameters.push(p.clone());
            }
        }
        update(e, priors, o, &path, &mut p, &mut rng)?;
    }
    for (sum, n) in draws.smoothed.iter_mut().zip(in_batch) {
        sum.iter_mut().for_each(|x| *x /= n.max(1) as f64);
    }
    draws
        .smoothed
        .truncate(in_batch.iter().filter(|n| **n > 0).count());
    draws
        .filtered
        .iter_mut()
        .for_each(|x| *x /= o.sweeps.max(1) as f64);
    Ok(draws)
}

fn add(sum: &mut [f64], x: &[f64]) {
    for (s, x) in sum.iter_mut().zip(x) {
        *s += x;
    }
}

/// From sets to roles. Shape: months × roles.
pub fn marginals(e: &Evidence, of_sets: &[f64]) -> Vec<f64> {
    let mut out = Vec::with_capacity(e.span.len() * e.roles.len());
    for row in of_sets.chunks_exact(e.sets.len()) {
        for r in &e.roles {
            out.push(
                row.iter()
                    .zip(&e.sets)
                    .filter(|(_, z)| z.has(*r))
                    .map(|(x, _)| x)
                    .sum(),
            );
        }
    }
    out
}

/// What a path leaves of the evidence: sums that the parameters' blocks need.
struct GivenPath {
    /// Weights of acts by class and set. Shape: classes × sets, checked and unchecked.
    counts: [Vec<f64>; 2],
    /// Months with volume: set and N.
    volumes: Vec<(usize, usize, f64)>,
    /// Set of each month.
    path: Vec<usize>,
}

fn given_path(e: &Evidence, path: &[usize]) -> GivenPath {
    let (c, s) = (e.classes(), e.sets.len());
    let mut counts = [vec![0.0; c * s], vec![0.0; c * s]];
    for act in &e.acts {
        let table = &mut counts[usize::from(act.trust < 1.0)];
        for (t, share) in &act.months {
            table[act.class * s + path[*t]] += act.weight * share;
        }
    }
    let n = volumes(e);
    let volumes = (0..path.len())
        .filter(|t| e.exhaustive[*t].iter().any(|x| *x))
        .map(|t| (t, path[t], n[t]))
        .collect();
    GivenPath {
        counts,
        volumes,
        path: path.to_vec(),
    }
}

fn log_rates(e: &Evidence, p: &Parameters, o: &ReaderOptions, g: &GivenPath) -> f64 {
    let tables = Tables::new(e, p, o);
    let s = e.sets.len();
    let mut sum = 0.0;
    for (trust, counts) in g.counts.iter().enumerate() {
        for (k, row) in counts.chunks_exact(s).enumerate() {
            let ell = tables.act(k, trust == 0);
            sum += row.iter().zip(ell).map(|(n, l)| n * l).sum::<f64>();
        }
    }
    let mut v = vec![0.0; s];
    for (t, set, n) in &g.volumes {
        tables.volume(&e.exhaustive[*t], *n, o.intensity_shape, &mut v);
        sum += v[*set];
    }
    sum
}

fn log_answers(e: &Evidence, p: &Parameters, o: &ReaderOptions, path: &[usize]) -> f64 {
    let Some((joins, holds)) = e.answer_roles else {
        return 0.0;
    };
    let on = |t: usize| (e.sets[path[t]].has(joins), e.sets[path[t]].has(holds));
    let mut sum = 0.0;
    for m in &e.measures {
        for (t, k, answered) in &m.at_risk {
            let (f, b) = on(*t);
            sum += m.weight * hazard(m, *k, *answered, p, o, f, b);
        }
        if let Some((t, category)) = m.reached.filter(|_| o.severity) {
            let (f, b) = on(t);
            sum += m.weight * grade(category, p, f, b);
        }
    }
    sum
}

fn log_path(
    e: &Evidence,
    p: &Parameters,
    o: &ReaderOptions,
    path: &[usize],
) -> Result<f64, HiddenMarkovError> {
    let (initial, transition) = laws(e, p, o)?;
    let s = e.sets.len();
    let steps = path
        .windows(2)
        .map(|w| transition[w[0] * s + w[1]].ln())
        .sum::<f64>();
    Ok(steps + path.first().map_or(0.0, |z| initial[*z].ln()))
}

fn normal(rng: &mut impl Rng) -> f64 {
    StandardNormal.sample(rng)
}

fn accept(log_ratio: f64, rng: &mut impl Rng) -> bool {
    rng.random::<f64>().ln() < log_ratio
}

/// One round of Metropolis steps over all blocks. Steps are symmetric; where a sign is known the step is
/// reflected at zero.
fn update(
    e: &Evidence,
    priors: &Priors,
    o: &ReaderOptions,
    path: &[usize],
    p: &mut Parameters,
    rng: &mut impl Rng,
) -> Result<(), HiddenMarkovError> {
    let g = given_path(e, path);
    update_rates(e, priors, o, &g, p, rng);
    update_answers(e, priors, o, &g.path, p, rng);
    update_switching(e, priors, o, &g.path, p, rng)
}

fn update_rates(
    e: &Evidence,
    priors: &Priors,
    o: &ReaderOptions,
    g: &GivenPath,
    p: &mut Parameters,
    rng: &mut impl Rng,
) {
    const STEP: f64 = 0.3;
    let mut here = log_rates(e, p, o, g);
    for k in 0..e.classes() {
        for _ in 0..2 {
            let mut q = p.clone();
            q.deviation[k] += STEP * normal(rng);
            let mut prior = priors.deviation.log_density(q.deviation[k])
                - priors.deviation.log_density(p.deviation[k]);
            for (r, n) in priors.effect[k].iter().enumerate() {
                let Some(n) = n else { continue };
                q.effect[k][r] = (q.effect[k][r] + STEP * normal(rng)).abs();
                prior += n.log_density(q.effect[k][r]) - n.log_density(p.effect[k][r]);
            }
            let there = log_rates(e, &q, o, g);
            if accept(prior + there - here, rng) {
                *p = q;
                here = there;
            }
        }
    }
    let mut q = p.clone();
    q.level += STEP * normal(rng);
    let prior = priors.level.log_density(q.level) - priors.level.log_density(p.level);
    let there = log_rates(e, &q, o, g);
    if accept(prior + there - here, rng) {
        *p = q;
    }
}

fn update_answers(
    e: &Evidence,
    priors: &Priors,
    o: &ReaderOptions,
    path: &[usize],
    p: &mut Parameters,
    rng: &mut impl Rng,
) {
    const SHARE_OF_SD: f64 = 0.6;
    let mut here = log_answers(e, p, o, path);
    for part in 0..3 {
        let mut q = p.clone();
        let mut prior = 0.0;
        let mut step = |x: &mut f64, n: super::parameters::Normal| {
            let before = n.log_density(*x);
            *x += SHARE_OF_SD * n.sd * normal(rng);
            if n.positive {
                *x = x.abs();
            }
            prior += n.log_density(*x) - before;
        };
        match part {
            0 => q
                .hazard
                .iter_mut()
                .zip(priors.hazard)
                .for_each(|(x, n)| step(x, n)),
            1 => q
                .cutpoints
                .iter_mut()
                .zip(priors.cutpoints)
                .for_each(|(x, n)| step(x, n)),
            _ => q
                .grade
                .iter_mut()
                .zip(priors.grade)
                .for_each(|(x, n)| step(x, n)),
        }
        if !q.cutpoints.is_sorted() {
            continue;
        }
        let there = log_answers(e, &q, o, path);
        if accept(prior + there - here, rng) {
            *p = q;
            here = there;
        }
    }
}

fn update_switching(
    e: &Evidence,
    priors: &Priors,
    o: &ReaderOptions,
    path: &[usize],
    p: &mut Parameters,
    rng: &mut impl Rng,
) -> Result<(), HiddenMarkovError> {
    let mut here = log_path(e, p, o, path)?;
    for r in 0..e.roles.len() {
        let mut q = p.clone();
        let (on, hold) = (priors.start[r], priors.stay[r]);
        q.start[r] += 0.8 * on.sd * normal(rng);
        q.stay[r] += 0.8 * hold.sd * normal(rng);
        let prior = on.log_density(q.start[r]) - on.log_density(p.start[r])
            + hold.log_density(q.stay[r])
            - hold.log_density(p.stay[r]);
        let there = log_path(e, &q, o, path)?;
        if accept(prior + there - here, rng) {
            *p = q;
            here = there;
        }
    }
    for i in 0..p.pair.len() {
        let mut q = p.clone();
        q.pair[i] += priors.pair.sd * normal(rng);
        let prior = priors.pair.log_density(q.pair[i]) - priors.pair.log_density(p.pair[i]);
        let there = log_path(e, &q, o, path)?;
        if accept(prior + there - here, rng) {
            *p = q;
            here = there;
        }
    }
    Ok(())
}
