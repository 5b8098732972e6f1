//! Where a connection stands while it is made, so that each step has its own timeout.
//!
//! Invariant: while a person is asked, no timeout runs; when nobody waits for the connection any
//! more, the question is withdrawn.

use std::{
    pin::pin,
    sync::{Mutex, OnceLock, PoisonError},
    time::Duration,
};

use tokio::sync::watch;

use crate::{ConnectError, Phase, Timeouts, guard::Guard, still::HostProof};

/// The step that is being waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The host's first line.
    Banner,
    /// Agreement on keys.
    KeyExchange,
    /// An answer to a proof.
    Authentication,
    /// A person.
    Person,
}

impl Stage {
    fn limit(self, timeouts: &Timeouts) -> Option<(Phase, Duration)> {
        match self {
            Self::Banner => Some((Phase::Banner, timeouts.banner)),
            Self::KeyExchange => Some((Phase::KeyExchange, timeouts.key_exchange)),
            Self::Authentication => Some((Phase::Authentication, timeouts.authentication)),
            Self::Person => None,
        }
    }
}

/// Shared by all that take part in making one connection.
#[derive(Debug)]
pub(crate) struct Progress {
    stage: watch::Sender<Stage>,
    first_line: Mutex<String>,
    version: OnceLock<String>,
    /// Lives as long as the connection.
    pub(crate) guard: Guard,
    pub(crate) proof: HostProof,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self {
            stage: watch::Sender::new(Stage::Banner),
            first_line: Mutex::new(String::new()),
            version: OnceLock::new(),
            guard: Guard::default(),
            proof: HostProof::default(),
        }
    }

    /// Begins a step; its time starts now.
    pub(crate) fn enter(&self, stage: Stage) {
        self.stage.send_replace(stage);
    }

    /// Asks a person, without a timeout; `None`: nobody waits for the answer any more.
    pub(crate) async fn ask<T>(&self, question: impl Future<Output = T>) -> Option<T> {
        let before = *self.stage.borrow();
        self.enter(Stage::Person);
        let answer = tokio::select! {
            answer = question => Some(answer),
            () = self.stage.closed() => None,
        };
        self.enter(before);
        answer
    }

    /// Remembers the first thing the host said, for the message that it is no SSH server.
    pub(crate) fn heard(&self, line: &str) {
        let mut first = self
            .first_line
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if first.is_empty() {
            line.clone_into(&mut first);
        }
    }

    /// The host has said which SSH it speaks; from now on keys are agreed.
    pub(crate) fn greeted(&self, version: String) {
        self.version.get_or_init(|| version);
        self.enter(Stage::KeyExchange);
    }

    /// The host's version line (RFC 4253, 4.2), for example `SSH-2.0-OpenSSH_9.2p1`; empty: it has
    /// not come.
    pub(crate) fn version(&self) -> &str {
        self.version.get().map(String::as_str).unwrap_or_default()
    }

    /// The first line the host said; empty: it said nothing.
    pub(crate) fn first_line(&self) -> String {
        self.first_line
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Does the work of making a connection, each step within its time.
    pub(crate) async fn supervise<T>(
        &self,
        address: &str,
        timeouts: &Timeouts,
        work: impl Future<Output = Result<T, ConnectError>>,
    ) -> Result<T, ConnectError> {
        let mut stage = self.stage.subscribe();
        let mut work = pin!(work);
        loop {
            let limit = stage.borrow_and_update().limit(timeouts);
            tokio::select! {
                biased;
                done = &mut work => return done,
                _ = stage.changed() => {}
                (phase, after) = expiry(limit) => {
                    let address = address.to_owned();
                    return Err(ConnectError::Timeout { address, phase, after });
                }
            }
        }
    }
}

async fn expiry(limit: Option<(Phase, Duration)>) -> (Phase, Duration) {
    match limit {
        Some((phase, after)) => {
            tokio::time::sleep(after).await;
            (phase, after)
        }
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_person_has_all_the_time_and_a_host_has_not() {
        let progress = Progress::new();
        let timeouts = Timeouts::default();
        let work = async {
            let day = Duration::from_secs(86_400);
            progress.ask(tokio::time::sleep(day)).await;
            progress.enter(Stage::KeyExchange);
            std::future::pending::<Result<(), ConnectError>>().await
        };
        let end = progress.supervise("h:22", &timeouts, work).await;
        assert!(matches!(
            end,
            Err(ConnectError::Timeout {
                phase: Phase::KeyExchange,
                ..
            })
        ));
    }

    #[tokio::test]
    async fn a_question_is_withdrawn_when_nobody_waits() {
        let progress = Progress::new();
        assert_eq!(progress.ask(std::future::pending::<bool>()).await, None);
    }
}
