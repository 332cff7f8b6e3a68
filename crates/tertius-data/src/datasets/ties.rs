//! Threat and Imposition of Sanctions (TIES).

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::rows::{CowCodes, Demand, Read, day_of_three};
use super::terms::CITE;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::states::StateId;
use crate::table::{Field, Kind, RawFile, Reason, read_table};

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "ties",
    title: Bilingual {
        en: "Threat and Imposition of Sanctions",
        zh: "制裁威胁与实施数据（TIES）",
    },
    unit: Unit::Case,
    publisher: "Morgan, Bapat and Kobayashi",
    home: "https://sanctions.web.unc.edu/",
    home_seen: false,
    version: "4",
    licence: CITE,
    cite: &["morgan2014"],
    note: Bilingual {
        en: "One row a case from 1945 to 2005. A sender of 1000 is an institution or several states without a leader, and \
             no state. It is published as a workbook: save its sheet as CSV.",
        zh: "每行为一个案例，1945 至 2005 年。发起方编码 1000 指机构或无主导国的多国，并非国家。原始文件为 Excel 工作簿：请将工作表另存为 CSV。",
    },
    parts: &[Part {
        id: "cases",
        fields: FIELDS,
        coverage: (1945, 2005),
        read: |file| Ok(read(file)?.1),
        files: &[KnownFile::converted(
            "sanctions/ties_v4.csv.gz",
            "d182c6b4de8ae9cdb3607446342fb8dc06efb78ae68ce06daf46d3cc0deca148",
            1_412,
        )],
    }],
};

const CODE: Kind = Kind::Int(1, 1000);
const DAY: Kind = Kind::Int(1, 31);
const MONTH: Kind = Kind::Int(1, 12);
const YEAR: Kind = Kind::Int(1900, 2100);

/// Columns.
static FIELDS: &[Field] = &[
    Field::key("case", &["caseid"], Kind::Code),
    Field::value("from_day", &["startday"], DAY, "", &[]),
    Field::value("from_month", &["startmonth"], MONTH, "", &[]),
    Field::key("from_year", &["startyear"], YEAR),
    Field::value("to_day", &["endday"], DAY, "", &[]),
    Field::value("to_month", &["endmonth"], MONTH, "", &[]),
    Field::value("to_year", &["endyear"], YEAR, "", &[]),
    Field::value("sender1", &["sender1"], CODE, "", &[]),
    Field::value("sender2", &["sender2"], CODE, "", &[]),
    Field::value("sender3", &["sender3"], CODE, "", &[]),
    Field::value("sender4", &["sender4"], CODE, "", &[]),
    Field::value("sender5", &["sender5"], CODE, "", &[]),
    Field::value("primary", &["primarysender"], CODE, "", &[]),
    Field::key("target", &["targetstate"], CODE),
    Field::key("threat", &["threat"], Kind::Int(0, 1)),
    Field::key("imposition", &["imposition"], Kind::Int(0, 1)),
    Field::value(
        "outcome",
        &["finaloutcome"],
        Kind::Int(1, 10),
        "1 to 10",
        &[],
    ),
];

/// One case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SanctionCase {
    /// TIES' number.
    pub case: String,
    /// First day, the first of the month or year where the day is not known.
    pub from: Date,
    /// Last day, where it is known.
    pub to: Option<Date>,
    /// States that sent it, in the order of the file; empty where an institution did.
    pub senders: Vec<StateId>,
    /// The leading sender, where it is a state.
    pub primary: Option<StateId>,
    /// Against whom.
    pub target: StateId,
    /// Whether it was threatened.
    pub threat: bool,
    /// Whether it was imposed.
    pub imposed: bool,
    /// TIES' code of how it ended.
    pub outcome: Option<u8>,
}

/// No state: an institution, or several without a leader.
const NO_STATE: i32 = 1000;

/// Reads the converted file.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Vec<SanctionCase>> {
    let mut table = read_table(file, FIELDS)?;
    let count = table.rows();
    let (columns, aside) = table.split();
    let int = |name: &str| columns.ints(name);
    let day = |p: &str, row| {
        let part = |s: &str| int(&format!("{p}_{s}")).get(row);
        day_of_three(part("year"), part("month"), part("day"))
    };
    let ids = columns.texts("case");
    let mut states = CowCodes::new(Demand::Known);
    let mut found: Vec<SanctionCase> = Vec::new();
    let mut seen = BTreeSet::new();
    'rows: for row in 0..count {
        if !aside.is_good(row) {
            continue;
        }
        let Some(from) = day("from", row) else {
            let part = |s: &str| int(&format!("from_{s}")).get(row).unwrap_or(0);
            let shown = format!("{}-{}-{}", part("year"), part("month"), part("day"));
            aside.set(row, "from_day", Reason::BadDate, shown);
            continue;
        };
        let to = day("to", row);
        if to.is_some_and(|to| to < from) {
            aside.set(
                row,
                "to_year",
                Reason::Reversed,
                to.map_or(String::new(), |t| t.to_string()),
            );
            continue;
        }
        let year = from.year();
        let Some(target) = states.state(aside, row, "target", int("target").get(row), year) else {
            continue;
        };
        let mut senders = Vec::new();
        let columns = [
            "sender1", "sender2", "sender3", "sender4", "sender5", "primary",
        ];
        let mut primary = None;
        for name in columns {
            let Some(code) = int(name).get(row).filter(|c| *c != NO_STATE) else {
                continue;
            };
            // TIES has 255 for the Federal Republic now and then; 265 is the other Germany, so it can be no other.
            let code = if code == 255 && states.get(255, year).is_err() {
                aside.mend(row, name, Reason::NotThen, code);
                260
            } else {
                code
            };
            let Some(state) = states.state(aside, row, name, Some(code), year) else {
                continue 'rows;
            };
            if name == "primary" {
                primary = Some(state);
            } else if !senders.contains(&state) {
                senders.push(state);
            }
        }
        let id = ids.get(row).unwrap_or("").to_owned();
        if !seen.insert(id.clone()) {
            aside.set(row, "case", Reason::Duplicate, id);
            continue;
        }
        found.push(SanctionCase {
            case: id,
            from,
            to,
            senders,
            primary,
            target,
            threat: int("threat").get(row) == Some(1),
            imposed: int("imposition").get(row) == Some(1),
            outcome: int("outcome").get(row).and_then(|v| u8::try_from(v).ok()),
        });
    }
    let used = found.len();
    Ok((found, table.close(file, used)))
}
