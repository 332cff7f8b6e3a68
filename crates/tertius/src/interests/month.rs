//! Interests month by month, and the rule applied to them in turn.

use statrs::function::beta::beta_reg;

use super::baseline::Baselines;
use super::choice::Stake;
use super::conditions::Conditions;
use super::overlap::{Difference, Gap, IssueInterests, Overlap, ambition, gap, overlap};
use super::paths::Paths;
use super::posture::{Posture, PostureOptions};
use super::rule::{
    ActsSeen, Expected, Inputs, IssueInputs, Pathway, RuleOptions, apply, apply_to_issue, pathway,
    trend,
};
use super::{InterestOptions, Measured};
use crate::record::{Cited, Clustered, Family, Record, weights};
use crate::vocabulary::{Month, When};

/// Interests of one month, as they could be known before it.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthInterests {
    /// The month.
    pub month: Month,
    /// Postures, by issue of the case.
    pub issues: Vec<IssueInterests>,
    /// Overlap with the patron over the rival; nothing where too little is known.
    pub rival: Option<Overlap>,
    /// C: congruence of the ally's ambition with what its patron expects.
    pub congruence: Option<Measured>,
    /// M: own ambition over the baseline before the case.
    pub ambition: Option<Measured>,
    /// ω, by issue of the case.
    pub weights: Vec<Option<f64>>,
    /// How far apart ally and patron are known to have been on each issue over the rival from what came
    /// after too, `½ E|x^W − x^S|`: for display.
    pub in_hindsight: Vec<Option<f64>>,
    /// How far apart the two sides of each issue are, by issue of the case: the patron's wish over the
    /// rival, its expectation in the alliance. Known where both sides are, even if too few are for the
    /// family.
    pub gaps: Vec<Option<Gap>>,
    /// Conditions from series.
    pub conditions: Conditions,
}

/// Interests of `month`, from positions and series known before it.
pub fn interests_of(
    record: &Record,
    paths: &Paths,
    baselines: &Baselines,
    month: Month,
    options: &InterestOptions,
) -> MonthInterests {
    let case = &record.case;
    let issues: Vec<IssueInterests> = (0..case.issues.len())
        .map(|i| paths.known_before(i, month))
        .collect();
    let family = |f: Family| -> Vec<usize> {
        (0..issues.len())
            .filter(|i| case.issues[*i].family == f)
            .collect()
    };
    let (over_rival, in_alliance) = (family(Family::Rival), family(Family::Ally));
    let pair = |i: &usize| {
        let x = &issues[*i];
        let other = match case.issues[*i].family {
            Family::Rival => &x.patron,
            Family::Ally => &x.expected,
        };
        (x.ally.as_ref(), other.as_ref())
    };
    let gaps: Vec<Option<Gap>> = (0..issues.len())
        .map(|i| {
            let (a, b) = pair(&i);
            let covariance = match case.issues[i].family {
                Family::Rival => issues[i].covariance,
                Family::Ally => 0.0,
            };
            gap(a?, b?, covariance)
        })
        .collect();
    let of_family = |family: &[usize]| {
        let pairs: Vec<(Option<&Posture>, Option<&Posture>)> = family.iter().map(pair).collect();
        let gaps: Vec<Option<Gap>> = family.iter().map(|i| gaps[*i].clone()).collect();
        overlap(&pairs, &gaps)
    };
    let (rival, ally) = (of_family(&over_rival), of_family(&in_alliance));
    let congruence = ally.as_ref().map(|o| {
        let d = o.divergence;
        Measured::new(1.0 - d.mid, 1.0 - d.high, 1.0 - d.low)
    });
    let raised: Vec<(Option<&Posture>, Option<f64>)> = in_alliance
        .iter()
        .map(|i| (issues[*i].ally.as_ref(), baselines.before(*i, month)))
        .collect();
    let ambition = ambition(&raised);
    let mut weights = vec![None; issues.len()];
    for (family, o) in [(&over_rival, &rival), (&in_alliance, &ally)] {
        let Some(o) = o else { continue };
        for (k, i) in family.iter().enumerate() {
            weights[*i] = o.weights[k];
        }
    }
    let conditions = Conditions::before(record, month, options.oldest_condition);
    let in_hindsight = (0..issues.len())
        .map(|i| {
            let x = paths.after(i, month);
            let over_rival = case.issues[i].family == Family::Rival;
            let (ally, patron) = (x.ally.filter(|_| over_rival)?, x.patron?);
            Some(Difference::of(ally, patron, x.covariance).divergence())
        })
        .collect();
    MonthInterests {
        month,
        issues,
        rival,
        congruence,
        ambition,
        weights,
        in_hindsight,
        gaps,
        conditions,
    }
}

/// What the rule says of a month, and where on the pathways that is.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleRun {
    /// What it says.
    pub expected: Expected,
    /// What it says of each issue over the rival, by position in the case.
    pub issues: Vec<(usize, Expected)>,
    /// What it took.
    pub inputs: Inputs,
    /// The acts that its steps tagged `uses_behaviour` took.
    pub acts: ActsSeen,
    /// The pathway; nothing where the relation of patron and rival, or the label, is not known.
    pub pathway: Option<Pathway>,
}

/// The rule over all months, each holding the branch of the month before where it must. `posture` says how
/// rows of one occasion are weighed.
pub fn rule_over_time(
    record: &Record,
    interests: &[MonthInterests],
    options: &RuleOptions,
    posture: &PostureOptions,
) -> Vec<RuleRun> {
    let mut found: Vec<RuleRun> = Vec::new();
    let mut relation = Vec::new();
    for i in interests {
        let (inputs, of_issues) = inputs(record, i);
        let acts = acts_seen(record, i.month, posture);
        let last = found.last();
        let expected = apply(options, &inputs, acts, last.map(|r| &r.expected));
        let issues = of_issues
            .iter()
            .enumerate()
            .map(|(at, (k, x))| {
                let before = last.map(|r| &r.issues[at].1);
                (*k, apply_to_issue(options, &inputs, x, before))
            })
            .collect();
        // A gap breaks the series: a change across months that nobody measured is not a change.
        match i.conditions.get("patron_rival_relation") {
            Some(m) => relation.push(m.mid),
            None => relation.clear(),
        }
        let pathway = expected
            .labels
            .as_ref()
            .zip(trend(&relation))
            .and_then(|(labels, t)| pathway(t, labels, &expected.subtypes));
        found.push(RuleRun {
            expected,
            issues,
            inputs,
            acts,
            pathway,
        });
    }
    found
}

/// What the rule takes of a month, and of each issue over the rival.
fn inputs(record: &Record, i: &MonthInterests) -> (Inputs, Vec<(usize, IssueInputs)>) {
    let case = &record.case;
    let get = |name| i.conditions.get(name);
    let alliance = {
        let begun = case.alliance.since.first_day() <= i.month.last_day();
        begun
            && case
                .alliance
                .until
                .is_none_or(|u| i.month.first_day() <= u.last_day())
    };
    let total = |of: fn(&IssueInterests) -> &Option<Posture>, family: Family| -> f64 {
        let some = i
            .issues
            .iter()
            .zip(&case.issues)
            .filter(|(_, x)| x.family == family);
        some.filter_map(|(p, _)| of(p).as_ref())
            .map(|p| p.salience)
            .sum()
    };
    let stakes = |family: Family| -> Vec<(usize, Stake)> {
        let (ally, patron) = (total(|p| &p.ally, family), total(|p| &p.patron, family));
        let expected = total(|p| &p.expected, family);
        (0..case.issues.len())
            .filter(|k| case.issues[*k].family == family)
            .filter_map(|k| {
                let x = &i.issues[k];
                let own = x.ally.as_ref()?;
                // Over the rival the patron's salience is that of its wishes; in the alliance, where it
                // wishes for the ally, that of its expectations.
                let (wish, v, sum) = match family {
                    Family::Rival => {
                        let p = x.patron.as_ref()?;
                        (x.expected.as_ref().unwrap_or(p), p.salience, patron)
                    }
                    Family::Ally => {
                        let e = x.expected.as_ref()?;
                        (e, e.salience, expected)
                    }
                };
                Some((
                    k,
                    Stake {
                        own: own.quantile(0.5),
                        expected: wish.quantile(0.5),
                        salience: own.salience / ally,
                        patron_salience: v / sum,
                    },
                ))
            })
            .collect()
    };
    let over_rival = stakes(Family::Rival);
    let weighted = |k: usize| {
        let gap = i.gaps[k].as_ref().map(|g| g.divergence.mid);
        i.weights[k].zip(gap).map_or(0.0, |(w, g)| w * g)
    };
    let deciding = over_rival
        .iter()
        .max_by(|a, b| weighted(a.0).total_cmp(&weighted(b.0)).then(b.0.cmp(&a.0)))
        .map(|(_, s)| *s);
    let issues = (0..case.issues.len())
        .filter(|k| case.issues[*k].family == Family::Rival)
        .map(|k| {
            let gap = i.gaps[k].as_ref();
            let own = IssueInputs {
                divergence: gap.map(|g| g.divergence),
                signed_gap: gap.map(|g| g.signed),
                stake: over_rival.iter().find(|(j, _)| *j == k).map(|(_, s)| *s),
            };
            (k, own)
        })
        .collect();
    let inputs = Inputs {
        alliance,
        asymmetry: get("asymmetry"),
        divergence: i.rival.as_ref().map(|o| o.divergence),
        signed_gap: i.rival.as_ref().map(|o| o.signed_gap),
        congruence: i.congruence,
        ambition: i.ambition,
        dependence: get("dependence"),
        commitment: get("commitment"),
        pressure: get("patron_pressure"),
        hardliners: get("hardliners"),
        burden: get("burden_demand"),
        capacity: get("capacity"),
        cover: get("cover"),
        deciding,
        over_rival: over_rival.into_iter().map(|(_, s)| s).collect(),
        in_alliance: stakes(Family::Ally).into_iter().map(|(_, s)| s).collect(),
    };
    (inputs, issues)
}

/// What the steps tagged `uses_behaviour` take: acts of the twelve months before `month`, known before it began.
fn acts_seen(record: &Record, month: Month, o: &PostureOptions) -> ActsSeen {
    let within = |date: When, from: i32, to: i32| {
        let d = date.last_day();
        (month - from).first_day() <= d && d < (month - to).first_day()
    };
    let known = |c: &Cited| c.known_from < month.first_day();
    let any = |class: &str| {
        let mut all = record.behaviours.iter();
        all.any(|b| b.class.as_str() == class && within(b.date, 12, 0) && known(&b.cited))
    };
    let conceded = record.surroundings.iter().any(|s| {
        s.class.as_str() == "patron_concession" && within(s.date, 12, 0) && known(&s.cited)
    });
    let contacts: Vec<_> = record
        .behaviours
        .iter()
        .filter(|b| b.class.as_str() == "rival_contact" && within(b.date, 24, 0))
        .filter(|b| known(&b.cited))
        .collect();
    let rows: Vec<_> = contacts
        .iter()
        .map(|b| Clustered::of(b.date, &b.cited))
        .collect();
    let weights = weights(&rows, o.episode_days, o.episode_correlation);
    let episodes = |from, to| -> f64 {
        let inside = contacts.iter().zip(&weights);
        inside
            .filter(|(b, _)| within(b.date, from, to))
            .map(|(_, w)| w)
            .sum()
    };
    let covered = month - 24 >= record.case.span.first();
    ActsSeen {
        contact_rises: covered.then(|| rate_rises(episodes(24, 12), episodes(12, 0))),
        concession: conceded || any("autonomy_request"),
        brokerage: any("brokerage"),
    }
}

/// Probability that the rate behind the later of two counts over equal times is the higher one, each with
/// Jeffreys' prior, Gamma(½): λ₁/(λ₀ + λ₁) is Beta(n₁ + ½, n₀ + ½) (Gelman et al. 2013, section 2.8), so
/// that it is `I_½(n₀ + ½, n₁ + ½)`.
fn rate_rises(before: f64, after: f64) -> f64 {
    beta_reg(before + 0.5, after + 0.5, 0.5)
}

#[cfg(test)]
mod tests {
    use super::rate_rises;

    #[test]
    fn a_rate_rises_by_more_than_chance() {
        // Symmetric, and even where nothing differs.
        assert!((rate_rises(4.0, 4.0) - 0.5).abs() < 1e-12);
        assert!((rate_rises(2.0, 7.0) + rate_rises(7.0, 2.0) - 1.0).abs() < 1e-12);
        // Beta(½, ½) below x is 2/π arcsin √x: with 0 and 1, Beta(3/2, ½) above ½ is ½ + 1/π.
        let exact = 0.5 + std::f64::consts::FRAC_1_PI;
        assert!((rate_rises(0.0, 1.0) - exact).abs() < 1e-10);
        // One contact more among ten is no rise.
        assert!(rate_rises(5.0, 6.0) < 0.7 && rate_rises(3.0, 10.0) > 0.95);
    }
}
