//! Who is told of what is started on a server: before it is, and of the end; without one nothing starts.
#![expect(clippy::unwrap_used, reason = "a test")]

mod support;

use std::sync::Arc;

use ssh::ExecError;
use support::{LIMITS, probe};
use testkit::server::{Answer, Behaviour};

/// Anybody may come in, and every command prints a word.
fn open() -> Behaviour {
    Behaviour {
        open: true,
        ..Behaviour::with_password("secret").answering(|_| Answer::printing("here"))
    }
}

#[tokio::test]
async fn a_connection_without_a_witness_starts_nothing() {
    let (stream, server) = testkit::server::in_memory(open());
    let connection = ssh::connect_stream(stream, None, "me").await.unwrap();
    let error = connection.exec(&probe(), None, &LIMITS).await.unwrap_err();
    assert!(matches!(error, ExecError::Unwritten { .. }), "{error:?}");
    assert!(!connection.has_sftp().await);
    assert!(server.seen.commands().is_empty());
}

#[tokio::test]
async fn a_witness_is_told_before_and_after() {
    let (stream, _server) = testkit::server::in_memory(open());
    let witness = testkit::Remembers::default();
    let connection = ssh::connect_stream(stream, None, "me").await.unwrap();
    let connection = connection.witnessed(Arc::new(witness.clone()));
    connection.exec(&probe(), None, &LIMITS).await.unwrap();
    let all = witness.all();
    let [(starting, ending)] = &all[..] else {
        panic!("{all:?}");
    };
    assert_eq!(starting.command, probe().to_string());
    let ending = ending.clone().unwrap();
    assert_eq!((ending.exit_code, ending.outcome), (Some(0), "ok"));
    assert!(ending.bytes >= Some(4));
}
