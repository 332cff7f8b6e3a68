//! The relation of patron and rival: from events, and from disputes.

use tertius::vocabulary::{Month, Observed, When};

use super::audience::wilson;
use super::series::Z_90;
use super::{Condition, NO_ERROR, Point, Series, Value, known_after};
use crate::catalogue::Bilingual;
use crate::datasets::disputes::Disputes;
use crate::datasets::gdelt_dyads::Score;
use crate::datasets::icews_dyads::Quads;
use crate::datasets::un_votes::{Period, RollCalls};
use crate::dyads::{Directed, Pair};
use crate::measures::place::{seats_of, vote_of};
use crate::states::{StateList, States};
use crate::years::Years;

/// By events of a year.
pub static BY_EVENTS: Condition = Condition {
    id: "relation-events",
    title: Bilingual {
        en: "relation of patron and rival, by events of a year",
        zh: "强势盟国与对手关系（年度事件）",
    },
    unit: Bilingual {
        en: "−1 conflict to 1 cooperation",
        zh: "−1 冲突至 1 合作",
    },
    range: (-1.0, 1.0),
    lag_months: 1,
    steps: super::Steps::Years,
    datasets: &["icews-dyads"],
    error: Bilingual {
        en: "counting error of events as if each were drawn alone; too small where reports repeat each other",
        zh: "按事件相互独立计算的计数误差；报道重复时偏小",
    },
    page: "conditions.md#relation",
};

/// By events of a month.
pub static BY_MONTH: Condition = Condition {
    id: "relation-month",
    title: Bilingual {
        en: "relation of patron and rival, by days of a month",
        zh: "强势盟国与对手关系（月内天数）",
    },
    unit: Bilingual {
        en: "−1 conflict to 1 cooperation",
        zh: "−1 冲突至 1 合作",
    },
    range: (-1.0, 1.0),
    lag_months: 0,
    steps: super::Steps::Months,
    datasets: &["gdelt-dyads"],
    error: NO_ERROR,
    page: "conditions.md#relation",
};

/// By disputes.
pub static BY_DISPUTES: Condition = Condition {
    id: "relation-disputes",
    title: Bilingual {
        en: "hostility of patron and rival, by disputes",
        zh: "强势盟国与对手敌对程度（争端）",
    },
    unit: Bilingual {
        en: "−1 war to 0 no dispute",
        zh: "−1 战争至 0 无争端",
    },
    range: (-1.0, 0.0),
    // Public when they happened, though the list of 2011 to 2014 came out in 2021.
    lag_months: 0,
    steps: super::Steps::Years,
    datasets: &["cow-mid"],
    error: NO_ERROR,
    page: "conditions.md#relation",
};

/// By votes.
pub static BY_VOTES: Condition = Condition {
    id: "relation-votes",
    title: Bilingual {
        en: "agreement of patron and rival in the General Assembly",
        zh: "强势盟国与对手在联合国大会的投票一致度",
    },
    unit: Bilingual {
        en: "S, −1 to 1",
        zh: "S，−1 至 1",
    },
    range: (-1.0, 1.0),
    lag_months: 0,
    steps: super::Steps::Years,
    datasets: &["un-votes"],
    error: Bilingual {
        en: "as if the roll calls of a year were drawn from many",
        zh: "视当年唱名表决为抽样所得",
    },
    page: "conditions.md#relation",
};

/// (c − k) / (c + k) of c events of cooperation and k of conflict, with a 90 per cent interval from Wilson's for the
/// share of cooperation. Nothing where there was no event: silence is no neutrality.
///
/// ```
/// use tertius_data::conditions::relation::balance;
/// assert_eq!(balance(30, 10).unwrap().mid, 0.5);
/// assert!(balance(0, 0).is_none());
/// ```
pub fn balance(cooperation: u32, conflict: u32) -> Option<Value> {
    let n = cooperation.checked_add(conflict)?;
    let share = f64::from(cooperation) / f64::from(n);
    wilson(share, n, 1.0).map(|v| v.rising(|p| 2.0 * p - 1.0))
}

/// Events of both directions, year by year.
pub fn by_events(
    events: &Years<Directed, Quads>,
    pair: Pair,
    years: std::ops::RangeInclusive<i16>,
) -> Series {
    let listed = events.of(pair.directions()[0]).next().is_some();
    Series::yearly(BY_EVENTS.id, years, BY_EVENTS.lag_months, |year| {
        if !listed || !events.span().is_some_and(|s| s.holds(year)) {
            return Observed::OutsideCoverage;
        }
        // One direction alone is not what the two did.
        let [one, other] = pair.directions().map(|d| events.row(d, year));
        let both = one.zip(other).map(|(a, b)| (a.sums(), b.sums()));
        let sum = both.and_then(|(a, b)| a.0.checked_add(b.0).zip(a.1.checked_add(b.1)));
        let value = sum.and_then(|(c, k)| balance(c, k));
        value.map_or(Observed::Missing, Observed::Observed)
    })
}

/// (days above zero − days below) / days that the data have, month by month over the months of the whole file. A pair
/// without a row in a covered month had no event on any day: missing, since silence is no neutrality.
pub fn by_month(scores: &[Score], pair: Pair) -> Series {
    let months = || scores.iter().map(|s| s.month);
    let (Some(first), Some(last)) = (months().min(), months().max()) else {
        return Series {
            condition: BY_MONTH.id,
            points: Vec::new(),
        };
    };
    let covered: std::collections::BTreeSet<Month> = months().collect();
    let start = scores.partition_point(|s| (s.pair, s.month) < (pair, first));
    let own = scores.get(start..).unwrap_or(&[]).iter();
    let own: Vec<&Score> = own.take_while(|s| s.pair == pair).collect();
    let point = |month: Month| {
        let found = own.iter().find(|s| s.month == month).filter(|s| s.days > 0);
        let value = match found {
            Some(s) => {
                let days = f64::from(s.days);
                let mid = (f64::from(s.positive) - f64::from(s.negative)) / days;
                Observed::Observed(Value {
                    mid,
                    interval: None,
                    n: Some(u32::from(s.days)),
                })
            }
            None if covered.contains(&month) => Observed::Missing,
            None => Observed::OutsideCoverage,
        };
        Point {
            period: When::Month(month),
            value,
            known_from: known_after(When::Month(month), BY_MONTH.lag_months),
        }
    };
    let all = (0..=first.until(last)).map(|k| point(first + k));
    Series {
        condition: BY_MONTH.id,
        points: all.collect(),
    }
}

/// −(h − 1)/4 of the highest hostility h (1 to 5) that either reached in a year; 0 in a covered year without a
/// dispute, since the data list every dispute. Missing where a dispute's hostility is.
pub fn by_disputes(
    disputes: &Disputes,
    pair: Pair,
    years: std::ops::RangeInclusive<i16>,
) -> Series {
    hostility(disputes, pair, years, |_| true)
}

/// The same of the hostility of `way.from()` to `way.to()` alone, whatever the second did.
pub fn by_hostility(
    disputes: &Disputes,
    way: Directed,
    years: std::ops::RangeInclusive<i16>,
) -> Series {
    hostility(disputes, way.pair(), years, |of| of == way)
}

fn hostility(
    disputes: &Disputes,
    pair: Pair,
    years: std::ops::RangeInclusive<i16>,
    counts: impl Fn(Directed) -> bool,
) -> Series {
    let states = States::bundled();
    Series::yearly(BY_DISPUTES.id, years, BY_DISPUTES.lag_months, |year| {
        let member = |s| states.was_member_in(StateList::Cow, s, year);
        let inside = disputes.span().is_some_and(|s| s.holds(year));
        if !inside || !member(pair.first()) || !member(pair.second()) {
            return Observed::OutsideCoverage;
        }
        if disputes.refused(pair).any(|y| y == year) {
            return Observed::Missing;
        }
        let of_year = || disputes.of(pair).iter().filter(|r| r.year == year);
        if of_year().next().is_none() {
            return Observed::Observed(Value::bare(0.0));
        }
        let counted = of_year().filter(|r| counts(r.dyad));
        let all: Option<Vec<u8>> = counted.map(|r| r.hostility).collect();
        let worst = all.and_then(|levels| levels.into_iter().max());
        let level = |h: u8| Value::bare(-f64::from(h.saturating_sub(1)) / 4.0);
        worst.map_or(Observed::Missing, |h| Observed::Observed(level(h)))
    })
}

/// The last year to whose end the votes go: of a file that stops in June the year before. The Assembly votes mostly from
/// October to December, so that a year without them is another thing than a year.
pub fn last_whole_year(calls: &RollCalls) -> Option<i16> {
    let (_, last) = calls.span()?;
    Some(last.year() - i16::from(last.month() < 12))
}

/// S of the roll calls of a year, 1 − Σ|a − b| / n with yes 1, abstention 2, no 3 and absences left out (Signorino and
/// Ritter 1999), with the interval of [`agreement`]. A year in which the two shared no roll call is missing; one without
/// any roll call, or to whose end the file does not go ([`last_whole_year`]), outside coverage.
pub fn by_votes(calls: &RollCalls, pair: Pair, years: std::ops::RangeInclusive<i16>) -> Series {
    let [first, second] = [pair.first(), pair.second()].map(|s| seats_of(calls, s));
    let last = last_whole_year(calls);
    let by_year: std::collections::BTreeMap<i16, Vec<usize>> =
        calls.by(Period::Year).into_iter().collect();
    Series::yearly(BY_VOTES.id, years, BY_VOTES.lag_months, |year| {
        let whole = last.is_some_and(|last| year <= last);
        let Some(rows) = by_year.get(&year).filter(|_| whole) else {
            return Observed::OutsideCoverage;
        };
        if first.is_empty() || second.is_empty() {
            return Observed::OutsideCoverage;
        }
        let apart = |call: &usize| {
            let vote = |of: &[usize]| vote_of(calls, *call, of);
            Some((vote(&first)? as u8).abs_diff(vote(&second)? as u8))
        };
        let apart: Vec<u8> = rows.iter().filter_map(apart).collect();
        agreement(&apart).map_or(Observed::Missing, Observed::Observed)
    })
}

/// S from the distances (0, 1 or 2) of two votes on each roll call, with ± z √(Var / n), Var that of the shares of the
/// three distances with one vote spread over them: two that always agreed are not known to agree without error.
///
/// ```
/// use tertius_data::conditions::relation::agreement;
/// let value = agreement(&[0, 0]).unwrap();
/// assert_eq!(value.mid, 1.0);
/// assert!(value.interval.unwrap().0 < 0.5);
/// assert!(agreement(&[]).is_none());
/// ```
pub fn agreement(apart: &[u8]) -> Option<Value> {
    let count = u32::try_from(apart.len()).ok().filter(|n| *n > 0)?;
    let n = f64::from(count);
    let sum: f64 = apart.iter().map(|d| f64::from(*d)).sum();
    let share = |d: u8| {
        let found = apart.iter().filter(|a| **a == d).count() as f64;
        (found + 1.0 / 3.0) / (n + 1.0)
    };
    let (one, two) = (share(1), share(2));
    let mean = one + 2.0 * two;
    let half = Z_90 * ((one + 4.0 * two - mean * mean) / n).max(0.0).sqrt();
    let s = 1.0 - sum / n;
    Some(Value {
        mid: s,
        interval: Some(((s - half).max(-1.0), (s + half).min(1.0))),
        n: Some(count),
    })
}
