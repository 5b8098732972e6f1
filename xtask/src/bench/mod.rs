//! `cargo xtask bench`: how fast it starts and paints, how much it takes; medians, side by side
//! with a peer where asked.
//!
//! Invariant: a figure that could not be measured is left out and the reason printed; nothing is
//! estimated.

mod connect;
mod files;
mod many;
mod page;
mod parse;
mod peer;
mod start;
mod terminal;

use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::shell;
use crate::tree::Tree;
use crate::ui;

/// What was measured, one row of the table.
pub(crate) struct Row {
    /// What, with its unit.
    what: &'static str,
    /// The goal, for people.
    goal: &'static str,
    /// One value per run.
    values: Vec<f64>,
}

/// Builds the release program and measures it; with `terminal` first, its terminal; with `files`
/// first, its work on files; with `many` first, many servers; with `connect` first, the round trips of
/// one; with `explorer` first, the File Explorer; with `parse` first, its parsers
/// beside jc.
///
/// # Errors
/// The arguments make no sense, the build failed, or the program did not start.
pub(crate) fn bench(tree: &Tree, args: &[String]) -> Result<()> {
    if let Some(("terminal", args)) = args.split_first().map(|(verb, rest)| (verb.as_str(), rest)) {
        return terminal::terminal(tree, args);
    }
    if let Some(("files", args)) = args.split_first().map(|(verb, rest)| (verb.as_str(), rest)) {
        return files::files(tree, args);
    }
    if let Some(("many", args)) = args.split_first().map(|(verb, rest)| (verb.as_str(), rest)) {
        return many::many(tree, args);
    }
    if let Some(("connect", args)) = args.split_first().map(|(verb, rest)| (verb.as_str(), rest)) {
        return connect::connect(tree, args);
    }
    if let Some(("parse", args)) = args.split_first().map(|(verb, rest)| (verb.as_str(), rest)) {
        return parse::parse(tree, args);
    }
    if let Some(("explorer", args)) = args.split_first().map(|(verb, rest)| (verb.as_str(), rest)) {
        return page::explorer(tree, args);
    }
    let (mut runs, mut with_peer, mut cold) = (5_usize, false, false);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--peer" => with_peer = true,
            "--cold" => cold = true,
            "--runs" => {
                let number = args.next().context("--runs: how many?")?;
                runs = number.parse().context("--runs: a number")?;
            }
            other => bail!("bench: no option `{other}`"),
        }
    }
    if runs == 0 {
        bail!("--runs: at least 1");
    }

    let shown: ui::Runner<'_> = &|command| {
        eprintln!("xtask: bench: {}", shell::words(&command));
        shell::pass_through(command)
    };
    ui::install(tree, "ui", shown)?;
    ui::build(tree, shown)?;
    let mut rows = Vec::new();
    if cold {
        rows.push(cold_build(tree, shown)?);
    }
    shown(shell::cargo(
        &["build", "--release", "--package", "headlessos"],
        &tree.root,
    ))?;

    rows.push(start::start_to_listening(tree, runs)?);
    match page::pages(tree, runs, shown) {
        Ok(measured) => rows.extend(measured),
        Err(error) => eprintln!("xtask: bench: no page figures: {error:#}"),
    }
    print(&format!("headlessos, {runs} runs"), &rows);
    if with_peer {
        let rows = peer::cockpit(tree, runs)?;
        print(&format!("Cockpit's web server, {runs} runs"), &rows);
    }
    Ok(())
}

/// A release build in a target folder of its own, which is removed again.
fn cold_build(tree: &Tree, runner: ui::Runner<'_>) -> Result<Row> {
    let folder = tree.scratch().join("cold");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let mut command = shell::cargo(
        &["build", "--release", "--package", "headlessos"],
        &tree.root,
    );
    command.env("CARGO_TARGET_DIR", &folder);
    let started = Instant::now();
    runner(command)?;
    let seconds = started.elapsed().as_secs_f64();
    std::fs::remove_dir_all(&folder)?;
    Ok(Row {
        what: "cold release build, s",
        goal: "",
        values: vec![seconds],
    })
}

fn print(title: &str, rows: &[Row]) {
    println!("\n{title}");
    println!(
        "  {:44} {:>9} {:>9} {:>9}  goal",
        "", "median", "min", "max"
    );
    for row in rows {
        let mut values = row.values.clone();
        values.sort_by(f64::total_cmp);
        if let (Some(low), Some(middle), Some(high)) =
            (values.first(), median(&values), values.last())
        {
            println!(
                "  {:44} {middle:9.1} {low:9.1} {high:9.1}  {}",
                row.what, row.goal
            );
        }
    }
}

/// The middle of sorted values, or the mean of the two in the middle; `None`: there is none.
fn median(sorted: &[f64]) -> Option<f64> {
    let upper = sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(*upper);
    }
    let lower = sorted.get((sorted.len() / 2).checked_sub(1)?)?;
    Some(f64::midpoint(*lower, *upper))
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0]), Some(3.0));
        assert_eq!(median(&[1.0, 2.0, 9.0]), Some(2.0));
        assert_eq!(median(&[1.0, 2.0, 4.0, 9.0]), Some(3.0));
    }
}
