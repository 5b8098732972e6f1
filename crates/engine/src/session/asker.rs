//! Questions that only a person can answer while a connection is made, and their answers.
//!
//! Invariant: one question waits at a time; a secret that was accepted is remembered ([`Secrets`]), so
//! that a lost connection comes back by itself.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use futures::{FutureExt, future::BoxFuture};
use secrecy::SecretString;
use tokio::sync::oneshot;

use super::{
    Session,
    secrets::{SecretOf, Secrets},
};
use crate::{Answer, ConnectionState, Keeping, Prompt, Question};

/// An SSH server waits two minutes for a login by default (`LoginGraceTime`).
const PATIENCE: Duration = Duration::from_secs(110);

/// The question that waits, and what earlier ones were answered.
#[derive(Default)]
pub(super) struct Questions {
    next: AtomicU64,
    waiting: Mutex<Option<(String, oneshot::Sender<Answer>)>>,
    pub(super) secrets: Secrets,
    root_confirmed: AtomicBool,
}

/// Whether an answer is of the question's kind.
pub(super) fn fits(question: &Question, answer: &Answer) -> bool {
    match answer {
        Answer::Cancel => true,
        Answer::Trust { .. } => {
            matches!(
                question,
                Question::HostKey { .. } | Question::RunAsRoot { .. }
            )
        }
        Answer::Secret { .. } => {
            matches!(
                question,
                Question::Password { .. } | Question::Passphrase { .. }
            )
        }
        Answer::Secrets { secrets } => {
            matches!(question, Question::Prompts { prompts, .. } if prompts.len() == secrets.len())
        }
    }
}

impl Questions {
    /// The question with this id, to be answered; `None`: it does not wait (any more).
    pub(super) fn take(&self, id: &str) -> Option<oneshot::Sender<Answer>> {
        let mut waiting = self.waiting();
        let this = waiting.as_ref().is_some_and(|(waits, _)| waits == id);
        if this {
            waiting.take().map(|(_, sender)| sender)
        } else {
            None
        }
    }

    /// Drops the question that waits and wipes all that was remembered.
    pub(super) fn forget(&self) {
        self.waiting().take();
        self.secrets.forget();
    }

    /// Whether a person agrees to open this computer as root; asked once a run of the program.
    pub(super) async fn confirm_root(&self, session: &Session) -> bool {
        if self.root_confirmed.load(Ordering::Relaxed) {
            return true;
        }
        let answer = self.ask(session, |id| Question::RunAsRoot { id }).await;
        let confirmed = matches!(answer, Some(Answer::Trust { trust: true }));
        self.root_confirmed.store(confirmed, Ordering::Relaxed);
        confirmed
    }

    /// Shows the question as the session's state and waits. `None`: cancelled, or nobody came.
    async fn ask(
        &self,
        session: &Session,
        make: impl FnOnce(String) -> Question,
    ) -> Option<Answer> {
        let id = format!("q{}", self.next.fetch_add(1, Ordering::Relaxed));
        let (sender, receiver) = oneshot::channel();
        *self.waiting() = Some((id.clone(), sender));
        session.set_state(ConnectionState::Question { question: make(id) });
        let Ok(answer) = tokio::time::timeout(PATIENCE, receiver).await else {
            session.set_state(ConnectionState::Connecting);
            return None;
        };
        answer
            .ok()
            .filter(|answer| !matches!(answer, Answer::Cancel))
    }

    /// A secret: the one that worked before, unless it was refused just now.
    async fn secret(
        &self,
        session: &Session,
        of: SecretOf,
        retry: bool,
        make: impl FnOnce(String, Keeping) -> Question,
    ) -> Option<SecretString> {
        if retry {
            self.secrets.refused(session, &of).await;
        } else if let Some(secret) = self.secrets.recall(session, &of).await {
            return Some(secret);
        }
        let keeping = self.secrets.keeping(session).await;
        match self.ask(session, |id| make(id, keeping)).await {
            Some(Answer::Secret { secret, keep }) => {
                self.secrets.learn(of, &secret, keep);
                Some(secret)
            }
            _ => None,
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Option<(String, oneshot::Sender<Answer>)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets the SSH side of one host ask the session's person.
pub(super) struct Asker {
    session: Arc<Session>,
    port: u16,
    hop: Option<String>,
}

impl Asker {
    /// For a host that listens on this port. `hop`: the words for a host on the way; `None`: it is
    /// the server itself.
    pub(super) fn new(session: Arc<Session>, port: u16, hop: Option<String>) -> Self {
        Self { session, port, hop }
    }
}

impl ssh::Ask for Asker {
    fn host_key(&self, key: ssh::HostKeyQuestion) -> BoxFuture<'_, bool> {
        async move {
            // A test trusts nothing that a person has not.
            if self.session.testing.takes(&key) {
                return false;
            }
            let ask = |id| Question::HostKey {
                id,
                host: key.host,
                port: key.port,
                algorithm: key.algorithm,
                fingerprint: key.fingerprint,
                randomart: key.randomart,
                known_as: key.known_as,
                hop: self.hop.clone(),
            };
            let answer = self.session.questions.ask(&self.session, ask).await;
            matches!(answer, Some(Answer::Trust { trust: true }))
        }
        .boxed()
    }

    fn password(&self, asked: ssh::PasswordQuestion) -> BoxFuture<'_, Option<SecretString>> {
        async move {
            let (user, host, retry) = (asked.user, asked.host, asked.retry);
            let of = SecretOf::User {
                user: user.clone(),
                host: host.clone(),
                port: self.port,
                host_key: asked.host_key,
            };
            let ask = |id, keeping| Question::Password {
                id,
                user,
                host,
                retry,
                hop: self.hop.clone(),
                keeping,
            };
            let questions = &self.session.questions;
            questions.secret(&self.session, of, retry, ask).await
        }
        .boxed()
    }

    fn prompts(&self, asked: ssh::PromptsQuestion) -> BoxFuture<'_, Option<Vec<SecretString>>> {
        async move {
            let prompt = |prompt: ssh::Prompt| Prompt {
                text: prompt.text,
                echo: prompt.echo,
                is_password: prompt.is_password,
            };
            let ask = |id| Question::Prompts {
                id,
                user: asked.user,
                host: asked.host,
                title: asked.title,
                instruction: asked.instruction,
                prompts: asked.prompts.into_iter().map(prompt).collect(),
                retry: asked.retry,
                hop: self.hop.clone(),
            };
            match self.session.questions.ask(&self.session, ask).await {
                Some(Answer::Secrets { secrets }) => Some(secrets),
                _ => None,
            }
        }
        .boxed()
    }

    fn passphrase(&self, asked: ssh::PassphraseQuestion) -> BoxFuture<'_, Option<SecretString>> {
        async move {
            let (path, retry) = (asked.path, asked.retry);
            let shown = path.display().to_string();
            let ask = |id, keeping| Question::Passphrase {
                id,
                path: shown,
                retry,
                hop: self.hop.clone(),
                keeping,
            };
            let of = SecretOf::key_file(path).await;
            let questions = &self.session.questions;
            questions.secret(&self.session, of, retry, ask).await
        }
        .boxed()
    }
}
