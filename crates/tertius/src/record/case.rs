//! `case.toml`: who is who, which months, which issues, which series, who coded.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use toml::de::DeTable;

use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use super::keys::{Keys, Source};
use super::table::decode;
use crate::vocabulary::{Actor, ActorRegistry, Catalogue, Month, Span, Text, Triad, When};

/// The form of case that this program reads.
pub const CASE_SCHEMA: &str = "tertius-case/1";

/// The most months that a case may span: two centuries are a misprint, not a study.
pub const MAX_MONTHS: usize = 2400;

/// Which family of interests an issue belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Interests over the rival: +1 fully accommodating, −1 fully hostile.
    Rival,
    /// Interests in capacity, status and network: +1 maximal expansion.
    Ally,
}

/// A thing over which interests overlap or part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Key in tables.
    pub id: String,
    /// Its family.
    pub family: Family,
    /// Name for display.
    pub name: Text,
}

/// Which side of the argument a series may serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SeriesStream {
    /// May explain roles.
    Condition,
    /// May show roles.
    Behaviour,
    /// Is shown, and used by neither.
    Display,
}

/// A series as `case.toml` declares it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesSpec {
    /// Key.
    pub id: String,
    /// File under the case folder.
    pub file: String,
    /// Name for display.
    pub name: Text,
    /// Unit of the values.
    pub unit: String,
    /// What it measures.
    pub indicator: String,
    /// Which side it may serve.
    pub stream: SeriesStream,
    /// `measured`, `computed` or `hand-coded`.
    pub method: String,
    /// Least value.
    pub lower: f64,
    /// Greatest value.
    pub upper: f64,
    /// Months from the end of a period until its value is known.
    pub lag_months: u32,
    /// Where in `case.toml` it stands.
    #[serde(skip)]
    pub line: u64,
}

/// Who coded, and what kind of coder it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coder {
    /// Key in tables.
    pub id: String,
    /// `person` or `language-model`.
    pub kind: String,
    /// Anything that a referee should know.
    pub note: String,
}

/// The ally's alliance with its patron.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alliance {
    /// Its name.
    pub name: Text,
    /// When it began.
    pub since: When,
    /// When it ended, if it did.
    pub until: Option<When>,
}

/// A reading of the ally's roles that somebody has published: set beside ours, used by nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Its id.
    pub id: String,
    /// Name of its period.
    pub name: Text,
    /// Its months.
    pub span: Span,
    /// The roles read, by id.
    pub roles: Vec<String>,
    /// Key of the source.
    pub source: String,
    /// Where in the source, and anything else.
    pub note: Text,
}

/// An option that a case sets, not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawOption {
    /// Its name.
    pub name: String,
    /// Its value as text.
    pub value: String,
    /// Where it stands.
    pub place: Place,
}

/// A checked `case.toml`.
#[derive(Clone, Debug)]
pub struct Case {
    /// Key, and name of the output folder.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Ally, patron, rival.
    pub triad: Triad,
    /// Whose measures count as the patron's; the patron itself among them.
    pub coalition: BTreeSet<Actor>,
    /// The months read.
    pub span: Span,
    /// Rows known only later than this month are hidden.
    pub as_of: Month,
    /// The ally's alliance.
    pub alliance: Alliance,
    /// The roles.
    pub catalogue: Catalogue,
    /// All actors that rows may name.
    pub registry: ActorRegistry,
    /// Declared issues, in order.
    pub issues: Vec<Issue>,
    /// Declared series, in order.
    pub series: Vec<SeriesSpec>,
    /// Declared coders, in order.
    pub coders: Vec<Coder>,
    /// Published readings, in order.
    pub readings: Vec<Reading>,
    /// Options that differ from their defaults.
    pub options: Vec<RawOption>,
}

impl Case {
    /// The issue with this id, by position.
    pub fn issue(&self, id: &str) -> Option<usize> {
        self.issues.iter().position(|i| i.id == id)
    }
}

/// Indicators that the rule takes, with the range that each must have.
pub const RULE_INDICATORS: &[(&str, f64, f64)] = &[
    ("asymmetry", 0.0, 1.0),
    ("dependence", 0.0, 1.0),
    ("commitment", 0.0, 1.0),
    ("patron_pressure", 0.0, 1.0),
    ("hardliners", 0.0, 1.0),
    ("burden_demand", 0.0, 1.0),
    ("capacity", 0.0, 1.0),
    ("cover", 0.0, 1.0),
    ("patron_rival_relation", -1.0, 1.0),
];

/// Whether a text can be a key, a file name and an anchor in a page at once.
pub(super) fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        && !text.starts_with('-')
}

/// Reads `case.toml`; nothing if it has an error.
pub(super) fn read(bytes: &[u8], as_of: Option<Month>, out: &mut Vec<Diagnostic>) -> Option<Case> {
    const FILE: &str = "case.toml";
    let text = decode(FILE, bytes, out)?;
    let source = Source { file: FILE, text };
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        for e in errors {
            let line = e.span().map_or(1, |s| source.line(s.start));
            let place = Place::file(FILE).row(line);
            out.push(Diagnostic::new(Id::NotToml, place).with("reason", e.message()));
        }
        return None;
    }
    let mut top = Keys::new(source, "", document.get_ref(), 1);
    let before = out.len();

    match top.required("schema", out) {
        Some(CASE_SCHEMA) | None => {}
        Some(other) => out.push(
            Diagnostic::new(Id::WrongSchema, top.place("schema"))
                .with("value", other)
                .with("expected", CASE_SCHEMA),
        ),
    }
    let id = checked_id(&mut top, out);
    let title = top.text("title", out);
    let registry = read_actors(&mut top, out);
    let (triad, coalition) = read_triad(&mut top, &registry, out).unzip();
    let (span, as_of) = read_span(&mut top, as_of, out).unzip();
    let alliance = read_alliance(&mut top, out);
    let catalogue = read_catalogue(&mut top, out);
    let issues = read_issues(&mut top, out);
    let series = read_series(&mut top, out);
    let coders = read_coders(&mut top, out);
    let readings = read_readings(&mut top, catalogue.as_ref(), out);
    let options = top
        .optional_table("options", out)
        .map_or_else(Vec::new, |t| {
            t.all_as_text()
                .into_iter()
                .map(|(name, value, place)| RawOption { name, value, place })
                .collect()
        });
    top.finish(out);

    let sound = !out[before..]
        .iter()
        .any(|d| d.severity == super::Severity::Error);
    sound.then_some(())?;
    Some(Case {
        id: id?,
        title: title?,
        triad: triad?,
        coalition: coalition?,
        span: span?,
        as_of: as_of?,
        alliance: alliance?,
        catalogue: catalogue?,
        registry,
        issues,
        series,
        coders,
        readings,
        options,
    })
}

fn checked_id(keys: &mut Keys<'_, '_>, out: &mut Vec<Diagnostic>) -> Option<String> {
    let id = keys.required("id", out)?;
    if !is_id(id) {
        out.push(Diagnostic::new(Id::BadId, keys.place("id")).with("value", id));
        return None;
    }
    Some(id.to_owned())
}

/// Says so where an id was there before.
fn once(
    seen: &mut BTreeMap<String, u64>,
    id: &str,
    place: Place,
    out: &mut Vec<Diagnostic>,
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

fn read_actors(top: &mut Keys<'_, '_>, out: &mut Vec<Diagnostic>) -> ActorRegistry {
    let mut declared = BTreeMap::new();
    let mut seen = BTreeMap::new();
    for mut t in top.tables("actors", out) {
        let code = t.required("code", out);
        let name = t.text("name", out);
        t.str("kind", out);
        if let (Some(code), Some(name)) = (code, name) {
            if !is_id(code) {
                out.push(Diagnostic::new(Id::BadId, t.place("code")).with("value", code));
            } else if ActorRegistry::is_iso(code) {
                out.push(Diagnostic::new(Id::ActorTaken, t.place("code")).with("value", code));
            } else if once(&mut seen, code, t.place("code"), out) {
                declared.insert(code.to_owned(), name);
            }
        }
        t.finish(out);
    }
    ActorRegistry::new(declared)
}

fn actor(
    code: &str,
    place: Place,
    registry: &ActorRegistry,
    out: &mut Vec<Diagnostic>,
) -> Option<Actor> {
    let found = registry.find(code);
    if found.is_none() {
        let near = registry.nearest(code).unwrap_or_default();
        out.push(
            Diagnostic::new(Id::UnknownActor, place)
                .with("value", code)
                .with("nearest", near),
        );
    }
    found
}

fn read_triad(
    top: &mut Keys<'_, '_>,
    registry: &ActorRegistry,
    out: &mut Vec<Diagnostic>,
) -> Option<(Triad, BTreeSet<Actor>)> {
    let mut t = top.table("triad", out)?;
    let mut position = |key, out: &mut Vec<Diagnostic>| {
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
    out: &mut Vec<Diagnostic>,
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

fn read_alliance(top: &mut Keys<'_, '_>, out: &mut Vec<Diagnostic>) -> Option<Alliance> {
    let mut t = top.table("alliance", out)?;
    let name = t.text("name", out);
    let since = t.when("since", out);
    let until = if t.has("until") {
        t.when("until", out)
    } else {
        None
    };
    t.finish(out);
    Some(Alliance {
        name: name?,
        since: since?,
        until,
    })
}

fn read_catalogue(top: &mut Keys<'_, '_>, out: &mut Vec<Diagnostic>) -> Option<Catalogue> {
    let mut t = top.table("roles", out)?;
    let id = t.required("catalogue", out);
    let place = t.place("catalogue");
    t.finish(out);
    let id = id?;
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

fn read_issues(top: &mut Keys<'_, '_>, out: &mut Vec<Diagnostic>) -> Vec<Issue> {
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

fn read_coders(top: &mut Keys<'_, '_>, out: &mut Vec<Diagnostic>) -> Vec<Coder> {
    let mut seen = BTreeMap::new();
    let mut coders = Vec::new();
    for mut t in top.tables("coders", out) {
        let id = checked_id(&mut t, out);
        let kind = t.required("kind", out);
        let note = t.str("note", out).unwrap_or("").to_owned();
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

fn read_readings(
    top: &mut Keys<'_, '_>,
    catalogue: Option<&Catalogue>,
    out: &mut Vec<Diagnostic>,
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

fn read_series(top: &mut Keys<'_, '_>, out: &mut Vec<Diagnostic>) -> Vec<SeriesSpec> {
    let mut ids = BTreeMap::new();
    let mut files = BTreeMap::new();
    let mut streams: BTreeMap<String, (SeriesStream, u64)> = BTreeMap::new();
    let mut found = Vec::new();
    for mut t in top.tables("series", out) {
        let Some(spec) = read_one_series(&mut t, out) else {
            t.finish(out);
            continue;
        };
        let fresh = once(&mut ids, &spec.id, t.place("id"), out)
            & once(&mut files, &spec.file, t.place("file"), out);
        let place = t.place("indicator");
        match streams.get(&spec.indicator) {
            // Shown beside either side, a series takes no side.
            _ if spec.stream == SeriesStream::Display => {}
            Some((stream, first)) if *stream != spec.stream => out.push(
                Diagnostic::new(Id::BothStreams, place.clone())
                    .with("value", &spec.indicator)
                    .with("first", first),
            ),
            Some(_) => {}
            None => {
                streams.insert(
                    spec.indicator.clone(),
                    (spec.stream, place.row.unwrap_or(1)),
                );
            }
        }
        if let Some((_, low, high)) = RULE_INDICATORS
            .iter()
            .find(|(n, _, _)| *n == spec.indicator)
        {
            if spec.stream != SeriesStream::Condition {
                out.push(
                    Diagnostic::new(Id::RuleIndicatorNotCondition, place)
                        .with("value", &spec.indicator),
                );
            } else if spec.lower < *low || spec.upper > *high {
                out.push(
                    Diagnostic::new(Id::OutOfRange, t.place("lower"))
                        .with("value", format!("{} … {}", spec.lower, spec.upper))
                        .with("low", low)
                        .with("high", high),
                );
            }
        }
        if fresh {
            found.push(spec);
        }
        t.finish(out);
    }
    found
}

fn read_one_series(t: &mut Keys<'_, '_>, out: &mut Vec<Diagnostic>) -> Option<SeriesSpec> {
    let id = checked_id(t, out);
    let file = t.required("file", out).filter(|f| {
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
    let name = t.text("name", out);
    let unit = t.required("unit", out).map(str::to_owned);
    let indicator = t.required("indicator", out).map(str::to_owned);
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
    let method = t.required("method", out);
    if let Some(other) = method.filter(|m| !matches!(*m, "measured" | "computed" | "hand-coded")) {
        out.push(
            Diagnostic::new(Id::NotOneOf, t.place("method"))
                .with("value", other)
                .with("allowed", "measured, computed, hand-coded"),
        );
    }
    let lower = t.number("lower", out).unwrap_or(f64::MIN);
    let upper = t.number("upper", out).unwrap_or(f64::MAX);
    let lag = t.number("lag_months", out).unwrap_or(0.0);
    if !(0.0..=1200.0).contains(&lag) || lag.fract() != 0.0 {
        out.push(
            Diagnostic::new(Id::OutOfRange, t.place("lag_months"))
                .with("value", lag)
                .with("low", 0)
                .with("high", 1200),
        );
    }
    let line = t.place("id").row.unwrap_or(1);
    Some(SeriesSpec {
        id: id?,
        file: file?.to_owned(),
        name: name?,
        unit: unit?,
        indicator: indicator?,
        stream: stream?,
        method: method?.to_owned(),
        lower,
        upper,
        lag_months: lag as u32,
        line,
    })
}
