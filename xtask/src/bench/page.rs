//! What the browser sees: first paint, script bytes, from Connect to the painted dashboard, a folder
//! of very many files, transfers beside the command line; and the program's memory meanwhile.
//!
//! Invariant: each run has a new program, a new data folder and a new browser profile.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::Row;
use super::start;
use crate::lab::{self, Hosts};
use crate::packages;
use crate::shell;
use crate::tree::Tree;
use crate::ui::{self, Runner};

/// What the script of one run is called, what it measures, and how often it runs before that counts.
struct Script {
    name: &'static str,
    /// The figure's name in its answer, what it is called in the table, and the goal.
    figures: &'static [(&'static str, &'static str, &'static str)],
    warm_ups: usize,
}

const DESKTOP: Script = Script {
    name: "bench/page.mjs",
    figures: &[
        (
            "firstContentfulPaintMs",
            "first contentful paint, ms",
            "300",
        ),
        (
            "connectToPaintedMs",
            "Connect to painted dashboard, ms",
            "500",
        ),
        (
            "initialScriptKb",
            "initial JS on the wire, KB (10^3 bytes)",
            "200",
        ),
        (
            "residentMb",
            "resident memory, one dashboard open, MB",
            "20",
        ),
    ],
    warm_ups: 1,
};

const EXPLORER: Script = Script {
    name: "bench/explorer.mjs",
    figures: &[
        ("firstRowsMs", "100,000 files: first rows, ms", "300"),
        ("allRowsMs", "100,000 files: all of them, ms", ""),
        ("frameP95Ms", "scrolled: 95 of 100 frames below, ms", "20"),
        ("typeAheadMs", "a letter to its file, the slowest, ms", "50"),
        ("uploadShare", "1 GiB up by the page, of cp's speed", "0.7"),
        ("downloadShare", "and down", "0.7"),
        ("residentMb", "resident memory after it, MB", "64 + 20"),
    ],
    warm_ups: 0,
};

/// Opens the desktop `runs` times (one more before, which does not count), and in it the dashboard
/// of the lab's loopback host, which is started for it where it is not up.
///
/// # Errors
/// There is no Chromium, no Node.js or no lab, or the page did not come to its end.
pub(crate) fn pages(tree: &Tree, runs: usize, runner: Runner<'_>) -> Result<Vec<Row>> {
    rows(tree, &DESKTOP, runs, runner)
}

/// Builds the release program, opens a folder of 100,000 files of the same host in the File Explorer,
/// and brings 1 GiB up and down.
///
/// # Errors
/// As [`pages`], or the arguments make no sense.
pub(crate) fn explorer(tree: &Tree, args: &[String]) -> Result<()> {
    let runs = match args {
        [] => 3,
        [word, number] if word == "--runs" => number.parse().context("--runs: a number")?,
        _ => bail!("bench explorer: only --runs N"),
    };
    let shown: Runner<'_> = &|command| {
        eprintln!("xtask: bench: {}", shell::words(&command));
        shell::pass_through(command)
    };
    ui::install(tree, "ui", shown)?;
    ui::build(tree, shown)?;
    shown(shell::cargo(
        &["build", "--release", "--package", "headlessos"],
        &tree.root,
    ))?;
    let measured = rows(tree, &EXPLORER, runs, shown)?;
    super::print(&format!("File Explorer, {runs} runs"), &measured);
    Ok(())
}

fn rows(tree: &Tree, script: &Script, runs: usize, runner: Runner<'_>) -> Result<Vec<Row>> {
    ui::install(tree, "e2e", runner)?;
    let was_up = lab::hosts(tree).is_some();
    if !was_up {
        runner(lab::script(tree, &["up", "sshd"]))?;
    }
    let measured = match lab::hosts(tree) {
        Some(hosts) => measured(tree, &hosts, script, runs),
        None => bail!("the lab has no host"),
    };
    if !was_up {
        runner(lab::script(tree, &["down", "sshd"]))?;
    }
    measured
}

fn measured(tree: &Tree, hosts: &Hosts, script: &Script, runs: usize) -> Result<Vec<Row>> {
    let mut rows: Vec<_> = script
        .figures
        .iter()
        .map(|&(name, what, goal)| {
            let values = Vec::new();
            (name, Row { what, goal, values })
        })
        .collect();
    for run in 0..script.warm_ups + runs {
        let measured = one(tree, hosts, script)?;
        if run < script.warm_ups {
            continue;
        }
        for (name, row) in &mut rows {
            row.values
                .extend(measured.get(*name).and_then(Value::as_f64));
        }
    }
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// One run: the script's figures, and the memory of the program at its end.
fn one(tree: &Tree, hosts: &Hosts, script: &Script) -> Result<Value> {
    let browser = packages::chromium().context("no Chromium on the search path")?;
    let running = start::listen(tree)?;
    let mut command = shell::command("node", &[script.name], &tree.at("e2e"));
    let mut node = command
        .arg(&running.launch_url)
        .env("HEADLESSOS_LAB_HOSTS", &hosts.file)
        .env("HEADLESSOS_CHROMIUM", &browser)
        .env("HEADLESSOS_BIN", tree.binary("release"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("could not start node")?;
    let out = node.stdout.take().context("no output")?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    let resident_mb = running.program.resident_mb();
    // The script keeps the page open until its input ends.
    drop(node.stdin.take());
    node.wait()?;
    let mut measured: Value = serde_json::from_str(&line)
        .with_context(|| format!("e2e/{} said no JSON: {line:?}", script.name))?;
    if let Some(fields) = measured.as_object_mut() {
        fields.insert("residentMb".to_owned(), resident_mb.into());
    }
    Ok(measured)
}
