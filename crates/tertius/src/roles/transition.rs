//! How one month's role set follows another (model B.5).

use super::options::Pairs;
use crate::vocabulary::{Role, RoleSet};

/// Onset and dwell as logits of start and stay for a period of `months` months (1, 3 or 12).
///
/// A role that is off starts with probability `1 − exp(−onset · months / 12)`; one that is on is still on
/// at the end of the period with `(1 − 1/dwell)^months`. A return within the period is left out.
///
/// ```
/// let (start, stay) = tertius::roles::transition::monthly_logits(0.1326, 28.11, 1);
/// assert!((start + 4.5).abs() < 1e-3 && (stay - 3.3).abs() < 1e-3);
/// ```
pub fn monthly_logits(onset: f64, dwell: f64, months: u32) -> (f64, f64) {
    let logit = |p: f64| (p / (1.0 - p)).ln();
    let n = f64::from(months);
    let start = -(-onset * n / 12.0).exp_m1();
    let stay = (n * (-1.0 / dwell).ln_1p()).exp();
    (logit(start), logit(stay))
}

/// `P(z | z′)`, row by row of z′. Shape: sets × sets; rows sum to 1.
///
/// `log P(z|z′) = Σ_k z^k (start_k + (stay_k − start_k) z′^k) + Σ_{j<k} ψ_jk z^j z^k (1 − z′^j z′^k) − log Z(z′)`.
pub fn matrix(
    sets: &[RoleSet],
    roles: &[Role],
    start: &[f64],
    stay: &[f64],
    pair: &[f64],
    pairs: Pairs,
) -> Vec<f64> {
    let n = sets.len();
    let mut p = vec![0.0; n * n];
    let cost = pair_costs(sets, roles, pair, pairs);
    for (i, before) in sets.iter().enumerate() {
        let row = &mut p[i * n..(i + 1) * n];
        let score: Vec<f64> = roles
            .iter()
            .zip(start.iter().zip(stay))
            .map(|(r, (on, hold))| if before.has(*r) { *hold } else { *on })
            .collect();
        let mut sum = 0.0;
        for (j, (x, after)) in row.iter_mut().zip(sets).enumerate() {
            let mut log = cost.at(i, j);
            for (r, s) in roles.iter().zip(&score) {
                if after.has(*r) {
                    log += s;
                }
            }
            *x = log.exp();
            sum += *x;
        }
        row.iter_mut().for_each(|x| *x /= sum);
    }
    p
}

struct PairCosts {
    n: usize,
    /// By set: all its pairs. By two sets: the pairs that both have.
    of_set: Vec<f64>,
    shared: Vec<f64>,
}

impl PairCosts {
    fn at(&self, before: usize, after: usize) -> f64 {
        self.of_set[after] - self.shared[before * self.n + after]
    }
}

fn pair_costs(sets: &[RoleSet], roles: &[Role], pair: &[f64], pairs: Pairs) -> PairCosts {
    let n = sets.len();
    let within = |set: RoleSet| -> f64 {
        let mut sum = 0.0;
        let mut at = 0;
        for (j, a) in roles.iter().enumerate() {
            for b in &roles[j + 1..] {
                if set.has(*a) && set.has(*b) {
                    sum += pair[at];
                }
                at += 1;
            }
        }
        sum
    };
    let mut costs = PairCosts {
        n,
        of_set: vec![0.0; n],
        shared: vec![0.0; n * n],
    };
    if pairs == Pairs::Never {
        return costs;
    }
    for (x, set) in costs.of_set.iter_mut().zip(sets) {
        *x = within(*set);
    }
    if pairs == Pairs::OnEntry {
        for (i, before) in sets.iter().enumerate() {
            for (j, after) in sets.iter().enumerate() {
                costs.shared[i * n + j] = within(before.intersection(*after));
            }
        }
    }
    costs
}
