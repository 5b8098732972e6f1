//! Why a file operation did not succeed, as far as SFTP 3 can say.

use sftp::code;

use super::session::Failure;
use crate::{ExecError, error::one_line};

/// Why a file operation did not succeed. SFTP 3 has few codes: a full disk, a folder that is not
/// empty and a name that is taken are all `Failed`; who asked can find out more.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// Nothing is there, or what should be a folder is none.
    #[error("there is no such file or folder")]
    NoSuchFile,
    /// This user may not.
    #[error("permission denied")]
    PermissionDenied,
    /// OpenSSH's answer to names that are too long and values that make no sense.
    #[error("the server does not take this name or value")]
    BadMessage,
    /// The server's SFTP cannot do this.
    #[error("the server's SFTP cannot do this")]
    Unsupported,
    /// It failed, and the server says no more.
    #[error("the server could not do it{}", words(.message))]
    Failed {
        /// Its words, one line; empty: none.
        message: String,
    },
    /// What the server sent makes no sense.
    #[error("what the server sent makes no sense: {reason}")]
    Protocol {
        /// What is wrong with it.
        reason: String,
    },
    /// The file ended before the size that it had when it was opened.
    #[error("the file became shorter while it was read")]
    Shorter,
    /// It owes answers, and has given none for a minute.
    #[error("the server's SFTP has not answered for a minute")]
    Silent,
    /// The channel is gone: with the connection, or the server ended it.
    #[error("the connection to the server's SFTP is gone")]
    Gone,
    /// The check that stands before each request says no.
    #[error("{0} is not granted any more")]
    Withdrawn(&'static str),
    /// SFTP could not be begun.
    #[error(transparent)]
    Unavailable(#[from] ExecError),
}

fn words(message: &str) -> String {
    match message {
        // What OpenSSH says of every failure.
        "" | "Failure" => String::new(),
        message => format!(": {message}"),
    }
}

impl FileError {
    /// A stable word for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoSuchFile => "noSuchFile",
            Self::PermissionDenied => "permissionDenied",
            Self::BadMessage => "invalid",
            Self::Unsupported => "unsupported",
            Self::Failed { .. } => "failed",
            Self::Protocol { .. } => "sftp",
            Self::Shorter => "fileChanged",
            Self::Silent => "timeout",
            Self::Gone => "lost",
            Self::Withdrawn(_) => "denied",
            Self::Unavailable(error) => error.code(),
        }
    }
}

impl From<Failure> for FileError {
    fn from(failure: Failure) -> Self {
        match &failure {
            Failure::Status { code, message } => match *code {
                code::NO_SUCH_FILE => Self::NoSuchFile,
                code::PERMISSION_DENIED => Self::PermissionDenied,
                code::BAD_MESSAGE => Self::BadMessage,
                code::OP_UNSUPPORTED => Self::Unsupported,
                _ => Self::Failed {
                    message: one_line(&String::from_utf8_lossy(message)),
                },
            },
            Failure::Malformed(_) | Failure::Unfit => Self::Protocol {
                reason: one_line(&failure.to_string()),
            },
            Failure::Silent => Self::Silent,
            Failure::Closed | Failure::Late => Self::Gone,
            Failure::Withdrawn(what) => Self::Withdrawn(what),
        }
    }
}
