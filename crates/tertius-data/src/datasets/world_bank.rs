//! Domestic product in current dollars and population (World Bank, World Development Indicators).

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::rows::{Read, twice, why};
use super::terms::CC_BY;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::states::{CodeSystem, StateId, States};
use crate::table::{Field, FileProblem, Kind, Nums, RawFile, Reason, Texts, read_table};
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
             the Soviet Union. Rows of regions and dependencies are set aside. Read in the Bank's own form, a row a state and a column a \
             year, and in long form.",
        zh: "所有年份均按今日国家编码：1970 年的德国指今日领土，1989 年的俄罗斯不是苏联。地区汇总与属地的行被剔除。可读取世界银行原始宽格式（每国一行、每年一列）与长格式。",
    },
    parts: &[
        Part {
            id: "gdp",
            fields: FIELDS,
            coverage: (1960, 2023),
            read: |file| Ok(read_gdp(file)?.1),
            files: &[
                KnownFile::converted(
                    "capabilities/worldbank_gdp.csv.gz",
                    "2c5b290474ac4561cac6eb7242496c273b287aca1a151d7b4ed2c78db3338680",
                    13_979,
                ),
                KnownFile::published(
                    "world-bank/API_NY.GDP.MKTP.CD_DS2_en_csv_v2.zip",
                    "https://api.worldbank.org/v2/en/indicator/NY.GDP.MKTP.CD?downloadformat=csv",
                ),
            ],
        },
        Part {
            id: "population",
            fields: FIELDS,
            coverage: (1960, 2024),
            read: |file| Ok(read_population(file)?.1),
            files: &[
                KnownFile::converted(
                    "capabilities/worldbank_population.csv.gz",
                    "5cece0a95b4aa940e1c4824a489e7e3863dd38b7950bab773cca54e6b0c27517",
                    17_195,
                ),
                KnownFile::published(
                    "world-bank/API_SP.POP.TOTL_DS2_en_csv_v2.zip",
                    "https://api.worldbank.org/v2/en/indicator/SP.POP.TOTL?downloadformat=csv",
                ),
            ],
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
        AMOUNT,
        "current USD, or people",
        &[".."],
    ),
];

/// The Bank's own codes that ISO does not have.
const OWN: [(&str, &str); 1] = [("XKX", "kosovo")];

/// What stands in every cell of a year.
const AMOUNT: Kind = Kind::Num(0.0, 1e15);

/// The years that a wide file may have columns for.
const YEARS: RangeInclusive<i16> = 1900..=2100;

/// Columns of the Bank's own form: the state, the indicator, and one for each year. A year has one text for a name, as
/// a file of one indicator has it, and another in files of its data bank.
static WIDE: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let mut fields = vec![
        Field::key("code", &["Country Code"], Kind::Code),
        Field::key("indicator", &["Indicator Code", "Series Code"], Kind::Code),
    ];
    fields.extend(YEARS.map(|year| {
        // Made once, and kept as long as the program runs.
        let name: &'static str = year.to_string().leak();
        let bank: &'static str = format!("{year} [YR{year}]").leak();
        let names: &'static [&'static str] = vec![name, bank].leak();
        Field::value(name, names, AMOUNT, "", &[".."]).optional()
    }));
    fields
});

/// Reads domestic product in current dollars, in long form or as the Bank ships it.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read_gdp(file: &RawFile) -> Read<Years<StateId, f64>> {
    read(file, "NY.GDP.MKTP.CD")
}

/// Reads population, in either form.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read_population(file: &RawFile) -> Read<Years<StateId, f64>> {
    read(file, "SP.POP.TOTL")
}

fn read(file: &RawFile, indicator: &str) -> Read<Years<StateId, f64>> {
    match read_long(file) {
        Err(problem @ (FileProblem::OtherSchema { .. } | FileProblem::NotOneTable { .. })) => {
            read_wide(file, indicator).map_err(|other| match other {
                FileProblem::OtherSchema { .. } | FileProblem::NotOneTable { .. } => problem,
                other => other,
            })
        }
        read => read,
    }
}

/// The state of each text of a column of codes.
fn states(codes: Texts<'_>) -> Vec<Result<StateId, Reason>> {
    // The Bank writes today's codes into every year.
    let today = Date::constant(2024, 1, 1);
    let states = States::bundled();
    let of = |code: &String| {
        let own = OWN.iter().find(|(c, _)| c == code);
        let own = own.and_then(|(_, key)| states.by_key(key));
        let found = || states.find(CodeSystem::Iso3, code, today);
        own.map_or_else(|| found().map_err(|p| why(&p)), Ok)
    };
    codes.dictionary().iter().map(of).collect()
}

fn read_long(file: &RawFile) -> Read<Years<StateId, f64>> {
    let mut table = read_table(file, FIELDS)?;
    let rows = table.rows();
    let (columns, aside) = table.split();
    let (codes, years) = (columns.texts("code"), columns.ints("year"));
    let values = columns.nums("value");
    let known = states(codes);
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

/// A row is a state with all its years; one with a bad cell is set aside whole.
fn read_wide(file: &RawFile, indicator: &str) -> Read<Years<StateId, f64>> {
    let mut table = read_table(file, &WIDE)?;
    let rows = table.rows();
    let (columns, aside) = table.split();
    let (codes, indicators) = (columns.texts("code"), columns.texts("indicator"));
    let known = states(codes);
    let years: Vec<(i16, Nums<'_>)> = YEARS
        .filter(|y| columns.has(&y.to_string()))
        .map(|y| (y, columns.nums(&y.to_string())))
        .collect();
    let mut builder = YearsBuilder::new();
    let mut rows_of: BTreeMap<StateId, usize> = BTreeMap::new();
    for row in 0..rows {
        if !aside.is_good(row) {
            continue;
        }
        let is = indicators.get(row).unwrap_or("");
        if is != indicator {
            aside.set(row, "indicator", Reason::NotOneOf, is);
            continue;
        }
        let state = codes.position(row).and_then(|p| known.get(p).copied());
        let state = match state.unwrap_or(Err(Reason::Empty)) {
            Ok(state) => state,
            Err(reason) => {
                aside.set(row, "code", reason, codes.get(row).unwrap_or(""));
                continue;
            }
        };
        if let Some(first) = rows_of.get(&state) {
            let other = format!("row {}", aside.number(*first));
            aside.set(row, "code", Reason::Duplicate, other);
            continue;
        }
        rows_of.insert(state, row);
        for (year, values) in &years {
            if let Some(value) = values.get(row) {
                builder.push(state, *year, value, row);
            }
        }
    }
    let (found, _) = builder.finish();
    Ok((found, table.close(file, rows_of.len())))
}
