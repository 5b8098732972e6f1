//! Terminals: opened through the gate, kept for as long as the program runs or until they are closed.
//!
//! Invariant: a terminal belongs to the program, not to a page: no page's coming or going, and no
//! loss of the connection, takes its text away.

mod info;
mod live;
mod pace;
mod recorder;
mod recordings;
mod shell;
mod view;
mod viewer;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use catalog::{Capability, Source, terminals as shells};
use tokio::sync::watch;

pub use info::{NewTerminal, RecordingInfo, TerminalInfo, TerminalProcess, TerminalState};
pub(crate) use live::LiveTerminal;
pub use view::TerminalView;
pub use viewer::Frame;

use crate::{
    Engine, Error, fetch,
    gate::{self, Granted, to_its_end},
    session::Session,
};

/// What the journal calls a shell that was started, and a look at what runs in it.
const OPEN: &str = "terminals.open";
const PROCESS: &str = "terminals.process";
/// How long a look at the processes may take.
const LOOK: ssh::Limits = ssh::Limits {
    timeout: Duration::from_secs(5),
    output_bytes: 1 << 20,
};

/// All terminals that are open.
pub(crate) struct Terminals {
    all: Mutex<BTreeMap<String, Arc<LiveTerminal>>>,
    numbers: Mutex<BTreeMap<String, u32>>,
    changes: watch::Sender<u64>,
}

impl Terminals {
    pub(crate) fn new() -> Self {
        Self {
            all: Mutex::default(),
            numbers: Mutex::default(),
            changes: watch::Sender::new(0),
        }
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<String, Arc<LiveTerminal>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next_number(&self, server: &str) -> u32 {
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let number = numbers.entry(server.to_owned()).or_insert(0);
        *number += 1;
        *number
    }

    /// Those of one server, oldest first.
    fn of_server(&self, server: &str) -> Vec<Arc<LiveTerminal>> {
        let mut terminals: Vec<_> = self
            .all()
            .values()
            .filter(|terminal| terminal.server == server)
            .cloned()
            .collect();
        terminals.sort_by_key(|terminal| terminal.number);
        terminals
    }

    fn tell(&self) {
        self.changes
            .send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Closes those of a server that is removed.
    pub(crate) async fn close_of_server(&self, server: &str) {
        for terminal in self.of_server(server) {
            self.all().remove(&terminal.id);
            terminal.close().await;
        }
        self.tell();
    }
}

impl Engine {
    /// Counts up whenever what is told of any terminal changes.
    #[must_use]
    pub fn terminal_changes(&self) -> watch::Receiver<u64> {
        self.terminals.changes.subscribe()
    }

    /// All terminals, by server and number.
    #[must_use]
    pub fn terminals(&self) -> Vec<TerminalInfo> {
        let mut all: Vec<_> = self
            .terminals
            .all()
            .values()
            .map(|terminal| terminal.info())
            .collect();
        all.sort_by(|one, other| (&one.server, one.number).cmp(&(&other.server, other.number)));
        all
    }

    /// Opens a terminal with a new shell.
    ///
    /// # Errors
    /// The profile does not grant it, the server is not connected, or it gives no terminal.
    pub async fn open_terminal(
        &self,
        server: &str,
        new: NewTerminal,
    ) -> Result<TerminalInfo, Error> {
        let session = self.session(server)?;
        let granted = gate::check(&session.profile(), Capability::TerminalOpen)?;
        // Nothing is kept of a terminal that never had a shell.
        session.link(granted)?;
        let mut id = [0; 16];
        getrandom::fill(&mut id).map_err(|_| Error::NoRandomness)?;
        let preferences = self.preferences()?.terminal;
        let terminal = Arc::new(LiveTerminal::new(
            format!("{:032x}", u128::from_ne_bytes(id)),
            server.to_owned(),
            self.terminals.next_number(server),
            new,
            preferences.scrollback_lines as usize,
            self.terminals.changes.clone(),
        ));
        terminal.set_preferences(
            preferences.scrollback_lines as usize,
            preferences.clipboard_write,
        );
        start(&session, granted, &terminal).await?;
        self.terminals
            .all()
            .insert(terminal.id.clone(), Arc::clone(&terminal));
        self.terminals.tell();
        Ok(terminal.info())
    }

    /// Starts a new shell in a terminal whose shell has ended or was lost; the text stays.
    ///
    /// # Errors
    /// As for [`Engine::open_terminal`]; or its shell still runs.
    pub async fn restart_terminal(&self, id: &str) -> Result<TerminalInfo, Error> {
        let terminal = self.terminal(id)?;
        let session = self.session(&terminal.server)?;
        let granted = gate::check(&session.profile(), Capability::TerminalOpen)?;
        session.link(granted)?;
        if !terminal.start_anew() {
            return Err(Error::Conflict("its shell still runs".to_owned()));
        }
        to_its_end(async move {
            if let Err(error) = start(&session, granted, &terminal).await {
                terminal.lost(error.body());
                return Err(error);
            }
            Ok(terminal.info())
        })
        .await
    }

    /// Ends a terminal's shell and forgets its text.
    ///
    /// # Errors
    /// There is no such terminal.
    pub async fn close_terminal(&self, id: &str) -> Result<(), Error> {
        let terminal = self.terminal(id)?;
        self.terminals.all().remove(id);
        self.terminals.tell();
        terminal.close().await;
        Ok(())
    }

    /// Looks at a terminal.
    ///
    /// # Errors
    /// There is no such terminal, or the profile does not grant terminals any more.
    pub fn view_terminal(&self, id: &str) -> Result<TerminalView, Error> {
        let (terminal, granted) = self.granted_terminal(id)?;
        let session = self.session(&terminal.server)?;
        Ok(TerminalView::new(terminal, session, granted))
    }

    /// Forgets what is above the line of the cursor.
    ///
    /// # Errors
    /// As for [`Engine::view_terminal`].
    pub fn clear_terminal(&self, id: &str) -> Result<(), Error> {
        self.granted_terminal(id)?.0.clear();
        Ok(())
    }

    /// Scrollback and screen as text.
    ///
    /// # Errors
    /// As for [`Engine::view_terminal`].
    pub fn terminal_text(&self, id: &str) -> Result<String, Error> {
        Ok(self.granted_terminal(id)?.0.text())
    }

    /// What runs in a terminal; all unknown where the server cannot tell.
    ///
    /// # Errors
    /// As for [`Engine::open_terminal`].
    pub async fn terminal_process(&self, id: &str) -> Result<TerminalProcess, Error> {
        let (terminal, granted) = self.granted_terminal(id)?;
        let told = TerminalProcess {
            folder: terminal.folder(),
            ..TerminalProcess::default()
        };
        if !terminal.is_running() {
            return Ok(told);
        }
        let session = self.session(&terminal.server)?;
        // The user's: it looks for the shells of its own login.
        let link = session.user_link(granted)?;
        let source = Source::Command(shells::shells());
        let Source::Command(command) = &source else {
            return Ok(told);
        };
        let purpose = session.purpose(granted, PROCESS, "");
        let output = fetch::ask(&link, &purpose, command, &LOOK).await;
        let output = output.map_err(|error| session.run_error(&source, error))?;
        // Both are in the order in which the shells were started.
        let running: Vec<_> = self
            .terminals
            .of_server(&terminal.server)
            .into_iter()
            .filter(|each| each.is_running())
            .collect();
        let found = shells::parse_shells(&output.stdout);
        let place = running.iter().position(|each| each.id == terminal.id);
        let Some(shell) = place
            .filter(|_| running.len() == found.len())
            .and_then(|place| found.get(place))
        else {
            return Ok(told);
        };
        Ok(TerminalProcess {
            shell: terminal::shown_title(&shell.name),
            foreground: shell.foreground.as_deref().and_then(terminal::shown_title),
            folder: told.folder.or_else(|| shell.folder.clone()),
        })
    }

    /// Applies saved preferences to the terminals that are open.
    pub(crate) fn apply_to_terminals(&self, preferences: &store::TerminalPreferences) {
        for terminal in self.terminals.all().values() {
            terminal.set_preferences(
                preferences.scrollback_lines as usize,
                preferences.clipboard_write,
            );
        }
    }

    fn terminal(&self, id: &str) -> Result<Arc<LiveTerminal>, Error> {
        let terminal = self.terminals.all().get(id).cloned();
        terminal.ok_or(Error::UnknownTerminal)
    }

    /// A terminal of a server whose profile grants terminals, now too.
    fn granted_terminal(&self, id: &str) -> Result<(Arc<LiveTerminal>, Granted), Error> {
        let terminal = self.terminal(id)?;
        let profile = self.session(&terminal.server)?.profile();
        Ok((terminal, gate::check(&profile, Capability::TerminalOpen)?))
    }
}

/// Starts a shell in a terminal.
async fn start(
    session: &Arc<Session>,
    granted: Granted,
    terminal: &Arc<LiveTerminal>,
) -> Result<(), Error> {
    // A shell is the user's, whatever else is root's: a person says sudo there.
    let link = session.user_link(granted)?;
    let (folder, shell) = (terminal.new.folder.as_ref(), terminal.new.shell.as_ref());
    let command = (folder.is_some() || shell.is_some()).then(|| shells::start(folder, shell));
    let start = match &command {
        None => ssh::Start::LoginShell,
        Some(command) => ssh::Start::Command(command),
    };
    let purpose = session.purpose(granted, OPEN, "shell");
    let connection = link.connection.witnessed(Arc::new(purpose));
    let started = connection.shell(start, terminal.window()).await;
    let shown = match &command {
        None => "(login shell)".to_owned(),
        Some(command) => command.to_string(),
    };
    let (input, output) = started.map_err(|source| Error::Run {
        server: session.profile().name.clone(),
        command: shown,
        source,
    })?;
    terminal.attach((session, granted), input, output);
    Ok(())
}
