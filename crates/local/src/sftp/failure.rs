//! Why a request is not done, and how that is told.
//!
//! Invariant: a code means here what it means in OpenSSH's server (`errno_to_portable`), and the
//! words are the system's own.

use std::io::{self, ErrorKind};

use bytes::Bytes;
use sftp::{Answer, code};

use crate::platform;

/// Why a request is not done.
pub(super) enum Failure {
    /// The system says no.
    Io(io::Error),
    /// It is said here: a code of [`code`], and words.
    Said(u32, &'static str),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<ErrorKind> for Failure {
    fn from(kind: ErrorKind) -> Self {
        Self::Io(kind.into())
    }
}

impl From<Failure> for Answer {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Io(error) => Self::Status {
                code: code_of(&error),
                message: Bytes::from(platform::words(&error)),
            },
            Failure::Said(code, words) => Self::Status {
                code,
                message: Bytes::from_static(words.as_bytes()),
            },
        }
    }
}

fn code_of(error: &io::Error) -> u32 {
    if let Some(code) = platform::code(error) {
        return code;
    }
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => code::NO_SUCH_FILE,
        ErrorKind::PermissionDenied => code::PERMISSION_DENIED,
        ErrorKind::InvalidInput | ErrorKind::InvalidFilename => code::BAD_MESSAGE,
        ErrorKind::Unsupported => code::OP_UNSUPPORTED,
        _ => code::FAILURE,
    }
}
