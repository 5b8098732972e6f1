//! Where things are in the source tree, and a walk over its files.
//!
//! Invariant: every path starts at the workspace root, wherever xtask was called from.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold what tools made, never what people wrote.
const MADE: [&str; 7] = [
    ".git",
    "dist",
    "node_modules",
    "playwright-report",
    "target",
    "test-results",
    "coverage",
];

/// The source tree.
pub(crate) struct Tree {
    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
}

impl Tree {
    /// The tree that this xtask was built from.
    pub(crate) fn here() -> Self {
        let manifest_dir = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest_dir.parent().map(Path::to_path_buf);
        Self {
            root: root.unwrap_or(manifest_dir),
        }
    }

    /// A path below the root, given with `/`.
    pub(crate) fn at(&self, path: &str) -> PathBuf {
        path.split('/')
            .fold(self.root.clone(), |folder, part| folder.join(part))
    }

    /// Cargo's target folder.
    pub(crate) fn target(&self) -> PathBuf {
        match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => self.root.join(folder),
            None => self.at("target"),
        }
    }

    /// xtask's own folder for stamps, logs and scratch files; not there before the first use.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.target().join("xtask")
    }

    /// The built program: `profile` is `debug` or `release`.
    pub(crate) fn binary(&self, profile: &str) -> PathBuf {
        let name = format!("headlessos{}", std::env::consts::EXE_SUFFIX);
        self.target().join(profile).join(name)
    }

    /// Every file below `folder` (given with `/`, empty: the whole tree) that people wrote, as
    /// paths relative to the root, sorted; empty where the folder is not there.
    ///
    /// Symbolic links are not followed.
    pub(crate) fn files(&self, folder: &str) -> Vec<PathBuf> {
        let start = if folder.is_empty() {
            self.root.clone()
        } else {
            self.at(folder)
        };
        let mut found = Vec::new();
        let mut waiting = vec![start];
        while let Some(folder) = waiting.pop() {
            let Ok(entries) = fs::read_dir(&folder) else {
                continue;
            };
            for entry in entries.flatten() {
                let Ok(kind) = entry.file_type() else {
                    continue;
                };
                if kind.is_dir() {
                    if !MADE.iter().any(|made| entry.file_name() == *made) {
                        waiting.push(entry.path());
                    }
                } else if kind.is_file()
                    && let Ok(path) = entry.path().strip_prefix(&self.root)
                {
                    found.push(path.to_path_buf());
                }
            }
        }
        found.sort();
        found
    }
}
