//! `ssh.server_settings`: what the SSH server does, defaults included.

mod sshd;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The settings of the SSH server.
pub struct ServerSettings;

/// The answer of `ssh.server_settings`, see `sshd_config(5)`. What holds for some users or addresses
/// alone (`Match`) is not in it. A value is `null` where the version of sshd has no such setting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SshServerSettings {
    /// The ports.
    pub ports: Vec<u16>,
    /// The addresses with their ports: `0.0.0.0:22`, `[::]:22`.
    pub listen_addresses: Vec<String>,
    /// Whether root may log in: `yes`, `no`, `prohibit-password`, `forced-commands-only`.
    pub permit_root_login: Option<String>,
    /// Whether passwords are taken.
    pub password_authentication: Option<bool>,
    /// Whether keys are taken.
    pub pubkey_authentication: Option<bool>,
    /// Whether questions are asked, as PAM has them, passwords among them.
    pub keyboard_interactive_authentication: Option<bool>,
    /// Whether an empty password will do.
    pub permit_empty_passwords: Option<bool>,
    /// Whether PAM has a say.
    pub use_pam: Option<bool>,
    /// Attempts a connection has.
    pub max_auth_tries: Option<u64>,
    /// Sessions a connection may hold.
    pub max_sessions: Option<u64>,
    /// How long a login may take; 0: as long as it likes.
    pub login_grace_seconds: Option<u64>,
    /// After how long a silence the client is asked whether it is still there; 0: never.
    pub client_alive_interval_seconds: Option<u64>,
    /// How many such questions may stay without an answer.
    pub client_alive_count_max: Option<u64>,
    /// Whether X11 is passed on.
    pub x11_forwarding: Option<bool>,
    /// Which ports are passed on: `yes`, `no`, `local`, `remote`.
    pub allow_tcp_forwarding: Option<String>,
    /// Users that alone may log in; empty: all.
    pub allow_users: Vec<String>,
    /// Users that may not.
    pub deny_users: Vec<String>,
    /// Groups whose members alone may log in; empty: all.
    pub allow_groups: Vec<String>,
    /// Groups whose members may not.
    pub deny_groups: Vec<String>,
    /// Files with the keys of a user, relative to the home folder: `.ssh/authorized_keys`.
    pub authorized_keys_files: Vec<String>,
    /// The files of the server's own keys.
    pub host_keys: Vec<String>,
    /// All settings as sshd prints them, those above included, in its order.
    pub settings: Vec<SshSetting>,
}

/// A setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SshSetting {
    /// Its name in small letters: `permitrootlogin`.
    pub name: String,
    /// Its value; empty: none.
    pub value: String,
}

impl Query for ServerSettings {
    const ID: &'static str = "ssh.server_settings";
    const TITLE: &'static str = "Settings of the SSH server";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = SshServerSettings;
    const VARIANTS: &'static [Variant<NoArgs, SshServerSettings>] = &[sshd::VARIANT];
}
