//! The reading on a terminal: as many columns as it has, no colour needed.

mod coders;
mod evidence;
mod strip;
mod text;

use tertius::findings::{Findings, MonthFinding, PublishedReading};
use tertius::vocabulary::Lang;

use crate::names::{Names, interval, number};
use crate::page::{cautions, lead};
pub use coders::agreement;
pub use evidence::waterfall;
pub use strip::{label, scale, strip};
use text::padded;
pub(crate) use text::wrapped;
pub use text::{Look, columns, hanging};

/// Columns of a role's name, and of the probability behind its picture.
const LABEL: usize = 16;
const NUMBER: usize = 6;
/// Colours of roles by their place in the catalogue: those of eight that are seen on black and on white.
const PAINTS: [&str; 5] = ["36", "33", "32", "35", "34"];
const BLOCKS: [char; 9] = ['·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The reading as text: who and when, one sentence, the roles over time, the turning points.
///
/// A role's line has a block for each stretch of months, as high as the mean probability there (`·` under 1/16), and
/// the last month's probability at its end. The line under it is filled where the rule expects the role in
/// at least half of the stretch, and shaded where it is only allowed.
pub fn summary(findings: &Findings, lang: Lang, look: Look) -> String {
    let names = Names::new(findings, lang);
    let words = names.words;
    let f = findings;
    let width = look.width;
    let mut lines: Vec<String> = wrapped(f.title.get(lang), width)
        .iter()
        .map(|l| look.heading(l))
        .collect();
    let triad = [&f.triad.ally, &f.triad.patron, &f.triad.rival]
        .map(|c| names.actor(c))
        .join(" · ");
    let as_of = words.with("page-as-of", &[("month", names.month(f.as_of).into())]);
    lines.extend(wrapped(
        &format!("{triad}  {} – {}  {as_of}", f.from, f.to),
        width,
    ));
    lines.push(String::new());
    lines.extend(wrapped(&lead(&names), width));
    for caution in cautions(&names) {
        let said = wrapped(&format!("! {caution}"), width);
        lines.extend(said.iter().map(|l| look.painted("1;33", l)));
    }
    if !f.months.is_empty() {
        lines.push(String::new());
        lines.extend(timeline(&names, look));
    }
    if !f.turning_points.is_empty() {
        lines.push(String::new());
        lines.push(look.heading(&words.get("terminal-turns")));
        for t in &f.turning_points {
            let what = names.turn(t);
            let line = format!(
                "{} [{} – {}] {}  {what}",
                t.month,
                t.interval_90[0],
                t.interval_90[1],
                number(Some(t.p))
            );
            lines.push(hanging(&format!("  {line}"), width, 4));
        }
    }
    if !f.readings.is_empty() {
        lines.push(String::new());
        lines.push(look.heading(&words.get("terminal-published")));
        lines.extend(f.readings.iter().flat_map(|r| published(&names, r, width)));
    }
    lines.join("\n") + "\n"
}

/// A published reading, ours over its months, and the rule's.
fn published(names: &Names<'_>, reading: &PublishedReading, width: usize) -> Vec<String> {
    let words = names.words;
    let indented = |text: &str| {
        wrapped(text, width - 4)
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
    let mut lines = wrapped(&name, width);
    let pair = |key: &str, value: String| {
        let values = [("name", words.get(key).into()), ("value", value.into())];
        words.with("terminal-pair", &values)
    };
    let semicolon = words.get("terminal-semicolon").replace('_', " ");
    let read = format!("{} ({})", names.set(&reading.roles), reading.source);
    lines.extend(indented(&pair("word-published", read)));
    if reading.months_read == 0 {
        lines.extend(indented(&pair("word-ours", words.get("word-not-read"))));
        return lines;
    }
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
    lines.extend(indented(&pair("word-ours", ours.join(&semicolon))));
    let rule: Vec<String> = reading
        .rule
        .iter()
        .map(|s| format!("{} {}", names.set(&s.set), number(Some(s.p))))
        .collect();
    if !rule.is_empty() {
        lines.extend(indented(&pair("word-rule", rule.join(&semicolon))));
        lines.extend(indented(&crate::page::held(names, reading)));
    }
    lines
}

fn timeline(names: &Names<'_>, look: Look) -> Vec<String> {
    let (f, words) = (names.findings, names.words);
    let room = look.width.saturating_sub(LABEL + NUMBER).max(1);
    let each = f.months.len().div_ceil(room);
    let stretches: Vec<&[MonthFinding]> = f.months.chunks(each).collect();
    let mut lines = vec![format!("{}{}", " ".repeat(LABEL), years(&stretches, room))];
    for (i, role) in f.catalogue.roles.iter().enumerate() {
        let mean = |s: &&[MonthFinding]| {
            s.iter().filter_map(|m| m.roles.get(&role.id)).sum::<f64>() / s.len() as f64
        };
        let picture: String = stretches.iter().map(|s| block(mean(s))).collect();
        let picture = look.painted(PAINTS[i % PAINTS.len()], &picture);
        let last = f.months.last().and_then(|m| m.roles.get(&role.id)).copied();
        let label = padded(
            &format!("{} {}", role.letter, role.name.get(names.lang)),
            LABEL,
        );
        let gap = " ".repeat(room.saturating_sub(stretches.len()));
        lines.push(format!("{label}{picture}{gap} {}", number(last)));
        if names.rule_speaks() {
            let label = padded(&format!("  {}", words.get("terminal-rule")), LABEL);
            let strip: String = stretches.iter().map(|s| expected(s, &role.id)).collect();
            lines.push(format!("{label}{}", strip.trim_end()));
        }
    }
    let ends = [("low", "·".into()), ("high", "█".into())];
    let each = ("months", each.into());
    let legend = words.with("terminal-legend", &[ends.as_slice(), &[each]].concat());
    lines.extend(wrapped(&legend, look.width));
    lines
}

/// What the rule says of a role in a stretch of months: expected in at least half of them, or allowed in some.
fn expected(stretch: &[MonthFinding], role: &str) -> char {
    let has = |set: &[String]| set.iter().any(|r| r == role);
    let sure = stretch.iter().filter(|m| has(m.rule.expects())).count();
    let allowed = stretch
        .iter()
        .any(|m| m.rule.possible.iter().any(|p| has(p)));
    if 2 * sure >= stretch.len() && sure > 0 {
        '■'
    } else if allowed || sure > 0 {
        '▫'
    } else {
        ' '
    }
}

/// The height of a block for a probability.
fn block(p: f64) -> char {
    let step = (p.clamp(0.0, 1.0) * 8.0).round() as usize;
    BLOCKS.get(step).copied().unwrap_or('?')
}

/// Years above the stretches in which they begin, as many as have room.
fn years(stretches: &[&[MonthFinding]], room: usize) -> String {
    let mut line = String::new();
    for (i, stretch) in stretches.iter().enumerate() {
        let january = stretch
            .iter()
            .find(|m| m.month.month() == 1)
            .or_else(|| stretch.first().filter(|_| i == 0));
        if let Some(m) = january {
            let year = m.month.year().to_string();
            let free = line.is_empty() || line.chars().count() < i;
            if free && i + year.len() <= room {
                line.push_str(&" ".repeat(i - line.chars().count()));
                line.push_str(&year);
            }
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_are_eighths() {
        assert_eq!(block(0.0), '·');
        assert_eq!(block(0.5), '▄');
        assert_eq!(block(1.0), '█');
    }
}
