//! Why the files cannot be used, in the way that ssh itself says it: file, line, reason.

use std::{
    fmt,
    path::{Path, PathBuf},
};

/// Why a file of settings was refused, or a host could not be resolved by it. ssh would refuse to
/// connect for the same reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Trouble {
    /// The file at fault; empty: what was asked is at fault, not a file.
    pub file: PathBuf,
    /// The line, from 1; `None`: the file as a whole.
    pub line: Option<usize>,
    /// What is wrong, in a short sentence without a full stop.
    pub why: String,
    /// How many more lines were found wrong, in this file or one that it includes.
    pub others: usize,
}

impl Trouble {
    /// About a line.
    pub(crate) fn at(place: &Place, why: impl Into<String>) -> Self {
        Self {
            file: place.file.to_path_buf(),
            line: Some(place.line),
            why: why.into(),
            others: 0,
        }
    }

    /// About a file as a whole.
    pub(crate) fn of(file: &Path, why: impl Into<String>) -> Self {
        Self {
            file: file.to_path_buf(),
            line: None,
            why: why.into(),
            others: 0,
        }
    }

    /// About what was asked.
    pub(crate) fn asked(why: impl Into<String>) -> Self {
        Self::of(Path::new(""), why)
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            _ if self.file.as_os_str().is_empty() => {}
            Some(line) => write!(f, "{} line {line}: ", self.file.display())?,
            None => write!(f, "{}: ", self.file.display())?,
        }
        f.write_str(&self.why)?;
        match self.others {
            0 => Ok(()),
            1 => f.write_str(" (and 1 more line is wrong)"),
            others => write!(f, " (and {others} more lines are wrong)"),
        }
    }
}

/// Where a line stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The file, as it was named or found.
    pub(crate) file: std::sync::Arc<Path>,
    /// From 1.
    pub(crate) line: usize,
    /// Whether the file belongs to the user, and not to the system.
    pub(crate) of_user: bool,
}
