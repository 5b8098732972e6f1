//! Sessions of several browsers: each is listed, locked and ended by itself, and with it all that goes on
//! in it, at once.

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{Running, start, status};

/// The close code of a socket whose session is over, as a frame: final, close, its length, 4401.
const OVER: &[u8] = &[0x88, 2, 0x11, 0x31];

fn body_of(answer: &str) -> Value {
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

impl Running {
    async fn ask(&self, method: &str, path: &str, cookie: &str) -> String {
        let body = if method == "POST" { "{}" } else { "" };
        self.request(method, path, &[("cookie", cookie)], body)
            .await
    }

    /// The secret of an address that a session asks for.
    async fn address(&self, cookie: &str) -> String {
        let answer = self.ask("POST", "/api/sessions/address", cookie).await;
        assert_eq!(status(&answer), 201, "{answer}");
        assert!(answer.contains("connection: close"), "{answer}");
        let address = body_of(&answer);
        let url = address.get("launchUrl").unwrap().as_str().unwrap();
        let (begin, secret) = url.split_once("#launch=").unwrap();
        assert_eq!(begin, format!("http://127.0.0.1:{}/", self.port));
        secret.to_owned()
    }

    /// Another browser, let in by an address that the first one asked for.
    async fn another_browser(&self) -> String {
        let secret = self.address(&self.cookie).await;
        self.exchange(&secret, None).await.unwrap()
    }

    async fn sessions(&self) -> Vec<Value> {
        let answer = self.ask("GET", "/api/sessions", &self.cookie).await;
        assert_eq!(status(&answer), 200, "{answer}");
        for secret in [&self.cookie, &self.launch] {
            let secret = secret.rsplit('=').next().unwrap();
            assert!(!answer.contains(secret), "{answer}");
        }
        let list = body_of(&answer);
        list.get("sessions").unwrap().as_array().unwrap().clone()
    }

    /// A live socket that has said its first word.
    async fn live(&self, cookie: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        let request = format!(
            "GET /api/live HTTP/1.1\r\nhost: {}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
             cookie: {cookie}\r\n\r\n",
            self.host()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        read_until(&mut stream, b"\"servers\"").await;
        stream
    }
}

async fn read_until(stream: &mut TcpStream, end: &[u8]) -> Vec<u8> {
    let mut read = Vec::new();
    while !read.windows(end.len()).any(|part| part == end) {
        let more = stream.read_buf(&mut read).await.unwrap_or(0);
        assert!(more > 0, "ended behind {}", String::from_utf8_lossy(&read));
    }
    read
}

async fn rest(stream: &mut TcpStream) -> Vec<u8> {
    let mut read = Vec::new();
    let reading = async { while let Ok(1..) = stream.read_buf(&mut read).await {} };
    let patience = std::time::Duration::from_secs(60);
    assert!(
        tokio::time::timeout(patience, reading).await.is_ok(),
        "it has no end"
    );
    read
}

#[tokio::test]
async fn ending_a_session_ends_its_sockets_and_requests_and_no_others() {
    let running = start().await;
    let other = running.another_browser().await;
    let mut sessions = running.sessions().await;
    assert_eq!(sessions.len(), 2);
    let other_id = sessions.pop().unwrap();
    let other_id = other_id.get("id").unwrap().as_str().unwrap();
    assert_eq!(sessions.pop().unwrap().get("isCurrent"), Some(&true.into()));

    // It would come back by this.
    let secret = running.address(&other).await;
    let mut ours = running.live(&running.cookie).await;
    let mut theirs = running.live(&other).await;
    // A request of which a part has come.
    let mut under_way = TcpStream::connect(("127.0.0.1", running.port))
        .await
        .unwrap();
    let part = format!(
        "PUT /api/preferences HTTP/1.1\r\nhost: {}\r\ncookie: {other}\r\ncontent-type: application/json\r\n\
         expect: 100-continue\r\ncontent-length: 16\r\n\r\n",
        running.host()
    );
    under_way.write_all(part.as_bytes()).await.unwrap();
    // It is being answered: its body is asked for.
    read_until(&mut under_way, b"100 Continue").await;
    under_way.write_all(b"{\"theme").await.unwrap();

    let path = format!("/api/sessions/{other_id}");
    let ended = running.ask("DELETE", &path, &running.cookie).await;
    assert_eq!(status(&ended), 204, "{ended}");
    let again = running.ask("DELETE", &path, &running.cookie).await;
    assert_eq!(status(&again), 404, "{again}");

    assert!(running.exchange(&secret, None).await.is_none());
    let last = rest(&mut theirs).await;
    assert!(last.ends_with(OVER), "{last:?}");
    let answer = rest(&mut under_way).await;
    assert_eq!(status(&String::from_utf8(answer).unwrap()), 401);
    let refused = running.ask("GET", "/api/status", &other).await;
    assert!(refused.contains("\"code\":\"unauthorized\""), "{refused}");

    // The first one goes on: its socket answers.
    assert_eq!(running.sessions().await.len(), 1);
    let unmasked = b"\x81\x82\0\0\0\0{}";
    ours.write_all(unmasked).await.unwrap();
    read_until(&mut ours, b"not a message").await;
}

#[tokio::test]
async fn all_other_sessions_are_ended_at_once() {
    let running = start().await;
    let others = [
        running.another_browser().await,
        running.another_browser().await,
    ];
    let ended = running
        .ask("DELETE", "/api/sessions/others", &running.cookie)
        .await;
    assert_eq!(status(&ended), 204, "{ended}");
    for other in others {
        let refused = running.ask("GET", "/api/status", &other).await;
        assert_eq!(status(&refused), 401, "{refused}");
    }
    assert_eq!(running.sessions().await.len(), 1);
}

#[tokio::test]
async fn a_locked_session_opens_nothing_until_its_user_proves_to_be_there() {
    let mut running = start().await;
    let mut live = running.live(&running.cookie).await;
    let locked = running
        .ask("POST", "/api/session/lock", &running.cookie)
        .await;
    assert_eq!(status(&locked), 204, "{locked}");
    assert!(rest(&mut live).await.ends_with(OVER));
    for (method, path) in [
        ("GET", "/api/servers"),
        ("GET", "/api/sessions"),
        ("POST", "/api/sessions/address"),
        ("POST", "/api/session/activity"),
        ("POST", "/api/session/lock"),
    ] {
        let refused = running.ask(method, path, &running.cookie).await;
        assert!(refused.contains("\"code\":\"locked\""), "{path}: {refused}");
        assert_eq!(status(&refused), 401);
    }
    assert!(running.exchange(&running.launch, None).await.is_none());
    let old = running.cookie.clone();
    running.cookie = running
        .exchange("left by its user", Some(&old))
        .await
        .unwrap();
    assert!(
        running.exchange("left by its user", None).await.is_none(),
        "once"
    );
    let sessions = running.sessions().await;
    assert_eq!(sessions.len(), 1, "it is the same session");
    let refused = running.ask("GET", "/api/status", &old).await;
    assert!(refused.contains("\"code\":\"unauthorized\""), "{refused}");
}

#[tokio::test]
async fn an_address_that_was_taken_back_lets_nobody_in() {
    let running = start().await;
    let secret = running.address(&running.cookie).await;
    let taken = running
        .ask("DELETE", "/api/sessions/address", &running.cookie)
        .await;
    assert_eq!(status(&taken), 204, "{taken}");
    assert!(running.exchange(&secret, None).await.is_none());
    assert_eq!(running.sessions().await.len(), 1);
}

#[tokio::test]
async fn a_page_that_nobody_touches_is_locked_by_the_programs_clock() {
    let running = start().await;
    let cookie = ("cookie", running.cookie.as_str());
    let set = r#"{"lockAfterMinutes":2}"#;
    let answer = running
        .request("PUT", "/api/preferences", &[cookie], set)
        .await;
    assert_eq!(status(&answer), 200, "{answer}");
    let mut live = running.live(&running.cookie).await;
    let minute = async || {
        tokio::time::pause();
        tokio::time::advance(std::time::Duration::from_secs(61)).await;
        tokio::time::resume();
    };
    // What the page asks by itself is no sign of a person; that it tells of one is.
    minute().await;
    let told = running
        .ask("POST", "/api/session/activity", &running.cookie)
        .await;
    assert_eq!(status(&told), 204, "{told}");
    minute().await;
    let asked = running.ask("GET", "/api/servers", &running.cookie).await;
    assert_eq!(status(&asked), 200, "{asked}");
    minute().await;
    assert!(
        rest(&mut live).await.ends_with(OVER),
        "its socket goes first"
    );
    let refused = running.ask("GET", "/api/servers", &running.cookie).await;
    assert!(refused.contains("\"code\":\"locked\""), "{refused}");
}
