//! One SFTP session: any number of requests side by side, each with its answer.
//!
//! Invariant: the channel is always read, whoever waits or does not; when it ends, or what comes is
//! not SFTP, everyone who waits is told, and so is everyone who asks later. What was opened for
//! somebody who has left is closed. It closes when the session is dropped, or when the server owes
//! answers and gives none for a minute.

use std::{
    collections::HashMap,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use sftp::{Answer, Extension, Extensions, Limits, Malformed, Request, code};
use tokio::{
    sync::{mpsc, oneshot, watch},
    time::{Duration, Instant, timeout, timeout_at},
};

use super::line::{Incoming, Outgoing};
use crate::exec::Hold;

/// How long a server may owe an answer without giving any.
const SILENT: Duration = Duration::from_secs(60);

/// Why a request has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failure {
    /// The server says no.
    #[error("{}", String::from_utf8_lossy(message))]
    Status { code: u32, message: Bytes },
    #[error("{0}")]
    Malformed(#[from] Malformed),
    /// An answer to another question.
    #[error("the server gave an answer that does not fit the question")]
    Unfit,
    /// The channel is closed.
    #[error("the server closed the channel")]
    Closed,
    #[error("the server did not begin in time")]
    Late,
    #[error("the server has not answered for {} s", SILENT.as_secs())]
    Silent,
    /// It was not sent: who asks has no leave any more.
    #[error("{0} is not granted any more")]
    Withdrawn(&'static str),
}

impl Failure {
    pub(super) fn is_end_of_file(&self) -> bool {
        matches!(self, Self::Status { code, .. } if *code == code::EOF)
    }
}

/// The session; its channel closes with it.
pub(super) struct Session {
    requests: mpsc::UnboundedSender<(u32, Request)>,
    shared: Arc<Mutex<Shared>>,
    /// What the server can do besides.
    pub(super) extensions: Extensions,
    /// What it takes at most; `None`: it has not said so yet.
    limits: watch::Receiver<Option<Limits>>,
}

#[derive(Default)]
struct Shared {
    waiting: HashMap<u32, Waiting>,
    last_id: u32,
    /// Set once, when nothing will be answered any more.
    ended: Option<Failure>,
}

/// Who waits for an answer.
struct Waiting {
    answer: oneshot::Sender<Answer>,
    since: Instant,
    /// The server may take as long as it likes, and answers nothing else meanwhile.
    is_long: bool,
}

/// A request that is under way. Dropped, its answer is dropped too.
pub(super) struct Pending {
    answer: oneshot::Receiver<Answer>,
    /// Why it was never sent; `None`: it was.
    refused: Option<Failure>,
    shared: Arc<Mutex<Shared>>,
}

impl Future for Pending {
    type Output = Result<Answer, Failure>;

    /// An answer is whatever fits no failure: a status other than "ok" is a failure.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Some(refused) = self.refused.take() {
            return Poll::Ready(Err(refused));
        }
        let answer = ready!(Pin::new(&mut self.answer).poll(context));
        Poll::Ready(match answer {
            Ok(Answer::Status { code, message }) if code != code::OK => {
                Err(Failure::Status { code, message })
            }
            Ok(answer) => Ok(answer),
            Err(_) => Err(lock(&self.shared).ended.clone().unwrap_or(Failure::Closed)),
        })
    }
}

impl Session {
    /// Greets the server over a line on which SFTP was started, and asks what it takes.
    ///
    /// # Errors
    /// The line ends, it is late, or what answers is not version 3 of SFTP.
    pub(super) async fn begin(
        (mut incoming, outgoing): (Incoming, Outgoing),
        late: Instant,
        hold: Option<Hold>,
    ) -> Result<Self, Failure> {
        let greeted = timeout_at(late, incoming.greeting(&outgoing)).await;
        let extensions = match greeted.unwrap_or(Err(Failure::Late)) {
            Ok(extensions) => extensions,
            Err(failure) => {
                outgoing.close().await;
                if let Some(hold) = hold {
                    hold.over("noSftp");
                }
                return Err(failure);
            }
        };
        let (queue, queued) = mpsc::unbounded_channel();
        let shared = Arc::<Mutex<Shared>>::default();
        let carrying = carry(
            (incoming, outgoing),
            queued,
            queue.downgrade(),
            Arc::clone(&shared),
            hold,
        );
        tokio::spawn(carrying);
        let (told, limits) = watch::channel(None);
        let session = Self {
            requests: queue,
            shared,
            extensions,
            limits,
        };
        // Not waited for: a whole round trip, and the first file that is opened takes one anyway.
        let asked = extensions
            .limits
            .then(|| session.ask(Request::Extended(Extension::Limits)));
        tokio::spawn(async move {
            // A server that offers it and does not answer it takes what all take.
            let limits = match asked.map(|asked| timeout_at(late, asked)) {
                Some(asked) => match asked.await {
                    Ok(Ok(Answer::Extended(data))) => Limits::take(data).unwrap_or_default(),
                    _ => Limits::default(),
                },
                None => Limits::default(),
            };
            told.send_replace(Some(limits));
        });
        Ok(session)
    }

    /// What the server takes at most.
    pub(super) async fn limits(&self) -> Limits {
        let mut limits = self.limits.clone();
        let told = limits.wait_for(Option::is_some).await;
        told.ok().and_then(|told| *told).unwrap_or_default()
    }

    /// Sends a request, at once; the answer is awaited when the caller likes.
    pub(super) fn ask(&self, request: Request) -> Pending {
        let (answer, answered) = oneshot::channel();
        let mut shared = lock(&self.shared);
        // One that has ended drops all who wait, and tells them why.
        if shared.ended.is_none() {
            let id = shared.next_id();
            let waiting = Waiting {
                answer,
                since: Instant::now(),
                is_long: takes_long(&request),
            };
            shared.waiting.insert(id, waiting);
            let _ = self.requests.send((id, request));
        }
        Pending {
            answer: answered,
            refused: None,
            shared: Arc::clone(&self.shared),
        }
    }

    /// A request that is not sent.
    pub(super) fn refuse(&self, failure: Failure) -> Pending {
        Pending {
            answer: oneshot::channel().1,
            refused: Some(failure),
            shared: Arc::clone(&self.shared),
        }
    }

    /// Opens a file or folder; gives its handle.
    pub(super) async fn open(&self, request: Request) -> Result<Bytes, Failure> {
        match self.ask(request).await? {
            Answer::Handle(handle) => Ok(handle),
            _ => Err(Failure::Unfit),
        }
    }

    /// Reads at most `len` bytes from `offset` on: at least one, or the end is told as a status.
    pub(super) fn read(&self, handle: &Bytes, offset: u64, len: u32) -> Pending {
        self.ask(Request::Read {
            handle: handle.clone(),
            offset,
            len,
        })
    }

    /// Closes a file; nobody waits for the answer.
    pub(super) fn close(&self, handle: Bytes) {
        drop(self.ask(Request::Close { handle }));
    }

    /// Whether nothing will be answered any more.
    pub(super) fn is_over(&self) -> bool {
        lock(&self.shared).ended.is_some()
    }
}

/// Whether it is as long as a file is large: OpenSSH's server does one thing after the other.
fn takes_long(request: &Request) -> bool {
    matches!(
        request,
        Request::Extended(Extension::CopyData { .. } | Extension::Fsync { .. })
    )
}

/// The data of an answer to a request for at most `len` bytes.
pub(super) fn data(answer: Answer, len: u32) -> Result<Bytes, Failure> {
    match answer {
        Answer::Data(data) if data.len() <= len as usize => Ok(data),
        _ => Err(Failure::Unfit),
    }
}

impl Shared {
    fn next_id(&mut self) -> u32 {
        self.last_id = self.last_id.wrapping_add(1);
        self.last_id
    }

    /// Whether an answer is owed for too long, and nothing excuses it.
    fn is_silent(&self) -> bool {
        let late = |waiting: &Waiting| waiting.since.elapsed() >= SILENT;
        self.waiting.values().any(late) && !self.waiting.values().any(|waiting| waiting.is_long)
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Carries requests and answers until the session is dropped or the line ends.
async fn carry(
    (mut incoming, outgoing): (Incoming, Outgoing),
    mut queued: mpsc::UnboundedReceiver<(u32, Request)>,
    queue: mpsc::WeakUnboundedSender<(u32, Request)>,
    shared: Arc<Mutex<Shared>>,
    mut hold: Option<Hold>,
) {
    let ended = async {
        match &mut hold {
            Some(hold) => hold.ended().await,
            None => std::future::pending().await,
        }
        Failure::Closed
    };
    let reading = async {
        loop {
            let (id, answer) = match timeout(SILENT, incoming.next()).await {
                Ok(Ok(answer)) => answer,
                Ok(Err(failure)) => return failure,
                Err(_) if lock(&shared).is_silent() => return Failure::Silent,
                Err(_) => continue,
            };
            // An answer that nobody waits for is one to somebody who has left.
            let Some(waiting) = lock(&shared).waiting.remove(&id) else {
                continue;
            };
            if let Err(Answer::Handle(handle)) = waiting.answer.send(answer)
                && let Some(queue) = queue.upgrade()
            {
                let id = lock(&shared).next_id();
                let _ = queue.send((id, Request::Close { handle }));
            }
        }
    };
    let writing = async {
        while let Some((id, request)) = queued.recv().await {
            if outgoing.send(id, request).await.is_err() {
                break;
            }
        }
        Failure::Closed
    };
    let failure = tokio::select! {
        failure = reading => failure,
        failure = writing => failure,
        failure = ended => failure,
    };
    {
        let mut shared = lock(&shared);
        shared.ended = Some(failure);
        shared.waiting.clear();
    }
    outgoing.close().await;
    if let Some(hold) = hold {
        hold.over("ok");
    }
}
