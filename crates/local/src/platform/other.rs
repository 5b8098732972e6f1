//! Where there is no POSIX shell (Windows): there are files, commands and terminals are refused.
//!
//! Invariant: no process is ever started; the types that would stand for one cannot be made.

mod files;

use std::{
    convert::Infallible,
    env, io,
    path::{Path, PathBuf},
};

use russh::Sig;
use tokio::process::{ChildStderr, ChildStdin, ChildStdout};

pub(crate) use files::{
    EXTENSIONS, attributes, change, change_link, change_open, close, code, group, long_name,
    make_folder, make_link, name, open, path, read_at, rename, stat_vfs, user, words, write_at,
};

use super::{Exit, Size};
use crate::environment::Environment;

/// The most that is read at once from a terminal.
pub(crate) const READ_BYTES: usize = 64 * 1024;

/// The user that this program runs as.
pub(crate) struct Account {
    home: PathBuf,
}

impl Account {
    /// Without a home folder, the root folder takes its place.
    pub(crate) fn of_this_user(home: Option<PathBuf>) -> Self {
        Self {
            home: home.unwrap_or_else(|| "/".into()),
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
    pub(crate) fn start(&self, _line: &[u8], _environment: &Environment) -> io::Result<Group> {
        Err(no_shell())
    }

    /// # Errors
    /// Always, as above.
    pub(crate) fn start_condition(_line: &str) -> io::Result<Group> {
        Err(no_shell())
    }

    /// # Errors
    /// Always, as there is no terminal.
    pub(crate) fn start_on(
        &self,
        terminal: Terminal,
        _line: Option<&[u8]>,
        _environment: &Environment,
    ) -> io::Result<(Group, Master)> {
        match terminal.0 {}
    }
}

fn no_shell() -> io::Error {
    io::Error::new(
        io::ErrorKind::Unsupported,
        "this computer has no POSIX shell",
    )
}

/// A terminal on which nothing runs yet; here there is none.
pub(crate) struct Terminal(Infallible);

impl Terminal {
    /// # Errors
    /// Always, as there is no shell for it.
    pub(crate) fn open(_kind: &str, _size: Size, _modes: &[(russh::Pty, u32)]) -> io::Result<Self> {
        Err(no_shell())
    }

    pub(crate) fn resize(&self, _size: Size) {
        match self.0 {}
    }
}

/// This program's side of a terminal; here there is none.
pub(crate) struct Master(Infallible);

/// Where keys would be written to.
pub(crate) type Keys<'a> = &'a mut tokio::io::Sink;

impl Master {
    pub(crate) fn split(&mut self) -> (Output<'_>, Keys<'_>, Sizer<'_>) {
        match self.0 {}
    }
}

/// Tells a terminal its size; here there is none.
pub(crate) struct Sizer<'a>(&'a Infallible);

impl Sizer<'_> {
    pub(crate) fn resize(&self, _size: Size) {
        match *self.0 {}
    }
}

/// What is printed on a terminal; here there is none.
pub(crate) struct Output<'a>(&'a Infallible);

impl Output<'_> {
    pub(crate) async fn read(&mut self, _buffer: &mut Vec<u8>) -> io::Result<()> {
        match *self.0 {}
    }

    pub(crate) fn read_now(&self, _buffer: &mut Vec<u8>) -> io::Result<()> {
        match *self.0 {}
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

    pub(crate) async fn hang_up(&mut self, terminal: Master) {
        match terminal.0 {}
    }
}
