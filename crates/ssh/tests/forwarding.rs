//! Connections to hosts beyond a server: against servers inside the test, and OpenSSH of this machine.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use futures::future::join_all;
use ssh::{AuthMethod, Connection, Hop, StreamError};
use support::{Folder, LIMITS, Person, connected, probe, sshd::logged_in, target, until};
use testkit::{
    hostile::{Case, Hostile},
    server::{Answer, Behaviour, Server},
    sshd::Sshd,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

async fn honest() -> Server {
    let behaviour = Behaviour::with_password("secret").answering(|_| Answer::printing("quick"));
    Server::start(Behaviour {
        forwards: true,
        ..behaviour
    })
    .await
}

/// A service that does this with whoever connects.
async fn service<F>(serve: impl Fn(TcpStream) -> F + Send + 'static) -> u16
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    port
}

/// Gives back what it gets, and the end only after the other side's.
async fn echo() -> u16 {
    service(|mut stream| async move {
        let (mut read, mut write) = stream.split();
        let _ = tokio::io::copy(&mut read, &mut write).await;
        let _ = write.shutdown().await;
    })
    .await
}

/// Bytes that repeat nowhere near.
fn pattern(bytes: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33).to_le_bytes()[0]
    };
    (0..bytes).map(|_| next()).collect()
}

/// Sends and at once receives the same bytes, over one stream.
async fn there_and_back(connection: &Connection, port: u16, bytes: usize, seed: u64) {
    let stream = connection.direct_tcpip("127.0.0.1", port).await.unwrap();
    let (mut read, mut write) = tokio::io::split(stream);
    let sent = pattern(bytes, seed);
    let sending = async {
        write.write_all(&sent).await.unwrap();
        write.shutdown().await.unwrap();
    };
    let mut came = Vec::new();
    let (read, ()) = tokio::join!(read.read_to_end(&mut came), sending);
    read.unwrap();
    assert!(came == sent, "{} of {bytes} bytes came", came.len());
}

async fn both_ways(connection: &Connection) {
    let port = echo().await;
    there_and_back(connection, port, 10_000_000, 1).await;
    let many = (0..50).map(|seed| there_and_back(connection, port, 200_000, seed));
    join_all(many).await;
}

/// Our end first, the other's after it; then the other's first.
async fn half_closed(connection: &Connection) {
    let port = service(|mut stream| async move {
        let mut all = Vec::new();
        stream.read_to_end(&mut all).await.unwrap();
        let said = format!("{} bytes, then the end", all.len());
        stream.write_all(said.as_bytes()).await.unwrap();
    })
    .await;
    let mut stream = connection.direct_tcpip("localhost", port).await.unwrap();
    stream.write_all(b"question").await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert_eq!(answer, "8 bytes, then the end");

    let (told, mut heard) = tokio::sync::mpsc::channel(1);
    let port = service(move |mut stream| {
        let told = told.clone();
        async move {
            stream.shutdown().await.unwrap();
            let mut all = Vec::new();
            stream.read_to_end(&mut all).await.unwrap();
            told.send(all).await.unwrap();
        }
    })
    .await;
    let mut stream = connection.direct_tcpip("localhost", port).await.unwrap();
    assert_eq!(stream.read(&mut [0; 8]).await.unwrap(), 0);
    stream.write_all(b"after the end").await.unwrap();
    // Dropped without a word: what was written still arrives.
    drop(stream);
    assert_eq!(heard.recv().await.unwrap(), b"after the end");
}

/// A port of 127.0.0.1 that nobody listens on: it is taken on another address.
fn closed_port() -> (std::net::TcpListener, u16) {
    let held = std::net::TcpListener::bind("127.0.0.2:0").unwrap();
    let port = held.local_addr().unwrap().port();
    (held, port)
}

/// Never reads what a service pours out, and asks something else meanwhile.
async fn stalled(connection: &Connection) {
    let port = service(|mut stream| async move {
        let piece = vec![7; 1 << 16];
        while stream.write_all(&piece).await.is_ok() {}
    })
    .await;
    let mut stream = connection.direct_tcpip("127.0.0.1", port).await.unwrap();
    let mut slowest = Duration::ZERO;
    let begun = Instant::now();
    // Until it was ended, and then some.
    let mut left = None;
    while left != Some(0) {
        let asked = Instant::now();
        let output = connection.exec(&probe(), None, &LIMITS).await.unwrap();
        assert_eq!(output.exit_code, Some(0));
        slowest = slowest.max(asked.elapsed());
        left = match left {
            None if stream.write_all(b"?").await.is_err() => Some(5),
            None => None,
            Some(left) => Some(left - 1),
        };
        assert!(begun.elapsed() < Duration::from_secs(60), "never ended");
    }
    eprintln!("slowest command beside a stalled stream: {slowest:?}");
    assert!(slowest < Duration::from_secs(15), "{slowest:?}");
    let mut came = Vec::new();
    let error = stream.read_to_end(&mut came).await.unwrap_err();
    let reason = error
        .get_ref()
        .and_then(|e| e.downcast_ref::<StreamError>());
    assert!(
        matches!(reason, Some(StreamError::NotRead { .. })),
        "{error}"
    );
    assert!(
        came.len() <= 32 << 20 && came.len() > 16 << 20,
        "{}",
        came.len()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bytes_arrive_whole_both_ways_and_in_fifty_streams_at_once() {
    let server = honest().await;
    let connection = connected(&server).await;
    both_ways(&connection).await;
    until("all are closed", || server.seen().forwarded() == 0).await;
    assert_eq!(server.seen().connections(), 1);
}

#[tokio::test]
async fn one_sides_end_is_not_the_others() {
    let server = honest().await;
    let connection = connected(&server).await;
    half_closed(&connection).await;
    until("all are closed", || server.seen().forwarded() == 0).await;
}

#[tokio::test]
async fn a_stream_that_is_dropped_or_given_up_is_closed_on_the_server() {
    let server = honest().await;
    let connection = connected(&server).await;
    let port = echo().await;
    let stream = connection.direct_tcpip("127.0.0.1", port).await.unwrap();
    until("it is open", || server.seen().forwarded() == 1).await;
    drop(stream);
    until("it is closed", || server.seen().forwarded() == 0).await;
    {
        let opening = connection.direct_tcpip("127.0.0.1", port);
        tokio::pin!(opening);
        // Once, so that the request leaves.
        let _ = futures::poll!(&mut opening);
    }
    until("it is open or was", || server.seen().forwarded() < 2).await;
    there_and_back(&connection, port, 1000, 1).await;
    until("all are closed", || server.seen().forwarded() == 0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_does_not_read_is_ended_and_holds_up_nobody() {
    let server = honest().await;
    let connection = connected(&server).await;
    stalled(&connection).await;
    until("it is closed", || server.seen().forwarded() == 0).await;
}

#[tokio::test]
async fn what_a_server_refuses_is_told_from_what_it_cannot_reach() {
    let (_held, port) = closed_port();
    let server = honest().await;
    let connection = connected(&server).await;
    let error = connection
        .direct_tcpip("127.0.0.1", port)
        .await
        .unwrap_err();
    let expected = format!("the server could not connect to 127.0.0.1:{port}");
    assert!(error.to_string().starts_with(&expected), "{error}");
    assert_eq!(error.code(), "forwardNotReached");
    for bad in ["", "a b", "a\nb", "http://x", &"a".repeat(256)] {
        let error = connection.direct_tcpip(bad, port).await.unwrap_err();
        assert!(
            matches!(error, StreamError::BadHost { .. }),
            "{bad:?}: {error}"
        );
    }
    let strict = Server::start(Behaviour::with_password("secret")).await;
    let connection = connected(&strict).await;
    let error = connection.direct_tcpip("::1", port).await.unwrap_err();
    let expected = format!("the server does not allow connections to [::1]:{port}");
    assert!(error.to_string().starts_with(&expected), "{error}");
    assert_eq!(error.code(), "forwardNotAllowed");
    strict.kill();
    let error = connection.direct_tcpip("::1", port).await.unwrap_err();
    assert!(matches!(error, StreamError::Lost { .. }), "{error}");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_holds_with_openssh() {
    let Some(sshd) = Sshd::start(&[]) else {
        return;
    };
    let connection = logged_in(&sshd).await;
    both_ways(&connection).await;
    half_closed(&connection).await;
    stalled(&connection).await;
    let (_held, port) = closed_port();
    let error = connection
        .direct_tcpip("127.0.0.1", port)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("the server could not connect to 127.0.0.1:{port} (Connection refused)")
    );
    let error = connection
        .direct_tcpip("no.such.invalid", 1)
        .await
        .unwrap_err();
    assert!(matches!(error, StreamError::NotReached { .. }), "{error}");
    connection.close().await;
}

#[cfg(unix)]
#[tokio::test]
async fn openssh_that_allows_no_forwarding_says_so() {
    let Some(sshd) = Sshd::start(&["AllowTcpForwarding no"]) else {
        return;
    };
    let connection = logged_in(&sshd).await;
    let error = connection.direct_tcpip("localhost", 80).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the server does not allow connections to localhost:80"
    );
    assert!(error.hint().unwrap().contains("AllowTcpForwarding"));
    let output = connection.exec(&probe(), None, &LIMITS).await.unwrap();
    assert_eq!(output.exit_code, Some(0), "all else works");

    let some = Sshd::start(&["PermitOpen localhost:1"]).unwrap();
    let error = logged_in(&some).await.direct_tcpip("localhost", 80).await;
    assert!(
        matches!(error, Err(StreamError::NotAllowed { .. })),
        "{error:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_nobody_listens_to_holds_up_nobody_else_behind_the_same_host() {
    let server = honest().await;
    let bastion = connected(&server).await;
    let hostile = Hostile::start(Case::UntrustedFlood).await;
    let person = Arc::new(Person {
        is_away: true,
        ..Person::default()
    });
    let folder = Folder::new();
    let hop = Hop::new(
        target(hostile.address()),
        AuthMethod::Password,
        folder.known_hosts(),
    );
    let ask = Arc::clone(&person);
    let via = bastion.clone();
    let waiting = tokio::spawn(async move { ssh::connect(&hop, Some(&via), ask).await });
    until("the host key is asked about", || {
        !person.host_keys().is_empty()
    })
    .await;
    // Far more than the few messages that may wait for whoever reads them.
    for _ in 0..3 {
        let output = bastion.exec(&probe(), None, &LIMITS).await.unwrap();
        assert_eq!(output.stdout, b"quick");
        both_ways(&bastion).await;
    }
    waiting.abort();
}
