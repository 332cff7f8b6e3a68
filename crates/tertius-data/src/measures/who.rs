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
    let key = wanted.replace(' ', "-");
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
            names.any(|n| plain(&n.en) == wanted || n.zh.is_some_and(|z| z == text.trim()))
        };
        let mut all = states.all().filter(called);
        if let Some(state) = all.find(there) {
            return Ok(state);
        }
    }
    // By another name that the registry knows.
    let named = registry.named(text).filter(|a| a.code() != code);
    if let Some(actor) = named {
        return self::state(actor.code(), years);
    }
    Err(match by_key {
        Some(state) => NoState::NotThen {
            code: text.trim().to_owned(),
            windows: states.windows(state),
        },
        None => NoState::Unknown(text.to_owned()),
    })
}

fn plain(text: &str) -> String {
    let words = text.trim().to_lowercase();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The code by which a state is shown in a year: ISO alpha-3 of that time, or its key where it has none.
pub fn shown(state: StateId, year: i16) -> &'static str {
    let states = States::bundled();
    let on = Date::constant(year.clamp(1, 9999), 7, 1);
    let code = states.code(state, CodeSystem::Iso3, on);
    code.unwrap_or_else(|| states.key(state))
}
