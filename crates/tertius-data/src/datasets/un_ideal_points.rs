//! Ideal points of states in the General Assembly (Bailey, Strezhnev and Voeten).

use super::rows::{CCODE, Demand, Read, state_years};
use super::terms::CC0;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::states::StateId;
use crate::table::{Field, FileProblem, Kind, RawFile, read_table};
use crate::years::Years;

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "un-ideal-points",
    title: Bilingual {
        en: "UN General Assembly ideal points",
        zh: "联合国大会理想点",
    },
    unit: Unit::StateYear,
    publisher: "Bailey, Strezhnev and Voeten",
    home: "https://doi.org/10.7910/DVN/LEJUQZ",
    home_seen: true,
    version: "July 2025; April 2020",
    licence: CC0,
    cite: &["bailey2017"],
    note: Bilingual {
        en: "Every release has its own scale: never mix two. Session s opens in 1945 + s, by which its year is called.",
        zh: "每个发布版本有各自的尺度，不得混用。第 s 届会于 1945+s 年开幕，即以该年称之。",
    },
    parts: &[
        Part {
            id: "july-2025",
            fields: BY_YEAR,
            coverage: (1946, 2005),
            read: |file| Ok(read(file)?.1),
            files: &[KnownFile::converted(
                "un_ideal_points/idealpoints_july2025_to2005.csv",
                "04c7b9df8c8432907f9a1822db48f6593ddbc6c18769ade9311d89bb305b7077",
                7_782,
            )],
        },
        Part {
            id: "april-2020",
            fields: BY_SESSION,
            coverage: (1946, 2005),
            read: |file| Ok(read(file)?.1),
            files: &[
                KnownFile::converted(
                    "un_ideal_points/idealpoints_all_apr2020_to2005.csv.gz",
                    "2fa964bbc6a3c35b1d811a49fa2b345d6a84d835ea9351fe0a5b9facf3a47cc0",
                    7_772,
                ),
                KnownFile::published("un-ideal-points/IdealpointestimatesAll_Apr2020.csv", ""),
            ],
        },
    ],
};

const POINT: Kind = Kind::Num(-20.0, 20.0);
const VOTES: Kind = Kind::Int(0, 9999);

/// Columns of releases by year. A row without the estimate of all votes has an older one only.
static BY_YEAR: &[Field] = &[
    CCODE,
    Field::key("year", &["year"], Kind::Int(1946, 2100)),
    Field::value("point", &["idealpointall"], POINT, "ideal point", &[]),
    Field::value("low", &["q5all"], POINT, "ideal point", &[]),
    Field::value("high", &["q95all"], POINT, "ideal point", &[]),
    Field::value("votes", &["nvotesall"], VOTES, "votes", &[]),
];

/// Columns of releases by session.
static BY_SESSION: &[Field] = &[
    CCODE,
    Field::key("session", &["session"], Kind::Int(1, 200)),
    Field::value(
        "point",
        &["IdealPoint", "IdealPointAll"],
        POINT,
        "ideal point",
        &[],
    ),
    Field::value("low", &["Q5%", "Q5%All"], POINT, "ideal point", &[]),
    Field::value("high", &["Q95%", "Q95%All"], POINT, "ideal point", &[]),
    Field::value("votes", &["NVotes", "NVotesAll"], VOTES, "votes", &[]),
];

/// A published estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IdealPoint {
    /// Posterior mean.
    pub mean: f64,
    /// 5 per cent quantile.
    pub low: Option<f64>,
    /// 95 per cent quantile.
    pub high: Option<f64>,
    /// Votes that it rests on.
    pub votes: Option<u32>,
}

/// Reads a release of either form: by year or by session. A state without an estimate in a year is missing then.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Years<StateId, Option<IdealPoint>>> {
    match read_table(file, BY_SESSION) {
        Ok(_) => by_session(file),
        Err(FileProblem::OtherSchema { .. }) => state_years(file, BY_YEAR, Demand::Known, |c| {
            let (point, low, high) = (c.nums("point"), c.nums("low"), c.nums("high"));
            let votes = c.ints("votes");
            Box::new(move |row| {
                Some(IdealPoint {
                    mean: point.get(row)?,
                    low: low.get(row),
                    high: high.get(row),
                    votes: votes.get(row).map(|v| v as u32),
                })
            })
        }),
        Err(other) => Err(other),
    }
}

fn by_session(file: &RawFile) -> Read<Years<StateId, Option<IdealPoint>>> {
    use super::rows::{CowCodes, twice};
    use crate::years::YearsBuilder;
    let mut table = read_table(file, BY_SESSION)?;
    let count = table.rows();
    let (columns, aside) = table.split();
    let (codes, sessions) = (columns.ints("ccode"), columns.ints("session"));
    let (point, low, high) = (
        columns.nums("point"),
        columns.nums("low"),
        columns.nums("high"),
    );
    let votes = columns.ints("votes");
    let mut states = CowCodes::new(Demand::Known);
    let mut builder = YearsBuilder::new();
    for row in 0..count {
        let Some(session) = sessions.year(row).filter(|_| aside.is_good(row)) else {
            continue;
        };
        let year = 1945 + session;
        let Some(state) = states.state(aside, row, "ccode", codes.get(row), year) else {
            continue;
        };
        let estimate = point.get(row).map(|mean| IdealPoint {
            mean,
            low: low.get(row),
            high: high.get(row),
            votes: votes.get(row).map(|v| v as u32),
        });
        builder.push(state, year, estimate, row);
    }
    let (years, again) = builder.finish();
    twice(aside, "session", &again);
    let used = years.len();
    Ok((years, table.close(file, used)))
}
