//! `cargo xtask bench parse`: every fixture of the catalog read by its parsers and by jc, in one
//! run: who reads it right, where they differ, and how long each takes, in one process and as a
//! command; then long outputs, and feeds of a million lines.
//!
//! Invariant: jc comes from PyPI into a virtual environment below `target` and is no dependency. A
//! difference is judged by a person, from the raw text, in `jc-judged.txt`; one that is not is named
//! as such, and the bench fails.

mod compared;
mod judged;
mod speed;
mod stream;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use crate::shell;
use crate::tree::Tree;
use compared::Compared;
use judged::Judged;

/// The version that is measured against.
const JC: &str = "jc==1.26.1";
const SCRIPT: &str = include_str!("read_by_jc.py");

/// Builds both, reads everything and prints what came of it.
///
/// # Errors
/// The arguments make no sense, a build failed, jc could not be had, or a difference is not judged.
pub(crate) fn parse(tree: &Tree, args: &[String]) -> Result<()> {
    let command_runs = match args {
        [] => 9_usize,
        [option, number] if option == "--runs" => number.parse().context("--runs: a number")?,
        _ => bail!("bench parse: only --runs N, of each command"),
    };
    ensure!(command_runs > 0, "--runs: at least 1");
    let folder = tree.scratch().join("jc");
    let python = folder.join("bin/python").display().to_string();
    if !Path::new(&python).is_file() {
        let words = ["-m", "venv", &folder.display().to_string()];
        shell::pass_through(shell::command("python3", &words, &tree.root))?;
    }
    let install = ["-m", "pip", "install", "--quiet", JC];
    shell::pass_through(shell::command(&python, &install, &tree.root))?;
    for build in [
        "--package=headlessos",
        "--package=catalog --example=read_fixtures",
    ] {
        let words = ["build", "--release"].into_iter().chain(build.split(' '));
        let words: Vec<&str> = words.collect();
        shell::pass_through(shell::cargo(&words, &tree.root))?;
    }
    let reader = tree.target().join("release/examples/read_fixtures");
    let read = |words: &[&str]| {
        let command = shell::command(&reader.display().to_string(), words, &tree.root);
        lines(&shell::printed(command)?)
    };
    let program = tree.binary("release");

    eprintln!("xtask: bench: our parsers");
    let ours = read(&[])?;
    eprintln!("xtask: bench: jc's");
    let script = folder.join("read_by_jc.py");
    fs::write(&script, SCRIPT)?;
    let theirs = by_jc(
        &python,
        &[
            &script.display().to_string(),
            &command_runs.to_string(),
            &folder.join("bin/jc").display().to_string(),
            &program.display().to_string(),
        ],
        &ours,
    )?;
    let judged = Judged::read()?;
    let all = Compared::all(&ours, &theirs, &judged);
    let unjudged = compared::report(&ours, &all, &judged);
    speed::report(&ours, &all);
    speed::scale(&read(&["--scale"])?);
    let feeds = read(&["--feeds"])?;
    stream::report(&program, &feeds)?;
    compared::without_counterpart(&theirs, &judged);
    ensure!(unjudged == 0, "{unjudged} differences are not judged");
    Ok(())
}

/// Runs the Python script with our lines as its input.
fn by_jc(python: &str, words: &[&str], ours: &[Value]) -> Result<Vec<Value>> {
    let mut child = Command::new(python)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("could not start Python")?;
    let mut stdin = child.stdin.take().context("Python has no input")?;
    let input: String = ours.iter().map(|line| format!("{line}\n")).collect();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output()?;
    ensure!(
        output.status.success(),
        "jc's side failed: {}",
        output.status
    );
    let _written = writer.join();
    lines(&String::from_utf8(output.stdout)?)
}

fn lines(text: &str) -> Result<Vec<Value>> {
    text.lines()
        .map(|line| serde_json::from_str(line).context("a line that is no JSON"))
        .collect()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}
