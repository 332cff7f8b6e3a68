//! `tertius measure threat` and the other conditions: of a triad year by year, or of all pairs.

use tertius::record::{PanelAnswer, PanelProblem, PanelValue};
use tertius::vocabulary::{Month, Observed, Span, When};
use tertius_data::conditions::{self, Point, Steps, asymmetry, audience, commitment, stakes};
use tertius_data::datasets::{atop, cow_nmc, cow_trade, gdp_population, pew};
use tertius_data::dyads::Directed;
use tertius_data::measures::{self, who::shown};
use tertius_data::panels::FolderPanels;
use tertius_data::states::{StateId, States};

use super::Args;
use super::covers::{Covered, ends};
use crate::Ended;
use crate::rows::Rows;
use crate::screen::message;
use crate::verbs::public::Public;

const OF_TRIAD: [&str; 7] = [
    "period",
    "value",
    "low",
    "high",
    "n",
    "known_from",
    "status",
];
const OF_PAIRS: [&str; 6] = ["year", "of", "with", "value", "low", "high"];

pub(super) fn run(args: &Args, id: &'static str) -> Result<(), Ended> {
    let datasets = measures::find(id).map_or(&[][..], |m| m.datasets);
    let covered = Covered::catalogued(datasets);
    let spans: Vec<(i16, i16)> = covered.iter().filter_map(|c| c.years).collect();
    // From 1900 on, over all that any of its datasets covers: one of them may be enough.
    let first = spans.iter().map(|s| s.0).min().unwrap_or(1900).max(1900);
    let last = spans.iter().map(|s| s.1).max().unwrap_or(1900).max(first);
    let to = args
        .to
        .unwrap_or(args.from.map_or(last, |from| from.max(last)));
    let years = args.from.unwrap_or(first.min(to))..=to;
    args.public.span(*years.start(), *years.end())?;
    if args.states.is_empty() {
        return pairs(args, id, years, &covered);
    }
    let states = args.public.triad(&args.states, years.clone())?;
    let japan = States::bundled().by_key("japan");
    let asked_in_japan = [audience::BY_INTERVIEW.id, audience::BY_MAIL.id].contains(&id);
    if asked_in_japan && japan != Some(states[0]) {
        let values = [("name", args.states.join(", "))];
        return Err(args.public.usage("measure-japan-alone", &values));
    }
    let third = args.third.as_ref();
    let third = third.map(|t| args.public.state(t, years.clone()));
    let mut values = of_triad(&args.public, id, states, third.transpose()?, years)?;
    let valued = values.iter().filter(|r| r.status != OUTSIDE);
    let filled = ends(valued.map(|r| r.period.first_day().year()));
    args.within(id, filled, &covered)?;
    if let Some((first, last)) = filled {
        // Where no end is asked for, the table begins and ends with its values.
        let year = |r: &Row| r.period.first_day().year();
        values.retain(|r| args.from.is_some() || year(r) >= first);
        values.retain(|r| args.to.is_some() || year(r) <= last);
    }
    let mut rows = Rows::new(args.format, &OF_TRIAD);
    for row in values {
        rows.text(&row.period.to_string());
        rows.number(row.value);
        rows.number(row.interval.map(|i| i.0));
        rows.number(row.interval.map(|i| i.1));
        rows.number(row.n.map(f64::from));
        rows.text(&row.known_from);
        rows.text(row.status);
    }
    args.write(&OF_TRIAD, vec![rows])
}

/// A value of a condition, or why there is none.
pub(crate) struct Row {
    pub(crate) period: When,
    pub(crate) value: Option<f64>,
    pub(crate) interval: Option<(f64, f64)>,
    n: Option<u32>,
    known_from: String,
    pub(crate) status: &'static str,
}

/// The status of what no dataset covers.
const OUTSIDE: &str = "outside-coverage";

impl Row {
    /// Of a period that no dataset covers.
    fn outside(period: When) -> Row {
        Row {
            period,
            value: None,
            interval: None,
            n: None,
            known_from: String::new(),
            status: OUTSIDE,
        }
    }
}

/// A condition of a triad, in the years asked for: every one of them has a row. What no dataset covers says so.
pub(crate) fn of_triad(
    public: &Public,
    id: &'static str,
    states: [StateId; 3],
    third: Option<StateId>,
    years: std::ops::RangeInclusive<i16>,
) -> Result<Vec<Row>, Ended> {
    let tables = public.tables();
    let panels = FolderPanels::over(std::sync::Arc::clone(&tables));
    let answer =
        ask(&panels, id, states, third, years.clone()).map_err(|p| told(public, id, &p))?;
    public.tell_read(&tables);
    let rows = rows_of(&answer, years);
    Ok(in_steps(
        rows,
        conditions::find(id).map_or(Steps::Years, |c| c.steps),
    ))
}

/// The rows in the periods that the condition has: each month of each year, and none where a survey did not ask.
fn in_steps(mut rows: Vec<Row>, steps: Steps) -> Vec<Row> {
    let no_year = |r: &Row| !(r.status == OUTSIDE && matches!(r.period, When::Year(_)));
    match steps {
        Steps::Years => {}
        Steps::Surveys => rows.retain(no_year),
        Steps::Months => {
            let year = |r: &Row| r.period.first_day().year();
            let mut years: Vec<i16> = rows.iter().map(year).collect();
            years.dedup();
            rows.retain(no_year);
            let there: Vec<When> = rows.iter().map(|r| r.period).collect();
            let months = years
                .iter()
                .flat_map(|y| (1..=12).filter_map(|m| Month::new(*y, m)));
            let lacking = months.map(When::Month).filter(|m| !there.contains(m));
            rows.extend(lacking.map(Row::outside));
            rows.sort_by_key(|r| r.period.first_day());
        }
    }
    rows
}

/// Asks a panel about three states, and a fourth where it compares the rival with one.
pub(crate) fn ask(
    panels: &FolderPanels,
    id: &str,
    states: [StateId; 3],
    third: Option<StateId>,
    years: std::ops::RangeInclusive<i16>,
) -> Result<PanelAnswer, PanelProblem> {
    let months = Month::new(*years.start(), 1).zip(Month::new(*years.end(), 12));
    let span = months.and_then(|(a, b)| Span::inclusive(a, b));
    let span = span.ok_or(PanelProblem::Unknown(None))?;
    panels.of_states(id, states, third, span)
}

/// The rows of an answer within some years, and one for each year of which it says nothing.
pub(crate) fn rows_of(answer: &PanelAnswer, years: std::ops::RangeInclusive<i16>) -> Vec<Row> {
    let mut rows = Vec::new();
    for year in years {
        let of_year = |v: &&PanelValue| v.period.first_day().year() == year;
        let mut found = answer.values.iter().filter(of_year).peekable();
        if found.peek().is_none() {
            rows.push(Row::outside(When::Year(year)));
        }
        rows.extend(found.map(|v| Row {
            period: v.period,
            value: v.value,
            interval: v.interval,
            n: v.n,
            known_from: v.known_from.to_string(),
            status: if v.value.is_some() {
                "observed"
            } else {
                "missing"
            },
        }));
    }
    rows
}

/// Why a panel does not answer, in a sentence.
pub(crate) fn reason(public: &Public, id: &str, problem: &PanelProblem) -> String {
    let say = |key: &str, values: &[(&str, String)]| message(public.lang, key, values);
    match problem {
        PanelProblem::NotHere(dataset) => public.not_here(dataset),
        PanelProblem::Unreadable(reason) => reason.clone(),
        PanelProblem::NoThird => say("measure-needs-third", &[("name", id.to_owned())]),
        PanelProblem::NoState(code) => say("measure-no-state", &[("name", code.clone())]),
        PanelProblem::Unknown(_) => {
            let values = [("name", id.to_owned()), ("known", String::new())];
            say("measure-none", &values)
        }
    }
}

/// What a panel says that does not answer: of its data, or of what was asked.
fn told(public: &Public, id: &str, problem: &PanelProblem) -> Ended {
    let said = reason(public, id, problem);
    match problem {
        PanelProblem::NotHere(_) | PanelProblem::Unreadable(_) => public.refuse(&said),
        _ => Ended::Usage(said),
    }
}

/// All pairs that the data cover; what is missing has no row.
fn pairs(
    args: &Args,
    id: &str,
    years: std::ops::RangeInclusive<i16>,
    covered: &[Covered],
) -> Result<(), Ended> {
    let public = &args.public;
    let mut filled = Vec::new();
    let mut rows = Rows::new(args.format, &OF_PAIRS);
    let mut put = |year: i16, of: StateId, with: StateId, points: &[Point]| {
        for point in points {
            if let Observed::Observed(v) = point.value {
                if filled.last() != Some(&year) {
                    filled.push(year);
                }
                rows.int(i64::from(year));
                rows.text(shown(of, year));
                rows.text(shown(with, year));
                rows.number(Some(v.mid));
                rows.number(v.interval.map(|i| i.0));
                rows.number(v.interval.map(|i| i.1));
            }
        }
    };
    match id {
        "commitment" => {
            let pledges = public.read("atop", "obligations", atop::read)?;
            for (way, year, _) in pledges.iter().filter(|(_, y, _)| years.contains(y)) {
                let found = commitment::series(&pledges, way, year..=year);
                put(year, way.from(), way.to(), &found.points);
            }
        }
        "trade-stake" => {
            let trade = public.read("cow-trade", "dyads", cow_trade::read)?;
            let totals = public.read("cow-trade", "totals", cow_trade::read_totals)?;
            for (pair, year, _) in trade.iter().filter(|(_, y, _)| years.contains(y)) {
                for way in pair.directions() {
                    let (of, with) = (way.from(), way.to());
                    let found = stakes::series(&trade, &totals, of, with, year..=year);
                    put(year, of, with, &found.points);
                }
            }
        }
        "hardliners" => {
            let shares = public.read("pew-favourability", "answers", pew::read)?;
            let mut asked: Vec<_> = shares.iter().map(|s| (s.country, s.target)).collect();
            asked.sort_unstable();
            asked.dedup();
            for (country, target) in asked {
                for point in audience::hardliners(&shares, country, target).points {
                    let year = point.period.first_day().year();
                    if years.contains(&year) {
                        put(year, country, target, &[point]);
                    }
                }
            }
        }
        "asymmetry-cinc" => {
            let nmc = public.read("cow-nmc", "capabilities", cow_nmc::read)?;
            let states: Vec<StateId> = nmc.states().into_iter().collect();
            for year in years {
                let power = |s: StateId| nmc.row(s, year).and_then(|c| c.cinc);
                for way in stronger_first(&states, power) {
                    let (of, with) = (way.from(), way.to());
                    let found = asymmetry::by_cinc(&nmc, of, with, year..=year);
                    put(year, of, with, &found.points);
                }
            }
        }
        "asymmetry-gdp" => {
            let gdp = public.read("gdp-population", "estimates", gdp_population::read)?;
            let states: Vec<StateId> = gdp.states().into_iter().collect();
            for year in years {
                let power = |s: StateId| gdp.row(s, year).and_then(|e| e.gdp).map(|g| g.mean);
                for way in stronger_first(&states, power) {
                    let (of, with) = (way.from(), way.to());
                    let found = asymmetry::by_gdp(&gdp, of, with, year..=year);
                    put(year, of, with, &found.points);
                }
            }
        }
        _ => {
            let values = [("name", id.to_owned())];
            return Err(public.usage("measure-three-states", &values));
        }
    }
    args.within(id, ends(filled.into_iter()), covered)?;
    args.write(&OF_PAIRS, vec![rows])
}

/// Every two states of which the power is known, the stronger first; of two alike the first in the table.
fn stronger_first(states: &[StateId], power: impl Fn(StateId) -> Option<f64>) -> Vec<Directed> {
    let known: Vec<(StateId, f64)> = states
        .iter()
        .filter_map(|s| Some((*s, power(*s)?)))
        .collect();
    let mut found = Vec::new();
    for (i, (a, p)) in known.iter().enumerate() {
        for (b, q) in &known[i + 1..] {
            let (of, with) = if p >= q { (*a, *b) } else { (*b, *a) };
            found.extend(Directed::new(of, with));
        }
    }
    found
}
