//! The guard, attacked by raw bytes over a real socket; and what passes it, so that it is no refusal of
//! everything.
#![expect(clippy::unwrap_used, reason = "a test")]

#[path = "guard/framing.rs"]
mod framing;
#[path = "guard/matrix.rs"]
mod matrix;
#[path = "guard/patience.rs"]
mod patience;
#[path = "guard/sessions.rs"]
mod sessions;
#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use support::{start, status};

#[tokio::test]
async fn the_page_is_served_and_speaks_to_the_api() {
    let running = start().await;
    let cookie = ("cookie", running.cookie.as_str());
    let page = running.request("GET", "/", &[], "").await;
    assert_eq!(status(&page), 200);
    let policy = page
        .lines()
        .find(|line| line.starts_with("content-security-policy:"))
        .unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("trusted-types 'none'"));
    let launched = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
    ];
    assert_eq!(
        status(&running.request("GET", "/", &launched, "").await),
        200
    );

    let servers = running.request("GET", "/api/servers", &[cookie], "").await;
    assert!(servers.contains("this-computer"), "{servers}");
    let (head, _) = servers.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("cache-control: no-store"));
    let again = running
        .request(
            "POST",
            "/api/session",
            &[],
            &format!(r#"{{"secret":"{}"}}"#, running.launch),
        )
        .await;
    assert_eq!(status(&again), 401, "the launch secret works once");
}

#[tokio::test]
async fn bad_requests_get_typed_errors_and_secrets_are_not_echoed() {
    let running = start().await;
    let cookie = ("cookie", running.cookie.as_str());
    let cases = [
        (
            "POST",
            "/api/servers",
            r#"{"host":"a b","user":"x"}"#,
            400,
            "invalid",
        ),
        ("POST", "/api/servers", "{", 400, "invalid"),
        ("GET", "/api/servers/nobody", "", 404, "notFound"),
        ("GET", "/api/nothing", "", 404, "notFound"),
        ("PUT", "/api/servers", "{}", 405, "invalid"),
        (
            "POST",
            "/api/servers/this-computer/queries/system.load",
            "{}",
            409,
            "notConnected",
        ),
        (
            "POST",
            "/api/servers/this-computer/queries/system.nothing",
            "{}",
            404,
            "notFound",
        ),
    ];
    for (method, path, body, expected, code) in cases {
        let answer = running.request(method, path, &[cookie], body).await;
        assert_eq!(status(&answer), expected, "{method} {path}: {answer}");
        assert!(answer.contains(&format!("\"code\":\"{code}\"")), "{answer}");
    }
    let path = "/api/servers/this-computer/answers";
    let answer = running
        .request(
            "POST",
            path,
            &[cookie],
            r#"{"questionId":"q","answer":"hunter2"}"#,
        )
        .await;
    assert!(!answer.contains("hunter2"), "{answer}");
    let form = running
        .request(
            "POST",
            "/api/servers",
            &[cookie, ("content-type", "text/plain")],
            "{}",
        )
        .await;
    assert_eq!(status(&form), 415, "{form}");
    let large = format!("{{\"host\":\"{}\"}}", "a".repeat(2 << 20));
    let answer = running
        .request("POST", "/api/servers", &[cookie], &large)
        .await;
    assert_eq!(status(&answer), 413, "{answer}");
}

#[tokio::test]
async fn the_connection_that_brought_a_secret_is_closed_behind_the_answer() {
    let running = start().await;
    let head = format!("host: {}\r\ncookie: {}\r\n", running.host(), running.cookie);
    let last = format!("GET /api/status HTTP/1.1\r\nconnection: close\r\n{head}\r\n");
    let body = r#"{"questionId":"q","answer":{"kind":"secret","secret":"hunter2"}}"#;
    let length = body.len();
    for (first, answers) in [
        (format!("GET /api/status HTTP/1.1\r\n{head}\r\n"), 2),
        (
            format!(
                "POST /api/servers/this-computer/answers HTTP/1.1\r\n{head}content-type: \
                 application/json\r\ncontent-length: {length}\r\n\r\n{body}"
            ),
            1,
        ),
    ] {
        let all = running.raw(format!("{first}{last}").as_bytes()).await;
        assert_eq!(all.matches("HTTP/1.1 ").count(), answers, "{all}");
    }
}

#[tokio::test]
async fn what_another_port_of_this_host_has_set_locks_nobody_out() {
    let running = start().await;
    let cookie = format!("name=J\u{fc}rgen; {}; \u{540d}=\u{524d}", running.cookie);
    let cookie = ("cookie", cookie.as_str());
    let answer = running.request("GET", "/api/status", &[cookie], "").await;
    assert_eq!(status(&answer), 200, "{answer}");
}

#[tokio::test]
async fn a_target_in_absolute_form_is_held_to_the_same_names() {
    let running = start().await;
    let cookie = ("cookie", running.cookie.as_str());
    let foreign = format!("http://evil.example:{}/api/status", running.port);
    let answer = running.request("GET", &foreign, &[cookie], "").await;
    assert_eq!(status(&answer), 403, "{answer}");
    let ours = format!("http://{}/api/status", running.host());
    let answer = running.request("GET", &ours, &[cookie], "").await;
    assert_eq!(status(&answer), 200, "{answer}");
}

#[tokio::test]
async fn the_exchange_refuses_whatever_is_not_the_secret_in_the_same_words() {
    let running = start().await;
    for body in ["", "{", "[]", r#"{"secret":"x"}"#, r#"{"secret":1}"#] {
        let answer = running.request("POST", "/api/session", &[], body).await;
        assert_eq!(status(&answer), 401, "{body}: {answer}");
    }
}

#[tokio::test]
async fn what_needs_no_session_is_a_route_and_its_method() {
    let running = start().await;
    for path in ["/api/session", "/api/session/proof"] {
        for method in ["GET", "PUT", "DELETE", "OPTIONS"] {
            let answer = running.request(method, path, &[], "").await;
            assert_eq!(status(&answer), 401, "{method} {path}: {answer}");
        }
    }
}
