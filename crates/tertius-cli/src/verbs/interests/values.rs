//! What is found of a triad as one tidy table: a value that is not there says why.

use tertius::vocabulary::Lang;

use super::compute::Found;
use super::ideal::Distant;
use crate::screen::message;

/// A row of the tidy table.
pub(super) struct Value {
    pub(super) section: &'static str,
    pub(super) measure: String,
    pub(super) period: String,
    pub(super) value: Option<f64>,
    pub(super) interval: Option<(f64, f64)>,
    pub(super) n: Option<u32>,
    pub(super) status: &'static str,
    pub(super) unit: &'static str,
    pub(super) source: String,
    /// Why there is no value.
    pub(super) reason: String,
}

impl Found {
    /// The tidy table, reasons in a language.
    pub(super) fn values(&self, lang: Lang) -> Vec<Value> {
        let mut all = self.rows();
        for v in all
            .iter_mut()
            .filter(|v| v.value.is_none() && v.reason.is_empty())
        {
            let key = match v.status {
                "outside-coverage" => "interests-why-outside",
                "undefined" => "interests-why-undefined",
                _ if v.source == "un-votes" && v.n == Some(0) => "interests-why-no-vote",
                _ => "interests-why-missing",
            };
            v.reason = message(lang, key, &[]);
        }
        all
    }

    fn rows(&self) -> Vec<Value> {
        let mut all = Vec::new();
        let covered = |id: &str, step: &str| {
            let year: i16 = step.get(..4).and_then(|y| y.parse().ok()).unwrap_or(0);
            let span = if id == "all" { self.votes } else { self.issues };
            span.is_some_and(|(a, b)| (a..=b).contains(&year))
        };
        for g in &self.groups {
            for (t, step) in self.steps.iter().enumerate() {
                let (sided, known) = (g.sided[t], g.known[t]);
                let status = |there: bool| match (there, covered(g.id, step)) {
                    (true, _) if sided.n() == 0 => "interpolated",
                    (true, _) => "observed",
                    (false, true) => "missing",
                    (false, false) => "outside-coverage",
                };
                let mut put = |section, value: Option<f64>, interval| {
                    all.push(Value {
                        section,
                        measure: g.id.to_owned(),
                        period: step.clone(),
                        value,
                        interval,
                        n: Some(sided.n()),
                        status: status(value.is_some()),
                        unit: "0 with the patron, 1 with the rival",
                        source: "un-votes".to_owned(),
                        reason: String::new(),
                    });
                };
                let smooth = known.smoothed;
                let filtered = known.filtered;
                put("votes", sided.place(), None);
                put(
                    "place-filtered",
                    filtered.map(|l| l.centre()),
                    filtered.map(|l| l.interval()),
                );
                put(
                    "divergence",
                    smooth.map(|l| l.centre()),
                    smooth.map(|l| l.interval()),
                );
                let other = smooth
                    .map(|l| l.interval())
                    .map(|(a, b)| (1.0 - b, 1.0 - a));
                put("overlap", smooth.map(|l| 1.0 - l.centre()), other);
            }
        }
        for (section, of) in ["likeness-patron", "likeness-rival"]
            .iter()
            .zip(&self.likeness)
        {
            for (year, l) in self.years.iter().zip(of) {
                for (name, value) in ["s", "kappa", "pi"].iter().zip(l.values) {
                    all.push(Value {
                        section,
                        measure: (*name).to_owned(),
                        period: year.to_string(),
                        value: value.estimate,
                        interval: value.ends,
                        n: Some(l.n),
                        status: match (value.estimate, covered("all", &year.to_string())) {
                            (Some(_), _) => "observed",
                            (None, _) if l.n > 0 => "undefined",
                            (None, true) => "missing",
                            (None, false) => "outside-coverage",
                        },
                        unit: "-1 to 1",
                        source: "un-votes".to_owned(),
                        reason: String::new(),
                    });
                }
            }
        }
        let own = ("distance-patron", "un-votes", Some(&self.distances));
        let published = (
            "distance-patron-published",
            "un-ideal-points",
            self.published.as_ref().ok(),
        );
        for (measure, source, distances) in [own, published] {
            for (year, d) in self.years.iter().zip(distances.into_iter().flatten()) {
                let (value, interval, status) = match d {
                    Distant::Known { apart, interval } => (Some(*apart), *interval, "observed"),
                    Distant::Missing => (None, None, "missing"),
                    Distant::Outside => (None, None, "outside-coverage"),
                };
                all.push(Value {
                    section: "ideal-points",
                    measure: measure.to_owned(),
                    period: year.to_string(),
                    value,
                    interval,
                    n: None,
                    status,
                    unit: "standard deviations",
                    source: source.to_owned(),
                    reason: String::new(),
                });
            }
        }
        // What could not be asked for is missing in every year, with the reason.
        let mut absent = |section, measure: &str, unit, source: &str, reason: &str| {
            for year in &self.years {
                all.push(Value {
                    section,
                    measure: measure.to_owned(),
                    period: year.to_string(),
                    value: None,
                    interval: None,
                    n: None,
                    status: "missing",
                    unit,
                    source: source.to_owned(),
                    reason: reason.to_owned(),
                });
            }
        };
        if let Err(reason) = &self.published {
            let (measure, source) = (published.0, published.1);
            absent(
                "ideal-points",
                measure,
                "standard deviations",
                source,
                reason,
            );
        }
        for c in &self.conditions {
            if let Err(reason) = &c.rows {
                let source = c.condition.datasets.join(" ");
                absent(
                    "condition",
                    c.condition.id,
                    c.condition.unit.en,
                    &source,
                    reason,
                );
            }
        }
        for a in &self.aside {
            all.push(Value {
                section: "set-aside",
                measure: a.file.clone(),
                period: String::new(),
                value: Some(a.aside as f64),
                interval: None,
                n: Some(u32::try_from(a.rows).unwrap_or(u32::MAX)),
                status: "observed",
                unit: "rows",
                source: a.file.split('/').next().unwrap_or("").to_owned(),
                reason: String::new(),
            });
        }
        for c in &self.conditions {
            for row in c.rows.iter().flatten() {
                all.push(Value {
                    section: "condition",
                    measure: c.condition.id.to_owned(),
                    period: row.period.to_string(),
                    value: row.value,
                    interval: row.interval,
                    n: None,
                    status: row.status,
                    unit: c.condition.unit.en,
                    source: c.condition.datasets.join(" "),
                    reason: String::new(),
                });
            }
        }
        all
    }
}
