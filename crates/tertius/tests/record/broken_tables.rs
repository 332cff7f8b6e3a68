//! What measures, positions, statements, series, coverage and second codings may not say.

use crate::broken::{Broken, broken};
use crate::case::Case;

pub(crate) fn other_tables() -> Vec<Broken> {
    let c = Case::valid;
    let measure = |row, column, value| c().cell("measures.csv", row, column, value);
    let position = |row, column, value| c().cell("positions.csv", row, column, value);
    let statement = |row, column, value| c().cell("statements.csv", row, column, value);
    let energy = |row, column, value| c().cell("series/energy.csv", row, column, value);
    let coding = |row, column, value| c().cell("codings/second.csv", row, column, value);
    vec![
        broken(
            "a measure of somebody else's",
            measure(2, "issuer", "USA;CHN"),
            &["measures.csv:2:issuer outside-coalition"],
        ),
        broken(
            "a measure in a year",
            measure(2, "s_date", "2014"),
            &["measures.csv:2:s_date date-too-coarse"],
        ),
        broken(
            "an answer without a grade",
            measure(2, "answer_grade", ""),
            &["measures.csv:2:answer_grade half-answer"],
        ),
        broken(
            "a grade without an answer",
            measure(3, "answer_grade", "2"),
            &["measures.csv:3:answer_date half-answer"],
        ),
        broken(
            "a date of a grade alone",
            measure(3, "grade_date", "2014-08"),
            &["measures.csv:3:answer_date half-answer"],
        ),
        broken(
            "an answer before the measure",
            measure(2, "answer_date", "2014-03-05"),
            &["measures.csv:2:answer_date answer-before-measure"],
        ),
        broken(
            "a grade before the first step",
            measure(2, "grade_date", "2014-03-10"),
            &["measures.csv:2:grade_date grade-date-order"],
        ),
        broken(
            "an answer after two years",
            measure(3, "answer_date", "2016-07").cell("measures.csv", 3, "answer_grade", "1"),
            &["measures.csv:3:answer_date grade-date-order"],
        ),
        broken(
            "an answer after the alliance",
            c().toml(
                "since = \"1952-04-28\"",
                "since = \"1952-04-28\"\nuntil = \"2014-08\"",
            )
            .cell("measures.csv", 3, "answer_date", "2014-09")
            .cell("measures.csv", 3, "answer_grade", "1"),
            &["measures.csv:3:answer_date outside-alliance"],
        ),
        broken(
            "an answer from a source that is absent",
            measure(2, "answer_sources", "x"),
            &["measures.csv:2:answer_sources unknown-source"],
        ),
        broken(
            "grade 7",
            measure(2, "grade", "7"),
            &["measures.csv:2:grade out-of-range"],
        ),
        broken(
            "bounds that do not hold the value",
            position(2, "low", "0.5"),
            &["positions.csv:2:low bounds-order"],
        ),
        broken(
            "a position beyond full hostility",
            position(2, "low", "-1.5"),
            &["positions.csv:2:low out-of-range"],
        ),
        broken(
            "two actors of one position",
            position(2, "actor", "JPN;USA"),
            &["positions.csv:2:actor unknown-actor"],
        ),
        broken(
            "an expectation of the rival's",
            position(3, "actor", "RUS"),
            &["positions.csv:3:actor expectation-not-patrons"],
        ),
        broken(
            "a position on nothing",
            position(2, "issue", ""),
            &["positions.csv:2:issue empty-cell"],
        ),
        broken(
            "the ally's word in another mouth",
            statement(3, "speaker", "AUS"),
            &["statements.csv:3:speaker wrong-actor"],
        ),
        broken(
            "the patron as a third party",
            statement(5, "speaker", "AUS;USA"),
            &["statements.csv:5:speaker wrong-actor"],
        ),
        broken(
            "a role of no catalogue",
            statement(2, "role", "hegemon"),
            &["statements.csv:2:role not-one-of"],
        ),
        broken(
            "a voice that is none",
            statement(2, "kind", "rumour"),
            &["statements.csv:2:kind not-one-of"],
        ),
        broken(
            "a value above the range of its series",
            energy(2, "value", "1.5"),
            &["series/energy.csv:2:value out-of-range"],
        ),
        broken(
            "infinity in a series",
            energy(2, "value", "1e999"),
            &["series/energy.csv:2:value not-a-number"],
        ),
        broken(
            "a bound on the wrong side of a missing value",
            energy(3, "low", "0.5").cell("series/energy.csv", 3, "high", "0.4"),
            &["series/energy.csv:3:low bounds-order"],
        ),
        broken(
            "two values of one period",
            energy(3, "period", "2012"),
            &["series/energy.csv:3:period duplicate-period"],
        ),
        broken(
            "half a respondent",
            c().cell("series/polls.csv", 2, "n", "0.5"),
            &["series/polls.csv:2:n out-of-range"],
        ),
        broken(
            "a value without a source",
            energy(2, "sources", ""),
            &["series/energy.csv:2:sources no-source"],
        ),
        broken(
            "coverage that says yes and no",
            c().append("coverage.csv", "answers,2013-01,2014-01,no,ann,,\n"),
            &["coverage.csv:5:exhaustive coverage-contradiction"],
        ),
        broken(
            "coverage turned round",
            c().cell("coverage.csv", 4, "from", "2015-01"),
            &["coverage.csv:4:to date-reversed"],
        ),
        broken(
            "coverage of days",
            c().cell("coverage.csv", 4, "from", "2014-01-01"),
            &["coverage.csv:4:from bad-date"],
        ),
        broken(
            "coverage of nothing known",
            c().cell("coverage.csv", 3, "what", "suport"),
            &["coverage.csv:3:what not-one-of"],
        ),
        broken(
            "a coder who agrees with themselves",
            coding(2, "coder", "ann"),
            &["codings/second.csv:2:coder coding-by-the-same"],
        ),
        broken(
            "a coding of a row that is not there",
            coding(2, "id", "m1"),
            &["codings/second.csv:2:id coding-of-nothing"],
        ),
        broken(
            "a coding of a field of another table",
            coding(2, "field", "role"),
            &["codings/second.csv:2:field not-one-of"],
        ),
        broken(
            "a coding of severity 9",
            coding(3, "value", "9"),
            &["codings/second.csv:3:value out-of-range"],
        ),
        broken(
            "a coding of no class",
            coding(2, "value", "harsh"),
            &["codings/second.csv:2:value unknown-class"],
        ),
        broken(
            "an answer neither given nor not",
            coding(10, "value", "perhaps"),
            &["codings/second.csv:10:value not-one-of"],
        ),
        broken(
            "an answer of grade 7",
            coding(11, "value", "7"),
            &["codings/second.csv:11:value out-of-range"],
        ),
        broken(
            "an answer coded to the day",
            coding(12, "value", "2014-03-18"),
            &["codings/second.csv:12:value bad-date"],
        ),
        broken(
            "an act that is answered",
            coding(2, "field", "answered"),
            &["codings/second.csv:2:field not-one-of"],
        ),
        broken(
            "a coding twice, in two files",
            c().with(
                "codings/third.csv",
                "table,id,field,value,coder\nacts,a1,class,support,lm-1\n",
            ),
            &["codings/third.csv:2:id duplicate-id"],
        ),
    ]
}
