//! Militarized Interstate Disputes (Correlates of War).

use super::disputes::{self, Disputes};
use super::rows::Read;
use super::terms::COW;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::table::RawFile;

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "cow-mid",
    title: Bilingual {
        en: "Militarized Interstate Disputes",
        zh: "军事化国家间争端",
    },
    unit: Unit::DirectedYear,
    publisher: "Correlates of War Project",
    home: "https://correlatesofwar.org/data-sets/mids/",
    home_seen: true,
    version: "5",
    licence: COW,
    cite: &["palmer2021", "maoz2019"],
    note: Bilingual {
        en: "A pair without a row had no dispute, between members of the system, to 2014.",
        zh: "没有记录的国家对在该年没有争端；限于体系成员之间，截至 2014 年。",
    },
    parts: &[Part {
        id: "disputes",
        fields: disputes::FIELDS,
        coverage: (1816, 2014),
        read: |file| Ok(read(file)?.1),
        files: &[KnownFile::converted(
            "conflict/cow_mid_dirdisps.csv.gz",
            "17bd1e64ad9fa64f57537e673845a268ccff3e0c09dac6fe17a8d488182c20e9",
            11_390,
        )],
    }],
};

/// Reads the file by dispute, ordered pair and year.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Disputes> {
    disputes::read(file)
}
