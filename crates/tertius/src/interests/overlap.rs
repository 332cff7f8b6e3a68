//! Divergence and overlap of two actors' interests, issue by issue (model B.2).

use tertius_math::lattice::{Bounded, Cumulated, Lattice};

use super::cut_normal::CutNormal;
use super::measured::Measured;
use super::paths::Standing;
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
    /// Covariance of x^W and x^S: 0 unless a series measures the one against the other.
    pub covariance: f64,
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

/// How far two postures of this covariance lie apart. Independent ones are each cut to [−1, 1]; of others
/// the difference is, to [−2, 2]. Means are integrals, to 1e-5; the 5 and
/// 95 % points come from the distribution of the difference on a lattice ([`Lattice::of_difference`]).
///
/// ```
/// use tertius::interests::overlap::gap;
/// use tertius::interests::posture::Posture;
/// let at = |centre| Posture { centre, sd: 0.1, salience: 1.0, rows: Vec::new() };
/// let g = gap(&at(0.4), &at(-0.2), 0.0).unwrap();
/// assert!((g.signed.mid - 0.6).abs() < 1e-5 && (g.divergence.mid - 0.3).abs() < 1e-4);
/// ```
pub fn gap(a: &Posture, b: &Posture, covariance: f64) -> Option<Gap> {
    let difference = Difference::of(a.standing(), b.standing(), covariance);
    let lattice = match difference {
        Difference::Apart(a, b) => {
            Lattice::of_difference(&a.bounded(), &b.bounded(), OF_DIFFERENCE)
        }
        Difference::Tied(half) => {
            let difference = Bounded {
                range: half.support().map(|x| 2.0 * x),
                cdf: |x: f64| half.cdf(0.5 * x),
            };
            Lattice::of_sum(&[difference], OF_DIFFERENCE)
        }
    }?;
    let distribution = Distribution {
        range: lattice.range(),
        table: lattice.cumulated(),
    };
    let [low, high] = {
        let halves = distribution.halved_distance(1.0);
        [0.05, 0.95].map(|u| halves.quantile(u))
    };
    Some(Gap {
        divergence: Measured::new(difference.divergence(), low, high),
        signed: measured(difference.signed(), &lattice),
        distribution,
    })
}

/// `a − b` of two postures.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Difference {
    /// Independent of each other.
    Apart(CutNormal, CutNormal),
    /// Of some covariance: half the difference, which lies in [−1, 1] as a posture does.
    Tied(CutNormal),
}

impl Difference {
    pub(crate) fn of(a: Standing, b: Standing, covariance: f64) -> Difference {
        if covariance == 0.0 {
            return Difference::Apart(a.cut(), b.cut());
        }
        let variance = a.sd * a.sd + b.sd * b.sd - 2.0 * covariance;
        // Of two that hang together wholly the difference is known; a normal must have a spread.
        let sd = 0.5 * variance.max(1e-12).sqrt();
        Difference::Tied(CutNormal::new(0.5 * (a.centre - b.centre), sd))
    }

    /// `½ E|a − b|`.
    pub(crate) fn divergence(self) -> f64 {
        match self {
            Difference::Apart(a, b) => 0.5 * a.mean_distance(b),
            // E|u| = 2 E max(0, u) − E u.
            Difference::Tied(half) => 2.0 * half.mean_above(0.0) - half.mean(),
        }
    }

    /// `E(a − b)`.
    fn signed(self) -> f64 {
        match self {
            Difference::Apart(a, b) => a.mean() - b.mean(),
            Difference::Tied(half) => 2.0 * half.mean(),
        }
    }
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
mod tests;
