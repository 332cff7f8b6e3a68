//! Militarised interstate disputes, by dispute, ordered pair and year: what the two projects that code them share.

use super::rows::{CCODE1, CCODE2, CowCodes, Demand, Read, YEAR, need, once};
use crate::dyads::{Directed, Pair};
use crate::table::{Field, Kind, RawFile, read_table};
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
    let mut table = read_table(file, FIELDS)?;
    let count = table.rows();
    let (columns, aside) = table.split();
    let int = |name| columns.ints(name);
    let (numbers, years) = (int("dispute"), int("year"));
    let (first, second) = (int("ccode1"), int("ccode2"));
    let (onset, side_a) = (int("onset"), int("sidea1"));
    let (hostility, fatality) = (int("hostility1"), int("fatality1"));
    let mut states = CowCodes::new(Demand::Member);
    let mut found: Vec<(DisputeYear, usize)> = Vec::new();
    for row in 0..count {
        if !aside.is_good(row) {
            continue;
        }
        let Some(year) = need(aside, row, "year", years.year(row)) else {
            continue;
        };
        let codes = [first.get(row), second.get(row)];
        let dyad = states.dyad(aside, row, ["ccode1", "ccode2"], codes, year);
        let Some(dyad) = dyad else { continue };
        let small = |v: Option<i32>| v.and_then(|v| u8::try_from(v).ok());
        let dispute = DisputeYear {
            dispute: numbers.get(row).unwrap_or(0) as u32,
            dyad,
            year,
            onset: onset.get(row) == Some(1),
            on_side_a: side_a.get(row) == Some(1),
            hostility: small(hostility.get(row)),
            fatality: small(fatality.get(row)),
        };
        found.push((dispute, row));
    }
    let rows = once(aside, "dispute", found, |d| {
        (d.dyad.pair(), d.year, d.dispute, d.dyad)
    });
    let years = || rows.iter().map(|r| r.year);
    let span = years().min().zip(years().max());
    let span = span.map(|(first, last)| YearSpan { first, last });
    let used = rows.len();
    Ok((Disputes { rows, span }, table.close(file, used)))
}
