//! What the page says of the record itself: who coded it, and what is folded.

use tertius::findings::Flag;
use tertius::record::{Diagnostic, DiagnosticId, Place};
use tertius::vocabulary::{Lang, Text};
use tertius_report::page::{PageOptions, report};

use crate::sample;

fn page(findings: &tertius::findings::Findings) -> String {
    report(findings, Lang::En, &PageOptions::default()).unwrap()
}

fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    page.split_once(from).unwrap().1.split_once(to).unwrap().0
}

/// Under the headline and in what it cannot tell: who coded, and the case's own words on it, as text.
#[test]
fn who_coded_stands_under_the_headline_and_in_what_it_cannot_tell() {
    let mut findings = sample::findings();
    // One hostile row has a coder that the case does not know.
    let n = findings.rows.len() - 1;
    let said = |page: &str| between(page, "class=\"lead\"", "<figure").to_owned();
    let whole = page(&findings);
    assert!(said(&whole).contains(&format!(
        "{n} rows of this record were coded by one person. Of one row nobody told who coded it."
    )));
    let caveat = "A second coder &lt;i&gt;moves&lt;&#x2f;i&gt; it";
    assert!(said(&whole).contains(caveat));
    assert!(between(&whole, "id=\"cannot\"", "</section>").contains(caveat));

    findings.coders[0].kind = "language-model".into();
    findings.coding = Text::default();
    let silent = page(&findings);
    assert!(said(&silent).contains("by a language model, none by a person."));
    assert!(said(&silent).contains("do not say how far another coder would move"));
    assert!(between(&silent, "id=\"cannot\"", "</section>").contains("none by a person."));

    findings.rows[0].coder = "nobody".into();
    assert!(said(&page(&findings)).contains("Of 2 rows nobody told who coded them."));

    findings.coders.clear();
    let untold = page(&findings);
    for part in [
        said(&untold),
        between(&untold, "id=\"cannot\"", "</section>").to_owned(),
    ] {
        assert!(part.contains("Nobody told who coded this record"), "{part}");
    }
}

/// Ninety months with one flag are one stretch, and remarks that differ by what they name alone are one.
#[test]
fn what_is_equal_is_told_once() {
    let mut findings = sample::findings();
    for m in &mut findings.months {
        m.flags.clear();
        m.rule.flags.clear();
    }
    for t in (0..90).chain([95]) {
        findings.months[t]
            .flags
            .push(Flag::new("mode_split").with("role", "proxy"));
    }
    let classes = ["support", "exemption", "brokerage"];
    findings.diagnostics = classes
        .map(|c| {
            Diagnostic::new(DiagnosticId::NoCoverage, Place::file("coverage.csv")).with("value", c)
        })
        .into();
    let page = page(&findings);
    let flags = between(&page, "id=\"flags\"", "</section>");
    assert!(flags.contains("2012-01 – 2019-06, 2019-12"), "{flags}");
    let remarks = between(&page, "Remarks on the record", "</section>");
    assert_eq!(remarks.matches("coverage.csv").count(), 1, "{remarks}");
    assert!(
        remarks.contains("support, exemption, brokerage"),
        "{remarks}"
    );
}

/// On a narrow screen the small tables are stacked, each cell under the name of its column.
#[test]
fn cells_of_small_tables_carry_the_names_of_their_columns() {
    let page = page(&sample::findings());
    let turns = between(&page, "<section id=\"turns\"", "</section>");
    for name in ["month", "90% interval", "turn", "probability"] {
        assert!(turns.contains(&format!("data-h=\"{name}\"")), "{name}");
    }
    assert!(!page.contains("<div class=\"wide\"><table>"));
}
