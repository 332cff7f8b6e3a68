//! What would move a reading, month by month: the same record read under other choices, and the flags
//! that follow.

use tertius_math::hidden_markov::HiddenMarkovError;

use super::evidence::Evidence;
use super::gibbs::{marginals, reweighed};
use super::options::{Pairs, ReaderOptions};
use super::parameters::Priors;
use super::reading::{Reading, mean, run_chains_from};
use crate::vocabulary::Role;

/// The record read again under other choices.
#[derive(Clone, Debug)]
pub struct Variants {
    /// Pairs pay every month.
    pub pairs_every_month: Again,
    /// Pairs never pay.
    pub pairs_never: Again,
    /// The number of acts says nothing.
    pub volume_off: Again,
    /// Grades of measures and answers say nothing.
    pub without_severity: Again,
}

/// What a reading under another choice gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Again {
    /// p(z_t | y). Shape: months × sets.
    pub sets: Vec<f64>,
    /// p(role on at t | y). Shape: months × roles.
    pub roles: Vec<f64>,
}

impl Again {
    fn of(e: &Evidence, sets: Vec<f64>) -> Again {
        let roles = marginals(e, &sets);
        Again { sets, roles }
    }
}

/// Least worth of reweighed draws, in independent ones of a thousand: below it chains are run.
const WORTH: f64 = 200.0;

/// Reads the variants. The evidence stays as it is: only what is made of it changes.
///
/// Pairs that never pay are had by weighing the draws of `reading` again; a choice that touches no
/// evidence of the record is `reading` itself; the others are chains that begin where those of `reading`
/// ended, with an eighth of the sweeps.
///
/// # Errors
///
/// As [`super::read`].
pub fn variants(
    e: &Evidence,
    priors: &Priors,
    o: &ReaderOptions,
    reading: &Reading,
    seed: u64,
) -> Result<Variants, HiddenMarkovError> {
    let with = |change: &dyn Fn(&mut ReaderOptions)| {
        let mut o = o.clone();
        o.sweeps = (o.sweeps / 8).max(50);
        o.warm_up = (o.warm_up / 5).max(50);
        change(&mut o);
        o
    };
    let run = |o: &ReaderOptions| -> Result<Again, HiddenMarkovError> {
        let chains = run_chains_from(e, priors, o, reading, seed)?;
        let batches = chains.iter().flat_map(|c| &c.smoothed);
        Ok(Again::of(e, mean(batches.map(|b| b.as_slice()))))
    };
    let same = || Again::of(e, reading.sets.clone());
    let never = with(&|o| o.pairs = Pairs::Never);
    let reweighed = reweighed(e, &reading.parameters, o, &never)?;
    let any_volume = o.volume && e.exhaustive.iter().flatten().any(|x| *x);
    let any_grade = o.severity && e.answer_roles.is_some() && !e.measures.is_empty();
    Ok(Variants {
        pairs_every_month: run(&with(&|o| o.pairs = Pairs::EveryMonth))?,
        pairs_never: if reweighed.worth >= WORTH {
            Again::of(e, reweighed.sets)
        } else {
            run(&never)?
        },
        volume_off: if any_volume {
            run(&with(&|o| o.volume = false))?
        } else {
            same()
        },
        without_severity: if any_grade {
            run(&with(&|o| o.severity = false))?
        } else {
            same()
        },
    })
}

/// Something to know before a month's reading is used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ReadingFlag {
    /// The role's probability moves by more than .3 when volume says nothing: by how much.
    VolumeDependent(Role, f64),
    /// Chains from the two starts differ by more than .2: by how much.
    ModeSplit(Role, f64),
    /// The probability that both roles are played moves by more than .3 when pairs never pay, or pay
    /// every month: by how much at most.
    PairDependent(Role, Role, f64),
    /// Two roles can't be told apart in this month: their posterior correlation, above .8.
    Inseparable(Role, Role, f64),
}

/// By how much a probability may move before it is called dependent.
pub const MOVES: f64 = 0.3;
/// By how much chains from two starts may differ.
pub const SPLITS: f64 = 0.2;
/// Correlation from which two roles are one for the record.
pub const CORRELATES: f64 = 0.8;

/// Flags by month. Without variants, those that need none.
pub fn flags(
    e: &Evidence,
    reading: &Reading,
    variants: Option<&Variants>,
) -> Vec<Vec<ReadingFlag>> {
    (0..e.span.len())
        .map(|t| of_month(e, reading, variants, t))
        .collect()
}

fn of_month(
    e: &Evidence,
    reading: &Reading,
    variants: Option<&Variants>,
    t: usize,
) -> Vec<ReadingFlag> {
    let mut found = Vec::new();
    let n = e.roles.len();
    for (k, role) in e.roles.iter().enumerate() {
        let i = t * n + k;
        if reading.start_gap[i] > SPLITS {
            found.push(ReadingFlag::ModeSplit(*role, reading.start_gap[i]));
        }
        if let Some(v) = variants {
            let moved = v.volume_off.roles[i] - reading.roles[i];
            if moved.abs() > MOVES {
                found.push(ReadingFlag::VolumeDependent(*role, moved));
            }
        }
    }
    for (j, a) in e.roles.iter().enumerate() {
        for (k, b) in e.roles.iter().enumerate().skip(j + 1) {
            if let Some(r) = reading.correlation(e, t, j, k).filter(|r| *r > CORRELATES) {
                found.push(ReadingFlag::Inseparable(*a, *b, r));
            }
            if let Some(v) = variants {
                let here = both(e, &reading.sets, t, *a, *b);
                let moved = [&v.pairs_never, &v.pairs_every_month]
                    .map(|other| both(e, &other.sets, t, *a, *b) - here)
                    .into_iter()
                    .fold(0.0, |x: f64, y| if y.abs() > x.abs() { y } else { x });
                if moved.abs() > MOVES {
                    found.push(ReadingFlag::PairDependent(*a, *b, moved));
                }
            }
        }
    }
    found
}

/// Probability that both roles are played in a month. With the two answer roles this is the conflict
/// that is performed (model B.6). `sets`: months × sets.
pub fn both(e: &Evidence, sets: &[f64], t: usize, a: Role, b: Role) -> f64 {
    let row = e.sets.iter().zip(&sets[t * e.sets.len()..]);
    row.filter(|(z, _)| z.has(a) && z.has(b))
        .map(|(_, p)| p)
        .sum()
}
