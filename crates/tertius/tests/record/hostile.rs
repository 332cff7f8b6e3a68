//! Cases made to break the program that reads them.

use tertius::record::{DiagnosticId as Id, MAX_ROWS};

use crate::broken::line;
use crate::case::Case;
use crate::exercise::deep_bibliographies;

#[test]
fn a_problem_shows_every_character_that_it_quotes() {
    let case = Case::valid().cell("acts.csv", 2, "class", "\u{1b}[2Jsup\u{202E}port\u{200B}");
    let problems = case.problems();
    assert_eq!(problems[0].id, Id::UnknownClass);
    assert_eq!(
        problems[0].fields["value"],
        "\\u{1b}[2Jsup\\u{202e}port\\u{200b}"
    );
    let case = Case::valid().replace("acts.csv", "confidence", "\u{1b}[2J");
    assert_eq!(
        case.problems()[0].place.column.as_deref(),
        Some("\\u{1b}[2J")
    );
}

#[test]
fn a_problem_is_short_however_long_the_cell() {
    let long = "x".repeat(5_000_000);
    let case = Case::valid()
        .cell("acts.csv", 2, "class", &long)
        .cell("acts.csv", 3, "date", &long);
    for d in case.problems() {
        assert!(
            d.fields.values().all(|v| v.chars().count() <= 121),
            "{}",
            d.id
        );
    }
    let header = Case::valid().replace("acts.csv", "confidence", &long);
    let problems = header.problems();
    assert_eq!(problems[0].id, Id::UnknownColumn);
    assert_eq!(
        problems[0].place.column.as_ref().unwrap().chars().count(),
        121
    );
}

#[test]
fn encodings_are_told_by_name() {
    let (_, gbk) = ("外相", b"\xCD\xE2\xCF\xE0");
    for (bytes, name) in [
        (b"\xFF\xFEi\0d\0".as_slice(), "UTF-16"),
        (b"i\0d\0,\0", "UTF-16"),
        (gbk, "GBK"),
        (b"caf\xE9,x", "Latin-1"),
        (b"id,date\n1,\0,and so on\n", "NUL"),
    ] {
        let problems = Case::valid().with("coverage.csv", bytes).problems();
        assert_eq!(problems[0].id, Id::NotUtf8);
        assert_eq!(problems[0].fields["encoding"], name);
    }
}

#[test]
fn a_misspelt_word_is_given_its_neighbour() {
    for (row, column, value, near) in [
        (2, "class", "suport", "support"),
        (2, "actor", "JNP", "JPN"),
        (2, "actor", "zzzz", ""),
        (2, "sources", "wire20140381", "wire20140318"),
    ] {
        let problems = Case::valid()
            .cell("acts.csv", row, column, value)
            .problems();
        let found = problems[0].fields.get("nearest").map(String::as_str);
        assert_eq!(found, Some(near), "{value}: {problems:?}");
    }
}

#[test]
fn bibliographies_that_grow_without_end_are_refused() {
    for (name, text) in deep_bibliographies() {
        let case = Case::valid().append("sources.bib", &text);
        let problems = case.problems();
        assert!(problems.iter().any(|d| d.id == Id::NotBib), "{name}");
        assert!(
            problems.iter().all(|d| d.place.file == "sources.bib"),
            "{name}: {problems:?}"
        );
    }
}

#[test]
fn deep_toml_is_refused() {
    for text in [
        "[".repeat(100_000),
        "a.".repeat(100_000),
        format!("a = {}", "[".repeat(100_000)),
        format!("a = {}", "{a=".repeat(100_000)),
    ] {
        let problems = Case::valid().with("case.toml", text).problems();
        assert!(problems.iter().any(|d| d.id == Id::NotToml));
    }
}

#[test]
fn a_long_case_toml_is_read_in_a_time_that_grows_with_it() {
    // Ten thousand actors, each misdeclared in two ways: a line is looked up for each, not counted anew.
    let actors: String = (0..10_000)
        .map(|i| format!("[[actors]]\ncode = \"A {i}\"\nnam = 1\n"))
        .collect();
    let problems = Case::valid()
        .append("case.toml", &format!("\n{actors}"))
        .problems();
    let more: Vec<String> = problems
        .iter()
        .filter(|d| d.id == Id::MoreAlike)
        .map(line)
        .collect();
    assert_eq!(more.len(), 3, "{more:?}");
}

#[test]
fn contradictions_are_found_among_two_hundred_thousand_rows() {
    // Quadratic in the rows this would be forty thousand million comparisons.
    let rows = MAX_ROWS as usize - 4;
    let mut text = "answers,2013-01,2013-06,yes,ann,,\n".repeat(rows);
    text.push_str("answers,2013-06,2013-07,no,ann,,\n");
    let problems = Case::valid().append("coverage.csv", &text).problems();
    let found: Vec<String> = problems.iter().map(line).collect();
    assert_eq!(
        found,
        [format!(
            "coverage.csv:{}:exhaustive coverage-contradiction",
            rows + 5
        )]
    );
}

#[test]
fn what_a_million_rows_have_wrong_is_counted() {
    let text = Case::valid().text("positions.csv") + &"x,y\n".repeat(1_000_000);
    let problems = Case::valid().with("positions.csv", text).problems();
    let found: Vec<String> = problems.iter().map(line).collect();
    assert_eq!(found.len(), 502);
    assert_eq!(found[0], "positions.csv:4:- ragged-row");
    assert_eq!(found[500], "positions.csv:504:- more-alike");
    assert_eq!(
        found[501],
        format!("positions.csv:{}:- too-many-rows", MAX_ROWS + 2)
    );
    // Two rows of the case itself, five hundred told.
    assert_eq!(
        problems[500].fields["count"],
        (MAX_ROWS - 2 - 500).to_string()
    );
}
