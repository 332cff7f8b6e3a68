//! The release of 2021 as the R package `unvotes` carries it: votes, roll calls and issues in three files.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::super::rows::{need, why};
use super::{ISSUES, Matrix, RollCall, RollCalls, Seat, china};
use crate::catalogue::{KnownFile, Part};
use crate::states::{CodeSystem, StateId, States};
use crate::table::{Account, Aside, Field, FileProblem, Kind, RawFile, Reason, Texts, read_table};

pub(super) const VOTES_PART: Part = Part {
    id: "package-votes",
    fields: VOTES,
    coverage: (1946, 2019),
    read: read_votes_alone,
    files: &[KnownFile::converted(
        "un_votes/unvotes_pkg_votes_1946_2019.parquet",
        "8d923d82b3fceb8832ae0901eb8ca04008bdd9ee3c54d542eb6b3f630db85189",
        870_109,
    )],
};

pub(super) const CALLS_PART: Part = Part {
    id: "package-calls",
    fields: CALLS,
    coverage: (1946, 2020),
    read: |file| Ok(read_calls(file)?.1),
    files: &[KnownFile::converted(
        "un_votes/unvotes_pkg_roll_calls.csv.gz",
        "b1dc2fab0f1036457539a0b390d1648dbf40e6847e3b8d72104cd9382dd91fae",
        6_203,
    )],
};

pub(super) const ISSUES_PART: Part = Part {
    id: "package-issues",
    fields: ISSUE_FIELDS,
    coverage: (1946, 2020),
    read: |file| Ok(read_issues(file)?.1),
    files: &[KnownFile::converted(
        "un_votes/unvotes_pkg_issues.csv.gz",
        "c4c1d76d899c15eca9a198e213a7822597d012c8cbbab4e1b3c9a2f9e46c5d92",
        5_745,
    )],
};

static VOTES: &[Field] = &[
    Field::key("call", &["rcid"], Kind::Int(1, i32::MAX)),
    Field::key("country", &["country"], Kind::Label),
    Field::value("country_code", &["country_code"], Kind::Code, "", &[]),
    Field::key("vote", &["vote"], Kind::Code),
];

static CALLS: &[Field] = &[
    Field::key("call", &["rcid"], Kind::Int(1, i32::MAX)),
    Field::key("session", &["session"], Kind::Int(1, 200)),
    Field::value("important", &["importantvote"], Kind::Int(0, 1), "", &[]),
    Field::key("date", &["date"], Kind::Day),
];

static ISSUE_FIELDS: &[Field] = &[
    Field::key("call", &["rcid"], Kind::Int(1, i32::MAX)),
    Field::key("issue", &["short_name"], Kind::Code),
];

type Calls = BTreeMap<u32, RollCall>;

/// What can be told of the votes without the roll calls: whether each is a vote, and comes once. Whose votes they
/// are rests on the days of the roll calls ([`read_package`]).
fn read_votes_alone(file: &RawFile) -> Result<Account, FileProblem> {
    let mut table = read_table(file, VOTES)?;
    let rows = table.rows();
    let (columns, aside) = table.split();
    let (ids, cells) = (columns.ints("call"), columns.texts("vote"));
    let (codes, names) = (columns.texts("country_code"), columns.texts("country"));
    let mut seen = BTreeSet::new();
    let mut used = 0;
    for row in 0..rows {
        if !aside.is_good(row) || vote_of(aside, row, cells.get(row)).is_none() {
            continue;
        }
        let code = codes.position(row);
        let name = names.position(row).filter(|_| code.is_none());
        if !seen.insert((ids.get(row), code, name)) {
            let whose = codes.get(row).or(names.get(row)).unwrap_or("");
            aside.set(row, "country_code", Reason::Duplicate, whose);
            continue;
        }
        used += 1;
    }
    Ok(table.close(file, used))
}

/// The vote of a cell, or nothing after the row was set aside.
fn vote_of(aside: &mut Aside, row: usize, cell: Option<&str>) -> Option<u8> {
    match cell {
        Some("yes") => Some(1),
        Some("abstain") => Some(2),
        Some("no") => Some(3),
        other => {
            aside.set(row, "vote", Reason::NotOneOf, other.unwrap_or(""));
            None
        }
    }
}

fn read_calls(file: &RawFile) -> Result<(Calls, Account), FileProblem> {
    let mut table = read_table(file, CALLS)?;
    let rows = table.rows();
    let (columns, aside) = table.split();
    let (ids, sessions) = (columns.ints("call"), columns.ints("session"));
    let (important, dates) = (columns.ints("important"), columns.days("date"));
    let mut calls = Calls::new();
    for row in (0..rows).filter(|r| aside.is_good(*r)).collect::<Vec<_>>() {
        let Some(id) = need(aside, row, "call", ids.get(row)) else {
            continue;
        };
        let Some(session) = need(aside, row, "session", sessions.get(row)) else {
            continue;
        };
        let Some(date) = need(aside, row, "date", dates.get(row)) else {
            continue;
        };
        if calls.contains_key(&(id as u32)) {
            aside.set(row, "call", Reason::Duplicate, id);
            continue;
        }
        let call = RollCall {
            id: id as u32,
            session: session as u16,
            date,
            important: important.get(row).map(|v| v == 1),
            issues: None,
        };
        calls.insert(id as u32, call);
    }
    let used = calls.len();
    Ok((calls, table.close(file, used)))
}

fn read_issues(file: &RawFile) -> Result<(BTreeMap<u32, u8>, Account), FileProblem> {
    let mut table = read_table(file, ISSUE_FIELDS)?;
    let rows = table.rows();
    let (columns, aside) = table.split();
    let (ids, issues) = (columns.ints("call"), columns.texts("issue"));
    let mut found: BTreeMap<u32, u8> = BTreeMap::new();
    let mut used = 0;
    for row in (0..rows).filter(|r| aside.is_good(*r)).collect::<Vec<_>>() {
        let Some(id) = need(aside, row, "call", ids.get(row)) else {
            continue;
        };
        let Some(issue) = need(aside, row, "issue", issues.get(row)) else {
            continue;
        };
        let Some(bit) = ISSUES.iter().position(|i| *i == issue) else {
            aside.set(row, "issue", Reason::NotOneOf, issue);
            continue;
        };
        let bits = found.entry(id as u32).or_default();
        if *bits & (1 << bit) != 0 {
            aside.set(row, "issue", Reason::Duplicate, issue);
            continue;
        }
        *bits |= 1 << bit;
        used += 1;
    }
    Ok((found, table.close(file, used)))
}

/// Reads the three files of the package together.
///
/// The package calls Yugoslavia and Serbia `YU` to the end, and gives no code at all to the Federal Republic of
/// Germany, the Yemen Arab Republic and Zanzibar; those are known by name.
///
/// # Errors
///
/// Where a file as a whole cannot be used.
pub fn read_package(
    votes: &RawFile,
    calls: &RawFile,
    issues: &RawFile,
) -> Result<(RollCalls, [Account; 3]), FileProblem> {
    let (mut by_id, calls_account) = read_calls(calls)?;
    let (about, issues_account) = read_issues(issues)?;
    for (id, call) in &mut by_id {
        call.issues = Some(about.get(id).copied().unwrap_or(0));
    }
    let mut table = read_table(votes, VOTES)?;
    let rows = table.rows();
    let (columns, aside) = table.split();
    let (ids, cells) = (columns.ints("call"), columns.texts("vote"));
    let who = [columns.texts("country_code"), columns.texts("country")];
    let mut matrix = Matrix::default();
    let mut seats = Seats::default();
    for row in 0..rows {
        if !aside.is_good(row) {
            continue;
        }
        let Some(id) = need(aside, row, "call", ids.get(row)) else {
            continue;
        };
        let Some(call) = by_id.get(&(id as u32)) else {
            aside.set(row, "call", Reason::Contradiction, id);
            continue;
        };
        let Some(vote) = vote_of(aside, row, cells.get(row)) else {
            continue;
        };
        let Some(seat) = seats.find(aside, row, who, call.date) else {
            continue;
        };
        if let Err((column, reason, value)) = matrix.put(call.clone(), seat, vote) {
            aside.set(row, column, reason, value);
        }
    }
    let (found, used) = matrix.finish();
    let account = table.close(votes, used);
    Ok((found, [account, calls_account, issues_account]))
}

/// Seats by code, name and year, so that each is looked up once.
#[derive(Default)]
struct Seats(BTreeMap<SeatKey, Result<Seat, Reason>>);

/// Places of code and name in their dictionaries, and the year.
type SeatKey = (Option<usize>, Option<usize>, i16);

impl Seats {
    fn find(
        &mut self,
        aside: &mut Aside,
        row: usize,
        [codes, names]: [Texts<'_>; 2],
        date: Date,
    ) -> Option<Seat> {
        // A name counts only where there is no code.
        let code = codes.position(row);
        let name = code.map_or_else(|| names.position(row), |_| None);
        let found = self.0.entry((code, name, date.year())).or_insert_with(|| {
            let state = state_of(codes.get(row), names.get(row), date.year())?;
            let cow = States::bundled().code(state, CodeSystem::Cow, date);
            // A seat before its state was sovereign (Ukraine in 1946) goes under the number that it has later.
            let cow = cow.and_then(|c| c.parse().ok()).ok_or(Reason::NotThen)?;
            Ok(Seat { cow, state })
        });
        let found = &found.and_then(|seat| {
            let cow = china::voted_as(i32::from(seat.cow), date)?;
            if cow == i32::from(seat.cow) {
                return Ok(seat);
            }
            let states = States::bundled();
            let state = states.cow_in_year(cow, date.year()).map_err(|p| why(&p))?;
            Ok(Seat {
                cow: cow as u16,
                state,
            })
        });
        match found {
            Ok(seat) => Some(*seat),
            Err(reason) => {
                let label = codes.get(row).or(names.get(row)).unwrap_or("");
                let shown = format!("{label} in {}", date.year());
                aside.set(row, "country_code", *reason, shown);
                None
            }
        }
    }
}

fn state_of(code: Option<&str>, name: Option<&str>, year: i16) -> Result<StateId, Reason> {
    let states = States::bundled();
    let by_name = |n: &str| {
        let key = match n {
            "Federal Republic of Germany" => "germany",
            "Yemen Arab Republic" => "yemen",
            "Zanzibar" => "zanzibar",
            _ => return None,
        };
        states.by_key(key)
    };
    match code {
        Some("YU") => states.by_key("serbia").ok_or(Reason::UnknownCode),
        Some(code) => states
            .find_in_year(CodeSystem::Iso2, code, year)
            .map_err(|p| why(&p)),
        None => name.and_then(by_name).ok_or(Reason::Empty),
    }
}
