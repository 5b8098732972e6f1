//! What a source gave and what a parser made of it.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::complaint;
use crate::text;

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
    /// The program and its words where a person's own command printed it; empty: the variant's own.
    pub typed: &'a [String],
}

impl<'a> RawOutput<'a> {
    /// Standard output as text, cleaned: see [`text::clean`].
    #[must_use]
    pub fn text(&self) -> Cow<'a, str> {
        text::clean(self.stdout)
    }

    /// Standard error as text, cleaned likewise.
    #[must_use]
    pub fn error_text(&self) -> Cow<'a, str> {
        text::clean(self.stderr)
    }

    /// Whether a person's command had this option, by its letter (alone or among others: `-hT`) or
    /// by its long name (`--human-readable`, with a value behind `=` or not).
    #[must_use]
    pub fn typed_option(&self, letter: char, name: &str) -> bool {
        self.typed.iter().skip(1).any(|word| {
            match (word.strip_prefix("--"), word.strip_prefix('-')) {
                (Some(long), _) => long.split('=').next() == Some(name),
                (None, Some(letters)) => letters.contains(letter),
                (None, None) => false,
            }
        })
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
            .map(|file| text::clean(file.bytes))
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

    /// Reads standard output line by line into `value`: `read` takes each whole line that says
    /// something, and gives `None` for one that it does not understand, which is then left unread.
    /// So is a last line that was cut. What must come first (a header) is a state that `read` keeps.
    pub fn read_lines<Answer>(
        &self,
        value: Answer,
        mut read: impl FnMut(&mut Answer, &str) -> Option<()>,
    ) -> Parsed<Answer> {
        let text = self.text();
        let mut parsed = Parsed::whole(value);
        for (index, line) in text::lines(&text) {
            if read(&mut parsed.value, line).is_none() {
                parsed.leave_unread(index, line);
            }
        }
        if let Some((index, line)) = text::cut_line(&text) {
            parsed.leave_unread(index, line);
        }
        parsed
    }

    /// Fails where nothing at all was printed, by a tool that always prints something.
    ///
    /// # Errors
    /// `ParseError::Empty`, or what the complaint on standard error means.
    pub fn expect_output(&self) -> Result<(), ParseError> {
        let text = self.text();
        if text::lines(&text).next().is_some() || text::cut_line(&text).is_some() {
            return Ok(());
        }
        Err(complaint::find(&self.error_text())
            .unwrap_or_else(|| ParseError::Empty("it printed nothing".to_owned())))
    }

    /// What the output says instead of an answer: the tool is absent, the server refused, the
    /// service behind it does not answer. Standard error comes first, then the first and the last
    /// lines of standard output, where a pipe may have put it. `None`: it says nothing of the kind.
    #[must_use]
    pub fn complaint(&self) -> Option<ParseError> {
        complaint::find(&self.error_text()).or_else(|| complaint::find(&self.text()))
    }

    fn failure(&self, code: Option<i32>) -> ParseError {
        let said = complaint::first_line(&self.error_text())
            .or_else(|| complaint::first_line(&self.text()))
            .unwrap_or_else(|| "no message".to_owned());
        if code == Some(127) {
            return ParseError::Absent(said);
        }
        self.complaint().unwrap_or_else(|| {
            let code =
                code.map_or_else(|| "a signal".to_owned(), |code| format!("exit code {code}"));
            ParseError::Shape(format!("ended with {code}: {said}"))
        })
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
    /// It printed nothing where it always prints something.
    #[error("nothing was printed: {0}")]
    Empty(String),
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
