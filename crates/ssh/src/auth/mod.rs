//! Logs in: which proofs are tried, in OpenSSH's order, and when to stop.
//!
//! Invariant: fewer refusals than a default sshd forgives (`MaxAuthTries` 6), so that the server
//! does not hang up on us, and room is left for a password. No key is offered twice, and none signs
//! by SHA-1. Runs only after the host key check.

mod agent;
mod certificate;
mod find;
mod identity;
mod key_file;
mod method;
mod password;
mod prompts;
mod public_key;
mod sign;
mod write_over;

use std::{
    path::{Path, PathBuf},
    sync::Mutex,
    time::Duration,
};

use agent::Agent;
use key_file::KeyFile;
use method::Spent;
use public_key::{Keys, RsaHash};
use russh::{
    MethodKind,
    client::{AuthResult, Handle},
};
use tokio::{sync::watch, time::timeout};

use crate::{
    Ask, AuthMethod, Closed, ConnectError, Proofs, Target,
    client::Client,
    error::one_line,
    progress::{Progress, Stage},
};

/// Refusals in all.
const REFUSALS: usize = 5;
/// Proofs that a server may want one after the other; `AuthenticationMethods` names two or three.
const STEPS: usize = 8;
/// How long is waited for a server's last words.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Whether a proof got us in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    In,
    Out,
}

/// What may be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// The one way that was chosen.
    Chosen,
    /// All there is: nothing was chosen, or what was chosen was right and more is wanted.
    All,
}

/// A login under way.
pub(crate) struct Login<'a> {
    handle: &'a mut Handle<Client>,
    target: &'a Target,
    /// The fingerprint of the host's key, which is trusted.
    host_key: String,
    ask: &'a dyn Ask,
    progress: &'a Progress,
    closed: &'a watch::Receiver<Option<Closed>>,
    offered: Vec<MethodKind>,
    scope: Scope,
    keys: Keys,
    key_files: Vec<KeyFile>,
    /// Behind a lock only so that the login can be shared; nobody waits for it.
    agent: Option<Mutex<Agent>>,
    rsa_hash: Option<RsaHash>,
    spent: Spent,
    tried: Vec<String>,
    remarks: Vec<String>,
    refusals: usize,
    steps: usize,
    /// The length of the longest packet with a secret; 0: there was none.
    given_bytes: usize,
}

/// Logs in by the proofs.
///
/// # Errors
/// `AuthFailed`, `Cancelled`, `KeyFile`, `Agent`, `Protocol`.
pub(crate) async fn log_in(mut login: Login<'_>, proofs: &Proofs) -> Result<(), ConnectError> {
    if proofs.method == AuthMethod::Auto {
        login.scope = Scope::All;
    }
    // Asks which methods there are; a server does not count it.
    login.progress.enter(Stage::Authentication);
    let result = login
        .handle
        .authenticate_none(login.target.user.as_str())
        .await;
    let mut outcome = login.note(result).await?;
    login.refusals = 0;
    while outcome == Outcome::Out {
        let steps = login.steps;
        outcome = match login.next_method(proofs) {
            Some(MethodKind::PublicKey) => login.offer_key(proofs).await?,
            Some(MethodKind::KeyboardInteractive) => login.interact().await?,
            Some(MethodKind::Password) => login.try_password().await?,
            _ => return Err(login.failure()),
        };
        if login.steps > STEPS {
            return Err(login.protocol("it wants one proof after the other"));
        }
        if login.steps > steps {
            login.next_step();
        }
    }
    login.write_over().await;
    Ok(())
}

/// Logs in where no proof is wanted.
///
/// # Errors
/// `AuthFailed` where one is.
pub(crate) async fn without_proof(
    handle: &mut Handle<Client>,
    progress: &Progress,
    address: &str,
    user: &str,
) -> Result<(), ConnectError> {
    progress.enter(Stage::Authentication);
    match handle.authenticate_none(user).await {
        Ok(AuthResult::Success) => Ok(()),
        Ok(AuthResult::Failure {
            remaining_methods, ..
        }) => Err(ConnectError::AuthFailed {
            address: address.to_owned(),
            user: user.to_owned(),
            tried: vec!["none".to_owned()],
            offered: names(&remaining_methods),
            remarks: Vec::new(),
        }),
        Err(error) => Err(ConnectError::Protocol {
            address: address.to_owned(),
            reason: one_line(&error.to_string()),
        }),
    }
}

impl<'a> Login<'a> {
    pub(crate) fn new(
        handle: &'a mut Handle<Client>,
        target: &'a Target,
        host_key: String,
        ask: &'a dyn Ask,
        progress: &'a Progress,
        closed: &'a watch::Receiver<Option<Closed>>,
    ) -> Self {
        Self {
            handle,
            target,
            host_key,
            ask,
            progress,
            closed,
            offered: Vec::new(),
            scope: Scope::Chosen,
            keys: Keys::default(),
            key_files: Vec::new(),
            agent: None,
            rsa_hash: None,
            spent: Spent::default(),
            tried: Vec::new(),
            remarks: Vec::new(),
            refusals: 0,
            steps: 0,
            given_bytes: 0,
        }
    }

    /// Takes note of the server's answer to a proof.
    async fn note(
        &mut self,
        result: Result<AuthResult, russh::Error>,
    ) -> Result<Outcome, ConnectError> {
        match result {
            Ok(AuthResult::Success) => Ok(Outcome::In),
            Ok(AuthResult::Failure {
                remaining_methods,
                partial_success,
            }) => {
                // russh gives an empty list where the connection has gone.
                if remaining_methods.is_empty() && self.handle.is_closed() {
                    return Err(self.hung_up().await);
                }
                self.offered = remaining_methods.to_vec();
                if partial_success {
                    self.steps += 1;
                } else {
                    self.refusals += 1;
                }
                Ok(Outcome::Out)
            }
            Err(_) if self.handle.is_closed() => Err(self.hung_up().await),
            Err(error) => Err(self.protocol(&error.to_string())),
        }
    }

    /// A proof was accepted, and the server wants another one: from here on all there is may be
    /// tried, and what was used up may be of use again.
    fn next_step(&mut self) {
        if self.scope == Scope::Chosen {
            self.scope = Scope::All;
            self.keys.look_again();
        }
        self.spent = Spent::default();
    }

    /// Asks a person; ends the login where they stop it, or where the server hangs up meanwhile.
    async fn ask<T>(&self, question: impl Future<Output = Option<T>>) -> Result<T, ConnectError> {
        let mut closed = self.closed.clone();
        tokio::select! {
            answer = self.progress.ask(question) => answer.flatten().ok_or_else(|| self.cancelled()),
            // An error means that the connection has ended without a word.
            _ = closed.wait_for(Option::is_some) => {
                Err(self.protocol(&self.why("it closed the connection while waiting for an answer")))
            }
        }
    }

    fn tried(&mut self, what: &str) {
        if self.tried.last().is_none_or(|last| last != what) {
            self.tried.push(what.to_owned());
        }
    }

    /// Something that helps to understand a failure.
    fn remark(&mut self, remark: String) {
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    /// The server has closed the connection. What it said comes a moment later.
    async fn hung_up(&mut self) -> ConnectError {
        if self.tried.is_empty() || self.progress.guard.broken().is_some() {
            return self.protocol(&self.why("it closed the connection before login"));
        }
        let mut closed = self.closed.clone();
        let last = timeout(LAST_WORDS, closed.wait_for(Option::is_some)).await;
        let said = match last {
            Ok(Ok(closed)) => match closed.as_ref() {
                Some(Closed::ByServer { reason }) => reason.clone(),
                _ => None,
            },
            _ => None,
        };
        self.remark(match said {
            Some(said) if said.contains("Too many authentication failures") => {
                "the server hung up, since it had refused too much; name the key that is right \
                 (IdentityFile with IdentitiesOnly), so that no other is offered"
                    .to_owned()
            }
            Some(said) => format!("the server hung up and said {said:?}"),
            None => "the server hung up".to_owned(),
        });
        self.failure()
    }

    fn cancelled(&self) -> ConnectError {
        ConnectError::Cancelled {
            address: self.target.address(),
        }
    }

    /// Why the connection is gone: what was wrong with it, or else these words.
    fn why(&self, or_else: &str) -> String {
        match (self.progress.guard.broken(), &*self.closed.borrow()) {
            (Some(reason), _) => reason.to_owned(),
            (None, Some(Closed::Broken { reason })) => reason.clone(),
            _ => or_else.to_owned(),
        }
    }

    fn protocol(&self, reason: &str) -> ConnectError {
        ConnectError::Protocol {
            address: self.target.address(),
            reason: one_line(reason),
        }
    }

    fn failure(&self) -> ConnectError {
        let mut remarks = self.remarks.clone();
        remarks.extend(method::unsupported(&self.offered));
        ConnectError::AuthFailed {
            address: self.target.address(),
            user: self.target.user.clone(),
            tried: self.tried.clone(),
            offered: names(&self.offered),
            remarks,
        }
    }
}

fn names(methods: &[MethodKind]) -> Vec<String> {
    methods.iter().map(String::from).collect()
}

/// A path that begins with `~/` begins in the home folder.
fn from_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}
