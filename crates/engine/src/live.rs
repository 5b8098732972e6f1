//! Live subscriptions: a question asked again and again while somebody looks.
//!
//! Invariant: a question is asked once per server however many windows look at it; what falls due
//! together is one plan; a watcher gets the newest value, never a backlog.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Notify, watch},
    task::AbortHandle,
    time::Instant,
};

use crate::{
    ConnectionState, Error, ErrorBody, Reading,
    answer::{Answering, Asked, plan},
    session::Session,
};

/// A counter's first sample has no rate; its second is taken this soon.
const SECOND_SAMPLE: Duration = Duration::from_millis(200);
/// What is asked this rarely is taken to be expensive for the server,
const EXPENSIVE: Duration = Duration::from_secs(60);
/// and is first asked this long behind the rest.
const BEHIND: Duration = Duration::from_millis(800);
/// Questions that come this close together are put into one plan.
const GATHER: Duration = Duration::from_millis(10);

/// What a watcher knows: the newest reading, until when it is known to be true, and what stands
/// against a newer one.
#[derive(Clone, Debug, Default)]
pub struct LiveValue {
    /// The newest reading; it stays when the connection is lost. `None`: there was none yet.
    pub reading: Option<Arc<Reading>>,
    /// When the server last gave just this, RFC 3339 in UTC.
    pub checked_at: Option<String>,
    /// Why the reading is stale; `None`: it is not.
    pub error: Option<ErrorBody>,
}

/// A watcher's side of a question. Dropping it stops the asking if nobody else looks.
pub struct Subscription {
    /// The newest value; marked as changed whenever there is news.
    pub values: watch::Receiver<LiveValue>,
    session: Arc<Session>,
    key: String,
    watcher: u64,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut questions = self.session.live.lock();
        if let Some(question) = questions.asked.get_mut(&self.key) {
            question.watchers.remove(&self.watcher);
            if question.watchers.is_empty()
                && let Some(left) = questions.asked.remove(&self.key)
                && let Some(asking) = left.asking
            {
                // Nobody waits for the answer: what runs for it on the server is ended too.
                asking.abort();
            }
        }
        drop(questions);
        self.session.live.wake.notify_one();
    }
}

/// The questions of one server that somebody looks at.
#[derive(Default)]
pub(crate) struct Live {
    questions: Mutex<Questions>,
    wake: Notify,
}

#[derive(Default)]
struct Questions {
    asked: HashMap<String, Question>,
    next_watcher: u64,
    running: bool,
}

struct Question {
    asked: Asked,
    watchers: HashMap<u64, Duration>,
    due: Instant,
    /// The task that waits for the answer; `None`: it is not being asked.
    asking: Option<AbortHandle>,
    value: watch::Sender<LiveValue>,
}

impl Question {
    fn every(&self) -> Duration {
        self.watchers
            .values()
            .min()
            .copied()
            .unwrap_or(Duration::MAX)
    }
}

/// Begins to ask a question every so often, or joins those who look at it already.
pub(crate) fn subscribe(session: &Arc<Session>, asked: Asked, every: Duration) -> Subscription {
    let live = &session.live;
    let mut questions = live.lock();
    let watcher = questions.next_watcher;
    questions.next_watcher += 1;
    let key = asked.key.clone();
    let question = questions
        .asked
        .entry(key.clone())
        .or_insert_with(|| Question {
            asked,
            watchers: HashMap::new(),
            due: Instant::now(),
            asking: None,
            value: watch::Sender::new(LiveValue::default()),
        });
    question.watchers.insert(watcher, every);
    question.due = question.due.min(Instant::now() + every);
    let values = question.value.subscribe();
    if !questions.running {
        questions.running = true;
        tokio::spawn(run(Arc::clone(session)));
    }
    drop(questions);
    live.wake.notify_one();
    Subscription {
        values,
        session: Arc::clone(session),
        key,
        watcher,
    }
}

/// Asks what falls due until nobody looks any more.
async fn run(session: Arc<Session>) {
    let mut states = session.states();
    let start = Instant::now();
    loop {
        let state = states.borrow_and_update().clone();
        let next = match &state {
            ConnectionState::Connected { .. } => session.live.ask_due(&session, start),
            other => session.live.mark_stale(&session, other),
        };
        let Some(next) = next else { return };
        tokio::select! {
            () = session.live.wake.notified() => tokio::time::sleep(GATHER).await,
            changed = states.changed() => {
                if changed.is_err() {
                    return;
                }
                session.live.all_due();
            }
            () = tokio::time::sleep_until(next) => {}
        }
    }
}

async fn ask(session: Arc<Session>, key: String, answer: Answering, start: Instant) {
    let result = answer.await;
    session.live.take(&key, result, start);
}

impl Live {
    /// Starts a plan of all that is due. When to look again; `None`: nobody looks.
    fn ask_due(&self, session: &Arc<Session>, start: Instant) -> Option<Instant> {
        let mut questions = self.lock();
        if questions.asked.is_empty() {
            questions.running = false;
            return None;
        }
        let now = Instant::now();
        let mut due = Vec::new();
        for question in questions.asked.values_mut() {
            if question.due <= now && question.asking.is_none() {
                due.push(question.asked.clone());
            }
        }
        let keys: Vec<String> = due.iter().map(|asked| asked.key.clone()).collect();
        for (key, answer) in keys.into_iter().zip(plan(session, due)) {
            let task = tokio::spawn(ask(Arc::clone(session), key.clone(), answer, start));
            if let Some(question) = questions.asked.get_mut(&key) {
                question.asking = Some(task.abort_handle());
            }
        }
        let waiting = questions
            .asked
            .values()
            .filter(|question| question.asking.is_none());
        let next = waiting.map(|question| question.due).min();
        Some(next.unwrap_or_else(far))
    }

    /// Takes an answer and sets when the question is due again, on the beat of its interval so
    /// that questions of one interval stay together.
    fn take(&self, key: &str, result: Result<Arc<Reading>, Error>, start: Instant) {
        let mut questions = self.lock();
        if let Some(question) = questions.asked.get_mut(key) {
            let first = {
                let value = question.value.borrow();
                value.reading.is_none() || value.error.is_some()
            };
            let every = question.every().max(Duration::from_millis(100));
            let now = Instant::now();
            question.asking = None;
            question.due = if first && result.is_ok() && question.asked.prepared.has_rate() {
                now + SECOND_SAMPLE
            } else {
                let beats = now.duration_since(start).as_nanos() / every.as_nanos() + 1;
                start + every * u32::try_from(beats).unwrap_or(u32::MAX)
            };
            question.value.send_modify(|value| value.take(result));
        }
        drop(questions);
        self.wake.notify_one();
    }

    /// Tells all watchers that there is no connection. When to look again; `None`: nobody looks.
    fn mark_stale(&self, session: &Session, state: &ConnectionState) -> Option<Instant> {
        let mut questions = self.lock();
        if questions.asked.is_empty() {
            questions.running = false;
            return None;
        }
        let error = match state {
            ConnectionState::Reconnecting { error, .. } | ConnectionState::Failed { error } => {
                Some(error.clone())
            }
            ConnectionState::Disconnected => {
                let server = session.profile().name.clone();
                Some(Error::NotConnected { server }.body())
            }
            // Underway: what was true of the values stays true of them.
            _ => None,
        };
        let Some(error) = error else {
            return Some(far());
        };
        for question in questions.asked.values() {
            question.value.send_if_modified(|value| {
                let news = value.error.as_ref() != Some(&error);
                value.error = Some(error.clone());
                news
            });
        }
        Some(far())
    }

    /// Asks everything again: who asks is another user now.
    pub(crate) fn ask_anew(&self) {
        self.all_due();
        self.wake.notify_one();
    }

    fn all_due(&self) {
        for question in self.lock().asked.values_mut() {
            question.due = first_due(question.every());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Questions> {
        self.questions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// When a question is asked first: at once, but for one that is asked rarely. That one is
/// expensive, and what is looked at all the time should not wait for it.
fn first_due(every: Duration) -> Instant {
    let expensive = every >= EXPENSIVE;
    Instant::now() + if expensive { BEHIND } else { Duration::ZERO }
}

/// When nothing is due: whatever changes that wakes the loop.
fn far() -> Instant {
    Instant::now() + Duration::from_secs(3600)
}

impl LiveValue {
    fn take(&mut self, result: Result<Arc<Reading>, Error>) {
        match result {
            Ok(reading) => {
                self.error = None;
                self.checked_at = Some(reading.taken_at.clone());
                let same = self.reading.as_ref().is_some_and(|old| {
                    old.outcome == reading.outcome && old.model == reading.model
                });
                if !same {
                    self.reading = Some(reading);
                }
            }
            Err(error) => self.error = Some(error.body()),
        }
    }
}
