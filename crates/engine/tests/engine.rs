//! The engine against servers that count what is asked of them.
#![expect(clippy::panic, reason = "a test")]

#[path = "engine/keeping.rs"]
mod keeping;
#[path = "engine/models.rs"]
mod models;
#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use catalog::Capability;
use engine::{Answer, Ask, ConnectionState, Origin, Outcome, Question, Via};
use secrecy::SecretString;
use serde_json::{Value, json};
use store::Auth;
use support::{
    desk,
    machine::{connected, machine, nothing, runs},
    value,
};
use testkit::server::{Answer as Reply, Behaviour, End, Server};

fn ok(outcome: &Outcome) -> &Value {
    match outcome {
        Outcome::Ok { value, .. } => value,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn questions_come_one_by_one_on_one_connection_and_the_key_before_the_password() {
    let server = Server::start(machine("", nothing)).await;
    let desk = desk();
    let id = desk.add(server.address(), Auth::Password, None);
    desk.engine.connect(&id).unwrap();
    desk.engine.connect(&id).unwrap();

    let question = desk.question(&id).await;
    let Question::HostKey { fingerprint, .. } = &question else {
        panic!("{question:?}")
    };
    assert_eq!(*fingerprint, server.fingerprint());
    assert!(
        server
            .seen()
            .attempts()
            .iter()
            .all(|attempt| !attempt.with_secret),
        "a password was sent"
    );
    let misfit = Answer::Secret {
        secret: SecretString::from("right"),
        keep: false,
    };
    assert!(desk.engine.answer(&id, question.id(), misfit).is_err());
    desk.engine
        .answer(&id, question.id(), Answer::Trust { trust: true })
        .unwrap();

    let question = desk.question(&id).await;
    let wrong = Answer::Secret {
        secret: SecretString::from("wrong"),
        keep: false,
    };
    desk.engine.answer(&id, question.id(), wrong).unwrap();
    let question = desk.question(&id).await;
    assert!(
        matches!(question, Question::Password { retry: true, .. }),
        "{question:?}"
    );
    let right = Answer::Secret {
        secret: SecretString::from("right"),
        keep: false,
    };
    desk.engine.answer(&id, question.id(), right).unwrap();
    desk.until(&id, |state| {
        matches!(state, ConnectionState::Connected { .. })
    })
    .await;
    assert_eq!(server.seen().connections(), 1);
}

#[tokio::test]
async fn a_key_that_is_not_trusted_ends_it_without_a_secret() {
    let server = Server::start(machine("", nothing)).await;
    let desk = desk();
    let id = desk.add(server.address(), Auth::Password, None);
    desk.engine.connect(&id).unwrap();
    let question = desk.question(&id).await;
    desk.engine
        .answer(&id, question.id(), Answer::Trust { trust: false })
        .unwrap();
    let failed = desk
        .until(&id, |state| matches!(state, ConnectionState::Failed { .. }))
        .await;
    let ConnectionState::Failed { error } = failed else {
        panic!()
    };
    assert_eq!(error.code, "hostKeyRejected");
    assert!(
        server
            .seen()
            .attempts()
            .iter()
            .all(|attempt| !attempt.with_secret)
    );
}

#[tokio::test]
async fn the_gate_stands_before_every_channel() {
    let grants = vec![Capability::SystemRead];
    let (desk, server, id) = connected(machine("program=docker\n", nothing), Some(grants)).await;
    let before = server.seen().commands().len();
    let error = desk
        .engine
        .ask(&id, "docker.containers", Ask::default())
        .await
        .unwrap_err();
    assert_eq!(error.code(), "denied");
    let refused = desk.engine.subscribe(
        &id,
        "docker.containers",
        Value::Null,
        Duration::from_secs(1),
    );
    assert!(refused.is_err());
    assert_eq!(server.seen().commands().len(), before, "something ran");
    desk.engine
        .ask(&id, "system.load", Ask::default())
        .await
        .unwrap();

    let none = engine::ServerChange {
        capabilities: Some(Vec::new()),
        ..Default::default()
    };
    desk.engine.change(&id, none).unwrap();
    assert_eq!(
        desk.engine
            .ask(&id, "system.load", Ask::default())
            .await
            .unwrap_err()
            .code(),
        "denied"
    );
}

#[tokio::test]
async fn without_sftp_what_is_due_together_is_one_command() {
    let (desk, server, id) = connected(machine("", nothing), None).await;
    let every = Duration::from_secs(1);
    let subscribe = |query| {
        desk.engine
            .subscribe(&id, query, Value::Null, every)
            .unwrap()
    };
    let mut load = subscribe("system.load");
    let mut memory = subscribe("system.memory");
    let mut again = subscribe("system.memory");
    let load = value(&mut load, |value| value.reading.is_some())
        .await
        .reading
        .unwrap();
    let reading = value(&mut memory, |value| value.reading.is_some())
        .await
        .reading
        .unwrap();
    value(&mut again, |value| value.reading.is_some()).await;
    assert_eq!(ok(&load.outcome)["one"], json!(0.5));
    assert_eq!(ok(&reading.outcome)["totalBytes"], json!(1_024_000));
    assert!(matches!(
        reading.origin,
        Some(Origin::Files {
            via: Via::Command,
            ..
        })
    ));
    // The next beat asks both in one command, and the same bytes are the same value.
    let checked = value(&mut memory, |value| {
        value.checked_at.as_ref() != Some(&reading.taken_at)
    })
    .await;
    assert!(std::sync::Arc::ptr_eq(&checked.reading.unwrap(), &reading));
    let commands = server.seen().commands();
    let last = commands.iter().rfind(|argv| argv[0] == "grep").unwrap();
    let reads = |path: &str| last.iter().filter(|word| *word == path).count();
    assert_eq!(
        (reads("/proc/meminfo"), reads("/proc/loadavg")),
        (1, 1),
        "{last:?}"
    );
}

/// As dropbear does now and then when two of its processes end at once.
#[tokio::test]
async fn a_question_that_ends_without_a_word_is_asked_once_more() {
    for (silent, connects) in [(1, true), (2, false)] {
        let left = AtomicUsize::new(silent);
        let honest = machine("", nothing);
        let commands = honest.commands.clone();
        let behaviour = honest.answering(move |asked| {
            let fewer = |left: usize| left.checked_sub(1);
            if left
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, fewer)
                .is_err()
            {
                return commands(asked);
            }
            Reply {
                marker: false,
                ..Reply::ending(End::Killed)
            }
        });
        let server = Server::start(behaviour).await;
        let desk = desk();
        let id = desk.add(server.address(), Auth::Password, None);
        let state = desk.try_to_connect(&id, "right").await;
        let connected = matches!(state, ConnectionState::Connected { .. });
        assert_eq!(connected, connects, "{state:?}");
        assert_eq!(runs(&server, "uname -s"), 2);
    }
}

#[tokio::test]
async fn a_variant_that_is_not_understood_gives_way_and_the_one_that_works_stays() {
    static DF: AtomicUsize = AtomicUsize::new(0);
    let behaviour = machine("program=findmnt\nprogram=timeout\nprogram=df\n", |asked| {
        if asked
            .argv
            .iter()
            .any(|word| word == "df" || word.contains("df -"))
        {
            DF.fetch_add(1, Ordering::SeqCst);
            return Reply::printing(
                "Filesystem     Type 1024-blocks  Used Available Capacity Mounted on\n\
                 /dev/vda1      ext4        1000   250       750      25% /\n",
            );
        }
        Reply::exit(1).with_stderr("findmnt: unrecognized option '--json'\n")
    });
    let (desk, server, id) = connected(behaviour, None).await;
    for _ in 0..2 {
        let reading = desk
            .engine
            .ask(&id, "storage.filesystems", Ask::default())
            .await
            .unwrap();
        assert_eq!(reading.variant.as_deref(), Some("df"));
        assert_eq!(
            ok(&reading.outcome)["filesystems"][0]["sizeBytes"],
            json!(1_024_000)
        );
    }
    assert_eq!(DF.load(Ordering::SeqCst), 2);
    assert_eq!(
        runs(&server, "findmnt"),
        1,
        "it was tried again though df works"
    );
    let journal = support::activity(&desk.engine, &id).await;
    let mut lines: Vec<String> = journal
        .iter()
        .map(|line| {
            let outcome = line.outcome.as_deref().unwrap_or("-");
            format!("{} {} {outcome} {:?}", line.what, line.tool, line.exit_code)
        })
        .collect();
    lines.sort();
    assert_eq!(
        lines,
        [
            "files.session sftp noSftp None",
            "server.connect ssh - None",
            "server.facts  ok Some(0)",
            "storage.filesystems df ok Some(0)",
            "storage.filesystems df ok Some(0)",
            "storage.filesystems findmnt failed Some(1)",
        ]
    );
    assert_eq!(journal[0].capability, Capability::SystemRead);
}

#[tokio::test]
async fn what_a_server_lacks_or_refuses_is_an_answer() {
    let behaviour = machine("program=docker\nprogram=dnf\n", |_| {
        Reply::exit(1).with_stderr("permission denied while trying to connect to the docker API\n")
    });
    let (desk, server, id) = connected(behaviour, None).await;
    let ask = |query: &'static str| desk.engine.ask(&id, query, Ask::default());
    let docker = ask("docker.containers").await.unwrap();
    assert!(
        matches!(docker.outcome, Outcome::Denied { .. }),
        "{:?}",
        docker.outcome
    );
    let failed = ask("services.failed").await.unwrap();
    let Outcome::Unsupported { needs } = &failed.outcome else {
        panic!("{:?}", failed.outcome)
    };
    assert!(
        needs.iter().any(|program| program == "systemctl"),
        "{needs:?}"
    );
    // dnf as a user would leave a folder on the server, so it is not run.
    let updates = ask("packages.upgradable").await.unwrap();
    assert!(
        matches!(updates.outcome, Outcome::Denied { .. }),
        "{:?}",
        updates.outcome
    );
    assert_eq!(runs(&server, "dnf"), 0);
}

#[tokio::test]
async fn an_interval_that_no_clock_can_add_is_a_long_one() {
    let (desk, _server, id) = connected(machine("", nothing), None).await;
    let engine = &desk.engine;
    let load = engine.subscribe(&id, "system.load", Value::Null, Duration::MAX);
    value(&mut load.unwrap(), |value| value.reading.is_some()).await;
}

#[tokio::test]
async fn a_lost_connection_makes_values_stale_and_keeps_them() {
    let (desk, server, id) = connected(machine("", nothing), None).await;
    let mut load = desk
        .engine
        .subscribe(&id, "system.load", Value::Null, Duration::from_secs(1))
        .unwrap();
    value(&mut load, |value| value.reading.is_some()).await;
    server.kill();
    let stale = value(&mut load, |value| value.error.is_some()).await;
    assert_eq!(stale.error.unwrap().code, "lost");
    assert!(stale.reading.is_some(), "the last value is gone");
    desk.until(&id, |state| {
        matches!(state, ConnectionState::Reconnecting { .. })
    })
    .await;
    desk.engine.disconnect(&id).await.unwrap();
    assert_eq!(
        desk.engine.server(&id).unwrap().state,
        ConnectionState::Disconnected
    );
}

#[tokio::test]
async fn raw_output_comes_from_the_reading_that_was_kept() {
    let (desk, server, id) = connected(machine("", nothing), None).await;
    desk.engine
        .ask(&id, "system.load", Ask::default())
        .await
        .unwrap();
    let before = server.seen().commands().len();
    let kept = Ask {
        raw: true,
        max_age: Some(Duration::from_secs(60)),
        ..Ask::default()
    };
    let reading = desk.engine.ask(&id, "system.load", kept).await.unwrap();
    let raw = reading.raw.unwrap();
    assert!(
        raw.stdout.contains("0.50 0.25 0.10 1/99 1234"),
        "{}",
        raw.stdout
    );
    assert_eq!(server.seen().commands().len(), before, "it was asked again");
}

#[tokio::test]
async fn a_password_is_offered_to_the_host_it_was_given_for_and_no_other() {
    let (desk, _server, id) = connected(machine("", nothing), None).await;
    let other = Server::start(machine("", nothing)).await;
    let change = engine::ServerChange {
        port: Some(Some(other.address().port())),
        ..Default::default()
    };
    desk.engine.change(&id, change).unwrap();
    desk.engine.disconnect(&id).await.unwrap();
    desk.engine.connect(&id).unwrap();
    let key = desk.question(&id).await;
    desk.engine
        .answer(&id, key.id(), Answer::Trust { trust: true })
        .unwrap();
    let question = desk.question(&id).await;
    assert!(
        matches!(question, Question::Password { .. }),
        "{question:?}"
    );
    assert!(
        other
            .seen()
            .attempts()
            .iter()
            .all(|attempt| !attempt.with_secret)
    );
}

#[tokio::test]
async fn a_password_that_was_refused_is_not_sent_again() {
    let server = Server::start(machine("", nothing)).await;
    let desk = desk();
    let id = desk.add(server.address(), Auth::Password, None);
    desk.engine.connect(&id).unwrap();
    let key = desk.question(&id).await;
    desk.engine
        .answer(&id, key.id(), Answer::Trust { trust: true })
        .unwrap();
    for _ in 0..3 {
        let question = desk.question(&id).await;
        let secret = SecretString::from("wrong");
        desk.engine
            .answer(
                &id,
                question.id(),
                Answer::Secret {
                    secret,
                    keep: false,
                },
            )
            .unwrap();
    }
    desk.until(&id, |state| matches!(state, ConnectionState::Failed { .. }))
        .await;
    let sent = server
        .seen()
        .attempts()
        .iter()
        .filter(|attempt| attempt.with_secret)
        .count();
    desk.engine.connect(&id).unwrap();
    let question = desk.question(&id).await;
    assert!(
        matches!(question, Question::Password { retry: false, .. }),
        "{question:?}"
    );
    let now = server
        .seen()
        .attempts()
        .iter()
        .filter(|attempt| attempt.with_secret)
        .count();
    assert_eq!((sent, now), (3, 3));
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_is_ended_on_the_server() {
    let behaviour = machine("program=docker\n", |_| Reply::ending(End::Never));
    let (desk, server, id) = connected(behaviour, None).await;
    let every = Duration::from_secs(30);
    let subscription = desk
        .engine
        .subscribe(&id, "docker.containers", Value::Null, every)
        .unwrap();
    support::eventually(|| runs(&server, "docker") == 1).await;
    drop(subscription);
    support::eventually(|| server.seen().killed().len() == 1).await;
}

#[tokio::test]
async fn a_disconnect_during_the_first_look_leaves_no_connection() {
    let server =
        Server::start(Behaviour::with_password("right").answering(|_| Reply::ending(End::Never)))
            .await;
    let desk = desk();
    let id = desk.add(server.address(), Auth::Password, None);
    desk.engine.connect(&id).unwrap();
    let key = desk.question(&id).await;
    desk.engine
        .answer(&id, key.id(), Answer::Trust { trust: true })
        .unwrap();
    let question = desk.question(&id).await;
    let secret = SecretString::from("right");
    desk.engine
        .answer(
            &id,
            question.id(),
            Answer::Secret {
                secret,
                keep: false,
            },
        )
        .unwrap();
    support::eventually(|| !server.seen().commands().is_empty()).await;
    desk.engine.disconnect(&id).await.unwrap();
    assert_eq!(
        desk.engine.server(&id).unwrap().state,
        ConnectionState::Disconnected
    );
    support::eventually(|| server.seen().channels() == 0).await;
}
