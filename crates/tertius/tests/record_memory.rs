//! A file of forty megabytes is read in less than a gigabyte. Alone in its binary, so that the most
//! memory that the process ever held is this test's.

#![allow(
    clippy::unwrap_used,
    clippy::wrong_self_convention,
    reason = "a test that can not go on should stop where it is"
)]

use tertius::record::{DiagnosticId as Id, MemoryFiles, load};

const CASE: &[(&str, &str)] = &[
    ("case.toml", include_str!("record/valid/case.toml")),
    ("sources.bib", include_str!("record/valid/sources.bib")),
    (
        "series/energy.csv",
        include_str!("record/valid/series/energy.csv"),
    ),
    (
        "series/polls.csv",
        include_str!("record/valid/series/polls.csv"),
    ),
];

/// The most bytes of memory that this process held; nothing where the system does not say.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.trim()
        .strip_suffix(" kB")?
        .parse::<u64>()
        .ok()
        .map(|kb| kb * 1024)
}

#[test]
fn a_million_rows_are_read_in_less_than_a_gigabyte() {
    let header =
        "id,date,actor,target,class,severity,description,sources,quote,locator,checked,coder\n";
    let row = |i: usize| format!("a{i},2014,JPN,,support,1,x,book2015,,,no,ann\n");
    let good: String = std::iter::once(header.to_owned())
        .chain((0..1_000_000).map(row))
        .collect();
    let bad = |i: usize| format!("a{i},2014-13,JAP,,suport,9,<b>,book,,,maybe,bob\n");
    let worse: String = std::iter::once(header.to_owned())
        .chain((0..1_000_000).map(bad))
        .collect();
    assert!(good.len() > 40_000_000 && worse.len() > 40_000_000);

    let mut files: MemoryFiles = CASE.iter().copied().collect();
    files.insert("acts.csv", good);
    let (record, problems) = load(&files, None);
    assert!(record.is_none());
    assert!(
        problems
            .iter()
            .any(|d| d.id == Id::TooManyRows && d.place.row == Some(200_002))
    );

    files.insert("acts.csv", worse);
    let (record, problems) = load(&files, None);
    assert!(record.is_none());
    assert!(problems.len() < 10_000, "{}", problems.len());

    match peak() {
        Some(bytes) => assert!(bytes < 1 << 30, "{} MB", bytes >> 20),
        None => eprintln!("SKIPPED the most memory held: needs /proc/self/status"),
    }
}
