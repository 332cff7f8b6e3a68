//! Divergence and overlap of two actors' interests, issue by issue (model B.2).

use rand::{Rng, RngExt};

use super::measured::Measured;
use super::posture::Posture;

/// What is known of one issue: both actors' postures, or as much as there is.
#[derive(Clone, Debug, PartialEq)]
pub struct IssueInterests {
    /// The ally's preferred posture x^W.
    pub ally: Option<Posture>,
    /// The patron's preferred posture x^S.
    pub patron: Option<Posture>,
    /// What the patron expects of the ally, e.
    pub expected: Option<Posture>,
}

/// Interests of one family of issues that two actors share, with their intervals.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// `D = ½ Σ ω_i |a_i − b_i|`, 0 (the same) to 1 (opposed on all).
    pub divergence: Measured,
    /// `Δ = Σ ω_i (a_i − b_i)`: positive where the first is softer on the rival.
    pub signed_gap: Measured,
    /// ω by issue, summing to 1 over the issues that both sides declared; nothing for the others.
    pub weights: Vec<Option<f64>>,
    /// Mean of |a_i − b_i| by issue.
    pub gaps: Vec<Option<f64>>,
}

/// Number of draws for an interval. A 5 % point of a normal has then a standard error of 2.1/√1000, or
/// 7 %, of its spread: two thousandths where D is known to ±.05.
pub const DRAWS: usize = 1000;

/// Overlap of first and second over a family; nothing if fewer than half of its issues are known on
/// both sides, since the rest can't speak for the whole.
///
/// Joint salience `ω_i ∝ √(w^1_i w^2_i)`, saliences made to sum to one within each actor first. Draws of
/// the postures are independent between actors and issues; saliences are taken as given.
pub fn overlap<R: Rng + ?Sized>(
    pairs: &[(Option<&Posture>, Option<&Posture>)],
    rng: &mut R,
) -> Option<Overlap> {
    let known: Vec<(usize, &Posture, &Posture)> = pairs
        .iter()
        .enumerate()
        .filter_map(|(i, (a, b))| Some((i, (*a)?, (*b)?)))
        .collect();
    if known.is_empty() || 2 * known.len() < pairs.len() {
        return None;
    }
    let weights = joint_salience(&known)?;
    let n = known.len();
    let cut: Vec<_> = known.iter().map(|(_, a, b)| (a.cut(), b.cut())).collect();
    let mut divergence = Vec::with_capacity(DRAWS);
    let mut signed = Vec::with_capacity(DRAWS);
    let mut gaps = vec![0.0; n];
    for _ in 0..DRAWS {
        let (mut d, mut s) = (0.0, 0.0);
        for (k, (a, b)) in cut.iter().enumerate() {
            let gap = a.quantile(rng.random()) - b.quantile(rng.random());
            d += 0.5 * weights[k] * gap.abs();
            s += weights[k] * gap;
            gaps[k] += gap.abs() / DRAWS as f64;
        }
        divergence.push(d);
        signed.push(s);
    }
    let spread = |values: &[f64]| {
        let mut by_issue = vec![None; pairs.len()];
        for (k, (i, _, _)) in known.iter().enumerate() {
            by_issue[*i] = Some(values[k]);
        }
        by_issue
    };
    Some(Overlap {
        divergence: summary(&mut divergence),
        signed_gap: summary(&mut signed),
        weights: spread(&weights),
        gaps: spread(&gaps),
    })
}

fn joint_salience(known: &[(usize, &Posture, &Posture)]) -> Option<Vec<f64>> {
    let total = |of: fn(&(usize, &Posture, &Posture)) -> f64| known.iter().map(of).sum::<f64>();
    let (a, b) = (total(|k| k.1.salience), total(|k| k.2.salience));
    if a <= 0.0 || b <= 0.0 {
        return None;
    }
    let joint: Vec<f64> = known
        .iter()
        .map(|k| ((k.1.salience / a) * (k.2.salience / b)).sqrt())
        .collect();
    let sum: f64 = joint.iter().sum();
    (sum > 0.0).then(|| joint.into_iter().map(|w| w / sum).collect())
}

/// Own ambition over a baseline, `M = Σ w_i max(0, x_i − y0_i)`, over the issues whose baseline is
/// known, their saliences made to sum to one; nothing if fewer than half are.
pub fn ambition<R: Rng + ?Sized>(
    issues: &[(Option<&Posture>, Option<f64>)],
    rng: &mut R,
) -> Option<Measured> {
    let known: Vec<(&Posture, f64)> = issues
        .iter()
        .filter_map(|(x, y0)| Some(((*x)?, (*y0)?)))
        .collect();
    let salience: f64 = known.iter().map(|(x, _)| x.salience).sum();
    if known.is_empty() || 2 * known.len() < issues.len() || salience <= 0.0 {
        return None;
    }
    let cut: Vec<_> = known
        .iter()
        .map(|(x, y0)| (x.cut(), x.salience / salience, *y0))
        .collect();
    let mut draws: Vec<f64> = (0..DRAWS)
        .map(|_| {
            cut.iter()
                .map(|(x, w, y0)| w * (x.quantile(rng.random()) - y0).max(0.0))
                .sum()
        })
        .collect();
    Some(summary(&mut draws))
}

/// Mean, 5 % and 95 % points.
fn summary(draws: &mut [f64]) -> Measured {
    draws.sort_by(f64::total_cmp);
    let at = |u: f64| draws[((draws.len() - 1) as f64 * u).round() as usize];
    let mean = draws.iter().sum::<f64>() / draws.len() as f64;
    Measured::new(mean, at(0.05), at(0.95))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    fn posture(centre: f64, sd: f64, salience: f64) -> Posture {
        Posture {
            centre,
            sd,
            salience,
            rows: Vec::new(),
        }
    }

    #[test]
    fn without_error_the_formula_is_arithmetic() {
        let (a, b) = (posture(0.5, 1e-9, 0.8), posture(-0.3, 1e-9, 0.2));
        let (c, d) = (posture(-0.1, 1e-9, 0.2), posture(-0.5, 1e-9, 0.8));
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let o = overlap(&[(Some(&a), Some(&b)), (Some(&c), Some(&d))], &mut rng).unwrap();
        // Saliences .8/.2 against .2/.8: both products are .16, so ω = ½ each.
        // D = ½ (½·.8 + ½·.4) = .3; Δ = ½·.8 + ½·.4 = .6. The spread of 1e-9 is the tolerance.
        assert!((o.divergence.mid - 0.3).abs() < 1e-8);
        assert!((o.signed_gap.mid - 0.6).abs() < 1e-8);
    }

    #[test]
    fn what_is_not_declared_is_not_zero() {
        let a = posture(0.5, 0.1, 1.0);
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        assert_eq!(overlap(&[(Some(&a), None)], &mut rng), None);
        let one_of_three = [(Some(&a), Some(&a)), (Some(&a), None), (None, None)];
        assert_eq!(overlap(&one_of_three, &mut rng), None);
    }

    #[test]
    fn two_unknown_postures_diverge_by_a_third() {
        // Uniform on [−1, 1] each: E|a − b| = 2/3, so D = 1/3; sd of |a−b|/2 is √(1/18) = .236,
        // and its mean over 1000 draws has a standard error of .0075: four of them.
        let flat = posture(0.0, 1e6, 1.0);
        let mut rng = ChaCha8Rng::seed_from_u64(7);
        let o = overlap(&[(Some(&flat), Some(&flat))], &mut rng).unwrap();
        assert!(
            (o.divergence.mid - 1.0 / 3.0).abs() < 0.03,
            "{}",
            o.divergence.mid
        );
    }

    #[test]
    fn ambition_counts_only_what_exceeds_the_baseline() {
        let (up, down) = (posture(0.6, 1e-9, 0.5), posture(-0.2, 1e-9, 0.5));
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let m = ambition(
            &[(Some(&up), Some(0.2)), (Some(&down), Some(0.0))],
            &mut rng,
        )
        .unwrap();
        assert!((m.mid - 0.2).abs() < 1e-8);
    }
}
