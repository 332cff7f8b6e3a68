//! Which pieces of evidence carry a role's log-odds: an identity, so that the parts sum.
//!
//! All log likelihoods are tempered by u from 0 to 1. The log-odds of the role in month t at u = 1 are
//! those at u = 0, the prior, plus `Σ_j ∫ (E_u[l_j | on] − E_u[l_j | off]) du` over pieces j: the
//! derivative of a log-odds along u is a difference of two means, and the integral of a derivative is the
//! difference at its ends. For two role *sets* there is a shorter identity that looks at one month only,
//! [`split`].

use std::borrow::Cow;
use std::collections::BTreeMap;

use tertius_math::hidden_markov::{Chain, HiddenMarkovError, Workspace, pinned, predict, smooth};
use tertius_math::quadrature::gauss_legendre;

use super::emission::{Piece, pieces};
use super::evidence::Evidence;
use super::gibbs::laws;
use super::options::ReaderOptions;
use super::parameters::Parameters;
use super::threads::in_threads;
use crate::vocabulary::Role;

/// The parts of one role's log-odds in one month, averaged over draws of the parameters.
/// `log_odds = prior + Σ parts + parameter_uncertainty + residual`, but for rounding.
#[derive(Clone, Debug, PartialEq)]
pub struct Because {
    /// Log-odds before any evidence, averaged.
    pub prior: f64,
    /// Nats of each piece: mean and Monte Carlo standard error over draws.
    pub parts: Vec<(Piece, f64, f64)>,
    /// The log-odds of the averaged probability, less the average of log-odds: what not knowing the
    /// parameters takes from, or adds to, what they would say if known.
    pub parameter_uncertainty: f64,
    /// What numerical integration left, averaged.
    pub residual: f64,
    /// The log-odds shown.
    pub log_odds: f64,
    /// Most nodes that any draw needed.
    pub nodes: usize,
}

/// Where the residual of one draw has to get to before nodes stop being doubled.
pub const RESIDUAL: f64 = 1e-10;

/// Nodes at most.
const MOST_NODES: usize = 512;

/// A role in a month, given by its position in the span.
pub type Question = (Role, usize);

/// Evidence for every question at the log-odds shown, over draws of the parameters.
///
/// ```
/// # use tertius::{roles::{because::because, evidence::Evidence, parameters::Priors, ReaderOptions}, vocabulary::*};
/// let c = Catalogue::bundled("chen-2023").unwrap();
/// let first: Month = "2012-01".parse().unwrap();
/// let e = Evidence::nothing(&c, Span::inclusive(first, first + 3).unwrap());
/// let o = ReaderOptions::default();
/// let p = [Priors::new(&c, &e, &o).means()];
/// let b = because(&e, &o, &p, 1, &[(e.roles[0], 2)], &[-1.0]).unwrap();
/// // Nothing was observed: all that is shown beyond the prior is what was put in as shown.
/// assert!(b[0].parts.is_empty() && (b[0].prior + b[0].parameter_uncertainty + 1.0).abs() < 1e-12);
/// ```
///
/// # Errors
///
/// As [`super::read`].
pub fn because(
    e: &Evidence,
    o: &ReaderOptions,
    parameters: &[Parameters],
    draws: usize,
    questions: &[Question],
    log_odds: &[f64],
) -> Result<Vec<Because>, HiddenMarkovError> {
    let all = of_draws(e, o, parameters, draws, questions)?;
    let one = |(k, shown): (usize, &f64)| average(all.iter().map(|d| Cow::Borrowed(&d[k])), *shown);
    Ok(log_odds.iter().enumerate().map(one).collect())
}

/// What moved a role's log-odds between two months: the parts of the later less the parts of the
/// earlier, draw by draw, for each `(role, from, to)`; `log_odds` holds both as shown. A turning point's
/// own month has a probability of about ½ whatever the evidence: what turned shows between its two sides.
///
/// The priors cancel, since roles follow a stationary law.
///
/// # Errors
///
/// As [`super::read`].
pub fn because_of_change(
    e: &Evidence,
    o: &ReaderOptions,
    parameters: &[Parameters],
    draws: usize,
    changes: &[(Role, usize, usize)],
    log_odds: &[[f64; 2]],
) -> Result<Vec<Because>, HiddenMarkovError> {
    let ends = changes
        .iter()
        .flat_map(|(r, from, to)| [(*r, *from), (*r, *to)]);
    let all = of_draws(e, o, parameters, draws, &ends.collect::<Vec<_>>())?;
    let one = |(k, shown): (usize, &[f64; 2])| {
        let moved = all
            .iter()
            .map(|d| Cow::Owned(d[2 * k].until(&d[2 * k + 1])));
        average(moved, shown[1] - shown[0])
    };
    Ok(log_odds.iter().enumerate().map(one).collect())
}

/// The identity at `draws` of the parameters, spread over those given. Shape: draws × questions.
///
/// Four shares of the draws run side by side, each starting from the nodes that its last draw needed:
/// the same numbers on any number of cores.
fn of_draws(
    e: &Evidence,
    o: &ReaderOptions,
    parameters: &[Parameters],
    draws: usize,
    questions: &[Question],
) -> Result<Vec<Vec<OfDraw>>, HiddenMarkovError> {
    const SHARES: usize = 4;
    let draws = draws.clamp(1, parameters.len().max(1));
    let chosen: Vec<&Parameters> = (0..draws)
        .filter_map(|i| parameters.get(i * parameters.len() / draws))
        .collect();
    let shares = in_threads(SHARES, |share| {
        let mut nodes = 16;
        let mine = chosen.iter().skip(share).step_by(SHARES);
        mine.map(|p| {
            let all = of_draw(e, o, p, questions, nodes)?;
            nodes = all.iter().map(|x| x.nodes).max().unwrap_or(16);
            Ok(all)
        })
        .collect::<Result<Vec<_>, HiddenMarkovError>>()
    });
    let mut shares: Vec<_> = shares
        .into_iter()
        .map(|s| s.map(Vec::into_iter))
        .collect::<Result<_, _>>()?;
    Ok((0..chosen.len())
        .filter_map(|i| shares[i % SHARES].next())
        .collect())
}

fn average<'a>(draws: impl ExactSizeIterator<Item = Cow<'a, OfDraw>>, log_odds: f64) -> Because {
    let n = draws.len() as f64;
    let mut sums: BTreeMap<Piece, (f64, f64)> = BTreeMap::new();
    let (mut prior, mut logit, mut residual, mut nodes) = (0.0, 0.0, 0.0, 0);
    for one in draws {
        prior += one.prior / n;
        logit += one.log_odds / n;
        residual += one.residual / n;
        nodes = nodes.max(one.nodes);
        for (piece, x) in &one.parts {
            let sum = sums.entry(*piece).or_default();
            sum.0 += x;
            sum.1 += x * x;
        }
    }
    let part = |(piece, (sum, squares)): (Piece, (f64, f64))| {
        let mean = sum / n;
        let variance = (squares / n - mean * mean).max(0.0);
        (piece, mean, (variance / (n - 1.0).max(1.0)).sqrt())
    };
    Because {
        prior,
        parts: sums.into_iter().map(part).collect(),
        parameter_uncertainty: log_odds - logit,
        residual,
        log_odds,
        nodes,
    }
}

/// One draw's parts.
#[derive(Clone, Debug, PartialEq)]
pub struct OfDraw {
    /// Log-odds before any evidence.
    pub prior: f64,
    /// Log-odds with all of it.
    pub log_odds: f64,
    /// Nats of each piece, in the order of pieces.
    pub parts: Vec<(Piece, f64)>,
    /// Log-odds less prior and parts.
    pub residual: f64,
    /// Nodes used.
    pub nodes: usize,
}

impl OfDraw {
    /// What `later` has beyond this one. Both are of one draw, and so have the same pieces.
    fn until(&self, later: &OfDraw) -> OfDraw {
        let both = self.parts.iter().zip(&later.parts);
        OfDraw {
            prior: later.prior - self.prior,
            log_odds: later.log_odds - self.log_odds,
            parts: both.map(|((piece, a), (_, b))| (*piece, b - a)).collect(),
            residual: later.residual - self.residual,
            nodes: later.nodes.max(self.nodes),
        }
    }
}

/// The identity at fixed parameters for some roles in some months; nodes are doubled from `nodes` until
/// every residual is below [`RESIDUAL`], or there are 512.
///
/// # Errors
///
/// As [`super::read`].
pub fn of_draw(
    e: &Evidence,
    o: &ReaderOptions,
    p: &Parameters,
    questions: &[Question],
    nodes: usize,
) -> Result<Vec<OfDraw>, HiddenMarkovError> {
    let s = e.sets.len();
    let mut rows: Vec<(Piece, usize, Vec<f64>)> = Vec::new();
    pieces(e, p, o, |piece, month, row| {
        rows.push((piece, month, row.to_vec()));
    });
    let mut table = vec![0.0; e.span.len() * s];
    for (_, month, row) in &rows {
        table[month * s..][..s]
            .iter_mut()
            .zip(row)
            .for_each(|(x, l)| *x += l);
    }
    let (initial, transition) = laws(e, p, o)?;
    let on: Vec<Vec<bool>> = questions
        .iter()
        .map(|(r, _)| e.sets.iter().map(|z| z.has(*r)).collect())
        .collect();
    let off: Vec<Vec<bool>> = on.iter().map(|x| x.iter().map(|x| !x).collect()).collect();
    let mut room = Workspace::new();
    let mut tempered = table.clone();
    let temper = |u: f64, tempered: &mut [f64]| {
        tempered
            .iter_mut()
            .zip(&table)
            .for_each(|(x, l)| *x = u * l);
    };
    // The probabilities of on and off, summed apart: the smaller keeps its digits.
    let odds = |room: &Workspace, k: usize| {
        let row = &room.smoothed()[questions[k].1 * s..][..s];
        let mass = |flags: &[bool]| -> f64 {
            let those = row.iter().zip(flags).filter(|(_, f)| **f);
            those.map(|(x, _)| x).sum()
        };
        (mass(&on[k]), mass(&off[k]))
    };
    let mut ends = [Vec::new(), Vec::new()];
    for (u, logits) in [0.0, 1.0].into_iter().zip(&mut ends) {
        temper(u, &mut tempered);
        smooth(&Chain::new(&initial, &transition, &tempered)?, &mut room)?;
        let logit = |k| {
            let (on, off) = odds(&room, k);
            (on / off).ln()
        };
        *logits = (0..questions.len()).map(logit).collect();
    }
    let [prior, log_odds] = ends;
    let mut given = table.clone();
    let mut nodes = nodes.clamp(1, MOST_NODES);
    loop {
        // ∫ p_u(z_τ | on) − p_u(z_τ | off) du, by month and set: what every piece is then held against.
        let mut difference = vec![vec![0.0; table.len()]; questions.len()];
        for (u, weight) in gauss_legendre(nodes) {
            temper(u, &mut tempered);
            let chain = Chain::new(&initial, &transition, &tempered)?;
            smooth(&chain, &mut room)?;
            for (k, sum) in difference.iter_mut().enumerate() {
                // One of the two follows from the other, since both make up what is smoothed: the rarer
                // is computed, so that the division is by ½ at least.
                let (yes, no) = odds(&room, k);
                let (rarer, sign, rest) = if yes <= no {
                    (&on[k], weight, no)
                } else {
                    (&off[k], -weight, yes)
                };
                pinned(&chain, &room, questions[k].1, rarer, &mut given);
                let scale = sign * (yes + no) / rest;
                for ((d, x), all) in sum.iter_mut().zip(&given).zip(room.smoothed()) {
                    *d += scale * (x - all);
                }
            }
        }
        let one = |k: usize| {
            let mut parts: BTreeMap<Piece, f64> = BTreeMap::new();
            for (piece, month, row) in &rows {
                let d = &difference[k][month * s..][..s];
                *parts.entry(*piece).or_default() +=
                    row.iter().zip(d).map(|(l, d)| l * d).sum::<f64>();
            }
            let residual = log_odds[k] - prior[k] - parts.values().sum::<f64>();
            OfDraw {
                prior: prior[k],
                log_odds: log_odds[k],
                parts: parts.into_iter().collect(),
                residual,
                nodes,
            }
        };
        let all: Vec<OfDraw> = (0..questions.len()).map(one).collect();
        if nodes >= MOST_NODES || all.iter().all(|x| x.residual.abs() < RESIDUAL) {
            return Ok(all);
        }
        nodes *= 2;
    }
}

/// The log ratio of two sets' probabilities in one month, taken apart exactly at fixed parameters:
/// `ln γ_t(a)/γ_t(b) = past + Σ pieces of the month + future`.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// From the months before: `ln (α_{t−1} P)(a) / (α_{t−1} P)(b)`.
    pub past: f64,
    /// Pieces of the month itself.
    pub parts: Vec<(Piece, f64)>,
    /// From the months after: `ln β_t(a) / β_t(b)`.
    pub future: f64,
    /// `ln γ_t(a) / γ_t(b)`, computed apart from the others.
    pub total: f64,
}

/// Sets `a` and `b`, by position, in month `t`.
///
/// # Errors
///
/// As [`super::read`].
pub fn split(
    e: &Evidence,
    o: &ReaderOptions,
    p: &Parameters,
    t: usize,
    a: usize,
    b: usize,
) -> Result<Split, HiddenMarkovError> {
    let s = e.sets.len();
    let mut table = vec![0.0; e.span.len() * s];
    let mut parts: BTreeMap<Piece, f64> = BTreeMap::new();
    pieces(e, p, o, |piece, month, row| {
        table[month * s..][..s]
            .iter_mut()
            .zip(row)
            .for_each(|(x, l)| *x += l);
        if month == t {
            *parts.entry(piece).or_default() += row[a] - row[b];
        }
    });
    let (initial, transition) = laws(e, p, o)?;
    let mut room = Workspace::new();
    smooth(&Chain::new(&initial, &transition, &table)?, &mut room)?;
    let mut before = initial.clone();
    if t > 0 {
        predict(
            &room.filtered()[(t - 1) * s..][..s],
            &transition,
            &mut before,
        );
    }
    let ratio = |row: &[f64]| (row[a] / row[b]).ln();
    Ok(Split {
        past: ratio(&before),
        parts: parts.into_iter().collect(),
        future: ratio(&room.future()[t * s..][..s]),
        total: ratio(&room.smoothed()[t * s..][..s]),
    })
}
