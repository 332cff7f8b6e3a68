//! Dyadic Militarized Interstate Disputes (Maoz, Johnson, Kaplan, Ogunkoya and Shreve), with days.

use jiff::civil::Date;

use super::rows::{Demand, Making, Read, YEAR, dyads, open_spell, records};
use super::terms::COW;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::dyads::Directed;
use crate::table::{Columns, Field, Kind, RawFile};

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "dyadic-mid",
    title: Bilingual {
        en: "Dyadic Militarized Interstate Disputes",
        zh: "双边军事化国家间争端",
    },
    unit: Unit::DirectedYear,
    publisher: "Correlates of War Project",
    home: "https://correlatesofwar.org/data-sets/mids/",
    home_seen: true,
    version: "4.02",
    licence: COW,
    cite: &["maoz2019"],
    note: Bilingual {
        en: "Each pair in both directions, with the days of its part of the dispute; a pair can leave a dispute and come \
             back.",
        zh: "每个国家对含两个方向，并给出其参与争端的起止日；同一国家对可退出后再次参与。",
    },
    parts: &[Part {
        id: "disputes",
        fields: FIELDS,
        coverage: (1816, 2014),
        read: |file| Ok(read(file)?.1),
        files: &[
            KnownFile::published("conflict/cow_dyadic_mid_4.02.csv.gz", "").seen(
                "02660f7b195d2fe6c9318ef9932cf27a480c697cd14438750fcfb1d7352fda68",
                10_358,
            ),
        ],
    }],
};

const DAY: Kind = Kind::Int(1, 31);
const MONTH: Kind = Kind::Int(1, 12);
const NINE: &[&str] = &["-9"];

/// Columns.
static FIELDS: &[Field] = &[
    Field::key("dispute", &["disno"], Kind::Int(1, 99_999)),
    Field::key("index", &["dyindex"], Kind::Num(0.0, 1e6)),
    Field::key("ccode1", &["statea"], Kind::Int(1, 999)),
    Field::key("ccode2", &["stateb"], Kind::Int(1, 999)),
    YEAR,
    Field::value("from_day", &["strtday"], DAY, "", NINE),
    Field::value("from_month", &["strtmnth"], MONTH, "", NINE),
    Field::key("from_year", &["strtyr"], Kind::Int(1800, 2100)),
    Field::value("to_day", &["endday"], DAY, "", NINE),
    Field::value("to_month", &["endmnth"], MONTH, "", NINE),
    Field::value("to_year", &["endyear"], Kind::Int(1800, 2100), "", NINE),
    Field::value(
        "hostility",
        &["hihosta"],
        Kind::Int(1, 5),
        "1 none to 5 war",
        &["-9", "0"],
    ),
    Field::value(
        "severity",
        &["severitya"],
        Kind::Num(0.0, 1000.0),
        "0 to 236",
        NINE,
    ),
];

/// A state's part against another in a dispute, in one year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DyadicDispute {
    /// COW's number of the dispute.
    pub dispute: u32,
    /// COW's number of the pair's part in it, in hundred-thousandths.
    pub index: i64,
    /// From whom, against whom.
    pub dyad: Directed,
    /// The year of the row.
    pub year: i16,
    /// First day of the spell; the first of the month or year where the day is not known.
    pub from: Date,
    /// Last day, where it is known.
    pub to: Option<Date>,
    /// Highest hostility of the first: 1 none to 5 war.
    pub hostility: Option<u8>,
    /// Severity of the first's acts.
    pub severity: Option<f64>,
}

/// Reads the file as published.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Vec<DyadicDispute>> {
    let key = |d: &DyadicDispute| (d.dyad, d.year, d.index, d.from);
    records(file, FIELDS, dispute, ("dispute", key))
}

fn dispute(columns: Columns<'_>) -> Making<'_, DyadicDispute> {
    let int = |name: &str| columns.ints(name);
    let (numbers, hostility) = (int("dispute"), int("hostility"));
    let (severity, indices) = (columns.nums("severity"), columns.nums("index"));
    let mut dyads = dyads(columns, Demand::Member);
    Box::new(move |aside, row| {
        let (dyad, year, _) = dyads(aside, row)?;
        let (from, to) = open_spell(aside, row, columns)?;
        Some(DyadicDispute {
            dispute: numbers.get(row).unwrap_or(0) as u32,
            // Written as 2.0009999 for 2.001: told apart to the fifth decimal.
            index: indices.get(row).map_or(0, |v| (v * 1e5).round() as i64),
            dyad,
            year,
            from,
            to,
            hostility: hostility.get(row).and_then(|v| u8::try_from(v).ok()),
            severity: severity.get(row),
        })
    })
}
