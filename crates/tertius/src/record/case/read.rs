//! `case.toml`, section by section. A section with a problem leaves a stand-in, so that the tables can be
//! checked in the same pass against all that is sound; no record is made of a stand-in.

use std::collections::BTreeSet;

use toml::de::DeTable;

use super::lists::{
    checked_id, read_actors, read_coders, read_framework_notes, read_issues, read_readings,
};
use super::series::read_series;
use super::settings::read_settings;
use super::{Alliance, CASE_SCHEMA, Case, FILE, MAX_MONTHS};
use crate::record::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use crate::record::keys::{Keys, Lines, Source};
use crate::record::problems::Problems;
use crate::record::text::decode;
use crate::vocabulary::{Actor, ActorRegistry, Catalogue, Month, Span, Text, Triad, When};

/// A case as far as `case.toml` says it, and which of its sections are sound: what rests on the others is
/// not checked, for it would be told of every row.
pub(in crate::record) struct Draft {
    pub(in crate::record) case: Case,
    pub(in crate::record) triad: bool,
    pub(in crate::record) catalogue: bool,
    pub(in crate::record) actors: bool,
    pub(in crate::record) issues: bool,
    pub(in crate::record) coders: bool,
    pub(in crate::record) series: bool,
}

/// Reads `case.toml`. Where it is not there, or no TOML, no section is sound: the tables are then checked for what
/// does not rest on it.
pub(in crate::record) fn read(
    bytes: Option<&[u8]>,
    as_of: Option<Month>,
    out: &mut Problems,
) -> Option<Draft> {
    let text = bytes.and_then(|b| decode(FILE, b, out));
    let (_, errors) = DeTable::parse_recoverable(text.unwrap_or_default());
    let lines = Lines::of(text.unwrap_or_default());
    for e in &errors {
        let line = e.span().map_or(1, |s| lines.line(s.start));
        let place = Place::file(FILE).row(line);
        out.push(Diagnostic::new(Id::NotToml, place).with("reason", e.message()));
    }
    match text.filter(|_| errors.is_empty()) {
        Some(text) => drafted(text, as_of, out),
        // What an empty file lacks is told of no file that could not be read.
        None => {
            let draft = drafted("", as_of, &mut Problems::default())?;
            Some(Draft {
                triad: false,
                catalogue: false,
                actors: false,
                issues: false,
                coders: false,
                series: false,
                ..draft
            })
        }
    }
}

fn drafted(text: &str, as_of: Option<Month>, out: &mut Problems) -> Option<Draft> {
    let lines = Lines::of(text);
    let (document, _) = DeTable::parse_recoverable(text);
    let source = Source {
        file: FILE,
        lines: &lines,
    };
    let mut top = Keys::new(source, "", document.get_ref(), 1);
    match top.required("schema", out) {
        Some(CASE_SCHEMA) | None => {}
        Some(other) => out.push(
            Diagnostic::new(Id::WrongSchema, top.place("schema"))
                .with("value", other)
                .with("expected", CASE_SCHEMA),
        ),
    }
    let id = checked_id(&mut top, out).unwrap_or_default();
    let title = top.text("title", out).unwrap_or_default();
    let note = match top.has("note") {
        true => top.text("note", out).unwrap_or_default(),
        false => Text::default(),
    };
    let coding = match top.has("coding") {
        true => top.text("coding", out).unwrap_or_default(),
        false => Text::default(),
    };
    let (registry, actors) = soundly(out, |out| read_actors(&mut top, out));
    let (triad, triad_sound) = soundly(out, |out| read_triad(&mut top, &registry, out));
    let own = triad.iter().flat_map(|(triad, coalition)| {
        let seats = [triad.ally(), triad.patron(), triad.rival()];
        seats
            .into_iter()
            .chain(coalition)
            .map(|a| a.code().to_owned())
    });
    let registry = registry.likely(own.collect());
    let (span, _) = soundly(out, |out| read_span(&mut top, as_of, out));
    let alliance = read_alliance(&mut top, out);
    let ((catalogue, answers), catalogue_sound) = soundly(out, |out| read_roles(&mut top, out));
    let (issues, issues_sound) = soundly(out, |out| read_issues(&mut top, out));
    let answers = answers.and_then(|(id, place)| {
        let found = issues.iter().position(|i| i.id == id);
        if found.is_none() && issues_sound {
            out.report(Id::UnknownIssue, place, |d| {
                let allowed: Vec<&str> = issues.iter().map(|i| i.id.as_str()).collect();
                d.with("value", id).with("allowed", allowed.join(", "))
            });
        }
        found
    });
    let (series, series_sound) = soundly(out, |out| {
        read_series(&mut top, &registry, &issues, catalogue.as_ref(), out)
    });
    let (coders, coders_sound) = soundly(out, |out| read_coders(&mut top, out));
    let readings = read_readings(&mut top, catalogue.as_ref(), out);
    let framework_notes = read_framework_notes(&mut top, out);
    let settings = read_settings(&mut top, out);
    top.finish(out);

    let (triad, coalition) = triad.or_else(stand_in_triad)?;
    let (span, as_of) = span.or_else(stand_in_span)?;
    Some(Draft {
        case: Case {
            id,
            title,
            note,
            triad,
            coalition,
            span,
            as_of,
            alliance: alliance.unwrap_or(Alliance {
                name: Text::default(),
                since: When::Year(1),
                until: None,
            }),
            catalogue: catalogue.or_else(stand_in_catalogue)?,
            registry,
            issues,
            answers,
            series,
            coders,
            readings,
            coding,
            framework_notes,
            settings,
        },
        triad: triad_sound,
        catalogue: catalogue_sound,
        actors,
        issues: issues_sound,
        coders: coders_sound,
        series: series_sound,
    })
}

/// What a section gave, and whether it had no error.
fn soundly<T>(out: &mut Problems, read: impl FnOnce(&mut Problems) -> T) -> (T, bool) {
    let before = out.errors();
    let found = read(out);
    (found, out.errors() == before)
}

fn stand_in_triad() -> Option<(Triad, BTreeSet<Actor>)> {
    let any = ActorRegistry::default();
    let triad = Triad::new(any.find("JPN")?, any.find("USA")?, any.find("RUS")?).ok()?;
    Some((triad, BTreeSet::new()))
}

fn stand_in_span() -> Option<(Span, Month)> {
    let any = Month::new(2000, 1)?;
    Some((Span::inclusive(any, any)?, any))
}

fn stand_in_catalogue() -> Option<Catalogue> {
    Catalogue::BUNDLED
        .first()
        .and_then(|(id, _)| Catalogue::bundled(id))
}

fn actor(code: &str, place: Place, registry: &ActorRegistry, out: &mut Problems) -> Option<Actor> {
    let found = registry.find(code);
    if found.is_none() {
        out.report(Id::UnknownActor, place, |d| {
            let near = registry.meant(code).unwrap_or_default();
            d.with("value", code).with("nearest", near)
        });
    }
    found
}

fn read_triad(
    top: &mut Keys<'_, '_>,
    registry: &ActorRegistry,
    out: &mut Problems,
) -> Option<(Triad, BTreeSet<Actor>)> {
    let mut t = top.table("triad", out)?;
    let mut position = |key, out: &mut Problems| {
        let code = t.required(key, out)?;
        actor(code, t.place(key), registry, out)
    };
    let (ally, patron, rival) = (
        position("ally", out),
        position("patron", out),
        position("rival", out),
    );
    let mut coalition: BTreeSet<Actor> = patron.clone().into_iter().collect();
    for code in t.strings("coalition", out) {
        coalition.extend(actor(code, t.place("coalition"), registry, out));
    }
    // Whoever measures are taken against, or asked to join them, is not of those who take them.
    for member in [&ally, &rival].into_iter().flatten() {
        if coalition.contains(member) && Some(member) != patron.as_ref() {
            out.push(Diagnostic::new(Id::ActorTwice, t.place("coalition")).with("value", member));
        }
    }
    let place = t.place("ally");
    t.finish(out);
    match Triad::new(ally?, patron?, rival?) {
        Ok(triad) => Some((triad, coalition)),
        Err(e) => {
            out.push(Diagnostic::new(Id::ActorTwice, place).with("value", e.0));
            None
        }
    }
}

fn read_span(
    top: &mut Keys<'_, '_>,
    override_as_of: Option<Month>,
    out: &mut Problems,
) -> Option<(Span, Month)> {
    let mut t = top.table("span", out)?;
    let (from, to) = (t.month("from", out), t.month("to", out));
    let as_of = t.month("as_of", out);
    let (at_to, at_as_of) = (t.place("to"), t.place("as_of"));
    t.finish(out);
    let (from, to, as_of) = (from?, to?, override_as_of.or(as_of)?);
    if as_of < from {
        out.push(
            Diagnostic::new(Id::AsOfBeforeSpan, at_as_of)
                .with("value", as_of)
                .with("from", from),
        );
        return None;
    }
    // Months after the as-of month hold nothing that could be known: they are not read.
    let Some(span) = Span::inclusive(from, to.min(as_of)).filter(|_| from <= to) else {
        out.push(
            Diagnostic::new(Id::EmptySpan, at_to)
                .with("from", from)
                .with("to", to),
        );
        return None;
    };
    if span.len() > MAX_MONTHS {
        out.push(
            Diagnostic::new(Id::LongSpan, at_to)
                .with("months", span.len())
                .with("most", MAX_MONTHS),
        );
        return None;
    }
    Some((span, as_of))
}

fn read_alliance(top: &mut Keys<'_, '_>, out: &mut Problems) -> Option<Alliance> {
    let mut t = top.table("alliance", out)?;
    let name = t.text("name", out);
    let since = t.when("since", out);
    let mut until = if t.has("until") {
        t.when("until", out)
    } else {
        None
    };
    if let (Some(since), Some(end)) = (since, until)
        && end.last_day() < since.first_day()
    {
        let value = format!("{since} … {end}");
        out.push(Diagnostic::new(Id::DateReversed, t.place("until")).with("value", value));
        until = None;
    }
    t.finish(out);
    Some(Alliance {
        name: name?,
        since: since?,
        until,
    })
}

/// The catalogue, and the issue that answers to measures belong to, as it is named there.
fn read_roles<'d>(
    top: &mut Keys<'_, 'd>,
    out: &mut Problems,
) -> (Option<Catalogue>, Option<(&'d str, Place)>) {
    let Some(mut t) = top.table("roles", out) else {
        return (None, None);
    };
    let id = t.required("catalogue", out);
    let answers = t.str("answers", out).map(|id| (id, t.place("answers")));
    let place = t.place("catalogue");
    t.finish(out);
    (id.and_then(|id| catalogue(id, place, out)), answers)
}

fn catalogue(id: &str, place: Place, out: &mut Problems) -> Option<Catalogue> {
    let found = Catalogue::bundled(id);
    if found.is_none() {
        let allowed = Catalogue::BUNDLED
            .iter()
            .map(|(k, _)| *k)
            .collect::<Vec<_>>()
            .join(", ");
        out.push(
            Diagnostic::new(Id::UnknownCatalogue, place)
                .with("value", id)
                .with("allowed", allowed),
        );
    }
    found
}
