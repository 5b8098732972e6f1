//! Why a command or a read on a standing connection gave nothing.

use std::time::Duration;

use catalog::elevation::Refusal;

use crate::{Closed, Unwritten};

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
    /// The user did not become root.
    #[error("{program} did not give administrator access: {}", refused(.refusal, .said.as_deref()))]
    NotRoot {
        /// By which program.
        program: &'static str,
        /// Why, as far as its words tell.
        refusal: Refusal,
        /// Its last words, one line; `None`: it said nothing.
        said: Option<String>,
    },
    /// Administrator access was given up while this waited or ran.
    #[error("administrator access has ended")]
    Limited,
    /// There is no SFTP server that root could run.
    #[error("the server has no program sftp-server")]
    NoSftpServer,
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
    /// It could not be written down on this computer before it was started, so it was not started.
    #[error("it was not started, since it could not be written into the journal")]
    Unwritten {
        /// Why.
        source: Unwritten,
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
            Self::NotRoot { refusal, .. } => match refusal {
                Refusal::NeedsPassword => "passwordNeeded",
                Refusal::WrongPassword => "passwordRefused",
                _ => "notAdministrator",
            },
            Self::Limited => "limited",
            Self::NoSftp | Self::NoSftpServer => "noSftp",
            Self::Sftp { .. } => "sftp",
            Self::Lost { .. } => "lost",
            Self::Unwritten { .. } => "unwritten",
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
            Self::Unwritten { .. } => {
                "Nothing is run that is not written down first. Is the disk of this computer full?"
            }
            Self::NotRoot { refusal, .. } => match refusal {
                Refusal::NeedsPassword => "Turn on administrator access with the password.",
                Refusal::WrongPassword => "Turn it on again with the right password.",
                Refusal::NotAllowed => {
                    "This user may not: log in as another, or have it added to sudoers."
                }
                _ => return None,
            },
            Self::Limited => "Turn on administrator access.",
            Self::NoSftpServer => {
                "Install OpenSSH's sftp-server there (Debian: openssh-sftp-server), or log in as root."
            }
            Self::OutputTooLarge { .. } | Self::NoSftp | Self::Sftp { .. } | Self::NoRandomness => {
                return None;
            }
        };
        Some(hint.to_owned())
    }
}

fn refused(refusal: &Refusal, said: Option<&str>) -> String {
    let why = match refusal {
        Refusal::NeedsPassword => "a password is needed",
        Refusal::WrongPassword => "the password was refused",
        Refusal::NotAllowed => "this user may not",
        Refusal::NeedsTerminal => "it wants a terminal",
        Refusal::Absent => "it is not there",
        Refusal::Other => "it failed",
    };
    said.map_or_else(|| why.to_owned(), |said| format!("{why} ({said})"))
}
