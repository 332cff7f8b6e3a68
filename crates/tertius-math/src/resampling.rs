//! The bootstrap: how far a statistic hangs on which cases happened to be there.

use crate::Share;
use crate::threads::{cores, for_each};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::num::NonZeroU32;

/// Share of replicates that may be undefined before an interval is refused.
pub const UNDEFINED_LIMIT: f64 = 0.05;

/// How an interval is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bootstrap {
    /// Replicates.
    pub replicates: NonZeroU32,
    /// What the interval is to cover.
    pub covers: Share,
    /// Seed. Replicate *b* has its own stream *b* of the generator, so that the answer depends on
    /// neither the number of threads nor their order.
    pub seed: u64,
}

/// A statistic with a percentile interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// On the cases as they are; nothing where it is undefined.
    pub estimate: Option<f64>,
    /// Lower and upper end; nothing where more than [`UNDEFINED_LIMIT`] of the replicates are
    /// undefined: an interval over the rest would speak of other cases.
    pub ends: Option<(f64, f64)>,
    /// Standard deviation of the defined replicates; nothing where `ends` is nothing.
    pub deviation: Option<f64>,
    /// Replicates in which the statistic was undefined.
    pub undefined: u32,
}

/// The percentile bootstrap (Efron and Tibshirani 1993, chapter 13): `statistic` is given the indices
/// of `n` cases drawn with replacement from `n`, once in order and then once a replicate.
///
/// The ends are the order statistics interpolated linearly at (replicates − 1) p. The cases are taken
/// to be independent of each other: where they come in runs of like cases the interval is too narrow.
///
/// Undefined without cases, or where the statistic is.
///
/// ```
/// use tertius_math::{Share, resampling::{Bootstrap, bootstrap}};
/// let heights = [1.0, 2.0, 3.0, 4.0];
/// let mean = |cases: &[usize]| {
///     Some(cases.iter().map(|&i| heights[i]).sum::<f64>() / cases.len() as f64)
/// };
/// let how = Bootstrap { replicates: 500.try_into().unwrap(), covers: Share::NINE_TENTHS, seed: 1 };
/// let found = bootstrap(4, &how, mean);
/// assert_eq!(found.estimate, Some(2.5));
/// let (low, high) = found.ends.unwrap();
/// assert!(1.0 <= low && low < 2.5 && 2.5 < high && high <= 4.0);
/// ```
pub fn bootstrap(
    n: usize,
    how: &Bootstrap,
    statistic: impl Fn(&[usize]) -> Option<f64> + Sync,
) -> Interval {
    let in_order: Vec<usize> = (0..n).collect();
    let estimate = (n > 0).then(|| statistic(&in_order)).flatten();
    let mut replicates: Vec<Option<f64>> = vec![None; how.replicates.get() as usize];
    if n == 0 {
        return summarise(None, &replicates, how);
    }
    let work = |cases: &mut Vec<usize>, stream: usize, out: &mut Option<f64>| {
        draw(how, n, stream, cases);
        *out = statistic(cases);
    };
    for_each(cores(), &mut replicates, Vec::new, work);
    summarise(estimate, &replicates, how)
}

/// The cases of one replicate.
pub(crate) fn draw(how: &Bootstrap, n: usize, replicate: usize, cases: &mut Vec<usize>) {
    let mut rng = ChaCha8Rng::seed_from_u64(how.seed);
    rng.set_stream(replicate as u64 + 1);
    cases.clear();
    cases.extend((0..n).map(|_| rng.random_range(0..n)));
}

/// What the replicates say of the estimate.
pub(crate) fn summarise(
    estimate: Option<f64>,
    replicates: &[Option<f64>],
    how: &Bootstrap,
) -> Interval {
    let finite = replicates.iter().flatten().filter(|x| x.is_finite());
    let mut defined: Vec<f64> = finite.copied().collect();
    let undefined = replicates.len() - defined.len();
    let nothing = Interval {
        estimate,
        ends: None,
        deviation: None,
        undefined: undefined as u32,
    };
    if defined.is_empty() || undefined as f64 > UNDEFINED_LIMIT * replicates.len() as f64 {
        return nothing;
    }
    defined.sort_unstable_by(f64::total_cmp);
    let tail = how.covers.tail();
    let mean = defined.iter().sum::<f64>() / defined.len() as f64;
    let squares: f64 = defined.iter().map(|x| (x - mean).powi(2)).sum();
    Interval {
        ends: Some((quantile(&defined, tail), quantile(&defined, 1.0 - tail))),
        deviation: Some((squares / (defined.len().max(2) - 1) as f64).sqrt()),
        ..nothing
    }
}

/// Of sorted values, interpolated at (n − 1) p.
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let at = (sorted.len() - 1) as f64 * p;
    let below = sorted[at.floor() as usize];
    let above = sorted[at.ceil() as usize];
    below + (at - at.floor()) * (above - below)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn how(replicates: u32, seed: u64) -> Bootstrap {
        Bootstrap {
            replicates: NonZeroU32::new(replicates).unwrap(),
            covers: Share::NINE_TENTHS,
            seed,
        }
    }

    #[test]
    fn the_spread_of_a_mean_is_its_standard_error() {
        let x: Vec<f64> = (0..60).map(|i| f64::from(i * i % 17)).collect();
        let n = x.len() as f64;
        let centre = x.iter().sum::<f64>() / n;
        let variance = x.iter().map(|x| (x - centre).powi(2)).sum::<f64>() / n;
        let mean = |cases: &[usize]| Some(cases.iter().map(|&i| x[i]).sum::<f64>() / n);
        let found = bootstrap(x.len(), &how(4000, 3), mean);
        // The relative error of a standard deviation over 4000 replicates is 1/√8000, 1.1 %; four of
        // these.
        let ratio = found.deviation.unwrap() / (variance / n).sqrt();
        assert!((ratio - 1.0).abs() < 0.045, "{ratio}");
        let (low, high) = found.ends.unwrap();
        // 2 × 1.645 standard errors, to 5 %.
        let width = (high - low) / (2.0 * 1.645 * (variance / n).sqrt());
        assert!((width - 1.0).abs() < 0.05, "{width}");
    }

    #[test]
    fn one_seed_one_answer_and_another_seed_another() {
        let spread = |cases: &[usize]| Some(cases.iter().max()? as &usize).map(|x| *x as f64);
        let once = bootstrap(40, &how(300, 8), spread);
        assert_eq!(once, bootstrap(40, &how(300, 8), spread));
        assert_ne!(
            once.deviation,
            bootstrap(40, &how(300, 9), spread).deviation
        );
    }

    #[test]
    fn what_is_often_undefined_has_no_interval() {
        // Undefined unless case 0 is drawn, which 37 % of replicates of ten miss.
        let found = bootstrap(10, &how(500, 1), |cases| cases.contains(&0).then_some(1.0));
        assert_eq!(found.estimate, Some(1.0));
        assert_eq!(found.ends, None);
        assert!((100..260).contains(&found.undefined));
        assert_eq!(bootstrap(0, &how(10, 1), |_| Some(1.0)).estimate, None);
    }
}
