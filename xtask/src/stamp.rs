//! Remembers what a finished step was made from, so that it runs again only when that changed.
//!
//! Invariant: a stamp is written only after the step succeeded; a missing stamp means "run it".

use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::tree::Tree;

/// What a step was made from.
pub(crate) struct Stamp {
    file: PathBuf,
    inputs: String,
}

impl Stamp {
    /// The stamp of the step `name` as the tree is now: the content of `files` (relative to the
    /// root; a missing one counts as empty) and `also`, such as a tool's version.
    pub(crate) fn of(tree: &Tree, name: &str, files: &[PathBuf], also: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(also.as_bytes());
        for path in files {
            let content = fs::read(tree.root.join(path)).unwrap_or_default();
            hasher.write(path.to_string_lossy().as_bytes());
            hasher.write_usize(content.len());
            hasher.write(&content);
        }
        Self {
            file: tree.scratch().join("stamps").join(name),
            inputs: format!("{:016x}", hasher.finish()),
        }
    }

    /// Whether the step last succeeded with these very inputs.
    pub(crate) fn is_current(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|inputs| inputs == self.inputs)
    }

    /// Says that the step succeeded.
    ///
    /// # Errors
    /// The stamp could not be written.
    pub(crate) fn write(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.file, &self.inputs)
            .with_context(|| format!("could not write {}", self.file.display()))
    }
}
