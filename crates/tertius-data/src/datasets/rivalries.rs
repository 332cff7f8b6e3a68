//! Strategic rivalries, and arms races, by pair and span of years.

use super::rows::{CCODE1, CCODE2, CowCodes, Demand, Read, once};
use super::terms::CITE;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::dyads::Pair;
use crate::states::{StateList, States};
use crate::table::{Field, Kind, RawFile, Reason, read_table};

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "rivalries",
    title: Bilingual {
        en: "Strategic rivalries and arms races",
        zh: "战略竞争与军备竞赛",
    },
    unit: Unit::PairSpell,
    publisher: "Thompson and Dreyer; Thompson, Sakuwa and Suhas; Gibler, Rider and Hutchison",
    home: "https://us.sagepub.com/",
    home_seen: false,
    version: "2012; 2021; 2005",
    licence: CITE,
    cite: &["thompson2012", "thompson2021", "gibler2005"],
    note: Bilingual {
        en: "Three lists of pairs with first and last year. A rivalry that is listed to the last year of its list had not \
             ended then.",
        zh: "三份国家对名单，含起止年份。列至名单末年的竞争当时尚未结束。",
    },
    parts: &[
        Part {
            id: "td",
            fields: FIELDS,
            coverage: (1494, 2010),
            read: |file| Ok(read(file)?.1),
            files: &[KnownFile::converted(
                "conflict/td_rivalries.csv",
                "ec77f12e94d822e0213d8708b8fd13dd1fb32a4579dfaef082d3a53d4c77872e",
                197,
            )],
        },
        Part {
            id: "tss",
            fields: FIELDS,
            coverage: (1494, 2020),
            read: |file| Ok(read(file)?.1),
            files: &[KnownFile::converted(
                "conflict/tss_rivalries.csv",
                "7d975b0e99dabdb6a5ce72d5949066362c91615c7479a8d5c0634fb757d9294d",
                264,
            )],
        },
        Part {
            id: "arms-races",
            fields: FIELDS,
            coverage: (1854, 1984),
            read: |file| Ok(read(file)?.1),
            files: &[KnownFile::converted(
                "conflict/grh_arms_races.csv",
                "b7167a936f90fa23da9fb1678cd6ddfd64116a840fed495cb7c8cd86a755aa08",
                71,
            )],
        },
    ],
};

/// Columns that the three lists share.
static FIELDS: &[Field] = &[
    Field::key(
        "number",
        &["rivalryno", "tssr_id", "race_id"],
        Kind::Int(1, 9999),
    ),
    CCODE1,
    CCODE2,
    Field::key("from", &["styear", "start"], Kind::Int(1400, 2100)),
    Field::key("to", &["endyear", "end"], Kind::Int(1400, 2100)),
];

/// A pair and the years of its rivalry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rivalry {
    /// The list's number.
    pub number: u32,
    /// Whose.
    pub pair: Pair,
    /// First year.
    pub from: i16,
    /// Last year.
    pub to: i16,
}

/// Reads one of the lists.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Vec<Rivalry>> {
    let mut table = read_table(file, FIELDS)?;
    let count = table.rows();
    let (columns, aside) = table.split();
    let int = |name| columns.ints(name);
    let (numbers, first, second) = (int("number"), int("ccode1"), int("ccode2"));
    let (from, to) = (int("from"), int("to"));
    let mut states = CowCodes::new(Demand::Known);
    let mut found: Vec<(Rivalry, usize)> = Vec::new();
    for row in 0..count {
        let years = from.year(row).zip(to.year(row));
        let Some((from, to)) = years.filter(|_| aside.is_good(row)) else {
            continue;
        };
        if to < from {
            aside.set(row, "to", Reason::Reversed, to);
            continue;
        }
        // The lists begin in 1494: the codes are read as of a year in which both may be states.
        let year = named_in(first.get(row), second.get(row), from, to);
        let codes = [first.get(row), second.get(row)];
        let dyad = states.dyad(aside, row, ["ccode1", "ccode2"], codes, year);
        let Some(dyad) = dyad else { continue };
        let rivalry = Rivalry {
            number: numbers.get(row).unwrap_or(0) as u32,
            pair: dyad.pair(),
            from,
            to,
        };
        found.push((rivalry, row));
    }
    let rows = once(aside, "number", found, |r| (r.pair, r.from, r.number));
    let used = rows.len();
    Ok((rows, table.close(file, used)))
}

/// The last year of a spell in which both codes name a state, else any year in which they do.
fn named_in(first: Option<i32>, second: Option<i32>, from: i16, to: i16) -> i16 {
    let states = States::bundled();
    let named = |code: Option<i32>, year| code.is_some_and(|c| states.cow_in_year(c, year).is_ok());
    // Some lists write today's number into the past: Yemen 679 in 1934.
    let years = (from..=to).rev().chain(to..=2016).chain(1816..from);
    years
        .into_iter()
        .find(|y| named(first, *y) && named(second, *y))
        .unwrap_or(to)
}

/// Whether a list counts a pair as rivals in a year: nothing outside its years, or where one of the two is no
/// member of the system.
pub fn rivals(list: &[Rivalry], span: (i16, i16), pair: Pair, year: i16) -> Option<bool> {
    let states = States::bundled();
    let member = |s| states.was_member_in(StateList::Cow, s, year);
    let listed = list
        .iter()
        .any(|r| r.pair == pair && (r.from..=r.to).contains(&year));
    let covered =
        (span.0..=span.1).contains(&year) && member(pair.first()) && member(pair.second());
    (listed || covered).then_some(listed)
}
