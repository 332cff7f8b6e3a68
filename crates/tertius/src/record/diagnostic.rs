//! Problems of a record, as values: an id, a place and the words that a sentence about it needs.
//! The sentences themselves, in both languages, stand with the report.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::is_hidden;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is read until it is mended.
    Error,
    /// The record is read; the author should look.
    Warning,
    /// Worth knowing.
    Note,
}

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// Path inside the case.
    pub file: String,
    /// Row as a spreadsheet counts them: the header is row 1. For text files, the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u64>,
    /// Column or key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Place {
        Place {
            file: shown(&file.into()),
            row: None,
            column: None,
        }
    }

    /// A row of it.
    #[must_use]
    pub fn row(mut self, row: u64) -> Place {
        self.row = Some(row);
        self
    }

    /// A column or key of it.
    #[must_use]
    pub fn column(mut self, column: impl Into<String>) -> Place {
        self.column = Some(shown(&column.into()));
        self
    }
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Diagnostic {
    /// Which kind, by its stable id: `docs/diagnostics.md` lists them.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub id: DiagnosticId,
    /// Error, warning or note: fixed by the kind.
    pub severity: Severity,
    /// Where the problem is.
    pub place: Place,
    /// The words of its sentence, by name.
    pub fields: BTreeMap<String, String>,
}

impl Diagnostic {
    /// A problem of this kind at this place.
    pub fn new(id: DiagnosticId, place: Place) -> Diagnostic {
        Diagnostic {
            id,
            severity: id.severity(),
            place,
            fields: BTreeMap::new(),
        }
    }

    /// With a list of the program's own names as a word of its sentence, whole however long it is.
    #[must_use]
    pub(crate) fn with_names(mut self, name: &str, names: &[&str]) -> Diagnostic {
        self.fields.insert(name.to_owned(), names.join(", "));
        self
    }

    /// With one more word of its sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Diagnostic {
        self.fields
            .insert(name.to_owned(), shown(&value.to_string()));
        self
    }
}

/// A value as a diagnostic names it: short, and with every character in sight, so that nothing in a file
/// can move a reader's cursor or turn a line around.
fn shown(value: &str) -> String {
    const MOST: usize = 120;
    let mut short = String::new();
    for (i, c) in value.chars().enumerate() {
        if i == MOST {
            short.push('…');
            break;
        }
        if is_hidden(c) || c.is_control() {
            short.extend(c.escape_unicode());
        } else {
            short.push(c);
        }
    }
    short
}

macro_rules! diagnostic_ids {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $severity:ident, [$($field:literal),*];)*) => {
        /// The kinds of problem. Each has a stable id, a severity, and the words that its sentence needs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum DiagnosticId {
            $($(#[$doc])* #[serde(rename = $id)] $name,)*
        }

        impl DiagnosticId {
            /// All kinds.
            pub const ALL: &'static [DiagnosticId] = &[$(DiagnosticId::$name),*];

            /// The stable id.
            pub fn as_str(self) -> &'static str {
                match self { $(DiagnosticId::$name => $id,)* }
            }

            /// How much it matters.
            pub fn severity(self) -> Severity {
                match self { $(DiagnosticId::$name => Severity::$severity,)* }
            }

            /// The words that a sentence about it may use, besides file, row and column.
            pub fn fields(self) -> &'static [&'static str] {
                match self { $(DiagnosticId::$name => &[$($field),*],)* }
            }
        }
    };
}

diagnostic_ids! {
    /// A file that every case has is not there.
    MissingFile = "missing-file", Error, [];
    /// A file or folder is there and cannot be read.
    UnreadableFile = "unreadable-file", Error, ["reason"];
    /// A table that a case may have is not there.
    AbsentTable = "absent-table", Note, [];
    /// A table that nobody reads.
    UnknownFile = "unknown-file", Warning, ["nearest"];
    /// Bytes that are not UTF-8, or hold NUL.
    NotUtf8 = "not-utf8", Error, ["encoding"];
    /// Not CSV.
    NotCsv = "not-csv", Error, ["reason"];
    /// A row with more or fewer cells than the header.
    RaggedRow = "ragged-row", Error, ["cells", "columns", "divided"];
    /// A column that must be there.
    MissingColumn = "missing-column", Error, ["nearest"];
    /// A column that nobody reads.
    UnknownColumn = "unknown-column", Warning, ["nearest"];
    /// A column that is there twice.
    DuplicateColumn = "duplicate-column", Error, [];
    /// A table without rows.
    EmptyTable = "empty-table", Note, [];
    /// More rows than a record coded by hand can have.
    TooManyRows = "too-many-rows", Error, ["most"];
    /// Not TOML.
    NotToml = "not-toml", Error, ["reason"];
    /// A key with a value of another type than it takes.
    WrongType = "wrong-type", Error, ["value", "expected"];
    /// A key that nobody reads.
    UnknownKey = "unknown-key", Warning, ["nearest"];
    /// A case of another form than this program reads.
    WrongSchema = "wrong-schema", Error, ["value", "expected"];
    /// An id with other characters than letters, digits, hyphens and underscores.
    BadId = "bad-id", Error, ["value"];
    /// Two things under one id.
    DuplicateId = "duplicate-id", Error, ["value", "first"];
    /// One actor in two positions.
    ActorTwice = "actor-twice", Error, ["value"];
    /// A declared actor under the code of a state.
    ActorTaken = "actor-taken", Error, ["value"];
    /// A span that ends before it begins.
    EmptySpan = "empty-span", Error, ["from", "to"];
    /// A span too long to be meant.
    LongSpan = "long-span", Error, ["months", "most"];
    /// An as-of month before the span begins.
    AsOfBeforeSpan = "as-of-before-span", Error, ["value", "from"];
    /// A role catalogue that is not there.
    UnknownCatalogue = "unknown-catalogue", Error, ["value", "allowed"];
    /// A required cell that is empty.
    EmptyCell = "empty-cell", Error, [];
    /// A code of no state and no declared actor.
    UnknownActor = "unknown-actor", Error, ["value", "nearest"];
    /// A text that is no date, or not of the form that is needed.
    BadDate = "bad-date", Error, ["value", "expected"];
    /// A date that no calendar has.
    NoSuchDate = "no-such-date", Error, ["value"];
    /// An interval or span that ends before it begins.
    DateReversed = "date-reversed", Error, ["value"];
    /// A year or an interval where a month or a day is needed, or an interval of centuries.
    DateTooCoarse = "date-too-coarse", Error, ["value"];
    /// Not a number.
    NotANumber = "not-a-number", Error, ["value"];
    /// A number outside its range.
    OutOfRange = "out-of-range", Error, ["value", "low", "high"];
    /// A word that is none of those allowed.
    NotOneOf = "not-one-of", Error, ["value", "allowed"];
    /// A class that the catalogue does not have.
    UnknownClass = "unknown-class", Error, ["value", "nearest"];
    /// An issue that the case does not declare.
    UnknownIssue = "unknown-issue", Error, ["value", "allowed"];
    /// A coder that the case does not declare.
    UnknownCoder = "unknown-coder", Error, ["value", "allowed"];
    /// A row without a source.
    NoSource = "no-source", Error, [];
    /// A source that is cited and not in the bibliography.
    UnknownSource = "unknown-source", Error, ["value", "nearest"];
    /// A checked row without its quotation or locator.
    CheckedWithoutProof = "checked-without-proof", Error, [];
    /// A quotation that is too long to be one.
    LongQuote = "long-quote", Warning, ["words", "most"];
    /// Markup or characters that no editor shows in a text: it is shown as it stands.
    MarkupInText = "markup-in-text", Warning, ["value"];
    /// An own gain without beneficiary or justification.
    OwnGainUnproven = "own-gain-unproven", Error, ["value", "expected"];
    /// A class of one actor in the hand of another.
    WrongActor = "wrong-actor", Error, ["value", "class", "expected"];
    /// An act of the ally before there was an alliance, or after it.
    OutsideAlliance = "outside-alliance", Error, ["value", "since", "until"];
    /// Known before it happened.
    KnownBeforeDate = "known-before-date", Error, ["value", "date"];
    /// A measure of somebody outside the patron's coalition.
    OutsideCoalition = "outside-coalition", Error, ["value", "allowed"];
    /// An answer with a date and no grade, or a grade and no date.
    HalfAnswer = "half-answer", Error, [];
    /// An answer before the measure.
    AnswerBeforeMeasure = "answer-before-measure", Warning, ["answer", "measure"];
    /// A grade reached before the first step, or more than twelve months after the measure.
    GradeDateOrder = "grade-date-order", Error, ["value", "from", "to"];
    /// Bounds that do not hold their value.
    BoundsOrder = "bounds-order", Error, ["low", "value", "high"];
    /// An expectation by somebody who is not the patron.
    ExpectationNotPatrons = "expectation-not-patrons", Error, ["value", "expected"];
    /// An indicator on both sides: what explains would show.
    BothStreams = "both-streams", Error, ["value", "first"];
    /// An indicator of the rule that is not declared a condition.
    RuleIndicatorNotCondition = "rule-indicator-not-condition", Error, ["value"];
    /// A series file that `case.toml` does not declare.
    UndeclaredSeries = "undeclared-series", Warning, [];
    /// A panel of public data that gives no series.
    PanelUnanswered = "panel-unanswered", Error, ["value", "kind", "detail"];
    /// Two values for one period.
    DuplicatePeriod = "duplicate-period", Error, ["value", "first"];
    /// Coverage that says yes and no of the same months.
    CoverageContradiction = "coverage-contradiction", Error, ["value", "first"];
    /// Classes of behaviour, answers included, that no coverage row speaks of.
    NoCoverage = "no-coverage", Note, ["value"];
    /// A second coding of a row that is not there.
    CodingOfNothing = "coding-of-nothing", Error, ["value"];
    /// A coder codes again what the same coder has coded.
    CodingByTheSame = "coding-by-the-same", Error, ["value", "coder"];
    /// A bibliography that can't be read.
    NotBib = "not-bib", Error, ["reason"];
    /// An entry without a title, a date, or a place where a reader finds it.
    SourceIncomplete = "source-incomplete", Error, ["value", "lacks"];
    /// An entry that no row cites.
    SourceUnused = "source-unused", Note, ["value"];
    /// An address that is none of the web: it is not linked.
    BadUrl = "bad-url", Warning, ["value", "nearest"];
    /// An option that does not exist.
    UnknownOption = "unknown-option", Error, ["value", "nearest"];
    /// Options of which one makes nonsense of another.
    OptionsDisagree = "options-disagree", Error, ["overlap", "divergence"];
    /// Rows, answers or values that the as-of month hides, file by file.
    HiddenRows = "hidden-rows", Note, ["what", "count", "rows", "as-of"];
    /// Rows dated before or after the months read, file by file.
    OutsideSpan = "outside-span", Note, ["side", "count", "rows", "month"];
    /// No act of the ally in the span.
    NothingToRead = "nothing-to-read", Note, [];
    /// More problems of one kind in one file than are worth a line each.
    MoreAlike = "more-alike", Note, ["kind", "count"];
}

impl fmt::Display for DiagnosticId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_unique() {
        let ids: BTreeSet<_> = DiagnosticId::ALL.iter().map(|d| d.as_str()).collect();
        assert_eq!(ids.len(), DiagnosticId::ALL.len());
    }
}
