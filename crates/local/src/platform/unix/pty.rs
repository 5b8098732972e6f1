//! Pseudo-terminals: opened, sized, given to a shell, read and written without blocking.
//!
//! Invariant: no other process is ever started with a terminal's master side open, so closing it
//! always hangs up.

use std::{
    io,
    os::fd::{AsFd, OwnedFd},
    sync::{PoisonError, RwLock, RwLockReadGuard},
};

use pty_process::{Pts, Pty, ReadPty, WritePty};
use rustix::{
    buffer::spare_capacity,
    termios::{Winsize, tcsetwinsize},
};
use tokio::{io::AsyncReadExt, process::Command};

use super::{super::Size, group::Group, modes};

/// The most that is read at once into a buffer that has this capacity; the system gives up to
/// 4 KiB at a time.
pub(crate) const READ_BYTES: usize = 64 * 1024;

/// What has been read when no more is waited for: one SSH packet.
const ENOUGH_BYTES: usize = 32 * 1024;

/// A master side is kept from child processes only a moment after it is opened (macOS cannot do
/// both at once). In that moment this is held for writing; to start a process it is held shared.
static OPENING: RwLock<()> = RwLock::new(());

/// To be held while a process is started.
pub(super) fn starting() -> RwLockReadGuard<'static, ()> {
    OPENING.read().unwrap_or_else(PoisonError::into_inner)
}

/// A terminal on which nothing runs yet.
pub(crate) struct Terminal {
    master: Master,
    slave: Pts,
    kind: String,
}

impl Terminal {
    /// Opens one of this kind (`TERM`), with the system's settings but for `modes`.
    ///
    /// # Errors
    /// Where the system has no more of them.
    pub(crate) fn open(kind: &str, size: Size, modes: &[(russh::Pty, u32)]) -> io::Result<Self> {
        let (pty, slave) = {
            let _nothing_is_started = OPENING.write().unwrap_or_else(PoisonError::into_inner);
            pty_process::open().map_err(io_error)?
        };
        modes::apply(&slave, modes)?;
        let terminal = Self {
            master: Master {
                direct: pty.as_fd().try_clone_to_owned()?,
                pty,
            },
            slave,
            kind: kind.to_owned(),
        };
        terminal.resize(size);
        Ok(terminal)
    }

    /// See [`Sizer::resize`].
    pub(crate) fn resize(&self, size: Size) {
        Sizer(&self.master.direct).resize(size);
    }

    /// Starts a command that is the leader of a new session, with this as its terminal.
    ///
    /// # Errors
    /// Where the program cannot be started.
    pub(super) fn start(self, mut command: Command) -> io::Result<(Group, Master)> {
        command.env("TERM", &self.kind);
        let child = {
            let _no_terminal_is_opened = starting();
            pty_process::Command::from(command)
                .spawn(self.slave)
                .map_err(io_error)?
        };
        Ok((Group::of(child), self.master))
    }
}

/// This program's side of a terminal; dropping it hangs up.
pub(crate) struct Master {
    pty: Pty,
    /// The same, without the runtime in between.
    direct: OwnedFd,
}

/// Where keys are written to.
pub(crate) type Keys<'a> = WritePty<'a>;

impl Master {
    /// What is printed, where keys go, and the size.
    pub(crate) fn split(&mut self) -> (Output<'_>, Keys<'_>, Sizer<'_>) {
        let (pty, keys) = self.pty.split();
        let direct = &self.direct;
        (Output { pty, direct }, keys, Sizer(direct))
    }
}

/// Tells a terminal its size.
pub(crate) struct Sizer<'a>(&'a OwnedFd);

impl Sizer<'_> {
    /// Sets the size; what runs in front on the terminal is told when it has changed.
    pub(crate) fn resize(&self, size: Size) {
        let size = Winsize {
            ws_row: size.rows,
            ws_col: size.columns,
            ws_xpixel: size.width_px,
            ws_ypixel: size.height_px,
        };
        // It fails only where the terminal is gone, and then nobody is left to tell.
        let _ = tcsetwinsize(self.0, size);
    }
}

/// What is printed on a terminal.
pub(crate) struct Output<'a> {
    pty: ReadPty<'a>,
    direct: &'a OwnedFd,
}

impl Output<'_> {
    /// Waits for output, and appends what there is of it to a buffer of [`READ_BYTES`]. Nothing is
    /// lost where this is given up.
    ///
    /// # Errors
    /// When nothing more will come: no process has the terminal open.
    pub(crate) async fn read(&mut self, buffer: &mut Vec<u8>) -> io::Result<()> {
        if self.pty.read_buf(buffer).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        // What ends this ends the next wait, too.
        let _ = self.read_now(buffer);
        Ok(())
    }

    /// Appends what output there is now to a buffer of [`READ_BYTES`], as the system has it: what
    /// a process wrote before it ended is there.
    ///
    /// # Errors
    /// Where the buffer is empty still, as there is none now or will be none any more.
    pub(crate) fn read_now(&self, buffer: &mut Vec<u8>) -> io::Result<()> {
        while buffer.len() < ENOUGH_BYTES {
            let end = match rustix::io::read(self.direct, spare_capacity(buffer)) {
                Ok(0) => io::ErrorKind::UnexpectedEof.into(),
                Ok(_) | Err(rustix::io::Errno::INTR) => continue,
                Err(error) => error.into(),
            };
            return if buffer.is_empty() { Err(end) } else { Ok(()) };
        }
        Ok(())
    }
}

fn io_error(error: pty_process::Error) -> io::Error {
    match error {
        pty_process::Error::Io(error) => error,
        pty_process::Error::Rustix(error) => error.into(),
        other => io::Error::other(other.to_string()),
    }
}
