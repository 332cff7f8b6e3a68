//! Divergence and overlap of two actors' interests, issue by issue (model B.2).

use tertius_math::lattice::{Bounded, Cumulated, Lattice};

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

/// How far two actors are apart on one issue.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// `d = ½ |a − b|`, 0 to 1.
    pub divergence: Measured,
    /// `a − b`.
    pub signed: Measured,
    distribution: Distribution,
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
}

/// Points over which a difference, and a sum, is spread. A difference of normals that reach five spreads
/// to either side spans fifteen of its own at most: a step is a seventeenth of its spread, and mass taken
/// as even over it is wrong by a squared step.
const OF_DIFFERENCE: usize = 256;
const OF_SUM: usize = 512;

/// How far two postures, independent of each other, lie apart. Means are integrals, to 1e-5; the 5 and
/// 95 % points come from the distribution of the difference on a lattice ([`Lattice::of_difference`]).
///
/// ```
/// use tertius::interests::overlap::gap;
/// use tertius::interests::posture::Posture;
/// let at = |centre| Posture { centre, sd: 0.1, salience: 1.0, rows: Vec::new() };
/// let g = gap(&at(0.4), &at(-0.2)).unwrap();
/// assert!((g.signed.mid - 0.6).abs() < 1e-5 && (g.divergence.mid - 0.3).abs() < 1e-4);
/// ```
pub fn gap(a: &Posture, b: &Posture) -> Option<Gap> {
    let (a, b) = (a.cut(), b.cut());
    let difference = Lattice::of_difference(&a.bounded(), &b.bounded(), OF_DIFFERENCE)?;
    let distribution = Distribution {
        range: difference.range(),
        table: difference.cumulated(),
    };
    let [low, high] = {
        let halves = distribution.halved_distance(1.0);
        [0.05, 0.95].map(|u| halves.quantile(u))
    };
    Some(Gap {
        divergence: Measured::new(0.5 * a.mean_distance(b), low, high),
        signed: measured(a.mean() - b.mean(), &difference),
        distribution,
    })
}

/// The distribution of `a − b`.
#[derive(Clone, Debug, PartialEq)]
struct Distribution {
    range: [f64; 2],
    table: Cumulated,
}

type Summand<'d> = Bounded<Box<dyn Fn(f64) -> f64 + 'd>>;

impl Distribution {
    /// `w (a − b)`, for w > 0.
    fn scaled(&self, w: f64) -> Summand<'_> {
        Bounded {
            range: self.range.map(|x| w * x),
            cdf: Box::new(move |x| self.table.at(x / w)),
        }
    }

    /// `½ w |a − b|`, for w > 0.
    fn halved_distance(&self, w: f64) -> Summand<'_> {
        let [low, high] = self.range;
        let least = if low <= 0.0 && 0.0 <= high {
            0.0
        } else {
            low.abs().min(high.abs())
        };
        let most = low.abs().max(high.abs());
        Bounded {
            range: [0.5 * w * least, 0.5 * w * most],
            cdf: Box::new(move |d| {
                let distance = 2.0 * d / w;
                self.table.at(distance) - self.table.at(-distance)
            }),
        }
    }
}

/// Overlap of first and second over a family, given their gaps issue by issue; nothing if fewer than half
/// of its issues are known on both sides, since the rest can't speak for the whole.
///
/// Joint salience `ω_i ∝ √(w^1_i w^2_i)`, saliences made to sum to one within each actor first. Postures
/// are independent between actors and issues; saliences are taken as given.
pub fn overlap(
    pairs: &[(Option<&Posture>, Option<&Posture>)],
    gaps: &[Option<Gap>],
) -> Option<Overlap> {
    let known: Vec<(usize, &Gap, f64, f64)> = pairs
        .iter()
        .zip(gaps)
        .enumerate()
        .filter_map(|(i, ((a, b), gap))| Some((i, gap.as_ref()?, (*a)?.salience, (*b)?.salience)))
        .collect();
    if known.is_empty() || 2 * known.len() < pairs.len() {
        return None;
    }
    let saliences: Vec<(f64, f64)> = known.iter().map(|k| (k.2, k.3)).collect();
    let weights = joint_salience(&saliences)?;
    // An issue that somebody does not care about at all has no weight, and nothing to be divided by it.
    let heavy: Vec<(f64, &Gap)> = weights
        .iter()
        .zip(&known)
        .map(|(w, k)| (*w, k.1))
        .filter(|(w, _)| *w > 0.0)
        .collect();
    let mean = |of: fn(&Gap) -> f64| heavy.iter().map(|(w, g)| w * of(g)).sum();
    let distances = heavy
        .iter()
        .map(|(w, g)| g.distribution.halved_distance(*w));
    let signed = heavy.iter().map(|(w, g)| g.distribution.scaled(*w));
    let distances = Lattice::of_sum(&distances.collect::<Vec<_>>(), OF_SUM)?;
    let signed = Lattice::of_sum(&signed.collect::<Vec<_>>(), OF_SUM)?;
    let mut by_issue = vec![None; pairs.len()];
    for (w, (i, ..)) in weights.iter().zip(&known) {
        by_issue[*i] = Some(*w);
    }
    Some(Overlap {
        divergence: measured(mean(|g| g.divergence.mid), &distances),
        signed_gap: measured(mean(|g| g.signed.mid), &signed),
        weights: by_issue,
    })
}

fn joint_salience(known: &[(f64, f64)]) -> Option<Vec<f64>> {
    let (a, b) = known
        .iter()
        .fold((0.0, 0.0), |sum, k| (sum.0 + k.0, sum.1 + k.1));
    if a <= 0.0 || b <= 0.0 {
        return None;
    }
    let joint: Vec<f64> = known
        .iter()
        .map(|k| ((k.0 / a) * (k.1 / b)).sqrt())
        .collect();
    let sum: f64 = joint.iter().sum();
    (sum > 0.0).then(|| joint.into_iter().map(|w| w / sum).collect())
}

/// Own ambition over a baseline, `M = Σ w_i max(0, x_i − y0_i)`, over the issues whose baseline is
/// known, their saliences made to sum to one; nothing if fewer than half are.
pub fn ambition(issues: &[(Option<&Posture>, Option<f64>)]) -> Option<Measured> {
    let known: Vec<(&Posture, f64)> = issues
        .iter()
        .filter_map(|(x, y0)| Some(((*x)?, (*y0)?)))
        .collect();
    let salience: f64 = known.iter().map(|(x, _)| x.salience).sum();
    if known.is_empty() || 2 * known.len() < issues.len() || salience <= 0.0 {
        return None;
    }
    let mut mean = 0.0;
    let mut all: Vec<Summand<'static>> = Vec::new();
    for (x, y0) in known {
        let (cut, w) = (x.cut(), x.salience / salience);
        mean += w * cut.mean_above(y0);
        if w > 0.0 {
            all.push(Bounded {
                range: cut.support().map(|x| w * (x - y0).max(0.0)),
                // Below 0 there is nothing, however much lies below the baseline.
                cdf: Box::new(move |m| if m < 0.0 { 0.0 } else { cut.cdf(y0 + m / w) }),
            });
        }
    }
    Some(measured(mean, &Lattice::of_sum(&all, OF_SUM)?))
}

/// A mean with the 5 and 95 % points of its distribution.
fn measured(mean: f64, distribution: &Lattice) -> Measured {
    Measured::new(
        mean,
        distribution.quantile(0.05),
        distribution.quantile(0.95),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    fn posture(centre: f64, sd: f64, salience: f64) -> Posture {
        Posture {
            centre,
            sd,
            salience,
            rows: Vec::new(),
        }
    }

    fn of(pairs: &[(Option<&Posture>, Option<&Posture>)]) -> Option<Overlap> {
        let gaps: Vec<_> = pairs.iter().map(|(a, b)| gap((*a)?, (*b)?)).collect();
        overlap(pairs, &gaps)
    }

    /// Where congruence C falls below θ_C = ½, as the methods page says: two postures known to .05 must
    /// lie more than 1 apart, and what is not known at all never does.
    #[test]
    fn congruence_below_one_half_needs_postures_more_than_one_apart() {
        for (i, j) in (0..=20).flat_map(|i| (0..=20).map(move |j| (i, j))) {
            let [own, wish] = [i, j].map(|k| f64::from(k) / 10.0 - 1.0);
            let c = 1.0
                - gap(&posture(own, 0.05, 1.0), &posture(wish, 0.05, 1.0))
                    .unwrap()
                    .divergence
                    .mid;
            let apart = (own - wish).abs();
            // At the ends the cut draws a posture in by .04; between 1 and 1.1 either may be.
            if apart <= 1.0 - 1e-9 {
                assert!(c >= 0.5, "{own} {wish} {c}");
            } else if apart >= 1.1 - 1e-9 {
                assert!(c < 0.5, "{own} {wish} {c}");
            }
        }
        let unknown = posture(0.0, 1e6, 1.0);
        assert!(1.0 - gap(&unknown, &unknown).unwrap().divergence.mid > 0.66);
    }

    #[test]
    fn without_error_the_formula_is_arithmetic() {
        let (a, b) = (posture(0.5, 1e-9, 0.8), posture(-0.3, 1e-9, 0.2));
        let (c, d) = (posture(-0.1, 1e-9, 0.2), posture(-0.5, 1e-9, 0.8));
        let o = of(&[(Some(&a), Some(&b)), (Some(&c), Some(&d))]).unwrap();
        // Saliences .8/.2 against .2/.8: both products are .16, so ω = ½ each.
        // D = ½ (½·.8 + ½·.4) = .3; Δ = ½·.8 + ½·.4 = .6. The spread of 1e-9 is the tolerance.
        assert!((o.divergence.mid - 0.3).abs() < 1e-8);
        assert!((o.signed_gap.mid - 0.6).abs() < 1e-8);
        assert!((o.divergence.low - 0.3).abs() < 1e-8 && (o.divergence.high - 0.3).abs() < 1e-8);
    }

    #[test]
    fn what_is_not_declared_is_not_zero() {
        let a = posture(0.5, 0.1, 1.0);
        assert_eq!(of(&[(Some(&a), None)]), None);
        let one_of_three = [(Some(&a), Some(&a)), (Some(&a), None), (None, None)];
        assert_eq!(of(&one_of_three), None);
    }

    #[test]
    fn two_unknown_postures_diverge_by_a_third() {
        // Uniform on [−1, 1] each: E|a − b| = 2/3, so D = 1/3, and P(D ≤ d) = 1 − (1 − d)².
        let flat = posture(0.0, 1e6, 1.0);
        let d = of(&[(Some(&flat), Some(&flat))]).unwrap().divergence;
        assert!((d.mid - 1.0 / 3.0).abs() < 1e-9, "{}", d.mid);
        // A step of the difference is 1/64, and mass even over it is wrong by a squared one.
        for (found, u) in [(d.low, 0.05f64), (d.high, 0.95)] {
            let expected = 1.0 - (1.0 - u).sqrt();
            assert!((found - expected).abs() < 5e-4, "{u} {found} {expected}");
        }
    }

    #[test]
    fn ambition_counts_only_what_exceeds_the_baseline() {
        let (up, down) = (posture(0.6, 1e-9, 0.5), posture(-0.2, 1e-9, 0.5));
        let m = ambition(&[(Some(&up), Some(0.2)), (Some(&down), Some(0.0))]).unwrap();
        assert!((m.mid - 0.2).abs() < 1e-8);
    }

    #[test]
    fn ambition_that_may_be_none_has_zero_for_its_lower_end() {
        let m = ambition(&[(Some(&posture(0.0, 0.1, 1.0)), Some(0.05))]).unwrap();
        assert_eq!(m.low, 0.0);
        assert!(m.mid > 0.0 && m.high > m.mid);
    }

    /// Draws of the postures, as an independent witness.
    const DRAWS: usize = 20_000;

    fn drawn(draw: &mut dyn FnMut(&mut ChaCha8Rng) -> f64, seed: u64) -> Vec<f64> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut all: Vec<f64> = (0..DRAWS).map(|_| draw(&mut rng)).collect();
        all.sort_by(f64::total_cmp);
        all
    }

    fn agrees(found: Measured, draws: &[f64]) -> Result<(), TestCaseError> {
        let n = DRAWS as f64;
        let mean = draws.iter().sum::<f64>() / n;
        let sd = (draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
        // Five standard errors of the mean of the draws, and the integral's own error.
        prop_assert!(
            (found.mid - mean).abs() < 5.0 * sd / n.sqrt() + 2e-5,
            "{found:?} {mean} {sd}"
        );
        for (end, u) in [(found.low, 0.05), (found.high, 0.95)] {
            // Five standard errors of a share of .05; a hundredth of a spread for the lattice; and an end
            // may lie on mass of its own, of which any share may be below.
            let error = 5.0 * (0.05 * 0.95 / n).sqrt();
            let below = |x: f64| draws.partition_point(|d| *d < x) as f64 / n;
            let (least, most) = (below(end - 0.01 * sd), below(end + 0.01 * sd + 1e-12));
            // An end is stretched to hold the mean, which may lie beyond nine tenths of what is nearly sure.
            let stretched = end == found.mid;
            prop_assert!(
                (stretched || least - error <= u) && u <= most + error,
                "{u}: {end} has {least} to {most}"
            );
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn sums_are_those_of_draws(
            centres in prop::array::uniform6(-1.0..=1.0f64),
            sds in prop::array::uniform6(-4.0..=1.0f64),
            saliences in prop::array::uniform6(0.05..=1.0f64),
        ) {
            let p: Vec<Posture> = (0..6).map(|k| posture(centres[k], sds[k].exp(), saliences[k])).collect();
            let pairs: Vec<_> = (0..3).map(|i| (Some(&p[2 * i]), Some(&p[2 * i + 1]))).collect();
            let o = of(&pairs).unwrap();
            let w: Vec<f64> = o.weights.iter().map(|w| w.unwrap()).collect();
            let sum = |part: fn(f64) -> f64| {
                let (p, w) = (&p, &w);
                move |rng: &mut ChaCha8Rng| -> f64 {
                    (0..3).map(|i| {
                        let gap = p[2 * i].quantile(rng.random()) - p[2 * i + 1].quantile(rng.random());
                        w[i] * part(gap)
                    }).sum()
                }
            };
            agrees(o.divergence, &drawn(&mut sum(|g| 0.5 * g.abs()), 1))?;
            agrees(o.signed_gap, &drawn(&mut sum(|g| g), 2))?;
            let first = gap(&p[0], &p[1]).unwrap();
            let mut one = |rng: &mut ChaCha8Rng| {
                0.5 * (p[0].quantile(rng.random()) - p[1].quantile(rng.random())).abs()
            };
            agrees(first.divergence, &drawn(&mut one, 3))?;
            let own: Vec<_> = p.iter().take(3).map(|x| (Some(x), Some(0.1))).collect();
            let total: f64 = saliences[..3].iter().sum();
            let m = ambition(&own).unwrap();
            let mut draw = |rng: &mut ChaCha8Rng| (0..3).map(|k| {
                saliences[k] / total * (p[k].quantile(rng.random()) - 0.1).max(0.0)
            }).sum();
            agrees(m, &drawn(&mut draw, 4))?;
        }

        /// Swapping the two actors turns the sign and nothing else; the order of issues is nothing.
        #[test]
        fn swapping_turns_the_sign(a in -1.0..=1.0f64, b in -1.0..=1.0f64, s in 0.02..=1.0f64, t in 0.02..=1.0f64) {
            let (p, q) = (posture(a, s, 0.6), posture(b, t, 0.3));
            let (r, u) = (posture(b, s, 0.2), posture(a, 0.5, 0.9));
            let one = of(&[(Some(&p), Some(&q)), (Some(&r), Some(&u))]).unwrap();
            let two = of(&[(Some(&u), Some(&r)), (Some(&q), Some(&p))]).unwrap();
            // Order of addition; and points of the lattice fall elsewhere, by a step of the range, 4, at most.
            prop_assert!((one.divergence.mid - two.divergence.mid).abs() < 1e-12);
            prop_assert!((one.signed_gap.mid + two.signed_gap.mid).abs() < 1e-12);
            prop_assert!((one.divergence.low - two.divergence.low).abs() < 1.0 / 512.0);
            prop_assert!((one.signed_gap.low + two.signed_gap.high).abs() < 4.0 / 512.0);
        }
    }
}
