//! `tertius cite`: what a paper that uses a case must cite.

use clap::ValueEnum;
use serde::Serialize;
use tertius_report::citations::{Group, Owed, Reference, Style, biblatex, bibtex, owed, sources};
use tertius_report::i18n::messages;

use super::load_record;
use crate::screen::print;
use crate::{Common, Ended, Format, help, output};

/// What `cite` takes.
#[derive(clap::Args)]
#[command(after_help = help::CITE)]
pub(crate) struct Args {
    /// A folder, or the name of a bundled case.
    case: String,
    /// How entries are written.
    #[arg(long, value_enum, default_value = "apa")]
    style: CiteStyle,
    /// The record's own sources too.
    #[arg(long)]
    sources: bool,
    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CiteStyle {
    Biblatex,
    Bibtex,
    #[value(name = "gb-t-7714")]
    GbT7714,
    Apa,
    Chicago,
}

impl From<CiteStyle> for Style {
    fn from(style: CiteStyle) -> Style {
        match style {
            CiteStyle::Biblatex => Style::Biblatex,
            CiteStyle::Bibtex => Style::Bibtex,
            CiteStyle::GbT7714 => Style::GbT7714,
            CiteStyle::Apa => Style::Apa,
            CiteStyle::Chicago => Style::Chicago,
        }
    }
}

/// A reference for a program to read.
#[derive(Serialize)]
struct Line<'a> {
    group: &'static str,
    key: &'a str,
    text: String,
}

pub(crate) fn run(args: &Args) -> Ended {
    let (record, _) = match load_record(&args.case, &args.common) {
        Ok(found) => found,
        Err(ended) => return ended,
    };
    let bib = &record.sources.text;
    let mut works = owed(&record, bib);
    if args.sources {
        works.extend(sources(&record, bib));
    }
    let style = Style::from(args.style);
    let line = |o: &Owed| Reference::of(&o.work, style).to_string();
    let lines = || {
        works.iter().map(|o| Line {
            group: o.group.id(),
            key: &o.work.key,
            text: line(o),
        })
    };
    match args.common.format {
        Format::Json => match output::json(&lines().collect::<Vec<_>>()) {
            Ok(text) => print(&text),
            Err(e) => return Ended::Internal(e.to_string()),
        },
        Format::Csv => print(&tertius_report::tables::table(
            &["group", "key", "text"],
            lines().map(|l| vec![l.group.to_owned(), l.key.to_owned(), l.text]),
        )),
        Format::Text if style == Style::Biblatex => print(&biblatex(&works)),
        Format::Text if style == Style::Bibtex => print(&bibtex(&works)),
        Format::Text => {
            let words = messages(args.common.lang);
            let mut last: Option<Group> = None;
            for (i, o) in works.iter().enumerate() {
                if last != Some(o.group) {
                    let gap = if last.is_some() { "\n" } else { "" };
                    print(&format!(
                        "{gap}{}\n",
                        words.get(&format!("owed-{}", o.group.id()))
                    ));
                    last = Some(o.group);
                }
                let number = match style {
                    Style::GbT7714 => format!("[{}] ", i + 1),
                    _ => String::new(),
                };
                print(&format!("{number}{}\n", line(o)));
            }
        }
    }
    Ended::Done
}
