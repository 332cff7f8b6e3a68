//! Single figures that newspapers reported: how many in Japan feel affinity to other states (Cabinet Office).

use tertius::vocabulary::Month;

use super::rows::{Read, once, why};
use crate::catalogue::{Bilingual, Dataset, KnownFile, Licence, Part, Unit};
use crate::states::{CodeSystem, StateId, States};
use crate::table::{Field, Kind, RawFile, Reason, read_table};

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "cabinet-office-affinity",
    title: Bilingual {
        en: "Cabinet Office of Japan: affinity to other states",
        zh: "日本内阁府舆论调查：对他国亲近感",
    },
    unit: Unit::SurveyAnswer,
    publisher: "Cabinet Office, Government of Japan; figures as reported by the press",
    home: "https://survey.gov-online.go.jp/index-gai.html",
    home_seen: false,
    version: "points, 2011-2023",
    licence: Licence {
        name: "single published figures",
        url: "",
        share_alike: false,
        non_commercial: false,
        seen: false,
    },
    cite: &["cabinet-office-diplomacy"],
    note: Bilingual {
        en: "Not the whole series. Asked face to face to 2019 and by mail from 2020: levels do not compare across that \
             year. The number of respondents is not given; about 1,700 answer.",
        zh: "并非完整序列。2019 年以前为面访，2020 年起为邮寄，水平不可跨年比较。未给出受访人数，约为 1700 人。",
    },
    parts: &[Part {
        id: "affinity",
        fields: FIELDS,
        coverage: (2011, 2023),
        read: |file| Ok(read(file)?.1),
        files: &[KnownFile::converted(
            "opinion/japan_cabinet_office_affinity_points.csv",
            "bdbc4ccb56a79c6c1ade4fccde12bb939c7534990496faa2f485c799599a449e",
            20,
        )],
    }],
};

/// Columns.
static FIELDS: &[Field] = &[
    Field::key("month", &["survey_month"], Kind::Code),
    Field::key("target", &["target"], Kind::Code),
    Field::key("percent", &["pct_feel_affinity"], Kind::Num(0.0, 100.0)),
    Field::key("reported_by", &["reported_by"], Kind::Label),
];

/// How the question was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// By an interviewer, to 2019.
    FaceToFace,
    /// By mail, from 2020.
    Mail,
}

/// The share that feels affinity.
#[derive(Clone, Debug, PartialEq)]
pub struct Affinity {
    /// Month of the survey.
    pub month: Month,
    /// To whom.
    pub target: StateId,
    /// 0 to 1.
    pub share: f64,
    /// How it was asked.
    pub mode: Mode,
    /// Where the figure stood.
    pub reported_by: String,
}

/// Reads the typed points.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Vec<Affinity>> {
    let mut table = read_table(file, FIELDS)?;
    let count = table.rows();
    let (columns, aside) = table.split();
    let (months, targets) = (columns.texts("month"), columns.texts("target"));
    let (percent, by) = (columns.nums("percent"), columns.texts("reported_by"));
    let mut found = Vec::new();
    for row in 0..count {
        if !aside.is_good(row) {
            continue;
        }
        let text = months.get(row).unwrap_or("");
        let Ok(month) = text.parse::<Month>() else {
            aside.set(row, "month", Reason::BadDate, text);
            continue;
        };
        let code = targets.get(row).unwrap_or("");
        let target = match States::bundled().find(CodeSystem::Iso3, code, month.first_day()) {
            Ok(state) => state,
            Err(problem) => {
                aside.set(row, "target", why(&problem), code);
                continue;
            }
        };
        let Some(percent) = percent.get(row) else {
            continue;
        };
        let mode = if month.year() < 2020 {
            Mode::FaceToFace
        } else {
            Mode::Mail
        };
        let point = Affinity {
            month,
            target,
            share: percent / 100.0,
            mode,
            reported_by: by.get(row).unwrap_or("").to_owned(),
        };
        found.push((point, row));
    }
    let rows = once(aside, "month", found, |a| (a.target, a.month));
    let used = rows.len();
    Ok((rows, table.close(file, used)))
}
