//! `cargo xtask bench many`: what many servers cost: idle connections to a real sshd in memory and
//! processor time, and simulated servers whose dashboards are open in processor time.
//!
//! Invariant: the servers run in processes of their own, so that only the client is measured.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};

use super::terminal;
use crate::lab;
use crate::shell;
use crate::tree::Tree;

/// What the dashboard asks.
const DASHBOARD: [&str; 10] = [
    "accounts.sessions",
    "docker.containers",
    "network.rates",
    "packages.upgradable",
    "services.failed",
    "storage.filesystems",
    "system.cpu",
    "system.identity",
    "system.load",
    "system.memory",
];
/// How often it asks.
const EVERY_SECONDS: u32 = 30;
/// Connections that are made at once: a login and a first look are much work for the server.
const AT_ONCE: usize = 5;

/// Builds the release programs and measures them.
///
/// # Errors
/// The arguments make no sense, the build failed, there is no lab, or not all servers were reached.
pub(crate) fn many(tree: &Tree, args: &[String]) -> Result<()> {
    let (mut idle, mut dashboards) = (500_usize, 1000_usize);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let number = || -> Result<usize> {
            let number = args
                .clone()
                .next()
                .with_context(|| format!("{arg}: how many?"))?;
            number.parse().with_context(|| format!("{arg}: a number"))
        };
        match arg.as_str() {
            "--idle" => idle = number()?,
            "--dashboards" => dashboards = number()?,
            other => bail!("bench many: no option `{other}`"),
        }
        args.next();
    }
    // In one go: each would choose the libraries' features for itself, and build them all again.
    let words = [
        "build",
        "--release",
        "--package",
        "engine",
        "--package",
        "testkit",
        "--example",
        "many",
        "--bin",
        "crowd",
    ];
    shell::pass_through(shell::cargo(&words, &tree.root))?;
    if idle > 0 {
        idle_connections(tree, idle)?;
    }
    if dashboards > 0 {
        open_dashboards(tree, dashboards)?;
    }
    Ok(())
}

fn idle_connections(tree: &Tree, count: usize) -> Result<()> {
    shell::pass_through(lab::script(tree, &["up", "sshd"]))?;
    let target = terminal::target(tree, "sshd")?;
    let text = |name: &str| {
        target
            .get(name)
            .map(|value| value.to_string().replace('"', ""))
    };
    let far = text("address").zip(text("port")).context("hosts.json")?;
    let far = format!("{}:{}", far.0, far.1);
    let mut crowd = Crowd::start(&built(tree, "crowd"), count, Some(&far))?;
    let servers = crowd.servers(target.get("user"))?;
    let task = json!({
        "atOnce": AT_ONCE,
        "everySeconds": EVERY_SECONDS,
        "identity": target.get("identity"),
        "measureSeconds": 30,
        "queries": [],
        "servers": servers,
        "settleSeconds": 15,
    });
    println!("\n{count} idle connections to one sshd");
    for (what, tuned) in [
        ("as it is", &[][..]),
        // glibc gives back at once what is freed, and keeps to one arena: what is in use for certain.
        (
            "in one arena, trimmed",
            &[("MALLOC_ARENA_MAX", "1"), ("MALLOC_TRIM_THRESHOLD_", "0")],
        ),
    ] {
        let said = run(tree, &task, tuned)?;
        let kib = figure(&said, "settledKib")? - figure(&said, "beforeKib")?;
        println!(
            "  {what}: {:.1} KiB for each (goal: at most 100), {:.2} % of a core at rest (goal: below 2); \
             made in {:.1} s",
            kib / count as f64,
            figure(&said, "corePercent")?,
            figure(&said, "connectedSeconds")?
        );
        ensure!(
            figure(&said, "stillConnected")? as usize == count,
            "connections were lost: {said}"
        );
    }
    Ok(())
}

fn open_dashboards(tree: &Tree, count: usize) -> Result<()> {
    let mut crowd = Crowd::start(&built(tree, "crowd"), count, None)?;
    let servers = crowd.servers(Some(&json!("ops")))?;
    let task = json!({
        "atOnce": AT_ONCE,
        "everySeconds": EVERY_SECONDS,
        "measureSeconds": 2 * EVERY_SECONDS,
        "queries": DASHBOARD,
        "servers": servers,
        "settleSeconds": EVERY_SECONDS + 5,
    });
    let said = run(tree, &task, &[])?;
    println!("\n{count} simulated servers, each with a dashboard every {EVERY_SECONDS} s");
    println!(
        "  {:.1} % of a core (goal: below 50), {:.0} MiB in all, {} of {} questions answered",
        figure(&said, "corePercent")?,
        figure(&said, "settledKib")? / 1024.0,
        figure(&said, "answered")?,
        figure(&said, "asked")?,
    );
    Ok(())
}

fn figure(said: &Value, name: &str) -> Result<f64> {
    let figure = said.get(name).and_then(Value::as_f64);
    figure.with_context(|| format!("{name} is missing: {said}"))
}

/// A program of the release build that is no `headlessos`.
fn built(tree: &Tree, path: &str) -> PathBuf {
    tree.target().join("release").join(path)
}

/// Runs the client; gives what it says.
fn run(tree: &Tree, task: &Value, tuned: &[(&str, &str)]) -> Result<Value> {
    let mut client = Command::new(built(tree, "examples/many"))
        .envs(tuned.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("could not start the client")?;
    if let Some(mut input) = client.stdin.take() {
        input.write_all(task.to_string().as_bytes())?;
    }
    let output = client.wait_with_output()?;
    ensure!(
        output.status.success(),
        "the client failed: {}",
        output.status
    );
    serde_json::from_slice(&output.stdout).context("the client said no JSON")
}

/// Servers that end with this value.
struct Crowd(Child);

impl Crowd {
    /// Simulated ones, or one real one at as many ports: to one place there is only ever one
    /// connection.
    fn start(program: &Path, count: usize, far: Option<&str>) -> Result<Self> {
        let child = Command::new(program)
            .arg(count.to_string())
            .args(far)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        Ok(Self(child.context("could not start the servers")?))
    }

    /// Each as the client takes it.
    fn servers(&mut self, user: Option<&Value>) -> Result<Vec<Value>> {
        let output = self.0.stdout.take().context("it is read once")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let ports: Vec<u16> = serde_json::from_str(&line).context("the servers said no JSON")?;
        let of = |port| json!({"host": "127.0.0.1", "port": port, "user": user});
        Ok(ports.into_iter().map(of).collect())
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        // Both fail only where there is nothing left to do.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
