//! A broken case for every kind of problem.

use std::collections::BTreeSet;

use tertius::record::{Diagnostic, DiagnosticId, Severity};

use crate::case::Case;
use crate::{broken_files, broken_rows, broken_tables, broken_toml};

/// A case with something wrong, and all that should be told of it: `file:row:column id`.
pub(crate) struct Broken {
    pub(crate) name: &'static str,
    pub(crate) case: Case,
    pub(crate) told: Vec<String>,
}

pub(crate) fn broken(name: &'static str, case: Case, told: &[&str]) -> Broken {
    let told = told.iter().map(|t| (*t).to_owned()).collect();
    Broken { name, case, told }
}

fn all() -> Vec<Broken> {
    let mut all = broken_files::files();
    all.extend(broken_toml::case_toml());
    all.extend(broken_files::bibliography());
    all.extend(broken_rows::acts());
    all.extend(broken_tables::other_tables());
    all
}

pub(crate) fn line(d: &Diagnostic) -> String {
    let row = d.place.row.map_or("-".to_owned(), |r| r.to_string());
    let column = d.place.column.as_deref().unwrap_or("-");
    format!("{}:{row}:{column} {}", d.place.file, d.id)
}

#[test]
fn each_broken_case_is_told_as_it_should_be_and_an_error_leaves_no_record() {
    let mut wrong = Vec::new();
    for Broken { name, case, told } in all() {
        let (record, problems) = case.load();
        let found: Vec<String> = problems.iter().map(line).collect();
        if found != told {
            wrong.push(format!("{name}\n  expected {told:?}\n  found    {found:?}"));
        }
        let errors = problems.iter().any(|d| d.severity == Severity::Error);
        if record.is_some() == errors {
            wrong.push(format!(
                "{name}: record {}, errors {errors}",
                record.is_some()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_of_problem_has_its_broken_case() {
    let told: BTreeSet<DiagnosticId> = all()
        .iter()
        .flat_map(|b| b.case.problems())
        .map(|d| d.id)
        .collect();
    let missing: Vec<_> = DiagnosticId::ALL
        .iter()
        .filter(|d| !told.contains(d))
        .collect();
    assert!(missing.is_empty(), "no broken case for {missing:?}");
}

#[test]
fn a_problem_carries_the_words_that_its_kind_promises() {
    for Broken { name, case, .. } in all() {
        for d in case.problems() {
            let words: Vec<&str> = d.fields.keys().map(String::as_str).collect();
            let mut promised = d.id.fields().to_vec();
            promised.sort_unstable();
            assert_eq!(words, promised, "{name}: {}", d.id);
            assert_eq!(d.severity, d.id.severity(), "{name}: {}", d.id);
        }
    }
}

#[test]
fn broken_cases_have_names_of_their_own() {
    let names: Vec<&str> = all().iter().map(|b| b.name).collect();
    let once: BTreeSet<&&str> = names.iter().collect();
    assert_eq!(once.len(), names.len());
    assert!(names.len() >= 100, "{}", names.len());
}

/// Kinds that speak of a whole file, and kinds that speak of a whole line of one. All others name the
/// cell or key.
const OF_A_FILE: &[DiagnosticId] = &[
    DiagnosticId::MissingFile,
    DiagnosticId::UnreadableFile,
    DiagnosticId::AbsentTable,
    DiagnosticId::UnknownFile,
    DiagnosticId::EmptyTable,
    DiagnosticId::UndeclaredSeries,
    DiagnosticId::NoCoverage,
    DiagnosticId::NothingToRead,
];
const OF_A_LINE: &[DiagnosticId] = &[
    DiagnosticId::NotUtf8,
    DiagnosticId::RaggedRow,
    DiagnosticId::TooManyRows,
    DiagnosticId::NotToml,
    DiagnosticId::MoreAlike,
];

/// What a broken case asserts of each kind is not that it is told, but where.
#[test]
fn every_kind_of_problem_is_asserted_with_file_row_and_column() {
    let told: Vec<String> = all().into_iter().flat_map(|b| b.told).collect();
    let mut wrong = Vec::new();
    for id in DiagnosticId::ALL {
        let places = told.iter().filter_map(|t| {
            let (place, kind) = t.rsplit_once(' ')?;
            (kind == id.as_str()).then_some(place)
        });
        let mut places: Vec<Vec<&str>> = places.map(|p| p.splitn(3, ':').collect()).collect();
        places.retain(|p| p.len() == 3 && !p[0].is_empty());
        let placed = places.iter().any(|p| {
            let row = p[1].parse::<u64>().is_ok_and(|row| row > 0);
            OF_A_FILE.contains(id) || (row && (OF_A_LINE.contains(id) || p[2] != "-"))
        });
        if !placed {
            wrong.push(format!("{id}: {places:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
