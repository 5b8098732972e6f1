//! A permission that is taken away while something goes on by it: each kind of work ends, and the server
//! hears no more of it.
#![expect(clippy::unwrap_used, reason = "a test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use catalog::{Capability, arguments::RemotePath};
use engine::{
    Ask, FeedLine, ForwardTarget, NewForward, NewTerminal, Search, SearchLine, SearchText,
    ServerChange, TerminalState,
};
use serde_json::{Value, json};
use support::{Desk, eventually, machine, value};
use testkit::server::{Answer as Reply, Behaviour, End, Server, echo};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

const PATIENCE: Duration = Duration::from_secs(30);

/// A server whose docker never ends, and the program that is connected to it.
async fn connected(behaviour: Behaviour) -> (Desk, Server, String) {
    machine::connected(behaviour, Some(Capability::ALL.to_vec())).await
}

fn endless() -> Behaviour {
    machine::machine("program=docker\n", |_| Reply::ending(End::Never))
}

fn take_away(desk: &Desk, id: &str, gone: Capability) {
    let all = Capability::ALL.iter().copied();
    grant(desk, id, all.filter(|one| *one != gone).collect());
}

fn grant(desk: &Desk, id: &str, capabilities: Vec<Capability>) {
    let change = ServerChange {
        capabilities: Some(capabilities),
        ..ServerChange::default()
    };
    desk.engine.change(id, change).unwrap();
}

fn path(text: &str) -> RemotePath {
    RemotePath::try_from(text.to_owned()).unwrap()
}

#[tokio::test]
async fn a_feed_ends_here_and_on_the_server() {
    let (desk, server, id) = connected(endless()).await;
    let mut lines = desk
        .engine
        .follow(&id, "docker.events", &Value::Null)
        .unwrap();
    let first = timeout(PATIENCE, lines.recv()).await.unwrap();
    assert!(matches!(first, Some(FeedLine::Started { .. })), "{first:?}");
    eventually(|| machine::runs(&server, "docker") == 1).await;
    take_away(&desk, &id, Capability::DockerRead);
    let last = timeout(PATIENCE, lines.recv()).await.unwrap();
    let Some(FeedLine::Error { error }) = last else {
        panic!("{last:?}");
    };
    assert_eq!(error.code, "denied");
    assert!(error.message.contains("docker.read"), "{error:?}");
    assert!(timeout(PATIENCE, lines.recv()).await.unwrap().is_none());
    eventually(|| !server.seen().killed().is_empty()).await;
}

#[tokio::test]
async fn a_question_that_waits_for_its_answer_gets_none() {
    let (desk, server, id) = connected(endless()).await;
    let asking = desk.engine.ask(&id, "docker.containers", Ask::default());
    let taking = async {
        eventually(|| machine::runs(&server, "docker") == 1).await;
        take_away(&desk, &id, Capability::DockerRead);
    };
    let (asked, ()) = timeout(PATIENCE, async { tokio::join!(asking, taking) })
        .await
        .unwrap();
    assert_eq!(asked.unwrap_err().code(), "denied");
    eventually(|| !server.seen().killed().is_empty()).await;
}

#[tokio::test]
async fn whoever_looks_at_a_figure_is_told_at_once_and_it_is_not_asked_again() {
    let (desk, server, id) = connected(machine::machine("", machine::nothing)).await;
    let every = Duration::from_secs(3600);
    let subscribed = desk
        .engine
        .subscribe(&id, "system.memory", Value::Null, every);
    let mut subscribed = subscribed.unwrap();
    value(&mut subscribed, |value| value.reading.is_some()).await;
    take_away(&desk, &id, Capability::SystemRead);
    let commands = server.seen().commands().len();
    let told = value(&mut subscribed, |value| value.error.is_some()).await;
    assert_eq!(told.error.unwrap().code, "denied");
    assert_eq!(server.seen().commands().len(), commands);
}

#[tokio::test]
async fn a_search_in_files_ends() {
    let behaviour = Behaviour {
        commands: Arc::new(|asked| {
            let looks = asked.argv.iter().any(|word| word.contains("uname -s"));
            if looks {
                Reply::printing("os=Linux\nuid=1000\n")
            } else {
                Reply::ending(End::Never)
            }
        }),
        ..endless()
    };
    let behaviour = behaviour.answering_sftp(|request| {
        let is_folder = matches!(request, sftp::Request::OpenDir { .. });
        is_folder.then(|| vec![sftp::Answer::Handle(Bytes::from_static(b"/srv"))])
    });
    let (desk, server, id) = connected(behaviour).await;
    let search = Search {
        path: path("/srv"),
        name: String::new(),
        hidden: true,
        content: Some(SearchText {
            text: "text".to_owned(),
            regex: false,
            any_case: false,
        }),
        limit: 10,
    };
    let looked = server.seen().commands().len();
    let mut lines = desk.engine.search_files(&id, search).await.unwrap();
    eventually(|| server.seen().commands().len() > looked).await;
    take_away(&desk, &id, Capability::FilesRead);
    let last = timeout(PATIENCE, lines.recv()).await.unwrap();
    let Some(SearchLine::Error { error }) = last else {
        panic!("{last:?}");
    };
    assert_eq!(error.code, "denied");
    eventually(|| !server.seen().killed().is_empty()).await;
}

#[tokio::test]
async fn a_file_that_is_being_read_is_read_no_further() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let large = vec![b'x'; 20_000_000];
    let behaviour = machine::machine("", machine::nothing)
        .serving(&[("/srv/large", large.as_slice())])
        .answering_sftp(move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
            None
        });
    let (desk, _server, id) = connected(behaviour).await;
    let files = desk.engine.files(&id).await.unwrap();
    let mut content = files.content(&path("/srv/large")).await.unwrap();
    assert!(content.next().await.unwrap().is_some());
    take_away(&desk, &id, Capability::FilesRead);
    let before = asked.load(Ordering::SeqCst);
    let mut read = 0;
    let error = loop {
        match timeout(PATIENCE, content.next()).await.unwrap() {
            Ok(Some(bytes)) => read += bytes.len(),
            Ok(None) => panic!("the whole file was read: {read} bytes more"),
            Err(error) => break error,
        }
    };
    assert_eq!(error.code(), "denied");
    assert!(error.to_string().contains("files.read"), "{error}");
    let denied = files.content(&path("/srv/large")).await.err().unwrap();
    assert_eq!(denied.code(), "denied");
    // What was on its way may still arrive; nothing new is asked but to close it.
    drop(content);
    eventually(|| asked.load(Ordering::SeqCst) <= before + 20).await;
}

#[tokio::test]
async fn files_handed_out_to_change_change_nothing_more() {
    let behaviour = machine::machine("", machine::nothing).serving(&[("/srv/a", b"text")]);
    let (desk, _server, id) = connected(behaviour).await;
    let files = desk.engine.files_to_change(&id).await.unwrap();
    take_away(&desk, &id, Capability::FilesWrite);
    let made = files.make_folder(&path("/srv/new")).await.unwrap_err();
    assert_eq!(made.code(), "denied");
    assert!(made.to_string().contains("files.write"), "{made}");
    let files = desk.engine.files(&id).await.unwrap();
    let read = files.content(&path("/srv/a")).await;
    assert!(read.is_ok(), "reading is still granted");
}

#[tokio::test]
async fn a_terminal_is_hung_up_and_its_pages_are_sent_away() {
    let behaviour = machine::machine("", machine::nothing).with_shell(echo());
    let (desk, server, id) = connected(behaviour).await;
    let new = NewTerminal {
        columns: 80,
        rows: 24,
        folder: None,
        shell: None,
    };
    let terminal = desk.engine.open_terminal(&id, new).await.unwrap().id;
    let view = desk.engine.view_terminal(&terminal).unwrap();
    timeout(PATIENCE, view.next()).await.unwrap().unwrap();
    take_away(&desk, &id, Capability::TerminalOpen);
    assert!(!view.is_granted());
    view.input(Bytes::from_static(b"typed after it\n")).await;
    assert!(timeout(PATIENCE, view.next()).await.unwrap().is_none());
    let state = || desk.engine.terminals()[0].state.clone();
    eventually(|| matches!(state(), TerminalState::Lost { .. })).await;
    let TerminalState::Lost { error } = state() else {
        panic!("{:?}", state());
    };
    assert_eq!(error.code, "denied");
    eventually(|| server.seen().shells()[0].hung_up).await;

    // Granted again, the text is there, and a new shell begins below it.
    grant(&desk, &id, Capability::ALL.to_vec());
    let text = desk.engine.terminal_text(&terminal).unwrap();
    assert!(!text.contains("typed after it"), "{text}");
    desk.engine.restart_terminal(&terminal).await.unwrap();
}

#[tokio::test]
async fn a_forwarded_port_ends_with_all_it_carries() {
    let behaviour = Behaviour {
        forwards: true,
        ..machine::machine("", machine::nothing)
    };
    let (desk, server, id) = connected(behaviour).await;
    let service = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = service.local_addr().unwrap().port();
    let to: ForwardTarget = serde_json::from_value(json!({"kind": "port", "port": port})).unwrap();
    let new = NewForward {
        to,
        local_port: Some(0),
    };
    let forward = desk.engine.open_forward(&id, new).await.unwrap();
    let place = (forward.local_address.as_str(), forward.local_port);
    let mut client = TcpStream::connect(place).await.unwrap();
    client.write_all(b"x").await.unwrap();
    eventually(|| server.seen().forwarded() >= 1).await;
    take_away(&desk, &id, Capability::TerminalOpen);
    let mut rest = Vec::new();
    // What is closed so may be reset.
    let _ = timeout(PATIENCE, client.read_to_end(&mut rest))
        .await
        .unwrap();
    assert!(rest.is_empty());
    assert!(desk.engine.forwards(&id).unwrap().is_empty());
    eventually(|| server.seen().forwarded() == 0).await;
    TcpStream::connect(place).await.unwrap_err();
}
