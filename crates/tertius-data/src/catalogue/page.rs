//! The catalogue as a page of the documentation: `docs/datasets.md` is this text, and a test holds them together.

use std::fmt::Write;

use super::{CATALOGUE, Dataset, Form, KnownFile, Licence, Part};
use crate::table::{Field, Kind};

const HEAD: &str = "\
# Datasets

What `tertius data` knows, made from the catalogue (`cargo xtask datasets`). None of it is in this repository or in the \
binary: `tertius data fetch NAME` downloads a dataset after its terms were shown, and `tertius data add NAME FILE` takes \
one that you downloaded yourself. Files are read as their publishers ship them (CSV, tab-separated or Parquet, plain, \
gzipped or zipped; UTF-8 or Latin-1) and in the converted forms named below. What a publisher ships under another name of \
a column is understood, and so are lines above the header.

Workbooks of Excel and LibreOffice and files of SPSS, Stata and R are not read: what is said of one names the program, in \
which its table is to be saved as CSV. That concerns SIPRI's military expenditure and TIES (workbooks) and Pew's surveys \
(SPSS); the notes below say what to bring into which form.

Every row of a file is used or set aside with its reason, and the counts add up: `tertius data verify NAME --set-aside \
FILE` writes each row that was not used. States are named by codes of their time ([states](methods/states.md)). A missing \
value is missing, a year past the end of a dataset is outside coverage, and neither is zero. What is computed from these \
datasets is in [conditions](methods/conditions.md); what a paper must cite is in [datasets.bib](datasets.bib).

Terms marked † are as others tell them, and homes marked † as recalled: neither was read at the publisher's, so look \
before you publish. NC: not for commercial use. SA: what is made from it stands under the same terms.

";

/// The whole page.
pub fn page() -> String {
    let mut out = HEAD.to_owned();
    out.push_str("| name | dataset | years | release | terms |\n| --- | --- | --- | --- | --- |\n");
    for d in CATALOGUE {
        let (first, last) = d.coverage();
        let _ = writeln!(
            out,
            "| [`{0}`](#{0}) | {1} | {first}–{last} | {2} | {3} |",
            d.id,
            d.title.en,
            d.version,
            terms(&d.licence)
        );
    }
    for d in CATALOGUE {
        section(&mut out, d);
    }
    out
}

fn terms(l: &Licence) -> String {
    let mut out = l.name.to_owned();
    if l.non_commercial {
        out.push_str(", NC");
    }
    if l.share_alike {
        out.push_str(", SA");
    }
    if !l.seen {
        out.push('†');
    }
    out
}

fn section(out: &mut String, d: &Dataset) {
    let _ = write!(out, "\n## {}\n\n{}. {}\n\n", d.id, d.title.en, d.note.en);
    let mark = if d.home_seen { "" } else { "†" };
    let cite: Vec<String> = d.cite.iter().map(|c| format!("`{c}`")).collect();
    let _ = writeln!(
        out,
        "{}, <{}>{mark}. A row is a {}. Cite {}.",
        d.publisher,
        d.home,
        d.unit.as_str(),
        cite.join(", ")
    );
    for part in d.parts {
        table(out, part);
    }
}

fn table(out: &mut String, p: &Part) {
    let (first, last) = p.coverage;
    let _ = write!(
        out,
        "\n**{}**, {first}–{last}\n\n| column | holds | unit | missing |\n| --- | --- | --- | --- |\n",
        p.id
    );
    for f in p.fields {
        let _ = writeln!(out, "{}", row(f));
    }
    out.push('\n');
    for file in p.files {
        let _ = writeln!(out, "- {}", line(file));
    }
}

fn row(f: &Field) -> String {
    let holds = match f.kind {
        Kind::Int(low, high) => format!("whole number, {low} to {high}"),
        Kind::Num(low, high) => format!("number, {} to {}", bound(low), bound(high)),
        Kind::Code => "code".to_owned(),
        Kind::Label => "text".to_owned(),
        Kind::Day => "day".to_owned(),
        Kind::Ones => "ones in all other columns".to_owned(),
    };
    let missing: Vec<String> = f.missing.iter().map(|m| format!("`{m}`")).collect();
    let missing = match (f.filled, missing.is_empty()) {
        (true, _) => "never".to_owned(),
        (false, true) => "empty".to_owned(),
        (false, false) => format!("empty, {}", missing.join(", ")),
    };
    let mark = if f.required { "" } else { " (may lack)" };
    format!("| `{}`{mark} | {holds} | {} | {missing} |", f.name, f.unit)
}

fn bound(value: f64) -> String {
    if value.abs() >= 1e6 {
        format!("{value:e}")
    } else {
        value.to_string()
    }
}

fn line(f: &KnownFile) -> String {
    let form = match f.form {
        Form::Publisher => "as published",
        Form::Converted => "converted",
    };
    let at = if f.url.is_empty() {
        String::new()
    } else {
        format!(", <{}>", f.url)
    };
    let rows = f.rows.map_or(String::new(), |r| format!(", {r} rows"));
    let sum = f
        .sha256
        .map_or(String::new(), |s| format!(", SHA-256 `{s}`"));
    format!("`{}` ({form}{at}{rows}{sum})", f.path)
}
