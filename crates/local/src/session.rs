//! What the one client may ask: session channels, and on each one `exec`, a terminal with a shell
//! or a command on it, or the `sftp` subsystem.
//!
//! Invariant: these callbacks run inside the connection's loop, so they only note, answer and
//! spawn; none of them waits for a process or a disk.

use std::{collections::HashMap, sync::Arc};

use russh::{
    Channel, ChannelId, Pty,
    server::{Auth, ChannelOpenHandle, Handler, Msg, Session as Connection},
};

use crate::{
    environment::Environment,
    exec,
    platform::{Account, Size, Terminal},
    sftp, terminal,
};

/// The longest name of a kind of terminal that is believed.
const LONGEST_KIND_BYTES: usize = 64;

/// The state of the connection: the channels that were opened and not yet put to a use.
pub(crate) struct Session {
    account: Arc<Account>,
    unused: HashMap<ChannelId, Unused>,
}

/// A channel, and what was asked for it beforehand.
struct Unused {
    channel: Channel<Msg>,
    environment: Environment,
    terminal: Option<Terminal>,
}

impl Session {
    pub(crate) fn new(account: Arc<Account>) -> Self {
        Self {
            account,
            unused: HashMap::new(),
        }
    }
}

impl Handler for Session {
    type Error = russh::Error;

    async fn auth_none(&mut self, _user: &str) -> Result<Auth, Self::Error> {
        Ok(Auth::Accept)
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        let unused = Unused {
            channel,
            environment: Environment::default(),
            terminal: None,
        };
        self.unused.insert(unused.channel.id(), unused);
        reply.accept().await;
        Ok(())
    }

    async fn channel_close(
        &mut self,
        id: ChannelId,
        _connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        self.unused.remove(&id);
        Ok(())
    }

    async fn exec_request(
        &mut self,
        id: ChannelId,
        line: &[u8],
        connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        let Some(unused) = self.unused.remove(&id) else {
            return connection.channel_failure(id);
        };
        connection.channel_success(id)?;
        let (account, handle) = (Arc::clone(&self.account), connection.handle());
        let (line, channel, environment) = (line.to_vec(), unused.channel, unused.environment);
        match unused.terminal {
            Some(terminal) => tokio::spawn(terminal::run(
                account,
                terminal,
                Some(line),
                environment,
                channel,
                handle,
            )),
            None => tokio::spawn(exec::run(account, line, environment, channel, handle)),
        };
        Ok(())
    }

    async fn subsystem_request(
        &mut self,
        id: ChannelId,
        name: &str,
        connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        if name != "sftp" {
            return connection.channel_failure(id);
        }
        let Some(unused) = self.unused.remove(&id) else {
            return connection.channel_failure(id);
        };
        connection.channel_success(id)?;
        let line = sftp::of_channel(unused.channel);
        tokio::spawn(sftp::run(Arc::clone(&self.account), line));
        Ok(())
    }

    async fn pty_request(
        &mut self,
        id: ChannelId,
        kind: &str,
        columns: u32,
        rows: u32,
        width_px: u32,
        height_px: u32,
        modes: &[(Pty, u32)],
        connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        let unused = self.unused.get_mut(&id);
        let Some(unused) = unused.filter(|unused| unused.terminal.is_none() && is_kind(kind))
        else {
            return connection.channel_failure(id);
        };
        match Terminal::open(kind, Size::new(columns, rows, width_px, height_px), modes) {
            Ok(terminal) => unused.terminal = Some(terminal),
            Err(error) => {
                tracing::debug!(%error, "this computer: no terminal");
                return connection.channel_failure(id);
            }
        }
        connection.channel_success(id)
    }

    async fn env_request(
        &mut self,
        id: ChannelId,
        name: &str,
        value: &str,
        connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        let unused = self.unused.get_mut(&id);
        if unused.is_some_and(|unused| unused.environment.set(name, value)) {
            return connection.channel_success(id);
        }
        connection.channel_failure(id)
    }

    async fn shell_request(
        &mut self,
        id: ChannelId,
        connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        // Nobody asks for a shell on pipes, and a line by `exec` does the same.
        let has_terminal = |unused: &Unused| unused.terminal.is_some();
        if !self.unused.get(&id).is_some_and(has_terminal) {
            return connection.channel_failure(id);
        }
        let Some(Unused {
            channel,
            environment,
            terminal: Some(terminal),
        }) = self.unused.remove(&id)
        else {
            return connection.channel_failure(id);
        };
        connection.channel_success(id)?;
        tokio::spawn(terminal::run(
            Arc::clone(&self.account),
            terminal,
            None,
            environment,
            channel,
            connection.handle(),
        ));
        Ok(())
    }

    async fn x11_request(
        &mut self,
        id: ChannelId,
        _single_connection: bool,
        _protocol: &str,
        _cookie: &str,
        _screen: u32,
        connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        connection.channel_failure(id)
    }

    /// A terminal that is in use sees this among its channel's messages.
    async fn window_change_request(
        &mut self,
        id: ChannelId,
        columns: u32,
        rows: u32,
        width_px: u32,
        height_px: u32,
        connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        if let Some(unused) = self.unused.get(&id) {
            let Some(terminal) = &unused.terminal else {
                return connection.channel_failure(id);
            };
            terminal.resize(Size::new(columns, rows, width_px, height_px));
        }
        connection.channel_success(id)
    }
}

fn is_kind(kind: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-+._".contains(&byte);
    (1..=LONGEST_KIND_BYTES).contains(&kind.len()) && kind.bytes().all(is_part)
}
