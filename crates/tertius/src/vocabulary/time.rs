//! Calendar months, half-open spans of them, and dates that keep the precision of their source.

use std::fmt;
use std::num::NonZeroU32;
use std::ops::{Add, Sub};
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One calendar month. No day: arithmetic is in whole months.
///
/// ```
/// use tertius::vocabulary::Month;
/// let m: Month = "2014-03".parse().unwrap();
/// assert_eq!((m + 10).to_string(), "2015-01");
/// assert_eq!(m.until("2014-01".parse().unwrap()), -2);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month(i32);

/// A text that is no month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a month written YYYY-MM")]
pub struct MonthError(pub String);

impl Month {
    /// The month `month` (1 to 12) of `year` (1 to 9999), or nothing where there is none.
    pub fn new(year: i16, month: i8) -> Option<Self> {
        ((1..=9999).contains(&year) && (1..=12).contains(&month))
            .then(|| Month(i32::from(year) * 12 + i32::from(month) - 1))
    }

    /// The calendar year.
    pub fn year(self) -> i16 {
        self.0.div_euclid(12) as i16
    }

    /// The month of the year, 1 to 12.
    pub fn month(self) -> i8 {
        (self.0.rem_euclid(12) + 1) as i8
    }

    /// The month that holds `date`.
    pub fn of(date: Date) -> Self {
        Month(i32::from(date.year()) * 12 + i32::from(date.month()) - 1)
    }

    /// Signed number of months from `self` to `other`.
    pub fn until(self, other: Month) -> i32 {
        other.0 - self.0
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        Date::constant(self.year(), self.month(), 1)
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }
}

impl Add<i32> for Month {
    type Output = Month;
    /// Clamped to the years 1 to 9999, so that arithmetic cannot leave the calendar.
    fn add(self, months: i32) -> Month {
        Month(self.0.saturating_add(months).clamp(12, 9999 * 12 + 11))
    }
}

impl Sub<i32> for Month {
    type Output = Month;
    fn sub(self, months: i32) -> Month {
        self.add(months.saturating_neg())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Month {
    type Err = MonthError;
    fn from_str(s: &str) -> Result<Self, MonthError> {
        let wrong = || MonthError(s.to_owned());
        let (y, m) = s.split_once('-').ok_or_else(wrong)?;
        let year = digits(y, 4).ok_or_else(wrong)?;
        let month = digits(m, 2).ok_or_else(wrong)?;
        Month::new(year, month as i8).ok_or_else(wrong)
    }
}

impl TryFrom<String> for Month {
    type Error = MonthError;
    fn try_from(s: String) -> Result<Self, MonthError> {
        s.parse()
    }
}

impl From<Month> for String {
    fn from(m: Month) -> String {
        m.to_string()
    }
}

/// Exactly `n` ASCII digits as a number.
fn digits(s: &str, n: usize) -> Option<i16> {
    (s.len() == n && s.bytes().all(|b| b.is_ascii_digit()))
        .then(|| s.parse().ok())
        .flatten()
}

/// A run of months that is never empty: from its first month up to, and without, `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    first: Month,
    len: NonZeroU32,
}

impl Span {
    /// Both ends included; nothing if `last` is before `first`.
    pub fn inclusive(first: Month, last: Month) -> Option<Self> {
        let len = u32::try_from(first.until(last) + 1).ok()?;
        Some(Span {
            first,
            len: NonZeroU32::new(len)?,
        })
    }

    /// The first month.
    pub fn first(self) -> Month {
        self.first
    }

    /// The last month that belongs to the span.
    pub fn last(self) -> Month {
        self.first + (self.len.get() as i32 - 1)
    }

    /// Number of months, at least one.
    #[expect(clippy::len_without_is_empty, reason = "a span is never empty")]
    pub fn len(self) -> usize {
        self.len.get() as usize
    }

    /// The position of `month`, counted from zero, if it belongs to the span.
    pub fn index(self, month: Month) -> Option<usize> {
        usize::try_from(self.first.until(month))
            .ok()
            .filter(|&i| i < self.len())
    }

    /// The month at position `index`.
    pub fn month(self, index: usize) -> Month {
        self.first + index as i32
    }

    /// All months in order.
    pub fn months(self) -> impl ExactSizeIterator<Item = Month> + Clone {
        (0..self.len()).map(move |i| self.month(i))
    }
}

/// A date with the precision of its source. To go from it to a month is a visible choice.
///
/// ```
/// use tertius::vocabulary::When;
/// let w: When = "2014-03".parse().unwrap();
/// assert_eq!(w.last_day().to_string(), "2014-03-31");
/// assert_eq!("2014".parse::<When>().unwrap().months().len(), 12);
/// assert!("2014-02-30".parse::<When>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum When {
    /// A day.
    Day(Date),
    /// A month, day unknown.
    Month(Month),
    /// A year, month unknown.
    Year(i16),
    /// Some time from the first to the last day given, both included.
    Between(Date, Date),
}

/// A text that is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhenError {
    /// Not of one of the accepted forms.
    #[error("`{0}` is not written YYYY, YYYY-MM, YYYY-MM-DD or FIRST/LAST")]
    Form(String),
    /// Of the right form, but not in the calendar.
    #[error("`{0}` is not in the calendar")]
    NotInCalendar(String),
    /// An interval that ends before it begins.
    #[error("`{0}` ends before it begins")]
    Reversed(String),
}

impl When {
    /// The first day that it may mean.
    pub fn first_day(self) -> Date {
        match self {
            When::Day(d) | When::Between(d, _) => d,
            When::Month(m) => m.first_day(),
            When::Year(y) => Date::constant(y, 1, 1),
        }
    }

    /// The last day that it may mean.
    pub fn last_day(self) -> Date {
        match self {
            When::Day(d) | When::Between(_, d) => d,
            When::Month(m) => m.last_day(),
            When::Year(y) => Date::constant(y, 12, 31),
        }
    }

    /// The months that it may fall in, each with the share of its possible days; shares sum to 1.
    pub fn months(self) -> Vec<(Month, f64)> {
        let (first, last) = (self.first_day(), self.last_day());
        let days = |a: Date, b: Date| f64::from((b - a).get_days() + 1);
        let total = days(first, last);
        let (from, to) = (Month::of(first), Month::of(last));
        (0..=from.until(to))
            .map(|k| from + k)
            .map(|m| {
                (
                    m,
                    days(m.first_day().max(first), m.last_day().min(last)) / total,
                )
            })
            .collect()
    }

    /// Whether it is precise to the month or better.
    pub fn is_month_precise(self) -> bool {
        Month::of(self.first_day()) == Month::of(self.last_day())
    }

    fn simple(s: &str) -> Result<When, WhenError> {
        let form = || WhenError::Form(s.to_owned());
        let absent = || WhenError::NotInCalendar(s.to_owned());
        let mut parts = s.split('-');
        let year = parts.next().and_then(|p| digits(p, 4)).ok_or_else(form)?;
        if year == 0 {
            return Err(absent());
        }
        let Some(month) = parts.next() else {
            return Ok(When::Year(year));
        };
        let month = digits(month, 2).ok_or_else(form)? as i8;
        let Some(day) = parts.next() else {
            return Month::new(year, month).map(When::Month).ok_or_else(absent);
        };
        let day = digits(day, 2).ok_or_else(form)? as i8;
        if parts.next().is_some() {
            return Err(form());
        }
        Date::new(year, month, day)
            .map(When::Day)
            .map_err(|_| absent())
    }
}

impl FromStr for When {
    type Err = WhenError;
    fn from_str(s: &str) -> Result<Self, WhenError> {
        match s.split_once('/') {
            None => When::simple(s),
            Some((a, b)) => {
                let (first, last) = (When::simple(a)?.first_day(), When::simple(b)?.last_day());
                if last < first {
                    return Err(WhenError::Reversed(s.to_owned()));
                }
                Ok(When::Between(first, last))
            }
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Day(d) => write!(f, "{d}"),
            When::Month(m) => write!(f, "{m}"),
            When::Year(y) => write!(f, "{y:04}"),
            When::Between(a, b) => write!(f, "{a}/{b}"),
        }
    }
}

impl fmt::Debug for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl TryFrom<String> for When {
    type Error = WhenError;
    fn try_from(s: String) -> Result<Self, WhenError> {
        s.parse()
    }
}

impl From<When> for String {
    fn from(w: When) -> String {
        w.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_a_year_are_days_over_days() {
        let months = When::Year(2016).months();
        assert_eq!(months.len(), 12);
        assert_eq!(months[1].1, 29.0 / 366.0);
        assert!((months.iter().map(|m| m.1).sum::<f64>() - 1.0).abs() < 1e-15);
    }

    #[test]
    fn an_interval_keeps_both_ends() {
        let w: When = "2014-03-30/2014-04".parse().unwrap();
        assert_eq!(w.to_string(), "2014-03-30/2014-04-30");
        assert_eq!(w.months()[0].1, 2.0 / 32.0);
        assert_eq!(
            "2015/2014".parse::<When>(),
            Err(WhenError::Reversed("2015/2014".into()))
        );
    }

    #[test]
    fn dates_that_do_not_exist_are_told_from_texts_that_are_no_dates() {
        assert_eq!(
            "2014-13".parse::<When>(),
            Err(WhenError::NotInCalendar("2014-13".into()))
        );
        assert_eq!(
            "2015-02-29".parse::<When>(),
            Err(WhenError::NotInCalendar("2015-02-29".into()))
        );
        assert_eq!(
            "spring".parse::<When>(),
            Err(WhenError::Form("spring".into()))
        );
        assert_eq!(
            "2014-3".parse::<When>(),
            Err(WhenError::Form("2014-3".into()))
        );
    }

    #[test]
    fn a_span_is_never_empty_and_holds_both_ends() {
        let (a, b) = ("2012-01".parse().unwrap(), "2023-09".parse().unwrap());
        let span = Span::inclusive(a, b).unwrap();
        assert_eq!(span.len(), 141);
        assert_eq!(span.last(), b);
        assert_eq!(span.index(b), Some(140));
        assert_eq!(span.index(b + 1), None);
        assert_eq!(Span::inclusive(b, a), None);
    }
}
