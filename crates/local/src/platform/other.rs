//! Where there is no POSIX shell (Windows): files can be read, every command is refused.
//!
//! Invariant: no process is ever started; the types that would stand for one cannot be made.

use std::{
    convert::Infallible,
    env,
    fs::{File, Metadata},
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use russh::Sig;
use russh_sftp::protocol::FileAttributes;
use tokio::process::{ChildStderr, ChildStdin, ChildStdout};

use super::Exit;

/// The user that this program runs as.
pub(crate) struct Account {
    home: PathBuf,
}

impl Account {
    /// Reads the environment.
    pub(crate) fn of_this_user() -> Self {
        Self {
            home: env::var_os("USERPROFILE").map_or_else(|| "/".into(), PathBuf::from),
        }
    }

    /// The user's name, and whether it is root, which no user is here.
    pub(crate) fn who(&self) -> (String, bool) {
        (
            env::var("USERNAME").unwrap_or_else(|_| "user".to_owned()),
            false,
        )
    }

    /// The folder that relative paths start from.
    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// # Errors
    /// Always: the commands of the catalog are written for a POSIX shell.
    pub(crate) fn start(&self, _line: &[u8]) -> io::Result<Group> {
        Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "this computer has no POSIX shell",
        ))
    }
}

/// Names a process group; here there is none.
#[derive(Clone, Copy)]
pub(crate) struct GroupId(Infallible);

impl GroupId {
    pub(crate) fn signal(self, _signal: &Sig) {
        match self.0 {}
    }
}

/// A running shell; here there is none.
pub(crate) struct Group(GroupId);

impl Group {
    pub(crate) fn id(&self) -> GroupId {
        self.0
    }

    pub(crate) fn take_streams(
        &mut self,
    ) -> (Option<ChildStdin>, Option<ChildStdout>, Option<ChildStderr>) {
        match self.0.0 {}
    }

    pub(crate) async fn wait(&mut self) -> io::Result<Exit> {
        match self.0.0 {}
    }

    pub(crate) async fn end(&mut self) {
        match self.0.0 {}
    }
}

/// Opens a file to read.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Reads once at an offset; fewer bytes than asked for is no error, none is the end.
pub(crate) fn read_at(mut file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    file.seek(SeekFrom::Start(offset))?;
    file.read(buffer)
}

/// The attributes as SFTP sends them.
pub(crate) fn attributes(metadata: &Metadata) -> FileAttributes {
    metadata.into()
}
