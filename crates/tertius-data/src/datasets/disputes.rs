//! Militarised interstate disputes, by dispute, ordered pair and year: what the two projects that code them share.

pub(super) mod participants;

use super::rows::{CCODE1, CCODE2, Demand, Making, Read, YEAR, dyads, records};
use crate::dyads::{Directed, Pair};
use crate::table::{Columns, Field, Kind, RawFile};
use crate::years::YearSpan;

/// Columns.
pub(super) static FIELDS: &[Field] = &[
    Field::key("dispute", &["dispnum", "disno"], Kind::Int(1, 99_999)),
    CCODE1,
    CCODE2,
    YEAR,
    Field::key("onset", &["disponset", "midonset"], Kind::Int(0, 1)),
    Field::key("sidea1", &["sidea1"], Kind::Int(0, 1)),
    Field::key("sidea2", &["sidea2"], Kind::Int(0, 1)),
    Field::value(
        "hostility1",
        &["hostlev1"],
        Kind::Int(1, 5),
        "1 none to 5 war",
        &["-9"],
    ),
    Field::value(
        "hostility2",
        &["hostlev2"],
        Kind::Int(1, 5),
        "1 none to 5 war",
        &["-9"],
    ),
    Field::value(
        "fatality1",
        &["fatality1"],
        Kind::Int(0, 6),
        "0 none to 6 over 999",
        &["-9"],
    ),
    Field::value(
        "fatality2",
        &["fatality2"],
        Kind::Int(0, 6),
        "0 none to 6 over 999",
        &["-9"],
    ),
];

/// One dispute between two states in one year, seen from one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisputeYear {
    /// The project's number of the dispute.
    pub dispute: u32,
    /// From whom, against whom.
    pub dyad: Directed,
    /// The year.
    pub year: i16,
    /// Whether it began that year.
    pub onset: bool,
    /// Whether the first is on the side that began.
    pub on_side_a: bool,
    /// Highest level of hostility that the first reached: 1 none, 2 threat, 3 display, 4 use of force, 5 war.
    pub hostility: Option<u8>,
    /// Deaths of the first: 0 none, 1 to 25, 26 to 100, 101 to 250, 251 to 500, 501 to 999, 6 more.
    pub fatality: Option<u8>,
}

/// Disputes by pair and year, with the years that the project covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Disputes {
    rows: Vec<DisputeYear>,
    span: Option<YearSpan>,
}

impl Disputes {
    /// Of rows by pair and year.
    fn of_rows(mut rows: Vec<DisputeYear>) -> Disputes {
        rows.sort_by_key(place);
        let years = || rows.iter().map(|r| r.year);
        let span = years().min().zip(years().max());
        let span = span.map(|(first, last)| YearSpan { first, last });
        Disputes { rows, span }
    }

    /// All rows, by pair, year, dispute and direction.
    pub fn rows(&self) -> &[DisputeYear] {
        &self.rows
    }

    /// First and last year with any dispute: outside, nobody looked.
    pub fn span(&self) -> Option<YearSpan> {
        self.span
    }

    /// The rows of a pair, both directions.
    pub fn of(&self, pair: Pair) -> &[DisputeYear] {
        let from = self.rows.partition_point(|r| r.dyad.pair() < pair);
        let to = self.rows.partition_point(|r| r.dyad.pair() <= pair);
        self.rows.get(from..to).unwrap_or(&[])
    }
}

/// Reads a file by dispute, ordered pair and year.
pub(super) fn read(file: &RawFile) -> Read<Disputes> {
    let (rows, account) = records(file, FIELDS, dispute, ("dispute", place))?;
    Ok((Disputes::of_rows(rows), account))
}

/// Where a row stands among the others.
fn place(d: &DisputeYear) -> (Pair, i16, u32, Directed) {
    (d.dyad.pair(), d.year, d.dispute, d.dyad)
}

fn dispute(columns: Columns<'_>) -> Making<'_, DisputeYear> {
    let int = |name| columns.ints(name);
    let (numbers, onset, side_a) = (int("dispute"), int("onset"), int("sidea1"));
    let (hostility, fatality) = (int("hostility1"), int("fatality1"));
    let mut dyads = dyads(columns, Demand::Member);
    Box::new(move |aside, row| {
        let (dyad, year, _) = dyads(aside, row)?;
        let small = |v: Option<i32>| v.and_then(|v| u8::try_from(v).ok());
        Some(DisputeYear {
            dispute: numbers.get(row).unwrap_or(0) as u32,
            dyad,
            year,
            onset: onset.get(row) == Some(1),
            on_side_a: side_a.get(row) == Some(1),
            hostility: small(hostility.get(row)),
            fatality: small(fatality.get(row)),
        })
    })
}
