//! The output of one step: kept in a file, shown when the step failed.
//!
//! Invariant: what a runner says about its own result at its end is always found again, whether
//! or not the rest is shown.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::shell;
use crate::tree::Tree;

/// How much of a failed step's output is shown.
const TAIL_LINES: usize = 400;

/// The words after the number in the lines that end Playwright's output.
const PLAYWRIGHT_ENDS: [&str; 6] = [
    "passed",
    "failed",
    "flaky",
    "skipped",
    "did not run",
    "interrupted",
];

/// The output of one step, standard output and error output as they came.
pub(crate) struct Log {
    file: PathBuf,
}

impl Log {
    /// An empty log for this step.
    ///
    /// # Errors
    /// The file could not be made.
    pub(crate) fn new(tree: &Tree, step: &str) -> Result<Self> {
        let folder = tree.scratch().join("log");
        fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{step}.log"));
        File::create(&file).with_context(|| format!("could not write {}", file.display()))?;
        Ok(Self { file })
    }

    /// Where it is.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Runs a command to its end, its output going to the end of the log, without colours.
    ///
    /// # Errors
    /// It could not be started, or said that it failed.
    pub(crate) fn run(&self, mut command: Command) -> Result<()> {
        let words = shell::words(&command);
        let out = File::options().append(true).open(&self.file)?;
        let status = command
            .env("NO_COLOR", "1")
            .env("CARGO_TERM_COLOR", "never")
            .env("TERM", "dumb")
            .env_remove("FORCE_COLOR")
            .stdin(Stdio::null())
            .stdout(out.try_clone()?)
            .stderr(out)
            .status()
            .with_context(|| format!("could not start `{words}`"))?;
        if !status.success() {
            bail!("`{words}`: {status}");
        }
        Ok(())
    }

    /// The lines in which a test runner tells its result; empty where none ran.
    pub(crate) fn closing_lines(&self) -> Vec<String> {
        self.text()
            .lines()
            .map(str::trim)
            .filter(|line| is_closing(line))
            .map(str::to_owned)
            .collect()
    }

    /// The end of it.
    pub(crate) fn tail(&self) -> String {
        let text = self.text();
        let lines: Vec<&str> = text.lines().collect();
        let left_out = lines.len().saturating_sub(TAIL_LINES);
        let mut tail: Vec<&str> = lines.into_iter().skip(left_out).collect();
        let note = format!("({left_out} lines before this are left out)");
        if left_out > 0 {
            tail.insert(0, &note);
        }
        tail.join("\n")
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.file).unwrap_or_default()).into_owned()
    }
}

fn is_closing(line: &str) -> bool {
    if line.starts_with("test result: ")
        || line.starts_with("Test Files  ")
        || line.starts_with("Tests  ")
    {
        return true;
    }
    line.split_once(' ').is_some_and(|(number, rest)| {
        number.parse::<u32>().is_ok()
            && PLAYWRIGHT_ENDS.iter().any(|end| {
                rest.strip_prefix(end)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
            })
    })
}

#[cfg(test)]
mod tests {
    use super::is_closing;

    #[test]
    fn the_runners_closing_lines_are_known() {
        for line in [
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
            "Test Files  3 passed (3)",
            "Tests  1 failed | 41 passed (42)",
            "12 passed (31.4s)",
            "1 failed",
            "2 did not run",
        ] {
            assert!(is_closing(line), "{line}");
        }
        for line in [
            "running 12 tests",
            "passed",
            "3 tests passed",
            "test a::b ... ok",
            "",
        ] {
            assert!(!is_closing(line), "{line}");
        }
    }
}
