//! `accounts.ssh_keys`: the keys that let a user in, or any others a file holds.

mod authorized_keys;
mod ssh_keygen;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::RemotePath};

/// Keys of SSH.
pub struct SshKeys;

/// The arguments of `accounts.ssh_keys`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SshKeysOf {
    /// The file with the keys; `null`: `~/.ssh/authorized_keys` of the user who asks.
    #[serde(default)]
    pub path: Option<RemotePath>,
}

/// The answer of `accounts.ssh_keys`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SshKeyList {
    /// The keys in the order of the file; empty: none.
    pub keys: Vec<SshKey>,
}

/// A key. Of a private one nothing is shown but what its public half shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SshKey {
    /// Its kind, small letters: `ed25519`, `rsa`, `ecdsa`, `dsa`, `ed25519-sk`, `rsa-cert`.
    pub r#type: String,
    /// Its length in bits; `null`: not told.
    pub bits: Option<u32>,
    /// `SHA256:` and 43 characters, or `MD5:` and 16 pairs of digits; `null`: not told.
    pub fingerprint: Option<String>,
    /// What is written behind it, for people; `null`: nothing.
    pub comment: Option<String>,
    /// What it may be used for and from where, as it is written before it; `null`: anything, or not
    /// told.
    pub options: Option<String>,
}

impl Query for SshKeys {
    const ID: &'static str = "accounts.ssh_keys";
    const TITLE: &'static str = "Keys of SSH";
    const CAPABILITY: Capability = Capability::FilesRead;
    type Args = SshKeysOf;
    type Answer = SshKeyList;
    const VARIANTS: &'static [Variant<SshKeysOf, SshKeyList>] =
        &[ssh_keygen::VARIANT, authorized_keys::VARIANT];
}
