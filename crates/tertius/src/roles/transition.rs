//! How one month's role set follows another (model B.5).

use super::options::Pairs;
use crate::vocabulary::{Role, RoleSet};

/// Onset and dwell as logits of start and stay for a period of `months` months (1, 3 or 12).
///
/// A role that is off starts with probability `1 − exp(−onset · months / 12)`; one that is on is still on
/// at the end of the period with `(1 − 1/dwell)^months`. A return within the period is left out.
///
/// ```
/// let (start, stay) = tertius::roles::transition::period_logits(0.1326, 28.11, 1);
/// assert!((start + 4.5).abs() < 1e-3 && (stay - 3.3).abs() < 1e-3);
/// ```
pub fn period_logits(onset: f64, dwell: f64, months: u32) -> (f64, f64) {
    let logit = |p: f64| (p / (1.0 - p)).ln();
    let n = f64::from(months);
    let start = -(-onset * n / 12.0).exp_m1();
    let stay = (n * (-1.0 / dwell).ln_1p()).exp();
    (logit(start), logit(stay))
}

/// The transition of a catalogue's sets, ready to be filled again and again.
///
/// `log P(z|z′) = Σ_k z^k (start_k + (stay_k − start_k) z′^k) + Σ_{j<k} ψ_jk z^j z^k (1 − z′^j z′^k) − log Z(z′)`,
/// with `start` and `stay` the logits of starting while off and of staying while on.
///
/// A set's weight is that of the set without its last role, times that role's factor, times what the
/// role's pairs pay: a product of at most K factors, with no exponential inside.
#[derive(Clone, Debug)]
pub struct Transition {
    pairs: Pairs,
    /// By set: how it grows from a smaller one. The empty set does not.
    grown_from: Vec<Option<Growth>>,
    /// By set: one flag a role.
    members: Vec<Vec<bool>>,
}

/// A set as the set without its last role, that role, and the pairs that it enters with the others.
#[derive(Clone, Debug)]
struct Growth {
    less: usize,
    last: usize,
    /// The other role, and the position of the pair.
    pairs: Vec<(usize, usize)>,
}

impl Transition {
    /// For sets in the catalogue's order, in which a set comes after its subsets.
    pub fn new(sets: &[RoleSet], roles: &[Role], pairs: Pairs) -> Transition {
        let members: Vec<Vec<bool>> = sets
            .iter()
            .map(|z| roles.iter().map(|r| z.has(*r)).collect())
            .collect();
        let grown_from = members
            .iter()
            .map(|m| {
                let last = m.iter().rposition(|on| *on)?;
                let mut less = m.clone();
                less[last] = false;
                let others = (0..last).filter(|j| m[*j]);
                Some(Growth {
                    last,
                    pairs: others
                        .map(|j| (j, pair_index(roles.len(), j, last)))
                        .collect(),
                    less: members.iter().position(|x| *x == less)?,
                })
            })
            .collect();
        Transition {
            pairs,
            grown_from,
            members,
        }
    }

    /// `P(z | z′)` into `out`, row by row of z′. Shape: sets × sets; rows sum to 1. `pair` holds ψ of
    /// (0,1), (0,2), …, (1,2), ….
    pub fn fill(&self, start: &[f64], stay: &[f64], pair: &[f64], out: &mut [f64]) {
        let n = self.members.len();
        let exp = |x: &[f64]| x.iter().map(|x| x.exp()).collect::<Vec<f64>>();
        let (start, stay) = (exp(start), exp(stay));
        let pays = match self.pairs {
            Pairs::Never => vec![1.0; pair.len()],
            _ => exp(pair),
        };
        for (before, row) in self.members.iter().zip(out.chunks_exact_mut(n)) {
            let mut sum = 0.0;
            for (z, from) in self.grown_from.iter().enumerate() {
                row[z] = match from {
                    None => 1.0,
                    Some(g) => {
                        let own = if before[g.last] { &stay } else { &start };
                        row[g.less] * own[g.last] * self.entry(before, g, &pays)
                    }
                };
                sum += row[z];
            }
            row.iter_mut().for_each(|p| *p /= sum);
        }
    }

    /// What the pairs of the last role with the others pay, coming from `before`.
    fn entry(&self, before: &[bool], g: &Growth, pays: &[f64]) -> f64 {
        let mut product = 1.0;
        for (j, pair) in &g.pairs {
            let standing = before[*j] && before[g.last];
            if self.pairs == Pairs::EveryMonth || !standing {
                product *= pays[*pair];
            }
        }
        product
    }
}

/// Position of the pair j < k among all pairs of `roles` roles.
pub fn pair_index(roles: usize, j: usize, k: usize) -> usize {
    j * (2 * roles - j - 1) / 2 + (k - j - 1)
}
