//! A terminal as its client has it.

use std::time::Duration;

use russh::{Channel, ChannelMsg, Pty, client::Msg};
use tokio::time::timeout;

use crate::client::{Client, Ended, end};

/// Far more than anything here takes; only a test that fails waits so long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A channel that has a terminal of 80 by 24 and nothing on it yet.
pub(crate) async fn terminal(client: &Client, modes: &[(Pty, u32)]) -> Channel<Msg> {
    let mut channel = client.handle.channel_open_session().await.unwrap();
    channel
        .request_pty(true, "xterm-256color", 80, 24, 0, 0, modes)
        .await
        .unwrap();
    match channel.wait().await {
        Some(ChannelMsg::Success) => channel,
        other => panic!("{other:?}"),
    }
}

/// A terminal on which `line` runs.
pub(crate) async fn start(client: &Client, line: &str) -> Channel<Msg> {
    let channel = terminal(client, &[]).await;
    channel.exec(false, line).await.unwrap();
    channel
}

/// A terminal on which the login shell runs.
pub(crate) async fn shell(client: &Client) -> Channel<Msg> {
    let channel = terminal(client, &[]).await;
    channel.request_shell(false).await.unwrap();
    channel
}

/// Reads until `needle` was printed; all that was.
pub(crate) async fn until(channel: &mut Channel<Msg>, needle: &str) -> String {
    let mut seen = String::new();
    while !seen.contains(needle) {
        match timeout(PATIENCE, channel.wait()).await {
            Ok(Some(ChannelMsg::Data { data })) => seen += &String::from_utf8_lossy(&data),
            Ok(Some(_)) => {}
            other => panic!("{other:?} after {seen:?}"),
        }
    }
    seen
}

/// Reads a channel to its close.
pub(crate) async fn all(channel: Channel<Msg>) -> Ended {
    timeout(PATIENCE, end(channel.split().0)).await.unwrap()
}

pub(crate) fn text(ended: &Ended) -> String {
    String::from_utf8(ended.stdout.clone()).unwrap()
}
