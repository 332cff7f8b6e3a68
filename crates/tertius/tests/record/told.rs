//! What is said of a problem, beyond its kind and place.

use tertius::record::DiagnosticId as Id;

use crate::case::Case;

/// Every row is read, hidden, or counted as one of months that are not read.
#[test]
fn rows_of_months_that_are_not_read_are_counted() {
    let case = Case::valid()
        .toml("from = \"2014-01\"", "from = \"2014-05\"")
        .toml("to = \"2014-12\"", "to = \"2014-06\"");
    let (record, problems) = case.load();
    let record = record.unwrap();
    let of = |file: &str| record.left_out.iter().find(|l| l.file == file).unwrap();
    // Two acts of March and April, and one that begins in July; the act of May and the gain of June are read.
    assert_eq!(
        (of("acts.csv").before_span, of("acts.csv").after_span),
        (2, 1)
    );
    // The measure of March reaches into the span by what may answer it; that of July comes after.
    assert_eq!(
        (
            of("measures.csv").before_span,
            of("measures.csv").after_span
        ),
        (0, 1)
    );
    let acts = &problems[0];
    let words = ["side", "count", "rows", "month"].map(|w| acts.fields[w].as_str());
    assert_eq!(words, ["before", "2", "2, 4", "2014-05"]);
}

/// What the ally is called in a case is most likely one of its own three, or a name.
#[test]
fn an_actor_that_is_none_is_told_with_the_one_that_is_meant() {
    for (written, meant) in [
        ("JAP", "JPN"),
        ("Japan", "JPN"),
        ("US", "USA"),
        ("Rusia", "RUS"),
        ("日本", "JPN"),
    ] {
        let problems = Case::valid()
            .cell("acts.csv", 2, "target", written)
            .problems();
        assert_eq!(problems[0].id, Id::UnknownActor);
        assert_eq!(problems[0].fields["nearest"], meant, "{written}");
    }
    let problems = Case::valid()
        .toml("ally = \"JPN\"", "ally = \"Japan\"")
        .problems();
    let told = problems.iter().find(|d| d.id == Id::UnknownActor).unwrap();
    assert_eq!(
        (
            told.place.column.as_deref(),
            told.fields["nearest"].as_str()
        ),
        (Some("triad.ally"), "JPN")
    );
}

/// A source is found by any one place, and an address without its beginning is told once, as that.
#[test]
fn a_source_needs_one_place_and_no_certain_one() {
    let with = |fields: &str| {
        let entry = format!("\n@article{{one, title = {{T}}, year = 2016, {fields}}}\n");
        let case = Case::valid().append("sources.bib", &entry);
        let told = case
            .problems()
            .into_iter()
            .filter(|d| d.place.row == Some(17));
        told.map(|d| d.id)
            .filter(|id| *id != Id::SourceUnused)
            .collect::<Vec<_>>()
    };
    for place in [
        "doi = {10.1/x}",
        "journal = {J}, pages = {1--2}",
        "eprint = {1234.5678}",
        "institution = {I}",
    ] {
        assert!(with(place).is_empty(), "{place}");
    }
    assert_eq!(with("pages = {1--2}"), [Id::SourceIncomplete]);
    assert_eq!(with("url = {www.example.org/a?b=1}"), [Id::BadUrl]);
    assert_eq!(
        with("url = {ftp://example.org/a}"),
        [Id::SourceIncomplete, Id::BadUrl]
    );
    assert_eq!(
        with("url = {see the archive}"),
        [Id::SourceIncomplete, Id::BadUrl]
    );
}
