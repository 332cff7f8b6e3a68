//! Armed conflicts, by year (UCDP and PRIO).

use std::collections::BTreeSet;

use super::rows::{Read, YEAR, once, why};
use super::terms::CC_BY;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::states::{CodeProblem, CodeSystem, StateId, States};
use crate::table::{Field, Kind, RawFile, Reason, read_table};

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "ucdp-acd",
    title: Bilingual {
        en: "UCDP/PRIO Armed Conflict",
        zh: "UCDP/PRIO 武装冲突",
    },
    unit: Unit::Case,
    publisher: "Uppsala Conflict Data Program and Peace Research Institute Oslo",
    home: "https://ucdp.uu.se/downloads/",
    home_seen: true,
    version: "25.1 (to 2024)",
    licence: CC_BY,
    cite: &["gleditsch2002", "davies2025"],
    note: Bilingual {
        en: "States by Gleditsch and Ward's numbers. Side b of most conflicts is no state. A conflict without a row in a \
             year stayed under 25 deaths.",
        zh: "国家使用 Gleditsch-Ward 编码。多数冲突的乙方并非国家。某年没有记录表示死亡不足 25 人。",
    },
    parts: &[Part {
        id: "conflicts",
        fields: FIELDS,
        coverage: (1946, 2024),
        read: |file| Ok(read(file)?.1),
        files: &[
            KnownFile::converted(
                "conflict/ucdp_acd.csv.gz",
                "3d4ad460e4370f68b9730c4c81a04dfd2787cef92c5cc745b7d979e202758962",
                5_652,
            ),
            KnownFile::published(
                "ucdp-acd/ucdp-prio-acd-251-csv.zip",
                "https://ucdp.uu.se/downloads/ucdpprio/ucdp-prio-acd-251-csv.zip",
            ),
        ],
    }],
};

/// Columns.
static FIELDS: &[Field] = &[
    Field::key("conflict", &["conflict_id"], Kind::Int(1, 999_999)),
    YEAR,
    Field::key("side_a", &["gwno_a"], Kind::Code),
    Field::value("with_a", &["gwno_a_2nd"], Kind::Code, "", &["NA"]),
    Field::value("side_b", &["gwno_b"], Kind::Code, "", &["NA"]),
    Field::value("with_b", &["gwno_b_2nd"], Kind::Code, "", &["NA"]),
    Field::key("intensity", &["intensity_level"], Kind::Int(1, 2)),
    Field::key("kind", &["type_of_conflict"], Kind::Code),
];

/// Between whom a conflict is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConflictKind {
    /// A state and a group outside it: colonial wars.
    Extrasystemic,
    /// Two states or more.
    Interstate,
    /// A state and a group inside it.
    Intrastate,
    /// The same with another state's troops on one side.
    Internationalised,
}

/// One conflict in one year. States on a side stand in its list; a side that is no state has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictYear {
    /// UCDP's number of the conflict.
    pub conflict: u32,
    /// The year.
    pub year: i16,
    /// Between whom.
    pub kind: ConflictKind,
    /// The states of side a.
    pub side_a: BTreeSet<StateId>,
    /// States that send troops to side a.
    pub with_a: BTreeSet<StateId>,
    /// The states of side b.
    pub side_b: BTreeSet<StateId>,
    /// States that send troops to side b.
    pub with_b: BTreeSet<StateId>,
    /// 1 from 25 to 999 deaths, 2 more.
    pub intensity: u8,
}

/// Reads the file, as published or converted. The converted one has one row for every secondary party.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Vec<ConflictYear>> {
    let mut table = read_table(file, FIELDS)?;
    let count = table.rows();
    let (columns, aside) = table.split();
    let (numbers, years) = (columns.ints("conflict"), columns.ints("year"));
    let (intensity, kinds) = (columns.ints("intensity"), columns.texts("kind"));
    let sides = ["side_a", "with_a", "side_b", "with_b"];
    let texts = sides.map(|s| columns.texts(s));
    let mut found: Vec<(ConflictYear, usize)> = Vec::new();
    'rows: for row in 0..count {
        if !aside.is_good(row) {
            continue;
        }
        let year = years.year(row).unwrap_or(0);
        let Some(kind) = kinds.get(row).and_then(kind) else {
            aside.set(row, "kind", Reason::NotOneOf, kinds.get(row).unwrap_or(""));
            continue;
        };
        let mut named: [BTreeSet<StateId>; 4] = Default::default();
        for ((side, text), states) in sides.iter().zip(texts).zip(&mut named) {
            for code in text.get(row).unwrap_or("").split([',', ';']) {
                let code = code.trim();
                if code.is_empty() {
                    continue;
                }
                match state_of(code, year) {
                    Ok(state) => {
                        states.insert(state);
                    }
                    Err(problem) => {
                        aside.set(row, side, why(&problem), format!("{code} in {year}"));
                        continue 'rows;
                    }
                }
            }
        }
        let [side_a, with_a, side_b, with_b] = named;
        let conflict = ConflictYear {
            conflict: numbers.get(row).unwrap_or(0) as u32,
            year,
            kind,
            side_a,
            with_a,
            side_b,
            with_b,
            intensity: intensity
                .get(row)
                .and_then(|v| u8::try_from(v).ok())
                .unwrap_or(1),
        };
        found.push((conflict, row));
    }
    let parties = |c: &ConflictYear| {
        let of = |s: &BTreeSet<StateId>| s.iter().copied().collect::<Vec<_>>();
        (of(&c.side_a), of(&c.with_a), of(&c.side_b), of(&c.with_b))
    };
    let rows = once(aside, "conflict", found, |c| {
        (c.conflict, c.year, parties(c))
    });
    let used = rows.len();
    Ok((rows, table.close(file, used)))
}

/// UCDP keeps 345 for Serbia after 2006, where Gleditsch and Ward have 340.
fn state_of(code: &str, year: i16) -> Result<StateId, CodeProblem> {
    let states = States::bundled();
    let serbia = states.by_key("serbia").filter(|_| code == "345");
    serbia.map_or_else(|| states.find_in_year(CodeSystem::Gw, code, year), Ok)
}

/// The publisher's numbers, and the words of a conversion.
fn kind(text: &str) -> Option<ConflictKind> {
    match text {
        "1" | "extrasystemic" => Some(ConflictKind::Extrasystemic),
        "2" | "interstate" => Some(ConflictKind::Interstate),
        "3" | "intrastate" => Some(ConflictKind::Intrastate),
        "4" | "II" => Some(ConflictKind::Internationalised),
        _ => None,
    }
}
