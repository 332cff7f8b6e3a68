//! The report as a page and on a terminal.

use tertius::record::{Diagnostic, DiagnosticId, Place};
use tertius::vocabulary::Lang;
use tertius_report::page::{PageOptions, report};
use tertius_report::{diagnostics, terminal};

use crate::sample;

fn page(lang: Lang) -> String {
    report(&sample::findings(), lang, &PageOptions::default()).unwrap()
}

/// The page without our own scripts.
fn without_scripts(page: &str) -> String {
    let mut parts = page.split("<script>");
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        out.push_str(part.split_once("</script>").unwrap().1);
    }
    out
}

#[test]
fn a_hostile_text_stays_a_text() {
    for lang in Lang::ALL {
        let page = page(lang);
        assert!(page.contains("</script>"));
        let rest = without_scripts(&page);
        for evil in [
            "<script>alert",
            "<img src=x",
            "<b>",
            "href=\"javascript:",
            "\" onclick=",
        ] {
            assert!(!rest.contains(evil), "{lang}: {evil}");
        }
    }
    // The templates are not run over what they are filled with.
    assert!(page(Lang::Zh).contains("{{ 7 * 7 }}"));
}

/// Each script that runs is named by its hash, and nothing asks for `eval` or the network.
#[test]
fn the_policy_lets_only_our_scripts_run() {
    let page = page(Lang::En);
    let policy = page
        .split("Content-Security-Policy\" content=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert!(
        policy.starts_with("default-src &#x27;none&#x27;;")
            || policy.starts_with("default-src 'none';"),
        "{policy}"
    );
    assert_eq!(policy.matches("sha256-").count(), 4);
    assert_eq!(page.matches("<script>").count(), 4);
    assert!(!policy.contains("unsafe-eval"));
    let rest = without_scripts(&page);
    for outside in [
        "<link",
        "src=\"http",
        "@import",
        "url(http",
        "<iframe",
        "<form",
    ] {
        assert!(!rest.contains(outside), "{outside}");
    }
}

/// From a number to its source: every link inside the page has its anchor, each row one, each source one.
#[test]
fn every_link_inside_the_page_arrives() {
    for lang in Lang::ALL {
        let page = without_scripts(&page(lang));
        let values = |start: &str| -> Vec<String> {
            page.split(start)
                .skip(1)
                .map(|p| p.split('"').next().unwrap().to_owned())
                .collect()
        };
        let anchors = values(" id=\"");
        let mut once = anchors.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), anchors.len(), "an anchor comes twice");
        let links = values("href=\"#");
        assert!(
            links.iter().any(|l| l.starts_with("row-"))
                && links.iter().any(|l| l.starts_with("src-"))
        );
        for link in links {
            assert!(once.binary_search(&link).is_ok(), "#{link} leads nowhere");
        }
        let findings = sample::findings();
        for row in &findings.rows {
            assert!(once.binary_search(&format!("row-{}", row.id)).is_ok());
        }
        assert!(
            page.contains("href=\"https:&#x2f;&#x2f;example.org")
                || page.contains("href=\"https://example.org")
        );
    }
}

#[test]
fn every_figure_has_its_caption_and_table() {
    let page = without_scripts(&page(Lang::En));
    let n = page.matches("<figure ").count();
    assert_eq!(n, 9);
    assert_eq!(page.matches("<figcaption>").count(), n);
    assert_eq!(
        page.matches("<details><summary>The same as a table")
            .count(),
        n
    );
    assert!(
        page.contains("<html lang=\"en\">") && page.contains("<main ") && page.contains("<nav ")
    );
    let at = |what: &str| page.find(what).unwrap_or_else(|| panic!("{what}"));
    let order = [
        "class=\"lead\"",
        "id=\"river\"",
        "id=\"plane\"",
        "id=\"triangle\"",
        "id=\"heat\"",
        "id=\"turns\"",
        "id=\"evidence\"",
        "id=\"rule\"",
        "id=\"sensitivity\"",
        "id=\"published\"",
        "id=\"methods\"",
        "id=\"data\"",
        "id=\"cannot\"",
        "id=\"rows\"",
        "id=\"sources\"",
    ];
    assert!(order.windows(2).all(|w| at(w[0]) < at(w[1])));
}

#[test]
fn the_same_findings_give_the_same_bytes() {
    assert_eq!(page(Lang::Zh), page(Lang::Zh));
}

/// A waterfall's month and role, a reading without evidence, and a fast run all still make a page.
#[test]
fn an_empty_and_an_approximate_reading_have_a_page() {
    let mut findings = sample::findings();
    findings.provenance.approximate = true;
    findings.months.clear();
    findings.turning_points.clear();
    findings.waterfalls.clear();
    findings.rows.clear();
    findings.sources.clear();
    findings.readings.clear();
    let page = report(&findings, Lang::En, &PageOptions::default()).unwrap();
    assert!(page.contains("Not for publication"));
    assert!(terminal::summary(&findings, Lang::Zh).contains("不可用于发表"));
}

#[test]
fn the_terminal_has_eighty_columns_and_no_colour() {
    for lang in Lang::ALL {
        let text = terminal::summary(&sample::findings(), lang);
        for line in text.lines() {
            assert!(terminal::columns(line) <= terminal::WIDTH, "{line}");
        }
        assert!(!text.contains('\u{1b}'));
        insta::assert_snapshot!(format!("summary_{lang}"), text);
    }
}

/// A sentence for each kind in each language, with every word that the kind brings.
#[test]
fn every_diagnostic_has_a_sentence_with_its_words() {
    for &id in DiagnosticId::ALL {
        for lang in Lang::ALL {
            let mut problem = Diagnostic::new(id, Place::file("FILE").row(7).column("COLUMN"));
            for field in id.fields() {
                problem = problem.with(field, format!("<{field}>"));
            }
            let said = diagnostics::sentence(&problem, lang);
            assert!(
                !said.contains("diagnostic-") && !said.contains("{$"),
                "{said}"
            );
            for field in id.fields() {
                assert!(
                    said.contains(&format!("<{field}>")),
                    "{id} {lang}: {said} lacks {field}"
                );
            }
        }
    }
}
