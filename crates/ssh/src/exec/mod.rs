//! Runs a command of the catalog on the server and gives back what it printed.
//!
//! Invariant: nothing is run that the witness was not told of. Whatever happens to the caller or the
//! time, the channel is drained to its end, the process does not outlive its run, and the channel is
//! closed. A task of its own sees to that.

mod collect;
mod end;
mod protocol;
mod speech;

use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use catalog::{Command, Marker};
use russh::{ChannelReadHalf, ChannelWriteHalf, client::Msg};
use secrecy::SecretString;
use tokio::{
    sync::{mpsc, oneshot},
    time::sleep_until,
};

use crate::{
    Closed, Connection, ExecError, StartKind,
    channels::{self, Slot},
    connection::Asked,
    witness::{Begun, Ending},
};
use collect::{Collector, Next};
pub(crate) use protocol::{Hold, Opened};
use speech::Speech;

/// For what is listened to: a year, and as much as may wait to be taken.
const ENDLESS: Limits = Limits {
    timeout: Duration::from_secs(365 * 24 * 3600),
    output_bytes: 8 << 20,
};

/// The answer to a run that [`Connection::close`] ends or forestalls.
const CLOSED_HERE: ExecError = ExecError::Lost {
    closed: Closed::Asked,
};

/// How long a command may take and how much it may print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// From the call to the end, waiting for a free channel included.
    pub timeout: Duration,
    /// Bytes of standard output and standard error together, a login shell's noise included.
    pub output_bytes: usize,
}

/// What a command did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecOutput {
    /// Its standard output, without what the login shell printed before it began.
    pub stdout: Vec<u8>,
    /// Its standard error, likewise.
    pub stderr: Vec<u8>,
    /// Its exit code; `None`: a signal ended it, or the server did not say.
    pub exit_code: Option<i32>,
    /// The signal that ended it, without `SIG`; `None`: none did.
    pub signal: Option<String>,
    /// From the moment it was asked for to its end.
    pub duration: Duration,
}

impl Connection {
    /// Runs a command. `input` goes to its standard input, which then ends.
    ///
    /// Three round trips: one to open the channel, one until OpenSSH grants window for input (it does
    /// so once the login shell runs), one for input and output. A run that takes too long, prints too
    /// much, or whose future is dropped is ended on the server too, in the background.
    ///
    /// # Errors
    /// [`ExecError`]; a command that ran and failed is not an error but has an exit code.
    pub async fn exec(
        &self,
        command: &Command,
        input: Option<&SecretString>,
        limits: &Limits,
    ) -> Result<ExecOutput, ExecError> {
        let answered = self.start(command, input, limits, None)?;
        self.answer(answered).await
    }

    /// The same, with standard output as it comes; [`ExecOutput::stdout`] is empty. What was not
    /// taken yet is held, so the limit on what it prints is one on memory too.
    ///
    /// # Errors
    /// As above.
    pub fn follow(
        &self,
        command: &Command,
        input: Option<&SecretString>,
        limits: &Limits,
    ) -> Result<Following, ExecError> {
        self.begin(command, input, limits, false)
    }

    /// The same for a command that goes on as long as somebody listens: what was taken no longer
    /// counts. What waits to be taken and what it says to standard error do, up to 8 MiB together.
    ///
    /// # Errors
    /// As above.
    pub fn listen(&self, command: &Command) -> Result<Following, ExecError> {
        self.begin(command, None, &ENDLESS, true)
    }

    fn begin(
        &self,
        command: &Command,
        input: Option<&SecretString>,
        limits: &Limits,
        is_endless: bool,
    ) -> Result<Following, ExecError> {
        let (sender, taken) = mpsc::unbounded_channel();
        let forgiven = is_endless.then(|| Arc::new(AtomicUsize::new(0)));
        let pieces = Pieces {
            sender,
            forgiven: forgiven.clone(),
        };
        let answered = self.start(command, input, limits, Some(pieces))?;
        Ok(Following {
            connection: self.clone(),
            pieces: taken,
            forgiven,
            answered,
        })
    }

    fn start(
        &self,
        command: &Command,
        input: Option<&SecretString>,
        limits: &Limits,
        pieces: Option<Pieces>,
    ) -> Result<Answered, ExecError> {
        let held = self.held()?;
        let marker = fresh_marker()?;
        let speech = Speech::of(command, input, &marker, self.elevated.as_ref());
        let (answer, answered) = oneshot::channel();
        let collector = Collector::new(&marker, limits.output_bytes);
        tokio::spawn(run(
            (self.clone(), self.as_typed(command)),
            speech,
            (collector, pieces),
            *limits,
            held,
            answer,
        ));
        Ok(answered)
    }

    /// The place of a run among those that an end waits for, of the connection or of the elevation.
    fn held(&self) -> Result<Held, ExecError> {
        let asked = self.inner.begin().ok_or(CLOSED_HERE)?;
        let limited = match &self.elevated {
            Some(elevated) => Some(elevated.begin().ok_or(ExecError::Limited)?),
            None => None,
        };
        Ok(Held { asked, limited })
    }

    /// The command as a person would type it, without secrets: for the witness.
    fn as_typed(&self, command: &Command) -> String {
        match &self.elevated {
            Some(elevated) => elevated.way.without_secrets(command),
            None => command.without_secrets(),
        }
    }

    async fn answer(&self, answered: Answered) -> Result<ExecOutput, ExecError> {
        match answered.await {
            Ok(result) => result,
            Err(_) => Err(self.inner.lost().await),
        }
    }
}

/// What an end waits for; dropped when the run is over.
struct Held {
    asked: Asked,
    limited: Option<Asked>,
}

impl Held {
    /// Resolves when the end is asked for: of the connection, or of the elevation.
    async fn ended(&mut self) -> ExecError {
        match &mut self.limited {
            Some(limited) => tokio::select! {
                () = self.asked.asked() => CLOSED_HERE,
                () = limited.asked() => ExecError::Limited,
            },
            None => {
                self.asked.asked().await;
                CLOSED_HERE
            }
        }
    }
}

/// A command that runs. Dropped, it is ended on the server too.
pub struct Following {
    connection: Connection,
    pieces: mpsc::UnboundedReceiver<Vec<u8>>,
    forgiven: Option<Arc<AtomicUsize>>,
    answered: Answered,
}

impl Following {
    /// The next bytes of its standard output; `None`: that was all.
    pub async fn next(&mut self) -> Option<Vec<u8>> {
        let piece = self.pieces.recv().await?;
        if let Some(forgiven) = &self.forgiven {
            forgiven.fetch_add(piece.len(), Ordering::Relaxed);
        }
        Some(piece)
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// [`ExecError`], as of [`Connection::exec`].
    pub async fn end(self) -> Result<ExecOutput, ExecError> {
        self.connection.answer(self.answered).await
    }
}

pub(crate) fn fresh_marker() -> Result<Marker, ExecError> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).map_err(|_| ExecError::NoRandomness)?;
    Ok(Marker::from_bits(u128::from_ne_bytes(bits)))
}

type Answer = oneshot::Sender<Result<ExecOutput, ExecError>>;
type Answered = oneshot::Receiver<Result<ExecOutput, ExecError>>;

/// Where standard output goes as it comes.
struct Pieces {
    sender: mpsc::UnboundedSender<Vec<u8>>,
    /// Bytes that were taken since they were last forgiven; `None`: all count, taken or not.
    forgiven: Option<Arc<AtomicUsize>>,
}

/// The whole life of one run.
async fn run(
    (connection, typed): (Connection, String),
    mut speech: Speech,
    (collector, pieces): (Collector, Option<Pieces>),
    limits: Limits,
    mut held: Held,
    mut answer: Answer,
) {
    let deadline = tokio::time::Instant::now() + limits.timeout;
    let opened = tokio::select! {
        opened = channels::open(&connection.inner) => opened,
        () = sleep_until(deadline) => Err(ExecError::Timeout { after: limits.timeout }),
        error = held.ended() => Err(error),
        () = answer.closed() => return,
    };
    let (channel, slot) = match opened {
        Ok(opened) => opened,
        Err(error) => {
            // The caller may be gone, here and below; there is nobody else to tell.
            let _ = answer.send(Err(error));
            return;
        }
    };
    let (read, write) = channel.split();
    let mut talk = Talk {
        connection,
        read,
        write,
        collector,
        pieces,
        _slot: Some(slot),
    };
    let begun = tokio::select! {
        begun = talk.connection.begins(StartKind::Command, typed) => begun,
        () = sleep_until(deadline) => Err(ExecError::Timeout { after: limits.timeout }),
        error = held.ended() => Err(error),
    };
    let begun = match begun {
        Ok(begun) => begun,
        Err(error) => {
            // A failure means that the connection is gone.
            let _ = talk.write.close().await;
            let _ = answer.send(Err(error));
            return;
        }
    };
    let started = Instant::now();
    let end = tokio::select! {
        end = talk.converse(&mut speech) => end,
        () = sleep_until(deadline) => End::Failed(ExecError::Timeout { after: limits.timeout }),
        error = held.ended() => End::Failed(error),
        () = answer.closed() => End::Abandoned,
    };
    let bytes = talk.collector.received_bytes();
    match end {
        End::Closed | End::Begun => {
            let result = talk.collector.finish(started.elapsed());
            note(begun, bytes, &result);
            let _ = answer.send(result);
        }
        End::Lost => {
            let result = Err(talk.connection.inner.lost().await);
            note(begun, bytes, &result);
            let _ = answer.send(result);
        }
        End::Failed(error) => {
            let result = Err(error);
            note(begun, bytes, &result);
            let _ = answer.send(result);
            talk.stop().await;
        }
        End::Abandoned => {
            drop(begun);
            talk.stop().await;
        }
    }
}

/// Tells the witness how a run ended.
fn note(begun: Box<dyn Begun>, bytes: u64, result: &Result<ExecOutput, ExecError>) {
    let (exit_code, outcome) = match result {
        Ok(ExecOutput {
            exit_code: Some(0), ..
        }) => (Some(0), "ok"),
        Ok(output) => (output.exit_code, "failed"),
        Err(ExecError::NoMarker { exit_code, .. }) => (*exit_code, "noMarker"),
        Err(error) => (None, error.code()),
    };
    begun.ended(Ending {
        exit_code,
        bytes: Some(bytes),
        outcome,
    });
}

/// How a conversation over one channel ended.
enum End {
    /// The server closed the channel: the run is over.
    Closed,
    /// A protocol has begun.
    Begun,
    /// The connection went away.
    Lost,
    /// We have enough of it.
    Failed(ExecError),
    /// The caller has gone.
    Abandoned,
}

/// A run on an open channel.
struct Talk {
    connection: Connection,
    read: ChannelReadHalf,
    write: ChannelWriteHalf<Msg>,
    collector: Collector,
    /// Where standard output goes as it comes; `None`: it is collected.
    pieces: Option<Pieces>,
    _slot: Option<Slot>,
}

impl Talk {
    /// Asks for the command, sends its input and takes what comes until the channel closes, or a
    /// protocol has begun. No answer is waited for in between but on the way to root, only the
    /// window. May be dropped at any time.
    async fn converse(&mut self, speech: &mut Speech) -> End {
        let (mut saying, queue) = speech.begin();
        let mut sending = pin!(queue.send(&self.write));
        let mut sent = false;
        loop {
            let message = tokio::select! {
                message = self.read.wait() => message,
                // A failure means that the connection is gone, or that the command reads nothing.
                _ = &mut sending, if !sent => {
                    sent = true;
                    continue;
                }
            };
            let Some(message) = message else {
                return End::Lost;
            };
            if !speech.hear(&message, &mut saying) {
                self.collector.will_not_start();
                return End::Failed(speech.failure().unwrap_or(ExecError::Refused));
            }
            if let Some(forgiven) = self.pieces.as_ref().and_then(|to| to.forgiven.as_ref()) {
                self.collector.forgive(forgiven.swap(0, Ordering::Relaxed));
            }
            let next = self.collector.take(message);
            if speech.goes_on() && self.collector.has_begun() {
                return End::Begun;
            }
            if let Some(pieces) = &self.pieces
                && let Some(stdout) = self.collector.take_stdout()
            {
                // Nobody takes it any more only when the caller has gone, which is seen to elsewhere.
                let _ = pieces.sender.send(stdout);
            }
            match next {
                Next::More => {}
                // While it still has the turn to give the password.
                Next::Closed => {
                    return match speech.failure() {
                        Some(error) => {
                            self.collector.will_not_start();
                            End::Failed(error)
                        }
                        None => End::Closed,
                    };
                }
                Next::Failed(error) => return End::Failed(error),
            }
        }
    }
}
