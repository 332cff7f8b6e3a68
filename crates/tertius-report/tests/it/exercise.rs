//! What is done with arbitrary bytes: the same here, under proptest, and in `fuzz/`, under a fuzzer. It stands
//! alone, so that both can take it in.

// Beside this file, and that of the loader.
#[path = "../../../tertius/tests/record/exercise.rs"]
#[allow(dead_code, reason = "the targets of the loader")]
mod record;
#[path = "sample.rs"]
pub(crate) mod sample;

use serde_json::{Value, json};
use tertius::findings::Findings;
use tertius::record::{MemoryFiles, load};
use tertius::vocabulary::Lang;
use tertius_report::citations::{Owed, Reference, Style, biblatex, bibtex, owed, sources};
use tertius_report::page::{PageOptions, report};
use tertius_report::terminal::{self, Look};
use tertius_report::{figures, tables};

use record::VALID;

/// Bytes as more of a bibliography: where the loader takes it, every work of it is written in every style.
pub(crate) fn cite(bytes: &[u8]) {
    let (_, valid) = VALID
        .iter()
        .find(|(name, _)| *name == "sources.bib")
        .unwrap();
    let mut bib = format!("{valid}\n").into_bytes();
    bib.extend(bytes);
    let mut files: MemoryFiles = VALID.iter().copied().collect();
    files.insert("sources.bib", bib);
    let Some(record) = load(&files, None).0 else {
        return;
    };
    let text = &record.sources.text;
    let works: Vec<Owed> = [owed(&record, text), sources(&record, text)].concat();
    let named = |key: &String| works.iter().any(|o| o.work.key == *key);
    assert!(record.sources.by_key.keys().all(named), "a source is cited");
    for o in &works {
        for style in Style::ALL {
            let said = Reference::of(&o.work, style).to_string();
            assert!(!said.trim().is_empty(), "{} in {}", o.work.key, style.id());
        }
    }
    assert!(bibtex(&works).ends_with('\n') && biblatex(&works).ends_with('\n'));
}

/// Bytes as findings in JSON, or else as changes of the sample: what can be read is shown in every way.
pub(crate) fn page(bytes: &[u8]) {
    let found: Option<Findings> = serde_json::from_slice(bytes)
        .ok()
        .or_else(|| changed(bytes));
    let Some(findings) = found else { return };
    for lang in Lang::ALL {
        report(&findings, lang, &PageOptions::default()).expect("a page");
        let look = Look::new(60, false);
        terminal::summary(&findings, lang, look);
        for fall in &findings.waterfalls {
            terminal::waterfall(&findings, fall, true, lang, look);
        }
        for figure in figures::all(&findings, lang) {
            assert!(!figure.id.is_empty());
        }
    }
    tables::all(&findings);
}

/// The sample with some of its values, each chosen by two bytes, put in the place of others or replaced by
/// what the third says.
fn changed(bytes: &[u8]) -> Option<Findings> {
    let mut whole = serde_json::to_value(sample::findings()).expect("findings are JSON");
    for step in bytes.chunks_exact(3).take(64) {
        let at = usize::from(step[0]) << 8 | usize::from(step[1]);
        change(&mut whole, at, step[2]);
    }
    serde_json::from_value(whole).ok()
}

/// One value anywhere: walks down by `at`, so that a small part of the findings is as likely as a large one.
fn change(value: &mut Value, mut at: usize, how: u8) {
    let mut here = value;
    loop {
        let n = match here {
            Value::Array(all) => all.len(),
            Value::Object(all) => all.len(),
            _ => 0,
        };
        // One way out of every level is to stop there.
        let way = at % (n + 1);
        at /= n + 1;
        if way == n {
            break;
        }
        let next = match here {
            Value::Array(all) => all.get_mut(way),
            Value::Object(all) => all.values_mut().nth(way),
            _ => None,
        };
        match next {
            Some(next) => here = next,
            None => return,
        }
    }
    match here {
        Value::Array(all) => match how % 4 {
            0 => all.clear(),
            1 => all.truncate(1),
            2 => all.reverse(),
            _ => {
                let last = all.last().cloned();
                all.extend(last);
            }
        },
        Value::Object(all) => {
            let key = all.keys().nth(usize::from(how) % all.len().max(1)).cloned();
            if let Some(key) = key {
                all.shift_remove(&key);
            }
        }
        other => *other = leaf(how),
    }
}

fn leaf(how: u8) -> Value {
    const TEXTS: [&str; 7] = [
        "",
        "x",
        "follower",
        "2014-03",
        "0001-01",
        "\u{FFFE}<b>",
        "acts",
    ];
    match how % 16 {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(0),
        3 => json!(-1),
        4 => json!(0.5),
        5 => json!(1e308),
        6 => json!(-1e-308),
        7 => json!(u32::MAX),
        8 => json!(i64::MIN),
        more => json!(TEXTS[usize::from(more - 9)]),
    }
}
