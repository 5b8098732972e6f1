//! A plain SSH client over the stream that `local::serve` returns.

use std::sync::{Arc, OnceLock};

use russh::{
    Channel, ChannelMsg, ChannelReadHalf, Disconnect,
    client::{self, Config, Handle, Msg},
    keys::PublicKeyOrCertificate,
};
use russh_sftp::client::RawSftpSession;

pub(crate) struct Client {
    pub(crate) handle: Handle<Trusting>,
    pub(crate) host_key: String,
}

/// What a command left behind.
#[derive(Debug, Default)]
pub(crate) struct Ended {
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    pub(crate) status: Option<u32>,
    /// The name, as its Debug form.
    pub(crate) signal: Option<String>,
}

pub(crate) struct Trusting(Arc<OnceLock<String>>);

impl client::Handler for Trusting {
    type Error = russh::Error;

    async fn check_server_key(
        &mut self,
        key: &PublicKeyOrCertificate,
    ) -> Result<bool, russh::Error> {
        let PublicKeyOrCertificate::PublicKey { key, .. } = key else {
            return Ok(false);
        };
        Ok(self.0.set(key.to_openssh().unwrap()).is_ok())
    }
}

impl Client {
    pub(crate) async fn connect() -> Self {
        let host_key = Arc::new(OnceLock::new());
        let stream = local::serve().unwrap();
        let trusting = Trusting(Arc::clone(&host_key));
        let mut handle = client::connect_stream(Arc::new(Config::default()), stream, trusting)
            .await
            .unwrap();
        assert!(handle.authenticate_none("anybody").await.unwrap().success());
        let host_key = host_key.get().unwrap().clone();
        assert!(host_key.starts_with("ssh-ed25519 "), "{host_key}");
        Self { handle, host_key }
    }

    /// A channel on which `line` runs.
    pub(crate) async fn start(&self, line: &str) -> Channel<Msg> {
        let mut channel = self.handle.channel_open_session().await.unwrap();
        channel.exec(true, line).await.unwrap();
        match channel.wait().await {
            Some(ChannelMsg::Success) => channel,
            other => panic!("{other:?}"),
        }
    }

    /// Runs `line` without input.
    pub(crate) async fn run(&self, line: &str) -> Ended {
        self.run_with(line, b"").await
    }

    /// Runs `line` with this input and its end, reading all the while what it prints.
    pub(crate) async fn run_with(&self, line: &str, input: &[u8]) -> Ended {
        let (incoming, outgoing) = self.start(line).await.split();
        let sending = async {
            outgoing.data(input).await.unwrap();
            outgoing.eof().await.unwrap();
        };
        tokio::join!(end(incoming), sending).0
    }

    pub(crate) async fn sftp(&self) -> RawSftpSession {
        let channel = self.handle.channel_open_session().await.unwrap();
        channel.request_subsystem(true, "sftp").await.unwrap();
        let session = RawSftpSession::new(channel.into_stream());
        session.init().await.unwrap();
        session
    }

    pub(crate) async fn leave(self) {
        self.handle
            .disconnect(Disconnect::ByApplication, "", "")
            .await
            .unwrap();
    }
}

/// Reads a channel to its close.
pub(crate) async fn end(mut channel: ChannelReadHalf) -> Ended {
    let mut ended = Ended::default();
    while let Some(message) = channel.wait().await {
        match message {
            ChannelMsg::Data { data } => ended.stdout.extend_from_slice(&data),
            ChannelMsg::ExtendedData { data, ext: 1 } => ended.stderr.extend_from_slice(&data),
            ChannelMsg::ExitStatus { exit_status } => ended.status = Some(exit_status),
            ChannelMsg::ExitSignal { signal_name, .. } => {
                ended.signal = Some(format!("{signal_name:?}"));
            }
            _ => {}
        }
    }
    ended
}

/// Reads standard output up to the end of its first line.
pub(crate) async fn first_line(channel: &mut Channel<Msg>) -> String {
    let mut line = Vec::new();
    while !line.ends_with(b"\n") {
        match channel.wait().await {
            Some(ChannelMsg::Data { data }) => line.extend_from_slice(&data),
            Some(_) => {}
            None => panic!("the channel closed after {line:?}"),
        }
    }
    String::from_utf8(line).unwrap().trim_end().to_owned()
}
