//! The tables of a data folder, each read once however often it is asked for.

use std::any::{Any, TypeId};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tertius::record::InputFile;

use crate::folder::{Checked, Folder};
use crate::table::{Account, FileProblem, RawFile};

/// Tables of a folder. May be asked from several threads: two that want one table read it once, two that want
/// different ones do not wait for each other.
#[derive(Debug)]
pub struct Tables {
    folder: Folder,
    held: Mutex<BTreeMap<Key, Place>>,
}

/// A part of a dataset, as what it is read.
type Key = (&'static str, &'static str, TypeId);

/// Where a table comes to lie when it is read.
type Place = Arc<OnceLock<Result<Held, NotRead>>>;

#[derive(Clone, Debug)]
struct Held {
    table: Arc<dyn Any + Send + Sync>,
    input: InputFile,
    rows: u64,
    aside: usize,
    differs: bool,
}

/// How many rows of a file that was read are not used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetAside {
    /// The file, as messages call it.
    pub file: String,
    /// Rows that it has.
    pub rows: u64,
    /// Rows that are not used.
    pub aside: usize,
}

/// A table, and the file that it was read from.
#[derive(Clone, Debug)]
pub struct Found<T> {
    /// What an adapter made of it.
    pub table: Arc<T>,
    /// The file, as findings name it.
    pub input: InputFile,
}

/// Why there is no table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// The folder has no file of the dataset.
    NotHere(&'static str),
    /// The file cannot be used.
    File(FileProblem),
}

impl Tables {
    /// Of a folder.
    pub fn new(folder: Folder) -> Tables {
        Tables {
            folder,
            held: Mutex::default(),
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// A part of a dataset of the catalogue, as its adapter reads it. The bytes of the file are not kept.
    ///
    /// # Errors
    ///
    /// Where the file is not there or cannot be used.
    pub fn read<T: Send + Sync + 'static>(
        &self,
        dataset: &'static str,
        part: &'static str,
        read: impl Fn(&RawFile) -> Result<(T, Account), FileProblem>,
    ) -> Result<Found<T>, NotRead> {
        let key = (dataset, part, TypeId::of::<T>());
        let place = {
            let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(held.entry(key).or_default())
        };
        let held = place.get_or_init(|| self.open(dataset, part, read)).clone();
        if held.is_err() {
            // Looked for again when it is asked for again.
            let mut all = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            all.remove(&key);
        }
        let held = held?;
        // The type is part of the key.
        let table = held.table.downcast();
        let table = table.map_err(|_| NotRead::NotHere(dataset))?;
        let input = held.input;
        Ok(Found { table, input })
    }

    /// The files read so far of which some rows are not used, by name.
    pub fn set_aside(&self) -> Vec<SetAside> {
        let all = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let read = all.values().filter_map(|place| place.get()?.as_ref().ok());
        let with = read.filter(|held| held.aside > 0).map(|held| SetAside {
            file: held.input.path.trim_start_matches("data:").to_owned(),
            rows: held.rows,
            aside: held.aside,
        });
        let mut found: Vec<SetAside> = with.collect();
        found.sort();
        found.dedup();
        found
    }

    /// The files read so far that are not the ones that the catalogue, or the note beside them, describes: each with
    /// its dataset, in order.
    pub fn differing(&self) -> Vec<(&'static str, String)> {
        let all = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let read = all.iter().filter_map(|(key, place)| {
            let held = place.get()?.as_ref().ok()?;
            let file = held.input.path.trim_start_matches("data:").to_owned();
            held.differs.then_some((key.0, file))
        });
        let mut found: Vec<(&'static str, String)> = read.collect();
        found.dedup();
        found
    }

    fn open<T: Send + Sync + 'static>(
        &self,
        dataset: &'static str,
        part: &'static str,
        read: impl Fn(&RawFile) -> Result<(T, Account), FileProblem>,
    ) -> Result<Held, NotRead> {
        let stored = self.folder.part(dataset, part);
        let stored = stored.ok_or(NotRead::NotHere(dataset))?;
        let file = stored.open(&self.folder).map_err(NotRead::File)?;
        let (table, account) = read(&file).map_err(NotRead::File)?;
        Ok(Held {
            table: Arc::new(table),
            rows: account.rows,
            aside: account.aside.len(),
            differs: stored.checked(&account.sha256) == Checked::Differs,
            input: InputFile {
                path: format!("data:{}", account.file),
                sha256: account.sha256,
                bytes: file.bytes.len() as u64,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::datasets::press_points;

    #[test]
    fn a_table_is_read_once_and_what_is_wrong_with_it_is_told_each_time() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path());
        let place = dir.path().join("cabinet-office-affinity/affinity");
        std::fs::create_dir_all(&place).unwrap();
        let head = "survey_month,target,pct_feel_affinity,reported_by\n";
        std::fs::write(
            place.join("a.csv"),
            format!("{head}2020-10,USA,84.0,a paper\n"),
        )
        .unwrap();
        let odd = dir.path().join("odd/cabinet-office-affinity/affinity");
        std::fs::create_dir_all(&odd).unwrap();
        let rows = "2020-10,USA,84.0,a paper\n2021-13,USA,84.0,a paper\n";
        std::fs::write(odd.join("a.csv"), format!("{head}{rows}")).unwrap();
        let odd = Tables::new(Folder::new(dir.path().join("odd")));
        let found = odd.read("cabinet-office-affinity", "affinity", press_points::read);
        assert_eq!(found.unwrap().table.len(), 1);
        let file = "cabinet-office-affinity/affinity/a.csv".to_owned();
        let one = SetAside {
            file,
            rows: 2,
            aside: 1,
        };
        assert_eq!(odd.set_aside(), [one]);
        let tables = Tables::new(folder);
        let times = AtomicUsize::new(0);
        let read = |file: &RawFile| {
            times.fetch_add(1, Ordering::SeqCst);
            press_points::read(file)
        };
        let ask = || tables.read("cabinet-office-affinity", "affinity", read);
        std::thread::scope(|scope| {
            let other = scope.spawn(ask);
            let (a, b) = (ask().unwrap(), other.join().unwrap().unwrap());
            assert_eq!((a.table.len(), a.input), (1, b.input));
            assert!(Arc::ptr_eq(&a.table, &b.table));
        });
        assert_eq!(times.load(Ordering::SeqCst), 1);
        assert!(tables.set_aside().is_empty());
        for _ in 0..2 {
            let none = tables.read("atop", "obligations", crate::datasets::atop::read);
            assert_eq!(none.map(|_| ()), Err(NotRead::NotHere("atop")));
        }
    }
}
