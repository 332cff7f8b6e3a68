//! Inter-state wars, by ordered pair and year (Correlates of War).

use jiff::civil::Date;

use super::rows::{CCODE1, CCODE2, CowCodes, Demand, Making, Read, YEAR, dyads, records, spell};
use super::terms::COW;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::dyads::Directed;
use crate::states::StateId;
use crate::table::{Columns, Field, Kind, RawFile};

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
    parts: &[
        Part {
            id: "wars",
            fields: FIELDS,
            coverage: (1816, 2007),
            read: |file| Ok(read(file)?.1),
            files: &[KnownFile::converted(
                "conflict/cow_war_inter.csv.gz",
                "06856f5468a5b5b3c97272112d36e530ce6b77f542ea303a5fc92da81ec78e88",
                1_932,
            )],
        },
        Part {
            id: "participants",
            fields: PARTICIPANTS,
            coverage: (1816, 2007),
            read: |file| Ok(read_participants(file)?.1),
            files: &[KnownFile::published(
                "cow-wars/Inter-StateWarData_v4.0.csv",
                "https://correlatesofwar.org/wp-content/uploads/Inter-StateWarData_v4.0.csv",
            )],
        },
    ],
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
    let key = |w: &WarYear| (w.dyad, w.year, w.war, w.resumed);
    records(file, FIELDS, war, ("war", key))
}

fn war(columns: Columns<'_>) -> Making<'_, WarYear> {
    let int = |name| columns.ints(name);
    let (wars, onset) = (int("war"), int("onset"));
    let (initiator, resume) = (int("initiator1"), int("resume"));
    let deaths = columns.nums("deaths1");
    let mut dyads = dyads(columns, Demand::Member);
    Box::new(move |aside, row| {
        let (dyad, year, _) = dyads(aside, row)?;
        Some(WarYear {
            war: wars.get(row).unwrap_or(0) as u32,
            dyad,
            year,
            onset: onset.get(row) == Some(1),
            initiator: initiator.get(row) == Some(1),
            deaths: deaths.get(row),
            resumed: resume.get(row) == Some(1),
        })
    })
}

const GAPS: &[&str] = &["-9", "-8"];
const YEARS: Kind = Kind::Int(1816, 2100);
const MONTHS: Kind = Kind::Int(1, 12);
const DAYS: Kind = Kind::Int(1, 31);

/// Columns of the publisher's file: a state in a war, with up to two spells.
static PARTICIPANTS: &[Field] = &[
    Field::key("war", &["WarNum"], Kind::Int(1, 9999)),
    Field::key("ccode", &["ccode"], Kind::Int(1, 999)),
    Field::key("side", &["Side"], Kind::Int(1, 2)),
    Field::value("from_month", &["StartMonth1"], MONTHS, "", GAPS),
    Field::value("from_day", &["StartDay1"], DAYS, "", GAPS),
    Field::key("from_year", &["StartYear1"], YEARS),
    Field::value("to_month", &["EndMonth1"], MONTHS, "", GAPS),
    Field::value("to_day", &["EndDay1"], DAYS, "", GAPS),
    Field::key("to_year", &["EndYear1"], YEARS),
    Field::value("again_from", &["StartYear2"], YEARS, "", GAPS),
    Field::value("again_to", &["EndYear2"], YEARS, "", GAPS),
    Field::key("initiator", &["Initiator"], Kind::Int(1, 2)),
    Field::value(
        "deaths",
        &["BatDeath"],
        Kind::Num(0.0, 1e9),
        "soldiers",
        GAPS,
    ),
];

/// A state in a war.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Participant {
    /// COW's number of the war.
    pub war: u32,
    /// Who.
    pub state: StateId,
    /// On which of the two sides.
    pub side: u8,
    /// First and last day; a day or month that is not known is the first.
    pub days: (Date, Date),
    /// First and last year of a second spell.
    pub again: Option<(i16, i16)>,
    /// Whether it began the war.
    pub initiator: bool,
    /// Its soldiers who died.
    pub deaths: Option<f64>,
}

/// Reads the publisher's file by war and participant.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read_participants(file: &RawFile) -> Read<Vec<Participant>> {
    // A state may leave a war and come back on the other side.
    let key = |p: &Participant| (p.war, p.state, p.side, p.days);
    records(file, PARTICIPANTS, participant, ("war", key))
}

fn participant(columns: Columns<'_>) -> Making<'_, Participant> {
    let int = move |name: &'static str, row: usize| columns.ints(name).get(row);
    let mut states = CowCodes::new(Demand::Member);
    Box::new(move |aside, row| {
        let days = spell(aside, row, columns)?;
        let year = days.0.year();
        let state = states.state(aside, row, "ccode", int("ccode", row), year)?;
        let year = |name| int(name, row).and_then(|y| i16::try_from(y).ok());
        Some(Participant {
            war: int("war", row).unwrap_or(0) as u32,
            state,
            side: int("side", row).unwrap_or(0) as u8,
            days,
            again: year("again_from").zip(year("again_to")),
            initiator: int("initiator", row) == Some(1),
            deaths: columns.nums("deaths").get(row),
        })
    })
}
