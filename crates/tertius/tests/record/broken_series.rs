//! What `case.toml` may not say of series.

use crate::broken::{Broken, broken};
use crate::case::Case;

pub(crate) fn series() -> Vec<Broken> {
    let c = Case::valid;
    let polls = |indicator: &str, stream: &str| {
        c().toml(
            "indicator = \"approval\"\nstream = \"display\"",
            &format!("indicator = \"{indicator}\"\nstream = \"{stream}\""),
        )
    };
    vec![
        broken(
            "an indicator on both sides",
            polls("dependence", "behaviour"),
            &[
                "case.toml:56:series.indicator both-streams",
                "case.toml:56:series.indicator rule-indicator-not-condition",
            ],
        ),
        broken(
            "a class of behaviour as a condition",
            polls("support", "condition"),
            &["case.toml:52:series.indicator both-streams"],
        ),
        broken(
            "a class of conditions as behaviour",
            polls("patron_rival_conflict", "behaviour"),
            &["case.toml:52:series.indicator both-streams"],
        ),
        broken(
            "an indicator of two words",
            polls("public approval", "display"),
            &["case.toml:56:series.indicator bad-id"],
        ),
        broken(
            "an indicator of the rule that is only shown",
            c().toml("stream = \"condition\"", "stream = \"display\""),
            &["case.toml:44:series.indicator rule-indicator-not-condition"],
        ),
        broken(
            "an indicator of the rule twice",
            polls("dependence", "condition")
                .toml("upper = 100", "upper = 1")
                .with(
                    "series/polls.csv",
                    "period,value,sources\n2014-03,0.5,wire20140318\n",
                ),
            &["case.toml:56:series.indicator duplicate-id"],
        ),
        broken(
            "an indicator of the rule without a bound",
            c().toml("lower = 0\n", ""),
            &["case.toml:39:series.lower empty-cell"],
        ),
        broken(
            "an indicator of the rule beyond its range",
            c().toml("upper = 1\n", "upper = 1.5\n"),
            &["case.toml:48:series.upper out-of-range"],
        ),
        broken(
            "a series that measures a posture and is only shown, of nobody, on no issue",
            c().toml(
                "indicator = \"approval\"\nstream = \"display\"",
                "indicator = \"approval\"\nstream = \"display\"\nmeasures = \"rival\"\nissue = \"peace\"",
            ),
            &[
                "case.toml:57:series.stream not-one-of",
                "case.toml:58:series.measures not-one-of",
                "case.toml:59:series.issue unknown-issue",
            ],
        ),
        broken(
            "a place between patron and rival in per cent",
            c().toml(
                "indicator = \"approval\"\nstream = \"display\"",
                "indicator = \"approval\"\nstream = \"condition\"\nmeasures = \"between\"\nissue = \"sanctions\"",
            ),
            &["case.toml:62:series.upper out-of-range"],
        ),
        broken(
            "hostile paths of series",
            c().toml("series/energy.csv", "series/../../secret.csv")
                .toml("series/polls.csv", "/etc/passwd"),
            &[
                "case.toml:41:series.file not-one-of",
                "case.toml:53:series.file not-one-of",
            ],
        ),
        broken(
            "a panel that nobody answers",
            c().toml("file = \"series/energy.csv\"", "panel = \"asymmetry\"")
                .without("series/energy.csv"),
            &["case.toml:40:series.panel panel-unanswered"],
        ),
        broken(
            "a panel beside a file, about a state that is none",
            c().toml(
                "file = \"series/energy.csv\"",
                "file = \"series/energy.csv\"\npanel = \"asymmetry\"\nthird = \"ZZZ\"",
            ),
            &[
                "case.toml:40:series.panel panel-unanswered",
                "case.toml:41:series.file panel-unanswered",
                "case.toml:43:series.third unknown-actor",
            ],
        ),
        broken(
            "one file of two series",
            c().toml("series/polls.csv", "series/energy.csv"),
            &["case.toml:53:series.file duplicate-id"],
        ),
        broken(
            "numbers that are none, bounds upside down, a lag of half a month",
            c().toml(
                "lower = 0\nupper = 1\nlag_months = 2",
                "lower = nan\nupper = inf\nlag_months = 0.5",
            )
            .toml("lower = 0\nupper = 100", "lower = 1_00\nupper = 0x10"),
            &[
                "case.toml:47:series.lower not-a-number",
                "case.toml:48:series.upper not-a-number",
                "case.toml:49:series.lag_months out-of-range",
                "case.toml:60:series.upper out-of-range",
            ],
        ),
    ]
}
