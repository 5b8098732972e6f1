//! Secrets in the keychain: who gets them back, and who does not.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use engine::{Answer, ConnectionState, Keychain, Question, ServerChange};
use keychain::{Unusable, Vault};
use secrecy::{ExposeSecret as _, SecretString};
use store::Auth;
use testkit::server::{Behaviour, Server};

use crate::support::{
    Desk, desk, desk_over, eventually,
    machine::{machine, nothing},
};

/// A keychain whose content a test can see.
#[derive(Default)]
struct Open(Mutex<HashMap<String, String>>, Door);

/// Where a person is asked before a secret goes.
#[derive(Default)]
struct Door {
    is_closed: AtomicBool,
    is_waited_at: AtomicBool,
}

impl Open {
    fn names(&self) -> Vec<String> {
        self.0.lock().unwrap().keys().cloned().collect()
    }

    fn spoil(&self) {
        for secret in self.0.lock().unwrap().values_mut() {
            "wrong".clone_into(secret);
        }
    }
}

impl Vault for Open {
    fn check(&self) -> Result<(), Unusable> {
        Ok(())
    }
    fn get(&self, name: &str) -> Result<Option<SecretString>, Unusable> {
        let found = self.0.lock().unwrap().get(name).cloned();
        Ok(found.map(SecretString::from))
    }
    fn set(&self, name: &str, secret: &SecretString) -> Result<(), Unusable> {
        let (name, secret) = (name.to_owned(), secret.expose_secret().to_owned());
        self.0.lock().unwrap().insert(name, secret);
        Ok(())
    }
    fn remove(&self, name: &str) -> Result<(), Unusable> {
        // Whatever a test finds, it ends.
        let since = Instant::now();
        while self.1.is_closed.load(Ordering::Relaxed) && since.elapsed().as_secs() < 20 {
            self.1.is_waited_at.store(true, Ordering::Relaxed);
            std::thread::yield_now();
        }
        self.0.lock().unwrap().remove(name);
        Ok(())
    }
}

/// Passwords that the server was sent so far.
fn sent(server: &Server) -> usize {
    let attempts = server.seen().attempts();
    attempts
        .iter()
        .filter(|attempt| attempt.with_secret)
        .count()
}

/// Gives the right password, to be kept, and waits until it is.
async fn keep(desk: &Desk, id: &str, vault: &Open) {
    desk.engine.connect(id).unwrap();
    let question = desk.question(id).await;
    desk.engine
        .answer(id, question.id(), Answer::Trust { trust: true })
        .unwrap();
    give(desk, id).await;
    eventually(|| desk.engine.server(id).unwrap().kept_secrets == 1).await;
    assert_eq!(vault.names().len(), 1);
    desk.engine.disconnect(id).await.unwrap();
}

/// Answers the question for the password with the right one, to be kept.
async fn give(desk: &Desk, id: &str) {
    let question = desk.question(id).await;
    let answer = Answer::Secret {
        secret: SecretString::from("right"),
        keep: true,
    };
    desk.engine.answer(id, question.id(), answer).unwrap();
    desk.until(id, |state| {
        matches!(state, ConnectionState::Connected { .. })
    })
    .await;
}

async fn kept(behaviour: Behaviour) -> (Desk, Server, String, Arc<Open>) {
    let vault = Arc::new(Open::default());
    let server = Server::start(behaviour).await;
    let desk = desk_over(Keychain::over(Arc::clone(&vault) as Arc<dyn Vault>));
    let id = desk.add(server.address(), Auth::Password, None);
    keep(&desk, &id, &vault).await;
    (desk, server, id, vault)
}

/// Connects and says what is asked for, after the key was trusted where that was asked.
async fn asked(desk: &Desk, id: &str) -> Option<Question> {
    desk.engine.connect(id).unwrap();
    loop {
        let state = desk
            .until(id, |state| !matches!(state, ConnectionState::Connecting))
            .await;
        match state {
            ConnectionState::Question {
                question: Question::HostKey { id: question, .. },
            } => {
                desk.engine
                    .answer(id, &question, Answer::Trust { trust: true })
                    .unwrap();
            }
            ConnectionState::Question { question } => return Some(question),
            _ => return None,
        }
    }
}

#[tokio::test]
async fn a_secret_that_was_kept_is_not_asked_for_again() {
    let (desk, _server, id, vault) = kept(machine("", nothing)).await;
    assert!(desk.engine.server(&id).unwrap().profile.keep_secrets);
    assert_eq!(asked(&desk, &id).await, None);
    assert!(matches!(
        desk.engine.server(&id).unwrap().state,
        ConnectionState::Connected { .. }
    ));
    assert_eq!(vault.names().len(), 1);
}

#[tokio::test]
async fn what_is_not_to_be_kept_is_not() {
    let vault = Arc::new(Open::default());
    let server = Server::start(machine("", nothing)).await;
    let desk = desk_over(Keychain::over(Arc::clone(&vault) as Arc<dyn Vault>));
    let id = desk.add(server.address(), Auth::Password, None);
    desk.connect(&id, "right").await;
    desk.engine.disconnect(&id).await.unwrap();
    assert!(vault.names().is_empty());
    assert!(matches!(
        asked(&desk, &id).await,
        Some(Question::Password { .. })
    ));
}

#[tokio::test]
async fn another_host_port_or_user_never_gets_the_kept_secret() {
    let (desk, server, id, _vault) = kept(machine("", nothing)).await;
    let other = Server::start(machine("", nothing)).await;
    let changes = [
        ServerChange {
            host: Some("localhost".to_owned()),
            ..ServerChange::default()
        },
        ServerChange {
            user: Some("admin".to_owned()),
            ..ServerChange::default()
        },
        ServerChange {
            port: Some(Some(other.address().port())),
            ..ServerChange::default()
        },
    ];
    let before = sent(&server);
    for change in changes {
        let words = format!("{change:?}");
        desk.engine.change(&id, change).unwrap();
        let question = asked(&desk, &id).await;
        assert!(
            matches!(question, Some(Question::Password { retry: false, .. })),
            "{words}: {question:?}"
        );
        desk.engine.disconnect(&id).await.unwrap();
    }
    assert_eq!((sent(&server), sent(&other)), (before, 0));
}

#[tokio::test]
async fn another_host_key_never_gets_the_kept_secret() {
    let (desk, server, id, _vault) = kept(machine("", nothing)).await;
    let before = sent(&server);
    server.change_host_key();
    desk.forget_host_keys();
    let question = asked(&desk, &id).await;
    assert!(
        matches!(question, Some(Question::Password { retry: false, .. })),
        "{question:?}"
    );
    assert_eq!(sent(&server), before);
}

#[tokio::test]
async fn a_kept_secret_that_is_refused_leaves_the_keychain() {
    let (desk, server, id, vault) = kept(machine("", nothing)).await;
    vault.spoil();
    let question = asked(&desk, &id).await;
    assert!(
        matches!(question, Some(Question::Password { retry: true, .. })),
        "{question:?}"
    );
    assert!(vault.names().is_empty());
    assert_eq!(desk.engine.server(&id).unwrap().kept_secrets, 0);
    let before = sent(&server);
    give(&desk, &id).await;
    assert_eq!(sent(&server), before + 1);
}

#[tokio::test]
async fn what_is_forgotten_is_asked_for_again() {
    let (desk, _server, id, vault) = kept(machine("", nothing)).await;
    desk.engine.forget_secrets(&id).await.unwrap();
    assert!(vault.names().is_empty());
    assert_eq!(desk.engine.server(&id).unwrap().kept_secrets, 0);
    assert!(matches!(
        asked(&desk, &id).await,
        Some(Question::Password { .. })
    ));
}

#[tokio::test]
async fn a_server_that_is_removed_takes_its_secrets_along_but_no_others() {
    let (desk, server, id, vault) = kept(machine("", nothing)).await;
    // The same login under another name: it may use the same secret.
    let twin = desk.add(server.address(), Auth::Password, None);
    let keeps = ServerChange {
        keep_secrets: Some(true),
        ..ServerChange::default()
    };
    desk.engine.change(&twin, keeps).unwrap();
    assert_eq!(asked(&desk, &twin).await, None);
    desk.engine.remove(&id, Some("web")).await.unwrap();
    assert_eq!(vault.names().len(), 1);
    desk.engine.remove(&twin, Some("web")).await.unwrap();
    assert!(vault.names().is_empty());
}

#[tokio::test]
async fn without_a_keychain_it_says_so_and_the_secret_goes_with_the_connection() {
    let server = Server::start(machine("", nothing)).await;
    let desk = desk();
    let id = desk.add(server.address(), Auth::Password, None);
    let Some(Question::Password { keeping, .. }) = asked(&desk, &id).await else {
        panic!("no password is asked for")
    };
    assert!(keeping.problem.is_some_and(|why| why.contains("keychain")));
    give(&desk, &id).await;
    eventually(|| desk.engine.server(&id).unwrap().keychain_problem.is_some()).await;
    assert!(!desk.engine.server(&id).unwrap().profile.keep_secrets);
    desk.engine.disconnect(&id).await.unwrap();
    assert!(matches!(
        asked(&desk, &id).await,
        Some(Question::Password { .. })
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_that_nobody_waits_for_any_more_leaves_nothing_half_done() {
    let (desk, _server, id, vault) = kept(machine("", nothing)).await;
    assert!(asked(&desk, &id).await.is_none());
    vault.1.is_closed.store(true, Ordering::Relaxed);
    let engine = &desk.engine;
    tokio::select! {
        removed = engine.remove(&id, Some("web")) => panic!("{removed:?}"),
        () = eventually(|| vault.1.is_waited_at.load(Ordering::Relaxed)) => {}
    }
    // It is there to be removed, and nothing goes on that could not be ended any more.
    assert_eq!(
        engine.server(&id).unwrap().state,
        ConnectionState::Disconnected
    );
    vault.1.is_closed.store(false, Ordering::Relaxed);
    eventually(|| vault.names().is_empty()).await;
    engine.remove(&id, Some("web")).await.unwrap();
    assert!(engine.server(&id).is_err());
}
