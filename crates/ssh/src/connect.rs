//! Makes connections: dial, key exchange with the host key check, login.

use std::sync::{Arc, OnceLock};

use russh::client::{self, Config, Handle};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::watch,
};

use crate::{
    Ask, Closed, ConnectError, Connection, Details, Hop, Timeouts,
    auth::{self, Login},
    client::{Client, Failure, Refusals, Trust},
    connection::Made,
    dial::{dial, through},
    error::one_line,
    known_hosts::Known,
    line::{Hangup, Line, was_hung_up},
    progress::Progress,
    settings::{Shown, config, in_process},
    sftp::FilesDoor,
};

/// Connects to a host and logs in; through another connection where one is given.
///
/// The host's key is checked before any secret is sent. May be dropped at any time: the TCP
/// connection then ends and a question that is open is withdrawn.
///
/// # Errors
/// [`ConnectError`], each with what failed at which address.
pub async fn connect(
    hop: &Hop,
    via: Option<&Connection>,
    ask: Arc<dyn Ask>,
) -> Result<Connection, ConnectError> {
    let known = read_known_hosts(hop).await?;
    match via {
        None => {
            let stream = dial(hop).await?;
            over(stream, hop, None, known, ask).await
        }
        Some(via) => {
            let stream = through(via, &hop.target, hop.timeouts.connect).await?;
            over(stream, hop, Some(via.clone()), known, ask).await
        }
    }
}

async fn over<S>(
    stream: S,
    hop: &Hop,
    via: Option<Connection>,
    known: Known,
    ask: Arc<dyn Ask>,
) -> Result<Connection, ConnectError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (target, address) = (&hop.target, hop.target.address());
    let progress = Arc::new(Progress::new());
    let shown = Shown {
        known: &known.algorithms(),
        certified: known.has_authorities(),
    };
    let config =
        config(&shown, &hop.algorithms).map_err(|(keyword, names)| ConnectError::Algorithms {
            address: address.clone(),
            keyword,
            names,
        })?;
    let trust = Trust::Checked {
        target: target.clone(),
        known: Box::new(known),
        unknown: hop.unknown_key,
        least_rsa_bits: hop.least_rsa_bits,
        ask: Arc::clone(&ask),
    };
    let work = async {
        let progress = Arc::clone(&progress);
        let mut shaken =
            shake_hands(stream, config, trust, Arc::clone(&progress), &address).await?;
        let host_key = shaken.host_key();
        let login = Login::new(
            &mut shaken.handle,
            target,
            host_key,
            &*ask,
            &progress,
            &shaken.closed,
        );
        auth::log_in(login, &hop.proofs).await?;
        Ok(shaken)
    };
    let shaken = progress.supervise(&address, &hop.timeouts, work).await?;
    let made = shaken.made(&progress, &address)?;
    Ok(Connection::new(Made {
        via,
        environment: hop.environment.clone(),
        ..made
    }))
}

/// Connects over a stream whose other end is in this process, as `user`, without a proof. No key is
/// checked and nobody is asked. `files`: the way to its SFTP server that needs no channel.
///
/// # Errors
/// `Timeout`, `Protocol`, or `AuthFailed` where the other end wants a proof.
pub async fn connect_stream<S>(
    stream: S,
    files: Option<FilesDoor>,
    user: &str,
) -> Result<Connection, ConnectError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let address = "this computer";
    let progress = Arc::new(Progress::new());
    let work = async {
        let progress = Arc::clone(&progress);
        let greeted = Arc::clone(&progress);
        let mut shaken =
            shake_hands(stream, in_process(), Trust::InProcess, greeted, address).await?;
        auth::without_proof(&mut shaken.handle, &progress, address, user).await?;
        Ok(shaken)
    };
    let shaken = progress
        .supervise(address, &Timeouts::default(), work)
        .await?;
    let made = shaken.made(&progress, address)?;
    Ok(Connection::new(Made { files, ..made }))
}

/// A connection with keys agreed.
struct Shaken {
    handle: Handle<Client>,
    details: Arc<OnceLock<Details>>,
    closed: watch::Receiver<Option<Closed>>,
    hangup: Hangup,
    refusals: Arc<Refusals>,
}

impl Shaken {
    /// The fingerprint of the host's key; empty where none was checked.
    fn host_key(&self) -> String {
        let key = self
            .details
            .get()
            .and_then(|details| details.host_key.as_ref());
        key.map(|key| key.fingerprint.clone()).unwrap_or_default()
    }

    /// What the connection consists of, straight there and without variables.
    fn made(self, progress: &Progress, address: &str) -> Result<Made, ConnectError> {
        let details = self.details.get().cloned();
        let details = details.ok_or_else(|| ConnectError::Protocol {
            address: address.to_owned(),
            reason: "no keys were agreed".to_owned(),
        })?;
        Ok(Made {
            handle: self.handle,
            version: progress.version().to_owned(),
            address: address.to_owned(),
            details,
            closed: self.closed,
            hangup: self.hangup,
            refusals: self.refusals,
            files: None,
            via: None,
            environment: Vec::new(),
        })
    }
}

async fn shake_hands<S>(
    stream: S,
    config: Arc<Config>,
    trust: Trust,
    progress: Arc<Progress>,
    address: &str,
) -> Result<Shaken, ConnectError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (line, hangup) = Line::new(stream, Arc::clone(&progress));
    let details = Arc::new(OnceLock::new());
    let (ended, closed) = watch::channel(None);
    let refusals = Arc::new(Refusals::default());
    let client = Client {
        trust,
        progress: Arc::clone(&progress),
        details: Arc::clone(&details),
        closed: ended,
        refusals: Arc::clone(&refusals),
        host_key: None,
    };
    let handle =
        client::connect_stream(config, line, client)
            .await
            .map_err(|failure| match failure {
                Failure::Refused(error) => error,
                Failure::Abused(reason) => ConnectError::Protocol {
                    address: address.to_owned(),
                    reason,
                },
                Failure::Ssh(error) => ConnectError::Protocol {
                    address: address.to_owned(),
                    reason: handshake_failure(&error, &progress.first_line()),
                },
            })?;
    Ok(Shaken {
        handle,
        details,
        closed,
        hangup,
        refusals,
    })
}

fn handshake_failure(error: &russh::Error, first_line: &str) -> String {
    let what = match error {
        russh::Error::Disconnect | russh::Error::HUP => "it closed the connection".to_owned(),
        russh::Error::IO(error) if was_hung_up(error) => "it closed the connection".to_owned(),
        error => one_line(&error.to_string()),
    };
    if first_line.is_empty() || first_line.starts_with("SSH-") {
        what
    } else {
        format!("{what}; it said {first_line:?}")
    }
}

async fn read_known_hosts(hop: &Hop) -> Result<Known, ConnectError> {
    let (files, target, alias) = (
        hop.known_hosts.clone(),
        hop.target.clone(),
        hop.host_key_alias.clone(),
    );
    let address = target.address();
    tokio::task::spawn_blocking(move || files.known(&target, alias.as_deref()))
        .await
        .map_err(|_| ConnectError::Cancelled { address })?
}
