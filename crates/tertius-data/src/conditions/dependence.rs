//! The ally's dependence on its patron: what it needs, less what others could give.

use jiff::civil::Date;
use tertius::vocabulary::Observed;

use super::threat::{self, Sources, Weights};
use super::{Condition, NO_ERROR, Series, Value};
use crate::catalogue::Bilingual;
use crate::datasets::atop::Obligations;
use crate::datasets::capitals::distance;
use crate::dyads::Directed;
use crate::states::{StateId, States};
use crate::years::Years;

/// The entry.
pub static CONDITION: Condition = Condition {
    id: "dependence",
    title: Bilingual {
        en: "dependence of the ally on the patron",
        zh: "弱势盟国对强势盟国的依赖度",
    },
    unit: Bilingual {
        en: "0 to 1",
        zh: "0 至 1",
    },
    range: (0.0, 1.0),
    lag_months: 24,
    steps: super::Steps::Years,
    datasets: &["cow-nmc", "capitals", "cow-mid", "rivalries", "atop"],
    error: NO_ERROR,
    page: "conditions.md#dependence",
};

/// How much of the power that it faces a state cannot meet alone.
///
/// need = Θ / (P + Θ)
///
/// Θ the rival's threat and P the ally's own power, both in shares of the system's capabilities.
pub fn need(threat: f64, own: f64) -> Option<f64> {
    (threat >= 0.0 && own >= 0.0 && threat + own > 0.0).then(|| threat / (own + threat))
}

/// The share of the threat that allies other than the patron could meet.
///
/// alternatives = min(1, H / Θ); 1 where Θ = 0
///
/// H is their help, each ally's power discounted by its distance as the threat is. Against Θ and not against Θ − P,
/// what the ally cannot meet alone: there dependence would jump from 0 to ½ where the two powers cross.
pub fn alternatives(threat: f64, help: f64) -> Option<f64> {
    (threat >= 0.0 && help >= 0.0).then(|| {
        if threat > 0.0 {
            (help / threat).min(1.0)
        } else {
            1.0
        }
    })
}

/// δ = need · (1 − alternatives).
///
/// ```
/// use tertius_data::conditions::dependence::dependence;
/// assert_eq!(dependence(0.375, 0.125, 0.0), Some(0.75));
/// assert_eq!(dependence(0.375, 0.125, 0.1875), Some(0.375));
/// assert_eq!(dependence(0.125, 0.375, 0.0), Some(0.25));
/// ```
pub fn dependence(threat: f64, own: f64, help: f64) -> Option<f64> {
    Some(need(threat, own)? * (1.0 - alternatives(threat, help)?))
}

/// What the allies of the first of three other than its patron could bring: the power of every state that has pledged
/// to defend it, discounted by distance, and of how many pledge or power is not known. The rival is no help against
/// itself, even where it has pledged (the Soviet Union to France and Britain until 1955).
pub fn help_of_others(
    data: Sources<'_>,
    pledges: &Years<Directed, Obligations>,
    [ally, patron, rival]: [StateId; 3],
    year: i16,
    weights: Weights,
) -> Observed<(f64, usize)> {
    if !pledges.span().is_some_and(|s| s.holds(year)) {
        return Observed::OutsideCoverage;
    }
    let day = Date::constant(year.clamp(1, 9999), 7, 1);
    let home = data.capitals.on(ally, day);
    let (mut sum, mut unknown) = (0.0, 0);
    for other in States::bundled()
        .all()
        .filter(|s| ![patron, rival].contains(s))
    {
        let Some(way) = Directed::new(other, ally) else {
            continue;
        };
        if pledges.is_refused(way, year) {
            unknown += 1;
            continue;
        }
        if !pledges.row(way, year).is_some_and(|o| o.defense) {
            continue;
        }
        let power = data.capabilities.value(other, year, |c| c.cinc).value();
        let away = home
            .zip(data.capitals.on(other, day))
            .map(|(a, b)| distance(a, b));
        match (power, away) {
            (Some(power), Some(away)) => {
                sum += power / (1.0 + away / weights.half_distance).powf(weights.proximity);
            }
            _ => unknown += 1,
        }
    }
    Observed::Observed((sum, unknown))
}

/// Dependence year by year. Missing where the threat, the ally's power or the power of one of its other allies is.
pub fn series(
    data: Sources<'_>,
    pledges: &Years<Directed, Obligations>,
    [ally, patron, rival]: [StateId; 3],
    years: std::ops::RangeInclusive<i16>,
    weights: Weights,
) -> Series {
    Series::yearly(CONDITION.id, years, CONDITION.lag_months, |year| {
        let Some(way) = Directed::new(rival, ally) else {
            return Observed::Missing;
        };
        let threat = threat::parts(data, way, year, weights.half_distance).sum(weights);
        let own = data.capabilities.value(ally, year, |c| c.cinc);
        let help = help_of_others(data, pledges, [ally, patron, rival], year, weights);
        let inner = super::series::both(threat, own, |t, p| Some((t.exp(), p)));
        super::series::both(inner, help, |(t, p), (help, unknown)| {
            let known = (unknown == 0).then_some(help)?;
            dependence(t, p, known).map(Value::bare)
        })
    })
}
