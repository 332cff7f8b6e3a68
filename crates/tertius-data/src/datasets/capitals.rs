//! Capitals and where they lie, with days.

use jiff::civil::Date;

use super::rows::{CCODE, CowCodes, Demand, Read, once};
use super::terms::CITE;
use crate::catalogue::{Bilingual, Dataset, KnownFile, Part, Unit};
use crate::states::{CodeSystem, StateId, States};
use crate::table::{Field, Kind, RawFile, Reason, read_table};

/// The entry.
pub static DATASET: Dataset = Dataset {
    id: "capitals",
    title: Bilingual {
        en: "Capitals and their coordinates",
        zh: "首都及其坐标",
    },
    unit: Unit::StateSpell,
    publisher: "Steven V. Miller (peacesciencer)",
    home: "https://svmiller.com/peacesciencer/",
    home_seen: false,
    version: "1.2",
    licence: CITE,
    cite: &["miller2022"],
    note: Bilingual {
        en: "A capital counts while its number is the state's: Bonn for 260, Berlin for 255.",
        zh: "首都仅在其编码属于该国时计入：260 为波恩，255 为柏林。",
    },
    parts: &[Part {
        id: "capitals",
        fields: FIELDS,
        coverage: (1816, 2024),
        read: |file| Ok(read(file)?.1),
        files: &[KnownFile::converted(
            "geography/cow_capitals.csv",
            "8a350460f35b1b7dfa9d0dc4816e1d6becf1c84bbee1c96051865c35d2e0cba3",
            242,
        )],
    }],
};

/// Columns.
static FIELDS: &[Field] = &[
    CCODE,
    Field::key("capital", &["capital"], Kind::Label),
    Field::key("from", &["stdate"], Kind::Day),
    Field::key("to", &["enddate"], Kind::Day),
    Field::key("latitude", &["lat"], Kind::Num(-90.0, 90.0)),
    Field::key("longitude", &["lng"], Kind::Num(-180.0, 180.0)),
];

/// A capital and when it was one.
#[derive(Clone, Debug, PartialEq)]
pub struct Capital {
    /// COW number under which the file has it.
    pub cow: i32,
    /// Whose.
    pub state: StateId,
    /// Its name.
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day; that of the file's end for present ones.
    pub to: Date,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// Capitals of all states.
#[derive(Clone, Debug, PartialEq)]
pub struct Capitals(Vec<Capital>);

impl Capitals {
    /// A state's capital on a day. A state without a number on that day has none.
    pub fn on(&self, state: StateId, day: Date) -> Option<&Capital> {
        let code: i32 = States::bundled()
            .code(state, CodeSystem::Cow, day)?
            .parse()
            .ok()?;
        let mut of_code = self.0.iter().filter(|c| c.cow == code);
        of_code.find(|c| c.from <= day && day <= c.to)
    }

    /// All of them.
    pub fn all(&self) -> &[Capital] {
        &self.0
    }
}

/// Reads the converted file.
///
/// # Errors
///
/// Where the file as a whole cannot be used.
pub fn read(file: &RawFile) -> Read<Capitals> {
    let mut table = read_table(file, FIELDS)?;
    let count = table.rows();
    let (columns, aside) = table.split();
    let (codes, names) = (columns.ints("ccode"), columns.texts("capital"));
    let (from, to) = (columns.days("from"), columns.days("to"));
    let (latitude, longitude) = (columns.nums("latitude"), columns.nums("longitude"));
    let mut states = CowCodes::new(Demand::Known);
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
        // Spells are drawn wider than the states: any year of the spell in which the number names one will do.
        let code = codes.get(row).unwrap_or(0);
        let year = (from.year()..=to.year()).find(|y| states.get(code, *y).is_ok());
        let year = year.unwrap_or_else(|| from.year());
        let Some(state) = states.state(aside, row, "ccode", Some(code), year) else {
            continue;
        };
        let places = latitude.get(row).zip(longitude.get(row));
        let Some((latitude, longitude)) = places else {
            continue;
        };
        let capital = Capital {
            cow: code,
            state,
            name: names.get(row).unwrap_or("").to_owned(),
            from,
            to,
            latitude,
            longitude,
        };
        found.push((capital, row));
    }
    let rows = once(aside, "ccode", found, |c| (c.cow, c.from));
    let used = rows.len();
    Ok((Capitals(rows), table.close(file, used)))
}

/// Mean radius of the earth, kilometres (International Union of Geodesy and Geophysics).
const RADIUS: f64 = 6371.0088;

/// Great-circle distance of two capitals in kilometres, by the haversine formula on a sphere: within half a per
/// cent of that on the ellipsoid.
///
/// d = 2 R asin √(sin²(Δφ/2) + cos φ₁ cos φ₂ sin²(Δλ/2))
pub fn distance(a: &Capital, b: &Capital) -> f64 {
    let (p, q) = (a.latitude.to_radians(), b.latitude.to_radians());
    let half = |x: f64| (x / 2.0).sin().powi(2);
    let across = (b.longitude - a.longitude).to_radians();
    let h = half(q - p) + p.cos() * q.cos() * half(across);
    2.0 * RADIUS * h.sqrt().min(1.0).asin()
}
