//! Events between states by ordered pair and year, in four kinds (ICEWS, as counted in the R package netify).

use super::rows::{Read, YEAR, twice, why};
use crate::catalogue::{Bilingual, Dataset, KnownFile, Licence, Part, Unit};
use crate::dyads::Directed;
use crate::states::{CodeSystem, StateId, States};
use crate::table::{Field, Kind, RawFile, Reason, read_table};
use crate::years::{Years, YearsBuilder};

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "icews-dyads",
    title: Bilingual {
        en: "ICEWS events by ordered pair and year",
        zh: "ICEWS 事件（有向国家对-年）",
    },
    unit: Unit::DirectedYear,
    publisher: "Lockheed Martin, ICEWS; counted in netify",
    home: "https://doi.org/10.7910/DVN/28075",
    home_seen: true,
    version: "2002-2014",
    licence: Licence {
        name: "ICEWS: public, with attribution; the counts from a GPL-3 package",
        url: "https://doi.org/10.7910/DVN/28075",
        share_alike: false,
        non_commercial: false,
        seen: false,
    },
    cite: &["boschee2015"],
    note: Bilingual {
        en: "Counts of news, not of deeds: attention differs by state and year. 152 states.",
        zh: "计数反映新闻报道而非行为本身：各国各年受关注程度不同。含 152 国。",
    },
    parts: &[Part {
        id: "quads",
        fields: FIELDS,
        coverage: (2002, 2014),
        read: |file| Ok(read(file)?.1),
        files: &[KnownFile::converted(
            "events/icews_directed_dyad_year_2002_2014.parquet",
            "2f35b7445c93b2a0510640e6b48a69494cc8e07550693763342ecaee2a20be60",
            298_376,
        )],
    }],
};

const COUNT: Kind = Kind::Int(0, 10_000_000);

/// Columns.
static FIELDS: &[Field] = &[
    Field::key("from", &["i_iso3c"], Kind::Code),
    Field::key("to", &["j_iso3c"], Kind::Code),
    YEAR,
    Field::key("verbal_cooperation", &["verbCoop"], COUNT),
    Field::key("material_cooperation", &["matlCoop"], COUNT),
    Field::key("verbal_conflict", &["verbConf"], COUNT),
    Field::key("material_conflict", &["matlConf"], COUNT),
];

/// Events of one state toward another in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quads {
    /// Statements of cooperation.
    pub verbal_cooperation: u32,
    /// Acts of cooperation.
    pub material_cooperation: u32,
    /// Statements of conflict.
    pub verbal_conflict: u32,
    /// Acts of conflict.
    pub material_conflict: u32,
}

impl Quads {
    /// All cooperation, and all conflict.
    pub fn sums(self) -> (u32, u32) {
        (
            self.verbal_cooperation + self.material_cooperation,
            self.verbal_conflict + self.material_conflict,
        )
    }
}

/// Reads the converted file.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Years<Directed, Quads>> {
    let mut table = read_table(file, FIELDS)?;
    let count = table.rows();
    let (columns, aside) = table.split();
    let (from, to, years) = (
        columns.texts("from"),
        columns.texts("to"),
        columns.ints("year"),
    );
    let counts = [
        "verbal_cooperation",
        "material_cooperation",
        "verbal_conflict",
        "material_conflict",
    ];
    let counts = counts.map(|c| columns.ints(c));
    let find = |codes: &[String]| -> Vec<Result<StateId, Reason>> {
        // The file writes the codes of 2014 into every year.
        let find = |c: &String| States::bundled().find_in_year(CodeSystem::Iso3, c, 2014);
        codes.iter().map(|c| find(c).map_err(|p| why(&p))).collect()
    };
    let known = [find(from.dictionary()), find(to.dictionary())];
    let mut builder = YearsBuilder::new();
    for row in 0..count {
        let Some(year) = years.year(row).filter(|_| aside.is_good(row)) else {
            continue;
        };
        let state = |n: usize, column: crate::table::Texts<'_>| {
            let at = column.position(row).and_then(|p| known[n].get(p).copied());
            at.unwrap_or(Err(Reason::Empty))
        };
        let dyad = match (state(0, from), state(1, to)) {
            (Ok(a), Ok(b)) => Directed::new(a, b),
            (Err(reason), _) => {
                aside.set(row, "from", reason, from.get(row).unwrap_or(""));
                continue;
            }
            (_, Err(reason)) => {
                aside.set(row, "to", reason, to.get(row).unwrap_or(""));
                continue;
            }
        };
        let Some(dyad) = dyad else {
            aside.set(row, "to", Reason::SelfDyad, to.get(row).unwrap_or(""));
            continue;
        };
        let count = |n: usize| counts[n].get(row).map_or(0, |v| v as u32);
        let quads = Quads {
            verbal_cooperation: count(0),
            material_cooperation: count(1),
            verbal_conflict: count(2),
            material_conflict: count(3),
        };
        builder.push(dyad, year, quads, row);
    }
    let (found, again) = builder.finish();
    twice(aside, "year", &again);
    let used = found.len();
    Ok((found, table.close(file, used)))
}
