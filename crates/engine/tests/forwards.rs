//! Forwarded ports, over a server of the test that connects to services of the test.
#![expect(clippy::unwrap_used, reason = "a test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use catalog::{
    Capability,
    arguments::{HostName, Port},
};
use engine::{ConnectionState, Error, ForwardInfo, ForwardTarget, NewForward};
use store::Auth;
use support::{Desk, desk, eventually, machine};
use testkit::server::{Behaviour, Server};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

async fn connected(
    forwards: bool,
    capabilities: Option<Vec<Capability>>,
) -> (Desk, Server, String) {
    let behaviour = Behaviour {
        forwards,
        ..machine::machine("", machine::nothing)
    };
    machine::connected(behaviour, capabilities).await
}

/// A service that gives back what it gets, and ends after the other side.
async fn echo() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let (mut read, mut write) = stream.split();
                let _ = tokio::io::copy(&mut read, &mut write).await;
                let _ = write.shutdown().await;
            });
        }
    });
    port
}

fn to(host: &str, port: u16) -> NewForward {
    let host = HostName::try_from(host.to_owned()).unwrap();
    let port = Port::try_from(i64::from(port)).unwrap();
    NewForward {
        to: ForwardTarget::Port { host, port },
        local_port: None,
    }
}

const SOCKS: NewForward = NewForward {
    to: ForwardTarget::Socks,
    local_port: None,
};

fn place(forward: &ForwardInfo) -> SocketAddr {
    format!("{}:{}", forward.local_address, forward.local_port)
        .parse()
        .unwrap()
}

/// Sends, ends, and gives all that comes.
async fn said_back(mut stream: TcpStream, bytes: &[u8]) -> Vec<u8> {
    let mut came = Vec::new();
    // What is closed at once may be reset at any step.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let _ = stream.read_to_end(&mut came).await;
    came
}

fn only(desk: &Desk, id: &str) -> ForwardInfo {
    let [forward] = <[_; 1]>::try_from(desk.engine.forwards(id).unwrap()).unwrap();
    forward
}

#[tokio::test]
async fn a_forwarded_port_carries_counts_and_is_in_the_journal() {
    let (desk, server, id) = connected(true, None).await;
    let port = echo().await;
    let opened = desk.engine.open_forward(&id, to("localhost", port)).await;
    let opened = opened.unwrap();
    let local = place(&opened);
    assert!(local.ip().is_loopback() && local.ip().to_string() != "127.0.0.1");
    assert_eq!(local.port(), port, "the same number where it is free");
    assert_eq!(opened.last_failure, None);
    let sent = vec![b'x'; 300_000];
    let stream = TcpStream::connect(local).await.unwrap();
    assert!(said_back(stream, &sent).await == sent);
    eventually(|| only(&desk, &id).open_connections == 0).await;
    let now = only(&desk, &id);
    assert_eq!((now.sent_bytes, now.received_bytes), (300_000, 300_000));
    assert_eq!((now.total_connections, now.last_failure), (1, None));
    assert_eq!(
        server.seen().connections(),
        1,
        "all over the one connection"
    );

    let held = TcpStream::connect(local).await.unwrap();
    eventually(|| server.seen().forwarded() == 1).await;
    desk.engine.close_forward(&id, &opened.id).unwrap();
    assert_eq!(said_back(held, b"").await, b"", "it ends with the port");
    eventually(|| server.seen().forwarded() == 0).await;
    TcpStream::connect(local).await.unwrap_err();
    assert!(desk.engine.forwards(&id).unwrap().is_empty());
    let error = desk.engine.close_forward(&id, &opened.id).unwrap_err();
    assert!(matches!(error, Error::UnknownForward), "{error}");
    let mut written = support::activity(&desk.engine, &id).await;
    written.retain(|entry| entry.what == "forwards.open");
    let [entry] = &written[..] else {
        panic!("{written:?}");
    };
    assert_eq!(entry.capability, Capability::TerminalOpen);
    assert_eq!(entry.deed, engine::Deed::ForwardedPort);
    let way = format!("-L {local}:localhost:{port} ");
    assert!(entry.command.contains(&way), "{}", entry.command);
    assert_eq!(entry.bytes, Some(600_000));
    assert_eq!(entry.outcome.as_deref(), Some("ok"));
}

/// Connects and asks by SOCKS 5 for a name; gives the answer's code and the stream.
async fn by_socks(proxy: SocketAddr, host: &str, port: u16) -> (u8, TcpStream) {
    let mut stream = TcpStream::connect(proxy).await.unwrap();
    let length = u8::try_from(host.len()).unwrap();
    let wish = [
        &[5, 1, 0, 5, 1, 0, 3, length],
        host.as_bytes(),
        &port.to_be_bytes(),
    ]
    .concat();
    stream.write_all(&wish).await.unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer.get(..3), Some(&[5, 0, 5][..]));
    (answer[3], stream)
}

#[tokio::test]
async fn a_socks_client_gets_where_it_wants_and_is_told_where_it_does_not() {
    let (desk, _server, id) = connected(true, None).await;
    let proxy = place(&desk.engine.open_forward(&id, SOCKS).await.unwrap());
    let port = echo().await;
    let (code, stream) = by_socks(proxy, "localhost", port).await;
    assert_eq!(code, 0);
    assert_eq!(said_back(stream, b"hello").await, b"hello");
    let nobody = TcpListener::bind("127.0.0.3:0").await.unwrap();
    let closed = nobody.local_addr().unwrap().port();
    let (code, _) = by_socks(proxy, "127.0.0.1", closed).await;
    assert_eq!(code, 4, "unreachable");
    eventually(|| only(&desk, &id).last_failure.is_some()).await;
    let error = only(&desk, &id).last_failure.unwrap().error;
    assert_eq!(error.code, "forwardNotReached");
    assert_eq!(error.server.as_deref(), Some("web"));

    let stream = TcpStream::connect(proxy).await.unwrap();
    assert_eq!(said_back(stream, b"GET / HTTP/1.1\r\n\r\n").await, b"");
    eventually(|| only(&desk, &id).last_failure.unwrap().error.code == "invalid").await;
}

#[tokio::test]
async fn what_may_not_or_cannot_be_forwarded_is_said_at_once() {
    let most = Capability::ALL.iter().copied();
    let most = most
        .filter(|one| *one != Capability::TerminalOpen)
        .collect();
    let (desk, _server, id) = connected(true, Some(most)).await;
    let error = desk.engine.open_forward(&id, SOCKS).await.unwrap_err();
    assert!(matches!(error, Error::Denied { .. }), "{error}");

    let (desk, _strict, id) = connected(false, None).await;
    let error = desk.engine.open_forward(&id, to("localhost", 80)).await;
    let body = error.unwrap_err().body();
    assert_eq!(body.code, "forwardNotAllowed");
    assert!(body.hint.unwrap().contains("AllowTcpForwarding"));
    assert!(desk.engine.forwards(&id).unwrap().is_empty());
    desk.engine.disconnect(&id).await.unwrap();
    let error = desk.engine.open_forward(&id, SOCKS).await.unwrap_err();
    assert!(matches!(error, Error::NotConnected { .. }), "{error}");

    let (desk, _server, id) = connected(true, None).await;
    let nobody = TcpListener::bind("127.0.0.3:0").await.unwrap();
    let closed = nobody.local_addr().unwrap().port();
    let opened = desk.engine.open_forward(&id, to("127.0.0.1", closed)).await;
    let failure = opened.unwrap().last_failure.unwrap();
    assert_eq!(failure.error.code, "forwardNotReached", "it may come later");
    let taken = NewForward {
        local_port: Some(closed),
        ..SOCKS
    };
    let error = desk.engine.open_forward(&id, taken).await.unwrap_err();
    assert!(matches!(error, Error::Conflict(_)), "{error}");
}

#[tokio::test]
async fn a_disconnect_ends_the_ports_and_no_server_sees_anothers() {
    let (desk, server, id) = connected(true, None).await;
    let other = desk.add(server.address(), Auth::Password, None);
    let opened = desk.engine.open_forward(&id, SOCKS).await.unwrap();
    assert!(desk.engine.forwards(&other).unwrap().is_empty());
    let error = desk.engine.close_forward(&other, &opened.id).unwrap_err();
    assert!(matches!(error, Error::UnknownForward), "{error}");
    desk.engine.disconnect(&id).await.unwrap();
    assert!(desk.engine.forwards(&id).unwrap().is_empty());
    TcpStream::connect(place(&opened)).await.unwrap_err();
}

/// A line to the server that can be cut and mended.
struct Line {
    address: SocketAddr,
    carried: Arc<Mutex<Option<JoinSet<()>>>>,
}

impl Line {
    async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let carried = Arc::new(Mutex::new(Some(JoinSet::new())));
        let line = Arc::clone(&carried);
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                if let Some(carried) = &mut *line.lock().unwrap() {
                    carried.spawn(async move {
                        let mut far = TcpStream::connect(server).await.unwrap();
                        let _ = copy_bidirectional(&mut near, &mut far).await;
                    });
                }
            }
        });
        Self { address, carried }
    }

    fn set(&self, is_up: bool) {
        *self.carried.lock().unwrap() = is_up.then(JoinSet::new);
    }
}

#[tokio::test]
async fn a_port_outlives_the_connection_and_goes_on_with_the_next() {
    let behaviour = Behaviour {
        forwards: true,
        ..machine::machine("", machine::nothing)
    };
    let server = Server::start(behaviour).await;
    let line = Line::to(server.address()).await;
    let desk = desk();
    let id = desk.add(line.address, Auth::Password, None);
    desk.connect(&id, "right").await;
    let port = echo().await;
    let opened = desk.engine.open_forward(&id, to("localhost", port)).await;
    let local = place(&opened.unwrap());
    let mut held = TcpStream::connect(local).await.unwrap();
    held.write_all(b"x").await.unwrap();
    assert_eq!(held.read(&mut [0; 8]).await.unwrap(), 1);

    line.set(false);
    desk.until(&id, |state| {
        matches!(state, ConnectionState::Reconnecting { .. })
    })
    .await;
    assert_eq!(said_back(held, b"").await, b"");
    let code = || {
        only(&desk, &id)
            .last_failure
            .map(|failure| failure.error.code)
    };
    eventually(|| code().as_deref() == Some("lost")).await;
    let stream = TcpStream::connect(local).await.unwrap();
    assert_eq!(said_back(stream, b"hello").await, b"", "closed at once");
    eventually(|| code().as_deref() == Some("notConnected")).await;

    line.set(true);
    desk.engine.connect(&id).unwrap();
    desk.until(&id, |state| {
        matches!(state, ConnectionState::Connected { .. })
    })
    .await;
    let stream = TcpStream::connect(local).await.unwrap();
    assert_eq!(said_back(stream, b"hello").await, b"hello");
    assert_eq!(only(&desk, &id).total_connections, 3);
}

/// With a client that others made, by both versions; the server looks up the name.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn curl_gets_through() {
    let (desk, _server, id) = connected(true, None).await;
    let proxy = place(&desk.engine.open_forward(&id, SOCKS).await.unwrap());
    let service = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://localhost:{}/", service.local_addr().unwrap().port());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = service.accept().await {
            let mut asked = [0; 1024];
            let _ = stream.read(&mut asked).await;
            let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\nconnection: close\r\n\r\ninside";
            let _ = stream.write_all(answer).await;
        }
    });
    for option in ["--socks5-hostname", "--socks4a"] {
        let arguments = [
            "--silent",
            "--noproxy",
            "",
            option,
            &proxy.to_string(),
            &url,
        ]
        .map(str::to_owned);
        let running = tokio::task::spawn_blocking(move || {
            std::process::Command::new("curl").args(arguments).output()
        });
        let Ok(output) = running.await.unwrap() else {
            eprintln!("skipped: there is no curl");
            return;
        };
        assert_eq!(output.stdout, b"inside", "{option}");
    }
}

#[tokio::test]
async fn a_server_that_drops_before_it_was_looked_at_is_asked_once_more_and_no_oftener() {
    for (drops, wanted) in [(1, "connected"), (2, "failed")] {
        let line = Arc::<std::sync::OnceLock<Line>>::default();
        let (cut, left) = (Arc::clone(&line), Mutex::new(drops));
        let honest = machine::machine("", machine::nothing);
        let commands = Arc::clone(&honest.commands);
        let server = Server::start(honest.answering(move |asked| {
            let mut left = left.lock().unwrap();
            if *left > 0 {
                *left -= 1;
                for is_up in [false, true] {
                    cut.get().unwrap().set(is_up);
                }
            }
            commands(asked)
        }))
        .await;
        let to_server = Line::to(server.address()).await;
        assert!(line.set(to_server).is_ok());
        let desk = desk();
        let id = desk.add(line.get().unwrap().address, Auth::Password, None);
        let mut state = desk.try_to_connect(&id, "right").await;
        while matches!(state, ConnectionState::Reconnecting { .. }) {
            tokio::task::yield_now().await;
            state = desk.try_to_connect(&id, "right").await;
        }
        let ended = match state {
            ConnectionState::Connected { .. } => "connected",
            ConnectionState::Failed { .. } => "failed",
            _ => "neither",
        };
        assert_eq!(ended, wanted);
        assert_eq!(server.seen().connections(), 2);
    }
}
