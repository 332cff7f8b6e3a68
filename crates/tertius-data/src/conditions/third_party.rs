//! Whether a third state threatens the ally more than the rival does.

use tertius::vocabulary::Observed;

use super::series::both;
use super::threat::{Sources, Weights, parts};
use super::{Condition, NO_ERROR, Series, Value};
use crate::catalogue::Bilingual;
use crate::dyads::Directed;
use crate::states::StateId;

/// The entry.
pub static CONDITION: Condition = Condition {
    id: "third-party-threat",
    title: Bilingual {
        en: "threat of a third state, over that of the rival",
        zh: "第三方威胁与对手威胁之比",
    },
    unit: Bilingual {
        en: "difference of natural logarithms",
        zh: "自然对数之差",
    },
    range: (f64::MIN, f64::MAX),
    lag_months: 24,
    steps: super::Steps::Years,
    datasets: &["cow-nmc", "capitals", "cow-mid", "rivalries"],
    error: NO_ERROR,
    page: "conditions.md#threat",
};

/// ln Θ_k − ln Θ_R, year by year: above zero the third state is the greater threat.
pub fn series(
    data: Sources<'_>,
    ally: StateId,
    rival: StateId,
    third: StateId,
    years: std::ops::RangeInclusive<i16>,
    weights: Weights,
) -> Series {
    Series::yearly(CONDITION.id, years, CONDITION.lag_months, |year| {
        let threat = |from| match Directed::new(from, ally) {
            Some(way) => parts(data, way, year, weights.half_distance).sum(weights),
            None => Observed::Missing,
        };
        both(threat(third), threat(rival), |a, b| {
            Some(Value::bare(a - b))
        })
    })
}
