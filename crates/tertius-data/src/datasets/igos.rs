//! How many intergovernmental organisations two states share, by pair and year (Correlates of War).

use super::rows::{CCODE1, CCODE2, Demand, Read, YEAR, either, pair_years};
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
        en: "Full memberships only. COW's own file of dyads has a column for each organisation, about 1 GB as CSV: counted \
             are those of which it says that both are full members; those of which it says that nothing is known (-9) \
             are not counted.",
        zh: "仅计正式成员资格。COW 原始双边文件每个组织一列，CSV 约 1 GB：只计双方均为正式成员者；标为不详（-9）的组织不计入。",
    },
    parts: &[Part {
        id: "pairs",
        fields: FIELDS,
        coverage: (1816, 2014),
        read: |file| Ok(read(file)?.1),
        files: &[
            KnownFile::converted(
                "igos/cow_shared_igos_dyad_year.parquet",
                "5662bec8789be84a7d8773ea5e5f0c4842f71a573fbe6944306278ad8efc3733",
                917_695,
            ),
            KnownFile::published("igos/dyadic_format3.csv", ""),
        ],
    }],
};

/// Columns.
static FIELDS: &[Field] = &[
    CCODE1,
    CCODE2,
    YEAR,
    Field::key("shared", &["dyadigos"], Kind::Int(0, 999)),
];

/// Columns of COW's own file: who they are, and one for each organisation with 1 joint full membership, 0 none, -1 no
/// member of the system, -9 not known. The United Nations stand for all of these in telling the file.
static DYADIC: &[Field] = &[
    CCODE1,
    CCODE2,
    YEAR,
    Field::value("un", &["un"], Kind::Int(-9, 1), "", &[]),
    Field::value("dyad", &["dyadid"], Kind::Num(0.0, 1e7), "", &[]).optional(),
    Field::value("number", &["ccode"], Kind::Int(-9, 9999), "", &[]).optional(),
    Field::key("others", &[], Kind::Ones).optional(),
];

/// Reads organisations shared by pair and year, from the converted file or from COW's own.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Years<Pair, u16>> {
    let converted = pair_years(file, FIELDS, Demand::Member, |c| {
        let shared = c.ints("shared");
        Box::new(move |row, _| shared.get(row).map_or(0, |v| v as u16))
    });
    either(converted, || {
        pair_years(file, DYADIC, Demand::Member, |c| {
            let (un, others) = (c.ints("un"), c.ints("others"));
            Box::new(move |row, _| {
                let both = u16::from(un.get(row) == Some(1));
                both + others.get(row).map_or(0, |v| v as u16)
            })
        })
    })
}
