//! The routes of the list of servers, of keys and of tests, over a real socket.
#![expect(clippy::unwrap_used, reason = "a test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use serde_json::{Value, json};
use support::{Running, start, status};

/// Sends a request of the page; gives the status and the body.
async fn send(running: &Running, method: &str, path: &str, body: &Value) -> (u16, String) {
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let headers = [("cookie", running.cookie.as_str())];
    let answer = running.request(method, path, &headers, &body).await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(!head.contains("hunter2"));
    (status(&answer), body.to_owned())
}

async fn json_of(running: &Running, method: &str, path: &str, body: Value) -> (u16, Value) {
    let (status, body) = send(running, method, path, &body).await;
    (status, serde_json::from_str(&body).unwrap_or(Value::Null))
}

#[tokio::test]
async fn a_server_is_tried_kept_copied_ordered_and_given_away() {
    let running = start().await;
    let new = json!({ "host": "192.0.2.7", "user": "root", "tags": ["web"], "folder": "a/b" });
    let (code, quick) = json_of(&running, "POST", "/api/servers?save=false", new).await;
    assert_eq!(
        (code, &quick["saved"], &quick["port"]),
        (201, &json!(false), &Value::Null)
    );
    let path = format!("/api/servers/{}", quick["id"].as_str().unwrap());
    let (_, export) = send(
        &running,
        "GET",
        "/api/servers/export?format=csv",
        &Value::Null,
    )
    .await;
    assert!(!export.contains("192.0.2.7"));
    let (code, kept) = json_of(&running, "POST", &format!("{path}/save"), json!({})).await;
    assert_eq!((code, &kept["saved"]), (200, &json!(true)));
    let (code, copy) = json_of(&running, "POST", &format!("{path}/duplicate"), json!({})).await;
    assert_eq!((code, &copy["folder"]), (201, &json!("a/b")));
    let order = json!({ "servers": [copy["id"]] });
    let (code, ordered) = json_of(&running, "PUT", "/api/servers/order", order).await;
    assert_eq!((code, &ordered["servers"][0]["id"]), (200, &copy["id"]));
    let (code, export) = send(
        &running,
        "GET",
        "/api/servers/export?format=csv",
        &Value::Null,
    )
    .await;
    assert_eq!(code, 200);
    assert_eq!(export.matches("192.0.2.7").count(), 4, "{export}");
    let (code, _) = send(
        &running,
        "GET",
        "/api/servers/export?format=exe",
        &Value::Null,
    )
    .await;
    assert_eq!(code, 400);
    // This computer can neither be copied nor given an address.
    let here = "/api/servers/this-computer";
    let (code, _) = json_of(&running, "POST", &format!("{here}/duplicate"), json!({})).await;
    assert_eq!(code, 409);
    let jump = json!({ "jump": ["x"] });
    assert_eq!(json_of(&running, "PATCH", here, jump).await.0, 400);
    let notes = json!({ "notes": "mine", "tags": ["home"], "folder": "x" });
    assert_eq!(json_of(&running, "PATCH", here, notes).await.0, 200);
}

#[tokio::test]
async fn a_list_is_shown_first_and_then_what_is_chosen_is_added() {
    let running = start().await;
    // Longer than other bodies may be, since a list is.
    let text = format!(
        "host,password\na.example,hunter2\nb c,\n{}",
        "\n".repeat(1_000_000)
    );
    let preview = json!({ "text": text });
    let (code, import) = json_of(&running, "POST", "/api/servers/import", preview).await;
    assert_eq!((code, &import["format"]), (200, &json!("csv")), "{import}");
    assert_eq!(import["entries"][0]["leftOut"], json!(["a password"]));
    assert_eq!(
        import["entries"][1]["mistakes"].as_array().unwrap().len(),
        1
    );
    assert!(!import.to_string().contains("hunter2"));
    let add = json!({ "format": "csv", "text": text, "add": [1] });
    let (code, import) = json_of(&running, "POST", "/api/servers/import", add).await;
    assert_eq!(
        (code, &import["added"][0]["host"]),
        (200, &json!("a.example"))
    );
    let add = json!({ "format": "csv", "text": text, "add": [2] });
    assert_eq!(
        json_of(&running, "POST", "/api/servers/import", add)
            .await
            .0,
        400
    );
    let unknown = json!({ "text": "hello" });
    assert_eq!(
        json_of(&running, "POST", "/api/servers/import", unknown)
            .await
            .0,
        400
    );
}

#[tokio::test]
async fn a_key_is_made_and_never_written_over_and_its_passphrase_is_not_echoed() {
    let running = start().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("id");
    let new = json!({ "type": "ed25519", "comment": "ada", "passphrase": "hunter2",
        "path": path.to_str().unwrap() });
    let (code, made) = send(&running, "POST", "/api/keys", &new).await;
    assert_eq!(code, 201, "{made}");
    let made: Value = serde_json::from_str(&made).unwrap();
    assert_eq!(
        (&made["type"], &made["encrypted"]),
        (&json!("ssh-ed25519"), &json!(true))
    );
    assert!(made["publicKey"].as_str().unwrap().ends_with(" ada"));
    let (code, refused) = send(&running, "POST", "/api/keys", &new).await;
    assert_eq!(code, 409);
    assert!(refused.contains("is there already"), "{refused}");
    for wrong in [
        json!({ "type": "dsa", "passphrase": "hunter2" }),
        json!({ "type": "ecdsa", "path": "x" }),
    ] {
        let (code, refused) = send(&running, "POST", "/api/keys", &wrong).await;
        assert!((400..500).contains(&code), "{refused}");
        assert!(!refused.contains("hunter2"), "{refused}");
    }
    let both = json!({ "path": "/x", "text": "y" });
    let install = "/api/servers/this-computer/authorized-keys";
    assert_eq!(json_of(&running, "POST", install, both).await.0, 400);
}

#[tokio::test]
async fn a_test_comes_line_by_line() {
    let running = start().await;
    // This computer has no server in this test, so the connection fails.
    let path = "/api/servers/this-computer/diagnosis";
    let (code, body) = send(&running, "POST", path, &json!({})).await;
    assert_eq!(code, 200, "{body}");
    let (kinds, done): (Vec<Value>, Vec<Value>) = body
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(Value::is_object)
        .partition(|line| line["type"] != "done");
    assert_eq!(done.len(), 1, "{body}");
    assert_eq!(done[0]["ok"], json!(false));
    let steps = kinds.iter().filter(|line| line["type"] == "step");
    let failed: Vec<_> = steps
        .filter(|line| line["step"]["status"] == "failed")
        .collect();
    assert_eq!(failed.len(), 1, "{body}");
}
