//! `tertius data list` and `tertius data show`.

use serde::Serialize;
use tertius::vocabulary::Lang;
use tertius_data::catalogue::{CATALOGUE, Dataset, bibtex};
use tertius_data::folder::Folder;
use tertius_report::data::{sentence, word};
use tertius_report::terminal::{columns, hanging};

use super::{Common, dataset};
use crate::rows::quoted;
use crate::screen::{look, print};
use crate::{Ended, Format, help};

/// What `data show` takes.
#[derive(clap::Args)]
#[command(after_help = help::DATA_SHOW)]
pub(crate) struct Args {
    /// The dataset.
    name: String,
    /// What a paper that uses it must cite, and nothing else.
    #[arg(long)]
    bibtex: bool,
    #[command(flatten)]
    common: Common,
}

/// A dataset as scripts read it.
#[derive(Serialize)]
struct View {
    id: &'static str,
    title: &'static str,
    unit: &'static str,
    first_year: i16,
    last_year: i16,
    publisher: &'static str,
    home: &'static str,
    home_checked: bool,
    version: &'static str,
    licence: &'static str,
    licence_url: &'static str,
    licence_checked: bool,
    share_alike: bool,
    non_commercial: bool,
    cite: &'static [&'static str],
    note: &'static str,
    parts: Vec<PartView>,
}

#[derive(Serialize)]
struct PartView {
    id: &'static str,
    first_year: i16,
    last_year: i16,
    columns: Vec<ColumnView>,
    files: Vec<FileView>,
    here: Option<String>,
}

#[derive(Serialize)]
struct ColumnView {
    name: &'static str,
    names_in_files: &'static [&'static str],
    unit: &'static str,
    required: bool,
}

#[derive(Serialize)]
struct FileView {
    path: &'static str,
    form: &'static str,
    url: &'static str,
    sha256: Option<&'static str>,
    rows: Option<u64>,
}

fn view(d: &'static Dataset, folder: &Folder, lang: Lang) -> View {
    let (first_year, last_year) = d.coverage();
    View {
        id: d.id,
        title: d.title.get(lang),
        unit: d.unit.as_str(),
        first_year,
        last_year,
        publisher: d.publisher,
        home: d.home,
        home_checked: d.home_seen,
        version: d.version,
        licence: d.licence.name,
        licence_url: d.licence.url,
        licence_checked: d.licence.seen,
        share_alike: d.licence.share_alike,
        non_commercial: d.licence.non_commercial,
        cite: d.cite,
        note: d.note.get(lang),
        parts: d.parts.iter().map(|p| part_view(d, p, folder)).collect(),
    }
}

fn part_view(
    d: &'static Dataset,
    p: &'static tertius_data::catalogue::Part,
    folder: &Folder,
) -> PartView {
    PartView {
        id: p.id,
        first_year: p.coverage.0,
        last_year: p.coverage.1,
        columns: p
            .fields
            .iter()
            .map(|f| ColumnView {
                name: f.name,
                names_in_files: f.names,
                unit: f.unit,
                required: f.required,
            })
            .collect(),
        files: p
            .files
            .iter()
            .map(|f| FileView {
                path: f.path,
                form: f.form.as_str(),
                url: f.url,
                sha256: f.sha256,
                rows: f.rows,
            })
            .collect(),
        here: folder.find(d, p).map(|s| s.path.display().to_string()),
    }
}

pub(super) fn list(common: &Common) -> Ended {
    let folder = common.folder();
    let views = CATALOGUE.iter().map(|d| view(d, &folder, common.lang));
    match common.format {
        Format::Json => json(&views.collect::<Vec<_>>()),
        Format::Csv => {
            let mut text = "id,first_year,last_year,unit,licence,here,title\n".to_owned();
            for v in views {
                let here = if here(&v) { "yes" } else { "no" };
                let (licence, title) = (quoted(v.licence), quoted(v.title));
                let (a, b) = (v.first_year, v.last_year);
                text.push_str(&format!(
                    "{},{a},{b},{},{licence},{here},{title}\n",
                    v.id, v.unit
                ));
            }
            print(&text);
            Ended::Done
        }
        Format::Text => {
            for v in views {
                let mark = if here(&v) { "✓" } else { "·" };
                let terms = match (v.non_commercial, v.share_alike) {
                    (true, true) => "NC SA",
                    (true, false) => "NC   ",
                    (false, true) => "   SA",
                    (false, false) => "     ",
                };
                let before = format!(
                    "{mark} {:<24} {}–{} {terms} ",
                    v.id, v.first_year, v.last_year
                );
                // A title that is wider than the screen goes on under itself.
                let left = columns(&before);
                let room = look().width.saturating_sub(left).max(NARROWEST);
                let title = hanging(v.title, room, 0);
                let title = title.replace('\n', &format!("\n{}", " ".repeat(left)));
                print(&format!("{before}{title}\n"));
            }
            let legend = word("legend", common.lang);
            print(&format!("\n{}\n", hanging(&legend, look().width, 0)));
            let place = [("file", folder.root().display().to_string())];
            print(&format!("{}\n", sentence("folder", &place, common.lang)));
            Ended::Done
        }
    }
}

/// The narrowest column that a title is set in.
const NARROWEST: usize = 20;

fn here(v: &View) -> bool {
    v.parts.iter().any(|p| p.here.is_some())
}

pub(super) fn json(value: &impl Serialize) -> Ended {
    match serde_json::to_string_pretty(value) {
        Ok(text) => {
            print(&(text + "\n"));
            Ended::Done
        }
        Err(e) => Ended::Internal(e.to_string()),
    }
}

pub(super) fn run(args: &Args) -> Ended {
    let lang = args.common.lang;
    let dataset = match dataset(&args.name, lang) {
        Ok(found) => found,
        Err(ended) => return ended,
    };
    if args.bibtex {
        print(&bibtex(dataset));
        return Ended::Done;
    }
    let view = view(dataset, &args.common.folder(), lang);
    if args.common.format != Format::Text {
        return json(&view);
    }
    print(&text(&view, lang));
    Ended::Done
}

/// The terms that bind, in words.
pub(super) fn terms(d: &Dataset, lang: Lang) -> String {
    let mut text = d.licence.name.to_owned();
    for (binds, key) in [
        (d.licence.share_alike, "share-alike"),
        (d.licence.non_commercial, "non-commercial"),
    ] {
        if binds {
            text.push_str(&format!("; {}", word(key, lang)));
        }
    }
    if !d.licence.url.is_empty() {
        text.push_str(&format!(" <{}>", d.licence.url));
    }
    if !d.licence.seen {
        text.push_str(&format!(" ({})", word("unchecked", lang)));
    }
    text
}

fn text(v: &View, lang: Lang) -> String {
    let mut out = format!("{}: {}\n", v.id, v.title);
    let mut line = |key: &str, value: &str| {
        out.push_str(&format!("  {}: {value}\n", word(key, lang)));
    };
    let unchecked = format!(" ({})", word("unchecked", lang));
    let home = if v.home_checked { "" } else { &unchecked };
    line("publisher", v.publisher);
    line("home", &format!("{}{home}", v.home));
    line("version", v.version);
    if let Some(d) = tertius_data::catalogue::find(v.id) {
        line("licence", &terms(d, lang));
    }
    line("unit", &word(&format!("unit-{}", v.unit), lang));
    line("years", &format!("{}–{}", v.first_year, v.last_year));
    line("cite", &v.cite.join(", "));
    line("note", v.note);
    for p in &v.parts {
        out.push_str(&format!("  {} ({}–{})\n", p.id, p.first_year, p.last_year));
        let columns: Vec<&str> = p.columns.iter().map(|c| c.name).collect();
        out.push_str(&format!(
            "    {}: {}\n",
            word("columns", lang),
            columns.join(", ")
        ));
        for f in &p.files {
            let form = word(&format!("form-{}", f.form), lang);
            let from = if f.url.is_empty() { f.path } else { f.url };
            out.push_str(&format!("    {}: {from} ({form})\n", word("file", lang)));
        }
        if let Some(here) = &p.here {
            out.push_str(&format!("    {}: {here}\n", word("here", lang)));
        }
    }
    out
}
