//! What stands beside a number so that it is not misread, on the terminal and in the page.

use serde_json::{Value, json};
use tertius::findings::{Findings, PartKind, ReadFrom, TraceStep};
use tertius::vocabulary::Lang;
use tertius_report::figures::{self, Column};
use tertius_report::page::{PageOptions, report};
use tertius_report::terminal::{self, Look};

use crate::sample;

fn page(findings: &Findings, lang: Lang) -> String {
    report(findings, lang, &PageOptions::default()).unwrap()
}

/// The terminal's text as one line, so that wrapping breaks no sentence.
fn text(findings: &Findings) -> String {
    let text = terminal::summary(findings, Lang::En, Look::PLAIN);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_turn_stands_beside_the_prior_and_says_when_it_could_be_known() {
    let mut findings = sample::findings();
    findings.turns_untold = 3;
    let said = text(&findings);
    assert!(said.contains("0.81 (prior 0.52)") && said.contains("0.97 (prior 0.55)"));
    // The first could be seen three months after it only, the second in its own month.
    assert_eq!(said.matches("Its evidence came later").count(), 1);
    assert!(said.contains("only from February 2013 on"), "{said}");
    assert!(said.contains("In 3 more windows"));
    let page = page(&findings, Lang::En);
    let turns = page.split("id=\"turns\"").nth(1).unwrap();
    let turns = turns.split("</section>").next().unwrap();
    for part in [
        "0.52",
        "0.55",
        ">2013-02<",
        "its evidence came later",
        "In 3 more windows",
    ] {
        assert!(turns.contains(part), "{part}");
    }
    findings.turning_points[0].known_from = None;
    assert!(text(&findings).contains("Only seen looking back"));
}

#[test]
fn where_nothing_was_read_the_headline_says_so() {
    let mut findings = sample::findings();
    assert!(
        !text(&findings).contains("was read. "),
        "others have no such line"
    );
    findings.read_from = ReadFrom {
        largest_factor: Some(1.08),
        role: Some("proxy".to_owned()),
        month: findings.months.first().map(|m| m.month),
        ..ReadFrom::default()
    };
    for (lang, nothing, next_to) in [
        (Lang::En, "Nothing was read.", "Next to nothing was read."),
        (Lang::Zh, "没有可读的内容", "几乎没有读到什么"),
    ] {
        findings.read_from.acts = 0;
        assert!(page(&findings, lang).contains(nothing), "{lang}");
        findings.read_from.acts = 1;
        let page = page(&findings, lang);
        assert!(page.contains(next_to) && !page.contains(nothing), "{lang}");
    }
    assert!(text(&findings).contains("by a factor of 1.08"));
    // A role moved far in one month is a reading.
    findings.read_from.moved = 0.01;
    assert!(text(&findings).contains("most likely plays"));
}

/// A label that is only held has a mark of its own: in the text, and hollow, not only in another colour, in
/// both figures.
#[test]
fn what_is_only_held_is_drawn_apart() {
    let mut findings = sample::findings();
    let strip = |findings: &Findings| {
        let text = terminal::summary(findings, Lang::En, Look::PLAIN);
        let lines = text.lines().filter(|l| l.trim_start().starts_with("rule "));
        lines.collect::<Vec<_>>().join("\n")
    };
    assert!(strip(&findings).contains('■') && !strip(&findings).contains('▒'));
    let step = |outcome: &str| -> TraceStep {
        serde_json::from_value(json!({"step": "1''", "test": "holds_last_branch", "inputs": [], "threshold": null, "margin": null, "outcome": outcome, "uses_behaviour": false})).unwrap()
    };
    for (t, m) in findings.months.iter_mut().enumerate() {
        m.rule.trace.push(step(if t < 70 { "yes" } else { "no" }));
    }
    assert!(strip(&findings).contains('■') && strip(&findings).contains('▒'));
    for kind in ["river", "rule"] {
        let all = figures::all(&findings, Lang::En);
        let figure = all.iter().find(|f| f.kind == kind).unwrap();
        assert!(figure.caption.contains("hollow"), "{}", figure.caption);
        let spec = figure.spec(Column::Double);
        assert!(spec.to_string().contains("\"filled\":false"), "{kind}");
        let rows = |name: &str| {
            spec["datasets"][name]
                .as_array()
                .cloned()
                .unwrap_or_default()
        };
        let held = match kind {
            "river" => rows("expected")
                .into_iter()
                .filter(|b| b["how"] == "held")
                .collect(),
            _ => rows("held"),
        };
        assert!(!held.is_empty(), "{kind}");
        // Month 70, counted from 0, decides by itself.
        let end = 2012.0 + 70.0 / 12.0;
        let to = |b: &Value| b["to"].as_f64().unwrap();
        assert!(held.iter().all(|b| to(b) <= end + 1e-3), "{kind}");
    }
}

/// Without bands there are no brackets, no area, and a reason.
#[test]
fn a_fast_look_has_no_bands() {
    let mut findings = sample::findings();
    let bracketed =
        |findings: &Findings| text(findings).contains("F 0.05 [") || text(findings).contains(" … ");
    assert!(bracketed(&findings));
    findings.provenance.approximate = true;
    for m in &mut findings.months {
        m.bands_50.values_mut().for_each(|b| *b = None);
        m.bands_90.values_mut().for_each(|b| *b = None);
    }
    for r in &mut findings.readings {
        r.ours_bands_90.values_mut().for_each(|b| *b = None);
    }
    assert!(!bracketed(&findings));
    assert!(text(&findings).contains("too few for bands, and shows none"));
    let all = figures::all(&findings, Lang::En);
    assert!(all[0].caption.contains("No bands") && !all[0].caption.contains("Dark band"));
    let months = &all[0].double["datasets"]["months follower"];
    assert!(months[0]["low90"].is_null() && months[0]["p"].is_number());
    assert!(!all[0].table.rows[0][1].text.contains('['));
}

#[test]
fn the_published_roles_stand_beside_ours_with_where_they_part() {
    let mut findings = sample::findings();
    let r = &mut findings.readings[0];
    r.roles = vec!["balancer".to_owned(), "exploiter".to_owned()];
    for (role, p) in [
        ("follower", 0.7),
        ("balancer", 0.8),
        ("exploiter", 0.2),
        ("proxy", 0.1),
    ] {
        r.ours.insert(role.to_owned(), p);
    }
    let said = "Both read balancer; they part: follower has 0.70 here, and is not published; exploiter is published, and has 0.20 here.";
    let terminal = text(&findings);
    assert!(terminal.contains(said), "{terminal}");
    // What is played together, and what by itself: these exclude each other, those do not.
    assert!(terminal.contains("balancer alone 0.60; follower and balancer 0.20"));
    assert!(
        terminal.contains("both at once: follower and balancer 0.21")
            && !terminal.contains("follower and proxy 0.02")
    );
    let page = page(&findings, Lang::En);
    let head = page.split("<figure").next().unwrap();
    assert!(
        head.contains(said) && head.contains("balancer alone (0.60)"),
        "{head}"
    );
}

#[test]
fn the_terminal_says_what_the_letters_are() {
    let findings = sample::findings();
    let terminal = text(&findings);
    for r in &findings.catalogue.roles {
        let line = format!(
            "{} {}: {}",
            r.letter,
            r.name.get(Lang::En),
            r.gloss.get(Lang::En)
        );
        assert!(terminal.contains(&line), "{line}");
    }
    assert!(terminal.contains("Several roles can be played at once"));
    assert!(!terminal.contains("path to path"));
}

/// The rest is told by what it is, its kinds sum to it, and lines go on while it would be the largest part.
#[test]
fn a_rest_says_what_it_holds() {
    let mut findings = sample::findings();
    let fall = &mut findings.waterfalls[0];
    let row = fall
        .parts
        .iter()
        .find(|p| p.kind == PartKind::Row)
        .unwrap()
        .clone();
    let ends = fall.parts.split_off(fall.parts.len() - 2);
    fall.parts.retain(|p| p.kind == PartKind::Prior);
    // One of half a nat, then thirty of a tenth: after the sixteenth fifteen are left, or a nat and a half.
    for i in 0..31 {
        let mut part = row.clone();
        part.nats = if i == 0 { 0.5 } else { -0.1 };
        fall.parts.push(part);
    }
    fall.parts.extend(ends);
    let fall = fall.clone();
    let text = terminal::waterfall(&findings, &fall, false, Lang::En, Look::PLAIN);
    // Five of a tenth are no more than the largest.
    assert!(
        text.contains("the rest, 5 rows and silences:") && text.contains("−0.500  the rest"),
        "{text}"
    );
    let class = findings
        .rows
        .iter()
        .find(|r| Some(&r.id) == row.row.as_ref())
        .unwrap();
    let class = findings
        .catalogue
        .classes
        .iter()
        .find(|c| c.id == class.code)
        .unwrap();
    let kind = format!("{}, 5: −0.500", class.name.get(Lang::En));
    assert!(text.contains(&kind), "{kind} {text}");
}

#[test]
fn a_parting_is_told_in_a_sentence() {
    let mut findings = sample::findings();
    let parting = json!({"period": "one", "from": "2014-04", "to": "2016-12", "compared": 33, "parted": 30,
        "rule": [{"set": ["follower"], "p": 0.9}], "reader": [{"set": ["balancer"], "p": 1.0}],
        "deciding": [{"step": "1", "test": "divergence_high", "share": 0.8, "month": "2016-12", "input": "D", "value": 0.31, "interval": [0.2, 0.4], "threshold": 0.35, "margin": -0.04, "gives": ["balancer"]}],
        "no_single_step": 0.2, "rows": []});
    findings.partings = vec![serde_json::from_value(parting).unwrap()];
    let page = page(&findings, Lang::En);
    for said in [
        "Period one (April 2014 to December 2016): in 30 of 33 months the two part; most often the rule says follower, and balancer is read.",
        "In a share of 0.80 of these months the rule would have said balancer too, had divergence been above 0.35; closest in December 2016, at 0.31 (90% interval 0.20 … 0.40); in a share of 0.20 no single condition would do.",
    ] {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn the_terminal_names_the_rows_that_flip_a_label() {
    let mut findings = sample::findings();
    let one = |role: &str, rows: &[&str]| -> tertius::findings::Fragility {
        serde_json::from_value(json!({"role": role, "period": "one", "from": "2014-04", "to": "2016-12", "before": 0.8, "rows": rows,
            "after": if rows.is_empty() { Value::Null } else { json!(0.41) }, "after_mc_error": null, "proved_minimal": false, "most_rows": 12, "alone_row": null, "alone_after": null})).unwrap()
    };
    assert!(!text(&findings).contains("The rows that a label rests on"));
    findings.fragility = vec![
        one("balancer", &["a001", "a002"]),
        one("proxy", &[]),
        one("follower", &[]),
    ];
    let said = text(&findings);
    assert!(
        said.contains("2014-04 – 2016-12 balancer: 0.80 as read, 0.41 without 2 rows: a001 a002"),
        "{said}"
    );
    assert!(said.contains("2 other labels stand without any set of up to 12 rows"));
}

#[test]
fn the_terminal_says_who_coded_the_record() {
    let mut findings = sample::findings();
    for coder in &mut findings.coders {
        coder.kind = "language-model".into();
    }
    let said = text(&findings);
    assert!(said.contains("coded by a language model"), "{said}");
    findings.coders.clear();
    assert!(text(&findings).contains("Nobody told who coded this record"));
}
