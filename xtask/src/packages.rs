//! System packages: what is missing, and getting it.
//!
//! Invariant: installs only as root on Debian or Ubuntu; elsewhere it says what to type.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Result;

use crate::shell;

/// What became of a wish for packages.
pub(crate) enum Packages {
    /// All there.
    Present,
    /// Installed now.
    Installed(Vec<String>),
    /// Missing, and not ours to install: what a person should do.
    Missing(String),
}

/// Sees to it that these Debian packages are there.
///
/// # Errors
/// The package manager failed.
pub(crate) fn ensure(names: &[String]) -> Result<Packages> {
    if names.is_empty() {
        return Ok(Packages::Present);
    }
    if !is_debian_like() {
        return Ok(Packages::Missing(format!(
            "not Debian or Ubuntu: install what matches these Debian packages: {}",
            names.join(" ")
        )));
    }
    let missing: Vec<String> = names
        .iter()
        .filter(|name| !is_installed(name))
        .cloned()
        .collect();
    if missing.is_empty() {
        return Ok(Packages::Present);
    }
    if !is_root() {
        return Ok(Packages::Missing(format!(
            "not root: run `sudo apt-get install --no-install-recommends {}`",
            missing.join(" ")
        )));
    }
    shell::pass_through(apt(&["update", "-qq"]))?;
    let mut install = apt(&["install", "-qq", "-y", "--no-install-recommends"]);
    install.args(&missing);
    shell::pass_through(install)?;
    Ok(Packages::Installed(missing))
}

/// Whether this process may do anything on this machine.
pub(crate) fn is_root() -> bool {
    cfg!(unix)
        && Command::new("id")
            .arg("-u")
            .output()
            .is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// A Chromium, or a browser made of it, on the search path.
pub(crate) fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome", "chrome"]
        .into_iter()
        .find_map(shell::on_path)
}

/// The Debian package of a Firefox, where there is none yet and the distribution has one; elsewhere the
/// tests in it say that they are skipped.
pub(crate) fn wanted_firefox() -> Option<&'static str> {
    let is_there = ["firefox-esr", "firefox"]
        .into_iter()
        .any(|name| shell::on_path(name).is_some());
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let is_debian = release.lines().any(|line| line == "ID=debian");
    (is_debian && !is_there).then_some("firefox-esr")
}

fn apt(args: &[&str]) -> Command {
    let mut command = shell::command("apt-get", args, Path::new("/"));
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null());
    command
}

fn is_debian_like() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    shell::on_path("apt-get").is_some()
        && release
            .lines()
            .filter_map(|line| {
                line.strip_prefix("ID=")
                    .or_else(|| line.strip_prefix("ID_LIKE="))
            })
            .any(|ids| ids.contains("debian") || ids.contains("ubuntu"))
}

fn is_installed(name: &str) -> bool {
    Command::new("dpkg-query")
        .args(["--show", "--showformat=${db:Status-Status}", name])
        .stderr(Stdio::null())
        .output()
        .is_ok_and(|output| output.stdout == b"installed")
}
