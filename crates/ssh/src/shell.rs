//! Shells with a pseudo-terminal: one channel each, held for as long as the shell lives.
//!
//! Invariant: a shell that is dropped is closed on the server, which hangs up on what runs in it.
//! Who holds the output must take it at once: russh hands it over in the connection's own loop.

use std::sync::Arc;

use bytes::Bytes;
use catalog::{Command, EXEC_LINE};
use futures::FutureExt;
use russh::{ChannelMsg, ChannelReadHalf, ChannelWriteHalf, Pty, Sig, client::Msg};
use tokio::time::{Duration, timeout};

use crate::{
    Closed, Connection, ExecError, StartKind,
    channels::{self, Room},
    connection::Inner,
    error::one_line,
    exec::fresh_marker,
    witness::{Begun, Ending},
};

/// How long a server may take to give a terminal and start what runs in it.
const START: Duration = Duration::from_secs(20);
/// How long a shell waits for commands to end where a server may mix it up with one.
const QUIET: Duration = Duration::from_secs(5);
/// What a login shell may print before it runs the command that was asked for.
const NOISE_BYTES: usize = 64 * 1024;
/// What programs take the terminal for.
const TERM: &str = "xterm-256color";

/// What runs at the other end.
#[derive(Clone, Copy, Debug)]
pub enum Start<'c> {
    /// The user's login shell, by the `shell` request.
    LoginShell,
    /// A command of the catalog that becomes a shell.
    Command(&'c Command),
}

/// The size of a pseudo-terminal in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// What comes from a shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShellEvent {
    /// Its output, as it is.
    Output(Bytes),
    /// It has ended; nothing comes any more.
    Ended {
        /// Its exit code; `None`: a signal ended it, or the server did not say.
        exit_code: Option<i32>,
        /// The signal, without `SIG`; `None`: none did.
        signal: Option<String>,
    },
    /// The connection is gone; nothing comes any more.
    Lost(Closed),
}

/// The end of a shell that is read. Closes it when dropped.
pub struct ShellOutput {
    inner: Arc<Inner>,
    read: ChannelReadHalf,
    exit_code: Option<i32>,
    signal: Option<String>,
    /// Where the shell's own output has not begun yet: the marker, and what came before it.
    noise: Option<Noise>,
    is_closed: bool,
    /// What was taken before anybody asked for it.
    ahead: Option<ShellEvent>,
    /// Told of the end; `None`: it knows already.
    begun: Option<Box<dyn Begun>>,
    received_bytes: u64,
    _open: Arc<Open>,
}

/// The end of a shell that is written.
#[derive(Clone)]
pub struct ShellInput(Arc<Open>);

/// The channel as long as somebody holds an end.
struct Open {
    write: Arc<ChannelWriteHalf<Msg>>,
    _room: Room,
}

impl Drop for Open {
    fn drop(&mut self) {
        let write = Arc::clone(&self.write);
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            // A failure means that the connection is gone, and the shell with it.
            runtime.spawn(async move { hang_up(&write).await });
        }
    }
}

struct Noise {
    marker: Vec<u8>,
    held: Vec<u8>,
}

impl Connection {
    /// Starts a shell. It counts as one channel of the connection until both ends are dropped.
    ///
    /// # Errors
    /// [`ExecError::Refused`] where the server allows no further channel, no terminal, or no shell.
    pub async fn shell(
        &self,
        start: Start<'_>,
        window: Window,
    ) -> Result<(ShellInput, ShellOutput), ExecError> {
        // What is followed there does not end by itself: then it is tried beside it.
        let quiet = timeout(QUIET, self.inner.channels.quiet()).await;
        let quiet = quiet.ok().flatten();
        let refused = match self.try_shell(start, window).await {
            Err(ExecError::Refused) if quiet.is_some() => ExecError::Refused,
            tried => return tried,
        };
        // dropbear says no, or closes, where a command's end is under way; nothing was started.
        tracing::debug!(%refused, "a shell is asked for once more");
        self.try_shell(start, window).await
    }

    async fn try_shell(
        &self,
        start: Start<'_>,
        window: Window,
    ) -> Result<(ShellInput, ShellOutput), ExecError> {
        let inner = Arc::clone(&self.inner);
        let late = |_| ExecError::Timeout { after: START };
        let opened = timeout(START, channels::open_shell(&inner)).await;
        let (channel, room) = opened.map_err(late)??;
        let (read, write) = channel.split();
        let write = Arc::new(write);
        let open = Arc::new(Open {
            write: Arc::clone(&write),
            _room: room,
        });
        let typed = match start {
            Start::LoginShell => "# login shell".to_owned(),
            Start::Command(command) => command.without_secrets(),
        };
        let begun = self.begins(StartKind::Shell, typed).await?;
        let mut output = ShellOutput {
            inner,
            read,
            exit_code: None,
            signal: None,
            noise: None,
            is_closed: false,
            ahead: None,
            begun: Some(begun),
            received_bytes: 0,
            _open: Arc::clone(&open),
        };
        let line = match start {
            Start::LoginShell => None,
            Start::Command(command) => {
                let marker = fresh_marker()?;
                output.noise = Some(Noise {
                    marker: format!("\n{}\r\n", marker.as_str()).into_bytes(),
                    held: Vec::new(),
                });
                Some(command.terminal_line(&marker))
            }
        };
        let asking = output.begin(&write, line, window);
        let begun = timeout(START, asking).await;
        if let Err(error) = begun.map_err(late).flatten() {
            output.note(error.code());
            return Err(error);
        }
        Ok((ShellInput(open), output))
    }
}

impl ShellOutput {
    async fn begin(
        &mut self,
        write: &ChannelWriteHalf<Msg>,
        line: Option<String>,
        window: Window,
    ) -> Result<(), ExecError> {
        let modes: &[(Pty, u32)] = match line {
            None => &[(Pty::IUTF8, 1)],
            // Silent and raw until the line has been read; the command sets them again.
            Some(_) => &[
                (Pty::IUTF8, 1),
                (Pty::ECHO, 0),
                (Pty::ICANON, 0),
                (Pty::ISIG, 0),
                (Pty::IEXTEN, 0),
                (Pty::ICRNL, 0),
                (Pty::IXON, 0),
            ],
        };
        let (columns, rows) = (window.columns.into(), window.rows.into());
        let asked = async {
            write
                .request_pty(true, TERM, columns, rows, 0, 0, modes)
                .await?;
            // Refused by many servers, which is fine; C.UTF-8 needs no files.
            write.set_env(false, "LC_CTYPE", "C.UTF-8").await?;
            write.set_env(false, "COLORTERM", "truecolor").await?;
            for (name, value) in &self.inner.environment {
                write.set_env(false, name.as_str(), value.as_str()).await?;
            }
            match &line {
                None => write.request_shell(true).await,
                Some(_) => write.exec(true, EXEC_LINE).await,
            }
        };
        if asked.await.is_err() {
            return Err(self.inner.lost().await);
        }
        // Two answers: of the terminal and of the shell.
        for _ in 0..2 {
            loop {
                match self.read.wait().await {
                    Some(ChannelMsg::Success) => break,
                    Some(ChannelMsg::Failure | ChannelMsg::Close) => {
                        return Err(ExecError::Refused);
                    }
                    Some(_) => {}
                    None => return Err(self.inner.lost().await),
                }
            }
        }
        if let Some(line) = line
            && write.data_bytes(Bytes::from(line)).await.is_err()
        {
            return Err(self.inner.lost().await);
        }
        // Until the terminal is as a person expects it, no key may come.
        while self.noise.is_some() && self.ahead.is_none() {
            let message = self.read.wait().await;
            self.ahead = match message {
                Some(message) => self.take(message),
                None => Some(ShellEvent::Lost(self.inner.closed().await)),
            };
        }
        Ok(())
    }

    /// The next event; may be dropped at any time without losing one. Not to be called again after
    /// the end.
    pub async fn next(&mut self) -> ShellEvent {
        loop {
            if let Some(event) = self.ahead.take() {
                return event;
            }
            if self.is_closed {
                return self.ended();
            }
            let Some(message) = self.read.wait().await else {
                let closed = self.inner.closed().await;
                self.note("lost");
                return ShellEvent::Lost(closed);
            };
            if let Some(event) = self.take(message) {
                return event;
            }
        }
    }

    fn take(&mut self, message: ChannelMsg) -> Option<ShellEvent> {
        match message {
            ChannelMsg::Data { data } | ChannelMsg::ExtendedData { data, .. } => {
                self.received_bytes = self.received_bytes.saturating_add(data.len() as u64);
                self.without_noise(data).map(ShellEvent::Output)
            }
            ChannelMsg::ExitStatus { exit_status } => {
                self.exit_code = i32::try_from(exit_status).ok();
                None
            }
            ChannelMsg::ExitSignal { signal_name, .. } => {
                self.signal = Some(match signal_name {
                    Sig::Custom(name) => one_line(&name),
                    name => format!("{name:?}"),
                });
                None
            }
            ChannelMsg::Close => {
                self.is_closed = true;
                // The command never began: what the login shell said instead tells why.
                let said = self.noise.take().map(|noise| noise.held);
                let said = said.filter(|said| !said.is_empty());
                Some(match said {
                    Some(said) => ShellEvent::Output(Bytes::from(said)),
                    None => self.ended(),
                })
            }
            _ => None,
        }
    }

    /// Tells the witness of the end.
    fn note(&mut self, outcome: &'static str) {
        if let Some(begun) = self.begun.take() {
            begun.ended(Ending {
                exit_code: self.exit_code,
                bytes: Some(self.received_bytes),
                outcome,
            });
        }
    }

    fn ended(&mut self) -> ShellEvent {
        self.note("ok");
        ShellEvent::Ended {
            exit_code: self.exit_code,
            signal: self.signal.take(),
        }
    }

    /// The next event if it is here already.
    pub fn next_at_hand(&mut self) -> Option<ShellEvent> {
        self.next().now_or_never()
    }

    /// Drops what the login shell printed before the marker.
    fn without_noise(&mut self, data: Bytes) -> Option<Bytes> {
        let Some(noise) = &mut self.noise else {
            return Some(data);
        };
        noise.held.extend_from_slice(&data);
        let found = noise
            .held
            .windows(noise.marker.len())
            .position(|window| window == noise.marker);
        let shown = match found {
            Some(at) => noise.held.split_off(at + noise.marker.len()),
            // It never came: what there is instead says why.
            None if noise.held.len() > NOISE_BYTES => std::mem::take(&mut noise.held),
            None => return None,
        };
        self.noise = None;
        (!shown.is_empty()).then(|| Bytes::from(shown))
    }
}

impl Drop for ShellOutput {
    /// Nobody reads on: the shell is hung up on.
    fn drop(&mut self) {
        self.note("ok");
    }
}

impl ShellInput {
    /// Sends keys, as fast as the server takes them.
    ///
    /// # Errors
    /// The shell has ended or the connection is gone; which one the output tells.
    pub async fn write(&self, bytes: Bytes) -> Result<(), ShellGone> {
        self.0.write.data_bytes(bytes).await.map_err(|_| ShellGone)
    }

    /// Tells a new size (RFC 4254, 6.7).
    ///
    /// # Errors
    /// As for [`ShellInput::write`].
    pub async fn resize(&self, window: Window) -> Result<(), ShellGone> {
        let (columns, rows) = (window.columns.into(), window.rows.into());
        let told = self.0.write.window_change(columns, rows, 0, 0).await;
        told.map_err(|_| ShellGone)
    }

    /// Hangs up on the shell; the output tells when it has ended.
    pub async fn close(&self) {
        hang_up(&self.0.write).await;
    }
}

/// Closes the channel. OpenSSH then closes the terminal, which hangs up on what runs in it; dropbear
/// waits for the shell to end by itself, so it is told to (RFC 4254, 6.9).
async fn hang_up(write: &ChannelWriteHalf<Msg>) {
    // A failure means that it is gone already.
    let _ = write.signal(Sig::HUP).await;
    let _ = write.close().await;
}

/// There is no shell to write to any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the shell has ended")]
pub struct ShellGone;
