//! What `known_hosts` files must never do, and what a person is shown of a key.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::{fs, process::Command};

use ssh::{AuthMethod, ConnectError};
use support::{Folder, Person, connect, named_target};
use testkit::server::{Behaviour, Server};

/// A host that is known is not asked about.
async fn is_known(folder: &Folder, host: &str, port: u16) -> bool {
    let person = std::sync::Arc::new(Person::default());
    let target = named_target(host, port, "ops");
    let error = connect(&target, &AuthMethod::Password, folder, &person)
        .await
        .unwrap_err();
    match error {
        ConnectError::Cancelled { .. } => true,
        ConnectError::HostKeyRejected { .. } => false,
        error => panic!("{error}"),
    }
}

#[tokio::test]
async fn authorities_and_unreadable_files_never_make_a_key_trusted() {
    let server = Server::start(Behaviour::with_password("secret")).await;
    let (port, folder) = (server.address().port(), Folder::new());
    fs::write(
        folder.other(),
        format!("@cert-authority {}", server.known_hosts_line()),
    )
    .unwrap();
    assert!(!is_known(&folder, "127.0.0.1", port).await);

    fs::remove_file(folder.other()).unwrap();
    fs::create_dir(folder.other()).unwrap();
    let target = named_target("127.0.0.1", port, "ops");
    let person = Person::trusting(&["secret"]);
    let error = connect(&target, &AuthMethod::Password, &folder, &person)
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectError::KnownHosts { .. }), "{error}");
    assert!(server.seen().attempts().is_empty() || person.asked().is_empty());
}

/// The picture is the one `ssh-keygen -lv` draws.
#[tokio::test]
async fn the_picture_is_openssh_s() {
    let server = Server::start(Behaviour::with_password("secret")).await;
    let folder = Folder::new();
    let file = folder.0.path().join("key.pub");
    fs::write(&file, server.public_key().to_openssh().unwrap()).unwrap();
    let drawing = Command::new("ssh-keygen").arg("-lvf").arg(&file).output();
    let Ok(drawing) = drawing else {
        eprintln!("skipped: there is no ssh-keygen to compare with");
        return;
    };
    let person = Person::trusting(&["secret"]);
    let target = named_target("127.0.0.1", server.address().port(), "ops");
    connect(&target, &AuthMethod::Password, &folder, &person)
        .await
        .unwrap();
    let drawn = String::from_utf8(drawing.stdout).unwrap();
    let question = person.host_keys().remove(0);
    assert!(
        drawn.contains(question.randomart.trim_end()),
        "{drawn}\n{}",
        question.randomart
    );
    assert!(drawn.contains(&question.fingerprint));
}
