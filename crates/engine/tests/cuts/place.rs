//! A desk that is connected to a far server, with things open there, and what is waited for.

use std::{fs, io::Write as _, path::PathBuf, time::Duration};

use bytes::Bytes;
use engine::{
    ConnectionState, FeedLine, NewServer, NewTerminal, Subscription, TerminalState, TerminalView,
};
use serde_json::{Value, json};
use store::Auth;
use testkit::far::Far;
use tokio::{sync::mpsc::Receiver, time::Instant};

use crate::support::{Desk, desk, desk_by, eventually};

/// However long the wait for the next attempt may have become, and the attempt itself.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) fn connected(state: &ConnectionState) -> bool {
    matches!(state, ConnectionState::Connected { .. })
}

pub(crate) fn lost(state: &ConnectionState) -> bool {
    matches!(state, ConnectionState::Reconnecting { .. })
}

/// Lost, and at least so many attempts failed since.
pub(crate) fn failed(attempts: u32) -> impl Fn(&ConnectionState) -> bool {
    move |state| matches!(state, ConnectionState::Reconnecting { attempt, .. } if *attempt > attempts)
}

pub(crate) struct Place {
    pub(crate) far: Far,
    pub(crate) desk: Desk,
    pub(crate) id: String,
}

impl Place {
    /// `None`, with the reason printed, where this machine cannot have one.
    pub(crate) async fn connected() -> Option<Self> {
        let far = Far::start()?;
        let desk = desk();
        let auth = Auth::KeyFile { path: far.key() };
        let id = desk.add(far.address(), auth, None);
        Some(Self { far, desk, id }.with_connection().await)
    }

    /// The same, by names of an SSH configuration: `far`, and `far1` to `far9` behind it.
    pub(crate) async fn named() -> Option<Self> {
        let far = Far::start()?;
        let config = far.path("ssh_config");
        fs::write(&config, Self::config(&far, &far.address().ip().to_string())).unwrap();
        let desk = desk_by(config);
        let id = add(&desk, "far");
        Some(Self { far, desk, id }.with_connection().await)
    }

    async fn with_connection(self) -> Self {
        self.desk.connect(&self.id, "").await;
        self.eventually_logins(1).await;
        self
    }

    /// The name has another address from now on.
    pub(crate) fn rename(&self, address: &str) {
        let config = Self::config(&self.far, address);
        fs::write(self.far.path("ssh_config"), config).unwrap();
    }

    fn config(far: &Far, address: &str) -> String {
        let behind: String = (1..10)
            .map(|number| {
                format!(
                    "Host far{number}\n  HostName 127.0.0.{number}\n  ProxyJump far\n  HostKeyAlias far\n"
                )
            })
            .collect();
        format!(
            "Host far\n  HostName {address}\n  HostKeyAlias far\n{behind}\
             Host *\n  User root\n  IdentityFile {}\n  IdentitiesOnly yes\n  IdentityAgent none\n  \
             UserKnownHostsFile {}\n",
            far.key().display(),
            far.path("known_hosts").display()
        )
    }

    /// Connects to one of those behind it, too.
    pub(crate) async fn connect_behind(&self, number: usize) -> String {
        let id = add(&self.desk, &format!("far{number}"));
        self.desk.connect(&id, "").await;
        id
    }

    pub(crate) fn state(&self) -> ConnectionState {
        self.desk.engine.server(&self.id).unwrap().state
    }

    /// Waits until the state is such; gives how long that took.
    pub(crate) async fn until(&self, is: impl Fn(&ConnectionState) -> bool) -> Duration {
        self.until_of(&self.id, is).await
    }

    pub(crate) async fn until_of(
        &self,
        id: &str,
        is: impl Fn(&ConnectionState) -> bool,
    ) -> Duration {
        let begun = Instant::now();
        let mut changes = self.desk.engine.changes();
        let state = || self.desk.engine.server(id).unwrap().state;
        let reached = async {
            while !is(&state()) {
                changes.changed().await.unwrap();
            }
        };
        let reached = tokio::time::timeout(PATIENCE, reached).await;
        assert!(reached.is_ok(), "still {:?}\n{}", state(), self.far.log());
        begun.elapsed()
    }

    /// Waits until the log has so many; whether there are more is for [`Self::assert_seen`].
    async fn eventually_logins(&self, count: usize) {
        eventually(|| self.far.logins() >= count).await;
    }

    /// The server has seen just so many connections, logins and refusals.
    pub(crate) async fn assert_seen(&self, seen: (usize, usize, usize)) {
        self.eventually_logins(seen.1).await;
        eventually(|| self.far.refusals() >= seen.2).await;
        let far = &self.far;
        let now = (far.connections(), far.logins(), far.refusals());
        assert_eq!(now, seen, "{}", far.log());
    }

    /// A shell that prints its number every fifth of a second, up to a last one.
    pub(crate) async fn count_to(&self, last: usize) -> Counting<'_> {
        let new = NewTerminal {
            columns: 80,
            rows: 24,
            folder: None,
            shell: None,
        };
        let engine = &self.desk.engine;
        let id = engine.open_terminal(&self.id, new).await.unwrap().id;
        let view = engine.view_terminal(&id).unwrap();
        let counting = Counting {
            place: self,
            id,
            view,
        };
        let line = format!("sh -c 'for n in $(seq {last}); do echo n$n; sleep 0.2; done'");
        counting.type_line(&line).await;
        counting.until_said("n2").await;
        counting
    }

    /// A file of the server that is followed.
    pub(crate) async fn follow(&self) -> Following {
        let path = self.far.path("followed.log");
        fs::write(&path, "first\n").unwrap();
        let args = json!({ "path": path.to_str().unwrap() });
        let engine = &self.desk.engine;
        let lines = engine.follow(&self.id, "logs.new_lines", &args);
        let mut following = Following {
            path,
            lines: lines.unwrap(),
        };
        following.until_record("first").await;
        following
    }

    /// A figure that is looked at every second.
    pub(crate) fn look(&self) -> Subscription {
        let every = Duration::from_secs(1);
        let engine = &self.desk.engine;
        let looking = engine.subscribe(&self.id, "system.load", Value::Null, every);
        looking.unwrap()
    }
}

fn add(desk: &Desk, name: &str) -> String {
    let new = NewServer {
        host: name.to_owned(),
        ..NewServer::default()
    };
    desk.engine.add(new).unwrap().profile.id
}

/// A terminal in which something counts.
pub(crate) struct Counting<'a> {
    place: &'a Place,
    pub(crate) id: String,
    view: TerminalView,
}

impl Counting<'_> {
    pub(crate) async fn type_line(&self, line: &str) {
        self.view.input(Bytes::from(format!("{line}\n"))).await;
    }

    pub(crate) fn text(&self) -> String {
        self.place.desk.engine.terminal_text(&self.id).unwrap()
    }

    pub(crate) async fn until_said(&self, line: &str) {
        eventually(|| self.text().lines().any(|one| one == line)).await;
    }

    /// The numbers so far: each once, from 1.
    pub(crate) fn assert_none_is_missing(&self) -> usize {
        let text = self.text();
        let numbers: Vec<usize> = text
            .lines()
            .filter_map(|line| line.strip_prefix('n')?.parse().ok())
            .collect();
        assert!(numbers.iter().copied().eq(1..=numbers.len()), "{text}");
        numbers.len()
    }

    pub(crate) fn state(&self) -> TerminalState {
        let terminals = self.place.desk.engine.terminals();
        let this = terminals.into_iter().find(|one| one.id == self.id);
        this.unwrap().state
    }
}

/// A file and what is heard of it.
pub(crate) struct Following {
    path: PathBuf,
    lines: Receiver<FeedLine>,
}

impl Following {
    pub(crate) fn write(&self, line: &str) {
        let mut file = fs::File::options().append(true).open(&self.path).unwrap();
        writeln!(file, "{line}").unwrap();
    }

    /// The next line is this one, but for what says that it has begun.
    pub(crate) async fn until_record(&mut self, line: &str) {
        loop {
            match self.next().await {
                FeedLine::Started { .. } => {}
                FeedLine::Record { record } => {
                    assert_eq!(record.get("text"), Some(&json!(line)));
                    return;
                }
                other => panic!("{other:?}"),
            }
        }
    }

    pub(crate) async fn next(&mut self) -> FeedLine {
        let next = tokio::time::timeout(PATIENCE, self.lines.recv()).await;
        next.unwrap().unwrap()
    }
}
