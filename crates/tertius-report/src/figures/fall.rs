//! What a waterfall takes apart: a role's log-odds in one month, or their change over a turn.

use tertius::findings::{
    EvidenceChange, EvidencePart, Findings, PartKind, TurningPoint, Waterfall,
};

use crate::names::{Names, number};

/// Bars of their own for so many rows and silences; the rest are one bar.
const MOST: usize = 10;

/// A step from a start to an end, part by part.
pub(crate) struct Fall<'a> {
    /// Anchor and file name.
    pub(crate) id: String,
    pub(crate) title: String,
    /// Which caption: `month` or `change`.
    pub(crate) kind: &'static str,
    /// Where the parts begin, if not at nothing.
    pub(crate) start: Option<(String, f64)>,
    pub(crate) parts: &'a [EvidencePart],
    /// The log-odds that the parts lead to.
    pub(crate) end: (String, f64),
}

pub(super) struct Bar {
    pub(super) label: String,
    /// The row that it rests on, if it is one row.
    pub(super) row: Option<String>,
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) kind: &'static str,
}

/// The place of a month's evidence, in the page and as a file.
pub(crate) fn anchor(fall: &Waterfall) -> String {
    format!("waterfall-{}-{}", fall.month, fall.role)
}

/// The place of a change's evidence, in the page and as a file.
pub(crate) fn change_anchor(change: &EvidenceChange) -> String {
    format!("change-{}-{}", change.to_month, change.role)
}

/// A role's log-odds in a month: from the prior.
pub(crate) fn of_month<'a>(names: &Names<'_>, fall: &'a Waterfall) -> Fall<'a> {
    let words = names.words;
    let (month, p) = (fall.month.to_string(), number(Some(fall.p)));
    let values = [
        ("role", names.role(&fall.role).into()),
        ("month", month.into()),
        ("p", p.into()),
    ];
    Fall {
        id: anchor(fall),
        title: words.with("figure-waterfall-title", &values),
        kind: "month",
        start: None,
        parts: &fall.parts,
        end: (words.get("figure-waterfall-total"), fall.log_odds),
    }
}

/// A role's log-odds over a turn: from those before it.
pub(crate) fn of_change<'a>(names: &Names<'_>, change: &'a EvidenceChange) -> Fall<'a> {
    let words = names.words;
    let (from, to) = (change.from_month.to_string(), change.to_month.to_string());
    let (p, q) = (number(Some(change.p_from)), number(Some(change.p_to)));
    let at = |month: &str, p: &str| {
        words.with(
            "figure-change-at",
            &[("month", month.into()), ("p", p.into())],
        )
    };
    let values = [
        ("role", names.role(&change.role).into()),
        ("from", from.as_str().into()),
        ("to", to.as_str().into()),
        ("p", p.as_str().into()),
        ("q", q.as_str().into()),
    ];
    Fall {
        id: change_anchor(change),
        title: words.with("figure-change-title", &values),
        kind: "change",
        start: Some((at(&from, &p), change.log_odds_from)),
        parts: &change.parts,
        end: (at(&to, &q), change.log_odds_to),
    }
}

/// Changes that a turning point rests on.
pub(crate) fn changes_of<'a>(
    findings: &'a Findings,
    turn: &'a TurningPoint,
) -> impl Iterator<Item = &'a EvidenceChange> {
    let [first, last] = turn.interval_90;
    let over = move |c: &&EvidenceChange| c.from_month < first && c.to_month == last;
    findings.changes.iter().filter(over)
}

/// Whether a month's evidence lies within a change of the same role, which says more of the turn.
fn within_a_change(findings: &Findings, fall: &Waterfall) -> bool {
    let over = |c: &EvidenceChange| {
        c.role == fall.role && c.from_month < fall.month && fall.month <= c.to_month
    };
    findings.changes.iter().any(over)
}

/// What is drawn, in order of time: changes, and months that lie in none of them.
pub(crate) fn drawn<'a>(names: &Names<'a>) -> Vec<Fall<'a>> {
    let f = names.findings;
    let months = f.waterfalls.iter().filter(|w| !within_a_change(f, w));
    let mut all: Vec<_> = months.map(|w| (w.month, of_month(names, w))).collect();
    let changes = f.changes.iter();
    all.extend(changes.map(|c| (c.to_month, of_change(names, c))));
    all.sort_by_key(|(month, _)| *month);
    all.into_iter().map(|(_, fall)| fall).collect()
}

/// Months whose evidence is a table alone.
pub(crate) fn folded<'a>(names: &Names<'a>) -> Vec<Fall<'a>> {
    let f = names.findings;
    let months = f.waterfalls.iter().filter(|w| within_a_change(f, w));
    months.map(|w| of_month(names, w)).collect()
}

/// The row of the record that a part rests on: its own, or the measure that stayed unanswered.
pub(super) fn row_of(names: &Names<'_>, part: &EvidencePart) -> Option<String> {
    let id = part.row.as_ref().or(match part.kind {
        PartKind::Silence => part.what.as_ref(),
        _ => None,
    })?;
    names.row(id).map(|r| r.id.clone())
}

/// The bars from the start to the end: each begins where the one before it ended.
pub(super) fn bars(names: &Names<'_>, fall: &Fall<'_>) -> Vec<Bar> {
    let words = names.words;
    let mut order: Vec<&EvidencePart> = fall.parts.iter().collect();
    order.sort_by(|a, b| b.nats.abs().total_cmp(&a.nats.abs()));
    let of_record = |p: &&EvidencePart| matches!(p.kind, PartKind::Row | PartKind::Silence);
    let sum = |parts: &[&EvidencePart]| parts.iter().map(|p| p.nats).sum::<f64>();
    let of_kind = |kinds: &[PartKind]| -> Vec<&EvidencePart> {
        let parts = fall.parts.iter();
        parts.filter(|p| kinds.contains(&p.kind)).collect()
    };
    let kept: Vec<&EvidencePart> = order.iter().copied().filter(of_record).take(MOST).collect();
    let mut rest: Vec<&EvidencePart> = order.iter().copied().filter(of_record).skip(MOST).collect();
    rest.extend(of_kind(&[PartKind::Rest]));
    let prior = of_kind(&[PartKind::Prior]);
    let averaged = of_kind(&[PartKind::ParameterUncertainty, PartKind::Residual]);
    let mut steps: Vec<(String, Option<String>, f64)> = Vec::new();
    // The prior is the same before a turn and after it.
    if fall.start.is_none() {
        steps.push((words.get("figure-waterfall-prior"), None, sum(&prior)));
    }
    steps.extend(
        kept.iter()
            .map(|p| (part_label(names, p), row_of(names, p), p.nats)),
    );
    if !rest.is_empty() {
        let n: usize = rest.iter().map(|p| rows_in(p)).sum();
        let said = words.with("figure-waterfall-rest", &[("n", n.into())]);
        steps.push((said, None, sum(&rest)));
    }
    if !averaged.is_empty() {
        let said = words.get("figure-waterfall-parameters");
        let left = if fall.start.is_some() {
            sum(&averaged) + sum(&prior)
        } else {
            sum(&averaged)
        };
        steps.push((said, None, left));
    }
    let total = |(label, to): &(String, f64)| Bar {
        label: label.clone(),
        row: None,
        from: 0.0,
        to: *to,
        kind: "total",
    };
    let mut found: Vec<Bar> = fall.start.iter().map(total).collect();
    let mut at = fall.start.as_ref().map_or(0.0, |(_, x)| *x);
    for (label, row, nats) in steps {
        let kind = if nats < 0.0 { "away" } else { "toward" };
        found.push(Bar {
            label,
            row,
            from: at,
            to: at + nats,
            kind,
        });
        at += nats;
    }
    found.push(total(&fall.end));
    found
}

/// How many rows and silences a part stands for.
pub(crate) fn rows_in(part: &EvidencePart) -> usize {
    part.count.unwrap_or(1)
}

/// A part in words: a row by its date, id and sentence; a silence by its month.
pub(crate) fn part_label(names: &Names<'_>, part: &EvidencePart) -> String {
    let words = names.words;
    match (part.kind, &part.row, part.month) {
        (PartKind::Row, Some(id), _) => match names.row(id) {
            Some(row) => format!(
                "{} {} {}",
                row.date,
                row.id,
                row.description.get(names.lang)
            ),
            None => of_series(names, id, part),
        },
        (PartKind::Silence, _, Some(month)) => {
            let what = part.what.clone().unwrap_or_default();
            if what == "volume" || what.is_empty() {
                words.with(
                    "figure-waterfall-silence",
                    &[("month", month.to_string().into())],
                )
            } else {
                words.with(
                    "figure-waterfall-unanswered",
                    &[("month", month.to_string().into()), ("what", what.into())],
                )
            }
        }
        (PartKind::Prior, ..) => words.get("figure-waterfall-prior"),
        (PartKind::Rest, ..) => words.with("figure-waterfall-rest", &[("n", rows_in(part).into())]),
        _ => words.get("figure-waterfall-parameters"),
    }
}

/// A value of a series of behaviour by its month and the name of the series.
fn of_series(names: &Names<'_>, id: &str, part: &EvidencePart) -> String {
    let series = names.findings.series.iter().find(|s| s.id == id);
    let name = series.map_or(id, |s| s.name.get(names.lang));
    match part.month {
        Some(month) => format!("{month} {name}"),
        None => name.to_owned(),
    }
}

/// The rows with a bar of their own.
pub(crate) fn weightiest(names: &Names<'_>, fall: &Fall<'_>) -> Vec<String> {
    let bars = bars(names, fall).into_iter();
    bars.filter_map(|b| b.row).collect()
}
