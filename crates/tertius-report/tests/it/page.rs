//! The report as a page and on a terminal.

use tertius::record::{Diagnostic, DiagnosticId, Place};
use tertius::vocabulary::Lang;
use tertius_report::diagnostics;
use tertius_report::page::{PageOptions, report};
use tertius_report::terminal::{self, Look};

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
    assert_eq!(policy.matches("sha256-").count(), 5);
    assert_eq!(page.matches("<script>").count(), 5);
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

/// A page whose figures were drawn carries no script that draws, shows both widths of each, and no two things
/// of one name; bars and labels of a waterfall lead to rows of the page.
#[cfg(feature = "static")]
#[test]
fn a_drawn_page_needs_no_script() {
    let findings = sample::findings();
    for lang in Lang::ALL {
        let all = tertius_report::figures::all(&findings, lang);
        let drawn = tertius_report::render::draw(&all).unwrap();
        assert_eq!(drawn.len(), all.len());
        let options = PageOptions {
            drawn,
            ..PageOptions::default()
        };
        let page = report(&findings, lang, &options).unwrap();
        assert_eq!(page.matches("<script>").count(), 1);
        assert!(!page.contains("vegaEmbed") && !page.contains("application/json"));
        assert_eq!(page.matches("<svg ").count(), 2 * all.len());
        assert_eq!(page.matches("<svg class=\"d\"").count(), all.len());
        let ids: Vec<&str> = page
            .split(" id=\"")
            .skip(1)
            .filter_map(|p| p.split('"').next())
            .collect();
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "an anchor comes twice");
        let fall = &findings.waterfalls[0];
        let start = page.find(&format!(
            "<figure id=\"waterfall-{}-{}\"",
            fall.month, fall.role
        ));
        let figure = page[start.unwrap()..].split("</svg>").next().unwrap();
        let links: Vec<&str> = figure
            .split("<a href=\"#")
            .skip(1)
            .filter_map(|p| p.split('"').next())
            .collect();
        // Ten parts of the record have bars; those that rest on one row lead to it, by bar and by label.
        let mut parts: Vec<_> = fall
            .parts
            .iter()
            .filter(|p| p.month.is_some() || p.row.is_some())
            .collect();
        parts.sort_by(|a, b| b.nats.abs().total_cmp(&a.nats.abs()));
        let rests = |p: &&&tertius::findings::EvidencePart| {
            let id = p.row.as_ref().or(p.what.as_ref());
            findings.rows.iter().any(|r| Some(&r.id) == id)
        };
        let linked = parts.iter().take(10).filter(rests).count();
        assert!(linked > 5);
        assert_eq!(links.len(), 2 * linked);
        for link in links {
            assert!(once.binary_search(&link).is_ok(), "#{link} leads nowhere");
        }
        // Ticks of acts lead to their rows, cells of the map to what lies behind them, months to theirs.
        for start in ["row-", "behind-", "month-"] {
            let figures = page.split("<svg ").skip(1);
            let drawn = figures.filter_map(|f| f.split("</svg>").next());
            let mut links = drawn.flat_map(|f| f.split("<a href=\"#").skip(1));
            assert!(links.any(|l| l.starts_with(start)), "{start}");
        }
        for link in page.split("href=\"#").skip(1) {
            let link = link.split('"').next().unwrap();
            assert!(once.binary_search(&link).is_ok(), "#{link} leads nowhere");
        }
        for url in page.split("url(#").skip(1) {
            let id = url.split(')').next().unwrap();
            assert!(once.binary_search(&id).is_ok(), "{id} is drawn nowhere");
        }
    }
}

/// The works owed stand in the page in every style, the methods in both languages, and every flag has a sentence.
#[test]
fn what_to_cite_and_how_it_was_made_stand_in_full() {
    for lang in Lang::ALL {
        let page = without_scripts(&page(lang));
        for text in [
            "Rabiner, L. R. (1989). A Tutorial",
            "RABINER L R. A Tutorial",
            "Rabiner, Lawrence R. 1989. “A Tutorial",
            "@article{rabiner1989",
            "No series of the case rests on a published data set.",
            "defaults: rule.divergence = 0.3.",
            "https:&#x2f;&#x2f;doi.org&#x2f;10.20018&#x2f;j.cnki.reecas.2023.06.007",
            "Roles were read from behaviour alone",
            "角色仅从行为判读",
            "id=\"explain-command\"",
        ] {
            assert!(page.contains(text), "{lang}: {text}");
        }
        for flag in ["flag-mode-split", "rule-flag-unattested"] {
            assert!(!page.contains(flag));
        }
    }
}

/// What the case says of its names stands at the head, as text; a case that says nothing has no such line.
#[test]
fn the_note_on_names_stands_at_the_head() {
    for (lang, note) in [
        (Lang::En, "Names &lt;b&gt;as&lt;&#x2f;b&gt; in the sources"),
        (Lang::Zh, "名称从其来源"),
    ] {
        let page = page(lang);
        let head = page.split("<figure").next().unwrap();
        assert!(head.contains(note), "{lang}");
    }
    let mut silent = sample::findings();
    silent.note = Default::default();
    let page = report(&silent, Lang::En, &PageOptions::default()).unwrap();
    assert!(!page.contains("class=\"note\""));
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
        // In figures that are still to be drawn the links stand among the data.
        let undrawn = values("\"href\":\"#");
        assert!(undrawn.iter().any(|l| l.starts_with("month-")));
        let links = [values("href=\"#"), undrawn].concat();
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
    assert_eq!(n, 11);
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
        "id=\"published\"",
        "id=\"framework\"",
        "id=\"sensitivity\"",
        "id=\"prior\"",
        "id=\"flags\"",
        "id=\"methods\"",
        "id=\"cite\"",
        "id=\"data\"",
        "id=\"cannot\"",
        "id=\"rows\"",
        "id=\"sources\"",
    ];
    assert!(order.windows(2).all(|w| at(w[0]) < at(w[1])));
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
    assert!(page.contains("A look, not a reading"));
    assert!(terminal::summary(&findings, Lang::Zh, Look::PLAIN).contains("只可先看，不是读数"));
}

#[test]
fn the_terminal_has_its_columns_and_no_colour_unasked() {
    for lang in Lang::ALL {
        for width in [80, 60, 40] {
            let look = Look::new(width, false);
            let text = terminal::summary(&sample::findings(), lang, look);
            for line in text.lines() {
                assert!(terminal::columns(line) <= width, "{width}: {line}");
            }
            assert!(!text.contains('\u{1b}'));
            let fall = &sample::findings().waterfalls[0];
            for line in terminal::waterfall(&sample::findings(), fall, false, lang, look).lines() {
                assert!(terminal::columns(line) <= width, "{width}: {line}");
            }
        }
        let text = terminal::summary(&sample::findings(), lang, Look::PLAIN);
        insta::assert_snapshot!(format!("summary_{lang}"), text);
        // Colour adds colour and changes nothing else.
        let mut painted = terminal::summary(&sample::findings(), lang, Look::new(80, true));
        assert!(painted.contains("\u{1b}[36m"));
        while let Some(start) = painted.find('\u{1b}') {
            let end = start + painted[start..].find('m').unwrap();
            painted.replace_range(start..=end, "");
        }
        assert_eq!(painted, text);
    }
}

/// A word that chooses a sentence chooses: no two of its values say the same.
#[test]
fn a_word_that_chooses_a_sentence_makes_a_difference() {
    for (id, field, values) in [
        (
            DiagnosticId::RaggedRow,
            "divided",
            &["commas", "semicolons", "tabs"][..],
        ),
        (
            DiagnosticId::HiddenRows,
            "what",
            &["rows", "answers", "values"],
        ),
        (DiagnosticId::OutsideSpan, "side", &["before", "after"]),
    ] {
        for lang in Lang::ALL {
            let said = |value: &&str| {
                let problem = Diagnostic::new(id, Place::file("FILE").row(7).column("COLUMN"));
                diagnostics::sentence(&problem.with(field, value), lang)
            };
            let all: std::collections::BTreeSet<String> = values.iter().map(said).collect();
            assert_eq!(all.len(), values.len(), "{all:?}");
        }
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
            // These choose among sentences, and stand in none.
            let chooses = |field: &&str| ["divided", "what", "side"].contains(field);
            for field in id.fields().iter().filter(|f| !chooses(f)) {
                assert!(
                    said.contains(&format!("<{field}>")),
                    "{id} {lang}: {said} lacks {field}"
                );
            }
        }
    }
}
