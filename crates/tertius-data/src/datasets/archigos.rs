//! Leaders and their days in office (Archigos).

use jiff::civil::Date;
use tertius::vocabulary::Observed;

use super::rows::{Read, once, why};
use super::terms::CITE;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::states::{CodeSystem, StateId, States};
use crate::table::{Field, Kind, RawFile, Reason, read_table};

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "archigos",
    title: Bilingual {
        en: "Archigos: political leaders",
        zh: "Archigos 政治领导人数据",
    },
    unit: Unit::StateSpell,
    publisher: "Goemans, Gleditsch and Chiozza",
    home: "http://www.rochester.edu/college/faculty/hgoemans/data.htm",
    home_seen: false,
    version: "4.1",
    licence: CITE,
    cite: &["goemans2009"],
    note: Bilingual {
        en: "The effective leader, with days. Ends on 2015-12-31: who was in office then left at an unknown later day.",
        zh: "实际领导人及其任期。止于 2015-12-31：当日在任者其后何时离任不详。",
    },
    parts: &[Part {
        id: "leaders",
        fields: FIELDS,
        coverage: (1840, 2015),
        read: |file| Ok(read(file)?.1),
        files: &[
            KnownFile::converted(
                "leaders/archigos.csv.gz",
                "d8ae128fda567260ea64ecf22609824079e1fb4473b3b13af6e1bb27e9a75cf4",
                3_409,
            ),
            KnownFile::published("archigos/1March_Archigos_4.1.txt", ""),
        ],
    }],
};

/// Columns.
static FIELDS: &[Field] = &[
    Field::key("id", &["obsid"], Kind::Code),
    Field::key("state", &["gwcode", "ccode"], Kind::Code),
    Field::key("leader", &["leader"], Kind::Label),
    Field::key("from", &["startdate"], Kind::Day),
    Field::key("to", &["enddate"], Kind::Day),
    Field::value("entry", &["entry"], Kind::Label, "", &[]),
    Field::value("exit", &["exit"], Kind::Label, "", &[]),
];

/// The last day of version 4.1.
pub const LAST_DAY: Date = Date::constant(2015, 12, 31);

/// A leader's time in office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// Archigos' name for the spell.
    pub id: String,
    /// Of which state.
    pub state: StateId,
    /// Who.
    pub leader: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// How the leader came: `Regular`, `Irregular`, `Foreign Imposition`.
    pub entry: Option<String>,
    /// How the leader left.
    pub exit: Option<String>,
}

/// Reads the file, as published or converted.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Vec<Tenure>> {
    let mut table = read_table(file, FIELDS)?;
    let count = table.rows();
    let (columns, aside) = table.split();
    let text = |name| columns.texts(name);
    let (ids, codes, leaders) = (text("id"), text("state"), text("leader"));
    let (entry, exit) = (text("entry"), text("exit"));
    let (from, to) = (columns.days("from"), columns.days("to"));
    let mut found = Vec::new();
    for row in 0..count {
        let days = from.get(row).zip(to.get(row));
        let Some((from, to)) = days.filter(|_| aside.is_good(row)) else {
            continue;
        };
        if to < from {
            aside.set(row, "to", Reason::Reversed, to);
            continue;
        }
        // A spell may begin before the state, under occupation: any year of it will do.
        let code = codes.get(row).unwrap_or("");
        let states = States::bundled();
        let named = (from.year()..=to.year())
            .find_map(|y| states.find_in_year(CodeSystem::Gw, code, y).ok());
        let Some(state) = named else {
            let problem = states.find_in_year(CodeSystem::Gw, code, from.year());
            let reason = problem.err().map_or(Reason::UnknownCode, |p| why(&p));
            aside.set(row, "state", reason, format!("{code} in {}", from.year()));
            continue;
        };
        let own = |t: Option<&str>| t.map(str::to_owned);
        let tenure = Tenure {
            id: ids.get(row).unwrap_or("").to_owned(),
            state,
            leader: leaders.get(row).unwrap_or("").to_owned(),
            from,
            to,
            entry: own(entry.get(row)),
            exit: own(exit.get(row)),
        };
        found.push((tenure, row));
    }
    let rows = once(aside, "id", found, |t| (t.state, t.from, t.id.clone()));
    let used = rows.len();
    Ok((rows, table.close(file, used)))
}

/// Who led a state on a day: the one who came last, where the data have two.
pub fn leader(tenures: &[Tenure], state: StateId, on: Date) -> Observed<&Tenure> {
    let of_state = || tenures.iter().filter(|t| t.state == state);
    let first = of_state().map(|t| t.from).min();
    if on > LAST_DAY || first.is_none_or(|f| on < f) {
        return Observed::OutsideCoverage;
    }
    let holds = of_state().filter(|t| t.from <= on && on <= t.to);
    let last = holds.max_by_key(|t| t.from);
    last.map_or(Observed::Missing, Observed::Observed)
}
