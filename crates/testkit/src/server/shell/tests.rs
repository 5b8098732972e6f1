//! The scripted shells, seen through a plain SSH client.

use std::sync::Arc;

use russh::{
    Channel, ChannelMsg, Pty,
    client::{Config, Handle, Handler, Msg, connect_stream},
    keys::PublicKeyOrCertificate,
};

use super::*;
use crate::server::{Behaviour, InMemory, in_memory};

pub(in crate::server) struct Trusting;

impl Handler for Trusting {
    type Error = russh::Error;

    async fn check_server_key(&mut self, _: &PublicKeyOrCertificate) -> Result<bool, russh::Error> {
        Ok(true)
    }
}

pub(in crate::server) async fn connect(behaviour: Behaviour) -> (Handle<Trusting>, InMemory) {
    let behaviour = Behaviour {
        open: true,
        ..behaviour
    };
    let (stream, server) = in_memory(behaviour);
    let mut handle = connect_stream(Arc::new(Config::default()), stream, Trusting)
        .await
        .unwrap();
    assert!(handle.authenticate_none("anybody").await.unwrap().success());
    (handle, server)
}

/// A channel with a terminal on which the shell runs.
async fn start(client: &Handle<Trusting>) -> Channel<Msg> {
    let mut channel = client.channel_open_session().await.unwrap();
    channel.set_env(false, "LANG", "C.UTF-8").await.unwrap();
    channel
        .request_pty(true, "xterm-256color", 80, 24, 0, 0, &[(Pty::ECHO, 1)])
        .await
        .unwrap();
    assert!(matches!(channel.wait().await, Some(ChannelMsg::Success)));
    channel.request_shell(true).await.unwrap();
    assert!(matches!(channel.wait().await, Some(ChannelMsg::Success)));
    channel
}

/// All that is printed, and the exit status.
async fn end(channel: &mut Channel<Msg>) -> (Vec<u8>, Option<u32>) {
    let (mut printed, mut status) = (Vec::new(), None);
    while let Some(message) = channel.wait().await {
        match message {
            ChannelMsg::Data { data } => printed.extend_from_slice(&data),
            ChannelMsg::ExitStatus { exit_status } => status = Some(exit_status),
            _ => {}
        }
    }
    (printed, status)
}

#[tokio::test]
async fn what_is_asked_typed_and_changed_is_seen() {
    let (client, server) = connect(Behaviour::default().with_shell(echo())).await;
    let mut channel = start(&client).await;
    channel.window_change(132, 50, 0, 0).await.unwrap();
    channel.data(&b"hello\x04"[..]).await.unwrap();
    assert_eq!(end(&mut channel).await, (b"hello".to_vec(), Some(0)));
    let window = |columns, rows| Window {
        columns,
        rows,
        ..Window::default()
    };
    let expected = SeenShell {
        term: Some("xterm-256color".to_owned()),
        window: window(80, 24),
        modes: vec![(53, 1)],
        env: vec![("LANG".to_owned(), "C.UTF-8".to_owned())],
        line: None,
        window_changes: vec![window(132, 50)],
        input: b"hello\x04".to_vec(),
        over: true,
        hung_up: false,
    };
    assert_eq!(server.seen.shells(), [expected]);
}

#[tokio::test]
async fn an_exec_with_a_terminal_goes_to_the_shell() {
    let line = shell(|terminal| async move {
        let line = terminal.asked().line.clone().unwrap_or_default();
        terminal.print(line).await;
        ShellEnd::Exit(7)
    });
    let (client, _server) = connect(Behaviour::default().with_shell(line)).await;
    let mut channel = client.channel_open_session().await.unwrap();
    channel
        .request_pty(false, "xterm", 80, 24, 0, 0, &[])
        .await
        .unwrap();
    channel.exec(false, "cd /srv").await.unwrap();
    assert_eq!(end(&mut channel).await, (b"cd /srv".to_vec(), Some(7)));
}

#[tokio::test]
async fn a_flood_ends_by_ctrl_c_and_lines_are_complete() {
    let (client, _server) = connect(Behaviour::default().with_shell(flood())).await;
    let mut channel = start(&client).await;
    assert!(matches!(
        channel.wait().await,
        Some(ChannelMsg::Data { .. })
    ));
    channel.data(&b"\x03"[..]).await.unwrap();
    assert_eq!(end(&mut channel).await.1, Some(130));

    let (client, _server) = connect(Behaviour::default().with_shell(lines(100_000))).await;
    let (printed, status) = end(&mut start(&client).await).await;
    assert_eq!((printed.len(), status), (688_895, Some(0)));
    assert!(printed.ends_with(b"99999\r\n100000\r\n"));
}

#[tokio::test]
async fn shells_count_as_channels_and_see_the_client_go() {
    let behaviour = Behaviour {
        most_channels: 1,
        ..Behaviour::default().with_shell(silent())
    };
    let (client, server) = connect(behaviour).await;
    let channel = start(&client).await;
    assert!(client.channel_open_session().await.is_err());
    channel.close().await.unwrap();
    while server.seen.channels() > 0 {
        tokio::task::yield_now().await;
    }
    let shells = server.seen.shells();
    assert!(shells[0].over && shells[0].hung_up);
}

#[tokio::test]
async fn it_can_close_refuse_and_never_answer() {
    let (client, _server) = connect(Behaviour::default().with_shell(closes())).await;
    let mut channel = start(&client).await;
    assert!(matches!(
        channel.wait().await,
        Some(ChannelMsg::Close) | None
    ));

    let (client, _server) = connect(Behaviour::default()).await;
    let mut channel = client.channel_open_session().await.unwrap();
    channel
        .request_pty(true, "xterm", 80, 24, 0, 0, &[])
        .await
        .unwrap();
    assert!(matches!(channel.wait().await, Some(ChannelMsg::Failure)));
    channel.request_shell(true).await.unwrap();
    assert!(matches!(channel.wait().await, Some(ChannelMsg::Failure)));

    let behaviour = Behaviour {
        shell_hangs: true,
        ..Behaviour::default().with_shell(silent())
    };
    let (client, server) = connect(behaviour).await;
    let mut channel = client.channel_open_session().await.unwrap();
    channel.request_shell(true).await.unwrap();
    let waiting = tokio::time::timeout(std::time::Duration::from_millis(100), channel.wait());
    assert!(waiting.await.is_err());
    assert_eq!(server.seen.channels(), 1);
}
