//! How good stated probabilities were, once the outcomes are known.

use std::num::NonZeroUsize;

/// The least probability that a log score may see: a forecast of exactly 0 that fails would cost
/// infinitely much, and one bad cell would be the whole score.
pub const LOG_SCORE_FLOOR: f64 = 1e-6;

/// Mean squared difference of probability and outcome (Brier 1950), Σ (p − y)² / n.
///
/// Undefined (`None`) without forecasts.
///
/// ```
/// use tertius_math::scoring::brier;
/// assert_eq!(brier(&[0.8, 0.4], &[true, false]), Some((0.04 + 0.16) / 2.0));
/// ```
pub fn brier(probabilities: &[f64], outcomes: &[bool]) -> Option<f64> {
    mean(probabilities, outcomes, |p, y| (p - f64::from(y)).powi(2))
}

/// A mean log score and how often the floor was needed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogScore {
    /// Mean of ln p(what happened), in nats; 0 is perfect.
    pub mean: f64,
    /// Forecasts that gave what happened less than [`LOG_SCORE_FLOOR`].
    pub floored: usize,
}

/// Mean of ln p(what happened), floored at [`LOG_SCORE_FLOOR`]. `None` without forecasts.
pub fn log_score(probabilities: &[f64], outcomes: &[bool]) -> Option<LogScore> {
    let of = |p: f64, y: bool| if y { p } else { 1.0 - p };
    let mean = mean(probabilities, outcomes, |p, y| {
        of(p, y).max(LOG_SCORE_FLOOR).ln()
    })?;
    let floored = probabilities
        .iter()
        .zip(outcomes)
        .filter(|&(&p, &y)| of(p, y) < LOG_SCORE_FLOOR)
        .count();
    Some(LogScore { mean, floored })
}

/// One bin of a reliability diagram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReliabilityBin {
    /// Lower end; the upper end is the next bin's, and the last bin holds 1.
    pub from: f64,
    /// Forecasts in it.
    pub count: usize,
    /// Mean stated probability.
    pub stated: f64,
    /// Share that came true.
    pub came_true: f64,
}

/// A reliability diagram with bins of equal width; empty bins are left out.
pub fn reliability(
    probabilities: &[f64],
    outcomes: &[bool],
    bins: NonZeroUsize,
) -> Vec<ReliabilityBin> {
    let n = bins.get();
    let mut sums = vec![(0usize, 0.0, 0usize); n];
    for (&p, &y) in probabilities.iter().zip(outcomes) {
        let bin = ((p * n as f64) as usize).min(n - 1);
        let (count, stated, came_true) = &mut sums[bin];
        *count += 1;
        *stated += p;
        *came_true += usize::from(y);
    }
    sums.iter()
        .enumerate()
        .filter(|(_, (count, ..))| *count > 0)
        .map(|(i, &(count, stated, came_true))| ReliabilityBin {
            from: i as f64 / n as f64,
            count,
            stated: stated / count as f64,
            came_true: came_true as f64 / count as f64,
        })
        .collect()
}

/// Expected calibration error: Σ_bins count/n · |came true − stated|, bins of equal width
/// (Naeini, Cooper and Hauskrecht 2015). Biased upward where forecasts are few or come in runs.
/// `None` without forecasts.
pub fn calibration_error(
    probabilities: &[f64],
    outcomes: &[bool],
    bins: NonZeroUsize,
) -> Option<f64> {
    let bins = reliability(probabilities, outcomes, bins);
    let n: usize = bins.iter().map(|b| b.count).sum();
    (n > 0).then(|| {
        bins.iter()
            .map(|b| b.count as f64 / n as f64 * (b.came_true - b.stated).abs())
            .sum()
    })
}

fn mean(probabilities: &[f64], outcomes: &[bool], score: impl Fn(f64, bool) -> f64) -> Option<f64> {
    let n = probabilities.len().min(outcomes.len());
    let sum: f64 = probabilities
        .iter()
        .zip(outcomes)
        .map(|(&p, &y)| score(p, y))
        .sum();
    (n > 0).then(|| sum / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN: NonZeroUsize = NonZeroUsize::new(10).unwrap();

    #[test]
    fn a_coin_called_even_is_calibrated_and_no_better_than_a_quarter() {
        let (p, y) = ([0.5; 4], [true, false, true, false]);
        assert_eq!(brier(&p, &y), Some(0.25));
        assert_eq!(calibration_error(&p, &y, TEN), Some(0.0));
        assert!((log_score(&p, &y).unwrap().mean - 0.5f64.ln()).abs() < 1e-15);
    }

    #[test]
    fn certainty_that_is_half_wrong_is_off_by_a_half_and_floored() {
        let (p, y) = ([1.0, 1.0], [true, false]);
        assert_eq!(calibration_error(&p, &y, TEN), Some(0.5));
        let score = log_score(&p, &y).unwrap();
        assert_eq!(score.floored, 1);
        assert_eq!(score.mean, LOG_SCORE_FLOOR.ln() / 2.0);
    }

    #[test]
    fn bins_hold_every_forecast_once_and_the_last_holds_one() {
        let p: Vec<f64> = (0..=100).map(|i| f64::from(i) / 100.0).collect();
        let y: Vec<bool> = p.iter().map(|p| *p > 0.5).collect();
        let bins = reliability(&p, &y, TEN);
        assert_eq!(bins.iter().map(|b| b.count).sum::<usize>(), 101);
        assert_eq!(bins.last().unwrap().count, 11);
        assert_eq!(bins.last().unwrap().came_true, 1.0);
    }

    #[test]
    fn nothing_forecast_is_nothing_scored() {
        assert_eq!(brier(&[], &[]), None);
        assert_eq!(log_score(&[], &[]), None);
        assert_eq!(calibration_error(&[], &[], TEN), None);
    }
}
