//! Estimates of domestic product and population with their errors (Fariss, Anders, Markowitz and Barnum).

use super::rows::{CCODE, Demand, Read, YEAR, state_years};
use super::terms::CC0;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::states::StateId;
use crate::table::{Field, Kind, Nums, RawFile};
use crate::years::Years;

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "gdp-population",
    title: Bilingual {
        en: "Estimates of GDP and population, with error",
        zh: "国内生产总值与人口估计（含误差）",
    },
    unit: Unit::StateYear,
    publisher: "Fariss, Anders, Markowitz and Barnum",
    home: "https://dataverse.harvard.edu/",
    home_seen: false,
    version: "as carried in the R package isard, 1816-2019",
    licence: CC0,
    cite: &["fariss2022"],
    note: Bilingual {
        en: "Means of a latent-variable model over many sources, with standard errors.",
        zh: "由潜变量模型综合多种来源得到的均值，附标准误。",
    },
    parts: &[Part {
        id: "estimates",
        fields: FIELDS,
        coverage: (1816, 2019),
        read: |file| Ok(read(file)?.1),
        files: &[KnownFile::converted(
            "capabilities/gdp_pop_estimates_1816_2019.csv.gz",
            "1a2a47a394f2967f39486331a0b8c397fbccf1a9aa4abb75ce89b11a667d05c9",
            16_536,
        )],
    }],
};

const AMOUNT: Kind = Kind::Num(0.0, 1e12);

/// Columns.
static FIELDS: &[Field] = &[
    CCODE,
    YEAR,
    Field::value(
        "gdp",
        &["pwtrgdp"],
        AMOUNT,
        "million USD of 2011, purchasing power",
        &[],
    ),
    Field::value("gdp_sd", &["sd_pwtrgdp"], AMOUNT, "the same", &[]),
    Field::value("per_head", &["mrgdppc"], AMOUNT, "USD of 2011 a head", &[]),
    Field::value("per_head_sd", &["sd_mrgdppc"], AMOUNT, "the same", &[]),
    Field::value("population", &["pwtpop"], AMOUNT, "million", &[]),
    Field::value("population_sd", &["sd_pwtpop"], AMOUNT, "million", &[]),
];

/// An estimate and its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// Standard error.
    pub sd: f64,
}

/// A state's economy in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Economy {
    /// Gross domestic product at purchasing power.
    pub gdp: Option<Estimate>,
    /// The same a head, by another source.
    pub per_head: Option<Estimate>,
    /// People.
    pub population: Option<Estimate>,
}

/// Reads the converted file.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Years<StateId, Economy>> {
    state_years(file, FIELDS, Demand::Member, |c| {
        let both = |mean: &str, sd: &str| (c.nums(mean), c.nums(sd));
        let (gdp, head) = (both("gdp", "gdp_sd"), both("per_head", "per_head_sd"));
        let people = both("population", "population_sd");
        Box::new(move |row| Economy {
            gdp: estimate(gdp, row),
            per_head: estimate(head, row),
            population: estimate(people, row),
        })
    })
}

fn estimate((mean, sd): (Nums<'_>, Nums<'_>), row: usize) -> Option<Estimate> {
    Some(Estimate {
        mean: mean.get(row)?,
        sd: sd.get(row)?,
    })
}
