//! The evidence of one month as text.

use tertius::findings::{EvidencePart, Findings, PartKind, Waterfall};
use tertius::vocabulary::Lang;

use super::text::{Look, hanging};
use crate::figures::part_label;
use crate::names::{Names, number, signed};

/// Lines of their own for so many rows and silences, where not all are asked for.
const SHOWN: usize = 15;
/// Columns of a number and the space behind it.
const NUMBER: usize = 11;

/// The parts of a role's log-odds in one month, each with the sources of its row: the prior, the weightiest
/// rows and silences, or with `all` every one, the sum of the others, and what averaging over parameters adds.
pub fn waterfall(
    findings: &Findings,
    fall: &Waterfall,
    all: bool,
    lang: Lang,
    look: Look,
) -> String {
    let shown = if all { fall.parts.len() } else { SHOWN };
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
    let prior = fall.parts.iter().filter(|p| p.kind == PartKind::Prior);
    let record = fall.parts.iter().filter(of_record);
    lines.extend(prior.chain(record.clone().take(shown)).map(of_part));
    let rest = fall.parts.iter().filter(|p| p.kind == PartKind::Rest);
    let mut others = record.skip(shown).chain(rest).peekable();
    if others.peek().is_some() {
        lines.push(line(sum(&mut others), &words.get("terminal-more")));
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
