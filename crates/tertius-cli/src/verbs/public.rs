//! What verbs share that compute from public datasets: the folder, the datasets in it, states and years.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tertius::vocabulary::{ActorRegistry, Lang};
use tertius_data::catalogue;
use tertius_data::datasets::un_votes::{self, RollCalls};
use tertius_data::folder::{Checked, Folder};
use tertius_data::measures::who::{self, NoState};
use tertius_data::states::{StateId, windows};
use tertius_data::table::{Account, FileProblem, RawFile};
use tertius_data::tables::{NotRead, SetAside, Tables};

use crate::Ended;
use crate::place::write_file;
use crate::screen::{message, print, say};

/// The parts of un-votes that say together what each vote was about: votes, roll calls, issues.
pub(crate) const PACKAGE: [&str; 3] = ["package-votes", "package-calls", "package-issues"];

/// What these verbs take.
#[derive(clap::Args)]
pub(crate) struct Public {
    /// The data folder [default: TERTIUS_DATA, then the user's data folder].
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Language of what is printed: en or zh.
    #[arg(long, default_value = "en")]
    pub(crate) lang: Lang,
    /// No warnings on standard error.
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

impl Public {
    pub(crate) fn folder(&self) -> Folder {
        super::data::folder(self.data.clone())
    }

    /// A message that ends the run: the input is at fault.
    pub(crate) fn refuse(&self, text: &str) -> Ended {
        say(text);
        Ended::InputHasErrors
    }

    pub(crate) fn usage(&self, key: &str, values: &[(&str, String)]) -> Ended {
        Ended::Usage(message(self.lang, key, values))
    }

    /// Refuses years that no data could cover, and more of them than any do.
    pub(crate) fn span(&self, from: i16, to: i16) -> Result<(), Ended> {
        // What the votes and the conditions can have.
        const MOST_YEARS: i16 = 300;
        if (1816..=2100).contains(&from) && to <= 2100 && to - from < MOST_YEARS {
            return Ok(());
        }
        let values = [("from", from.to_string()), ("to", to.to_string())];
        Err(self.usage("interests-bad-span", &values))
    }

    /// Refuses to write over a file of roll calls that is named, or over data of the folder.
    pub(crate) fn spare(&self, out: Option<&Path>, votes: Option<&Path>) -> Result<(), Ended> {
        let Some(out) = out else { return Ok(()) };
        let stored = super::data::stored_paths(&self.folder());
        let inputs = stored.iter().map(PathBuf::as_path).chain(votes);
        crate::place::spare(out, inputs, self.lang).map_err(Ended::Usage)
    }

    /// To a file, whole or not at all; to standard output where none is named.
    pub(crate) fn deliver(&self, out: Option<&Path>, text: &str) -> Result<(), Ended> {
        self.spare(out, None)?;
        match out {
            Some(path) => write_file(path, text, self.lang).map_err(Ended::Usage),
            None => {
                print(text);
                Ok(())
            }
        }
    }

    /// A warning.
    pub(crate) fn warn(&self, key: &str, values: &[(&str, String)]) {
        if !self.quiet {
            say(&message(self.lang, key, values));
        }
    }

    /// The tables of the data folder.
    pub(crate) fn tables(&self) -> Arc<Tables> {
        Arc::new(Tables::new(self.folder()))
    }

    /// Reads a part of a dataset of the catalogue.
    pub(crate) fn read<T: Send + Sync + 'static>(
        &self,
        id: &'static str,
        part: &'static str,
        read: impl Fn(&RawFile) -> Result<(T, Account), FileProblem>,
    ) -> Result<Arc<T>, Ended> {
        let tables = self.tables();
        let found = tables.read(id, part, read).map_err(|p| self.not_read(&p))?;
        self.tell_read(&tables);
        Ok(found.table)
    }

    /// That a table cannot be had, and why.
    pub(crate) fn not_read(&self, problem: &NotRead) -> Ended {
        self.refuse(&self.why_not_read(problem))
    }

    /// Why a table cannot be had, in a sentence.
    pub(crate) fn why_not_read(&self, problem: &NotRead) -> String {
        match problem {
            NotRead::NotHere(id) => self.not_here(id),
            NotRead::File(problem) => super::data::problem(problem, self.lang),
        }
    }

    /// Opens a part of a dataset of the catalogue.
    fn open(&self, id: &str, part: &str) -> Result<RawFile, Ended> {
        let folder = self.folder();
        let Some(stored) = folder.part(id, part) else {
            return Err(self.refuse(&self.not_here(id)));
        };
        let file = stored.open(&folder).map_err(|p| self.broken(&p))?;
        if stored.check(&file) == Checked::Differs {
            self.tell_differs(id, &file.name);
        }
        Ok(file)
    }

    /// Tells of files that were read and are not the ones described, and of rows that are not used.
    pub(crate) fn tell_read(&self, tables: &Tables) {
        self.tell_differing(tables);
        self.tell_aside(&tables.set_aside());
    }

    /// Tells of files that were read and are not the ones described.
    pub(crate) fn tell_differing(&self, tables: &Tables) {
        for (dataset, file) in tables.differing() {
            self.tell_differs(dataset, &file);
        }
    }

    fn tell_differs(&self, dataset: &str, file: &str) {
        let values = [("file", file.to_owned()), ("id", dataset.to_owned())];
        self.warn("measure-differs", &values);
    }

    /// That a dataset is not here, and what to do: fetch it, or download a file by hand.
    pub(crate) fn not_here(&self, id: &str) -> String {
        let folder = self.folder().root().display().to_string();
        let mut values = vec![("dataset", id.to_owned()), ("folder", folder)];
        let by_hand = catalogue::find(id).and_then(super::data::by_hand);
        let key = if by_hand.is_some() {
            "measure-by-hand"
        } else {
            "measure-not-here"
        };
        values.extend(by_hand.into_iter().flatten());
        message(self.lang, key, &values)
    }

    /// Tells of rows that were read and are not used.
    pub(crate) fn tell_aside(&self, aside: &[SetAside]) {
        for a in aside {
            let values = [
                ("file", a.file.clone()),
                ("aside", a.aside.to_string()),
                ("rows", a.rows.to_string()),
            ];
            self.warn("measure-set-aside", &values);
        }
    }

    fn broken(&self, problem: &FileProblem) -> Ended {
        self.refuse(&super::data::problem(problem, self.lang))
    }

    /// The roll calls: of a file that is named, or of the catalogue, with issues where they are asked for.
    pub(crate) fn votes(
        &self,
        named: Option<&Path>,
        issues: bool,
    ) -> Result<Arc<RollCalls>, Ended> {
        if let Some(path) = named {
            let file = RawFile::open(path).map_err(|p| self.broken(&p))?;
            let (calls, account) = un_votes::read(&file).map_err(|p| self.broken(&p))?;
            self.tell_account(&account);
            return Ok(Arc::new(calls));
        }
        if !issues {
            return self.read("un-votes", "votes", un_votes::read);
        }
        let [votes, calls, about] = PACKAGE.map(|part| self.open("un-votes", part));
        let (votes, calls, about) = (votes?, calls?, about?);
        let read = un_votes::read_package(&votes, &calls, &about);
        let (calls, accounts) = read.map_err(|p| self.broken(&p))?;
        accounts.iter().for_each(|a| self.tell_account(a));
        Ok(Arc::new(calls))
    }

    fn tell_account(&self, account: &Account) {
        if !account.aside.is_empty() {
            self.tell_aside(&[SetAside {
                file: account.file.clone(),
                rows: account.rows,
                aside: account.aside.len(),
            }]);
        }
    }

    /// What each roll call weighs, of a table that is named.
    pub(crate) fn salience(&self, path: &Path) -> Result<BTreeMap<u32, f64>, Ended> {
        let file = RawFile::open(path).map_err(|p| self.broken(&p))?;
        let read = un_votes::read_weights(&file);
        let (weights, account) = read.map_err(|p| self.broken(&p))?;
        self.tell_account(&account);
        Ok(weights)
    }

    /// Refuses a name of no state of any time, before data are read; whether it is one in the years that the data
    /// have is seen then.
    pub(crate) fn known<'n>(&self, names: impl Iterator<Item = &'n str>) -> Result<(), Ended> {
        for name in names {
            self.state(name, 1816..=2100)?;
        }
        Ok(())
    }

    /// The state that a text names in some years.
    pub(crate) fn state(&self, text: &str, years: RangeInclusive<i16>) -> Result<StateId, Ended> {
        let (from, to) = (*years.start(), *years.end());
        who::state(text, years).map_err(|problem| match problem {
            NoState::Unknown(name) => match ActorRegistry::default().meant(&name) {
                Some(meant) => {
                    self.usage("measure-no-state-but", &[("name", name), ("meant", meant)])
                }
                None => self.usage("measure-no-state", &[("name", name)]),
            },
            NoState::NotThen { code, windows: w } => {
                let values = [
                    ("code", code),
                    ("from", from.to_string()),
                    ("to", to.to_string()),
                    ("windows", windows(&w)),
                ];
                self.usage("measure-not-then", &values)
            }
        })
    }

    /// An ally, its patron and the rival, all different.
    pub(crate) fn triad(
        &self,
        names: &[String],
        years: RangeInclusive<i16>,
    ) -> Result<[StateId; 3], Ended> {
        let [ally, patron, rival] = names else {
            return Err(self.usage("measure-three-states", &[("name", "NAME".to_owned())]));
        };
        let of = |name: &String| self.state(name, years.clone());
        let found = [of(ally)?, of(patron)?, of(rival)?];
        let [a, b, c] = found;
        if a == b || b == c || a == c {
            return Err(self.usage("cli-not-three", &[]));
        }
        Ok(found)
    }
}
