//! The series that `case.toml` declares.

use std::collections::BTreeMap;

use super::lists::{checked_id, once};
use super::{Issue, Measures, RULE_INDICATORS, SeriesSpec, SeriesStream, Side, is_id};
use crate::record::diagnostic::{Diagnostic, DiagnosticId as Id};
use crate::record::keys::Keys;
use crate::record::problems::Problems;
use crate::record::row::bound;
use crate::vocabulary::{ActorRegistry, Catalogue};

pub(super) fn read_series(
    top: &mut Keys<'_, '_>,
    actors: &ActorRegistry,
    issues: &[Issue],
    catalogue: Option<&Catalogue>,
    out: &mut Problems,
) -> Vec<SeriesSpec> {
    let mut ids = BTreeMap::new();
    let mut files = BTreeMap::new();
    let mut streams: BTreeMap<String, (SeriesStream, u64)> = BTreeMap::new();
    let mut rule = BTreeMap::new();
    let mut found = Vec::new();
    for mut t in top.tables("series", out) {
        let Some(spec) = read_one_series(&mut t, actors, issues, catalogue, out) else {
            t.finish(out);
            continue;
        };
        let fresh = once(&mut ids, &spec.id, t.place("id"), out)
            & once(&mut files, &spec.file, t.place("file"), out);
        check_stream(&t, &spec, &mut streams, out);
        check_rule_indicator(&t, &spec, &mut rule, out);
        if fresh {
            found.push(spec);
        }
        t.finish(out);
    }
    found
}

/// What explains and what shows are never the same indicator.
fn check_stream(
    t: &Keys<'_, '_>,
    spec: &SeriesSpec,
    streams: &mut BTreeMap<String, (SeriesStream, u64)>,
    out: &mut Problems,
) {
    // Shown beside either side, a series takes no side.
    if spec.stream == SeriesStream::Display {
        return;
    }
    let place = t.place("indicator");
    match streams.get(&spec.indicator) {
        Some((stream, first)) if *stream != spec.stream => out.push(
            Diagnostic::new(Id::BothStreams, place)
                .with("value", &spec.indicator)
                .with("first", first),
        ),
        Some(_) => {}
        None => {
            let line = place.row.unwrap_or(1);
            streams.insert(spec.indicator.clone(), (spec.stream, line));
        }
    }
}

/// An indicator that the rule asks for is a condition, stays in its range, and is given once: of two, one
/// would be taken without a word.
fn check_rule_indicator(
    t: &Keys<'_, '_>,
    spec: &SeriesSpec,
    seen: &mut BTreeMap<String, u64>,
    out: &mut Problems,
) {
    let rule = RULE_INDICATORS
        .iter()
        .find(|(n, _, _)| *n == spec.indicator);
    let Some((_, low, high)) = rule else { return };
    let place = t.place("indicator");
    if spec.stream != SeriesStream::Condition {
        let problem = Diagnostic::new(Id::RuleIndicatorNotCondition, place);
        out.push(problem.with("value", &spec.indicator));
        return;
    }
    once(seen, &spec.indicator, place, out);
    for (key, value) in [("lower", spec.lower), ("upper", spec.upper)] {
        if !t.has(key) {
            out.push(Diagnostic::new(Id::EmptyCell, t.place(key)));
        } else if !(*low <= value && value <= *high) {
            out.push(
                Diagnostic::new(Id::OutOfRange, t.place(key))
                    .with("value", bound(value))
                    .with("low", low)
                    .with("high", high),
            );
        }
    }
}

fn read_one_series(
    t: &mut Keys<'_, '_>,
    actors: &ActorRegistry,
    issues: &[Issue],
    catalogue: Option<&Catalogue>,
    out: &mut Problems,
) -> Option<SeriesSpec> {
    let id = checked_id(t, out);
    let panel = t.has("panel").then(|| t.required("panel", out)).flatten();
    if let Some(panel) = panel.filter(|_| t.has("file")) {
        let problem = Diagnostic::new(Id::PanelUnanswered, t.place("file"));
        let problem = problem.with("value", panel).with("kind", "and-file");
        let file = t.str("file", out).unwrap_or("");
        out.push(problem.with("detail", file));
    }
    let third = panel.and_then(|_| t.str("third", out)).and_then(|code| {
        let found = actors.find(code);
        if found.is_none() {
            let nearest = actors.meant(code).unwrap_or_else(|| "–".to_owned());
            out.push(
                Diagnostic::new(Id::UnknownActor, t.place("third"))
                    .with("value", code)
                    .with("nearest", nearest),
            );
        }
        found
    });
    // No file is called so, and two series of one panel and one fourth state are one.
    let of_panel = panel.map(|p| {
        let third = third.as_ref().map_or(String::new(), |t| format!(":{t}"));
        format!("panel:{p}{third}")
    });
    let given = if panel.is_some() {
        None
    } else {
        t.required("file", out)
    };
    let file = given.filter(|f| {
        let inside = f
            .strip_prefix("series/")
            .is_some_and(|n| n.strip_suffix(".csv").is_some_and(is_id));
        if !inside {
            out.push(
                Diagnostic::new(Id::NotOneOf, t.place("file"))
                    .with("value", f)
                    .with("allowed", "series/NAME.csv"),
            );
        }
        inside
    });
    let file = of_panel.or(file.map(str::to_owned));
    let name = t.text("name", out);
    // The unit and the method of a panel are its own.
    let unit = match panel {
        Some(_) => Some(t.str("unit", out).unwrap_or("").to_owned()),
        None => t.required("unit", out).map(str::to_owned),
    };
    t.check_markup("unit", unit.as_deref().unwrap_or(""), out);
    let indicator = t.required("indicator", out).filter(|i| {
        if !is_id(i) {
            out.push(Diagnostic::new(Id::BadId, t.place("indicator")).with("value", i));
        }
        is_id(i)
    });
    let stream = match t.required("stream", out) {
        Some("condition") => Some(SeriesStream::Condition),
        Some("behaviour") => Some(SeriesStream::Behaviour),
        Some("display") => Some(SeriesStream::Display),
        other => {
            if let Some(other) = other {
                out.push(
                    Diagnostic::new(Id::NotOneOf, t.place("stream"))
                        .with("value", other)
                        .with("allowed", "condition, behaviour, display"),
                );
            }
            None
        }
    };
    let method = match panel {
        Some(_) => t.str("method", out).or(Some("computed")),
        None => t.required("method", out),
    };
    if let Some(other) = method.filter(|m| !matches!(*m, "measured" | "computed" | "hand-coded")) {
        out.push(
            Diagnostic::new(Id::NotOneOf, t.place("method"))
                .with("value", other)
                .with("allowed", "measured, computed, hand-coded"),
        );
    }
    let before = out.errors();
    let lower = t.number("lower", out).unwrap_or(f64::MIN);
    let upper = t.number("upper", out).unwrap_or(f64::MAX);
    if out.errors() == before && lower > upper {
        out.push(
            Diagnostic::new(Id::OutOfRange, t.place("upper"))
                .with("value", upper)
                .with("low", lower)
                .with("high", ""),
        );
    }
    let lag = t.number("lag_months", out).unwrap_or(0.0);
    if !(0.0..=1200.0).contains(&lag) || lag.fract() != 0.0 {
        out.push(
            Diagnostic::new(Id::OutOfRange, t.place("lag_months"))
                .with("value", lag)
                .with("low", 0)
                .with("high", 1200),
        );
    }
    let measures = read_measures(t, issues, stream, (lower, upper), out);
    let raised_by = read_raised_by(t, catalogue, stream, out);
    // Values can't be held against a range that is none.
    let ranged = out.errors() == before;
    let line = t.place("id").row.unwrap_or(1);
    ranged.then_some(SeriesSpec {
        id: id?,
        file: file?,
        panel: panel.map(str::to_owned),
        third,
        name: name?,
        unit: unit?,
        indicator: indicator?.to_owned(),
        stream: stream?,
        method: method?.to_owned(),
        lower,
        upper,
        lag_months: lag as u32,
        raised_by,
        measures,
        line,
    })
}

/// The roles that raise a series. It shows, so that it must be behaviour.
fn read_raised_by(
    t: &mut Keys<'_, '_>,
    catalogue: Option<&Catalogue>,
    stream: Option<SeriesStream>,
    out: &mut Problems,
) -> Vec<String> {
    let named = t.strings("raised_by", out);
    if !named.is_empty() && stream.is_some_and(|s| s != SeriesStream::Behaviour) {
        let problem = Diagnostic::new(Id::NotOneOf, t.place("stream"));
        let problem = problem.with("value", t.str("stream", out).unwrap_or(""));
        out.push(problem.with("allowed", "behaviour"));
    }
    if let Some(catalogue) = catalogue {
        for id in named.iter().filter(|id| catalogue.role(id).is_none()) {
            let known = catalogue.roles().map(|r| catalogue.spec(r).id.as_str());
            let problem = Diagnostic::new(Id::NotOneOf, t.place("raised_by"));
            let problem = problem.with("value", id);
            out.push(problem.with("allowed", known.collect::<Vec<_>>().join(", ")));
        }
    }
    named.into_iter().map(str::to_owned).collect()
}

/// What a series says of an issue. It explains, so that it must be a condition; and its values are held to
/// the scale of what it measures.
fn read_measures(
    t: &mut Keys<'_, '_>,
    issues: &[Issue],
    stream: Option<SeriesStream>,
    (lower, upper): (f64, f64),
    out: &mut Problems,
) -> Option<Measures> {
    if !t.has("measures") && !t.has("issue") {
        return None;
    }
    let side = match t.required("measures", out) {
        Some("ally") => Some(Side::Ally),
        Some("patron") => Some(Side::Patron),
        Some("between") => Some(Side::Between),
        other => {
            if let Some(other) = other {
                let problem = Diagnostic::new(Id::NotOneOf, t.place("measures"));
                let problem = problem.with("value", other);
                out.push(problem.with("allowed", "ally, patron, between"));
            }
            None
        }
    };
    let issue = t.required("issue", out).and_then(|id| {
        let found = issues.iter().position(|i| i.id == id);
        if found.is_none() {
            let allowed: Vec<&str> = issues.iter().map(|i| i.id.as_str()).collect();
            out.push(
                Diagnostic::new(Id::UnknownIssue, t.place("issue"))
                    .with("value", id)
                    .with("allowed", allowed.join(", ")),
            );
        }
        found
    });
    if stream.is_some_and(|s| s != SeriesStream::Condition) {
        let problem = Diagnostic::new(Id::NotOneOf, t.place("stream"));
        let problem = problem.with("value", t.str("stream", out).unwrap_or(""));
        out.push(problem.with("allowed", "condition"));
    }
    let (side, issue) = (side?, issue?);
    let (low, high) = match side {
        Side::Ally | Side::Patron => (-1.0, 1.0),
        Side::Between => (0.0, 1.0),
    };
    for (key, value) in [("lower", lower), ("upper", upper)] {
        if !t.has(key) {
            out.push(Diagnostic::new(Id::EmptyCell, t.place(key)));
        } else if !(low <= value && value <= high) {
            out.push(
                Diagnostic::new(Id::OutOfRange, t.place(key))
                    .with("value", bound(value))
                    .with("low", low)
                    .with("high", high),
            );
        }
    }
    Some(Measures { issue, side })
}
