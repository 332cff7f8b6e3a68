//! Names and numbers as a reader sees them.

use tertius::findings::{ByRole, Findings, RowFinding, TurningPoint};
use tertius::vocabulary::{Lang, Month};

use crate::i18n::{Messages, messages};

/// Looks names up in findings, in one language.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The findings.
    pub findings: &'a Findings,
    /// The language.
    pub lang: Lang,
    /// Its messages.
    pub words: &'static Messages,
}

impl<'a> Names<'a> {
    /// Names of `findings` in `lang`.
    pub fn new(findings: &'a Findings, lang: Lang) -> Self {
        Names {
            findings,
            lang,
            words: messages(lang),
        }
    }

    /// A role's name; its id if the catalogue lacks it.
    pub fn role(&self, id: &str) -> String {
        let roles = &self.findings.catalogue.roles;
        let found = roles.iter().find(|r| r.id == id);
        found.map_or(id, |r| r.name.get(self.lang)).to_owned()
    }

    /// A role's letter.
    pub fn letter(&self, id: &str) -> String {
        let roles = &self.findings.catalogue.roles;
        let found = roles.iter().find(|r| r.id == id);
        found.map_or(id, |r| &r.letter).to_owned()
    }

    /// What a turning point did, in words: the pair of sets where most of its changes are that pair, and
    /// else the roles that come or go in most of them.
    pub fn turn(&self, t: &TurningPoint) -> String {
        if t.p_pair >= 0.5 {
            let values = [
                ("from", self.set(&t.from).into()),
                ("to", self.set(&t.to).into()),
            ];
            return self.words.with("page-from-to", &values);
        }
        let most = |of: &ByRole<f64>| -> Vec<String> {
            let ids = of.iter().filter(|(_, p)| **p >= 0.5);
            ids.map(|(id, _)| id.clone()).collect()
        };
        let (came, went) = (most(&t.gained), most(&t.lost));
        let key = match (came.is_empty(), went.is_empty()) {
            (false, false) => "page-came-went",
            (false, true) => "page-came",
            (true, false) => "page-went",
            (true, true) => "page-mixed",
        };
        let values = [
            ("came", self.set(&came).into()),
            ("went", self.set(&went).into()),
        ];
        self.words.with(key, &values)
    }

    /// What the rule expects: a set, *none of these roles*, or *not known*.
    pub fn rule(&self, labels: &Option<Vec<String>>) -> String {
        match labels {
            Some(set) => self.set(set),
            None => self.words.get("word-not-known"),
        }
    }

    /// The names of a set of roles, in the catalogue's order; a word for none.
    pub fn set(&self, ids: &[String]) -> String {
        if ids.is_empty() {
            return self.words.get("word-no-role");
        }
        let roles = self.findings.catalogue.roles.iter();
        let mut names: Vec<String> = roles
            .filter(|r| ids.contains(&r.id))
            .map(|r| r.name.get(self.lang).to_owned())
            .collect();
        let unknown = ids
            .iter()
            .filter(|i| !self.findings.catalogue.roles.iter().any(|r| r.id == **i));
        names.extend(unknown.cloned());
        self.list(&names)
    }

    /// A set that excludes all other roles: one role alone is called so.
    pub fn only(&self, ids: &[String]) -> String {
        let set = self.set(ids);
        match ids.len() {
            1 => self.words.with("word-alone", &[("role", set.into())]),
            _ => set,
        }
    }

    /// A list in a sentence.
    pub fn list(&self, names: &[String]) -> String {
        match names {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => {
                let first = first.join(&self.words.get("list-comma").replace('_', " "));
                format!(
                    "{first}{}{last}",
                    self.words.get("list-and").replace('_', " ")
                )
            }
        }
    }

    /// An actor's name; its code if nobody named it.
    pub fn actor(&self, code: &str) -> String {
        let named = self.findings.actors.get(code);
        named.map_or(code, |n| n.get(self.lang)).to_owned()
    }

    /// An issue's name.
    pub fn issue(&self, id: &str) -> String {
        let found = self.findings.issues.iter().find(|i| i.id == id);
        found.map_or(id, |i| i.name.get(self.lang)).to_owned()
    }

    /// The name of a class of acts, or of another code.
    pub fn code(&self, code: &str) -> String {
        let found = self
            .findings
            .catalogue
            .classes
            .iter()
            .find(|c| c.id == code);
        found.map_or(code, |c| c.name.get(self.lang)).to_owned()
    }

    /// A row by its id.
    pub fn row(&self, id: &str) -> Option<&'a RowFinding> {
        self.findings.rows.iter().find(|r| r.id == id)
    }

    /// A month in a sentence.
    pub fn month(&self, month: Month) -> String {
        let year = month.year().to_string();
        let number = usize::try_from(month.month()).unwrap_or_default();
        self.words.with(
            "month-long",
            &[("month", number.into()), ("year", year.into())],
        )
    }

    /// Whether any month has a set of roles that the rule can be held against.
    pub fn rule_speaks(&self) -> bool {
        self.findings
            .months
            .iter()
            .any(|m| !m.rule.expects().is_empty() || !m.rule.possible.is_empty())
    }
}

/// A number with two digits after the point, with a true minus; a dash for none.
///
/// ```
/// use tertius_report::names::number;
/// assert_eq!(number(Some(-0.126)), "−0.13");
/// assert_eq!(number(Some(-0.001)), "0.00");
/// assert_eq!(number(None), "–");
/// ```
pub fn number(value: Option<f64>) -> String {
    match value {
        Some(v) if v.is_finite() => {
            let text = format!("{:.2}", v.abs());
            if v < 0.0 && text != "0.00" {
                format!("−{text}")
            } else {
                text
            }
        }
        _ => "–".to_owned(),
    }
}

/// A number that always shows its sign.
pub fn signed(value: f64) -> String {
    let text = number(Some(value));
    if value > 0.0 && text != "0.00" {
        format!("+{text}")
    } else {
        text
    }
}

/// A number with its band in brackets, or alone where none was taken.
///
/// ```
/// use tertius_report::names::banded;
/// assert_eq!(banded("0.31", Some([0.25, 0.39])), "0.31 [0.25 … 0.39]");
/// assert_eq!(banded("0.31", None), "0.31");
/// ```
pub fn banded(number: &str, band: Option<[f64; 2]>) -> String {
    match band {
        Some(_) => format!("{number} [{}]", interval(band)),
        None => number.to_owned(),
    }
}

/// An interval.
pub fn interval(band: Option<[f64; 2]>) -> String {
    band.map_or_else(
        || "–".to_owned(),
        |[low, high]| format!("{} … {}", number(Some(low)), number(Some(high))),
    )
}
