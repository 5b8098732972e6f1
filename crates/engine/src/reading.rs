//! A reading: the typed answer to a question, with where it came from and when.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{ByModel, ErrorBody};

/// An answer with its provenance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// The server's id.
    pub server: String,
    /// The query's id.
    pub query: String,
    /// Its arguments.
    pub args: Value,
    /// The answer, or why there is none.
    pub outcome: Outcome,
    /// What a language model had to do with it; `null`: nothing, as for all that a parser reads.
    pub model: Option<ByModel>,
    /// The variant that gave it; `null`: none was tried.
    pub variant: Option<String>,
    /// Exactly what was run or read; `null`: nothing was.
    pub origin: Option<Origin>,
    /// When it was taken, RFC 3339 in UTC.
    pub taken_at: String,
    /// How long it took, in milliseconds.
    pub duration_ms: u32,
    /// The raw output, where it was asked for.
    pub raw: Option<RawText>,
}

/// What a question came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "status", rename_all = "camelCase")]
pub enum Outcome {
    /// There is an answer.
    Ok {
        /// The query's typed answer.
        value: Value,
        /// Lines the parser could not read.
        unread: Vec<catalog::Unread>,
    },
    /// The server lacks what every variant needs.
    Unsupported {
        /// Programs of which one would do.
        needs: Vec<String>,
    },
    /// The server refused.
    Denied {
        /// Its words.
        detail: String,
    },
    /// The tool is there, what it speaks to is not.
    Unavailable {
        /// Its words.
        detail: String,
    },
    /// It ran and made no sense.
    Failed {
        /// What went wrong.
        error: ErrorBody,
    },
}

/// Exactly what was run or read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Origin {
    /// One command.
    Command {
        /// As it would be typed.
        command: String,
        /// Its exit code; `null`: a signal ended it.
        exit_code: Option<i32>,
    },
    /// Files of the server.
    Files {
        /// Their paths.
        paths: Vec<String>,
        /// How they were read.
        via: Via,
        /// The command that printed them; `null` over SFTP.
        command: Option<String>,
    },
}

/// How files were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Via {
    /// Over SFTP: no process was started.
    Sftp,
    /// By one command, where there is no SFTP.
    Command,
}

/// Raw output as text, cleaned of escape sequences and of secrets, at most 256 KiB of each stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RawText {
    /// Standard output, or the files, each under its path.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// Whether something was left out.
    pub truncated: bool,
    /// How many secrets were removed; each stands in the text as `[removed]`.
    pub removed: u32,
}
