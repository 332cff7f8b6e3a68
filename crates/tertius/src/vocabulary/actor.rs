//! States and other actors, known by code.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::iso3166::{FORMER, NAMES};
use super::spelling::nearest;
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
}

impl ActorRegistry {
    /// With the organisations and groups that a case declares, each with its name.
    pub fn new(declared: BTreeMap<String, Text>) -> Self {
        ActorRegistry { declared }
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

    /// The known code nearest to a misspelt one.
    pub(crate) fn nearest(&self, code: &str) -> Option<String> {
        let known = NAMES.iter().chain(FORMER).map(|(c, _, _)| *c);
        let declared = self.declared.keys().map(String::as_str);
        nearest(code, declared.chain(known)).map(str::to_owned)
    }

    /// Whether ISO 3166 has this code, now or formerly.
    pub fn is_iso(code: &str) -> bool {
        iso_name(code).is_some()
    }
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
