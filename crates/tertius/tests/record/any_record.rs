//! Arbitrary bytes as a well-formed case: arbitrary rows, each of which a coder could have written. What
//! lies beyond the loader is reached with every input, and not with the few that happen to be whole.

use std::collections::BTreeMap;

use tertius::record::MemoryFiles;
use tertius::vocabulary::{Catalogue, Month, Seat};

const ROLES: [&str; 5] = ["follower", "balancer", "exploiter", "proxy", "none"];

/// Bytes one by one; when they are used up, zeros.
struct Bytes<'b>(std::slice::Iter<'b, u8>);

impl Bytes<'_> {
    fn below(&mut self, n: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or_default()) % n
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    fn are_left(&self) -> bool {
        self.0.len() > 0
    }
}

/// A month of the span or of the year around it.
fn month(b: &mut Bytes<'_>, months: usize) -> Month {
    let first: Month = "2013-07".parse().expect("a month");
    first + b.below(months + 12) as i32
}

/// A date of any precision.
fn date(b: &mut Bytes<'_>, months: usize) -> String {
    let month = month(b, months);
    match b.below(6) {
        0 => month.year().to_string(),
        1 => month.to_string(),
        2 => format!("{month}/{}", month + b.below(14) as i32),
        3 => format!("{month}-01/{month}-{:02}", 1 + b.below(28)),
        _ => format!("{month}-{:02}", 1 + b.below(28)),
    }
}

/// Source, quotation, locator, whether checked, coder: the last columns of every table of rows.
fn proof(b: &mut Bytes<'_>) -> &'static str {
    b.of(&["one,q,l,yes,ann", "one;two,,,no,ann", "two,q,l,yes,ben"])
}

fn episode(b: &mut Bytes<'_>) -> &'static str {
    b.of(&["", "", "", "x", "y"])
}

const CONDITIONS: [(&str, &str, &str); 4] = [
    ("asymmetry", "0", "1"),
    ("capacity", "0", "1"),
    ("patron_pressure", "0", "1"),
    ("patron_rival_relation", "-1", "1"),
];

pub(crate) fn files(bytes: &[u8]) -> MemoryFiles {
    let b = &mut Bytes(bytes.iter());
    let catalogue = Catalogue::bundled("chen-2023").expect("bundled");
    let months = 1 + b.below(36);
    let first: Month = "2014-01".parse().expect("a month");
    let last = first + (months as i32 - 1);
    let as_of = last + b.below(4) as i32;
    let mut case = format!(
        "schema = \"tertius-case/1\"\nid = \"any\"\ntitle = \"Any\"\n\
         triad = {{ ally = \"JPN\", patron = \"USA\", rival = \"RUS\", coalition = [\"USA\"] }}\n\
         span = {{ from = \"{first}\", to = \"{last}\", as_of = \"{as_of}\" }}\n\
         alliance = {{ name = \"Treaty\", since = \"1952\" }}\nroles = {{ catalogue = \"chen-2023\" }}\n\
         issues = [{{ id = \"talks\", family = \"rival\", name = \"Talks\" }}, {{ id = \"arms\", family = \"ally\", name = \"Arms\" }}]\n\
         coders = [{{ id = \"ann\", kind = \"person\" }}, {{ id = \"ben\", kind = \"person\" }}]\n"
    );
    let mut acts = String::from(
        "id,date,actor,target,class,issue,severity,episode,beneficiary,justification,description,sources,quote,locator,checked,coder\n",
    );
    let mut measures = String::from(
        "id,issuer,s_date,grade,answer_date,answer_grade,episode,sources,quote,locator,checked,coder\n",
    );
    let mut positions = String::from(
        "id,date,actor,issue,kind,value,low,high,salience,sources,quote,locator,checked,coder\n",
    );
    let mut statements =
        String::from("id,date,speaker,kind,role,sources,quote,locator,checked,coder\n");
    let mut coverage = String::from("what,from,to,exhaustive,coder\n");
    let mut values: [BTreeMap<Month, f64>; 4] = Default::default();
    let mut n = 0;
    while b.are_left() && n < 200 {
        n += 1;
        match b.below(8) {
            0 => {
                let month = month(b, months);
                let (s_day, k) = (1 + b.below(28), b.below(16) as i32);
                // Twelve months at most; more is no answer.
                let answer = if k < 12 {
                    format!("{}-28,{}", month + k, 1 + b.below(6))
                } else {
                    ",".to_owned()
                };
                let (grade, episode, proof) = (1 + b.below(6), episode(b), proof(b));
                measures +=
                    &format!("m{n},USA,{month}-{s_day:02},{grade},{answer},{episode},{proof}\n");
            }
            1 => {
                let (date, issue) = (date(b, months), b.of(&["talks", "arms"]));
                let who = b.of(&[
                    "JPN,talks,preference",
                    "USA,talks,preference",
                    "USA,arms,expectation",
                ]);
                let who = who.replace("talks", issue);
                let value = b.below(21) as f64 / 10.0 - 1.0;
                let (low, high) = ((value - 0.2).max(-1.0), (value + 0.1).min(1.0));
                let (salience, proof) = (b.below(11) as f64 / 10.0, proof(b));
                positions +=
                    &format!("p{n},{date},{who},{value},{low},{high},{salience},{proof}\n");
            }
            2 => {
                let (date, proof) = (date(b, months), proof(b));
                let who = b.of(&[
                    "USA,expected",
                    "JPN,declared",
                    "RUS,rival_view",
                    "CHN,third_view",
                ]);
                statements += &format!("s{n},{date},{who},{},{proof}\n", b.of(&ROLES));
            }
            3 => {
                let from = month(b, months);
                let to = from + b.below(36) as i32;
                let classes: Vec<&str> = catalogue
                    .behaviour()
                    .iter()
                    .map(|c| c.id.as_str())
                    .collect();
                let what = match b.below(3) {
                    0 => "acts",
                    1 => "answers",
                    _ => b.of(&classes),
                };
                coverage += &format!("{what},{from},{to},yes,ann\n");
            }
            4 => {
                let series = b.below(values.len());
                let low = if series == 3 { -1.0 } else { 0.0 };
                values[series].insert(
                    month(b, months),
                    low + b.below(11) as f64 * (1.0 - low) / 10.0,
                );
            }
            _ => {
                let classes: Vec<_> = catalogue.classes().iter().collect();
                let class = b.of(&classes);
                let actor = match class.by.first() {
                    Some(Seat::Patron) => "USA",
                    Some(Seat::Rival) => "RUS",
                    _ => "JPN",
                };
                let why = if class.id.as_str() == "own_gain" {
                    "own,crisis"
                } else {
                    ","
                };
                let (date, issue) = (date(b, months), b.of(&["", "talks", "arms"]));
                let (severity, episode, proof) = (1 + b.below(6), episode(b), proof(b));
                acts += &format!(
                    "a{n},{date},{actor},RUS,{},{issue},{severity},{episode},{why},x,{proof}\n",
                    class.id
                );
            }
        }
    }
    let mut files = MemoryFiles::default();
    for ((name, low, high), values) in CONDITIONS.iter().zip(&values) {
        if values.is_empty() {
            continue;
        }
        case += &format!(
            "[[series]]\nid = \"{name}\"\nfile = \"series/{name}.csv\"\nname = \"{name}\"\nunit = \"x\"\n\
             indicator = \"{name}\"\nstream = \"condition\"\nmethod = \"measured\"\nlower = {low}\nupper = {high}\n"
        );
        let rows = values.iter().map(|(month, v)| format!("{month},{v},one\n"));
        let table: String = std::iter::once("period,value,sources\n".to_owned())
            .chain(rows)
            .collect();
        files.insert(format!("series/{name}.csv"), table);
    }
    let bib = "@misc{one, title = {One}, date = {2014}, howpublished = {Wire}}\n\
               @misc{two, title = {Two}, date = {2015}, howpublished = {Wire}}\n";
    for (name, text) in [
        ("case.toml", case.as_str()),
        ("acts.csv", &acts),
        ("measures.csv", &measures),
        ("positions.csv", &positions),
        ("statements.csv", &statements),
        ("coverage.csv", &coverage),
        ("sources.bib", bib),
    ] {
        files.insert(name, text);
    }
    files
}
