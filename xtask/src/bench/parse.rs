//! `cargo xtask bench parse`: every fixture of the catalog read by its parsers and by jc, in one
//! run: who reads it, where they disagree, and how long each takes, in one process and as a command.
//!
//! Invariant: jc comes from PyPI into a virtual environment below `target` and is no dependency. A
//! disagreement is judged by a person, from the raw text, in `jc-judged.txt`; one that is not is
//! named as such.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::shell;
use crate::tree::Tree;

/// The version that is measured against.
const JC: &str = "jc==1.26.1";
const SCRIPT: &str = include_str!("read_by_jc.py");
const JUDGED: &str = include_str!("jc-judged.txt");

/// Builds both, reads everything and prints what came of it.
///
/// # Errors
/// The arguments make no sense, a build failed, or jc could not be had.
pub(crate) fn parse(tree: &Tree, args: &[String]) -> Result<()> {
    let mut runs = 9_usize;
    match args {
        [] => {}
        [option, number] if option == "--runs" => {
            runs = number.parse().context("--runs: a number")?;
        }
        _ => bail!("bench parse: only --runs N"),
    }
    let folder = tree.root.join("target/xtask/jc");
    let python = folder.join("bin/python");
    if !python.is_file() {
        let words = ["-m", "venv", &folder.display().to_string()];
        shell::pass_through(shell::command("python3", &words, &tree.root))?;
    }
    let install = ["-m", "pip", "install", "--quiet", JC];
    shell::pass_through(shell::command(
        &python.display().to_string(),
        &install,
        &tree.root,
    ))?;
    for build in [
        &["build", "--release", "--package", "headlessos"][..],
        &[
            "build",
            "--release",
            "--package",
            "catalog",
            "--example",
            "read_fixtures",
        ],
    ] {
        shell::pass_through(shell::cargo(build, &tree.root))?;
    }
    let reader = tree.root.join("target/release/examples/read_fixtures");
    let runs = runs.to_string();
    let ours = shell::printed(shell::command(
        &reader.display().to_string(),
        &[&runs],
        &tree.root,
    ))?;
    let script = folder.join("read_by_jc.py");
    fs::write(&script, SCRIPT)?;
    let theirs = by_jc(
        &python,
        &[
            &script.display().to_string(),
            &runs,
            "5",
            &folder.join("bin/jc").display().to_string(),
            &tree
                .root
                .join("target/release/headlessos")
                .display()
                .to_string(),
        ],
        &ours,
    )?;
    report(&lines(&ours)?, &lines(&theirs)?);
    scale(&shell::printed(shell::command(
        &reader.display().to_string(),
        &["--scale"],
        &tree.root,
    ))?)
}

/// Runs the Python script with our lines as its input.
fn by_jc(python: &PathBuf, words: &[&str], ours: &str) -> Result<String> {
    let mut child = Command::new(python)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("could not start Python")?;
    let mut stdin = child.stdin.take().context("Python has no input")?;
    let input = ours.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("jc's side failed: {}", output.status);
    }
    let _written = writer.join();
    Ok(String::from_utf8(output.stdout)?)
}

fn lines(text: &str) -> Result<Vec<Value>> {
    text.lines()
        .map(|line| serde_json::from_str(line).context("a line that is no JSON"))
        .collect()
}

/// The longest list at the top of a value, or one for a single record.
fn records(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.len(),
        Value::Object(fields) => fields
            .values()
            .filter_map(Value::as_array)
            .map(Vec::len)
            .max()
            .unwrap_or(1),
        _ => 0,
    }
}

fn report(ours: &[Value], theirs: &[Value]) {
    let theirs: BTreeMap<(&str, &str), &Value> = theirs
        .iter()
        .filter_map(|line| Some(((line["query"].as_str()?, line["fixture"].as_str()?), line)))
        .collect();
    let judged: BTreeMap<&str, &str> = JUDGED
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(": "))
        .collect();
    let (mut read, mut compared, mut jc_failed, mut differ, mut unjudged) = (0, 0, 0, 0, 0);
    let (mut slower_in_process, mut slower_as_command, mut slowest) =
        (Vec::new(), Vec::new(), 0_u64);
    for our in ours {
        let (query, fixture) = (text(our, "query"), text(our, "fixture"));
        let value = our.pointer("/outcome/value").unwrap_or(&Value::Null);
        let took = our["nanoseconds"].as_u64().unwrap_or(0);
        slowest = slowest.max(took);
        if !value.is_null() {
            read += 1;
        }
        let Some(their) = theirs.get(&(query, fixture)) else {
            continue;
        };
        compared += 1;
        if let (Some(theirs), true) = (their["nanoseconds"].as_f64(), took > 0) {
            slower_in_process.push(theirs / took as f64);
        }
        if let (Some(theirs), Some(ours)) = (
            their["asCommandNs"].as_f64(),
            their["oursAsCommandNs"].as_f64(),
        ) {
            slower_as_command.push(theirs / ours);
        }
        let ours = if value.is_null() {
            format!("no answer ({})", text(&our["outcome"], "error"))
        } else {
            format!("{} records", records(value))
        };
        let theirs = match their["error"].as_str() {
            Some(error) => {
                jc_failed += 1;
                format!("fails ({error})")
            }
            None => format!("{} records", their["records"]),
        };
        if ours != theirs {
            differ += 1;
            let verdict = judged.get(fixture).copied().unwrap_or_else(|| {
                unjudged += 1;
                "not judged yet"
            });
            println!(
                "{query} {fixture} (jc --{}): ours {ours}, jc {theirs}: {verdict}",
                text(their, "parser")
            );
        }
    }
    println!(
        "\n{} fixtures, {read} read as an answer, the others as what they say went wrong",
        ours.len()
    );
    println!(
        "{compared} of them have a parser of jc: it fails on {jc_failed}, {differ} differ in what is read, {unjudged} of these not judged"
    );
    println!("longest of ours: {:.3} ms", slowest as f64 / 1e6);
    spread("jc in one process, times ours", &mut slower_in_process);
    spread(
        "`jc` as a command, times `headlessos parse`",
        &mut slower_as_command,
    );
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn spread(what: &str, ratios: &mut [f64]) {
    ratios.sort_by(f64::total_cmp);
    if let (Some(least), Some(most), Some(median)) =
        (ratios.first(), ratios.last(), ratios.get(ratios.len() / 2))
    {
        println!(
            "{what}: {median:.0} ({least:.0} to {most:.0}) over {} outputs",
            ratios.len()
        );
    }
}

/// What is slow on 10 MB, or not linear.
fn scale(printed: &str) -> Result<()> {
    println!("\n10 MB of one output, ms (and times what 1 MB takes):");
    for line in lines(printed)? {
        let (short, long) = (
            line.get("millisecondsOf1MB").and_then(Value::as_f64),
            line.get("millisecondsOf10MB").and_then(Value::as_f64),
        );
        if let (Some(short), Some(long)) = (short, long) {
            println!(
                "{long:8.0} ({:4.1}x) {} by {}",
                long / short.max(1e-6),
                text(&line, "query"),
                text(&line, "variant")
            );
        }
    }
    Ok(())
}
