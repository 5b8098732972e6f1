//! `cargo xtask bench terminal`: how fast a terminal prints, echoes and stops, beside plain `ssh`
//! and, where asked, beside other terminals in a browser; all in one run over the same sshd.
//!
//! Invariant: what a person's own files hold is neither read nor written; a figure that could not
//! be measured is left out and the reason printed.

mod peers;
mod table;

use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use super::start;
use crate::lab;
use crate::packages;
use crate::shell;
use crate::tree::Tree;
use crate::ui::{self, Runner};
use peers::Peers;
use table::Measured;

/// Single keys that are pressed for each percentile, over all runs at least.
const KEYS: usize = 300;
/// The host behind the slow link: one that other tests leave alone.
const SLOW_HOST: &str = "deb12-b";
/// Delay each way, so that a round trip takes 100 ms.
const SLOW_MS: &str = "50";

/// Builds the release program and measures its terminal.
///
/// # Errors
/// The arguments make no sense, the build failed, or there is no Chromium or no lab.
pub(crate) fn terminal(tree: &Tree, args: &[String]) -> Result<()> {
    let (mut runs, mut with_peer) = (3_usize, false);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--peer" => with_peer = true,
            "--runs" => {
                let number = args.next().context("--runs: how many?")?;
                runs = number.parse().context("--runs: a number")?;
            }
            other => bail!("bench terminal: no option `{other}`"),
        }
    }
    if runs == 0 {
        bail!("--runs: at least 1");
    }

    let shown: Runner<'_> = &|command| {
        eprintln!("xtask: bench: {}", shell::words(&command));
        shell::pass_through(command)
    };
    ui::install(tree, "ui", shown)?;
    ui::build(tree, shown)?;
    ui::install(tree, "e2e", shown)?;
    shown(shell::cargo(
        &["build", "--release", "--package", "headlessos"],
        &tree.root,
    ))?;
    let peers = if with_peer {
        Peers::get(tree, shown)?
    } else {
        Peers::none()
    };

    let was_up = lab::hosts(tree).is_some();
    if !was_up {
        shown(lab::script(tree, &["up", "sshd"]))?;
    }
    let measured = measure(tree, runs, &peers);
    if !was_up {
        shown(lab::script(tree, &["down", "sshd"]))?;
    }
    table::print(&measured?, runs);
    Ok(())
}

fn measure(tree: &Tree, runs: usize, peers: &Peers) -> Result<Measured> {
    let browser = packages::chromium().context("no Chromium on the search path")?;
    let mut measured = Measured::default();
    let mut job = json!({
        "browser": browser,
        "folder": tree.scratch().join("bench-terminal"),
        "keys": KEYS,
        "packages": peers.packages,
        "size": { "columns": 100, "rows": 30 },
        "slowKeys": KEYS.div_ceil(runs),
        "targets": { "near": target(tree, "sshd")? },
        "ttyd": peers.ttyd,
    });
    match slow_target(tree) {
        Ok(slow) => put(&mut job, "/targets", "slow", slow),
        Err(error) => measured.note(&format!("nothing over a slow link: {error:#}")),
    }
    for reason in &peers.missing {
        measured.note(reason);
    }
    for run in 1..=runs {
        put(&mut job, "", "run", run.into());
        for &(subject, _) in table::SUBJECTS {
            if !peers.has(subject) {
                continue;
            }
            eprintln!("xtask: bench: run {run} of {runs}: {subject}");
            put(&mut job, "", "subject", subject.into());
            match one(tree, subject, &mut job) {
                Ok(said) => {
                    // The others are measured in a terminal of the size that ours has.
                    if let Some(size) = said.get("size") {
                        put(&mut job, "", "size", size.clone());
                    }
                    measured.add(subject, &said);
                }
                Err(error) => measured.note(&format!("{subject}, run {run}: {error:#}")),
            }
        }
    }
    Ok(measured)
}

/// One run of one subject, by the script.
fn one(tree: &Tree, subject: &str, job: &mut Value) -> Result<Value> {
    let running = (subject == "headlessos")
        .then(|| start::listen(tree))
        .transpose()?;
    let program = running
        .as_ref()
        .map(|running| json!({ "launchUrl": running.launch_url, "pid": running.program.pid() }));
    put(job, "", "headlessos", program.into());
    let mut script = shell::command("node", &["bench/terminal/run.mjs"], &tree.at("e2e"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("could not start node")?;
    // Not in the argument list: the launch address holds a secret.
    if let Some(mut input) = script.stdin.take() {
        input.write_all(job.to_string().as_bytes())?;
    }
    let output = script.wait_with_output()?;
    if !output.status.success() {
        bail!("e2e/bench/terminal/run.mjs failed: {}", output.status);
    }
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&text)
        .with_context(|| format!("e2e/bench/terminal/run.mjs said no JSON: {text:?}"))
}

fn put(job: &mut Value, parent: &str, name: &str, value: Value) {
    if let Some(fields) = job.pointer_mut(parent).and_then(Value::as_object_mut) {
        fields.insert(name.to_owned(), value);
    }
}

/// How `ssh` reaches a host of the lab as its first user.
pub(super) fn target(tree: &Tree, name: &str) -> Result<Value> {
    let hosts = lab::hosts(tree).context("no lab is up")?;
    let described: Value = serde_json::from_slice(&std::fs::read(&hosts.file)?)?;
    let host = described
        .get("hosts")
        .and_then(Value::as_array)
        .and_then(|all| {
            all.iter()
                .find(|host| host.get("name").and_then(Value::as_str) == Some(name))
        })
        .with_context(|| format!("the lab has no {name}: cargo xtask lab up {name}"))?;
    let known_hosts = hosts.file.parent().map_or_else(
        || Path::new("known_hosts").into(),
        |folder| folder.join("known_hosts"),
    );
    Ok(json!({
        "address": host.get("address"),
        "port": host.get("port"),
        "user": host.pointer("/users/0/name"),
        "identity": described.get("identity"),
        "knownHosts": known_hosts,
    }))
}

/// The same through a link of 100 ms there and back, which ends with its host.
fn slow_target(tree: &Tree) -> Result<Value> {
    let mut target = target(tree, SLOW_HOST)?;
    let address = shell::printed(lab::script(tree, &["slow", SLOW_HOST, SLOW_MS, "0"]))?;
    put(&mut target, "", "address", address.trim().into());
    Ok(target)
}
