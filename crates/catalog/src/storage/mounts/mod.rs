//! `storage.mounts`: every place where something is mounted, with its options.

mod findmnt;
mod mount;
mod proc;
mod proc_mounts;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// What is mounted where.
pub struct Mounts;

/// The answer of `storage.mounts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StorageMountList {
    /// All of them, the kernel's own included, in the order they are listed.
    pub mounts: Vec<StorageMount>,
}

/// A place where something is mounted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StorageMount {
    /// The device, share or name, for example `/dev/sda1`; `null`: not told.
    pub source: Option<String>,
    /// The folder of the filesystem that is seen there, where it is not the whole; `null`: the
    /// whole, or not told.
    pub folder: Option<String>,
    /// Its type, for example `ext4`; `null`: not told.
    pub r#type: Option<String>,
    /// The place.
    pub mount_point: String,
    /// Its options, for example `rw`, `noatime`, `size=8192k`; empty: not told.
    pub options: Vec<String>,
    /// Whether nothing can be written there; `null`: not told.
    pub read_only: Option<bool>,
}

impl StorageMount {
    /// The same with its options, from which it is seen whether it can be written to.
    fn with_options(mut self, options: Vec<String>) -> Self {
        let has = |name: &str| options.iter().any(|option| option == name);
        self.read_only = if has("ro") {
            Some(true)
        } else {
            has("rw").then_some(false)
        };
        self.options = options;
        self
    }
}

/// Options from between commas; a comma within quotes is the value's own.
pub(super) fn split_options(text: &str) -> Vec<String> {
    let mut is_quoted = false;
    let options = text.split(|c: char| {
        is_quoted ^= c == '"';
        c == ',' && !is_quoted
    });
    options
        .filter(|option| !option.is_empty())
        .map(str::to_owned)
        .collect()
}

impl Query for Mounts {
    const ID: &'static str = "storage.mounts";
    const TITLE: &'static str = "What is mounted where";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = StorageMountList;
    const VARIANTS: &'static [Variant<NoArgs, StorageMountList>] = &[
        proc::VARIANT,
        findmnt::VARIANT,
        proc_mounts::VARIANT,
        mount::VARIANT,
    ];
}

#[cfg(test)]
mod tests {
    use super::split_options;

    #[test]
    fn a_comma_in_quotes_is_the_values_own() {
        let options = split_options(r#"rw,context="a:b,c",,x=1"#);
        assert_eq!(options, ["rw", r#"context="a:b,c""#, "x=1"]);
    }
}
