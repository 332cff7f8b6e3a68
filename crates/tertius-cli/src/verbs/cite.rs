//! `tertius cite`: what a paper that uses a run must cite.

use clap::ValueEnum;
use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::Style;
use hayagriva::{
    BibliographyDriver, BibliographyRequest, BufWriteFormat, CitationItem, CitationRequest, Library,
};

use super::load_record;
use crate::{Common, Ended, print};

/// The works of the methods pages.
const METHODS: &str = include_str!("../../../../docs/references.bib");

/// What `cite` takes.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  tertius cite japan-russia\n  tertius cite japan-russia --style gb-t-7714\n  tertius cite japan-russia --sources --style bibtex > sources.bib"
)]
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
    Bibtex,
    #[value(name = "gb-t-7714")]
    GbT7714,
    Apa,
    Chicago,
}

fn own_entry() -> String {
    format!(
        "@software{{tertius,\n  author = {{{{The Tertius developers}}}},\n  title = {{Tertius: roles of an ally between its patron and its patron's rival}},\n  version = {{{}}},\n  date = {{2026}},\n  url = {{{}}},\n}}\n",
        env!("CARGO_PKG_VERSION"),
        env!("CARGO_PKG_REPOSITORY")
    )
}

pub(crate) fn run(args: &Args) -> Ended {
    let (record, _) = match load_record(&args.case, &args.common) {
        Ok(found) => found,
        Err(ended) => return ended,
    };
    let mut bib = own_entry() + "\n" + METHODS;
    if args.sources {
        let known = |key: &str| METHODS.contains(&format!("{{{key},"));
        let kept: Vec<&str> = record
            .sources
            .text
            .split("\n@")
            .filter(|e| {
                !e.split_once('{')
                    .and_then(|(_, r)| r.split_once(','))
                    .is_some_and(|(k, _)| known(k.trim()))
            })
            .collect();
        bib.push('\n');
        bib.push_str(&kept.join("\n@"));
    }
    if args.style == CiteStyle::Bibtex {
        print(&bib);
        return Ended::Done;
    }
    match formatted(&bib, args.style) {
        Ok(text) => {
            print(&text);
            Ended::Done
        }
        Err(message) => Ended::Internal(message),
    }
}

fn formatted(bib: &str, style: CiteStyle) -> Result<String, String> {
    let library: Library = hayagriva::io::from_biblatex_str(bib).map_err(|errors| {
        errors
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("; ")
    })?;
    let archived = match style {
        CiteStyle::GbT7714 => ArchivedStyle::Gb77142015Numeric,
        CiteStyle::Chicago => ArchivedStyle::ChicagoAuthorDate,
        CiteStyle::Apa | CiteStyle::Bibtex => ArchivedStyle::AmericanPsychologicalAssociation,
    };
    let Style::Independent(style) = archived.get() else {
        return Err("the citation style is not whole".to_owned());
    };
    let locales = hayagriva::archive::locales();
    let mut driver = BibliographyDriver::new();
    for entry in library.iter() {
        let items = vec![CitationItem::with_entry(entry)];
        driver.citation(CitationRequest::from_items(items, &style, &locales));
    }
    let result = driver.finish(BibliographyRequest {
        style: &style,
        locale: None,
        locale_files: &locales,
    });
    let mut out = String::new();
    for item in result.bibliography.map(|b| b.items).unwrap_or_default() {
        if let Some(first) = &item.first_field {
            first
                .write_buf(&mut out, BufWriteFormat::Plain)
                .map_err(|e| e.to_string())?;
            out.push(' ');
        }
        item.content
            .write_buf(&mut out, BufWriteFormat::Plain)
            .map_err(|e| e.to_string())?;
        out.push('\n');
    }
    Ok(out)
}
