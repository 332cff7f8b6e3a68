//! Settings that a case or a caller may choose: names, kinds, ranges and defaults. What each of them moves
//! is bound in `findings::settings`; here stands only what can be checked of a text.

use std::fmt;

use super::FILE;
use crate::record::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use crate::record::keys::{Keys, Leaf};
use crate::record::problems::Problems;
use crate::vocabulary::nearest;

/// What values a setting takes. Bounds are included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SettingKind {
    /// A number.
    Number(f64, f64),
    /// A whole number.
    Whole(u32, u32),
    /// One of these words.
    Word(&'static [&'static str]),
    /// `true` or `false`.
    YesNo,
}

/// A value of a setting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SettingValue {
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(u32),
    /// A word.
    Word(&'static str),
    /// Yes or no.
    YesNo(bool),
}

impl fmt::Display for SettingValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SettingValue::Number(x) => write!(f, "{x}"),
            SettingValue::Whole(n) => write!(f, "{n}"),
            SettingValue::Word(w) => f.write_str(w),
            SettingValue::YesNo(b) => write!(f, "{b}"),
        }
    }
}

/// A setting that there is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SettingSpec {
    /// Its name, `section.word`.
    pub name: &'static str,
    /// What it takes.
    pub kind: SettingKind,
    /// What holds where nobody sets it.
    pub default: SettingValue,
}

/// A setting as somebody chose it.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// Its value, checked.
    pub value: SettingValue,
    /// Where it was chosen.
    pub place: Place,
}

const fn number(name: &'static str, low: f64, high: f64, default: f64) -> SettingSpec {
    SettingSpec {
        name,
        kind: SettingKind::Number(low, high),
        default: SettingValue::Number(default),
    }
}

const fn whole(name: &'static str, low: u32, high: u32, default: u32) -> SettingSpec {
    SettingSpec {
        name,
        kind: SettingKind::Whole(low, high),
        default: SettingValue::Whole(default),
    }
}

const fn yes(name: &'static str) -> SettingSpec {
    SettingSpec {
        name,
        kind: SettingKind::YesNo,
        default: SettingValue::YesNo(true),
    }
}

/// When a pair of roles may pay for being played together: the words of `reader.pairs`.
const PAIRS: &[&str] = &["on_entry", "every_month", "never"];

/// Every setting, as `docs/data-model.md` lists them.
///
/// Signs are kept: a coefficient that may not change its sign has 0 for a bound. Where 0 would make a
/// likelihood of 0 or a division by it, the least value is above 0.
pub const SETTINGS: &[SettingSpec] = &[
    number("rule.asymmetry", 0.0, 1.0, 0.6),
    number("rule.divergence", 0.0, 1.0, 0.35),
    number("rule.overlap", 0.0, 1.0, 0.2),
    number("rule.ambition", 0.0, 2.0, 0.15),
    number("rule.congruence", 0.0, 1.0, 0.5),
    number("rule.burden", 0.0, 1.0, 0.5),
    number("rule.capacity", 0.0, 1.0, 0.5),
    number("rule.ceiling", 0.0, 4.0, 0.35),
    number("choice.patron_weight", 0.0, 100.0, 4.0),
    number("choice.hardliner_weight", 0.0, 100.0, 0.5),
    number("choice.gain", 0.0, 100.0, 0.5),
    number("choice.abandonment_base", -20.0, 20.0, -2.0),
    number("choice.abandonment_dependence", 0.0, 20.0, 1.5),
    number("choice.abandonment_commitment", 0.0, 20.0, 1.0),
    number("choice.abandonment_pressure", 0.0, 20.0, 0.5),
    number("interests.half_life", 0.1, 1200.0, 6.0),
    number("interests.least_sd", 0.001, 1.0, 0.05),
    number("interests.unchecked", 0.01, 1.0, 0.7),
    whole("interests.oldest_condition", 1, 1200, 48),
    number("interests.episode_correlation", 0.0, 1.0, 0.5),
    whole("interests.episode_days", 0, 366, 14),
    number("reader.episode_correlation", 0.0, 1.0, 0.5),
    whole("reader.episode_days", 0, 366, 14),
    number("reader.intensity_shape", 0.01, 1000.0, 1.0),
    number("reader.contamination", 0.0001, 0.5, 0.02),
    number("reader.unchecked", 0.01, 1.0, 0.7),
    whole("reader.risk_months", 1, 120, 12),
    SettingSpec {
        name: "reader.pairs",
        kind: SettingKind::Word(PAIRS),
        default: SettingValue::Word("on_entry"),
    },
    yes("reader.volume"),
    yes("reader.severity"),
    whole("reader.chains", 2, 64, 4),
    whole("reader.warm_up", 0, 100_000, 500),
    whole("reader.sweeps", 100, 100_000, 4000),
    whole("evidence.draws", 1, 1000, 8),
];

fn spec(name: &str) -> Option<&'static SettingSpec> {
    SETTINGS.iter().find(|s| s.name == name)
}

fn unknown(name: &str, place: Place) -> Diagnostic {
    let near = nearest(name, SETTINGS.iter().map(|s| s.name)).unwrap_or("");
    Diagnostic::new(Id::UnknownOption, place)
        .with("value", name)
        .with("nearest", near)
}

/// A value against what its setting takes.
fn checked(spec: &'static SettingSpec, leaf: &Leaf, place: &Place) -> Result<Setting, Diagnostic> {
    let problem = |id| Diagnostic::new(id, place.clone());
    let wrong_type = |expected: &str| {
        problem(Id::WrongType)
            .with("value", leaf.type_name())
            .with("expected", expected)
    };
    let not_one_of = |value: &str, allowed: &[&str]| {
        problem(Id::NotOneOf)
            .with("value", value)
            .with("allowed", allowed.join(", "))
    };
    let outside = |low: &dyn fmt::Display, high: &dyn fmt::Display| {
        problem(Id::OutOfRange)
            .with("value", leaf)
            .with("low", low)
            .with("high", high)
    };
    let not_a_number = || problem(Id::NotANumber).with("value", leaf);
    let value = match (spec.kind, leaf) {
        (SettingKind::Number(low, high), Leaf::Number { value, .. }) => match value {
            None => return Err(not_a_number()),
            // −0 is 0, and would be printed with its sign.
            Some(x) if (low..=high).contains(x) => SettingValue::Number(*x + 0.0),
            Some(_) => return Err(outside(&low, &high)),
        },
        (SettingKind::Whole(low, high), Leaf::Number { value, .. }) => {
            let whole = value.filter(|x| x.fract() == 0.0);
            let Some(x) = whole else {
                return Err(not_a_number());
            };
            if !(f64::from(low)..=f64::from(high)).contains(&x) {
                return Err(outside(&low, &high));
            }
            SettingValue::Whole(x as u32)
        }
        (SettingKind::Word(words), Leaf::Text(text)) => {
            match words.iter().find(|w| **w == text.as_str()) {
                Some(word) => SettingValue::Word(word),
                None => return Err(not_one_of(text, words)),
            }
        }
        (SettingKind::YesNo, Leaf::YesNo(b)) => SettingValue::YesNo(*b),
        (SettingKind::Number(..) | SettingKind::Whole(..), _) => return Err(wrong_type("number")),
        (SettingKind::Word(_), _) => return Err(wrong_type("string")),
        (SettingKind::YesNo, _) => return Err(wrong_type("boolean")),
    };
    Ok(Setting {
        name: spec.name,
        value,
        place: place.clone(),
    })
}

/// The settings of `[options]`; what is wrong with them goes to `out`.
pub(super) fn read_settings(top: &mut Keys<'_, '_>, out: &mut Problems) -> Vec<Setting> {
    let Some(table) = top.optional_table("options", out) else {
        return Vec::new();
    };
    let mut found: Vec<Setting> = Vec::new();
    for (name, leaf, place) in table.leaves() {
        let Some(spec) = spec(&name) else {
            out.push(unknown(&name, place));
            continue;
        };
        match checked(spec, &leaf, &place) {
            Ok(setting) => match found.iter().find(|s| s.name == setting.name) {
                // TOML has two ways to write a dotted name, a table's and a quoted one.
                Some(first) => out.push(
                    Diagnostic::new(Id::DuplicateId, place)
                        .with("value", setting.name)
                        .with("first", first.place.row.unwrap_or(1)),
                ),
                None => found.push(setting),
            },
            Err(problem) => out.push(problem),
        }
    }
    if let Some(problem) = disagreement(&found) {
        out.push(problem);
    }
    found
}

/// Settings of a case with others in their place, each written `name=value`: what `--set` takes.
///
/// # Errors
///
/// Every problem of them, with `--set` for a file and the setting's name for a column.
///
/// ```
/// use tertius::record::{DiagnosticId, override_settings};
/// let set = |text: &str| override_settings(&[], &[text.to_owned()]);
/// assert_eq!(set("rule.divergence=0.3").unwrap()[0].value.to_string(), "0.3");
/// let problems = set("rule.divergance=0.3").unwrap_err();
/// assert_eq!(problems[0].id, DiagnosticId::UnknownOption);
/// assert_eq!(problems[0].fields["nearest"], "rule.divergence");
/// ```
pub fn override_settings(
    of_case: &[Setting],
    texts: &[String],
) -> Result<Vec<Setting>, Vec<Diagnostic>> {
    let mut settings = of_case.to_vec();
    let mut problems = Vec::new();
    for text in texts {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        let (name, value) = (name.trim(), value.trim());
        let place = Place::file("--set").column(name);
        let Some(spec) = spec(name) else {
            problems.push(unknown(name, place));
            continue;
        };
        if value.is_empty() {
            problems.push(Diagnostic::new(Id::EmptyCell, place));
            continue;
        }
        match checked(spec, &Leaf::written(spec.kind, value), &place) {
            Ok(setting) => {
                settings.retain(|s| s.name != setting.name);
                settings.push(setting);
            }
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        problems.extend(disagreement(&settings));
    }
    if problems.is_empty() {
        Ok(settings)
    } else {
        Err(problems)
    }
}

/// Interests that overlap at a divergence at which they conflict: of the two thresholds the one for
/// overlap may not be the greater.
fn disagreement(settings: &[Setting]) -> Option<Diagnostic> {
    let (overlap, conflict) = ("rule.overlap", "rule.divergence");
    let chosen = |name: &str| settings.iter().rev().find(|s| s.name == name);
    let value = |name: &str| match chosen(name)
        .map(|s| s.value)
        .or(spec(name).map(|s| s.default))
    {
        Some(SettingValue::Number(x)) => x,
        _ => f64::NAN,
    };
    let (o, d) = (value(overlap), value(conflict));
    (o > d).then(|| {
        let place = chosen(overlap).or(chosen(conflict)).map(|s| &s.place);
        Diagnostic::new(
            Id::OptionsDisagree,
            place.cloned().unwrap_or_else(|| Place::file(FILE)),
        )
        .with("overlap", o)
        .with("divergence", d)
    })
}

impl Leaf {
    /// A value from a command line, where nothing but the setting says of what type it is.
    fn written(kind: SettingKind, text: &str) -> Leaf {
        match (kind, text) {
            (SettingKind::Number(..) | SettingKind::Whole(..), _) => Leaf::Number {
                text: text.to_owned(),
                value: text.parse().ok().filter(|x: &f64| x.is_finite()),
            },
            (SettingKind::YesNo, "true") => Leaf::YesNo(true),
            (SettingKind::YesNo, "false") => Leaf::YesNo(false),
            (SettingKind::Word(_) | SettingKind::YesNo, _) => Leaf::Text(text.to_owned()),
        }
    }
}
