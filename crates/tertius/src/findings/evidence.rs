//! Turning points, and the evidence that carries them.

use std::collections::BTreeMap;

use tertius_math::hidden_markov::HiddenMarkovError;

use super::shared::ids;
use super::{EvidencePart, PartKind, RunOptions, TurningPoint, Waterfall};
use crate::roles::Reading;
use crate::roles::because::because;
use crate::roles::emission::Piece;
use crate::roles::evidence::Evidence;
use crate::roles::turning::turns;
use crate::vocabulary::{Catalogue, RoleSet};

pub(super) fn turning_points(c: &Catalogue, e: &Evidence, reading: &Reading) -> Vec<TurningPoint> {
    let paths: Vec<Vec<RoleSet>> = reading
        .paths
        .iter()
        .map(|p| p.iter().map(|j| e.sets[*j]).collect())
        .collect();
    let shares =
        |m: BTreeMap<&'static str, f64>| m.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
    turns(&paths)
        .into_iter()
        .map(|t| TurningPoint {
            from: ids(c, t.from),
            to: ids(c, t.to),
            month: e.span.month(t.month),
            interval_90: [e.span.month(t.interval.0), e.span.month(t.interval.1)],
            p: t.share,
            replacement: shares(t.replacement),
            composition: shares(t.composition),
        })
        .collect()
}

/// The evidence for each role that a turning point gained or lost, at its month.
pub(super) fn waterfalls(
    c: &Catalogue,
    e: &Evidence,
    reading: &Reading,
    turning: &[TurningPoint],
    o: &RunOptions,
) -> Result<Vec<Waterfall>, HiddenMarkovError> {
    let mut found = Vec::new();
    for point in turning {
        let Some(t) = e.span.index(point.month) else {
            continue;
        };
        for role in c.roles() {
            let id = &c.spec(role).id;
            if point.from.contains(id) != point.to.contains(id) {
                found.push(waterfall(c, e, reading, o, role.index(), t)?);
            }
        }
    }
    Ok(found)
}

/// The evidence for one role in one month.
///
/// # Errors
///
/// As [`run`].
pub fn waterfall(
    c: &Catalogue,
    e: &Evidence,
    reading: &Reading,
    o: &RunOptions,
    role: usize,
    t: usize,
) -> Result<Waterfall, HiddenMarkovError> {
    let p = reading.roles[t * e.roles.len() + role];
    let b = because(
        e,
        &o.reader,
        &reading.parameters,
        o.evidence_draws,
        e.roles[role],
        t,
        p,
    )?;
    let plain = |kind, nats| EvidencePart {
        kind,
        row: None,
        month: None,
        what: None,
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
    parts.push(plain(
        PartKind::ParameterUncertainty,
        b.parameter_uncertainty,
    ));
    parts.push(plain(PartKind::Residual, b.residual));
    let id = c.spec(e.roles[role]).id.clone();
    Ok(Waterfall {
        month: e.span.month(t),
        role: id,
        p,
        log_odds: b.log_odds,
        parts,
    })
}
