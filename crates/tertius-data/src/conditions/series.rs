//! A series of a condition: dated values that say what is missing and what nobody collected.

use jiff::civil::Date;
use tertius::vocabulary::{Month, Observed, When};

use crate::states::{StateId, StateList, States};

/// The normal deviate within ± which 90 per cent lie: of every interval that rests on one.
pub(crate) const Z_90: f64 = 1.644_853_626_951_472_2;

/// A computed value, with a 90 per cent interval where one can be had.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// The value.
    pub mid: f64,
    /// Lower and upper end of a 90 per cent interval.
    pub interval: Option<(f64, f64)>,
    /// Respondents or events that it rests on.
    pub n: Option<u32>,
}

impl Value {
    /// A value whose error nobody knows. Not one without error.
    pub fn bare(mid: f64) -> Value {
        Value {
            mid,
            interval: None,
            n: None,
        }
    }

    /// The same, each number changed by a rising function.
    #[must_use]
    pub fn rising(self, f: impl Fn(f64) -> f64) -> Value {
        Value {
            mid: f(self.mid),
            interval: self.interval.map(|(a, b)| (f(a), f(b))),
            n: self.n,
        }
    }
}

/// One value and its time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// What it is of.
    pub period: When,
    /// The value, or why there is none.
    pub value: Observed<Value>,
    /// The first day on which it was known.
    pub known_from: Date,
}

/// Values by period, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The condition's id.
    pub condition: &'static str,
    /// In order of time.
    pub points: Vec<Point>,
}

impl Series {
    /// A value for each year, known `lag` months after the year ends.
    pub fn yearly(
        condition: &'static str,
        years: std::ops::RangeInclusive<i16>,
        lag: u32,
        value: impl Fn(i16) -> Observed<Value>,
    ) -> Series {
        let point = |year| Point {
            period: When::Year(year),
            value: value(year),
            known_from: known_after(When::Year(year), lag),
        };
        Series {
            condition,
            points: years.map(point).collect(),
        }
    }

    /// The value of a year; outside coverage where the series has no such year.
    pub fn of_year(&self, year: i16) -> Observed<Value> {
        let found = self.points.iter().find(|p| p.period == When::Year(year));
        found.map_or(Observed::OutsideCoverage, |p| p.value)
    }

    /// The value of the period that holds a month; outside coverage where none does.
    pub fn at(&self, month: Month) -> Observed<Value> {
        let day = month.first_day();
        let holds = |p: &&Point| p.period.first_day() <= day && day <= p.period.last_day();
        let found = self.points.iter().find(holds);
        found.map_or(Observed::OutsideCoverage, |p| p.value)
    }
}

/// The last day of the month that lies so many months after a period's end; the end itself for a lag of none.
pub fn known_after(period: When, lag: u32) -> Date {
    let end = period.last_day();
    if lag == 0 {
        return end;
    }
    (Month::of(end) + i32::try_from(lag).unwrap_or(i32::MAX)).last_day()
}

/// Whether each state was a member of the system in every year from the first to the last: where one was none, what it
/// was before and what it was after are not one thing that changed (the Reich of 1945 and the Federal Republic of 1955).
pub(super) fn unbroken(states: &[StateId], years: std::ops::RangeInclusive<i16>) -> bool {
    let table = States::bundled();
    let member = |s: &StateId, year| table.was_member_in(StateList::Cow, *s, year);
    years
        .into_iter()
        .all(|year| states.iter().all(|s| member(s, year)))
}

/// The change between two years of what is known of both: missing where the states were not all there throughout.
pub(super) fn change(
    states: &[StateId],
    (first, last): (i16, i16),
    of: impl Fn(i16) -> Observed<f64>,
    f: impl FnOnce(f64, f64) -> Option<f64>,
) -> Observed<Value> {
    let found = both(of(first), of(last), |b, n| f(b, n).map(Value::bare));
    match found {
        Observed::Observed(_) if !unbroken(states, first..=last) => Observed::Missing,
        found => found,
    }
}

/// A value from two that must both be there. Where nobody collected one, nobody knows the result; where one is
/// missing, it is missing.
pub(super) fn both<A, B, C>(
    a: Observed<A>,
    b: Observed<B>,
    f: impl FnOnce(A, B) -> Option<C>,
) -> Observed<C> {
    match (a, b) {
        (Observed::Observed(a), Observed::Observed(b)) => {
            f(a, b).map_or(Observed::Missing, Observed::Observed)
        }
        (Observed::OutsideCoverage, _) | (_, Observed::OutsideCoverage) => {
            Observed::OutsideCoverage
        }
        _ => Observed::Missing,
    }
}
