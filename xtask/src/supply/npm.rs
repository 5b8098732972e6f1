//! The npm packages that the page is bundled from, as `ui/package-lock.json` has them.
//!
//! Invariant: tools of the build, and packages for a platform that a browser is not, are left
//! out; all else is in, also types alone, which leave nothing in the page.

use std::fs;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::{Digest, Origin, Part, licence, text};
use crate::tree::Tree;

/// The packages of the page.
///
/// # Errors
/// The lock file could not be read, or has another form.
pub(super) fn bundled(tree: &Tree) -> Result<Vec<Part>> {
    let file = "ui/package-lock.json";
    read(&fs::read_to_string(tree.at(file)).context(file)?).context(file)
}

/// A sentence for each package of a lock file that comes from elsewhere than npm's registry.
///
/// # Errors
/// The lock file could not be read, or has another form.
pub(super) fn strangers(tree: &Tree, folder: &str) -> Result<Vec<String>> {
    let file = format!("{folder}/package-lock.json");
    let lock = fs::read_to_string(tree.at(&file)).with_context(|| file.clone())?;
    Ok(strange(&packages(&lock).with_context(|| file.clone())?)
        .into_iter()
        .map(|fault| format!("{file}: {fault}"))
        .collect())
}

/// Where the lock file says for a package where it is, it is not in the registry.
fn strange(packages: &[(String, Value)]) -> Vec<String> {
    packages
        .iter()
        .filter_map(|(path, package)| {
            let from = package.get("resolved").and_then(Value::as_str)?;
            Some(format!("{path} comes from {from}"))
        })
        .collect()
}

fn read(lock: &str) -> Result<Vec<Part>> {
    let parts: Vec<Part> = packages(lock)?
        .iter()
        .filter(|(_, package)| {
            !["dev", "devOptional", "optional"]
                .iter()
                .any(|mark| package.get(mark).is_some())
        })
        .map(|(path, package)| {
            let name = path.rsplit("node_modules/").next().unwrap_or(path);
            let licence = package.get("license").and_then(Value::as_str);
            let integrity = package.get("integrity").and_then(Value::as_str);
            Ok(Part {
                name: name.to_owned(),
                version: text(package, "version", path)?.to_owned(),
                origin: Origin::Npm,
                licence: licence::normal(licence.unwrap_or_default()),
                digest: integrity.map(digest).transpose()?,
            })
        })
        .collect::<Result<_>>()?;
    if parts.is_empty() {
        bail!("no packages");
    }
    Ok(parts)
}

/// The packages by their path; without the first, which is the folder itself.
fn packages(lock: &str) -> Result<Vec<(String, Value)>> {
    let lock: Value = serde_json::from_str(lock)?;
    let Some(packages) = lock.get("packages").and_then(Value::as_object) else {
        bail!("no `packages`: not of npm 7 or newer");
    };
    Ok(packages
        .iter()
        .filter(|(path, _)| !path.is_empty())
        .map(|(path, package)| (path.clone(), package.clone()))
        .collect())
}

fn digest(integrity: &str) -> Result<Digest> {
    let bytes = integrity.strip_prefix("sha512-").and_then(from_base64);
    match bytes {
        Some(bytes) if bytes.len() == 64 => Ok(Digest::Sha512(
            bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        )),
        _ => bail!("not a SHA-512: {integrity}"),
    }
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for digit in text.trim_end_matches('=').bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{from_base64, packages, read, strange};
    use crate::supply::Digest;

    fn lock() -> String {
        let zeros = format!("sha512-{}==", "A".repeat(86));
        format!(
            r#"{{"packages": {{
            "": {{"name": "page"}},
            "node_modules/@a/b": {{"version": "1.2.3", "license": "MIT", "integrity": "{zeros}"}},
            "node_modules/@a/b/node_modules/c": {{"version": "2.0.0"}},
            "node_modules/tool": {{"version": "1.0.0", "dev": true,
                "resolved": "git+ssh://git@example.org/tool.git"}},
            "node_modules/native": {{"version": "1.0.0", "optional": true}},
            "node_modules/linked": {{"resolved": "../linked", "link": true, "dev": true}}
            }}}}"#
        )
    }

    #[test]
    fn what_is_bundled_is_listed() {
        let [b, c] = read(&lock()).unwrap().try_into().unwrap();
        assert_eq!((b.name.as_str(), b.licence.as_str()), ("@a/b", "MIT"));
        assert_eq!(b.digest, Some(Digest::Sha512("0".repeat(128))));
        assert_eq!((c.name.as_str(), c.licence.as_str()), ("c", ""));
        assert!(read(r#"{"packages": {}}"#).is_err());
    }

    #[test]
    fn another_source_is_found() {
        let faults = strange(&packages(&lock()).unwrap());
        assert_eq!(
            faults,
            [
                "node_modules/tool comes from git+ssh://git@example.org/tool.git",
                "node_modules/linked comes from ../linked"
            ]
        );
    }

    #[test]
    fn base64_is_read() {
        assert_eq!(from_base64("aGVhZA==").unwrap(), b"head");
        assert_eq!(from_base64("+/8=").unwrap(), [0xfb, 0xff]);
        assert!(from_base64("a b").is_none());
    }
}
