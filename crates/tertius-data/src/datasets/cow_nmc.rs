//! National Material Capabilities and their composite index, CINC (Correlates of War).

use super::rows::{CCODE, Demand, Read, YEAR, state_years};
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::datasets::terms::COW;
use crate::states::StateId;
use crate::table::{Field, Kind, RawFile};
use crate::years::Years;

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "cow-nmc",
    title: Bilingual {
        en: "National Material Capabilities (CINC)",
        zh: "国家物质能力（CINC 指数）",
    },
    unit: Unit::StateYear,
    publisher: "Correlates of War Project",
    home: "https://correlatesofwar.org/data-sets/national-material-capabilities/",
    home_seen: true,
    version: "through 2022",
    licence: COW,
    cite: &["singer1972", "singer1987"],
    note: Bilingual {
        en: "Military spending is in thousands of pounds to 1913 and of current dollars from 1914. Capabilities of a \
             year become known about two years later.",
        zh: "军费 1913 年以前以千英镑计，1914 年起以千现价美元计。某年的能力数据约两年后才公布。",
    },
    parts: &[Part {
        id: "capabilities",
        fields: FIELDS,
        coverage: (1816, 2022),
        read: |file| Ok(read(file)?.1),
        files: &[
            KnownFile::converted(
                "capabilities/cow_nmc_1816_2022.csv.gz",
                "da6e4c31822bb45de5ac429623f399459656730be886ea84225e6c27aaff742d",
                17_121,
            ),
            KnownFile::published(
                "cow-nmc/NMC-60-abridged.csv",
                "https://correlatesofwar.org/wp-content/uploads/NMC-60-abridged.csv",
            ),
        ],
    }],
};

const MISSING: &[&str] = &["-9", "-9.0"];
const COUNT: Kind = Kind::Num(0.0, 1e13);

/// Columns.
static FIELDS: &[Field] = &[
    CCODE,
    YEAR,
    Field::value("milex", &["milex"], COUNT, "thousand GBP or USD", MISSING),
    Field::value("milper", &["milper"], COUNT, "thousand", MISSING),
    Field::value("irst", &["irst"], COUNT, "thousand t", MISSING),
    Field::value(
        "pec",
        &["pec"],
        COUNT,
        "thousand t coal equivalent",
        MISSING,
    ),
    Field::value("tpop", &["tpop"], COUNT, "thousand", MISSING),
    Field::value("upop", &["upop"], COUNT, "thousand", MISSING),
    Field::value(
        "cinc",
        &["cinc"],
        Kind::Num(0.0, 1.0),
        "share of the system",
        MISSING,
    ),
];

/// What a state has in a year. A value that COW does not know is nothing, never zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capability {
    /// Military spending, thousand pounds (to 1913) or current dollars.
    pub milex: Option<f64>,
    /// Military personnel, thousand.
    pub milper: Option<f64>,
    /// Iron and steel, thousand tonnes.
    pub irst: Option<f64>,
    /// Primary energy, thousand tonnes of coal.
    pub pec: Option<f64>,
    /// People, thousand.
    pub tpop: Option<f64>,
    /// People in cities, thousand.
    pub upop: Option<f64>,
    /// Composite index: the mean of its six shares of the system's total.
    pub cinc: Option<f64>,
}

/// Reads the file, as published (NMC abridged) or converted.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Years<StateId, Capability>> {
    state_years(file, FIELDS, Demand::Member, |c| {
        let column = |name| c.nums(name);
        let (milex, milper, irst) = (column("milex"), column("milper"), column("irst"));
        let (pec, tpop, upop) = (column("pec"), column("tpop"), column("upop"));
        let cinc = column("cinc");
        Box::new(move |row| Capability {
            milex: milex.get(row),
            milper: milper.get(row),
            irst: irst.get(row),
            pec: pec.get(row),
            tpop: tpop.get(row),
            upop: upop.get(row),
            cinc: cinc.get(row),
        })
    })
}
