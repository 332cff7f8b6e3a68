//! Aid to Ukraine by donor and month (Kiel Institute, Ukraine Support Tracker).

use jiff::civil::Date;
use tertius::vocabulary::Month;

use super::rows::{Read, once, why};
use crate::catalogue::{Bilingual, Dataset, KnownFile, Licence, Part, Unit};
use crate::states::{CodeSystem, StateId, States};
use crate::table::{Field, Kind, RawFile, Reason, read_table};

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "ukraine-support",
    title: Bilingual {
        en: "Ukraine Support Tracker",
        zh: "乌克兰援助追踪（基尔世界经济研究所）",
    },
    unit: Unit::StateMonth,
    publisher: "Kiel Institute for the World Economy",
    home: "https://www.ifw-kiel.de/topics/war-against-ukraine/ukraine-support-tracker/",
    home_seen: false,
    version: "29 (April 2026)",
    licence: Licence {
        name: "free with attribution",
        url: "https://www.kielinstitut.de/topics/war-against-ukraine/ukraine-support-tracker/",
        share_alike: false,
        non_commercial: false,
        seen: false,
    },
    cite: &["antezza2022"],
    note: Bilingual {
        en: "Thousand million euros allocated in the month. A donor without a row in a covered month gave nothing that the \
             tracker knows of. Institutions of the European Union are no state.",
        zh: "当月拨付额，单位为十亿欧元。覆盖月份内没有记录的捐助方没有已知援助。欧盟机构不是国家。",
    },
    parts: &[Part {
        id: "donors",
        fields: FIELDS,
        coverage: (2022, 2026),
        read: |file| Ok(read(file)?.1),
        files: &[KnownFile::published(
            "ukraine_support/data_explorer.csv",
            "https://raw.githubusercontent.com/UkraineSupportTrackerWebsite/ukraine-support-tracker/ddf24c0f8f36/data/data_explorer.csv",
        )
        .seen(
            "4769d78ddb5af2b015d65ee9061efb462b06a8fa86e11e036ac33b8541a6d638",
            1_079,
        )],
    }],
};

const AMOUNT: Kind = Kind::Num(0.0, 1e5);

/// Columns. A product of zero stands for a missing one.
static FIELDS: &[Field] = &[
    Field::key("donor", &["iso"], Kind::Code),
    Field::key("year", &["year"], Kind::Int(2022, 2100)),
    Field::key("month", &["month"], Kind::Int(1, 12)),
    Field::key("total", &["total"], AMOUNT),
    Field::key("financial", &["financial"], AMOUNT),
    Field::key("humanitarian", &["humanitarian"], AMOUNT),
    Field::key("military", &["military"], AMOUNT),
    Field::value(
        "gdp",
        &["gdp"],
        Kind::Num(0.0, 1e6),
        "thousand million EUR",
        &["0"],
    ),
];

/// Who gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Donor {
    /// A state.
    State(StateId),
    /// The Commission and the Council of the European Union.
    EuropeanUnion,
}

/// What a donor allocated in a month, thousand million euros.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aid {
    /// Who.
    pub donor: Donor,
    /// When.
    pub month: Month,
    /// All kinds.
    pub total: f64,
    /// Financial.
    pub financial: f64,
    /// Humanitarian.
    pub humanitarian: f64,
    /// Military.
    pub military: f64,
    /// The donor's yearly domestic product, where it has one.
    pub gdp: Option<f64>,
}

/// Reads the donors of the data explorer, as published.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Vec<Aid>> {
    let mut table = read_table(file, FIELDS)?;
    let count = table.rows();
    let (columns, aside) = table.split();
    let codes = columns.texts("donor");
    let (years, months) = (columns.ints("year"), columns.ints("month"));
    let num = |name| columns.nums(name);
    let (total, financial) = (num("total"), num("financial"));
    let (humanitarian, military, gdp) = (num("humanitarian"), num("military"), num("gdp"));
    let mut found = Vec::new();
    for row in 0..count {
        let when = years.year(row).zip(months.get(row));
        let month = when.and_then(|(y, m)| Month::new(y, m as i8));
        let Some(month) = month.filter(|_| aside.is_good(row)) else {
            continue;
        };
        let code = codes.get(row).unwrap_or("");
        let day: Date = month.first_day();
        let donor = if code == "EU" {
            Donor::EuropeanUnion
        } else {
            match States::bundled().find(CodeSystem::Iso3, code, day) {
                Ok(state) => Donor::State(state),
                Err(problem) => {
                    aside.set(row, "donor", why(&problem), code);
                    continue;
                }
            }
        };
        let amounts = [total, financial, humanitarian, military].map(|c| c.get(row));
        let [
            Some(total),
            Some(financial),
            Some(humanitarian),
            Some(military),
        ] = amounts
        else {
            aside.set(row, "total", Reason::Empty, "");
            continue;
        };
        let aid = Aid {
            donor,
            month,
            total,
            financial,
            humanitarian,
            military,
            gdp: gdp.get(row),
        };
        found.push((aid, row));
    }
    let rows = once(aside, "donor", found, |a| (a.donor, a.month));
    let used = rows.len();
    Ok((rows, table.close(file, used)))
}
