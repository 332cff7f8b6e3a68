//! Strain: how far the roles that the patron expects lie from those that the ally declares (model B.6).

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use crate::record::{Record, StatementKind};
use crate::vocabulary::Month;

/// Strain in the twelve months that end with `month`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strain {
    /// Last month of the window.
    pub month: Month,
    /// Statements of the patron.
    pub expected: usize,
    /// Statements of the ally.
    pub declared: usize,
    /// Total variation, its mean under permutation, and the first less the second; nothing below
    /// [`LEAST`] statements a side.
    pub values: Option<(f64, f64, f64)>,
}

/// Statements a side below which strain is not known: two samples of three from one uniform law over
/// four roles already differ by about .5.
pub const LEAST: usize = 10;

/// Strain at the end of every month of the span. Permutations are drawn from `seed`.
pub fn strain(record: &Record, seed: u64) -> Vec<Strain> {
    const PERMUTATIONS: usize = 500;
    let codes: Vec<Option<&str>> = {
        let c = &record.case.catalogue;
        c.roles()
            .map(|r| Some(c.spec(r).id.as_str()))
            .chain([None])
            .collect()
    };
    // The loader lets no other role through; one that is in no catalogue would count for nothing.
    let code = |role: &Option<String>| codes.iter().position(|c| *c == role.as_deref());
    record
        .case
        .span
        .months()
        .map(|month| {
            let window = (month - 11).first_day()..=month.last_day();
            let of = |kind| -> Vec<usize> {
                let all = record.statements.iter().filter(|s| s.kind == kind);
                all.filter(|s| window.contains(&s.date.last_day()))
                    .filter_map(|s| code(&s.role))
                    .collect()
            };
            let (expected, declared) = (of(StatementKind::Expected), of(StatementKind::Declared));
            let (n, m) = (expected.len(), declared.len());
            let values = (n >= LEAST && m >= LEAST).then(|| {
                let seen = total_variation(&expected, &declared, codes.len());
                let mut all = [expected, declared].concat();
                let mut rng = ChaCha8Rng::seed_from_u64(seed);
                let mut mean = 0.0;
                for _ in 0..PERMUTATIONS {
                    all.shuffle(&mut rng);
                    mean +=
                        total_variation(&all[..n], &all[n..], codes.len()) / PERMUTATIONS as f64;
                }
                (seen, mean, seen - mean)
            });
            Strain {
                month,
                expected: n,
                declared: m,
                values,
            }
        })
        .collect()
}

/// `½ Σ |p − q|` of two samples of codes.
fn total_variation(a: &[usize], b: &[usize], codes: usize) -> f64 {
    let share = |x: &[usize], k| x.iter().filter(|c| **c == k).count() as f64 / x.len() as f64;
    0.5 * (0..codes)
        .map(|k| (share(a, k) - share(b, k)).abs())
        .sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn total_variation_by_hand() {
        assert_eq!(total_variation(&[0, 0], &[1, 1], 3), 1.0);
        assert_eq!(total_variation(&[0, 1], &[0, 2], 3), 0.5);
    }
}
