//! Logs in: which proofs are tried, in which order, and when to stop.
//!
//! Invariant: fewer refusals than a default sshd forgives (`MaxAuthTries` 6), so that the server
//! does not hang up on us, and room is left for a password. Runs only after the host key check.

mod agent;
mod key_file;
mod password;

use std::path::{Path, PathBuf};

use russh::{
    MethodKind,
    client::{AuthResult, Handle},
    keys::{Algorithm, HashAlg, PublicKey},
};
use tokio::sync::watch;

use crate::{
    Ask, AuthMethod, Closed, ConnectError, Proofs, Target,
    client::Client,
    error::one_line,
    progress::{Progress, Stage},
};

/// Refusals in all.
const REFUSALS: usize = 5;
/// Refused keys, where a password may follow.
const REFUSED_KEYS: usize = 3;
/// The key files that are tried without being asked for.
const USUAL_KEYS: [&str; 3] = ["id_ed25519", "id_ecdsa", "id_rsa"];

/// Whether a proof got us in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    In,
    Out,
}

/// A login under way.
pub(crate) struct Login<'a> {
    handle: &'a mut Handle<Client>,
    target: &'a Target,
    ask: &'a dyn Ask,
    progress: &'a Progress,
    closed: &'a watch::Receiver<Option<Closed>>,
    offered: Vec<MethodKind>,
    tried: Vec<String>,
    tried_keys: Vec<PublicKey>,
    refusals: usize,
    accepted_in_part: bool,
}

/// Logs in by the proofs.
///
/// # Errors
/// `AuthFailed`, `Cancelled`, `KeyFile`, `Agent`, `Protocol`.
pub(crate) async fn log_in(mut login: Login<'_>, proofs: &Proofs) -> Result<(), ConnectError> {
    // Asks which methods there are; a server does not count it.
    login.progress.enter(Stage::Authentication);
    let result = login
        .handle
        .authenticate_none(login.target.user.as_str())
        .await;
    if login.note(result)? == Outcome::In {
        return Ok(());
    }
    login.refusals = 0;
    let outcome = match &proofs.method {
        AuthMethod::Auto => login.try_all().await?,
        AuthMethod::Agent => login.try_agent(REFUSALS, true).await?,
        AuthMethod::Password => login.try_password().await?,
        AuthMethod::KeyFile(path) => {
            let outcome = login.try_key_file(&from_home(path), true).await?;
            login.second_step(outcome).await?
        }
    };
    match outcome {
        Outcome::In => Ok(()),
        Outcome::Out => Err(login.failure()),
    }
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
        ask: &'a dyn Ask,
        progress: &'a Progress,
        closed: &'a watch::Receiver<Option<Closed>>,
    ) -> Self {
        Self {
            handle,
            target,
            ask,
            progress,
            closed,
            offered: Vec::new(),
            tried: Vec::new(),
            tried_keys: Vec::new(),
            refusals: 0,
            accepted_in_part: false,
        }
    }

    async fn try_all(&mut self) -> Result<Outcome, ConnectError> {
        let most = if self.offers_password() {
            REFUSED_KEYS
        } else {
            REFUSALS
        };
        if self.try_agent(most, false).await? == Outcome::In {
            return Ok(Outcome::In);
        }
        if let Some(home) = std::env::home_dir() {
            for name in USUAL_KEYS {
                if self.refusals >= most {
                    break;
                }
                let path = home.join(".ssh").join(name);
                if self.try_key_file(&path, false).await? == Outcome::In {
                    return Ok(Outcome::In);
                }
            }
        }
        self.try_password().await
    }

    /// A server may want a password on top of a key.
    async fn second_step(&mut self, outcome: Outcome) -> Result<Outcome, ConnectError> {
        match outcome {
            Outcome::Out if self.accepted_in_part => self.try_password().await,
            outcome => Ok(outcome),
        }
    }

    fn offers_password(&self) -> bool {
        let asks = [MethodKind::Password, MethodKind::KeyboardInteractive];
        self.offered.iter().any(|method| asks.contains(method))
    }

    /// Takes note of the server's answer to a proof.
    fn note(&mut self, result: Result<AuthResult, russh::Error>) -> Result<Outcome, ConnectError> {
        match result {
            Ok(AuthResult::Success) => Ok(Outcome::In),
            Ok(AuthResult::Failure {
                remaining_methods,
                partial_success,
            }) => {
                // russh gives an empty list where the connection has gone.
                if remaining_methods.is_empty() && self.handle.is_closed() {
                    return Err(self.hung_up());
                }
                self.refused(&remaining_methods, partial_success);
                Ok(Outcome::Out)
            }
            Err(_) if self.handle.is_closed() => Err(self.hung_up()),
            Err(error) => Err(self.protocol(&error.to_string())),
        }
    }

    fn refused(&mut self, offered: &[MethodKind], accepted_in_part: bool) {
        self.offered = offered.to_vec();
        if accepted_in_part {
            self.accepted_in_part = true;
        } else {
            self.refusals += 1;
        }
    }

    /// Asks a person; ends the login where they stop it, or where the server hangs up meanwhile.
    async fn ask<T>(&self, question: impl Future<Output = Option<T>>) -> Result<T, ConnectError> {
        let mut closed = self.closed.clone();
        tokio::select! {
            answer = self.progress.ask(question) => answer.flatten().ok_or_else(|| {
                ConnectError::Cancelled { address: self.target.address() }
            }),
            // An error means that the connection has ended without a word.
            _ = closed.wait_for(Option::is_some) => {
                Err(self.protocol(&self.why("it closed the connection while waiting for an answer")))
            }
        }
    }

    /// The hash for signatures by an RSA key.
    async fn rsa_hash(&self, algorithm: &Algorithm) -> Option<HashAlg> {
        if !matches!(algorithm, Algorithm::Rsa { .. }) {
            return None;
        }
        match self.handle.best_supported_rsa_hash().await {
            Ok(Some(Some(HashAlg::Sha256))) => Some(HashAlg::Sha256),
            // Never SHA-1, whatever the server says.
            _ => Some(HashAlg::Sha512),
        }
    }

    fn hung_up(&self) -> ConnectError {
        if self.tried.is_empty() || self.progress.guard.broken().is_some() {
            self.protocol(&self.why("it closed the connection before login"))
        } else {
            self.failure()
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
        ConnectError::AuthFailed {
            address: self.target.address(),
            user: self.target.user.clone(),
            tried: self.tried.clone(),
            offered: names(&self.offered),
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
