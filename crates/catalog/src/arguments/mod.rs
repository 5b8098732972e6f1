//! The argument types: every hole a command has is filled by one of these.
//!
//! Invariant: a type's `Deserialize` (through `TryFrom<String>`) is its validation; there is no
//! second way in. Each is an allow-list. The text is quoted all the same when it is rendered.
//!
//! Outside of this crate a value of these types is a value that was validated:
//!
//! ```
//! use catalog::arguments::{Pid, RemotePath, UnitName};
//! let unit = UnitName::try_from("ssh.service".to_owned()).unwrap();
//! let pid = Pid::try_from(4321).unwrap();
//! let path = RemotePath::from_bytes(b"/etc").unwrap();
//! ```
//! ```compile_fail,E0423
//! use catalog::arguments::{Pid, RemotePath, UnitName};
//! let unit = UnitName("--help".to_owned());
//! ```
//! ```compile_fail,E0423
//! use catalog::arguments::{Pid, RemotePath, UnitName};
//! let pid = Pid(1);
//! ```
//! ```compile_fail,E0423
//! use catalog::arguments::{Pid, RemotePath, UnitName};
//! let path = RemotePath(b"../etc".to_vec());
//! ```
//!
//! Nor can the files that a query reads be named by anybody else:
//!
//! ```
//! let path: catalog::FixedPath;
//! ```
//! ```compile_fail,E0624
//! let path: catalog::FixedPath = catalog::FixedPath::new("/etc/shadow");
//! ```

pub mod exact;
mod host;
mod moment;
mod names;
mod numbers;
mod path;

pub use host::HostName;
pub use moment::Moment;
pub use names::{
    ContainerId, ImageName, InterfaceName, PackageName, SearchTerm, UnitName, UserName,
};
pub use numbers::{LogLineCount, LogPriority, Pid, Port};
pub use path::{FileName, LogPath, RemotePath};

/// No arguments at all: an empty object; any field is refused.
#[derive(
    Clone, Copy, Debug, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct NoArgs {}

/// An argument that was refused: which type, and why. Never holds more than the start of the value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {what}: {reason}")]
pub struct BadArgument {
    /// What it should have been, for example "unit name".
    pub what: &'static str,
    /// What is wrong with it.
    pub reason: String,
}

/// Checks a text against an allow-list of characters and a length in bytes.
fn check(
    what: &'static str,
    text: &str,
    most_bytes: usize,
    allowed: impl Fn(char) -> bool,
) -> Result<(), BadArgument> {
    let refuse = |reason: String| Err(BadArgument { what, reason });
    if text.is_empty() {
        return refuse("it is empty".to_owned());
    }
    if text.len() > most_bytes {
        return refuse(format!("it is longer than {most_bytes} bytes"));
    }
    match text.chars().find(|c| !allowed(*c)) {
        Some(c) => refuse(format!("the character {c:?} is not allowed")),
        None => Ok(()),
    }
}

/// Refuses a text that a program could read as an option.
fn check_no_option(what: &'static str, text: &str) -> Result<(), BadArgument> {
    if text.starts_with('-') {
        return Err(BadArgument {
            what,
            reason: "it begins with '-', as an option does".to_owned(),
        });
    }
    Ok(())
}
