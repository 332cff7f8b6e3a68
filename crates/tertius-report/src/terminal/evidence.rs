//! The evidence of one month as text.

use tertius::findings::{EvidencePart, Findings, PartKind, Waterfall};
use tertius::vocabulary::Lang;

use super::text::{Look, hanging};
use crate::figures::{part_label, rows_in};
use crate::names::{Names, number, signed};

/// Lines of their own for so many rows and silences at least, where not all are asked for, and at most: they
/// go down to where the sum of the others is no longer the largest part.
const SHOWN: usize = 15;
const MOST: usize = 40;
/// Kinds of rows that the others are told by, the weightiest first; what is left is one kind.
const KINDS: usize = 6;
/// Columns of a number and the space behind it.
const NUMBER: usize = 11;

/// The parts of a role's log-odds in one month, each with the sources of its row: the prior, the weightiest
/// rows and silences, or with `all` every one, the sum of the others with what they are, and what averaging over
/// parameters adds.
pub fn waterfall(
    findings: &Findings,
    fall: &Waterfall,
    all: bool,
    lang: Lang,
    look: Look,
) -> String {
    let names = Names::new(findings, lang);
    let words = names.words;
    let of_record = |p: &&EvidencePart| matches!(p.kind, PartKind::Row | PartKind::Silence);
    let sum = |parts: &mut dyn Iterator<Item = &EvidencePart>| parts.map(|p| p.nats).sum::<f64>();
    let odds = words.with(
        "terminal-log-odds",
        &[
            ("p", number(Some(fall.p)).into()),
            ("x", signed(fall.log_odds).into()),
        ],
    );
    let head = format!("{}  {}  {odds}", fall.month, names.role(&fall.role));
    let mut lines = vec![look.heading(&hanging(&head, look.width, 0))];
    // The number keeps its place: the text is wrapped beside it.
    let line = |nats: f64, label: &str| {
        let number = format!("{:>9}", format!("{nats:+.3}").replace('-', "−"));
        let text = hanging(label, look.width - NUMBER, 0);
        format!(
            "{number}  {}",
            text.replace('\n', &format!("\n{}", " ".repeat(NUMBER)))
        )
    };
    let of_part = |p: &EvidencePart| {
        let sources = p.row.as_ref().and_then(|id| names.row(id));
        let keys = sources
            .map(|r| format!(" [{}]", r.sources.join(", ")))
            .unwrap_or_default();
        line(p.nats, &format!("{}{keys}", part_label(&names, p)))
    };
    let shown = if all { fall.parts.len() } else { shown(fall) };
    let prior = fall.parts.iter().filter(|p| p.kind == PartKind::Prior);
    let record = fall.parts.iter().filter(of_record);
    lines.extend(prior.chain(record.clone().take(shown)).map(of_part));
    let rest = fall.parts.iter().filter(|p| p.kind == PartKind::Rest);
    let others: Vec<&EvidencePart> = record.skip(shown).chain(rest).collect();
    if !others.is_empty() {
        let n: usize = others.iter().map(|p| rows_in(p)).sum();
        let said = words.with("terminal-more", &[("n", n.into())]);
        lines.push(line(sum(&mut others.iter().copied()), &said));
        for (kind, n, nats) in kinds(&names, &others) {
            let value = format!("{nats:+.3}").replace('-', "−");
            let values = [("kind", kind.into()), ("n", n.into()), ("x", value.into())];
            let said = hanging(
                &words.with("terminal-more-kind", &values),
                look.width - NUMBER - 2,
                2,
            );
            let indent = " ".repeat(NUMBER + 2);
            lines.push(format!(
                "{indent}{}",
                said.replace('\n', &format!("\n{indent}"))
            ));
        }
    }
    let mut after = fall
        .parts
        .iter()
        .filter(|p| matches!(p.kind, PartKind::ParameterUncertainty | PartKind::Residual));
    lines.push(line(
        sum(&mut after),
        &words.get("figure-waterfall-parameters"),
    ));
    lines.join("\n") + "\n\n"
}

/// How many rows and silences have a line: the sum of the others is then no larger than the largest of them,
/// if [`MOST`] are enough.
fn shown(fall: &Waterfall) -> usize {
    let of_record = |p: &&EvidencePart| matches!(p.kind, PartKind::Row | PartKind::Silence);
    let nats: Vec<f64> = fall
        .parts
        .iter()
        .filter(of_record)
        .map(|p| p.nats)
        .collect();
    let summed = fall.parts.iter().filter(|p| p.kind == PartKind::Rest);
    let summed: f64 = summed.map(|p| p.nats).sum();
    let largest = nats.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
    let enough = |n: &usize| {
        let left: f64 = nats.iter().skip(*n).sum();
        (left + summed).abs() <= largest
    };
    (SHOWN..MOST).find(enough).unwrap_or(MOST)
}

/// What some parts are: acts by their class, answers, months searched in full, measures unanswered; with how
/// many there are and their sum, the weightiest first.
fn kinds(names: &Names<'_>, parts: &[&EvidencePart]) -> Vec<(String, usize, f64)> {
    let words = names.words;
    let kind = |p: &EvidencePart| match (p.kind, p.row.as_ref().and_then(|id| names.row(id))) {
        (PartKind::Row, Some(row)) if row.table == "measures" => words.get("kind-answers"),
        (PartKind::Row, Some(row)) => names.code(&row.code),
        (PartKind::Row, None) => words.get("kind-values"),
        (PartKind::Silence, _) if p.what.as_deref() == Some("volume") => words.get("kind-silent"),
        (PartKind::Silence, _) => words.get("kind-unanswered"),
        _ => words.get("kind-others"),
    };
    let mut found: Vec<(String, usize, f64)> = Vec::new();
    let mut add = |name: String, n: usize, nats: f64| match found.iter_mut().find(|k| k.0 == name) {
        Some(k) => {
            k.1 += n;
            k.2 += nats;
        }
        None => found.push((name, n, nats)),
    };
    parts.iter().for_each(|p| add(kind(p), rows_in(p), p.nats));
    found.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()).then(a.0.cmp(&b.0)));
    if found.len() > KINDS {
        let light = found.split_off(KINDS - 1);
        let (n, nats) = light.iter().fold((0, 0.0), |(n, x), k| (n + k.1, x + k.2));
        found.push((words.get("kind-others"), n, nats));
    }
    found
}
