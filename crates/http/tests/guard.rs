//! The guard, attacked: every route of the OpenAPI document, as another site, under another name,
//! without the cookie, as a WebSocket. Raw bytes over a real socket.
#![expect(clippy::unwrap_used, reason = "a test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use serde_json::Value;
use support::{start, status};

/// Every method and path of the document, with its parameters filled in.
fn operations() -> Vec<(String, String)> {
    let document: Value = serde_json::from_str(&headlessos_http::openapi()).unwrap();
    let paths = document.get("paths").unwrap().as_object().unwrap();
    let all: Vec<_> = paths
        .iter()
        .flat_map(|(path, operations)| {
            let path = path.replace("{server}", "this-computer");
            let methods = operations.as_object().unwrap().keys();
            methods
                .map(move |method| (method.to_uppercase(), path.clone()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(
        all.len() > 20,
        "the document holds {} operations",
        all.len()
    );
    all
}

#[tokio::test]
async fn every_route_refuses_whoever_is_not_the_page() {
    let running = start().await;
    let cookie = running.cookie.clone();
    let rebound = format!("evil.example:{}", running.port);
    let other_port = "http://127.0.0.1:1";
    let wrong = format!("headlessos_{}={}", running.port, "0".repeat(64));
    let attacks = [
        ("no cookie", vec![("accept", "*/*")], 401),
        ("wrong cookie", vec![("cookie", &wrong)], 401),
        (
            "foreign host",
            vec![("cookie", &cookie), ("host", "evil.example")],
            403,
        ),
        (
            "rebound host",
            vec![("cookie", &cookie), ("host", &rebound)],
            403,
        ),
        (
            "foreign origin",
            vec![("cookie", &cookie), ("origin", "http://evil.example")],
            403,
        ),
        (
            "null origin",
            vec![("cookie", &cookie), ("origin", "null")],
            403,
        ),
        (
            "other port",
            vec![("cookie", &cookie), ("origin", other_port)],
            403,
        ),
        (
            "cross-site",
            vec![("cookie", &cookie), ("sec-fetch-site", "cross-site")],
            403,
        ),
        (
            "same-site",
            vec![("cookie", &cookie), ("sec-fetch-site", "same-site")],
            403,
        ),
    ];
    for (method, path) in operations() {
        for (name, headers, expected) in &attacks {
            // The exchange is the one route that needs no cookie: it needs the secret.
            let answer = running
                .request(&method, &path, headers, r#"{"secret":"x"}"#)
                .await;
            assert_eq!(
                status(&answer),
                *expected,
                "{name}: {method} {path}: {answer}"
            );
            assert!(
                answer.contains("\"requestId\":\"r"),
                "{name}: {method} {path}: {answer}"
            );
        }
    }
}

#[tokio::test]
async fn the_socket_opens_only_for_the_page() {
    let running = start().await;
    let upgrade = |extra: &str| {
        format!(
            "GET /api/live HTTP/1.1\r\nhost: {}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n{extra}\r\n",
            running.host()
        )
    };
    let cookie = format!("cookie: {}\r\n", running.cookie);
    let ours = format!("{cookie}origin: http://{}\r\n", running.host());
    let foreign = format!("{cookie}origin: http://evil.example\r\n");
    for (extra, expected) in [("", 401), (foreign.as_str(), 403), (ours.as_str(), 101)] {
        let answer = running.raw(upgrade(extra).as_bytes()).await;
        assert_eq!(status(&answer), expected, "{extra}: {answer}");
    }
}

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
