//! Militarized Interstate Disputes as corrected by Gibler, Miller and Little.

use super::disputes::{self, Disputes};
use super::rows::Read;
use super::terms::CITE;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::table::RawFile;

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "gml-mid",
    title: Bilingual {
        en: "Militarized Interstate Disputes, corrected (GML)",
        zh: "军事化国家间争端（GML 修订版）",
    },
    unit: Unit::DirectedYear,
    publisher: "Gibler, Miller and Little",
    home: "https://svmiller.com/gml-mid-data/",
    home_seen: false,
    version: "2.2.1",
    licence: CITE,
    cite: &["gibler2016"],
    note: Bilingual {
        en: "As COW's, after a review of every case; ends in 2010.",
        zh: "对 COW 数据逐案复核后的版本；截至 2010 年。",
    },
    parts: &[Part {
        id: "disputes",
        fields: disputes::FIELDS,
        coverage: (1816, 2010),
        read: |file| Ok(read(file)?.1),
        files: &[
            KnownFile::published("conflict/gml_dirdisp.csv.gz", "").seen(
                "492a5d4feb70a2dea49eafdd202c9a6cfa185b7a96e088804dc40a4736f65798",
                10_276,
            ),
        ],
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
