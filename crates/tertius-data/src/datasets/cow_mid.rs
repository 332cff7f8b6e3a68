//! Militarized Interstate Disputes (Correlates of War).

use super::disputes::{self, Disputes, participants};
use super::rows::Read;
use super::terms::COW;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::table::{FileProblem, RawFile};

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
        en: "A pair without a row had no dispute, between members of the system, to 2014. Read by ordered pair and year, \
             or as published by participant (MIDB): then every state of one side is paired with every one of the other \
             while both took part, which makes pairs that never met of disputes with many participants.",
        zh: "没有记录的国家对在该年没有争端；限于体系成员之间，截至 2014 年。可读取有序国家对—年格式，也可读取官方的参与国格式（MIDB）：此时把一方每一国与另一方每一国在共同参与期间配对，多国争端中会产生并未直接交锋的国家对。",
    },
    parts: &[Part {
        id: "disputes",
        fields: disputes::FIELDS,
        coverage: (1816, 2014),
        read: |file| Ok(read(file)?.1),
        files: &[
            KnownFile::converted(
                "conflict/cow_mid_dirdisps.csv.gz",
                "17bd1e64ad9fa64f57537e673845a268ccff3e0c09dac6fe17a8d488182c20e9",
                11_390,
            ),
            KnownFile::published(
                "cow-mid/MID-5-Data-and-Supporting-Materials.zip",
                "https://correlatesofwar.org/wp-content/uploads/MID-5-Data-and-Supporting-Materials.zip",
            ),
        ],
    }],
};

/// Reads the file by dispute, ordered pair and year, or the publisher's by participant.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Disputes> {
    match disputes::read(file) {
        Err(problem @ (FileProblem::OtherSchema { .. } | FileProblem::NotOneTable { .. })) => {
            participants::read(file).map_err(|other| match other {
                FileProblem::OtherSchema { .. } | FileProblem::NotOneTable { .. } => problem,
                other => other,
            })
        }
        read => read,
    }
}
