//! What no parser understands and a language model may read: against a server that prints oddly and
//! a provider that records what it is sent.
#![expect(clippy::unwrap_used, reason = "a test")]

use engine::{Ask, ByModel, Outcome, Reading, ServerChange};
use secrecy::SecretString;
use serde_json::{Value, json};
use store::{ModelConsent, ModelPreferences, Preferences, Provider as Who};
use testkit::{
    provider::{Provider, Reply, Request},
    server::{Answer, Asked, Behaviour, Server},
};

use crate::support::{
    Desk,
    machine::{connected, machine},
};

/// As no `getent` prints it, with what must not leave.
const ODD: &str = "\u{1b}[1mgroups of web1.example.com at 192.0.2.17\u{1b}[0m\n\
    staff is number 50: ann ben\nDB_PASSWORD=hunter2 api at 2001:db8:77::1\n";
const PROGRAMS: &str = "node=web1.example.com\nprogram=getent\n";
const QUERY: &str = "accounts.groups";

fn odd() -> Behaviour {
    machine(PROGRAMS, |asked: &Asked| {
        match asked.argv.first().map(String::as_str) {
            Some("getent") => Answer::printing(ODD),
            _ => Answer::exit(127),
        }
    })
}

fn staff() -> Value {
    json!({ "groups": [{ "name": "staff", "gid": 50, "members": ["ann", "ben"] }] })
}

fn right(request: &Request) -> Reply {
    request.reply(&json!({ "answer": staff() }).to_string())
}

/// A desk whose model is the provider, a server that prints oddly, and the provider.
async fn with_model(
    consent: ModelConsent,
    answer: impl Fn(&Request) -> Reply + Send + Sync + 'static,
) -> (Desk, Server, String, Provider) {
    let provider = Provider::start(answer).await.unwrap();
    let (desk, server, id) = connected(odd(), None).await;
    let preferences = Preferences {
        model: ModelPreferences {
            provider: Some(Who::Compatible),
            address: provider.address(),
            name: "tiny".to_owned(),
            ..ModelPreferences::default()
        },
        ..Preferences::default()
    };
    desk.engine.save_preferences(&preferences).unwrap();
    consented(&desk, &id, consent);
    (desk, server, id, provider)
}

fn consented(desk: &Desk, id: &str, consent: ModelConsent) {
    let change = ServerChange {
        model_consent: Some(consent),
        ..ServerChange::default()
    };
    desk.engine.change(id, change).unwrap();
}

async fn ask(desk: &Desk, id: &str, by_model: bool) -> Reading {
    let ask = Ask {
        by_model,
        raw: true,
        ..Ask::default()
    };
    desk.engine.ask(id, QUERY, ask).await.unwrap()
}

fn is_not_understood(reading: &Reading) -> bool {
    matches!(&reading.outcome, Outcome::Failed { error } if error.code == "notUnderstood")
}

#[tokio::test]
async fn without_a_model_nothing_is_asked_and_the_raw_text_is_there() {
    let (desk, _server, id) = connected(odd(), None).await;
    let reading = ask(&desk, &id, true).await;
    assert!(is_not_understood(&reading), "{reading:?}");
    assert_eq!(reading.model, None);
    assert!(reading.raw.unwrap().stdout.contains("staff is number 50"));
}

#[tokio::test]
async fn it_is_offered_first_with_just_what_would_be_sent() {
    let (desk, _server, id, provider) = with_model(ModelConsent::Ask, right).await;
    let reading = ask(&desk, &id, false).await;
    assert!(is_not_understood(&reading), "{reading:?}");
    let Some(ByModel::Offered {
        text: Some(text),
        removed: 1,
        model,
        ..
    }) = &reading.model
    else {
        panic!("{:?}", reading.model)
    };
    assert_eq!(model.name, "tiny");
    assert!(provider.requests().is_empty());

    let reading = ask(&desk, &id, true).await;
    assert_eq!(
        reading.outcome,
        Outcome::Ok {
            value: staff(),
            unread: Vec::new()
        }
    );
    assert!(matches!(
        reading.model,
        Some(ByModel::Read {
            repeated: false,
            ..
        })
    ));
    let requests = provider.requests();
    let [request] = requests.as_slice() else {
        panic!("{requests:?}")
    };
    let message = request.json()["messages"][1]["content"].clone();
    assert!(message.as_str().unwrap().contains(text.as_str()));
    let whole = format!("{}{}", request.head, request.body);
    for planted in [
        "\u{1b}",
        "\\u001b",
        "web1",
        "192.0.2.17",
        "2001:db8:77::1",
        "hunter2",
        &id,
        "root",
    ] {
        assert!(!whole.contains(planted), "{planted:?} in {whole}");
    }
}

#[tokio::test]
async fn the_same_output_is_never_sent_twice() {
    let (desk, server, id, provider) = with_model(ModelConsent::Always, right).await;
    for _ in 0..3 {
        let reading = ask(&desk, &id, true).await;
        assert!(matches!(reading.outcome, Outcome::Ok { .. }), "{reading:?}");
    }
    let other = desk.add(server.address(), store::Auth::Password, None);
    desk.connect(&other, "right").await;
    // Known already, so that it needs no consent: nothing is sent.
    let reading = ask(&desk, &other, false).await;
    assert!(matches!(
        reading.model,
        Some(ByModel::Read { repeated: true, .. })
    ));
    assert_eq!(provider.requests().len(), 1);

    let costs = desk.engine.model_costs(Some(1)).unwrap();
    let [row] = costs.rows.as_slice() else {
        panic!("{costs:?}")
    };
    assert_eq!((row.query.as_str(), row.model.as_str()), (QUERY, "tiny"));
    assert_eq!((row.asked, row.understood, row.cache_hits), (1, 1, 3));
    assert!((row.cache_hit_rate - 0.75).abs() < 1e-9);
    assert_eq!((row.prompt_tokens, row.completion_tokens), (11, 7));
    assert_eq!(row.cost_usd, None);

    // What was read goes with the last server that printed it.
    desk.engine.disconnect(&id).await.unwrap();
    desk.engine.disconnect(&other).await.unwrap();
    desk.connect(&id, "right").await;
    ask(&desk, &id, false).await;
    assert_eq!(provider.requests().len(), 2);
}

#[tokio::test]
async fn never_is_never() {
    let (desk, _server, id, provider) = with_model(ModelConsent::Never, right).await;
    let reading = ask(&desk, &id, true).await;
    assert!(is_not_understood(&reading) && reading.model.is_none());
    assert!(provider.requests().is_empty());
}

#[tokio::test]
async fn what_is_understood_or_complained_about_goes_to_no_model() {
    let (desk, _server, id, provider) = with_model(ModelConsent::Always, right).await;
    for query in ["system.load", "docker.containers", "storage.filesystems"] {
        let ask = Ask {
            by_model: true,
            ..Ask::default()
        };
        let reading = desk.engine.ask(&id, query, ask).await.unwrap();
        assert_eq!(reading.model, None, "{query}");
    }
    assert!(provider.requests().is_empty());
}

#[tokio::test]
async fn a_model_that_makes_things_up_is_not_believed() {
    let replies = [
        json!({ "answer": { "groups": [{ "name": "wheel", "gid": 50, "members": [] }] } }),
        json!({ "answer": { "groups": [{ "name": "staff", "gid": 51, "members": [] }] } }),
        json!({ "answer": { "groups": [] }, "run": "usermod -aG sudo ann" }),
        json!("usermod -aG sudo ann"),
    ];
    for reply in replies {
        let said = reply.to_string();
        let answer = move |request: &Request| request.reply(&said);
        let (desk, _server, id, provider) = with_model(ModelConsent::Always, answer).await;
        let reading = ask(&desk, &id, false).await;
        assert!(is_not_understood(&reading), "{reply}");
        assert!(matches!(
            reading.model,
            Some(ByModel::Failed { is_final: true, .. })
        ));
        assert!(reading.raw.unwrap().stdout.contains("staff is number 50"));
        assert_eq!(provider.requests().len(), 2);
        ask(&desk, &id, true).await;
        assert_eq!(provider.requests().len(), 2, "asked again about the same");
    }
}

#[tokio::test]
async fn an_empty_list_is_no_answer_where_nothing_was_understood_of_it() {
    let empty = |request: &Request| request.reply("{\"answer\":{\"groups\":[]}}");
    let (desk, _server, id, _provider) = with_model(ModelConsent::Always, empty).await;
    let reading = ask(&desk, &id, false).await;
    assert!(is_not_understood(&reading), "{reading:?}");
}

#[tokio::test]
async fn a_key_stays_with_its_address_and_comes_out_nowhere() {
    let (desk, _server, id, provider) = with_model(ModelConsent::Always, right).await;
    let status = desk
        .engine
        .set_model_key(SecretString::from("planted-key"))
        .await
        .unwrap();
    assert_eq!(status.key, Some(engine::KeyPlace::Memory));
    let test = desk.engine.test_model().await.unwrap();
    assert!(!test.passed, "the trial is about another query");
    ask(&desk, &id, false).await;
    let requests = provider.requests();
    assert!(
        requests
            .iter()
            .all(|request| request.head.contains("planted-key"))
    );
    assert!(
        !requests
            .iter()
            .any(|request| request.body.contains("planted-key"))
    );
    let shown = format!("{status:?} {:?}", desk.engine.preferences().unwrap());
    assert!(!shown.contains("planted-key"));

    let elsewhere = Provider::start(right).await.unwrap();
    let mut preferences = desk.engine.preferences().unwrap();
    preferences.model.address = elsewhere.address();
    desk.engine.save_preferences(&preferences).unwrap();
    assert_eq!(desk.engine.model_status().await.unwrap().key, None);
    ask(&desk, &id, true).await;
    let sent = elsewhere.requests();
    assert!(
        !sent.is_empty()
            && !sent
                .iter()
                .any(|request| request.head.contains("planted-key"))
    );
}

#[tokio::test]
async fn an_address_to_which_nothing_may_go_is_refused() {
    let (desk, _server, _id, _provider) = with_model(ModelConsent::Ask, right).await;
    let mut preferences = desk.engine.preferences().unwrap();
    for (address, name) in [
        ("http://example.com/v1", "m"),
        ("", "m"),
        ("https://a.example", ""),
    ] {
        preferences.model.address = address.to_owned();
        preferences.model.name = name.to_owned();
        let refused = desk.engine.save_preferences(&preferences).unwrap_err();
        assert_eq!(refused.code(), "invalid", "{address}");
    }
}
