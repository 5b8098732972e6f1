//! Jobs as they are asked for and as they are shown.

use catalog::{
    Capability,
    arguments::{FileName, RemotePath},
};
use chrono::Utc;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Priority;
use crate::{
    ErrorBody, Info,
    files::{CHANGE, READ},
};

/// What a job shall do.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum NewFileJob {
    /// Copies into a folder, of the same or another server.
    Copy(Transfer),
    /// The same, and what was copied whole goes from where it was.
    Move(Transfer),
    /// Deletes for good.
    Delete {
        /// The server's id.
        server: String,
        /// What goes, folders with all that is in them.
        paths: Vec<RemotePath>,
    },
    /// Moves into the Recycle Bin.
    Trash {
        /// The server's id.
        server: String,
        /// What goes there.
        paths: Vec<RemotePath>,
    },
    /// Moves out of the Recycle Bin, to where it was.
    Restore {
        /// The server's id.
        server: String,
        /// Ids of the Recycle Bin's items.
        trashed: Vec<String>,
    },
    /// Deletes for good what is in the Recycle Bin.
    EmptyTrash {
        /// The server's id.
        server: String,
        /// Ids of its items; `null`: all.
        trashed: Option<Vec<String>>,
    },
    /// Changes mode, owner or time.
    Attributes(AttributeChange),
}

/// From where to where.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Transfer {
    /// The server's id.
    pub server: String,
    /// What is taken, folders with all that is in them.
    pub paths: Vec<RemotePath>,
    /// The other server's id, or the same.
    pub to_server: String,
    /// The folder it goes into.
    pub to_folder: RemotePath,
    /// New names, in the order of the paths; `null`: as they are.
    #[serde(default)]
    pub to_names: Option<Vec<FileName>>,
    /// What happens where a name is taken.
    #[serde(default)]
    pub conflict: Conflict,
    /// Goes on with what an earlier job left: parts of files, and files that are there with the same
    /// size and time are done.
    #[serde(default)]
    pub resume: bool,
    /// Reads what arrived and compares it.
    #[serde(default)]
    pub verify: bool,
    /// How urgent it is.
    #[serde(default)]
    pub priority: Priority,
}

impl Transfer {
    fn deeds(&self) -> Vec<String> {
        let names = self.to_names.iter().flatten().map(Some);
        let names = names.chain(std::iter::repeat(None));
        let deed = |(path, name): (&RemotePath, Option<&FileName>)| {
            let to = match name {
                Some(name) => self.to_folder.join(name).ok(),
                None => path
                    .split()
                    .and_then(|(_, name)| self.to_folder.join(&name).ok()),
            };
            format!("{path} -> {}", to.as_ref().unwrap_or(&self.to_folder))
        };
        self.paths.iter().zip(names).map(deed).collect()
    }
}

/// Which attributes, and of what. `null`: as it is.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttributeChange {
    /// The server's id.
    pub server: String,
    /// Of what.
    pub paths: Vec<RemotePath>,
    /// And of all that is below.
    pub recursive: bool,
    /// The twelve permission bits of what is no folder.
    pub file_mode: Option<u32>,
    /// The twelve permission bits of folders.
    pub folder_mode: Option<u32>,
    /// The user.
    pub uid: Option<u32>,
    /// The group.
    pub gid: Option<u32>,
    /// When the content was changed, seconds since 1970 in UTC.
    pub modified_at: Option<u32>,
}

impl AttributeChange {
    fn deeds(&self) -> Vec<String> {
        let octal = |mode: u32| format!("{mode:04o}");
        let decimal = |number: u32| number.to_string();
        let gets = [
            ("mode", self.file_mode.map(octal)),
            ("mode of folders", self.folder_mode.map(octal)),
            ("user", self.uid.map(decimal)),
            ("group", self.gid.map(decimal)),
            ("changed at", self.modified_at.map(decimal)),
        ];
        let gets = gets.map(|(what, value)| value.map(|value| format!("{what} {value}")));
        let gets = gets.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let below = if self.recursive {
            ", and all below it"
        } else {
            ""
        };
        let deed = |path| format!("{path}{below}: {gets}");
        self.paths.iter().map(deed).collect()
    }
}

/// What happens where a name is taken. Folders are put into each other in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Conflict {
    /// A person is asked.
    #[default]
    Ask,
    /// It is left out.
    Skip,
    /// It takes the other's place.
    Replace,
    /// It gets a free name.
    Rename,
    /// It takes the other's place where it was changed later.
    Newer,
}

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum JobState {
    /// Until others are done.
    Queued,
    /// For a connection.
    Waiting,
    /// At work.
    Running,
    /// Held by a person.
    Paused,
    /// A person must choose.
    Asking,
    /// All is done.
    Done,
    /// Some of it could not be done.
    Failed,
    /// Ended by a person.
    Cancelled,
}

impl JobState {
    /// Whether nothing more will happen.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// A job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FileJob {
    /// Its id.
    pub id: String,
    /// What it does: the `kind` it was asked for with.
    pub kind: String,
    /// The server's id.
    pub server: String,
    /// The other server's id; `null`: there is none.
    pub to_server: Option<String>,
    /// The first three of the paths it was asked for with.
    pub paths: Vec<String>,
    /// How many there were.
    pub path_count: usize,
    /// Where it goes; `null`: nowhere.
    pub to_folder: Option<RemotePath>,
    /// How it stands.
    pub state: JobState,
    /// How urgent it is; only copies and moves wait for each other.
    pub priority: Priority,
    /// It is held because the program ended while it was at work.
    pub interrupted: bool,
    /// What a person must choose; `null`: nothing.
    pub question: Option<ConflictQuestion>,
    /// Files, folders and links that are done.
    pub files_done: u64,
    /// How many there are; `null`: still counting.
    pub files_total: Option<u64>,
    /// Bytes that are done.
    pub bytes_done: u64,
    /// How many there are; `null`: still counting.
    pub bytes_total: Option<u64>,
    /// Bytes in a second, of late.
    pub bytes_per_second: u64,
    /// What is at hand; `null`: nothing.
    pub current: Option<String>,
    /// What did not succeed: the first hundred.
    pub failures: Vec<JobFailure>,
    /// How many there are.
    pub failure_count: u64,
    /// What was left out because its name was taken.
    pub skipped: u64,
    /// When it began, seconds since 1970.
    pub started_at: i64,
    /// When it ended, likewise; `null`: it has not.
    pub ended_at: Option<i64>,
    /// Ids of what it put into the Recycle Bin.
    pub trashed: Vec<String>,
}

/// A name that is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConflictQuestion {
    /// The path that is taken.
    pub path: RemotePath,
    /// What would go there.
    pub from: Info,
    /// What is there.
    pub to: Info,
}

/// What did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobFailure {
    /// Of what.
    pub path: String,
    /// Why.
    pub error: ErrorBody,
}

/// What a person does with a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum JobAction {
    Pause,
    Resume,
    Cancel,
    /// Does what did not succeed again.
    Retry,
    /// From now on its priority.
    High,
    Normal,
    Low,
}

impl NewFileJob {
    /// As it is shown before anything was done.
    pub(super) fn shown(&self, id: u32) -> FileJob {
        let (server, to_server) = self.servers();
        let paths = self.paths();
        FileJob {
            id: id.to_string(),
            kind: self.kind().to_owned(),
            server: server.to_owned(),
            to_server: to_server.map(str::to_owned),
            path_count: paths.len(),
            paths: paths.into_iter().take(3).collect(),
            to_folder: match self {
                Self::Copy(transfer) | Self::Move(transfer) => Some(transfer.to_folder.clone()),
                _ => None,
            },
            state: JobState::Running,
            priority: match self {
                Self::Copy(transfer) | Self::Move(transfer) => transfer.priority,
                _ => Priority::Normal,
            },
            interrupted: false,
            question: None,
            files_done: 0,
            files_total: None,
            bytes_done: 0,
            bytes_total: None,
            bytes_per_second: 0,
            current: None,
            failures: Vec::new(),
            failure_count: 0,
            skipped: 0,
            started_at: Utc::now().timestamp(),
            ended_at: None,
            trashed: Vec::new(),
        }
    }

    /// Of a copy or move.
    pub(super) fn transfer(&mut self) -> Option<&mut Transfer> {
        match self {
            Self::Copy(transfer) | Self::Move(transfer) => Some(transfer),
            _ => None,
        }
    }

    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Copy(_) => "copy",
            Self::Move(_) => "move",
            Self::Delete { .. } => "delete",
            Self::Trash { .. } => "trash",
            Self::Restore { .. } => "restore",
            Self::EmptyTrash { .. } => "emptyTrash",
            Self::Attributes(_) => "attributes",
        }
    }

    /// What the journal calls it.
    pub(super) fn journal_word(&self) -> &'static str {
        match self {
            Self::Copy(_) => "files.copy",
            Self::Move(_) => "files.move",
            Self::Delete { .. } => "files.delete",
            Self::Trash { .. } => "files.trash",
            Self::Restore { .. } => "files.restore",
            Self::EmptyTrash { .. } => "files.emptyTrash",
            Self::Attributes(_) => "files.attributes",
        }
    }

    /// What it takes, on which servers: what is copied from a server is read there, and no more.
    pub(super) fn needs(&self) -> Vec<(&str, &'static [Capability])> {
        match self {
            Self::Copy(transfer) if transfer.server != transfer.to_server => vec![
                (transfer.server.as_str(), READ),
                (transfer.to_server.as_str(), CHANGE),
            ],
            _ => {
                let (server, to_server) = self.servers();
                let other = to_server.filter(|other| *other != server);
                let servers = [Some(server), other].into_iter().flatten();
                servers.map(|server| (server, CHANGE)).collect()
            }
        }
    }

    /// The servers it needs.
    pub(super) fn servers(&self) -> (&str, Option<&str>) {
        match self {
            Self::Copy(transfer) | Self::Move(transfer) => {
                (&transfer.server, Some(&transfer.to_server))
            }
            Self::Attributes(change) => (&change.server, None),
            Self::Delete { server, .. }
            | Self::Trash { server, .. }
            | Self::Restore { server, .. }
            | Self::EmptyTrash { server, .. } => (server, None),
        }
    }

    /// What the journal holds of it, an entry each: of what, and where it goes or what it gets.
    pub(super) fn deeds(&self) -> Vec<String> {
        match self {
            Self::Copy(transfer) | Self::Move(transfer) => transfer.deeds(),
            Self::Attributes(change) => change.deeds(),
            _ => self.paths(),
        }
    }

    pub(super) fn paths(&self) -> Vec<String> {
        match self {
            Self::Copy(Transfer { paths, .. })
            | Self::Move(Transfer { paths, .. })
            | Self::Delete { paths, .. }
            | Self::Trash { paths, .. }
            | Self::Attributes(AttributeChange { paths, .. }) => {
                paths.iter().map(ToString::to_string).collect()
            }
            Self::Restore { trashed, .. } => trashed.clone(),
            Self::EmptyTrash { trashed, .. } => trashed.clone().unwrap_or_default(),
        }
    }
}
