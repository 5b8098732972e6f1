//! Hostile servers beside an honest one, and folders that are larger than any should be.
#![expect(clippy::unwrap_used, reason = "a test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use bytes::Bytes;
use catalog::arguments::RemotePath;
use engine::{Answer, Ask, ConnectionState, ListLine, Outcome, Question};
use secrecy::SecretString;
use sftp::{Answer as Reply, Attributes, Entry, Request, code, file_type};
use store::Auth;
use support::{
    Desk,
    machine::{connected, machine, nothing},
};
use testkit::{
    hostile::{Case, Hostile},
    server::Behaviour,
};

/// Nothing here takes longer.
const PATIENCE: Duration = Duration::from_secs(60);
/// Questions that the honest server answers beside each hostile one.
const QUESTIONS: usize = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hostile_server_does_not_keep_an_honest_one_from_answering() {
    let (desk, _server, honest) = connected(machine("", nothing), None).await;
    for case in [
        Case::BannerLines,
        Case::LoginBanners,
        Case::LoginFailures,
        Case::IgnoreFlood,
        Case::OpenFlood("forwarded-tcpip"),
        Case::GlobalFlood("hostkeys-00@openssh.com"),
        Case::GlobalFloodUnread,
        Case::RekeyEndless,
        Case::Noise,
        Case::Stdout,
        Case::ExitFlood,
    ] {
        let server = Hostile::start(case).await;
        let hostile = desk.add(server.address(), Auth::Password, None);
        desk.engine.connect(&hostile).unwrap();
        let asking = async {
            for _ in 0..QUESTIONS {
                // So that each question meets the hostile server in another mood.
                tokio::time::sleep(Duration::from_millis(20)).await;
                let asked = desk.engine.ask(&honest, "system.load", Ask::default());
                let reading = tokio::time::timeout(PATIENCE, asked).await;
                let reading = reading
                    .unwrap_or_else(|_| panic!("{case:?}: no answer"))
                    .unwrap();
                assert!(
                    matches!(reading.outcome, Outcome::Ok { .. }),
                    "{case:?}: {reading:?}"
                );
            }
        };
        tokio::select! {
            () = asking => {}
            () = answer_what_is_asked(&desk, &hostile) => {}
        }
        assert!(server.connections() > 0, "{case:?}: it was never met");
        desk.engine.remove(&hostile, Some("web")).await.unwrap();
    }
}

/// Trusts the key and gives a password, again and again.
async fn answer_what_is_asked(desk: &Desk, id: &str) {
    let mut changes = desk.engine.changes();
    loop {
        changes.mark_unchanged();
        if let ConnectionState::Question { question } = desk.engine.server(id).unwrap().state {
            let answer = match question {
                Question::HostKey { .. } => Answer::Trust { trust: true },
                _ => Answer::Secret {
                    secret: SecretString::from("secret"),
                    keep: false,
                },
            };
            // It may have been withdrawn meanwhile.
            let _ = desk.engine.answer(id, question.id(), answer);
        }
        changes.changed().await.unwrap();
    }
}

/// A machine whose folder has so many names; the links are of as many users.
fn folder_of(names: u32, kind: u32) -> Behaviour {
    let told = AtomicU32::new(0);
    machine("", nothing).answering_sftp(move |request| {
        Some(vec![match request {
            Request::OpenDir { .. } => Reply::Handle(Bytes::from_static(b"h")),
            Request::ReadDir { .. } => {
                let from = told.fetch_add(100, Ordering::Relaxed);
                if from >= names {
                    return Some(vec![Reply::status(code::EOF)]);
                }
                let entry = |number: u32| Entry {
                    name: format!("name-{number}").into(),
                    long_name: Bytes::new(),
                    attributes: Attributes {
                        owner: Some((number, number)),
                        mode: Some(kind | 0o644),
                        ..Attributes::default()
                    },
                };
                Reply::Name((from..from + 100).map(entry).collect())
            }
            Request::ReadLink { .. } => Reply::Name(vec![Entry {
                name: Bytes::from_static(b"/target"),
                long_name: Bytes::new(),
                attributes: Attributes::default(),
            }]),
            Request::Close { .. } => Reply::status(code::OK),
            _ => Reply::status(code::NO_SUCH_FILE),
        }])
    })
}

/// Names, links that were told of, and the last line.
async fn listed(behaviour: Behaviour) -> (usize, usize, ListLine) {
    let (desk, _server, id) = connected(behaviour, None).await;
    let files = desk.engine.files(&id).await.unwrap();
    let folder = RemotePath::try_from("/f".to_owned()).unwrap();
    let mut lines = files.list(folder).await.unwrap();
    let (mut names, mut links, mut last) = (0, 0, None);
    while let Some(line) = tokio::time::timeout(PATIENCE, lines.recv()).await.unwrap() {
        match &line {
            ListLine::Entries { entries } => names += entries.len(),
            ListLine::Links { links: told } => links += told.len(),
            _ => {}
        }
        last = Some(line);
    }
    (names, links, last.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_million_names_are_listed_to_the_last() {
    let (names, _, last) = listed(folder_of(1_000_000, file_type::FILE)).await;
    assert_eq!(names, 1_000_000);
    assert!(matches!(last, ListLine::Done { done } if done.count == names));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_without_end_is_cut_off_and_the_error_says_why() {
    let (names, _, last) = listed(folder_of(u32::MAX, file_type::FILE)).await;
    assert_eq!(names, 2_000_000);
    let ListLine::Error { error } = last else {
        panic!("{last:?}")
    };
    assert!(
        error.message.contains("goes on after 2000000 names"),
        "{}",
        error.message
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_very_many_links_the_targets_of_some_are_told() {
    let (names, links, last) = listed(folder_of(100_000, file_type::LINK)).await;
    assert_eq!((names, links), (100_000, 20_000));
    assert!(matches!(last, ListLine::Done { done } if done.count == names));
}
