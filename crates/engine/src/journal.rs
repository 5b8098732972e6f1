//! The one place where the engine writes into the journal of what it did on the servers.
//!
//! Invariant: what begins is in the database before it is begun, in the order in which it was
//! announced, and without the secrets that a command line may hold. What cannot be written is not begun.

use std::{
    borrow::Cow,
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

use catalog::redact;
use chrono::Utc;
use futures::future::BoxFuture;
use store::{Begins, Deed, Ended, JournalLine, Store};
use tokio::sync::oneshot;

use crate::{Error, gate::Granted};

/// So many lines are written in one transaction at most.
const TOGETHER: usize = 256;
/// How long an end may wait for something that begins, to be written with it: a transaction costs more
/// than a line.
const END_WAITS: Duration = Duration::from_millis(50);

/// Writes lines from a thread of its own, since a disk may be slow. Ends when nobody has it any more.
pub(crate) struct Journal {
    lines: mpsc::Sender<Line>,
}

enum Line {
    Begins(Begins, oneshot::Sender<Result<i64, String>>),
    Ended(Ended),
    /// Everything before it is written.
    Written(oneshot::Sender<()>),
}

/// What is done, for whom and by what right.
#[derive(Clone)]
pub(crate) struct Purpose {
    pub(crate) journal: Arc<Journal>,
    /// The server's id.
    pub(crate) server: String,
    pub(crate) granted: Granted,
    /// A query's id, or a name like one.
    pub(crate) what: Cow<'static, str>,
    /// The tool that does it.
    pub(crate) tool: Cow<'static, str>,
}

/// Something that has begun. Dropped without an end it was given up.
pub(crate) struct Begun {
    journal: Arc<Journal>,
    entry: i64,
    since: Instant,
    has_ended: bool,
    /// The word for an end that nobody told.
    given_up: &'static str,
}

impl Journal {
    /// Starts the thread.
    ///
    /// # Errors
    /// The system gives no thread.
    pub(crate) fn of(store: Arc<Store>) -> std::io::Result<Arc<Self>> {
        let (lines, queue) = mpsc::channel();
        std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || write_all(&store, &queue))?;
        Ok(Arc::new(Self { lines }))
    }

    /// Waits until all that was said so far is written.
    pub(crate) async fn written(&self) {
        let (written, wait) = oneshot::channel();
        let _ = self.lines.send(Line::Written(written));
        // A failure means that the thread has ended, with nothing left to write.
        let _ = wait.await;
    }

    fn end(&self, ended: Ended) {
        // A failure means that the thread has ended, which it does not before all who hold it.
        let _ = self.lines.send(Line::Ended(ended));
    }
}

fn write_all(store: &Store, queue: &mpsc::Receiver<Line>) {
    while let Ok(first) = queue.recv() {
        let mut batch = vec![first];
        let until = Instant::now() + END_WAITS;
        while let Some(Line::Ended(_)) = batch.last() {
            match queue.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(next) => batch.push(next),
                Err(_) => break,
            }
        }
        batch.extend(queue.try_iter().take(TOGETHER));
        write(store, batch);
    }
}

fn write(store: &Store, batch: Vec<Line>) {
    let (mut lines, mut waiting, mut written) = (Vec::new(), Vec::new(), Vec::new());
    for line in batch {
        match line {
            Line::Begins(begins, answer) => {
                waiting.push((lines.len(), answer));
                lines.push(JournalLine::Begins(begins));
            }
            Line::Ended(ended) => lines.push(JournalLine::Ended(ended)),
            Line::Written(answer) => written.push(answer),
        }
    }
    let result = if lines.is_empty() {
        Ok(Vec::new())
    } else {
        store.append(&lines).map_err(|error| {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the journal could not be written"
            );
            let source = std::error::Error::source(&error);
            source.map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
        })
    };
    for (at, answer) in waiting {
        let id = match &result {
            Ok(ids) => ids.get(at).copied().ok_or_else(String::new),
            Err(words) => Err(words.clone()),
        };
        // A failure means that it is not wanted any more; what was written says so by having no end.
        let _ = answer.send(id);
    }
    for answer in written {
        let _ = answer.send(());
    }
}

impl Purpose {
    /// The same, for something else.
    pub(crate) fn named(&self, what: &'static str, tool: impl Into<Cow<'static, str>>) -> Self {
        Self {
            what: Cow::Borrowed(what),
            tool: tool.into(),
            ..self.clone()
        }
    }

    /// Writes that this begins now, and waits until that is done.
    ///
    /// # Errors
    /// Why it could not be written.
    pub(crate) async fn begin(&self, deed: Deed, command: &str) -> Result<Begun, String> {
        let (answer, written) = oneshot::channel();
        let begins = Begins {
            at: Utc::now(),
            server: self.server.clone(),
            asker: self.granted.asker(),
            capability: self.granted.capability(),
            deed,
            what: self.what.clone().into_owned(),
            tool: self.tool.clone().into_owned(),
            command: redact::text(command).text,
        };
        let gone = || "the program ends".to_owned();
        let line = Line::Begins(begins, answer);
        self.journal.lines.send(line).map_err(|_| gone())?;
        let entry = written.await.map_err(|_| gone())??;
        Ok(Begun {
            journal: Arc::clone(&self.journal),
            entry,
            since: Instant::now(),
            has_ended: false,
            given_up: "cancelled",
        })
    }

    /// The same, for what is no command.
    ///
    /// # Errors
    /// [`Error::Unwritten`].
    pub(crate) async fn begin_deed(&self, deed: Deed, command: &str) -> Result<Begun, Error> {
        let begun = self.begin(deed, command).await;
        begun.map_err(|reason| Error::Unwritten {
            server: self.server.clone(),
            reason,
        })
    }
}

impl ssh::Witness for Purpose {
    fn begins(
        &self,
        starting: ssh::Starting,
    ) -> BoxFuture<'static, Result<Box<dyn ssh::Begun>, ssh::Unwritten>> {
        let deed = match starting.kind {
            ssh::StartKind::Command | ssh::StartKind::Ending | ssh::StartKind::Files => {
                Deed::Command
            }
            ssh::StartKind::Shell => Deed::Terminal,
        };
        let purpose = match starting.kind {
            ssh::StartKind::Ending => Self {
                tool: Cow::Borrowed("kill"),
                ..self.clone()
            },
            ssh::StartKind::Files => self.named("files.session", "sftp"),
            ssh::StartKind::Command | ssh::StartKind::Shell => self.clone(),
        };
        Box::pin(async move {
            let begun = purpose.begin(deed, &starting.command).await;
            let begun: Box<dyn ssh::Begun> = Box::new(begun.map_err(ssh::Unwritten)?);
            Ok(begun)
        })
    }
}

impl ssh::Begun for Begun {
    fn ended(self: Box<Self>, ending: ssh::Ending) {
        self.end(ending.exit_code, ending.bytes, ending.outcome);
    }
}

impl Begun {
    /// Its end is a good one whoever ends it.
    pub(crate) fn ends_well(mut self) -> Self {
        self.given_up = "ok";
        self
    }

    /// Notes the end: a word, and what is known besides.
    pub(crate) fn end(mut self, exit_code: Option<i32>, bytes: Option<u64>, outcome: &str) {
        self.note(exit_code, bytes, outcome);
    }

    /// Notes how a change of files ended.
    pub(crate) fn end_of<T>(self, result: &Result<T, Error>) {
        let outcome = result.as_ref().map_or_else(Error::code, |_| "ok");
        self.end(None, None, outcome);
    }

    fn note(&mut self, exit_code: Option<i32>, bytes: Option<u64>, outcome: &str) {
        self.has_ended = true;
        self.journal.end(Ended {
            entry: self.entry,
            at: Utc::now(),
            duration_ms: u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX),
            exit_code,
            bytes,
            outcome: outcome.to_owned(),
        });
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        if !self.has_ended {
            self.note(None, None, self.given_up);
        }
    }
}

#[cfg(test)]
mod tests;
