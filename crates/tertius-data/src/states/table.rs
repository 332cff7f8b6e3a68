//! The bundled table. Codes and dates are facts; the table is our own, from the lists named in its notes
//! (`docs/methods/states.md`) and checked against other programs' tables in tests.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::civil::Date;
use tertius::vocabulary::Text;

use super::{CodeProblem, CodeSystem, StateId, StateList, Window, holds};

const CODES: &str = include_str!("../../states/codes.csv");
const MEMBERS: &str = include_str!("../../states/members.csv");
const NAMES: &str = include_str!("../../states/names.csv");

/// One code of one state, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct CodeRow {
    pub(super) state: StateId,
    pub(super) system: CodeSystem,
    pub(super) code: &'static str,
    pub(super) window: Window,
    /// Means nothing outside its window, because it meant another state there or was withdrawn.
    strict: bool,
}

/// The states of the world since 1816, with their codes, memberships and names.
#[derive(Debug)]
pub struct States {
    keys: Vec<&'static str>,
    codes: Vec<CodeRow>,
    /// Rows of `codes` by system and code.
    by_code: BTreeMap<CodeSystem, BTreeMap<&'static str, Vec<usize>>>,
    members: BTreeMap<(StateList, StateId), Vec<Window>>,
    names: Vec<(StateId, Window, &'static str, &'static str)>,
    /// Rows of `codes` by COW number, for the adapters' inner loops.
    cow: Vec<Vec<usize>>,
}

impl States {
    /// The table that comes with the program.
    pub fn bundled() -> &'static States {
        static TABLE: OnceLock<States> = OnceLock::new();
        TABLE.get_or_init(|| States::read(CODES, MEMBERS, NAMES).0)
    }

    /// All states, in the order of the table.
    pub fn all(&self) -> impl ExactSizeIterator<Item = StateId> + use<> {
        (0..self.keys.len() as u16).map(StateId)
    }

    /// The lasting key of a state: lower-case English words.
    pub fn key(&self, state: StateId) -> &'static str {
        self.keys.get(state.index()).copied().unwrap_or("")
    }

    /// The state with a key.
    pub fn by_key(&self, key: &str) -> Option<StateId> {
        let at = self.keys.iter().position(|k| *k == key)?;
        Some(StateId(at as u16))
    }

    /// The state of a COW number on some day of a year: as [`States::find_in_year`], without text.
    ///
    /// # Errors
    ///
    /// As [`States::find`].
    pub fn cow_in_year(&self, code: i32, year: i16) -> Result<StateId, CodeProblem> {
        let (first, last) = super::year_days(year);
        let rows = usize::try_from(code).ok().and_then(|c| self.cow.get(c));
        let rows = rows.filter(|r| !r.is_empty());
        let rows = rows.ok_or_else(|| CodeProblem::Unknown {
            system: CodeSystem::Cow,
            code: code.to_string(),
        })?;
        self.choose(rows, first, last)
    }

    pub(super) fn look_up(
        &self,
        system: CodeSystem,
        code: &str,
        first: Date,
        last: Date,
    ) -> Result<StateId, CodeProblem> {
        let rows = self.by_code.get(&system).and_then(|c| c.get(code));
        let rows = rows.ok_or_else(|| CodeProblem::Unknown {
            system,
            code: code.chars().take(40).collect(),
        })?;
        self.choose(rows, first, last)
    }

    fn choose(&self, rows: &[usize], first: Date, last: Date) -> Result<StateId, CodeProblem> {
        let rows = || rows.iter().filter_map(|i| self.codes.get(*i));
        // Of two states in one year the later.
        let then = rows().rev().find(|r| holds(r.window, first, last));
        let ever = then.or_else(|| rows().find(|r| !r.strict));
        ever.map(|r| r.state).ok_or_else(|| CodeProblem::NotThen {
            system: rows().next().map_or(CodeSystem::Cow, |r| r.system),
            code: rows().next().map_or(String::new(), |r| r.code.to_owned()),
            windows: rows().map(|r| r.window).collect(),
        })
    }

    pub(super) fn codes_of(
        &self,
        state: StateId,
        system: CodeSystem,
    ) -> impl Iterator<Item = &CodeRow> {
        self.codes
            .iter()
            .filter(move |r| r.state == state && r.system == system)
    }

    pub(super) fn last_iso3(&self, state: StateId) -> Option<&'static str> {
        self.codes_of(state, CodeSystem::Iso3)
            .last()
            .map(|r| r.code)
    }

    pub(super) fn windows_of(&self, list: StateList, state: StateId) -> &[Window] {
        self.members.get(&(list, state)).map_or(&[], Vec::as_slice)
    }

    /// Names that changed, or that no other table has: whose, when, in English and in Chinese.
    pub(crate) fn names_that_changed(
        &self,
    ) -> impl Iterator<Item = (StateId, Window, &'static str, &'static str)> {
        self.names.iter().copied()
    }

    pub(super) fn own_name(&self, state: StateId, on: Date) -> Option<Text> {
        let row = self
            .names
            .iter()
            .find(|(s, w, _, _)| *s == state && holds(*w, on, on))?;
        Some(Text {
            en: row.2.to_owned(),
            zh: Some(row.3.to_owned()),
        })
    }

    /// The table, and how many lines could not be read: a test demands none.
    fn read(codes: &'static str, members: &'static str, names: &'static str) -> (States, usize) {
        let mut found = States {
            keys: Vec::new(),
            codes: Vec::new(),
            by_code: BTreeMap::new(),
            members: BTreeMap::new(),
            names: Vec::new(),
            cow: Vec::new(),
        };
        let mut unread = 0;
        let mut each = |text: &'static str, read: &mut dyn FnMut(&[&'static str]) -> Option<()>| {
            for line in text.lines().skip(1) {
                let cells: Vec<&'static str> = line.split(',').collect();
                unread += usize::from(read(&cells).is_none());
            }
        };
        each(codes, &mut |cells| found.read_code(cells));
        each(members, &mut |cells| {
            let [list, key, from, to] = cells else {
                return None;
            };
            let list = match *list {
                "cow" => StateList::Cow,
                "gw" => StateList::Gw,
                _ => return None,
            };
            let state = found.by_key(key)?;
            let windows = found.members.entry((list, state)).or_default();
            windows.push((day(from)?, day(to)?));
            Some(())
        });
        each(names, &mut |cells| {
            let [key, from, to, en, zh] = cells else {
                return None;
            };
            let state = found.by_key(key)?;
            found.names.push((state, (day(from)?, day(to)?), en, zh));
            Some(())
        });
        (found, unread)
    }

    fn read_code(&mut self, cells: &[&'static str]) -> Option<()> {
        let [key, system, code, from, to, strict] = cells else {
            return None;
        };
        let state = self.by_key(key).unwrap_or_else(|| {
            self.keys.push(key);
            StateId(self.keys.len() as u16 - 1)
        });
        let system = CodeSystem::parse(system)?;
        let row = CodeRow {
            state,
            system,
            code,
            window: (day(from)?, day(to)?),
            strict: *strict == "yes",
        };
        let at = self.codes.len();
        self.codes.push(row);
        let of_system = self.by_code.entry(system).or_default();
        of_system.entry(code).or_default().push(at);
        if system == CodeSystem::Cow {
            let number: usize = code.parse().ok().filter(|n| *n < 1000)?;
            if self.cow.len() <= number {
                self.cow.resize(number + 1, Vec::new());
            }
            self.cow[number].push(at);
        }
        Some(())
    }
}

/// An empty cell is an open end; anything else must be a day.
fn day(text: &str) -> Option<Option<Date>> {
    if text.is_empty() {
        return Some(None);
    }
    text.parse().ok().map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let (states, unread) = States::read(CODES, MEMBERS, NAMES);
        assert_eq!(unread, 0);
        assert!(states.keys.len() > 220);
    }

    #[test]
    fn a_code_never_means_two_states_on_one_day() {
        let states = States::bundled();
        let all = states.by_code.iter();
        for ((system, _), (code, rows)) in all.flat_map(|s| s.1.iter().map(move |c| (s, c))) {
            for (n, a) in rows.iter().enumerate() {
                for b in &rows[n + 1..] {
                    let (a, b) = (states.codes[*a], states.codes[*b]);
                    let apart = a.window.1.zip(b.window.0).is_some_and(|(x, y)| x < y);
                    assert!(apart, "{system} {code}");
                }
            }
        }
    }

    #[test]
    fn a_state_never_has_two_codes_of_a_system_on_one_day() {
        let states = States::bundled();
        for state in states.all() {
            use CodeSystem::{Cameo, Cow, Fips, Gw, Iso2, Iso3};
            for system in [Cow, Gw, Iso2, Iso3, Fips, Cameo] {
                let rows: Vec<_> = states.codes_of(state, system).collect();
                for pair in rows.windows(2) {
                    let ends = pair[0].window.1.zip(pair[1].window.0);
                    assert!(ends.is_some_and(|(x, y)| x < y), "{}", states.key(state));
                }
            }
        }
    }
}
