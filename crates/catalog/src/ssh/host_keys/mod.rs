//! `ssh.host_keys`: the keys by which people know the server, as their clients show them.

mod keygen;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The keys of the SSH server.
pub struct HostKeys;

/// The answer of `ssh.host_keys`, see `ssh-keygen(1)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SshHostKeys {
    /// The keys; empty: it has none in `/etc/ssh`.
    pub keys: Vec<SshHostKey>,
}

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SshHostKey {
    /// The file that it is in; `null`: not told.
    pub file: Option<String>,
    /// `ED25519`, `RSA`, `ECDSA`, `DSA`, `ED25519-SK` and the like.
    pub key_type: String,
    /// Its length.
    pub bits: u32,
    /// Its fingerprint as clients show it: `SHA256:..`, or `MD5:..` where that was asked for.
    pub fingerprint: String,
    /// Its comment, mostly who made it and where; `null`: none.
    pub comment: Option<String>,
}

impl Query for HostKeys {
    const ID: &'static str = "ssh.host_keys";
    const TITLE: &'static str = "Keys of the SSH server";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = SshHostKeys;
    const VARIANTS: &'static [Variant<NoArgs, SshHostKeys>] = &[keygen::VARIANT];
}
