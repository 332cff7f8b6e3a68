//! S weighed by capability, against print.

use serde::Deserialize;
use tertius_math::similarity::{Distance, Measure, Table};

#[derive(Deserialize)]
struct Table6 {
    germany: Vec<u8>,
    russia: Vec<u8>,
    levels: u8,
    capabilities: Vec<f64>,
    capabilities_without_ties: Vec<f64>,
    s_by_capability: f64,
    s_by_capability_printed: f64,
    half_of_last_decimal: f64,
}

#[test]
fn germany_and_russia_in_1914_weighed_by_capability() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../goldens/signorino1999/table6.toml"
    );
    let t: Table6 = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let others = t.capabilities_without_ties.len();
    let whole = |ties: &[u8]| -> Vec<Option<u8>> {
        let none = std::iter::repeat_n(0, others);
        ties.iter().copied().chain(none).map(Some).collect()
    };
    let (germany, russia) = (whole(&t.germany), whole(&t.russia));
    assert_eq!(germany.len(), 20);
    let s = |shift: f64| {
        let weights = t.capabilities.iter().map(|w| Some(*w));
        let rest = t.capabilities_without_ties.iter().map(|w| Some(*w));
        let mut weights: Vec<Option<f64>> = weights.chain(rest).collect();
        // Belgium, the first of those with which neither has a tie.
        let belgium = &mut weights[t.capabilities.len()];
        *belgium = belgium.map(|w| w + shift);
        let levels = t.levels.try_into().unwrap();
        let table = Table::weigh(levels, &germany, &russia, &weights);
        table.measure(Measure::S(Distance::Absolute)).unwrap()
    };
    // Sums of twenty decimals: rounding alone.
    assert!((s(0.0) - t.s_by_capability).abs() < 1e-12, "{}", s(0.0));
    // The article's own figure needs the decimals that it does not print: it is not what its printed capabilities
    // give, and it is what they give once a single one of them, of 0.03, is 0.035.
    let printed = |s: f64| (s - t.s_by_capability_printed).abs() <= t.half_of_last_decimal;
    assert!(!printed(s(0.0)));
    assert!(printed(s(t.half_of_last_decimal)), "{}", s(0.005));
}
