//! `tertius measure similarity`: every pair of states in every year or session.

use std::sync::atomic::{AtomicUsize, Ordering};

use clap::ValueEnum;
use tertius_data::datasets::atop;
use tertius_data::measures::ballots::{alliances, assemblies};
use tertius_math::similarity::{Assembly, Distance, Measure};

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

pub(super) fn run(args: &Args) -> Result<(), Ended> {
    let mut measures: Vec<(&str, Measure)> = ALWAYS.to_vec();
    for more in args.also.iter().map(|a| a.column()) {
        if !measures.contains(&more) {
            measures.push(more);
        }
    }
    let (periods, codes) = match args.on.unwrap_or(On::Votes) {
        On::Votes => {
            let issue = args.issue()?;
            let calls = args.calls()?;
            let codes = calls.seats.iter().map(|s| i64::from(s.cow)).collect();
            (assemblies(&calls, args.by().period(), issue), Some(codes))
        }
        On::Alliances => {
            if args.issue.is_some() || args.votes.is_some() || args.by() == By::Session {
                return Err(args.public.usage("measure-only-votes", &[]));
            }
            let pledges = args.public.read("atop", "obligations", atop::read)?;
            let found = alliances(&pledges);
            (found.map_err(|e| Ended::Internal(e.to_string()))?, None)
        }
    };
    let in_years = args.by() == By::Year;
    let wanted = |a: &&Assembly| {
        // Session s opens in 1945 + s.
        args.wants(a.period + if in_years { 0 } else { 1945 })
    };
    let periods: Vec<&Assembly> = periods.iter().filter(wanted).collect();
    let period = if in_years { "year" } else { "session" };
    let mut columns = vec![period, "state_a", "state_b", "n"];
    columns.extend(measures.iter().map(|m| m.0));
    let of: Vec<Measure> = measures.iter().map(|m| m.1).collect();
    let one = |assembly: &Assembly| -> Rows {
        let code = |unit: usize| {
            let unit = assembly.units[unit];
            let of_seat = |c: &Vec<i64>| c.get(unit as usize).copied();
            codes.as_ref().and_then(of_seat).unwrap_or(i64::from(unit))
        };
        let mut rows = Rows::new(args.format, &columns);
        let scores = assembly.portfolios.all_pairs(&of);
        for pair in scores.iter().filter(|p| p.shared > 0) {
            rows.int(i64::from(assembly.period));
            rows.int(code(pair.a));
            rows.int(code(pair.b));
            rows.int(i64::from(pair.shared));
            for value in pair.values {
                rows.number(*value);
            }
        }
        rows
    };
    let parts = in_parallel(&periods, one);
    args.write(&columns, parts)
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
        made.extend(others.into_iter().filter_map(|o| o.join().ok()).flatten());
        made
    });
    made.sort_by_key(|(period, _)| *period);
    made.into_iter().map(|(_, rows)| rows).collect()
}
