//! `processes.open_files`: which files, sockets and pipes a process has open.

mod lsof;
mod lsof_table;
mod proc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ProcessWithPid;
use crate::{Capability, Query, Variant};

/// Which files a process has open.
pub struct OpenFiles;

/// The answer of `processes.open_files`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenFileList {
    /// The open files in the order of the tool; empty: none.
    pub files: Vec<OpenFile>,
}

/// One open file, socket or pipe, or a file that is used otherwise: see `lsof(8)`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenFile {
    /// The process that has it open; `null`: not shown.
    pub pid: Option<u32>,
    /// The name of its program, mostly cut; `null`: not shown.
    pub command: Option<String>,
    /// The process' user by name or number; `null`: not shown.
    pub user: Option<String>,
    /// The number of the descriptor; `null`: it is used otherwise, see `usage`.
    pub descriptor: Option<u32>,
    /// What it is used as without a descriptor, in lsof's words: `cwd` (folder the process is in),
    /// `rtd` (its root), `txt` (its program), `mem` (mapped), `DEL` (mapped, deleted), `NOFD` (its
    /// descriptors may not be looked at). `null`: it has a descriptor.
    pub usage: Option<String>,
    /// `read`, `write` or `both`; `null`: not shown.
    pub access: Option<String>,
    /// What it is, in lsof's words: `REG`, `DIR`, `CHR`, `FIFO`, `IPv4`, `unix`; `null`: not shown.
    pub r#type: Option<String>,
    /// The device, in lsof's form `major,minor`, or the socket's number; `null`: not shown.
    pub device: Option<String>,
    /// How large it is; `null`: not shown.
    pub size_bytes: Option<u64>,
    /// Where the next byte is read or written; `null`: not shown.
    pub offset_bytes: Option<u64>,
    /// Its inode; `null`: it has none, or not shown.
    pub inode: Option<u64>,
    /// `TCP`, `UDP`; `null`: no socket of the network, or not shown.
    pub protocol: Option<String>,
    /// The state of a socket: `LISTEN`, `ESTABLISHED`; `null`: it has none, or not shown.
    pub state: Option<String>,
    /// The path, the addresses of a socket, or what else it is called. A path ends with ` (deleted)`
    /// where nobody else can find it any more; lsof may spell a character as `\x..`.
    pub name: String,
}

impl Query for OpenFiles {
    const ID: &'static str = "processes.open_files";
    const TITLE: &'static str = "Files that a process has open";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = ProcessWithPid;
    type Answer = OpenFileList;
    const VARIANTS: &'static [Variant<ProcessWithPid, OpenFileList>] =
        &[lsof::VARIANT, lsof_table::VARIANT, proc::VARIANT];
}

/// The letter that lsof shows for the access to a file.
fn access(letter: char) -> Option<String> {
    let word = match letter {
        'r' => "read",
        'w' => "write",
        'u' => "both",
        _ => return None,
    };
    Some(word.to_owned())
}
