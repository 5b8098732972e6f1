//! What cannot be undone takes the server's name, over the API as well; all else does not.
#![expect(clippy::unwrap_used, reason = "a test")]

mod support;

use engine::NewServer;
use serde_json::{Value, json};
use support::{Running, start, status};

async fn send(running: &Running, method: &str, path: &str, body: &Value) -> (u16, String) {
    let headers = [("cookie", running.cookie.as_str())];
    let answer = running
        .request(method, path, &headers, &body.to_string())
        .await;
    (status(&answer), answer)
}

fn add(running: &Running, name: &str, production: bool) -> String {
    let new = NewServer {
        name: Some(name.to_owned()),
        host: "192.0.2.1".to_owned(),
        user: "ada".to_owned(),
        production,
        ..NewServer::default()
    };
    running.engine.add(new).unwrap().profile.id
}

#[tokio::test]
async fn a_server_is_removed_by_name() {
    let running = start().await;
    add(&running, "Web 1", false);
    for wrong in [
        json!({}),
        json!({"confirm": null}),
        json!({"confirm": "web-1"}),
    ] {
        let (code, answer) = send(&running, "DELETE", "/api/servers/web-1", &wrong).await;
        assert_eq!(code, 422, "{answer}");
        assert!(answer.contains(r#""code":"unconfirmed""#), "{answer}");
        assert!(
            answer.contains("Web 1") && answer.contains("`confirm`"),
            "{answer}"
        );
    }
    let right = json!({"confirm": " Web 1 "});
    let (code, answer) = send(&running, "DELETE", "/api/servers/web-1", &right).await;
    assert_eq!(code, 204, "{answer}");

    // One that is not kept anyway goes without.
    let new = json!({"host": "192.0.2.2"});
    let (_, answer) = send(&running, "POST", "/api/servers?save=false", &new).await;
    assert_eq!(status(&answer), 201);
    let path = "/api/servers/192-0-2-2";
    assert_eq!(send(&running, "DELETE", path, &json!({})).await.0, 204);
}

#[tokio::test]
async fn jobs_that_destroy_take_the_name_of_the_server_that_loses() {
    let running = start().await;
    let (test, live) = (add(&running, "test", false), add(&running, "live", true));
    let transfer = |kind: &str, from: &str, to: &str, conflict: &str| {
        json!({"kind": kind, "server": from, "paths": ["/a"], "toServer": to, "toFolder": "/b",
               "conflict": conflict})
    };
    let of = |kind: &str, server: &str| json!({"kind": kind, "server": server, "paths": ["/a"]});
    let empty = |server: &str| json!({"kind": "emptyTrash", "server": server, "trashed": null});
    let taken = |mut job: Value, name: &str| {
        job["confirm"] = json!(name);
        job
    };
    let jobs = "/api/file-jobs";
    for (job, loses) in [
        (of("delete", &test), Some("test")),
        (of("delete", &live), Some("live")),
        (empty(&test), Some("test")),
        (of("trash", &live), None),
        (transfer("copy", &test, &live, "replace"), Some("live")),
        (transfer("move", &test, &live, "newer"), Some("live")),
        (transfer("move", &live, &live, "replace"), Some("live")),
        (transfer("copy", &test, &live, "ask"), None),
        (transfer("copy", &test, &live, "rename"), None),
        (transfer("copy", &live, &test, "replace"), None),
    ] {
        let (code, answer) = send(&running, "POST", jobs, &job).await;
        let Some(loses) = loses else {
            assert_eq!(code, 201, "{job}: {answer}");
            continue;
        };
        assert_eq!(code, 422, "{job}: {answer}");
        let other = if loses == "test" { "live" } else { "test" };
        let (code, answer) = send(&running, "POST", jobs, &taken(job.clone(), other)).await;
        assert_eq!(code, 422, "{job}: {answer}");
        let (code, answer) = send(&running, "POST", jobs, &taken(job.clone(), loses)).await;
        assert_eq!(code, 201, "{job}: {answer}");
    }
}
