//! Which pieces of evidence carry a role's log-odds: an identity, so that the parts sum.
//!
//! All log likelihoods are tempered by u from 0 to 1. The log-odds of the role in month t at u = 1 are
//! those at u = 0, the prior, plus `Σ_j ∫ (E_u[l_j | on] − E_u[l_j | off]) du` over pieces j: the
//! derivative of a log-odds along u is a difference of two means, and the integral of a derivative is the
//! difference at its ends. For two role *sets* there is a shorter identity that looks at one month only,
//! [`split`].

mod average;

use std::collections::BTreeMap;
use std::ops::Range;

use tertius_math::hidden_markov::{
    Chain, HiddenMarkovError, Workspace, pinned_near, predict, smooth,
};
use tertius_math::quadrature::gauss_legendre;

use super::emission::{Piece, pieces};
use super::evidence::Evidence;
use super::gibbs::laws;
use super::options::ReaderOptions;
use super::parameters::Parameters;
use super::threads::in_threads;
use crate::vocabulary::Role;
pub use average::{Because, Rest};

/// Where the residual of one draw has to get to before nodes stop being doubled.
pub const RESIDUAL: f64 = 1e-10;

/// Nodes at most.
const MOST_NODES: usize = 512;

/// Where a month's law with the role on, or off, is the law without asking: from there on pieces say nothing
/// of the question. The sum of what is cut off stays far below [`RESIDUAL`], which holds it in any case.
const FORGOTTEN: f64 = 1e-14;

/// Questions that are answered together: the passes at a node are shared, and memory does not grow with the
/// number of questions.
const TOGETHER: usize = 16;

/// Every part, and no rest.
pub const ALL: usize = usize::MAX;

/// A role in a month, given by its position in the span.
pub type Question = (Role, usize);

/// Evidence for every question at the log-odds shown, over draws of the parameters: the `most` weightiest
/// pieces, and the sum of the others. A piece that says less than about 10⁻¹⁴ nats may be left out.
///
/// ```
/// # use tertius::{roles::{because::because, evidence::Evidence, parameters::Priors, ReaderOptions}, vocabulary::*};
/// let c = Catalogue::bundled("chen-2023").unwrap();
/// let first: Month = "2012-01".parse().unwrap();
/// let e = Evidence::nothing(&c, Span::inclusive(first, first + 3).unwrap());
/// let o = ReaderOptions::default();
/// let p = [Priors::new(&c, &e, &o).means()];
/// let b = because(&e, &o, &p, 1, &[(e.roles[0], 2)], &[-1.0], 9).unwrap();
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
    most: usize,
) -> Result<Vec<Because>, HiddenMarkovError> {
    let mut found = Vec::with_capacity(questions.len());
    for (asked, shown) in questions.chunks(TOGETHER).zip(log_odds.chunks(TOGETHER)) {
        let all = of_draws(e, o, parameters, draws, asked)?;
        let one = |(k, shown): (usize, &f64)| {
            let draws: Vec<&OfDraw> = all.iter().map(|d| &d[k]).collect();
            Because::average(&draws, *shown, most)
        };
        found.extend(shown.iter().enumerate().map(one));
    }
    Ok(found)
}

/// What moved a role's log-odds between two months: the parts of the later less the parts of the
/// earlier, draw by draw, for each `(role, from, to)`; `log_odds` holds both as shown. A turning point's
/// own month is the median of the paths that change, whatever the evidence: what turned shows between its two
/// sides.
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
    most: usize,
) -> Result<Vec<Because>, HiddenMarkovError> {
    const HALF: usize = TOGETHER / 2;
    let mut found = Vec::with_capacity(changes.len());
    for (asked, shown) in changes.chunks(HALF).zip(log_odds.chunks(HALF)) {
        let ends = asked
            .iter()
            .flat_map(|(r, from, to)| [(*r, *from), (*r, *to)]);
        let all = of_draws(e, o, parameters, draws, &ends.collect::<Vec<_>>())?;
        let one = |(k, shown): (usize, &[f64; 2])| {
            let moved = all.iter().map(|d| d[2 * k].until(&d[2 * k + 1]));
            let moved: Vec<OfDraw> = moved.collect();
            let moved: Vec<&OfDraw> = moved.iter().collect();
            Because::average(&moved, shown[1] - shown[0], most)
        };
        found.extend(shown.iter().enumerate().map(one));
    }
    Ok(found)
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

/// One draw's parts.
#[derive(Clone, Debug, PartialEq)]
pub struct OfDraw {
    /// Log-odds before any evidence.
    pub prior: f64,
    /// Log-odds with all of it.
    pub log_odds: f64,
    /// Nats of each piece, in the order of pieces; those of months in which the question is forgotten are
    /// left out.
    pub parts: Vec<(Piece, f64)>,
    /// Log-odds less prior and parts.
    pub residual: f64,
    /// Nodes used.
    pub nodes: usize,
}

impl OfDraw {
    /// What `later` has beyond this one. A piece that stands in one alone says nothing in the other.
    fn until(&self, later: &OfDraw) -> OfDraw {
        let mut parts: BTreeMap<Piece, f64> = later.parts.iter().copied().collect();
        for (piece, x) in &self.parts {
            *parts.entry(*piece).or_default() -= x;
        }
        OfDraw {
            prior: later.prior - self.prior,
            log_odds: later.log_odds - self.log_odds,
            parts: parts.into_iter().collect(),
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
    // By month: so that those of a stretch stand together.
    rows.sort_by_key(|(_, month, _)| *month);
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
        let mut reached: Vec<Range<usize>> = questions.iter().map(|q| q.1..q.1 + 1).collect();
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
                let t = questions[k].1;
                let (_, near) = pinned_near(&chain, &room, t, rarer, FORGOTTEN, &mut given);
                reached[k] = reached[k].start.min(near.start)..reached[k].end.max(near.end);
                let scale = sign * (yes + no) / rest;
                let at = near.start * s..near.end * s;
                let laws = given[at.clone()].iter().zip(&room.smoothed()[at.clone()]);
                for (d, (x, all)) in sum[at].iter_mut().zip(laws) {
                    *d += scale * (x - all);
                }
            }
        }
        let one = |k: usize| {
            let mut parts: BTreeMap<Piece, f64> = BTreeMap::new();
            let first = rows.partition_point(|(_, t, _)| *t < reached[k].start);
            let end = rows.partition_point(|(_, t, _)| *t < reached[k].end);
            for (piece, month, row) in &rows[first..end] {
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
