//! What can fail above SSH, and the one form in which people and programs get to see it.

use catalog::redact;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why the engine did not do what was asked. `Display` names what failed and on which server; the
/// sources below it say why.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No profile has this id.
    #[error("there is no server called {0:?}")]
    UnknownServer(String),
    /// The catalog has no such query or feed.
    #[error("the catalog has no {0:?}")]
    UnknownQuery(String),
    /// No terminal has this id: it was closed, or the program was started anew.
    #[error("there is no such terminal any more")]
    UnknownTerminal,
    /// No job has this id: it was forgotten, or the program was started anew.
    #[error("there is no such job any more")]
    UnknownFileJob,
    /// No forwarded port has this id: it was ended, or the program was started anew.
    #[error("there is no such forwarded port any more")]
    UnknownForward,
    /// No recording has this id.
    #[error("there is no such recording")]
    UnknownRecording,
    /// A recording could not be written or read.
    #[error("the recordings on this computer cannot be used")]
    Recording(#[source] std::io::Error),
    /// A key of this computer could not be made or read.
    #[error(transparent)]
    Key(ssh::KeyTrouble),
    /// This computer gives no thread.
    #[error("this computer gives no thread")]
    Thread(#[source] std::io::Error),
    /// The operating system of this computer gave no random bytes.
    #[error("this computer gave no random bytes")]
    NoRandomness,
    /// What was sent cannot be right, whatever the server.
    #[error("{0}")]
    Invalid(String),
    /// It cannot be done as things stand now.
    #[error("{0}")]
    Conflict(String),
    /// The profile lacks the capability.
    #[error("the profile of {server} does not grant {capability}")]
    Denied {
        /// The server's name.
        server: String,
        /// What it lacks.
        capability: &'static str,
    },
    /// It cannot be undone, and the server was not named.
    #[error("{what} cannot be undone, and {server} was not named")]
    Unconfirmed {
        /// The server's name.
        server: String,
        /// What was to be done, in words.
        what: &'static str,
    },
    /// The server has none of the tools that it takes.
    #[error("{server} has none of the tools for this: {needs}")]
    Unsupported {
        /// The server's name.
        server: String,
        /// Programs of which one would do, in words.
        needs: String,
    },
    /// There is no connection to ask over.
    #[error("{server} is not connected")]
    NotConnected {
        /// The server's name.
        server: String,
    },
    /// What was begun goes on as the user it was begun as, or not at all.
    #[error("this was begun on {server} as {}, who is not connected there now", who(*uid))]
    OtherUser {
        /// The server's name.
        server: String,
        /// The number of the user it was begun as.
        uid: u32,
    },
    /// The person said no to running on this computer as root.
    #[error("{server} was not opened: running as root was not confirmed")]
    RootNotConfirmed {
        /// The server's name.
        server: String,
    },
    /// This computer's own SSH server did not start.
    #[error("{server} could not be opened")]
    Local {
        /// The server's name.
        server: String,
        /// Why.
        source: std::io::Error,
    },
    /// The connection could not be made.
    #[error("cannot connect to {server}{}", .hop.as_ref().map(|hop| format!(" (on the way, at {hop})")).unwrap_or_default())]
    Connect {
        /// The server's name.
        server: String,
        /// The host on the way where it failed, as `user@host:port`; `None`: the server itself.
        hop: Option<String>,
        /// Why.
        source: Box<ssh::ConnectError>,
    },
    /// There is no way to the server that could be gone.
    #[error("there is no way to {server}: {reason}")]
    Way {
        /// The server's name.
        server: String,
        /// Why.
        reason: String,
        /// What to do.
        hint: &'static str,
    },
    /// The connection went away.
    #[error("the connection to {server} is gone: {closed}")]
    Lost {
        /// The server's name.
        server: String,
        /// Why.
        closed: ssh::Closed,
    },
    /// A command or a read failed underway.
    #[error("{server} did not answer as it should")]
    Run {
        /// The server's name.
        server: String,
        /// The command or files, as shown to people.
        command: String,
        /// Why.
        source: ssh::ExecError,
    },
    /// A connection was not passed on to a host beyond the server.
    #[error("a connection over {server} failed")]
    Forward {
        /// The server's name.
        server: String,
        /// Why.
        source: ssh::StreamError,
    },
    /// A file operation failed.
    #[error("cannot {doing} {path} on {server}")]
    File {
        /// The server's name.
        server: String,
        /// The path, as text.
        path: String,
        /// What was to be done, a verb.
        doing: &'static str,
        /// Why.
        #[source]
        problem: crate::files::Problem,
    },
    /// The server's first answer was not one.
    #[error("{server} could not be looked at")]
    Probe {
        /// The server's name.
        server: String,
        /// Why.
        source: catalog::ParseError,
    },
    /// It could not be written down before it was begun, so it was not begun.
    #[error(
        "this was not done on {server}, since it could not be written into the journal: {reason}"
    )]
    Unwritten {
        /// The server's name.
        server: String,
        /// Why.
        reason: String,
    },
    /// The local database failed.
    #[error("the local database failed")]
    Store(#[from] store::StoreError),
}

/// An error on the wire: what failed, on which server, by which command, and what to try.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErrorBody {
    /// A stable word for programs, for example `hostKeyChanged`.
    pub code: String,
    /// For people: what failed and why, in one or two sentences.
    pub message: String,
    /// What to try; `null`: nothing better than trying again.
    pub hint: Option<String>,
    /// The server's name; `null`: none is concerned.
    pub server: Option<String>,
    /// The command that failed; `null`: none did.
    pub command: Option<String>,
    /// The request's id, also in the program's log; `null` outside a request.
    pub request_id: Option<String>,
}

impl Error {
    /// The stable word of this error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownServer(_)
            | Self::UnknownQuery(_)
            | Self::UnknownTerminal
            | Self::UnknownFileJob
            | Self::UnknownForward
            | Self::UnknownRecording => "notFound",
            Self::Invalid(_) | Self::Key(ssh::KeyTrouble::NoKey { .. }) => "invalid",
            Self::Key(ssh::KeyTrouble::Exists(_)) => "alreadyExists",
            Self::Key(_) => "here",
            Self::Conflict(_) | Self::OtherUser { .. } => "conflict",
            Self::Denied { .. } => "denied",
            Self::Unconfirmed { .. } => "unconfirmed",
            Self::Unsupported { .. } => "unsupported",
            Self::NotConnected { .. } => "notConnected",
            Self::RootNotConfirmed { .. } => "cancelled",
            Self::Connect { source, .. } => source.code(),
            Self::Way { .. } => "noWay",
            Self::Lost { .. } => "lost",
            Self::Run { source, .. } => source.code(),
            Self::Forward { source, .. } => source.code(),
            Self::File { problem, .. } => problem.code(),
            Self::Probe { .. } => "protocol",
            Self::Unwritten { .. } => "unwritten",
            Self::Local { .. }
            | Self::Store(_)
            | Self::Recording(_)
            | Self::Thread(_)
            | Self::NoRandomness => "internal",
        }
    }

    /// The wire form.
    #[must_use]
    pub fn body(&self) -> ErrorBody {
        let (server, command, hint) = match self {
            Self::Denied { server, capability } => (
                Some(server),
                None,
                Some(format!("Grant {capability} to it in its profile.")),
            ),
            Self::Unconfirmed { server, .. } => (
                Some(server),
                None,
                Some("To go on, give the server's name as `confirm`.".to_owned()),
            ),
            Self::OtherUser { server, uid } => (
                Some(server),
                None,
                Some(match uid {
                    0 => "Turn on administrator access and try again.".to_owned(),
                    _ => "Try again: it then begins anew, as the user who is connected now.".to_owned(),
                }),
            ),
            Self::NotConnected { server } => {
                (Some(server), None, Some("Connect it first.".to_owned()))
            }
            Self::Connect { server, source, .. } => (Some(server), None, source.hint()),
            Self::Way { server, hint, .. } => (Some(server), None, Some((*hint).to_owned())),
            Self::Run {
                server,
                command,
                source,
            } => (Some(server), Some(command.clone()), source.hint()),
            Self::Forward { server, source } => {
                (Some(server), None, source.hint().map(str::to_owned))
            }
            Self::File {
                server, problem, ..
            } => (Some(server), None, problem.hint().map(str::to_owned)),
            Self::Probe { server, .. } => (
                Some(server),
                Some("the first look at the server".to_owned()),
                Some("HeadlessOS needs a POSIX sh at /bin/sh on the server.".to_owned()),
            ),
            Self::Unsupported { server, .. } => (
                Some(server),
                None,
                Some("Install one of them on the server.".to_owned()),
            ),
            Self::Unwritten { server, .. } => (
                Some(server),
                None,
                Some(
                    "Nothing is done that is not written down first. Is the disk of this computer full?"
                        .to_owned(),
                ),
            ),
            Self::RootNotConfirmed { server }
            | Self::Local { server, .. }
            | Self::Lost { server, .. } => (Some(server), None, None),
            _ => (None, None, None),
        };
        let message = match self {
            // These quote what the server printed.
            Self::Run { .. } | Self::Probe { .. } => redact::text(&chain(self)).text,
            _ => chain(self),
        };
        ErrorBody {
            code: self.code().to_owned(),
            message,
            hint,
            server: server.cloned(),
            command,
            request_id: None,
        }
    }
}

/// An error and its sources in one sentence, each once.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    text
}

/// A user of whom no more than the number is known.
fn who(uid: u32) -> String {
    match uid {
        0 => "root".to_owned(),
        uid => format!("user {uid}"),
    }
}
