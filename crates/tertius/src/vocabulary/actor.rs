//! States and other actors, known by code.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::iso3166::{ALPHA_2, FORMER, NAMES};
use super::spelling::edit_distance;
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
    /// the case's own triad under a slip of the pen, of the state with this alpha-2 code, of one whose name begins
    /// so, of one whose code or name was misspelt. Of several the state that is most often written about.
    ///
    /// ```
    /// use tertius::vocabulary::ActorRegistry;
    /// let of = |text| ActorRegistry::default().meant(text);
    /// assert_eq!(of("Japan").as_deref(), Some("JPN"));
    /// assert_eq!(of("JAP").as_deref(), Some("JPN"));
    /// assert_eq!(of("de").as_deref(), Some("DEU"));
    /// assert_eq!(of("Norwey").as_deref(), Some("NOR"));
    /// assert_eq!(of("xyz123"), None);
    /// ```
    pub fn meant(&self, text: &str) -> Option<String> {
        let letters = text.chars().count();
        if letters > MOST_LETTERS {
            return None;
        }
        if let Some(actor) = self.named(text) {
            return Some(actor.0);
        }
        let of_case = self.likely.iter().map(String::as_str);
        let of_case = of_case.chain(self.declared.keys().map(String::as_str));
        let found = nearest_code(text, of_case)
            .or_else(|| of_alpha_2(text))
            .or_else(|| self.begins(text))
            .or_else(|| nearest_code(text, self.codes()).filter(|_| letters <= 4))
            .or_else(|| {
                self.nearest_name(text)
                    .filter(|_| letters > 4 || !text.is_ascii())
            });
        found.map(str::to_owned)
    }

    /// The state whose name begins with three letters or more; none where several do, none of them often written
    /// about.
    fn begins(&self, text: &str) -> Option<&str> {
        let start = plain(text.trim_end_matches('.'));
        if start.chars().count() < 3 {
            return None;
        }
        let names = self.names().map(|(code, name)| (code, plain(name)));
        let others = OTHER_NAMES.iter().map(|(n, code)| (*code, (*n).to_owned()));
        let so = names.chain(others).filter(|(_, n)| n.starts_with(&start));
        let mut found: Vec<(usize, &str)> = so.map(|(code, _)| (rank(code), code)).collect();
        found.sort_unstable();
        found.dedup();
        match found[..] {
            [(_, only)] => Some(only),
            [(rank, first), ..] if rank < FREQUENT.len() => Some(first),
            _ => None,
        }
    }

    /// The state with the nearest name, at most a third of its letters away.
    fn nearest_name(&self, text: &str) -> Option<&str> {
        let text = plain(text);
        let others = OTHER_NAMES.iter().map(|(name, code)| (*code, *name));
        let near = self.names().chain(others).filter_map(|(code, name)| {
            let slips = edit_distance(&text, &plain(name));
            let most = (name.chars().count() / 3).max(1);
            (slips <= most).then_some((slips, rank(code), code))
        });
        near.min().map(|found| found.2)
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
    ("england", "GBR"),
    ("great britain", "GBR"),
    ("holland", "NLD"),
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

/// Texts longer than this are no misspellings, and distances cost the product of both lengths.
const MOST_LETTERS: usize = 64;

/// The states most often written about in the study of alliances, the likeliest first: a guess of ours, by which
/// nothing is decided but what a person is asked.
const FREQUENT: [&str; 24] = [
    "USA", "RUS", "CHN", "JPN", "GBR", "FRA", "DEU", "KOR", "PRK", "IND", "SUN", "ITA", "CAN",
    "AUS", "TUR", "POL", "UKR", "ISR", "IRN", "SAU", "PAK", "NOR", "NLD", "TWN",
];

/// The place of a code among the frequent ones; their number for any other.
fn rank(code: &str) -> usize {
    let place = FREQUENT.iter().position(|c| *c == code);
    place.unwrap_or(FREQUENT.len())
}

/// The code of the state with an alpha-2 code.
fn of_alpha_2(text: &str) -> Option<&'static str> {
    let wanted = text.trim().to_uppercase();
    let mut pairs = NAMES.iter().zip(ALPHA_2.split(' '));
    pairs.find(|(_, two)| *two == wanted).map(|(n, _)| n.0)
}

/// The nearest of some codes: one slip away, an exchange of neighbours being one, or two where the first letter is
/// right, for three letters have many neighbours. Of equals the one with more of the first letters right, then the
/// more frequent.
fn nearest_code<'c>(text: &str, codes: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let text = text.to_uppercase();
    let letters = text.chars().count();
    let short = letters <= 4;
    let slips = codes.filter_map(|code| {
        let wanted = code.to_uppercase();
        let slips = edit_distance(&text, &wanted);
        let shared = text.chars().zip(wanted.chars());
        let shared = shared.take_while(|(a, b)| a == b).count();
        let most = if short && shared > 0 { 2 } else { 1 };
        (slips <= most.min(letters.saturating_sub(1))).then_some((
            slips,
            Reverse(shared),
            rank(code),
            code,
        ))
    });
    slips.min().map(|found| found.3)
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

    /// ISO 3166-1 itself is the witness: codes whose letters are not those of the alpha-3 code, the first and the last.
    #[test]
    fn alpha_2_codes_stand_beside_their_names() {
        assert_eq!(ALPHA_2.split(' ').count(), NAMES.len());
        for (two, three) in [
            ("AW", "ABW"),
            ("CH", "CHE"),
            ("CN", "CHN"),
            ("CL", "CHL"),
            ("DE", "DEU"),
            ("DK", "DNK"),
            ("DZ", "DZA"),
            ("IE", "IRL"),
            ("IQ", "IRQ"),
            ("KP", "PRK"),
            ("KR", "KOR"),
            ("MX", "MEX"),
            ("PT", "PRT"),
            ("SE", "SWE"),
            ("TR", "TUR"),
            ("UA", "UKR"),
            ("ZA", "ZAF"),
            ("ZW", "ZWE"),
        ] {
            assert_eq!(of_alpha_2(two), Some(three));
        }
        assert_eq!(of_alpha_2("XX"), None);
    }

    #[test]
    fn what_is_meant_is_guessed_by_codes_and_names() {
        let none = ActorRegistry::default();
        for (written, meant) in [
            ("JAP", "JPN"),
            ("Jap.", "JPN"),
            ("JNP", "JPN"),
            ("jp", "JPN"),
            ("GER", "DEU"),
            ("ENG", "GBR"),
            ("SPA", "ESP"),
            ("SWE", "SWE"),
            ("POR", "PRT"),
            ("RUSS", "RUS"),
            ("UKA", "UKR"),
            ("USB", "USA"),
            ("CHI", "CHN"),
            ("Britian", "GBR"),
            ("Nigerria", "NGA"),
            ("Austrlia", "AUS"),
            ("日本国", "JPN"),
            ("Sovjet Union", "SUN"),
            ("Turky", "TUR"),
        ] {
            assert_eq!(none.meant(written).as_deref(), Some(meant), "{written}");
        }
        for none_meant in ["", "?", "xyz", "q", "Atlantis"] {
            assert_eq!(none.meant(none_meant), None, "{none_meant}");
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
        // Without a case, by its name.
        assert_eq!(none.meant("JAP").as_deref(), Some("JPN"));
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
