//! The rule on one issue over the rival: the branch by its own gap (model B.4, step 1″).

use std::collections::BTreeSet;

use super::conflict::{of_own_wish, own_wish, side_of};
use super::decide::{BALANCER, Branch, Expected, FOLLOWER, Labels, nothing, step_1};
use super::trace::{Outcome, Step, StepId};
use super::{Inputs, RuleOptions};
use crate::interests::Measured;
use crate::interests::choice::Stake;

/// What the rule takes of one issue.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct IssueInputs {
    /// `d = ½ |x^W − x^S|`.
    pub divergence: Option<Measured>,
    /// `x^W − x^S`.
    pub signed_gap: Option<Measured>,
    /// What either side has at stake.
    pub stake: Option<Stake>,
}

/// Applies steps 0 to 2 to one issue, by its own gap and with the same thresholds. `last` is what was said
/// of the same issue in the month before.
///
/// An issue in conflict is the deciding issue of itself: balancer or follower by sacrifice. On an issue
/// that overlaps the ally follows; what step 3 adds (exploiter, proxy) rests on the alliance as a whole and
/// on no issue over the rival. So labels are follower, balancer or none. They explain the label of the
/// month, and enter none.
pub fn apply_to_issue(
    options: &RuleOptions,
    inputs: &Inputs,
    issue: &IssueInputs,
    last: Option<&Expected>,
) -> Expected {
    let asymmetric = Step::at_least(StepId::Asymmetric, "A", inputs.asymmetry, options.asymmetry);
    let out_of_scope = !inputs.alliance || asymmetric.central() == Some(false);
    if !inputs.alliance || asymmetric.outcome == Outcome::No {
        return nothing(Vec::new(), ["out_of_scope"].into());
    }
    let step = step_1(options, "d", issue.divergence, last, None);
    let own = Inputs {
        deciding: issue.stake,
        ..inputs.clone()
    };
    let prevails = own_wish(options, &own);
    let (balances, on_conflict) = of_own_wish(&prevails);
    let mut possible = BTreeSet::new();
    for b in &step.branches {
        match b {
            Branch::Conflict => possible.extend(on_conflict.iter().cloned()),
            Branch::Overlap => {
                possible.insert(Labels::from([FOLLOWER]));
            }
            Branch::None => {
                possible.insert(Labels::new());
            }
        }
    }
    // The asymmetry's interval may hold its threshold.
    if asymmetric.outcome == Outcome::Either {
        possible.insert(Labels::new());
    }
    let mut found = Expected {
        possible,
        trace: step.trace,
        branches: step.branches,
        branch: step.branch,
        ..nothing(Vec::new(), BTreeSet::new())
    };
    if out_of_scope {
        found.flags.insert("out_of_scope");
        return found;
    }
    let mut say = |labels: Option<Labels>| {
        found.labels_with_acts.clone_from(&labels);
        found.labels = labels;
    };
    match step.branch.filter(|_| asymmetric.central().is_some()) {
        Some(Branch::Conflict) => {
            say(balances.map(|b| Labels::from([if b { BALANCER } else { FOLLOWER }])));
            found.trace.push(prevails);
            match balances {
                Some(true) => {
                    let (harder, side) = side_of(issue.signed_gap);
                    found.trace.push(harder);
                    found.subtypes.extend(side);
                }
                Some(false) => {
                    found.trace.push(Step::fact(StepId::Sacrifice, true));
                    found.subtypes.push("sacrifice");
                }
                None => {
                    found.flags.insert("unknown_input");
                }
            }
        }
        Some(Branch::Overlap) => {
            say(Some(Labels::from([FOLLOWER])));
            found.trace.push(Step::fact(StepId::Overlap, true));
        }
        Some(Branch::None) => {
            say(Some(Labels::new()));
            found.flags.insert("indeterminate");
        }
        None => {
            say(None);
            found.flags.insert("unknown_input");
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{
        divergence_as_in_2014, exact, labels, near_sacrifice, on_conflict, say,
    };
    use super::super::{ActsSeen, RuleOptions, apply};
    use super::*;

    fn of(inputs: &Inputs, issue: &IssueInputs, last: Option<&Expected>) -> Expected {
        apply_to_issue(&RuleOptions::default(), inputs, issue, last)
    }

    fn issue(divergence: f64, signed_gap: f64) -> IssueInputs {
        IssueInputs {
            divergence: exact(divergence),
            signed_gap: exact(signed_gap),
            stake: divergence_as_in_2014().deciding,
        }
    }

    /// Two issues that part and two that do not, D between the thresholds and nothing to hold: the month
    /// is indeterminate, and the issues say where the ally would balance.
    #[test]
    fn where_the_month_is_indeterminate_the_issues_speak() {
        let between = Inputs {
            divergence: exact(0.28),
            ..divergence_as_in_2014()
        };
        let month = say(&between, ActsSeen::default());
        assert!(month.flags.contains("indeterminate") && labels(&month).is_empty());
        let said = |d, gap| of(&between, &issue(d, gap), None);
        let (territory, dialogue) = (said(0.5, 1.0), said(0.4, -0.8));
        assert_eq!(
            (labels(&territory), &territory.subtypes[..]),
            (vec!["balancer"], &["B+"][..])
        );
        assert_eq!(
            (labels(&dialogue), &dialogue.subtypes[..]),
            (vec!["balancer"], &["B-"][..])
        );
        let sanctions = said(0.1, 0.2);
        assert_eq!(labels(&sanctions), ["follower"]);
        assert_eq!(sanctions.branch, Some(Branch::Overlap));
        // Ambition, burden and brokerage are of the alliance: no issue over the rival makes a proxy.
        assert!(sanctions.trace.iter().all(|s| s.id != StepId::Ambition));
        let economy = said(0.3, 0.6);
        assert!(economy.flags.contains("indeterminate"));
        // What was said of the month entered none of it.
        assert_eq!(say(&between, ActsSeen::default()), month);
    }

    #[test]
    fn an_issue_holds_its_own_last_branch_and_not_the_months() {
        let inputs = divergence_as_in_2014();
        let parted = of(&inputs, &issue(0.5, 1.0), None);
        let met = of(&inputs, &issue(0.1, 0.1), None);
        for (last, expected) in [(&parted, "balancer"), (&met, "follower")] {
            let held = of(&inputs, &issue(0.3, 0.6), Some(last));
            assert_eq!(labels(&held), [expected]);
            assert!(held.trace.iter().any(|s| s.id == StepId::HoldsLastBranch));
            // And again in the month after.
            assert_eq!(of(&inputs, &issue(0.3, 0.6), Some(&held)), held);
        }
    }

    #[test]
    fn outside_the_scope_no_issue_is_said_anything_of() {
        let none = Inputs {
            alliance: false,
            ..divergence_as_in_2014()
        };
        let symmetric = Inputs {
            asymmetry: Some(Measured::new(0.58, 0.5, 0.65)),
            ..divergence_as_in_2014()
        };
        for (inputs, sure) in [(none, true), (symmetric, false)] {
            let x = of(&inputs, &issue(0.5, 1.0), None);
            assert!(x.flags.contains("out_of_scope") && labels(&x).is_empty());
            assert_eq!(x.possible.len(), if sure { 1 } else { 2 });
        }
    }

    #[test]
    fn an_issue_that_only_one_side_declared_stays_open() {
        let x = of(&divergence_as_in_2014(), &IssueInputs::default(), None);
        assert_eq!(x.labels, None);
        assert!(x.flags.contains("unknown_input"));
        // Balancer or follower by its gap and pull, or nothing between the thresholds.
        assert_eq!(x.possible.len(), 3);
    }

    fn same_as_the_month(inputs: &Inputs) -> Result<(), TestCaseError> {
        let own = IssueInputs {
            divergence: inputs.divergence,
            signed_gap: inputs.signed_gap,
            stake: inputs.deciding,
        };
        let (month, alone) = (say(inputs, ActsSeen::default()), of(inputs, &own, None));
        let facing = |labels: &Option<Labels>| {
            labels.as_ref().map(|l| {
                let two = l.iter().filter(|r| [FOLLOWER, BALANCER].contains(r));
                two.copied().collect::<Labels>()
            })
        };
        prop_assert_eq!(&facing(&month.labels), &alone.labels);
        prop_assert_eq!(month.branch, alone.branch);
        let next = Inputs {
            divergence: exact(0.28),
            ..inputs.clone()
        };
        let own = IssueInputs {
            divergence: exact(0.28),
            ..own
        };
        let month = apply(
            &RuleOptions::default(),
            &next,
            ActsSeen::default(),
            Some(&month),
        );
        prop_assert_eq!(facing(&month.labels), of(&next, &own, Some(&alone)).labels);
        Ok(())
    }

    proptest! {
        /// A family of one issue: what is said of the issue is what is said of the month, of the two roles
        /// that face the rival, and so it stays while the branch is held.
        #[test]
        fn one_issue_is_the_month(inputs in on_conflict(), near in near_sacrifice(), d in 0.0..=1.0f64) {
            for inputs in [inputs, near] {
                same_as_the_month(&inputs)?;
                same_as_the_month(&Inputs { divergence: exact(d), ..inputs })?;
            }
        }

        /// The intervals always allow what the centres say.
        #[test]
        fn what_is_said_is_possible(
            inputs in on_conflict(), d in 0.0..=1.0f64, by in 0.0..=0.3f64, gap in -1.0..=1.0f64,
        ) {
            let x = IssueInputs {
                divergence: Some(Measured::new(d, (d - by).max(0.0), (d + by).min(1.0))),
                ..issue(d, gap)
            };
            let said = of(&inputs, &x, None);
            prop_assert!(said.possible.contains(&said.labels.unwrap()));
        }
    }
}
