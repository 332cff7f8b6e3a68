//! Trade between pairs of states, and of each with all (Correlates of War).

use tertius::vocabulary::Observed;

use super::rows::{CCODE, CCODE1, CCODE2, Demand, Read, YEAR, pair_years, state_years};
use super::terms::COW;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::dyads::{Directed, Pair};
use crate::states::StateId;
use crate::table::{Field, Kind, RawFile};
use crate::years::Years;

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "cow-trade",
    title: Bilingual {
        en: "Bilateral trade",
        zh: "双边贸易",
    },
    unit: Unit::PairYear,
    publisher: "Correlates of War Project",
    home: "https://correlatesofwar.org/data-sets/bilateral-trade/",
    home_seen: true,
    version: "4.0",
    licence: COW,
    cite: &["barbieri2009"],
    note: Bilingual {
        en: "Flows are imports in million current dollars, told by the importer. A zero was reported; an empty cell was \
             not. Totals of years in which a number of the file was no state are set aside.",
        zh: "流量为进口方所报进口额（百万现价美元）。零是所报告的零，空格则为未报告。编码在当年并非国家的总额行被剔除。",
    },
    parts: &[
        Part {
            id: "dyads",
            fields: FIELDS,
            coverage: (1870, 2014),
            read: |file| Ok(read(file)?.1),
            files: &[
                KnownFile::converted(
                    "trade/cow_trade_dyad_year_1870_2014.parquet",
                    "710ca6632ea2b68d7e42a1c4049fe8b5e63fce48887c93c616daae7b21a2cdb2",
                    673_654,
                ),
                KnownFile::published(
                    "cow-trade/COW_Trade_4.0.zip",
                    "https://correlatesofwar.org/wp-content/uploads/COW_Trade_4.0.zip",
                ),
            ],
        },
        Part {
            id: "totals",
            fields: TOTALS,
            coverage: (1870, 2014),
            read: |file| Ok(read_totals(file)?.1),
            files: &[
                KnownFile::converted(
                    "trade/cow_trade_state_year.csv.gz",
                    "39cc5ce3e4717c36271240c5216a66a5d04d250afed89c7c66fcfcab4136b294",
                    14_410,
                ),
                KnownFile::published(
                    "cow-trade/COW_Trade_4.0.zip",
                    "https://correlatesofwar.org/wp-content/uploads/COW_Trade_4.0.zip",
                ),
            ],
        },
    ],
};

const MISSING: &[&str] = &["-9", "-9.0"];
const FLOW: Kind = Kind::Num(0.0, 1e9);
const UNIT: &str = "million current USD";

/// Columns of the pairs.
static FIELDS: &[Field] = &[
    CCODE1,
    CCODE2,
    YEAR,
    Field::value("flow1", &["flow1"], FLOW, UNIT, MISSING),
    Field::value("flow2", &["flow2"], FLOW, UNIT, MISSING),
    Field::value("smooth1", &["smoothflow1"], FLOW, UNIT, MISSING).optional(),
    Field::value("smooth2", &["smoothflow2"], FLOW, UNIT, MISSING).optional(),
];

/// Columns of the totals.
static TOTALS: &[Field] = &[
    CCODE,
    YEAR,
    Field::value("imports", &["imports"], FLOW, UNIT, MISSING),
    Field::value("exports", &["exports"], FLOW, UNIT, MISSING),
];

/// Trade of a pair in a year, million current dollars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trade {
    /// Imports of the pair's first state from the second.
    pub into_first: Option<f64>,
    /// Imports of the second from the first.
    pub into_second: Option<f64>,
    /// The first again, with gaps filled by COW's interpolation.
    pub smooth_into_first: Option<f64>,
    /// The second again, likewise.
    pub smooth_into_second: Option<f64>,
}

/// A state's trade with all in a year, million current dollars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Totals {
    /// All imports.
    pub imports: Option<f64>,
    /// All exports.
    pub exports: Option<f64>,
}

/// Reads the file of pairs, as published or converted.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Years<Pair, Trade>> {
    pair_years(file, FIELDS, Demand::Member, |c| {
        let (one, two) = (c.nums("flow1"), c.nums("flow2"));
        let (smooth_one, smooth_two) = (c.nums("smooth1"), c.nums("smooth2"));
        Box::new(move |row, turned| {
            let (a, b) = (one.get(row), two.get(row));
            let (sa, sb) = (smooth_one.get(row), smooth_two.get(row));
            let ((a, b), (sa, sb)) = if turned {
                ((b, a), (sb, sa))
            } else {
                ((a, b), (sa, sb))
            };
            Trade {
                into_first: a,
                into_second: b,
                smooth_into_first: sa,
                smooth_into_second: sb,
            }
        })
    })
}

/// Reads the file of totals.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read_totals(file: &RawFile) -> Read<Years<StateId, Totals>> {
    state_years(file, TOTALS, Demand::Member, |c| {
        let (imports, exports) = (c.nums("imports"), c.nums("exports"));
        Box::new(move |row| Totals {
            imports: imports.get(row),
            exports: exports.get(row),
        })
    })
}

/// Imports along a direction: of `dyad.to()` from `dyad.from()`, million current dollars. A pair without a row is
/// missing, since COW leaves out what nobody reported.
pub fn flow(trade: &Years<Pair, Trade>, dyad: Directed, year: i16) -> Observed<f64> {
    if !trade.span().is_some_and(|s| s.holds(year)) {
        return Observed::OutsideCoverage;
    }
    let pair = dyad.pair();
    let value = trade.row(pair, year).and_then(|t| {
        if dyad.to() == pair.first() {
            t.into_first
        } else {
            t.into_second
        }
    });
    value.map_or(Observed::Missing, Observed::Observed)
}
