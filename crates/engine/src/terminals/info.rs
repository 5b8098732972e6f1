//! Terminals as the surfaces see them.

use catalog::arguments::RemotePath;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ErrorBody;

/// An open terminal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Terminal")]
pub struct TerminalInfo {
    /// Its id, which nobody can guess.
    pub id: String,
    /// The server's id.
    pub server: String,
    /// Counts up from 1 for each server, and is not given twice while the program runs.
    pub number: u32,
    /// What the shell calls it, cleaned and bounded; `null`: nothing.
    pub title: Option<String>,
    /// The shell's folder, where the shell says so (OSC 7); `null`: it does not.
    pub folder: Option<String>,
    /// How its shell stands.
    pub state: TerminalState,
    /// Its width in cells.
    pub columns: u16,
    /// Its height in cells.
    pub rows: u16,
    /// How often the bell rang so far.
    pub bells: u32,
    /// When output last came, told at most once a second, RFC 3339 in UTC; `null`: none yet.
    pub output_at: Option<String>,
    /// Whether it is being recorded.
    pub recording: bool,
    /// When it was opened, RFC 3339 in UTC.
    pub opened_at: String,
}

/// How a terminal's shell stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "status",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum TerminalState {
    /// It is being started.
    Starting,
    /// It runs.
    Running,
    /// It has ended; the text is kept.
    Ended {
        /// Its exit code; `null`: a signal ended it, or the server did not say.
        exit_code: Option<i32>,
        /// The signal, without `SIG`; `null`: none did.
        signal: Option<String>,
    },
    /// The connection went away, and the shell with it; the text is kept.
    Lost {
        /// Why.
        error: ErrorBody,
    },
}

/// A terminal to be opened.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewTerminal {
    /// Its width in cells, 2 to 1,000.
    pub columns: u16,
    /// Its height in cells, 1 to 500.
    pub rows: u16,
    /// The folder to begin in; `null`: the user's home.
    #[serde(default)]
    pub folder: Option<RemotePath>,
    /// The shell's path; `null`: the user's login shell.
    #[serde(default)]
    pub shell: Option<RemotePath>,
}

/// What runs in a terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TerminalProcess {
    /// The shell's name; `null`: not known.
    pub shell: Option<String>,
    /// The name of the program in front of the shell; `null`: the shell itself is, or not known.
    pub foreground: Option<String>,
    /// The shell's folder; `null`: not known.
    pub folder: Option<String>,
}

/// A recording of a terminal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Recording")]
pub struct RecordingInfo {
    /// Its id.
    pub id: String,
    /// What was recorded, for people.
    pub name: String,
    /// The server's name when it was made.
    pub server: String,
    /// RFC 3339 in UTC.
    pub started_at: String,
    /// Its length; 0 where it cannot be read.
    pub duration_seconds: f64,
    /// The file's size.
    pub size_bytes: u64,
    /// Its width in cells at the start.
    pub columns: u16,
    /// Its height in cells at the start.
    pub rows: u16,
    /// Whether it still goes on.
    pub is_running: bool,
}
