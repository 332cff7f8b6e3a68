//! Domestic product in current dollars and population (World Bank, World Development Indicators).

use jiff::civil::Date;

use super::rows::{Read, twice, why};
use super::terms::CC_BY;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::states::{CodeSystem, StateId, States};
use crate::table::{Field, Kind, RawFile, Reason, read_table};
use crate::years::{Years, YearsBuilder};

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "world-bank",
    title: Bilingual {
        en: "World Bank GDP and population",
        zh: "世界银行国内生产总值与人口",
    },
    unit: Unit::StateYear,
    publisher: "World Bank",
    home: "https://data.worldbank.org/indicator/NY.GDP.MKTP.CD",
    home_seen: false,
    version: "2026 pull",
    licence: CC_BY,
    cite: &["worldbank-wdi"],
    note: Bilingual {
        en: "Codes are those of today's states for all years: Germany in 1970 is today's territory, Russia in 1989 is not \
             the Soviet Union. Rows of regions and dependencies are set aside. Long form only (one row a state and year).",
        zh: "所有年份均按今日国家编码：1970 年的德国指今日领土，1989 年的俄罗斯不是苏联。地区汇总与属地的行被剔除。仅支持长格式。",
    },
    parts: &[
        Part {
            id: "gdp",
            fields: FIELDS,
            coverage: (1960, 2023),
            read: |file| Ok(read(file)?.1),
            files: &[KnownFile::converted(
                "capabilities/worldbank_gdp.csv.gz",
                "2c5b290474ac4561cac6eb7242496c273b287aca1a151d7b4ed2c78db3338680",
                13_979,
            )],
        },
        Part {
            id: "population",
            fields: FIELDS,
            coverage: (1960, 2024),
            read: |file| Ok(read(file)?.1),
            files: &[KnownFile::converted(
                "capabilities/worldbank_population.csv.gz",
                "5cece0a95b4aa940e1c4824a489e7e3863dd38b7950bab773cca54e6b0c27517",
                17_195,
            )],
        },
    ],
};

/// Columns.
static FIELDS: &[Field] = &[
    Field::key("code", &["Country Code"], Kind::Code),
    Field::key("year", &["Year"], Kind::Int(1900, 2100)),
    Field::value(
        "value",
        &["Value"],
        Kind::Num(0.0, 1e15),
        "current USD, or people",
        &[".."],
    ),
];

/// The Bank's own codes that ISO does not have.
const OWN: [(&str, &str); 1] = [("XKX", "kosovo")];

/// Reads a file of one indicator, in long form.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Years<StateId, f64>> {
    let mut table = read_table(file, FIELDS)?;
    let rows = table.rows();
    let (columns, aside) = table.split();
    let (codes, years) = (columns.texts("code"), columns.ints("year"));
    let values = columns.nums("value");
    // The Bank writes today's codes into every year.
    let today = Date::constant(2024, 1, 1);
    let states = States::bundled();
    let known: Vec<Result<StateId, Reason>> = codes
        .dictionary()
        .iter()
        .map(|code| {
            let own = OWN.iter().find(|(c, _)| c == code);
            own.and_then(|(_, key)| states.by_key(key)).map_or_else(
                || {
                    states
                        .find(CodeSystem::Iso3, code, today)
                        .map_err(|p| why(&p))
                },
                Ok,
            )
        })
        .collect();
    let mut builder = YearsBuilder::new();
    for row in 0..rows {
        if !aside.is_good(row) {
            continue;
        }
        let state = codes.position(row).and_then(|p| known.get(p).copied());
        match (state, years.year(row), values.get(row)) {
            (Some(Ok(state)), Some(year), Some(value)) => builder.push(state, year, value, row),
            (Some(Err(reason)), _, _) => {
                aside.set(row, "code", reason, codes.get(row).unwrap_or(""))
            }
            _ => aside.set(row, "value", Reason::Empty, ""),
        }
    }
    let (found, again) = builder.finish();
    twice(aside, "year", &again);
    let used = found.len();
    Ok((found, table.close(file, used)))
}
