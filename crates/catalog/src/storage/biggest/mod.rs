//! `storage.biggest`: what takes the room in a folder.

mod du;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::RemotePath};

/// What takes the room in a folder.
pub struct Biggest;

/// The arguments of `storage.biggest`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BiggestIn {
    /// The folder whose folders are measured; other filesystems in it are left out.
    pub path: RemotePath,
}

/// The answer of `storage.biggest`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FolderSizes {
    /// The folder that holds all the others; `null`: there is none such among them.
    pub path: Option<String>,
    /// What all of it takes on disk, in bytes; `null`: not told.
    pub total_bytes: Option<u64>,
    /// What is in it, the biggest first.
    pub entries: Vec<FolderSize>,
    /// Whether all could be read; `false`: the sizes are at least these. `null`: not known.
    pub is_complete: Option<bool>,
}

/// A folder, or a file, and what it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FolderSize {
    /// Its path, as the tool names it.
    pub path: String,
    /// What it takes on disk with all that is in it, in bytes; as exact as the tool prints it.
    pub size_bytes: u64,
}

impl Query for Biggest {
    const ID: &'static str = "storage.biggest";
    const TITLE: &'static str = "What takes the room in a folder";
    const CAPABILITY: Capability = Capability::FilesRead;
    type Args = BiggestIn;
    type Answer = FolderSizes;
    const VARIANTS: &'static [Variant<BiggestIn, FolderSizes>] = &[du::VARIANT];
}
