//! The output of one step: kept in a file, shown when the step failed.
//!
//! Invariant: what a runner says about its own result at its end, and the begin of what it says of the first
//! tests that failed, is always found again, whether or not the rest is shown.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::shell;
use crate::tree::Tree;

/// How much of a failed step's output is shown.
const TAIL_LINES: usize = 400;

/// How many lines are told again of a test that failed, and of how many tests.
const FAILURE_LINES: usize = 16;
const FAILURES: usize = 12;

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

    /// The begin of what the runner says of each test that failed, for the first of them.
    pub(crate) fn failures(&self) -> Vec<String> {
        failures(&self.text())
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.file).unwrap_or_default()).into_owned()
    }
}

fn failures(text: &str) -> Vec<String> {
    let mut failures: Vec<Vec<&str>> = Vec::new();
    let mut is_within = false;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if begins_failure(line) {
            is_within = true;
            failures.push(Vec::new());
        } else if ends_failure(line) {
            is_within = false;
        }
        if let Some(failure) = failures.last_mut().filter(|_| is_within)
            && failure.len() < FAILURE_LINES
        {
            failure.push(line);
        }
    }
    failures.truncate(FAILURES);
    failures.iter().map(|lines| lines.join("\n")).collect()
}

/// The head of what libtest, Playwright and Vitest say of a failed test.
fn begins_failure(line: &str) -> bool {
    let is_libtest = line.starts_with("---- ") && line.ends_with(" ----");
    let number = line.trim_start().split_once(") ");
    let is_playwright = line.starts_with("  ")
        && number
            .is_some_and(|(number, rest)| number.parse::<u32>().is_ok() && rest.contains(" › "));
    is_libtest || is_playwright || line.starts_with(" FAIL ")
}

fn ends_failure(line: &str) -> bool {
    line == "failures:" || is_closing(line.trim())
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
    use super::{failures, is_closing};

    #[test]
    fn of_each_failed_test_the_begin_is_told() {
        let libtest = "test a ... FAILED\n\nfailures:\n\n---- a stdout ----\n\nthread 'a' panicked at a.rs:1:2:\n\
            one\n\n---- b::c stdout ----\ntwo\n\nfailures:\n    a\n    b::c\n\ntest result: FAILED.";
        assert_eq!(
            failures(libtest),
            [
                "---- a stdout ----\nthread 'a' panicked at a.rs:1:2:\none",
                "---- b::c stdout ----\ntwo"
            ]
        );
        let playwright = "  x  1 specs/a.spec.ts:3:1 › it works (9.1s)\n\n\n  1) specs/a.spec.ts:3:1 › it works ───\n\n    \
            Error: no\n\n  1 failed\n    specs/a.spec.ts:3:1 › it works\n";
        assert_eq!(
            failures(playwright),
            ["  1) specs/a.spec.ts:3:1 › it works ───\n    Error: no"]
        );
        let long = format!(" FAIL  src/a.test.ts > it works\n{}", "more\n".repeat(99));
        assert_eq!(failures(&long)[0].lines().count(), 16);
        assert!(failures("test a ... ok\ntest result: ok. 1 passed").is_empty());
    }

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
