//! Published readings as text: what others read, what is read here, and where the two part.

use tertius::findings::PublishedReading;

use super::text::wrapped;
use crate::names::{Names, number};
use crate::page::{each, held, pairs, sets, verdict};

/// A published reading, ours over the same months, where they part, and the rule's.
pub(super) fn lines(names: &Names<'_>, reading: &PublishedReading, width: usize) -> Vec<String> {
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
    let mut add = |key: &str, value: String| lines.extend(indented(&pair(key, value)));
    let read = format!("{} ({})", names.set(&reading.roles), reading.source);
    add("word-published", read);
    if reading.months_read == 0 {
        add("word-ours", words.get("word-not-read"));
        return lines;
    }
    add(
        "word-ours",
        sets(names, &reading.ours_sets).join(&semicolon),
    );
    add("word-each", each(names, reading).join(&semicolon));
    let both = pairs(names, reading);
    if !both.is_empty() {
        add("word-together", both.join(&semicolon));
    }
    add("word-apart", verdict(names, reading));
    let rule: Vec<String> = reading
        .rule
        .iter()
        .map(|s| format!("{} {}", names.set(&s.set), number(Some(s.p))))
        .collect();
    if !rule.is_empty() {
        add("word-rule", rule.join(&semicolon));
        lines.extend(indented(&held(names, reading)));
    }
    lines
}
