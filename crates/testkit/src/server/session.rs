//! One connection of a test server.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use russh::{
    Channel, ChannelId, ChannelOpenFailure, MethodSet,
    server::{Auth, ChannelOpenHandle, Handler, Msg, PublicKeyOffer, Response},
    server::{Session as Connection, VerifiedPublicKey},
};

use super::{
    Behaviour, Seen,
    exec::{self, Processes},
    files::Files,
    seen::Open,
};

/// The state of one connection.
pub(super) struct Session {
    behaviour: Behaviour,
    seen: Arc<Seen>,
    processes: Arc<Processes>,
    unused: HashMap<ChannelId, (Channel<Msg>, Open)>,
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
        self.unused.insert(channel.id(), (channel, open));
        reply.accept().await;
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
        _line: &[u8],
        connection: &mut Connection,
    ) -> Result<(), Self::Error> {
        if self.behaviour.refuses_exec {
            return connection.channel_failure(id);
        }
        let Some((channel, open)) = self.unused.remove(&id) else {
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
        let files = self.behaviour.files.clone().filter(|_| name == "sftp");
        let ends = self.behaviour.sftp_ends_at_once;
        if files.is_none() && !ends {
            return connection.channel_failure(id);
        }
        let Some((channel, open)) = self.unused.remove(&id) else {
            return connection.channel_failure(id);
        };
        connection.channel_success(id)?;
        if ends {
            connection.exit_status_request(id, 127)?;
            connection.eof(id)?;
            return connection.close(id);
        }
        self.sftp.insert(id, open);
        let files = Files(Arc::new(files.unwrap_or_default()));
        russh_sftp::server::run(channel.into_stream(), files).await;
        Ok(())
    }
}
