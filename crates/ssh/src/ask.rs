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
    /// Who vouches for it: other names this same key is known by in the files; empty: nobody.
    pub known_as: Vec<String>,
}

/// The user's password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordQuestion {
    /// The user to log in as.
    pub user: String,
    /// The host, whose key is trusted by now.
    pub host: String,
    /// The key's fingerprint, `SHA256:` and 43 characters.
    pub host_key: String,
    /// Whether one was refused just now.
    pub retry: bool,
}

/// What the server wants to know by keyboard-interactive authentication (RFC 4256, 3.2), where that
/// is not just the user's password: a code, several answers at once. Its words are without control
/// characters and at most 200 characters each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromptsQuestion {
    /// The user to log in as.
    pub user: String,
    /// The host, whose key is trusted by now.
    pub host: String,
    /// The key's fingerprint, `SHA256:` and 43 characters.
    pub host_key: String,
    /// What the server calls the dialogue; mostly empty.
    pub title: String,
    /// What the server says about it; mostly empty.
    pub instruction: String,
    /// The questions, in order; never empty.
    pub prompts: Vec<Prompt>,
    /// Whether the answers of an earlier round were refused just now.
    pub retry: bool,
}

/// One question of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// The server's words, for example `Verification code:`.
    pub text: String,
    /// Whether the answer may be seen while it is typed.
    pub echo: bool,
    /// Whether the user's password is wanted, as far as the words tell.
    pub is_password: bool,
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

    /// An answer for each prompt, in order; `None`: stop connecting.
    fn prompts(&self, question: PromptsQuestion) -> BoxFuture<'_, Option<Vec<SecretString>>>;

    /// `None`: stop connecting.
    fn passphrase(&self, question: PassphraseQuestion) -> BoxFuture<'_, Option<SecretString>>;
}
