//! Connections to servers over SSH: host keys, authentication, commands of the catalog, file reads.
//!
//! Invariants: one [`Connection`] is one TCP connection, ever. No secret is sent to a host whose
//! key is not trusted. What runs on a server is a [`catalog::Command`]; nothing here takes a
//! command line as text, and nothing is started before its [`Witness`] agreed. Everything a server sends is hostile and bounded, and every channel is
//! drained at once, because an unread one would stall all the others.
//!
//! What runs is a command of the catalog, and what goes to its input is a secret:
//!
//! ```
//! async fn run(connection: &ssh::Connection, limits: &ssh::Limits) {
//!     let command = catalog::elevation::who();
//!     let input = secrecy::SecretString::from("hunter2");
//!     let _ = connection.exec(&command, Some(&input), limits).await;
//! }
//! ```
//!
//! With one line of it changed to text, it does not compile:
//!
//! ```compile_fail,E0308
//! async fn run(connection: &ssh::Connection, limits: &ssh::Limits) {
//!     let command = "id -u";
//!     let input = secrecy::SecretString::from("hunter2");
//!     let _ = connection.exec(&command, Some(&input), limits).await;
//! }
//! ```
//! ```compile_fail,E0308
//! async fn run(connection: &ssh::Connection, limits: &ssh::Limits) {
//!     let command = catalog::elevation::who();
//!     let input = "hunter2".to_owned();
//!     let _ = connection.exec(&command, Some(&input), limits).await;
//! }
//! ```
//!
//! No channel of it can be opened past this crate:
//!
//! ```
//! async fn look(connection: &ssh::Connection) { let _ = connection.close(); }
//! ```
//! ```compile_fail,E0616
//! async fn look(connection: &ssh::Connection) { let _ = &connection.inner; }
//! ```
//!
//! A secret shows itself to nobody who does not say so: it has no text, and is no part of JSON.
//!
//! ```
//! let secret = secrecy::SecretString::from("hunter2");
//! assert!(!format!("{secret:?}").contains("hunter2"));
//! ```
//! ```compile_fail,E0277
//! let secret = secrecy::SecretString::from("hunter2");
//! assert!(!format!("{secret}").contains("hunter2"));
//! ```
//! ```compile_fail,E0277
//! let secret = secrecy::SecretString::from("hunter2");
//! assert!(!serde_json::to_string(&secret).unwrap().contains("hunter2"));
//! ```

mod ask;
mod auth;
mod channels;
mod client;
mod connect;
mod connection;
mod dial;
mod elevation;
mod error;
mod exec;
mod forward;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod greeting;
mod guard;
mod keys;
mod known_hosts;
mod line;
mod progress;
mod settings;
mod sftp;
mod shell;
mod still;
mod target;
mod witness;

pub use ::sftp::{Ids, Names, file_type};
pub use ask::{
    Ask, HostKeyQuestion, PassphraseQuestion, PasswordQuestion, Prompt, PromptsQuestion,
};
pub use connect::{connect, connect_stream};
pub use connection::{Closed, Connection, Details, HostKey};
pub use error::{
    ChangedHostKey, ConnectError, ExecError, KnownHostKey, Phase, StreamError, one_line,
};
pub use exec::{ExecOutput, Following, Limits};
pub use forward::Stream;
pub use greeting::{addresses, greeting};
pub use keys::{KeyFile, KeyKind, KeyTrouble, PublicLine, create_key, key_file, key_files};
pub use known_hosts::KnownHosts;
pub use sftp::{
    Disk, FileError, FileRead, Files, FilesDoor, FilesPipe, Folder, FolderEntry, Metadata, NoPass,
    Pass, Reader, Writer,
};
pub use shell::{ShellEvent, ShellGone, ShellInput, ShellOutput, Start, Window};
pub use target::{
    AgentAddress, Algorithms, AuthMethod, Family, Hop, Proofs, Target, Timeouts, UnknownKey,
};
pub use witness::{Begun, Ending, StartKind, Starting, Unwritten, Witness};
