//! The rules of `deny.toml` for every crate and npm package, and what is known against them.
//!
//! Invariant: licences, sources, bans and wildcards are checked here with nothing but cargo and
//! the lock files; only what needs a database of weaknesses may be left out, and is then named.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::rules::Rules;
use super::rust::Crate;
use super::{licence, npm, rust};
use crate::shell;
use crate::tree::Tree;
use crate::ui::{self, Runner};

/// Where a crate may come from.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// The folders with npm packages, and what of them is asked about: of the tests all is a tool.
const NPM: [(&str, &[&str]); 2] = [("ui", &["--omit=dev"]), ("e2e", &[])];

/// Checks everything; returns what could not be, a sentence each.
///
/// # Errors
/// A rule is broken or a weakness known; or a source could not be read.
pub(crate) fn check(tree: &Tree, runner: Runner<'_>) -> Result<Vec<String>> {
    let rules = Rules::read(tree)?;
    let mut faults = faults(&rust::all(tree, &rules.targets)?, &rules);
    faults.extend(licence::faults(&npm::bundled(tree)?, &rules.licences));
    for (folder, _) in NPM {
        faults.extend(npm::strangers(tree, folder)?);
    }
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    let mut left = Vec::new();
    left.extend(deny(tree, runner)?);
    for (folder, words) in NPM {
        left.extend(audit(tree, folder, words)?);
    }
    Ok(left)
}

/// A sentence for each crate that breaks a rule.
fn faults(crates: &[Crate], rules: &Rules) -> Vec<String> {
    let mut faults = Vec::new();
    for each in crates {
        let words = each.part.words();
        match each.source.as_deref() {
            Some(CRATES_IO) => {
                faults.extend(licence::faults(
                    std::slice::from_ref(&each.part),
                    &rules.licences,
                ));
            }
            Some(other) => faults.push(format!("{words} comes from {other}, not from crates.io")),
            None => faults.extend(
                each.wildcards
                    .iter()
                    .map(|name| format!("{words} asks for any version of {name}")),
            ),
        }
        if rules.denied.contains(&each.part.name) {
            faults.push(format!("{words} is denied by deny.toml"));
        }
    }
    faults
}

/// `cargo deny check` where it is installed; with the advisories where their database can be had.
fn deny(tree: &Tree, runner: Runner<'_>) -> Result<Option<String>> {
    if shell::on_path("cargo-deny").is_none() {
        return Ok(Some("advisories: no cargo-deny here".to_owned()));
    }
    let cargo = |words: &[&str]| shell::cargo(words, &tree.root);
    runner(cargo(&["deny", "check", "licenses", "bans", "sources"]))?;
    if runner(cargo(&["deny", "fetch", "db"])).is_err() {
        return Ok(Some("advisories: the database is out of reach".to_owned()));
    }
    runner(cargo(&["deny", "check", "--disable-fetch", "advisories"]))?;
    Ok(None)
}

/// `npm audit` where the registry answers it.
fn audit(tree: &Tree, folder: &str, words: &[&str]) -> Result<Option<String>> {
    let mut command: Command = ui::npm(tree, folder, &["audit", "--json"]);
    command.args(words).arg("--audit-level=moderate");
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .with_context(|| format!("could not start npm for {folder}"))?;
    judged(folder, &output.stdout)
}

/// What a report says: an error where something is known, a sentence where it is no report.
fn judged(folder: &str, report: &[u8]) -> Result<Option<String>> {
    let report: Value = serde_json::from_slice(report).unwrap_or_default();
    let Some(counts) = report
        .pointer("/metadata/vulnerabilities")
        .and_then(Value::as_object)
    else {
        return Ok(Some(format!("npm audit of {folder}: no answer")));
    };
    let known = ["moderate", "high", "critical"]
        .iter()
        .filter_map(|level| counts.get(*level)?.as_u64())
        .sum::<u64>();
    if known > 0 {
        let names: Vec<&str> = report
            .get("vulnerabilities")
            .and_then(Value::as_object)
            .map(|each| each.keys().map(String::as_str).collect())
            .unwrap_or_default();
        bail!("{folder}: npm knows of weaknesses in {}", names.join(" "));
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::{faults, judged};
    use crate::supply::rules::Rules;
    use crate::supply::rust::tests::crates;

    fn rules(denied: &str) -> Rules {
        Rules {
            targets: Vec::new(),
            licences: vec!["MIT".to_owned()],
            denied: vec![denied.to_owned()],
        }
    }

    #[test]
    fn each_broken_rule_is_named() {
        let wildcard = "crate ours 0.1.0 asks for any version of serde";
        let mut crates = crates();
        assert_eq!(faults(&crates, &rules("none")), [wildcard]);
        assert_eq!(
            faults(&crates, &rules("serde")),
            ["crate serde 1.0.0 is denied by deny.toml", wildcard]
        );
        crates[0].part.licence = "GPL-3.0-only".to_owned();
        assert_eq!(
            faults(&crates, &rules("none")),
            [
                "crate serde 1.0.0: GPL-3.0-only is not allowed by deny.toml",
                wildcard
            ]
        );
        crates[0].source = Some("git+https://example.org/serde".to_owned());
        assert_eq!(
            faults(&crates, &rules("none")),
            [
                "crate serde 1.0.0 comes from git+https://example.org/serde, not from crates.io",
                wildcard
            ]
        );
    }

    #[test]
    fn a_report_is_judged_and_what_is_none_is_said() {
        let report = |moderate: u32| {
            format!(
                r#"{{"vulnerabilities": {{"evil": {{}}}},
                 "metadata": {{"vulnerabilities": {{"low": 3, "moderate": {moderate}}}}}}}"#
            )
        };
        assert!(matches!(judged("ui", report(0).as_bytes()), Ok(None)));
        let fault = judged("ui", report(1).as_bytes()).unwrap_err();
        assert_eq!(fault.to_string(), "ui: npm knows of weaknesses in evil");
        for no_report in ["", "{\"statusCode\": 405}"] {
            let said = judged("ui", no_report.as_bytes()).unwrap();
            assert_eq!(said.unwrap(), "npm audit of ui: no answer");
        }
    }
}
