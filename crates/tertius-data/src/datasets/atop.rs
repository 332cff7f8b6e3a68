//! Alliance Treaty Obligations and Provisions, by ordered pair and year: what one state promised another.

use super::rows::{Demand, Read, YEAR, directed_years};
use super::terms::CITE;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::dyads::Directed;
use crate::table::{Field, Kind, RawFile};
use crate::years::Years;

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "atop",
    title: Bilingual {
        en: "Alliance Treaty Obligations and Provisions",
        zh: "同盟条约义务与条款（ATOP）",
    },
    unit: Unit::DirectedYear,
    publisher: "ATOP Project, Rice University",
    home: "http://www.atopdata.org/",
    home_seen: true,
    version: "5",
    licence: CITE,
    cite: &["leeds2002"],
    note: Bilingual {
        en: "Directed: what the first state promised the second. Treaties can oblige one side only. A pair without a row \
             has no treaty.",
        zh: "有方向：第一国对第二国的承诺。条约可以只约束一方。没有记录的国家对没有条约。",
    },
    parts: &[Part {
        id: "obligations",
        fields: FIELDS,
        coverage: (1815, 2018),
        read: |file| Ok(read(file)?.1),
        files: &[
            KnownFile::converted(
                "alliances/atop_directed_dyad_year.parquet",
                "4dd5b5c1a96ef3a5dc197aac7f7fa81f31543ab4fa8871305789f8a3356b8593",
                273_296,
            ),
            KnownFile::published(
                "atop/atop_5.1__.csv_.zip",
                "http://www.atopdata.org/uploads/6/9/1/3/69134503/atop_5.1__.csv_.zip",
            ),
        ],
    }],
};

/// Columns. Yes and no are 1 and 0; nothing is said of a pair without a row.
static FIELDS: &[Field] = &[
    Field::key("ccode1", &["ccode1", "stateA"], Kind::Int(1, 999)),
    Field::key("ccode2", &["ccode2", "stateB"], Kind::Int(1, 999)),
    YEAR,
    Field::key("defense", &["atop_defense", "defense"], Kind::Int(0, 1)),
    Field::key("offense", &["atop_offense", "offense"], Kind::Int(0, 1)),
    Field::key("neutral", &["atop_neutral", "neutral"], Kind::Int(0, 1)),
    Field::key("nonagg", &["atop_nonagg", "nonagg"], Kind::Int(0, 1)),
    Field::key("consul", &["atop_consul", "consul"], Kind::Int(0, 1)),
];

/// What one state promised another in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Obligations {
    /// To come to its defence.
    pub defense: bool,
    /// To fight beside it whoever began.
    pub offense: bool,
    /// To stay neutral.
    pub neutrality: bool,
    /// Not to attack it.
    pub nonaggression: bool,
    /// To consult in a crisis.
    pub consultation: bool,
}

impl Obligations {
    /// Whether it promised anything.
    pub fn any(self) -> bool {
        self != Obligations::default()
    }
}

/// Reads the file, as published (`atop5_1ddyr`) or converted. States are held to exist in the year, and not to
/// be members of a list: ATOP has treaties of protectorates and of governments in exile.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Years<Directed, Obligations>> {
    directed_years(file, FIELDS, Demand::Known, |c| {
        let yes = |name| {
            let column = c.ints(name);
            move |row| column.get(row) == Some(1)
        };
        let (defense, offense, neutral) = (yes("defense"), yes("offense"), yes("neutral"));
        let (nonagg, consul) = (yes("nonagg"), yes("consul"));
        Box::new(move |row| Obligations {
            defense: defense(row),
            offense: offense(row),
            neutrality: neutral(row),
            nonaggression: nonagg(row),
            consultation: consul(row),
        })
    })
}
