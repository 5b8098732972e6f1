//! What `deny.toml` allows, for the checks that need no other tool.
//!
//! Invariant: only the form that the file has is read, lists with one entry a line; a list that
//! is missing or empty, and a line of another form, are errors, never "nothing is denied".

use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::tree::Tree;

/// The rules.
pub(crate) struct Rules {
    /// The platforms that the program is built for.
    pub(crate) targets: Vec<String>,
    /// SPDX ids.
    pub(crate) licences: Vec<String>,
    /// Names of crates.
    pub(crate) denied: Vec<String>,
}

impl Rules {
    /// # Errors
    /// The file is not there or has another form.
    pub(crate) fn read(tree: &Tree) -> Result<Self> {
        let file = tree.at("deny.toml");
        let text = fs::read_to_string(&file)
            .with_context(|| format!("could not read {}", file.display()))?;
        Self::parse(&text).context("deny.toml")
    }

    fn parse(text: &str) -> Result<Self> {
        // What is checked here by itself must be what the file asks for.
        for line in [
            "wildcards = \"deny\"",
            "unknown-registry = \"deny\"",
            "unknown-git = \"deny\"",
        ] {
            if !text.lines().any(|each| each == line) {
                bail!("no line `{line}`");
            }
        }
        Ok(Self {
            targets: entries(text, "graph", "targets")?,
            licences: entries(text, "licenses", "allow")?,
            denied: entries(text, "bans", "deny")?,
        })
    }
}

/// The entries of a list: texts, or the crates of `{ crate = "..", .. }`.
fn entries(text: &str, section: &str, key: &str) -> Result<Vec<String>> {
    let head = format!("[{section}]");
    let opens = format!("{key} = [");
    let mut found = Vec::new();
    let mut lines = text
        .lines()
        .map(str::trim)
        .skip_while(|line| *line != head)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .skip_while(|line| *line != opens)
        .skip(1);
    for line in &mut lines {
        if line == "]" {
            break;
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let entry = line.strip_prefix("{ crate = ").unwrap_or(line);
        let entry = entry
            .strip_prefix('"')
            .and_then(|rest| Some(rest.split_once('"')?.0));
        match entry {
            Some(entry) if !entry.is_empty() => found.push(entry.to_owned()),
            _ => bail!("[{section}] {key}: not an entry: {line}"),
        }
    }
    if found.is_empty() {
        bail!("[{section}] has no list `{key}` with one entry a line");
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::Rules;
    use crate::tree::Tree;

    #[test]
    fn the_file_is_read() {
        let rules = Rules::read(&Tree::here()).unwrap();
        assert_eq!(rules.targets.len(), 5);
        assert!(rules.licences.contains(&"MIT".to_owned()));
        assert_eq!(rules.denied, ["openssl-sys"]);
    }

    #[test]
    fn another_form_is_an_error_and_not_an_empty_rule() {
        let tree = Tree::here();
        let text = std::fs::read_to_string(tree.at("deny.toml")).unwrap();
        assert!(Rules::parse(&text).is_ok());
        for (from, to) in [
            ("[bans]", "[banned]"),
            ("allow = [", "allow = [\"GPL-3.0\","),
            ("    \"MIT\",", "    MIT,"),
            ("wildcards = \"deny\"", "wildcards = \"allow\""),
        ] {
            let changed = text.replacen(from, to, 1);
            assert_ne!(changed, text);
            assert!(Rules::parse(&changed).is_err(), "{to}");
        }
    }
}
