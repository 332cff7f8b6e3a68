//! Compliance: how much of what the patron did against its rival the ally has joined, and how late.
//!
//! Drawn, never scored: it is a stock, and a stock read every month would count one fact again and again.

use crate::record::Measure;
use crate::vocabulary::{Month, When};

/// Days in which the worth of joining falls by a factor e.
const PATIENCE: f64 = 90.0;

/// `Σ min(g_W, g_S) e^(−lag/90) / Σ g_S` over the patron's measures up to the end of `month` (model B.5),
/// between 0 and 1; nothing before the patron acts.
///
/// `g_S` is a measure's grade, `g_W` the highest that the ally reached within twelve months of it, counted
/// from the month in which it was reached; `lag` the days from the measure to that step, 0 where the ally
/// went first. Dates stand as the record has them, and one that names no day stands at its first.
pub(super) fn compliance(measures: &[Measure], month: Month) -> Option<f64> {
    let by_now = |date: When| date.first_day() <= month.last_day();
    let (mut joined, mut asked) = (0.0, 0.0);
    for m in measures.iter().filter(|m| by_now(m.date)) {
        let grade = f64::from(m.grade);
        asked += grade;
        let Some(answer) = m.answer.filter(|a| by_now(a.grade_date)) else {
            continue;
        };
        let lag = (answer.grade_date.first_day() - m.date.first_day()).get_days();
        joined += grade.min(f64::from(answer.grade)) * (-f64::from(lag.max(0)) / PATIENCE).exp();
    }
    (asked > 0.0).then(|| joined / asked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Answer, Cited, Confidence};
    use crate::vocabulary::Text;

    fn measure(date: &str, grade: u8, answer: Option<(&str, u8, &str)>) -> Measure {
        let when = |text: &str| text.parse::<When>().unwrap();
        Measure {
            cited: Cited {
                id: date.to_owned(),
                file: "measures.csv".into(),
                row: 2,
                known_from: when(date).last_day(),
                episode: None,
                description: Text::default(),
                sources: vec!["s".into()],
                quote: None,
                locator: None,
                checked: true,
                confidence: Confidence::High,
                coder: "c".into(),
            },
            issuers: Vec::new(),
            date: when(date),
            grade,
            answer: answer.map(|(first, grade, reached)| Answer {
                date: when(first),
                grade,
                grade_date: when(reached),
            }),
            exemptions: None,
            answer_sources: Vec::new(),
        }
    }

    /// Grade 3, joined at 2 the day after; 2, joined above its grade eight days before; 5, joined at 4
    /// fifty-seven days later by steps of which the first counts for nothing yet; 1, never.
    fn four() -> Vec<Measure> {
        vec![
            measure("2014-03-17", 3, Some(("2014-03-18", 2, "2014-03-18"))),
            measure("2014-04-28", 2, Some(("2014-04-20", 6, "2014-04-20"))),
            measure("2014-07-29", 5, Some(("2014-08-05", 4, "2014-09-24"))),
            measure("2014-07-30", 1, None),
        ]
    }

    #[test]
    fn by_hand() {
        let day = (-1.0f64 / 90.0).exp();
        let late = (-57.0f64 / 90.0).exp();
        for (month, expected) in [
            ("2014-02", None),
            ("2014-03", Some(2.0 * day / 3.0)),
            ("2014-04", Some((2.0 * day + 2.0) / 5.0)),
            ("2014-06", Some((2.0 * day + 2.0) / 5.0)),
            ("2014-07", Some((2.0 * day + 2.0) / 11.0)),
            ("2014-08", Some((2.0 * day + 2.0) / 11.0)),
            ("2014-09", Some((2.0 * day + 2.0 + 4.0 * late) / 11.0)),
            ("2030-01", Some((2.0 * day + 2.0 + 4.0 * late) / 11.0)),
        ] {
            assert_eq!(
                compliance(&four(), month.parse().unwrap()),
                expected,
                "{month}"
            );
        }
    }

    #[test]
    fn who_joins_everything_at_once_complies_wholly_and_who_joins_nothing_not_at_all() {
        let month = "2015-01".parse().unwrap();
        let mut all = four();
        for m in &mut all {
            m.answer = Some(Answer {
                date: m.date,
                grade: m.grade,
                grade_date: m.date,
            });
        }
        assert_eq!(compliance(&all, month), Some(1.0));
        for m in &mut all {
            m.answer = None;
        }
        assert_eq!(compliance(&all, month), Some(0.0));
        assert_eq!(compliance(&[], month), None);
    }
}
