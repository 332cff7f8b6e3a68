//! How democratic a state is, by three measures.

use super::rows::{CCODE, Demand, Read, YEAR, state_years};
use crate::catalogue::{Bilingual, Dataset, KnownFile, Licence, Part, Unit};
use crate::states::StateId;
use crate::table::{Field, Kind, RawFile};
use crate::years::Years;

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "democracy",
    title: Bilingual {
        en: "Democracy by state and year",
        zh: "各国历年民主程度",
    },
    unit: Unit::StateYear,
    publisher: "V-Dem Institute; Polity Project; Marquez",
    home: "https://v-dem.net/data/",
    home_seen: false,
    version: "as carried in the R package isard, 1816-2025",
    licence: Licence {
        name: "V-Dem CC BY-SA 4.0; Polity free for research",
        url: "https://creativecommons.org/licenses/by-sa/4.0/",
        share_alike: true,
        non_commercial: false,
        seen: false,
    },
    cite: &["coppedge-vdem", "marshall2017", "marquez2016"],
    note: Bilingual {
        en: "Three scales that are not comparable: polyarchy from 0 to 1, Polity from −10 to 10, the extended Unified \
             Democracy Scores about 0.",
        zh: "三种尺度不可比：多头政体指数 0 至 1，Polity −10 至 10，扩展的统一民主得分以 0 为中心。",
    },
    parts: &[Part {
        id: "scores",
        fields: FIELDS,
        coverage: (1816, 2025),
        read: |file| Ok(read(file)?.1),
        files: &[KnownFile::converted(
            "regimes/democracy_1816_2025.csv.gz",
            "b513a18f401ead20f198dddefa290ab429c6cde8406560ba1c9636770bc83b4a",
            17_706,
        )],
    }],
};

const POLITY_GAPS: &[&str] = &["-66", "-77", "-88"];

/// Columns.
static FIELDS: &[Field] = &[
    CCODE,
    YEAR,
    Field::value("euds", &["euds"], Kind::Num(-5.0, 5.0), "score", &[]),
    Field::value(
        "polity",
        &["polity2"],
        Kind::Num(-10.0, 10.0),
        "−10 to 10",
        POLITY_GAPS,
    ),
    Field::value(
        "polyarchy",
        &["v2x_polyarchy"],
        Kind::Num(0.0, 1.0),
        "0 to 1",
        &[],
    ),
];

/// A state's scores in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Democracy {
    /// Extended Unified Democracy Score.
    pub euds: Option<f64>,
    /// Polity's combined score, −10 to 10.
    pub polity: Option<f64>,
    /// V-Dem's index of electoral democracy, 0 to 1.
    pub polyarchy: Option<f64>,
}

/// Reads the converted file.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Years<StateId, Democracy>> {
    state_years(file, FIELDS, Demand::Member, |c| {
        let (euds, polity, polyarchy) = (c.nums("euds"), c.nums("polity"), c.nums("polyarchy"));
        Box::new(move |row| Democracy {
            euds: euds.get(row),
            polity: polity.get(row),
            polyarchy: polyarchy.get(row),
        })
    })
}
