//! What the browser sees: first paint, script bytes, from Connect to the painted dashboard; and
//! the program's memory meanwhile.
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

/// Opens the desktop `runs` times (one more before, which does not count), and in it the dashboard
/// of the lab's loopback host, which is started for it where it is not up.
///
/// # Errors
/// There is no Chromium, no Node.js or no lab, or the page did not come to its end.
pub(crate) fn pages(tree: &Tree, runs: usize, runner: Runner<'_>) -> Result<Vec<Row>> {
    ui::install(tree, "e2e", runner)?;
    let was_up = lab::hosts(tree).is_some();
    if !was_up {
        runner(lab::script(tree, &["up", "sshd"]))?;
    }
    let measured = match lab::hosts(tree) {
        Some(hosts) => measured(tree, &hosts, runs),
        None => bail!("the lab has no host"),
    };
    if !was_up {
        runner(lab::script(tree, &["down", "sshd"]))?;
    }
    measured
}

fn measured(tree: &Tree, hosts: &Hosts, runs: usize) -> Result<Vec<Row>> {
    let mut rows = [
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
    ]
    .map(|(name, what, goal)| {
        let values = Vec::new();
        (name, Row { what, goal, values })
    });
    one(tree, hosts)?;
    for _ in 0..runs {
        let measured = one(tree, hosts)?;
        for (name, row) in &mut rows {
            row.values
                .extend(measured.get(*name).and_then(Value::as_f64));
        }
    }
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// One run: the script's figures, and the memory of the program while the dashboard is open.
fn one(tree: &Tree, hosts: &Hosts) -> Result<Value> {
    let browser = packages::chromium().context("no Chromium on the search path")?;
    let running = start::listen(tree)?;
    let mut command = shell::command("node", &["bench/page.mjs"], &tree.at("e2e"));
    let mut script = command
        .arg(&running.launch_url)
        .env("HEADLESSOS_LAB_HOSTS", &hosts.file)
        .env("HEADLESSOS_CHROMIUM", &browser)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("could not start node")?;
    let out = script.stdout.take().context("no output")?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    let resident_mb = running.program.resident_mb();
    // The script keeps the page open until its input ends.
    drop(script.stdin.take());
    script.wait()?;
    let mut measured: Value = serde_json::from_str(&line)
        .with_context(|| format!("e2e/bench/page.mjs said no JSON: {line:?}"))?;
    if let Some(fields) = measured.as_object_mut() {
        fields.insert("residentMb".to_owned(), resident_mb.into());
    }
    Ok(measured)
}
