//! Connections to hosts beyond the lab's real servers, of every family. Skipped, with a printed reason,
//! where there is no lab.

#![expect(clippy::unwrap_used, reason = "a test")]

mod support;

use ssh::StreamError;
use support::lab::by_key;
use testkit::lab::{Host, Lab};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// Speaks to the server's own SSH port as seen from there, which greets first.
async fn greeted(lab: &Lab, host: &Host, user: &str) {
    let who = format!("{user}@{}", host.name);
    let connection = by_key(lab, host, user).await;
    let stream = connection.direct_tcpip(&host.address, host.port).await;
    let error = stream.as_ref().err();
    assert!(error.is_none(), "{who}: {error:?}");
    let mut stream = stream.unwrap();
    let mut greeting = [0; 8];
    stream.read_exact(&mut greeting).await.unwrap();
    assert_eq!(&greeting, b"SSH-2.0-", "{who}");
    stream.write_all(b"SSH-2.0-test\r\n").await.unwrap();
    stream.shutdown().await.unwrap();
    // The server hangs up on one that ends before keys are agreed.
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    let error = connection.direct_tcpip("127.0.0.1", 1).await.unwrap_err();
    assert!(
        matches!(error, StreamError::NotReached { .. }),
        "{who}: {error}"
    );
    connection.close().await;
}

#[tokio::test]
async fn every_host_connects_to_its_own_port_and_says_what_it_does_not_reach() {
    let Some(lab) = Lab::find() else { return };
    for host in &lab.hosts {
        for user in host.users.iter().filter(|user| user.key) {
            // Those whose shell says no, or has a lot to say, have no part in this.
            if ["root", "plain"].contains(&user.name.as_str()) {
                greeted(lab, host, &user.name).await;
            }
        }
    }
}
