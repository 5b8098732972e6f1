//! What the browser sees: first paint, script bytes, from Connect to the painted dashboard; and
//! the program's memory meanwhile.
//!
//! Invariant: each run has a new program, a new data folder and a new browser profile.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::Row;
use super::start;
use crate::shell;
use crate::tree::Tree;
use crate::ui::{self, Runner};

/// Opens the desktop `runs` times (one more before, which does not count).
///
/// # Errors
/// There is no Chromium or no Node.js, or the page did not come to its end.
pub(crate) fn pages(tree: &Tree, runs: usize, runner: Runner<'_>) -> Result<Vec<Row>> {
    ui::install(tree, "e2e", runner)?;
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
    one(tree)?;
    for _ in 0..runs {
        let measured = one(tree)?;
        for (name, row) in &mut rows {
            row.values
                .extend(measured.get(*name).and_then(Value::as_f64));
        }
    }
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// One run: the script's figures, and the memory of the program while the dashboard is open.
fn one(tree: &Tree) -> Result<Value> {
    let running = start::listen(tree)?;
    let mut command = shell::command("node", &["bench/page.mjs"], &tree.at("e2e"));
    let mut script = command
        .arg(&running.launch_url)
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
