//! What a source gave and what a parser made of it.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::text::{lossy_text, strip_ansi};

/// One file of a `Source::Files`, as it was read.
#[derive(Clone, Copy, Debug)]
pub struct FileContent<'a> {
    /// The path as the variant named it.
    pub path: &'a str,
    /// Its bytes, whole.
    pub bytes: &'a [u8],
}

/// The raw bytes a variant's source gave. For files `stdout` and `stderr` are empty; for a command
/// `files` is.
#[derive(Clone, Copy, Debug, Default)]
pub struct RawOutput<'a> {
    /// What the command printed, from behind the marker on.
    pub stdout: &'a [u8],
    /// What it complained about.
    pub stderr: &'a [u8],
    /// Its exit code; `None` where a signal ended it or nothing ran.
    pub exit_code: Option<i32>,
    /// The files that could be read.
    pub files: &'a [FileContent<'a>],
}

impl<'a> RawOutput<'a> {
    /// Standard output as text: ANSI and OSC sequences gone, CRLF folded to LF, a byte order mark
    /// dropped, invalid UTF-8 replaced.
    #[must_use]
    pub fn text(&self) -> Cow<'a, str> {
        strip_ansi(lossy_text(self.stdout))
    }

    /// Standard error as text, cleaned likewise.
    #[must_use]
    pub fn error_text(&self) -> Cow<'a, str> {
        strip_ansi(lossy_text(self.stderr))
    }

    /// Standard output as JSON, of any size and order of fields; fields that are not asked for are
    /// skipped.
    ///
    /// # Errors
    /// `ParseError::Shape` where it is not JSON of that shape.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, ParseError> {
        serde_json::from_str(&self.text())
            .map_err(|error| ParseError::shape(format!("not the JSON expected: {error}")))
    }

    /// The content of one of the files as text; `None` where it could not be read.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<Cow<'a, str>> {
        self.files
            .iter()
            .find(|file| file.path == path)
            .map(|file| lossy_text(file.bytes))
    }

    /// A file the answer cannot do without.
    ///
    /// # Errors
    /// `ParseError::Absent` where it could not be read.
    pub fn required_file(&self, path: &'static str) -> Result<Cow<'a, str>, ParseError> {
        self.file(path)
            .ok_or_else(|| ParseError::Absent(format!("{path} cannot be read")))
    }

    /// Fails unless the command ended with one of these exit codes, telling the reasons apart:
    /// 127 is an absent tool, and so is one too old or too small to know its options; "permission
    /// denied" and its kin are a refusal; a daemon that does not answer is unavailable; all else
    /// is a shape this parser does not know.
    ///
    /// # Errors
    /// As said above.
    pub fn expect_exit(&self, accepted: &[i32]) -> Result<(), ParseError> {
        match self.exit_code {
            Some(code) if accepted.contains(&code) => Ok(()),
            code => Err(self.failure(code)),
        }
    }

    fn failure(&self, code: Option<i32>) -> ParseError {
        let error = self.error_text();
        let output = self.text();
        let first = [error.as_ref(), output.as_ref()]
            .into_iter()
            .flat_map(str::lines)
            .map(str::trim)
            .find(|line| !line.is_empty());
        let detail: String = first.unwrap_or("no message").chars().take(400).collect();
        let lower = error.to_lowercase();
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| lower.contains(phrase));
        let knows_not = says(&[
            "usage:",
            "invalid option",
            "unknown option",
            "unrecognized option",
        ]);
        if code == Some(127) || knows_not {
            ParseError::Absent(detail)
        } else if says(&[
            "permission denied",
            "access denied",
            "not permitted",
            "must be root",
        ]) {
            ParseError::Denied(detail)
        } else if says(&[
            "cannot connect to the docker daemon",
            "is the docker daemon running",
            "failed to connect to bus",
            "has not been booted with systemd",
            "connection refused",
            "error during connect",
        ]) {
            ParseError::Unavailable(detail)
        } else {
            let code =
                code.map_or_else(|| "a signal".to_owned(), |code| format!("exit code {code}"));
            ParseError::Shape(format!("ended with {code}: {detail}"))
        }
    }
}

/// A line that a parser could not read: returned, never dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Unread {
    /// Its number in the cleaned output, from 1.
    pub line: u32,
    /// The line itself, at most 500 characters.
    pub text: String,
}

/// A parser's result: the value, and what it could not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed<Answer> {
    /// The typed answer.
    pub value: Answer,
    /// Lines that were not understood; empty: all were. At most 100 are kept.
    pub unread: Vec<Unread>,
}

impl<Answer> Parsed<Answer> {
    /// A value of which nothing was left unread.
    pub fn whole(value: Answer) -> Self {
        Self {
            value,
            unread: Vec::new(),
        }
    }

    /// Adds a line that was not understood; `index` counts from 0.
    pub fn leave_unread(&mut self, index: usize, line: &str) {
        const MOST: usize = 100;
        if self.unread.len() < MOST {
            let line_number = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
            let text = line.chars().take(500).collect();
            self.unread.push(Unread {
                line: line_number,
                text,
            });
        }
    }
}

/// Why there is no answer. None of these ever becomes a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// The tool or file is not there: the next variant is tried, then "unsupported".
    #[error("not on this server: {0}")]
    Absent(String),
    /// The server refused: rights are missing.
    #[error("the server refused: {0}")]
    Denied(String),
    /// The tool is there, the service behind it does not answer.
    #[error("not available: {0}")]
    Unavailable(String),
    /// The output has a shape this parser does not know.
    #[error("output not understood: {0}")]
    Shape(String),
}

impl ParseError {
    /// A shape error with its words.
    pub fn shape(detail: impl Into<String>) -> Self {
        Self::Shape(detail.into())
    }
}
