//! Works are cited by author and year; `docs/references.bib` holds each of them and no others, but for those
//! that a dataset is published in: they stand in `docs/datasets.bib`, which the catalogue of datasets cites.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::code::comments;
use crate::tree::{root, texts};

/// Capitalised words that stand before a year and are no authors.
const NO_AUTHORS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "In",
    "Since",
    "Of",
    "From",
    "To",
    "Until",
    "By",
    "The",
];

/// An entry of the bibliography: surnames in order, and the year.
struct Work {
    surnames: Vec<String>,
    year: String,
}

/// The value of a field of an entry, without its braces; fields stand one a line.
fn field<'e>(entry: &'e str, name: &str) -> Option<&'e str> {
    let mut lines = entry.lines().map(str::trim);
    let value = lines.find_map(|l| l.strip_prefix(name)?.trim_start().strip_prefix('='))?;
    Some(value.trim().trim_end_matches(',').trim_matches(['{', '}']))
}

fn works() -> BTreeMap<String, Work> {
    let mut works = of_bibliography("docs/references.bib");
    for (key, work) in of_bibliography("docs/datasets.bib") {
        // A work may be owed for its data and cited for its method.
        let both = works.get(&key).is_none_or(|w| w.year == work.year);
        assert!(both, "{key} is two works");
        works.entry(key).or_insert(work);
    }
    works
}

fn of_bibliography(path: &str) -> BTreeMap<String, Work> {
    let bib = fs::read_to_string(root().join(path)).unwrap();
    let mut works = BTreeMap::new();
    for entry in bib.split("\n@").map(|e| e.trim_start_matches('@')) {
        let Some((_, rest)) = entry.split_once('{') else {
            continue;
        };
        let key = rest.split(',').next().unwrap().trim().to_owned();
        let authors = field(entry, "author").unwrap_or_else(|| panic!("{key} has no author"));
        let year = field(entry, "date")
            .or(field(entry, "year"))
            .unwrap_or_else(|| panic!("{key} has no date"));
        let surnames = authors.split(" and ").map(|a| {
            let last = a.split(',').next().unwrap().trim();
            // Prose is read without its particles: `de Jong 1991` gives Jong.
            let words = last.trim_matches(['{', '}']).split(' ');
            let name = words.skip_while(|w| w.starts_with(char::is_lowercase));
            name.collect::<Vec<_>>().join(" ")
        });
        let work = Work {
            surnames: surnames.collect(),
            year: year.chars().take(4).collect(),
        };
        assert!(
            works.insert(key.clone(), work).is_none(),
            "{key} stands twice"
        );
    }
    assert!(works.len() >= 8);
    works
}

/// Author and year as prose has them: `Chib 1996`, `Chen (2023)`, `West & Harrison 1997`,
/// `Talts et al. 2018`: the surnames, whether others follow, and the year.
fn cited(prose: &str) -> Vec<(Vec<String>, bool, String)> {
    let words: Vec<&str> = prose.split_whitespace().collect();
    let mut found = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let year = word.trim_start_matches('(');
        let ends = year.char_indices().nth(4).map_or(year.len(), |(at, _)| at);
        let (year, after) = year.split_at(ends);
        let is_year = year.len() == 4
            && year.chars().all(|c| c.is_ascii_digit())
            && ("1800".."2100").contains(&year)
            // 2014-03, 2014/2013, 1984 to 1990 and 2312× are no years of works.
            && !after.starts_with(|c: char| c.is_alphanumeric() || "-–/%×".contains(c));
        if !is_year {
            continue;
        }
        let mut before: Vec<&str> = Vec::new();
        let mut at = i;
        let mut et_al = false;
        while at > 0 {
            at -= 1;
            let raw = words[at];
            let ends_here = raw.starts_with(['(', '[']);
            let word = raw.trim_start_matches(['(', '[', '"', '*']);
            match word {
                "&" | "and" | "al." | "al.," => et_al |= word.starts_with("al"),
                "et" => {}
                _ => {
                    let name = word.trim_end_matches(',');
                    let last_of_list = before.is_empty()
                        || word.ends_with(',')
                        || ["&", "and", "et"].contains(&words[at + 1]);
                    let is_name = name.chars().next().is_some_and(char::is_uppercase)
                        && name
                            .chars()
                            .all(|c| c.is_alphabetic() || c == '-' || c == '\'')
                        && name.chars().any(char::is_lowercase)
                        && name.len() > 1;
                    if !is_name || !last_of_list || NO_AUTHORS.contains(&name) {
                        break;
                    }
                    before.insert(0, name);
                }
            }
            if ends_here {
                break;
            }
        }
        if !before.is_empty() {
            let names = before.into_iter().map(str::to_owned).collect();
            found.push((names, et_al, year.to_owned()));
        }
    }
    found
}

fn matches(work: &Work, names: &[String], et_al: bool, year: &str) -> bool {
    let romanised = |surname: &str, name: &str| {
        // The framework's author is cited in Latin letters.
        surname == name || (surname == "陈梦莉" && name == "Chen")
    };
    let cited_in_full = names.len() == work.surnames.len() && !et_al;
    let shortened = et_al && names.len() == 1 && work.surnames.len() > 1;
    work.year == year
        && (cited_in_full || shortened)
        && work
            .surnames
            .iter()
            .zip(names)
            .all(|(s, n)| romanised(s, n))
}

#[test]
fn every_work_cited_is_in_the_bibliography_and_every_entry_is_cited() {
    let works = works();
    let mut prose: Vec<(String, String)> = Vec::new();
    for page in texts("docs", &[".md"]) {
        prose.push((page.path, page.text));
    }
    for file in texts("crates", &[".rs"]) {
        // Examples of how a work is written in a style are no citations.
        if !file
            .path
            .starts_with("crates/tertius-report/src/citations/")
        {
            prose.push((file.path.clone(), comments(&file)));
        }
    }
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let mut unknown = Vec::new();
    for (path, text) in &prose {
        for (names, et_al, year) in cited(text) {
            let found = works.iter().find(|(_, w)| matches(w, &names, et_al, &year));
            match found {
                Some((key, _)) => {
                    used.insert(key);
                }
                None => unknown.push(format!("{path}: {} {year}", names.join(", "))),
            }
        }
    }
    for file in texts("crates/tertius/catalogues", &[".toml"]) {
        let catalogue: toml::Table = file.text.parse().unwrap();
        let key = catalogue["citation"].as_str().unwrap();
        match works.get_key_value(key) {
            Some((key, _)) => used.insert(key),
            None => panic!("{} cites {key}", file.path),
        };
    }
    for entry in fs::read_dir(root().join("goldens")).unwrap() {
        let key = entry.unwrap().file_name().into_string().unwrap();
        match works.get_key_value(&key) {
            Some((key, _)) => used.insert(key),
            None => panic!("goldens/{key} is named after no entry"),
        };
    }
    assert!(unknown.is_empty(), "in neither bibliography: {unknown:#?}");
    let own = of_bibliography("docs/references.bib");
    let idle: Vec<&String> = own.keys().filter(|k| !used.contains(k.as_str())).collect();
    assert!(idle.is_empty(), "cited nowhere: {idle:?}");
}

#[test]
fn citations_are_found_as_prose_has_them() {
    let says = |text: &str| -> Vec<String> {
        let cited = cited(text).into_iter();
        cited
            .map(|(names, et_al, year)| {
                format!("{}{} {year}", names.join("+"), if et_al { "+" } else { "" })
            })
            .collect()
    };
    for (text, found) in [
        ("a path drawn backward (Chib 1996);", "Chib 1996"),
        ("those of Chen (2023) as printed", "Chen 2023"),
        ("(West & Harrison 1997, section 6.3)", "West+Harrison 1997"),
        (
            "(Grassmann, Taksar & Heyman 1985).",
            "Grassmann+Taksar+Heyman 1985",
        ),
        (
            "(Naeini, Cooper and Hauskrecht 2015)",
            "Naeini+Cooper+Hauskrecht 2015",
        ),
        ("(Talts et al. 2018)", "Talts+ 2018"),
        ("Hayes & Krippendorff 2007)", "Hayes+Krippendorff 2007"),
    ] {
        assert_eq!(says(text), [found], "{text}");
    }
    for text in [
        "In January 2014",
        "of GB 2312",
        "Q3 2022",
        "since 2014-03",
        "the year 2014",
    ] {
        assert!(says(text).is_empty(), "{text}");
    }
}
