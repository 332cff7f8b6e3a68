//! What most adapters do with a row: name its states, and refuse it with a reason where they are none.

use jiff::civil::Date;

pub(super) use super::lists::{Making, listed_records, once, records};
use crate::dyads::{Directed, Pair};
use crate::states::{CodeProblem, CodeSystem, StateId, StateList, States};
use crate::table::{
    Account, Aside, Columns, Field, FileProblem, Kind, RawFile, Reason, read_table,
};
use crate::years::{Again, Years, YearsBuilder};

/// How a dataset's codes are held against the table of states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Demand {
    /// The code must name a state in that year.
    Known,
    /// The state must be a member of the COW system in that year, as the dataset promises.
    Member,
}

/// COW numbers to states; what a number says in a year is looked up once.
pub(super) struct CowCodes {
    states: &'static States,
    demand: Demand,
    /// By number, and by years since [`EARLIEST`].
    memo: Vec<Vec<Option<Result<Named, Reason>>>>,
}

/// The first year that a column of years can have.
const EARLIEST: i32 = 1400;

/// The last.
const LATEST: i32 = 2100;

/// What a number says in a year.
#[derive(Clone, Copy)]
struct Named {
    state: StateId,
    /// The state has another number at the end of the year.
    former: bool,
}

impl CowCodes {
    pub(super) fn new(demand: Demand) -> CowCodes {
        CowCodes {
            states: States::bundled(),
            demand,
            memo: vec![Vec::new(); 1000],
        }
    }

    /// The state that a number names in a year.
    pub(super) fn get(&mut self, code: i32, year: i16) -> Result<StateId, Reason> {
        self.named(code, year).map(|n| n.state)
    }

    /// Whether a state gave a number up in a year for another: Germany 260 in 1990.
    pub(super) fn is_former(&mut self, code: Option<i32>, year: i16) -> bool {
        code.is_some_and(|c| self.named(c, year).is_ok_and(|n| n.former))
    }

    fn named(&mut self, code: i32, year: i16) -> Result<Named, Reason> {
        let memo = usize::try_from(code).ok();
        let Some(memo) = memo.and_then(|c| self.memo.get_mut(c)) else {
            return Err(Reason::UnknownCode);
        };
        let at = (i32::from(year).clamp(EARLIEST, LATEST) - EARLIEST) as usize;
        if memo.len() <= at {
            memo.resize(at + 1, None);
        }
        if let Some(found) = memo[at] {
            return found;
        }
        let found = self.states.cow_in_year(code, year).map_err(|p| why(&p));
        let found = found.and_then(|s| match self.demand {
            Demand::Member if !self.states.was_member_in(StateList::Cow, s, year) => {
                Err(Reason::NotAMember)
            }
            _ => {
                let last = Date::constant(year.clamp(1, 9999), 12, 31);
                let kept = self.states.code(s, CodeSystem::Cow, last);
                let former = kept.is_some_and(|k| k.parse() != Ok(code));
                Ok(Named { state: s, former })
            }
        });
        memo[at] = Some(found);
        found
    }

    /// The state of a row, or nothing after the row was set aside.
    pub(super) fn state(
        &mut self,
        aside: &mut Aside,
        row: usize,
        column: &'static str,
        code: Option<i32>,
        year: i16,
    ) -> Option<StateId> {
        let Some(code) = code else {
            aside.set(row, column, Reason::Empty, "");
            return None;
        };
        match self.get(code, year) {
            Ok(state) => Some(state),
            Err(reason) => {
                aside.set(row, column, reason, format!("{code} in {year}"));
                None
            }
        }
    }

    /// The directed dyad of a row, or nothing after the row was set aside.
    pub(super) fn dyad(
        &mut self,
        aside: &mut Aside,
        row: usize,
        columns: [&'static str; 2],
        codes: [Option<i32>; 2],
        year: i16,
    ) -> Option<Directed> {
        let from = self.state(aside, row, columns[0], codes[0], year)?;
        let to = self.state(aside, row, columns[1], codes[1], year)?;
        let dyad = Directed::new(from, to);
        if dyad.is_none() {
            let code = codes[1].map(|c| c.to_string()).unwrap_or_default();
            aside.set(row, columns[1], Reason::SelfDyad, code);
        }
        dyad
    }
}

/// The reason that a code problem is.
pub(super) fn why(problem: &CodeProblem) -> Reason {
    match problem {
        CodeProblem::Unknown { .. } => Reason::UnknownCode,
        CodeProblem::NotThen { .. } => Reason::NotThen,
    }
}

/// The value of a cell that must not be empty, or nothing after the row was set aside.
pub(super) fn need<T>(
    aside: &mut Aside,
    row: usize,
    column: &'static str,
    value: Option<T>,
) -> Option<T> {
    if value.is_none() && aside.is_good(row) {
        aside.set(row, column, Reason::Empty, "");
    }
    value
}

/// Rows that another row stands for: set aside, naming that row as a spreadsheet counts it.
pub(super) fn twice(aside: &mut Aside, column: &'static str, found: &[Again]) {
    for again in found {
        let reason = if again.former {
            Reason::Superseded
        } else {
            Reason::Duplicate
        };
        let first = aside.number(again.first);
        aside.set(again.row, column, reason, format_args!("row {first}"));
    }
}

/// Makes a record of a row. Boxed, since it borrows the columns that it was made with.
pub(super) type Maker<'t, T> = Box<dyn Fn(usize) -> T + 't>;

/// A table by state and year, with the columns `ccode` and `year`, and what `make` takes of the others.
pub(super) fn state_years<T>(
    file: &RawFile,
    fields: &'static [Field],
    demand: Demand,
    make: impl for<'t> FnOnce(Columns<'t>) -> Maker<'t, T>,
) -> Result<(Years<StateId, T>, Account), FileProblem> {
    keyed(file, fields, make, |columns| {
        let (codes, years) = (columns.ints("ccode"), columns.ints("year"));
        let mut states = CowCodes::new(demand);
        Box::new(move |aside, row| {
            let year = need(aside, row, "year", years.year(row))?;
            let code = codes.get(row);
            let state = states.state(aside, row, "ccode", code, year)?;
            Some((state, year, states.is_former(code, year)))
        })
    })
}

/// A table by ordered pair and year, with the columns `ccode1`, `ccode2` and `year`.
pub(super) fn directed_years<T>(
    file: &RawFile,
    fields: &'static [Field],
    demand: Demand,
    make: impl for<'t> FnOnce(Columns<'t>) -> Maker<'t, T>,
) -> Result<(Years<Directed, T>, Account), FileProblem> {
    keyed(file, fields, make, |columns| {
        let mut dyads = dyads(columns, demand);
        Box::new(move |aside, row| dyads(aside, row))
    })
}

/// A table by pair and year: as the directed one, but (a, b) and (b, a) are one key, and `make` is told
/// whether the file names the pair's second state first.
pub(super) fn pair_years<T: 'static>(
    file: &RawFile,
    fields: &'static [Field],
    demand: Demand,
    make: impl for<'t> FnOnce(Columns<'t>) -> Box<dyn Fn(usize, bool) -> T + 't>,
) -> Result<(Years<Pair, T>, Account), FileProblem> {
    let mut table = read_table(file, fields)?;
    let mut years = YearsBuilder::new();
    let rows = table.rows();
    let (columns, aside) = table.split();
    let make = make(columns);
    let mut dyads = dyads(columns, demand);
    for row in 0..rows {
        let good = aside.is_good(row);
        match dyads(aside, row) {
            Some((dyad, year, former)) if good => {
                let turned = dyad.pair().first() != dyad.from();
                years.push_under(dyad.pair(), year, former, make(row, turned), row);
            }
            Some((dyad, year, _)) => years.refuse(dyad.pair(), year),
            None => {}
        }
    }
    drop((make, dyads));
    for (row, year) in years.drop_strays() {
        aside.set(row, "year", Reason::StrayYear, year);
    }
    let (years, again) = years.finish();
    twice(aside, "year", &again);
    let used = years.len();
    Ok((years, table.close(file, used)))
}

type Key<'t, K> = Making<'t, (K, i16, bool)>;

/// The ordered pair and the year of a row, from the columns `ccode1`, `ccode2` and `year`, and whether either number
/// was given up that year.
pub(super) fn dyads<'t>(
    columns: Columns<'t>,
    demand: Demand,
) -> impl FnMut(&mut Aside, usize) -> Option<(Directed, i16, bool)> + 't {
    let (first, second) = (columns.ints("ccode1"), columns.ints("ccode2"));
    let years = columns.ints("year");
    let mut states = CowCodes::new(demand);
    move |aside, row| {
        let year = need(aside, row, "year", years.year(row))?;
        let codes = [first.get(row), second.get(row)];
        let dyad = states.dyad(aside, row, ["ccode1", "ccode2"], codes, year)?;
        let former = codes.iter().any(|c| states.is_former(*c, year));
        Some((dyad, year, former))
    }
}

fn keyed<K: Copy + Ord, T>(
    file: &RawFile,
    fields: &'static [Field],
    make: impl for<'t> FnOnce(Columns<'t>) -> Maker<'t, T>,
    key: impl for<'t> FnOnce(Columns<'t>) -> Key<'t, K>,
) -> Result<(Years<K, T>, Account), FileProblem> {
    let mut table = read_table(file, fields)?;
    let mut years = YearsBuilder::new();
    let rows = table.rows();
    let (columns, aside) = table.split();
    let (make, mut key) = (make(columns), key(columns));
    for row in 0..rows {
        let good = aside.is_good(row);
        match key(aside, row) {
            Some((key, year, former)) if good => {
                years.push_under(key, year, former, make(row), row);
            }
            Some((key, year, _)) => years.refuse(key, year),
            None => {}
        }
    }
    drop((make, key));
    // One stray year at the end would cover all between, as zeros of a list and as values that are missing.
    for (row, year) in years.drop_strays() {
        aside.set(row, "year", Reason::StrayYear, year);
    }
    let (years, again) = years.finish();
    twice(aside, "year", &again);
    let used = years.len();
    Ok((years, table.close(file, used)))
}

/// The column of COW numbers of a state.
pub(super) const CCODE: Field = Field::key("ccode", &["ccode"], Kind::Int(1, 999));
/// The column of the first state's numbers.
pub(super) const CCODE1: Field = Field::key("ccode1", &["ccode1"], Kind::Int(1, 999));
/// The column of the second state's numbers.
pub(super) const CCODE2: Field = Field::key("ccode2", &["ccode2"], Kind::Int(1, 999));
/// The column of years.
pub(super) const YEAR: Field = Field::key("year", &["year"], Kind::Int(EARLIEST, LATEST));

/// A day of three columns; a missing day or month is the first.
pub(super) fn day_of_three(
    year: Option<i32>,
    month: Option<i32>,
    day: Option<i32>,
) -> Option<Date> {
    let part = |v: Option<i32>| v.map_or(Some(1), |v| i8::try_from(v).ok());
    Date::new(i16::try_from(year?).ok()?, part(month)?, part(day)?).ok()
}

/// The first day of a row, and the last where it is known, from columns `from_…` and `to_…` of years, months and days.
pub(super) fn open_spell(
    aside: &mut Aside,
    row: usize,
    columns: Columns<'_>,
) -> Option<(Date, Option<Date>)> {
    let day = |end: [&str; 3]| {
        let [year, month, day] = end.map(|name| columns.ints(name).get(row));
        day_of_three(year, month, day)
    };
    let Some(from) = day(["from_year", "from_month", "from_day"]) else {
        aside.set(row, "from_day", Reason::BadDate, "");
        return None;
    };
    let to = day(["to_year", "to_month", "to_day"]);
    if let Some(to) = to.filter(|to| *to < from) {
        aside.set(row, "to_year", Reason::Reversed, to);
        return None;
    }
    Some((from, to))
}

/// As [`open_spell`], of files in which every spell has an end.
pub(super) fn spell(aside: &mut Aside, row: usize, columns: Columns<'_>) -> Option<(Date, Date)> {
    let (from, to) = open_spell(aside, row, columns)?;
    if to.is_none() {
        aside.set(row, "to_day", Reason::BadDate, "");
    }
    Some((from, to?))
}

/// The data of a file that was read in another form, and the closed account.
pub(super) type Read<T> = Result<(T, Account), FileProblem>;

/// A file in the first of two forms, or else in the second. Where it is in neither, what the form lacks is told that
/// lacks fewer columns, the first of equals.
pub(super) fn either<T>(first: Read<T>, second: impl FnOnce() -> Read<T>) -> Read<T> {
    // How far a file is from a form; nothing where its form is not what is wrong with it.
    let lacks = |p: &FileProblem| match p {
        FileProblem::OtherSchema { missing, .. } => Some(missing.len()),
        FileProblem::NotOneTable { .. } => Some(usize::MAX),
        _ => None,
    };
    let problem = match first {
        Err(problem) if lacks(&problem).is_some() => problem,
        read => return read,
    };
    second().map_err(|other| match lacks(&other) {
        Some(n) if lacks(&problem).is_some_and(|first| first <= n) => problem,
        // The first form could open it: it is Parquet, and the second form is not.
        None if matches!(other, FileProblem::BadParquet { .. }) => problem,
        _ => other,
    })
}
