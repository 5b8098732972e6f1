//! Connection profiles: how to reach a server and what it may be used for. No secrets.

use std::path::PathBuf;

use catalog::Capability;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The id of the first server, the machine HeadlessOS itself runs on.
pub const THIS_COMPUTER: &str = "this-computer";

/// A server's identity colour; never a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "colours name themselves")]
pub enum Color {
    Blue,
    Violet,
    Pink,
    Red,
    Orange,
    Amber,
    Green,
    Teal,
}

impl Color {
    /// All of them, in the order new servers take them.
    pub const ALL: [Color; 8] = [
        Color::Blue,
        Color::Violet,
        Color::Teal,
        Color::Orange,
        Color::Pink,
        Color::Green,
        Color::Amber,
        Color::Red,
    ];
}

/// How to prove who one is. The secret itself is asked for when it is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "method", rename_all = "camelCase")]
pub enum Auth {
    /// The agent, then the usual key files, then a password.
    #[default]
    Auto,
    /// The SSH agent alone.
    Agent,
    /// A password alone.
    Password,
    /// One private key file, encrypted or not.
    KeyFile {
        /// The file on this computer.
        path: PathBuf,
    },
}

/// Whether a language model may read what a server printed and no parser understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ModelConsent {
    /// Without asking.
    Always,
    /// Each time a person says so.
    #[default]
    Ask,
    /// Not at all.
    Never,
}

/// Over what a server is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// This computer, inside the process.
    Local,
    /// SSH.
    Ssh,
}

/// A saved server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Lower-case letters, digits and `-`; made from the name, never changed.
    pub id: String,
    /// For people; not empty.
    pub name: String,
    /// Over what it is reached.
    pub kind: Kind,
    /// Name or address; `null` for this computer.
    pub host: Option<String>,
    /// TCP port; `null`: what the SSH configuration says, else 22. Always `null` for this computer.
    pub port: Option<u16>,
    /// The user to log in as; empty: what the SSH configuration says, else the name of this
    /// computer's user.
    pub user: String,
    /// How to log in.
    pub auth: Auth,
    /// Its colour.
    pub color: Color,
    /// Whether people depend on it: its workspace is marked, and more is asked before something goes.
    pub production: bool,
    /// What it may be used for.
    pub capabilities: Vec<Capability>,
    /// Whether a language model may read what it printed and no parser understood.
    pub model_consent: ModelConsent,
    /// Where it stands in the list: folder names with `/` between them; empty: in none.
    pub folder: String,
    /// Words to find it by, each once.
    pub tags: Vec<String>,
    /// What a person wrote down about it, plain text; empty: nothing.
    pub notes: String,
    /// When its connection was last open, RFC 3339 in UTC; `null`: never, or before that was kept.
    pub last_seen: Option<String>,
    /// The hosts to go through, first to last, each `[user@]host[:port]`; empty: what the SSH
    /// configuration says.
    pub jump: Vec<String>,
    /// Whether its secrets may be kept in the system's keychain.
    pub keep_secrets: bool,
    /// For how many minutes administrator rights last without use; 0: until they are turned off;
    /// `null`: 15.
    pub elevation_minutes: Option<u32>,
}

/// A profile to be saved, before it has an id. Its connection was never open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of Profile")]
pub struct NewProfile {
    pub name: String,
    pub host: String,
    pub port: Option<u16>,
    pub user: String,
    pub auth: Auth,
    pub color: Option<Color>,
    pub production: bool,
    pub capabilities: Vec<Capability>,
    pub model_consent: ModelConsent,
    pub folder: String,
    pub tags: Vec<String>,
    pub notes: String,
    pub jump: Vec<String>,
    pub keep_secrets: bool,
    pub elevation_minutes: Option<u32>,
}
