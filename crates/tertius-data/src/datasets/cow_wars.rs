//! Inter-state wars, by ordered pair and year (Correlates of War).

use super::rows::{CCODE1, CCODE2, CowCodes, Demand, Read, YEAR, need, once};
use super::terms::COW;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::dyads::Directed;
use crate::table::{Field, Kind, RawFile, read_table};

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "cow-wars",
    title: Bilingual {
        en: "Inter-state wars",
        zh: "国家间战争",
    },
    unit: Unit::DirectedYear,
    publisher: "Correlates of War Project",
    home: "https://correlatesofwar.org/data-sets/cow-war/",
    home_seen: false,
    version: "4",
    licence: COW,
    cite: &["sarkees2010"],
    note: Bilingual {
        en: "Ends in 2003 with the last war that it knows, its coverage in 2007.",
        zh: "最后一场战争止于 2003 年，覆盖期至 2007 年。",
    },
    parts: &[Part {
        id: "wars",
        fields: FIELDS,
        coverage: (1816, 2007),
        read: |file| Ok(read(file)?.1),
        files: &[KnownFile::converted(
            "conflict/cow_war_inter.csv.gz",
            "06856f5468a5b5b3c97272112d36e530ce6b77f542ea303a5fc92da81ec78e88",
            1_932,
        )],
    }],
};

/// Columns.
static FIELDS: &[Field] = &[
    Field::key("war", &["warnum"], Kind::Int(1, 9999)),
    CCODE1,
    CCODE2,
    YEAR,
    Field::key("onset", &["cowinteronset"], Kind::Int(0, 1)),
    Field::key("initiator1", &["initiator1"], Kind::Int(0, 1)),
    Field::value(
        "deaths1",
        &["batdeath1"],
        Kind::Num(0.0, 1e9),
        "soldiers",
        &["-9", "-9.0"],
    ),
    Field::key("resume", &["resume"], Kind::Int(0, 1)),
];

/// One state at war with another in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WarYear {
    /// COW's number of the war.
    pub war: u32,
    /// From whom, against whom.
    pub dyad: Directed,
    /// The year.
    pub year: i16,
    /// Whether it began that year.
    pub onset: bool,
    /// Whether the first began it.
    pub initiator: bool,
    /// Soldiers of the first who died in the war, over all its years.
    pub deaths: Option<f64>,
    /// Whether the pair came back to a war that it had left.
    pub resumed: bool,
}

/// Reads the file by war, ordered pair and year.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Vec<WarYear>> {
    let mut table = read_table(file, FIELDS)?;
    let count = table.rows();
    let (columns, aside) = table.split();
    let int = |name| columns.ints(name);
    let (wars, years) = (int("war"), int("year"));
    let (first, second) = (int("ccode1"), int("ccode2"));
    let (onset, initiator, resume) = (int("onset"), int("initiator1"), int("resume"));
    let deaths = columns.nums("deaths1");
    let mut states = CowCodes::new(Demand::Member);
    let mut found: Vec<(WarYear, usize)> = Vec::new();
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
        let war = WarYear {
            war: wars.get(row).unwrap_or(0) as u32,
            dyad,
            year,
            onset: onset.get(row) == Some(1),
            initiator: initiator.get(row) == Some(1),
            deaths: deaths.get(row),
            resumed: resume.get(row) == Some(1),
        };
        found.push((war, row));
    }
    let rows = once(aside, "war", found, |w| (w.dyad, w.year, w.war, w.resumed));
    let used = rows.len();
    Ok((rows, table.close(file, used)))
}
