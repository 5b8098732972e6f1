//! Files as the surfaces see them.

use catalog::arguments::{FileName, RemotePath, exact};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ssh::{Disk, FolderEntry, Metadata};

/// What something in a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kind {
    File,
    Folder,
    Link,
    Fifo,
    Socket,
    CharacterDevice,
    BlockDevice,
    Unknown,
}

/// One thing in a folder. `null`: the server does not say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Its name.
    pub name: FileName,
    /// What it is.
    pub kind: Kind,
    /// Its size.
    pub size_bytes: Option<u64>,
    /// The twelve permission bits.
    pub mode: Option<u32>,
    /// Its user.
    pub uid: Option<u32>,
    /// Its group.
    pub gid: Option<u32>,
    /// When its content was changed, seconds since 1970 in UTC.
    pub modified_at: Option<u32>,
}

/// Where a link of a folder leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// The link's name.
    pub name: FileName,
    /// What it holds; `null`: it could not be read.
    pub target: Option<String>,
    /// What it leads to; `null`: to nothing, it is broken.
    pub kind: Option<Kind>,
    /// The size of that.
    pub size_bytes: Option<u64>,
}

/// A user or group by number and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Named {
    pub id: u32,
    pub name: String,
}

/// All that is known of one path. `null`: the server does not say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Info {
    /// The path.
    pub path: RemotePath,
    /// What it is.
    pub kind: Kind,
    /// Its size.
    pub size_bytes: Option<u64>,
    /// The twelve permission bits.
    pub mode: Option<u32>,
    /// Its user.
    pub uid: Option<u32>,
    /// Its group.
    pub gid: Option<u32>,
    /// When its content was changed, seconds since 1970 in UTC.
    pub modified_at: Option<u32>,
    /// When it was read last, likewise.
    pub accessed_at: Option<u32>,
    /// What a link holds; `null`: it is none.
    pub target: Option<String>,
    /// What a link leads to; `null`: it is none, or broken.
    pub target_kind: Option<Kind>,
    /// The name of its user; `null`: there is none.
    pub user: Option<String>,
    /// The name of its group; `null`: there is none.
    pub group: Option<String>,
}

/// How full a filesystem is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Space {
    pub total_bytes: u64,
    pub available_bytes: u64,
    pub used_bytes: u64,
    pub files: u64,
    pub free_files: u64,
    pub read_only: bool,
}

impl Kind {
    pub(crate) fn of(metadata: &Metadata) -> Self {
        use ssh::file_type as of;
        match metadata.file_type() {
            Some(of::FILE) => Self::File,
            Some(of::FOLDER) => Self::Folder,
            Some(of::LINK) => Self::Link,
            Some(of::FIFO) => Self::Fifo,
            Some(of::SOCKET) => Self::Socket,
            Some(of::CHARACTER_DEVICE) => Self::CharacterDevice,
            Some(of::BLOCK_DEVICE) => Self::BlockDevice,
            _ => Self::Unknown,
        }
    }
}

impl Entry {
    pub(crate) fn of(entry: FolderEntry) -> Self {
        let metadata = &entry.metadata;
        Self {
            kind: Kind::of(metadata),
            size_bytes: metadata.size_bytes,
            mode: metadata.permissions(),
            uid: metadata.owner.map(|(user, _)| user),
            gid: metadata.owner.map(|(_, group)| group),
            modified_at: metadata.times.map(|(_, modified)| modified),
            name: entry.name,
        }
    }
}

impl Info {
    pub(crate) fn of(path: &RemotePath, metadata: &Metadata) -> Self {
        Self {
            path: path.clone(),
            kind: Kind::of(metadata),
            size_bytes: metadata.size_bytes,
            mode: metadata.permissions(),
            uid: metadata.owner.map(|(user, _)| user),
            gid: metadata.owner.map(|(_, group)| group),
            modified_at: metadata.times.map(|(_, modified)| modified),
            accessed_at: metadata.times.map(|(accessed, _)| accessed),
            target: None,
            target_kind: None,
            user: None,
            group: None,
        }
    }
}

impl Space {
    pub(crate) fn of(disk: &Disk) -> Self {
        let bytes = |blocks: u64| blocks.saturating_mul(disk.fragment_bytes);
        Self {
            total_bytes: bytes(disk.blocks),
            available_bytes: bytes(disk.available_blocks),
            used_bytes: bytes(disk.blocks.saturating_sub(disk.free_blocks)),
            files: disk.files,
            free_files: disk.free_files,
            read_only: disk.read_only,
        }
    }
}

/// Any bytes of the server as text that can be turned back.
pub(crate) fn text(bytes: &[u8]) -> String {
    exact::text(bytes).into_owned()
}
