//! The house rules that no compiler checks, as tests: `cargo test -p xtask tidy`.
//!
//! Invariant: each rule is a pure function from files to faults, and beside the test that the
//! tree keeps it stands one that the rule finds a planted fault.

mod arrows;
mod catalog;
mod fixtures;
mod gate;
mod links;
mod mutants;
mod promises;
mod shape;
mod ui_arrows;
mod words;

use std::fs;
use std::path::Path;

use crate::tree::Tree;

/// A file that people wrote.
struct Source {
    /// From the root, with `/`.
    path: String,
    /// Empty where it is not UTF-8.
    text: String,
}

impl Source {
    /// For planted faults.
    fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    fn extension(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// Whether the file is made by a tool or recorded from one.
    fn is_made(&self) -> bool {
        self.path.contains("/generated/") || self.path.contains("/fixtures/")
    }

    /// Whether the file holds tests only.
    fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        self.path.contains("/tests/")
            || self.path.starts_with("e2e/")
            || name == "tests.rs"
            || name.contains(".spec.")
            || name.contains(".test.")
    }

    /// The text without the module of tests at its end.
    fn shipped_rust(&self) -> &str {
        let opens_module = |rest: &str| {
            let line = rest.lines().next().unwrap_or_default();
            line.starts_with("mod ") && line.contains('{')
        };
        let mark = "#[cfg(test)]\n";
        self.text
            .match_indices(mark)
            .map(|(at, _)| self.text.split_at(at))
            .find(|(_, rest)| opens_module(rest.trim_start_matches(mark)))
            .map_or(self.text.as_str(), |(shipped, _)| shipped)
    }
}

fn sources() -> Vec<Source> {
    let tree = Tree::here();
    tree.files("")
        .iter()
        .map(|path| Source {
            path: slashes(path),
            text: fs::read_to_string(tree.root.join(path)).unwrap_or_default(),
        })
        .collect()
}

fn slashes(path: &Path) -> String {
    path.iter()
        .map(|part| part.to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

/// Fails, naming all of them.
fn no_faults(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
