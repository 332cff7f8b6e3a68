//! The tables of a record, row by row. A row with an error is left out; its errors are kept.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::case::{Case, SeriesSpec, is_id};
use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use super::rows::{
    Act, Answer, Cited, Coding, Confidence, Coverage, Measure, Position, PositionKind, Series,
    SeriesValue, Statement, StatementKind,
};
use super::sources::Sources;
use super::table::{Row, Table, known_from};
use crate::vocabulary::{Actor, ActorRegistry, Month, Seat, Span, Text, When};

/// What rows are checked against, and what they leave behind for checks across tables.
pub(super) struct Context<'c> {
    pub(super) case: &'c Case,
    pub(super) sources: &'c Sources,
    pub(super) cited: BTreeSet<String>,
    ids: BTreeMap<String, (String, u64)>,
}

impl<'c> Context<'c> {
    pub(super) fn new(case: &'c Case, sources: &'c Sources) -> Self {
        Context {
            case,
            sources,
            cited: BTreeSet::new(),
            ids: BTreeMap::new(),
        }
    }

    fn registry(&self) -> &'c ActorRegistry {
        &self.case.registry
    }

    /// Whether a row of this id was read.
    pub(super) fn has_row(&self, table: &str, id: &str) -> bool {
        self.ids
            .get(id)
            .is_some_and(|(file, _)| file == &format!("{table}.csv"))
    }

    /// The keys of `column`, each of which must be in the bibliography.
    fn keys(&mut self, row: &Row<'_>, column: &str, out: &mut Vec<Diagnostic>) -> Vec<String> {
        let mut keys = Vec::new();
        for key in row.list(column) {
            self.check_key(key, row.place(column), out);
            keys.push(key.to_owned());
        }
        keys
    }

    /// Notes that a source is cited, and says so where the bibliography lacks it.
    pub(super) fn check_key(&mut self, key: &str, place: Place, out: &mut Vec<Diagnostic>) {
        self.cited.insert(key.to_owned());
        if !self.sources.by_key.contains_key(key) {
            let known = self.sources.by_key.keys().map(String::as_str);
            let near = super::nearest(key, known).unwrap_or("");
            out.push(
                Diagnostic::new(Id::UnknownSource, place)
                    .with("value", key)
                    .with("nearest", near),
            );
        }
    }

    fn coder(&self, row: &Row<'_>, out: &mut Vec<Diagnostic>) -> Option<String> {
        let coder = row.required("coder", out)?;
        if !self.case.coders.iter().any(|c| c.id == coder) {
            let allowed = self
                .case
                .coders
                .iter()
                .map(|c| c.id.as_str())
                .collect::<Vec<_>>();
            out.push(
                Diagnostic::new(Id::UnknownCoder, row.place("coder"))
                    .with("value", coder)
                    .with("allowed", allowed.join(", ")),
            );
            return None;
        }
        Some(coder.to_owned())
    }

    fn issue(&self, row: &Row<'_>, out: &mut Vec<Diagnostic>) -> Option<usize> {
        let cell = row.optional("issue")?;
        let found = self.case.issue(cell);
        if found.is_none() {
            let allowed = self
                .case
                .issues
                .iter()
                .map(|i| i.id.as_str())
                .collect::<Vec<_>>();
            out.push(
                Diagnostic::new(Id::UnknownIssue, row.place("issue"))
                    .with("value", cell)
                    .with("allowed", allowed.join(", ")),
            );
        }
        found
    }

    fn cited(
        &mut self,
        file: &str,
        row: &Row<'_>,
        date: Option<When>,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Cited> {
        let id = row.required("id", out).filter(|id| {
            if !is_id(id) {
                out.push(Diagnostic::new(Id::BadId, row.place("id")).with("value", id));
            }
            is_id(id)
        });
        if let Some(id) = id {
            let here = (file.to_owned(), row.number_of_row());
            if let Some((f, r)) = self.ids.get(id) {
                out.push(
                    Diagnostic::new(Id::DuplicateId, row.place("id"))
                        .with("value", id)
                        .with("first", format!("{f}:{r}")),
                );
            } else {
                self.ids.insert(id.to_owned(), here);
            }
        }
        let known = known_from(row, date, out);
        let sources = self.keys(row, "sources", out);
        if sources.is_empty() {
            row.say(out, Id::NoSource, "sources");
        }
        let quote = row.text("quote", out);
        let locator = row.text("locator", out);
        let checked = yes_no(row, "checked", out);
        if checked == Some(true) {
            for (column, there) in [("quote", quote.is_some()), ("locator", locator.is_some())] {
                if !there {
                    row.say(out, Id::CheckedWithoutProof, column);
                }
            }
        }
        check_quote(row, quote.as_deref(), out);
        let confidence = row
            .one_of("confidence", CONFIDENCE, out)
            .unwrap_or(Confidence::Medium);
        let description = row.text("description", out).unwrap_or_default();
        let description_zh = row.text("description_zh", out);
        let coder = self.coder(row, out);
        Some(Cited {
            id: id?.to_owned(),
            file: file.to_owned(),
            row: row.number_of_row(),
            known_from: known?,
            episode: row.optional("episode").map(str::to_owned),
            description: Text {
                en: description,
                zh: description_zh,
            },
            sources,
            quote,
            locator,
            checked: checked?,
            confidence,
            coder: coder?,
        })
    }

    fn in_seat(&self, actors: &[Actor], seat: Seat) -> bool {
        let triad = &self.case.triad;
        actors.iter().any(|a| match seat {
            Seat::Ally => a == triad.ally(),
            Seat::Patron => self.case.coalition.contains(a),
            Seat::Rival => a == triad.rival(),
        })
    }
}

const CONFIDENCE: &[(&str, Confidence)] = &[
    ("high", Confidence::High),
    ("medium", Confidence::Medium),
    ("low", Confidence::Low),
];

fn yes_no(row: &Row<'_>, column: &str, out: &mut Vec<Diagnostic>) -> Option<bool> {
    row.required(column, out)?;
    row.one_of(column, &[("yes", true), ("no", false)], out)
}

/// Thirty words, or, in scripts without spaces, a hundred and twenty characters.
fn check_quote(row: &Row<'_>, quote: Option<&str>, out: &mut Vec<Diagnostic>) {
    const MOST_WORDS: usize = 40;
    const MOST_CHARS: usize = 120;
    let Some(quote) = quote else { return };
    let words = quote.split_whitespace().count();
    let unspaced = quote
        .chars()
        .filter(|c| ('\u{3040}'..='\u{9FFF}').contains(c))
        .count();
    if words > MOST_WORDS || unspaced > MOST_CHARS {
        out.push(
            Diagnostic::new(Id::LongQuote, row.place("quote"))
                .with("words", words.max(unspaced))
                .with(
                    "most",
                    if unspaced > MOST_CHARS {
                        MOST_CHARS
                    } else {
                        MOST_WORDS
                    },
                ),
        );
    }
}

const CITED: &[&str] = &["id", "sources", "quote", "locator", "checked", "coder"];

fn read_table(
    file: &str,
    bytes: &[u8],
    required: &[&str],
    optional: &[&str],
    out: &mut Vec<Diagnostic>,
) -> Option<Table> {
    let required: Vec<&str> = CITED.iter().chain(required).copied().collect();
    let shared = [
        "known_from",
        "episode",
        "confidence",
        "description",
        "description_zh",
    ];
    let optional: Vec<&str> = shared.iter().chain(optional).copied().collect();
    Table::read(file, bytes, &required, &optional, out)
}

/// `acts.csv`.
pub(super) fn acts(ctx: &mut Context<'_>, bytes: &[u8], out: &mut Vec<Diagnostic>) -> Vec<Act> {
    const FILE: &str = "acts.csv";
    let required = [
        "date",
        "actor",
        "target",
        "class",
        "severity",
        "description",
    ];
    let optional = ["issue", "beneficiary", "justification"];
    let Some(table) = read_table(FILE, bytes, &required, &optional, out) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for row in table.rows(ctx.registry()) {
        let before = out.len();
        let act = act(ctx, FILE, &row, out);
        if !has_error(&out[before..]) {
            found.extend(act);
        }
    }
    found
}

fn act(ctx: &mut Context<'_>, file: &str, row: &Row<'_>, out: &mut Vec<Diagnostic>) -> Option<Act> {
    let date = row.when("date", out);
    let cited = ctx.cited(file, row, date, out);
    row.required("actor", out);
    let actors = row.actors("actor", out);
    let targets = row.actors("target", out);
    let class = row.required("class", out).and_then(|name| {
        let found = ctx.case.catalogue.class(name);
        if found.is_none() {
            let known = ctx.case.catalogue.classes().iter().map(|c| c.id.as_str());
            let near = super::nearest(name, known).unwrap_or("");
            out.push(
                Diagnostic::new(Id::UnknownClass, row.place("class"))
                    .with("value", name)
                    .with("nearest", near),
            );
        }
        found
    });
    let issue = ctx.issue(row, out);
    row.required("severity", out);
    let severity = row.whole("severity", 1, 6, out);
    let beneficiary = row.one_of("beneficiary", &same(BENEFICIARIES), out);
    let justification = row.one_of("justification", &same(JUSTIFICATIONS), out);
    row.required("description", out);
    let class = class?;
    if class.id.as_str() == "own_gain" {
        // Without these two the step would show a role by its date alone.
        let proofs = [
            ("beneficiary", beneficiary == Some("own"), "own"),
            (
                "justification",
                matches!(justification, Some("alliance" | "crisis")),
                "alliance, crisis",
            ),
        ];
        for (column, ok, expected) in proofs {
            if !ok {
                out.push(
                    Diagnostic::new(Id::OwnGainUnproven, row.place(column))
                        .with("value", row.raw(column))
                        .with("expected", expected),
                );
            }
        }
    }
    if !class.by.is_empty()
        && !actors.is_empty()
        && !class.by.iter().any(|s| ctx.in_seat(&actors, *s))
    {
        let triad = &ctx.case.triad;
        let expected = class.by.iter().map(|s| match s {
            Seat::Ally => triad.ally().code().to_owned(),
            Seat::Patron => ctx
                .case
                .coalition
                .iter()
                .map(Actor::code)
                .collect::<Vec<_>>()
                .join(", "),
            Seat::Rival => triad.rival().code().to_owned(),
        });
        out.push(
            Diagnostic::new(Id::WrongActor, row.place("actor"))
                .with("value", row.raw("actor"))
                .with("class", &class.id)
                .with("expected", expected.collect::<Vec<_>>().join(", ")),
        );
    }
    let date = date?;
    if class.by.contains(&Seat::Ally) {
        check_alliance(ctx, row, date, out);
    }
    Some(Act {
        cited: cited?,
        date,
        actors,
        targets,
        class: class.id.clone(),
        issue,
        severity: severity? as u8,
        beneficiary: beneficiary.map(str::to_owned),
        justification: justification.map(str::to_owned),
    })
}

fn check_alliance(ctx: &Context<'_>, row: &Row<'_>, date: When, out: &mut Vec<Diagnostic>) {
    let alliance = &ctx.case.alliance;
    let before = date.last_day() < alliance.since.first_day();
    let after = alliance
        .until
        .is_some_and(|u| date.first_day() > u.last_day());
    if before || after {
        let until = alliance
            .until
            .map_or_else(|| "…".to_owned(), |u| u.to_string());
        out.push(
            Diagnostic::new(Id::OutsideAlliance, row.place("date"))
                .with("value", date)
                .with("since", alliance.since)
                .with("until", until),
        );
    }
}

const BENEFICIARIES: &[&str] = &[
    "own", "patron", "alliance", "rival", "opponent", "third", "common",
];
const JUSTIFICATIONS: &[&str] = &["alliance", "crisis", "law", "own", "economy", "none"];

/// Words that stand for themselves.
fn same<'w>(words: &[&'w str]) -> Vec<(&'w str, &'w str)> {
    words.iter().map(|w| (*w, *w)).collect()
}

fn has_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .any(|d| d.severity == super::Severity::Error)
}

/// `measures.csv`.
pub(super) fn measures(
    ctx: &mut Context<'_>,
    bytes: &[u8],
    out: &mut Vec<Diagnostic>,
) -> Vec<Measure> {
    const FILE: &str = "measures.csv";
    let required = ["issuer", "s_date", "grade", "answer_date", "answer_grade"];
    let optional = ["grade_date", "exemptions", "answer_sources"];
    let Some(table) = read_table(FILE, bytes, &required, &optional, out) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for row in table.rows(ctx.registry()) {
        let before = out.len();
        let measure = measure(ctx, FILE, &row, out);
        if !has_error(&out[before..]) {
            found.extend(measure);
        }
    }
    found
}

fn measure(
    ctx: &mut Context<'_>,
    file: &str,
    row: &Row<'_>,
    out: &mut Vec<Diagnostic>,
) -> Option<Measure> {
    row.required("s_date", out);
    let date = row.day_like("s_date", out);
    let cited = ctx.cited(file, row, date, out);
    row.required("issuer", out);
    let issuers = row.actors("issuer", out);
    for issuer in issuers.iter().filter(|i| !ctx.case.coalition.contains(*i)) {
        let allowed = ctx
            .case
            .coalition
            .iter()
            .map(Actor::code)
            .collect::<Vec<_>>()
            .join(", ");
        out.push(
            Diagnostic::new(Id::OutsideCoalition, row.place("issuer"))
                .with("value", issuer)
                .with("allowed", allowed),
        );
    }
    row.required("grade", out);
    let grade = row.whole("grade", 1, 6, out);
    let answer_date = row.day_like("answer_date", out);
    let answer_grade = row.whole("answer_grade", 1, 6, out);
    let grade_date = row.day_like("grade_date", out);
    let half = row.optional("answer_date").is_some() != row.optional("answer_grade").is_some();
    let dangling = row.optional("grade_date").is_some() && row.optional("answer_date").is_none();
    if half || dangling {
        let empty = if row.optional("answer_date").is_none() {
            "answer_date"
        } else {
            "answer_grade"
        };
        row.say(out, Id::HalfAnswer, empty);
    }
    let answer_sources = ctx.keys(row, "answer_sources", out);
    let exemptions = row.text("exemptions", out);
    let date = date?;
    let answer = match (answer_date, answer_grade) {
        (Some(first), Some(grade)) => {
            let reached = grade_date.unwrap_or(first);
            check_answer(row, date, first, reached, out);
            check_alliance(ctx, row, first, out);
            Some(Answer {
                date: first,
                grade: grade as u8,
                grade_date: reached,
            })
        }
        _ => None,
    };
    Some(Measure {
        cited: cited?,
        issuers,
        date,
        grade: grade? as u8,
        answer,
        exemptions,
        answer_sources,
    })
}

fn check_answer(row: &Row<'_>, date: When, first: When, reached: When, out: &mut Vec<Diagnostic>) {
    if first.last_day() < date.first_day() {
        out.push(
            Diagnostic::new(Id::AnswerBeforeMeasure, row.place("answer_date"))
                .with("answer", first)
                .with("measure", date),
        );
    }
    let last = Month::of(date.last_day()) + 12;
    if reached.last_day() < first.first_day() || Month::of(reached.first_day()) > last {
        out.push(
            Diagnostic::new(Id::GradeDateOrder, row.place("grade_date"))
                .with("value", reached)
                .with("from", first)
                .with("to", last),
        );
    }
}

/// `positions.csv`.
pub(super) fn positions(
    ctx: &mut Context<'_>,
    bytes: &[u8],
    out: &mut Vec<Diagnostic>,
) -> Vec<Position> {
    const FILE: &str = "positions.csv";
    let required = [
        "date", "actor", "issue", "kind", "value", "low", "high", "salience",
    ];
    let Some(table) = read_table(FILE, bytes, &required, &[], out) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for row in table.rows(ctx.registry()) {
        let before = out.len();
        let position = position(ctx, FILE, &row, out);
        if !has_error(&out[before..]) {
            found.extend(position);
        }
    }
    found
}

fn position(
    ctx: &mut Context<'_>,
    file: &str,
    row: &Row<'_>,
    out: &mut Vec<Diagnostic>,
) -> Option<Position> {
    let date = row.when("date", out);
    let cited = ctx.cited(file, row, date, out);
    row.required("actor", out);
    let actor = row.actors("actor", out).into_iter().next();
    row.required("issue", out);
    let issue = ctx.issue(row, out);
    row.required("kind", out);
    let kinds = [
        ("preference", PositionKind::Preference),
        ("expectation", PositionKind::Expectation),
    ];
    let kind = row.one_of("kind", &kinds, out);
    let mut number = |column, low| {
        row.required(column, out);
        row.number(column, low, 1.0, out)
    };
    let value = number("value", -1.0);
    let (low, high) = (number("low", -1.0), number("high", -1.0));
    let salience = number("salience", 0.0);
    if let (Some(PositionKind::Expectation), Some(actor)) = (kind, &actor)
        && !ctx.case.coalition.contains(actor)
    {
        out.push(
            Diagnostic::new(Id::ExpectationNotPatrons, row.place("actor"))
                .with("value", actor)
                .with("expected", ctx.case.triad.patron()),
        );
    }
    let (low, value, high) = (low?, value?, high?);
    check_bounds(row, low, value, high, out);
    Some(Position {
        cited: cited?,
        date: date?,
        actor: actor?,
        issue: issue?,
        kind: kind?,
        value,
        low,
        high,
        salience: salience?,
    })
}

fn check_bounds(row: &Row<'_>, low: f64, value: f64, high: f64, out: &mut Vec<Diagnostic>) {
    if !(low <= value && value <= high) {
        out.push(
            Diagnostic::new(Id::BoundsOrder, row.place("low"))
                .with("low", low)
                .with("value", value)
                .with("high", high),
        );
    }
}

/// `statements.csv`.
pub(super) fn statements(
    ctx: &mut Context<'_>,
    bytes: &[u8],
    out: &mut Vec<Diagnostic>,
) -> Vec<Statement> {
    const FILE: &str = "statements.csv";
    let Some(table) = read_table(FILE, bytes, &["date", "speaker", "kind", "role"], &[], out)
    else {
        return Vec::new();
    };
    let kinds = [
        ("expected", StatementKind::Expected),
        ("declared", StatementKind::Declared),
        ("rival_view", StatementKind::RivalView),
        ("third_view", StatementKind::ThirdView),
    ];
    let catalogue = &ctx.case.catalogue;
    let roles: Vec<(&str, Option<&str>)> = catalogue
        .roles()
        .map(|r| catalogue.spec(r).id.as_str())
        .map(|id| (id, Some(id)))
        .chain([("none", None)])
        .collect();
    let mut found = Vec::new();
    for row in table.rows(ctx.registry()) {
        let before = out.len();
        let date = row.when("date", out);
        let cited = ctx.cited(FILE, &row, date, out);
        row.required("speaker", out);
        let speakers = row.actors("speaker", out);
        row.required("kind", out);
        let kind = row.one_of("kind", &kinds, out);
        row.required("role", out);
        let role = row.one_of("role", &roles, out);
        let seat = match kind {
            Some(StatementKind::Expected) => Some(Seat::Patron),
            Some(StatementKind::Declared) => Some(Seat::Ally),
            Some(StatementKind::RivalView) => Some(Seat::Rival),
            Some(StatementKind::ThirdView) | None => None,
        };
        if let Some(seat) = seat.filter(|s| !speakers.is_empty() && !ctx.in_seat(&speakers, *s)) {
            let triad = &ctx.case.triad;
            let expected = match seat {
                Seat::Ally => triad.ally(),
                Seat::Patron => triad.patron(),
                Seat::Rival => triad.rival(),
            };
            out.push(
                Diagnostic::new(Id::WrongActor, row.place("speaker"))
                    .with("value", row.raw("speaker"))
                    .with("class", row.raw("kind"))
                    .with("expected", expected),
            );
        }
        if has_error(&out[before..]) {
            continue;
        }
        if let (Some(cited), Some(date), Some(kind), Some(role)) = (cited, date, kind, role) {
            let role = role.map(str::to_owned);
            found.push(Statement {
                cited,
                date,
                speakers,
                kind,
                role,
            });
        }
    }
    found
}

/// One file of `series/`.
pub(super) fn series(
    ctx: &mut Context<'_>,
    spec: &SeriesSpec,
    bytes: &[u8],
    out: &mut Vec<Diagnostic>,
) -> Series {
    let required = ["period", "value", "sources"];
    let optional = ["low", "high", "n", "known_from", "note"];
    let mut values: Vec<SeriesValue> = Vec::new();
    if let Some(table) = Table::read(&spec.file, bytes, &required, &optional, out) {
        let mut seen: BTreeMap<(Date, Date), u64> = BTreeMap::new();
        for row in table.rows(ctx.registry()) {
            let before = out.len();
            let value = series_value(ctx, spec, &row, out);
            if has_error(&out[before..]) {
                continue;
            }
            let Some(value) = value else { continue };
            let period = (value.period.first_day(), value.period.last_day());
            if let Some(first) = seen.get(&period) {
                out.push(
                    Diagnostic::new(Id::DuplicatePeriod, row.place("period"))
                        .with("value", value.period)
                        .with("first", first),
                );
                continue;
            }
            seen.insert(period, value.row);
            values.push(value);
        }
    }
    values.sort_by_key(|v| (v.period.first_day(), v.period.last_day()));
    Series {
        spec: spec.clone(),
        values,
    }
}

fn series_value(
    ctx: &mut Context<'_>,
    spec: &SeriesSpec,
    row: &Row<'_>,
    out: &mut Vec<Diagnostic>,
) -> Option<SeriesValue> {
    let period = row.when("period", out);
    let mut number = |column| row.number(column, spec.lower, spec.upper, out);
    let (value, low, high) = (number("value"), number("low"), number("high"));
    if let (Some(low), Some(value), Some(high)) = (low, value, high) {
        check_bounds(row, low, value, high, out);
    }
    let n = row.whole("n", 1, u32::MAX, out);
    let known = row.day_like("known_from", out);
    let sources = ctx.keys(row, "sources", out);
    if sources.is_empty() {
        row.say(out, Id::NoSource, "sources");
    }
    let note = row.text("note", out);
    let period = period?;
    let published = known.map_or_else(
        || {
            let end = period.last_day();
            if spec.lag_months == 0 {
                end
            } else {
                (Month::of(end) + spec.lag_months as i32).last_day()
            }
        },
        When::last_day,
    );
    Some(SeriesValue {
        row: row.number_of_row(),
        period,
        value,
        low,
        high,
        n,
        known_from: published,
        sources,
        note,
    })
}

/// `coverage.csv`.
pub(super) fn coverage(
    ctx: &mut Context<'_>,
    bytes: &[u8],
    out: &mut Vec<Diagnostic>,
) -> Vec<Coverage> {
    const FILE: &str = "coverage.csv";
    let required = ["what", "from", "to", "exhaustive", "coder"];
    let Some(table) = Table::read(FILE, bytes, &required, &["sources", "note"], out) else {
        return Vec::new();
    };
    let catalogue = &ctx.case.catalogue;
    let tables = ["answers", "acts", "measures", "positions", "statements"];
    let words: Vec<&str> = catalogue
        .classes()
        .iter()
        .map(|c| c.id.as_str())
        .chain(tables)
        .collect();
    let words = same(&words);
    let mut found: Vec<Coverage> = Vec::new();
    for row in table.rows(ctx.registry()) {
        let before = out.len();
        row.required("what", out);
        let what = row.one_of("what", &words, out);
        let (from, to) = (row.month("from", out), row.month("to", out));
        let exhaustive = yes_no(&row, "exhaustive", out);
        let coder = ctx.coder(&row, out);
        let sources = ctx.keys(&row, "sources", out);
        let note = row.text("note", out);
        let span = from.zip(to).and_then(|(from, to)| {
            let span = Span::inclusive(from, to);
            if span.is_none() {
                out.push(
                    Diagnostic::new(Id::DateReversed, row.place("to"))
                        .with("value", format!("{from} … {to}")),
                );
            }
            span
        });
        if let (Some(what), Some(span), Some(exhaustive)) = (what, span, exhaustive) {
            let overlaps = |c: &&Coverage| {
                c.what == what
                    && c.exhaustive != exhaustive
                    && c.span.first() <= span.last()
                    && span.first() <= c.span.last()
            };
            if let Some(other) = found.iter().find(overlaps) {
                out.push(
                    Diagnostic::new(Id::CoverageContradiction, row.place("exhaustive"))
                        .with("value", what)
                        .with("first", other.row),
                );
            }
        }
        if has_error(&out[before..]) {
            continue;
        }
        if let (Some(what), Some(span), Some(exhaustive), Some(coder)) =
            (what, span, exhaustive, coder)
        {
            let (what, row) = (what.to_owned(), row.number_of_row());
            found.push(Coverage {
                what,
                row,
                span,
                exhaustive,
                coder,
                sources,
                note,
            });
        }
    }
    found
}

/// One file of `codings/`.
pub(super) fn codings(
    ctx: &Context<'_>,
    file: &str,
    bytes: &[u8],
    out: &mut Vec<Diagnostic>,
) -> Vec<Coding> {
    let required = ["table", "id", "field", "value", "coder"];
    let Some(table) = Table::read(file, bytes, &required, &["note"], out) else {
        return Vec::new();
    };
    let tables = same(&["acts", "measures", "positions", "statements"]);
    let fields = same(&[
        "class",
        "issue",
        "severity",
        "beneficiary",
        "justification",
        "grade",
        "value",
        "role",
    ]);
    let mut found = Vec::new();
    for row in table.rows(ctx.registry()) {
        let before = out.len();
        let of = row
            .required("table", out)
            .and_then(|_| row.one_of("table", &tables, out));
        let id = row.required("id", out);
        let field = row
            .required("field", out)
            .and_then(|_| row.one_of("field", &fields, out));
        let coder = ctx.coder(&row, out);
        if let (Some(of), Some(id)) = (of, id)
            && !ctx.has_row(of, id)
        {
            out.push(
                Diagnostic::new(Id::CodingOfNothing, row.place("id"))
                    .with("value", format!("{of}:{id}")),
            );
        }
        if has_error(&out[before..]) {
            continue;
        }
        if let (Some(of), Some(id), Some(field), Some(coder)) = (of, id, field, coder) {
            found.push(Coding {
                table: of.to_owned(),
                id: id.to_owned(),
                field: field.to_owned(),
                value: row.raw("value").to_owned(),
                coder,
            });
        }
    }
    found
}

/// A place for the whole of a table.
pub(super) fn absent(file: &str, out: &mut Vec<Diagnostic>) {
    out.push(Diagnostic::new(Id::AbsentTable, Place::file(file)));
}
