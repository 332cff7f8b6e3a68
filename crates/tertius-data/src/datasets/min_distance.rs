//! Shortest distance between territories, by pair and year (CShapes 2.0).

use super::rows::{CCODE1, CCODE2, Demand, Read, YEAR, pair_years};
use crate::catalogue::{Bilingual, Dataset, KnownFile, Licence, Part, Unit};
use crate::dyads::Pair;
use crate::table::{Field, Kind, RawFile};
use crate::years::Years;

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "min-distance",
    title: Bilingual {
        en: "Minimum distance between states (CShapes 2.0)",
        zh: "国家间最短距离（CShapes 2.0）",
    },
    unit: Unit::PairYear,
    publisher: "International Conflict Research, ETH Zürich; computed in peacesciencer",
    home: "https://icr.ethz.ch/data/cshapes/",
    home_seen: false,
    version: "2.0",
    licence: Licence {
        name: "CC BY-NC-SA 4.0",
        url: "https://creativecommons.org/licenses/by-nc-sa/4.0/",
        share_alike: true,
        non_commercial: true,
        seen: false,
    },
    cite: &["schvitz2022"],
    note: Bilingual {
        en: "Kilometres between the nearest points of two territories; 0 where they touch. Not for commercial use.",
        zh: "两国领土最近点之间的公里数；接壤为 0。不得用于商业用途。",
    },
    parts: &[Part {
        id: "pairs",
        fields: FIELDS,
        coverage: (1886, 2019),
        read: |file| Ok(read(file)?.1),
        files: &[KnownFile::converted(
            "geography/cow_min_distance_dyad_year.parquet",
            "66b726129302c08b81aceb0c1e78326f17a960baa4329944eaac0f1e0ff9e7bf",
            952_244,
        )],
    }],
};

/// Columns.
static FIELDS: &[Field] = &[
    CCODE1,
    CCODE2,
    YEAR,
    Field::key("distance", &["mindist"], Kind::Num(0.0, 20_100.0)),
];

/// Reads the converted file: kilometres by pair and year.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Years<Pair, f64>> {
    pair_years(file, FIELDS, Demand::Member, |c| {
        let distance = c.nums("distance");
        Box::new(move |row, _| distance.get(row).unwrap_or(f64::NAN))
    })
}
