//! Requests whose end is a matter of opinion, and bytes that are no request: with the right cookie, and
//! behind each a second request that would do something. One answer, a closed connection, nothing done.

use crate::support::{Running, start};

/// What a smuggled request looks like: it would add a server.
fn second(running: &Running) -> String {
    let body = r#"{"host":"192.0.2.66","user":"root"}"#;
    format!(
        "POST /api/servers HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        running.host(),
        running.cookie,
        body.len()
    )
}

/// Each with what is answered; `{}` stands for the right host, cookie and type, `@` for the second request.
const HEAD: &str = "POST /api/servers HTTP/1.1\r\n{}";

/// The connection is closed without a word.
const NO_ANSWER: u16 = 0;

fn attacks() -> Vec<(&'static str, String, u16)> {
    let with = |rest: &str| format!("{HEAD}{rest}");
    vec![
        (
            "a length and chunks",
            with("content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n@"),
            411,
        ),
        (
            "chunks and a length",
            with("transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n@"),
            411,
        ),
        (
            "chunks alone",
            with("transfer-encoding: chunked\r\n\r\n0\r\n\r\n@"),
            411,
        ),
        (
            "an extension of a chunk",
            with("transfer-encoding: chunked\r\n\r\n2;a=\"\n@\"\r\n{}\r\n0\r\n\r\n@"),
            411,
        ),
        (
            "an encoding that is none",
            with("transfer-encoding: xchunked\r\ncontent-length: 0\r\n\r\n@"),
            400,
        ),
        (
            "chunked, and then not",
            with("transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n@"),
            400,
        ),
        (
            "two encodings",
            with("transfer-encoding: chunked\r\ntransfer-encoding: gzip\r\n\r\n0\r\n\r\n@"),
            400,
        ),
        (
            "two lengths",
            with("content-length: 0\r\ncontent-length: 4\r\n\r\n@"),
            400,
        ),
        (
            "a list of lengths",
            with("content-length: 0, 0\r\n\r\n@"),
            400,
        ),
        (
            "a length with a sign",
            with("content-length: +0\r\n\r\n@"),
            400,
        ),
        (
            "a negative length",
            with("content-length: -1\r\n\r\n@"),
            400,
        ),
        ("a length in hex", with("content-length: 0x0\r\n\r\n@"), 400),
        (
            "a length beyond all",
            with("content-length: 99999999999999999999\r\n\r\n@"),
            400,
        ),
        (
            "a folded header",
            with("x: a\r\n content-length: 4\r\ncontent-length: 0\r\n\r\n@"),
            400,
        ),
        (
            "a name with a space",
            with("content-length : 0\r\n\r\n@"),
            400,
        ),
        ("a bare CR", with("x: a\rcontent-length: 4\r\n\r\n@"), 400),
        ("a NUL in a value", with("x: a\0b\r\n\r\n@"), 400),
        ("a NUL in a name", with("x\0: a\r\n\r\n@"), 400),
        (
            "a NUL in the target",
            "GET /api/\0status HTTP/1.1\r\n{}\r\n@".to_owned(),
            400,
        ),
        (
            "a header without end",
            with(&format!("x: {}\r\n\r\n@", "a".repeat(1 << 20))),
            431,
        ),
        (
            "headers without end",
            with(&format!("{}\r\n@", "x: a\r\n".repeat(5000))),
            431,
        ),
        (
            "a target without end",
            format!("GET /{} HTTP/1.1\r\n{{}}\r\n@", "a".repeat(70_000)),
            414,
        ),
        (
            "the old protocol with chunks",
            "POST /api/servers HTTP/1.0\r\n{}transfer-encoding: chunked\r\n\r\n0\r\n\r\n@"
                .to_owned(),
            400,
        ),
        (
            "the new protocol",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n@".to_owned(),
            NO_ANSWER,
        ),
        ("no protocol", "GET /api/status\r\n{}\r\n@".to_owned(), 400),
        (
            "a line that a bare LF ends, behind which is another host",
            with("x: a\nhost: evil.example\r\ncontent-length: 0\r\n\r\n@"),
            403,
        ),
        (
            "a head that bare LFs end, of another page",
            "GET /api/status HTTP/1.1\norigin: http://evil.example\n{}\n@".to_owned(),
            403,
        ),
        (
            "a request in the body of one that is refused",
            with("origin: null\r\ncontent-length: 400\r\n\r\n@"),
            403,
        ),
        (
            "a request behind one that is refused",
            with("origin: null\r\ncontent-length: 0\r\n\r\n@"),
            403,
        ),
        (
            "a tunnel",
            "CONNECT 127.0.0.1:22 HTTP/1.1\r\n{}\r\n@".to_owned(),
            403,
        ),
    ]
}

#[tokio::test]
async fn where_a_request_ends_is_no_matter_of_opinion() {
    let running = start().await;
    let before = running.state().await;
    let right = format!(
        "host: {}\r\ncookie: {}\r\ncontent-type: application/json\r\n",
        running.host(),
        running.cookie
    );
    let second = second(&running);
    for (name, text, expected) in attacks() {
        let text = text.replacen("{}", &right, 1).replace('@', &second);
        // Reading to the end of the answer fails where the connection stays open.
        let answer = running.raw(text.as_bytes()).await;
        let statuses: Vec<u16> = answer
            .match_indices("HTTP/1.1 ")
            .filter_map(|(at, begin)| answer.get(at + begin.len()..)?.get(..3)?.parse().ok())
            .collect();
        let one = [expected];
        let only: &[u16] = if expected == NO_ANSWER { &[] } else { &one };
        assert_eq!(statuses, only, "{name}: {answer}");
        assert_eq!(running.state().await, before, "{name}: something was done");
    }
    // The second request is one that does something where it comes by itself.
    let alone = second.replacen("\r\n", "\r\nconnection: close\r\n", 1);
    let answer = running.raw(alone.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    assert_ne!(running.state().await, before);
}

/// What a browser asks before it lets another page send more than a form can.
#[tokio::test]
async fn no_page_is_told_that_it_may_ask() {
    let running = start().await;
    for (origin, expected) in [
        ("http://evil.example".to_owned(), 403),
        (format!("http://{}", running.host()), 405),
    ] {
        let headers = [
            ("cookie", running.cookie.as_str()),
            ("origin", &origin),
            ("access-control-request-method", "DELETE"),
        ];
        let answer = running
            .request("OPTIONS", "/api/servers", &headers, "")
            .await;
        let begin = format!("HTTP/1.1 {expected} ");
        assert!(answer.starts_with(&begin), "{answer}");
        assert!(!answer.contains("access-control-allow"), "{answer}");
    }
}
