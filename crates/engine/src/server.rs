//! A server as the surfaces see it: its profile, the state of its connection, the question that
//! waits for a person.

use catalog::{Capability, Mode};
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use store::{Auth, Color, ModelConsent, Profile};

use crate::{AdministratorState, ErrorBody};

/// A server and how it stands.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Server {
    /// Its profile.
    #[serde(flatten)]
    pub profile: Profile,
    /// The usual set that its capabilities are; `null`: they are another set.
    pub mode: Option<Mode>,
    /// Whether its profile is kept; else it lasts as long as the program.
    pub saved: bool,
    /// Where the SSH configuration names it, for example `/home/ada/.ssh/config line 3`; `null`: it
    /// is not from there.
    pub origin: Option<String>,
    /// The state of its one connection.
    pub state: ConnectionState,
    /// Whether commands and files are root's.
    pub administrator: AdministratorState,
    /// How many secrets of it are in this computer's keychain.
    pub kept_secrets: u32,
    /// Why the keychain was of no use when it was needed last, in a sentence; `null`: it was.
    pub keychain_problem: Option<String>,
}

/// The state of a server's one connection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "status",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ConnectionState {
    /// Nothing is open, nothing is tried.
    Disconnected,
    /// Underway.
    Connecting,
    /// Underway, and waiting for a person.
    Question {
        /// What is asked.
        question: Question,
    },
    /// Open.
    Connected {
        /// Since when, RFC 3339 in UTC.
        since: String,
        /// What was negotiated.
        details: ConnectionDetails,
    },
    /// Lost, and tried again by itself.
    Reconnecting {
        /// Which try this is, from 1.
        attempt: u32,
        /// When the next is made, RFC 3339 in UTC.
        retry_at: String,
        /// Why it was lost, or why the last try failed.
        error: ErrorBody,
    },
    /// Given up; a person must act.
    Failed {
        /// Why.
        error: ErrorBody,
    },
}

/// What an open connection has negotiated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionDetails {
    /// The host key's SHA-256 fingerprint; `null` for this computer.
    pub host_key: Option<String>,
    /// The fingerprint of the authority that vouches for the key; `null`: the key itself is known.
    pub host_key_authority: Option<String>,
    /// The host key's algorithm, for example `ssh-ed25519`.
    pub host_key_algorithm: String,
    /// The key exchange, for example `mlkem768x25519-sha256`.
    pub key_exchange: String,
    /// Whether the key exchange was strict: nothing could be slipped in before it.
    pub is_strict: bool,
    /// The cipher, for example `aes128-gcm@openssh.com`.
    pub cipher: String,
    /// The MAC, for example `hmac-sha2-256-etm@openssh.com`; `null`: the cipher needs none.
    pub mac: Option<String>,
    /// Those of the algorithms that are no longer safe; empty: none.
    pub weak: Vec<String>,
    /// The hosts on the way, the first first, as `user@host:port`; empty: none.
    pub via: Vec<String>,
    /// What the user's SSH configuration asks for and is not done, in words; empty: nothing.
    pub unheeded: Vec<String>,
    /// Whether the server offers SFTP.
    pub sftp: bool,
    /// The kernel's name, for example `Linux`.
    pub os: String,
    /// The numeric id of the user that commands run as; 0 is root.
    pub uid: u32,
}

/// Something only a person can answer, asked while a connection is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Question {
    /// Is this the server's key? Answered by `trust`.
    HostKey {
        /// To be given back with the answer.
        id: String,
        /// The host that was dialled.
        host: String,
        /// Its port.
        port: u16,
        /// The key's type, for example `ssh-ed25519`.
        algorithm: String,
        /// `SHA256:` and 43 characters.
        fingerprint: String,
        /// OpenSSH's picture of it, several lines.
        randomart: String,
        /// Other names that this same key is known by; empty: nobody vouches for it.
        known_as: Vec<String>,
        /// The host on the way that asks, as `user@host:port`; `null`: the server itself.
        hop: Option<String>,
    },
    /// The user's password on the server. Answered by `secret`.
    Password {
        /// To be given back with the answer.
        id: String,
        /// The user to log in as.
        user: String,
        /// The host.
        host: String,
        /// Whether one was refused just now.
        retry: bool,
        /// The host on the way that asks; `null`: the server itself.
        hop: Option<String>,
        /// Whether it can outlive the connection.
        keeping: Keeping,
    },
    /// What the server wants to know in its own words, such as a one-time code. Answered by
    /// `secrets`, one for each prompt.
    Prompts {
        /// To be given back with the answer.
        id: String,
        /// The user to log in as.
        user: String,
        /// The host.
        host: String,
        /// What the server calls it; mostly empty.
        title: String,
        /// What the server says about it; mostly empty.
        instruction: String,
        /// The questions, in order; never empty.
        prompts: Vec<Prompt>,
        /// Whether the answers were refused just now.
        retry: bool,
        /// The host on the way that asks; `null`: the server itself.
        hop: Option<String>,
    },
    /// What unlocks a key file of this computer. Answered by `secret`.
    Passphrase {
        /// To be given back with the answer.
        id: String,
        /// The key file.
        path: String,
        /// Whether one was wrong just now.
        retry: bool,
        /// The host on the way that takes the key; `null`: the server itself.
        hop: Option<String>,
        /// Whether it can outlive the connection.
        keeping: Keeping,
    },
    /// HeadlessOS runs as root, so this computer would be opened as root. Answered by `trust`.
    RunAsRoot {
        /// To be given back with the answer.
        id: String,
    },
}

/// Whether a secret can be kept in this computer's keychain once it was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Keeping {
    /// Why there is no keychain to be used, in a sentence, so that it stays in memory; `null`: there
    /// is one.
    pub problem: Option<String>,
    /// Whether the profile says that it is kept.
    pub chosen: bool,
}

/// One question of a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Prompt {
    /// The server's words, for example `Verification code:`.
    pub text: String,
    /// Whether the answer may be seen while it is typed.
    pub echo: bool,
    /// Whether the user's password is wanted, as far as the words tell.
    pub is_password: bool,
}

impl Question {
    /// The id to be given back with the answer.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::HostKey { id, .. }
            | Self::Password { id, .. }
            | Self::Prompts { id, .. }
            | Self::Passphrase { id, .. }
            | Self::RunAsRoot { id } => id,
        }
    }
}

/// A person's answer.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Answer {
    /// Yes or no.
    Trust {
        /// Yes.
        trust: bool,
    },
    /// A password or passphrase.
    Secret {
        /// It is kept in memory, and wiped.
        #[schemars(with = "String")]
        secret: SecretString,
        /// Whether it goes into this computer's keychain too, once it was accepted.
        #[serde(default)]
        keep: bool,
    },
    /// The answers to a server's prompts, in order.
    Secrets {
        /// Kept in memory only until they are sent, and wiped.
        #[schemars(with = "Vec<String>")]
        secrets: Vec<SecretString>,
    },
    /// Neither: stop trying.
    Cancel,
}

/// A server to be added.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewServer {
    /// For people; absent or `null`: the host's name.
    pub name: Option<String>,
    /// Name or address.
    pub host: String,
    /// TCP port; absent or `null`: what the SSH configuration says, else 22.
    pub port: Option<u16>,
    /// The user to log in as; absent or empty: what the SSH configuration says, else the name of
    /// this computer's user.
    #[serde(default)]
    pub user: String,
    /// How to log in; absent: the agent, the usual keys, a password.
    #[serde(default)]
    pub auth: Auth,
    /// Its colour; absent or `null`: the next in turn.
    pub color: Option<Color>,
    /// Whether people depend on it.
    #[serde(default)]
    pub production: bool,
    /// What it may be used for; absent or `null`: all but `agent.act`.
    pub capabilities: Option<Vec<Capability>>,
    /// Whether a language model may read what no parser understood; absent or `null`: it asks.
    pub model_consent: Option<ModelConsent>,
    /// Its folder, names with `/` between them, 8 at most; absent or empty: none.
    #[serde(default)]
    pub folder: String,
    /// Words to find it by, 20 at most.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Plain text, 20 KB at most.
    #[serde(default)]
    pub notes: String,
    /// The hosts to go through, first to last, each `[user@]host[:port]`, 8 at most; absent or
    /// empty: what the SSH configuration says.
    #[serde(default)]
    pub jump: Vec<String>,
    /// Whether its secrets may be kept in the system's keychain.
    #[serde(default)]
    pub keep_secrets: bool,
    /// For how many minutes administrator rights last, a day at most; absent or `null`: as the
    /// preferences say.
    pub elevation_minutes: Option<u32>,
}

/// Changes to a server; absent or `null`: as it was, but for `port` and `elevationMinutes`, where
/// `null` takes away what was there.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[expect(
    missing_docs,
    reason = "the fields are those of NewServer; absent and null differ"
)]
pub struct ServerChange {
    pub name: Option<String>,
    pub host: Option<String>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<u16>")]
    pub port: Option<Option<u16>>,
    pub user: Option<String>,
    pub auth: Option<Auth>,
    pub color: Option<Color>,
    pub production: Option<bool>,
    pub capabilities: Option<Vec<Capability>>,
    pub model_consent: Option<ModelConsent>,
    pub folder: Option<String>,
    pub tags: Option<Vec<String>>,
    pub notes: Option<String>,
    pub jump: Option<Vec<String>>,
    pub keep_secrets: Option<bool>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<u32>")]
    pub elevation_minutes: Option<Option<u32>>,
}

/// Tells `null`, which is given, from what is absent.
#[expect(clippy::option_option, reason = "absent and null differ")]
fn given<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
