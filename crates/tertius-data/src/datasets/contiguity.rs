//! Which states touch, over land or how much water, with days (Correlates of War).

use jiff::civil::Date;
use tertius::vocabulary::{Month, Observed};

use super::rows::{CCODE1, CCODE2, CowCodes, Demand, Read, once};
use super::terms::COW;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::dyads::Pair;
use crate::states::{StateList, States};
use crate::table::{Field, Kind, RawFile, Reason, read_table};

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "contiguity",
    title: Bilingual {
        en: "Direct contiguity",
        zh: "直接毗邻",
    },
    unit: Unit::PairSpell,
    publisher: "Correlates of War Project",
    home: "https://correlatesofwar.org/data-sets/direct-contiguity/",
    home_seen: false,
    version: "3.2",
    licence: COW,
    cite: &["stinnett2002"],
    note: Bilingual {
        en: "Kinds 1 (land) to 5 (up to 400 miles of water); 0 in this conversion says: not contiguous then. Day \
             precision is the month's.",
        zh: "类型 1（陆地）至 5（400 英里以内水域）；转换文件中的 0 表示当时不毗邻。日期精确到月。",
    },
    parts: &[Part {
        id: "pairs",
        fields: FIELDS,
        coverage: (1816, 2016),
        read: |file| Ok(read(file)?.1),
        files: &[
            KnownFile::converted(
                "geography/cow_direct_contiguity.csv.gz",
                "9adf2716e9a59bf02cb6995d749ea125457cd3222ebb6841d4b815106bbe593d",
                1_874,
            ),
            KnownFile::published(
                "contiguity/DirectContiguity320.zip",
                "https://correlatesofwar.org/wp-content/uploads/DirectContiguity320.zip",
            ),
        ],
    }],
};

/// Columns.
static FIELDS: &[Field] = &[
    CCODE1,
    CCODE2,
    Field::key("kind", &["conttype"], Kind::Int(0, 5)),
    Field::key("from", &["stdate"], Kind::Day),
    Field::key("to", &["enddate"], Kind::Day),
];

const MONTH: Kind = Kind::Int(181_601, 201_612);

/// Columns of the publisher's `contdir.csv`, each pair once, in months such as 181601.
static PUBLISHED: &[Field] = &[
    Field::key("ccode1", &["statelno", "state1no"], Kind::Int(1, 999)),
    Field::key("ccode2", &["statehno", "state2no"], Kind::Int(1, 999)),
    Field::key("kind", &["conttype"], Kind::Int(1, 5)),
    Field::key("from", &["begin"], MONTH),
    Field::key("to", &["end"], MONTH),
];

/// How two states touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contact {
    /// A land or river border.
    Land,
    /// Up to 12 miles of water.
    Water12,
    /// Up to 24 miles.
    Water24,
    /// Up to 150 miles.
    Water150,
    /// Up to 400 miles.
    Water400,
    /// None of these.
    Apart,
}

impl Contact {
    fn of(kind: i32) -> Contact {
        match kind {
            1 => Contact::Land,
            2 => Contact::Water12,
            3 => Contact::Water24,
            4 => Contact::Water150,
            5 => Contact::Water400,
            _ => Contact::Apart,
        }
    }
}

/// How a pair touched over some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contiguity {
    /// Who.
    pub pair: Pair,
    /// How.
    pub contact: Contact,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// All spells of contiguity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contacts(Vec<Contiguity>);

impl Contacts {
    /// How a pair touches on a day. Pairs without a spell are apart, if both are members of the system on that
    /// day and the day is not after the data.
    pub fn on(&self, pair: Pair, day: Date) -> Observed<Contact> {
        let states = States::bundled();
        let last = Date::constant(2016, 12, 31);
        if day > last || day < Date::constant(1816, 1, 1) {
            return Observed::OutsideCoverage;
        }
        let mut spells = self.0.iter().filter(|c| c.pair == pair);
        if let Some(c) = spells.find(|c| c.from <= day && day <= c.to) {
            return Observed::Observed(c.contact);
        }
        let member = |s| states.is_member(StateList::Cow, s, day);
        if member(pair.first()) && member(pair.second()) {
            Observed::Observed(Contact::Apart)
        } else {
            Observed::OutsideCoverage
        }
    }

    /// All spells, by pair.
    pub fn all(&self) -> &[Contiguity] {
        &self.0
    }
}

/// Reads the publisher's file, or the converted one, which has each pair in both directions.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Contacts> {
    let published = read_table(file, PUBLISHED);
    let by_month = published.is_ok();
    let mut table = published.or_else(|_| read_table(file, FIELDS))?;
    let count = table.rows();
    let (columns, aside) = table.split();
    let int = |name| columns.ints(name);
    let (first, second, kinds) = (int("ccode1"), int("ccode2"), int("kind"));
    let mut states = CowCodes::new(Demand::Known);
    let mut found = Vec::new();
    for row in 0..count {
        let days = if by_month {
            let of = |name| month_of(int(name).get(row)?);
            if aside.is_good(row) {
                for name in ["from", "to"] {
                    if of(name).is_none() {
                        let cell = int(name).get(row).unwrap_or(0);
                        aside.set(row, name, Reason::BadDate, cell);
                    }
                }
            }
            let ends = of("from").zip(of("to"));
            ends.map(|(from, to)| (from.first_day(), to.last_day()))
        } else {
            let of = |name| columns.days(name).get(row);
            of("from").zip(of("to"))
        };
        let Some((from, to)) = days.filter(|_| aside.is_good(row)) else {
            continue;
        };
        if to < from {
            aside.set(row, "to", Reason::Reversed, to);
            continue;
        }
        let codes = [first.get(row), second.get(row)];
        let named = |states: &mut CowCodes, y| {
            codes
                .iter()
                .all(|c| c.is_some_and(|c| states.get(c, y).is_ok()))
        };
        let year = (from.year()..=to.year()).find(|y| named(&mut states, *y));
        let year = year.unwrap_or_else(|| from.year());
        let dyad = states.dyad(aside, row, ["ccode1", "ccode2"], codes, year);
        let Some(dyad) = dyad else { continue };
        let contact = Contact::of(kinds.get(row).unwrap_or(0));
        found.push(((dyad, from, to, contact), row));
    }
    let rows = once(aside, "from", found, |r| (r.0, r.1));
    let used = rows.len();
    let mut spells: Vec<Contiguity> = rows
        .into_iter()
        .map(|(dyad, from, to, contact)| Contiguity {
            pair: dyad.pair(),
            contact,
            from,
            to,
        })
        .collect();
    spells.sort_by_key(|c| (c.pair, c.from, c.contact));
    spells.dedup();
    Ok((Contacts(spells), table.close(file, used)))
}

/// 201612 as a month.
fn month_of(number: i32) -> Option<Month> {
    let text = format!("{:04}-{:02}", number / 100, number % 100);
    text.parse().ok()
}
