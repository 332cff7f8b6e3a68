//! Military expenditure (SIPRI), an extract.

use jiff::civil::Date;

use super::rows::{Read, twice};
use crate::catalogue::{Bilingual, Dataset, KnownFile, Licence, Part, Unit};
use crate::states::{StateId, States};
use crate::table::{Field, Kind, RawFile, Reason, read_table};
use crate::years::{Years, YearsBuilder};

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "sipri-milex",
    title: Bilingual {
        en: "SIPRI military expenditure (extract)",
        zh: "斯德哥尔摩国际和平研究所军费数据（节选）",
    },
    unit: Unit::StateYear,
    publisher: "Stockholm International Peace Research Institute",
    home: "https://www.sipri.org/databases/milex",
    home_seen: false,
    version: "1949-2024",
    licence: Licence {
        name: "SIPRI: extracts of up to a tenth with attribution; otherwise ask",
        url: "https://www.sipri.org/about/terms-and-conditions",
        share_alike: false,
        non_commercial: true,
        seen: false,
    },
    cite: &["sipri-milex"],
    note: Bilingual {
        en: "States by their English names. A zero in current dollars that the constant dollars do not share is a missing \
             value that a spreadsheet turned into zero, and is read as missing. SIPRI ships a workbook with a sheet a measure, \
             which is not read: bring it into these columns, a row a state and year, and save it as CSV.",
        zh: "国家以英文名称标识。现价美元列为零而不变价美元列不为零者，是电子表格把缺失变成的零，按缺失读取。原始文件为工作簿，每个指标一张表，无法直接读取：请整理为下列各列（每国每年一行）并另存为 CSV。",
    },
    parts: &[Part {
        id: "spending",
        fields: FIELDS,
        coverage: (1949, 2024),
        read: |file| Ok(read(file)?.1),
        files: &[KnownFile::converted(
            "capabilities/sipri_milex_extract_17_states.csv",
            "32b9c9c7ccad623c829f4bbff5b37638f90158f023a1a03f7c1ebb42627274a6",
            1_004,
        )],
    }],
};

const MISSING: &[&str] = &["...", "xxx", ". .", ".."];
const AMOUNT: Kind = Kind::Num(0.0, 1e9);

/// Columns.
static FIELDS: &[Field] = &[
    Field::key("country", &["country"], Kind::Label),
    Field::key("year", &["year"], Kind::Int(1900, 2100)),
    Field::value(
        "constant",
        &["const2023_musd"],
        AMOUNT,
        "million USD of 2023",
        MISSING,
    ),
    Field::value(
        "current",
        &["current_musd"],
        AMOUNT,
        "million current USD",
        MISSING,
    ),
    Field::value(
        "share",
        &["share_gdp"],
        Kind::Num(0.0, 2.0),
        "share of GDP",
        MISSING,
    ),
];

/// What a state spends on its forces in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spending {
    /// Million dollars of 2023.
    pub constant: Option<f64>,
    /// Million dollars of the year.
    pub current: Option<f64>,
    /// Share of domestic product.
    pub share: Option<f64>,
}

/// SIPRI's names that are not those of the table of states, with first and last year.
const NAMES: [(&str, &str, i16, i16); 6] = [
    ("Korea, North", "north-korea", 1948, 9999),
    ("Korea, South", "south-korea", 1948, 9999),
    ("United States of America", "united-states", 1, 9999),
    ("USSR", "russia", 1, 1991),
    ("Russia", "russia", 1992, 9999),
    ("Türkiye", "turkey", 1, 9999),
];

/// Reads the converted extract.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Years<StateId, Spending>> {
    let mut table = read_table(file, FIELDS)?;
    let rows = table.rows();
    let (columns, aside) = table.split();
    let (names, years) = (columns.texts("country"), columns.ints("year"));
    let (constant, current) = (columns.nums("constant"), columns.nums("current"));
    let share = columns.nums("share");
    let known: Vec<Option<(StateId, i16, i16)>> =
        names.dictionary().iter().map(|n| state_called(n)).collect();
    let mut builder = YearsBuilder::new();
    for row in 0..rows {
        if !aside.is_good(row) {
            continue;
        }
        let Some(year) = years.year(row) else {
            continue;
        };
        let state = names
            .position(row)
            .and_then(|p| known.get(p).copied().flatten());
        let Some((state, first, last)) = state else {
            aside.set(
                row,
                "country",
                Reason::UnknownCode,
                names.get(row).unwrap_or(""),
            );
            continue;
        };
        if !(first..=last).contains(&year) {
            aside.set(
                row,
                "country",
                Reason::NotThen,
                names.get(row).unwrap_or(""),
            );
            continue;
        }
        let mut spending = Spending {
            constant: constant.get(row),
            current: current.get(row),
            share: share.get(row),
        };
        if spending.current == Some(0.0) && spending.constant != Some(0.0) {
            spending.current = None;
            aside.mend(row, "current", Reason::Contradiction, 0);
        }
        builder.push(state, year, spending, row);
    }
    let (found, again) = builder.finish();
    twice(aside, "year", &again);
    let used = found.len();
    Ok((found, table.close(file, used)))
}

fn state_called(name: &str) -> Option<(StateId, i16, i16)> {
    let states = States::bundled();
    if let Some((_, key, first, last)) = NAMES.iter().find(|n| n.0 == name) {
        return states.by_key(key).map(|s| (s, *first, *last));
    }
    let on = Date::constant(2020, 1, 1);
    let state = states.all().find(|s| states.name(*s, on).en == name)?;
    Some((state, 1, 9999))
}
