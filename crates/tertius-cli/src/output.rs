//! Findings to files: numbers with ten significant digits, a folder swapped whole.

use std::fs;
use std::path::Path;

use serde_json::{Number, Value};
use tertius::findings::Findings;
use tertius::vocabulary::Lang;

use crate::screen::message;

/// The file by which a folder is known to be ours.
const MARKER: &str = ".tertius";

/// A file of the output, by its path in the folder.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

impl File {
    pub(crate) fn text(path: &str, text: &str) -> File {
        File {
            path: path.to_owned(),
            bytes: text.as_bytes().to_vec(),
        }
    }
}

/// JSON with every number to ten significant digits, so that two runs on one platform write the same
/// bytes and a change of the last bits is not a change of the findings.
pub(crate) fn json(value: &impl serde::Serialize) -> Result<String, serde_json::Error> {
    let mut value = serde_json::to_value(value)?;
    round(&mut value);
    Ok(serde_json::to_string_pretty(&value)? + "\n")
}

fn round(value: &mut Value) {
    match value {
        Value::Number(n) if n.is_f64() => {
            if let Some(rounded) = n.as_f64().and_then(ten_digits).and_then(Number::from_f64) {
                *n = rounded;
            }
        }
        Value::Array(all) => all.iter_mut().for_each(round),
        Value::Object(all) => all.values_mut().for_each(round),
        _ => {}
    }
}

fn ten_digits(x: f64) -> Option<f64> {
    format!("{x:.9e}").parse().ok()
}

/// The tidy tables, as CSV.
pub(crate) fn tables(findings: &Findings) -> Vec<File> {
    tertius_report::tables::all(findings)
        .into_iter()
        .map(|(name, text)| File::text(&format!("{name}.csv"), &text))
        .collect()
}

/// Writes a folder aside and puts it in place of the old one. A folder that is not ours is left alone.
pub(crate) fn write_folder(folder: &Path, files: &[File], lang: Lang) -> Result<(), String> {
    let shown = folder.display().to_string();
    if folder.exists() && !folder.join(MARKER).is_file() {
        return Err(message(lang, "cli-not-ours", &[("path", shown)]));
    }
    let name = folder
        .file_name()
        .ok_or_else(|| message(lang, "cli-no-place", &[("path", shown.clone())]))?;
    let parent = folder
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let beside = |suffix: &str| {
        parent.join(format!(
            ".{}.{suffix}-{}",
            name.to_string_lossy(),
            std::process::id()
        ))
    };
    let (new, old) = (beside("new"), beside("old"));
    let failed = |e: std::io::Error| {
        let values = [("path", shown.clone()), ("reason", e.to_string())];
        message(lang, "cli-not-written", &values)
    };
    let write = || -> std::io::Result<()> {
        fs::create_dir_all(&new)?;
        fs::write(
            new.join(MARKER),
            "This folder was written by tertius and may be replaced by it.\n",
        )?;
        for file in files {
            let place = new.join(&file.path);
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(place, &file.bytes)?;
        }
        Ok(())
    };
    if let Err(e) = write() {
        let _ = fs::remove_dir_all(&new);
        return Err(failed(e));
    }
    if folder.exists() {
        fs::rename(folder, &old).map_err(failed)?;
    }
    if let Err(e) = fs::rename(&new, folder) {
        let _ = fs::rename(&old, folder);
        return Err(failed(e));
    }
    let _ = fs::remove_dir_all(&old);
    Ok(())
}
