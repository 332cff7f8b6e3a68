//! The alliance security dilemma, seen from either side: to be left alone, or to be dragged along (Snyder 1984).
//!
//! Both risks are the engine's own functions ([`tertius::interests::choice`]), so that a condition of public data and
//! a condition of the rule are one thing. The patron has its dilemma too: the same functions with the sides changed.

use tertius::interests::choice::{ChoiceOptions, Entrapment, abandonment, entrapment};
use tertius::vocabulary::Observed;

use super::series::both;
use super::threat::{self, Weights};
use super::{Condition, NO_ERROR, Series, Value, commitment, dependence, relation, stakes};
use crate::catalogue::Bilingual;
use crate::datasets::atop::Obligations;
use crate::datasets::cow_trade::{Totals, Trade};
use crate::datasets::disputes::Disputes;
use crate::dyads::{Directed, Pair};
use crate::states::StateId;
use crate::years::Years;

const FOR_ABANDONMENT: &[&str] = &["cow-nmc", "capitals", "cow-mid", "rivalries", "atop"];
const FOR_ENTRAPMENT: &[&str] = &["cow-mid", "atop", "cow-trade"];

const fn risk(
    id: &'static str,
    title: Bilingual,
    lag_months: u32,
    datasets: &'static [&'static str],
) -> Condition {
    Condition {
        id,
        title,
        unit: Bilingual {
            en: "probability, order of magnitude",
            zh: "概率（数量级）",
        },
        range: (0.0, 1.0),
        lag_months,
        steps: super::Steps::Years,
        datasets,
        error: NO_ERROR,
        page: "conditions.md#dilemma",
    }
}

/// The ally's fear that the patron leaves it alone.
pub static ABANDONMENT: Condition = risk(
    "abandonment-risk",
    Bilingual {
        en: "the ally's risk of abandonment",
        zh: "弱势盟国的被抛弃风险",
    },
    24,
    FOR_ABANDONMENT,
);

/// The ally's fear of being dragged into the patron's quarrel.
pub static ENTRAPMENT: Condition = risk(
    "entrapment-risk",
    Bilingual {
        en: "the ally's risk of entrapment",
        zh: "弱势盟国的被牵连风险",
    },
    12,
    FOR_ENTRAPMENT,
);

/// The patron's fear that the ally goes its own way.
pub static PATRON_ABANDONMENT: Condition = risk(
    "patron-abandonment-risk",
    Bilingual {
        en: "the patron's risk of abandonment",
        zh: "强势盟国的被抛弃风险",
    },
    24,
    FOR_ABANDONMENT,
);

/// The patron's fear of being dragged into the ally's quarrel.
pub static PATRON_ENTRAPMENT: Condition = risk(
    "patron-entrapment-risk",
    Bilingual {
        en: "the patron's risk of entrapment",
        zh: "强势盟国的被牵连风险",
    },
    12,
    FOR_ENTRAPMENT,
);

/// Whose dilemma it is, who the partner is, and whom the two have against them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// Who fears.
    pub holder: StateId,
    /// Whom it is allied with.
    pub partner: StateId,
    /// Against whom.
    pub adversary: StateId,
}

impl Side {
    /// The partner's dilemma.
    #[must_use]
    pub fn other(self) -> Side {
        Side {
            holder: self.partner,
            partner: self.holder,
            ..self
        }
    }
}

/// α year by year, at a pressure that the patron is said to exert: an act, which no public dataset has and a case codes.
/// Dependence δ is the holder's on its partner, commitment what the partner pledged to the holder.
pub fn abandonment_risk(
    condition: &'static Condition,
    data: threat::Sources<'_>,
    pledges: &Years<Directed, Obligations>,
    side: Side,
    (years, weights): (std::ops::RangeInclusive<i16>, Weights),
    (options, pressure): (&ChoiceOptions, f64),
) -> Series {
    let triad = [side.holder, side.partner, side.adversary];
    let depends = dependence::series(data, pledges, triad, years.clone(), weights);
    let bound = Directed::new(side.partner, side.holder)
        .map(|way| commitment::series(pledges, way, years.clone()));
    let at = |series: &Series, year: i16| series.of_year(year);
    Series::yearly(condition.id, years, condition.lag_months, |year| {
        let bound = bound.as_ref().map_or(Observed::Missing, |b| at(b, year));
        both(at(&depends, year), bound, |d, c| {
            Some(Value::bare(abandonment(options, d.mid, c.mid, pressure)))
        })
    })
}

/// What entrapment is computed from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'d> {
    /// Disputes: how hostile the partner and the adversary are.
    pub disputes: &'d Disputes,
    /// Pledges: how tightly the holder is bound.
    pub pledges: &'d Years<Directed, Obligations>,
    /// Trade by pair and of the whole.
    pub trade: (&'d Years<Pair, Trade>, &'d Years<StateId, Totals>),
}

/// Whose acts make up the quarrel of partner and adversary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quarrel {
    /// The higher hostility of the two: for the ally, whose patron's acts are part of what it may be dragged into.
    OfBoth,
    /// What the adversary did to the partner alone: for the patron, whose partner is the ally. What the ally did to the
    /// rival is what a condition may explain, and must not come back in as its cause.
    OfAdversary,
}

/// ε year by year. The relation is that of partner and adversary by their disputes, tightness what the holder pledged to
/// its partner, exposure the share of the holder's trade that is with the adversary.
pub fn entrapment_risk(
    condition: &'static Condition,
    data: Sources<'_>,
    (side, quarrel): (Side, Quarrel),
    years: std::ops::RangeInclusive<i16>,
    options: &Entrapment,
) -> Series {
    let Side {
        holder,
        partner,
        adversary,
    } = side;
    let over = years.clone();
    let quarrel = match quarrel {
        Quarrel::OfBoth => Pair::new(partner, adversary)
            .map(|pair| relation::by_disputes(data.disputes, pair, over)),
        Quarrel::OfAdversary => Directed::new(adversary, partner)
            .map(|way| relation::by_hostility(data.disputes, way, over)),
    };
    let bound = Directed::new(holder, partner)
        .map(|way| commitment::series(data.pledges, way, years.clone()));
    let (trade, totals) = data.trade;
    let exposed = stakes::series(trade, totals, holder, adversary, years.clone());
    let of = |series: &Option<Series>, year: i16| {
        let series = series.as_ref();
        series.map_or(Observed::Missing, |s| s.of_year(year))
    };
    Series::yearly(condition.id, years, condition.lag_months, |year| {
        let ties = both(of(&quarrel, year), of(&bound, year), |q, b| Some((q, b)));
        both(ties, exposed.of_year(year), |(q, b), x| {
            Some(Value::bare(entrapment(options, q.mid, b.mid, x.mid)))
        })
    })
}
