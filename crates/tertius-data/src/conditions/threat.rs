//! Threat in Walt's four parts: power, proximity, offence, intent.

use jiff::civil::Date;
use tertius::vocabulary::Observed;

use super::{Condition, NO_ERROR, Series, Value};
use crate::catalogue::Bilingual;
use crate::datasets::capitals::{Capitals, distance};
use crate::datasets::cow_nmc::Capability;
use crate::datasets::disputes::Disputes;
use crate::datasets::rivalries::{Rivalry, rivals};
use crate::dyads::{Directed, Pair};
use crate::states::{StateId, States};
use crate::years::Years;

/// The entry.
pub static CONDITION: Condition = Condition {
    id: "threat",
    title: Bilingual {
        en: "threat of the rival to the ally",
        zh: "对手对弱势盟国的威胁",
    },
    unit: Bilingual {
        en: "natural logarithm of capability share",
        zh: "能力比例的自然对数",
    },
    range: (f64::MIN, f64::MAX),
    lag_months: 24,
    steps: super::Steps::Years,
    datasets: &["cow-nmc", "capitals", "cow-mid", "rivalries"],
    error: NO_ERROR,
    page: "conditions.md#threat",
};

/// Weights of the parts, and the distance at which proximity is half. Nobody has estimated them: they are
/// settings, 1 each, and belong into every sweep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// Of power.
    pub power: f64,
    /// Of proximity.
    pub proximity: f64,
    /// Of offence.
    pub offence: f64,
    /// Of intent.
    pub intent: f64,
    /// Kilometres at which proximity weighs ln 2.
    pub half_distance: f64,
}

impl Default for Weights {
    fn default() -> Weights {
        Weights {
            power: 1.0,
            proximity: 1.0,
            offence: 1.0,
            intent: 1.0,
            half_distance: 1000.0,
        }
    }
}

/// The four parts of one state's threat to another in a year, before weighting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parts {
    /// ln P: logarithm of the share of the system's capabilities.
    pub power: Observed<f64>,
    /// −ln(1 + d/d₀), d the distance of the capitals in kilometres.
    pub proximity: Observed<f64>,
    /// ln(1 + q), q the spending on a soldier, relative to the system's.
    pub offence: Observed<f64>,
    /// 1 for a strategic rivalry, and past disputes with a half-life of two years.
    pub intent: Observed<f64>,
}

impl Parts {
    /// The weighted sum, where all four are there.
    ///
    /// ln Θ = a ln P − b ln(1 + d/d₀) + c ln(1 + q) + g I (Walt 1987, 22-26, in a form of our own)
    pub fn sum(self, w: Weights) -> Observed<f64> {
        let parts = [self.power, self.proximity, self.offence, self.intent];
        if parts.contains(&Observed::OutsideCoverage) {
            return Observed::OutsideCoverage;
        }
        let weights = [w.power, w.proximity, w.offence, w.intent];
        let terms = parts.into_iter().zip(weights);
        let sum = terms
            .map(|(p, w)| p.value().map(|p| w * p))
            .sum::<Option<f64>>();
        sum.map_or(Observed::Missing, Observed::Observed)
    }
}

/// What threat is computed from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'d> {
    /// Capabilities.
    pub capabilities: &'d Years<StateId, Capability>,
    /// Capitals.
    pub capitals: &'d Capitals,
    /// Disputes.
    pub disputes: &'d Disputes,
    /// A list of rivalries, and its first and last year.
    pub rivalries: (&'d [Rivalry], (i16, i16)),
}

/// The parts of the threat that `dyad.from()` is to `dyad.to()` in a year.
pub fn parts(data: Sources<'_>, dyad: Directed, year: i16, half_distance: f64) -> Parts {
    let from = dyad.from();
    let power = data
        .capabilities
        .value(from, year, |c| c.cinc.filter(|p| *p > 0.0));
    Parts {
        power: power.map(f64::ln),
        proximity: proximity(data.capitals, dyad.pair(), year, half_distance),
        offence: quality(data.capabilities, from, year).map(f64::ln_1p),
        intent: intent(data.disputes, data.rivalries, dyad, year),
    }
}

/// −ln(1 + d/d₀) between the capitals at midyear.
fn proximity(capitals: &Capitals, pair: Pair, year: i16, half: f64) -> Observed<f64> {
    let day = Date::constant(year.clamp(1, 9999), 7, 1);
    let of = |state| capitals.on(state, day);
    match (of(pair.first()), of(pair.second())) {
        (Some(a), Some(b)) if half > 0.0 => Observed::Observed(-(distance(a, b) / half).ln_1p()),
        _ => Observed::OutsideCoverage,
    }
}

/// Spending on a soldier, relative to the system's spending on its soldiers, over the states for which both are
/// known: a stand-in for the ability to attack far away, which no public dataset measures for all.
pub fn quality(
    capabilities: &Years<StateId, Capability>,
    state: StateId,
    year: i16,
) -> Observed<f64> {
    let both = |c: &Capability| c.milex.zip(c.milper);
    let all = States::bundled().all();
    let known: Vec<(f64, f64)> = all
        .filter_map(|s| capabilities.row(s, year).and_then(both))
        .collect();
    let spent: f64 = known.iter().map(|k| k.0).sum();
    let soldiers: f64 = known.iter().map(|k| k.1).sum();
    capabilities.value(state, year, |c| {
        let (milex, milper) = both(c)?;
        let of_system = spent / soldiers;
        (milper > 0.0 && of_system > 0.0).then(|| milex / milper / of_system)
    })
}

/// Rivalry and the record of disputes.
///
/// I = 1(rivals) + Σ_y (h_y − 1)/4 · 2^(−(t − y)/2)
///
/// over the years y ≤ t with a dispute, h_y the highest hostility (1 to 5) that the first state reached against
/// the second in y. Missing where that of one dispute is, or its row was set aside, for as long as it could weigh a
/// thousandth.
fn intent(
    disputes: &Disputes,
    (list, span): (&[Rivalry], (i16, i16)),
    dyad: Directed,
    year: i16,
) -> Observed<f64> {
    let covered = disputes.span().is_some_and(|s| s.holds(year));
    let rival = rivals(list, span, dyad.pair(), year);
    let (true, Some(rival)) = (covered, rival) else {
        return Observed::OutsideCoverage;
    };
    let recent = |y: i16| (0..=20).contains(&(year - y));
    if disputes.refused(dyad.pair()).any(recent) {
        return Observed::Missing;
    }
    let mut worst: std::collections::BTreeMap<i16, u8> = Default::default();
    for row in disputes.of(dyad.pair()) {
        if row.dyad == dyad && row.year <= year {
            let level = worst.entry(row.year).or_insert(1);
            match row.hostility {
                Some(h) => *level = (*level).max(h),
                None if recent(row.year) => return Observed::Missing,
                None => {}
            }
        }
    }
    let fading = |(y, level): (&i16, &u8)| {
        let age = f64::from(year - y);
        f64::from(level - 1) / 4.0 * (-age / 2.0).exp2()
    };
    let past: f64 = worst.iter().map(fading).sum();
    Observed::Observed(f64::from(u8::from(rival)) + past)
}

/// ln Θ year by year.
pub fn series(
    data: Sources<'_>,
    dyad: Directed,
    years: std::ops::RangeInclusive<i16>,
    weights: Weights,
) -> Series {
    Series::yearly(CONDITION.id, years, CONDITION.lag_months, |year| {
        let parts = parts(data, dyad, year, weights.half_distance);
        parts.sum(weights).map(Value::bare)
    })
}
