//! What only a person can answer while a connection is made. The connection waits; no timeout runs.

use std::path::PathBuf;

use futures::future::BoxFuture;
use secrecy::SecretString;

/// Is this the server's key? The host is not known yet, and nothing secret was sent to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostKeyQuestion {
    /// The host that was dialled.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The key's type, for example `ssh-ed25519`.
    pub algorithm: String,
    /// `SHA256:` and 43 characters, as `ssh-keygen -l` prints it.
    pub fingerprint: String,
    /// OpenSSH's picture of it (`ssh-keygen -lv`), eleven lines.
    pub randomart: String,
}

/// A password, or another answer the server wants by keyboard-interactive authentication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordQuestion {
    /// The user to log in as.
    pub user: String,
    /// The host, whose key is trusted by now.
    pub host: String,
    /// Whether one was refused just now.
    pub retry: bool,
    /// The server's own words where it asks for something of its own (a code, a second answer),
    /// without control characters and at most 200 characters; `None`: the user's password.
    pub prompt: Option<String>,
}

/// What unlocks a private key file of this computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassphraseQuestion {
    /// The key file.
    pub path: PathBuf,
    /// Whether one was wrong just now.
    pub retry: bool,
}

/// Asks a person. A future that is dropped is a question that no longer stands.
pub trait Ask: Send + Sync {
    /// `true`: this is the right key, remember it. `false`: do not connect.
    fn host_key(&self, question: HostKeyQuestion) -> BoxFuture<'_, bool>;

    /// `None`: stop connecting.
    fn password(&self, question: PasswordQuestion) -> BoxFuture<'_, Option<SecretString>>;

    /// `None`: stop connecting.
    fn passphrase(&self, question: PassphraseQuestion) -> BoxFuture<'_, Option<SecretString>>;
}
