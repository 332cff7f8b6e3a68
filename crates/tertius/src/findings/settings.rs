//! What each setting moves: names of [`SETTINGS`] bound to the fields of [`RunOptions`].

use std::collections::BTreeMap;

use super::RunOptions;
use crate::record::{Record, SETTINGS, Setting, SettingValue};
use crate::roles::Pairs;

impl RunOptions {
    /// The options of a record's case: its settings, and defaults for the rest.
    pub fn of(record: &Record) -> RunOptions {
        RunOptions::default().with(&record.case.settings)
    }

    /// With these settings in place of what was chosen before.
    ///
    /// ```
    /// use tertius::findings::RunOptions;
    /// use tertius::record::override_settings;
    /// let settings = override_settings(&[], &["rule.divergence=0.3".to_owned()]).unwrap();
    /// let options = RunOptions::default().with(&settings);
    /// assert_eq!(options.rule.divergence, 0.3);
    /// assert_eq!(options.settings()["rule.divergence"], "0.3");
    /// ```
    #[must_use]
    pub fn with(mut self, settings: &[Setting]) -> RunOptions {
        for s in settings {
            if let Some(slot) = slot(&mut self, s.name) {
                slot.put(s.value);
            }
        }
        self
    }

    /// Every setting by name, defaults included.
    pub fn settings(&self) -> BTreeMap<String, String> {
        let mut o = self.clone();
        let shown = |s: &crate::record::SettingSpec| {
            let value = slot(&mut o, s.name)?.get();
            Some((s.name.to_owned(), value.to_string()))
        };
        SETTINGS.iter().filter_map(shown).collect()
    }
}

/// A field that a setting moves.
trait Slot {
    fn put(&mut self, value: SettingValue);
    fn get(&self) -> SettingValue;
}

/// The field of a setting; a test holds this list against [`SETTINGS`].
fn slot<'o>(o: &'o mut RunOptions, name: &str) -> Option<&'o mut dyn Slot> {
    Some(match name {
        "rule.asymmetry" => &mut o.rule.asymmetry,
        "rule.divergence" => &mut o.rule.divergence,
        "rule.overlap" => &mut o.rule.overlap,
        "rule.ambition" => &mut o.rule.ambition,
        "rule.congruence" => &mut o.rule.congruence,
        "rule.burden" => &mut o.rule.burden,
        "rule.capacity" => &mut o.rule.capacity,
        "rule.ceiling" => &mut o.rule.ceiling,
        "choice.patron_weight" => &mut o.rule.choice.lambda0,
        "choice.hardliner_weight" => &mut o.rule.choice.eta,
        "choice.gain" => &mut o.rule.choice.gain,
        "choice.abandonment_base" => &mut o.rule.choice.abandonment.base,
        "choice.abandonment_dependence" => &mut o.rule.choice.abandonment.dependence,
        "choice.abandonment_commitment" => &mut o.rule.choice.abandonment.commitment,
        "choice.abandonment_pressure" => &mut o.rule.choice.abandonment.pressure,
        "interests.half_life" => &mut o.interests.posture.half_life,
        "interests.least_sd" => &mut o.interests.posture.least_sd,
        "interests.unchecked" => &mut o.interests.posture.unchecked,
        "interests.episode_correlation" => &mut o.interests.posture.episode_correlation,
        "interests.episode_days" => &mut o.interests.posture.episode_days,
        "interests.oldest_condition" => &mut o.interests.oldest_condition,
        "reader.episode_correlation" => &mut o.reader.episode_correlation,
        "reader.episode_days" => &mut o.reader.episode_days,
        "reader.intensity_shape" => &mut o.reader.intensity_shape,
        "reader.contamination" => &mut o.reader.contamination,
        "reader.unchecked" => &mut o.reader.unchecked,
        "reader.risk_months" => &mut o.reader.risk_months,
        "reader.pairs" => &mut o.reader.pairs,
        "reader.volume" => &mut o.reader.volume,
        "reader.severity" => &mut o.reader.severity,
        "reader.chains" => &mut o.reader.chains,
        "reader.warm_up" => &mut o.reader.warm_up,
        "reader.sweeps" => &mut o.reader.sweeps,
        "evidence.draws" => &mut o.evidence_draws,
        _ => return None,
    })
}

impl Slot for f64 {
    fn put(&mut self, value: SettingValue) {
        if let SettingValue::Number(x) = value {
            *self = x;
        }
    }

    fn get(&self) -> SettingValue {
        SettingValue::Number(*self)
    }
}

impl Slot for bool {
    fn put(&mut self, value: SettingValue) {
        if let SettingValue::YesNo(b) = value {
            *self = b;
        }
    }

    fn get(&self) -> SettingValue {
        SettingValue::YesNo(*self)
    }
}

macro_rules! whole_slots {
    ($($whole:ty),*) => {$(
        impl Slot for $whole {
            fn put(&mut self, value: SettingValue) {
                if let SettingValue::Whole(n) = value
                    && let Ok(n) = n.try_into()
                {
                    *self = n;
                }
            }

            fn get(&self) -> SettingValue {
                SettingValue::Whole((*self).try_into().unwrap_or(u32::MAX))
            }
        }
    )*};
}

whole_slots!(u32, i32, usize);

impl Slot for Pairs {
    fn put(&mut self, value: SettingValue) {
        *self = match value {
            SettingValue::Word("on_entry") => Pairs::OnEntry,
            SettingValue::Word("every_month") => Pairs::EveryMonth,
            SettingValue::Word("never") => Pairs::Never,
            _ => return,
        };
    }

    fn get(&self) -> SettingValue {
        SettingValue::Word(match self {
            Pairs::OnEntry => "on_entry",
            Pairs::EveryMonth => "every_month",
            Pairs::Never => "never",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interests::choice::{Abandonment, ChoiceOptions};
    use crate::interests::posture::PostureOptions;
    use crate::interests::{InterestOptions, rule::RuleOptions};
    use crate::record::{Place, SettingKind};
    use crate::roles::ReaderOptions;

    /// A value that a setting may take and does not have by default.
    fn another(s: &crate::record::SettingSpec) -> SettingValue {
        match (s.kind, s.default) {
            (SettingKind::Number(low, high), SettingValue::Number(x)) => {
                SettingValue::Number(if x == low { high } else { 0.5 * (low + x) })
            }
            (SettingKind::Whole(low, high), SettingValue::Whole(n)) => {
                SettingValue::Whole(if n == low { high } else { n - 1 })
            }
            (SettingKind::Word(words), SettingValue::Word(w)) => {
                SettingValue::Word(words.iter().find(|x| **x != w).unwrap())
            }
            (SettingKind::YesNo, SettingValue::YesNo(b)) => SettingValue::YesNo(!b),
            other => panic!("{}: {other:?}", s.name),
        }
    }

    fn setting(name: &'static str, value: SettingValue) -> Setting {
        let place = Place::file("--set");
        Setting { name, value, place }
    }

    #[test]
    fn the_defaults_listed_are_the_defaults_of_the_code() {
        let shown = RunOptions::default().settings();
        assert_eq!(shown.len(), SETTINGS.len(), "a setting without a field");
        for s in SETTINGS {
            assert_eq!(shown[s.name], s.default.to_string(), "{}", s.name);
        }
    }

    #[test]
    fn a_setting_moves_its_own_field_and_no_other() {
        let before = RunOptions::default();
        for s in SETTINGS {
            let after = before.clone().with(&[setting(s.name, another(s))]);
            assert_ne!(after, before, "{} moves nothing", s.name);
            let moved: Vec<_> = (after.settings().into_iter())
                .filter(|(name, value)| before.settings()[name] != *value)
                .collect();
            assert_eq!(moved, [(s.name.to_owned(), another(s).to_string())]);
            // Every word of a setting has its meaning, and is shown as it was written.
            if let SettingKind::Word(words) = s.kind {
                for w in words {
                    let o = before
                        .clone()
                        .with(&[setting(s.name, SettingValue::Word(w))]);
                    assert_eq!(o.settings()[s.name], *w);
                }
            }
        }
    }

    #[test]
    fn a_default_written_out_changes_nothing() {
        let all: Vec<_> = SETTINGS
            .iter()
            .map(|s| setting(s.name, s.default))
            .collect();
        assert_eq!(RunOptions::default().with(&all), RunOptions::default());
    }

    /// Taken apart without `..`: a field added here asks for its setting, or for a place among those
    /// that none has.
    #[test]
    fn every_field_has_a_setting() {
        let RunOptions {
            reader,
            rule,
            interests,
            seed: _,
            evidence_draws: _,
            sensitivity: _,
            fragility: _,
            without_source: _,
        } = RunOptions::default();
        let RuleOptions {
            asymmetry: _,
            divergence: _,
            overlap: _,
            ambition: _,
            burden: _,
            congruence: _,
            capacity: _,
            ceiling: _,
            choice,
        } = rule;
        let ChoiceOptions {
            lambda0: _,
            eta: _,
            gain: _,
            abandonment,
        } = choice;
        let Abandonment {
            base: _,
            dependence: _,
            commitment: _,
            pressure: _,
        } = abandonment;
        let InterestOptions {
            posture,
            oldest_condition: _,
        } = interests;
        let PostureOptions {
            half_life: _,
            least_sd: _,
            unchecked: _,
            episode_correlation: _,
            episode_days: _,
        } = posture;
        let ReaderOptions {
            episode_correlation: _,
            episode_days: _,
            intensity_shape: _,
            contamination: _,
            unchecked: _,
            risk_months: _,
            pairs: _,
            others: _,
            volume: _,
            severity: _,
            chains: _,
            warm_up: _,
            sweeps: _,
            fast: _,
        } = reader;
        let without = ["others", "fast"].len();
        let of = |section: &str| {
            SETTINGS
                .iter()
                .filter(|s| s.name.starts_with(section))
                .count()
        };
        assert_eq!(
            ["rule.", "choice.", "interests.", "reader.", "evidence."].map(of),
            [8, 3 + 4, 5 + 1, 14 - without, 1]
        );
    }
}
