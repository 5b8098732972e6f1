//! What the program and its page are made of: every crate and npm package, with its licence.
//!
//! Invariant: lock files and cargo's own metadata are the only sources, so that the same tree
//! always gives the same list; nothing in it was typed.

pub(crate) mod gate;
mod licence;
mod npm;
mod rules;
mod rust;
pub(crate) mod sbom;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use crate::tree::Tree;
use rules::Rules;

/// Where a part comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// crates.io.
    Crate,
    /// npm's registry.
    Npm,
}

/// The digest of a part's archive, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Digest {
    /// As `Cargo.lock` has it.
    Sha256(String),
    /// As `package-lock.json` has it.
    Sha512(String),
}

/// One crate or npm package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) origin: Origin,
    /// An SPDX expression.
    pub(crate) licence: String,
    /// `None`: the lock file has none.
    pub(crate) digest: Option<Digest>,
}

impl Part {
    /// `crate serde 1.0.0`, for people.
    fn words(&self) -> String {
        let origin = match self.origin {
            Origin::Crate => "crate",
            Origin::Npm => "npm package",
        };
        format!("{origin} {} {}", self.name, self.version)
    }
}

/// Every part that is shipped, sorted by name, each once: what is linked into the program for any
/// platform of `deny.toml`, and what the page is bundled from.
///
/// # Errors
/// A source could not be read, or a licence is not among the allowed.
pub(crate) fn shipped(tree: &Tree) -> Result<Vec<Part>> {
    let rules = Rules::read(tree)?;
    let mut parts = rust::linked(tree, &rules.targets)?;
    parts.extend(npm::bundled(tree)?);
    parts.sort();
    parts.dedup();
    let faults = licence::faults(&parts, &rules.licences);
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(parts)
}

/// The list that the page shows, one part a line.
pub(crate) fn listed(parts: &[Part]) -> String {
    let lines: Vec<String> = parts
        .iter()
        .map(|part| {
            let origin = match part.origin {
                Origin::Crate => "crate",
                Origin::Npm => "npm",
            };
            let line: Value = json!({
                "name": part.name,
                "version": part.version,
                "licence": part.licence,
                "origin": origin,
            });
            format!("  {line}")
        })
        .collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// A text of the JSON object `value`; `what` says whose, for the error.
fn text<'a>(value: &'a Value, key: &str, what: &str) -> Result<&'a str> {
    match value.get(key).and_then(Value::as_str) {
        Some(text) => Ok(text),
        None => bail!("{what}: no `{key}`"),
    }
}

/// The elements of the list `key` of the JSON object `value`.
fn list<'a>(value: &'a Value, key: &str, what: &str) -> Result<&'a [Value]> {
    match value.get(key).and_then(Value::as_array) {
        Some(list) => Ok(list),
        None => bail!("{what}: no `{key}`"),
    }
}
