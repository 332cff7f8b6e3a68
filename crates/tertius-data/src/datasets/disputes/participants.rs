//! Disputes as the Correlates of War project publishes them (MIDB): a state in a dispute, with its days and its side.

use jiff::civil::Date;

use super::super::rows::{CowCodes, Demand, Making, Read, open_spell, records};
use super::{DisputeYear, Disputes};
use crate::dyads::Directed;
use crate::states::StateId;
use crate::table::{Columns, Field, Kind, RawFile};

const NINE: &[&str] = &["-9"];
const DAY: Kind = Kind::Int(1, 31);
const MONTH: Kind = Kind::Int(1, 12);
const YEAR: Kind = Kind::Int(1800, 2100);

/// Columns.
static FIELDS: &[Field] = &[
    Field::key("dispute", &["dispnum", "dispnum3"], Kind::Int(1, 99_999)),
    Field::key("ccode", &["ccode"], Kind::Int(1, 999)),
    Field::value("from_day", &["stday"], DAY, "", NINE),
    Field::value("from_month", &["stmon"], MONTH, "", NINE),
    Field::key("from_year", &["styear"], YEAR),
    Field::value("to_day", &["endday"], DAY, "", NINE),
    Field::value("to_month", &["endmon"], MONTH, "", NINE),
    // A dispute that went on when the release was made has no end.
    Field::value("to_year", &["endyear"], YEAR, "", NINE),
    Field::key("side_a", &["sidea"], Kind::Int(0, 1)),
    // Not used: the publisher's archive has a table of incidents with every other column.
    Field::value("revises", &["revstate"], Kind::Int(0, 1), "", NINE),
    Field::value("fatality", &["fatality"], Kind::Int(0, 6), "", NINE),
    Field::value("hostility", &["hostlev"], Kind::Int(1, 5), "", NINE),
];

/// A state's part in a dispute. A state can leave one and come back.
struct Participant {
    dispute: u32,
    state: StateId,
    from: Date,
    /// Nothing where it is not known: the part then counts for the year of its beginning.
    to: Option<Date>,
    on_side_a: bool,
    fatality: Option<u8>,
    hostility: Option<u8>,
}

impl Participant {
    fn years(&self) -> (i16, i16) {
        let first = self.from.year();
        (first, self.to.map_or(first, |to| to.year()))
    }
}

/// Reads participants, and pairs every one of a side with every one of the other, in each year in which both took part.
/// An onset is the first year of a pair in a dispute.
pub(in super::super) fn read(file: &RawFile) -> Read<Disputes> {
    let key = |p: &Participant| (p.dispute, !p.on_side_a, p.state, p.from);
    let (all, account) = records(file, FIELDS, participant, ("dispute", key))?;
    let mut rows: Vec<DisputeYear> = Vec::new();
    for dispute in all.chunk_by(|a, b| a.dispute == b.dispute) {
        let first = rows.len();
        for one in dispute {
            let others = dispute.iter().filter(|o| o.on_side_a != one.on_side_a);
            for other in others {
                pair(one, other, &mut rows);
            }
        }
        settle(&mut rows, first);
    }
    Ok((Disputes::of_rows(rows), account))
}

fn pair(one: &Participant, other: &Participant, rows: &mut Vec<DisputeYear>) {
    let Some(dyad) = Directed::new(one.state, other.state) else {
        return;
    };
    let ((a, b), (c, d)) = (one.years(), other.years());
    rows.extend((a.max(c)..=b.min(d)).map(|year| DisputeYear {
        dispute: one.dispute,
        dyad,
        year,
        onset: false,
        on_side_a: one.on_side_a,
        hostility: one.hostility,
        fatality: one.fatality,
    }));
}

/// Of several parts of a pair in one year the most hostile stands; the first year of a pair is its onset.
fn settle(rows: &mut Vec<DisputeYear>, first: usize) {
    let mut of_dispute = rows.split_off(first);
    of_dispute.sort_by_key(|r| (r.dyad, r.year, std::cmp::Reverse((r.hostility, r.fatality))));
    of_dispute.dedup_by_key(|r| (r.dyad, r.year));
    let mut before = None;
    for row in &mut of_dispute {
        row.onset = before != Some(row.dyad);
        before = Some(row.dyad);
    }
    rows.append(&mut of_dispute);
}

fn participant(columns: Columns<'_>) -> Making<'_, Participant> {
    let int = |name| columns.ints(name);
    let (numbers, codes, sides) = (int("dispute"), int("ccode"), int("side_a"));
    let (fatality, hostility) = (int("fatality"), int("hostility"));
    let mut states = CowCodes::new(Demand::Member);
    Box::new(move |aside, row| {
        let (from, to) = open_spell(aside, row, columns)?;
        let state = states.state(aside, row, "ccode", codes.get(row), from.year())?;
        let small = |v: Option<i32>| v.and_then(|v| u8::try_from(v).ok());
        Some(Participant {
            dispute: numbers.get(row).unwrap_or(0) as u32,
            state,
            from,
            to,
            on_side_a: sides.get(row) == Some(1),
            fatality: small(fatality.get(row)),
            hostility: small(hostility.get(row)),
        })
    })
}
