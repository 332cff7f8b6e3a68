//! The votes of the General Assembly and published points, from the folder of public data.

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Row;
use parquet::record::RowAccessor;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write};
use std::path::PathBuf;
use tertius_math::votes::{Choice, Vote, VoteMatrix};

/// A file of the public data, or nothing after saying what is skipped. Under `CI` a skip is a failure.
pub(super) fn public(path: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("TERTIUS_DATA").map(PathBuf::from);
    let found = folder.map(|f| f.join(path)).filter(|f| f.is_file());
    if found.is_none() {
        let said =
            format!("SKIPPED {path}: set TERTIUS_DATA to a folder of public data that has it");
        assert!(std::env::var_os("CI").is_none(), "{said}");
        let _ = writeln!(std::io::stdout(), "{said}");
    }
    found
}

/// Roll calls by session, with the year of each.
pub(super) struct Assembly {
    pub(super) votes: VoteMatrix,
    pub(super) years: Vec<i32>,
    /// COW number of each voter, in order.
    pub(super) states: Vec<i32>,
}

impl Assembly {
    pub(super) fn voter(&self, state: i32) -> u32 {
        self.states.binary_search(&state).unwrap() as u32
    }
}

/// A roll call whose rows disagree on the year has the year that most of them give: of a few rows of
/// session 78 the day is another than that of all the others.
pub(super) fn assembly() -> Option<Assembly> {
    let file = File::open(public("un_votes/un_votes_1946_2024.parquet")?).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let rows: Vec<(i32, i32, i32, i32, Choice)> = reader
        .get_row_iter(None)
        .unwrap()
        .map(|row| of(&row.unwrap()))
        .collect();
    let mut told: BTreeMap<(i32, i32), BTreeMap<i32, usize>> = BTreeMap::new();
    for &(session, call, year, ..) in &rows {
        *told
            .entry((session, call))
            .or_default()
            .entry(year)
            .or_insert(0) += 1;
    }
    let most = |years: BTreeMap<i32, usize>| years.into_iter().max_by_key(|y| y.1).unwrap().0;
    let calls: BTreeMap<(i32, i32), i32> = told.into_iter().map(|(c, y)| (c, most(y))).collect();
    let mut states: Vec<i32> = rows.iter().map(|r| r.3).collect();
    states.sort_unstable();
    states.dedup();
    let place: BTreeMap<(i32, i32), u32> = calls.keys().copied().zip(0..).collect();
    let votes: Vec<Vote> = rows
        .iter()
        .map(|&(session, call, _, state, choice)| Vote {
            voter: states.binary_search(&state).unwrap() as u32,
            roll_call: place[&(session, call)],
            choice,
        })
        .collect();
    let sessions = calls.keys().map(|c| c.0).collect();
    Some(Assembly {
        votes: VoteMatrix::from_votes(states.len(), sessions, &votes).unwrap(),
        years: calls.into_values().collect(),
        states,
    })
}

/// Session, roll call, year, state and choice of one row.
fn of(row: &Row) -> (i32, i32, i32, i32, Choice) {
    let small = |i| i32::from(row.get_short(i).unwrap());
    let year = row.get_string(2).unwrap()[..4].parse().unwrap();
    let choice = Choice::ALL[row.get_byte(5).unwrap() as usize - 1];
    (small(1), row.get_int(0).unwrap(), year, small(4), choice)
}

/// A published point by state and session.
pub(super) fn published(
    path: &str,
    column: &str,
    session: impl Fn(&BTreeMap<String, String>) -> i32,
) -> Option<BTreeMap<(i32, i32), f64>> {
    let mut text = Vec::new();
    let mut file = File::open(public(path)?).unwrap();
    if path.ends_with(".gz") {
        let mut unpacked = flate2::read::GzDecoder::new(file);
        unpacked.read_to_end(&mut text).unwrap();
    } else {
        file.read_to_end(&mut text).unwrap();
    }
    let mut points = BTreeMap::new();
    for row in csv::Reader::from_reader(&text[..]).deserialize() {
        let row: BTreeMap<String, String> = row.unwrap();
        if let Ok(point) = row[column].parse() {
            points.insert((row["ccode"].parse().unwrap(), session(&row)), point);
        }
    }
    Some(points)
}
