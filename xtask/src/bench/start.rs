//! Starting the program, and how long that takes.
//!
//! Invariant: a started program never outlives the value that holds it, and its data folder
//! and home are its own and new.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::Row;
use crate::tree::Tree;

/// A program that runs until dropped.
pub(crate) struct Running {
    child: Child,
    folder: PathBuf,
}

impl Running {
    /// Starts a command; `folder` is removed with it.
    ///
    /// # Errors
    /// It could not be started.
    pub(crate) fn start(mut command: Command, folder: PathBuf) -> Result<Self> {
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| format!("could not start {}", command.get_program().display()))?;
        Ok(Self { child, folder })
    }

    /// Its process id.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Its resident memory in MB (10^6 bytes); `None` where the platform has no `/proc`.
    pub(crate) fn resident_mb(&self) -> Option<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kib * 1024.0 / 1e6)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only where there is nothing left to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The program, listening.
pub(crate) struct Listening {
    /// The process.
    pub(crate) program: Running,
    /// The address with the launch secret.
    pub(crate) launch_url: String,
    /// From the start of the process to the line that says it listens, in ms.
    pub(crate) took_ms: f64,
}

/// Starts the release program with an empty data folder, which is its home too: the user's own
/// SSH files stay as they are.
///
/// # Errors
/// It could not be started, or ended before it listened.
pub(crate) fn listen(tree: &Tree) -> Result<Listening> {
    let folder = tree.scratch().join("bench-data");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let mut command = Command::new(tree.binary("release"));
    command
        .args(["serve", "--no-open", "--json", "--data-dir"])
        .arg(&folder)
        .env("HOME", &folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let started = Instant::now();
    let mut program = Running::start(command, folder)?;
    let out = program.child.stdout.take().context("no output")?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    let took_ms = started.elapsed().as_secs_f64() * 1e3;
    let said: Value = serde_json::from_str(&line)
        .with_context(|| format!("the program ended or said no JSON: {line:?}"))?;
    let launch_url = said
        .get("launchUrl")
        .and_then(Value::as_str)
        .context("no launchUrl in what the program said")?
        .to_owned();
    Ok(Listening {
        program,
        launch_url,
        took_ms,
    })
}

/// Starts it `runs` times; one more before, which does not count, so that the file is in memory.
///
/// # Errors
/// See [`listen`].
pub(crate) fn start_to_listening(tree: &Tree, runs: usize) -> Result<Row> {
    listen(tree)?;
    let values = (0..runs)
        .map(|_| Ok(listen(tree)?.took_ms))
        .collect::<Result<_>>()?;
    Ok(Row {
        what: "start to listening, ms",
        goal: "30",
        values,
    })
}
