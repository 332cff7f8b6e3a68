//! Records with known issues: each follows the whole, but for one that another role leads for a while.

use rand::{Rng, RngExt};
use rand_distr::{Distribution, Gamma};
use tertius_math::hidden_markov::HiddenMarkovError;

use super::{Intensity, Regime, Simulated, draw_parameters, draw_roles, simulate_measures, tell};
use crate::roles::evidence::Evidence;
use crate::roles::options::ReaderOptions;
use crate::roles::parameters::Parameters;
use crate::vocabulary::{Catalogue, Effect, Role, RoleSet, Span};

/// An issue led by a role that the whole does not play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excursion {
    /// The issue.
    pub issue: usize,
    /// The role.
    pub role: Role,
    /// Position of the issue's set.
    pub set: usize,
    /// First month.
    pub from: usize,
    /// Months.
    pub months: usize,
}

/// Issues of a record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// How many.
    pub issues: usize,
    /// How evenly a class falls to them: concentration of a symmetric Dirichlet law.
    pub concentration: f64,
    /// Months for which one of them leaves the whole; 0: none does.
    pub away: usize,
}

/// A record with known issues.
#[derive(Clone, Debug, PartialEq)]
pub struct SimulatedIssues {
    /// The record; its path is that of the whole.
    pub record: Simulated,
    /// The parameters that it came from.
    pub parameters: Parameters,
    /// The issue that left the whole, if one did.
    pub excursion: Option<Excursion>,
}

/// A record of `span` with issues, under a regime, at given parameters or at a draw of them; measures
/// belong to the first issue. With `away` above 0 one issue leaves the whole for so many months in which the whole stays as it is: it
/// is led by a role that the whole lacks, half the time alone, half the time beside the roles of the whole.
/// Which issue, is drawn by the shares of the role's anchor classes. Where the whole never stays so long it
/// is made to stay as it begins.
///
/// # Errors
///
/// Only if the catalogue's priors are no numbers.
pub fn simulate_issues(
    catalogue: &Catalogue,
    span: Span,
    regime: &Regime,
    layout: &Layout,
    parameters: Option<Parameters>,
    rng: &mut impl Rng,
) -> Result<SimulatedIssues, HiddenMarkovError> {
    let nothing = Evidence::nothing(catalogue, span);
    let options = ReaderOptions::default();
    let p = match parameters {
        Some(p) => p,
        None => draw_parameters(catalogue, &nothing, regime, &options, rng),
    };
    let mut path = draw_roles(&nothing, &p, &options, rng)?;
    let issues = layout.issues;
    let shares: Vec<Vec<f64>> = (0..nothing.classes())
        .map(|_| dirichlet(issues, layout.concentration, rng))
        .collect();
    let away = layout.away.min(span.len());
    let excursion = if away > 0 {
        leave(&nothing, &mut path, &shares, away, rng)
    } else {
        None
    };
    let of_issue = |issue: usize| -> Vec<usize> {
        let mut own = path.clone();
        if let Some(x) = excursion.filter(|x| x.issue == issue) {
            own[x.from..x.from + x.months].fill(x.set);
        }
        own
    };
    let paths: Vec<Vec<usize>> = (0..issues).map(of_issue).collect();
    let mut intensity = Intensity::new(regime, rng);
    let mut acts = Vec::new();
    for t in 0..span.len() {
        let log_intensity = intensity.next(t, regime, rng);
        for (class, shares) in shares.iter().enumerate() {
            for (issue, share) in shares.iter().enumerate() {
                let set = nothing.sets[paths[issue][t]];
                let effects = nothing.roles.iter().zip(&p.effect[class]);
                let on: f64 = effects.filter(|(r, _)| set.has(**r)).map(|(_, x)| x).sum();
                let rate = share * (p.log_rate(class) + on + log_intensity).exp();
                let what = (class, Some(issue));
                tell(what, rate, (span, t), regime, rng, &mut acts);
            }
        }
    }
    acts.sort_by_key(|a| (a.class, a.day));
    let measures = match paths.first() {
        Some(first) => simulate_measures(&nothing, &p, first, regime, &options, rng),
        None => Vec::new(),
    };
    let record = Simulated {
        span,
        path,
        acts,
        measures,
    };
    Ok(SimulatedIssues {
        record,
        parameters: p,
        excursion,
    })
}

fn dirichlet(n: usize, concentration: f64, rng: &mut impl Rng) -> Vec<f64> {
    let part =
        |rng: &mut _| Gamma::new(concentration, 1.0).map_or(1.0, |g: Gamma<f64>| g.sample(rng));
    // A part that is rounded to nothing would leave nothing to divide by, were all of them so.
    let parts: Vec<f64> = (0..n).map(|_| part(rng).max(1e-12)).collect();
    let sum: f64 = parts.iter().sum();
    parts.iter().map(|x| x / sum).collect()
}

/// Chooses a stretch in which the whole stays, a role that it lacks there, and an issue.
fn leave(
    e: &Evidence,
    path: &mut [usize],
    shares: &[Vec<f64>],
    away: usize,
    rng: &mut impl Rng,
) -> Option<Excursion> {
    let mut starts = steady(path, away);
    if starts.is_empty() {
        let first = *path.first()?;
        path.fill(first);
        starts = steady(path, away);
    }
    let from = starts[rng.random_range(0..starts.len())];
    let whole = e.sets[path[from]];
    let lacking: Vec<Role> = e.roles.iter().copied().filter(|r| !whole.has(*r)).collect();
    if lacking.is_empty() {
        return None;
    }
    // A role and an issue with some of the role's anchor acts and not most of them: with none there is
    // nothing to see, with most it is the whole that turns.
    let share = |role: &Role, issue: usize| {
        let anchors = e.effects.iter().zip(shares);
        let anchors = anchors.filter(|(x, _)| x[role.index()] == Some(Effect::Anchor));
        let (mut sum, mut n) = (0.0, 0.0);
        for (_, shares) in anchors {
            sum += shares[issue];
            n += 1.0;
        }
        if n > 0.0 { sum / n } else { 0.0 }
    };
    let issues = shares.first().map_or(0, Vec::len);
    let pairs: Vec<(Role, usize)> = lacking
        .iter()
        .flat_map(|role| (0..issues).map(|issue| (*role, issue)))
        .filter(|(role, issue)| (0.15..=0.5).contains(&share(role, *issue)))
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let (role, issue) = pairs[rng.random_range(0..pairs.len())];
    let alone = RoleSet::EMPTY.with(role);
    let set = if rng.random() {
        alone
    } else {
        whole.with(role)
    };
    Some(Excursion {
        issue,
        role,
        set: e.sets.iter().position(|z| *z == set)?,
        from,
        months: away,
    })
}

/// Months from which the path stays as it is for `away` months.
fn steady(path: &[usize], away: usize) -> Vec<usize> {
    let windows = path.windows(away).enumerate();
    windows
        .filter(|(_, w)| w.iter().all(|z| *z == w[0]))
        .map(|(t, _)| t)
        .collect()
}
