//! Our side of russh's callbacks: the host key check, the end of the connection, and a no to every
//! channel a server wants to open.
//!
//! Invariant: nothing here waits once the connection stands, since russh runs these in its loop.

use std::sync::{Arc, OnceLock};

use russh::{
    Channel, Names,
    client::{ChannelOpenHandle, DisconnectReason, Handler, Msg, Session},
    keys::{HashAlg, PublicKey, PublicKeyOrCertificate},
};
use tokio::sync::watch;

use crate::{
    Ask, ChangedHostKey, Closed, ConnectError, Details, HostKeyQuestion, Target,
    error::one_line,
    known_hosts::{Known, Verdict},
    progress::Progress,
};

/// Who decides whether the host's key is right.
pub(crate) enum Trust {
    /// The files, and a person where they do not know the host.
    Checked {
        target: Target,
        known: Known,
        ask: Arc<dyn Ask>,
    },
    /// Nobody: the other end is in this process.
    InProcess,
}

/// What the callbacks tell the rest of the crate.
pub(crate) struct Client {
    pub(crate) trust: Trust,
    pub(crate) progress: Arc<Progress>,
    pub(crate) details: Arc<OnceLock<Details>>,
    pub(crate) closed: watch::Sender<Option<Closed>>,
    pub(crate) fingerprint: Option<String>,
}

/// Why russh's loop was ended, or ended by itself.
#[derive(Debug)]
pub(crate) enum Failure {
    /// By us.
    Refused(ConnectError),
    /// By us, because the server does what none may; why.
    Abused(String),
    /// By russh.
    Ssh(russh::Error),
}

impl From<russh::Error> for Failure {
    fn from(error: russh::Error) -> Self {
        Self::Ssh(error)
    }
}

impl Client {
    /// No server may open a channel to us. Dropping the handle is the no; russh's own default is yes.
    fn refuse(&self, reply: ChannelOpenHandle) -> Result<(), Failure> {
        drop(reply);
        self.progress
            .guard
            .unasked_channel()
            .map_err(Failure::Abused)
    }

    async fn check(&self, key: &PublicKey) -> Result<(), ConnectError> {
        let Trust::Checked { target, known, ask } = &self.trust else {
            return Ok(());
        };
        let address = target.address();
        let algorithm = key.algorithm().to_string();
        let fingerprint = key.fingerprint(HashAlg::Sha256);
        match known.verdict(key) {
            Verdict::Trusted => Ok(()),
            Verdict::Revoked { file, line } => Err(ConnectError::HostKeyRevoked {
                address,
                fingerprint: fingerprint.to_string(),
                file,
                line,
            }),
            Verdict::Changed(known) => {
                Err(ConnectError::HostKeyChanged(Box::new(ChangedHostKey {
                    address,
                    algorithm,
                    fingerprint: fingerprint.to_string(),
                    known,
                })))
            }
            Verdict::New => {
                let question = HostKeyQuestion {
                    host: target.host.clone(),
                    port: target.port,
                    algorithm,
                    fingerprint: fingerprint.to_string(),
                    randomart: fingerprint.to_randomart(&header(key)),
                };
                match self.progress.ask(ask.host_key(question)).await {
                    Some(true) => remember(known.clone(), key.clone()).await,
                    Some(false) => Err(ConnectError::HostKeyRejected {
                        address,
                        fingerprint: fingerprint.to_string(),
                    }),
                    None => Err(ConnectError::Cancelled { address }),
                }
            }
        }
    }
}

async fn remember(known: Known, key: PublicKey) -> Result<(), ConnectError> {
    let file = known.own_file();
    let failed = move |reason: String| ConnectError::KnownHosts { path: file, reason };
    match tokio::task::spawn_blocking(move || known.remember(&key)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(failed(one_line(&error.to_string()))),
        Err(_) => Err(failed("writing was stopped".to_owned())),
    }
}

/// The title of the picture, as `ssh-keygen -lv` writes it: `[ED25519 256]`.
fn header(key: &PublicKey) -> String {
    use russh::keys::ssh_key::public::{EcdsaPublicKey, KeyData};
    match key.key_data() {
        KeyData::Ed25519(_) => "[ED25519 256]".to_owned(),
        KeyData::Ecdsa(key) => match key {
            EcdsaPublicKey::NistP256(_) => "[ECDSA 256]".to_owned(),
            EcdsaPublicKey::NistP384(_) => "[ECDSA 384]".to_owned(),
            EcdsaPublicKey::NistP521(_) => "[ECDSA 521]".to_owned(),
        },
        KeyData::Rsa(key) => format!("[RSA {}]", key.key_size()),
        _ => format!("[{}]", key.algorithm()),
    }
}

/// Why the connection ended, in our words.
pub(crate) fn closed_reason(error: &russh::Error) -> Closed {
    match error {
        russh::Error::KeepaliveTimeout => Closed::Silent,
        // Nothing that was written was taken, or the system says so.
        russh::Error::IO(error) if error.kind() == std::io::ErrorKind::TimedOut => Closed::Silent,
        russh::Error::IO(error) => Closed::Broken {
            reason: one_line(&error.to_string()),
        },
        russh::Error::Disconnect | russh::Error::HUP => Closed::ByServer { reason: None },
        error => Closed::Broken {
            reason: one_line(&error.to_string()),
        },
    }
}

impl Handler for Client {
    type Error = Failure;

    async fn check_server_key(&mut self, key: &PublicKeyOrCertificate) -> Result<bool, Failure> {
        // Certificates are never offered in the negotiation, so none can be the answer.
        let PublicKeyOrCertificate::PublicKey { key, .. } = key else {
            return Ok(false);
        };
        self.check(key).await.map_err(Failure::Refused)?;
        if matches!(self.trust, Trust::Checked { .. }) {
            self.fingerprint = Some(key.fingerprint(HashAlg::Sha256).to_string());
        }
        Ok(true)
    }

    async fn kex_done(
        &mut self,
        _secret: Option<&[u8]>,
        names: &Names,
        _session: &mut Session,
    ) -> Result<(), Failure> {
        if self.details.get().is_some() {
            return self.progress.guard.agreed_anew().map_err(Failure::Abused);
        }
        self.details.get_or_init(|| Details {
            host_key_fingerprint: self.fingerprint.clone(),
            key_exchange: names.kex.as_ref().to_owned(),
            cipher: names.cipher.as_ref().to_owned(),
        });
        Ok(())
    }

    async fn disconnected(&mut self, reason: DisconnectReason<Failure>) -> Result<(), Failure> {
        let closed = match &reason {
            DisconnectReason::ReceivedDisconnect(info) => Closed::ByServer {
                reason: Some(one_line(&info.message)).filter(|text| !text.is_empty()),
            },
            DisconnectReason::Error(Failure::Ssh(error)) => closed_reason(error),
            DisconnectReason::Error(Failure::Refused(error)) => Closed::Broken {
                reason: error.to_string(),
            },
            DisconnectReason::Error(Failure::Abused(reason)) => Closed::Broken {
                reason: reason.clone(),
            },
        };
        self.closed.send_replace(Some(closed));
        Ok(())
    }

    async fn should_accept_unknown_server_channel(
        &mut self,
        _id: russh::ChannelId,
        _kind: &str,
    ) -> bool {
        // The end comes with the next read or write.
        let _ = self.progress.guard.unasked_channel();
        false
    }

    async fn server_channel_open_forwarded_tcpip(
        &mut self,
        _channel: Channel<Msg>,
        _connected_address: &str,
        _connected_port: u32,
        _originator_address: &str,
        _originator_port: u32,
        reply: ChannelOpenHandle,
        _session: &mut Session,
    ) -> Result<(), Failure> {
        self.refuse(reply)
    }

    async fn server_channel_open_forwarded_streamlocal(
        &mut self,
        _channel: Channel<Msg>,
        _socket_path: &str,
        reply: ChannelOpenHandle,
        _session: &mut Session,
    ) -> Result<(), Failure> {
        self.refuse(reply)
    }

    async fn server_channel_open_agent_forward(
        &mut self,
        _channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _session: &mut Session,
    ) -> Result<(), Failure> {
        self.refuse(reply)
    }

    async fn server_channel_open_session(
        &mut self,
        _channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _session: &mut Session,
    ) -> Result<(), Failure> {
        self.refuse(reply)
    }

    async fn server_channel_open_direct_tcpip(
        &mut self,
        _channel: Channel<Msg>,
        _host_to_connect: &str,
        _port_to_connect: u32,
        _originator_address: &str,
        _originator_port: u32,
        reply: ChannelOpenHandle,
        _session: &mut Session,
    ) -> Result<(), Failure> {
        self.refuse(reply)
    }

    async fn server_channel_open_direct_streamlocal(
        &mut self,
        _channel: Channel<Msg>,
        _socket_path: &str,
        reply: ChannelOpenHandle,
        _session: &mut Session,
    ) -> Result<(), Failure> {
        self.refuse(reply)
    }

    async fn server_channel_open_x11(
        &mut self,
        _channel: Channel<Msg>,
        _originator_address: &str,
        _originator_port: u32,
        reply: ChannelOpenHandle,
        _session: &mut Session,
    ) -> Result<(), Failure> {
        self.refuse(reply)
    }
}
