//! Portfolios of alliances: where users of other programs got a zero for what is not known, and allies one
//! way only.

use serde::Deserialize;
use std::num::NonZeroU8;
use tertius_math::similarity::{Distance, Measure, OwnTie, Reciprocity, Tie, TieError, Ties};

const FOUR: NonZeroU8 = NonZeroU8::new(4).unwrap();

fn tie(period: i32, from: u32, to: u32, level: u8) -> Tie {
    Tie {
        period,
        from,
        to,
        level,
    }
}

fn members(periods: impl IntoIterator<Item = i32>, n: u32) -> Vec<(i32, u32)> {
    let all = periods.into_iter();
    all.flat_map(|p| (0..n).map(move |u| (p, u))).collect()
}

fn level(ties: &Ties, period: i32, from: u32, to: u32) -> Option<u8> {
    let assembly = ties.assembly(period)?;
    let (from, to) = (assembly.place(from)?, assembly.place(to)?);
    assembly.portfolios.get(from, to)
}

#[test]
fn past_the_end_of_the_data_there_is_nothing_and_no_zero() {
    let known = members(2016..=2018, 3);
    let ties = [tie(2018, 0, 1, 3)];
    let read = |covers, members: &[(i32, u32)], ties: &[Tie]| {
        Ties::new(
            FOUR,
            covers,
            members,
            ties,
            Reciprocity::Mutual,
            OwnTie::Closest,
        )
    };
    let found = read(2016..=2018, &known, &ties).unwrap();
    // Within: no tie is listed, so there is none. Beyond: nothing at all.
    assert_eq!(level(&found, 2017, 0, 1), Some(0));
    assert_eq!(level(&found, 2018, 0, 1), Some(3));
    assert!(found.assembly(2019).is_none() && found.assembly(2015).is_none());
    assert_eq!(found.assemblies().count(), 3);
    // Nor is a tie taken from years that are said not to be covered.
    let late = read(2016..=2017, &known, &ties);
    assert_eq!(late, Err(TieError::NotCovered { period: 2018 }));
    let late = read(2016..=2018, &known, &[tie(2030, 0, 1, 1)]);
    assert_eq!(late, Err(TieError::NotCovered { period: 2030 }));
    // One who was no member then has neither portfolio nor tie.
    let joined: Vec<(i32, u32)> = known.iter().copied().filter(|m| *m != (2016, 2)).collect();
    let found = read(2016..=2018, &joined, &ties).unwrap();
    assert_eq!(level(&found, 2016, 2, 0), None);
    let refused = read(2016..=2018, &joined, &[tie(2016, 0, 2, 1)]);
    let nobody = TieError::NoMember {
        unit: 2,
        period: 2016,
    };
    assert_eq!(refused, Err(nobody));
    let own = TieError::WithItself {
        unit: 1,
        period: 2016,
    };
    assert_eq!(read(2016..=2018, &known, &[tie(2016, 1, 1, 1)]), Err(own));
    let far = TieError::NoSuchLevel { level: 4, of: 4 };
    assert_eq!(read(2016..=2018, &known, &[tie(2016, 0, 1, 4)]), Err(far));
}

#[test]
fn an_alliance_listed_one_way_binds_both() {
    let all = members([1951], 4);
    let read =
        |ties: &[Tie], way| Ties::new(FOUR, 1951..=1951, &all, ties, way, OwnTie::Closest).unwrap();
    let one_way = [tie(1951, 0, 1, 3), tie(1951, 2, 3, 1)];
    let both_ways = one_way.map(|t| [t, tie(t.period, t.to, t.from, t.level)]);
    let found = read(&one_way, Reciprocity::Mutual);
    assert_eq!(found, read(&both_ways.concat(), Reciprocity::Mutual));
    assert_eq!(
        (level(&found, 1951, 1, 0), level(&found, 1951, 3, 2)),
        (Some(3), Some(1))
    );
    // Of two treaties the closer one counts, whichever comes first and whichever way it is listed.
    let twice = [tie(1951, 0, 1, 1), tie(1951, 1, 0, 3), tie(1951, 2, 3, 1)];
    assert_eq!(found, read(&twice, Reciprocity::Mutual));
    // Obligations that run one way stay so where they are said to.
    let directed = read(&one_way, Reciprocity::Directed);
    assert_eq!(
        (level(&directed, 1951, 0, 1), level(&directed, 1951, 1, 0)),
        (Some(3), Some(0))
    );
}

#[derive(Deserialize)]
struct Table6 {
    states: Vec<String>,
    germany: Vec<u8>,
    russia: Vec<u8>,
    without_ties: u32,
    s_absolute: f64,
    kappa_squared: f64,
    tolerance: f64,
}

/// Signorino and Ritter's Table 6 from a list of treaties, self-ties and all.
#[test]
fn germany_and_russia_in_1914_from_a_list_of_ties() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../goldens/signorino1999/table6.toml"
    );
    let t: Table6 = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let place = |state: &str| t.states.iter().position(|s| s == state).unwrap() as u32;
    let (germany, russia) = (place("GMY"), place("RUS"));
    let mut ties = Vec::new();
    for (whose, row) in [(germany, &t.germany), (russia, &t.russia)] {
        let others = (0u32..).zip(row).filter(|(other, _)| *other != whose);
        ties.extend(
            others
                .filter(|o| *o.1 > 0)
                .map(|(o, l)| tie(1914, whose, o, *l)),
        );
    }
    let all = members([1914], t.states.len() as u32 + t.without_ties);
    let of = |own| {
        let ties = Ties::new(FOUR, 1914..=1914, &all, &ties, Reciprocity::Mutual, own).unwrap();
        let assembly = ties.assembly(1914).unwrap();
        let places = [germany, russia].map(|u| assembly.place(u).unwrap());
        let scores = assembly.portfolios.all_pairs(&[
            Measure::S(Distance::Absolute),
            Measure::Kappa(Distance::Squared),
        ]);
        let pair = scores.iter().find(|p| [p.a, p.b] == places).unwrap();
        (
            pair.shared,
            pair.values[0].unwrap(),
            pair.values[1].unwrap(),
        )
    };
    let (shared, s, kappa) = of(OwnTie::Closest);
    assert_eq!(shared, 20);
    assert!((s - t.s_absolute).abs() <= t.tolerance);
    assert!((kappa - t.kappa_squared).abs() <= t.tolerance);
    // Without the two objects that are the pair itself they are nearer: both stood at 3 against 0.
    let (shared, s, _) = of(OwnTie::Missing);
    assert_eq!(shared, 18);
    assert!((s - (1.0 - (1.0 - t.s_absolute) * 20.0 / 18.0 + 4.0 / 18.0)).abs() < 1e-12);
}
