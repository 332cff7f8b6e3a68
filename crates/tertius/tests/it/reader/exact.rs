//! What must come out exactly.

use rand::RngExt;
use tertius::roles::because::{ALL, Question, because, because_of_change, of_draw, split};
use tertius::roles::emission::{Piece, log_likelihood};
use tertius::roles::evidence::{Dated, Evidence, episode_weights, package_weights};
use tertius::roles::gibbs::{given, laws, marginals};
use tertius::roles::parameters::Priors;
use tertius::roles::transition::period_logits;
use tertius::roles::{Pairs, ReaderOptions, read};
use tertius::vocabulary::Catalogue;
use tertius_math::hidden_markov::{predict, stationary};

use super::naive;
use super::support::*;

#[track_caller]
fn close(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance, "{a} and {b}");
}

#[track_caller]
fn all_close(a: &[f64], b: &[f64], tolerance: f64) {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).for_each(|(a, b)| close(*a, *b, tolerance));
}

/// B.5: enumeration of 16^T is the exact reference. The naive model shares no code with the reader.
#[test]
fn four_months_agree_with_every_path() {
    let c = article();
    let mut worst: f64 = 0.0;
    for (seed, pairs) in [
        (1, Pairs::OnEntry),
        (2, Pairs::EveryMonth),
        (3, Pairs::Never),
    ] {
        let mut rng = rng(seed);
        for months in 1..=4 {
            let o = ReaderOptions {
                pairs,
                ..ReaderOptions::default()
            };
            let e = medley(&c, months, &mut rng);
            let p = Priors::new(&c, &e, &o).draw(&mut rng);
            let transition = naive::transition(&p, &naive::bits(&e), pairs);
            let initial = stationary(&transition, 16).unwrap();
            let (total, smoothed) = naive::enumerate(&e, &p, &o, &initial);
            let fast = given(&e, &p, &o).unwrap();
            close(fast.log_likelihood, total, 1e-12 * total.abs());
            all_close(&fast.smoothed, &smoothed, 1e-12);
            let off = |(a, b): (&f64, &f64)| (a - b).abs();
            worst = fast
                .smoothed
                .iter()
                .zip(&smoothed)
                .map(off)
                .fold(worst, f64::max);
        }
    }
    println!("FIGURE enumeration: largest difference {worst:.1e}");
}

/// The sum of named pieces and the table that the sampler uses are one likelihood.
#[test]
fn pieces_sum_to_the_likelihood_that_is_sampled() {
    let c = article();
    let o = ReaderOptions::default();
    let mut rng = rng(4);
    let e = medley(&c, 40, &mut rng);
    let p = Priors::new(&c, &e, &o).draw(&mut rng);
    let table = log_likelihood(&e, &p, &o);
    for (t, row) in table.chunks(16).enumerate() {
        for (x, z) in row.iter().zip(naive::bits(&e)) {
            close(*x, naive::log_likelihood(&e, &p, &o, t, z), 1e-11);
        }
    }
    // The sampler's table through its only window: the marginals that it gives.
    let (initial, transition) = laws(&e, &p, &o).unwrap();
    let chain = tertius_math::hidden_markov::Chain::new(&initial, &transition, &table).unwrap();
    let mut room = tertius_math::hidden_markov::Workspace::new();
    tertius_math::hidden_markov::smooth(&chain, &mut room).unwrap();
    all_close(&given(&e, &p, &o).unwrap().smoothed, room.smoothed(), 1e-12);
}

#[test]
fn transitions_agree_with_the_formula() {
    let c = article();
    let e = Evidence::nothing(&c, span(2));
    let mut rng = rng(5);
    for pairs in [Pairs::OnEntry, Pairs::EveryMonth, Pairs::Never] {
        let o = ReaderOptions {
            pairs,
            ..ReaderOptions::default()
        };
        for _ in 0..20 {
            let mut p = Priors::new(&c, &e, &o).draw(&mut rng);
            p.pair.iter_mut().for_each(|x| *x *= 5.0);
            let (_, fast) = laws(&e, &p, &o).unwrap();
            all_close(
                &fast,
                &naive::transition(&p, &naive::bits(&e), pairs),
                1e-15,
            );
        }
    }
}

/// B.5: ψ is paid on entering a pair, never for staying in it.
#[test]
fn a_standing_pair_stays_by_the_product_rule_whatever_its_own_psi() {
    let c = article();
    let e = Evidence::nothing(&c, span(2));
    let o = ReaderOptions::default();
    let mut rng = rng(6);
    let mut i = 0;
    for j in 0..4 {
        for k in j + 1..4 {
            for psi in [-3.0, -1.0, 0.0, 2.0] {
                let mut p = Priors::new(&c, &e, &o).draw(&mut rng);
                p.pair.fill(0.0);
                p.pair[i] = psi;
                let (_, transition) = laws(&e, &p, &o).unwrap();
                let both = |z: usize| z >> j & 1 == 1 && z >> k & 1 == 1;
                let sets = naive::bits(&e);
                let from = sets.iter().position(|z| *z == 1 << j | 1 << k).unwrap();
                let row = transition[from * 16..][..16].iter();
                let stay: f64 = row
                    .zip(&sets)
                    .filter(|(_, z)| both(**z))
                    .map(|(p, _)| p)
                    .sum();
                let alone = |x: f64| 1.0 / (1.0 + (-x).exp());
                close(stay, alone(p.stay[j]) * alone(p.stay[k]), 1e-14);
            }
            i += 1;
        }
    }
}

#[test]
fn onset_and_dwell_by_month_quarter_and_year() {
    let probability = |x: f64| 1.0 / (1.0 + (-x).exp());
    let (onset, dwell) = (0.1326, 28.11);
    let (p, s) = period_logits(onset, dwell, 1);
    let (p, s) = (probability(p), probability(s));
    // The monthly logits of the table of priors, to the digits of the catalogue.
    close(p, probability(-4.5), 1e-5);
    close(s, probability(3.3), 1e-5);
    close(-12.0 * (1.0 - p).ln(), onset, 1e-14);
    close(1.0 / (1.0 - s), dwell, 1e-11);
    for months in [3, 12] {
        let (start, stay) = period_logits(onset, dwell, months);
        close(
            1.0 - probability(start),
            (1.0 - p).powi(months as i32),
            1e-14,
        );
        close(probability(stay), s.powi(months as i32), 1e-14);
    }
}

#[test]
fn rates_ten_times_higher_change_nothing_without_volume() {
    let c = article();
    let o = ReaderOptions {
        volume: false,
        ..ReaderOptions::default()
    };
    let mut rng = rng(7);
    let e = medley(&c, 30, &mut rng);
    let mut p = Priors::new(&c, &e, &o).draw(&mut rng);
    let before = given(&e, &p, &o).unwrap();
    p.level += 10f64.ln();
    let after = given(&e, &p, &o).unwrap();
    all_close(&before.smoothed, &after.smoothed, 1e-12);
    close(before.log_likelihood, after.log_likelihood, 1e-11);
    // With volume they do change something, or the test above would say nothing.
    let o = ReaderOptions::default();
    let with = given(&e, &p, &o).unwrap().log_likelihood;
    p.level -= 10f64.ln();
    assert!((given(&e, &p, &o).unwrap().log_likelihood - with).abs() > 1.0);
}

#[test]
fn an_uncovered_month_is_pure_prediction() {
    let c = article();
    let o = ReaderOptions::default();
    let mut rng = rng(8);
    let mut e = medley(&c, 12, &mut rng);
    let quiet = 6;
    e.acts.retain(|a| a.months.iter().all(|(t, _)| *t != quiet));
    e.exhaustive[quiet].fill(false);
    for m in &mut e.measures {
        m.at_risk.retain(|(t, ..)| *t != quiet);
        m.reached = m.reached.filter(|(t, _)| *t != quiet);
    }
    e.series.clear();
    let p = Priors::new(&c, &e, &o).draw(&mut rng);
    let filtered = given(&e, &p, &o).unwrap().filtered;
    let (_, transition) = laws(&e, &p, &o).unwrap();
    let mut ahead = vec![0.0; 16];
    predict(&filtered[(quiet - 1) * 16..][..16], &transition, &mut ahead);
    all_close(&filtered[quiet * 16..][..16], &ahead, 1e-13);
}

#[test]
fn copies_of_a_row_never_count_as_two_and_never_take_away() {
    let c = article();
    let o = ReaderOptions::default();
    let day = |d: i8| Dated {
        first: jiff::civil::date(2012, 6, d),
        precise: true,
        episode: Some("one"),
    };
    for class in 0..9 {
        let mut before: Option<Vec<f64>> = None;
        let mut single: Vec<f64> = Vec::new();
        for n in 1..=30 {
            let mut e = Evidence::nothing(&c, span(12));
            e.exhaustive.iter_mut().flatten().for_each(|x| *x = true);
            let dates: Vec<Dated<'_>> = (0..n).map(|i| day(1 + (i % 28) as i8)).collect();
            for weight in episode_weights(&dates, &o) {
                e.acts.push(tertius::roles::evidence::ActEvidence {
                    weight,
                    ..act(class, 5)
                });
            }
            let mut p = Priors::new(&c, &e, &o).means();
            // The same rates whatever n: the level is the record's own otherwise.
            p.level = 0.2f64.ln();
            let mut evidence = vec![0.0; 16];
            tertius::roles::emission::pieces(&e, &p, &o, |piece, _, row| {
                if matches!(piece, Piece::Act(_)) {
                    evidence
                        .iter_mut()
                        .zip(row)
                        .for_each(|(x, l)| *x += l - row[0]);
                }
            });
            if let Some(before) = &before {
                for ((now, was), one) in evidence.iter().zip(before).zip(&single) {
                    // Away from zero, in the direction of the single row, and less than twice as far.
                    assert!(
                        now * one.signum() >= was * one.signum() - 1e-12,
                        "{class} {n}"
                    );
                    assert!(now.abs() < 2.0 * one.abs() + 1e-12, "{class} {n}");
                }
            } else {
                single.clone_from(&evidence);
            }
            before = Some(evidence);
        }
    }
}

#[test]
fn episodes_do_not_depend_on_the_order_of_rows() {
    let o = ReaderOptions::default();
    let mut rng = rng(9);
    for _ in 0..200 {
        let labels = [None, None, Some("a"), Some("b")];
        let n = rng.random_range(1..25);
        let mut rows: Vec<Dated<'_>> = (0..n)
            .map(|_| Dated {
                first: jiff::civil::date(2014, rng.random_range(1..=4), rng.random_range(1..=28)),
                precise: rng.random::<f64>() < 0.9,
                episode: labels[rng.random_range(0..4)],
            })
            .collect();
        let in_order = episode_weights(&rows, &o);
        let packages = package_weights(&rows, &o);
        for w in in_order.iter().chain(&packages) {
            assert!(*w > 0.0 && *w <= 1.0);
        }
        rows.reverse();
        let mut backwards = episode_weights(&rows, &o);
        backwards.reverse();
        let mut packages_backwards = package_weights(&rows, &o);
        packages_backwards.reverse();
        // Rows alike in every field may change places among themselves.
        let mut a: Vec<_> = rows
            .iter()
            .rev()
            .zip(in_order)
            .map(|(r, w)| (r.first, r.precise, r.episode, w.to_bits()))
            .collect();
        let mut b: Vec<_> = rows
            .iter()
            .rev()
            .zip(backwards)
            .map(|(r, w)| (r.first, r.precise, r.episode, w.to_bits()))
            .collect();
        a.sort_unstable();
        b.sort_unstable();
        assert_eq!(a, b);
        assert_eq!(packages, packages_backwards);
    }
}

/// style.md 1a: prior and parts sum to the log-odds; style.md 1b: an uninformative row has no part.
#[test]
fn parts_sum_to_the_log_odds_of_every_role() {
    let c = article();
    let o = ReaderOptions::default();
    let mut rng = rng(10);
    let (mut worst, mut most): (f64, usize) = (0.0, 0);
    for months in [1, 12, 60] {
        let mut e = medley(&c, months, &mut rng);
        // One row without weight, in the month before the one explained.
        let t = (months as usize - 1) / 2;
        let mut nothing = act(1, t);
        nothing.weight = 0.0;
        e.acts.push(nothing);
        let last = e.acts.len() - 1;
        for _ in 0..3 {
            let p = Priors::new(&c, &e, &o).draw(&mut rng);
            let reading = given(&e, &p, &o).unwrap();
            let shown = marginals(&e, &reading.smoothed);
            let questions: Vec<Question> = e.roles.iter().map(|r| (*r, t)).collect();
            for (k, one) in of_draw(&e, &o, &p, &questions, 16)
                .unwrap()
                .iter()
                .enumerate()
            {
                let m = shown[t * 4 + k];
                close(one.log_odds, (m / (1.0 - m)).ln(), 1e-9 / (m * (1.0 - m)));
                let sum: f64 = one.prior + one.parts.iter().map(|x| x.1).sum::<f64>();
                close(sum, one.log_odds, 1e-10);
                worst = worst.max((sum - one.log_odds).abs());
                most = most.max(one.nodes);
                let part = one.parts.iter().find(|x| x.0 == Piece::Act(last)).unwrap();
                assert_eq!(part.1, 0.0);
            }
        }
    }
    println!("FIGURE evidence identity: largest residual {worst:.1e}, at most {most} nodes");
}

#[test]
fn two_sets_split_exactly_into_past_month_and_future() {
    let c = article();
    let o = ReaderOptions::default();
    let mut rng = rng(11);
    let e = medley(&c, 24, &mut rng);
    let mut worst: f64 = 0.0;
    for _ in 0..10 {
        let p = Priors::new(&c, &e, &o).draw(&mut rng);
        for t in [0, 11, 23] {
            let (a, b) = (rng.random_range(0..16), rng.random_range(0..16));
            let s = split(&e, &o, &p, t, a, b).unwrap();
            let sum = s.past + s.parts.iter().map(|x| x.1).sum::<f64>() + s.future;
            close(sum, s.total, 1e-10);
            worst = worst.max((sum - s.total).abs());
        }
    }
    println!("FIGURE split of two sets: largest residual {worst:.1e}");
}

#[test]
fn averaged_parts_with_the_part_of_parameter_uncertainty_give_what_is_shown() {
    let c = article();
    let o = ReaderOptions {
        warm_up: 50,
        sweeps: 200,
        ..ReaderOptions::default()
    };
    let mut rng = rng(12);
    let e = medley(&c, 36, &mut rng);
    let reading = read(&e, &Priors::new(&c, &e, &o), &o, 1).unwrap();
    let shown = |k: usize, t: usize| {
        let p = reading.roles[t * 4 + k];
        (p / (1.0 - p)).ln()
    };
    let questions: Vec<Question> = e.roles.iter().map(|r| (*r, 20)).collect();
    let log_odds: Vec<f64> = (0..4).map(|k| shown(k, 20)).collect();
    for (k, b) in because(&e, &o, &reading.parameters, 50, &questions, &log_odds, ALL)
        .unwrap()
        .iter()
        .enumerate()
    {
        let parts: f64 = b.parts.iter().map(|x| x.1).sum();
        let sum = b.prior + parts + b.parameter_uncertainty + b.residual;
        close(sum, log_odds[k], 1e-9);
        assert!(b.residual.abs() < 1e-10);
        assert!(b.parts.iter().all(|x| x.2 >= 0.0 && x.2.is_finite()));
        assert_eq!(b.rest, None);
        // The weightiest five are those of all, and what is left is their difference, with the error of a sum.
        let five = because(&e, &o, &reading.parameters, 50, &questions, &log_odds, 5).unwrap();
        let (five, rest) = (&five[k], five[k].rest.unwrap());
        let mut sizes: Vec<f64> = b.parts.iter().map(|x| x.1.abs()).collect();
        sizes.sort_by(f64::total_cmp);
        let fifth = sizes[sizes.len() - 5];
        assert_eq!(five.parts.len(), 5);
        assert_eq!(rest.count, b.parts.len() - 5);
        for part in &five.parts {
            assert!(b.parts.contains(part) && part.1.abs() >= fifth);
        }
        let kept: f64 = five.parts.iter().map(|x| x.1).sum();
        // Rounding of a sum of some hundred terms.
        close(kept + rest.nats, parts, 1e-12);
        // A standard deviation of a sum is at most the sum of those of its terms.
        let errors: f64 = b.parts.iter().map(|x| x.2).sum();
        assert!(rest.mc_error > 0.0 && rest.mc_error <= errors);
    }
}

/// The evidence for a change is the difference of the evidence at its two ends, part by part, and sums
/// to the difference of the log-odds shown; the prior has no part in it.
#[test]
fn a_change_is_the_later_evidence_less_the_earlier() {
    let c = article();
    let o = ReaderOptions {
        warm_up: 50,
        sweeps: 200,
        ..ReaderOptions::default()
    };
    let e = medley(&c, 36, &mut rng(15));
    let reading = read(&e, &Priors::new(&c, &e, &o), &o, 1).unwrap();
    let shown = |(role, t): Question| {
        let p = reading.roles[t * 4 + role.index()];
        (p / (1.0 - p)).ln()
    };
    let over = [
        (e.roles[0], 8, 30),
        (e.roles[2], 30, 12),
        (e.roles[1], 5, 5),
    ];
    let ends = over.map(|(r, from, to)| [shown((r, from)), shown((r, to))]);
    let changes = because_of_change(&e, &o, &reading.parameters, 20, &over, &ends, ALL).unwrap();
    for ((role, from, to), (change, [before, after])) in over.iter().zip(changes.iter().zip(ends)) {
        let at = |t: usize| {
            let q = (*role, t);
            let found = because(&e, &o, &reading.parameters, 20, &[q], &[shown(q)], ALL);
            found.unwrap().remove(0)
        };
        let (a, b) = (at(*from), at(*to));
        // Asked alone or together, at other nodes, the integrals agree as far as their residuals.
        assert_eq!(change.parts.len(), a.parts.len());
        for ((x, was), is) in change.parts.iter().zip(&a.parts).zip(&b.parts) {
            assert_eq!((x.0, x.0), (was.0, is.0));
            close(x.1, is.1 - was.1, 1e-9);
        }
        // Rounding of two stationary laws of sixteen sets.
        close(change.prior, 0.0, 1e-12);
        let parts: f64 = change.parts.iter().map(|x| x.1).sum();
        let sum = change.prior + parts + change.parameter_uncertainty + change.residual;
        close(sum, after - before, 1e-9);
        close(change.log_odds, b.log_odds - a.log_odds, 1e-12);
    }
    // Paired over draws: nothing moved in no time, and nothing is uncertain about that.
    assert!(changes[2].parts.iter().all(|x| x.1 == 0.0 && x.2 == 0.0));
}

#[test]
fn roles_in_another_order_permute_the_reading() {
    let text = Catalogue::BUNDLED[0].1;
    let blocks: Vec<&str> = text.split("[[roles]]").collect();
    let (last, rest) = blocks[4].split_once("# The article").unwrap();
    let turned = format!(
        "{}[[roles]]{last}[[roles]]{}[[roles]]{}[[roles]]{}# The article{rest}",
        blocks[0], blocks[3], blocks[2], blocks[1]
    );
    let (a, b) = (article(), Catalogue::parse(&turned).unwrap());
    assert_ne!(
        a.spec(a.roles().next().unwrap()).id,
        b.spec(b.roles().next().unwrap()).id
    );
    let o = ReaderOptions::default();
    let of = |c: &Catalogue| {
        let mut rng = rng(13);
        let mut e = medley(c, 20, &mut rng);
        e.series.clear();
        let p = Priors::new(c, &e, &o).means();
        marginals(&e, &given(&e, &p, &o).unwrap().smoothed)
    };
    let (a, b) = (of(&a), of(&b));
    for (a, b) in a.chunks(4).zip(b.chunks(4)) {
        for k in 0..4 {
            close(a[k], b[3 - k], 1e-12);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_reading_and_the_last_month_is_filtered() {
    let c = article();
    let o = ReaderOptions {
        warm_up: 20,
        sweeps: 100,
        ..ReaderOptions::default()
    };
    let e = medley(&c, 30, &mut rng(14));
    let priors = Priors::new(&c, &e, &o);
    let (a, b) = (
        read(&e, &priors, &o, 3).unwrap(),
        read(&e, &priors, &o, 3).unwrap(),
    );
    assert_eq!(a.roles, b.roles);
    assert_eq!(a.paths, b.paths);
    assert_eq!(a.parameters, b.parameters);
    assert_ne!(a.roles, read(&e, &priors, &o, 4).unwrap().roles);
    all_close(&a.roles[29 * 4..], &a.filtered[29 * 4..], 1e-12);
    for row in a.sets.chunks(16) {
        close(row.iter().sum(), 1.0, 1e-12);
        assert!(row.iter().all(|p| (0.0..=1.0 + 1e-12).contains(p)));
    }
    assert_eq!(a.paths.len(), 400);
}

#[test]
fn a_catalogue_of_seventeen_roles_is_read_too() {
    let mut text = String::from(
        "id = \"many\"\ncitation = \"x\"\nname = { en = \"many\" }\nmax_at_once = 2\n[prior]\nonset_logit_sd = 0.5\nstay_logit_sd = 0.45\npair_on_entry_sd = 0.3\nanchor = { mean = 1.0, sd = 0.4 }\nother = { mean = 0.56, sd = 0.35 }\n",
    );
    for i in 0..17 {
        text += &format!(
            "[[roles]]\nid = \"r{i}\"\nletter = \"x\"\nname = {{ en = \"r\" }}\ngloss = {{ en = \"r\" }}\nonset = 0.13\ndwell = 28.0\n[[classes]]\nid = \"c{i}\"\nstream = \"behaviour\"\nname = {{ en = \"c\" }}\neffects = {{ r{i} = \"anchor\" }}\n"
        );
    }
    let c = Catalogue::parse(&text).unwrap();
    let mut e = Evidence::nothing(&c, span(12));
    assert_eq!(e.sets.len(), 154);
    e.acts = (0..8).map(|i| act(3, i)).collect();
    let o = ReaderOptions {
        warm_up: 2,
        sweeps: 10,
        chains: 2,
        ..ReaderOptions::default()
    };
    let reading = read(&e, &Priors::new(&c, &e, &o), &o, 1).unwrap();
    let middle = &reading.roles[5 * 17..6 * 17];
    assert!(
        middle
            .iter()
            .enumerate()
            .all(|(i, p)| i == 3 || *p < middle[3])
    );
}
