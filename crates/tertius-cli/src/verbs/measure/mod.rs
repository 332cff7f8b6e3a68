//! `tertius measure`: one measure over all states and years.

mod agreement;
pub(crate) mod condition;
mod covers;
mod ideal_points;
mod similarity;

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use clap::ValueEnum;
use tertius_data::datasets::un_votes::{self, ISSUES};
use tertius_data::measures::ballots::Issue;
use tertius_data::measures::{self, About};
use tertius_data::states::StateId;
use tertius_report::terminal::hanging;

use self::covers::Covered;
use super::public::Public;
use crate::rows::{Form, Rows};
use crate::screen::{look, print};
use crate::{Ended, help};

/// Fewest draws: the bounds of 90 % are the fifth of a hundred from either end, and of fewer they are its extremes.
const FEWEST_DRAWS: u32 = 100;

/// Draws beyond which an interval gains nothing and memory runs out.
const MOST_DRAWS: u32 = 100_000;

/// What `measure` takes.
#[derive(clap::Args)]
#[command(after_help = help::MEASURE)]
pub(crate) struct Args {
    /// The measure; --list names all.
    #[arg(required_unless_present = "list")]
    name: Option<String>,
    /// Ally, patron and rival, where the measure is about three; the states
    /// whose rows are wanted, of similarity (two or more) and ideal-points:
    /// ISO codes or names.
    #[arg(value_name = "STATE")]
    states: Vec<String>,
    /// A fourth state, for the measures that hold the rival against one.
    #[arg(long, value_name = "STATE")]
    third: Option<String>,
    /// Names every measure, its unit and the datasets that it needs.
    #[arg(long)]
    list: bool,
    /// First year.
    #[arg(long, value_name = "YEAR")]
    from: Option<i16>,
    /// Last year.
    #[arg(long, value_name = "YEAR")]
    to: Option<i16>,
    /// Roll calls of your own: CSV or Parquet with the columns of the UN votes
    /// (rcid, session, ccode, vote, date).
    #[arg(long, value_name = "FILE")]
    votes: Option<PathBuf>,
    /// Votes together by year of the roll call's date, or by session
    /// [default: year].
    #[arg(long, value_enum)]
    by: Option<By>,
    /// Only roll calls about one issue: me, nu, di, hr, co or ec.
    #[arg(long)]
    issue: Option<String>,
    /// What similarity compares [default: votes].
    #[arg(long, value_enum)]
    on: Option<On>,
    /// More columns of similarity, after commas.
    #[arg(long, value_enum, value_delimiter = ',')]
    also: Vec<similarity::Also>,
    /// Weights in similarity: `power`, the capability share of the state allied
    /// with (--on alliances), or a table with the columns rcid and weight.
    #[arg(long, value_name = "power|FILE")]
    weights: Option<String>,
    /// Bounds of 90 % for each similarity, from as many bootstrap draws of the
    /// roll calls: 100 to 100000.
    #[arg(long, value_name = "N", conflicts_with = "weights")]
    draws: Option<u32>,
    /// Climbs of ideal-points from so many starts: whether they agree is told
    /// [default: 1].
    #[arg(long, value_name = "N")]
    starts: Option<NonZeroU32>,
    /// Seed of the draws of similarity, and of the further starts of
    /// ideal-points [default: 0].
    #[arg(long)]
    seed: Option<u64>,
    /// Two states that fix the sign of ideal-points, the higher one first;
    /// may be repeated [default: USA,RUS].
    #[arg(long, value_name = "HIGHER,LOWER")]
    above: Vec<String>,
    /// Where the table goes [default: standard output].
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// What is written.
    #[arg(long, value_enum, default_value = "csv")]
    format: Form,
    #[command(flatten)]
    public: Public,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    Year,
    Session,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum On {
    /// Roll-call votes.
    Votes,
    /// Alliance pledges: none, consultation, neutrality or no attack, defence or offence.
    Alliances,
}

impl By {
    fn period(self) -> un_votes::Period {
        match self {
            By::Year => un_votes::Period::Year,
            By::Session => un_votes::Period::Session,
        }
    }
}

impl Args {
    fn by(&self) -> By {
        self.by.unwrap_or(By::Year)
    }

    /// Refuses a flag that means nothing to what is asked for: it would be taken for heard.
    fn refuse_others(&self, name: &str, meant: &[&str]) -> Result<(), Ended> {
        let given = [
            ("--third", self.third.is_some()),
            ("--from", self.from.is_some()),
            ("--to", self.to.is_some()),
            ("--votes", self.votes.is_some()),
            ("--by", self.by.is_some()),
            ("--issue", self.issue.is_some()),
            ("--on", self.on.is_some()),
            ("--also", !self.also.is_empty()),
            ("--weights", self.weights.is_some()),
            ("--draws", self.draws.is_some()),
            ("--starts", self.starts.is_some()),
            ("--seed", self.seed.is_some()),
            ("--above", !self.above.is_empty()),
            ("STATE", !self.states.is_empty()),
        ];
        let other = |(flag, given): &&(&str, bool)| *given && !meant.contains(flag);
        match given.iter().find(other) {
            Some((flag, _)) => {
                let values = [("flag", (*flag).to_owned()), ("name", name.to_owned())];
                Err(self.public.usage("measure-flag-not", &values))
            }
            None => Ok(()),
        }
    }

    fn issue(&self) -> Result<Issue, Ended> {
        let Some(letters) = &self.issue else {
            return Ok(Issue::Any);
        };
        if self.votes.is_some() {
            return Err(self.public.usage("measure-no-issues", &[]));
        }
        let values = [("issue", letters.clone()), ("issues", ISSUES.join(", "))];
        Issue::named(letters).ok_or_else(|| self.public.usage("measure-no-issue", &values))
    }

    fn calls(&self) -> Result<std::sync::Arc<un_votes::RollCalls>, Ended> {
        self.public
            .votes(self.votes.as_deref(), self.issue.is_some())
    }

    /// Refuses too few draws to find bounds in, and too many to hold.
    fn enough_draws(&self) -> Result<(), Ended> {
        // Members are not drawn from anything: there is no error to be found by drawing them again.
        if self.draws.is_some() && self.on.is_some_and(|on| !matches!(on, On::Votes)) {
            return Err(self.public.usage("measure-draws-of-votes", &[]));
        }
        let enough = FEWEST_DRAWS..=MOST_DRAWS;
        match self.draws {
            Some(n) if !enough.contains(&n) => {
                let values = [
                    ("n", n.to_string()),
                    ("least", FEWEST_DRAWS.to_string()),
                    ("most", MOST_DRAWS.to_string()),
                ];
                Err(self.public.usage("measure-draws", &values))
            }
            _ => Ok(()),
        }
    }

    /// Refuses what is no state of any time, and as many states as the measure is not about.
    fn who(&self, measure: &measures::Measure) -> Result<(), Ended> {
        let above = self.above.iter().flat_map(|pair| pair.split(','));
        let names = self.states.iter().chain(&self.third);
        let names = names.map(String::as_str).chain(above.map(str::trim));
        let key = match (measure.about, self.states.len()) {
            (About::Pairs, 1) => "measure-two-states",
            (About::Pairs | About::States, _) | (About::TriadOrPairs, 0 | 3) => {
                return self.public.known(names);
            }
            (About::Triad, 3) => return self.public.known(names),
            (About::TriadOrPairs, _) => "measure-three-or-none",
            (About::Triad, _) => "measure-three-states",
        };
        let values = [("name", measure.id.to_owned())];
        Err(self.public.usage(key, &values))
    }

    /// The states that are named, in some years; nothing where none is.
    fn named(&self, years: RangeInclusive<i16>) -> Result<Option<BTreeSet<StateId>>, Ended> {
        if self.states.is_empty() {
            return Ok(None);
        }
        let of = |name: &String| self.public.state(name, years.clone());
        let found: Result<_, Ended> = self.states.iter().map(of).collect();
        found.map(Some)
    }

    /// The years of some data that are asked for; all of them where none is.
    fn years_of(&self, span: Option<covers::Years>) -> RangeInclusive<i16> {
        let (first, last) = span.unwrap_or((1946, 1946));
        let (from, to) = (self.from.unwrap_or(first), self.to.unwrap_or(last));
        let wanted = from.max(first)..=to.min(last);
        if wanted.is_empty() {
            first..=last
        } else {
            wanted
        }
    }

    /// The votes as a sentence calls them, with the years of the roll calls that count; where only those about an
    /// issue do, the catalogue's years of all beside them.
    fn covered(&self, span: Option<covers::Years>) -> Vec<Covered> {
        let name = match (&self.votes, &self.issue) {
            (Some(path), _) => path.display().to_string(),
            (None, None) => "un-votes".to_owned(),
            (None, Some(issue)) => format!("un-votes (--issue {issue})"),
        };
        let mut covered = Vec::new();
        if self.issue.is_some() {
            covered.extend(Covered::catalogued(&["un-votes"]));
        }
        covered.push(Covered { name, years: span });
        covered
    }

    fn wants(&self, year: i32) -> bool {
        let year = i16::try_from(year).unwrap_or(i16::MAX);
        self.from.is_none_or(|f| f <= year) && self.to.is_none_or(|t| year <= t)
    }

    /// Writes a table whole or not at all.
    fn write(&self, columns: &[&str], parts: Vec<Rows>) -> Result<(), Ended> {
        let text = Rows::whole(self.format, columns, parts);
        self.public.deliver(self.out.as_deref(), &text)
    }
}

pub(crate) fn run(args: &Args) -> Ended {
    match work(args) {
        Ok(()) => Ended::Done,
        Err(ended) => ended,
    }
}

fn work(args: &Args) -> Result<(), Ended> {
    args.public
        .spare(args.out.as_deref(), args.votes.as_deref())?;
    let Some(name) = args.name.as_deref().filter(|_| !args.list) else {
        return list(args);
    };
    let Some(measure) = measures::find(name) else {
        let known: Vec<&str> = measures::catalogue().iter().map(|m| m.id).collect();
        let values = [("name", name.to_owned()), ("known", known.join(", "))];
        return Err(args.public.usage("measure-none", &values));
    };
    args.in_order()?;
    args.enough_draws()?;
    args.who(measure)?;
    let all = ["--from", "--to", "STATE"];
    let own: &[&str] = match measure.id {
        "similarity" if args.draws.is_some() => &[
            "--votes", "--by", "--issue", "--on", "--also", "--draws", "--seed",
        ],
        "similarity" => &["--votes", "--by", "--issue", "--on", "--also", "--weights"],
        "ideal-points" => &["--votes", "--issue", "--starts", "--seed", "--above"],
        "triad-agreement" => &["--votes", "--by", "--issue"],
        "third-party-threat" | "patron-decline" => &["--third"],
        _ => &[],
    };
    args.refuse_others(measure.id, &[&all, own].concat())?;
    match measure.id {
        "similarity" => similarity::run(args),
        "ideal-points" => ideal_points::run(args),
        "triad-agreement" => agreement::run(args),
        id => condition::run(args, id),
    }
}

fn list(args: &Args) -> Result<(), Ended> {
    args.refuse_others("--list", &[])?;
    if let Some(name) = &args.name {
        let values = [("flag", name.clone()), ("name", "--list".to_owned())];
        return Err(args.public.usage("measure-flag-not", &values));
    }
    let columns = ["name", "unit", "needs", "datasets", "what"];
    if args.format == Form::Csv && args.out.is_none() {
        // For the eye: a name, and what it is under it.
        let mut text = String::new();
        for m in measures::catalogue() {
            let line = m.line.get(args.public.lang);
            let unit = m.unit.get(args.public.lang);
            let needs = format!("{}: {}", needs(m.about, args), m.datasets.join(", "));
            text.push_str(m.id);
            for said in [format!("{line} ({unit})"), needs] {
                let said = hanging(&format!("  {said}"), look().width, 4);
                text.push_str(&format!("\n{said}"));
            }
            text.push('\n');
        }
        print(&text);
        return Ok(());
    }
    let mut rows = Rows::new(args.format, &columns);
    for m in measures::catalogue() {
        rows.text(m.id);
        rows.text(m.unit.get(args.public.lang));
        rows.text(&needs(m.about, args));
        rows.text(&m.datasets.join(" "));
        rows.text(m.line.get(args.public.lang));
    }
    args.write(&columns, vec![rows])
}

fn needs(about: About, args: &Args) -> String {
    let key = match about {
        About::Pairs => "measure-about-pairs",
        About::States => "measure-about-states",
        About::Triad => "measure-about-triad",
        About::TriadOrPairs => "measure-about-triad-or-pairs",
    };
    crate::screen::message(args.public.lang, key, &[])
}
