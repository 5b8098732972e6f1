//! `cargo xtask lab`: the real servers of `lab/`, and the packages that they need.
//!
//! Invariant: `lab/lab.sh` does the work and owns every resource; this only calls it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::packages::{self, Packages};
use crate::shell;
use crate::tree::Tree;

/// Passes the verb on to `lab/lab.sh`; `up` and `reset` get the packages they need first.
///
/// # Errors
/// No verb, or the lab failed.
pub(crate) fn lab(tree: &Tree, args: &[String]) -> Result<()> {
    match args.first().map(String::as_str) {
        None => bail!("lab: which verb? `cargo xtask help` lists them"),
        Some("capture") => {
            let mut words = vec!["run", "--quiet", "--package", "testkit", "--bin", "capture"];
            words.push("--");
            words.extend(args.iter().skip(1).map(String::as_str));
            let mut capture = shell::cargo(&words, &tree.root);
            if let Some(hosts) = hosts(tree) {
                capture.env("HEADLESSOS_LAB_HOSTS", hosts.file);
            }
            shell::pass_through(capture)
        }
        Some(verb) => {
            if matches!(verb, "up" | "reset") {
                match packages::ensure(&needs(tree)?)? {
                    Packages::Present => {}
                    Packages::Installed(names) => {
                        eprintln!("xtask: installed {}", names.join(" "));
                    }
                    Packages::Missing(advice) => eprintln!("xtask: {advice}"),
                }
            }
            shell::pass_through(script(tree, args))
        }
    }
}

/// The Debian packages that the lab needs and that are missing.
///
/// # Errors
/// The lab's script failed.
pub(crate) fn needs(tree: &Tree) -> Result<Vec<String>> {
    let names = shell::printed(script(tree, &["needs"])).context("lab: what it needs")?;
    Ok(names.split_whitespace().map(str::to_owned).collect())
}

/// A command of the lab's script.
pub(crate) fn script<S: AsRef<std::ffi::OsStr>>(tree: &Tree, args: &[S]) -> Command {
    let mut words = vec![tree.at("lab/lab.sh").into_os_string()];
    words.extend(args.iter().map(|arg| arg.as_ref().to_owned()));
    shell::command("bash", &words, &tree.root)
}

/// A command within a verb of the lab's script, which writes its record to a place.
pub(crate) fn around(tree: &Tree, verb: &str, record: &Path, command: &Command) -> Command {
    let mut words = vec![
        OsString::from(verb),
        record.into(),
        command.get_program().to_owned(),
    ];
    words.extend(command.get_args().map(ToOwned::to_owned));
    let mut around = script(tree, &words);
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            around.env(name, value);
        }
    }
    if let Some(folder) = command.get_current_dir() {
        around.current_dir(folder);
    }
    around
}

/// A lab that is up.
pub(crate) struct Hosts {
    /// The file that describes it: for tests, as `HEADLESSOS_LAB_HOSTS`.
    pub(crate) file: PathBuf,
    /// One line for people: the tier, why not a better one, and the hosts' names.
    pub(crate) summary: String,
}

/// The lab that is up now; `None`: none is.
pub(crate) fn hosts(tree: &Tree) -> Option<Hosts> {
    let output = script(tree, &["hosts"]).output().ok()?;
    if !output.status.success() {
        return None;
    }
    let file = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    let described: Value = serde_json::from_slice(&std::fs::read(&file).ok()?).ok()?;
    let names: Vec<&str> = described
        .get("hosts")?
        .as_array()?
        .iter()
        .filter_map(|host| host.get("name")?.as_str())
        .collect();
    if names.is_empty() {
        return None;
    }
    let reason = described
        .get("reason")
        .and_then(Value::as_str)
        .map_or_else(String::new, |reason| format!(" only ({reason})"));
    let tier = described.get("tier").and_then(Value::as_u64).unwrap_or(0);
    let summary = format!("tier {tier}{reason}: {}", names.join(" "));
    Some(Hosts { file, summary })
}
