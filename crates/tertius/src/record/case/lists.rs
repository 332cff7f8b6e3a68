//! What `case.toml` declares in lists: actors, issues, coders, published readings.

use std::collections::BTreeMap;

use super::{Coder, Family, Issue, Reading, is_id};
use crate::record::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use crate::record::keys::Keys;
use crate::record::problems::Problems;
use crate::vocabulary::{ActorRegistry, Catalogue, FrameworkNote, Span, Text};

pub(super) fn checked_id(keys: &mut Keys<'_, '_>, out: &mut Problems) -> Option<String> {
    let id = keys.required("id", out)?;
    if !is_id(id) {
        out.push(Diagnostic::new(Id::BadId, keys.place("id")).with("value", id));
        return None;
    }
    Some(id.to_owned())
}

/// Says so where an id was there before.
pub(super) fn once(
    seen: &mut BTreeMap<String, u64>,
    id: &str,
    place: Place,
    out: &mut Problems,
) -> bool {
    let row = place.row.unwrap_or(1);
    if let Some(first) = seen.get(id) {
        out.push(
            Diagnostic::new(Id::DuplicateId, place)
                .with("value", id)
                .with("first", first),
        );
        return false;
    }
    seen.insert(id.to_owned(), row);
    true
}

pub(super) fn read_actors(top: &mut Keys<'_, '_>, out: &mut Problems) -> ActorRegistry {
    let mut declared = BTreeMap::new();
    let mut seen = BTreeMap::new();
    for mut t in top.tables("actors", out) {
        let code = t.required("code", out);
        let name = t.text("name", out);
        t.plain("kind", out);
        if let Some(code) = code {
            if !is_id(code) {
                out.push(Diagnostic::new(Id::BadId, t.place("code")).with("value", code));
            } else if ActorRegistry::is_iso(code) {
                out.push(Diagnostic::new(Id::ActorTaken, t.place("code")).with("value", code));
            } else if once(&mut seen, code, t.place("code"), out) {
                declared.insert(code.to_owned(), name.unwrap_or_default());
            }
        }
        t.finish(out);
    }
    ActorRegistry::new(declared)
}

pub(super) fn read_issues(top: &mut Keys<'_, '_>, out: &mut Problems) -> Vec<Issue> {
    let mut seen = BTreeMap::new();
    let mut issues = Vec::new();
    for mut t in top.tables("issues", out) {
        let id = checked_id(&mut t, out);
        let family = match t.required("family", out) {
            Some("rival") => Some(Family::Rival),
            Some("ally") => Some(Family::Ally),
            Some(other) => {
                out.push(
                    Diagnostic::new(Id::NotOneOf, t.place("family"))
                        .with("value", other)
                        .with("allowed", "rival, ally"),
                );
                None
            }
            None => None,
        };
        let name = t.text("name", out);
        if let (Some(id), Some(family), Some(name)) = (id, family, name)
            && once(&mut seen, &id, t.place("id"), out)
        {
            issues.push(Issue { id, family, name });
        }
        t.finish(out);
    }
    issues
}

pub(super) fn read_coders(top: &mut Keys<'_, '_>, out: &mut Problems) -> Vec<Coder> {
    let mut seen = BTreeMap::new();
    let mut coders = Vec::new();
    // Every row is coded by somebody.
    if !top.has("coders") {
        out.push(Diagnostic::new(Id::EmptyCell, top.place("coders")));
    }
    for mut t in top.tables("coders", out) {
        let id = checked_id(&mut t, out);
        let kind = t.required("kind", out);
        let note = t.plain("note", out);
        if let Some(other) = kind.filter(|k| !matches!(*k, "person" | "language-model")) {
            out.push(
                Diagnostic::new(Id::NotOneOf, t.place("kind"))
                    .with("value", other)
                    .with("allowed", "person, language-model"),
            );
        }
        if let (Some(id), Some(kind)) = (id, kind)
            && once(&mut seen, &id, t.place("id"), out)
        {
            coders.push(Coder {
                id,
                kind: kind.to_owned(),
                note,
            });
        }
        t.finish(out);
    }
    coders
}

pub(super) fn read_framework_notes(
    top: &mut Keys<'_, '_>,
    out: &mut Problems,
) -> Vec<FrameworkNote> {
    let mut seen = BTreeMap::new();
    let mut found = Vec::new();
    for mut t in top.tables("framework_notes", out) {
        let id = checked_id(&mut t, out);
        let text = t.text("text", out);
        if let (Some(id), Some(text)) = (id, text)
            && once(&mut seen, &id, t.place("id"), out)
        {
            found.push(FrameworkNote { id, text });
        }
        t.finish(out);
    }
    found
}

pub(super) fn read_readings(
    top: &mut Keys<'_, '_>,
    catalogue: Option<&Catalogue>,
    out: &mut Problems,
) -> Vec<Reading> {
    let mut seen = BTreeMap::new();
    let mut found = Vec::new();
    for mut t in top.tables("readings", out) {
        let id = checked_id(&mut t, out);
        let name = t.text("name", out);
        let (from, to) = (t.month("from", out), t.month("to", out));
        let mut roles = Vec::new();
        for role in t.strings("roles", out) {
            match catalogue.map(|c| c.role(role).is_some()) {
                Some(false) => out.push(
                    Diagnostic::new(Id::NotOneOf, t.place("roles"))
                        .with("value", role)
                        .with("allowed", role_ids(catalogue)),
                ),
                Some(true) | None => roles.push(role.to_owned()),
            }
        }
        let source = t.required("source", out).map(str::to_owned);
        let line = t.place("source").row.unwrap_or(1);
        let note = if t.has("note") {
            t.text("note", out)
        } else {
            Some(Text::default())
        };
        let span = from.zip(to).and_then(|(from, to)| {
            let span = Span::inclusive(from, to);
            if span.is_none() {
                out.push(
                    Diagnostic::new(Id::EmptySpan, t.place("to"))
                        .with("from", from)
                        .with("to", to),
                );
            }
            span
        });
        if let (Some(id), Some(name), Some(span), Some(source), Some(note)) =
            (id, name, span, source, note)
            && once(&mut seen, &id, t.place("id"), out)
        {
            found.push(Reading {
                id,
                name,
                span,
                roles,
                source,
                note,
                line,
            });
        }
        t.finish(out);
    }
    found
}

fn role_ids(catalogue: Option<&Catalogue>) -> String {
    let Some(c) = catalogue else {
        return String::new();
    };
    c.roles()
        .map(|r| c.spec(r).id.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}
