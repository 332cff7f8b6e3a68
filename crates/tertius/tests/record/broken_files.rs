//! Files that are missing, of another form, or that no bibliography and no case should be.

use crate::broken::{Broken, broken};
use crate::case::Case;

fn utf16(text: &str) -> Vec<u8> {
    let mark = [0xFF, 0xFE];
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    mark.into_iter().chain(units).collect()
}

pub(crate) fn files() -> Vec<Broken> {
    let c = Case::valid;
    let acts = c().text("acts.csv");
    let in_bytes = |word: &[u8]| {
        let (before, after) = acts.split_once("The minister condemns").unwrap();
        [before.as_bytes(), word, after.as_bytes()].concat()
    };
    vec![
        broken(
            "no case.toml",
            c().without("case.toml"),
            &["case.toml:-:- missing-file"],
        ),
        broken(
            "no case.toml, and a date that is none",
            c().without("case.toml").cell("acts.csv", 3, "date", "2014-13"),
            &["acts.csv:3:date no-such-date",
                "case.toml:-:- missing-file",
            ],
        ),
        broken(
            "neither acts nor sources",
            c().without("acts.csv").without("sources.bib"),
            &["acts.csv:-:- missing-file", "sources.bib:-:- missing-file"],
        ),
        broken(
            "a declared series that is not there",
            c().without("series/energy.csv"),
            &["series/energy.csv:-:- missing-file"],
        ),
        broken(
            "what is there and cannot be read is not absent",
            c().unreadable("positions.csv")
                .unreadable("series/energy.csv")
                .unreadable("codings/second.csv"),
            &[
                "codings/second.csv:-:- unreadable-file",
                "positions.csv:-:- unreadable-file",
                "series/energy.csv:-:- unreadable-file",
            ],
        ),
        broken(
            "a folder of codings that cannot be listed",
            c().unreadable("codings"),
            &["codings:-:- unreadable-file"],
        ),
        broken(
            "no measures",
            c().without("measures.csv"),
            &[
                "codings/second.csv:7:id coding-of-nothing",
                "codings/second.csv:10:id coding-of-nothing",
                "codings/second.csv:11:id coding-of-nothing",
                "codings/second.csv:12:id coding-of-nothing",
                "codings/second.csv:13:id coding-of-nothing",
                "codings/second.csv:14:id coding-of-nothing",
                "codings/second.csv:15:id coding-of-nothing",
                "measures.csv:-:- absent-table",
            ],
        ),
        broken(
            "no coverage",
            c().without("coverage.csv"),
            &[
                "coverage.csv:-:- absent-table",
                "coverage.csv:-:what no-coverage",
            ],
        ),
        broken(
            "a table under a misspelt name",
            c().with("act.csv", "id,date\n"),
            &["act.csv:-:- unknown-file"],
        ),
        broken(
            "a series nobody declared",
            c().with("series/trade.csv", "period,value,sources\n"),
            &["series/trade.csv:-:- undeclared-series"],
        ),
        broken(
            "UTF-16",
            c().with("positions.csv", utf16("id,date\n")),
            &["positions.csv:1:- not-utf8"],
        ),
        broken(
            "GBK",
            c().with("acts.csv", in_bytes(b"\xCD\xE2\xCF\xE0\xC7\xB4\xD4\xF0")),
            &["acts.csv:2:- not-utf8"],
        ),
        broken(
            "Latin-1",
            c().with("acts.csv", in_bytes(b"Le caf\xE9 ferme")),
            &["acts.csv:2:- not-utf8"],
        ),
        broken(
            "NUL in a table",
            c().with("acts.csv", in_bytes(b"The min\0ster")),
            &["acts.csv:2:- not-utf8"],
        ),
        broken(
            "case.toml in UTF-16",
            c().with("case.toml", utf16("schema = 1")),
            &["case.toml:1:- not-utf8"],
        ),
        broken(
            "sources.bib in Latin-1",
            c().with("sources.bib", b"\n\n@book{m, title = {M\xFCller}}".to_vec()),
            &["sources.bib:3:- not-utf8"],
        ),
        broken(
            "an empty file",
            c().with("statements.csv", ""),
            &["statements.csv:1:- not-csv"],
        ),
        broken(
            "a file of empty lines",
            c().with("coverage.csv", "\n\r\n\n"),
            &["coverage.csv:1:- not-csv"],
        ),
        broken(
            "a header and nothing else",
            c().with("series/polls.csv", "period,value,sources\n"),
            &["series/polls.csv:-:- empty-table"],
        ),
        broken(
            "an open quotation mark",
            c().replace("acts.csv", ",The minister", ",\"The minister")
                .replace("acts.csv", "A visit", "<b>A visit"),
            &["acts.csv:2:description not-csv", "acts.csv:6:description markup-in-text"],
        ),
        broken(
            "text after a quotation mark",
            c().replace("acts.csv", "Two leaders meet.", "\"Two leaders\" meet."),
            &["acts.csv:3:description not-csv"],
        ),
        broken(
            "an open quotation mark in the header",
            c().replace("coverage.csv", "what,from", "what,\"from"),
            &["coverage.csv:1:from not-csv"],
        ),
        broken(
            "a row too short and a row too long",
            c().append("coverage.csv", "answers,2013-01\nacts,2013-01,2013-02,no,ann,,,,more\n"),
            &["coverage.csv:5:- ragged-row", "coverage.csv:6:- ragged-row"],
        ),
        broken(
            "a list without quotation marks where semicolons divide",
            c().with(
                "coverage.csv",
                "what;from;to;exhaustive;coder;sources;note\n\
                 acts;2014-01;2014-12;no;ann;book2015;wire20140318;the book\n\
                 answers;2014-01;2014-12;no;ann;\"book2015;wire20140318\";the book\n",
            ),
            &["coverage.csv:2:- ragged-row"],
        ),
        broken(
            "rows after an empty line and a quoted line end",
            c().append("coverage.csv", "\nanswers,2013-01,2013-02,yes,ann,,\"two\nlines\"\n\nacts,2013\n"),
            &["coverage.csv:8:- ragged-row"],
        ),
        broken(
            "columns missing, twice and unknown",
            c().replace("coverage.csv", "what,from,to,exhaustive", "what,what,till,exhaustiv"),
            &[
                "coverage.csv:1:exhaustive missing-column",
                "coverage.csv:1:from missing-column",
                "coverage.csv:1:to missing-column",
                "coverage.csv:1:till unknown-column",
                "coverage.csv:1:what duplicate-column",
            ],
        ),
        broken(
            "a misspelt column, checked as what it is most like",
            c().replace("acts.csv", "severity", "severty")
                .cell("acts.csv", 2, "severty", "9")
                .cell("acts.csv", 3, "class", "suport"),
            &[
                "acts.csv:1:severity missing-column",
                "acts.csv:2:severity out-of-range",
                "acts.csv:3:class unknown-class",
            ],
        ),
        broken(
            "columns that are not there, and errors of those that are",
            c().replace("acts.csv", ",sources,quote,", ",Quelle,Zitat,")
                .replace("acts.csv", "id,date", "ID,date")
                .cell("acts.csv", 2, "checked", "perhaps")
                .cell("acts.csv", 4, "actor", "JAP"),
            &[
                "acts.csv:1:id missing-column",
                "acts.csv:1:quote missing-column",
                "acts.csv:1:sources missing-column",
                "acts.csv:1:Quelle unknown-column",
                "acts.csv:1:Zitat unknown-column",
                "acts.csv:2:checked not-one-of",
                "acts.csv:4:actor unknown-actor",
            ],
        ),
        broken(
            "a column of answers that is not there",
            c().replace("measures.csv", "answer_grade", "reply")
                .cell("measures.csv", 3, "grade", "9"),
            &[
                "measures.csv:1:answer_grade missing-column",
                "measures.csv:1:reply unknown-column",
                "measures.csv:3:grade out-of-range",
            ],
        ),
        broken(
            "two columns of one name, and a row",
            c().replace("acts.csv", "known_from", "date")
                .cell("acts.csv", 2, "severity", "9"),
            &["acts.csv:1:date duplicate-column", "acts.csv:2:severity out-of-range"],
        ),
        broken(
            "a column that nobody reads",
            c().replace("series/polls.csv", "period,value,n,sources", "period,value,m,sources"),
            &["series/polls.csv:1:m unknown-column"],
        ),
        broken(
            "cells under no name",
            c().with(
                "series/polls.csv",
                "period,value,sources,,\n2014-03-01,51.5,wire20140318,,\n2014-04-01,50,wire20140318,,x\n",
            ),
            &["series/polls.csv:3:#5 unknown-column"],
        ),
        broken(
            "more rows than anybody codes",
            c().append("coverage.csv", &"answers,2013-01,2013-02,yes,ann,,\n".repeat(200_000)),
            &["coverage.csv:200002:- too-many-rows"],
        ),
        Broken {
            name: "more problems than anybody reads",
            case: c().append("coverage.csv", &"answers\n".repeat(502)),
            told: (5..505)
                .map(|row| format!("coverage.csv:{row}:- ragged-row"))
                .chain(["coverage.csv:505:- more-alike".to_owned()])
                .collect(),
        },
    ]
}

pub(crate) fn bibliography() -> Vec<Broken> {
    let c = Case::valid;
    let more = |text: &str| c().append("sources.bib", text);
    vec![
        broken(
            "an entry nobody cites",
            more("\n@book{other2016,\n  title = {Other}, year = 2016, publisher = {P}\n}\n"),
            &["sources.bib:17:key source-unused"],
        ),
        broken(
            "an entry without title, date and place",
            more("\n@misc{bare, note = {nothing}}\n"),
            &[
                "sources.bib:17:date source-incomplete",
                "sources.bib:17:title source-incomplete",
                "sources.bib:17:url source-incomplete",
            ],
        ),
        broken(
            "a key of two sources",
            more("\n@book{book2015,\n  title = {Other}, year = 2016, publisher = {P}\n}\n"),
            &["sources.bib:17:key duplicate-id"],
        ),
        broken(
            "keys that no row can cite",
            more(
                "\n@book{a;b<c>, title = {T}, year = 2016, publisher = {P}}\n\
                 @book{, title = {T}, year = 2016, publisher = {P}}\n",
            ),
            &["sources.bib:17:key bad-id", "sources.bib:18:key bad-id"],
        ),
        broken(
            "two entries that can't be read",
            c().replace("sources.bib", "date = {2014-03-18},", "date = {2014-03-18}")
                .replace("sources.bib", "year = 2015,", "year = ,"),
            &["sources.bib:3:- not-bib", "sources.bib:10:- not-bib"],
        ),
        broken(
            "an abbreviation that explains itself, and one that nobody explained",
            c().replace(
                "sources.bib",
                "@string{",
                "@string{loop = loop # loop}\n@string{",
            )
            .replace("sources.bib", "{A University Press}", "press"),
            &[
                "sources.bib:1:- not-bib",
                "sources.bib:14:publisher not-bib",
            ],
        ),
        broken(
            "addresses that are none of the web",
            more(
                "\n@online{evil, title = {T}, year = 2016, url = {javascript:alert(1)}}\n\
                 @book{odd, title = {T}, year = 2016, publisher = {P}, \
                 url = {https://example.org/<script>}}\n",
            ),
            &[
                "sources.bib:17:url source-incomplete",
                "sources.bib:17:url bad-url",
                "sources.bib:18:url bad-url",
            ],
        ),
        broken(
            "markup in a title",
            c().replace("sources.bib", "Two Powers", "<b>Two</b> Powers"),
            &["sources.bib:10:title markup-in-text"],
        ),
    ]
}
