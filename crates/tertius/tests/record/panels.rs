//! Series from public data: asked for by name, answered by a face.

use jiff::civil::date;
use tertius::record::{
    InputFile, MemoryFiles, NoPanels, PanelAnswer, PanelProblem, PanelRequest, PanelValue, Panels,
    load, load_with,
};
use tertius::vocabulary::{Observed, When};

use crate::case::VALID;

/// Answers one panel with two years.
struct TwoYears;

impl Panels for TwoYears {
    fn answer(&self, request: &PanelRequest<'_>) -> Result<PanelAnswer, PanelProblem> {
        if request.panel != "asymmetry-cinc" {
            return Err(PanelProblem::Unknown(Some("asymmetry-cinc".to_owned())));
        }
        let year = |year, value, interval| PanelValue {
            period: When::Year(year),
            value,
            interval,
            n: None,
            known_from: date(year + 2, 12, 31),
        };
        Ok(PanelAnswer {
            unit: "patron's share".to_owned(),
            values: vec![
                year(2013, Some(0.8), Some((0.75, 1.2))),
                year(2011, Some(0.7), None),
                year(2012, None, None),
            ],
            inputs: vec![InputFile {
                path: "data/cow-nmc/NMC.csv".to_owned(),
                sha256: "0".repeat(64),
                bytes: 3,
            }],
            sources: "@article{singer1987,\n  title = {Capabilities},\n  date = {1987},\n  journaltitle = {II},\n}\n"
                .to_owned(),
        })
    }
}

fn files(series: &str) -> MemoryFiles {
    let mut files: MemoryFiles = VALID.iter().copied().collect();
    let toml = VALID[0].1.replace("file = \"series/energy.csv\"", series);
    files.insert("case.toml", toml);
    files.remove("series/energy.csv");
    files
}

#[test]
fn a_panel_becomes_a_series_with_sources_inputs_and_dates_of_knowledge() {
    let files = files("panel = \"asymmetry-cinc\"");
    let (record, problems) = load_with(&files, &TwoYears, None);
    let record = record.unwrap_or_else(|| panic!("{problems:?}"));
    let series = record.condition_series("dependence").unwrap();
    assert_eq!(series.spec.unit, "patron's share");
    assert_eq!(series.spec.panel.as_deref(), Some("asymmetry-cinc"));
    let periods: Vec<String> = series.values.iter().map(|v| v.period.to_string()).collect();
    assert_eq!(periods[..2], ["2011", "2012"]);
    let month = |m: &str| series.at(m.parse().unwrap());
    assert_eq!(month("2012-05"), Observed::Missing);
    assert_eq!(month("2010-05"), Observed::OutsideCoverage);
    let value = month("2011-05").value().unwrap();
    assert_eq!(
        (value.value, value.known_from),
        (Some(0.7), date(2013, 12, 31))
    );
    assert_eq!(value.sources, ["singer1987"]);
    assert!(record.sources.by_key.contains_key("singer1987"));
    assert!(record.sources.text.contains("@article{singer1987,"));
    assert!(
        record
            .inputs
            .iter()
            .any(|i| i.path == "data/cow-nmc/NMC.csv")
    );
}

#[test]
fn what_was_not_known_by_the_as_of_month_is_hidden() {
    let files = files("panel = \"asymmetry-cinc\"");
    let (record, _) = load_with(&files, &TwoYears, Some("2014-06".parse().unwrap()));
    let series = record
        .unwrap()
        .condition_series("dependence")
        .cloned()
        .unwrap();
    assert!(
        series
            .values
            .iter()
            .all(|v| v.known_from <= date(2014, 6, 30))
    );
}

#[test]
fn a_panel_that_gives_nothing_is_told_and_leaves_no_record() {
    let files = files("panel = \"asymetry\"");
    for (record, problems) in [load_with(&files, &TwoYears, None), load(&files, None)] {
        assert!(record.is_none());
        let told = problems
            .iter()
            .find(|d| d.id.as_str() == "panel-unanswered")
            .unwrap();
        assert_eq!(told.fields["kind"], "unknown");
    }
    let known = load_with(&files, &TwoYears, None).1;
    assert!(known.iter().any(|d| {
        d.fields
            .get("detail")
            .is_some_and(|v| v == "asymmetry-cinc")
    }));
    assert!(
        NoPanels
            .answer(&PanelRequest {
                panel: "x",
                triad: &load(&VALID.iter().copied().collect::<MemoryFiles>(), None)
                    .0
                    .unwrap()
                    .case
                    .triad,
                third: None,
                span: tertius::vocabulary::Span::inclusive(
                    "2014-01".parse().unwrap(),
                    "2014-02".parse().unwrap()
                )
                .unwrap(),
            })
            .is_err()
    );
}
