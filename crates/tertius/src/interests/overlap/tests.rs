use super::*;
use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

fn posture(centre: f64, sd: f64, salience: f64) -> Posture {
    Posture {
        centre,
        sd,
        salience,
        rows: Vec::new(),
    }
}

fn of(pairs: &[(Option<&Posture>, Option<&Posture>)]) -> Option<Overlap> {
    let gaps: Vec<_> = pairs.iter().map(|(a, b)| gap((*a)?, (*b)?, 0.0)).collect();
    overlap(pairs, &gaps)
}

/// Where congruence C falls below θ_C = ½, as the methods page says: two postures known to .05 must
/// lie more than 1 apart, and what is not known at all never does.
#[test]
fn congruence_below_one_half_needs_postures_more_than_one_apart() {
    for (i, j) in (0..=20).flat_map(|i| (0..=20).map(move |j| (i, j))) {
        let [own, wish] = [i, j].map(|k| f64::from(k) / 10.0 - 1.0);
        let c = 1.0
            - gap(&posture(own, 0.05, 1.0), &posture(wish, 0.05, 1.0), 0.0)
                .unwrap()
                .divergence
                .mid;
        let apart = (own - wish).abs();
        // At the ends the cut draws a posture in by .04; between 1 and 1.1 either may be.
        if apart <= 1.0 - 1e-9 {
            assert!(c >= 0.5, "{own} {wish} {c}");
        } else if apart >= 1.1 - 1e-9 {
            assert!(c < 0.5, "{own} {wish} {c}");
        }
    }
    let unknown = posture(0.0, 1e6, 1.0);
    assert!(1.0 - gap(&unknown, &unknown, 0.0).unwrap().divergence.mid > 0.66);
}

#[test]
fn without_error_the_formula_is_arithmetic() {
    let (a, b) = (posture(0.5, 1e-9, 0.8), posture(-0.3, 1e-9, 0.2));
    let (c, d) = (posture(-0.1, 1e-9, 0.2), posture(-0.5, 1e-9, 0.8));
    let o = of(&[(Some(&a), Some(&b)), (Some(&c), Some(&d))]).unwrap();
    // Saliences .8/.2 against .2/.8: both products are .16, so ω = ½ each.
    // D = ½ (½·.8 + ½·.4) = .3; Δ = ½·.8 + ½·.4 = .6. The spread of 1e-9 is the tolerance.
    assert!((o.divergence.mid - 0.3).abs() < 1e-8);
    assert!((o.signed_gap.mid - 0.6).abs() < 1e-8);
    assert!((o.divergence.low - 0.3).abs() < 1e-8 && (o.divergence.high - 0.3).abs() < 1e-8);
}

#[test]
fn what_is_not_declared_is_not_zero() {
    let a = posture(0.5, 0.1, 1.0);
    assert_eq!(of(&[(Some(&a), None)]), None);
    let one_of_three = [(Some(&a), Some(&a)), (Some(&a), None), (None, None)];
    assert_eq!(of(&one_of_three), None);
}

/// Of a covariance that is next to nothing, the two ways of cutting differ by what lies outside the range:
/// five spreads off, nothing. And what hangs together lies closer than what does not.
#[test]
fn what_hangs_together_lies_closer() {
    let (a, b) = (posture(0.3, 0.1, 1.0), posture(-0.1, 0.1, 1.0));
    let apart = gap(&a, &b, 0.0).unwrap();
    let hardly = gap(&a, &b, 1e-15).unwrap();
    // The lattice's step, and Simpson's rule.
    assert!((apart.divergence.mid - hardly.divergence.mid).abs() < 2e-5);
    assert!((apart.signed.mid - hardly.signed.mid).abs() < 2e-5);
    assert!((apart.divergence.high - hardly.divergence.high).abs() < 2e-3);
    let tied = gap(&a, &b, 0.009).unwrap();
    let width = |g: &Gap| g.signed.high - g.signed.low;
    // √(.02 − .018) against √.02.
    assert!((width(&tied) / width(&apart) - 0.1f64.sqrt()).abs() < 0.01);
    let whole = gap(&a, &b, 0.01).unwrap();
    assert!((whole.divergence.mid - 0.2).abs() < 1e-5 && width(&whole) < 1e-4);
}

#[test]
fn two_unknown_postures_diverge_by_a_third() {
    // Uniform on [−1, 1] each: E|a − b| = 2/3, so D = 1/3, and P(D ≤ d) = 1 − (1 − d)².
    let flat = posture(0.0, 1e6, 1.0);
    let d = of(&[(Some(&flat), Some(&flat))]).unwrap().divergence;
    assert!((d.mid - 1.0 / 3.0).abs() < 1e-9, "{}", d.mid);
    // A step of the difference is 1/64, and mass even over it is wrong by a squared one.
    for (found, u) in [(d.low, 0.05f64), (d.high, 0.95)] {
        let expected = 1.0 - (1.0 - u).sqrt();
        assert!((found - expected).abs() < 5e-4, "{u} {found} {expected}");
    }
}

/// Of tied postures the difference alone is cut: half of it is uniform on [−1, 1], so D = E|u| = 1/2.
#[test]
fn two_unknown_postures_that_are_tied_diverge_by_a_half() {
    let flat = posture(0.0, 1e6, 1.0);
    let d = gap(&flat, &flat, 1.0).unwrap().divergence;
    // Simpson's rule.
    assert!((d.mid - 0.5).abs() < 2e-5, "{}", d.mid);
}

#[test]
fn ambition_counts_only_what_exceeds_the_baseline() {
    let (up, down) = (posture(0.6, 1e-9, 0.5), posture(-0.2, 1e-9, 0.5));
    let m = ambition(&[(Some(&up), Some(0.2)), (Some(&down), Some(0.0))]).unwrap();
    assert!((m.mid - 0.2).abs() < 1e-8);
}

#[test]
fn ambition_that_may_be_none_has_zero_for_its_lower_end() {
    let m = ambition(&[(Some(&posture(0.0, 0.1, 1.0)), Some(0.05))]).unwrap();
    assert_eq!(m.low, 0.0);
    assert!(m.mid > 0.0 && m.high > m.mid);
}

/// Draws of the postures, as an independent witness.
const DRAWS: usize = 20_000;

fn drawn(draw: &mut dyn FnMut(&mut ChaCha8Rng) -> f64, seed: u64) -> Vec<f64> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut all: Vec<f64> = (0..DRAWS).map(|_| draw(&mut rng)).collect();
    all.sort_by(f64::total_cmp);
    all
}

fn agrees(found: Measured, draws: &[f64]) -> Result<(), TestCaseError> {
    let n = DRAWS as f64;
    let mean = draws.iter().sum::<f64>() / n;
    let sd = (draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
    // Five standard errors of the mean of the draws, and the integral's own error.
    prop_assert!(
        (found.mid - mean).abs() < 5.0 * sd / n.sqrt() + 2e-5,
        "{found:?} {mean} {sd}"
    );
    for (end, u) in [(found.low, 0.05), (found.high, 0.95)] {
        // Five standard errors of a share of .05; a hundredth of a spread for the lattice; and an end
        // may lie on mass of its own, of which any share may be below.
        let error = 5.0 * (0.05 * 0.95 / n).sqrt();
        let below = |x: f64| draws.partition_point(|d| *d < x) as f64 / n;
        let (least, most) = (below(end - 0.01 * sd), below(end + 0.01 * sd + 1e-12));
        // An end is stretched to hold the mean, which may lie beyond nine tenths of what is nearly sure.
        let stretched = end == found.mid;
        prop_assert!(
            (stretched || least - error <= u) && u <= most + error,
            "{u}: {end} has {least} to {most}"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn sums_are_those_of_draws(
        centres in prop::array::uniform6(-1.0..=1.0f64),
        sds in prop::array::uniform6(-4.0..=1.0f64),
        saliences in prop::array::uniform6(0.05..=1.0f64),
    ) {
        let p: Vec<Posture> = (0..6).map(|k| posture(centres[k], sds[k].exp(), saliences[k])).collect();
        let pairs: Vec<_> = (0..3).map(|i| (Some(&p[2 * i]), Some(&p[2 * i + 1]))).collect();
        let o = of(&pairs).unwrap();
        let w: Vec<f64> = o.weights.iter().map(|w| w.unwrap()).collect();
        let sum = |part: fn(f64) -> f64| {
            let (p, w) = (&p, &w);
            move |rng: &mut ChaCha8Rng| -> f64 {
                (0..3).map(|i| {
                    let gap = p[2 * i].quantile(rng.random()) - p[2 * i + 1].quantile(rng.random());
                    w[i] * part(gap)
                }).sum()
            }
        };
        agrees(o.divergence, &drawn(&mut sum(|g| 0.5 * g.abs()), 1))?;
        agrees(o.signed_gap, &drawn(&mut sum(|g| g), 2))?;
        let first = gap(&p[0], &p[1], 0.0).unwrap();
        let mut one = |rng: &mut ChaCha8Rng| {
            0.5 * (p[0].quantile(rng.random()) - p[1].quantile(rng.random())).abs()
        };
        agrees(first.divergence, &drawn(&mut one, 3))?;
        let own: Vec<_> = p.iter().take(3).map(|x| (Some(x), Some(0.1))).collect();
        let total: f64 = saliences[..3].iter().sum();
        let m = ambition(&own).unwrap();
        let mut draw = |rng: &mut ChaCha8Rng| (0..3).map(|k| {
            saliences[k] / total * (p[k].quantile(rng.random()) - 0.1).max(0.0)
        }).sum();
        agrees(m, &drawn(&mut draw, 4))?;
    }

    /// Swapping the two actors turns the sign and nothing else; the order of issues is nothing.
    #[test]
    fn swapping_turns_the_sign(a in -1.0..=1.0f64, b in -1.0..=1.0f64, s in 0.02..=1.0f64, t in 0.02..=1.0f64) {
        let (p, q) = (posture(a, s, 0.6), posture(b, t, 0.3));
        let (r, u) = (posture(b, s, 0.2), posture(a, 0.5, 0.9));
        let one = of(&[(Some(&p), Some(&q)), (Some(&r), Some(&u))]).unwrap();
        let two = of(&[(Some(&u), Some(&r)), (Some(&q), Some(&p))]).unwrap();
        // Order of addition; and points of the lattice fall elsewhere, by a step of the range, 4, at most.
        prop_assert!((one.divergence.mid - two.divergence.mid).abs() < 1e-12);
        prop_assert!((one.signed_gap.mid + two.signed_gap.mid).abs() < 1e-12);
        prop_assert!((one.divergence.low - two.divergence.low).abs() < 1.0 / 512.0);
        prop_assert!((one.signed_gap.low + two.signed_gap.high).abs() < 4.0 / 512.0);
    }
}

/// What uncertainty adds to D, as the page on the decision prints it. Closed form: a difference of two
/// normals of spread s has spread s√2, and E|N(m, t²)| = t√(2/π) e^(−m²/2t²) + m erf(m/(t√2)).
#[test]
fn the_page_prints_what_uncertainty_adds_to_divergence() {
    let page = include_str!("../../../../../docs/decisions/0001-postures-forget.md");
    assert!(page.contains(
        ".056 where the two stand at one place, .020 where they are .1 apart, .005 at .2."
    ));
    for (apart, printed, closed) in [
        (0.0, 0.056, 0.056_418_96),
        (0.1, 0.020, 0.019_964_12),
        (0.2, 0.005, 0.005_025_45),
    ] {
        let g = gap(&posture(0.0, 0.1, 1.0), &posture(apart, 0.1, 1.0), 0.0).unwrap();
        let added = g.divergence.mid - apart / 2.0;
        // Simpson's rule to 2e-5, as the methods page says; half a unit of the printed digit.
        assert!((added - closed).abs() < 2e-5, "{apart}: {added}");
        assert!((added - printed).abs() <= 5e-4, "{apart}: {added}");
    }
}
