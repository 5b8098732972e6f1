//! A server as the surfaces see it: its profile, the state of its connection, the question that
//! waits for a person.

use catalog::Capability;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use store::{Auth, Color, ModelConsent, Profile};

use crate::{Error, ErrorBody};

/// A saved server and how it stands.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Server {
    /// Its profile.
    #[serde(flatten)]
    pub profile: Profile,
    /// The state of its one connection.
    pub state: ConnectionState,
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
    },
    /// HeadlessOS runs as root, so this computer would be opened as root. Answered by `trust`.
    RunAsRoot {
        /// To be given back with the answer.
        id: String,
    },
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
        /// It is kept in memory only, and wiped.
        #[schemars(with = "String")]
        secret: SecretString,
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

/// A server to be saved.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewServer {
    /// For people; absent or `null`: the host's name.
    pub name: Option<String>,
    /// Name or address.
    pub host: String,
    /// TCP port; absent: 22.
    #[serde(default = "ssh_port")]
    pub port: u16,
    /// The user to log in as.
    pub user: String,
    /// How to log in; absent: the agent, the usual keys, a password.
    #[serde(default = "auto")]
    pub auth: Auth,
    /// Its colour; absent or `null`: the next in turn.
    pub color: Option<Color>,
    /// What it may be used for; absent or `null`: everything.
    pub capabilities: Option<Vec<Capability>>,
}

fn ssh_port() -> u16 {
    22
}

fn auto() -> Auth {
    Auth::Auto
}

/// Changes to a saved server; absent or `null`: as it was.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the fields are those of NewServer")]
pub struct ServerChange {
    pub name: Option<String>,
    pub host: Option<String>,
    pub port: Option<u16>,
    pub user: Option<String>,
    pub auth: Option<Auth>,
    pub color: Option<Color>,
    pub capabilities: Option<Vec<Capability>>,
    pub model_consent: Option<ModelConsent>,
}

/// Checks what a person typed for a server; trims it.
///
/// # Errors
/// [`Error::Invalid`] says which field and why.
pub(crate) fn checked_text(what: &str, text: &str, most: usize) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::Invalid(format!("the {what} is empty")));
    }
    if text.chars().count() > most {
        return Err(Error::Invalid(format!(
            "the {what} is longer than {most} characters"
        )));
    }
    if text.chars().any(char::is_control) {
        return Err(Error::Invalid(format!(
            "the {what} holds control characters"
        )));
    }
    Ok(text.to_owned())
}

/// A host name or address: what a resolver can be asked for, never something else.
///
/// # Errors
/// [`Error::Invalid`] says why.
pub(crate) fn checked_host(text: &str) -> Result<String, Error> {
    let host = checked_text("host", text, 253)?;
    let host = host
        .strip_prefix('[')
        .and_then(|h| h.strip_suffix(']'))
        .unwrap_or(&host)
        .to_owned();
    let address = host.split('%').next().unwrap_or_default();
    if host.contains(':') && address.parse::<std::net::Ipv6Addr>().is_err() {
        return Err(Error::Invalid(
            "the host holds ':', but is no IPv6 address; the port has a field of its own"
                .to_owned(),
        ));
    }
    let allowed = |c: char| c.is_alphanumeric() || ".-_:%".contains(c);
    match host.chars().find(|c| !allowed(*c)) {
        Some(c) => Err(Error::Invalid(format!(
            "the host holds {c:?}, which no host name does"
        ))),
        None if host.starts_with('-') => Err(Error::Invalid("the host begins with '-'".to_owned())),
        None => Ok(host),
    }
}
