//! What the one client may ask: session channels, and on each one `exec` or the `sftp` subsystem.
//!
//! Invariant: these callbacks run inside the connection's loop, so they only note, answer and
//! spawn; none of them waits for a process or a disk.

use std::{collections::HashMap, sync::Arc};

use russh::{
    Channel, ChannelId, Pty,
    server::{Auth, ChannelOpenHandle, Handler, Msg, Session as Connection},
};

use crate::{exec, platform::Account, sftp::Files};

/// The state of the connection: the channels that were opened and not yet put to a use.
pub(crate) struct Session {
    account: Arc<Account>,
    unused: HashMap<ChannelId, Channel<Msg>>,
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
        self.unused.insert(channel.id(), channel);
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
        let Some(channel) = self.unused.remove(&id) else {
            return connection.channel_failure(id);
        };
        connection.channel_success(id)?;
        let account = Arc::clone(&self.account);
        tokio::spawn(exec::run(
            account,
            line.to_vec(),
            channel,
            connection.handle(),
        ));
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
        let Some(channel) = self.unused.remove(&id) else {
            return connection.channel_failure(id);
        };
        connection.channel_success(id)?;
        let files = Files::new(Arc::clone(&self.account));
        russh_sftp::server::run(channel.into_stream(), files).await;
        Ok(())
    }

    async fn pty_request(
        &mut self,
        id: ChannelId,
        _term: &str,
        _columns: u32,
        _rows: u32,
        _width_px: u32,
        _height_px: u32,
        _modes: &[(Pty, u32)],
        connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        connection.channel_failure(id)
    }

    async fn shell_request(
        &mut self,
        id: ChannelId,
        connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        connection.channel_failure(id)
    }

    async fn env_request(
        &mut self,
        id: ChannelId,
        _name: &str,
        _value: &str,
        connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        connection.channel_failure(id)
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

    async fn window_change_request(
        &mut self,
        id: ChannelId,
        _columns: u32,
        _rows: u32,
        _width_px: u32,
        _height_px: u32,
        connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        connection.channel_failure(id)
    }
}
