//! From a record to findings: interests, rule, reading, turning points, evidence.

use tertius_math::hidden_markov::HiddenMarkovError;

use super::choices::{flag_months, prior_finding, sensitivity};
use super::evidence::{evidence_of_turns, turning_points};
use super::fragility::fragile;
use super::issues::{issue_roles, penetrations};
use super::months::months;
use super::partings::{agreement, partings};
use super::published::published;
use super::read_from::{prior_on, read_from};
use super::rows;
use super::{
    CatalogueFinding, ClassFinding, CoderFinding, CoverageFinding, Findings, IssueFinding,
    Provenance, RoleFinding, SCHEMA, Strain, TriadFinding,
};
use crate::interests::InterestOptions;
use crate::interests::baseline::Baselines;
use crate::interests::month::{MonthInterests, interests_of, rule_over_time};
use crate::interests::paths::Paths;
use crate::interests::rule::RuleOptions;
use crate::record::{Cited, Diagnostic, Record};
use crate::roles::evidence::Evidence;
use crate::roles::flags::variants;
use crate::roles::issues::read_issues;
use crate::roles::parameters::Priors;
use crate::roles::prior_paths::{self, prior_paths};
use crate::roles::prior_predictive::prior_predictive;
use crate::roles::strain::strain;
use crate::roles::threads::{beside, in_threads};
use crate::roles::{ReaderOptions, Reading};
use crate::vocabulary::{Catalogue, Effect, Month};

/// Draws from the prior behind the figures of what it expects: a share has then a standard error of .025
/// at most.
const PRIOR_DRAWS: usize = 400;

/// Settings of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunOptions {
    /// Of the reader.
    pub reader: ReaderOptions,
    /// Of the rule.
    pub rule: RuleOptions,
    /// Of interests.
    pub interests: InterestOptions,
    /// Seed of every draw.
    pub seed: u64,
    /// Draws of the parameters over which evidence is averaged; 0: it is not taken apart.
    pub evidence_draws: usize,
    /// Whether to read again under other choices.
    pub sensitivity: bool,
    /// Whether to look for the fewest rows that a label rests on, which takes about as long as the reading.
    pub fragility: bool,
    /// Read as if this source had not been found: rows that rest on it alone are left out.
    pub without_source: Option<String>,
}

impl Default for RunOptions {
    fn default() -> Self {
        RunOptions {
            reader: ReaderOptions::default(),
            rule: RuleOptions::default(),
            interests: InterestOptions::default(),
            seed: 20_231_101,
            evidence_draws: 8,
            sensitivity: true,
            fragility: false,
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
    let interests = interests_of_months(record, &o.interests);
    tick("roles");
    let evidence = Evidence::of(record, &o.reader);
    let priors = Priors::new(catalogue, &evidence, &o.reader);
    // What rests on neither the reading nor the other is made beside it.
    let ((rule, strain, prior, still), reading) = beside(
        || {
            (
                rule_over_time(record, &interests, &o.rule, &o.interests.posture),
                strain(record, o.seed),
                prior_predictive(&evidence, &priors, &o.reader, PRIOR_DRAWS, o.seed),
                prior_paths(&evidence, &priors, &o.reader, prior_paths::DRAWS, o.seed),
            )
        },
        || crate::roles::read(&evidence, &priors, &o.reader, o.seed),
    );
    let (prior, still, reading) = (prior?, still?, reading?);
    tick("evidence");
    let of_turns = || {
        let turning = turning_points(catalogue, &evidence, &reading, &still);
        let parts = evidence_of_turns(catalogue, &evidence, &reading, &turning.0, o)?;
        Ok((turning, parts))
    };
    let of_issues = || read_issues(&evidence, &priors, &o.reader, &reading, o.seed);
    let mut months = months(record, &interests, &rule, &evidence, &reading);
    let readings = published(record, &evidence, &reading, &months);
    let again = o.sensitivity && !o.reader.fast;
    let (of_turns, (issues, others)) = beside(of_turns, || {
        tick("sensitivity");
        beside(of_issues, || {
            again
                .then(|| variants(&evidence, &priors, &o.reader, &reading, o.seed))
                .transpose()
        })
    });
    let ((turning, turns_untold), (waterfalls, changes)) = of_turns?;
    let (issues, others) = (issues?, others?);
    let sensitivity = others
        .as_ref()
        .map_or_else(Vec::new, |x| sensitivity(record, &evidence, &reading, x));
    if o.fragility {
        tick("fragility");
    }
    let fragility = (o.fragility && !o.reader.fast)
        .then(|| fragile(record, &evidence, &reading, o))
        .transpose()?
        .unwrap_or_default();
    flag_months(catalogue, &evidence, &reading, others.as_ref(), &mut months);
    let partings = partings(&record.case.readings, &o.rule, &rule, &months, &waterfalls);
    let agreement = agreement(catalogue, &months);
    let on = prior_on(catalogue, &still);
    let read_from = read_from(&evidence, &on, &months);
    let case = &record.case;
    let findings = Findings {
        schema: SCHEMA.to_owned(),
        case: case.id.clone(),
        title: case.title.clone(),
        note: case.note.clone(),
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
        read_from,
        turning_points: turning,
        turns_untold,
        penetrations: penetrations(record, &evidence, &issues),
        issue_roles: issue_roles(record, &evidence, &issues),
        waterfalls,
        changes,
        fragility,
        strain: strain
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
        agreement,
        partings,
        sensitivity,
        prior_predictive: prior_finding(catalogue, &prior, on),
        coding: case.coding.clone(),
        // What the framework leaves open everywhere, then what its source says of this case.
        article_flags: [catalogue.framework_notes(), case.framework_notes.as_slice()].concat(),
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
        left_out: record.left_out.clone(),
        diagnostics,
    };
    Ok(Run {
        findings,
        evidence,
        reading,
    })
}

/// Months apart from each other, so that each can be measured beside the others.
fn interests_of_months(record: &Record, o: &InterestOptions) -> Vec<MonthInterests> {
    const SHARES: usize = 4;
    let months: Vec<Month> = record.case.span.months().collect();
    let wide = months.len().div_ceil(SHARES).max(1);
    let shares: Vec<&[Month]> = months.chunks(wide).collect();
    let paths = Paths::of(record, &o.posture);
    let baselines = Baselines::of(record);
    let of_share = |k: usize| -> Vec<MonthInterests> {
        let one = |m: &Month| interests_of(record, &paths, &baselines, *m, o);
        shares[k].iter().map(one).collect()
    };
    in_threads(shares.len(), of_share).concat()
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
    let converged = sampled && worst < 0.05 && reading.r_hat.is_some_and(|r| r < 1.1);
    Provenance {
        program: concat!("tertius ", env!("CARGO_PKG_VERSION")).to_owned(),
        seed: o.seed,
        approximate: o.reader.fast,
        options: o.settings(),
        inputs: record.inputs.clone(),
        chains: if sampled { o.reader.chains } else { 0 },
        draws: reading.draws,
        worst_mc_error: sampled.then_some(worst),
        worst_r_hat: reading.r_hat,
        converged,
    }
}
