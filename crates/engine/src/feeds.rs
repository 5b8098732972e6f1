//! Follows what goes on on a server: one command per listener, read record by record.
//!
//! Invariant: it passes the gate, it is in the journal, and it ends on the server too as soon as
//! nobody listens. What comes faster than it is taken is counted and left out, never held without
//! bound.

use std::sync::Arc;

use catalog::{AnyFeed, Command, Heard, LineCutter, RawOutput, Source, redact};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use tokio::sync::mpsc::{self, error::TrySendError};

use crate::{
    ConnectionState, Engine, Error, ErrorBody,
    administrator::shown,
    gate,
    gate::Granted,
    session::{Link, Session},
};

/// How many lines wait for one who does not take them.
const WAITING_LINES: usize = 8192;

/// What is told to who follows a feed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum FeedLine {
    /// The first line, and the next after `interrupted`: what is run.
    Started {
        /// The tool.
        variant: String,
        /// The command, as a person would type it.
        command: String,
    },
    /// A record.
    Record {
        /// As the feed's schema says.
        record: Value,
    },
    /// A line that was not understood.
    Unread {
        /// The line, at most 500 characters.
        text: String,
    },
    /// Records that came faster than they were taken.
    Dropped {
        /// How many.
        count: u64,
    },
    /// The connection went away, and the command with it. Both come back by themselves; what the
    /// command tells of the past may then be told twice.
    Interrupted {
        /// Why.
        error: ErrorBody,
    },
    /// The last line: the command ended by itself.
    Ended {
        /// Its exit code; `null`: a signal ended it.
        exit_code: Option<i32>,
        /// What it said to standard error last; `null`: nothing.
        said: Option<String>,
    },
    /// The last line: it went wrong.
    Error {
        /// What.
        error: ErrorBody,
    },
}

impl Engine {
    /// Follows a feed until the receiver is dropped or the command ends; over the next connection, where
    /// one is lost.
    ///
    /// # Errors
    /// The server or feed is not known, the arguments are refused, the profile does not grant it,
    /// there is no connection, or the server lacks what every variant needs.
    pub fn follow(
        &self,
        server: &str,
        feed: &str,
        args: &Value,
    ) -> Result<mpsc::Receiver<FeedLine>, Error> {
        let session = self.session(server)?;
        let feed = catalog::find_feed(feed)
            .ok_or_else(|| Error::UnknownQuery(feed.chars().take(80).collect()))?;
        let granted = gate::check(&session.profile(), feed.capability())?;
        feed.source(0, args).map_err(refused)?;
        session.used();
        let wanted = Wanted {
            session,
            granted,
            feed,
            args: args.clone(),
        };
        let first = wanted.begin()?;
        let (lines, receiver) = mpsc::channel(WAITING_LINES);
        let listener = Listener { lines, dropped: 0 };
        tokio::spawn(wanted.follow(first, listener));
        Ok(receiver)
    }
}

fn refused(error: catalog::BadArguments) -> Error {
    Error::Invalid(error.to_string())
}

/// What is followed, whatever becomes of the connection.
struct Wanted {
    session: Arc<Session>,
    granted: Granted,
    feed: &'static dyn AnyFeed,
    args: Value,
}

/// A command that runs for it.
struct Run {
    link: Arc<Link>,
    variant: usize,
    command: Command,
    following: ssh::Following,
}

impl Wanted {
    /// Starts the command over the connection that there is.
    fn begin(&self) -> Result<Run, Error> {
        let session = &self.session;
        let link = session.link(self.granted)?;
        let variants = self.feed.variants();
        let usable = variants
            .iter()
            .position(|(_, needs)| needs.met_by(&link.facts));
        let Some(variant) = usable else {
            return Err(lacking(session, self.feed));
        };
        let source = self.feed.source(variant, &self.args).map_err(refused)?;
        let Some(command) = source else {
            return Err(lacking(session, self.feed));
        };
        let tool = variants.get(variant).map_or("", |(name, _)| name);
        let purpose = session.purpose(self.granted, self.feed.id(), tool);
        let following = link
            .connection
            .witnessed(Arc::new(purpose))
            .listen(&command)
            .map_err(|error| session.run_error(&Source::Command(command.clone()), error))?;
        Ok(Run {
            link,
            variant,
            command,
            following,
        })
    }

    /// Runs it again and again, as often as the connection is lost, until it ends or nobody listens.
    async fn follow(self, first: Run, mut listener: Listener) {
        let lines = listener.lines.clone();
        let mut next = Ok(first);
        let last = loop {
            let run = match next {
                Ok(run) => run,
                Err(error) => break FeedLine::Error { error },
            };
            let link = Arc::clone(&run.link);
            match self.run(run, &mut listener).await {
                None => return,
                Some(FeedLine::Interrupted { error }) => {
                    listener.say(FeedLine::Interrupted {
                        error: error.clone(),
                    });
                    next = tokio::select! {
                        () = lines.closed() => return,
                        error = self.session.withdrawn(self.granted) => Err(error.body()),
                        again = self.again(&link, error) => again,
                    };
                }
                Some(last) => break last,
            }
        };
        // A failure means that nobody listens any more.
        let _ = lines.send(last).await;
    }

    /// Tells what one run says; gives the last line, or `None`:
    /// nobody listens.
    async fn run(&self, run: Run, listener: &mut Listener) -> Option<FeedLine> {
        let variants = self.feed.variants();
        let variant = variants.get(run.variant).map_or("", |(name, _)| name);
        listener.say(FeedLine::Started {
            variant: variant.to_owned(),
            command: shown(run.link.way, &run.command),
        });
        let lines = listener.lines.clone();
        tokio::select! {
            () = lines.closed() => None,
            last = listener.tell(self, run) => Some(last),
            error = self.session.withdrawn(self.granted) => Some(FeedLine::Error { error: error.body() }),
            () = self.session.left() => {
                let server = self.session.profile().name.clone();
                Some(FeedLine::Error { error: Error::NotConnected { server }.body() })
            }
        }
    }

    /// Runs it over the next connection. The error is the newest reason why there is none and will be
    /// none by itself.
    async fn again(&self, before: &Arc<Link>, lost: ErrorBody) -> Result<Run, ErrorBody> {
        let mut states = self.session.states();
        loop {
            let state = states.borrow_and_update().clone();
            match state {
                ConnectionState::Connected { .. } => match self.session.link(self.granted) {
                    // It is not known everywhere yet that this one is gone.
                    Ok(link) if link.connection.is_closed() || Arc::ptr_eq(&link, before) => {}
                    Err(Error::NotConnected { .. }) => {}
                    _ => return self.begin().map_err(|error| error.body()),
                },
                ConnectionState::Failed { error } => return Err(error),
                ConnectionState::Disconnected => return Err(lost),
                _ => {}
            }
            if states.changed().await.is_err() {
                return Err(lost);
            }
        }
    }
}

fn lacking(session: &Session, feed: &dyn AnyFeed) -> Error {
    let variants = feed.variants();
    let programs: Vec<&str> = variants
        .iter()
        .flat_map(|(_, needs)| needs.programs.iter().copied())
        .collect();
    Error::Unsupported {
        server: session.profile().name.clone(),
        needs: programs.join(" or "),
    }
}

/// A line as it is shown: its beginning, without escape sequences and secrets.
fn excerpt(line: &[u8]) -> String {
    let line = redact::text(&catalog::text::clean(line)).text;
    line.chars().take(500).collect()
}

/// Who listens, and what was not taken in time.
struct Listener {
    lines: mpsc::Sender<FeedLine>,
    dropped: u64,
}

impl Listener {
    /// Tells all there is; gives the last line.
    async fn tell(&mut self, wanted: &Wanted, run: Run) -> FeedLine {
        let (feed, variant, mut following) = (wanted.feed, run.variant, run.following);
        let mut cutter = LineCutter::default();
        while let Some(piece) = following.next().await {
            cutter.push(&piece, |line| match feed.read(variant, line) {
                Heard::Record(record) => self.say(FeedLine::Record { record }),
                Heard::Nothing => {}
                Heard::Unread => self.say(FeedLine::Unread {
                    text: excerpt(line),
                }),
            });
        }
        match following.end().await {
            Ok(output) => {
                let raw = RawOutput {
                    stderr: &output.stderr,
                    ..RawOutput::default()
                };
                let said = raw.error_text();
                let last = said.lines().rfind(|line| !line.trim().is_empty());
                FeedLine::Ended {
                    exit_code: output.exit_code,
                    said: last.map(|line| excerpt(line.as_bytes())),
                }
            }
            Err(error) => {
                let is_lost = matches!(error, ssh::ExecError::Lost { .. });
                let error = wanted
                    .session
                    .run_error(&Source::Command(run.command), error);
                let error = error.body();
                if is_lost {
                    FeedLine::Interrupted { error }
                } else {
                    FeedLine::Error { error }
                }
            }
        }
    }

    /// Hands a line over, or counts it where there is no room.
    fn say(&mut self, line: FeedLine) {
        if self.dropped > 0 {
            let count = self.dropped;
            if self.lines.try_send(FeedLine::Dropped { count }).is_err() {
                self.dropped = count.saturating_add(1);
                return;
            }
            self.dropped = 0;
        }
        if let Err(TrySendError::Full(_)) = self.lines.try_send(line) {
            self.dropped = self.dropped.saturating_add(1);
        }
    }
}
