//! Connections to servers over SSH: host keys, authentication, commands of the catalog, file reads.
//!
//! Invariants: one [`Connection`] is one TCP connection, ever. No secret is sent to a host whose
//! key is not trusted. What runs on a server is a [`catalog::Command`]; nothing here takes a
//! command line as text, and nothing is started before its [`Witness`] agreed. Everything a server sends is hostile and bounded, and every channel is
//! drained at once, because an unread one would stall all the others.

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
    Disk, FileError, FileRead, Files, FilesDoor, FilesPipe, Folder, FolderEntry, Metadata, Pass,
    Reader, Writer,
};
pub use shell::{ShellEvent, ShellGone, ShellInput, ShellOutput, Start, Window};
pub use target::{
    AgentAddress, Algorithms, AuthMethod, Family, Hop, Proofs, Target, Timeouts, UnknownKey,
};
pub use witness::{Begun, Ending, StartKind, Starting, Unwritten, Witness};
