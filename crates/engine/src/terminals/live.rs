//! One terminal that is open: its state, whoever looks at it, the shell behind it.
//!
//! Invariant: the shell's output is taken at once, whoever looks or does not; the state and the
//! places of all pages in the stream change together, under one lock.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};
use ssh::{ShellInput, ShellOutput, Window};
use terminal::{Event, Output, Size, Terminal};
use tokio::{
    sync::{Notify, mpsc, watch},
    time::{Instant, sleep_until},
};

use super::{
    NewTerminal, TerminalInfo, TerminalState,
    recorder::Recorder,
    shell::{self, BATCH_BYTES, Order},
    viewer::{Frame, Turn, Viewer},
};
use crate::{ErrorBody, gate::Granted, session::Session};

/// Orders that may wait for the shell: keys that it does not take.
const WAITING_ORDERS: usize = 256;

/// A terminal that is open.
pub(crate) struct LiveTerminal {
    pub(super) id: String,
    pub(super) server: String,
    pub(super) number: u32,
    opened_at: DateTime<Utc>,
    pub(super) new: NewTerminal,
    state: Mutex<State>,
    changes: watch::Sender<u64>,
}

struct State {
    terminal: Terminal,
    output: Output,
    status: TerminalState,
    title: Option<String>,
    folder: Option<String>,
    output_at: Option<DateTime<Utc>>,
    clipboard_allowed: bool,
    orders: Option<mpsc::Sender<Order>>,
    input: Option<ShellInput>,
    recorder: Option<Recorder>,
    viewers: BTreeMap<u64, (Viewer, Arc<Notify>)>,
    next_viewer: u64,
    /// The page that was used last: it decides the size and gets the clipboard.
    active_viewer: Option<u64>,
    is_closed: bool,
}

impl LiveTerminal {
    pub(super) fn new(
        id: String,
        server: String,
        number: u32,
        new: NewTerminal,
        scrollback: usize,
        changes: watch::Sender<u64>,
    ) -> Self {
        let size = Size::new(new.columns, new.rows);
        Self {
            id,
            server,
            number,
            opened_at: Utc::now(),
            new,
            state: Mutex::new(State {
                terminal: Terminal::new(size, scrollback),
                output: Output::default(),
                status: TerminalState::Starting,
                title: None,
                folder: None,
                output_at: None,
                clipboard_allowed: false,
                orders: None,
                input: None,
                recorder: None,
                viewers: BTreeMap::new(),
                next_viewer: 0,
                active_viewer: None,
                is_closed: false,
            }),
            changes,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn tell(&self) {
        self.changes
            .send_modify(|count| *count = count.wrapping_add(1));
    }

    pub(super) fn info(&self) -> TerminalInfo {
        let state = self.state();
        let moment = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Millis, true);
        let size = state.terminal.size();
        TerminalInfo {
            id: self.id.clone(),
            server: self.server.clone(),
            number: self.number,
            title: state.title.clone(),
            folder: state.folder.clone(),
            state: state.status.clone(),
            columns: size.columns(),
            rows: size.rows(),
            bells: state.terminal.bells(),
            output_at: state.output_at.map(moment),
            recording: state.recorder.is_some(),
            opened_at: moment(self.opened_at),
        }
    }

    pub(super) fn window(&self) -> Window {
        let size = self.state().terminal.size();
        Window {
            columns: size.columns(),
            rows: size.rows(),
        }
    }

    pub(super) fn is_running(&self) -> bool {
        matches!(self.state().status, TerminalState::Running)
    }

    pub(super) fn folder(&self) -> Option<String> {
        self.state().folder.clone()
    }

    /// Before another shell is started in the same terminal; `false`: one runs or is being started.
    pub(super) fn start_anew(&self) -> bool {
        let mut state = self.state();
        if matches!(
            state.status,
            TerminalState::Starting | TerminalState::Running
        ) {
            return false;
        }
        state.status = TerminalState::Starting;
        state.folder = None;
        state.with_output(|terminal, output| terminal.begin_anew(output));
        // Whether a recording has ended by it is told with the rest.
        let _ = state.hand_out(Instant::now());
        drop(state);
        self.tell();
        true
    }

    /// A shell was started: from now on its output is taken, until it ends, a person disconnects, or what
    /// was granted is taken away.
    pub(super) fn attach(
        self: &Arc<Self>,
        (session, granted): (&Arc<Session>, Granted),
        input: ShellInput,
        output: ShellOutput,
    ) {
        let (orders, waiting) = mpsc::channel(WAITING_ORDERS);
        let mut state = self.state();
        state.status = TerminalState::Running;
        state.orders = Some(orders);
        state.input = Some(input.clone());
        let is_closed = state.is_closed;
        drop(state);
        tokio::spawn(shell::carry(input.clone(), waiting));
        let whose = (Arc::clone(session), granted);
        tokio::spawn(shell::take(Arc::clone(self), whose, output));
        if is_closed {
            tokio::spawn(async move { input.close().await });
        }
        self.tell();
    }

    /// No shell could be started, or it is gone with the connection.
    pub(super) fn lost(&self, error: ErrorBody) {
        self.end(TerminalState::Lost { error });
    }

    /// The permission is gone: the shell is hung up. The text stays, for whoever is granted it again.
    pub(super) async fn withdraw(&self, error: ErrorBody) {
        let input = self.state().input.clone();
        self.lost(error);
        if let Some(input) = input {
            input.close().await;
        }
    }

    pub(super) fn end(&self, status: TerminalState) {
        let mut state = self.state();
        state.status = status;
        state.orders = None;
        state.input = None;
        state.recorder = None;
        drop(state);
        self.tell();
    }

    /// Takes in some output; says whether what is told of the terminal has changed by it.
    pub(super) fn push(&self, bytes: &[u8]) -> bool {
        let mut state = self.state();
        let bells = state.terminal.bells();
        state.output_at = Some(Utc::now());
        state.with_output(|terminal, output| terminal.push(bytes, output));
        let mut is_news = state.terminal.bells() != bells;
        for event in std::mem::take(&mut state.output.events) {
            match event {
                Event::Title(title) => {
                    is_news |= state.title != title;
                    state.title = title;
                }
                Event::Folder(folder) => {
                    is_news |= state.folder.as_ref() != Some(&folder);
                    state.folder = Some(folder);
                }
                Event::Clipboard(text) => {
                    let active = state.active_viewer.unwrap_or(0);
                    if state.clipboard_allowed
                        && let Some((viewer, _)) = state.viewers.get_mut(&active)
                    {
                        viewer.clip(text);
                    }
                }
            }
        }
        if !state.output.answer.is_empty() {
            let answer = Bytes::from(std::mem::take(&mut state.output.answer));
            // A program that asks and does not read what it is told gets no more of it.
            if let Some(orders) = &state.orders {
                let _ = orders.try_send(Order::Input(answer));
            }
        }
        is_news | state.hand_out(Instant::now())
    }

    pub(super) fn orders(&self) -> Option<mpsc::Sender<Order>> {
        self.state().orders.clone()
    }

    pub(super) fn set_preferences(&self, scrollback: usize, clipboard_allowed: bool) {
        let mut state = self.state();
        state.clipboard_allowed = clipboard_allowed;
        state.terminal.set_scrollback(scrollback);
    }

    pub(super) fn text(&self) -> String {
        self.state().terminal.text()
    }

    pub(super) fn clear(&self) {
        let mut state = self.state();
        state.terminal.clear();
        state.start_viewers_over();
    }

    /// Starts a recording with what the screen shows; the name for it is asked for by `begin`.
    pub(super) fn record(
        &self,
        begin: impl FnOnce(&str, Size, &[u8]) -> std::io::Result<Recorder>,
    ) -> std::io::Result<()> {
        let mut state = self.state();
        if state.recorder.is_none() {
            let title = state.title.clone();
            let title = title.unwrap_or_else(|| format!("shell {}", self.number));
            let screen = state.terminal.screen();
            state.recorder = Some(begin(&title, state.terminal.size(), &screen)?);
        }
        drop(state);
        self.tell();
        Ok(())
    }

    pub(super) fn stop_recording(&self) {
        self.state().recorder = None;
        self.tell();
    }

    pub(super) fn recording_id(&self) -> Option<String> {
        Some(self.state().recorder.as_ref()?.id.clone())
    }

    /// Ends the shell and sends everybody away.
    pub(super) async fn close(&self) {
        let input = {
            let mut state = self.state();
            state.is_closed = true;
            state.recorder = None;
            state
                .viewers
                .values()
                .for_each(|(_, news)| news.notify_one());
            state.input.clone()
        };
        if let Some(input) = input {
            input.close().await;
        }
    }

    pub(super) fn look(&self) -> (u64, Arc<Notify>) {
        let mut state = self.state();
        let number = state.next_viewer;
        state.next_viewer += 1;
        let news = Arc::new(Notify::new());
        state
            .viewers
            .insert(number, (Viewer::new(Instant::now()), Arc::clone(&news)));
        state.active_viewer.get_or_insert(number);
        (number, news)
    }

    pub(super) fn look_away(&self, number: u64) {
        let mut state = self.state();
        state.viewers.remove(&number);
        if state.active_viewer == Some(number) {
            state.active_viewer = state.viewers.keys().next_back().copied();
        }
    }

    /// The next frame for a page; `None`: the terminal was closed.
    pub(super) async fn next_frame(&self, number: u64, news: &Notify) -> Option<Frame> {
        loop {
            let waited_for = news.notified();
            let until = {
                let mut state = self.state();
                if state.is_closed {
                    return None;
                }
                let State {
                    viewers, terminal, ..
                } = &mut *state;
                let (viewer, _) = viewers.get_mut(&number)?;
                match viewer.turn(terminal, Instant::now()) {
                    Turn::Give(frame) => return Some(frame),
                    Turn::Wait(until) => until,
                }
            };
            match until {
                None => waited_for.await,
                Some(until) => tokio::select! {
                    () = waited_for => {}
                    () = sleep_until(until) => {}
                },
            }
        }
    }

    pub(super) fn acknowledged(&self, number: u64, bytes: usize) {
        let mut state = self.state();
        if let Some((viewer, news)) = state.viewers.get_mut(&number) {
            viewer.acknowledged(bytes, Instant::now());
            news.notify_one();
        }
    }

    /// The page that is used decides the size; all pages are painted anew.
    pub(super) fn resize(&self, number: u64, size: Size) {
        let mut state = self.state();
        state.active_viewer = Some(number);
        if state.terminal.size() == size {
            return;
        }
        state.terminal.resize(size);
        if let Some(recorder) = &state.recorder {
            recorder.resize(size);
        }
        if let Some(orders) = &state.orders {
            // Where the queue is full, the shell reads nothing, a size neither.
            let _ = orders.try_send(Order::Resize(size));
        }
        state.start_viewers_over();
        drop(state);
        self.tell();
    }

    pub(super) fn used(&self, number: u64) {
        self.state().active_viewer = Some(number);
    }
}

impl State {
    fn with_output(&mut self, work: impl FnOnce(&mut Terminal, &mut Output)) {
        work(&mut self.terminal, &mut self.output);
    }

    /// Gives what was printed to whoever looks, and forgets it; says whether the recording has
    /// ended by it, as it could not be written.
    fn hand_out(&mut self, now: Instant) -> bool {
        let page = &mut self.output.page;
        for (viewer, news) in self.viewers.values_mut() {
            viewer.output(page, now);
            news.notify_one();
        }
        let has_failed = self.recorder.as_ref().is_some_and(|recorder| {
            recorder.output(page);
            recorder.has_failed()
        });
        if has_failed {
            self.recorder = None;
        }
        if page.capacity() > 4 * BATCH_BYTES {
            *page = Vec::new();
        }
        page.clear();
        has_failed
    }

    fn start_viewers_over(&mut self) {
        for (viewer, news) in self.viewers.values_mut() {
            viewer.start_over();
            news.notify_one();
        }
    }
}
