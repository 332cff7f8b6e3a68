//! Roles issue by issue: against every path of a short record, and on records whose issues are known.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use tertius::roles::evidence::Evidence;
use tertius::roles::issues::follow::{Following, Parting};
use tertius::roles::issues::read_issues;
use tertius::roles::parameters::Priors;
use tertius::roles::simulate::{Regime, simulate_issues};
use tertius::roles::{ReaderOptions, emission::log_likelihood, read};

use super::naive;
use super::support::*;

/// A medley whose acts belong to three issues or to none, and whose measures belong to the second.
fn with_issues(months: i32, rng: &mut ChaCha8Rng) -> Evidence {
    let mut e = medley(&article(), months, rng);
    e.issues = 3;
    e.answers_issue = Some(1);
    for a in &mut e.acts {
        let weight = 0.25 + 0.75 * rng.random::<f64>();
        a.issue = Some((rng.random_range(0..4), weight)).filter(|(i, _)| *i < 3);
    }
    e
}

/// The chain of an issue written out a second time: nine states a month, every path of them.
#[test]
fn an_issue_agrees_with_every_path() {
    let o = ReaderOptions::default();
    let mut worst: f64 = 0.0;
    for seed in 0..6 {
        let mut rng = rng(40 + seed);
        let months = 1 + (seed as usize % 4);
        let e = with_issues(months as i32, &mut rng);
        let priors = Priors::new(&article(), &e, &o);
        let p = priors.draw(&mut rng);
        let mut law = Parting::new(&e, &priors);
        // Faster than the catalogue's, so that four months hold something.
        (law.start, law.stay) = (0.2, 0.7);
        let whole: Vec<usize> = (0..months).map(|_| rng.random_range(0..16)).collect();
        for issue in 0..3 {
            let own = e.of_issue(issue);
            assert!(
                own.acts.iter().all(|a| a.issue == Some((issue, a.weight)))
                    && own.series.is_empty()
            );
            assert_eq!(own.measures.is_empty(), issue != 1);
            let table = log_likelihood(&own, &p, &o);
            let mut following = Following::default();
            let fast = following.smooth(&table, &whole, &law);
            let bits = naive::bits(&e);
            let step = |a: usize, b: usize| match (a, b) {
                (0, 0) => 0.8,
                (0, _) => 0.2 / 8.0,
                (_, 0) => 0.3,
                (a, b) if a == b => 0.7,
                _ => 0.0,
            };
            // The whole's bits with one of four flipped, or that one alone.
            let set = |t: usize, state: usize| match state {
                0 => bits[whole[t]],
                k if k % 2 == 1 => bits[whole[t]] ^ 1 << (k / 2),
                k => 1 << (k / 2 - 1),
            };
            let mut sums = vec![0.0; months * 9];
            let mut total = 0.0;
            for mut code in 0..9usize.pow(months as u32) {
                let mut states = Vec::new();
                for _ in 0..months {
                    states.push(code % 9);
                    code /= 9;
                }
                // Apart .2 / (.2 + .3) of the time.
                let mut joint = if states[0] == 0 { 0.6 } else { 0.4 / 8.0 };
                for w in states.windows(2) {
                    joint *= step(w[0], w[1]);
                }
                if joint == 0.0 {
                    continue;
                }
                let log: f64 = (0..months)
                    .map(|t| naive::log_likelihood(&own, &p, &o, t, set(t, states[t])))
                    .sum();
                joint *= log.exp();
                total += joint;
                for (t, state) in states.iter().enumerate() {
                    sums[t * 9 + state] += joint;
                }
            }
            for (a, b) in fast.iter().zip(&sums) {
                worst = worst.max((a - b / total).abs());
            }
        }
    }
    println!("FIGURE issues by enumeration: largest difference {worst:.1e}");
    assert!(worst < 1e-12, "{worst}");
}

/// Sampled paths have the marginals that the passes give.
#[test]
fn sampled_paths_of_an_issue_have_its_marginals() {
    let o = ReaderOptions::default();
    let mut rng = rng(50);
    let e = with_issues(12, &mut rng);
    let priors = Priors::new(&article(), &e, &o);
    let p = priors.draw(&mut rng);
    let mut law = Parting::new(&e, &priors);
    (law.start, law.stay) = (0.2, 0.7);
    let whole: Vec<usize> = (0..12).map(|t| t / 5).collect();
    let table = log_likelihood(&e.of_issue(1), &p, &o);
    let mut following = Following::default();
    let exact = following.smooth(&table, &whole, &law).to_vec();
    let n = 40_000;
    let mut path = Vec::new();
    let mut sums = vec![0.0; 12 * 16];
    for _ in 0..n {
        following.draw(&whole, &law, &mut rng, &mut path);
        path.iter()
            .enumerate()
            .for_each(|(t, z)| sums[t * 16 + z] += 1.0 / n as f64);
    }
    for t in 0..12 {
        for z in 0..16 {
            let states = (0..9).filter(|state| law.set(*state, whole[t]) == z);
            let p: f64 = states.map(|state| exact[t * 9 + state]).sum();
            // Five standard errors of a share, for 192 of them.
            let error = 5.0 * (p * (1.0 - p) / n as f64).sqrt() + 1e-4;
            assert!((sums[t * 16 + z] - p).abs() < error, "{t} {z}");
        }
    }
}

/// Nothing flows back to the whole, an issue without evidence is not read, and the seed decides.
#[test]
fn the_whole_is_the_same_with_issues_and_without() {
    let o = ReaderOptions {
        warm_up: 20,
        sweeps: 100,
        ..ReaderOptions::default()
    };
    let mut e = with_issues(30, &mut rng(51));
    e.acts
        .iter_mut()
        .for_each(|a| a.issue = a.issue.filter(|(i, _)| *i != 2));
    let mut without = e.clone();
    without.acts.iter_mut().for_each(|a| a.issue = None);
    (without.issues, without.answers_issue) = (0, None);
    let priors = Priors::new(&article(), &e, &o);
    let (a, b) = (
        read(&e, &priors, &o, 3).unwrap(),
        read(&without, &priors, &o, 3).unwrap(),
    );
    assert_eq!(a.sets, b.sets);
    assert!(
        read_issues(&without, &priors, &o, &b, 3)
            .unwrap()
            .is_empty()
    );
    let issues = read_issues(&e, &priors, &o, &a, 3).unwrap();
    assert_eq!(issues.iter().map(|i| i.issue).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(issues, read_issues(&e, &priors, &o, &a, 3).unwrap());
    for x in issues.iter().flat_map(|i| i.roles.iter().chain(&i.follows)) {
        assert!((0.0..=1.0 + 1e-12).contains(x), "{x}");
    }
}

const MONTHS: usize = 141;
const ISSUES: usize = 4;

/// A record of four issues at the means of the priors. The whole plays `of_whole` from month 40 to 99 and
/// nothing else; with `led` the last issue is led by that role alone from month 58 to 81.
fn parted(
    of_whole: usize,
    led: Option<usize>,
    (density, concentration): (f64, f64),
    seed: u64,
) -> Evidence {
    let c = article();
    let o = ReaderOptions::default();
    let regime = Regime {
        burst: 12,
        ..Regime::BASE
    };
    let nothing = Evidence::nothing(&c, span(MONTHS as i32));
    let mut p = Priors::new(&c, &nothing, &o).means();
    p.level = density.ln();
    let only = |role: usize| {
        nothing
            .sets
            .iter()
            .position(|z| z.bits() == 1 << role)
            .unwrap()
    };
    let mut whole = vec![0; MONTHS];
    whole[40..100].fill(only(of_whole));
    let mut issues = vec![whole.clone(); ISSUES];
    if let Some(role) = led {
        issues[ISSUES - 1][58..82].fill(only(role));
    }
    let mut rng = rng(4000 + seed);
    let layout = (issues.as_slice(), concentration);
    let s = simulate_issues(&c, nothing.span, &regime, &p, &whole, layout, &mut rng).unwrap();
    let mut e = s.evidence(&c, &o);
    e.issues = ISSUES;
    e.answers_issue = Some(0);
    e
}

/// Follower led by balancer, balancer by exploiter, follower by proxy.
const PAIRS: [(usize, usize); 3] = [(0, 1), (1, 2), (0, 3)];

/// Least probabilities of a penetration that are tried.
const LEAST: [f64; 4] = [0.5, 0.6, 0.7, 0.8];

/// One issue of four, led by another role for two of the five years in which the whole plays one. What is
/// seen of one issue is little: the bounds are of what a user may count on, the figures of what comes out.
#[test]
fn an_issue_led_by_another_role_stands_out_and_few_are_found_where_there_are_none() {
    let o = ReaderOptions {
        warm_up: 250,
        sweeps: 750,
        ..ReaderOptions::default()
    };
    let (mut acts, mut whole, mut lead) = (0, 0.0, 0.0);
    // Records by least probability: those in which the one is found, and those in which one is found where
    // there is none.
    let (mut hits, mut false_ones) = ([0; LEAST.len()], [0; LEAST.len()]);
    let seeds = 8;
    let n = seeds * PAIRS.len();
    for seed in 0..seeds as u64 {
        for (of_whole, role) in PAIRS {
            for led in [Some(role), None] {
                let e = parted(of_whole, led, (1.0, 3.0), seed);
                let priors = Priors::new(&article(), &e, &o);
                let reading = read(&e, &priors, &o, 1).unwrap();
                let issues = read_issues(&e, &priors, &o, &reading, 1).unwrap();
                if led.is_none() {
                    let all = issues.iter().flat_map(|i| &i.penetrations);
                    let most = all.map(|p| p.p).fold(0.0, f64::max);
                    for (n, least) in false_ones.iter_mut().zip(LEAST) {
                        *n += usize::from(most >= least);
                    }
                    continue;
                }
                let mean = |x: &[f64]| (58..82).map(|t| x[t * 4 + role]).sum::<f64>() / 24.0;
                let last = issues.iter().find(|i| i.issue == ISSUES - 1).unwrap();
                acts += last.acts;
                whole += mean(&reading.roles) / n as f64;
                lead += mean(&last.roles) / n as f64;
                let own = last.penetrations.iter();
                let own =
                    own.filter(|p| p.role.index() == role && p.months.0 < 82 && p.months.1 >= 58);
                let most = own.map(|p| p.p).fold(0.0, f64::max);
                for (n, least) in hits.iter_mut().zip(LEAST) {
                    *n += usize::from(most >= least);
                }
            }
        }
    }
    println!(
        "FIGURE penetration: one act a class and month on {ISSUES} issues ({:.1} a month on the one), {n} records: found in {hits:?} at probabilities of at least {LEAST:?}; P(role) {lead:.2} on the issue, {whole:.2} in the whole; without any, found in {false_ones:?} of {n}",
        acts as f64 / n as f64 / MONTHS as f64,
    );
    // The role is twice as probable on its issue as in the whole, or issues would say nothing of their own.
    assert!(lead > 2.0 * whole, "{lead} {whole}");
    // One that is told has a probability of a half at least: more than one false record in four would
    // belie it.
    assert!(4 * false_ones[0] <= n, "{false_ones:?} of {n}");
    assert!(hits[0] > false_ones[0], "{hits:?} {false_ones:?}");
}
