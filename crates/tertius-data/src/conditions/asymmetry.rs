//! Asymmetry of the alliance: how much of what the two have is the patron's.

use tertius::vocabulary::Observed;

use super::series::{Z_90, both, change};
use super::{Condition, NO_ERROR, Series, Value};
use crate::catalogue::Bilingual;
use crate::datasets::cow_nmc::Capability;
use crate::datasets::gdp_population::{Economy, Estimate};
use crate::states::StateId;
use crate::years::Years;

/// By capabilities.
pub static BY_CINC: Condition = Condition {
    id: "asymmetry-cinc",
    title: Bilingual {
        en: "asymmetry of capabilities",
        zh: "能力不对称度",
    },
    unit: Bilingual {
        en: "patron's share",
        zh: "强势盟国所占比例",
    },
    range: (0.0, 1.0),
    // When what it is made of was in print, as far as we assume: the index itself came out later.
    lag_months: 24,
    steps: super::Steps::Years,
    datasets: &["cow-nmc"],
    error: NO_ERROR,
    page: "conditions.md#asymmetry",
};

/// By domestic product.
pub static BY_GDP: Condition = Condition {
    id: "asymmetry-gdp",
    title: Bilingual {
        en: "asymmetry of domestic product",
        zh: "国内生产总值不对称度",
    },
    unit: Bilingual {
        en: "patron's share",
        zh: "强势盟国所占比例",
    },
    range: (0.0, 1.0),
    lag_months: 24,
    steps: super::Steps::Years,
    datasets: &["gdp-population"],
    error: Bilingual {
        en: "standard errors of both estimates, carried through",
        zh: "由两国估计值的标准误传递而来",
    },
    page: "conditions.md#asymmetry",
};

/// How far the asymmetry fell: what an ally that wants a more equal alliance has gained.
pub static RELIEF: Condition = Condition {
    id: "asymmetry-relief",
    title: Bilingual {
        en: "fall of the asymmetry of capabilities in ten years",
        zh: "十年间能力不对称度的下降",
    },
    unit: Bilingual {
        en: "patron's share, before less now",
        zh: "强势盟国所占比例，前减今",
    },
    range: (-1.0, 1.0),
    lag_months: 24,
    steps: super::Steps::Years,
    datasets: &["cow-nmc"],
    error: NO_ERROR,
    page: "conditions.md#asymmetry",
};

/// Years over which a relief is measured: a setting of ours, as for the patron's decline.
pub const WINDOW: i16 = 10;

/// The patron's share of what patron and ally have together.
///
/// A = P_S / (P_S + P_W)
///
/// Nothing where both have nothing.
///
/// ```
/// use tertius_data::conditions::asymmetry::share;
/// assert_eq!(share(3.0, 1.0), Some(0.75));
/// assert_eq!(share(0.0, 0.0), None);
/// ```
pub fn share(patron: f64, ally: f64) -> Option<f64> {
    let sum = patron + ally;
    (sum > 0.0 && patron >= 0.0 && ally >= 0.0).then(|| patron / sum)
}

/// The same from two estimates with standard errors, taken as independent, to first order:
///
/// var A = (P_W² σ_S² + P_S² σ_W²) / (P_S + P_W)⁴
///
/// The interval is A ± z σ, z of 90 per cent, cut to \[0, 1\].
pub fn share_with_error(patron: Estimate, ally: Estimate) -> Option<Value> {
    let mid = share(patron.mean, ally.mean)?;
    let sum = patron.mean + ally.mean;
    let (a, b) = (ally.mean * patron.sd, patron.mean * ally.sd);
    let half = Z_90 * a.hypot(b) / (sum * sum);
    Some(Value {
        mid,
        interval: Some(((mid - half).max(0.0), (mid + half).min(1.0))),
        n: None,
    })
}

/// Asymmetry by the composite index of capabilities, year by year.
pub fn by_cinc(
    capabilities: &Years<StateId, Capability>,
    patron: StateId,
    ally: StateId,
    years: std::ops::RangeInclusive<i16>,
) -> Series {
    Series::yearly(BY_CINC.id, years, BY_CINC.lag_months, |year| {
        let of = |state| capabilities.value(state, year, |c| c.cinc);
        both(of(patron), of(ally), |s, w| share(s, w).map(Value::bare))
    })
}

/// Asymmetry by domestic product, year by year, with its interval.
pub fn by_gdp(
    economies: &Years<StateId, Economy>,
    patron: StateId,
    ally: StateId,
    years: std::ops::RangeInclusive<i16>,
) -> Series {
    Series::yearly(BY_GDP.id, years, BY_GDP.lag_months, |year| {
        let of = |state| -> Observed<Estimate> { economies.value(state, year, |e| e.gdp) };
        both(of(patron), of(ally), share_with_error)
    })
}

/// A_{t−10} − A_t by the composite index of capabilities, year by year: above zero the alliance has become more equal.
/// The aim itself, formal equality, is where A is one half. Missing where one of the two was no member of the system in
/// some year between.
pub fn relief(
    capabilities: &Years<StateId, Capability>,
    patron: StateId,
    ally: StateId,
    years: std::ops::RangeInclusive<i16>,
) -> Series {
    let asymmetry = |year: i16| {
        let of = |state| capabilities.value(state, year, |c| c.cinc);
        both(of(patron), of(ally), share)
    };
    Series::yearly(RELIEF.id, years, RELIEF.lag_months, |year| {
        let ends = (year.saturating_sub(WINDOW), year);
        change(&[patron, ally], ends, asymmetry, |b, n| Some(b - n))
    })
}
