//! Roles issue by issue (model B.6): the same model on the acts of one issue, pooled with the whole.
//!
//! The reading of the whole is taken as it is, draw by draw: its parameters and its path. Nothing flows
//! back, so that the whole is the same with issues and without (a *cut* posterior: Plummer 2015).
//!
//! - **Parameters** are those of the whole, but each class has an offset on the issue beyond the
//!   issue's share of all acts: a class belongs to some issues more than to others. Offsets are normal about
//!   0 with a variance learnt on the issue (Gelman et al. 2013, section 5.4).
//! - **Roles** of the issue follow the whole, except where it parts from it in one role for a while
//!   ([`follow`]).
//!
//! What the issue's evidence does not contradict, the whole decides.

pub mod follow;
pub mod penetration;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{ChiSquared, Distribution};
use tertius_math::hidden_markov::HiddenMarkovError;

use super::compiled::{Compiled, Scratch};
use super::evidence::Evidence;
use super::options::ReaderOptions;
use super::parameters::{Normal, Parameters, Priors};
use super::reading::Reading;
use super::threads::in_threads;
use super::transition::Transition;
use super::updates::{GivenPath, OffsetSteps};
use crate::vocabulary::RoleSet;
use follow::{Following, Parting};
use penetration::{Pair, Penetration, penetrations};

/// Degrees of freedom and scale of the variance of offsets on an issue, a scaled inverse χ²: about as wide
/// as classes deviate within a triad read alone, and learnt from the issue.
pub const OFFSET_VARIANCE: (f64, f64) = (3.0, 1.0);

/// Draws of the whole that an issue is read at.
const DRAWS: usize = 250;
/// Sweeps at each of them, the last of which counts.
const SWEEPS: usize = 2;
/// Sweeps at the first of them before any counts.
const WARM_UP: usize = 100;
/// Paths drawn at each.
const PATHS: usize = 4;

/// The reading of one issue.
#[derive(Clone, Debug, PartialEq)]
pub struct IssueReading {
    /// The issue, by position in the case.
    pub issue: usize,
    /// Acts on it.
    pub acts: usize,
    /// Measures on it.
    pub measures: usize,
    /// p(role on in the issue at t). Shape: months × roles.
    pub roles: Vec<f64>,
    /// p(the issue follows the whole at t). Shape: months.
    pub follows: Vec<f64>,
    /// Where another role led it while the whole did not turn.
    pub penetrations: Vec<Penetration>,
}

/// Reads every issue that has evidence, in their order. On the fast path, which has too few draws, none is
/// read.
///
/// # Errors
///
/// As [`super::read`].
pub fn read_issues(
    e: &Evidence,
    priors: &Priors,
    o: &ReaderOptions,
    reading: &Reading,
    seed: u64,
) -> Result<Vec<IssueReading>, HiddenMarkovError> {
    if o.fast {
        return Ok(Vec::new());
    }
    let whole: Vec<(&Parameters, &[usize])> = (0..DRAWS.min(reading.paths.len()))
        .map(|i| i * reading.paths.len() / DRAWS.min(reading.paths.len()))
        .map(|i| (&reading.parameters[i], reading.paths[i].as_slice()))
        .collect();
    let one = |issue: usize| {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(1000 + issue as u64);
        read_issue(e, priors, o, &whole, issue, &mut rng)
    };
    let found: Result<Vec<_>, _> = in_threads(e.issues, one).into_iter().collect();
    Ok(found?.into_iter().flatten().collect())
}

/// Reads one issue at draws of the whole, each its parameters and its path; nothing where the issue has no
/// evidence.
///
/// # Errors
///
/// As [`super::read`].
pub fn read_issue(
    e: &Evidence,
    priors: &Priors,
    o: &ReaderOptions,
    whole: &[(&Parameters, &[usize])],
    issue: usize,
    rng: &mut ChaCha8Rng,
) -> Result<Option<IssueReading>, HiddenMarkovError> {
    let own = e.of_issue(issue);
    if (own.acts.is_empty() && own.measures.is_empty()) || whole.is_empty() {
        return Ok(None);
    }
    let (months, roles) = (e.span.len(), e.roles.len());
    let compiled = Compiled::new(&own, o);
    let shape = Transition::new(&e.sets, &e.roles, o.pairs);
    let mut given = GivenPath::new(&compiled, &shape);
    let mut steps = OffsetSteps::new(&own);
    let share = share(e, &own);
    let mut offsets = vec![0.0; e.classes()];
    let mut offset = spread(&[], rng);
    let (mut following, law) = (Following::default(), Parting::new(e, priors));
    let (mut scratch, mut table, mut path) = (Scratch::default(), Vec::new(), Vec::new());
    let mut found = IssueReading {
        issue,
        acts: own.acts.len(),
        measures: own.measures.len(),
        roles: vec![0.0; months * roles],
        follows: vec![0.0; months],
        penetrations: Vec::new(),
    };
    let mut pairs = Vec::with_capacity(whole.len() * PATHS);
    let sets = |path: &[usize]| path.iter().map(|z| e.sets[*z]).collect::<Vec<RoleSet>>();
    for (i, (parameters, of_whole)) in whole.iter().enumerate() {
        let mut p = (*parameters).clone();
        for (d, offset) in p.deviation.iter_mut().zip(&offsets) {
            *d += share + offset;
        }
        let warm_up = if i == 0 { WARM_UP } else { 0 };
        for _ in 0..warm_up + SWEEPS {
            compiled.table(&p, &mut scratch, &mut table);
            following.smooth(&table, of_whole, &law);
            following.draw(of_whole, &law, rng, &mut path);
            given.take(&path);
            given.update_offsets(offset, &mut offsets, &mut p, &mut steps, rng);
            offset = spread(&offsets, rng);
        }
        steps.freeze();
        compiled.table(&p, &mut scratch, &mut table);
        let states = following.smooth(&table, of_whole, &law);
        for (t, row) in states.chunks_exact(1 + law.kinds.len()).enumerate() {
            found.follows[t] += row[0];
            for (state, p) in row.iter().enumerate() {
                let set = e.sets[law.set(state, of_whole[t])];
                for (k, _) in e.roles.iter().enumerate().filter(|(_, r)| set.has(**r)) {
                    found.roles[t * roles + k] += p;
                }
            }
        }
        for _ in 0..PATHS {
            following.draw(of_whole, &law, rng, &mut path);
            pairs.push(Pair::new(&sets(of_whole), &sets(&path)));
        }
    }
    let n = whole.len() as f64;
    found
        .roles
        .iter_mut()
        .chain(&mut found.follows)
        .for_each(|x| *x /= n);
    found.penetrations = penetrations(&pairs, &e.roles);
    Ok(Some(found))
}

/// The law of offsets given their values: normal about 0, its variance drawn from the conjugate law.
fn spread(offsets: &[f64], rng: &mut impl Rng) -> Normal {
    let (freedom, scale) = OFFSET_VARIANCE;
    let sum = freedom * scale + offsets.iter().map(|x| x * x).sum::<f64>();
    let chi = ChiSquared::new(freedom + offsets.len() as f64);
    // The degrees of freedom are positive.
    let variance = chi.map_or(scale, |c: ChiSquared<f64>| sum / c.sample(rng).max(1e-3));
    Normal {
        mean: 0.0,
        sd: variance.sqrt(),
        positive: false,
    }
}

/// ln of the issue's share of all acts, each issue having half an act beforehand.
fn share(e: &Evidence, own: &Evidence) -> f64 {
    let weight = |e: &Evidence| e.acts.iter().map(|a| a.weight * a.trust).sum::<f64>();
    ((weight(own) + 0.5) / (weight(e) + 0.5 * e.issues.max(1) as f64)).ln()
}
