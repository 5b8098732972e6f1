//! Our side of russh's callbacks: the host key check, the end of the connection, and a no to every
//! channel a server wants to open.
//!
//! Invariant: nothing here waits once the connection stands, since russh runs these in its loop.

use std::{
    sync::{Arc, OnceLock},
    time::{SystemTime, UNIX_EPOCH},
};

use russh::{
    Channel, ChannelId, ChannelOpenFailure, Names,
    client::{ChannelOpenHandle, DisconnectReason, Handler, Msg, Session},
    keys::{
        HashAlg, PublicKey, PublicKeyOrCertificate,
        ssh_key::public::{EcdsaPublicKey, KeyData},
    },
};
use tokio::{
    sync::watch,
    time::{Duration, timeout},
};

use crate::{
    Ask, ChangedHostKey, Closed, ConnectError, Details, HostKey, HostKeyQuestion, Target,
    UnknownKey,
    error::one_line,
    known_hosts::{Known, Verdict},
    line::was_hung_up,
    progress::Progress,
    settings::is_weak,
};

/// How long the words of a refusal that has come may take.
const WORDS_COME: Duration = Duration::from_secs(1);

/// Who decides whether the host's key is right.
pub(crate) enum Trust {
    /// The files, and a person where they do not know the host.
    Checked {
        target: Target,
        known: Box<Known>,
        unknown: UnknownKey,
        least_rsa_bits: u32,
        ask: Arc<dyn Ask>,
    },
    /// It was, and what is known of other hosts is not held for as long as the connection stands.
    Given,
    /// Nobody: the other end is in this process.
    InProcess,
}

/// What the callbacks tell the rest of the crate.
pub(crate) struct Client {
    pub(crate) trust: Trust,
    pub(crate) progress: Arc<Progress>,
    pub(crate) details: Arc<OnceLock<Details>>,
    pub(crate) closed: watch::Sender<Option<Closed>>,
    pub(crate) refusals: Arc<Refusals>,
    pub(crate) host_key: Option<HostKey>,
}

/// How many channels the server has refused, and its words at the last one. russh tells whoever opens
/// a channel the reason's number only.
#[derive(Debug, Default)]
pub(crate) struct Refusals(watch::Sender<(u64, String)>);

impl Refusals {
    /// How many there were so far.
    pub(crate) fn count(&self) -> u64 {
        self.0.borrow().0
    }

    /// The words of the one refusal since `count`; `None`: there were more, or it said nothing.
    pub(crate) async fn words_since(&self, count: u64) -> Option<String> {
        let mut refusals = self.0.subscribe();
        // The callback comes right after the refusal, but on another thread.
        let told = refusals.wait_for(|(now, _)| *now > count);
        let told = timeout(WORDS_COME, told).await.ok()?.ok()?;
        let (now, words) = &*told;
        (*now == count + 1 && !words.is_empty()).then(|| words.clone())
    }
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

    /// New keys on a connection that stands.
    fn agreed_anew(&self, details: &Details, names: &Names) -> Result<(), Failure> {
        let algorithm = names.key.to_string();
        if algorithm != details.host_key_algorithm {
            let first = &details.host_key_algorithm;
            return Err(Failure::Abused(format!(
                "in mid-connection it changed its key, of {first}, for one of {algorithm}"
            )));
        }
        self.progress.proof.agreed_anew();
        self.progress.guard.agreed_anew().map_err(Failure::Abused)
    }

    /// Whether a key that is shown once more is the one that was trusted.
    fn is_still(&self, shown: &PublicKeyOrCertificate) -> Result<(), Failure> {
        let shown = shown.public_key().fingerprint(HashAlg::Sha256).to_string();
        match &self.host_key {
            Some(first) if first.fingerprint != shown => Err(Failure::Abused(format!(
                "in mid-connection it changed its key {} for {shown}",
                first.fingerprint
            ))),
            _ => Ok(()),
        }
    }

    async fn check(&self, shown: &PublicKeyOrCertificate) -> Result<(), ConnectError> {
        let Trust::Checked {
            target,
            known,
            unknown,
            least_rsa_bits,
            ask,
        } = &self.trust
        else {
            return Ok(());
        };
        let key = &shown.public_key();
        let address = target.address();
        let algorithm = key.algorithm().to_string();
        let fingerprint = key.fingerprint(HashAlg::Sha256);
        if let KeyData::Rsa(rsa) = key.key_data()
            && rsa.key_size() < *least_rsa_bits
        {
            let bits = rsa.key_size();
            return Err(ConnectError::Protocol {
                address,
                reason: format!(
                    "its RSA key has {bits} bits, fewer than the {least_rsa_bits} wanted"
                ),
            });
        }
        let verdict = match shown.certificate() {
            Some(certificate) => known.verdict_on(certificate, seconds_since_1970()),
            None => known.verdict(key),
        };
        match verdict {
            Verdict::Trusted | Verdict::Vouched { .. } => Ok(()),
            Verdict::BadCertificate(reason) => Err(ConnectError::HostCertificate {
                address,
                fingerprint: fingerprint.to_string(),
                reason,
            }),
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
            Verdict::New if *unknown == UnknownKey::Refuse => Err(ConnectError::HostKeyUnknown {
                address,
                fingerprint: fingerprint.to_string(),
            }),
            Verdict::New if *unknown == UnknownKey::Accept => {
                remember((**known).clone(), key.clone()).await
            }
            Verdict::New => {
                let question = HostKeyQuestion {
                    host: target.host.clone(),
                    port: target.port,
                    algorithm,
                    fingerprint: fingerprint.to_string(),
                    randomart: fingerprint.to_randomart(&header(key)),
                    known_as: known.other_names(key),
                };
                match self.progress.ask(ask.host_key(question)).await {
                    Some(true) => remember((**known).clone(), key.clone()).await,
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

fn seconds_since_1970() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |now| now.as_secs())
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
        russh::Error::IO(error) if was_hung_up(error) => Closed::ByServer { reason: None },
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
        if !matches!(self.trust, Trust::Checked { .. }) {
            self.is_still(key)?;
            return Ok(true);
        }
        self.check(key).await.map_err(Failure::Refused)?;
        self.trust = Trust::Given;
        self.progress.proof.trusted(&key.public_key());
        self.host_key = Some(HostKey {
            fingerprint: key.public_key().fingerprint(HashAlg::Sha256).to_string(),
            authority: key.certificate().map(|certificate| {
                let authority = certificate.signature_key();
                authority.fingerprint(HashAlg::Sha256).to_string()
            }),
        });
        Ok(true)
    }

    async fn kex_done(
        &mut self,
        _secret: Option<&[u8]>,
        names: &Names,
        _session: &mut Session,
    ) -> Result<(), Failure> {
        if let Some(details) = self.details.get() {
            return self.agreed_anew(details, names);
        }
        self.details.get_or_init(|| {
            let cipher = names.cipher.as_ref().to_owned();
            let has_own_mac = cipher.contains("gcm") || cipher.contains("poly1305");
            let mac = (!has_own_mac).then(|| names.client_mac.as_ref().to_owned());
            let key_exchange = names.kex.as_ref().to_owned();
            let host_key_algorithm = names.key.to_string();
            let all = [&key_exchange, &cipher, &host_key_algorithm];
            let weak = all.into_iter().chain(&mac).filter(|name| is_weak(name));
            Details {
                host_key: self.host_key.clone(),
                weak: weak.cloned().collect(),
                is_strict: names.strict_kex(),
                key_exchange,
                host_key_algorithm,
                cipher,
                mac,
            }
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

    async fn channel_open_failure(
        &mut self,
        _channel: ChannelId,
        _reason: ChannelOpenFailure,
        description: &str,
        _language: &str,
        _session: &mut Session,
    ) -> Result<(), Failure> {
        self.refusals.0.send_modify(|(count, words)| {
            *count = count.saturating_add(1);
            *words = one_line(description);
        });
        Ok(())
    }

    async fn openssh_ext_host_keys_announced(
        &mut self,
        keys: Vec<PublicKey>,
        _session: &mut Session,
    ) -> Result<(), Failure> {
        self.progress.proof.announced(&keys);
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
