//! Every route and every WebSocket of the OpenAPI document, as whoever must not reach it: the exact
//! refusal, a closed connection, and nothing done.

use serde_json::Value;

use crate::support::{Running, start, status};

/// A method and path of the document, its parameters filled in.
struct Operation {
    method: String,
    path: String,
    is_socket: bool,
    takes_json: bool,
    /// Not one more query of a route that serves them all.
    is_distinct: bool,
}

/// Every one of them.
fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&headlessos_http::openapi()).unwrap();
    let paths = document.get("paths").unwrap().as_object().unwrap();
    let mut all = Vec::new();
    for (path, operations) in paths {
        for (method, operation) in operations.as_object().unwrap() {
            let is_query = path.contains("/queries/") && !path.contains("/system.load");
            let is_feed = path.contains("/feeds/") && !path.ends_with("/docker.events");
            all.push(Operation {
                method: method.to_uppercase(),
                path: filled(path),
                is_socket: operation.pointer("/responses/101").is_some(),
                takes_json: operation
                    .pointer("/requestBody/content/application~1json")
                    .is_some(),
                is_distinct: !is_query && !is_feed,
            });
        }
    }
    let sockets = all.iter().filter(|operation| operation.is_socket).count();
    let distinct = all.iter().filter(|operation| operation.is_distinct).count();
    assert!(sockets >= 2 && distinct > 60, "{sockets} {distinct}");
    all
}

fn filled(path: &str) -> String {
    path.split('/')
        .map(|part| match part {
            part if part.starts_with('{') => "this-computer",
            part => part,
        })
        .collect::<Vec<_>>()
        .join("/")
}

/// Bodies that would do something if they were let through.
fn telling_body(operation: &Operation) -> &'static str {
    match (operation.method.as_str(), operation.path.as_str()) {
        ("POST", "/api/servers") => r#"{"host":"192.0.2.1","user":"root"}"#,
        ("PATCH", "/api/servers/this-computer") => r#"{"name":"mine"}"#,
        ("PUT", "/api/preferences") => r#"{"theme":"dark"}"#,
        ("PUT", "/api/snippets") => r#"{"snippets":[{"id":"a","name":"a","command":"id"}]}"#,
        ("GET" | "DELETE", _) => "",
        _ => "{}",
    }
}

/// What is wrong about a request, and what it gets. Headers take the place of the right ones of that name.
struct Attack {
    name: &'static str,
    headers: Vec<(&'static str, String)>,
    absolute: Option<&'static str>,
    body: Option<String>,
    on: fn(&Operation) -> bool,
    status: u16,
    code: &'static str,
}

fn attack(name: &'static str, headers: &[(&'static str, &str)], status: u16) -> Attack {
    let code = match status {
        401 => "unauthorized",
        403 => "forbidden",
        _ => "invalid",
    };
    Attack {
        name,
        headers: headers
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect(),
        absolute: None,
        body: None,
        on: |_| true,
        status,
        code,
    }
}

const EXCHANGE: &str = "/api/session";
const PROOF: &str = "/api/session/proof";
const IMPORT: &str = "/api/servers/import";

/// Of all this the exchange, which needs no cookie, is refused for want of the secret.
fn strangers(running: &Running) -> Vec<Attack> {
    let port = running.port;
    let own = running.host();
    let none = "0".repeat(64);
    let name = format!("headlessos_{port}");
    let right = running.cookie.split_once('=').unwrap().1;
    vec![
        attack("no cookie", &[("cookie", "a=b")], 401),
        attack(
            "wrong cookie",
            &[("cookie", &format!("{name}={none}"))],
            401,
        ),
        attack("empty cookie", &[("cookie", &format!("{name}="))], 401),
        attack(
            "the launch secret as cookie",
            &[("cookie", &format!("{name}={}", running.launch))],
            401,
        ),
        attack(
            "the cookie under another port's name",
            &[("cookie", &format!("headlessos_1={right}"))],
            401,
        ),
        attack(
            "a part of the cookie",
            &[("cookie", &format!("{name}={:.63}", right))],
            401,
        ),
        attack("no host", &[], 403).without("host"),
        attack("foreign host", &[("host", "evil.example")], 403),
        attack(
            "rebound host",
            &[("host", &format!("evil.example:{port}"))],
            403,
        ),
        attack("host without the port", &[("host", "127.0.0.1")], 403),
        attack("another port's host", &[("host", "127.0.0.1:1")], 403),
        attack("host with a user", &[("host", &format!("a@{own}"))], 403),
        attack(
            "host with a dot",
            &[("host", &format!("localhost.:{port}"))],
            403,
        ),
        attack(
            "two hosts",
            &[("host", &own), ("host", "evil.example")],
            403,
        ),
        attack("twice our host", &[("host", &own), ("host", &own)], 403),
        Attack {
            absolute: Some("evil.example"),
            ..attack("absolute target", &[], 403)
        },
        Attack {
            absolute: Some("a@127.0.0.1"),
            ..attack("absolute target with a user", &[], 403)
        },
        attack("foreign origin", &[("origin", "http://evil.example")], 403),
        attack("null origin", &[("origin", "null")], 403),
        attack(
            "other port's origin",
            &[("origin", "http://127.0.0.1:1")],
            403,
        ),
        attack(
            "other scheme's origin",
            &[("origin", &format!("https://{own}"))],
            403,
        ),
        attack(
            "other name of ours as origin",
            &[("origin", &format!("http://localhost:{port}"))],
            403,
        ),
        attack(
            "our origin and a foreign one",
            &[
                ("origin", &format!("http://{own}")),
                ("origin", "http://evil.example"),
            ],
            403,
        ),
        attack("cross-site", &[("sec-fetch-site", "cross-site")], 403),
        attack("same-site", &[("sec-fetch-site", "same-site")], 403),
        attack(
            "cross-site navigation",
            &[
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-mode", "navigate"),
                ("sec-fetch-dest", "document"),
            ],
            403,
        ),
    ]
}

/// With the right cookie and nothing foreign, but with a body that any page could have sent, or that is
/// not what the route takes.
fn bodies() -> Vec<Attack> {
    let post = |operation: &Operation| operation.method == "POST";
    let json = |operation: &Operation| operation.takes_json && operation.is_distinct;
    let simple = [
        ("a text", "text/plain"),
        ("a text in capitals", "TEXT/PLAIN;charset=UTF-8"),
        ("a form", "application/x-www-form-urlencoded"),
        ("a form in parts", "multipart/form-data; boundary=x"),
        ("no type", ""),
    ];
    let mut all: Vec<Attack> = simple
        .iter()
        .map(|(name, kind)| Attack {
            on: post,
            ..attack(name, &[("content-type", kind)], 415)
        })
        .collect();
    all.push(Attack {
        on: post,
        ..attack("no type at all", &[], 415).without("content-type")
    });
    all.push(Attack {
        on: post,
        ..attack(
            "two types",
            &[
                ("content-type", "application/json"),
                ("content-type", "text/plain"),
            ],
            415,
        )
    });
    all.push(Attack {
        on: json,
        body: Some("{".to_owned()),
        ..attack("malformed body", &[], 400)
    });
    let spaces = |bytes: usize| Some(format!("{}{{}}", " ".repeat(bytes)));
    all.push(Attack {
        on: |each| each.takes_json && each.is_distinct && each.path != IMPORT,
        body: spaces(1 << 20),
        ..attack("oversized body", &[], 413)
    });
    // A list of servers may be larger.
    all.push(Attack {
        on: |each| each.path == IMPORT,
        body: spaces(7 << 20),
        ..attack("oversized list", &[], 413)
    });
    all
}

impl Attack {
    fn without(mut self, name: &'static str) -> Self {
        self.headers.push((name, "\0".to_owned()));
        self
    }

    fn bytes(&self, running: &Running, operation: &Operation) -> String {
        let target = match self.absolute {
            Some(name) => format!("http://{name}:{}{}", running.port, operation.path),
            None => operation.path.clone(),
        };
        let mut text = format!("{} {target} HTTP/1.1\r\n", operation.method);
        let host = running.host();
        let mut right = vec![
            ("host", host.as_str()),
            ("cookie", running.cookie.as_str()),
            ("content-type", "application/json"),
        ];
        if operation.is_socket {
            right.extend([
                ("connection", "upgrade"),
                ("upgrade", "websocket"),
                ("sec-websocket-version", "13"),
                ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ]);
        }
        for (name, value) in right {
            if !self.headers.iter().any(|(changed, _)| *changed == name) {
                text.push_str(&format!("{name}: {value}\r\n"));
            }
        }
        for (name, value) in self.headers.iter().filter(|(_, value)| value != "\0") {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        let body = self.body.as_deref().unwrap_or(telling_body(operation));
        // Where it is let through to the handler, the connection would stay.
        if self.body.is_some() && !operation.is_socket {
            text.push_str("connection: close\r\n");
        }
        text.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
        text
    }
}

impl Running {
    /// All that a request could have changed, as the page reads it.
    pub(crate) async fn state(&self) -> String {
        let mut all = String::new();
        for path in [
            "/api/servers",
            "/api/preferences",
            "/api/snippets",
            "/api/terminals",
            "/api/recordings",
            "/api/activity",
        ] {
            let cookie = ("cookie", self.cookie.as_str());
            let answer = self.request("GET", path, &[cookie], "").await;
            let (head, body) = answer.split_once("\r\n\r\n").unwrap();
            assert!(head.starts_with("HTTP/1.1 200"), "{path}: {answer}");
            all.push_str(&format!("{path} {body}\n"));
        }
        all
    }
}

async fn refuses_all(running: &Running, attacks: &[Attack]) {
    let before = running.state().await;
    let mut faults = Vec::new();
    for operation in operations() {
        for attack in attacks.iter().filter(|attack| (attack.on)(&operation)) {
            // The program proves to be itself to whoever is on this page, with or without a session.
            if operation.path == PROOF && attack.status == 401 {
                continue;
            }
            let answer = running
                .raw(attack.bytes(running, &operation).as_bytes())
                .await;
            // The exchange is what gives the cookie: it is refused for want of the secret, in one way.
            let is_exchange = operation.path == EXCHANGE && !matches!(attack.status, 403 | 415);
            let (expected, code) = match is_exchange {
                true => (401, "unauthorized"),
                false => (attack.status, attack.code),
            };
            let is_typed = answer.contains(&format!("{{\"error\":{{\"code\":\"{code}\""))
                && answer.contains("\"requestId\":\"r");
            let head = answer.split("\r\n\r\n").next().unwrap_or_default();
            let is_silent = !head.contains("set-cookie") && !head.contains("access-control-");
            let is_closed = head.contains("connection: close");
            if status(&answer) != expected || !is_typed || !is_silent || !is_closed {
                faults.push(format!(
                    "{}: {} {}: {answer}",
                    attack.name, operation.method, operation.path
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}: {:#?}", faults.len(), faults.first());
    assert_eq!(running.state().await, before, "something was done");
}

#[tokio::test]
async fn every_route_and_socket_refuses_whoever_is_not_the_page() {
    let running = start().await;
    refuses_all(&running, &strangers(&running)).await;
}

#[tokio::test]
async fn no_route_takes_a_body_that_another_page_could_send_or_that_does_not_fit() {
    let running = start().await;
    refuses_all(&running, &bodies()).await;
}

/// The same requests without anything wrong, so that none of the above is refused for another reason.
#[tokio::test]
async fn the_page_itself_is_let_through() {
    let running = start().await;
    let right = attack("nothing wrong", &[], 0);
    let operations = operations();
    let mut passed = 0;
    for operation in operations.iter().filter(|each| each.is_distinct) {
        if operation.method != "GET" && operation.path != "/api/servers" {
            continue;
        }
        let answer = match operation.is_socket {
            true => {
                running
                    .raw(right.bytes(&running, operation).as_bytes())
                    .await
            }
            false => {
                let cookie = ("cookie", running.cookie.as_str());
                let body = telling_body(operation);
                let (method, path) = (&operation.method, &operation.path);
                running.request(method, path, &[cookie], body).await
            }
        };
        let is_let_in = !matches!(status(&answer), 401 | 403 | 411 | 415);
        assert!(is_let_in, "{}: {answer}", operation.path);
        passed += 1;
    }
    assert!(passed > 20, "{passed}");
}
