//! Parameters integrated by blocked Gibbs sampling: paths given parameters, parameters given a path.
//!
//! One sweep: (1) the table of log likelihoods; (2) a jump between the two modes of a role ("always on"
//! against "a high rate anyway"), taken with the path summed out, where small steps would need a long
//! time; (3) forward-backward, whose marginals are averaged (Rao-Blackwell); (4) a path drawn backward;
//! (5) Metropolis steps on the blocks of parameters given that path (`updates`).

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tertius_math::hidden_markov::{
    Chain, HiddenMarkovError, Workspace, draw_path, filter, smooth_filtered, stationary,
};

use super::compiled::{Compiled, Scratch};
use super::evidence::Evidence;
use super::options::ReaderOptions;
use super::parameters::{Parameters, Priors};
use super::threads::in_threads;
use super::transition::Transition;
use super::updates::{GivenPath, Steps};

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
    /// Share of jumps between modes that were taken.
    pub jumps: f64,
}

/// Batches that the sweeps of a chain are divided into, for the Monte Carlo error.
pub const BATCHES: usize = 10;

/// Draws that a chain keeps.
pub const KEPT: usize = 250;

/// The initial law and the transition at given parameters.
///
/// # Errors
///
/// Only if a parameter is no number.
pub fn laws(
    e: &Evidence,
    p: &Parameters,
    o: &ReaderOptions,
) -> Result<(Vec<f64>, Vec<f64>), HiddenMarkovError> {
    let n = e.sets.len();
    let mut transition = vec![0.0; n * n];
    Transition::new(&e.sets, &e.roles, o.pairs).fill(&p.start, &p.stay, &p.pair, &mut transition);
    let initial = stationary(&transition, n)?;
    Ok((initial, transition))
}

/// What the evidence says at fixed parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// ln p(y | φ).
    pub log_likelihood: f64,
    /// p(z_t | y, φ). Shape: months × sets.
    pub smoothed: Vec<f64>,
    /// p(z_t | y_1..y_t, φ). Shape: months × sets.
    pub filtered: Vec<f64>,
}

/// Reads at fixed parameters, as one sweep of a chain does.
///
/// # Errors
///
/// Only if a parameter is no number.
pub fn given(e: &Evidence, p: &Parameters, o: &ReaderOptions) -> Result<Given, HiddenMarkovError> {
    let compiled = Compiled::new(e, o);
    let shape = Transition::new(&e.sets, &e.roles, o.pairs);
    let mut kernel = Kernel::new(&compiled, &shape);
    kernel.prepare(p)?;
    let log_likelihood = kernel.filter()?;
    smooth_filtered(&mut kernel.room);
    Ok(Given {
        log_likelihood,
        smoothed: kernel.room.smoothed().to_vec(),
        filtered: kernel.room.filtered().to_vec(),
    })
}

/// Tables, laws and room of one chain.
struct Kernel<'e> {
    compiled: &'e Compiled<'e>,
    shape: &'e Transition,
    transition: Vec<f64>,
    initial: Vec<f64>,
    table: Vec<f64>,
    scratch: Scratch,
    room: Workspace,
    /// Room for a proposal, so that a refused one costs no second look at what stays.
    other: Workspace,
}

impl<'e> Kernel<'e> {
    fn new(compiled: &'e Compiled<'e>, shape: &'e Transition) -> Kernel<'e> {
        Kernel {
            compiled,
            shape,
            transition: vec![0.0; compiled.sets * compiled.sets],
            initial: Vec::new(),
            table: Vec::new(),
            scratch: Scratch::default(),
            room: Workspace::new(),
            other: Workspace::new(),
        }
    }

    fn prepare(&mut self, p: &Parameters) -> Result<(), HiddenMarkovError> {
        self.shape
            .fill(&p.start, &p.stay, &p.pair, &mut self.transition);
        self.initial = stationary(&self.transition, self.compiled.sets)?;
        self.compiled.table(p, &mut self.scratch, &mut self.table);
        Ok(())
    }

    fn filter(&mut self) -> Result<f64, HiddenMarkovError> {
        let chain = Chain::new(&self.initial, &self.transition, &self.table)?;
        filter(&chain, &mut self.room)
    }
}

/// p(z_t | y) under other settings, from draws of the parameters under these.
#[derive(Clone, Debug, PartialEq)]
pub struct Reweighed {
    /// Shape: months × sets.
    pub sets: Vec<f64>,
    /// How many independent draws the weights leave: (Σ w)² / Σ w².
    pub worth: f64,
}

/// Weighs draws by w = p(y | φ, other) / p(y | φ, o), paths summed out: importance sampling, exact in the
/// limit where the prior of φ is the same under both.
///
/// # Errors
///
/// Only if a parameter is no number.
pub fn reweighed(
    e: &Evidence,
    parameters: &[Parameters],
    o: &ReaderOptions,
    other: &ReaderOptions,
) -> Result<Reweighed, HiddenMarkovError> {
    const SHARES: usize = 4;
    let shares = in_threads(SHARES, |share| {
        let (here, there) = (Compiled::new(e, o), Compiled::new(e, other));
        let shape = |o: &ReaderOptions| Transition::new(&e.sets, &e.roles, o.pairs);
        let (of_here, of_there) = (shape(o), shape(other));
        let mut here = Kernel::new(&here, &of_here);
        let mut there = Kernel::new(&there, &of_there);
        let mut sum = Weighed::default();
        for p in parameters.iter().skip(share).step_by(SHARES) {
            here.prepare(p)?;
            there.prepare(p)?;
            let log_weight = there.filter()? - here.filter()?;
            smooth_filtered(&mut there.room);
            sum.take(log_weight, 1.0, 1.0, there.room.smoothed());
        }
        Ok(sum)
    });
    let mut all = Weighed::default();
    for share in shares {
        let share: Weighed = share?;
        all.take(share.top, share.sum, share.squares, &share.sets);
    }
    let worth = all.sum * all.sum / all.squares;
    let mut sets = all.sets;
    sets.iter_mut().for_each(|x| *x /= all.sum);
    Ok(Reweighed { sets, worth })
}

/// Sums relative to the largest weight so far.
#[derive(Clone, Debug)]
struct Weighed {
    top: f64,
    sum: f64,
    squares: f64,
    sets: Vec<f64>,
}

impl Default for Weighed {
    fn default() -> Weighed {
        Weighed {
            top: f64::NEG_INFINITY,
            sum: 0.0,
            squares: 0.0,
            sets: Vec::new(),
        }
    }
}

impl Weighed {
    /// Adds `sets`, a sum with weights of this sum and these squares, all relative to `top`.
    fn take(&mut self, top: f64, sum: f64, squares: f64, sets: &[f64]) {
        if top > self.top {
            let less = (self.top - top).exp();
            self.top = top;
            self.sum *= less;
            self.squares *= less * less;
            self.sets.iter_mut().for_each(|x| *x *= less);
        }
        let w = (top - self.top).exp();
        self.sum += w * sum;
        self.squares += w * w * squares;
        self.sets.resize(sets.len().max(self.sets.len()), 0.0);
        for (all, x) in self.sets.iter_mut().zip(sets) {
            // `sets` of a share is a sum already; of one draw, the draw itself.
            *all += w * x;
        }
    }
}

/// Where a chain starts.
#[derive(Clone, Copy, Debug)]
pub enum Start<'p> {
    /// From a path in which every month has the set at this position, and parameters that answer to it.
    Set(usize),
    /// From a draw of another chain: its parameters and its path.
    Draw(&'p Parameters, &'p [usize]),
}

/// Runs one chain.
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
    start: Start<'_>,
    seed: u64,
    stream: u64,
) -> Result<ChainDraws, HiddenMarkovError> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(stream);
    let compiled = Compiled::new(e, o);
    let shape = Transition::new(&e.sets, &e.roles, o.pairs);
    let mut kernel = Kernel::new(&compiled, &shape);
    let (t, s) = (e.span.len(), e.sets.len());
    let mut given = GivenPath::new(&compiled, &shape);
    let mut steps = Steps::new(e);
    let (mut p, mut path) = match start {
        Start::Set(z) => (priors.means(), vec![z; t]),
        Start::Draw(p, path) => (p.clone(), path.to_vec()),
    };
    // The first parameters answer to the starting path: that is what makes it a start.
    if let Start::Set(_) = start {
        for _ in 0..20 {
            given.take(&path);
            given.update(priors, &mut p, &mut steps, &mut rng)?;
        }
    }
    let mut draws = ChainDraws {
        smoothed: vec![vec![0.0; t * s]; BATCHES],
        filtered: vec![0.0; t * s],
        ..ChainDraws::default()
    };
    let sweeps = o.sweeps.max(1);
    let every = sweeps.div_ceil(KEPT);
    let mut in_batch = [0usize; BATCHES];
    let mut jumps = 0usize;
    for sweep in 0..o.warm_up + sweeps {
        kernel.prepare(&p)?;
        let here = kernel.filter()?;
        jumps += usize::from(jump(&mut kernel, here, priors, &mut p, &mut rng)?);
        smooth_filtered(&mut kernel.room);
        draw_path(&kernel.room, &mut rng, &mut path);
        if let Some(kept) = sweep.checked_sub(o.warm_up) {
            steps.freeze();
            let b = kept * BATCHES / sweeps;
            in_batch[b] += 1;
            add(&mut draws.smoothed[b], kernel.room.smoothed());
            add(&mut draws.filtered, kernel.room.filtered());
            if kept % every == 0 {
                draws.marginals.push(marginals(e, kernel.room.smoothed()));
                draws.paths.push(path.clone());
                draws.parameters.push(p.clone());
            }
        }
        given.take(&path);
        given.update(priors, &mut p, &mut steps, &mut rng)?;
    }
    for (sum, n) in draws.smoothed.iter_mut().zip(in_batch) {
        sum.iter_mut().for_each(|x| *x /= n.max(1) as f64);
    }
    let mut full = in_batch.iter();
    draws
        .smoothed
        .retain(|_| full.next().is_some_and(|n| *n > 0));
    draws.filtered.iter_mut().for_each(|x| *x /= sweeps as f64);
    draws.jumps = jumps as f64 / (o.warm_up + sweeps) as f64;
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

/// One proposal to exchange "the role is on" for "its classes are frequent anyway", or back: the role-off
/// log rates of its classes move by plus or minus its effects, and half the time the answers' intercept
/// and cutpoints move by its effect on them. The sign is even, the map its own inverse with the other
/// sign and of volume 1, so the Metropolis ratio needs no correction. Likelihoods are of the whole
/// record, paths summed out; `here` is that of `p`, filtered in the kernel's room. Returns whether the
/// proposal was taken; on return the room belongs to `p`.
fn jump(
    kernel: &mut Kernel<'_>,
    here: f64,
    priors: &Priors,
    p: &mut Parameters,
    rng: &mut impl Rng,
) -> Result<bool, HiddenMarkovError> {
    let e = kernel.compiled.evidence;
    let role = rng.random_range(0..e.roles.len());
    let sign = if rng.random::<bool>() { 1.0 } else { -1.0 };
    let with_answers = rng.random::<bool>();
    let u: f64 = rng.random();
    let mut q = p.clone();
    for (deviation, effects) in q.deviation.iter_mut().zip(&p.effect) {
        *deviation += sign * effects[role];
    }
    if let Some((joins, holds)) = e.answer_roles.filter(|_| with_answers) {
        if joins.index() == role {
            q.hazard[0] += sign * p.hazard[1];
            q.cutpoints.iter_mut().for_each(|c| *c -= sign * p.grade[0]);
        } else if holds.index() == role {
            q.cutpoints.iter_mut().for_each(|c| *c += sign * p.grade[1]);
        }
    }
    let ratio = priors.log_density(&q) - priors.log_density(p);
    // Not worth a pass over the record; both ways, or the chain would have another law.
    if ratio.is_nan() || ratio.abs() > 30.0 {
        return Ok(false);
    }
    kernel
        .compiled
        .table(&q, &mut kernel.scratch, &mut kernel.table);
    std::mem::swap(&mut kernel.room, &mut kernel.other);
    let there = kernel.filter()?;
    if u.ln() < ratio + there - here {
        *p = q;
        return Ok(true);
    }
    std::mem::swap(&mut kernel.room, &mut kernel.other);
    Ok(false)
}
