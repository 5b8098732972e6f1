//! One connection of a test server.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use russh::{
    Channel, ChannelId, ChannelOpenFailure, MethodSet, Pty,
    server::{Auth, ChannelOpenHandle, Handler, Msg, PublicKeyOffer, Response},
    server::{Session as Connection, VerifiedPublicKey},
};

use super::{
    Behaviour, Seen,
    exec::{self, Processes},
    files, forward,
    seen::Open,
    shell::{self, SeenShell, Window},
};

/// A channel that was opened and not yet put to a use, and what was asked for it.
struct Unused {
    channel: Channel<Msg>,
    open: Open,
    asked: SeenShell,
}

/// The state of one connection.
pub(super) struct Session {
    behaviour: Behaviour,
    seen: Arc<Seen>,
    processes: Arc<Processes>,
    unused: HashMap<ChannelId, Unused>,
    sftp: HashMap<ChannelId, Open>,
    open: Arc<AtomicUsize>,
}

impl Session {
    pub(super) fn new(behaviour: Behaviour, seen: Arc<Seen>) -> Self {
        Self {
            behaviour,
            seen,
            processes: Arc::default(),
            unused: HashMap::new(),
            sftp: HashMap::new(),
            open: Arc::default(),
        }
    }

    /// Starts the test's shell on a channel, for a request that is not answered yet.
    fn start_shell(
        &mut self,
        id: ChannelId,
        line: Option<&[u8]>,
        connection: &mut Connection,
    ) -> Result<(), russh::Error> {
        if self.behaviour.shell_hangs {
            return Ok(());
        }
        let Some(shell) = self.behaviour.shell.clone() else {
            return connection.channel_failure(id);
        };
        let Some(Unused {
            channel,
            open,
            mut asked,
        }) = self.unused.remove(&id)
        else {
            return connection.channel_failure(id);
        };
        connection.channel_success(id)?;
        asked.line = line.map(|line| String::from_utf8_lossy(line).into_owned());
        let (seen, handle) = (Arc::clone(&self.seen), connection.handle());
        tokio::spawn(async move {
            shell::run(shell, seen, asked, channel, handle).await;
            drop(open);
        });
        Ok(())
    }

    fn decide(&self, right: bool) -> Auth {
        if right {
            return Auth::Accept;
        }
        let methods: MethodSet = self.behaviour.methods();
        Auth::Reject {
            proceed_with_methods: Some(methods),
            partial_success: false,
        }
    }
}

impl Handler for Session {
    type Error = russh::Error;

    async fn auth_none(&mut self, user: &str) -> Result<Auth, Self::Error> {
        self.seen.attempt(user, "none", false);
        Ok(self.decide(self.behaviour.open))
    }

    async fn auth_password(&mut self, user: &str, password: &str) -> Result<Auth, Self::Error> {
        self.seen.attempt(user, "password", true);
        Ok(self.decide(self.behaviour.password.as_deref() == Some(password)))
    }

    async fn auth_publickey_offered(
        &mut self,
        user: &str,
        offer: PublicKeyOffer<'_>,
    ) -> Result<Auth, Self::Error> {
        self.seen.attempt(user, "publickey", false);
        let offered = offer.public_key.key_data();
        Ok(self.decide(
            self.behaviour
                .keys
                .iter()
                .any(|key| key.key_data() == offered),
        ))
    }

    async fn auth_publickey(
        &mut self,
        _user: &str,
        key: VerifiedPublicKey<'_>,
    ) -> Result<Auth, Self::Error> {
        let shown = key.public_key.key_data();
        Ok(self.decide(
            self.behaviour
                .keys
                .iter()
                .any(|key| key.key_data() == shown),
        ))
    }

    async fn auth_keyboard_interactive<'a>(
        &'a mut self,
        user: &str,
        _submethods: &str,
        response: Option<Response<'a>>,
    ) -> Result<Auth, Self::Error> {
        let Some(answers) = response else {
            let prompts = self.behaviour.prompts.iter();
            let prompts: Vec<_> = prompts
                .map(|(prompt, _)| ((*prompt).into(), false))
                .collect();
            return Ok(Auth::Partial {
                name: "".into(),
                instructions: "".into(),
                prompts: prompts.into(),
            });
        };
        self.seen.attempt(user, "keyboard-interactive", true);
        let right = self
            .behaviour
            .prompts
            .iter()
            .map(|(_, answer)| answer.as_bytes());
        Ok(self.decide(
            answers
                .collect::<Vec<_>>()
                .iter()
                .map(|answer| &answer[..])
                .eq(right),
        ))
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        if self.open.load(Ordering::SeqCst) >= self.behaviour.most_channels {
            self.seen.refused();
            reply.reject(ChannelOpenFailure::ConnectFailed).await;
            return Ok(());
        }
        let open = Open::new(&self.open, &self.seen);
        let asked = SeenShell::default();
        let unused = Unused {
            channel,
            open,
            asked,
        };
        self.unused.insert(unused.channel.id(), unused);
        reply.accept().await;
        Ok(())
    }

    async fn channel_open_direct_tcpip(
        &mut self,
        channel: Channel<Msg>,
        host: &str,
        port: u32,
        _from_host: &str,
        _from_port: u32,
        reply: ChannelOpenHandle,
        _connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        let Some(port) = u16::try_from(port).ok().filter(|_| self.behaviour.forwards) else {
            reply
                .reject(ChannelOpenFailure::AdministrativelyProhibited)
                .await;
            return Ok(());
        };
        let to = (host.to_owned(), port);
        tokio::spawn(forward::run(Arc::clone(&self.seen), to, channel, reply));
        Ok(())
    }

    async fn channel_close(
        &mut self,
        id: ChannelId,
        _connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        self.unused.remove(&id);
        self.sftp.remove(&id);
        Ok(())
    }

    async fn exec_request(
        &mut self,
        id: ChannelId,
        line: &[u8],
        connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        if self.behaviour.refuses_exec {
            return connection.channel_failure(id);
        }
        let unused = self.unused.get(&id);
        if unused.is_some_and(|unused| unused.asked.term.is_some()) {
            return self.start_shell(id, Some(line), connection);
        }
        let Some(Unused { channel, open, .. }) = self.unused.remove(&id) else {
            return connection.channel_failure(id);
        };
        connection.channel_success(id)?;
        let (behaviour, handle) = (self.behaviour.clone(), connection.handle());
        let (seen, processes) = (Arc::clone(&self.seen), Arc::clone(&self.processes));
        tokio::spawn(async move {
            exec::run(behaviour, seen, processes, channel, handle).await;
            drop(open);
        });
        Ok(())
    }

    async fn subsystem_request(
        &mut self,
        id: ChannelId,
        name: &str,
        connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        if self.behaviour.sftp_hangs {
            return Ok(());
        }
        let has_files = self.behaviour.files.is_some() || self.behaviour.sftp_answers.is_some();
        let serves = has_files && name == "sftp";
        let ends = self.behaviour.sftp_ends_at_once;
        let sent = self.behaviour.sftp_sends.clone();
        if !serves && !ends && sent.is_none() {
            return connection.channel_failure(id);
        }
        let Some(Unused { channel, open, .. }) = self.unused.remove(&id) else {
            return connection.channel_failure(id);
        };
        connection.channel_success(id)?;
        if ends {
            connection.exit_status_request(id, 127)?;
            connection.eof(id)?;
            return connection.close(id);
        }
        self.sftp.insert(id, open);
        if let Some(bytes) = sent {
            return connection.data(id, bytes);
        }
        tokio::spawn(files::run(self.behaviour.clone(), channel));
        Ok(())
    }

    async fn pty_request(
        &mut self,
        id: ChannelId,
        term: &str,
        columns: u32,
        rows: u32,
        width_px: u32,
        height_px: u32,
        modes: &[(Pty, u32)],
        connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        if self.behaviour.refuses_pty || self.behaviour.shell.is_none() {
            return connection.channel_failure(id);
        }
        let Some(unused) = self.unused.get_mut(&id) else {
            return connection.channel_failure(id);
        };
        unused.asked.term = Some(term.to_owned());
        unused.asked.window = Window {
            columns,
            rows,
            width_px,
            height_px,
        };
        unused.asked.modes = modes.iter().map(|(mode, to)| (*mode as u8, *to)).collect();
        connection.channel_success(id)
    }

    async fn env_request(
        &mut self,
        id: ChannelId,
        name: &str,
        value: &str,
        connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        let Some(unused) = self.unused.get_mut(&id) else {
            return connection.channel_failure(id);
        };
        unused.asked.env.push((name.to_owned(), value.to_owned()));
        connection.channel_success(id)
    }

    async fn shell_request(
        &mut self,
        id: ChannelId,
        connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        self.start_shell(id, None, connection)
    }
}
