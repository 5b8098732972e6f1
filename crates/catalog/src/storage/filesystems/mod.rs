//! `storage.filesystems`: the filesystems an administrator means, and how full they are.

mod df;
mod findmnt;
mod shown;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::RemotePath, percent::share};

/// Filesystems and how full they are.
pub struct Filesystems;

/// The arguments of `storage.filesystems`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FilesystemOf {
    /// Only the filesystem that holds this path, whatever its kind; `null`: all that
    /// [`shown`] lets through.
    #[serde(default)]
    pub path: Option<RemotePath>,
}

/// The answer of `storage.filesystems`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FilesystemList {
    /// One for each device, share or memory disk, in the order they were mounted. The kernel's own
    /// filesystems, small ones of the system and those of containers are left out.
    pub filesystems: Vec<Filesystem>,
}

/// A mounted filesystem. Its sizes are `null` where the server could not or would not tell them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Filesystem {
    /// The device, share or name it was mounted from, for example `/dev/sda1`.
    pub source: String,
    /// Its type, for example `ext4`; `null`: the tool does not say.
    pub r#type: Option<String>,
    /// Where it is mounted; of several places the shortest path.
    pub mount_point: String,
    /// Its size.
    pub size_bytes: Option<u64>,
    /// In use.
    pub used_bytes: Option<u64>,
    /// What a user who is not root may still fill.
    pub available_bytes: Option<u64>,
    /// Used, of used and available together, as `df` counts; 0 to 100. `null` for an empty size.
    pub used_percent: Option<f64>,
}

impl Filesystem {
    /// A filesystem with its share in use worked out.
    fn new(source: String, kind: Option<String>, mount_point: String, sizes: Sizes) -> Self {
        let used_percent = match (sizes.used, sizes.available) {
            (Some(used), Some(available)) => share(used, used.saturating_add(available)),
            _ => None,
        };
        Self {
            source,
            r#type: kind,
            mount_point,
            size_bytes: sizes.size,
            used_bytes: sizes.used,
            available_bytes: sizes.available,
            used_percent,
        }
    }
}

/// What a tool said about a filesystem's space, in bytes.
#[derive(Clone, Copy, Debug, Default)]
struct Sizes {
    size: Option<u64>,
    used: Option<u64>,
    available: Option<u64>,
}

impl Query for Filesystems {
    const ID: &'static str = "storage.filesystems";
    const TITLE: &'static str = "Filesystems and how full they are";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = FilesystemOf;
    type Answer = FilesystemList;
    const VARIANTS: &'static [Variant<FilesystemOf, FilesystemList>] =
        &[findmnt::VARIANT, df::VARIANT];
}
