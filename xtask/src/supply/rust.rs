//! The crates, as cargo resolves them from `Cargo.lock`.
//!
//! Invariant: what is linked into the program is what `cargo tree` says of its own package, with
//! that package's features, and not what the workspace as a whole would pull in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::{Digest, Origin, Part, licence, list, text};
use crate::shell;
use crate::tree::Tree;

/// A crate of the workspace's whole tree: tests and build scripts too.
pub(super) struct Crate {
    pub(super) part: Part,
    /// `None`: a folder of this tree.
    pub(super) source: Option<String>,
    /// Those that it asks for in any version, from a registry.
    pub(super) wildcards: Vec<String>,
}

/// Every crate of the workspace's tree on these platforms.
///
/// # Errors
/// cargo failed, or said something unexpected.
pub(super) fn all(tree: &Tree, targets: &[String]) -> Result<Vec<Crate>> {
    let mut words = vec!["metadata", "--locked", "--format-version", "1"];
    for target in targets {
        words.extend(["--filter-platform", target]);
    }
    let printed = shell::printed(shell::cargo(&words, &tree.root))?;
    let lock = fs::read_to_string(tree.at("Cargo.lock")).context("Cargo.lock")?;
    read(&printed, &checksums(&lock))
}

/// The crates that are linked into the program on any of these platforms.
///
/// # Errors
/// cargo failed, or said something unexpected.
pub(super) fn linked(tree: &Tree, targets: &[String]) -> Result<Vec<Part>> {
    let mut words = vec!["tree", "--locked", "--package", "headlessos"];
    words.extend(["--edges", "normal,no-proc-macro"]);
    words.extend(["--prefix", "none", "--format", "{p}"]);
    for target in targets {
        words.extend(["--target", target]);
    }
    let printed = shell::printed(shell::cargo(&words, &tree.root))?;
    let linked = named(&printed);
    let parts: Vec<Part> = all(tree, targets)?
        .into_iter()
        .filter(|each| each.source.is_some())
        .map(|each| each.part)
        .filter(|part| linked.contains(&(part.name.clone(), part.version.clone())))
        .collect();
    if parts.is_empty() {
        bail!("cargo tree names no crate");
    }
    Ok(parts)
}

/// Names and versions in lines such as `serde v1.0.0 (*)`.
fn named(printed: &str) -> BTreeSet<(String, String)> {
    printed
        .lines()
        .filter_map(|line| {
            let (name, rest) = line.split_once(" v")?;
            let version = rest.split_whitespace().next()?;
            Some((name.to_owned(), version.to_owned()))
        })
        .collect()
}

fn read(metadata: &str, checksums: &Checksums) -> Result<Vec<Crate>> {
    let what = "cargo metadata";
    let metadata: Value = serde_json::from_str(metadata).context(what)?;
    list(&metadata, "packages", what)?
        .iter()
        .map(|package| {
            let name = text(package, "name", what)?.to_owned();
            let version = text(package, "version", what)?.to_owned();
            let licence = package.get("license").and_then(Value::as_str);
            let source = package.get("source").and_then(Value::as_str);
            let wildcards = list(package, "dependencies", what)?
                .iter()
                .filter(|each| each.get("path").is_none() && is(each, "req", "*"))
                .map(|each| text(each, "name", what).map(str::to_owned))
                .collect::<Result<_>>()?;
            let digest = checksums.get(&(name.clone(), version.clone()));
            Ok(Crate {
                part: Part {
                    origin: Origin::Crate,
                    licence: licence::normal(licence.unwrap_or_default()),
                    digest: digest.cloned().map(Digest::Sha256),
                    name,
                    version,
                },
                source: source.map(str::to_owned),
                wildcards,
            })
        })
        .collect()
}

fn is(value: &Value, key: &str, wanted: &str) -> bool {
    value.get(key).and_then(Value::as_str) == Some(wanted)
}

type Checksums = BTreeMap<(String, String), String>;

/// The digests of `Cargo.lock`, which cargo writes with one value a line.
fn checksums(lock: &str) -> Checksums {
    let of = |package: &str, key: &str| {
        let start = format!("{key} = \"");
        package
            .lines()
            .find_map(|line| Some(line.strip_prefix(&start)?.trim_end_matches('"').to_owned()))
    };
    lock.split("[[package]]")
        .filter_map(|package| {
            let name = of(package, "name")?;
            let version = of(package, "version")?;
            Some(((name, version), of(package, "checksum")?))
        })
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Crate, checksums, named, read};
    use crate::supply::Digest;

    const METADATA: &str = r#"{"packages": [
        {"name": "serde", "version": "1.0.0", "license": "MIT/Apache-2.0", "dependencies": [],
         "source": "registry+https://github.com/rust-lang/crates.io-index"},
        {"name": "ours", "version": "0.1.0", "license": "MIT", "source": null, "dependencies": [
            {"name": "serde", "req": "*"}, {"name": "other", "req": "*", "path": "/other"}]}
    ]}"#;

    /// A crate of the registry and one of the tree, which asks for the first in any version.
    pub(in crate::supply) fn crates() -> Vec<Crate> {
        let lock = "[[package]]\nname = \"serde\"\nversion = \"1.0.0\"\nchecksum = \"ab01\"\n";
        read(METADATA, &checksums(lock)).unwrap()
    }

    #[test]
    fn metadata_and_the_lock_file_become_crates() {
        let [serde, ours] = crates().try_into().ok().unwrap();
        assert_eq!(serde.part.licence, "MIT OR Apache-2.0");
        assert_eq!(serde.part.digest, Some(Digest::Sha256("ab01".to_owned())));
        assert!(serde.source.is_some() && serde.wildcards.is_empty());
        assert_eq!(ours.wildcards, ["serde"]);
        assert!(ours.source.is_none() && ours.part.digest.is_none());
    }

    #[test]
    fn a_tree_names_each_crate() {
        let printed = "headlessos v0.1.0 (/a b/headlessos)\nserde v1.0.0\nserde v1.0.0 (*)\n\n";
        let named = named(printed);
        assert_eq!(named.len(), 2);
        assert!(named.contains(&("serde".to_owned(), "1.0.0".to_owned())));
    }
}
