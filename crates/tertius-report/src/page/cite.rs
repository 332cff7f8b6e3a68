//! Works owed, in full, in every style.

use minijinja::{Value, context};
use tertius::vocabulary::Lang;

use super::web_address;
use crate::citations::{self, Group, Owed, Part, Reference, Style, biblatex, bibtex};
use crate::names::Names;

/// Each style with its references by group, the one that readers of the language use most in front and unfolded.
pub(super) fn owed(names: &Names<'_>, bibliography: &str) -> Vec<Value> {
    let works = citations::owed(names.findings, bibliography);
    let order = match names.lang {
        Lang::En => [
            Style::Apa,
            Style::Chicago,
            Style::GbT7714,
            Style::Biblatex,
            Style::Bibtex,
        ],
        Lang::Zh => [
            Style::GbT7714,
            Style::Apa,
            Style::Chicago,
            Style::Biblatex,
            Style::Bibtex,
        ],
    };
    let one = |(i, style): (usize, Style)| {
        let entries = match style {
            Style::Biblatex => Some(biblatex(&works)),
            Style::Bibtex => Some(bibtex(&works)),
            _ => None,
        };
        let set = if entries.is_none() {
            groups(names, &works, style)
        } else {
            Vec::new()
        };
        context! {
            id => style.id(), name => style.name(), open => i == 0, bibtex => entries, groups => set,
        }
    };
    order.into_iter().enumerate().map(one).collect()
}

fn groups(names: &Names<'_>, works: &[Owed], style: Style) -> Vec<Value> {
    let mut found: Vec<(Group, Vec<Value>)> = Vec::new();
    for (i, owed) in works.iter().enumerate() {
        let number = (style == Style::GbT7714).then_some(i + 1);
        let parts: Vec<Value> = Reference::of(&owed.work, style)
            .0
            .iter()
            .map(part)
            .collect();
        let work = context! { number, parts };
        match found.last_mut() {
            Some((group, list)) if *group == owed.group => list.push(work),
            _ => found.push((owed.group, vec![work])),
        }
    }
    let titled = found.into_iter().map(|(group, works)| {
        let title = names.words.get(&format!("owed-{}", group.id()));
        context! { title, works }
    });
    titled.collect()
}

fn part(part: &Part) -> Value {
    match part {
        Part::Text(text) => context! { text, italic => false, href => () },
        Part::Italic(text) => context! { text, italic => true, href => () },
        Part::Link(text) => context! { text, italic => false, href => web_address(text) },
    }
}
