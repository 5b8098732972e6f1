//! Why a stream to a host beyond a server was not opened, or ended before its time.

use std::{io, time::Duration};

use crate::Closed;

/// Why there is no stream. `Display` says what failed, `hint` what to try.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StreamError {
    /// The host can be neither a name nor an address.
    #[error("{host:?} is no host name")]
    BadHost {
        /// What was given.
        host: String,
    },
    /// The server's settings do not allow it.
    #[error("the server does not allow connections to {target}{}", words(.said.as_deref()))]
    NotAllowed {
        /// `host:port`, as seen from the server.
        target: String,
        /// The server's words; `None`: none worth telling.
        said: Option<String>,
    },
    /// The server did not get there.
    #[error("the server could not connect to {target}{}", words(.said.as_deref()))]
    NotReached {
        /// `host:port`, as seen from the server.
        target: String,
        /// The server's words, for example `Connection refused`; `None`: none worth telling.
        said: Option<String>,
    },
    /// The server has no forwarding at all.
    #[error("the server cannot forward connections")]
    Unsupported,
    /// The server has no room for another channel.
    #[error("the server has no room for another connection to {target}")]
    NoRoom {
        /// `host:port`, as seen from the server.
        target: String,
    },
    /// The server gave no answer in time. What it opens later is closed again.
    #[error("the server did not reach {target} within {} s", .after.as_secs_f32())]
    Timeout {
        /// `host:port`, as seen from the server.
        target: String,
        /// How long was waited.
        after: Duration,
    },
    /// What came was not read: more waited than may.
    #[error("it was ended, since more than {limit_bytes} bytes waited to be read here")]
    NotRead {
        /// What may wait.
        limit_bytes: usize,
    },
    /// The connection to the server is gone.
    #[error("the connection is gone: {closed}")]
    Lost {
        /// Why.
        closed: Closed,
    },
}

impl StreamError {
    /// A stable word for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadHost { .. } => "badHost",
            Self::NotAllowed { .. } => "forwardNotAllowed",
            Self::NotReached { .. } => "forwardNotReached",
            Self::Unsupported => "forwardUnsupported",
            Self::NoRoom { .. } => "forwardNoRoom",
            Self::Timeout { .. } => "timeout",
            Self::NotRead { .. } => "forwardNotRead",
            Self::Lost { .. } => "lost",
        }
    }

    /// What to try; `None`: nothing better than trying again.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::BadHost { .. } => "Give a name or an address, without a scheme or a path.",
            Self::NotAllowed { .. } => {
                "Look at AllowTcpForwarding, DisableForwarding and PermitOpen in the server's \
                 sshd_config, and at the options of the key in authorized_keys."
            }
            Self::NotReached { .. } => {
                "Check that something listens there, and that the server's firewall lets it through."
            }
            Self::Timeout { .. } => {
                "A firewall may be dropping what the server sends there. Check host and port."
            }
            Self::NoRoom { .. } => "Close some of the connections that are open.",
            Self::NotRead { .. } => {
                "Whatever is connected here must take what it asked for; a download that is \
                 paused for long is ended."
            }
            Self::Lost { .. } => "Connect again.",
            Self::Unsupported => return None,
        })
    }

    /// The same as an error of a stream.
    pub(crate) fn to_io(&self) -> io::Error {
        let kind = match self {
            Self::NotRead { .. } => io::ErrorKind::OutOfMemory,
            _ => io::ErrorKind::ConnectionAborted,
        };
        io::Error::new(kind, self.clone())
    }
}

fn words(said: Option<&str>) -> String {
    said.map(|said| format!(" ({said})")).unwrap_or_default()
}
