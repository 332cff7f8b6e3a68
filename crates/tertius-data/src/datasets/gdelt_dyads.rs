//! A composite score of events by pair and month (GDELT 2.0, summed from daily matrices).

use tertius::vocabulary::Month;

use super::rows::{Read, once, why};
use crate::catalogue::{Bilingual, Dataset, KnownFile, Licence, Part, Unit};
use crate::dyads::Pair;
use crate::states::{CodeSystem, StateId, States};
use crate::table::{Field, Kind, RawFile, Reason, read_table};

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "gdelt-dyads",
    title: Bilingual {
        en: "GDELT composite score by pair and month",
        zh: "GDELT 综合得分（国家对-月）",
    },
    unit: Unit::PairMonth,
    publisher: "The GDELT Project; matrices by gzemo/gdelt-graph-data",
    home: "https://www.gdeltproject.org/",
    home_seen: false,
    version: "2018-01 to 2024-02",
    licence: Licence {
        name: "GDELT: any use with attribution; the matrices from a GPL-3 repository",
        url: "https://www.gdeltproject.org/about.html",
        share_alike: false,
        non_commercial: false,
        seen: false,
    },
    cite: &["leetaru2013"],
    note: Bilingual {
        en: "Undirected. From 2022-11 on days are missing: divide by the days that are there. A pair without a row in a \
             covered month has no event.",
        zh: "无方向。2022 年 11 月起有缺日，应除以实有天数。覆盖月份内没有记录的国家对没有事件。",
    },
    parts: &[Part {
        id: "scores",
        fields: FIELDS,
        coverage: (2018, 2024),
        read: |file| Ok(read(file)?.1),
        files: &[KnownFile::converted(
            "events/gdelt_composite_dyad_month_2018_2024.parquet",
            "f1c69dd8e3d46c43e1e1799dae4c15d3f75a7c7fe98e97c40efc0b30a1b50daf",
            436_752,
        )],
    }],
};

const DAYS: Kind = Kind::Int(0, 31);

/// Columns.
static FIELDS: &[Field] = &[
    Field::key("month", &["month"], Kind::Code),
    Field::key("first", &["iso3_a"], Kind::Code),
    Field::key("second", &["iso3_b"], Kind::Code),
    Field::key("score", &["score_sum"], Kind::Num(-1e9, 1e9)),
    Field::key("positive", &["days_positive"], DAYS),
    Field::key("negative", &["days_negative"], DAYS),
    Field::key("days", &["days_in_month"], Kind::Int(1, 31)),
];

/// Events of a pair in a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Who.
    pub pair: Pair,
    /// When.
    pub month: Month,
    /// Sum of the daily scores: above zero cooperation prevails.
    pub sum: f64,
    /// Days with a score above zero.
    pub positive: u8,
    /// Days with one below.
    pub negative: u8,
    /// Days of the month that the data have.
    pub days: u8,
}

/// Reads the converted file.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Vec<Score>> {
    let mut table = read_table(file, FIELDS)?;
    let count = table.rows();
    let (columns, aside) = table.split();
    let text = |name| columns.texts(name);
    let (months, first, second) = (text("month"), text("first"), text("second"));
    let int = |name| columns.ints(name);
    let (positive, negative, days) = (int("positive"), int("negative"), int("days"));
    let scores = columns.nums("score");
    let months_known: Vec<Option<Month>> =
        months.dictionary().iter().map(|m| m.parse().ok()).collect();
    let find = |codes: &[String]| -> Vec<Result<StateId, Reason>> {
        let find = |c: &String| States::bundled().find_in_year(CodeSystem::Iso3, c, 2020);
        codes.iter().map(|c| find(c).map_err(|p| why(&p))).collect()
    };
    let known = [find(first.dictionary()), find(second.dictionary())];
    let mut found = Vec::with_capacity(count);
    for row in 0..count {
        if !aside.is_good(row) {
            continue;
        }
        let month = months
            .position(row)
            .and_then(|p| months_known.get(p).copied().flatten());
        let Some(month) = month else {
            aside.set(row, "month", Reason::BadDate, months.get(row).unwrap_or(""));
            continue;
        };
        let state = |n: usize, column: crate::table::Texts<'_>| {
            let at = column.position(row).and_then(|p| known[n].get(p).copied());
            at.unwrap_or(Err(Reason::Empty))
        };
        let (a, b) = match (state(0, first), state(1, second)) {
            (Ok(a), Ok(b)) => (a, b),
            (Err(reason), _) => {
                aside.set(row, "first", reason, first.get(row).unwrap_or(""));
                continue;
            }
            (_, Err(reason)) => {
                aside.set(row, "second", reason, second.get(row).unwrap_or(""));
                continue;
            }
        };
        let Some(pair) = Pair::new(a, b) else {
            aside.set(
                row,
                "second",
                Reason::SelfDyad,
                second.get(row).unwrap_or(""),
            );
            continue;
        };
        let small = |v: Option<i32>| v.and_then(|v| u8::try_from(v).ok()).unwrap_or(0);
        let score = Score {
            pair,
            month,
            sum: scores.get(row).unwrap_or(f64::NAN),
            positive: small(positive.get(row)),
            negative: small(negative.get(row)),
            days: small(days.get(row)),
        };
        found.push((score, row));
    }
    let rows = once(aside, "month", found, |s| (s.pair, s.month));
    let used = rows.len();
    Ok((rows, table.close(file, used)))
}
