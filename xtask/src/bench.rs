//! `cargo xtask bench peers`: ours and hmmlearn on the same numbers, one after the other, in one run.

use std::path::PathBuf;

use crate::run::{cargo, command, output, root, run, say};

/// Installs what `benches/peers/requirements.txt` names apart from the machine's own Python.
fn python() -> Result<PathBuf, String> {
    let folder = root().join("target/python");
    let python = folder.join("bin/python");
    if output(&python, &["-c", "import hmmlearn"]).is_some() {
        return Ok(python);
    }
    say("installing hmmlearn into target/python");
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
    run(command(python, &[script, folder]), "the peers")
}
