//! Membership of the state system, and who counts as a major power.

use jiff::civil::Date;
use tertius::vocabulary::Observed;

use super::rows::{CowCodes, Demand, Read, day_of_three, once};
use super::terms::COW;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::states::{CodeSystem, StateId, StateList, States};
use crate::table::{Field, Kind, RawFile, Reason, read_table};

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "state-system",
    title: Bilingual {
        en: "State system membership and major powers",
        zh: "国家体系成员与大国名单",
    },
    unit: Unit::StateSpell,
    publisher: "Correlates of War Project; Gleditsch and Ward",
    home: "https://correlatesofwar.org/data-sets/state-system-membership/",
    home_seen: false,
    version: "2016; 2017",
    licence: COW,
    cite: &["cow-states2016", "gleditsch1999"],
    note: Bilingual {
        en: "The program's own table of states is checked against these lists. The list of major powers ends in 2016: \
             later years are outside coverage.",
        zh: "程序自带的国家表与这些名单核对。大国名单止于 2016 年，其后年份属于未覆盖。",
    },
    parts: &[
        Part {
            id: "cow",
            fields: COW_FIELDS,
            coverage: (1816, 2016),
            read: |file| Ok(read_cow(file)?.1),
            files: &[KnownFile::published("states/cow_states.csv", "").seen(
                "76733bacf602007038b72e2ebec24d37a34ba6dc36793eb7c894af82e952f735",
                243,
            )],
        },
        Part {
            id: "gw",
            fields: GW_FIELDS,
            coverage: (1816, 2017),
            read: |file| Ok(read_gw(file)?.1),
            files: &[KnownFile::converted(
                "states/gw_states.csv",
                "80e062971052837012f0a76849e4c6642d4680ce60cfc910125d7fb1534f028d",
                216,
            )],
        },
        Part {
            id: "majors",
            fields: COW_FIELDS,
            coverage: (1816, 2016),
            read: |file| Ok(read_cow(file)?.1),
            files: &[KnownFile::published("states/cow_majors.csv", "").seen(
                "9e8b72eec51bec8bc175c2d1a1c968828c4571558e281c0b3bd554dca135100e",
                14,
            )],
        },
    ],
};

/// Columns of the COW lists.
static COW_FIELDS: &[Field] = &[
    Field::key("ccode", &["ccode"], Kind::Int(1, 999)),
    Field::key("from_year", &["styear"], Kind::Int(1816, 2100)),
    Field::key("from_month", &["stmonth"], Kind::Int(1, 12)),
    Field::key("from_day", &["stday"], Kind::Int(1, 31)),
    Field::key("to_year", &["endyear"], Kind::Int(1816, 2100)),
    Field::key("to_month", &["endmonth"], Kind::Int(1, 12)),
    Field::key("to_day", &["endday"], Kind::Int(1, 31)),
];

/// Columns of Gleditsch and Ward's list.
static GW_FIELDS: &[Field] = &[
    Field::key("gwcode", &["gwcode"], Kind::Code),
    Field::key("from", &["startdate"], Kind::Day),
    Field::key("to", &["enddate"], Kind::Day),
];

/// A state and some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spell {
    /// Who.
    pub state: StateId,
    /// First day.
    pub from: Date,
    /// Last day; for those who still are, the last day of the list.
    pub to: Date,
}

/// Reads a list of the Correlates of War: of states, or of major powers.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read_cow(file: &RawFile) -> Read<Vec<Spell>> {
    let mut table = read_table(file, COW_FIELDS)?;
    let count = table.rows();
    let (columns, aside) = table.split();
    let codes = columns.ints("ccode");
    let day = |p: &str, row| {
        let part = |s: &str| columns.ints(&format!("{p}_{s}")).get(row);
        day_of_three(part("year"), part("month"), part("day"))
    };
    let mut states = CowCodes::new(Demand::Known);
    let mut found = Vec::new();
    for row in 0..count {
        if !aside.is_good(row) {
            continue;
        }
        let (Some(from), Some(to)) = (day("from", row), day("to", row)) else {
            aside.set(row, "from_day", Reason::BadDate, "");
            continue;
        };
        if to < from {
            aside.set(row, "to_year", Reason::Reversed, to);
            continue;
        }
        let year = from.year();
        if let Some(state) = states.state(aside, row, "ccode", codes.get(row), year) {
            found.push((Spell { state, from, to }, row));
        }
    }
    let rows = once(aside, "ccode", found, |s| (s.state, s.from));
    let used = rows.len();
    Ok((rows, table.close(file, used)))
}

/// Reads Gleditsch and Ward's list.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read_gw(file: &RawFile) -> Read<Vec<Spell>> {
    let mut table = read_table(file, GW_FIELDS)?;
    let count = table.rows();
    let (columns, aside) = table.split();
    let (codes, from, to) = (
        columns.texts("gwcode"),
        columns.days("from"),
        columns.days("to"),
    );
    let mut found = Vec::new();
    for row in 0..count {
        let days = from.get(row).zip(to.get(row));
        let Some((from, to)) = days.filter(|_| aside.is_good(row)) else {
            continue;
        };
        if to < from {
            aside.set(row, "to", Reason::Reversed, to);
            continue;
        }
        let code = codes.get(row).unwrap_or("");
        match States::bundled().find(CodeSystem::Gw, code, from) {
            Ok(state) => found.push((Spell { state, from, to }, row)),
            Err(problem) => aside.set(row, "gwcode", super::rows::why(&problem), code),
        }
    }
    let rows = once(aside, "gwcode", found, |s| (s.state, s.from));
    let used = rows.len();
    Ok((rows, table.close(file, used)))
}

/// Whether a list of major powers counts a state on a day. Nothing is said after the last day of the list:
/// peacesciencer, issue 17, has every state a major power from 2017.
pub fn is_major(majors: &[Spell], state: StateId, on: Date) -> Observed<bool> {
    let last = majors.iter().map(|s| s.to).max();
    let first = majors.iter().map(|s| s.from).min();
    let covered = first.zip(last).is_some_and(|(a, b)| a <= on && on <= b);
    if !covered || !States::bundled().is_member(StateList::Cow, state, on) {
        return Observed::OutsideCoverage;
    }
    let holds = |s: &Spell| s.state == state && s.from <= on && on <= s.to;
    Observed::Observed(majors.iter().any(holds))
}
