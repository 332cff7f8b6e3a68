//! A state as a user names it: by ISO 3166 alpha-3 code of any time, or by its name in English or Chinese.

use jiff::civil::Date;
use tertius::vocabulary::ActorRegistry;

use crate::states::{CodeProblem, CodeSystem, StateId, States, Window};

/// Why a text names no state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoState {
    /// Nothing is called so.
    #[error("nothing is called {0}")]
    Unknown(String),
    /// It is a code, but of no state in the years asked for.
    #[error(
        "{code} names no state then; it does {}",
        crate::states::windows(windows)
    )]
    NotThen {
        /// The code.
        code: String,
        /// When it does.
        windows: Vec<Window>,
    },
}

/// The state that a text names in the last of some years, or else in the latest of them in which it does. A name is held
/// to the years as a code is: *Korea* is none after 1910.
///
/// ```
/// use tertius_data::measures::who::state;
/// use tertius_data::states::States;
/// let key = |text, years| state(text, years).map(|s| States::bundled().key(s));
/// assert_eq!(key("SUN", 1970..=1991), Ok("russia"));
/// assert_eq!(key("soviet union", 1970..=1985), Ok("russia"));
/// assert_eq!(key("日本", 1992..=2023), Ok("japan"));
/// assert!(key("SUN", 2000..=2010).is_err());
/// assert!(key("Korea", 2000..=2010).is_err());
/// assert_eq!(key("West Germany", 1960..=1980), Ok("germany"));
/// assert!(key("West Germany", 2000..=2010).is_err());
/// assert_eq!(key("Côte d'Ivoire", 1992..=2023), Ok("cote-d-ivoire"));
/// assert_eq!(key("United States of America", 1992..=2023), key("USA", 1992..=2023));
/// ```
///
/// # Errors
///
/// Where it names none in any of them.
pub fn state(text: &str, years: std::ops::RangeInclusive<i16>) -> Result<StateId, NoState> {
    let states = States::bundled();
    let (first, last) = (*years.start(), *years.end());
    let code = text.trim().to_uppercase();
    let mut not_then = None;
    if code.len() == 3 {
        for year in (first..=last).rev() {
            match states.find_in_year(CodeSystem::Iso3, &code, year) {
                Ok(state) => return Ok(state),
                Err(CodeProblem::NotThen { windows, .. }) => {
                    not_then.get_or_insert(NoState::NotThen {
                        code: code.clone(),
                        windows,
                    });
                }
                Err(CodeProblem::Unknown { .. }) => break,
            }
        }
    }
    if let Some(problem) = not_then {
        return Err(problem);
    }
    let wanted = plain(text);
    let key = wanted.replace([' ', '\''], "-");
    let there = |s: &StateId| years.clone().any(|year| states.existed_in(*s, year));
    let by_key = states.by_key(&key);
    if let Some(state) = by_key.filter(there) {
        return Ok(state);
    }
    let registry = ActorRegistry::default();
    for year in [last, first] {
        let on = Date::constant(year.clamp(1, 9999), 7, 1);
        let called = |s: &StateId| {
            let own = states.name(*s, on);
            let present = states.actor(*s, on).map(|a| registry.name(&a));
            let mut names = [Some(own), present].into_iter().flatten();
            names.any(|n| plain(&n.en) == wanted || n.zh.is_some_and(|z| plain(&z) == wanted))
        };
        let mut all = states.all().filter(called);
        if let Some(state) = all.find(there) {
            return Ok(state);
        }
    }
    // By another name that the registry knows, unless a state of other years had this very one.
    let named = registry
        .named(text)
        .filter(|a| a.code() != code && by_key.is_none());
    if let Some(actor) = named {
        return self::state(actor.code(), years);
    }
    let mut windows = by_key.map(|s| states.windows(s)).unwrap_or_default();
    // By a name that a state bore for a time, in the latest of the years in which it did.
    let mut latest = None;
    for (state, window) in former(states, &wanted) {
        let bore = |year: i16| holds(window, year) && states.existed_in(state, year);
        let year = years.clone().rev().find(|y| bore(*y));
        latest = latest.max(year.map(|y| (y, state)));
        windows.push(window);
    }
    if let Some((_, state)) = latest {
        return Ok(state);
    }
    Err(if windows.is_empty() {
        NoState::Unknown(text.to_owned())
    } else {
        NoState::NotThen {
            code: text.trim().to_owned(),
            windows,
        }
    })
}

/// Who was ever called so, and when: by the names that changed of the table of states, and by other names.
fn former(states: &'static States, wanted: &str) -> Vec<(StateId, Window)> {
    let own = states.names_that_changed();
    let own = own.filter(|(_, _, en, zh)| plain(en) == wanted || plain(zh) == wanted);
    let other = OTHER_NAMES.iter().filter(|(name, ..)| *name == wanted);
    let other = other.filter_map(|(_, key, from, to)| Some((states.by_key(key)?, (*from, *to))));
    own.map(|(state, window, ..)| (state, window))
        .chain(other)
        .collect()
}

fn holds((from, to): Window, year: i16) -> bool {
    from.is_none_or(|f| f.year() <= year) && to.is_none_or(|t| year <= t.year())
}

const fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Some(Date::constant(year, month, day))
}

/// A name, whose it was, and the days from which and to which: nothing where it has no such end.
type OtherName = (&'static str, &'static str, Option<Date>, Option<Date>);

/// Names beside those by which states are shown, as [`plain`] has them.
const OTHER_NAMES: &[OtherName] = &[
    (
        "west germany",
        "germany",
        day(1949, 5, 23),
        day(1990, 10, 2),
    ),
    ("西德", "germany", day(1949, 5, 23), day(1990, 10, 2)),
    ("联邦德国", "germany", day(1949, 5, 23), day(1990, 10, 2)),
    (
        "german empire",
        "germany",
        day(1871, 1, 18),
        day(1918, 11, 9),
    ),
    ("north vietnam", "vietnam", day(1945, 9, 2), day(1976, 7, 1)),
    ("北越", "vietnam", day(1945, 9, 2), day(1976, 7, 1)),
    (
        "republic of vietnam",
        "south-vietnam",
        day(1955, 10, 26),
        day(1975, 4, 30),
    ),
    ("南越", "south-vietnam", day(1949, 6, 14), day(1975, 4, 30)),
    ("north yemen", "yemen", None, day(1990, 5, 21)),
    ("北也门", "yemen", None, day(1990, 5, 21)),
    ("ottoman turkey", "turkey", None, day(1923, 10, 28)),
    (
        "united arab republic",
        "egypt",
        day(1958, 2, 22),
        day(1971, 9, 1),
    ),
    ("transjordan", "jordan", None, day(1949, 4, 25)),
    ("abyssinia", "ethiopia", None, None),
    ("kampuchea", "cambodia", day(1975, 4, 17), day(1989, 4, 30)),
    ("ivory coast", "cote-d-ivoire", None, None),
    ("swaziland", "eswatini", None, day(2018, 4, 18)),
    ("macedonia", "north-macedonia", None, day(2019, 2, 11)),
    ("east timor", "timor-leste", None, None),
    ("democratic republic of the congo", "dr-congo", None, None),
];

/// A name as names are compared: small letters without marks, one kind of apostrophe, single spaces.
fn plain(text: &str) -> String {
    let letter = |c: char| match c {
        '‘' | '’' | 'ʼ' | '`' | '´' | '′' => '\'',
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        c => c,
    };
    let words: String = text.to_lowercase().chars().map(letter).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The code by which a state is shown in a year: ISO alpha-3 of that time, or its key where it has none.
pub fn shown(state: StateId, year: i16) -> &'static str {
    let states = States::bundled();
    let on = Date::constant(year.clamp(1, 9999), 7, 1);
    let code = states.code(state, CodeSystem::Iso3, on);
    code.unwrap_or_else(|| states.key(state))
}
