//! `cargo xtask bench peers`: ours and others on the same numbers, one after the other, in one run.

use std::path::{Path, PathBuf};

use crate::run::{cargo, command, output, root, run, say};

/// Installs what `benches/peers/requirements.txt` names apart from the machine's own Python.
fn python() -> Result<PathBuf, String> {
    let folder = root().join("target/python");
    let python = folder.join("bin/python");
    if output(&python, &["-c", "import hmmlearn, pyarrow"]).is_some() {
        return Ok(python);
    }
    say("installing hmmlearn and pyarrow into target/python");
    let venv = command("python3", &["-m", "venv", "target/python"]);
    run(venv, "python3 -m venv")?;
    let wanted = "benches/peers/requirements.txt";
    let pip = command(&python, &["-m", "pip", "install", "--quiet", "-r", wanted]);
    run(pip, "pip install")?;
    Ok(python)
}

pub(crate) fn peers() -> Result<(), String> {
    let python = python()?;
    let folder = "target/peers";
    cargo(&[
        "run",
        "--quiet",
        "--release",
        "-p",
        "tertius-math",
        "--example",
        "forward_backward",
        "--",
        folder,
    ])?;
    let script = "benches/peers/hmmlearn_beside_ours.py";
    run(command(&python, &[script, folder]), "hmmlearn")?;
    cargo(&["build", "--quiet", "--release", "--bin", "tertius"])?;
    let data = std::env::var_os("TERTIUS_DATA").unwrap_or_default();
    let votes = Path::new(&data).join("un_votes/un_votes_1946_2024.parquet");
    let votes = votes.to_string_lossy();
    for name in ["similarity", "ideal_points"] {
        let script = format!("benches/peers/{name}_beside_ours.py");
        run(command(&python, &[&script, &votes, folder]), &script)?;
    }
    Ok(())
}
