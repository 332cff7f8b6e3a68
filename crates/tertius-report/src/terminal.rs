//! The reading on a terminal: eighty columns, no colour needed.

use tertius::findings::{
    EvidencePart, Findings, MonthFinding, PartKind, PublishedReading, Waterfall,
};
use tertius::vocabulary::Lang;

use crate::figures::part_label;
use crate::names::{Names, interval, number, signed};
use crate::page::{cautions, lead};

/// Columns of the terminal that is written for.
pub const WIDTH: usize = 80;
const LABEL: usize = 16;
const PICTURE: usize = 58;
const BLOCKS: [char; 9] = ['·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The reading as text: who and when, one sentence, the roles over time, the turning points.
///
/// A role's line has a block for each stretch of months, as high as the mean probability there (`·` under 1/16), and
/// the last month's probability at its end. The line under it is filled where the rule expects the role in
/// at least half of the stretch, and shaded where it is only allowed.
pub fn summary(findings: &Findings, lang: Lang) -> String {
    let names = Names::new(findings, lang);
    let words = names.words;
    let f = findings;
    let mut lines = wrapped(f.title.get(lang), WIDTH);
    let triad = [&f.triad.ally, &f.triad.patron, &f.triad.rival]
        .map(|c| names.actor(c))
        .join(" · ");
    let as_of = words.with("page-as-of", &[("month", names.month(f.as_of).into())]);
    lines.extend(wrapped(
        &format!("{triad}  {} – {}  {as_of}", f.from, f.to),
        WIDTH,
    ));
    lines.push(String::new());
    lines.extend(wrapped(&lead(&names), WIDTH));
    for caution in cautions(&names) {
        lines.extend(wrapped(&format!("! {caution}"), WIDTH));
    }
    if !f.months.is_empty() {
        lines.push(String::new());
        lines.extend(timeline(&names));
    }
    if !f.turning_points.is_empty() {
        lines.push(String::new());
        lines.push(words.get("terminal-turns"));
        for t in &f.turning_points {
            let what = words.with(
                "page-from-to",
                &[
                    ("from", names.set(&t.from).into()),
                    ("to", names.set(&t.to).into()),
                ],
            );
            let line = format!(
                "{} [{} – {}] {}  {what}",
                t.month,
                t.interval_90[0],
                t.interval_90[1],
                number(Some(t.p))
            );
            lines.extend(
                wrapped(&line, WIDTH - 2)
                    .into_iter()
                    .map(|l| format!("  {l}")),
            );
        }
    }
    if !f.readings.is_empty() {
        lines.push(String::new());
        lines.push(words.get("terminal-published"));
        lines.extend(f.readings.iter().flat_map(|r| published(&names, r)));
    }
    lines.join("\n") + "\n"
}

/// A published reading, ours over its months, and the rule's.
fn published(names: &Names<'_>, reading: &PublishedReading) -> Vec<String> {
    let words = names.words;
    let indented = |text: &str| {
        wrapped(text, WIDTH - 4)
            .into_iter()
            .map(|l| format!("    {l}"))
            .collect::<Vec<_>>()
    };
    let name = format!(
        "  {} ({} – {})",
        reading.name.get(names.lang),
        reading.from,
        reading.to
    );
    let mut lines = wrapped(&name, WIDTH);
    lines.extend(indented(&format!(
        "{}: {} ({})",
        words.get("word-published"),
        names.set(&reading.roles),
        reading.source
    )));
    let roles = names.findings.catalogue.roles.iter();
    let ours: Vec<String> = roles
        .map(|r| {
            format!(
                "{} {} [{}]",
                r.letter,
                number(reading.ours.get(&r.id).copied()),
                interval(reading.ours_bands_90.get(&r.id).copied())
            )
        })
        .collect();
    lines.extend(indented(&format!(
        "{}: {}",
        words.get("word-ours"),
        ours.join("; ")
    )));
    let rule: Vec<String> = reading
        .rule
        .iter()
        .map(|s| format!("{} {}", names.set(&s.set), number(Some(s.p))))
        .collect();
    if !rule.is_empty() {
        lines.extend(indented(&format!(
            "{}: {}",
            words.get("word-rule"),
            rule.join("; ")
        )));
    }
    lines
}

/// The parts of a role's log-odds in one month, a line each: the prior, the weightiest rows and silences, the
/// sum of the others, and what averaging over parameters adds.
pub fn waterfall(findings: &Findings, fall: &Waterfall, lang: Lang) -> String {
    const SHOWN: usize = 15;
    let names = Names::new(findings, lang);
    let words = names.words;
    let of_record = |p: &&EvidencePart| matches!(p.kind, PartKind::Row | PartKind::Silence);
    let rest: f64 = fall
        .parts
        .iter()
        .filter(of_record)
        .skip(SHOWN)
        .map(|p| p.nats)
        .sum();
    let odds = words.with(
        "terminal-log-odds",
        &[
            ("p", number(Some(fall.p)).into()),
            ("x", signed(fall.log_odds).into()),
        ],
    );
    let mut lines = wrapped(
        &format!("{}  {}  {odds}", fall.month, names.role(&fall.role)),
        WIDTH,
    );
    let line = |nats: f64, label: &str| {
        let label = plain(label);
        let mut shown = String::new();
        for c in label.chars() {
            if columns(&shown) + 2 > WIDTH - 12 {
                shown.push('…');
                break;
            }
            shown.push(c);
        }
        format!("{:>9}  {shown}", signed_three(nats))
    };
    let before = fall.parts.iter().filter(|p| p.kind == PartKind::Prior);
    let record = fall.parts.iter().filter(of_record).take(SHOWN);
    lines.extend(
        before
            .chain(record)
            .map(|p| line(p.nats, &part_label(&names, p, 90))),
    );
    if fall.parts.iter().filter(of_record).count() > SHOWN {
        lines.push(line(rest, &words.get("terminal-more")));
    }
    let after: f64 = fall
        .parts
        .iter()
        .filter(|p| matches!(p.kind, PartKind::ParameterUncertainty | PartKind::Residual))
        .map(|p| p.nats)
        .sum();
    lines.push(line(after, &words.get("figure-waterfall-parameters")));
    lines.join("\n") + "\n\n"
}

fn signed_three(nats: f64) -> String {
    format!("{nats:+.3}").replace('-', "−")
}

fn timeline(names: &Names<'_>) -> Vec<String> {
    let (f, words) = (names.findings, names.words);
    let each = f.months.len().div_ceil(PICTURE);
    let stretches: Vec<&[MonthFinding]> = f.months.chunks(each).collect();
    let mut lines = vec![format!("{}{}", " ".repeat(LABEL), years(&stretches))];
    for role in &f.catalogue.roles {
        let mean = |s: &&[MonthFinding]| {
            s.iter().filter_map(|m| m.roles.get(&role.id)).sum::<f64>() / s.len() as f64
        };
        let picture: String = stretches.iter().map(|s| block(mean(s))).collect();
        let last = f.months.last().and_then(|m| m.roles.get(&role.id)).copied();
        let label = padded(
            &format!("{} {}", role.letter, role.name.get(names.lang)),
            LABEL,
        );
        let gap = " ".repeat(PICTURE - stretches.len());
        lines.push(format!("{label}{picture}{gap} {}", number(last)));
        if names.rule_speaks() {
            let expected = |s: &&[MonthFinding]| {
                let sure = s
                    .iter()
                    .filter(|m| m.rule.labels.contains(&role.id))
                    .count();
                let allowed = s
                    .iter()
                    .any(|m| m.rule.possible.iter().any(|p| p.contains(&role.id)));
                if 2 * sure >= s.len() && sure > 0 {
                    '■'
                } else if allowed || sure > 0 {
                    '▫'
                } else {
                    ' '
                }
            };
            let strip: String = stretches.iter().map(expected).collect();
            lines.push(format!(
                "{}{}",
                padded(&format!("  {}", words.get("terminal-rule")), LABEL),
                strip.trim_end()
            ));
        }
    }
    lines.extend(wrapped(
        &words.with(
            "terminal-legend",
            &[("low", "·".into()), ("high", "█".into())],
        ),
        WIDTH,
    ));
    lines
}

/// The height of a block for a probability.
fn block(p: f64) -> char {
    let step = (p.clamp(0.0, 1.0) * 8.0).round() as usize;
    BLOCKS.get(step).copied().unwrap_or('?')
}

/// Years above the stretches in which they begin, as many as have room.
fn years(stretches: &[&[MonthFinding]]) -> String {
    let mut line = String::new();
    for (i, stretch) in stretches.iter().enumerate() {
        let january = stretch
            .iter()
            .find(|m| m.month.month() == 1)
            .or_else(|| stretch.first().filter(|_| i == 0));
        if let Some(m) = january {
            let year = m.month.year().to_string();
            let free = line.is_empty() || line.chars().count() < i;
            if free && i + year.len() <= PICTURE {
                line.push_str(&" ".repeat(i - line.chars().count()));
                line.push_str(&year);
            }
        }
    }
    line
}

/// How many columns a text takes: two for a Chinese character.
pub fn columns(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{3FFFD}')
}

fn padded(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for c in plain(text).chars() {
        let wide = columns(c.encode_utf8(&mut [0; 4]));
        if used + wide >= width {
            break;
        }
        out.push(c);
        used += wide;
    }
    out + &" ".repeat(width - used)
}

/// Without control characters and marks of direction: a text of a case may not steer the terminal.
fn plain(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    text.chars()
        .map(|c| if c == '\n' || c == '\t' { ' ' } else { c })
        .filter(|c| !steers(*c))
        .collect()
}

/// Lines of at most `width` columns, broken at spaces, or anywhere beside a wide character; no line begins with a stop.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let text = plain(text);
    let mut pieces: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars() {
        let closing = "，。、；：！？）」』》…—".contains(c);
        match pieces.last_mut() {
            Some(last) if closing || (open && !is_wide(c) && !last.ends_with(' ')) => last.push(c),
            _ => pieces.push(c.to_string()),
        }
        open = !is_wide(c) || closing;
        if closing {
            open = false;
        }
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces {
        if !line.is_empty() && columns(&line) + columns(piece.trim_end()) > width {
            lines.push(line.trim_end().to_owned());
            line = String::new();
        }
        line.push_str(&piece);
    }
    lines.push(line.trim_end().to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_between_wide_characters() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("追随者和平衡者。", 8), ["追随者和", "平衡者。"]);
        assert_eq!(wrapped("追随者，平衡", 6), ["追随", "者，平", "衡"]);
    }

    #[test]
    fn heights_are_eighths() {
        assert_eq!(block(0.0), '·');
        assert_eq!(block(0.5), '▄');
        assert_eq!(block(1.0), '█');
    }

    #[test]
    fn a_text_cannot_steer_the_terminal() {
        assert_eq!(plain("\u{1b}[31mred\u{202e}"), "[31mred");
    }
}
