//! A test of the way to a server, step by step.
//!
//! Invariants: at most one connection is made, and only where none stands; if it works, it becomes
//! the session's. A key that is not known is never trusted by a test, and nothing secret is sent to
//! its host.

mod report;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use catalog::{Capability, RawOutput, Source, administrator};
use store::Kind;
use tokio::sync::mpsc;

use crate::{
    ConnectionDetails, ConnectionState, Engine, Error, ErrorBody, fetch::fetch, gate,
    session::Session, way,
};

use report::Report;
pub use report::{DiagnosisLine, Step, StepName, StepStatus};

/// What the journal calls the question for the ways to become root.
const QUERY: &str = "server.administrator";
/// For the name alone.
const LOOKUP: Duration = Duration::from_secs(10);

/// What a session's own parts tell the test that is under way, if one is.
#[derive(Default)]
pub(crate) struct Testing(Mutex<Option<Seen>>);

#[derive(Default)]
struct Seen {
    unknown_key: Option<ssh::HostKeyQuestion>,
    failure: Option<ssh::ConnectError>,
}

impl Testing {
    fn seen(&self) -> MutexGuard<'_, Option<Seen>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a question about a new key where a test is under way, whose answer is no.
    pub(crate) fn takes(&self, key: &ssh::HostKeyQuestion) -> bool {
        match self.seen().as_mut() {
            Some(seen) => {
                seen.unknown_key = Some(key.clone());
                true
            }
            None => false,
        }
    }

    /// Takes note of how an attempt failed.
    pub(crate) fn note(&self, error: Option<&Error>) {
        if let (Some(seen), Some(Error::Connect { source, .. })) = (self.seen().as_mut(), error) {
            seen.failure = Some(source.as_ref().clone());
        }
    }
}

/// A test is under way as long as this lives.
struct UnderWay(Arc<Session>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.testing.seen().take();
    }
}

impl Engine {
    /// Tests the way to a server; dropping the receiver ends it. Passwords and passphrases are asked
    /// for as for any connection, in the server's state.
    ///
    /// # Errors
    /// There is no such server, the profile does not grant `system.read`, or the server is being
    /// connected or tested just now.
    pub fn diagnose(&self, id: &str) -> Result<mpsc::Receiver<DiagnosisLine>, Error> {
        let session = self.session(id)?;
        gate::check(&session.profile(), Capability::SystemRead)?;
        let busy = || {
            let name = &session.profile().name;
            Error::Conflict(format!(
                "{name} is being connected; wait until that is over"
            ))
        };
        match session.state() {
            ConnectionState::Connecting | ConnectionState::Question { .. } => return Err(busy()),
            _ => {}
        }
        let under_way = {
            let mut seen = session.testing.seen();
            if seen.is_some() {
                return Err(busy());
            }
            *seen = Some(Seen::default());
            UnderWay(Arc::clone(&session))
        };
        let (lines, receiver) = mpsc::channel(report::MOST_LINES);
        let test = async move {
            let _until_the_end = under_way;
            let mut report = Report::to(lines.clone());
            tokio::select! {
                () = lines.closed() => {}
                () = run(&session, &mut report) => {
                    let connected = matches!(session.state(), ConnectionState::Connected { .. });
                    report.done(connected);
                }
            }
        };
        tokio::spawn(gate::asked_by(gate::asker(), test));
        Ok(receiver)
    }
}

async fn run(session: &Arc<Session>, report: &mut Report) {
    let profile = session.profile();
    let was_connected = matches!(session.state(), ConnectionState::Connected { .. });
    let user = if profile.kind == Kind::Local {
        report.skip("this computer is reached inside the program");
        profile.user.clone()
    } else {
        report.start(StepName::Resolve);
        let way = match way::to(session, &profile).await {
            Ok(way) => way,
            Err(error) => return end_by(&error, report),
        };
        let Some(last) = way.hops.last() else { return };
        if way.hops.len() > 1 {
            report.skip("the last jump host looks the name up");
        } else if !resolve(&last.target, was_connected, report).await {
            return;
        }
        last.target.user.clone()
    };
    if connect(session, was_connected, &user, report).await {
        after_login(session, report).await;
    }
}

/// The name's addresses. Says whether one can go on.
async fn resolve(target: &ssh::Target, was_connected: bool, report: &mut Report) -> bool {
    let began = Instant::now();
    let found = ssh::addresses(target, LOOKUP).await;
    let took = Some(began.elapsed());
    match found {
        Ok(addresses) => {
            let addresses: Vec<String> = addresses.iter().map(ToString::to_string).collect();
            report.end(StepStatus::Ok, &addresses.join(", "), took, None);
            true
        }
        Err(error) => {
            let status = if was_connected {
                StepStatus::Warning
            } else {
                StepStatus::Failed
            };
            report.end(status, &error.to_string(), took, error.hint());
            was_connected
        }
    }
}

/// The connection: the one that stands, or a new one. Says whether there is one.
async fn connect(
    session: &Arc<Session>,
    was_connected: bool,
    user: &str,
    report: &mut Report,
) -> bool {
    report.start(StepName::Connect);
    let began = Instant::now();
    let mut states = session.states();
    // A connection that was lost and waits for its next attempt shows the last one's end until then.
    let before = session.state();
    if !was_connected {
        session.connect();
    }
    let mut asked = false;
    loop {
        let state = states.borrow_and_update().clone();
        match state {
            ConnectionState::Connected { details, .. } => {
                let took = (!was_connected && !asked).then(|| began.elapsed());
                connected(was_connected, user, &details, took, report);
                return true;
            }
            // A person is asked for a secret, which comes after the host key.
            ConnectionState::Question { .. } if !asked => {
                asked = true;
                report.fine_until(StepName::Login);
                report.start(StepName::Login);
            }
            ConnectionState::Reconnecting { .. } if state == before => {}
            ConnectionState::Failed { error } | ConnectionState::Reconnecting { error, .. } => {
                failed(session, &error, asked, report).await;
                return false;
            }
            ConnectionState::Disconnected => {
                report.end(
                    StepStatus::Failed,
                    "it was disconnected meanwhile",
                    None,
                    None,
                );
                return false;
            }
            _ => {}
        }
        if states.changed().await.is_err() {
            return false;
        }
    }
}

fn connected(
    was_connected: bool,
    user: &str,
    details: &ConnectionDetails,
    took: Option<Duration>,
    report: &mut Report,
) {
    if report.is_at(StepName::Connect) {
        report.fine(if was_connected {
            "it is connected already"
        } else {
            ""
        });
    }
    if report.is_at(StepName::KeyExchange) {
        let agreed = format!("{}, {}", details.key_exchange, details.cipher);
        if details.weak.is_empty() {
            report.fine(&agreed);
        } else {
            let weak = details.weak.join(", ");
            let hint = "Update the server, or have its sshd_config allow stronger ones.";
            let detail = format!("{agreed}; weak: {weak}");
            report.end(StepStatus::Warning, &detail, None, Some(hint.to_owned()));
        }
    }
    if report.is_at(StepName::HostKey) {
        let key = details.host_key.as_deref();
        report.fine(&key.map_or_else(String::new, |key| format!("{key}, which is known")));
    }
    let detail = match took {
        Some(_) => format!("logged in as {user}; the time is that from connecting on"),
        None => format!("logged in as {user}"),
    };
    report.end(StepStatus::Ok, &detail, took, None);
}

async fn failed(session: &Arc<Session>, error: &ErrorBody, asked: bool, report: &mut Report) {
    let seen = session.testing.seen().take().unwrap_or_default();
    // It stays under way.
    *session.testing.seen() = Some(Seen::default());
    if let Some(key) = seen.unknown_key {
        report.fine_until(StepName::HostKey);
        let detail = format!("{} {} is not known yet", key.algorithm, key.fingerprint);
        let hint = "A test trusts no new key. Connect, and compare the key with what the \
                    server's administrator tells you.";
        report.end(StepStatus::Warning, &detail, None, Some(hint.to_owned()));
        report.spoil();
        // Not a failure that would have to be shown.
        crate::servers::ended(session).await;
        return;
    }
    let at = match &seen.failure {
        None => StepName::Session,
        Some(failure) => failed_step(failure, asked),
    };
    report.fine_until(at);
    report.end(StepStatus::Failed, &error.message, None, error.hint.clone());
}

/// Which step it was that failed.
fn failed_step(failure: &ssh::ConnectError, asked: bool) -> StepName {
    use ssh::{ConnectError as E, Phase};
    match failure {
        E::Timeout { phase, .. } => match phase {
            Phase::Connect | Phase::Banner => StepName::Connect,
            Phase::KeyExchange => StepName::KeyExchange,
            Phase::Authentication => StepName::Login,
        },
        E::HostKeyChanged(_)
        | E::HostKeyRevoked { .. }
        | E::HostKeyRejected { .. }
        | E::KnownHosts { .. } => StepName::HostKey,
        E::AuthFailed { .. } | E::KeyFile { .. } | E::Agent { .. } | E::Cancelled { .. } => {
            StepName::Login
        }
        E::Protocol { .. } if asked => StepName::Login,
        E::Protocol { .. } => StepName::KeyExchange,
        _ => StepName::Connect,
    }
}

async fn after_login(session: &Arc<Session>, report: &mut Report) {
    report.start(StepName::Session);
    let granted = match gate::check(&session.profile(), Capability::SystemRead) {
        Ok(granted) => granted,
        Err(error) => return end_by(&error, report),
    };
    let link = match session.link(granted) {
        Ok(link) => link,
        Err(error) => return end_by(&error, report),
    };
    let source = Source::Command(administrator::ways());
    let purpose = session.purpose(granted, QUERY, "");
    let fetched = match fetch(&link, &purpose, &source, None).await {
        Ok(fetched) => fetched,
        Err(error) => return end_by(&session.run_error(&source, error), report),
    };
    let facts = &link.facts;
    let detail = format!("{}, user id {}", ssh::one_line(&facts.os), facts.uid);
    report.end(StepStatus::Ok, &detail, Some(fetched.took), None);

    report.start(StepName::Sftp);
    let began = Instant::now();
    if link.connection.has_sftp().await {
        report.end(
            StepStatus::Ok,
            "files go over it",
            Some(began.elapsed()),
            None,
        );
    } else {
        let hint = "On the server, enable the subsystem: a line `Subsystem sftp internal-sftp` in \
                    sshd_config; for dropbear, install an SFTP server.";
        let detail = "the server has none, so its files cannot be shown";
        report.end(StepStatus::Warning, detail, None, Some(hint.to_owned()));
    }

    let ways = administrator::parse_ways(RawOutput {
        stdout: &fetched.raw.stdout,
        stderr: &fetched.raw.stderr,
        exit_code: fetched.raw.exit_code,
        files: &[],
        typed: &[],
    });
    let (status, detail) = elevation(facts.uid, &ways);
    report.end(status, &detail, None, None);

    let tools: Vec<&str> = facts.programs.iter().map(String::as_str).collect();
    let detail = format!("{}: {}", tools.len(), tools.join(", "));
    report.fine(&detail);
}

fn end_by(error: &Error, report: &mut Report) {
    let body = error.body();
    report.end(StepStatus::Failed, &body.message, None, body.hint);
}

/// How the user could become root.
fn elevation(uid: u32, ways: &administrator::Ways) -> (StepStatus, String) {
    if uid == 0 {
        return (StepStatus::Ok, "logged in as root".to_owned());
    }
    if let Some(program) = ways.free.first() {
        return (StepStatus::Ok, format!("{program}, without a password"));
    }
    match ways.there.first().map(String::as_str) {
        Some("su") => (
            StepStatus::Warning,
            "su, which takes root's own password".to_owned(),
        ),
        Some(program) => (
            StepStatus::Ok,
            format!("{program}, by the user's password, if the server lets this user"),
        ),
        None => (
            StepStatus::Warning,
            "none: the server has neither sudo nor doas nor su".to_owned(),
        ),
    }
}
