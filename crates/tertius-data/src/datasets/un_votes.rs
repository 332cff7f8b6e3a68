//! Roll-call votes of the United Nations General Assembly (Voeten, Strezhnev and Bailey).

mod china;
mod matrix;
mod package;
mod weights;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::rows::{CowCodes, Demand, need};
use crate::catalogue::{Bilingual, Dataset, KnownFile, Licence, Part, Unit};
use crate::states::StateId;
use crate::table::{
    Account, Aside, Days, Field, FileProblem, Ints, Kind, RawFile, Reason, read_table,
};

use matrix::Matrix;
pub use package::read_package;
pub use weights::read_weights;

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "un-votes",
    title: Bilingual {
        en: "UN General Assembly roll-call votes",
        zh: "联合国大会唱名表决",
    },
    unit: Unit::StateVote,
    publisher: "Erik Voeten, Georgetown University",
    home: "https://doi.org/10.7910/DVN/LEJUQZ",
    home_seen: true,
    version: "2024-06",
    licence: Licence {
        name: "CC0 1.0",
        url: "https://creativecommons.org/publicdomain/zero/1.0/",
        share_alike: false,
        non_commercial: false,
        seen: false,
    },
    cite: &["voeten-un"],
    note: Bilingual {
        en: "Years are those of the roll call's date, which are not the sessions. Some early dates are placeholders, \
             there was no session in 1964, and the seat of China is 713 (Taiwan) before 25 October 1971, under \
             whatever number the file has it.",
        zh: "年份取唱名表决的日期，而不是届次。部分早期日期为占位日期；1964 年无届会；1971 年 10 月 25 日以前，无论文件如何编码，中国席位均计为 713（台湾）。",
    },
    parts: &[
        Part {
            id: "votes",
            fields: VOTES,
            coverage: (1946, 2024),
            read: |file| Ok(read(file)?.1),
            files: &[
                KnownFile::converted(
                    "un_votes/un_votes_1946_2024.parquet",
                    "2f440669b86ad934744eb0f5fa4ca2c073ace56aa2c7278b9a7ffd4c1610aaff",
                    855_890,
                ),
                KnownFile::published("un-votes/UNVotes.csv", ""),
            ],
        },
        package::VOTES_PART,
        package::CALLS_PART,
        package::ISSUES_PART,
    ],
};

/// Columns of the votes.
static VOTES: &[Field] = &[
    Field::key("call", &["resid", "rcid"], Kind::Int(1, i32::MAX)),
    Field::key("session", &["session"], Kind::Int(1, 200)),
    Field::key("ccode", &["ccode"], Kind::Int(1, 999)),
    Field::key("vote", &["vote"], Kind::Int(0, 9)),
    Field::value("date", &["date"], Kind::Day, "", &[]),
    // Of the publisher's file; the converted one has none of them.
    issue(&["me"]),
    issue(&["nu"]),
    issue(&["di"]),
    issue(&["hr"]),
    issue(&["co"]),
    issue(&["ec"]),
];

/// Whether a roll call is about an issue.
const fn issue(name: &'static [&'static str; 1]) -> Field {
    Field::value(name[0], name, Kind::Int(0, 1), "", &[]).optional()
}

/// What a state did on a roll call, as it stands in [`RollCalls::votes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Vote {
    /// For.
    Yes = 1,
    /// Neither.
    Abstain = 2,
    /// Against.
    No = 3,
}

impl Vote {
    /// The vote of a cell; nothing for zero, which says that none is recorded.
    pub fn of(cell: u8) -> Option<Vote> {
        match cell {
            1 => Some(Vote::Yes),
            2 => Some(Vote::Abstain),
            3 => Some(Vote::No),
            _ => None,
        }
    }
}

/// A column of the votes: a state under the COW number that the file gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// COW number. Germany has two: 260, and 255 from October 1990.
    pub cow: u16,
    /// Whose it is.
    pub state: StateId,
}

/// A row of the votes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollCall {
    /// The file's number for it.
    pub id: u32,
    /// The session, from 1 in 1946; session s opens in 1945 + s.
    pub session: u16,
    /// The day, which in early sessions may be a placeholder.
    pub date: Date,
    /// Whether the Department of State called it important, where the file says.
    pub important: Option<bool>,
    /// The issues that it is about, where the file says: one bit each, in the order of [`ISSUES`].
    pub issues: Option<u8>,
}

impl RollCall {
    /// Calendar year of the day.
    pub fn year(&self) -> i16 {
        self.date.year()
    }
}

/// The issues that the data tell apart: Palestinian conflict, nuclear weapons, disarmament, human rights,
/// colonialism, economic development.
pub const ISSUES: [&str; 6] = ["me", "nu", "di", "hr", "co", "ec"];

/// Roll calls as arrays: calls by day and number, seats by COW number, votes in rows of calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollCalls {
    /// The columns.
    pub seats: Vec<Seat>,
    /// The rows, by session and number.
    pub calls: Vec<RollCall>,
    votes: Vec<u8>,
}

/// By what roll calls are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Calendar year of the roll call's date.
    Year,
    /// Session.
    Session,
}

impl RollCalls {
    /// All votes, shape (calls × seats), row by row: 0 none recorded, 1 yes, 2 abstention, 3 no. None recorded is
    /// an absence, or a state that had no seat: never an abstention.
    pub fn votes(&self) -> &[u8] {
        &self.votes
    }

    /// The votes of one roll call, one a seat.
    pub fn row(&self, call: usize) -> &[u8] {
        let wide = self.seats.len();
        self.votes
            .get(call * wide..(call + 1) * wide)
            .unwrap_or(&[])
    }

    /// The vote of a seat on a roll call, where one is recorded.
    pub fn vote(&self, call: usize, seat: usize) -> Option<Vote> {
        self.row(call).get(seat).and_then(|v| Vote::of(*v))
    }

    /// The seat of a COW number.
    pub fn seat(&self, cow: u16) -> Option<usize> {
        self.seats.binary_search_by_key(&cow, |s| s.cow).ok()
    }

    /// The rows of every year or session, in order.
    pub fn by(&self, period: Period) -> Vec<(i16, Vec<usize>)> {
        let key = |c: &RollCall| match period {
            Period::Year => c.year(),
            Period::Session => c.session as i16,
        };
        let mut rows: Vec<usize> = (0..self.calls.len()).collect();
        rows.sort_by_key(|r| key(&self.calls[*r]));
        let groups = rows.chunk_by(|a, b| key(&self.calls[*a]) == key(&self.calls[*b]));
        groups
            .map(|g| (key(&self.calls[g[0]]), g.to_vec()))
            .collect()
    }

    /// Whether any roll call says what it is about.
    pub fn tell_issues(&self) -> bool {
        self.calls.iter().any(|c| c.issues.is_some())
    }

    /// First and last day.
    pub fn span(&self) -> Option<(Date, Date)> {
        let days = || self.calls.iter().map(|c| c.date);
        days().min().zip(days().max())
    }
}

/// Reads the file of votes: the publisher's, or one without absences.
///
/// A vote of 8 is an absence and used as such; a vote of 9 (not a member) is set aside, as is a second vote of
/// one state on one roll call, and a row that contradicts its roll call's session. A roll call's day is the one
/// that most of its rows give: a row that gives another is used, and named in [`Account::mended`]. So is a vote
/// for China before 25 October 1971 under the number of the People's Republic: it is Taiwan's.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Result<(RollCalls, Account), FileProblem> {
    let mut table = read_table(file, VOTES)?;
    let rows = table.rows();
    let (columns, aside) = table.split();
    let (ids, sessions) = (columns.ints("call"), columns.ints("session"));
    let (codes, votes, dates) = (
        columns.ints("ccode"),
        columns.ints("vote"),
        columns.days("date"),
    );
    let mut matrix = Matrix::default();
    let issues: Vec<Ints<'_>> = ISSUES.iter().map(|i| columns.ints(i)).collect();
    let about = ISSUES.iter().all(|i| columns.has(i)).then_some(issues);
    let mut states = CowCodes::new(Demand::Known);
    let mut day_before: Option<(i32, Date)> = None;
    for row in 0..rows {
        if !aside.is_good(row) {
            continue;
        }
        let Some(id) = need(aside, row, "call", ids.get(row)) else {
            continue;
        };
        let Some(session) = need(aside, row, "session", sessions.get(row)) else {
            continue;
        };
        let Some(code) = need(aside, row, "ccode", codes.get(row)) else {
            continue;
        };
        let Some(vote) = need(aside, row, "vote", votes.get(row)) else {
            continue;
        };
        let Some(number) = need(aside, row, "date", dates.number(row)) else {
            continue;
        };
        // Turning a number into a day costs more than the rest of the row; days come in runs.
        let day = match day_before {
            Some((n, day)) if n == number => Some(day),
            _ => dates.get(row),
        };
        let Some(date) = need(aside, row, "date", day) else {
            continue;
        };
        day_before = Some((number, date));
        if !matches!(vote, 1 | 2 | 3 | 8) {
            let reason = if vote == 9 {
                Reason::NotAMember
            } else {
                Reason::OutOfRange
            };
            aside.set(row, "vote", reason, vote);
            continue;
        }
        let voted_as = match china::voted_as(code, date) {
            Ok(voted_as) => voted_as,
            Err(reason) => {
                aside.set(row, "ccode", reason, format!("{code} on {date}"));
                continue;
            }
        };
        let Some(state) = states.state(aside, row, "ccode", Some(voted_as), date.year()) else {
            continue;
        };
        let seat = Seat {
            cow: voted_as as u16,
            state,
        };
        let call = RollCall {
            id: id as u32,
            session: session as u16,
            date,
            important: None,
            issues: about.as_ref().and_then(|a| bits(a, row)),
        };
        let cell = if vote == 8 { 0 } else { vote as u8 };
        if let Err((column, reason, value)) = matrix.put(call, seat, cell) {
            aside.set(row, column, reason, value);
        } else if voted_as != code {
            aside.mend(
                row,
                "ccode",
                Reason::NotAMember,
                format!("{code} on {date}"),
            );
        }
    }
    settle_days(&mut matrix, ids, dates, aside);
    let (calls, used) = matrix.finish();
    Ok((calls, table.close(file, used)))
}

/// The issues of a row, in the order of [`ISSUES`]; nothing where one is not told.
fn bits(about: &[Ints<'_>], row: usize) -> Option<u8> {
    let bit = |(n, i): (usize, &Ints<'_>)| i.get(row).map(|v| u8::from(v == 1) << n);
    about.iter().enumerate().map(bit).sum()
}

/// Gives every roll call with several days the one that most of its rows give; of two the earlier.
fn settle_days(matrix: &mut Matrix, ids: Ints<'_>, dates: Days<'_>, aside: &mut Aside) {
    let unsettled = std::mem::take(&mut matrix.unsettled);
    let calls = unsettled.iter().filter_map(|at| matrix.calls.get(*at));
    let mut rows: BTreeMap<i32, Vec<usize>> = calls.map(|c| (c.id as i32, Vec::new())).collect();
    if rows.is_empty() {
        return;
    }
    for row in 0..aside.rows() {
        let of_call = ids.get(row).and_then(|id| rows.get_mut(&id));
        if let Some(rows) = of_call.filter(|_| aside.is_good(row)) {
            rows.push(row);
        }
    }
    for at in unsettled {
        let Some(call) = matrix.calls.get_mut(at) else {
            continue;
        };
        let rows = rows.remove(&(call.id as i32)).unwrap_or_default();
        let mut count: BTreeMap<Date, usize> = BTreeMap::new();
        for day in rows.iter().filter_map(|r| dates.get(*r)) {
            *count.entry(day).or_default() += 1;
        }
        let most = count.iter().max_by_key(|(day, n)| (**n, Reverse(**day)));
        let Some((day, _)) = most else { continue };
        call.date = *day;
        for row in rows {
            if let Some(other) = dates.get(row).filter(|d| d != day) {
                aside.mend(row, "date", Reason::Contradiction, other);
            }
        }
    }
}
