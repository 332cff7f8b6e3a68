//! What the ally would choose, given its wishes, its patron's and its fears (model B.2, B.3).

/// Settings of the choice model. All are proposals, shown in every output and swept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChoiceOptions {
    /// λ0: weight of the patron's wish at full risk and dependence.
    pub lambda0: f64,
    /// η: weight of hardliners.
    pub eta: f64,
    /// g: gain from acting under the alliance's cover.
    pub gain: f64,
    /// Coefficients of the risk of abandonment.
    pub abandonment: Abandonment,
}

/// Coefficients of the logit of the risk of abandonment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Abandonment {
    /// a0: at no dependence, commitment or pressure.
    pub base: f64,
    /// a2: what full dependence adds.
    pub dependence: f64,
    /// a3: what full commitment of the patron takes away.
    pub commitment: f64,
    /// a4: what full pressure adds.
    pub pressure: f64,
}

impl Default for ChoiceOptions {
    /// Model B.2 and B.3, orders of magnitude only.
    fn default() -> Self {
        ChoiceOptions {
            lambda0: 4.0,
            eta: 0.5,
            gain: 0.5,
            abandonment: Abandonment {
                base: -2.0,
                dependence: 1.5,
                commitment: 1.0,
                pressure: 0.5,
            },
        }
    }
}

/// Risk of abandonment α: `logit α = a0 + a2 δ − a3 commitment + a4 pressure`.
///
/// `dependence` δ, `commitment` and `pressure` are between 0 and 1. The ally's own past conduct is left
/// out: it would be the role coming back in as its cause.
pub fn abandonment(
    options: &ChoiceOptions,
    dependence: f64,
    commitment: f64,
    pressure: f64,
) -> f64 {
    let a = options.abandonment;
    let logit =
        a.base + a.dependence * dependence - a.commitment * commitment + a.pressure * pressure;
    1.0 / (1.0 + (-logit).exp())
}

/// Coefficients of the logit of the risk of entrapment: orders of magnitude only, swept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entrapment {
    /// b0: with no hostility, no tie and no exposure.
    pub base: f64,
    /// b1: what full hostility of the partner and its adversary adds.
    pub hostility: f64,
    /// b2: what a full pledge to the partner adds.
    pub tightness: f64,
    /// b3: what full exposure to the adversary adds.
    pub exposure: f64,
}

impl Default for Entrapment {
    /// Model B.2.
    fn default() -> Self {
        Entrapment {
            base: -2.0,
            hostility: 1.0,
            tightness: 1.0,
            exposure: 1.0,
        }
    }
}

/// Risk of entrapment ε: `logit ε = b0 + b1 (−s) + b2 tightness + b3 exposure` (model B.2).
///
/// `relation` s of the partner and its adversary is between −1, hostile, and 1; `tightness` is what one has
/// pledged to the partner and `exposure` what one has to lose with the adversary, both between 0 and 1.
///
/// ```
/// use tertius::interests::choice::{Entrapment, entrapment};
/// let o = Entrapment::default();
/// assert_eq!(entrapment(&o, -1.0, 1.0, 0.0), 0.5);
/// assert!(entrapment(&o, 1.0, 1.0, 0.0) < entrapment(&o, -1.0, 1.0, 0.0));
/// ```
pub fn entrapment(options: &Entrapment, relation: f64, tightness: f64, exposure: f64) -> f64 {
    let b = options;
    let logit = b.base - b.hostility * relation + b.tightness * tightness + b.exposure * exposure;
    1.0 / (1.0 + (-logit).exp())
}

/// One issue as the ally sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stake {
    /// x: its own preferred posture.
    pub own: f64,
    /// e: what the patron expects of it.
    pub expected: f64,
    /// w: its own salience.
    pub salience: f64,
    /// v: the patron's salience.
    pub patron_salience: f64,
}

/// Pull toward the patron on an issue over the rival,
/// `ρ = λ v / (w + λ v + η h q)` with `q = w` (model B.3); 0 where nobody cares.
pub fn pull(options: &ChoiceOptions, lambda: f64, hardliners: f64, w: f64, v: f64) -> f64 {
    let toward = lambda * v;
    let all = w + toward + options.eta * hardliners * w;
    if all > 0.0 { toward / all } else { 0.0 }
}

/// The least risk of abandonment at which the patron's pull reaches one half,
/// `α = (w + η h w) / (λ0 δ v)`: from there on a follower by sacrifice. Nothing where no risk is enough.
///
/// ```
/// use tertius::interests::choice::{ChoiceOptions, least_abandonment};
/// let o = ChoiceOptions::default();
/// assert_eq!(least_abandonment(&o, 0.5, 0.0, 1.0, 1.0), Some(0.5));
/// assert_eq!(least_abandonment(&o, 0.2, 0.0, 1.0, 1.0), None);
/// ```
pub fn least_abandonment(
    options: &ChoiceOptions,
    dependence: f64,
    hardliners: f64,
    w: f64,
    v: f64,
) -> Option<f64> {
    let against = w + options.eta * hardliners * w;
    let alpha = against / (options.lambda0 * dependence * v);
    (0.0..=1.0).contains(&alpha).then_some(alpha)
}

/// Chosen posture on an issue over the rival,
/// `y* = (w x + λ v e − η h q) / (w + λ v + η h q)`, within [−1, 1].
pub fn chosen_over_rival(options: &ChoiceOptions, lambda: f64, hardliners: f64, s: &Stake) -> f64 {
    let hard = options.eta * hardliners * s.salience;
    let all = s.salience + lambda * s.patron_salience + hard;
    if all <= 0.0 {
        return s.own.clamp(-1.0, 1.0);
    }
    let y = (s.salience * s.own + lambda * s.patron_salience * s.expected - hard) / all;
    y.clamp(-1.0, 1.0)
}

/// Chosen posture on an issue of capacity, status or network,
/// `y* = (w x + λ v e + g·cover/2) / (w + λ v)`, within [−1, 1].
pub fn chosen_in_alliance(options: &ChoiceOptions, lambda: f64, cover: f64, s: &Stake) -> f64 {
    let all = s.salience + lambda * s.patron_salience;
    if all <= 0.0 {
        return s.own.clamp(-1.0, 1.0);
    }
    let y =
        (s.salience * s.own + lambda * s.patron_salience * s.expected + options.gain * cover / 2.0)
            / all;
    y.clamp(-1.0, 1.0)
}

/// The alliance's ceiling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ceiling {
    /// `Σ v_i (y_i − e_i)²` at the ally's own λ.
    pub deviation: f64,
    /// Whether it is above τ.
    pub binds: bool,
    /// The λ at which the deviation is τ; the ally's own where the ceiling does not bind.
    pub lambda_needed: f64,
}

/// Deviation from the patron's expectations against the ceiling τ. It falls in λ always, so where it is
/// exceeded λ is raised to equality (model B.3). Where no λ reaches τ (hardliners pull past the patron's
/// wish) `lambda_needed` is infinite.
pub fn ceiling(
    options: &ChoiceOptions,
    lambda: f64,
    hardliners: f64,
    stakes: &[Stake],
    tau: f64,
) -> Ceiling {
    let deviation_at = |l: f64| -> f64 {
        stakes
            .iter()
            .map(|s| {
                let y = chosen_over_rival(options, l, hardliners, s);
                s.patron_salience * (y - s.expected).powi(2)
            })
            .sum()
    };
    let deviation = deviation_at(lambda);
    if deviation <= tau {
        return Ceiling {
            deviation,
            binds: false,
            lambda_needed: lambda,
        };
    }
    let mut high = lambda.max(1.0);
    while deviation_at(high) > tau {
        high *= 2.0;
        if high > 1e12 {
            return Ceiling {
                deviation,
                binds: true,
                lambda_needed: f64::INFINITY,
            };
        }
    }
    let mut low = lambda;
    // Bisection to the last bit that matters: 80 halvings of at most 1e12.
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if deviation_at(middle) > tau {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ceiling {
        deviation,
        binds: true,
        lambda_needed: high,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// y* must be where U is greatest: a search over a grid, with U written out as model B.3 has it.
    #[test]
    fn the_chosen_posture_is_where_utility_is_greatest() {
        let o = ChoiceOptions::default();
        for (lambda, h, cover) in [(0.3, 0.2, 0.4), (2.5, 0.9, 0.0), (0.0, 0.0, 1.0)] {
            let s = Stake {
                own: 0.4,
                expected: -0.6,
                salience: 0.5,
                patron_salience: 0.7,
            };
            let over_rival = |y: f64| {
                -s.salience * (y - s.own).powi(2)
                    - lambda * s.patron_salience * (y - s.expected).powi(2)
                    - o.eta * h * s.salience * (y + 1.0).powi(2)
            };
            let in_alliance = |y: f64| {
                -s.salience * (y - s.own).powi(2)
                    - lambda * s.patron_salience * (y - s.expected).powi(2)
                    + o.gain * y * cover
            };
            let best = |u: &dyn Fn(f64) -> f64| {
                (0..=20_000)
                    .map(|i| f64::from(i) / 10_000.0 - 1.0)
                    .max_by(|a, b| u(*a).total_cmp(&u(*b)))
                    .unwrap()
            };
            // The grid's step is 1e-4.
            assert!((chosen_over_rival(&o, lambda, h, &s) - best(&over_rival)).abs() <= 1e-4);
            assert!((chosen_in_alliance(&o, lambda, cover, &s) - best(&in_alliance)).abs() <= 1e-4);
        }
    }

    #[test]
    fn raising_lambda_to_the_ceiling_meets_it() {
        let o = ChoiceOptions::default();
        let stakes = [
            Stake {
                own: 0.8,
                expected: -0.8,
                salience: 0.7,
                patron_salience: 0.6,
            },
            Stake {
                own: 0.1,
                expected: -0.5,
                salience: 0.3,
                patron_salience: 0.4,
            },
        ];
        let c = ceiling(&o, 0.2, 0.0, &stakes, 0.35);
        assert!(c.binds && c.lambda_needed > 0.2);
        let again = ceiling(&o, c.lambda_needed, 0.0, &stakes, 0.35);
        // Bisection leaves a relative error of 2^-80 of the bracket.
        assert!((again.deviation - 0.35).abs() < 1e-9, "{}", again.deviation);
    }

    const PAGE: &str = include_str!("../../../../docs/methods/interests.md");

    /// The table of the methods page, each cell found again by walking up α until ρ is one half.
    #[test]
    fn the_page_prints_where_a_follower_by_sacrifice_can_be_reached() {
        let o = ChoiceOptions::default();
        let mut cells = 0;
        let table = PAGE.lines().skip_while(|l| !l.starts_with("| δ | h = 0 |"));
        for line in table.skip(2).take_while(|l| l.starts_with('|')) {
            let row: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let delta: f64 = row[0].parse().unwrap();
            for (h, cell) in [0.0, 0.25, 0.5, 0.75, 1.0].into_iter().zip(&row[1..6]) {
                let reaches = |k: &i32| {
                    let lambda = o.lambda0 * f64::from(*k) / 1e4 * delta;
                    pull(&o, lambda, h, 1.0, 1.0) >= 0.5
                };
                let found = (0..=10_000).find(reaches).map(|k| f64::from(k) / 1e4);
                match cell.parse::<f64>() {
                    // Half a unit of the printed digit, and the step of the walk.
                    Ok(printed) => assert!(
                        (printed - found.unwrap()).abs() < 0.005 + 1e-4,
                        "{line} {found:?}"
                    ),
                    Err(_) => assert_eq!((*cell, found), ("–", None), "{line}"),
                }
                let alpha = least_abandonment(&o, delta, h, 1.0, 1.0);
                assert_eq!(alpha.is_some(), found.is_some());
                assert!(alpha.is_none_or(|a| (a - found.unwrap()).abs() <= 1e-4));
                cells += 1;
            }
            let alpha = abandonment(&o, delta, 0.8, 1.0);
            assert!(
                (alpha - row[6].parse::<f64>().unwrap()).abs() < 0.005,
                "{line} {alpha}"
            );
        }
        assert_eq!(cells, 40);
        // And the sentence under it.
        let reached = |commitment: f64, h: f64| {
            (0..=10_000).map(|k| f64::from(k) / 1e4).find(|d| {
                let alpha = abandonment(&o, *d, commitment, 1.0);
                least_abandonment(&o, *d, h, 1.0, 1.0).is_some_and(|least| alpha >= least)
            })
        };
        for (commitment, printed) in [(0.8, ".90"), (0.0, ".66")] {
            let found = format!("{:.2}", reached(commitment, 0.0).unwrap());
            assert_eq!(found.trim_start_matches('0'), printed);
            assert!(PAGE.contains(&format!("δ from {printed}")), "{printed}");
        }
        assert_eq!(reached(0.8, 0.5), None);
    }

    #[test]
    fn abandonment_rises_with_dependence_and_pressure_and_falls_with_commitment() {
        let o = ChoiceOptions::default();
        let base = abandonment(&o, 0.5, 0.5, 0.5);
        assert!(abandonment(&o, 0.6, 0.5, 0.5) > base);
        assert!(abandonment(&o, 0.5, 0.6, 0.5) < base);
        assert!(abandonment(&o, 0.5, 0.5, 0.6) > base);
    }
}
