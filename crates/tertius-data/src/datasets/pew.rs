//! What people in some states think of others (Pew Research Center, Global Attitudes), as shares of answers.

use jiff::civil::Date;

use super::rows::{Read, once};
use crate::catalogue::{Bilingual, Dataset, KnownFile, Licence, Part, Unit};
use crate::states::{CodeSystem, StateId, States};
use crate::table::{Field, Kind, RawFile, Reason, read_table};

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "pew-favourability",
    title: Bilingual {
        en: "Pew Global Attitudes: favourability of states",
        zh: "皮尤全球态度调查：对他国好感度",
    },
    unit: Unit::SurveyAnswer,
    publisher: "Pew Research Center",
    home: "https://www.pewresearch.org/global/datasets/",
    home_seen: false,
    version: "waves 2002-2023, harmonised by worldregio/pew_opi",
    licence: Licence {
        name: "shares with attribution; Pew bears no responsibility for the analysis",
        url: "https://www.pewresearch.org/about/terms-and-conditions/",
        share_alike: false,
        non_commercial: false,
        seen: false,
    },
    cite: &["pew-global"],
    note: Bilingual {
        en: "Weighted shares of answers, with the number of respondents. The survey is of a spring; its year stands for it. \
             Targets that are no states (the European Union, the United Nations) are set aside. Pew publishes answers of \
             respondents as files of SPSS, which are not read: bring them into these shares, and save them as CSV.",
        zh: "加权回答比例与受访人数。调查在春季进行，以其年份表示。对象不是国家者（欧盟、联合国）被剔除。皮尤以 SPSS 文件发布受访者答案，无法直接读取：请换算为上述比例并另存为 CSV。",
    },
    parts: &[Part {
        id: "answers",
        fields: FIELDS,
        coverage: (2002, 2023),
        read: |file| Ok(read(file)?.1),
        files: &[KnownFile::converted(
            "opinion/pew_favourability_2002_2023.csv.gz",
            "26a28bac8848247880f4ea0de279ff3bd2e4cdc9c659374873b63cf4069129b4",
            15_366,
        )],
    }],
};

/// Columns.
static FIELDS: &[Field] = &[
    Field::key("wave", &["wave"], Kind::Int(1990, 2100)),
    Field::key("country", &["country_iso3"], Kind::Code),
    Field::key("target", &["target"], Kind::Code),
    Field::key("answer", &["response"], Kind::Label),
    Field::key("percent", &["pct_weighted"], Kind::Num(0.0, 100.0)),
    Field::key("respondents", &["n_respondents"], Kind::Int(1, 1_000_000)),
];

/// An answer that the question offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// Very favourable.
    VeryFavourable,
    /// Somewhat favourable.
    SomewhatFavourable,
    /// Somewhat unfavourable.
    SomewhatUnfavourable,
    /// Very unfavourable.
    VeryUnfavourable,
    /// Does not know.
    DoNotKnow,
    /// Refused to say.
    Refused,
}

/// The share that gave an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Year of the survey.
    pub year: i16,
    /// Where it was asked.
    pub country: StateId,
    /// About whom.
    pub target: StateId,
    /// Which answer.
    pub answer: Answer,
    /// Weighted share, 0 to 1.
    pub share: f64,
    /// Respondents of the question, unweighted.
    pub respondents: u32,
}

/// Reads the converted file.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Vec<Share>> {
    let mut table = read_table(file, FIELDS)?;
    let count = table.rows();
    let (columns, aside) = table.split();
    let (years, respondents) = (columns.ints("wave"), columns.ints("respondents"));
    let (countries, targets) = (columns.texts("country"), columns.texts("target"));
    let (answers, percent) = (columns.texts("answer"), columns.nums("percent"));
    let mut found = Vec::new();
    for row in 0..count {
        let Some(year) = years.year(row).filter(|_| aside.is_good(row)) else {
            continue;
        };
        let day = Date::constant(year.clamp(1, 9999), 6, 1);
        let state = |code: Option<&str>| {
            let code = code.unwrap_or("");
            States::bundled()
                .find(CodeSystem::Iso3, code, day)
                .map_err(|_| code.to_owned())
        };
        let country = match state(countries.get(row)) {
            Ok(state) => state,
            Err(code) => {
                aside.set(row, "country", Reason::UnknownCode, code);
                continue;
            }
        };
        let target = match state(targets.get(row)) {
            Ok(state) => state,
            Err(code) => {
                aside.set(row, "target", Reason::UnknownCode, code);
                continue;
            }
        };
        let Some(answer) = answers.get(row).and_then(answer) else {
            aside.set(
                row,
                "answer",
                Reason::NotOneOf,
                answers.get(row).unwrap_or(""),
            );
            continue;
        };
        let Some(percent) = percent.get(row) else {
            continue;
        };
        let share = Share {
            year,
            country,
            target,
            answer,
            share: percent / 100.0,
            respondents: respondents.get(row).map_or(0, |n| n as u32),
        };
        found.push((share, row));
    }
    let key = |s: &Share| (s.country, s.target, s.year, s.answer);
    let rows = once(aside, "answer", found, key);
    let used = rows.len();
    Ok((rows, table.close(file, used)))
}

fn answer(text: &str) -> Option<Answer> {
    match text {
        "Very favorable" => Some(Answer::VeryFavourable),
        "Somewhat favorable" => Some(Answer::SomewhatFavourable),
        "Somewhat unfavorable" => Some(Answer::SomewhatUnfavourable),
        "Very unfavorable" => Some(Answer::VeryUnfavourable),
        "DK" => Some(Answer::DoNotKnow),
        "Refused" => Some(Answer::Refused),
        _ => None,
    }
}
