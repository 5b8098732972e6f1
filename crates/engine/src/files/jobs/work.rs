//! A job at work: what it tells of itself, and what a person tells it.
//!
//! Invariant: between any two steps it can be held or ended; while a connection is away it waits and
//! goes on where it was.

mod ground;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use catalog::{Capability, arguments::RemotePath};
use futures::future::try_join_all;
use store::{Deed, Store};
use tokio::sync::{oneshot, watch};

use super::{
    Conflict, ConflictQuestion, FileJob, JobFailure, JobState, NewFileJob, Priority, turns::Turn,
};
use crate::{
    ConnectionState, Error,
    files::{self, ServerFiles, ServerFilesToChange},
    gate,
    journal::Begun,
    session::Session,
};

/// Failures that are kept with their words.
const FAILURES: usize = 100;
/// Speed is measured over this time.
const SPEED_OVER: Duration = Duration::from_secs(3);

/// What a person wants of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Run,
    Pause,
    Cancel,
}

/// It was ended by a person.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cancelled;

/// What is shared between the job's task and the surfaces.
pub(super) struct Work {
    shown: Mutex<FileJob>,
    pub(super) wanted: watch::Sender<Wanted>,
    /// Set once: nothing is left to do, nor to write down.
    pub(super) over: watch::Sender<bool>,
    waiting_choice: Mutex<Option<oneshot::Sender<(Conflict, bool)>>>,
    /// One question at a time.
    asking: tokio::sync::Mutex<Option<Conflict>>,
    speed: Mutex<Vec<(Instant, u64)>>,
    sessions: BTreeMap<String, Arc<Session>>,
    /// The number of the user who it works as on each server: it stays that one's, whatever becomes of
    /// administrator access, for all that was looked at was looked at for them.
    users: Mutex<BTreeMap<String, u32>>,
    pub(super) store: Arc<Store>,
    turn: Turn,
}

impl Work {
    pub(super) fn new(
        shown: FileJob,
        sessions: BTreeMap<String, Arc<Session>>,
        store: Arc<Store>,
        turn: Turn,
    ) -> Self {
        Self {
            shown: Mutex::new(shown),
            wanted: watch::Sender::new(Wanted::Run),
            over: watch::Sender::new(false),
            waiting_choice: Mutex::default(),
            asking: tokio::sync::Mutex::new(None),
            speed: Mutex::default(),
            sessions,
            users: Mutex::default(),
            store,
            turn,
        }
    }

    pub(super) fn shown(&self) -> MutexGuard<'_, FileJob> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn users(&self) -> MutexGuard<'_, BTreeMap<String, u32>> {
        self.users.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn user(&self, server: &str) -> Option<u32> {
        self.users().get(server).copied()
    }

    /// Writes what is asked for into the journal, of every server that it may change.
    ///
    /// # Errors
    /// [`Error::Unwritten`]; the profile grants it no longer.
    pub(super) async fn announce(&self, new: &NewFileJob) -> Result<Vec<Begun>, Error> {
        let (what, deeds) = (new.journal_word(), new.deeds());
        let mut begun = Vec::new();
        for (server, needs) in new.needs() {
            let changes = needs.contains(&Capability::FilesWrite);
            let Some(session) = self.sessions.get(server).filter(|_| changes) else {
                continue;
            };
            let granted = gate::check(&session.profile(), Capability::FilesWrite)?;
            let purpose = files::purpose(session, granted, session.way());
            let purpose = purpose.named(what, purpose.tool.clone());
            let all = deeds
                .iter()
                .map(|deed| purpose.begin_deed(Deed::FileChange, deed));
            begun.extend(try_join_all(all).await?);
        }
        Ok(begun)
    }

    /// Writes how it went.
    pub(super) fn conclude(&self, begun: Vec<Begun>) {
        let (outcome, bytes) = {
            let shown = self.shown();
            let outcome = match shown.state {
                JobState::Done => "ok",
                JobState::Cancelled => "cancelled",
                _ => "failed",
            };
            (outcome, shown.bytes_done)
        };
        // Of several paths it is not known how much was each one's.
        let bytes = (begun.len() <= self.sessions.len()).then_some(bytes);
        for begun in begun {
            begun.end(None, bytes, outcome);
        }
    }

    /// As it is told to the surfaces.
    pub(super) fn job(&self) -> FileJob {
        let mut job = self.shown().clone();
        job.bytes_per_second = self.speed(job.bytes_done);
        job
    }

    /// How fast it was since it was last looked at, over some seconds.
    fn speed(&self, bytes: u64) -> u64 {
        let mut seen = self.speed.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        seen.push((now, bytes));
        seen.retain(|(at, _)| now.duration_since(*at) <= SPEED_OVER);
        let Some((at, before)) = seen.first() else {
            return 0;
        };
        let took = now.duration_since(*at).as_millis().max(1);
        let moved = u128::from(bytes.saturating_sub(*before)) * 1000 / took;
        u64::try_from(moved).unwrap_or(u64::MAX)
    }

    /// Between two steps: waits while it is held.
    pub(super) async fn go_on(&self) -> Result<(), Cancelled> {
        if *self.wanted.borrow() == Wanted::Run {
            return Ok(());
        }
        let mut wanted = self.wanted.subscribe();
        loop {
            match *wanted.borrow_and_update() {
                Wanted::Run => break,
                Wanted::Cancel => return Err(Cancelled),
                Wanted::Pause => {
                    self.turn.leave();
                    self.shown().state = JobState::Paused;
                }
            }
            if wanted.changed().await.is_err() {
                return Err(Cancelled);
            }
        }
        self.at_work();
        Ok(())
    }

    /// Before bytes are carried: waits while it is held, and until it is its turn.
    pub(super) async fn turn(&self) -> Result<(), Cancelled> {
        loop {
            self.go_on().await?;
            // Subscribed before it is looked at, so that no change is missed.
            let (mut wanted, mut turns) = (self.wanted.subscribe(), self.turn.changes());
            if self.turn.take(self.priority()) {
                break;
            }
            {
                let mut shown = self.shown();
                if shown.question.is_none() {
                    shown.state = JobState::Queued;
                }
            }
            if *wanted.borrow_and_update() == Wanted::Run {
                tokio::select! {
                    // A failure means that the job is dropped: the next look says so.
                    _ = wanted.changed() => {}
                    _ = turns.changed() => {}
                }
            }
        }
        let was_queued = self.shown().state == JobState::Queued;
        if was_queued {
            self.at_work();
        }
        Ok(())
    }

    /// Others may carry theirs.
    pub(super) fn leave_turn(&self) {
        self.turn.leave();
    }

    pub(super) fn prioritize(&self, priority: Priority) {
        self.shown().priority = priority;
        self.turn.moves(priority);
    }

    fn priority(&self) -> Priority {
        self.shown().priority
    }

    /// Nothing holds it any more but, it may be, its question.
    fn at_work(&self) {
        let mut shown = self.shown();
        shown.state = match shown.question {
            Some(_) => JobState::Asking,
            None => JobState::Running,
        };
    }

    /// The files of a server, to change them; waits while it has no connection.
    pub(super) async fn files(&self, server: &str) -> Result<ServerFilesToChange, Stop> {
        self.opened(server, files::open_to_change).await
    }

    /// The same, to read.
    pub(super) async fn files_to_read(&self, server: &str) -> Result<ServerFiles, Stop> {
        self.opened(server, files::open).await
    }

    async fn opened<Opened: AsRef<ServerFiles>>(
        &self,
        server: &str,
        open: impl AsyncFn(&Arc<Session>, Option<u32>) -> Result<Opened, Error>,
    ) -> Result<Opened, Stop> {
        loop {
            self.go_on().await?;
            let Some(session) = self.sessions.get(server) else {
                return Err(Error::UnknownServer(server.to_owned()).into());
            };
            let mut states = session.states();
            match open(session, self.user(server)).await {
                Ok(files) => {
                    let user = files.as_ref().user;
                    self.users().entry(server.to_owned()).or_insert(user);
                    self.at_work();
                    return Ok(files);
                }
                Err(error) if is_lost(&error) => {}
                Err(error) => return Err(error.into()),
            }
            self.turn.leave();
            self.shown().state = JobState::Waiting;
            let mut wanted = self.wanted.subscribe();
            let connected =
                |state: &ConnectionState| matches!(state, ConnectionState::Connected { .. });
            tokio::select! {
                // It may say "connected" for a moment longer than the connection stands.
                () = async {
                    tokio::time::sleep(Duration::from_millis(300)).await;
                    // A failure means that the server was removed: the next try says so.
                    let _ = states.wait_for(connected).await;
                } => {}
                _ = wanted.changed() => {}
            }
        }
    }

    /// The files of a server, where it has a connection and grants it; nobody waits.
    pub(super) async fn files_now(&self, server: &str) -> Option<ServerFilesToChange> {
        let session = self.sessions.get(server)?;
        files::open_to_change(session, self.user(server)).await.ok()
    }

    /// The same, to read.
    pub(super) async fn files_to_read_now(&self, server: &str) -> Option<ServerFiles> {
        let session = self.sessions.get(server)?;
        files::open(session, self.user(server)).await.ok()
    }

    pub(super) fn begin(&self, path: &RemotePath) {
        self.shown().current = Some(path.to_string());
    }

    pub(super) fn add_bytes(&self, bytes: u64) {
        self.shown().bytes_done += bytes;
    }

    /// Bytes that will be sent again.
    pub(super) fn take_back(&self, bytes: u64) {
        let mut shown = self.shown();
        shown.bytes_done = shown.bytes_done.saturating_sub(bytes);
    }

    pub(super) fn one_done(&self) {
        self.shown().files_done += 1;
    }

    pub(super) fn skip(&self) {
        self.shown().skipped += 1;
    }

    /// How much did not succeed or was left out.
    pub(super) fn not_done(&self) -> u64 {
        let shown = self.shown();
        shown.failure_count + shown.skipped
    }

    pub(super) fn fail(&self, path: &RemotePath, error: &Error) {
        let mut shown = self.shown();
        shown.failure_count += 1;
        if shown.failures.len() < FAILURES {
            shown.failures.push(JobFailure {
                path: path.to_string(),
                error: error.body(),
            });
        }
    }

    /// Asks a person what to do with a name that is taken, unless that was said for all.
    pub(super) async fn choose(
        &self,
        conflict: Conflict,
        question: ConflictQuestion,
    ) -> Result<Conflict, Cancelled> {
        if conflict != Conflict::Ask {
            return Ok(conflict);
        }
        let mut for_all = self.asking.lock().await;
        if let Some(choice) = *for_all {
            return Ok(choice);
        }
        let (choose, chosen) = oneshot::channel();
        *self.choice() = Some(choose);
        {
            let mut shown = self.shown();
            shown.state = JobState::Asking;
            shown.question = Some(question);
        }
        self.turn.leave();
        let mut wanted = self.wanted.subscribe();
        let cancelled = wanted.wait_for(|wanted| *wanted == Wanted::Cancel);
        let answer = tokio::select! {
            answer = chosen => answer.map_err(|_| Cancelled),
            _ = cancelled => Err(Cancelled),
        };
        {
            let mut shown = self.shown();
            shown.state = JobState::Running;
            shown.question = None;
        }
        let (choice, all) = answer?;
        if all {
            *for_all = Some(choice);
        }
        Ok(choice)
    }

    pub(super) fn choice(&self) -> MutexGuard<'_, Option<oneshot::Sender<(Conflict, bool)>>> {
        self.waiting_choice
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a job, or one thing of it, stops.
pub(super) enum Stop {
    Cancelled,
    Failed(Box<Error>),
}

impl From<Cancelled> for Stop {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(Box::new(error))
    }
}

/// Whether the connection is away, so that waiting helps.
pub(in crate::files) fn is_lost(error: &Error) -> bool {
    match error {
        Error::File { problem, .. } => problem.is_lost(),
        Error::NotConnected { .. } | Error::Lost { .. } => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;
    use crate::files::{NewFileJob, jobs::turns::Turns};

    fn works(count: u32) -> Vec<Work> {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::open(folder.path()).unwrap());
        let turns = Turns::default();
        let new = NewFileJob::Trash {
            server: "one".to_owned(),
            paths: Vec::new(),
        };
        (1..=count)
            .map(|id| {
                let store = Arc::clone(&store);
                Work::new(new.shown(id), BTreeMap::new(), store, turns.of(id))
            })
            .collect()
    }

    #[test]
    fn the_fourth_waits_until_it_is_urgent_or_another_leaves() {
        let works = works(4);
        let [one, two, three, four] = &works[..] else {
            panic!("four were made");
        };
        for work in [one, two, three] {
            assert!(work.turn().now_or_never().is_some());
        }
        let mut waits = Box::pin(four.turn());
        assert!(waits.as_mut().now_or_never().is_none());
        assert_eq!(four.shown().state, JobState::Queued);
        four.prioritize(Priority::High);
        assert!(waits.now_or_never().is_some());
        assert_eq!(four.shown().state, JobState::Running);

        let mut waits = Box::pin(three.turn());
        assert!(waits.as_mut().now_or_never().is_none());
        one.wanted.send_replace(Wanted::Pause);
        assert!(one.turn().now_or_never().is_none());
        assert_eq!(one.shown().state, JobState::Paused);
        assert!(waits.now_or_never().is_some());
        four.wanted.send_replace(Wanted::Cancel);
        assert!(matches!(four.turn().now_or_never(), Some(Err(Cancelled))));
    }
}
