//! What the data cover of the years that are asked for: told where these are more, refused where they are others.

use std::ops::RangeInclusive;

use tertius_data::catalogue;

use super::Args;
use crate::Ended;
use crate::screen::message;

/// First and last year, both included.
pub(super) type Years = (i16, i16);

/// What a dataset, or a part of it, has.
pub(super) struct Covered {
    /// As a sentence calls it.
    pub(super) name: String,
    /// The years; nothing where it has no row that counts.
    pub(super) years: Option<Years>,
}

impl Covered {
    /// The datasets with these ids, as the catalogue describes them.
    pub(super) fn catalogued(ids: &[&str]) -> Vec<Covered> {
        let found = ids.iter().filter_map(|id| catalogue::find(id));
        let of = found.map(|d| Covered {
            name: d.id.to_owned(),
            years: Some(d.coverage()),
        });
        of.collect()
    }
}

fn together(covered: &[Covered]) -> Option<Years> {
    let years = covered.iter().filter_map(|c| c.years);
    years.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

fn meets(covered: &[Covered], asked: &RangeInclusive<i16>) -> bool {
    let mut years = covered.iter().filter_map(|c| c.years);
    years.any(|(first, last)| first <= *asked.end() && *asked.start() <= last)
}

impl Args {
    /// Refuses a last year before the first.
    pub(super) fn in_order(&self) -> Result<(), Ended> {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from > to => {
                let values = [("from", from.to_string()), ("to", to.to_string())];
                Err(self.public.usage("measure-not-after", &values))
            }
            _ => Ok(()),
        }
    }

    /// Tells what the data cover where a table whose rows with values are of `rows` lacks years that were asked for,
    /// or that some dataset of it has; refuses years of which no dataset has any.
    pub(super) fn within(
        &self,
        name: &str,
        rows: Option<Years>,
        covered: &[Covered],
    ) -> Result<(), Ended> {
        let all = together(covered);
        let open = all.unwrap_or((i16::MIN, i16::MAX));
        let asked = self.from.unwrap_or(open.0)..=self.to.unwrap_or(open.1);
        let values = || {
            vec![
                ("name", name.to_owned()),
                ("asked", self.asked()),
                ("data", self.list(covered)),
            ]
        };
        if rows.is_none() && (asked.is_empty() || !meets(covered, &asked)) {
            return Err(self.public.usage("measure-outside", &values()));
        }
        let Some((first, last)) = rows else {
            self.public.warn("measure-no-value", &values());
            return Ok(());
        };
        // Where no first year is asked for, a table begins when its data do.
        let early = self.from.is_some_and(|from| from < first);
        if early || last < *asked.end() {
            let mut values = values();
            values.extend([("first", first.to_string()), ("last", last.to_string())]);
            self.public.warn("measure-covers", &values);
        }
        Ok(())
    }

    /// The years asked for, in words.
    fn asked(&self) -> String {
        let (from, to) = (self.from, self.to);
        let values = [from, to].map(|y| y.map(|y| y.to_string()).unwrap_or_default());
        let [from_said, to_said] = values;
        let key = match (from, to) {
            (Some(_), Some(_)) => "measure-years-both",
            (Some(_), None) => "measure-years-from",
            (None, Some(_)) => "measure-years-to",
            (None, None) => "measure-years-all",
        };
        let values = [("from", from_said), ("to", to_said)];
        message(self.public.lang, key, &values)
    }

    /// Each dataset with its years.
    fn list(&self, covered: &[Covered]) -> String {
        let of = |c: &Covered| match c.years {
            Some((first, last)) => format!("{} {first}–{last}", c.name),
            None => format!("{} –", c.name),
        };
        covered.iter().map(of).collect::<Vec<_>>().join(", ")
    }
}

/// The first and last of some years.
pub(super) fn ends(years: impl Iterator<Item = i16>) -> Option<Years> {
    let ends =
        |found: Option<Years>, y: i16| Some(found.map_or((y, y), |(a, b)| (a.min(y), b.max(y))));
    years.fold(None, ends)
}
