//! The few rows that flip a label, as text.

use tertius::findings::Fragility;

use super::text::{Look, hanging};
use crate::names::{Names, number};

/// Roles whose mean probability over a period crosses one half without some rows, with these rows; a sentence
/// where none does. Nothing where it was not looked for.
pub(super) fn lines(names: &Names<'_>, look: Look) -> Vec<String> {
    let (f, words) = (names.findings, names.words);
    let Some(first) = f.fragility.first() else {
        return Vec::new();
    };
    let mut lines = vec![String::new(), look.heading(&words.get("page-fragile"))];
    let mut add = |said: String| lines.push(hanging(&format!("  {said}"), look.width, 4));
    let flips = |x: &&Fragility| !x.rows.is_empty();
    for x in f.fragility.iter().filter(flips) {
        let values = [
            ("from", x.from.to_string().into()),
            ("to", x.to.to_string().into()),
            ("role", names.role(&x.role).into()),
            ("before", number(Some(x.before)).into()),
            ("after", number(x.after).into()),
            ("n", x.rows.len().into()),
            ("rows", x.rows.join(" ").into()),
        ];
        add(words.with("terminal-fragile", &values));
    }
    let firm = f.fragility.len() - f.fragility.iter().filter(flips).count();
    if firm > 0 {
        let values = [("n", firm.into()), ("most", first.most_rows.into())];
        add(words.with("terminal-firm", &values));
    }
    lines
}
