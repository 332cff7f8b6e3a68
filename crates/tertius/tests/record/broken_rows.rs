//! What rows of `acts.csv` may not say.

use crate::broken::{Broken, broken};
use crate::case::Case;

pub(crate) fn acts() -> Vec<Broken> {
    let c = Case::valid;
    let cell = |row, column, value| c().cell("acts.csv", row, column, value);
    vec![
        broken(
            "an id with a blank",
            cell(5, "id", "a 4"),
            &["acts.csv:5:id bad-id"],
        ),
        broken(
            "an id twice in a table and across tables",
            cell(4, "id", "a1").cell("positions.csv", 3, "id", "a2"),
            &[
                "acts.csv:4:id duplicate-id",
                "positions.csv:3:id duplicate-id",
            ],
        ),
        broken(
            "cells left empty",
            c().append(
                "acts.csv",
                ",,,,,,,,,,,,,,,,,,\n,2014,,;,,support,,,,,,x,,book2015,,,,,\n",
            ),
            &[
                "acts.csv:8:actor empty-cell",
                "acts.csv:8:checked empty-cell",
                "acts.csv:8:coder empty-cell",
                "acts.csv:8:id empty-cell",
                "acts.csv:8:severity empty-cell",
            ],
        ),
        broken(
            "no date",
            cell(2, "date", "spring 2014"),
            &["acts.csv:2:date bad-date"],
        ),
        broken(
            "the 30th of February",
            cell(2, "date", "2014-02-30"),
            &["acts.csv:2:date no-such-date"],
        ),
        broken(
            "the year 0",
            cell(2, "date", "0000"),
            &["acts.csv:2:date no-such-date"],
        ),
        broken(
            "the year 10000",
            cell(2, "date", "10000-01-01"),
            &["acts.csv:2:date bad-date"],
        ),
        broken(
            "a date turned round",
            cell(2, "date", "2014-05/2014-03"),
            &["acts.csv:2:date date-reversed"],
        ),
        broken(
            "an interval of centuries",
            cell(2, "date", "0001/9999"),
            &["acts.csv:2:date date-too-coarse"],
        ),
        broken(
            "known in a year",
            cell(2, "known_from", "2014"),
            &["acts.csv:2:known_from date-too-coarse"],
        ),
        broken(
            "known before it happened",
            cell(2, "known_from", "2014-02-28"),
            &["acts.csv:2:known_from known-before-date"],
        ),
        broken(
            "an unknown actor",
            cell(2, "actor", "JAP"),
            &["acts.csv:2:actor unknown-actor"],
        ),
        broken(
            "an unknown target",
            cell(2, "target", "RUS;URS;CHN"),
            &["acts.csv:2:target unknown-actor"],
        ),
        broken(
            "an unknown class",
            cell(2, "class", "suport"),
            &["acts.csv:2:class unknown-class"],
        ),
        broken(
            "an unknown issue",
            cell(2, "issue", "fish"),
            &["acts.csv:2:issue unknown-issue"],
        ),
        broken(
            "an unknown coder",
            cell(2, "coder", "bob"),
            &["acts.csv:2:coder unknown-coder"],
        ),
        broken(
            "a thousand million as a severity",
            cell(2, "severity", "1e9"),
            &["acts.csv:2:severity out-of-range"],
        ),
        broken(
            "a negative severity",
            cell(2, "severity", "-1"),
            &["acts.csv:2:severity out-of-range"],
        ),
        broken(
            "NaN as a severity",
            cell(2, "severity", "NaN"),
            &["acts.csv:2:severity not-a-number"],
        ),
        broken(
            "infinity as a severity",
            cell(2, "severity", "inf"),
            &["acts.csv:2:severity not-a-number"],
        ),
        broken(
            "half a grade of severity",
            cell(2, "severity", "2.5"),
            &["acts.csv:2:severity not-a-number"],
        ),
        broken(
            "a word as a severity",
            cell(2, "severity", "high"),
            &["acts.csv:2:severity not-a-number"],
        ),
        broken(
            "a beneficiary outside the list",
            cell(2, "beneficiary", "us"),
            &["acts.csv:2:beneficiary not-one-of"],
        ),
        broken(
            "a shouted yes",
            cell(2, "checked", "YES"),
            &["acts.csv:2:checked not-one-of"],
        ),
        broken(
            "an own gain for others and for no reason",
            cell(5, "beneficiary", "common").cell("acts.csv", 5, "justification", ""),
            &[
                "acts.csv:5:beneficiary own-gain-unproven",
                "acts.csv:5:justification own-gain-unproven",
            ],
        ),
        broken(
            "the ally's class in the patron's hand",
            cell(2, "actor", "USA;AUS"),
            &["acts.csv:2:actor wrong-actor"],
        ),
        broken(
            "an act before its alliance",
            cell(2, "date", "1951"),
            &["acts.csv:2:date outside-alliance"],
        ),
        broken(
            "an act after its alliance",
            c().toml(
                "since = \"1952-04-28\"",
                "since = \"1952-04-28\"\nuntil = \"2014-05\"",
            ),
            &["acts.csv:5:date outside-alliance"],
        ),
        broken(
            "no source",
            cell(2, "sources", " ; "),
            &["acts.csv:2:sources no-source"],
        ),
        broken(
            "a source that is cited and absent",
            cell(2, "sources", "wire20140319"),
            &["acts.csv:2:sources unknown-source"],
        ),
        broken(
            "checked without quotation and locator",
            cell(2, "quote", "").cell("acts.csv", 2, "locator", ""),
            &[
                "acts.csv:2:locator checked-without-proof",
                "acts.csv:2:quote checked-without-proof",
            ],
        ),
        broken(
            "a quotation of thirty-one words",
            cell(2, "quote", &["word"; 31].join(" ")),
            &["acts.csv:2:quote long-quote"],
        ),
        broken(
            "a quotation of 121 characters without spaces",
            cell(2, "quote", &"条".repeat(121)),
            &["acts.csv:2:quote long-quote"],
        ),
        broken(
            "HTML in a description, and in its twin",
            cell(2, "description", "<script>alert(1)</script>").cell(
                "acts.csv",
                2,
                "description_zh",
                "会谈<br/>结束",
            ),
            &[
                "acts.csv:2:description markup-in-text",
                "acts.csv:2:description_zh markup-in-text",
            ],
        ),
        broken(
            "a text that turns its line round",
            cell(2, "description", "signed \u{202E}desufer"),
            &["acts.csv:2:description markup-in-text"],
        ),
        broken(
            "a text that clears the terminal",
            cell(2, "description", "\u{1b}[2Jgone"),
            &["acts.csv:2:description markup-in-text"],
        ),
        broken(
            "nothing that the ally did",
            c().with(
                "acts.csv",
                c().text("acts.csv")
                    .lines()
                    .filter(|l| !l.contains(",JPN,RUS") && !l.contains("JPN;AUS"))
                    .collect::<Vec<_>>()
                    .join("\n"),
            )
            .without("codings/second.csv"),
            &["acts.csv:-:- nothing-to-read"],
        ),
        broken(
            "rows known only later",
            c().toml("as_of = \"2016-12\"", "as_of = \"2014-06\""),
            &[
                "acts.csv:6:known_from hidden-rows",
                "measures.csv:3:known_from hidden-rows",
                "series/energy.csv:4:known_from hidden-rows",
            ],
        ),
        broken(
            "an answer given only later",
            c().toml("as_of = \"2016-12\"", "as_of = \"2014-10\"").cell(
                "measures.csv",
                2,
                "grade_date",
                "2014-12",
            ),
            &["measures.csv:2:answer_date hidden-rows"],
        ),
        broken(
            "rows of months that are not read",
            c().toml("from = \"2014-01\"", "from = \"2014-05\"")
                .toml("to = \"2014-12\"", "to = \"2014-06\""),
            &[
                "acts.csv:2:date outside-span",
                "acts.csv:6:date outside-span",
                "measures.csv:3:s_date outside-span",
                "positions.csv:2:date outside-span",
                "statements.csv:2:date outside-span",
            ],
        ),
    ]
}
