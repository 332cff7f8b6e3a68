//! The repository as files of text.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the repository, by its path from the root.
pub(crate) struct Text {
    pub(crate) path: String,
    pub(crate) text: String,
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every text file under a folder of the repository whose name ends so, in the order of paths.
pub(crate) fn texts(under: &str, endings: &[&str]) -> Vec<Text> {
    let mut found = Vec::new();
    walk(&root().join(under), &mut found);
    let root = root();
    let mut texts: Vec<Text> = found
        .into_iter()
        .filter(|p| {
            let name = p.to_string_lossy();
            endings.iter().any(|e| name.ends_with(e))
        })
        .filter_map(|p| {
            let path = p.strip_prefix(&root).unwrap();
            let path = path.to_string_lossy().replace('\\', "/");
            // What is no text holds no words.
            let text = String::from_utf8(fs::read(&p).unwrap()).ok()?;
            Some(Text { path, text })
        })
        .collect();
    texts.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(
        !texts.is_empty(),
        "{under} holds no file that ends in {endings:?}"
    );
    texts
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            // Built, written by a run, or kept by git.
            let ours = !["target", "tertius-out", ".git", "node_modules"].contains(&name.as_str());
            if ours {
                walk(&path, found);
            }
        } else {
            found.push(path);
        }
    }
}
