//! What `case.toml` may not say.

use crate::broken::{Broken, broken};
use crate::broken_options;
use crate::broken_series;
use crate::case::Case;

/// Every key that there is, each with a value of another type than it takes.
const WRONG_TYPES: &str = "schema = 1
id = []
title = 7
triad = \"JPN\"
span = [1]
alliance = false
roles = 3.5
actors = \"G7\"
issues = { id = \"x\" }
series = [1, \"two\"]
coders = 2014-01-01
readings = [[]]
options = \"none\"
";

/// The same, one level down.
const WRONG_TYPES_INSIDE: &str = "schema = \"tertius-case/1\"
id = \"x\"
title = { en = 1, zh = 2 }
triad = { ally = 1, patron = [], rival = {}, coalition = \"USA\" }
span = { from = 2014-01-01, to = 2014, as_of = true }
alliance = { name = 1, since = 1952, until = 1960 }
roles = { catalogue = 1, answers = 2 }
actors = [{ code = 1, name = 2, kind = 3 }]
issues = [{ id = 1, family = 2, name = 3 }]
series = [{ id = 1, file = 2, name = 3, unit = 4, indicator = 5, stream = 6, method = 7, lower = \"a\", upper = \"b\", lag_months = \"c\" }]
coders = [{ id = 1, kind = 2, note = 3 }]
readings = [{ id = 1, name = 2, from = 3, to = 4, roles = [5, 6], source = 7, note = 8 }]
options = { a = [] }
";

pub(crate) fn case_toml() -> Vec<Broken> {
    let mut all = document();
    all.extend(sections());
    all.extend(lists());
    all.extend(broken_series::series());
    all.extend(broken_options::options());
    all
}

fn document() -> Vec<Broken> {
    let c = Case::valid;
    vec![
        broken(
            "no TOML in two places",
            c().toml("[triad]", "[triad")
                .toml("lag_months = 2", "lag_months ="),
            &["case.toml:6:- not-toml", "case.toml:49:- not-toml"],
        ),
        broken(
            "no TOML, and a table whose faults rest on nothing of it",
            c().toml("[triad]", "[triad")
                .cell("acts.csv", 5, "id", "a 4")
                .cell("positions.csv", 2, "value", "3"),
            &[
                "acts.csv:5:id bad-id",
                "case.toml:6:- not-toml",
                "positions.csv:2:value out-of-range",
            ],
        ),
        broken(
            "a key twice",
            c().toml("rival = \"RUS\"", "rival = \"RUS\"\nrival = \"CHN\""),
            &["case.toml:10:- not-toml"],
        ),
        broken(
            "an empty case.toml",
            c().with("case.toml", ""),
            &[
                "acts.csv:2:issue unknown-issue",
                "acts.csv:3:issue unknown-issue",
                "acts.csv:4:issue unknown-issue",
                "acts.csv:5:issue unknown-issue",
                "case.toml:1:alliance empty-cell",
                "case.toml:1:coders empty-cell",
                "case.toml:1:id empty-cell",
                "case.toml:1:roles empty-cell",
                "case.toml:1:schema empty-cell",
                "case.toml:1:span empty-cell",
                "case.toml:1:title empty-cell",
                "case.toml:1:triad empty-cell",
                "codings/second.csv:4:value unknown-issue",
                "measures.csv:2:issuer unknown-actor",
                "positions.csv:2:issue unknown-issue",
                "positions.csv:3:issue unknown-issue",
                "series/energy.csv:-:- undeclared-series",
                "series/polls.csv:-:- undeclared-series",
            ],
        ),
        broken(
            "the wrong type everywhere",
            c().with("case.toml", WRONG_TYPES),
            &[
                "case.toml:1:schema wrong-type",
                "case.toml:2:id wrong-type",
                "case.toml:3:title wrong-type",
                "case.toml:4:triad wrong-type",
                "case.toml:5:span wrong-type",
                "case.toml:6:alliance wrong-type",
                "case.toml:7:roles wrong-type",
                "case.toml:8:actors wrong-type",
                "case.toml:9:issues wrong-type",
                "case.toml:10:series wrong-type",
                "case.toml:10:series wrong-type",
                "case.toml:11:coders wrong-type",
                "case.toml:12:readings wrong-type",
                "case.toml:13:options wrong-type",
            ],
        ),
        broken(
            "the wrong type everywhere inside",
            c().with("case.toml", WRONG_TYPES_INSIDE),
            &[
                "case.toml:3:title.en wrong-type",
                "case.toml:3:title.zh wrong-type",
                "case.toml:4:triad.ally wrong-type",
                "case.toml:4:triad.coalition wrong-type",
                "case.toml:4:triad.patron wrong-type",
                "case.toml:4:triad.rival wrong-type",
                "case.toml:5:span.as_of wrong-type",
                "case.toml:5:span.from wrong-type",
                "case.toml:5:span.to wrong-type",
                "case.toml:6:alliance.name wrong-type",
                "case.toml:6:alliance.since wrong-type",
                "case.toml:6:alliance.until wrong-type",
                "case.toml:7:roles.answers wrong-type",
                "case.toml:7:roles.catalogue wrong-type",
                "case.toml:8:actors.code wrong-type",
                "case.toml:8:actors.kind wrong-type",
                "case.toml:8:actors.name wrong-type",
                "case.toml:9:issues.family wrong-type",
                "case.toml:9:issues.id wrong-type",
                "case.toml:9:issues.name wrong-type",
                "case.toml:10:series.file wrong-type",
                "case.toml:10:series.id wrong-type",
                "case.toml:10:series.indicator wrong-type",
                "case.toml:10:series.lag_months wrong-type",
                "case.toml:10:series.lower wrong-type",
                "case.toml:10:series.method wrong-type",
                "case.toml:10:series.name wrong-type",
                "case.toml:10:series.stream wrong-type",
                "case.toml:10:series.unit wrong-type",
                "case.toml:10:series.upper wrong-type",
                "case.toml:11:coders.id wrong-type",
                "case.toml:11:coders.kind wrong-type",
                "case.toml:11:coders.note wrong-type",
                "case.toml:12:readings.from wrong-type",
                "case.toml:12:readings.id wrong-type",
                "case.toml:12:readings.name wrong-type",
                "case.toml:12:readings.note wrong-type",
                "case.toml:12:readings.roles wrong-type",
                "case.toml:12:readings.roles wrong-type",
                "case.toml:12:readings.source wrong-type",
                "case.toml:12:readings.to wrong-type",
                "case.toml:13:options.a unknown-option",
            ],
        ),
        broken(
            "another form of case",
            c().toml("tertius-case/1", "tertius-case/2"),
            &["case.toml:2:schema wrong-schema"],
        ),
        broken(
            "a path for an id",
            c().toml("\"small-case\"", "\"../small\""),
            &["case.toml:3:id bad-id"],
        ),
        broken(
            "a key misspelt",
            c().toml("[span]", "[span]\nas_off = \"2016-12\""),
            &["case.toml:13:span.as_off unknown-key"],
        ),
        broken(
            "markup in a Chinese text and a hidden character in a note",
            c().toml("小案例", "<i>小案例</i>")
                .toml("all tables", "all\\u202Etables"),
            &[
                "case.toml:4:title.zh markup-in-text",
                "case.toml:65:coders.note markup-in-text",
            ],
        ),
        broken(
            "a text without its original",
            c().toml("en = \"A small case\", ", "")
                .toml("name = \"approval\"", "name = \"\""),
            &[
                "case.toml:4:title.en empty-cell",
                "case.toml:54:series.name empty-cell",
            ],
        ),
        broken(
            "a broken section and a broken row at once",
            c().toml("ally = \"JPN\"", "ally = 7")
                .cell("acts.csv", 2, "severity", "9"),
            &[
                "acts.csv:2:severity out-of-range",
                "case.toml:7:triad.ally wrong-type",
            ],
        ),
    ]
}

fn sections() -> Vec<Broken> {
    let c = Case::valid;
    vec![
        broken(
            "one actor in two positions",
            c().toml("rival = \"RUS\"", "rival = \"USA\""),
            &["case.toml:7:triad.ally actor-twice"],
        ),
        broken(
            "the rival in the patron's coalition",
            c().toml("[\"USA\", \"G7\"]", "[\"USA\", \"RUS\", \"G7\"]"),
            &["case.toml:10:triad.coalition actor-twice"],
        ),
        broken(
            "an unknown member of the coalition",
            c().toml("[\"USA\", \"G7\"]", "[\"USA\", \"G8\", \"G7\"]"),
            &["case.toml:10:triad.coalition unknown-actor"],
        ),
        broken(
            "a span that ends before it begins",
            c().toml("to = \"2014-12\"", "to = \"2013-12\""),
            &["case.toml:14:span.to empty-span"],
        ),
        broken(
            "a span of centuries",
            c().toml("from = \"2014-01\"", "from = \"1700-01\""),
            &["case.toml:14:span.to long-span"],
        ),
        broken(
            "known before the span begins",
            c().toml("as_of = \"2016-12\"", "as_of = \"2013-12\""),
            &["case.toml:15:span.as_of as-of-before-span"],
        ),
        broken(
            "known before the span begins, by the caller's choice",
            c().as_of("2013-12"),
            &["case.toml:15:span.as_of as-of-before-span"],
        ),
        broken(
            "months that are none",
            c().toml("from = \"2014-01\"", "from = \"2014\"")
                .toml("to = \"2014-12\"", "to = \"2014-13\"")
                .toml("as_of = \"2016-12\"", "as_of = \"10000-01\""),
            &[
                "case.toml:13:span.from bad-date",
                "case.toml:14:span.to no-such-date",
                "case.toml:15:span.as_of bad-date",
            ],
        ),
        broken(
            "the year 0 and a number for a month",
            c().toml("from = \"2014-01\"", "from = \"0000-01\"")
                .toml("to = \"2014-12\"", "to = 2014"),
            &[
                "case.toml:13:span.from no-such-date",
                "case.toml:14:span.to wrong-type",
            ],
        ),
        broken(
            "an alliance that ends before it begins",
            c().toml(
                "since = \"1952-04-28\"",
                "since = \"1952-04-28\"\nuntil = \"1951\"",
            ),
            &["case.toml:20:alliance.until date-reversed"],
        ),
        broken(
            "a catalogue that is not there",
            c().toml("chen-2023", "chen-2024"),
            &["case.toml:22:roles.catalogue unknown-catalogue"],
        ),
        broken(
            "answers on an issue that is not there",
            c().toml("chen-2023\"", "chen-2023\"\nanswers = \"sanction\""),
            &["case.toml:23:roles.answers unknown-issue"],
        ),
    ]
}

fn lists() -> Vec<Broken> {
    let c = Case::valid;
    vec![
        broken(
            "a state declared as an actor",
            c().append("case.toml", "\n[[actors]]\ncode = \"FRA\"\nname = \"France\"\n"),
            &["case.toml:84:actors.code actor-taken"],
        ),
        broken(
            "an actor declared twice and an odd one",
            c().append(
                "case.toml",
                "\n[[actors]]\ncode = \"G7\"\nname = \"Seven\"\n\n[[actors]]\ncode = \"G 8\"\nname = \"Eight\"\n",
            ),
            &["case.toml:84:actors.code duplicate-id", "case.toml:88:actors.code bad-id"],
        ),
        broken(
            "an issue of no family, a coder of no kind, a role of no catalogue",
            c().toml("family = \"ally\"", "family = \"own\"")
                .toml("kind = \"person\"", "kind = \"robot\"")
                .toml("[\"follower\"]", "[\"hegemon\"]"),
            &[
                "case.toml:36:issues.family not-one-of",
                "case.toml:64:coders.kind not-one-of",
                "case.toml:76:readings.roles not-one-of",
            ],
        ),
        broken(
            "a reading that ends before it begins",
            c().toml("to = \"2014-12\"\nroles", "to = \"2014-02\"\nroles"),
            &["case.toml:75:readings.to empty-span"],
        ),
        broken(
            "a reading of a source that is not there",
            c().toml("source = \"book2015\"", "source = \"book2051\""),
            &["case.toml:77:readings.source unknown-source"],
        ),
        broken(
            "ids twice",
            c().toml("id = \"defence\"", "id = \"sanctions\"")
                .toml("id = \"lm-1\"", "id = \"ann\"")
                .toml("id = \"polls\"", "id = \"energy\""),
            &[
                "case.toml:35:issues.id duplicate-id",
                "case.toml:52:series.id duplicate-id",
                "case.toml:68:coders.id duplicate-id",
            ],
        ),
    ]
}
