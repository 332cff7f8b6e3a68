//! What a state has at stake with another: the share of its trade.

use tertius::vocabulary::Observed;

use super::series::both;
use super::{Condition, NO_ERROR, Series, Value};
use crate::catalogue::Bilingual;
use crate::datasets::cow_trade::{Totals, Trade, flow};
use crate::dyads::{Directed, Pair};
use crate::states::StateId;
use crate::years::Years;

/// The entry.
pub static CONDITION: Condition = Condition {
    id: "trade-stake",
    title: Bilingual {
        en: "share of the ally's trade that is with the rival",
        zh: "弱势盟国对外贸易中对手所占份额",
    },
    unit: Bilingual {
        en: "share of trade",
        zh: "贸易比例",
    },
    range: (0.0, 1.0),
    lag_months: 12,
    steps: super::Steps::Years,
    datasets: &["cow-trade"],
    error: NO_ERROR,
    page: "conditions.md#stakes",
};

/// The share of a total that is one partner's: of trade, or of the imports of gas.
///
/// Nothing where the total is zero. A part above its total is a contradiction of two tables, and nothing too; a
/// hundredth more is rounding, and is 1.
///
/// ```
/// use tertius_data::conditions::stakes::share;
/// assert_eq!(share(5.0, 20.0), Some(0.25));
/// assert_eq!(share(0.0, 0.0), None);
/// assert_eq!(share(30.0, 20.0), None);
/// ```
pub fn share(part: f64, total: f64) -> Option<f64> {
    let ok = part >= 0.0 && total > 0.0 && part <= 1.01 * total;
    ok.then(|| (part / total).min(1.0))
}

/// Imports and exports of `who` with `partner`, over all its imports and exports, year by year:
///
/// (m_WR + x_WR) / (m_W + x_W)
///
/// Exports to a partner are that partner's imports, as it reports them.
pub fn series(
    trade: &Years<Pair, Trade>,
    totals: &Years<StateId, Totals>,
    who: StateId,
    partner: StateId,
    years: std::ops::RangeInclusive<i16>,
) -> Series {
    Series::yearly(CONDITION.id, years, CONDITION.lag_months, |year| {
        let (Some(into), Some(out)) = (Directed::new(partner, who), Directed::new(who, partner))
        else {
            return Observed::Missing;
        };
        let part = both(flow(trade, into, year), flow(trade, out, year), |m, x| {
            Some(m + x)
        });
        let total = totals.value(who, year, |t| Some(t.imports? + t.exports?));
        both(part, total, |p, t| share(p, t).map(Value::bare))
    })
}
