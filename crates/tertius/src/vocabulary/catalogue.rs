//! A role catalogue: which roles there are, which sets of them may be played at once, which classes of
//! acts speak for them, and how often roles are expected to start and how long to last.

mod role_set;
mod spec;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::text::Text;
pub use role_set::{Role, RoleSet};
pub use spec::{
    CataloguePrior, ClassId, ClassSpec, Effect, FrameworkNote, PositivePrior, RoleSpec, Seat,
    Stream,
};

/// The most role sets that a catalogue may have: reading costs the square of their number.
pub const MAX_SETS: usize = 256;
/// Which roles move the answers to the patron's measures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerRoles {
    /// The role that joins measures sooner and harder.
    joins: String,
    /// The role that holds back from severe ones.
    holds_back: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    citation: String,
    name: Text,
    max_at_once: usize,
    prior: CataloguePrior,
    roles: Vec<RoleSpec>,
    answers: Option<AnswerRoles>,
    classes: Vec<ClassSpec>,
    #[serde(default)]
    framework_notes: Vec<FrameworkNote>,
}

/// A cited list of roles for one position, the ally's, with what speaks for each.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalogue {
    id: String,
    citation: String,
    name: Text,
    prior: CataloguePrior,
    roles: Vec<RoleSpec>,
    sets: Vec<RoleSet>,
    answers: Option<(Role, Role)>,
    classes: Vec<ClassSpec>,
    framework_notes: Vec<FrameworkNote>,
}

/// Why a text is no catalogue.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogueError {
    /// Not TOML, or not of the form.
    #[error("not a role catalogue: {0}")]
    Form(String),
    /// No role, or more than 31.
    #[error("a catalogue has 1 to 31 roles, this one has {0}")]
    NumRoles(usize),
    /// Too many admissible sets.
    #[error("{sets} role sets, more than {MAX_SETS}: lower max_at_once")]
    TooManySets {
        /// How many there would be.
        sets: u64,
    },
    /// Two things under one id.
    #[error("`{0}` is there twice")]
    Duplicate(String),
    /// An effect or an answer of a role that the catalogue does not have.
    #[error("`{class}` speaks of `{role}`, which is not a role of the catalogue")]
    UnknownRole {
        /// Where.
        class: String,
        /// The word.
        role: String,
    },
    /// A class that is not behaviour and yet speaks for a role: what explains would show.
    #[error("`{0}` is not behaviour, so it can't speak for a role")]
    NotBehaviour(String),
    /// An onset, dwell or spread outside its range.
    #[error("`{what}` is {value}: {must}")]
    Range {
        /// Which number.
        what: String,
        /// Its value.
        value: f64,
        /// What it must be.
        must: &'static str,
    },
}

impl Catalogue {
    /// The catalogues that come with Tertius, by id.
    pub const BUNDLED: &'static [(&'static str, &'static str)] =
        &[("chen-2023", include_str!("../../catalogues/chen-2023.toml"))];

    /// A bundled catalogue.
    pub fn bundled(id: &str) -> Option<Catalogue> {
        let (_, text) = Self::BUNDLED.iter().find(|(k, _)| *k == id)?;
        Catalogue::parse(text).ok()
    }

    /// Reads and checks a catalogue in TOML.
    pub fn parse(text: &str) -> Result<Catalogue, CatalogueError> {
        let raw: Raw = toml::from_str(text).map_err(|e| CatalogueError::Form(e.to_string()))?;
        let n = raw.roles.len();
        if !(1..=31).contains(&n) {
            return Err(CatalogueError::NumRoles(n));
        }
        let ids = raw.roles.iter().map(|r| r.id.as_str());
        let mut seen = BTreeSet::new();
        for id in ids.chain(raw.classes.iter().map(|c| c.id.as_str())) {
            if !seen.insert(id) {
                return Err(CatalogueError::Duplicate(id.to_owned()));
            }
        }
        let role = |class: &str, name: &str| {
            raw.roles
                .iter()
                .position(|r| r.id == name)
                .map(|i| Role(i as u8))
                .ok_or_else(|| CatalogueError::UnknownRole {
                    class: class.to_owned(),
                    role: name.to_owned(),
                })
        };
        for class in &raw.classes {
            for name in class.effects.keys() {
                role(class.id.as_str(), name)?;
            }
            if class.stream != Stream::Behaviour && !class.effects.is_empty() {
                return Err(CatalogueError::NotBehaviour(class.id.as_str().to_owned()));
            }
        }
        let answers = match &raw.answers {
            None => None,
            Some(a) => Some((role("answers", &a.joins)?, role("answers", &a.holds_back)?)),
        };
        check_numbers(&raw)?;
        let sets = admissible(n, raw.max_at_once)?;
        Ok(Catalogue {
            id: raw.id,
            citation: raw.citation,
            name: raw.name,
            prior: raw.prior,
            roles: raw.roles,
            sets,
            answers,
            classes: raw.classes,
            framework_notes: raw.framework_notes,
        })
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Key of the work that it comes from.
    pub fn citation(&self) -> &str {
        &self.citation
    }

    /// Its name for display.
    pub fn name(&self) -> &Text {
        &self.name
    }

    /// Spreads of the priors.
    pub fn prior(&self) -> &CataloguePrior {
        &self.prior
    }

    /// All roles, in order.
    pub fn roles(&self) -> impl ExactSizeIterator<Item = Role> + Clone + use<> {
        (0..self.roles.len() as u8).map(Role)
    }

    /// What the catalogue says of a role.
    pub fn spec(&self, role: Role) -> &RoleSpec {
        &self.roles[role.index()]
    }

    /// The role with this id.
    pub fn role(&self, id: &str) -> Option<Role> {
        self.roles
            .iter()
            .position(|r| r.id == id)
            .map(|i| Role(i as u8))
    }

    /// The sets of roles that may be played at once, by number of roles and then by bits; the empty set first.
    pub fn sets(&self) -> &[RoleSet] {
        &self.sets
    }

    /// The ids of the roles of a set, in order.
    pub fn ids(&self, set: RoleSet) -> Vec<&str> {
        self.roles()
            .filter(|&r| set.has(r))
            .map(|r| self.spec(r).id.as_str())
            .collect()
    }

    /// The role that joins the patron's measures, and the role that holds back.
    pub fn answer_roles(&self) -> Option<(Role, Role)> {
        self.answers
    }

    /// All classes, in order.
    pub fn classes(&self) -> &[ClassSpec] {
        &self.classes
    }

    /// A class by its id.
    pub fn class(&self, id: &str) -> Option<&ClassSpec> {
        self.classes.iter().find(|c| c.id.as_str() == id)
    }

    /// What a reader of its source should know.
    pub fn framework_notes(&self) -> &[FrameworkNote] {
        &self.framework_notes
    }

    /// The classes that are evidence of roles, in order.
    pub fn behaviour(&self) -> Vec<&ClassSpec> {
        self.classes
            .iter()
            .filter(|c| c.stream == Stream::Behaviour)
            .collect()
    }
}

fn check_numbers(raw: &Raw) -> Result<(), CatalogueError> {
    let range = |what: String, value: f64, ok: bool, must| {
        if ok {
            Ok(())
        } else {
            Err(CatalogueError::Range { what, value, must })
        }
    };
    for r in &raw.roles {
        let positive = r.onset.is_finite() && r.onset > 0.0;
        range(
            format!("{}.onset", r.id),
            r.onset,
            positive,
            "starts a year are above 0",
        )?;
        let lasting = r.dwell.is_finite() && r.dwell > 1.0;
        range(
            format!("{}.dwell", r.id),
            r.dwell,
            lasting,
            "a spell lasts more than one month",
        )?;
    }
    let p = &raw.prior;
    for (what, sd) in [
        ("onset_logit_sd", p.onset_logit_sd),
        ("stay_logit_sd", p.stay_logit_sd),
        ("pair_on_entry_sd", p.pair_on_entry_sd),
        ("anchor.sd", p.anchor.sd),
        ("other.sd", p.other.sd),
    ] {
        range(
            format!("prior.{what}"),
            sd,
            sd.is_finite() && sd > 0.0,
            "a spread is above 0",
        )?;
    }
    for (what, mean) in [("anchor.mean", p.anchor.mean), ("other.mean", p.other.mean)] {
        range(
            format!("prior.{what}"),
            mean,
            mean.is_finite(),
            "a mean is finite",
        )?;
    }
    Ok(())
}

fn admissible(n: usize, max_at_once: usize) -> Result<Vec<RoleSet>, CatalogueError> {
    let max = max_at_once.min(n) as u64;
    let mut total: u64 = 0;
    let mut choose: u64 = 1;
    for k in 0..=max {
        total += choose;
        choose = choose * (n as u64 - k) / (k + 1);
    }
    if total > MAX_SETS as u64 {
        return Err(CatalogueError::TooManySets { sets: total });
    }
    let mut sets = vec![RoleSet::EMPTY];
    let mut from = 0;
    for _ in 0..max {
        let to = sets.len();
        for i in from..to {
            let set = sets[i];
            let above = (32 - set.bits().leading_zeros()) as u8;
            sets.extend((above..n as u8).map(|r| set.with(Role(r))));
        }
        from = to;
    }
    sets.sort_by_key(|s| (s.len(), s.bits()));
    Ok(sets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_articles_catalogue_has_sixteen_sets_and_nine_behaviours() {
        let c = Catalogue::bundled("chen-2023").unwrap();
        assert_eq!(c.sets().len(), 16);
        assert_eq!(c.sets()[0], RoleSet::EMPTY);
        assert_eq!(c.behaviour().len(), 9);
        assert!(c.answer_roles().is_some());
    }

    #[test]
    fn seventeen_roles_two_at_once_are_154_sets_and_three_at_once_are_refused() {
        assert_eq!(admissible(17, 2).unwrap().len(), 154);
        assert_eq!(
            admissible(17, 3),
            Err(CatalogueError::TooManySets { sets: 834 })
        );
        assert_eq!(admissible(4, 9).unwrap().len(), 16);
    }

    #[test]
    fn a_condition_cannot_speak_for_a_role() {
        let text = Catalogue::BUNDLED[0].1.replace(
            "id = \"patron_pressure\"\nstream = \"condition\"",
            "id = \"patron_pressure\"\nstream = \"condition\"\neffects = { follower = \"other\" }",
        );
        assert_eq!(
            Catalogue::parse(&text),
            Err(CatalogueError::NotBehaviour("patron_pressure".into()))
        );
    }
}
