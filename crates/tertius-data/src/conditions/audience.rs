//! The domestic audience, from polls, with the error of sampling.

use std::collections::BTreeMap;

use tertius::vocabulary::{Observed, When};

use super::series::Z_90;
use super::{Condition, NO_ERROR, Point, Series, Value, known_after};
use crate::catalogue::Bilingual;
use crate::datasets::pew::{Answer, Share};
use crate::datasets::press_points::{Affinity, Mode};
use crate::states::StateId;

/// The entry.
pub static CONDITION: Condition = Condition {
    id: "hardliners",
    title: Bilingual {
        en: "share of the ally's public that is very unfavourable to the rival",
        zh: "弱势盟国公众中对对手“非常不喜欢”的比例",
    },
    unit: Bilingual {
        en: "share of respondents",
        zh: "受访者比例",
    },
    range: (0.0, 1.0),
    lag_months: 0,
    steps: super::Steps::Years,
    datasets: &["pew-favourability"],
    error: Bilingual {
        en: "sampling, with a design effect of 1.5",
        zh: "抽样误差，设计效应取 1.5",
    },
    page: "conditions.md#audience",
};

const fn affinity(id: &'static str, title: Bilingual) -> Condition {
    Condition {
        id,
        title,
        unit: Bilingual {
            en: "share of respondents",
            zh: "受访者比例",
        },
        range: (0.0, 1.0),
        // Published in the winter after the survey.
        lag_months: 4,
        steps: super::Steps::Surveys,
        datasets: &["cabinet-office-affinity"],
        error: NO_ERROR,
        page: "conditions.md#audience",
    }
}

/// Japan's own survey while interviewers asked. Another condition than [`BY_MAIL`], and never joined with it: what
/// people tell an interviewer and what they write differ in level.
pub static BY_INTERVIEW: Condition = affinity(
    "no-affinity-interview",
    Bilingual {
        en: "share of Japan's public without affinity to the rival, asked by interviewers (to 2019)",
        zh: "日本公众中对对手“没有亲近感”的比例（面访，至 2019 年）",
    },
);

/// The same since it is asked by mail.
pub static BY_MAIL: Condition = affinity(
    "no-affinity-mail",
    Bilingual {
        en: "share of Japan's public without affinity to the rival, asked by mail (from 2020)",
        zh: "日本公众中对对手“没有亲近感”的比例（邮寄，2020 年起）",
    },
);

/// The condition of a mode.
pub fn by_mode(mode: Mode) -> &'static Condition {
    match mode {
        Mode::FaceToFace => &BY_INTERVIEW,
        Mode::Mail => &BY_MAIL,
    }
}

/// By how much weighting and clusters widen a poll's error: a setting; Pew's surveys lie between 1.2 and 2.5.
pub const DESIGN_EFFECT: f64 = 1.5;

/// A share with Wilson's score interval for n / deff respondents (Wilson 1927).
///
/// (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)
///
/// Nothing where nobody was asked. The interval stays inside \[0, 1\], at 0 and 1 too.
///
/// ```
/// use tertius_data::conditions::audience::wilson;
/// // 10 of 100: statsmodels' proportion_confint(10, 100, 0.1, "wilson").
/// let (low, high) = wilson(0.1, 100, 1.0).unwrap().interval.unwrap();
/// assert!((low - 0.060719).abs() < 5e-7 && (high - 0.160356).abs() < 5e-7);
/// assert!(wilson(0.1, 0, 1.0).is_none());
/// ```
pub fn wilson(p: f64, respondents: u32, design_effect: f64) -> Option<Value> {
    let valid = (0.0..=1.0).contains(&p) && respondents > 0 && design_effect >= 1.0;
    let n = f64::from(respondents) / design_effect;
    valid.then(|| {
        const Z: f64 = Z_90;
        let (centre, spread) = (1.0 + Z * Z / n, p * (1.0 - p) / n + Z * Z / (4.0 * n * n));
        let mid = p + Z * Z / (2.0 * n);
        let half = Z * spread.sqrt();
        Value {
            mid: p,
            interval: Some((
                ((mid - half) / centre).clamp(0.0, p),
                ((mid + half) / centre).clamp(p, 1.0),
            )),
            n: Some(respondents),
        }
    })
}

/// What a wave says of one answer. An answer without a row got nobody's voice only where the rows that are there
/// sum to all; otherwise it is missing.
pub fn share_of(wave: &[&Share], answer: Answer) -> Option<(f64, u32)> {
    let respondents = wave.iter().map(|s| s.respondents).max()?;
    if let Some(found) = wave.iter().find(|s| s.answer == answer) {
        return Some((found.share, respondents));
    }
    let sum: f64 = wave.iter().map(|s| s.share).sum();
    // Shares are printed to a hundredth of a per cent.
    ((sum - 1.0).abs() < 5e-4).then_some((0.0, respondents))
}

/// Hardliners: the share of all who were asked that is very unfavourable, wave by wave. A year without a wave is
/// outside coverage: nobody asked.
pub fn hardliners(shares: &[Share], country: StateId, target: StateId) -> Series {
    let mut waves: BTreeMap<i16, Vec<&Share>> = BTreeMap::new();
    for s in shares
        .iter()
        .filter(|s| s.country == country && s.target == target)
    {
        waves.entry(s.year).or_default().push(s);
    }
    let point = |(year, wave): (&i16, &Vec<&Share>)| {
        let found = share_of(wave, Answer::VeryUnfavourable);
        let value = found.and_then(|(p, n)| wilson(p, n, DESIGN_EFFECT));
        Point {
            period: When::Year(*year),
            value: value.map_or(Observed::Missing, Observed::Observed),
            known_from: known_after(When::Year(*year), CONDITION.lag_months),
        }
    };
    Series {
        condition: CONDITION.id,
        points: waves.iter().map(point).collect(),
    }
}

/// The share of Japan's public without affinity to a state, month of survey by month of survey, without error since
/// the number of respondents was not reported. Face-to-face and mail surveys are two conditions ([`by_mode`]).
pub fn without_affinity(points: &[Affinity], target: StateId, mode: Mode) -> Series {
    let condition = by_mode(mode);
    let of_target = points
        .iter()
        .filter(|p| p.target == target && p.mode == mode);
    let point = |p: &Affinity| Point {
        period: When::Month(p.month),
        value: Observed::Observed(Value::bare(1.0 - p.share)),
        known_from: known_after(When::Month(p.month), condition.lag_months),
    };
    Series {
        condition: condition.id,
        points: of_target.map(point).collect(),
    }
}
