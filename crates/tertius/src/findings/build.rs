//! From a record to findings: interests, rule, reading, turning points, evidence.

use std::collections::{BTreeMap, BTreeSet};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use tertius_math::hidden_markov::HiddenMarkovError;

use super::rows;
use super::{
    Band, ByRole, CatalogueFinding, ClassFinding, CoderFinding, ConditionFinding, CoverageFinding,
    EvidencePart, Findings, Flag, InterestFinding, IssueFinding, IssueMonth, MonthFinding,
    PartKind, PriorPredictive, Provenance, PublishedReading, RoleFinding, RuleFinding, SCHEMA,
    Sensitivity, SensitivityCell, SetProbability, Strain, TraceInput, TraceStep, TriadFinding,
    TurningPoint, Waterfall,
};
use crate::interests::conditions::Conditions;
use crate::interests::month::{MonthInterests, RuleRun, interests_of, rule_over_time};
use crate::interests::rule::{Outcome, RuleOptions};
use crate::interests::{Measured, posture::PostureOptions};
use crate::record::{Cited, Diagnostic, Record};
use crate::roles::because::because;
use crate::roles::emission::Piece;
use crate::roles::evidence::Evidence;
use crate::roles::parameters::Priors;
use crate::roles::strain::strain;
use crate::roles::turning::turns;
use crate::roles::{Pairs, ReaderOptions, Reading};
use crate::vocabulary::{Catalogue, Effect, RoleSet, Span};

/// Settings of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunOptions {
    /// Of the reader.
    pub reader: ReaderOptions,
    /// Of the rule.
    pub rule: RuleOptions,
    /// Of interests.
    pub posture: PostureOptions,
    /// Seed of every draw.
    pub seed: u64,
    /// Draws of the parameters over which evidence is averaged.
    pub evidence_draws: usize,
    /// Whether to read again under other choices.
    pub sensitivity: bool,
    /// Read as if this source had not been found: rows that rest on it alone are left out.
    pub without_source: Option<String>,
}

impl Default for RunOptions {
    fn default() -> Self {
        RunOptions {
            reader: ReaderOptions::default(),
            rule: RuleOptions::default(),
            posture: PostureOptions::default(),
            seed: 20_231_101,
            evidence_draws: 8,
            sensitivity: true,
            without_source: None,
        }
    }
}

/// A run with everything that further questions need: findings, and the reading that they came from.
pub struct Run {
    /// What was found.
    pub findings: Findings,
    /// What roles were read from.
    pub evidence: Evidence,
    /// The reading.
    pub reading: Reading,
}

/// Reads a record. `tick` is told which step begins, for whoever waits.
///
/// # Errors
///
/// As [`crate::roles::read`]: no checked record gives one.
pub fn run(
    record: &Record,
    diagnostics: Vec<Diagnostic>,
    o: &RunOptions,
    tick: &mut dyn FnMut(&'static str),
) -> Result<Run, HiddenMarkovError> {
    let without = o
        .without_source
        .as_ref()
        .map(|key| without_source(record, key));
    let record = without.as_ref().unwrap_or(record);
    tick("interests");
    let catalogue = &record.case.catalogue;
    let mut rng = ChaCha8Rng::seed_from_u64(o.seed);
    let interests: Vec<MonthInterests> = record
        .case
        .span
        .months()
        .map(|m| interests_of(record, m, &o.posture, &mut rng))
        .collect();
    let rule = rule_over_time(record, &interests, &o.rule);
    tick("roles");
    let evidence = Evidence::of(record, &o.reader);
    let priors = Priors::new(catalogue, &evidence, &o.reader);
    let reading = crate::roles::read(&evidence, &priors, &o.reader, o.seed)?;
    tick("evidence");
    let turning = turning_points(catalogue, &evidence, &reading);
    let waterfalls = waterfalls(catalogue, &evidence, &reading, &turning, o)?;
    tick("sensitivity");
    let months = months(record, &interests, &rule, &evidence, &reading);
    let readings = published(record, &months);
    let sensitivity = if o.sensitivity && !o.reader.fast {
        sensitivity(record, o)?
    } else {
        Vec::new()
    };
    let case = &record.case;
    let findings = Findings {
        schema: SCHEMA.to_owned(),
        case: case.id.clone(),
        title: case.title.clone(),
        triad: TriadFinding {
            ally: case.triad.ally().code().to_owned(),
            patron: case.triad.patron().code().to_owned(),
            rival: case.triad.rival().code().to_owned(),
        },
        as_of: case.as_of,
        from: case.span.first(),
        to: case.span.last(),
        resolution: "month".to_owned(),
        provenance: provenance(record, &reading, o),
        catalogue: catalogue_finding(catalogue),
        actors: rows::actors(record),
        issues: case
            .issues
            .iter()
            .map(|i| IssueFinding {
                id: i.id.clone(),
                family: i.family,
                name: i.name.clone(),
            })
            .collect(),
        coders: case
            .coders
            .iter()
            .map(|c| CoderFinding {
                id: c.id.clone(),
                kind: c.kind.clone(),
                note: c.note.clone(),
            })
            .collect(),
        months,
        turning_points: turning,
        penetrations: Vec::new(),
        waterfalls,
        strain: strain(record, o.seed)
            .into_iter()
            .map(|s| Strain {
                month: s.month,
                n_expected: s.expected,
                n_declared: s.declared,
                strain: s.values.map(|v| v.2),
                total_variation: s.values.map(|v| v.0),
                permutation_mean: s.values.map(|v| v.1),
            })
            .collect(),
        readings,
        sensitivity,
        prior_predictive: prior_predictive(catalogue, &evidence, &priors, o)?,
        article_flags: catalogue.framework_notes().to_vec(),
        rows: rows::rows(record),
        sources: rows::sources(record),
        series: rows::series(record),
        coverage: record
            .coverage
            .iter()
            .map(|c| CoverageFinding {
                what: c.what.clone(),
                from: c.span.first(),
                to: c.span.last(),
                exhaustive: c.exhaustive,
                coder: c.coder.clone(),
                note: c.note.clone(),
            })
            .collect(),
        hidden_rows: record.hidden,
        diagnostics,
    };
    Ok(Run {
        findings,
        evidence,
        reading,
    })
}

/// The record without the rows that rest on one source alone.
fn without_source(record: &Record, key: &str) -> Record {
    let mut r = record.clone();
    let keep = |c: &Cited| c.sources.iter().any(|s| s != key);
    r.behaviours.retain(|x| keep(&x.cited));
    r.conditions.retain(|x| keep(&x.cited));
    r.surroundings.retain(|x| keep(&x.cited));
    r.measures.retain(|x| keep(&x.cited));
    r.positions.retain(|x| keep(&x.cited));
    r.statements.retain(|x| keep(&x.cited));
    r
}

fn ids(catalogue: &Catalogue, set: RoleSet) -> Vec<String> {
    catalogue.ids(set).into_iter().map(str::to_owned).collect()
}

fn by_role<T>(catalogue: &Catalogue, value: impl Fn(usize) -> T) -> ByRole<T> {
    catalogue
        .roles()
        .map(|r| (catalogue.spec(r).id.clone(), value(r.index())))
        .collect()
}

fn catalogue_finding(c: &Catalogue) -> CatalogueFinding {
    CatalogueFinding {
        id: c.id().to_owned(),
        citation: c.citation().to_owned(),
        name: c.name().clone(),
        roles: c
            .roles()
            .map(|r| {
                let s = c.spec(r);
                RoleFinding {
                    id: s.id.clone(),
                    letter: s.letter.clone(),
                    name: s.name.clone(),
                    gloss: s.gloss.clone(),
                }
            })
            .collect(),
        classes: c
            .classes()
            .iter()
            .map(|k| {
                let mut speaks: Vec<(&Effect, &String)> =
                    k.effects.iter().map(|(r, e)| (e, r)).collect();
                speaks.sort_by_key(|(e, r)| (**e != Effect::Anchor, (*r).clone()));
                ClassFinding {
                    id: k.id.as_str().to_owned(),
                    stream: k.stream,
                    name: k.name.clone(),
                    speaks_for: speaks.into_iter().map(|(_, r)| r.clone()).collect(),
                }
            })
            .collect(),
    }
}

fn provenance(record: &Record, reading: &Reading, o: &RunOptions) -> Provenance {
    let sampled = !o.reader.fast;
    let worst = reading.mc_error.iter().copied().fold(0.0, f64::max);
    let mut options = BTreeMap::new();
    for (name, value) in [
        ("reader", format!("{:?}", o.reader)),
        ("rule", format!("{:?}", o.rule)),
        ("posture", format!("{:?}", o.posture)),
        ("evidence_draws", o.evidence_draws.to_string()),
    ] {
        options.insert(name.to_owned(), value);
    }
    let converged = sampled && worst < 0.05 && reading.r_hat.is_some_and(|r| r < 1.1);
    Provenance {
        program: concat!("tertius ", env!("CARGO_PKG_VERSION")).to_owned(),
        seed: o.seed,
        approximate: o.reader.fast,
        options,
        inputs: record.inputs.clone(),
        chains: if sampled { o.reader.chains } else { 0 },
        draws: reading.draws,
        worst_mc_error: sampled.then_some(worst),
        worst_r_hat: reading.r_hat,
        converged,
    }
}

fn months(
    record: &Record,
    interests: &[MonthInterests],
    rule: &[RuleRun],
    e: &Evidence,
    reading: &Reading,
) -> Vec<MonthFinding> {
    let c = &record.case.catalogue;
    let (s, r) = (e.sets.len(), e.roles.len());
    let plain = record.case.span.months().enumerate();
    plain
        .map(|(t, month)| {
            let at = |table: &[f64], k: usize| table[t * r + k];
            let of_sets = &reading.sets[t * s..(t + 1) * s];
            let mut order: Vec<usize> = (0..s).collect();
            order.sort_by(|a, b| of_sets[*b].total_cmp(&of_sets[*a]).then(a.cmp(b)));
            let top = |n: usize| order.iter().take(n).map(|j| (e.sets[*j], of_sets[*j]));
            let both = e.answer_roles.map(|(f, b)| {
                e.sets
                    .iter()
                    .zip(of_sets)
                    .filter(|(z, _)| z.has(f) && z.has(b))
                    .map(|(_, p)| p)
                    .sum()
            });
            let mut flags = Vec::new();
            for role in c.roles() {
                if at(&reading.start_gap, role.index()) > 0.2 {
                    flags.push(Flag::new("mode_split").with("role", &c.spec(role).id));
                }
            }
            let band = |low: usize, high: usize| {
                by_role(c, |k| -> Band {
                    [
                        at(&reading.quantiles[low], k),
                        at(&reading.quantiles[high], k),
                    ]
                })
            };
            MonthFinding {
                month,
                roles: by_role(c, |k| at(&reading.roles, k)),
                filtered: by_role(c, |k| at(&reading.filtered, k)),
                set: top(1).next().map_or_else(Vec::new, |(z, _)| ids(c, z)),
                sets: top(3)
                    .map(|(z, p)| SetProbability { set: ids(c, z), p })
                    .collect(),
                bands_50: band(0, 1),
                bands_90: band(2, 3),
                mc_error: by_role(c, |k| at(&reading.mc_error, k)),
                conflict_performed: both,
                rule: rule_finding(&rule[t]),
                interests: interest_finding(&interests[t]),
                issues: issue_findings(record, &interests[t]),
                conditions: condition_findings(&interests[t].conditions),
                flags,
            }
        })
        .collect()
}

fn rule_finding(run: &RuleRun) -> RuleFinding {
    let words = |l: &BTreeSet<&'static str>| l.iter().map(|x| (*x).to_owned()).collect::<Vec<_>>();
    let x = &run.expected;
    let trace = x.trace.iter().map(|s| {
        let (step, test) = s.id.names();
        TraceStep {
            step: step.to_owned(),
            test: test.to_owned(),
            inputs: s
                .inputs
                .iter()
                .map(|(name, v)| TraceInput {
                    name: (*name).to_owned(),
                    value: v.map(|m| m.mid),
                    interval: v.map(Measured::band),
                })
                .collect(),
            threshold: s.threshold,
            margin: s.margin,
            outcome: match s.outcome {
                Outcome::Yes => "yes",
                Outcome::No => "no",
                Outcome::Either => "either",
            }
            .to_owned(),
            uses_behaviour: s.id.uses_behaviour(),
        }
    });
    RuleFinding {
        labels: x.labels.as_ref().map(words).unwrap_or_default(),
        labels_with_acts: x.labels_with_acts.as_ref().map(words).unwrap_or_default(),
        possible: x.possible.iter().map(words).collect(),
        subtypes: x.subtypes.iter().map(|s| (*s).to_owned()).collect(),
        pathway: run.pathway.map(|p| p.id().to_owned()),
        flags: x.flags.iter().map(|s| (*s).to_owned()).collect(),
        trace: trace.collect(),
    }
}

fn interest_finding(i: &MonthInterests) -> InterestFinding {
    let rival = i.rival.as_ref();
    InterestFinding {
        divergence: rival.map(|o| o.divergence.mid),
        divergence_90: rival.map(|o| o.divergence.band()),
        overlap: rival.map(|o| 1.0 - o.divergence.mid),
        signed_gap: rival.map(|o| o.signed_gap.mid),
        signed_gap_90: rival.map(|o| o.signed_gap.band()),
        congruence: i.congruence.map(|m| m.mid),
        congruence_90: i.congruence.map(Measured::band),
        ambition: i.ambition.map(|m| m.mid),
        ambition_90: i.ambition.map(Measured::band),
    }
}

fn issue_findings(record: &Record, i: &MonthInterests) -> Vec<IssueMonth> {
    record
        .case
        .issues
        .iter()
        .zip(&i.issues)
        .enumerate()
        .map(|(k, (issue, x))| {
            let mid = |p: &Option<crate::interests::posture::Posture>| {
                p.as_ref().map(|p| p.quantile(0.5))
            };
            let band = |p: &Option<crate::interests::posture::Posture>| {
                p.as_ref().map(|p| [p.quantile(0.05), p.quantile(0.95)])
            };
            let mut rows: Vec<String> = Vec::new();
            for p in [&x.ally, &x.patron, &x.expected].into_iter().flatten() {
                rows.extend(p.rows.iter().take(4).cloned());
            }
            let gap = i.gaps.get(k).copied().flatten();
            IssueMonth {
                issue: issue.id.clone(),
                ally: mid(&x.ally),
                ally_90: band(&x.ally),
                patron: mid(&x.patron),
                patron_90: band(&x.patron),
                expected: mid(&x.expected),
                weight: i.weights.get(k).copied().flatten(),
                overlap: gap.map(|g| 1.0 - 0.5 * g),
                rows,
            }
        })
        .collect()
}

fn condition_findings(conditions: &Conditions) -> Vec<ConditionFinding> {
    conditions
        .all
        .iter()
        .map(|c| {
            let value = c.value.value();
            ConditionFinding {
                indicator: c.indicator.to_owned(),
                value: value.map(|m| m.mid),
                interval: value.map(Measured::band),
                series: c.series.clone(),
                period: c.period,
            }
        })
        .collect()
}

fn turning_points(c: &Catalogue, e: &Evidence, reading: &Reading) -> Vec<TurningPoint> {
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
fn waterfalls(
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

/// Means of ours, and shares of the rule's labels, over the period of each published reading.
fn published(record: &Record, months: &[MonthFinding]) -> Vec<PublishedReading> {
    let c = &record.case.catalogue;
    record
        .case
        .readings
        .iter()
        .map(|r| {
            let inside: Vec<&MonthFinding> = months
                .iter()
                .filter(|m| r.span.index(m.month).is_some())
                .collect();
            let n = inside.len().max(1) as f64;
            let mean = |id: &str| inside.iter().map(|m| m.roles[id]).sum::<f64>() / n;
            let mut labels: BTreeMap<Vec<String>, f64> = BTreeMap::new();
            for m in &inside {
                *labels.entry(m.rule.labels.clone()).or_default() += 1.0 / n;
            }
            let middle = inside.get(inside.len() / 2);
            PublishedReading {
                id: r.id.clone(),
                name: r.name.clone(),
                from: r.span.first(),
                to: r.span.last(),
                roles: r.roles.clone(),
                source: r.source.clone(),
                note: r.note.clone(),
                ours: c
                    .roles()
                    .map(|k| c.spec(k).id.clone())
                    .map(|id| (id.clone(), mean(&id)))
                    .collect(),
                ours_bands_90: middle.map(|m| m.bands_90.clone()).unwrap_or_default(),
                rule: labels
                    .into_iter()
                    .map(|(set, p)| SetProbability { set, p })
                    .collect(),
            }
        })
        .collect()
}

/// The reading under other choices, by the periods of the published readings; shorter chains.
fn sensitivity(record: &Record, o: &RunOptions) -> Result<Vec<Sensitivity>, HiddenMarkovError> {
    type Change = fn(&mut ReaderOptions);
    let variants: [(&str, Change); 5] = [
        ("as_read", |_| {}),
        ("pairs_every_month", |r| r.pairs = Pairs::EveryMonth),
        ("pairs_never", |r| r.pairs = Pairs::Never),
        ("volume_off", |r| r.volume = false),
        ("without_severity", |r| r.severity = false),
    ];
    let mut found = Vec::new();
    for (id, change) in variants {
        let mut reader = o.reader.clone();
        reader.sweeps = (reader.sweeps / 4).max(50);
        change(&mut reader);
        let evidence = Evidence::of(record, &reader);
        let priors = Priors::new(&record.case.catalogue, &evidence, &reader);
        let reading = crate::roles::read(&evidence, &priors, &reader, o.seed)?;
        let cells = record
            .case
            .readings
            .iter()
            .map(|r| SensitivityCell {
                period: r.id.clone(),
                roles: period_means(&record.case.catalogue, &evidence, &reading, r.span),
            })
            .collect();
        found.push(Sensitivity {
            id: id.to_owned(),
            cells,
        });
    }
    Ok(found)
}

fn period_means(c: &Catalogue, e: &Evidence, reading: &Reading, span: Span) -> ByRole<f64> {
    let months: Vec<usize> = span.months().filter_map(|m| e.span.index(m)).collect();
    let n = months.len().max(1) as f64;
    by_role(c, |k| {
        months
            .iter()
            .map(|t| reading.roles[t * e.roles.len() + k])
            .sum::<f64>()
            / n
    })
}

/// What the prior alone expects of a record of this length.
fn prior_predictive(
    c: &Catalogue,
    e: &Evidence,
    priors: &Priors,
    o: &RunOptions,
) -> Result<PriorPredictive, HiddenMarkovError> {
    use rand::RngExt;
    const DRAWS: usize = 400;
    let mut rng = ChaCha8Rng::seed_from_u64(o.seed);
    let (t, s, r) = (e.span.len(), e.sets.len(), e.roles.len());
    let mut shares = vec![Vec::with_capacity(DRAWS); r];
    let (mut changes, mut acts) = (Vec::new(), Vec::new());
    for _ in 0..DRAWS {
        let p = priors.draw(&mut rng);
        let (initial, transition) = crate::roles::gibbs::laws(e, &p, &o.reader)?;
        let mut pick = |law: &[f64]| {
            let mut left: f64 = rng.random();
            law.iter()
                .position(|x| {
                    left -= x;
                    left < 0.0
                })
                .unwrap_or(law.len() - 1)
        };
        let mut z = pick(&initial);
        let (mut on, mut turned, mut volume) = (vec![0.0; r], 0.0, 0.0);
        for _ in 0..t {
            let next = pick(&transition[z * s..(z + 1) * s]);
            turned += f64::from(u8::from(next != z));
            z = next;
            for (k, role) in e.roles.iter().enumerate() {
                on[k] += f64::from(u8::from(e.sets[z].has(*role)));
            }
            for (d, effects) in p.deviation.iter().zip(&p.effect) {
                let active = e
                    .roles
                    .iter()
                    .zip(effects)
                    .filter(|(role, _)| e.sets[z].has(**role));
                volume += (p.level + d + active.map(|(_, x)| x).sum::<f64>()).exp();
            }
        }
        for (k, x) in on.iter().enumerate() {
            shares[k].push(x / t as f64);
        }
        changes.push(12.0 * turned / t as f64);
        acts.push(12.0 * volume / t as f64);
    }
    let points = |x: &mut Vec<f64>| {
        x.sort_by(f64::total_cmp);
        [0.05, 0.5, 0.95].map(|u| x[((x.len() - 1) as f64 * u).round() as usize])
    };
    let share_on = c
        .roles()
        .zip(shares.iter_mut())
        .map(|(role, x)| (c.spec(role).id.clone(), points(x)))
        .collect();
    Ok(PriorPredictive {
        share_on,
        changes_a_year: points(&mut changes),
        acts_a_year: points(&mut acts),
    })
}
