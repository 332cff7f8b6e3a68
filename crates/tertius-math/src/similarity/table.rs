//! Two rows of choices, cross-classified.

use super::Measure;
use super::measure::{Cross, Ready};
use crate::resampling::{Bootstrap, Interval, bootstrap};
use std::num::NonZeroU8;

/// How often *a* chose level *i* where *b* chose *j*.
#[derive(Clone, Debug, PartialEq)]
pub struct Table(Cross);

impl Table {
    /// Counts the objects on which both chose. Levels run from 0; all that *could* be chosen count,
    /// chosen or not, since they set the range of a distance. A choice beyond them is a missing one.
    ///
    /// ```
    /// use tertius_math::similarity::{Distance, Measure, Table};
    /// // Signorino and Ritter 1999, Table 5, case b: four portfolios of alliances from 0 to 3.
    /// let a = [1, 2, 2, 3].map(Some);
    /// let b = [3, 2, 2, 1].map(Some);
    /// let table = Table::count(4.try_into().unwrap(), &a, &b);
    /// let s = table.measure(Measure::S(Distance::Absolute)).unwrap();
    /// assert!((s - 1.0 / 3.0).abs() < 1e-15);
    /// ```
    pub fn count(levels: NonZeroU8, a: &[Option<u8>], b: &[Option<u8>]) -> Self {
        Self::fill(levels, a.iter().zip(b).map(|(&a, &b)| (a?, b?, 1.0).into()))
    }

    /// Sums a weight an object in place of counting it. Objects whose weight is missing, negative or
    /// not finite are left out.
    pub fn weigh(
        levels: NonZeroU8,
        a: &[Option<u8>],
        b: &[Option<u8>],
        weights: &[Option<f64>],
    ) -> Self {
        let objects = a.iter().zip(b).zip(weights);
        Self::fill(
            levels,
            objects.map(|((&a, &b), &w)| {
                let w = w.filter(|w| w.is_finite() && *w >= 0.0)?;
                (a?, b?, w).into()
            }),
        )
    }

    fn fill(levels: NonZeroU8, objects: impl Iterator<Item = Option<(u8, u8, f64)>>) -> Self {
        let k = usize::from(levels.get());
        let mut cross = Cross::new(k);
        for (a, b, weight) in objects.flatten() {
            let (a, b) = (usize::from(a), usize::from(b));
            if a < k && b < k {
                cross.counts[a * k + b] += weight;
            }
        }
        cross.add_up();
        Table(cross)
    }

    /// Objects, or their summed weight.
    pub fn total(&self) -> f64 {
        self.0.total
    }

    /// The value of a measure. Undefined, and nothing: on an empty table or with one level; κ and π
    /// where chance agreement is 1; τ_b where either side does not vary.
    pub fn measure(&self, measure: Measure) -> Option<f64> {
        Ready::new(measure, self.0.levels).of(&self.0)
    }
}

/// A measure with its interval: all objects are drawn again, those on which only one chose too, so that
/// the doubt about how much the two share is in it.
///
/// ```
/// use tertius_math::{Share, resampling::Bootstrap, similarity::{Distance, Measure, likeness}};
/// let a = [0, 0, 2, 1, 2, 0].map(Some);
/// let b = [0, 1, 2, 2, 2, 0].map(Some);
/// let how = Bootstrap { replicates: 200.try_into().unwrap(), covers: Share::NINE_TENTHS, seed: 1 };
/// let s = likeness(3.try_into().unwrap(), &a, &b, Measure::S(Distance::Absolute), &how);
/// assert!((s.estimate.unwrap() - 2.0 / 3.0).abs() < 1e-15);
/// assert!(s.ends.unwrap().0 < 2.0 / 3.0);
/// ```
pub fn likeness(
    levels: NonZeroU8,
    a: &[Option<u8>],
    b: &[Option<u8>],
    measure: Measure,
    how: &Bootstrap,
) -> Interval {
    let k = usize::from(levels.get());
    let cell = |(a, b): (&Option<u8>, &Option<u8>)| {
        let (a, b) = (usize::from((*a)?), usize::from((*b)?));
        (a < k && b < k).then_some(a * k + b)
    };
    let cells: Vec<Option<usize>> = a.iter().zip(b).map(cell).collect();
    let measure = Ready::new(measure, k);
    bootstrap(cells.len(), how, |cases| {
        let mut cross = Cross::new(k);
        for cell in cases.iter().filter_map(|&i| cells[i]) {
            cross.counts[cell] += 1.0;
        }
        cross.add_up();
        measure.of(&cross)
    })
}

/// S where objects differ in weight and in range: S = 1 − 2 Σ w_i |a_i − b_i|/m_i / Σ w_i, absolute
/// distances (Signorino and Ritter 1999, who so join alliances with votes). Ranges m are above 0.
///
/// Objects with anything missing or out of bounds are left out; nothing where none is left, or none
/// with a weight.
///
/// ```
/// use tertius_math::similarity::signorino_ritter;
/// let objects = [(3.0, 2.0, 0.5, 3.0), (1.0, 1.0, 0.5, 2.0)];
/// let s = signorino_ritter(objects.into_iter().map(Some)).unwrap();
/// assert!((s - (1.0 - 2.0 * 0.5 / 3.0)).abs() < 1e-15);
/// ```
pub fn signorino_ritter(
    objects: impl IntoIterator<Item = Option<(f64, f64, f64, f64)>>,
) -> Option<f64> {
    let (mut apart, mut weight) = (0.0, 0.0);
    for (a, b, w, range) in objects.into_iter().flatten() {
        let distance = (a - b).abs() / range;
        if range > 0.0 && (0.0..=1.0).contains(&distance) && w >= 0.0 && w.is_finite() {
            apart += w * distance;
            weight += w;
        }
    }
    (weight > 0.0).then(|| 1.0 - 2.0 * apart / weight)
}
