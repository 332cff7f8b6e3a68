//! The reading on a terminal: as many columns as it has, no colour needed.

mod coders;
mod evidence;
mod fragile;
mod published;
mod strip;
mod text;

use tertius::findings::{Findings, MonthFinding};
use tertius::vocabulary::Lang;

use crate::figures::mark;
use crate::names::{Names, number};
use crate::page::{against_prior, cautions, coded, known, lead, turns_note};
pub use coders::agreement;
pub use evidence::waterfall;
pub use strip::{CARRIED, label, scale, strip, strip_with_carried};
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
/// at least half of the stretch, shaded where it only holds what it expected before, and dotted where the role is
/// only allowed.
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
    lines.extend(wrapped(&coded(&names), width));
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
                against_prior(&names, t)
            );
            lines.push(hanging(&format!("  {line}"), width, 4));
            if let Some(known) = known(&names, t) {
                lines.push(format!(
                    "    {}",
                    hanging(&known, width - 4, 0).replace('\n', "\n    ")
                ));
            }
        }
    }
    if !f.months.is_empty() {
        lines.extend(wrapped(&turns_note(&names), width));
    }
    if !f.readings.is_empty() {
        lines.push(String::new());
        lines.push(look.heading(&words.get("terminal-published")));
        lines.extend(
            f.readings
                .iter()
                .flat_map(|r| published::lines(&names, r, width)),
        );
    }
    lines.extend(fragile::lines(&names, look));
    lines.join("\n") + "\n"
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
    for role in &f.catalogue.roles {
        let values = [
            ("letter", (&role.letter).into()),
            ("name", role.name.get(names.lang).into()),
            ("gloss", role.gloss.get(names.lang).into()),
        ];
        let said = words.with("terminal-role", &values);
        lines.push(hanging(&format!("  {said}"), look.width, 4));
    }
    lines
}

/// What the rule says of a role in a stretch of months: expected in at least half of them, and by at least
/// half of those months themselves or only held from before; or allowed in some.
fn expected(stretch: &[MonthFinding], role: &str) -> char {
    let marks: Vec<_> = stretch.iter().filter_map(|m| mark(m, role)).collect();
    let of = |kind: &str| marks.iter().filter(|m| **m == kind).count();
    let (decided, held) = (of("expected"), of("held"));
    if marks.is_empty() {
        ' '
    } else if decided + held == 0 || 2 * (decided + held) < stretch.len() {
        '▫'
    } else if decided >= held {
        '■'
    } else {
        '▒'
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
