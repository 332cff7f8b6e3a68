//! States that know time: one identity over the codes of many systems, each code valid by day.
//!
//! A name or a code of a state means something only on a day: `CS` was Czechoslovakia and later Serbia and
//! Montenegro; the Correlates of War call Germany 255, then 260, then 255 again. So every question here
//! takes a day or a year, and an answer that would need a guess is refused.

mod table;

use std::fmt;

use jiff::civil::Date;
use tertius::vocabulary::{Actor, ActorRegistry, Text};

pub use table::States;

/// One state over its whole life, whatever it was called. Its key, not its number, is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateId(u16);

impl StateId {
    /// Its position in [`States::all`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A system of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodeSystem {
    /// Correlates of War country numbers.
    Cow,
    /// Gleditsch and Ward's numbers.
    Gw,
    /// ISO 3166-1 alpha-2, and the former codes of ISO 3166-3.
    Iso2,
    /// ISO 3166-1 alpha-3, and the former codes of ISO 3166-3.
    Iso3,
    /// FIPS 10-4.
    Fips,
    /// CAMEO's codes of countries (GDELT's actors).
    Cameo,
}

impl CodeSystem {
    /// Its name in files and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            CodeSystem::Cow => "cow",
            CodeSystem::Gw => "gw",
            CodeSystem::Iso2 => "iso2",
            CodeSystem::Iso3 => "iso3",
            CodeSystem::Fips => "fips",
            CodeSystem::Cameo => "cameo",
        }
    }

    fn parse(text: &str) -> Option<CodeSystem> {
        use CodeSystem::{Cameo, Cow, Fips, Gw, Iso2, Iso3};
        [Cow, Gw, Iso2, Iso3, Fips, Cameo]
            .into_iter()
            .find(|s| s.as_str() == text)
    }
}

impl fmt::Display for CodeSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Who counts as a member of the system of states, in whose eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateList {
    /// Correlates of War, State System Membership, version 2016.
    Cow,
    /// Gleditsch and Ward, as revised to 2017.
    Gw,
}

/// From and to, both included; nothing where it is open.
pub type Window = (Option<Date>, Option<Date>);

/// Why a code names no state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeProblem {
    /// The system has no such code.
    #[error("{system} has no code {code}")]
    Unknown {
        /// The system.
        system: CodeSystem,
        /// The code asked for.
        code: String,
    },
    /// The code names a state, but not then.
    #[error(
        "{system} {code} names no state then; it does {}",
        self::windows(windows)
    )]
    NotThen {
        /// The system.
        system: CodeSystem,
        /// The code asked for.
        code: String,
        /// When it does.
        windows: Vec<Window>,
    },
}

/// Windows as a reader sees them.
pub fn windows(windows: &[Window]) -> String {
    let end = |d: &Option<Date>| d.map_or(String::from("…"), |d| d.to_string());
    let each: Vec<String> = windows
        .iter()
        .map(|(a, b)| format!("{}/{}", end(a), end(b)))
        .collect();
    each.join(", ")
}

impl States {
    /// The state that a code names on a day.
    ///
    /// # Errors
    ///
    /// Where the code is none of the system's, or names nothing on that day. A present code is understood
    /// in the past too, where it could mean nothing else: `RUS` in 1985 is the state that was then `SUN`.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use tertius_data::states::{CodeSystem, States};
    /// let states = States::bundled();
    /// let of = |code, day| states.find(CodeSystem::Iso2, code, day).map(|s| states.key(s));
    /// assert_eq!(of("CS", date(1980, 1, 1)), Ok("czechoslovakia"));
    /// assert_eq!(of("CS", date(2005, 1, 1)), Ok("serbia"));
    /// assert!(of("CS", date(2010, 1, 1)).is_err());
    /// ```
    pub fn find(&self, system: CodeSystem, code: &str, on: Date) -> Result<StateId, CodeProblem> {
        self.look_up(system, code, on, on)
    }

    /// The state that a code names on some day of a year. Where it names two in turn, the later one.
    ///
    /// # Errors
    ///
    /// As [`States::find`].
    pub fn find_in_year(
        &self,
        system: CodeSystem,
        code: &str,
        year: i16,
    ) -> Result<StateId, CodeProblem> {
        let (first, last) = year_days(year);
        self.look_up(system, code, first, last)
    }

    /// The code of a state on a day.
    pub fn code(&self, state: StateId, system: CodeSystem, on: Date) -> Option<&'static str> {
        self.codes_of(state, system)
            .find(|r| holds(r.window, on, on))
            .map(|r| r.code)
    }

    /// Whether a list counts a state as a member on a day. The lists end in 2016 and 2017: who was a member
    /// then is taken to be one since, and nobody else.
    pub fn is_member(&self, list: StateList, state: StateId, on: Date) -> bool {
        self.windows_of(list, state)
            .iter()
            .any(|w| holds(*w, on, on))
    }

    /// Whether it does so on any day of a year.
    pub fn was_member_in(&self, list: StateList, state: StateId, year: i16) -> bool {
        let (first, last) = year_days(year);
        self.windows_of(list, state)
            .iter()
            .any(|w| holds(*w, first, last))
    }

    /// Whether there was such a state on any day of a year: by its ISO codes where it ever had one, else by the lists.
    ///
    /// ```
    /// use tertius_data::states::States;
    /// let states = States::bundled();
    /// let there = |key, year| states.existed_in(states.by_key(key).unwrap(), year);
    /// assert!(there("south-vietnam", 1960) && !there("south-vietnam", 1980));
    /// assert!(there("korea", 1900) && !there("korea", 2000));
    /// ```
    pub fn existed_in(&self, state: StateId, year: i16) -> bool {
        let (first, last) = year_days(year);
        let windows = self.windows(state);
        windows.iter().any(|w| holds(*w, first, last))
    }

    /// When there was such a state: see [`States::existed_in`].
    pub fn windows(&self, state: StateId) -> Vec<Window> {
        let coded: Vec<Window> = self
            .codes_of(state, CodeSystem::Iso3)
            .map(|r| r.window)
            .collect();
        if !coded.is_empty() {
            return coded;
        }
        let lists = [StateList::Cow, StateList::Gw];
        let of = |l: StateList| self.windows_of(l, state).iter().copied();
        lists.into_iter().flat_map(of).collect()
    }

    /// The members of a list on any day of a year, in order.
    pub fn members_in(&self, list: StateList, year: i16) -> Vec<StateId> {
        self.all()
            .filter(|s| self.was_member_in(list, *s, year))
            .collect()
    }

    /// What a state was called on a day.
    pub fn name(&self, state: StateId, on: Date) -> Text {
        if let Some(name) = self.own_name(state, on) {
            return name;
        }
        let codes = [
            self.code(state, CodeSystem::Iso3, on),
            self.last_iso3(state),
        ];
        let registry = ActorRegistry::default();
        let known = codes.into_iter().flatten().find_map(|c| registry.find(c));
        known.map_or_else(
            || Text {
                en: self.key(state).to_owned(),
                zh: None,
            },
            |actor| registry.name(&actor),
        )
    }

    /// The actor of a case that a state is on a day: by the ISO code of that day, or by the present one where
    /// the engine knows no other. None for states that ISO never coded.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use tertius_data::states::States;
    /// let states = States::bundled();
    /// let russia = states.by_key("russia").unwrap();
    /// let code = |day| states.actor(russia, day).map(|a| a.code().to_owned());
    /// assert_eq!(code(date(1985, 6, 1)).as_deref(), Some("SUN"));
    /// assert_eq!(code(date(1995, 6, 1)).as_deref(), Some("RUS"));
    /// ```
    pub fn actor(&self, state: StateId, on: Date) -> Option<Actor> {
        let registry = ActorRegistry::default();
        let then = self.code(state, CodeSystem::Iso3, on);
        then.and_then(|c| registry.find(c)).or_else(|| {
            // A name that changed while the state did not: Zaire is COD to the engine.
            then.and(self.last_iso3(state))
                .and_then(|c| registry.find(c))
        })
    }

    /// The state that an actor of a case is on a day.
    ///
    /// # Errors
    ///
    /// Where the actor is no state, or none of that day.
    pub fn of_actor(&self, actor: &Actor, on: Date) -> Result<StateId, CodeProblem> {
        self.find(CodeSystem::Iso3, actor.code(), on)
    }

    /// Who held China's seat in the United Nations: the government on Taiwan until General Assembly
    /// resolution 2758 (XXVI) of 1971-10-25, the People's Republic from that day.
    pub fn united_nations_seat_of_china(&self, on: Date) -> Option<StateId> {
        if on < Date::constant(1945, 10, 24) {
            return None;
        }
        let taiwan = on < Date::constant(1971, 10, 25);
        self.by_key(if taiwan { "taiwan" } else { "china" })
    }
}

/// First and last day of a year; years out of the calendar are moved to its ends.
fn year_days(year: i16) -> (Date, Date) {
    let year = year.clamp(1, 9999);
    (Date::constant(year, 1, 1), Date::constant(year, 12, 31))
}

/// Whether a window holds any day from `first` to `last`.
fn holds(window: Window, first: Date, last: Date) -> bool {
    window.0.is_none_or(|from| from <= last) && window.1.is_none_or(|to| first <= to)
}
