//! Terminals against shells that are scripts of the test.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use std::time::Duration;

use bytes::Bytes;
use catalog::Capability;
use engine::{Frame, NewTerminal, TerminalState, TerminalView};
use store::Auth;
use support::{Desk, desk, eventually};
use terminal::{Output, Size, Terminal};
use testkit::server::{self as kit, Answer as Reply, Behaviour, Server, Shell, ShellEnd};

const PATIENCE: Duration = Duration::from_secs(30);
const SCROLLBACK: usize = 10_000;

async fn connected(shell: Shell, capabilities: Option<Vec<Capability>>) -> (Desk, Server, String) {
    connected_to(
        Behaviour::with_password("right").with_shell(shell),
        capabilities,
    )
    .await
}

async fn connected_to(
    behaviour: Behaviour,
    capabilities: Option<Vec<Capability>>,
) -> (Desk, Server, String) {
    let behaviour = behaviour.answering(|_| Reply::printing("os=Linux\nuid=1000\ninit=systemd\n"));
    let server = Server::start(behaviour).await;
    let desk = desk();
    let id = desk.add(server.address(), Auth::Password, capabilities);
    desk.connect(&id, "right").await;
    (desk, server, id)
}

fn new() -> NewTerminal {
    NewTerminal {
        columns: 80,
        rows: 24,
        folder: None,
        shell: None,
    }
}

async fn opened(desk: &Desk, server: &str) -> String {
    desk.engine.open_terminal(server, new()).await.unwrap().id
}

/// A page: an emulator of its own that is fed with frames.
struct Page {
    view: TerminalView,
    shown: Terminal,
}

impl Page {
    fn of(desk: &Desk, id: &str) -> Self {
        Self {
            view: desk.engine.view_terminal(id).unwrap(),
            shown: Terminal::new(Size::default(), SCROLLBACK),
        }
    }

    fn take(&mut self, frame: &Frame) {
        let (bytes, size) = match frame {
            Frame::Output(bytes) => (bytes, None),
            Frame::Repaint { bytes, size, .. } | Frame::Screen { bytes, size } => {
                (bytes, Some(*size))
            }
            Frame::Clipboard(_) => return,
        };
        if let Some(size) = size {
            self.shown.resize(size);
        }
        self.shown.push(bytes, &mut Output::default());
        self.view.acknowledge(frame.len_on_wire());
    }

    /// Takes frames until the text is such.
    async fn until(&mut self, is: impl Fn(&str) -> bool) -> String {
        let reached = async {
            loop {
                let text = self.shown.text();
                if is(&text) {
                    return text;
                }
                let frame = self.view.next().await.unwrap();
                self.take(&frame);
            }
        };
        match tokio::time::timeout(PATIENCE, reached).await {
            Ok(text) => text,
            Err(_) => panic!("never came about"),
        }
    }

    async fn key(&self, text: &str) {
        self.view.input(Bytes::from(text.to_owned())).await;
    }
}

/// Every number up to the last is there once, as far back as the text goes.
#[track_caller]
fn assert_counts_to(text: &str, last: usize) {
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    assert!(lines.len() >= SCROLLBACK.min(last), "{}", lines.len());
    let first = last + 1 - lines.len();
    for (index, line) in lines.iter().enumerate() {
        assert_eq!(*line, (first + index).to_string());
    }
}

#[tokio::test]
async fn keys_go_there_and_their_echo_comes_back() {
    let (desk, server, id) = connected(kit::echo(), None).await;
    let terminal = opened(&desk, &id).await;
    let mut page = Page::of(&desk, &terminal);
    page.key("hello").await;
    page.until(|text| text == "hello\n").await;
    let seen = &server.seen().shells()[0];
    assert_eq!(seen.term.as_deref(), Some("xterm-256color"));
    assert_eq!((seen.window.columns, seen.window.rows), (80, 24));
    assert_eq!(seen.line, None, "a shell request");
    page.view.resize(Size::new(100, 30));
    eventually(|| {
        let shells = server.seen().shells();
        let last = shells[0].window_changes.last();
        last.is_some_and(|window| (window.columns, window.rows) == (100, 30))
    })
    .await;
    assert_eq!(server.seen().connections(), 1);
    let journal = support::activity(&desk.engine, &id).await;
    assert!(journal.iter().any(|entry| entry.what == "terminals.open"));
}

#[tokio::test]
async fn a_page_that_comes_and_goes_misses_nothing_and_sees_nothing_twice() {
    const LAST: usize = 300_000;
    let (desk, _server, id) = connected(kit::lines(LAST), None).await;
    let terminal = opened(&desk, &id).await;
    // Pages look for a while, read a few frames, and go without a word.
    for round in 0..20 {
        let mut page = Page::of(&desk, &terminal);
        for _ in 0..round % 5 {
            let next = tokio::time::timeout(Duration::from_millis(20), page.view.next()).await;
            if let Ok(Some(frame)) = next {
                page.take(&frame);
            }
        }
    }
    let mut page = Page::of(&desk, &terminal);
    let text = page
        .until(|text| text.trim_end().ends_with(&LAST.to_string()))
        .await;
    assert_counts_to(&text, LAST);
    assert_counts_to(&desk.engine.terminal_text(&terminal).unwrap(), LAST);
}

#[tokio::test]
async fn a_page_that_does_not_read_holds_up_neither_shell_nor_memory() {
    const LAST: usize = 400_000;
    let (desk, _server, id) = connected(kit::lines(LAST), None).await;
    let terminal = opened(&desk, &id).await;
    let mut page = Page::of(&desk, &terminal);
    let ended = || {
        let terminals = desk.engine.terminals();
        matches!(
            terminals[0].state,
            TerminalState::Ended {
                exit_code: Some(0),
                ..
            }
        )
    };
    eventually(ended).await;
    let text = page
        .until(|text| text.trim_end().ends_with(&LAST.to_string()))
        .await;
    assert_counts_to(&text, LAST);
}

#[tokio::test]
async fn a_flood_is_interrupted_at_once_and_holds_up_no_other_terminal() {
    let flooding = kit::shell(|mut terminal| async move {
        let output = terminal.output();
        let printing = async {
            loop {
                output.print("y\r\n".repeat(10_000)).await;
            }
        };
        tokio::select! {
            () = printing => {}
            () = terminal.until_typed(3) => {}
        }
        terminal.print("^C\r\n$ ").await;
        while let Some(input) = terminal.input().await {
            terminal.print(input).await;
        }
        ShellEnd::Exit(0)
    });
    let (desk, _server, id) = connected(flooding, None).await;
    let (one, other) = (opened(&desk, &id).await, opened(&desk, &id).await);
    let (mut one, mut other) = (Page::of(&desk, &one), Page::of(&desk, &other));
    one.key("\u{3}").await;
    one.until(|text| text.ends_with("^C\n$\n")).await;
    one.key("echo").await;
    one.until(|text| text.ends_with("$ echo\n")).await;
    other.until(|text| text.starts_with("y\ny\n")).await;
    other.key("\u{3}").await;
    other.until(|text| text.ends_with("^C\n$\n")).await;
}

#[tokio::test]
async fn a_lost_connection_leaves_the_text_and_a_new_shell_begins_below() {
    let greeting = kit::shell(|mut terminal| async move {
        terminal.print("welcome\r\n\u{1b}[?1049hfull screen").await;
        terminal.until_typed(4).await;
        ShellEnd::Exit(3)
    });
    let (desk, server, id) = connected(greeting, None).await;
    let terminal = opened(&desk, &id).await;
    let mut page = Page::of(&desk, &terminal);
    eventually(|| desk.engine.terminals()[0].output_at.is_some()).await;
    assert!(
        desk.engine.restart_terminal(&terminal).await.is_err(),
        "it still runs"
    );
    desk.engine.disconnect(&id).await.unwrap();
    eventually(|| matches!(desk.engine.terminals()[0].state, TerminalState::Lost { .. })).await;
    assert_eq!(desk.engine.terminal_text(&terminal).unwrap(), "welcome\n");
    let refused = desk.engine.restart_terminal(&terminal).await.unwrap_err();
    assert_eq!(refused.code(), "notConnected");

    desk.connect(&id, "right").await;
    // Two pages that ask at once get one shell.
    let (one, other) = tokio::join!(
        desk.engine.restart_terminal(&terminal),
        desk.engine.restart_terminal(&terminal)
    );
    assert!(one.is_ok() && other.is_err());
    page.until(|text| text == "welcome\n").await;
    page.key("\u{4}").await;
    eventually(|| {
        let state = &desk.engine.terminals()[0].state;
        matches!(
            state,
            TerminalState::Ended {
                exit_code: Some(3),
                ..
            }
        )
    })
    .await;
    assert_eq!(
        desk.engine.terminal_text(&terminal).unwrap(),
        "welcome\nwelcome\n"
    );
    assert_eq!(server.seen().shells().len(), 2);
}

#[tokio::test]
async fn closing_hangs_up_and_sends_pages_away() {
    let (desk, server, id) = connected(kit::silent(), None).await;
    let terminal = opened(&desk, &id).await;
    let page = Page::of(&desk, &terminal);
    assert!(page.view.next().await.is_some());
    desk.engine.close_terminal(&terminal).await.unwrap();
    assert_eq!(page.view.next().await, None);
    eventually(|| server.seen().shells()[0].hung_up).await;
    assert!(desk.engine.terminals().is_empty());
    assert_eq!(
        desk.engine
            .close_terminal(&terminal)
            .await
            .unwrap_err()
            .code(),
        "notFound"
    );
    // Numbers are not given twice.
    let again = desk.engine.open_terminal(&id, new()).await.unwrap();
    assert_eq!(again.number, 2);
}

#[tokio::test]
async fn removing_a_server_ends_its_terminals() {
    let (desk, server, id) = connected(kit::silent(), None).await;
    opened(&desk, &id).await;
    desk.engine.remove(&id, Some("web")).await.unwrap();
    assert!(desk.engine.terminals().is_empty());
    eventually(|| server.seen().shells()[0].over).await;
}

#[tokio::test]
async fn the_gate_stands_before_every_terminal() {
    let read_only = Capability::read_only().collect();
    let (desk, server, id) = connected(kit::echo(), Some(read_only)).await;
    let denied = desk.engine.open_terminal(&id, new()).await.unwrap_err();
    assert_eq!(denied.code(), "denied");
    assert!(server.seen().shells().is_empty());

    // What was granted and is taken away is not granted any more, for what is open too.
    let (desk, _server, id) = connected(kit::echo(), None).await;
    let terminal = opened(&desk, &id).await;
    let change = engine::ServerChange {
        capabilities: Some(Capability::read_only().collect()),
        ..engine::ServerChange::default()
    };
    desk.engine.change(&id, change).unwrap();
    for error in [
        desk.engine.view_terminal(&terminal).err(),
        desk.engine.terminal_text(&terminal).err(),
        desk.engine.clear_terminal(&terminal).err(),
        desk.engine.record_terminal(&terminal, true).err(),
        desk.engine.terminal_process(&terminal).await.err(),
        desk.engine.restart_terminal(&terminal).await.err(),
    ] {
        assert_eq!(error.unwrap().code(), "denied");
    }
    desk.engine.close_terminal(&terminal).await.unwrap();
}

#[tokio::test]
async fn terminals_take_the_places_the_server_allows_and_give_them_back() {
    let behaviour = Behaviour {
        most_channels: 4,
        ..Behaviour::with_password("right").with_shell(kit::silent())
    };
    let (desk, server, id) = connected_to(behaviour, None).await;
    let mut terminals = Vec::new();
    let refused = loop {
        match desk.engine.open_terminal(&id, new()).await {
            Ok(terminal) => terminals.push(terminal.id),
            Err(error) => break error,
        }
        assert!(terminals.len() < 10);
    };
    assert_eq!(refused.code(), "execRefused");
    assert!(!terminals.is_empty());
    desk.engine.close_terminal(&terminals[0]).await.unwrap();
    eventually(|| server.seen().shells().iter().any(|shell| shell.over)).await;
    let reopened = async {
        while desk.engine.open_terminal(&id, new()).await.is_err() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, reopened).await.unwrap();
    assert_eq!(server.seen().connections(), 1);
}

#[tokio::test]
async fn what_a_program_asks_is_answered_once_however_many_look() {
    let asking = kit::shell(|mut terminal| async move {
        terminal
            .print("\u{1b}[6n\u{1b}]0;a\u{7}\u{1b}]52;c;aGk=\u{7}")
            .await;
        while let Some(input) = terminal.input().await {
            let shown: String = input.iter().map(|byte| format!("{byte:02x}")).collect();
            terminal.print(shown).await;
        }
        ShellEnd::Exit(0)
    });
    let (desk, server, id) = connected(asking, None).await;
    let terminal = opened(&desk, &id).await;
    let mut pages = [Page::of(&desk, &terminal), Page::of(&desk, &terminal)];
    for page in &mut pages {
        page.until(|text| text == "1b5b313b3152\n").await;
    }
    assert_eq!(server.seen().shells()[0].input, b"\x1b[1;1R");
    let info = &desk.engine.terminals()[0];
    assert_eq!(info.title.as_deref(), Some("a"));
}

#[tokio::test]
async fn the_clipboard_is_written_by_setting_alone_and_by_the_page_that_is_used() {
    let writing = kit::shell(|mut terminal| async move {
        while terminal.input().await.is_some() {
            terminal.print("\u{1b}]52;c;aGk=\u{7}.").await;
        }
        ShellEnd::Exit(0)
    });
    let (desk, _server, id) = connected(writing, None).await;
    let terminal = opened(&desk, &id).await;
    let (mut one, mut other) = (Page::of(&desk, &terminal), Page::of(&desk, &terminal));
    other.key("x").await;
    one.until(|text| text == ".\n").await;
    other.until(|text| text == ".\n").await;
    let mut preferences = desk.engine.preferences().unwrap();
    preferences.terminal.clipboard_write = true;
    desk.engine.save_preferences(&preferences).unwrap();
    other.key("x").await;
    let mut clips = Vec::new();
    while clips.is_empty() {
        let frame = other.view.next().await.unwrap();
        other.take(&frame);
        if let Frame::Clipboard(text) = frame {
            clips.push(text);
        }
    }
    assert_eq!(clips, ["hi"]);
    one.until(|text| text == "..\n").await;
}

#[tokio::test]
async fn a_recording_holds_what_was_shown_and_is_listed() {
    let (desk, _server, id) = connected(kit::echo(), None).await;
    let terminal = opened(&desk, &id).await;
    let mut page = Page::of(&desk, &terminal);
    page.key("before ").await;
    page.until(|text| text == "before\n").await;
    assert!(
        desk.engine
            .record_terminal(&terminal, true)
            .unwrap()
            .recording
    );
    page.key("during").await;
    page.until(|text| text == "before during\n").await;
    let running = desk.engine.recordings().unwrap();
    assert!(running.iter().all(|each| each.is_running));
    assert!(
        !desk
            .engine
            .record_terminal(&terminal, false)
            .unwrap()
            .recording
    );
    page.key(" after").await;
    page.until(|text| text == "before during after\n").await;
    let listed = || desk.engine.recordings().unwrap().first().cloned();
    eventually(|| {
        listed().is_some_and(|recording| !recording.is_running && recording.size_bytes > 0)
    })
    .await;
    let recording = listed().unwrap();
    assert_eq!((recording.server.as_str(), recording.columns), ("web", 80));
    let path = desk.engine.recording(&recording.id).unwrap();
    let read = || std::fs::read_to_string(&path).unwrap();
    eventually(|| read().contains("during")).await;
    assert!(read().contains("before") && !read().contains("after"));
    desk.engine.delete_recording(&recording.id).unwrap();
    assert!(desk.engine.recording(&recording.id).is_err());
}
