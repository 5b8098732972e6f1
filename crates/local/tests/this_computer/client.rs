//! A plain SSH client over the stream that `local::serve` returns.

use std::sync::{Arc, OnceLock};

use russh::{
    Channel, ChannelId, ChannelMsg, ChannelReadHalf, Disconnect, Preferred, cipher,
    client::{self, Config, Handle, Msg},
    keys::PublicKeyOrCertificate,
};

/// The home folder that is served: none of the start-up files of whoever runs the tests are there.
pub(crate) const HOME: &str = env!("CARGO_TARGET_TMPDIR");

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

pub(crate) struct Trusting {
    host_key: Arc<OnceLock<String>>,
    grants: bool,
}

impl client::Handler for Trusting {
    type Error = russh::Error;

    async fn check_server_key(
        &mut self,
        key: &PublicKeyOrCertificate,
    ) -> Result<bool, russh::Error> {
        let PublicKeyOrCertificate::PublicKey { key, .. } = key else {
            return Ok(false);
        };
        Ok(self.host_key.set(key.to_openssh().unwrap()).is_ok())
    }

    /// To a window of 1 byte nothing is ever added.
    fn adjust_window(&mut self, _id: ChannelId, window: u32) -> u32 {
        if self.grants { window } else { 1 }
    }
}

impl Client {
    pub(crate) async fn connect() -> Self {
        Self::connect_as(true).await
    }

    /// One that takes no more than some megabytes, all its channels together.
    pub(crate) async fn connect_with_small_window() -> Self {
        Self::connect_as(false).await
    }

    async fn connect_as(grants: bool) -> Self {
        let host_key = Arc::new(OnceLock::new());
        let stream = local::serve(Some(HOME.into())).unwrap().stream;
        let trusting = Trusting {
            host_key: Arc::clone(&host_key),
            grants,
        };
        // Tests ask much before they read an answer, and russh waits for whoever does not read.
        let config = Config {
            channel_buffer_size: 100_000,
            preferred: Preferred {
                cipher: vec![cipher::AES_128_GCM, cipher::NONE].into(),
                ..Preferred::DEFAULT
            },
            ..Config::default()
        };
        let mut handle = client::connect_stream(Arc::new(config), stream, trusting)
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
