//! `cargo xtask sbom [FILE]`: what is shipped, as a CycloneDX 1.5 document.
//!
//! Invariant: the same tree gives the same bytes: no time, no serial number, a fixed order.

use std::fs;

use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value, json};

use super::{Digest, Origin, Part, shipped};
use crate::tree::Tree;

/// Writes the document to the file that `args` name, or to standard output.
///
/// # Errors
/// The parts could not be collected, or the file not written.
pub(crate) fn sbom(tree: &Tree, args: &[String]) -> Result<()> {
    let file = match args {
        [] => None,
        [file] if !file.starts_with('-') => Some(file),
        _ => bail!("sbom takes one FILE at most"),
    };
    let document = document(&shipped(tree)?, env!("CARGO_PKG_VERSION"));
    let text = format!("{}\n", serde_json::to_string_pretty(&document)?);
    match file {
        Some(file) => fs::write(file, text).with_context(|| format!("could not write {file}")),
        None => {
            print!("{text}");
            Ok(())
        }
    }
}

fn document(parts: &[Part], version: &str) -> Value {
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "headlessos",
                "name": "headlessos",
                "version": version,
                "licenses": [{"expression": "MIT"}],
            },
        },
        "components": parts.iter().map(component).collect::<Vec<_>>(),
    })
}

fn component(part: &Part) -> Value {
    let purl = purl(part);
    let mut component = Map::new();
    component.insert("type".to_owned(), json!("library"));
    component.insert("bom-ref".to_owned(), json!(purl));
    let (group, name) = match part.name.split_once('/') {
        Some((group, name)) => (Some(group), name),
        None => (None, part.name.as_str()),
    };
    if let Some(group) = group {
        component.insert("group".to_owned(), json!(group));
    }
    component.insert("name".to_owned(), json!(name));
    component.insert("version".to_owned(), json!(part.version));
    if let Some(digest) = &part.digest {
        let (algorithm, content) = match digest {
            Digest::Sha256(hex) => ("SHA-256", hex),
            Digest::Sha512(hex) => ("SHA-512", hex),
        };
        let hash = json!([{"alg": algorithm, "content": content}]);
        component.insert("hashes".to_owned(), hash);
    }
    let licences = json!([{"expression": part.licence}]);
    component.insert("licenses".to_owned(), licences);
    component.insert("purl".to_owned(), json!(purl));
    Value::Object(component)
}

/// The part's package URL.
fn purl(part: &Part) -> String {
    let (kind, name) = match part.origin {
        Origin::Crate => ("cargo", part.name.clone()),
        Origin::Npm => ("npm", part.name.replacen('@', "%40", 1)),
    };
    let version = part.version.replace('+', "%2B");
    format!("pkg:{kind}/{name}@{version}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Value, json};

    use super::{component, document};
    use crate::supply::{Digest, Origin, Part, shipped};
    use crate::tree::Tree;

    #[test]
    fn a_part_has_its_address_its_licence_and_its_digest() {
        let part = Part {
            name: "@a/b".to_owned(),
            version: "1.0.0+2".to_owned(),
            origin: Origin::Npm,
            licence: "MIT OR ISC".to_owned(),
            digest: Some(Digest::Sha512("00ff".to_owned())),
        };
        let expected = json!({
            "type": "library",
            "bom-ref": "pkg:npm/%40a/b@1.0.0%2B2",
            "group": "@a",
            "name": "b",
            "version": "1.0.0+2",
            "hashes": [{"alg": "SHA-512", "content": "00ff"}],
            "licenses": [{"expression": "MIT OR ISC"}],
            "purl": "pkg:npm/%40a/b@1.0.0%2B2",
        });
        assert_eq!(component(&part), expected);
    }

    #[test]
    fn the_document_is_the_same_each_time_and_names_each_part_once() {
        let tree = Tree::here();
        let made = || document(&shipped(&tree).unwrap(), "0.1.0").to_string();
        let text = made();
        assert_eq!(text, made());
        for changing in ["serialNumber", "timestamp"] {
            assert!(!text.contains(changing), "{changing}");
        }
        let document: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(document["bomFormat"], "CycloneDX");
        assert_eq!(document["specVersion"], "1.5");
        let components = document["components"].as_array().unwrap();
        let references: BTreeSet<&str> = components
            .iter()
            .map(|each| each["bom-ref"].as_str().unwrap())
            .collect();
        assert_eq!(references.len(), components.len());
        for start in ["pkg:cargo/russh@", "pkg:npm/react@"] {
            assert!(references.iter().any(|each| each.starts_with(start)));
        }
        for each in components {
            let hash = &each["hashes"][0];
            let digits = if hash["alg"] == "SHA-256" { 64 } else { 128 };
            let content = hash["content"].as_str().unwrap();
            assert_eq!(content.len(), digits, "{each}");
            assert_ne!(each["licenses"][0]["expression"], "", "{each}");
        }
    }
}
