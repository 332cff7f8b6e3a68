//! Roles issue by issue, and where another role than those of the whole leads one.

use serde::{Deserialize, Serialize};

use super::shared::{by_role, ids};
use super::{ByRole, Penetration};
use crate::record::Record;
use crate::roles::evidence::Evidence;
use crate::roles::issues::IssueReading;
use crate::vocabulary::Month;

/// One issue in one month, as read from what was done on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IssueRoleMonth {
    /// The month.
    pub month: Month,
    /// Probability that the role is played on the issue.
    pub roles: ByRole<f64>,
    /// Probability that the issue follows the whole, and is not led by a set of its own.
    pub follows: f64,
}

/// The reading of one issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IssueRoles {
    /// The issue.
    pub issue: String,
    /// Acts on it that are evidence.
    pub acts: usize,
    /// Measures on it that are evidence.
    pub measures: usize,
    /// Month by month.
    pub months: Vec<IssueRoleMonth>,
}

pub(super) fn issue_roles(
    record: &Record,
    e: &Evidence,
    found: &[IssueReading],
) -> Vec<IssueRoles> {
    let roles = e.roles.len();
    let of_month = |x: &IssueReading, t: usize| IssueRoleMonth {
        month: e.span.month(t),
        roles: by_role(&record.case.catalogue, |k| x.roles[t * roles + k]),
        follows: x.follows[t],
    };
    let of_issue = |x: &IssueReading| IssueRoles {
        issue: record.case.issues[x.issue].id.clone(),
        acts: x.acts,
        measures: x.measures,
        months: (0..e.span.len()).map(|t| of_month(x, t)).collect(),
    };
    found.iter().map(of_issue).collect()
}

/// Least probability of a penetration that is told. In simulated records, 24 with one and 24 without, 5
/// were found at ½ and 2 where there was none; at .7 the figures are 2 and none.
const TOLD: f64 = 0.7;

/// Those of [`TOLD`] or more, in order of time.
pub(super) fn penetrations(
    record: &Record,
    e: &Evidence,
    found: &[IssueReading],
) -> Vec<Penetration> {
    let catalogue = &record.case.catalogue;
    let of_issue = |x: &IssueReading| {
        let issue = record.case.issues[x.issue].id.clone();
        let one = |p: &crate::roles::issues::penetration::Penetration| Penetration {
            issue: issue.clone(),
            role: catalogue.spec(p.role).id.clone(),
            set: ids(catalogue, p.set),
            from: e.span.month(p.months.0),
            to: e.span.month(p.months.1),
            p: p.p,
        };
        let told = x.penetrations.iter().filter(|p| p.p >= TOLD);
        told.map(one).collect::<Vec<_>>()
    };
    let mut all: Vec<Penetration> = found.iter().flat_map(of_issue).collect();
    all.sort_by(|a, b| (a.from, &a.issue, &a.role).cmp(&(b.from, &b.issue, &b.role)));
    all
}
