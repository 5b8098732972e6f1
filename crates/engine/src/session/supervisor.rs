//! Makes a session's connection, keeps it, and makes it anew when it is lost.
//!
//! Invariant: never more than one attempt at a time; what only a person can mend (a refused
//! password, a changed key) stops it, so that no lock-out on the server is tripped.

use std::{sync::Arc, time::Duration};

use catalog::ServerFacts;
use chrono::{SecondsFormat, Utc};
use store::{Auth, Kind, Profile};

use super::{Link, Session, asker::Asker};
use crate::{ConnectionDetails, ConnectionState, Error, cache::Cache};

const PROBE_LIMITS: ssh::Limits = ssh::Limits {
    timeout: Duration::from_secs(15),
    output_bytes: 256 * 1024,
};

/// Runs until a person must act or the session is disconnected (then it is aborted).
pub(super) async fn run(session: Arc<Session>) {
    let mut attempt = 0;
    let mut held_before = false;
    loop {
        let error = match open(&session).await {
            Ok((link, details)) => {
                attempt = 0;
                held_before = true;
                hold(&session, link, details).await
            }
            Err(error) if held_before && passes(&error) => error,
            Err(error) => {
                tracing::info!(server = session.id(), error = %error.body().message, "not connected");
                session.set_state(ConnectionState::Failed {
                    error: error.body(),
                });
                return;
            }
        };
        attempt += 1;
        let wait = backoff(attempt);
        let retry_at = (Utc::now() + wait).to_rfc3339_opts(SecondsFormat::Millis, true);
        let error = error.body();
        tracing::info!(server = session.id(), attempt, error = %error.message, "reconnecting");
        let retry = session.retry.notified();
        session.set_state(ConnectionState::Reconnecting {
            attempt,
            retry_at,
            error,
        });
        let _either = tokio::time::timeout(wait, retry).await;
        session.set_state(ConnectionState::Connecting);
    }
}

/// 1, 2, 4, 8, 16 and from then on 30 seconds.
fn backoff(attempt: u32) -> Duration {
    Duration::from_secs((1_u64 << attempt.saturating_sub(1).min(5)).min(30))
}

/// Whether time alone may mend it.
fn passes(error: &Error) -> bool {
    match error {
        Error::Connect { source, .. } => matches!(
            source,
            ssh::ConnectError::NameUnknown { .. }
                | ssh::ConnectError::Refused { .. }
                | ssh::ConnectError::Unreachable { .. }
                | ssh::ConnectError::Timeout { .. }
                | ssh::ConnectError::Protocol { .. }
        ),
        Error::Run { .. } => true,
        _ => false,
    }
}

/// Publishes an open connection until it is gone; says why it went.
async fn hold(session: &Arc<Session>, link: Link, details: ConnectionDetails) -> Error {
    let name = session.profile().name.clone();
    let connection = link.connection.clone();
    *session
        .link
        .write()
        .unwrap_or_else(std::sync::PoisonError::into_inner) = Some(Arc::new(link));
    let since = Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true);
    session.set_state(ConnectionState::Connected { since, details });
    let closed = connection.closed().await;
    session
        .link
        .write()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
        .take();
    Error::Lost {
        server: name,
        closed,
    }
}

/// Connects and takes the first look.
async fn open(session: &Arc<Session>) -> Result<(Link, ConnectionDetails), Error> {
    let profile = session.profile();
    let server = profile.name.clone();
    let connection = match profile.kind {
        Kind::Local => local(session, &profile).await?,
        Kind::Ssh => remote(session, &profile).await?,
    };
    let probe = ServerFacts::probe();
    // Opening the SFTP channel takes as long as the probe, so it is opened beside it.
    let (output, sftp) = tokio::join!(
        connection.exec(&probe, None, &PROBE_LIMITS),
        connection.has_sftp()
    );
    let output = output.map_err(|source| Error::Run {
        server: server.clone(),
        command: "the first look at the server".to_owned(),
        source,
    })?;
    let raw = catalog::RawOutput {
        stdout: &output.stdout,
        stderr: &output.stderr,
        exit_code: output.exit_code,
        files: &[],
    };
    let facts = ServerFacts::parse(raw).map_err(|source| Error::Probe { server, source })?;
    let agreed = connection.details();
    let details = ConnectionDetails {
        host_key: agreed.host_key_fingerprint,
        key_exchange: agreed.key_exchange,
        cipher: agreed.cipher,
        sftp,
        os: facts.os.clone(),
        uid: facts.uid,
    };
    let cache = Cache::default();
    Ok((
        Link {
            connection,
            facts,
            cache,
        },
        details,
    ))
}

async fn local(session: &Arc<Session>, profile: &Profile) -> Result<ssh::Connection, Error> {
    let server = profile.name.clone();
    if session.options.runs_as_root && !session.questions.confirm_root(session).await {
        return Err(Error::RootNotConfirmed { server });
    }
    let stream = (session.options.local)().map_err(|source| Error::Local {
        server: server.clone(),
        source,
    })?;
    ssh::connect_stream(stream, &profile.user)
        .await
        .map_err(|source| Error::Connect { server, source })
}

async fn remote(session: &Arc<Session>, profile: &Profile) -> Result<ssh::Connection, Error> {
    let target = ssh::Target {
        server: profile.name.clone(),
        host: profile.host.clone().unwrap_or_default(),
        port: profile.port.unwrap_or(22),
        user: profile.user.clone(),
    };
    let auth = match &profile.auth {
        Auth::Auto => ssh::AuthMethod::Auto,
        Auth::Agent => ssh::AuthMethod::Agent,
        Auth::Password => ssh::AuthMethod::Password,
        Auth::KeyFile { path } => ssh::AuthMethod::KeyFile(path.clone()),
    };
    let asker = Arc::new(Asker::new(Arc::clone(session)));
    ssh::connect(
        &target,
        &auth,
        &session.options.known_hosts,
        asker,
        ssh::Timeouts::default(),
    )
    .await
    .map_err(|source| Error::Connect {
        server: target.server.clone(),
        source,
    })
}
