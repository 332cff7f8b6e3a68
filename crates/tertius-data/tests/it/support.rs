//! Where the public data are.

use std::path::PathBuf;

use tertius_data::conditions::threat;
use tertius_data::datasets::capitals::{self, Capitals};
use tertius_data::datasets::cow_mid;
use tertius_data::datasets::cow_nmc::{self, Capability};
use tertius_data::datasets::disputes::Disputes;
use tertius_data::datasets::rivalries::{self, Rivalry};
use tertius_data::dyads::{Directed, Pair};
use tertius_data::states::{StateId, States};
use tertius_data::table::RawFile;
use tertius_data::years::Years;

/// A file of the public data, or nothing after saying what is skipped. Under `CI` a skip is a failure.
pub(crate) fn public(path: &str) -> Option<RawFile> {
    let Some(folder) = std::env::var_os("TERTIUS_DATA") else {
        let message =
            format!("SKIPPED tests of {path}: set TERTIUS_DATA to the folder that holds it");
        assert!(std::env::var_os("CI").is_none(), "{message}");
        println!("{message}");
        return None;
    };
    let full = PathBuf::from(folder).join(path);
    let file = RawFile::open(&full).unwrap();
    Some(RawFile {
        name: path.to_owned(),
        bytes: file.bytes,
    })
}

/// The rows of a public CSV file, as text by column name.
pub(crate) fn rows(path: &str) -> Option<Vec<std::collections::BTreeMap<String, String>>> {
    use std::io::Read;
    let file = public(path)?;
    let mut text = Vec::new();
    if path.ends_with(".gz") {
        let mut unpacked = flate2::read::GzDecoder::new(&file.bytes[..]);
        unpacked.read_to_end(&mut text).unwrap();
    } else {
        text = file.bytes;
    }
    let mut reader = csv::Reader::from_reader(&text[..]);
    Some(reader.deserialize().map(Result::unwrap).collect())
}

pub(crate) fn state(key: &str) -> StateId {
    States::bundled().by_key(key).unwrap()
}

pub(crate) fn way(from: &str, to: &str) -> Directed {
    Directed::new(state(from), state(to)).unwrap()
}

pub(crate) fn pair(a: &str, b: &str) -> Pair {
    Pair::new(state(a), state(b)).unwrap()
}

/// The public data that threat is computed from.
pub(crate) struct OfThreat {
    pub(crate) capabilities: Years<StateId, Capability>,
    capitals: Capitals,
    disputes: Disputes,
    rivalries: Vec<Rivalry>,
}

impl OfThreat {
    /// Nothing after saying what is skipped.
    pub(crate) fn read() -> Option<OfThreat> {
        let nmc = public("capabilities/cow_nmc_1816_2022.csv.gz")?;
        let capitals = public("geography/cow_capitals.csv")?;
        let disputes = public("conflict/cow_mid_dirdisps.csv.gz")?;
        let rivalries = public("conflict/tss_rivalries.csv")?;
        Some(OfThreat {
            capabilities: cow_nmc::read(&nmc).unwrap().0,
            capitals: capitals::read(&capitals).unwrap().0,
            disputes: cow_mid::read(&disputes).unwrap().0,
            rivalries: rivalries::read(&rivalries).unwrap().0,
        })
    }

    pub(crate) fn sources(&self) -> threat::Sources<'_> {
        threat::Sources {
            capabilities: &self.capabilities,
            capitals: &self.capitals,
            disputes: &self.disputes,
            rivalries: (&self.rivalries, (1494, 2020)),
        }
    }
}
