//! How many intergovernmental organisations two states share, by pair and year (Correlates of War).

use super::rows::{CCODE1, CCODE2, Demand, Read, YEAR, pair_years};
use super::terms::COW;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::dyads::Pair;
use crate::table::{Field, Kind, RawFile};
use crate::years::Years;

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "igos",
    title: Bilingual {
        en: "Shared memberships of intergovernmental organisations",
        zh: "共同的政府间组织成员资格",
    },
    unit: Unit::PairYear,
    publisher: "Correlates of War Project",
    home: "https://correlatesofwar.org/data-sets/igos/",
    home_seen: false,
    version: "3.0",
    licence: COW,
    cite: &["pevehouse2020"],
    note: Bilingual {
        en: "Full memberships only.",
        zh: "仅计正式成员资格。",
    },
    parts: &[Part {
        id: "pairs",
        fields: FIELDS,
        coverage: (1816, 2014),
        read: |file| Ok(read(file)?.1),
        files: &[KnownFile::converted(
            "igos/cow_shared_igos_dyad_year.parquet",
            "5662bec8789be84a7d8773ea5e5f0c4842f71a573fbe6944306278ad8efc3733",
            917_695,
        )],
    }],
};

/// Columns.
static FIELDS: &[Field] = &[
    CCODE1,
    CCODE2,
    YEAR,
    Field::key("shared", &["dyadigos"], Kind::Int(0, 999)),
];

/// Reads the converted file: organisations shared by pair and year.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Years<Pair, u16>> {
    pair_years(file, FIELDS, Demand::Member, |c| {
        let shared = c.ints("shared");
        Box::new(move |row, _| shared.get(row).map_or(0, |v| v as u16))
    })
}
