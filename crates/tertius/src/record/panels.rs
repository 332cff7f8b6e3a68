//! Series that a case takes from public data: the case names a panel, a face answers.

use jiff::civil::Date;

use super::case::{Case, SeriesSpec};
use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use super::files::InputFile;
use super::problems::Problems;
use super::row::bound;
use super::rows::{Series, SeriesValue};
use super::sources::{self, Sources};
use crate::vocabulary::{Actor, Span, Triad, When};

/// What a case asks of public data.
#[derive(Clone, Copy, Debug)]
pub struct PanelRequest<'c> {
    /// The name of the panel.
    pub panel: &'c str,
    /// Whose it is about.
    pub triad: &'c Triad,
    /// Another state, where the panel is about a fourth.
    pub third: Option<&'c Actor>,
    /// The months of the case.
    pub span: Span,
}

/// One value of a panel. A period that nobody collected has none at all; one that is missing has no `value`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PanelValue {
    /// What it is of.
    pub period: When,
    /// The value.
    pub value: Option<f64>,
    /// Lower and upper end of a 90 per cent interval.
    pub interval: Option<(f64, f64)>,
    /// Respondents or events.
    pub n: Option<u32>,
    /// The first day on which it was known.
    pub known_from: Date,
}

/// What public data answer, with where it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelAnswer {
    /// The unit of the values.
    pub unit: String,
    /// By period.
    pub values: Vec<PanelValue>,
    /// The files that it rests on, with their checksums.
    pub inputs: Vec<InputFile>,
    /// What a paper that uses it cites, as BibTeX; at least one entry.
    pub sources: String,
}

/// Why a panel gives nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PanelProblem {
    /// There is no such panel; the nearest name.
    Unknown(Option<String>),
    /// It asks for a fourth state that the case does not name.
    NoThird,
    /// An actor is no state in the case's months.
    NoState(String),
    /// A dataset is not in the data folder.
    NotHere(String),
    /// A file of a dataset cannot be used, and why.
    Unreadable(String),
}

/// Answers from public data.
pub trait Panels {
    /// The series of a panel for a triad.
    ///
    /// # Errors
    ///
    /// Where there is no such panel, or its data are not there.
    fn answer(&self, request: &PanelRequest<'_>) -> Result<PanelAnswer, PanelProblem>;
}

/// Knows no panel: for cases that bring all their series with them.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoPanels;

impl Panels for NoPanels {
    fn answer(&self, _: &PanelRequest<'_>) -> Result<PanelAnswer, PanelProblem> {
        Err(PanelProblem::Unknown(None))
    }
}

/// A series that was answered, and what it adds to the record's files and sources.
pub(super) struct Answered {
    pub(super) series: Series,
    pub(super) inputs: Vec<InputFile>,
    pub(super) sources: Sources,
}

/// Asks for the panel of a series.
pub(super) fn ask(
    panels: &dyn Panels,
    case: &Case,
    spec: &SeriesSpec,
    panel: &str,
    out: &mut Problems,
) -> Option<Answered> {
    let request = PanelRequest {
        panel,
        triad: &case.triad,
        third: spec.third.as_ref(),
        span: case.span,
    };
    let place = || {
        Place::file("case.toml")
            .row(spec.line)
            .column("series.panel")
    };
    let answer = match panels.answer(&request) {
        Ok(answer) => answer,
        Err(problem) => {
            out.push(unanswered(place(), panel, &problem));
            return None;
        }
    };
    // The entries are the program's own, and a fault of theirs is none of the case's.
    let sources = sources::read(answer.sources.as_bytes(), &mut Problems::default());
    let keys: Vec<String> = sources.by_key.keys().cloned().collect();
    let before = out.errors();
    let mut values: Vec<SeriesValue> = Vec::new();
    for v in answer.values {
        let inside = |x: &f64| (spec.lower..=spec.upper).contains(x);
        if let Some(value) = v.value.filter(|x| !inside(x)) {
            out.push(
                Diagnostic::new(Id::OutOfRange, place())
                    .with("value", value)
                    .with("low", bound(spec.lower))
                    .with("high", bound(spec.upper)),
            );
            break;
        }
        values.push(SeriesValue {
            row: spec.line,
            period: v.period,
            value: v.value,
            low: v.interval.map(|i| i.0.clamp(spec.lower, spec.upper)),
            high: v.interval.map(|i| i.1.clamp(spec.lower, spec.upper)),
            n: v.n,
            known_from: v.known_from,
            sources: keys.clone(),
            note: None,
        });
    }
    values.sort_by_key(|v| (v.period.first_day(), std::cmp::Reverse(v.period.last_day())));
    let mut spec = spec.clone();
    spec.unit = answer.unit;
    (out.errors() == before).then_some(Answered {
        series: Series { spec, values },
        inputs: answer.inputs,
        sources,
    })
}

/// A panel that gives nothing, as a problem of the case.
fn unanswered(place: Place, panel: &str, problem: &PanelProblem) -> Diagnostic {
    let (kind, detail) = match problem {
        PanelProblem::Unknown(nearest) => ("unknown", nearest.as_deref().unwrap_or("–")),
        PanelProblem::NoThird => ("no-third", "third"),
        PanelProblem::NoState(actor) => ("no-state", actor.as_str()),
        PanelProblem::NotHere(dataset) => ("not-here", dataset.as_str()),
        PanelProblem::Unreadable(reason) => ("unreadable", reason.as_str()),
    };
    Diagnostic::new(Id::PanelUnanswered, place)
        .with("value", panel)
        .with("kind", kind)
        .with("detail", detail)
}

/// Puts the entries of an answer beside those of the case. An entry that the case has stays as it is.
pub(super) fn add_sources(to: &mut Sources, from: Sources) {
    let new = from.by_key.keys().any(|k| !to.by_key.contains_key(k));
    for (key, source) in from.by_key {
        to.by_key.entry(key).or_insert(source);
    }
    if new && !to.text.contains(from.text.trim()) {
        to.text.push('\n');
        to.text.push_str(&from.text);
    }
}
