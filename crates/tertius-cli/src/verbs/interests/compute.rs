//! What is found of a triad, before it is shown.

use std::sync::Arc;

use tertius_data::conditions::{self, Condition};
use tertius_data::datasets::un_votes::{self, ISSUES, RollCalls, Vote};
use tertius_data::measures::ballots::Issue;
use tertius_data::measures::place::{Known, Sided, levels, seats_of, sided, vote_of};
use tertius_data::panels::FolderPanels;
use tertius_data::states::StateId;
use tertius_data::tables::SetAside;
use tertius_math::Share;
use tertius_math::resampling::{Bootstrap, Interval};
use tertius_math::similarity::{self, Distance, Measure};

use super::ideal::{self, Distant};
use super::{Args, By};
use crate::Ended;
pub(super) use crate::verbs::measure::condition::Row;
use crate::verbs::measure::condition::{ask, reason, rows_of};
use crate::verbs::public::{PACKAGE, Public};

/// Draws of a year's roll calls for the interval of a likeness: its ends then move by some hundredths of its width.
const DRAWS: std::num::NonZeroU32 = std::num::NonZeroU32::new(1000).expect("above nought");

/// Conditions that are shown, in this order.
const CONDITIONS: [&str; 9] = [
    "asymmetry-cinc",
    "threat",
    "dependence",
    "commitment",
    "trade-stake",
    "relation-disputes",
    "relation-events",
    "relation-votes",
    "hardliners",
];

/// Where the ally stands on the votes of one group.
pub(super) struct Group {
    /// `all`, or the letters of an issue.
    pub(super) id: &'static str,
    pub(super) sided: Vec<Sided>,
    pub(super) known: Vec<Known>,
}

/// How alike the ally votes with one of the two, in a year.
#[derive(Clone, Copy)]
pub(super) struct Likeness {
    pub(super) n: u32,
    /// S, kappa, pi.
    pub(super) values: [Interval; 3],
}

/// A condition by year, or why it cannot be told.
pub(super) struct Conditioned {
    pub(super) condition: &'static Condition,
    pub(super) rows: Result<Vec<Row>, String>,
}

pub(super) struct Found {
    pub(super) states: [StateId; 3],
    /// `1992`, or `1992-03`.
    pub(super) steps: Vec<String>,
    pub(super) years: Vec<i16>,
    pub(super) groups: Vec<Group>,
    /// First and last year of the votes, and of those whose issue is known.
    pub(super) votes: Option<(i16, i16)>,
    pub(super) issues: Option<(i16, i16)>,
    /// With the patron, with the rival.
    pub(super) likeness: [Vec<Likeness>; 2],
    /// By Tertius's own ideal points.
    pub(super) distances: Vec<Distant>,
    /// By the published ones, where they are here.
    pub(super) published: Result<Vec<Distant>, String>,
    /// Files of which some rows are not used.
    pub(super) aside: Vec<SetAside>,
    pub(super) conditions: Vec<Conditioned>,
}

/// What the votes alone tell; as in [`Found`].
struct OfVotes {
    groups: Vec<Group>,
    votes: Option<(i16, i16)>,
    issues: Option<(i16, i16)>,
    likeness: [Vec<Likeness>; 2],
}

/// Periods of a span, by the place of the period that a day falls in.
#[derive(Clone, Copy)]
struct Steps {
    from: i16,
    to: i16,
    by: By,
}

impl Steps {
    fn names(&self) -> Vec<String> {
        let of_year = |y: i16| match self.by {
            By::Year => vec![y.to_string()],
            By::Month => (1..=12).map(|m| format!("{y}-{m:02}")).collect(),
        };
        (self.from..=self.to).flat_map(of_year).collect()
    }

    fn a_year(&self) -> u32 {
        match self.by {
            By::Year => 1,
            By::Month => 12,
        }
    }

    /// How many.
    fn len(&self) -> usize {
        let years = usize::try_from(i32::from(self.to) - i32::from(self.from) + 1);
        years.unwrap_or(0) * self.a_year() as usize
    }

    fn place(&self, year: i16, month: i8) -> Option<usize> {
        let since = usize::try_from(i32::from(year) - i32::from(self.from)).ok()?;
        (year <= self.to).then(|| match self.by {
            By::Year => since,
            By::Month => 12 * since + usize::try_from(month - 1).unwrap_or(0),
        })
    }

    /// What is known of these steps, from what is known of others; nothing beyond them.
    fn cut<T: Clone + Default>(&self, of: &[T], others: &Steps) -> Vec<T> {
        let months = |year: i16| (1..=12).map(move |month| (year, month));
        let days: Vec<(i16, i8)> = match self.by {
            By::Year => (self.from..=self.to).map(|y| (y, 1)).collect(),
            By::Month => (self.from..=self.to).flat_map(months).collect(),
        };
        let there = |(year, month)| of.get(others.place(year, month)?).cloned();
        days.into_iter()
            .map(|d| there(d).unwrap_or_default())
            .collect()
    }
}

impl Found {
    pub(super) fn of(args: &Args, states: [StateId; 3]) -> Result<Found, Ended> {
        let public = &args.public;
        let tables = public.tables();
        let steps = Steps {
            from: args.from,
            to: args.to,
            by: args.by,
        };
        let years = args.from..=args.to;
        let conditions = || -> Vec<Conditioned> {
            let panels = FolderPanels::over(Arc::clone(&tables));
            let all = CONDITIONS.iter().filter_map(|id| conditions::find(id));
            all.map(|condition| Conditioned {
                condition,
                rows: ask(&panels, condition.id, states, None, years.clone())
                    .map(|answer| rows_of(&answer, years.clone()))
                    .map_err(|problem| reason(public, condition.id, &problem)),
            })
            .collect()
        };
        let of_votes = |calls: &Arc<RollCalls>| -> Result<OfVotes, Ended> {
            // Without the files that say what a vote is about, all votes together are still known.
            let about = self::about(public, calls)?;
            let mut groups = vec![group("all", Issue::Any, calls, states, &steps)];
            for (bit, id) in ISSUES.iter().enumerate() {
                let of = |c: &RollCalls| group(id, Issue::Of(bit), c, states, &steps);
                groups.extend(about.as_deref().map(of));
            }
            let span = |c: &RollCalls| c.span().map(|(a, b)| (a.year(), b.year()));
            Ok(OfVotes {
                groups,
                votes: span(calls),
                issues: about.as_deref().and_then(span),
                likeness: [1, 2]
                    .map(|other| likeness(calls, [states[0], states[other]], years.clone())),
            })
        };
        // Conditions and ideal points are found beside the rest, on a second core where there is one.
        let (conditions, distances, of_votes) = std::thread::scope(|scope| {
            let conditions = scope.spawn(conditions);
            let calls = tables.read("un-votes", "votes", un_votes::read);
            let found = calls.map_err(|p| public.not_read(&p))?;
            let (calls, votes) = (Arc::clone(&found.table), found.input.sha256);
            let points = scope.spawn(move || ideal::own(args, &calls, &votes, states));
            let of_votes = of_votes(&found.table)?;
            let stopped = |_| Ended::Internal("a thread stopped".to_owned());
            let conditions = conditions.join().map_err(stopped)?;
            Ok((conditions, points.join().map_err(stopped)?, of_votes))
        })?;
        let OfVotes {
            groups,
            votes,
            issues,
            likeness,
        } = of_votes;
        let published = ideal::published(&tables, states, years.clone())
            .map_err(|problem| public.why_not_read(&problem));
        public.tell_differing(&tables);
        Ok(Found {
            states,
            steps: steps.names(),
            years: years.clone().collect(),
            groups,
            votes,
            issues,
            likeness,
            distances,
            published,
            aside: tables.set_aside(),
            conditions,
        })
    }

    /// Years in which S ranks the two one way and kappa the other; and years in which both rank them.
    pub(super) fn parted(&self) -> (usize, usize) {
        let (mut parted, mut both) = (0, 0);
        for (with_s, with_r) in self.likeness[0].iter().zip(&self.likeness[1]) {
            let gap = |k: usize| Some(with_s.values[k].estimate? - with_r.values[k].estimate?);
            if let Some((s, kappa)) = gap(0).zip(gap(1)) {
                both += 1;
                parted += usize::from(s * kappa < 0.0);
            }
        }
        (parted, both)
    }
}

/// The roll calls that say what they are about: those of the file of votes, if it does, or else of the package, where
/// all its three files are in the folder.
///
/// # Errors
///
/// Where they are there and cannot be read.
fn about(public: &Public, votes: &Arc<RollCalls>) -> Result<Option<Arc<RollCalls>>, Ended> {
    if votes.tell_issues() {
        return Ok(Some(Arc::clone(votes)));
    }
    let folder = public.folder();
    let here = PACKAGE
        .iter()
        .all(|part| folder.part("un-votes", part).is_some());
    here.then(|| public.votes(None, true)).transpose()
}

fn group(
    id: &'static str,
    issue: Issue,
    calls: &RollCalls,
    states: [StateId; 3],
    steps: &Steps,
) -> Group {
    let seats = states.map(|s| seats_of(calls, s));
    let seats = [&seats[0][..], &seats[1][..], &seats[2][..]];
    // Levels are those of all votes, whatever years are asked for: they lean on the years about them.
    let span = calls.span().map(|(a, b)| (a.year(), b.year()));
    let (from, to) = span.unwrap_or((steps.from, steps.to));
    let by = steps.by;
    let all = Steps { from, to, by };
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); all.len()];
    for (row, call) in calls.calls.iter().enumerate() {
        if let Some(at) = all.place(call.year(), call.date.month()) {
            rows[at].push(row);
        }
    }
    let sided: Vec<Sided> = rows
        .into_iter()
        .map(|of_step| sided(calls, of_step, seats, issue))
        .collect();
    let known = levels(&sided, all.a_year());
    Group {
        id,
        sided: steps.cut(&sided, &all),
        known: steps.cut(&known, &all),
    }
}

fn likeness(
    calls: &RollCalls,
    pair: [StateId; 2],
    years: std::ops::RangeInclusive<i16>,
) -> Vec<Likeness> {
    let [a, b] = pair.map(|s| seats_of(calls, s));
    let how = Bootstrap {
        replicates: DRAWS,
        covers: Share::NINE_TENTHS,
        seed: 1,
    };
    let level = |v: Option<Vote>| v.map(|v| v as u8 - 1);
    let of_year = |year: i16| {
        let rows = calls.calls.iter().enumerate();
        let rows: Vec<usize> = rows
            .filter(|(_, c)| c.year() == year)
            .map(|r| r.0)
            .collect();
        let side = |seats: &[usize]| -> Vec<Option<u8>> {
            rows.iter()
                .map(|r| level(vote_of(calls, *r, seats)))
                .collect()
        };
        let levels = std::num::NonZeroU8::MIN.saturating_add(2);
        let (a, b) = (side(&a), side(&b));
        let both = |(a, b): &(&Option<u8>, &Option<u8>)| a.is_some() && b.is_some();
        let measures = [
            Measure::S(Distance::Absolute),
            Measure::Kappa(Distance::Squared),
            Measure::Pi(Distance::Nominal),
        ];
        Likeness {
            n: a.iter().zip(&b).filter(both).count() as u32,
            values: measures.map(|m| similarity::likeness(levels, &a, &b, m, &how)),
        }
    };
    years.map(of_year).collect()
}
