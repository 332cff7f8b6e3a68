//! Formal alliances, by member (Correlates of War).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::rows::{CowCodes, Demand, Read, day_of_three};
use super::terms::COW;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::dyads::Directed;
use crate::states::StateId;
use crate::table::{Field, Kind, RawFile, Reason, read_table};

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "cow-alliances",
    title: Bilingual {
        en: "Formal Alliances",
        zh: "正式同盟",
    },
    unit: Unit::StateSpell,
    publisher: "Correlates of War Project",
    home: "https://correlatesofwar.org/data-sets/formal-alliances/",
    home_seen: true,
    version: "4.1",
    licence: COW,
    cite: &["gibler2009"],
    note: Bilingual {
        en: "One row a member and spell, with what that member promised: of the treaty of 1951 the United States promised \
             defence and Japan did not. Ends in 2012: later years are outside coverage, not without alliances.",
        zh: "每行为一个成员国的一段成员期及其自身承诺：1951 年条约中美国承诺防御，日本没有。数据止于 2012 年，其后年份属于未覆盖，而非没有同盟。",
    },
    parts: &[Part {
        id: "members",
        fields: FIELDS,
        coverage: (1816, 2012),
        read: |file| Ok(read(file)?.1),
        files: &[
            KnownFile::published("alliances/cow_alliance_v4.1_by_member.csv", "").seen(
                "254d028987f47bb01a5efca72f8148b6263037327cc3c751864488e66a4e34a1",
                1_221,
            ),
        ],
    }],
};

const DAY: Kind = Kind::Int(1, 31);
const MONTH: Kind = Kind::Int(1, 12);
const YEAR: Kind = Kind::Int(1300, 2100);
const YES: Kind = Kind::Int(0, 1);

/// Columns.
static FIELDS: &[Field] = &[
    Field::key("alliance", &["version4id"], Kind::Int(1, 9999)),
    Field::key("ccode", &["ccode"], Kind::Int(1, 999)),
    Field::value("from_day", &["mem_st_day"], DAY, "", &[]),
    Field::value("from_month", &["mem_st_month"], MONTH, "", &[]),
    Field::key("from_year", &["mem_st_year"], YEAR),
    Field::value("to_day", &["mem_end_day"], DAY, "", &[]),
    Field::value("to_month", &["mem_end_month"], MONTH, "", &[]),
    Field::value("to_year", &["mem_end_year"], YEAR, "", &[]),
    Field::value("right_censor", &["right_censor"], YES, "", &[]),
    Field::key("defense", &["defense"], YES),
    Field::value("neutrality", &["neutrality"], YES, "", &[]),
    Field::value("nonaggression", &["nonaggression"], YES, "", &[]),
    Field::value("entente", &["entente"], YES, "", &[]),
];

/// The last day that version 4.1 speaks of.
pub const LAST_DAY: Date = Date::constant(2012, 12, 31);

/// A state's membership of an alliance, and what it promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// COW's number of the alliance.
    pub alliance: u32,
    /// The member.
    pub state: StateId,
    /// First day.
    pub from: Date,
    /// Last day; nothing where the spell lasts beyond the data.
    pub to: Option<Date>,
    /// To come to the others' defence.
    pub defense: bool,
    /// To stay neutral; nothing where the cell is empty.
    pub neutrality: Option<bool>,
    /// Not to attack.
    pub nonaggression: Option<bool>,
    /// To consult.
    pub entente: Option<bool>,
}

/// Reads the file by member, as published.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Vec<Membership>> {
    let mut table = read_table(file, FIELDS)?;
    let rows = table.rows();
    let (columns, aside) = table.split();
    let int = |name: &str| columns.ints(name);
    let mut states = CowCodes::new(Demand::Known);
    let mut found: Vec<Membership> = Vec::new();
    let mut seen = BTreeMap::new();
    for row in 0..rows {
        if !aside.is_good(row) {
            continue;
        }
        let day = |p: &str| {
            let part = |s: &str| int(&format!("{p}_{s}")).get(row);
            (
                part("year"),
                day_of_three(part("year"), part("month"), part("day")),
            )
        };
        let ((from_year, from), (to_year, to)) = (day("from"), day("to"));
        let Some(from) = from else {
            aside.set(row, "from_day", Reason::BadDate, from_year.unwrap_or(0));
            continue;
        };
        if to_year.is_some() && to.is_none() {
            aside.set(row, "to_day", Reason::BadDate, to_year.unwrap_or(0));
            continue;
        }
        if to.is_some_and(|to| to < from) {
            aside.set(row, "to_year", Reason::Reversed, to_year.unwrap_or(0));
            continue;
        }
        // A treaty can be older than its member: Slovakia signed in 1992.
        let code = int("ccode").get(row);
        let last = to.map_or(2012, Date::year);
        let mut years = from.year()..=last.max(from.year());
        let named = years.find(|y| code.is_some_and(|c| states.get(c, *y).is_ok()));
        let year = named.unwrap_or_else(|| from.year());
        let Some(state) = states.state(aside, row, "ccode", code, year) else {
            continue;
        };
        let yes = |name: &str| int(name).get(row).map(|v| v == 1);
        let member = Membership {
            alliance: int("alliance").get(row).unwrap_or(0) as u32,
            state,
            from,
            to,
            defense: yes("defense") == Some(true),
            neutrality: yes("neutrality"),
            nonaggression: yes("nonaggression"),
            entente: yes("entente"),
        };
        let key = (member.alliance, member.state, member.from);
        if let Some(first) = seen.get(&key) {
            let first = aside.number(*first);
            aside.set(row, "ccode", Reason::Duplicate, format_args!("row {first}"));
            continue;
        }
        seen.insert(key, row);
        found.push(member);
    }
    let used = found.len();
    Ok((found, table.close(file, used)))
}

/// Whether one state was bound to defend another on a day by any alliance of both; nothing after the last day of
/// the data or before 1816.
///
/// The promise is the first state's alone: what the other promised is asked with [`Directed::reversed`].
pub fn defends(members: &[Membership], dyad: Directed, on: Date) -> Option<bool> {
    if !(Date::constant(1816, 1, 1)..=LAST_DAY).contains(&on) {
        return None;
    }
    let holds = |m: &&Membership| m.from <= on && m.to.is_none_or(|to| on <= to);
    let of = |state| {
        members
            .iter()
            .filter(holds)
            .filter(move |m| m.state == state)
    };
    let bound =
        of(dyad.from()).any(|a| a.defense && of(dyad.to()).any(|b| b.alliance == a.alliance));
    Some(bound)
}
