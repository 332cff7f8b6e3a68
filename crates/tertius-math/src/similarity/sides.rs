//! Which of two others a third goes with where these two part.

use crate::resampling::{Bootstrap, Interval, bootstrap};
use std::num::NonZeroU8;

/// One voter between two others, over the objects on which all three chose and the two differed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sides {
    /// Objects on which all three chose.
    pub shared: usize,
    /// Those on which the two chose differently.
    pub apart: usize,
    /// Share of `apart` on which the third chose as the first of the two did.
    pub with_first: Interval,
    /// Share on which it chose as the second did.
    pub with_second: Interval,
    /// Mean of (|x − second| − |x − first|) / |first − second| cut to [−1, 1]: 1 always with the first
    /// or beyond, −1 always with the second, 0 halfway (abstaining between a yes and a no).
    pub lean: Interval,
}

/// Compares `third` with `first` and `second` where these part. The two shares need not add up to 1:
/// there is a choice between them.
///
/// Intervals resample all objects on which the three chose, and so hold the doubt about how often the
/// two part. Undefined, and nothing, where they never do.
///
/// ```
/// use tertius_math::{Share, resampling::Bootstrap, similarity::sides};
/// let third = [0, 1, 2, 0].map(Some);
/// let first = [0, 0, 0, 2].map(Some);
/// let second = [2, 2, 2, 2].map(Some);
/// let how = Bootstrap { replicates: 200.try_into().unwrap(), covers: Share::NINE_TENTHS, seed: 1 };
/// let found = sides(3.try_into().unwrap(), &third, &first, &second, &how);
/// assert_eq!((found.shared, found.apart), (4, 3));
/// assert_eq!(found.with_first.estimate, Some(1.0 / 3.0));
/// assert_eq!(found.lean.estimate, Some(0.0));
/// ```
pub fn sides(
    levels: NonZeroU8,
    third: &[Option<u8>],
    first: &[Option<u8>],
    second: &[Option<u8>],
    how: &Bootstrap,
) -> Sides {
    let within = |x: Option<u8>| x.filter(|x| *x < levels.get());
    let shared: Vec<[u8; 3]> = third
        .iter()
        .zip(first)
        .zip(second)
        .filter_map(|((&x, &a), &b)| Some([within(x)?, within(a)?, within(b)?]))
        .collect();
    let share_of = |score: fn([u8; 3]) -> f64| {
        bootstrap(shared.len(), how, |cases| {
            let (mut sum, mut n) = (0.0, 0u32);
            for &i in cases {
                let [_, a, b] = shared[i];
                if a != b {
                    sum += score(shared[i]);
                    n += 1;
                }
            }
            (n > 0).then(|| sum / f64::from(n))
        })
    };
    Sides {
        shared: shared.len(),
        apart: shared.iter().filter(|[_, a, b]| a != b).count(),
        with_first: share_of(|[x, a, _]| f64::from(u8::from(x == a))),
        with_second: share_of(|[x, _, b]| f64::from(u8::from(x == b))),
        lean: share_of(|[x, a, b]| {
            let far = f64::from(x.abs_diff(b)) - f64::from(x.abs_diff(a));
            (far / f64::from(a.abs_diff(b))).clamp(-1.0, 1.0)
        }),
    }
}
