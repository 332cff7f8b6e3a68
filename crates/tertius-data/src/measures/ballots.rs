//! Roll calls and pledges of public data as the matrices that likeness and ideal points are computed from.

use tertius_math::ideal_points::{
    IdealPointError, IdealPoints, Options, RollCall, RollCalls as Calls, fit,
};
use tertius_math::similarity::{Assembly, OwnTie, Portfolios, Reciprocity, Tie, TieError, Ties};
use tertius_math::votes::{Choice, Vote as Cast};

use crate::datasets::atop::Obligations;
use crate::datasets::un_votes::{ISSUES, Period, RollCalls, Vote};
use crate::dyads::Directed;
use crate::states::{CodeSystem, StateId, StateList, States};
use crate::years::Years;

/// Which roll calls count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issue {
    /// All.
    Any,
    /// Those about one of [`ISSUES`], by its place there.
    Of(usize),
}

impl Issue {
    /// By its letters; nothing where the data tell no such issue apart.
    ///
    /// ```
    /// use tertius_data::measures::ballots::Issue;
    /// assert_eq!(Issue::named("nu"), Some(Issue::Of(1)));
    /// assert_eq!(Issue::named("xx"), None);
    /// ```
    pub fn named(letters: &str) -> Option<Issue> {
        ISSUES.iter().position(|i| *i == letters).map(Issue::Of)
    }

    /// Whether a roll call counts. One of which nobody said what it is about counts for no issue.
    pub fn holds(self, issues: Option<u8>) -> bool {
        match self {
            Issue::Any => true,
            Issue::Of(bit) => issues.is_some_and(|i| i >> bit & 1 == 1),
        }
    }
}

fn choice(cell: u8) -> Option<Choice> {
    Vote::of(cell).map(|v| match v {
        Vote::Yes => Choice::Yes,
        Vote::Abstain => Choice::Abstain,
        Vote::No => Choice::No,
    })
}

/// The votes of every year or session, in order, units being places of seats: who voted in it, and how. A
/// period without such a roll call is not among them.
pub fn assemblies(calls: &RollCalls, period: Period, issue: Issue) -> Vec<Assembly> {
    let counted = |rows: Vec<usize>| -> Vec<usize> {
        let holds = |r: &usize| issue.holds(calls.calls[*r].issues);
        rows.into_iter().filter(holds).collect()
    };
    let periods = calls.by(period).into_iter();
    let periods = periods.map(|(p, rows)| (p, counted(rows)));
    periods
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(p, rows)| assembly(calls, i32::from(p), &rows))
        .collect()
}

fn assembly(calls: &RollCalls, period: i32, rows: &[usize]) -> Assembly {
    let wide = calls.seats.len();
    let mut voted = vec![false; wide];
    for row in rows {
        for (voted, cell) in voted.iter_mut().zip(calls.row(*row)) {
            *voted |= Vote::of(*cell).is_some();
        }
    }
    let units: Vec<u32> = (0..wide as u32).filter(|s| voted[*s as usize]).collect();
    // Three levels fit in a byte that is not zero.
    let levels = std::num::NonZeroU8::MIN.saturating_add(2);
    let cells: Vec<&[u8]> = rows.iter().map(|r| calls.row(*r)).collect();
    let portfolios = Portfolios::from_fn(levels, units.len(), rows.len(), |u, o| {
        choice(cells[o][units[u] as usize]).map(|c| c as u8)
    });
    Assembly {
        period,
        units,
        objects: rows.iter().map(|r| *r as u32).collect(),
        portfolios,
    }
}

/// Ideal points of the seats, session by session, on the roll calls that count and whose year is asked for.
/// The United States stands above Russia, where the options name no pair.
///
/// # Errors
///
/// Where no roll call divided the voters.
pub fn ideal_points(
    calls: &RollCalls,
    issue: Issue,
    wanted: impl Fn(i16) -> bool,
    options: &Options,
) -> Result<IdealPoints, IdealPointError> {
    let counted = calls.calls.iter().enumerate();
    let counted: Vec<usize> = counted
        .filter(|(_, c)| issue.holds(c.issues) && wanted(c.year()))
        .map(|(r, _)| r)
        .collect();
    let question = |(r, row): (usize, &usize)| RollCall {
        session: i32::from(calls.calls[*row].session),
        question: r as u32,
    };
    let asked: Vec<RollCall> = counted.iter().enumerate().map(question).collect();
    let votes: Vec<Cast> = counted
        .iter()
        .enumerate()
        .flat_map(|(r, row)| {
            let cells = calls.row(*row).iter().enumerate();
            cells.filter_map(move |(seat, cell)| {
                Some(Cast {
                    voter: seat as u32,
                    roll_call: r as u32,
                    choice: choice(*cell)?,
                })
            })
        })
        .collect();
    let found = Calls::new(calls.seats.len(), &asked, &votes)?;
    let seat = |cow| calls.seat(cow).map(|s| s as u32);
    let mut options = options.clone();
    if options.above.is_empty() {
        options.above.extend(seat(2).zip(seat(365)));
    }
    Ok(fit(&found, &options))
}

/// Levels of a pledge, from the least: the classes of the Correlates of War (Gibler and Sarkees 2004), in the order in
/// which Signorino and Ritter (1999) hold them against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pledge {
    /// None.
    None,
    /// To consult.
    Entente,
    /// To stay neutral, or not to attack: one class.
    Neutrality,
    /// To fight at the other's side. The Correlates of War have no class for a pledge to join an attack alone; ATOP has,
    /// and it stands here, since it promises arms.
    Defence,
}

/// Where a promise not to attack stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// With neutrality, as in the Correlates of War.
    #[default]
    Cow,
    /// With consultation, below neutrality.
    Low,
}

impl Pledge {
    /// The highest level of what was promised.
    ///
    /// ```
    /// use tertius_data::datasets::atop::Obligations;
    /// use tertius_data::measures::ballots::{Pledge, Scale};
    /// let peace = Obligations { nonaggression: true, ..Obligations::default() };
    /// assert_eq!(Pledge::of(&peace, Scale::Cow), Pledge::Neutrality);
    /// assert_eq!(Pledge::of(&peace, Scale::Low), Pledge::Entente);
    /// ```
    pub fn of(o: &Obligations, scale: Scale) -> Pledge {
        let peace = |at| o.nonaggression && scale == at;
        match o {
            o if o.defense || o.offense => Pledge::Defence,
            o if o.neutrality || peace(Scale::Cow) => Pledge::Neutrality,
            o if o.consultation || peace(Scale::Low) => Pledge::Entente,
            _ => Pledge::None,
        }
    }
}

/// The portfolios of alliance pledges of every year, units being COW numbers: what each member of the system
/// pledged to each other, and to itself the closest. States that no list counts as members are left out, and
/// so are those without a COW number.
///
/// # Errors
///
/// Where the pledges are no portfolios; pledges that were read from a file always are.
pub fn alliances(
    pledges: &Years<Directed, Obligations>,
    scale: Scale,
) -> Result<Vec<Assembly>, TieError> {
    let states = States::bundled();
    let Some(span) = pledges.span() else {
        return Ok(Vec::new());
    };
    let number = |state: StateId, year: i16| -> Option<u32> {
        let day = jiff::civil::Date::constant(year, 12, 31);
        let first = jiff::civil::Date::constant(year, 1, 1);
        let code = states.code(state, CodeSystem::Cow, day);
        let code = code.or_else(|| states.code(state, CodeSystem::Cow, first));
        code.and_then(|c| c.parse().ok())
    };
    let mut members = Vec::new();
    for year in span.first..=span.last {
        for state in states.members_in(StateList::Cow, year) {
            members.extend(number(state, year).map(|n| (i32::from(year), n)));
        }
    }
    members.sort_unstable();
    members.dedup();
    let is_member = |period, n| members.binary_search(&(period, n)).is_ok();
    let mut ties = Vec::new();
    for (way, year, o) in pledges.iter() {
        let period = i32::from(year);
        let both = number(way.from(), year).zip(number(way.to(), year));
        let Some((from, to)) = both.filter(|(a, b)| a != b) else {
            continue;
        };
        if is_member(period, from) && is_member(period, to) {
            let level = Pledge::of(o, scale) as u8;
            ties.push(Tie {
                period,
                from,
                to,
                level,
            });
        }
    }
    let levels = std::num::NonZeroU8::MIN.saturating_add(3);
    let covers = i32::from(span.first)..=i32::from(span.last);
    let (way, own) = (Reciprocity::Directed, OwnTie::Closest);
    Ok(Ties::new(levels, covers, &members, &ties, way, own)?
        .assemblies()
        .collect())
}
