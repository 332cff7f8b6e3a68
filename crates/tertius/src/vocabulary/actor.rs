//! States and other actors, known by code.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::iso3166::{FORMER, NAMES};
use super::spelling::{edit_distance, nearest};
use super::text::Text;

/// An actor by its code: ISO 3166 for states, present or gone, or a code that the case declares.
/// Equality is on the code; names are for display. Made only by an [`ActorRegistry`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Actor(String);

impl Actor {
    /// The code.
    pub fn code(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The actors that a case may name: every state of ISO 3166, and those that it declares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActorRegistry {
    declared: BTreeMap<String, Text>,
    /// The codes that are most likely meant.
    likely: Vec<String>,
}

impl ActorRegistry {
    /// With the organisations and groups that a case declares, each with its name.
    pub fn new(declared: BTreeMap<String, Text>) -> Self {
        ActorRegistry {
            declared,
            likely: Vec::new(),
        }
    }

    /// The same, with the codes that a misspelt one most likely means: those of a case's own triad.
    pub(crate) fn likely(mut self, codes: Vec<String>) -> Self {
        self.likely = codes;
        self
    }

    /// The actor with this code, if there is one.
    pub fn find(&self, code: &str) -> Option<Actor> {
        (self.declared.contains_key(code) || iso_name(code).is_some())
            .then(|| Actor(code.to_owned()))
    }

    /// Its name for display; the code itself where nobody gave a name.
    pub fn name(&self, actor: &Actor) -> Text {
        self.declared
            .get(actor.code())
            .cloned()
            .or_else(|| iso_name(actor.code()))
            .unwrap_or_else(|| Text {
                en: actor.code().to_owned(),
                zh: None,
            })
    }

    /// The actor that a person means by a code in capitals or not, or by a name in English or Chinese.
    ///
    /// ```
    /// use tertius::vocabulary::ActorRegistry;
    /// let of = |text| ActorRegistry::default().named(text).map(|a| a.code().to_owned());
    /// assert_eq!(of("jpn").as_deref(), Some("JPN"));
    /// assert_eq!(of("united states").as_deref(), Some("USA"));
    /// assert_eq!(of("俄罗斯").as_deref(), Some("RUS"));
    /// assert_eq!(of("Atlantis"), None);
    /// ```
    pub fn named(&self, text: &str) -> Option<Actor> {
        let wanted = plain(text);
        let other = OTHER_NAMES.iter().find(|(name, _)| *name == wanted);
        let by_code = self.codes().find(|c| plain(c) == wanted);
        let by_name = || {
            let mut all = self.names();
            all.find(|(_, name)| plain(name) == wanted).map(|f| f.0)
        };
        let code = by_code.or(other.map(|o| o.1)).or_else(by_name)?;
        Some(Actor(code.to_owned()))
    }

    /// The code that a person most likely meant by a text that is none: of the actor that it names, of one of
    /// the case's own triad under a slip of the pen, of an actor whose name was misspelt, of the nearest code.
    ///
    /// ```
    /// use tertius::vocabulary::ActorRegistry;
    /// let of = |text| ActorRegistry::default().meant(text);
    /// assert_eq!(of("Japan").as_deref(), Some("JPN"));
    /// assert_eq!(of("Norwey").as_deref(), Some("NOR"));
    /// assert_eq!(of("xyz123"), None);
    /// ```
    pub fn meant(&self, text: &str) -> Option<String> {
        if text.chars().count() > 64 {
            return None;
        }
        if let Some(actor) = self.named(text) {
            return Some(actor.0);
        }
        let of_case = self.likely.iter().map(String::as_str);
        let of_case = of_case.chain(self.declared.keys().map(String::as_str));
        if let Some(code) = nearest_code(text, of_case) {
            return Some(code.to_owned());
        }
        if text.chars().count() > 4 {
            let names: Vec<(&str, &str)> = self.names().collect();
            let near = nearest(text, names.iter().map(|n| n.1))?;
            return names.iter().find(|n| n.1 == near).map(|n| n.0.to_owned());
        }
        nearest(text, self.codes()).map(str::to_owned)
    }

    fn codes(&self) -> impl Iterator<Item = &str> {
        let known = NAMES.iter().chain(FORMER).map(|(c, _, _)| *c);
        self.declared.keys().map(String::as_str).chain(known)
    }

    /// Codes with each of their names.
    fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        let known = NAMES.iter().chain(FORMER);
        let known = known.flat_map(|(c, en, zh)| [(*c, *en), (*c, *zh)]);
        let declared = self.declared.iter().flat_map(|(code, name)| {
            let names = std::iter::once(name.en.as_str()).chain(name.zh.as_deref());
            names
                .filter(|n| !n.is_empty())
                .map(move |n| (code.as_str(), n))
        });
        declared.chain(known)
    }

    /// Whether ISO 3166 has this code, now or formerly.
    pub fn is_iso(code: &str) -> bool {
        iso_name(code).is_some()
    }
}

/// What states are called beside the names that are shown.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("america", "USA"),
    ("britain", "GBR"),
    ("burma", "MMR"),
    ("czech republic", "CZE"),
    ("democratic people's republic of korea", "PRK"),
    ("great britain", "GBR"),
    ("people's republic of china", "CHN"),
    ("prc", "CHN"),
    ("republic of korea", "KOR"),
    ("rok", "KOR"),
    ("russian federation", "RUS"),
    ("turkey", "TUR"),
    ("u.k.", "GBR"),
    ("u.s.", "USA"),
    ("u.s.a.", "USA"),
    ("uk", "GBR"),
    ("united states of america", "USA"),
    ("us", "USA"),
    ("ussr", "SUN"),
];

/// Words in small letters, with one space between them and `&` written out.
fn plain(text: &str) -> String {
    let small = text.to_lowercase().replace('&', " and ");
    let words: Vec<&str> = small.split_whitespace().filter(|w| *w != "the").collect();
    words.join(" ")
}

/// The nearest of a few codes: one slip away, or two where the first letter is right, for three letters have
/// many neighbours. Of equals the one with the right first letter.
fn nearest_code<'c>(text: &str, codes: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let text = text.to_uppercase();
    let first = text.chars().next()?;
    let short = text.chars().count() <= 4;
    let slips = codes.filter_map(|code| {
        let slips = edit_distance(&text, &code.to_uppercase());
        let other = !code.to_uppercase().starts_with(first);
        let most = if short && !other { 2 } else { 1 };
        (slips <= most).then_some((slips, other, code))
    });
    slips.min().map(|found| found.2)
}

fn iso_name(code: &str) -> Option<Text> {
    NAMES
        .iter()
        .chain(FORMER)
        .find(|(c, _, _)| *c == code)
        .map(|(_, en, zh)| Text {
            en: (*en).to_owned(),
            zh: Some((*zh).to_owned()),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_present_and_gone_are_known_and_nothing_else() {
        let registry = ActorRegistry::default();
        for code in ["JPN", "USA", "RUS", "SUN", "DDR", "YUG", "CSK"] {
            assert!(registry.find(code).is_some(), "{code}");
        }
        for code in ["JAP", "jpn", "NATO", ""] {
            assert!(registry.find(code).is_none(), "{code}");
        }
    }

    /// Of the case's own first, and of those the one that begins as it was written.
    #[test]
    fn a_slip_means_one_of_the_triad_before_any_other_state() {
        let none = ActorRegistry::default();
        let codes = ["JPN", "USA", "RUS"].map(str::to_owned).to_vec();
        let registry = none.clone().likely(codes);
        for (written, meant) in [
            ("JAP", "JPN"),
            ("US", "USA"),
            ("RUSS", "RUS"),
            ("JNP", "JPN"),
        ] {
            assert_eq!(registry.meant(written).as_deref(), Some(meant), "{written}");
        }
        // Without a case, any state is as likely, and Jamaica is the nearest.
        assert_eq!(none.meant("JAP").as_deref(), Some("JAM"));
        assert_eq!(registry.meant("Russland"), None);
        assert_eq!(registry.meant("Untied States").as_deref(), Some("USA"));
        assert_eq!(registry.meant("Soviet Union").as_deref(), Some("SUN"));
        assert_eq!(registry.meant(&"x".repeat(100_000)), None);
    }

    #[test]
    fn a_declared_actor_is_found_by_its_code_and_shown_by_its_name() {
        let name = Text {
            en: "North Atlantic Treaty Organization".into(),
            zh: Some("北约".into()),
        };
        let registry = ActorRegistry::new([("NATO".to_owned(), name.clone())].into());
        let nato = registry.find("NATO").unwrap();
        assert_eq!(registry.name(&nato), name);
    }
}
