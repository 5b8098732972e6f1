//! The program as it serves, and raw requests to it over a real socket.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use engine::{Engine, Options};
use headlessos_http::{Access, Loopback};
use secrecy::{ExposeSecret, SecretString};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// How long a refusal may take until its connection is closed.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// A program that serves, and the way to it.
pub(crate) struct Running {
    pub(crate) port: u16,
    pub(crate) launch: String,
    pub(crate) cookie: String,
    pub(crate) engine: Arc<Engine>,
    _folder: tempfile::TempDir,
}

/// Serves over an empty data folder, with a cookie that is let in.
pub(crate) async fn start() -> Running {
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::new(Options {
        store: Arc::new(store::Store::open(folder.path()).unwrap()),
        models: engine::Models::new(engine::Keychain::in_memory()),
        known_hosts: engine::KnownHosts::of_files(folder.path().join("known_hosts"), Vec::new()),
        ssh_settings: engine::SshSettings::of_file(None, "ada"),
        local: Box::new(|| Err(std::io::ErrorKind::Unsupported.into())),
        user: "ada".to_owned(),
        runs_as_root: false,
    })
    .unwrap();
    let engine = Arc::new(engine);
    let loopback = Loopback::bind(0).await.unwrap();
    let port = loopback.port();
    // What a user leaves by other means is good once as well.
    let is_taken = AtomicBool::new(false);
    let take_left = move |secret: &SecretString| {
        secret.expose_secret() == "left by its user" && !is_taken.swap(true, Ordering::Relaxed)
    };
    let (access, launch) = Access::new(&SecretString::from("kept"), port, take_left).unwrap();
    let served = Arc::clone(&engine);
    tokio::spawn(async move {
        headlessos_http::serve(&loopback, served, Arc::new(access)).await;
    });
    let mut running = Running {
        port,
        launch: launch.expose_secret().to_owned(),
        cookie: String::new(),
        engine,
        _folder: folder,
    };
    running.cookie = running.exchange(&running.launch, None).await.unwrap();
    running
}

impl Running {
    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Exchanges a launch secret, in a browser that has this cookie already; gives the new one.
    pub(crate) async fn exchange(&self, secret: &str, cookie: Option<&str>) -> Option<String> {
        let body = format!(r#"{{"secret":"{secret}"}}"#);
        let headers: Vec<_> = cookie
            .map(|cookie| ("cookie", cookie))
            .into_iter()
            .collect();
        let answer = self.request("POST", "/api/session", &headers, &body).await;
        if status(&answer) != 204 {
            assert_eq!(status(&answer), 401, "{answer}");
            return None;
        }
        let cookie = answer
            .lines()
            .find_map(|line| line.strip_prefix("set-cookie: "))
            .unwrap();
        assert!(
            cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"),
            "{cookie}"
        );
        Some(cookie.split(';').next().unwrap().to_owned())
    }

    /// Sends one request. A `host` among the headers replaces the right one.
    pub(crate) async fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> String {
        let mut text = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "host") {
            text.push_str(&format!("host: {}\r\n", self.host()));
        }
        if !headers.iter().any(|(name, _)| *name == "content-type") {
            text.push_str("content-type: application/json\r\n");
        }
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
        self.raw(text.as_bytes()).await
    }

    /// Sends these bytes and reads to the end of the answer: the close, or where it became a WebSocket,
    /// the end of its head.
    pub(crate) async fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        // Whoever is refused early is not listened to until the end.
        let _cut = stream.write_all(bytes).await;
        let mut answer = Vec::new();
        let reading = async {
            let became = |answer: &[u8]| {
                answer.starts_with(b"HTTP/1.1 101")
                    && answer.windows(4).any(|end| end == b"\r\n\r\n")
            };
            while !became(&answer) {
                match stream.read_buf(&mut answer).await {
                    Ok(0) | Err(_) => break,
                    Ok(_) => {}
                }
            }
        };
        let closed = tokio::time::timeout(PATIENCE, reading).await;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let sent = String::from_utf8_lossy(bytes);
        assert!(
            closed.is_ok(),
            "not closed behind {answer}, after {sent:.2000}"
        );
        answer
    }
}

/// The status of an answer.
pub(crate) fn status(answer: &str) -> u16 {
    answer
        .split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .unwrap_or_else(|| panic!("{answer:?}"))
}
