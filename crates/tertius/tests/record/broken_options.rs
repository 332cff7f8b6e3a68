//! `[options]` of `case.toml`, broken.

use crate::broken::{Broken, broken};
use crate::case::Case;

pub(crate) fn options() -> Vec<Broken> {
    let set = |text: &str| Case::valid().toml("reader.pairs = \"on_entry\"", text);
    vec![
        broken(
            "options of no name, of no section, of a section too many, and a table",
            set("rule.divergance = 0.3\ndivergence = 0.3\nrule.a.b = 1\nreader = 4\nreaders = {}"),
            &[
                "case.toml:81:options.rule.divergance unknown-option",
                "case.toml:82:options.divergence unknown-option",
                "case.toml:83:options.rule.a.b unknown-option",
                "case.toml:84:options.reader unknown-option",
            ],
        ),
        broken(
            "options outside their ranges",
            set(
                "rule.divergence = 1.1\nrule.overlap = -0.1\nreader.chains = 1\nreader.episode_days = 367\nchoice.abandonment_pressure = -1",
            ),
            &[
                "case.toml:81:options.rule.divergence out-of-range",
                "case.toml:82:options.rule.overlap out-of-range",
                "case.toml:83:options.reader.chains out-of-range",
                "case.toml:84:options.reader.episode_days out-of-range",
                "case.toml:85:options.choice.abandonment_pressure out-of-range",
            ],
        ),
        broken(
            "options of another type",
            set(
                "rule.divergence = \"0.3\"\nreader.chains = 4.5\nreader.volume = \"no\"\nreader.pairs = true\nreader.sweeps = [1]\nrule.burden = nan\nreader.severity = 1",
            ),
            &[
                "case.toml:81:options.rule.divergence wrong-type",
                "case.toml:82:options.reader.chains not-a-number",
                "case.toml:83:options.reader.volume wrong-type",
                "case.toml:84:options.reader.pairs wrong-type",
                "case.toml:85:options.reader.sweeps wrong-type",
                "case.toml:86:options.rule.burden not-a-number",
                "case.toml:87:options.reader.severity wrong-type",
            ],
        ),
        broken(
            "an option with a word that is none of its own",
            set("reader.pairs = \"joint\""),
            &["case.toml:81:options.reader.pairs not-one-of"],
        ),
        broken(
            "one option in both ways of writing it",
            set("rule.burden = 0.4\n\"rule.burden\" = 0.6"),
            &["case.toml:82:options.rule.burden duplicate-id"],
        ),
        broken(
            "overlap above conflict",
            set("rule.divergence = 0.3\nrule.overlap = 0.4"),
            &["case.toml:82:options.rule.overlap options-disagree"],
        ),
        broken(
            "conflict below the overlap that nobody set",
            set("rule.divergence = 0.1"),
            &["case.toml:81:options.rule.divergence options-disagree"],
        ),
    ]
}
