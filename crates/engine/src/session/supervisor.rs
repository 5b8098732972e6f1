//! Makes a session's connection, keeps it, and makes it anew when it is lost.
//!
//! Invariant: never more than one attempt at a time; what only a person can mend (a refused
//! password, a changed key) stops it, so that no lock-out on the server is tripped. After a sleep of this
//! computer nothing waits for its turn: the line is looked at, or the next attempt made, at once.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use catalog::{Capability, RawOutput, ServerFacts, Source, redact};
use chrono::{SecondsFormat, Utc};
use store::{Kind, Profile};
use tokio::sync::watch;

use super::{Link, Session, asker::Asker, secrets::Secrets};
use crate::{
    ConnectionDetails, ConnectionState, Error,
    cache::Cache,
    fetch::fetch,
    files,
    gate::{self, Granted},
    journal::Begun,
    lines::{Line, Wanted},
    way,
};

/// What the journal calls the first look.
const FIRST_LOOK: &str = "server.facts";
/// A connection that was held this long was a good one.
const STEADY: Duration = Duration::from_secs(60);
/// After this computer has slept, the server has this long to answer. A network that comes up again
/// within six seconds is in time: TCP sends what was lost once more by then.
const ANSWERS: Duration = Duration::from_secs(8);

/// Runs until a person must act or the session is disconnected (then it is aborted).
pub(super) async fn run(session: Arc<Session>) {
    let mut attempt = 0;
    let mut held_before = false;
    let mut wanted = Wanted::ByPerson;
    let mut woken = session.lines.woken();
    loop {
        // In a box, so that nothing is held of it while the connection stands.
        let who = match wanted {
            Wanted::ByPerson => gate::asker(),
            Wanted::ByItself => store::Asker::Program,
        };
        let opened = Box::pin(gate::asked_by(who, open(&session, wanted))).await;
        session.testing.note(opened.as_ref().err());
        let error = match opened {
            Ok((link, details, begun)) => {
                held_before = true;
                Secrets::accepted(&session);
                let began = Instant::now();
                let lost = hold(&session, link, details, &mut woken).await;
                begun.end(None, None, lost.code());
                // A server that lets in and drops again is not asked once a second for ever.
                if began.elapsed() > STEADY {
                    attempt = 0;
                }
                lost
            }
            Err(error) if held_before && passes(&error) => error,
            // Let in and dropped: small servers break down now and then. Once more, and no oftener.
            Err(error) if attempt == 0 && is_dropped(&error) => error,
            Err(error) => {
                tracing::info!(server = session.id(), error = %redact::text(&error.body().message).text, "not connected");
                // What was refused must not be sent again without being asked for.
                session.questions.secrets.failed(&session, &error).await;
                session.questions.forget();
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
        tracing::info!(server = session.id(), attempt, error = %redact::text(&error.message).text, "reconnecting");
        let retry = session.retry.notified();
        session.set_state(ConnectionState::Reconnecting {
            attempt,
            retry_at,
            error,
        });
        wanted = tokio::select! {
            () = tokio::time::sleep(wait) => Wanted::ByItself,
            () = retry => Wanted::ByPerson,
            // A network takes its time to come up after a sleep, so the waits are short again.
            Ok(()) = woken.changed() => {
                attempt = 0;
                Wanted::ByItself
            }
        };
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
        Error::Connect { source, .. } => source.may_pass(),
        Error::Run { .. } => true,
        _ => false,
    }
}

/// Whether the server ended a connection that it had let in, before it was looked at.
fn is_dropped(error: &Error) -> bool {
    let Error::Run { source, .. } = error else {
        return false;
    };
    matches!(source, ssh::ExecError::Lost { .. })
}

/// Publishes an open connection until it is gone; says why it went.
async fn hold(
    session: &Arc<Session>,
    link: Link,
    details: ConnectionDetails,
    woken: &mut watch::Receiver<u64>,
) -> Error {
    let name = session.profile().name.clone();
    let connection = link.connection.clone();
    // Before anybody can make new ones.
    let strays = session.options.store.strays(session.id());
    session.set_link(Some(Arc::new(link)));
    match strays {
        Ok(strays) if strays.is_empty() => {}
        Ok(strays) => drop(tokio::spawn(files::sweep(Arc::clone(session), strays))),
        Err(error) => tracing::warn!(%error, "hidden files that were left are not known"),
    }
    let since = Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true);
    session.note_seen();
    session.set_state(ConnectionState::Connected { since, details });
    let closed = loop {
        tokio::select! {
            closed = connection.closed() => break closed,
            Ok(()) = woken.changed() => connection.check(ANSWERS).await,
        }
    };
    session.note_seen();
    session.set_link(None);
    session.line().take();
    Error::Lost {
        server: name,
        closed,
    }
}

/// Connects and takes the first look; what was opened in vain is closed again.
async fn open(
    session: &Arc<Session>,
    wanted: Wanted,
) -> Result<(Link, ConnectionDetails, Begun), Error> {
    let begun = session.begin_connection().await?;
    match connect(session, wanted).await {
        Ok((link, details)) => Ok((link, details, begun.ends_well())),
        Err(error) => {
            begun.end(None, None, error.code());
            Err(error)
        }
    }
}

async fn connect(
    session: &Arc<Session>,
    wanted: Wanted,
) -> Result<(Link, ConnectionDetails), Error> {
    let profile = session.profile();
    let granted = gate::check(&profile, Capability::SystemRead)?;
    let (line, login) = match profile.kind {
        Kind::Local => (Line::own(local(session, &profile).await?), here(&profile)),
        Kind::Ssh => remote(session, &profile, wanted).await?,
    };
    let connection = line.connection().clone();
    *session.line() = Some(line);
    let opened = look(session, granted, connection, login).await;
    if opened.is_err() {
        session.close_connection().await;
    }
    opened
}

/// The first look: what the server is, and whether it has SFTP.
async fn look(
    session: &Session,
    granted: Granted,
    connection: ssh::Connection,
    login: ssh::Target,
) -> Result<(Link, ConnectionDetails), Error> {
    let server = session.profile().name.clone();
    let probe = Source::Command(ServerFacts::probe());
    let purpose = session.purpose(granted, FIRST_LOOK, "");
    let link = Link {
        connection: connection.witnessed(Arc::new(session.connecting(granted))),
        login,
        facts: ServerFacts::default(),
        cache: Cache::default(),
        way: None,
    };
    // Opening the SFTP channel takes as long as the probe, so it is opened beside it.
    let (fetched, sftp) = tokio::join!(
        fetch(&link, &purpose, &probe, None),
        link.connection.has_sftp()
    );
    let fetched = fetched.map_err(|source| Error::Run {
        server: server.clone(),
        command: "the first look at the server".to_owned(),
        source,
    })?;
    let facts = ServerFacts::parse(RawOutput {
        stdout: &fetched.raw.stdout,
        stderr: &fetched.raw.stderr,
        exit_code: fetched.raw.exit_code,
        files: &[],
        typed: &[],
    });
    let facts = facts.map_err(|source| Error::Probe { server, source })?;
    let agreed = link.connection.details();
    let (via, unheeded) = session.route();
    let details = ConnectionDetails {
        host_key_authority: agreed
            .host_key
            .as_ref()
            .and_then(|key| key.authority.clone()),
        host_key: agreed.host_key.map(|key| key.fingerprint),
        host_key_algorithm: agreed.host_key_algorithm,
        key_exchange: agreed.key_exchange,
        is_strict: agreed.is_strict,
        cipher: agreed.cipher,
        mac: agreed.mac,
        weak: agreed.weak,
        via,
        unheeded,
        sftp,
        os: facts.os.clone(),
        uid: facts.uid,
    };
    Ok((Link { facts, ..link }, details))
}

/// Where nobody has to be reached.
fn here(profile: &Profile) -> ssh::Target {
    ssh::Target {
        server: profile.name.clone(),
        host: String::new(),
        port: 0,
        user: profile.user.clone(),
    }
}

async fn local(session: &Arc<Session>, profile: &Profile) -> Result<ssh::Connection, Error> {
    let server = profile.name.clone();
    if session.options.runs_as_root && !session.questions.confirm_root(session).await {
        return Err(Error::RootNotConfirmed { server });
    }
    let (stream, files) = (session.options.local)().map_err(|source| Error::Local {
        server: server.clone(),
        source,
    })?;
    ssh::connect_stream(stream, files, &profile.user)
        .await
        .map_err(|source| Error::Connect {
            server,
            hop: None,
            source: Box::new(source),
        })
}

/// Connects by the way that leads to the server, and gives where that was; each host on it asks in its
/// own name.
async fn remote(
    session: &Arc<Session>,
    profile: &Arc<Profile>,
    wanted: Wanted,
) -> Result<(Arc<Line>, ssh::Target), Error> {
    let way::Way {
        hops: way,
        unheeded,
    } = way::to(session, profile).await?;
    for words in &unheeded {
        tracing::info!(server = session.id(), "not done: {words}");
    }
    let words: Vec<String> = way.iter().map(|hop| way::words(&hop.target)).collect();
    session.set_route(
        words
            .split_last()
            .map(|(_, via)| via.to_vec())
            .unwrap_or_default(),
        unheeded,
    );
    let ask = |at: usize| -> Arc<dyn ssh::Ask> {
        let on_the_way = (at + 1 < way.len())
            .then(|| words.get(at).cloned())
            .flatten();
        let port = way.get(at).map_or(0, |hop| hop.target.port);
        Arc::new(Asker::new(Arc::clone(session), port, on_the_way))
    };
    let login = way.last().map(|hop| hop.target.clone());
    let reached = session.lines.reach(&way, &ask, wanted).await;
    let line = reached.map_err(|stopped| {
        let hop = (stopped.hop + 1 < way.len())
            .then(|| words.get(stopped.hop).cloned())
            .flatten();
        Error::Connect {
            server: profile.name.clone(),
            hop,
            source: Box::new(stopped.source),
        }
    })?;
    Ok((line, login.unwrap_or_else(|| here(profile))))
}
