//! Turning points, and the evidence that carries them.

use std::collections::BTreeMap;

use tertius_math::hidden_markov::HiddenMarkovError;

use super::shared::{by_role, ids};
use super::{EvidenceChange, EvidencePart, PartKind, RunOptions, TurningPoint, Waterfall};
use crate::roles::Reading;
use crate::roles::because::{ALL, Because, Question, because, because_of_change};
use crate::roles::emission::Piece;
use crate::roles::evidence::Evidence;
use crate::roles::prior_paths::PriorPaths;
use crate::roles::turning::{Turn, bayes_factor, turns};
use crate::vocabulary::{Catalogue, Month, Role, RoleSet};

/// Rows and silences that keep a part of their own in the evidence of a turn and role; the others are one
/// sum. A record of a hundred years has thousands of them for every turn, and as many turns more.
pub const PARTS_OF_TURN: usize = 40;

/// Turning points, and how many windows more the prior alone makes too likely to be told.
pub(super) fn turning_points(
    c: &Catalogue,
    e: &Evidence,
    reading: &Reading,
    prior: &PriorPaths,
) -> (Vec<TurningPoint>, usize) {
    let paths: Vec<Vec<RoleSet>> = reading
        .paths
        .iter()
        .map(|p| p.iter().map(|j| e.sets[*j]).collect())
        .collect();
    let shares =
        |m: BTreeMap<&'static str, f64>| m.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
    let of_roles = |m: &BTreeMap<Role, f64>| {
        by_role(c, |k| {
            m.iter()
                .find(|(r, _)| r.index() == k)
                .map_or(0.0, |(_, x)| *x)
        })
    };
    let found = turns(&paths, &prior.windows);
    let untold = found.untold;
    let told = found
        .told
        .into_iter()
        .map(|t| TurningPoint {
            known_from: known_from(e, reading, &t).map(|m| e.span.month(m)),
            p_prior: t.prior,
            bayes_factor: t.prior.and_then(|q| bayes_factor(t.share, q)),
            from: ids(c, t.from),
            to: ids(c, t.to),
            month: e.span.month(t.month),
            interval_90: [e.span.month(t.interval.0), e.span.month(t.interval.1)],
            p: t.share,
            p_pair: t.pair_share,
            gained: of_roles(&t.gained),
            lost: of_roles(&t.lost),
            replacement: shares(t.replacement),
            composition: shares(t.composition),
        })
        .collect();
    (told, untold)
}

/// The first month, from the interval's first on, in which what was known up to it puts each role that came
/// in most paths above one half, and each that went below it. It is looked for while the turn lasts.
fn known_from(e: &Evidence, reading: &Reading, t: &Turn) -> Option<usize> {
    let most = |m: &BTreeMap<Role, f64>| -> Vec<Role> {
        let all = m.iter().filter(|(_, share)| **share >= 0.5);
        all.map(|(role, _)| *role).collect()
    };
    let (came, went) = (most(&t.gained), most(&t.lost));
    if came.is_empty() && went.is_empty() {
        return None;
    }
    let turned = |table: &[f64], month: usize| {
        let p = |role: &Role| table[month * e.roles.len() + role.index()];
        came.iter().all(|r| p(r) > 0.5) && went.iter().all(|r| p(r) < 0.5)
    };
    (t.interval.0..e.span.len())
        .take_while(|m| *m <= t.interval.1 || turned(&reading.roles, *m))
        .find(|m| turned(&reading.filtered, *m))
}

/// The evidence for each role that a turning point gained or lost: at its month, and over its interval.
pub(super) fn evidence_of_turns(
    c: &Catalogue,
    e: &Evidence,
    reading: &Reading,
    turning: &[TurningPoint],
    o: &RunOptions,
) -> Result<(Vec<Waterfall>, Vec<EvidenceChange>), HiddenMarkovError> {
    let (mut at, mut over) = (Vec::new(), Vec::new());
    for point in turning {
        let month = |m: Month| e.span.index(m);
        let [start, end] = point.interval_90.map(month);
        for role in c.roles() {
            let id = &c.spec(role).id;
            if point.from.contains(id) == point.to.contains(id) {
                continue;
            }
            at.extend(month(point.month).map(|t| (role, t)));
            over.extend(start.zip(end).map(|(a, b)| (role, a.saturating_sub(1), b)));
        }
    }
    if o.evidence_draws == 0 {
        return Ok((Vec::new(), Vec::new()));
    }
    Ok((
        weightiest(c, e, reading, o, &at, PARTS_OF_TURN)?,
        changes(c, e, reading, o, &over)?,
    ))
}

/// The evidence for some roles in some months, each month by its position in the span: every part.
///
/// # Errors
///
/// As [`super::run()`].
pub fn waterfalls(
    c: &Catalogue,
    e: &Evidence,
    reading: &Reading,
    o: &RunOptions,
    questions: &[Question],
) -> Result<Vec<Waterfall>, HiddenMarkovError> {
    weightiest(c, e, reading, o, questions, ALL)
}

fn weightiest(
    c: &Catalogue,
    e: &Evidence,
    reading: &Reading,
    o: &RunOptions,
    questions: &[Question],
    most: usize,
) -> Result<Vec<Waterfall>, HiddenMarkovError> {
    let shown = |(role, t): &Question| reading.roles[t * e.roles.len() + role.index()];
    let log_odds: Vec<f64> = questions.iter().map(|q| logit(shown(q))).collect();
    let (parameters, draws) = (&reading.parameters, o.evidence_draws);
    let all = because(e, &o.reader, parameters, draws, questions, &log_odds, most)?;
    let one = |(q, b): (&Question, &Because)| Waterfall {
        month: e.span.month(q.1),
        role: c.spec(q.0).id.clone(),
        p: shown(q),
        log_odds: b.log_odds,
        parts: parts(e, b),
    };
    Ok(questions.iter().zip(&all).map(one).collect())
}

/// What moved some roles between two months each, `(role, from, to)`: the [`PARTS_OF_TURN`] weightiest
/// parts, and the sum of the others.
///
/// # Errors
///
/// As [`super::run()`].
pub fn changes(
    c: &Catalogue,
    e: &Evidence,
    reading: &Reading,
    o: &RunOptions,
    over: &[(Role, usize, usize)],
) -> Result<Vec<EvidenceChange>, HiddenMarkovError> {
    let at = |role: Role, t: usize| reading.roles[t * e.roles.len() + role.index()];
    let log_odds: Vec<[f64; 2]> = over
        .iter()
        .map(|(r, from, to)| [logit(at(*r, *from)), logit(at(*r, *to))])
        .collect();
    let (parameters, draws) = (&reading.parameters, o.evidence_draws);
    let all = because_of_change(
        e,
        &o.reader,
        parameters,
        draws,
        over,
        &log_odds,
        PARTS_OF_TURN,
    )?;
    Ok(over
        .iter()
        .zip(&log_odds)
        .zip(&all)
        .map(|(((role, from, to), [before, after]), b)| EvidenceChange {
            role: c.spec(*role).id.clone(),
            from_month: e.span.month(*from),
            to_month: e.span.month(*to),
            p_from: at(*role, *from),
            p_to: at(*role, *to),
            log_odds_from: *before,
            log_odds_to: *after,
            parts: parts(e, b),
        })
        .collect())
}

/// Log-odds of a probability that may be rounded to 0 or 1.
fn logit(p: f64) -> f64 {
    let p = p.clamp(1e-12, 1.0 - 1e-12);
    (p / (1.0 - p)).ln()
}

fn parts(e: &Evidence, b: &Because) -> Vec<EvidencePart> {
    let plain = |kind, nats| EvidencePart {
        kind,
        row: None,
        month: None,
        what: None,
        count: None,
        nats,
        mc_error: 0.0,
    };
    let mut parts: Vec<EvidencePart> = b
        .parts
        .iter()
        .map(|(piece, nats, mc)| {
            let mut part = plain(PartKind::Row, *nats);
            part.mc_error = *mc;
            match piece {
                Piece::Act(i) => part.row = Some(e.acts[*i].id.clone()),
                Piece::Answer(i) => part.row = Some(e.measures[*i].id.clone()),
                Piece::Value(i, t) => {
                    part.row = Some(e.series[*i].id.clone());
                    part.month = Some(e.span.month(*t));
                }
                Piece::Volume(t) => {
                    part.kind = PartKind::Silence;
                    part.month = Some(e.span.month(*t));
                    part.what = Some("volume".to_owned());
                }
                Piece::NoAnswer(i, t) => {
                    part.kind = PartKind::Silence;
                    part.month = Some(e.span.month(*t));
                    part.what = Some(e.measures[*i].id.clone());
                }
            }
            part
        })
        .collect();
    parts.sort_by(|a, b| {
        b.nats
            .abs()
            .total_cmp(&a.nats.abs())
            .then_with(|| (&a.row, a.month).cmp(&(&b.row, b.month)))
    });
    parts.insert(0, plain(PartKind::Prior, b.prior));
    if let Some(rest) = b.rest {
        let mut part = plain(PartKind::Rest, rest.nats);
        part.count = Some(rest.count);
        part.mc_error = rest.mc_error;
        parts.push(part);
    }
    parts.push(plain(
        PartKind::ParameterUncertainty,
        b.parameter_uncertainty,
    ));
    parts.push(plain(PartKind::Residual, b.residual));
    parts
}
