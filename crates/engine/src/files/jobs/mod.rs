//! Long work on files: it belongs to the program, not to a page, and goes on when the page is closed.
//!
//! Invariant: every step passes the gate again; what could not be done is named; a job that is over
//! stays until it is forgotten. A copy or move that the end of the program cut short waits, held, at the
//! next start.

mod attributes;
mod copy;
mod delete;
mod shown;
mod trash;
mod turns;
mod work;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use chrono::Utc;
use store::Store;

pub use turns::Priority;

pub use shown::{
    AttributeChange, Conflict, ConflictQuestion, FileJob, JobAction, JobFailure, JobState,
    NewFileJob, Transfer,
};

use crate::{
    Engine, Error, confirm,
    gate::{self, asked_by},
    session::Session,
};
use turns::Turns;
pub(super) use work::is_lost;
use work::{Stop, Wanted, Work};

/// Finished jobs that are kept; the oldest go.
const MOST_JOBS: usize = 200;

/// All jobs.
#[derive(Default)]
pub(crate) struct FileJobs {
    all: Mutex<BTreeMap<u32, Arc<Kept>>>,
    last: AtomicU32,
    turns: Turns,
}

struct Kept {
    id: u32,
    /// As it was asked for, and as it was changed since.
    asked_for: Mutex<NewFileJob>,
    work: Arc<Work>,
    /// Whether its task was started; one of an earlier run of the program waits for a person.
    started: AtomicBool,
}

impl FileJobs {
    /// The jobs that an earlier run of the program left, held.
    ///
    /// # Errors
    /// The database failed.
    pub(crate) fn left(
        store: &Arc<Store>,
        sessions: &BTreeMap<String, Arc<Session>>,
    ) -> Result<Self, Error> {
        let jobs = Self::default();
        for (id, json) in store.file_jobs()? {
            jobs.last.store(id, Ordering::Relaxed);
            let Some(kept) = left(&jobs.turns, id, &json, store, sessions) else {
                tracing::warn!(job = id, "a job was left whose server is gone");
                store.forget_file_job(id)?;
                continue;
            };
            jobs.all().insert(id, Arc::new(kept));
        }
        Ok(jobs)
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<u32, Arc<Kept>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// Begins a job. `confirm`: the name of the server that would lose something for good.
    ///
    /// # Errors
    /// As below, and that server was not named.
    pub fn begin_file_job(&self, new: NewFileJob, confirm: Option<&str>) -> Result<FileJob, Error> {
        self.granted(&new)?;
        self.confirmed(&new, confirm)?;
        self.begin(new)
    }

    /// Passes if the server that loses something for good by this job was named, or none does.
    fn confirmed(&self, new: &NewFileJob, typed: Option<&str>) -> Result<(), Error> {
        let (server, to_server) = new.servers();
        let loses = self.session(to_server.unwrap_or(server))?.profile();
        match confirm::irreversible(new, loses.production) {
            Some(what) => confirm::check(&loses, what, typed),
            None => Ok(()),
        }
    }

    /// The servers of a job.
    ///
    /// # Errors
    /// A server is not known, or its profile does not grant `files.read` and `files.write`; the one that is
    /// only copied from need not grant the latter.
    fn granted(&self, new: &NewFileJob) -> Result<BTreeMap<String, Arc<Session>>, Error> {
        let mut sessions = BTreeMap::new();
        for (server, needs) in new.needs() {
            let session = self.session(server)?;
            for capability in needs {
                gate::check(&session.profile(), *capability)?;
            }
            sessions.insert(server.to_owned(), session);
        }
        Ok(sessions)
    }

    fn begin(&self, new: NewFileJob) -> Result<FileJob, Error> {
        let sessions = self.granted(&new)?;
        let id = self.file_jobs.last.fetch_add(1, Ordering::Relaxed) + 1;
        let store = Arc::clone(&self.options.store);
        let turn = self.file_jobs.turns.of(id);
        let work = Work::new(new.shown(id), sessions, store, turn);
        let kept = Arc::new(Kept {
            id,
            asked_for: Mutex::new(new),
            work: Arc::new(work),
            started: AtomicBool::new(false),
        });
        kept.change(|_| ())?;
        {
            let mut all = self.file_jobs.all();
            all.insert(id, Arc::clone(&kept));
            let over = |kept: &Arc<Kept>| kept.work.shown().state.is_over();
            while all.len() > MOST_JOBS
                && let Some(oldest) = all.iter().find(|(_, kept)| over(kept)).map(|(id, _)| *id)
            {
                all.remove(&oldest);
            }
        }
        let job = kept.work.job();
        start(&kept);
        Ok(job)
    }

    /// All jobs, oldest first.
    #[must_use]
    pub fn file_jobs(&self) -> Vec<FileJob> {
        let all: Vec<_> = self.file_jobs.all().values().cloned().collect();
        all.iter().map(|kept| kept.work.job()).collect()
    }

    /// One job.
    ///
    /// # Errors
    /// There is none with this id.
    pub fn file_job(&self, id: &str) -> Result<FileJob, Error> {
        Ok(self.kept(id)?.work.job())
    }

    /// Waits until a job is over; gives it as it is then.
    ///
    /// # Errors
    /// There is none with this id.
    pub async fn file_job_over(&self, id: &str) -> Result<FileJob, Error> {
        let kept = self.kept(id)?;
        // It cannot fail: the sender lives as long as the job.
        let _ = kept.work.over.subscribe().wait_for(|over| *over).await;
        Ok(kept.work.job())
    }

    fn kept(&self, id: &str) -> Result<Arc<Kept>, Error> {
        let number: Option<u32> = id.parse().ok();
        let found = number.and_then(|number| self.file_jobs.all().get(&number).cloned());
        found.ok_or(Error::UnknownFileJob)
    }

    /// Holds a job, goes on with it, ends it, or begins it again. `confirm`: as of
    /// [`Self::begin_file_job`], where it is begun again.
    ///
    /// # Errors
    /// There is none with this id, or it is over, or not over; the server was not named.
    pub fn control_file_job(
        &self,
        id: &str,
        action: JobAction,
        confirm: Option<&str>,
    ) -> Result<FileJob, Error> {
        let kept = self.kept(id)?;
        let over = kept.work.shown().state.is_over();
        let wanted = match action {
            JobAction::Retry if over => {
                let mut again = kept.asked().clone();
                if let Some(transfer) = again.transfer() {
                    transfer.resume = true;
                }
                // What lies there now is not what lay there then.
                return self.begin_file_job(again, confirm);
            }
            JobAction::Retry => {
                return Err(Error::Conflict("the job is still at work".to_owned()));
            }
            _ if over => return Err(Error::Conflict("the job is over".to_owned())),
            JobAction::Pause => Wanted::Pause,
            JobAction::Resume => Wanted::Run,
            JobAction::Cancel => Wanted::Cancel,
            JobAction::High => return kept.prioritize(Priority::High),
            JobAction::Normal => return kept.prioritize(Priority::Normal),
            JobAction::Low => return kept.prioritize(Priority::Low),
        };
        kept.work.wanted.send_replace(wanted);
        if wanted != Wanted::Pause {
            start(&kept);
        }
        Ok(kept.work.job())
    }

    /// Answers the question of a job. `confirm`: as of [`Self::begin_file_job`].
    ///
    /// # Errors
    /// There is no such job, or no such question waits; the server was not named.
    pub fn answer_file_job(
        &self,
        id: &str,
        path: &str,
        (choice, for_all): (Conflict, bool),
        confirm: Option<&str>,
    ) -> Result<FileJob, Error> {
        let kept = self.kept(id)?;
        let mut chosen = kept.asked().clone();
        if let Some(transfer) = chosen.transfer() {
            transfer.conflict = choice;
        }
        self.confirmed(&chosen, confirm)?;
        let asked = match &kept.work.shown().question {
            Some(question) => question.path.to_string() == path,
            None => false,
        };
        let waiting = if asked && choice != Conflict::Ask {
            kept.work.choice().take()
        } else {
            None
        };
        let gone = || Error::Conflict("no question waits for this answer".to_owned());
        let waiting = waiting.ok_or_else(gone)?;
        waiting.send((choice, for_all)).map_err(|_| gone())?;
        if for_all {
            kept.change(|transfer| transfer.conflict = choice)?;
        }
        Ok(kept.work.job())
    }

    /// Forgets a job that is over.
    ///
    /// # Errors
    /// There is none with this id, or it is still at work.
    pub fn forget_file_job(&self, id: &str) -> Result<(), Error> {
        let kept = self.kept(id)?;
        if !kept.work.shown().state.is_over() {
            return Err(Error::Conflict("the job is still at work".to_owned()));
        }
        self.file_jobs
            .all()
            .retain(|_, other| !Arc::ptr_eq(other, &kept));
        Ok(())
    }
}

impl Kept {
    fn asked(&self) -> MutexGuard<'_, NewFileJob> {
        self.asked_for
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes a transfer and keeps it over the end of the program. Other work is not begun again by
    /// itself: what is left of it to do may have changed.
    fn change(&self, change: impl FnOnce(&mut Transfer)) -> Result<(), Error> {
        let mut new = self.asked();
        let Some(transfer) = new.transfer() else {
            return Ok(());
        };
        change(transfer);
        let json =
            serde_json::to_string(&*new).map_err(|error| Error::Invalid(error.to_string()))?;
        Ok(self.work.store.keep_file_job(self.id, &json)?)
    }

    fn prioritize(&self, priority: Priority) -> Result<FileJob, Error> {
        self.change(|transfer| transfer.priority = priority)?;
        self.work.prioritize(priority);
        Ok(self.work.job())
    }
}

/// A job of an earlier run; `None`: it cannot be read, or a server of it is gone.
fn left(
    turns: &Turns,
    id: u32,
    json: &str,
    store: &Arc<Store>,
    all: &BTreeMap<String, Arc<Session>>,
) -> Option<Kept> {
    let mut new: NewFileJob = serde_json::from_str(json).ok()?;
    if let Some(transfer) = new.transfer() {
        transfer.resume = true;
    }
    let (server, to_server) = new.servers();
    let mut sessions = BTreeMap::new();
    for server in [Some(server), to_server].into_iter().flatten() {
        sessions.insert(server.to_owned(), Arc::clone(all.get(server)?));
    }
    let shown = FileJob {
        state: JobState::Paused,
        interrupted: true,
        ..new.shown(id)
    };
    let work = Work::new(shown, sessions, Arc::clone(store), turns.of(id));
    work.wanted.send_replace(Wanted::Pause);
    Some(Kept {
        id,
        asked_for: Mutex::new(new),
        work: Arc::new(work),
        started: AtomicBool::new(false),
    })
}

/// Starts its task for who asks for it, unless that was done.
fn start(kept: &Arc<Kept>) {
    if !kept.started.swap(true, Ordering::Relaxed) {
        tokio::spawn(asked_by(gate::asker(), run(Arc::clone(kept))));
    }
}

async fn run(kept: Arc<Kept>) {
    let work = &kept.work;
    let (begun, result) = match all_named(&kept).await {
        Ok(new) => match work.announce(&new).await {
            Ok(begun) => (begun, carry_out(work, &new).await),
            Err(error) => (Vec::new(), Err(Stop::from(error))),
        },
        Err(stop) => (Vec::new(), Err(stop)),
    };
    if let Err(Stop::Failed(error)) = &result {
        work.fail(&catalog::arguments::RemotePath::root(), error);
    }
    work.leave_turn();
    close(work, &result);
    if let Err(error) = work.store.forget_file_job(kept.id) {
        tracing::error!(%error, "a job that is over could not be forgotten");
    }
    work.conclude(begun);
    work.over.send_replace(true);
}

/// The job, with each thing named that it shall do away with: all of the Recycle Bin is what lies there now,
/// also when it is begun again.
async fn all_named(kept: &Kept) -> Result<NewFileJob, Stop> {
    let new = kept.asked().clone();
    let NewFileJob::EmptyTrash {
        server,
        trashed: None,
    } = new
    else {
        return Ok(new);
    };
    let trashed = Some(trash::all(&kept.work, &server).await?);
    let new = NewFileJob::EmptyTrash { server, trashed };
    *kept.asked() = new.clone();
    Ok(new)
}

async fn carry_out(work: &Arc<Work>, new: &NewFileJob) -> Result<(), Stop> {
    if work.shown().interrupted
        && *work.wanted.borrow() == Wanted::Cancel
        && let NewFileJob::Copy(transfer) | NewFileJob::Move(transfer) = new
    {
        copy::withdraw(work, transfer).await;
    }
    work.shown().interrupted = false;
    match new {
        NewFileJob::Copy(transfer) => copy::run(work, transfer, false).await,
        NewFileJob::Move(transfer) => copy::run(work, transfer, true).await,
        NewFileJob::Delete { server, paths } => delete::run(work, server, paths).await,
        NewFileJob::Trash { server, paths } => trash::put(work, server, paths).await,
        NewFileJob::Restore { server, trashed } => trash::restore(work, server, trashed).await,
        NewFileJob::EmptyTrash { server, trashed } => {
            trash::empty(work, server, trashed.as_deref().unwrap_or_default()).await
        }
        NewFileJob::Attributes(change) => attributes::run(work, change).await,
    }
}

/// Says that a job is over, and how it went.
fn close(work: &Work, result: &Result<(), Stop>) {
    let mut shown = work.shown();
    shown.state = match result {
        Err(Stop::Cancelled) => JobState::Cancelled,
        Err(Stop::Failed(_)) => JobState::Failed,
        Ok(()) if shown.failure_count > 0 => JobState::Failed,
        Ok(()) => JobState::Done,
    };
    shown.current = None;
    shown.ended_at = Some(Utc::now().timestamp());
    tracing::info!(
        job = shown.id,
        kind = shown.kind,
        state = ?shown.state,
        files = shown.files_done,
        bytes = shown.bytes_done,
        failures = shown.failure_count,
        "file job ended"
    );
}
