//! Why a command or a read on a standing connection gave nothing.

use std::time::Duration;

use crate::Closed;

/// Why a command or a read gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExecError {
    /// It took longer than it may. A command is being ended on the server too.
    #[error("no answer within {} s", .after.as_secs_f32())]
    Timeout {
        /// How long was waited.
        after: Duration,
    },
    /// It printed more than it may, or a file is larger than it may be.
    #[error("more than {limit_bytes} bytes came back")]
    OutputTooLarge {
        /// The limit.
        limit_bytes: usize,
    },
    /// The login shell ended without running the command.
    #[error("the login shell did not run the command{}{}",
        .exit_code.map(|code| format!(" (exit code {code})")).unwrap_or_default(),
        .first_line.as_ref().map(|line| format!(": {line}")).unwrap_or_default())]
    NoMarker {
        /// The first line it printed instead, at most 200 characters; `None`: nothing.
        first_line: Option<String>,
        /// Its exit code; `None`: it gave none.
        exit_code: Option<i32>,
    },
    /// The server lets this user open no session channel or run no command.
    #[error("the server refuses to run commands for this user")]
    Refused,
    /// The server has no SFTP subsystem.
    #[error("the server has no SFTP")]
    NoSftp,
    /// The server's SFTP subsystem failed.
    #[error("SFTP failed: {reason}")]
    Sftp {
        /// Why.
        reason: String,
    },
    /// The connection is gone.
    #[error("the connection is gone: {closed}")]
    Lost {
        /// Why.
        closed: Closed,
    },
    /// The operating system of this computer gave no random bytes.
    #[error("this computer gave no random bytes")]
    NoRandomness,
}

impl ExecError {
    /// A stable word for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Timeout { .. } => "timeout",
            Self::OutputTooLarge { .. } => "outputTooLarge",
            Self::NoMarker { .. } => "noMarker",
            Self::Refused => "execRefused",
            Self::NoSftp => "noSftp",
            Self::Sftp { .. } => "sftp",
            Self::Lost { .. } => "lost",
            Self::NoRandomness => "internal",
        }
    }

    /// Whether the connection is gone: nothing more can be asked over it.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Lost { .. })
    }

    /// What to try; `None`: nothing better than trying again.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Timeout { .. } => {
                "The server may be overloaded, or the command waits for something."
            }
            Self::NoMarker { .. } => {
                "The user needs a login shell that may run commands and a POSIX sh at /bin/sh."
            }
            Self::Refused => "Check MaxSessions and ForceCommand in the server's sshd_config.",
            Self::Lost { .. } => "Connect again.",
            Self::OutputTooLarge { .. } | Self::NoSftp | Self::Sftp { .. } | Self::NoRandomness => {
                return None;
            }
        };
        Some(hint.to_owned())
    }
}
