//! What the rows of a record weigh when some are taken out, without weighing the whole record again.

use std::collections::{BTreeMap, BTreeSet};

use super::episodes::{Dated, apart};
use super::{Evidence, episode_weights, of_act, of_class, package_weights, trust};
use crate::record::Record;
use crate::roles::options::ReaderOptions;

/// Rows of one class, or measures, none of which shares an episode with a row of another group, whichever are
/// taken out.
struct Group<'r> {
    dated: Vec<Dated<'r>>,
    /// Position in the evidence, of those that are in it: a row outside the span weighs on those inside.
    rows: Vec<Option<usize>>,
    trust: Vec<f64>,
    weigh: fn(&[Dated<'_>], &ReaderOptions) -> Vec<f64>,
}

/// The rows of the evidence, acts and then measures, in groups that are weighed apart. Cost of a row taken
/// out: the size of its group, which ends where no row of the class follows within the days of an episode
/// and no label goes on.
pub struct RowWeights<'r> {
    groups: Vec<Group<'r>>,
    /// Group of each row.
    of_row: Vec<usize>,
    options: ReaderOptions,
}

impl<'r> RowWeights<'r> {
    /// Of the evidence `e` in a record, read by `options`.
    pub fn new(record: &'r Record, e: &Evidence, options: &ReaderOptions) -> RowWeights<'r> {
        let acts = e.acts.iter().map(|a| a.id.as_str());
        let ids = acts.chain(e.measures.iter().map(|m| m.id.as_str()));
        let at: BTreeMap<&str, usize> = ids.enumerate().map(|(i, id)| (id, i)).collect();
        let mut found = RowWeights {
            groups: Vec::new(),
            of_row: vec![0; at.len()],
            options: options.clone(),
        };
        for class in record.behaviour_classes() {
            let acts = of_class(record, &class, &|_| true);
            let dated: Vec<Dated<'r>> = acts.iter().map(|b| of_act(b)).collect();
            let rows = acts.iter().map(|a| at.get(a.cited.id.as_str()).copied());
            found.add(
                &dated,
                &rows.collect::<Vec<_>>(),
                &vec![1.0; acts.len()],
                episode_weights,
            );
        }
        let dated: Vec<Dated<'r>> = record.measures.iter().map(super::of_measure).collect();
        let rows = record
            .measures
            .iter()
            .map(|m| at.get(m.cited.id.as_str()).copied());
        let trusts = record
            .measures
            .iter()
            .map(|m| trust(m.cited.checked, options));
        let (rows, trusts): (Vec<_>, Vec<_>) = (rows.collect(), trusts.collect());
        found.add(&dated, &rows, &trusts, package_weights);
        found
    }

    fn add(
        &mut self,
        dated: &[Dated<'r>],
        rows: &[Option<usize>],
        trust: &[f64],
        weigh: fn(&[Dated<'_>], &ReaderOptions) -> Vec<f64>,
    ) {
        for group in apart(dated, &self.options) {
            for row in group.iter().filter_map(|i| rows[*i]) {
                self.of_row[row] = self.groups.len();
            }
            self.groups.push(Group {
                dated: group.iter().map(|i| dated[*i]).collect(),
                rows: group.iter().map(|i| rows[*i]).collect(),
                trust: group.iter().map(|i| trust[*i]).collect(),
                weigh,
            });
        }
    }

    /// The weights of the rows that may weigh otherwise without some: 0 for those taken out.
    pub fn without(&self, gone: &BTreeSet<usize>) -> BTreeMap<usize, f64> {
        let groups: BTreeSet<usize> = gone
            .iter()
            .filter_map(|i| self.of_row.get(*i))
            .copied()
            .collect();
        let mut found: BTreeMap<usize, f64> = gone.iter().map(|i| (*i, 0.0)).collect();
        for group in groups.iter().map(|g| &self.groups[*g]) {
            let is_left = |i: &usize| group.rows[*i].is_none_or(|row| !gone.contains(&row));
            let left: Vec<usize> = (0..group.rows.len()).filter(is_left).collect();
            let dated: Vec<Dated<'_>> = left.iter().map(|i| group.dated[*i]).collect();
            for (i, weight) in left.into_iter().zip((group.weigh)(&dated, &self.options)) {
                if let Some(row) = group.rows[i] {
                    found.insert(row, group.trust[i] * weight);
                }
            }
        }
        found
    }
}
