//! Looking whether an SSH server answers.

use std::{net::SocketAddr, time::Duration};

use ssh::{AuthMethod, ConnectError, Hop, KnownHosts, Target};
use testkit::tcp::{Listener, Manner, closed_port};

async fn greeting(address: SocketAddr, time: Duration) -> Result<String, ConnectError> {
    let target = Target {
        server: "test".to_owned(),
        host: address.ip().to_string(),
        port: address.port(),
        user: String::new(),
    };
    let known_hosts = KnownHosts::of_files("/nonexistent".into(), Vec::new());
    let mut hop = Hop::new(target, AuthMethod::Auto, known_hosts);
    hop.timeouts.connect = time;
    ssh::greeting(&hop).await
}

async fn said(words: &[u8]) -> Result<String, ConnectError> {
    let listener = Listener::start(Manner::Says(words.to_vec())).await;
    let found = greeting(listener.address(), Duration::from_millis(500)).await;
    assert_eq!(listener.connections(), 1);
    found
}

#[tokio::test]
async fn a_greeting_is_read_also_behind_other_lines() {
    let found = said(b"hello\r\nSSH-2.0-OpenSSH_9.2p1 Debian\r\nmore").await;
    assert_eq!(found.unwrap(), "SSH-2.0-OpenSSH_9.2p1 Debian");
}

#[tokio::test]
async fn what_does_not_speak_ssh_is_told_with_its_words() {
    let error = said(b"220 mail.example ESMTP\r\n").await.unwrap_err();
    assert!(matches!(error, ConnectError::Protocol { .. }), "{error}");
    assert!(error.to_string().contains("220 mail.example"), "{error}");
}

#[tokio::test]
async fn who_says_nothing_or_never_stops_is_left_soon() {
    let silent = Listener::start(Manner::Silent).await;
    let error = greeting(silent.address(), Duration::from_millis(200)).await;
    assert!(
        matches!(error, Err(ConnectError::Timeout { .. })),
        "{error:?}"
    );
    let chatty = Listener::start(Manner::Chatty).await;
    let error = greeting(chatty.address(), Duration::from_secs(60)).await;
    assert!(
        matches!(error, Err(ConnectError::Protocol { .. })),
        "{error:?}"
    );
    let error = greeting(closed_port().await, Duration::from_secs(60)).await;
    assert!(
        matches!(error, Err(ConnectError::Refused { .. })),
        "{error:?}"
    );
}
