//! Agreement of coders who each coded some of the units (Krippendorff's alpha), and of two readings that
//! say yes or no of all of them (Cohen's kappa).

/// How far apart two values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// The same or not: δ² = 0 or 1.
    Nominal,
    /// Ranks: δ² = (Σ_{g=c..k} n_g − (n_c + n_k)/2)².
    Ordinal,
    /// Numbers: δ² = (c − k)².
    Interval,
}

/// `α = 1 − D_o / D_e` (Krippendorff 2004, chapter 11; Hayes & Krippendorff 2007).
///
/// `units`: the values given to each unit, by whichever coders gave one; units with fewer than two are
/// passed over. Nominal values are any distinct numbers.
///
/// Undefined, and nothing, where no unit has two values or all values are the same: there was then
/// nothing to disagree about.
///
/// ```
/// use tertius_math::agreement::{alpha, Metric};
/// let units = [vec![1.0, 1.0], vec![2.0, 2.0], vec![1.0, 2.0]];
/// // Coincidences: o_11 = 2, o_22 = 2, o_12 = o_21 = 1; D_o = 2/6, D_e = 2·3·3/(6·5).
/// assert!((alpha(&units, Metric::Nominal).unwrap() - (1.0 - (2.0 / 6.0) / 0.6)).abs() < 1e-15);
/// ```
pub fn alpha(units: &[Vec<f64>], metric: Metric) -> Option<f64> {
    let mut values: Vec<f64> = units
        .iter()
        .filter(|u| u.len() >= 2)
        .flatten()
        .copied()
        .collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let k = values.len();
    let at = |x: f64| values.partition_point(|v| v.total_cmp(&x).is_lt());
    let mut coincidence = vec![0.0; k * k];
    for unit in units.iter().filter(|u| u.len() >= 2) {
        let share = 1.0 / (unit.len() - 1) as f64;
        for (i, a) in unit.iter().enumerate() {
            for (j, b) in unit.iter().enumerate() {
                if i != j {
                    coincidence[at(*a) * k + at(*b)] += share;
                }
            }
        }
    }
    let margin: Vec<f64> = (0..k)
        .map(|c| coincidence[c * k..(c + 1) * k].iter().sum())
        .collect();
    let n: f64 = margin.iter().sum();
    let distance = |a: usize, b: usize| -> f64 {
        match metric {
            Metric::Nominal => f64::from(u8::from(a != b)),
            Metric::Interval => (values[a] - values[b]).powi(2),
            Metric::Ordinal => {
                let (low, high) = (a.min(b), a.max(b));
                let between: f64 = margin[low..=high].iter().sum();
                (between - (margin[a] + margin[b]) / 2.0).powi(2)
            }
        }
    };
    let (mut observed, mut expected) = (0.0, 0.0);
    for a in 0..k {
        for b in 0..k {
            observed += coincidence[a * k + b] * distance(a, b);
            expected += margin[a] * margin[b] * distance(a, b);
        }
    }
    (n > 1.0 && expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}

/// A 95 % interval of alpha: percentiles over resampled units (bootstrap). `draws` are numbers in [0, 1),
/// one for each unit of each resample. Resamples in which alpha is undefined are passed over.
pub fn alpha_interval(
    units: &[Vec<f64>],
    metric: Metric,
    resamples: usize,
    mut draw: impl FnMut() -> f64,
) -> Option<[f64; 2]> {
    let mut found = Vec::with_capacity(resamples);
    let mut sample = Vec::with_capacity(units.len());
    for _ in 0..resamples {
        sample.clear();
        for _ in 0..units.len() {
            let i = (draw() * units.len() as f64) as usize;
            sample.push(units[i.min(units.len() - 1)].clone());
        }
        found.extend(alpha(&sample, metric));
    }
    found.sort_by(f64::total_cmp);
    let point = |u: f64| found[((found.len() - 1) as f64 * u).round() as usize];
    (!found.is_empty()).then(|| [point(0.025), point(0.975)])
}

/// `κ = (p_o − p_e) / (1 − p_e)` of two readings that say yes or no of the same units (Cohen 1960): p_o
/// the share on which they agree, p_e the share on which they would by chance, given how often each says
/// yes.
///
/// Undefined, and nothing, without units, for lists of different length, and where both always say the
/// same one thing: chance then agrees always.
///
/// ```
/// use tertius_math::agreement::kappa;
/// // Both yes 20 times, the first alone 5, the second alone 10, neither 15: p_o = .7, p_e = .5.
/// let cells = [(true, true, 20), (true, false, 5), (false, true, 10), (false, false, 15)];
/// let spread = |which: fn(&(bool, bool, usize)) -> bool| -> Vec<bool> {
///     cells.iter().flat_map(|c| vec![which(c); c.2]).collect()
/// };
/// let k = kappa(&spread(|c| c.0), &spread(|c| c.1)).unwrap();
/// assert!((k - 0.4).abs() < 1e-12);
/// ```
pub fn kappa(a: &[bool], b: &[bool]) -> Option<f64> {
    if a.is_empty() || a.len() != b.len() {
        return None;
    }
    let n = a.len();
    let yes = |x: &[bool]| x.iter().filter(|y| **y).count();
    let (in_a, in_b) = (yes(a), yes(b));
    if in_a == in_b && (in_a == 0 || in_a == n) {
        return None;
    }
    // n² p_o and n² p_e, whole numbers: what is no better than chance is 0 to the last digit.
    let agreed = n * a.iter().zip(b).filter(|(x, y)| x == y).count();
    let by_chance = in_a * in_b + (n - in_a) * (n - in_b);
    let better = agreed as f64 - by_chance as f64;
    Some(better / (n * n - by_chance) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four observers, twelve units, with gaps: the example of Krippendorff, "Computing Krippendorff's
    /// alpha-reliability" (2011), sections C and D: .743 nominal, .815 ordinal, .849 interval.
    fn krippendorff_2011() -> Vec<Vec<f64>> {
        let dot = 0;
        let observers = [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, dot, dot, dot],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, dot, 3],
            [dot, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, dot],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, dot],
        ];
        (0..12)
            .map(|u| {
                observers
                    .iter()
                    .map(|o| o[u])
                    .filter(|v| *v != dot)
                    .map(f64::from)
                    .collect()
            })
            .collect()
    }

    #[test]
    fn the_printed_example() {
        let units = krippendorff_2011();
        // Half a unit of the last printed digit.
        for (metric, printed) in [
            (Metric::Nominal, 0.743),
            (Metric::Ordinal, 0.815),
            (Metric::Interval, 0.849),
        ] {
            let a = alpha(&units, metric).unwrap();
            assert!((a - printed).abs() <= 0.0005, "{metric:?} {a}");
        }
    }

    #[test]
    fn nothing_to_disagree_about_is_undefined() {
        assert_eq!(
            alpha(&[vec![1.0, 1.0], vec![1.0, 1.0]], Metric::Nominal),
            None
        );
        assert_eq!(alpha(&[vec![1.0], vec![2.0]], Metric::Interval), None);
        assert_eq!(alpha(&[], Metric::Nominal), None);
    }

    #[test]
    fn kappa_is_one_at_perfect_agreement_nought_at_independence_and_undefined_without_choice() {
        let half = [true, false, true, false];
        assert_eq!(kappa(&half, &half), Some(1.0));
        assert_eq!(kappa(&half, &[true, true, false, false]), Some(0.0));
        assert_eq!(kappa(&half, &half.map(|x| !x)), Some(-1.0));
        // One that always says yes tells no more than chance.
        assert_eq!(kappa(&half, &[true; 4]), Some(0.0));
        assert_eq!(kappa(&[true; 3], &[true; 3]), None);
        assert_eq!(kappa(&[false; 3], &[false; 3]), None);
        assert_eq!(kappa(&[true; 3], &[false; 3]), Some(0.0));
        assert_eq!(kappa(&[], &[]), None);
        assert_eq!(kappa(&half, &half[..3]), None);
    }

    /// Every two readings of up to 39 units that are independent of each other: thirds and sevenths are no binary
    /// fractions, and still nothing is left over.
    #[test]
    fn kappa_at_chance_is_nought_to_the_last_digit() {
        for n in 2..40_usize {
            for (in_a, in_b) in (1..n).flat_map(|a| (1..n).map(move |b| (a, b))) {
                // Independent where both say yes in_a in_b / n times.
                if !(in_a * in_b).is_multiple_of(n) {
                    continue;
                }
                let both = in_a * in_b / n;
                let a: Vec<bool> = (0..n).map(|i| i < in_a).collect();
                let b = (0..n).map(|i| i < both || (in_a..in_a + in_b - both).contains(&i));
                let found = kappa(&a, &b.collect::<Vec<_>>());
                assert_eq!(found, Some(0.0), "{n} {in_a} {in_b}");
            }
        }
    }

    #[test]
    fn perfect_agreement_is_one() {
        let units = [vec![1.0, 1.0], vec![2.0, 2.0], vec![7.0, 7.0]];
        for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval] {
            assert_eq!(alpha(&units, metric), Some(1.0));
        }
    }
}
