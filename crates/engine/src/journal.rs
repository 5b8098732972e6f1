//! The one place where the engine writes into the journal of what it did on the servers.
//!
//! Invariant: what begins is written before it is begun, without the secrets that a command line may hold: into
//! a file of this program, and within moments into the chain, in the order in which it was announced. What
//! cannot be written is not begun.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

use catalog::redact;
use chrono::Utc;
use futures::future::BoxFuture;
use store::{Begins, BegunFile, Deed, Ended, JournalLine, Store, StoreError};
use tokio::sync::oneshot;

use crate::{Error, gate::Granted};

/// So many lines are written in one transaction at most.
const TOGETHER: usize = 256;
/// How long lines may wait for others, to be written with them: a transaction costs more than a line.
const WAITS: Duration = Duration::from_millis(50);

/// Writes what begins down at once, in the file that is for that, and all lines into the chain from a thread
/// of its own, since a disk may be slow. The thread ends when nobody has the journal any more.
pub(crate) struct Journal {
    lines: mpsc::Sender<Line>,
    begun: Arc<Mutex<BegunFile>>,
    /// The chain could not be written last: what begins now waits for it.
    is_broken: Arc<AtomicBool>,
    tokens: AtomicU64,
}

enum Line {
    /// With its token, and who waits until it is in the chain; `None`: it is in the file.
    Begins(u64, Begins, Option<oneshot::Sender<Result<(), String>>>),
    /// With the token of what ended, in place of its line's number.
    Ended(u64, Ended),
    /// Everything before it is written.
    Written(oneshot::Sender<()>),
}

impl Line {
    fn is_urgent(&self) -> bool {
        match self {
            Self::Begins(_, _, waiting) => waiting.is_some(),
            Self::Ended(..) => false,
            Self::Written(_) => true,
        }
    }
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
    token: u64,
    since: Instant,
    has_ended: bool,
    /// The word for an end that nobody told.
    given_up: &'static str,
}

impl Journal {
    /// Starts the thread. First what a program that was killed had begun comes into the chain.
    ///
    /// # Errors
    /// The data folder or the database failed, or the system gives no thread.
    pub(crate) fn of(store: Arc<Store>) -> Result<Arc<Self>, Error> {
        store.adopt_begun()?;
        let begun = Arc::new(Mutex::new(store.begun_file()?));
        let is_broken = Arc::<AtomicBool>::default();
        let (lines, queue) = mpsc::channel();
        let mut chain = Chain {
            store,
            begun: Arc::clone(&begun),
            is_broken: Arc::clone(&is_broken),
            begins: Vec::new(),
            tokens: Vec::new(),
            ends: Vec::new(),
            numbers: HashMap::new(),
        };
        std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || chain.write_all(&queue))
            .map_err(Error::Thread)?;
        Ok(Arc::new(Self {
            lines,
            begun,
            is_broken,
            tokens: AtomicU64::new(0),
        }))
    }

    /// Waits until all that was said so far is written.
    pub(crate) async fn written(&self) {
        let (written, wait) = oneshot::channel();
        let _ = self.lines.send(Line::Written(written));
        // A failure means that the thread has ended, with nothing left to write.
        let _ = wait.await;
    }

    /// Writes that something begins; gives its token.
    async fn begin(&self, begins: Begins) -> Result<u64, String> {
        let token = self.tokens.fetch_add(1, Ordering::Relaxed);
        let is_whole = !self.is_broken.load(Ordering::Acquire);
        let is_noted = is_whole && lock(&self.begun).note(&begins).is_ok();
        let (answer, written) = oneshot::channel();
        let waiting = (!is_noted).then_some(answer);
        let gone = || "the program ends".to_owned();
        let sent = self.lines.send(Line::Begins(token, begins, waiting));
        sent.map_err(|_| gone())?;
        if !is_noted {
            written.await.map_err(|_| gone())??;
        }
        Ok(token)
    }

    fn end(&self, token: u64, ended: Ended) {
        // A failure means that the thread has ended, which it does not before all who hold it.
        let _ = self.lines.send(Line::Ended(token, ended));
    }
}

fn lock(begun: &Mutex<BegunFile>) -> std::sync::MutexGuard<'_, BegunFile> {
    begun.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The thread's side. What could not be written waits for the next try.
struct Chain {
    store: Arc<Store>,
    begun: Arc<Mutex<BegunFile>>,
    is_broken: Arc<AtomicBool>,
    /// Lines of what begins, and of each its token and whether it is in the file.
    begins: Vec<JournalLine>,
    tokens: Vec<(u64, bool)>,
    ends: Vec<(u64, Ended)>,
    /// The numbers of the lines of what has not ended, by their tokens.
    numbers: HashMap<u64, i64>,
}

impl Chain {
    fn write_all(&mut self, queue: &mpsc::Receiver<Line>) {
        while let Ok(first) = queue.recv() {
            let mut batch = vec![first];
            let until = Instant::now() + WAITS;
            while batch.len() < TOGETHER && !batch.last().is_some_and(Line::is_urgent) {
                match queue.recv_timeout(until.saturating_duration_since(Instant::now())) {
                    Ok(next) => batch.push(next),
                    Err(_) => break,
                }
            }
            self.write(batch);
        }
    }

    fn write(&mut self, batch: Vec<Line>) {
        let (mut asked, mut told) = (Vec::new(), Vec::new());
        for line in batch {
            match line {
                Line::Begins(token, begins, answer) => {
                    self.begins.push(JournalLine::Begins(begins));
                    self.tokens.push((token, answer.is_none()));
                    asked.extend(answer);
                }
                Line::Ended(token, ended) => self.ends.push((token, ended)),
                Line::Written(answer) => told.push(answer),
            }
        }
        let begun = self.write_begins().map_err(in_words);
        // An end has the number of its beginning.
        let ended = match &begun {
            Ok(()) => self.write_ends().map_err(in_words),
            Err(_) => Ok(()),
        };
        self.is_broken
            .store(begun.is_err() || ended.is_err(), Ordering::Release);
        for answer in asked {
            // A failure means that it is not wanted any more; what was written says so by having no end.
            let _ = answer.send(begun.clone());
        }
        for answer in told {
            let _ = answer.send(());
        }
    }

    fn write_begins(&mut self) -> Result<(), StoreError> {
        if self.begins.is_empty() {
            return Ok(());
        }
        let appended = self.store.append(&self.begins);
        if appended.is_err() {
            // What is not in the file either is not begun.
            let mut is_noted = self.tokens.iter().map(|(_, is_noted)| *is_noted);
            self.begins.retain(|_| is_noted.next().unwrap_or(false));
            self.tokens.retain(|(_, is_noted)| *is_noted);
        }
        let numbers = appended?;
        let noted = self.tokens.iter().filter(|(_, is_noted)| *is_noted).count();
        lock(&self.begun).chained(noted as u64);
        let tokens = self.tokens.drain(..).map(|(token, _)| token);
        self.numbers.extend(tokens.zip(numbers));
        self.begins.clear();
        Ok(())
    }

    fn write_ends(&mut self) -> Result<(), StoreError> {
        let lines: Vec<JournalLine> = self
            .ends
            .iter()
            .filter_map(|(token, ended)| {
                let entry = *self.numbers.get(token)?;
                Some(JournalLine::Ended(Ended {
                    entry,
                    ..ended.clone()
                }))
            })
            .collect();
        if !lines.is_empty() {
            self.store.append(&lines)?;
        }
        for (token, _) in self.ends.drain(..) {
            self.numbers.remove(&token);
        }
        Ok(())
    }
}

fn in_words(error: StoreError) -> String {
    let error = &error as &dyn std::error::Error;
    tracing::error!(error, "the journal could not be written");
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
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

    /// Writes that this begins now, and waits until that is done. `words` hold no secret.
    ///
    /// # Errors
    /// Why it could not be written.
    async fn begin(&self, deed: Deed, words: String) -> Result<Begun, String> {
        let begins = Begins {
            at: Utc::now(),
            server: self.server.clone(),
            asker: self.granted.asker(),
            capability: self.granted.capability(),
            deed,
            what: self.what.clone().into_owned(),
            tool: self.tool.clone().into_owned(),
            command: words,
        };
        let token = self.journal.begin(begins).await?;
        Ok(Begun {
            journal: Arc::clone(&self.journal),
            token,
            since: Instant::now(),
            has_ended: false,
            given_up: "cancelled",
        })
    }

    /// The same, for what is no command: what looks like a secret in the words is taken out.
    ///
    /// # Errors
    /// [`Error::Unwritten`].
    pub(crate) async fn begin_deed(&self, deed: Deed, words: &str) -> Result<Begun, Error> {
        let begun = self.begin(deed, redact::text(words).text).await;
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
            let begun = purpose.begin(deed, starting.command).await;
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
        let ended = Ended {
            // Known once it is in the chain.
            entry: 0,
            at: Utc::now(),
            duration_ms: u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX),
            exit_code,
            bytes,
            outcome: outcome.to_owned(),
        };
        self.journal.end(self.token, ended);
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
