//! Which columns each table has. `docs/data-model.md` says what they mean; a test compares the two.

use crate::record::table::Columns;

pub(super) const ACTS: Columns = Columns {
    file: "acts.csv",
    required: &[
        "id",
        "date",
        "actor",
        "target",
        "class",
        "severity",
        "description",
        "sources",
        "quote",
        "locator",
        "checked",
        "coder",
    ],
    optional: &[
        "known_from",
        "issue",
        "episode",
        "beneficiary",
        "justification",
        "description_zh",
        "confidence",
    ],
};

pub(super) const MEASURES: Columns = Columns {
    file: "measures.csv",
    required: &[
        "id",
        "issuer",
        "s_date",
        "grade",
        "answer_date",
        "answer_grade",
        "sources",
        "quote",
        "locator",
        "checked",
        "coder",
    ],
    optional: &[
        "known_from",
        "episode",
        "grade_date",
        "exemptions",
        "answer_sources",
        "description",
        "description_zh",
        "confidence",
    ],
};

pub(super) const POSITIONS: Columns = Columns {
    file: "positions.csv",
    required: &[
        "id", "date", "actor", "issue", "kind", "value", "low", "high", "salience", "sources",
        "quote", "locator", "checked", "coder",
    ],
    optional: &[
        "known_from",
        "episode",
        "description",
        "description_zh",
        "confidence",
    ],
};

pub(super) const STATEMENTS: Columns = Columns {
    file: "statements.csv",
    required: &[
        "id", "date", "speaker", "kind", "role", "sources", "quote", "locator", "checked", "coder",
    ],
    optional: &[
        "known_from",
        "episode",
        "description",
        "description_zh",
        "confidence",
    ],
};

pub(super) const SERIES: Columns = Columns {
    file: "series/*.csv",
    required: &["period", "value", "sources"],
    optional: &["low", "high", "n", "known_from", "note"],
};

pub(super) const COVERAGE: Columns = Columns {
    file: "coverage.csv",
    required: &["what", "from", "to", "exhaustive", "coder"],
    optional: &["sources", "note"],
};

pub(super) const CODINGS: Columns = Columns {
    file: "codings/*.csv",
    required: &["table", "id", "field", "value", "coder"],
    optional: &["note"],
};

/// All tables of a case.
pub const TABLES: &[Columns] = &[
    ACTS, MEASURES, POSITIONS, STATEMENTS, SERIES, COVERAGE, CODINGS,
];
