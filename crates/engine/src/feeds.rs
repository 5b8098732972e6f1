//! Follows what goes on on a server: one command per listener, read record by record.
//!
//! Invariant: it passes the gate, it is in the journal, and it ends on the server too as soon as
//! nobody listens. What comes faster than it is taken is counted and left out, never held without
//! bound.

use catalog::{AnyFeed, Command, Heard, LineCutter, RawOutput, Source};
use chrono::Utc;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use tokio::sync::mpsc::{self, error::TrySendError};

use crate::{
    Engine, Error, ErrorBody, administrator::shown, gate, gate::Granted, session::Session,
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
    /// The first line: what is run.
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
    /// Follows a feed until the receiver is dropped or the command ends.
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
        let refused = |error: catalog::BadArguments| Error::Invalid(error.to_string());
        feed.source(0, args).map_err(refused)?;
        let granted = gate::check(&session.profile(), feed.capability())?;
        session.used();
        let link = session.link(granted)?;
        let variants = feed.variants();
        let usable = variants
            .iter()
            .enumerate()
            .find(|(_, (_, needs))| needs.met_by(&link.facts));
        let Some((index, (variant, _))) = usable else {
            return Err(lacking(&session, feed));
        };
        let Some(command) = feed.source(index, args).map_err(refused)? else {
            return Err(lacking(&session, feed));
        };
        let at = Utc::now();
        let following = link
            .connection
            .listen(&command)
            .map_err(|error| session.run_error(&Source::Command(command.clone()), error))?;
        let (lines, receiver) = mpsc::channel(WAITING_LINES);
        let started = FeedLine::Started {
            variant: (*variant).to_owned(),
            command: shown(link.way, &command),
        };
        let shown = shown(link.way, &command);
        let listener = Listener { lines, dropped: 0 };
        let purpose: (Granted, &'static str, &'static str) = (granted, feed.id(), variant);
        tokio::spawn(async move {
            let lines = listener.lines.clone();
            let told = tokio::select! {
                () = lines.closed() => None,
                last = listener.tell(started, following, (feed, index), &session, &command) => Some(last),
                () = session.left() => Some(FeedLine::Error {
                    error: Error::NotConnected { server: session.profile().name.clone() }.body(),
                }),
            };
            let outcome = match &told {
                None => "ended",
                Some(FeedLine::Error { .. }) => "failed",
                Some(_) => "ok",
            };
            session.journal_command(purpose, at, &shown, outcome);
            if let Some(last) = told {
                // A failure means that nobody listens any more.
                let _ = lines.send(last).await;
            }
        });
        Ok(receiver)
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

/// Who listens, and what was not taken in time.
struct Listener {
    lines: mpsc::Sender<FeedLine>,
    dropped: u64,
}

impl Listener {
    /// Tells all there is; gives the last line.
    async fn tell(
        mut self,
        started: FeedLine,
        mut following: ssh::Following,
        (feed, variant): (&'static dyn AnyFeed, usize),
        session: &Session,
        command: &Command,
    ) -> FeedLine {
        self.say(started);
        let mut cutter = LineCutter::default();
        while let Some(piece) = following.next().await {
            cutter.push(&piece, |line| match feed.read(variant, line) {
                Heard::Record(record) => self.say(FeedLine::Record { record }),
                Heard::Nothing => {}
                Heard::Unread => self.say(FeedLine::Unread {
                    text: catalog::text::clean(line).chars().take(500).collect(),
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
                    said: last.map(|line| line.chars().take(500).collect()),
                }
            }
            Err(error) => FeedLine::Error {
                error: session
                    .run_error(&Source::Command(command.clone()), error)
                    .body(),
            },
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
