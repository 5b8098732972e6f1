//! Why a file operation did not succeed, in more words than SFTP 3 has.
//!
//! Invariant: what SFTP calls a mere "failure" is looked into once, with questions that change
//! nothing.

use catalog::arguments::RemotePath;
use ssh::{FileError, Files};

use crate::Error;

/// The most that one write takes: it fails whole where less is left.
const ONE_WRITE_BYTES: u64 = 256 * 1024;

/// Why a file operation did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// As SFTP says it.
    #[error(transparent)]
    Sftp(#[from] FileError),
    /// The name is taken.
    #[error("something of that name is there already")]
    AlreadyExists,
    /// A folder that holds something.
    #[error("the folder is not empty")]
    NotEmpty,
    /// Something else where a folder is needed.
    #[error("it is not a folder")]
    NotAFolder,
    /// A folder where a file is needed.
    #[error("it is a folder")]
    IsAFolder,
    /// No room, or no inode, is left.
    #[error("the filesystem is full")]
    NoSpace,
    /// No more bytes are taken, though there is room: `EDQUOT` and `EFBIG` have no code in SFTP 3.
    #[error(
        "the server took no more bytes, though the filesystem has room: a quota or a limit on the size \
         of files is reached, most likely"
    )]
    Quota,
    /// Nothing can be written there.
    #[error("the filesystem is mounted read-only")]
    ReadOnly,
    /// Longer than names may be there.
    #[error("the name is too long for this filesystem")]
    NameTooLong,
    /// Not the file any more that was opened.
    #[error("the file was changed on the server since it was opened")]
    Changed,
    /// A new file could not take its place whole.
    #[error("a new file could not keep its owner or its other names (hard links)")]
    HardLinked,
    /// Larger than what is taken whole.
    #[error("the file is larger than {most_bytes} bytes")]
    TooLarge {
        /// The most.
        most_bytes: u64,
    },
    /// Not a plain file.
    #[error("it is not a regular file")]
    NotAFile,
    /// A folder would be put into itself.
    #[error("a folder cannot be put into itself")]
    IntoItself,
    /// A folder that only its user should have: it is another's, a link, or in the reach of others.
    #[error(
        "it is no folder of your own, or others could put another in its place, so it is left alone"
    )]
    NotYourOwn,
    /// Another user put something else there while a job was at work.
    #[error("it was replaced meanwhile, by a link it may be, so nothing in it was touched")]
    Replaced,
    /// The two sides differ in what was copied.
    #[error("what arrived is not what was sent: {0}")]
    Differs(String),
    /// This computer's own files failed.
    #[error("{0}")]
    Here(String),
}

impl Problem {
    /// A stable word for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Sftp(error) => error.code(),
            Self::AlreadyExists => "alreadyExists",
            Self::NotEmpty => "notEmpty",
            Self::NotAFolder => "notAFolder",
            Self::IsAFolder => "isAFolder",
            Self::NoSpace => "noSpace",
            Self::Quota => "quota",
            Self::ReadOnly => "readOnly",
            Self::NameTooLong => "nameTooLong",
            Self::Changed => "fileChanged",
            Self::HardLinked => "hardLinked",
            Self::TooLarge { .. } => "tooLarge",
            Self::NotAFile => "notAFile",
            Self::IntoItself => "intoItself",
            Self::NotYourOwn | Self::Replaced => "conflict",
            Self::Differs(_) => "differs",
            Self::Here(_) => "here",
        }
    }

    /// What to try; `None`: nothing better than trying again.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Sftp(FileError::PermissionDenied) => {
                "Turn on administrator access, log in as a user who may, or change the permissions."
            }
            Self::Sftp(FileError::NoSuchFile) => "It may have been moved or deleted meanwhile.",
            Self::Sftp(FileError::Unavailable(ssh::ExecError::NoSftp)) => {
                "All file work goes over SFTP. On the server, enable the subsystem: a line \
                 `Subsystem sftp internal-sftp` in sshd_config; for dropbear, install an SFTP server."
            }
            Self::NoSpace => "Free some space there, then try again; nothing was lost.",
            Self::Quota => {
                "Free some of your own space there, or ask for a larger quota; nothing was lost."
            }
            Self::ReadOnly => "Remount it for writing, or choose another place.",
            Self::NotYourOwn => {
                "Make that folder your own, so that nobody else can write in it, or delete for good."
            }
            Self::NotEmpty => "It was changed meanwhile; look again.",
            _ => return None,
        })
    }

    /// Whether the connection is gone, so that the same may succeed later.
    pub(crate) fn is_lost(&self) -> bool {
        matches!(
            self,
            Self::Sftp(FileError::Gone | FileError::Unavailable(ssh::ExecError::Lost { .. }))
        )
    }
}

/// What was to be done, for the words of an error and for what is looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Listing a folder.
    List,
    /// Asking what something is.
    Look,
    /// Reading a file.
    Read,
    /// Writing a file.
    Write,
    /// Making a file, folder or link.
    Make,
    /// Renaming; the path is the new one.
    Rename,
    /// Deleting.
    Delete,
    /// Changing mode, owner or times.
    Change,
}

impl Doing {
    fn verb(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Look => "look at",
            Self::Read => "read",
            Self::Write => "write",
            Self::Make => "create",
            Self::Rename => "rename to",
            Self::Delete => "delete",
            Self::Change => "change",
        }
    }
}

/// Looks into a failure that SFTP has no word for.
pub(crate) async fn explain(
    files: &Files,
    path: &RemotePath,
    doing: Doing,
    error: FileError,
) -> Problem {
    let found = match &error {
        FileError::Failed { .. } => look_into(files, path, doing).await,
        // OpenSSH's word for a component that is no folder too.
        FileError::NoSuchFile if doing == Doing::List => match files.stat(path).await {
            Ok(metadata) if !metadata.is_folder() => Some(Problem::NotAFolder),
            _ => None,
        },
        FileError::BadMessage if long_name(files, path).await => Some(Problem::NameTooLong),
        _ => None,
    };
    found.unwrap_or(Problem::Sftp(error))
}

async fn look_into(files: &Files, path: &RemotePath, doing: Doing) -> Option<Problem> {
    match doing {
        Doing::Read => {
            let metadata = files.stat(path).await.ok()?;
            return metadata.is_folder().then_some(Problem::IsAFolder);
        }
        Doing::Make | Doing::Rename if files.exists(path).await.ok()? => {
            return Some(Problem::AlreadyExists);
        }
        Doing::Delete => {
            let metadata = files.lstat(path).await.ok()?;
            if metadata.is_folder() {
                let mut folder = files.folder(path).await.ok()?;
                if folder.next().await.ok()?.is_some() {
                    return Some(Problem::NotEmpty);
                }
            }
        }
        _ => {}
    }
    let folder = path
        .split()
        .map_or_else(RemotePath::root, |(folder, _)| folder);
    let disk = files.disk(&folder).await.ok()??;
    if disk.read_only {
        return Some(Problem::ReadOnly);
    }
    let available_bytes = disk.available_blocks.saturating_mul(disk.fragment_bytes);
    let no_file = disk.files > 0 && disk.free_files == 0;
    match doing {
        Doing::Write if available_bytes < ONE_WRITE_BYTES || no_file => Some(Problem::NoSpace),
        Doing::Write => Some(Problem::Quota),
        Doing::Make if available_bytes == 0 || no_file => Some(Problem::NoSpace),
        _ => None,
    }
}

async fn long_name(files: &Files, path: &RemotePath) -> bool {
    let Some((folder, name)) = path.split() else {
        return false;
    };
    let most = match files.disk(&folder).await {
        Ok(Some(disk)) => disk.name_bytes,
        _ => 255,
    };
    name.as_bytes().len() as u64 > most
}

/// An error about one path of a server.
pub(crate) fn error(server: &str, path: &RemotePath, doing: Doing, problem: Problem) -> Error {
    if let Problem::Sftp(FileError::Withdrawn(capability)) = problem {
        return Error::Denied {
            server: server.to_owned(),
            capability,
        };
    }
    Error::File {
        server: server.to_owned(),
        path: path.to_string(),
        doing: doing.verb(),
        problem,
    }
}
