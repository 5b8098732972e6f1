//! The npm side of the tree: `npm ci` and `npm run build`, only where something changed.
//!
//! Invariant: packages come from the committed lock file alone; an unchanged tree costs no npm.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::stamp::Stamp;
use crate::tree::Tree;
use crate::{lab, packages, shell};

/// Whether a step had anything to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Made {
    /// It ran.
    Now,
    /// Nothing it depends on changed since it last ran.
    UpToDate,
}

/// Runs a command, each verb in its own way: shown, or written to a log.
pub(crate) type Runner<'a> = &'a dyn Fn(Command) -> Result<()>;

/// Node.js's version, `v20.19.0`; `npm` is there too.
///
/// # Errors
/// Either is missing or too old: says which, and where to get it.
pub(crate) fn node_version() -> Result<String> {
    let get = "get Node.js 22 LTS from https://nodejs.org/en/download (20.19 or newer will do)";
    if shell::on_path("node").is_none() {
        bail!("Node.js is missing: {get}");
    }
    if shell::on_path("npm").is_none() {
        bail!("npm is missing; it comes with Node.js: {get}");
    }
    let version = shell::printed(shell::command("node", &["--version"], Path::new(".")))?;
    let version = version.trim();
    if !is_new_enough(version) {
        bail!("Node.js {version} is too old: {get}");
    }
    Ok(version.to_owned())
}

/// `npm ci` in `folder`, if its lock file, or Node.js, changed since.
///
/// # Errors
/// There is no lock file; Node.js is missing or too old; npm failed.
pub(crate) fn install(tree: &Tree, folder: &str, runner: Runner<'_>) -> Result<Made> {
    let version = node_version()?;
    let lock = format!("{folder}/package-lock.json");
    if !tree.at(&lock).is_file() {
        bail!("{lock} is missing");
    }
    let name = format!("install-{}", folder.replace('/', "-"));
    let stamp = Stamp::of(tree, &name, &[PathBuf::from(lock)], &version);
    let installed = tree.at(folder).join("node_modules/.package-lock.json");
    if installed.is_file() && stamp.is_current() {
        return Ok(Made::UpToDate);
    }
    runner(npm(tree, folder, &["ci", "--no-audit", "--no-fund"]))?;
    stamp.write()?;
    Ok(Made::Now)
}

/// `npm run build` in `ui/`, if any file there changed since.
///
/// # Errors
/// Node.js is missing or too old; the build failed.
pub(crate) fn build(tree: &Tree, runner: Runner<'_>) -> Result<Made> {
    let stamp = Stamp::of(tree, "ui-build", &tree.files("ui"), &node_version()?);
    if tree.at("ui/dist/index.html").is_file() && stamp.is_current() {
        return Ok(Made::UpToDate);
    }
    runner(npm(tree, "ui", &["run", "build"]))?;
    stamp.write()?;
    Ok(Made::Now)
}

/// An npm command in one of the tree's folders.
pub(crate) fn npm(tree: &Tree, folder: &str, args: &[&str]) -> Command {
    shell::command("npm", args, &tree.at(folder))
}

/// A command of Playwright, over the program as it was built; a lab that is up is told.
pub(crate) fn playwright(tree: &Tree, words: &[String]) -> Command {
    let mut command = shell::command("npx", words, &tree.at("e2e"));
    command.env("HEADLESSOS_BIN", tree.binary("debug"));
    if let Some(browser) = packages::chromium() {
        command.env("HEADLESSOS_CHROMIUM", browser);
    }
    if let Some(hosts) = lab::hosts(tree) {
        command.env("HEADLESSOS_LAB_HOSTS", hosts.file);
    }
    command
}

/// What Vite 8 wants: 20.19 or newer, 22.12 or newer; no 21.
fn is_new_enough(version: &str) -> bool {
    let mut parts = version.trim_start_matches('v').split('.');
    let mut next = || {
        parts
            .next()
            .context("part")?
            .parse::<u32>()
            .context("number")
    };
    match (next(), next()) {
        (Ok(20), Ok(minor)) => minor >= 19,
        (Ok(22), Ok(minor)) => minor >= 12,
        (Ok(major), Ok(_)) => major > 22,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn versions_are_compared_as_numbers() {
        for good in ["v20.19.0", "v20.20.2", "v22.12.0", "v24.0.0", "v100.1.0"] {
            assert!(is_new_enough(good), "{good}");
        }
        for bad in [
            "v18.20.0", "v20.9.0", "v20.18.3", "v21.7.0", "v22.2.0", "", "v", "nonsense",
        ] {
            assert!(!is_new_enough(bad), "{bad}");
        }
    }
}
