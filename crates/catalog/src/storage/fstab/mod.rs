//! `storage.fstab`: what is to be mounted, by `/etc/fstab`.

mod file;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// What is mounted at boot.
pub struct Fstab;

/// The answer of `storage.fstab`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FstabList {
    /// The entries in their order; empty: there are comments alone.
    pub entries: Vec<FstabEntry>,
}

/// An entry of `fstab(5)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FstabEntry {
    /// What is mounted, as it is written: `/dev/sda1`, `UUID=..`, `nas:/export`.
    pub source: String,
    /// Where; `null`: nowhere, as swap.
    pub mount_point: Option<String>,
    /// Its type: `ext4`, `swap`, `auto`.
    pub r#type: String,
    /// Its options, but for passwords; empty: none are written.
    pub options: Vec<String>,
    /// Whether `dump` saves it; 0: it does not.
    pub dump: u32,
    /// In which round it is checked at boot; 0: it is not.
    pub pass: u32,
}

impl Query for Fstab {
    const ID: &'static str = "storage.fstab";
    const TITLE: &'static str = "What is mounted at boot";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = FstabList;
    const VARIANTS: &'static [Variant<NoArgs, FstabList>] = &[file::VARIANT];
}
