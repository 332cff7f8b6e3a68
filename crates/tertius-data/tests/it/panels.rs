//! Panels of a case, answered from a folder.

use tertius::record::{PanelProblem, PanelRequest, Panels};
use tertius::vocabulary::{ActorRegistry, Span, Triad};
use tertius_data::conditions::CONDITIONS;
use tertius_data::folder::Folder;
use tertius_data::panels::FolderPanels;

fn triad(codes: [&str; 3]) -> Triad {
    let registry = ActorRegistry::default();
    let [w, s, r] = codes.map(|c| registry.find(c).unwrap());
    Triad::new(w, s, r).unwrap()
}

fn span(from: &str, to: &str) -> Span {
    Span::inclusive(from.parse().unwrap(), to.parse().unwrap()).unwrap()
}

#[test]
fn every_condition_is_answered_for_a_triad_with_inputs_and_sources() {
    let Some(folder) = std::env::var_os("TERTIUS_DATA") else {
        assert!(std::env::var_os("CI").is_none(), "set TERTIUS_DATA");
        println!("SKIPPED panels over public data: set TERTIUS_DATA to the folder that holds them");
        return;
    };
    let panels = FolderPanels::new(Folder::new(folder));
    let triad = triad(["JPN", "USA", "RUS"]);
    let china = ActorRegistry::default().find("CHN");
    for condition in CONDITIONS {
        let request = PanelRequest {
            panel: condition.id,
            triad: &triad,
            third: china.as_ref(),
            span: span("2010-01", "2023-12"),
        };
        let answer = panels
            .answer(&request)
            .unwrap_or_else(|p| panic!("{}: {p:?}", condition.id));
        let known = answer.values.iter().filter(|v| v.value.is_some()).count();
        assert!(known >= 3, "{}: {known} values", condition.id);
        for v in &answer.values {
            let inside = |x: f64| condition.range.0 <= x && x <= condition.range.1;
            assert!(v.value.is_none_or(inside), "{}", condition.id);
            assert!(v.known_from >= v.period.last_day(), "{}", condition.id);
        }
        assert!(
            answer
                .inputs
                .iter()
                .all(|i| i.path.starts_with("data:") && i.sha256.len() == 64)
        );
        // A dataset may owe more than one work, and each is cited once.
        assert!(answer.sources.matches("\n}\n").count() >= condition.datasets.len());
    }
    // COW trade ends in 2014: nothing is said of 2015, which is outside coverage and no row.
    let request = PanelRequest {
        panel: "trade-stake",
        triad: &triad,
        third: None,
        span: span("2010-01", "2023-12"),
    };
    let last = panels
        .answer(&request)
        .unwrap()
        .values
        .last()
        .unwrap()
        .period;
    assert_eq!(last.to_string(), "2014");
}

#[test]
fn the_span_of_a_case_changes_no_value_of_a_month_in_it() {
    let Some(folder) = std::env::var_os("TERTIUS_DATA") else {
        return;
    };
    let panels = FolderPanels::new(Folder::new(folder));
    let triad = triad(["JPN", "USA", "RUS"]);
    let china = ActorRegistry::default().find("CHN");
    for condition in CONDITIONS {
        let ask = |from, to| {
            let request = PanelRequest {
                panel: condition.id,
                triad: &triad,
                third: china.as_ref(),
                span: span(from, to),
            };
            panels.answer(&request).unwrap().values
        };
        let wide = ask("2010-01", "2023-12");
        for narrow in [ask("2015-01", "2019-12"), ask("2014-06", "2022-12")] {
            // All that came before, however old: how old a value may be is the case's to say.
            let until = narrow.last().unwrap().period.last_day();
            let of_wide = wide.iter().filter(|v| v.period.last_day() <= until);
            assert!(of_wide.eq(narrow.iter()), "{}", condition.id);
        }
    }
    let ask = |panel: &'static str| {
        let request = PanelRequest {
            panel,
            triad: &triad,
            third: None,
            span: span("2018-01", "2019-12"),
        };
        panels.answer(&request).unwrap().values
    };
    // Interviewers asked to 2019, whatever the last year asked for.
    let asked = ask("no-affinity-interview");
    assert!(asked.iter().any(|v| v.period.to_string() == "2016-10"));
    assert!(asked.iter().all(|v| v.period.last_day().year() < 2020));
    assert!(
        ask("no-affinity-mail")
            .iter()
            .all(|v| v.period.last_day().year() >= 2020)
    );
    assert!(ask("asymmetry-cinc")[0].period.last_day().year() < 1950);
}

#[test]
fn states_that_are_gone_answer_for_their_time() {
    let Some(folder) = std::env::var_os("TERTIUS_DATA") else {
        return;
    };
    let panels = FolderPanels::new(Folder::new(folder));
    let triad = triad(["DDR", "SUN", "USA"]);
    let ask = |from, to| {
        panels.answer(&PanelRequest {
            panel: "asymmetry-cinc",
            triad: &triad,
            third: None,
            span: span(from, to),
        })
    };
    let answer = ask("1960-01", "1970-12").unwrap();
    assert!(
        answer
            .values
            .iter()
            .all(|v| v.value.is_some_and(|a| a > 0.8))
    );
    assert_eq!(
        ask("2000-01", "2010-12"),
        Err(PanelProblem::NoState("DDR".to_owned()))
    );
}

#[test]
fn what_is_not_there_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let panels = FolderPanels::new(Folder::new(dir.path()));
    let triad = triad(["JPN", "USA", "RUS"]);
    let ask = |panel| {
        panels.answer(&PanelRequest {
            panel,
            triad: &triad,
            third: None,
            span: span("2010-01", "2012-12"),
        })
    };
    assert_eq!(
        ask("asymmetry-cinc"),
        Err(PanelProblem::NotHere("cow-nmc".to_owned()))
    );
    assert_eq!(ask("third-party-threat"), Err(PanelProblem::NoThird));
    assert_eq!(ask("patron-decline"), Err(PanelProblem::NoThird));
    let nearest = Some("asymmetry-cinc".to_owned());
    assert_eq!(ask("asymetry-cinc"), Err(PanelProblem::Unknown(nearest)));
    assert_eq!(
        ask("weather of the month"),
        Err(PanelProblem::Unknown(None))
    );
    let place = dir.path().join("cow-nmc/capabilities");
    std::fs::create_dir_all(&place).unwrap();
    std::fs::write(place.join("NMC.csv"), "a,b\n1,2\n").unwrap();
    assert!(matches!(
        ask("asymmetry-cinc"),
        Err(PanelProblem::Unreadable(_))
    ));
}
