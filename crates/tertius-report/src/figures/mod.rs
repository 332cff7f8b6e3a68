//! Figures: pure functions from findings to Vega-Lite, one file each, with the table that says the same.
//!
//! A figure that the findings have nothing for is left out. Nothing is estimated here: means over a
//! period, counts and cuts of a long list are the most that is done to a number.

mod compliance;
mod fall;
mod heat;
mod issues;
mod labels;
mod plane;
mod prior;
mod river;
mod rule;
mod sensitivity;
mod theme;
pub mod triad;
mod triangle;
mod waterfall;

use serde::Serialize;
use serde_json::Value;
use tertius::findings::Findings;
use tertius::vocabulary::Lang;

use crate::names::Names;
pub use theme::Column;

/// A cell of a figure's table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// Whether it is a number, set flush right.
    pub number: bool,
    /// Whether it stands on one line: dates and spans.
    pub tight: bool,
    /// Ids of rows to walk back to.
    pub rows: Vec<String>,
    /// The anchor that leads to it; empty for none.
    pub id: String,
    /// Other places of the page.
    pub links: Vec<Link>,
}

/// A link inside the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What it says.
    pub text: String,
    /// The anchor that it leads to.
    pub to: String,
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Cell {
        Cell {
            text: text.into(),
            ..Cell::default()
        }
    }

    /// A date, or a span of them.
    pub fn when(text: impl Into<String>) -> Cell {
        Cell {
            text: text.into(),
            tight: true,
            ..Cell::default()
        }
    }

    /// A number, already written out.
    pub fn number(text: impl Into<String>) -> Cell {
        Cell {
            text: text.into(),
            number: true,
            ..Cell::default()
        }
    }

    /// A link to an anchor of the page.
    pub fn link(text: impl Into<String>, to: impl Into<String>) -> Cell {
        Cell::links([(text.into(), to.into())])
    }

    /// Links to anchors of the page.
    pub fn links(links: impl IntoIterator<Item = (String, String)>) -> Cell {
        let links = links.into_iter().map(|(text, to)| Link { text, to });
        Cell {
            links: links.collect(),
            ..Cell::default()
        }
    }

    /// Rows of the record.
    pub fn rows(rows: Vec<String>) -> Cell {
        Cell {
            rows,
            ..Cell::default()
        }
    }
}

/// What a figure shows, as a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Names of the columns.
    pub head: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Which kind: what its words are called by.
    pub kind: &'static str,
    /// Anchor and file name: unique in a report.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// How to read it.
    pub caption: String,
    /// For a page's full width.
    pub double: Value,
    /// For one column of a journal, or a telephone.
    pub single: Value,
    /// The same as a table.
    pub table: Table,
}

/// A figure drawn as SVG in both widths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// For a page's full width.
    pub double: String,
    /// For one column, or a telephone.
    pub single: String,
}

impl Figure {
    /// The specification for a width.
    pub fn spec(&self, column: Column) -> &Value {
        match column {
            Column::Single => &self.single,
            Column::Double => &self.double,
        }
    }
}

pub use compliance::spec as compliance;
pub(crate) use fall::{
    anchor, change_anchor, changes_of, drawn, folded, part_label, rows_in, weightiest,
};
pub(crate) use heat::behind;
pub use heat::spec as heat;
pub(crate) use issues::acts;
pub use issues::spec as issues;
pub use plane::spec as plane;
pub use prior::spec as prior;
pub(crate) use river::mark;
pub use river::spec as river;
pub use rule::spec as rule;
pub use sensitivity::spec as sensitivity;
pub use triangle::spec as triangle;
pub(crate) use waterfall::table as evidence;
pub use waterfall::{change, month as waterfall};

/// How to read a kind of figure. The fast path draws no bands, and the river says so.
fn caption(names: &Names<'_>, kind: &str) -> String {
    let words = names.words;
    let said = words.get(&format!("figure-{kind}-caption"));
    if kind != "river" {
        return said;
    }
    let bands = match names.findings.provenance.approximate {
        true => "figure-river-no-bands",
        false => "figure-river-bands",
    };
    words.with(
        "figure-river-caption",
        &[("bands", words.get(bands).into())],
    )
}

/// Every figure that `findings` have something for, in the report's order.
pub fn all(findings: &Findings, lang: Lang) -> Vec<Figure> {
    type Spec = fn(&Findings, Lang, Column) -> Option<Value>;
    type Rows = fn(&Names<'_>) -> Table;
    let single: [(&'static str, Spec, Rows); 9] = [
        ("river", river::spec, river::table),
        ("plane", plane::spec, plane::table),
        ("triangle", triangle::spec, triangle::table),
        ("heat", heat::spec, heat::table),
        ("issues", issues::spec, issues::table),
        ("compliance", compliance::spec, compliance::table),
        ("rule", rule::spec, rule::table),
        ("prior", prior::spec, prior::table),
        ("sensitivity", sensitivity::spec, sensitivity::table),
    ];
    let names = Names::new(findings, lang);
    let words = names.words;
    let mut figures: Vec<Figure> = single
        .into_iter()
        .filter_map(|(kind, spec, table)| {
            Some(Figure {
                kind,
                id: kind.to_owned(),
                title: words.get(&format!("figure-{kind}-title")),
                caption: caption(&names, kind),
                double: spec(findings, lang, Column::Double)?,
                single: spec(findings, lang, Column::Single)?,
                table: table(&names),
            })
        })
        .collect();
    // Waterfalls come after the heat map, before the issues.
    let at = figures
        .iter()
        .position(|f| !["river", "plane", "triangle", "heat"].contains(&f.kind));
    let falls = waterfall::all(&names);
    figures.splice(
        at.unwrap_or(figures.len())..at.unwrap_or(figures.len()),
        falls,
    );
    figures
}
