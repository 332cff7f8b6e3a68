//! `tertius measure similarity`: every pair of states in every year or session.

use std::num::NonZeroU32;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::ValueEnum;
use tertius_data::datasets::{atop, cow_nmc};
use tertius_data::measures::ballots::{Scale, alliances, assemblies};
use tertius_data::states::{StateId, States};
use tertius_math::Share;
use tertius_math::resampling::Bootstrap;
use tertius_math::similarity::{Assembly, Distance, Measure};

use super::covers::{Covered, ends};
use super::{Args, By, On};
use crate::Ended;
use crate::rows::Rows;

/// Further columns.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Also {
    /// S with squared distances.
    SSquared,
    /// Cohen's kappa without weights.
    KappaNominal,
    /// Cohen's kappa with absolute weights.
    KappaAbsolute,
    /// Scott's pi with squared weights.
    PiSquared,
    /// Scott's pi with absolute weights.
    PiAbsolute,
    /// Kendall's tau-b.
    TauB,
    /// Benati and Capurri's alignment index.
    Alignment,
}

impl Also {
    fn column(self) -> (&'static str, Measure) {
        match self {
            Also::SSquared => ("s_squared", Measure::S(Distance::Squared)),
            Also::KappaNominal => ("kappa_nominal", Measure::Kappa(Distance::Nominal)),
            Also::KappaAbsolute => ("kappa_absolute", Measure::Kappa(Distance::Absolute)),
            Also::PiSquared => ("pi_squared", Measure::Pi(Distance::Squared)),
            Also::PiAbsolute => ("pi_absolute", Measure::Pi(Distance::Absolute)),
            Also::TauB => ("tau_b", Measure::TauB),
            Also::Alignment => ("alignment", Measure::Alignment(Distance::Absolute)),
        }
    }
}

/// S with absolute distances, Cohen's kappa with squared weights, Scott's pi without.
const ALWAYS: [(&str, Measure); 3] = [
    ("s", Measure::S(Distance::Absolute)),
    ("kappa", Measure::Kappa(Distance::Squared)),
    ("pi", Measure::Pi(Distance::Nominal)),
];

/// What `--weights` calls capabilities.
const POWER: &str = "power";

pub(super) fn run(args: &Args) -> Result<(), Ended> {
    let mut measures: Vec<(&str, Measure)> = ALWAYS.to_vec();
    for more in args.also.iter().map(|a| a.column()) {
        if !measures.contains(&more) {
            measures.push(more);
        }
    }
    let Compared {
        periods,
        codes,
        weights,
    } = match args.on.unwrap_or(On::Votes) {
        On::Votes => votes(args)?,
        On::Alliances => pledges(args)?,
    };
    let in_years = args.by() == By::Year;
    // Session s opens in 1945 + s.
    let year_of = |period: i32| period + if in_years { 0 } else { 1945 };
    let year = |a: &&Assembly| i16::try_from(year_of(a.period)).ok();
    let span = ends(periods.iter().filter_map(|a| year(&a)));
    let only = args.named(args.years_of(span))?;
    let periods: Vec<&Assembly> = periods
        .iter()
        .filter(|a| args.wants(year_of(a.period)))
        .collect();
    let period = if in_years { "year" } else { "session" };
    let mut columns = vec![
        period.to_owned(),
        "state_a".into(),
        "state_b".into(),
        "n".into(),
    ];
    for (name, _) in &measures {
        columns.push((*name).to_owned());
        if args.draws.is_some() {
            columns.extend(["low", "high"].map(|end| format!("{name}_{end}")));
        }
    }
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let of: Vec<Measure> = measures.iter().map(|m| m.1).collect();
    let draws = args.draws.and_then(NonZeroU32::new);
    let how = draws.map(|replicates| Bootstrap {
        replicates,
        covers: Share::NINE_TENTHS,
        seed: args.seed.unwrap_or(0),
    });
    let code = |unit: u32| codes.get(unit as usize).copied().unwrap_or(i64::from(unit));
    let one = |assembly: &Assembly| -> Rows {
        let kept;
        let assembly = match &only {
            Some(states) => {
                let year = year_of(assembly.period);
                kept = assembly
                    .only(|unit| state(code(unit), year).is_some_and(|s| states.contains(&s)));
                &kept
            }
            None => assembly,
        };
        let mut rows = Rows::new(args.format, &columns);
        let mut put =
            |a: usize, b: usize, shared: u32, values: &mut dyn Iterator<Item = Option<f64>>| {
                if shared == 0 {
                    return;
                }
                rows.int(i64::from(assembly.period));
                rows.int(code(assembly.units[a]));
                rows.int(code(assembly.units[b]));
                rows.int(i64::from(shared));
                values.for_each(|v| rows.number(v));
            };
        let portfolios = &assembly.portfolios;
        if let Some(how) = &how {
            for p in portfolios.all_intervals(&of, how) {
                let values = p
                    .values
                    .iter()
                    .flat_map(|v| [v.estimate, v.ends.map(|e| e.0), v.ends.map(|e| e.1)]);
                put(p.a, p.b, p.shared, &mut { values });
            }
            return rows;
        }
        let scores = match &weights {
            Some(of_object) => {
                let weigh = |object: &u32| of_object(year_of(assembly.period), *object);
                let weights: Vec<Option<f64>> = assembly.objects.iter().map(weigh).collect();
                portfolios.all_pairs_weighed(&weights, &of)
            }
            None => portfolios.all_pairs(&of),
        };
        for p in scores.iter() {
            put(p.a, p.b, p.shared, &mut p.values.iter().copied());
        }
        rows
    };
    let parts = in_parallel(&periods, one);
    let filled = periods
        .iter()
        .zip(&parts)
        .filter(|(_, rows)| !rows.is_empty());
    let filled = ends(filled.filter_map(|(a, _)| year(a)));
    let covered = match args.on.unwrap_or(On::Votes) {
        On::Votes => args.covered(span),
        On::Alliances => vec![Covered {
            name: "atop".to_owned(),
            years: span,
        }],
    };
    args.within("similarity", filled, &covered)?;
    args.write(&columns, parts)
}

/// The state that a COW number is of in a year.
fn state(cow: i64, year: i32) -> Option<StateId> {
    let (cow, year) = (i32::try_from(cow).ok()?, i16::try_from(year).ok()?);
    States::bundled().cow_in_year(cow, year).ok()
}

/// What an object weighs in a year.
type Weigh = Box<dyn Fn(i32, u32) -> Option<f64> + Sync>;

/// What is compared.
struct Compared {
    periods: Vec<Assembly>,
    /// The COW number of each unit; none where units are such numbers.
    codes: Vec<i64>,
    weights: Option<Weigh>,
}

fn votes(args: &Args) -> Result<Compared, Ended> {
    let issue = args.issue()?;
    let calls = args.calls()?;
    let weights = match args.weights.as_deref() {
        None => None,
        Some(POWER) => return Err(args.public.usage("measure-power-of-alliances", &[])),
        Some(path) => {
            let weights = args.public.salience(Path::new(path))?;
            let ids: Vec<u32> = calls.calls.iter().map(|c| c.id).collect();
            let of = move |_, object: u32| {
                let id = ids.get(object as usize)?;
                weights.get(id).copied()
            };
            Some(Box::new(of) as Weigh)
        }
    };
    Ok(Compared {
        periods: assemblies(&calls, args.by().period(), issue),
        codes: calls.seats.iter().map(|s| i64::from(s.cow)).collect(),
        weights,
    })
}

fn pledges(args: &Args) -> Result<Compared, Ended> {
    if args.issue.is_some() || args.votes.is_some() || args.by() == By::Session {
        return Err(args.public.usage("measure-only-votes", &[]));
    }
    let weights = match args.weights.as_deref() {
        None => None,
        Some(POWER) => {
            let power = args.public.read("cow-nmc", "capabilities", cow_nmc::read)?;
            let of = move |year: i32, cow: u32| {
                let state = state(i64::from(cow), year)?;
                power.row(state, i16::try_from(year).ok()?)?.cinc
            };
            Some(Box::new(of) as Weigh)
        }
        Some(_) => return Err(args.public.usage("measure-salience-of-votes", &[])),
    };
    let pledges = args.public.read("atop", "obligations", atop::read)?;
    let found = alliances(&pledges, Scale::default());
    Ok(Compared {
        periods: found.map_err(|e| Ended::Internal(e.to_string()))?,
        codes: Vec::new(),
        weights,
    })
}

/// One part a period, in order, made on as many threads as there are cores.
fn in_parallel(periods: &[&Assembly], one: impl Fn(&Assembly) -> Rows + Sync) -> Vec<Rows> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut made = Vec::new();
        while let Some(period) = periods.get(next.fetch_add(1, Ordering::Relaxed)) {
            made.push((period.period, one(period)));
        }
        made
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut made: Vec<(i32, Rows)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(worker)).collect();
        let mut made = worker();
        let joined = others.into_iter().map(|o| {
            let made = o.join();
            made.unwrap_or_else(|fault| std::panic::resume_unwind(fault))
        });
        made.extend(joined.flatten());
        made
    });
    made.sort_by_key(|(period, _)| *period);
    made.into_iter().map(|(_, rows)| rows).collect()
}
