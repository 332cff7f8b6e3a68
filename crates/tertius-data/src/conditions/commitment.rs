//! How firmly the patron is bound to the ally, from what it promised.

use tertius::vocabulary::Observed;

use super::{Condition, NO_ERROR, Series, Value};
use crate::catalogue::Bilingual;
use crate::datasets::atop::Obligations;
use crate::dyads::Directed;
use crate::years::Years;

/// The entry.
pub static CONDITION: Condition = Condition {
    id: "commitment",
    title: Bilingual {
        en: "commitment of the patron to the ally",
        zh: "强势盟国对弱势盟国的承诺",
    },
    unit: Bilingual {
        en: "0, 0.5 or 0.8",
        zh: "0、0.5 或 0.8",
    },
    range: (0.0, 1.0),
    // A treaty is public when it is signed.
    lag_months: 0,
    steps: super::Steps::Years,
    datasets: &["atop"],
    error: NO_ERROR,
    page: "conditions.md#commitment",
};

/// A pledge to defend is .8: at 1 every treaty ally would be without fear. A pledge to consult, to join an attack or
/// to stay neutral is .5. A promise not to attack promises no help, and is 0.
///
/// ```
/// use tertius_data::conditions::commitment::commitment;
/// use tertius_data::datasets::atop::Obligations;
/// let nothing = Obligations::default();
/// assert_eq!(commitment(Obligations { defense: true, ..nothing }), 0.8);
/// assert_eq!(commitment(Obligations { consultation: true, ..nothing }), 0.5);
/// assert_eq!(commitment(Obligations { nonaggression: true, ..nothing }), 0.0);
/// ```
pub fn commitment(pledged: Obligations) -> f64 {
    if pledged.defense {
        0.8
    } else if pledged.consultation || pledged.offense || pledged.neutrality {
        0.5
    } else {
        0.0
    }
}

/// What `way.from()` promised `way.to()`, year by year: from patron to ally for the commitment that the ally counts
/// on; the other way round for what it owes.
pub fn series(
    pledges: &Years<Directed, Obligations>,
    way: Directed,
    years: std::ops::RangeInclusive<i16>,
) -> Series {
    Series::yearly(CONDITION.id, years, CONDITION.lag_months, |year| {
        let found: Observed<f64> = pledges.listed(way, year, |o| commitment(*o), 0.0);
        found.map(Value::bare)
    })
}
