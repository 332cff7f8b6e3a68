//! What the patron may ask the ally to carry: its own relative decline.

use tertius::vocabulary::Observed;

use super::series::{both, change};
use super::{Condition, NO_ERROR, Series, Value};
use crate::catalogue::Bilingual;
use crate::datasets::cow_nmc::Capability;
use crate::datasets::sipri::Spending;
use crate::states::StateId;
use crate::years::Years;

/// The entry.
pub static CONDITION: Condition = Condition {
    id: "patron-decline",
    title: Bilingual {
        en: "relative decline of the patron",
        zh: "强势盟国的相对衰落",
    },
    unit: Bilingual {
        en: "share lost in ten years",
        zh: "十年间失去的比例",
    },
    range: (0.0, 1.0),
    lag_months: 24,
    steps: super::Steps::Years,
    datasets: &["cow-nmc"],
    error: NO_ERROR,
    page: "conditions.md#burden",
};

/// What each of the two carries.
pub static GAP: Condition = Condition {
    id: "spending-gap",
    title: Bilingual {
        en: "military burden of the patron over that of the ally",
        zh: "强势盟国与弱势盟国军费负担之差",
    },
    unit: Bilingual {
        en: "share of domestic product",
        zh: "占国内生产总值的比例",
    },
    range: (-1.0, 1.0),
    // Published in the April after the year.
    lag_months: 4,
    steps: super::Steps::Years,
    datasets: &["sipri-milex"],
    error: NO_ERROR,
    page: "conditions.md#burden",
};

/// Years over which a decline is measured: a setting of ours.
pub const WINDOW: i16 = 10;

/// How much of its share a state lost between two years: 0 where it lost nothing.
///
/// max(0, 1 − s_t / s_{t−10}), s the patron's share of what it, the rival and a third state have together
///
/// ```
/// use tertius_data::conditions::burden::lost;
/// assert_eq!(lost(0.5, 0.4), Some(0.19999999999999996));
/// assert_eq!(lost(0.4, 0.5), Some(0.0));
/// assert_eq!(lost(0.0, 0.5), None);
/// ```
pub fn lost(before: f64, now: f64) -> Option<f64> {
    (before > 0.0 && now >= 0.0).then(|| (1.0 - now / before).clamp(0.0, 1.0))
}

/// The decline of the first of `powers` against all of them, year by year. Missing where one of them was no member of the
/// system in some year between.
pub fn decline(
    capabilities: &Years<StateId, Capability>,
    powers: &[StateId],
    years: std::ops::RangeInclusive<i16>,
) -> Series {
    let share = |year| -> Observed<f64> {
        let of = |s: &StateId| capabilities.value(*s, year, |c| c.cinc);
        let Some((first, others)) = powers.split_first() else {
            return Observed::OutsideCoverage;
        };
        let rest = others.iter().map(of).fold(Observed::Observed(0.0), |a, b| {
            both(a, b, |a, b| Some(a + b))
        });
        both(of(first), rest, |p, rest| {
            (p + rest > 0.0).then(|| p / (p + rest))
        })
    };
    Series::yearly(CONDITION.id, years, CONDITION.lag_months, |year| {
        change(powers, (year.saturating_sub(WINDOW), year), share, lost)
    })
}

/// How much more of its product the patron spends on its forces than the ally does, as a share of product: above
/// zero the patron carries more.
pub fn spending_gap(
    spending: &Years<StateId, Spending>,
    patron: StateId,
    ally: StateId,
    year: i16,
) -> Observed<f64> {
    let of = |s| spending.value(s, year, |v| v.share);
    both(of(patron), of(ally), |s, w| Some(s - w))
}

/// The same year by year.
pub fn gap(
    spending: &Years<StateId, Spending>,
    patron: StateId,
    ally: StateId,
    years: std::ops::RangeInclusive<i16>,
) -> Series {
    Series::yearly(GAP.id, years, GAP.lag_months, |year| {
        spending_gap(spending, patron, ally, year).map(Value::bare)
    })
}
