//! Whoever connects and says half of something: they are not waited for, with or without a session.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::start;

/// Longer than anybody is waited for; the program's clock is turned, so that nothing of it passes here.
const LONGER: Duration = Duration::from_secs(31);
/// How often it is turned at most: it counts from when the program has taken up what came.
const TURNS: usize = 10_000;

#[tokio::test]
async fn whoever_says_half_is_not_waited_for() {
    let running = start().await;
    let host = format!("host: {}\r\n", running.host());
    let body = "content-type: application/json\r\ncontent-length: 20\r\n\r\n{";
    let halves = [
        String::new(),
        "GET /api/st".to_owned(),
        format!(
            "GET /api/status HTTP/1.1\r\n{host}cookie: {}",
            running.cookie
        ),
        format!("POST /api/session HTTP/1.1\r\n{host}{body}"),
        format!("POST /api/session/proof HTTP/1.1\r\n{host}{body}"),
    ];
    for half in halves {
        let mut stream = TcpStream::connect(("127.0.0.1", running.port))
            .await
            .unwrap();
        stream.write_all(half.as_bytes()).await.unwrap();
        let mut said = Vec::new();
        let ended = tokio::spawn(async move { stream.read_to_end(&mut said).await });
        for _ in 0..TURNS {
            if ended.is_finished() {
                break;
            }
            tokio::time::pause();
            tokio::time::advance(LONGER).await;
            tokio::time::resume();
            tokio::task::yield_now().await;
        }
        assert!(ended.is_finished(), "still waited for: {half:?}");
    }
}
