//! Host keys, proofs and failures, against servers inside the test.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::{fs, sync::Arc, time::Duration};

use ssh::{AuthMethod, ConnectError, Hop, Phase, Timeouts};
use support::{Folder, Person, connect, named_target, target};
use testkit::{
    server::{Behaviour, Server, fresh_key},
    tcp::{self, Listener, Manner},
};

fn short() -> Timeouts {
    let short = Duration::from_millis(300);
    Timeouts {
        connect: short,
        banner: short,
        key_exchange: short,
        authentication: short,
    }
}

async fn failing(address: std::net::SocketAddr) -> ConnectError {
    let (folder, person) = (Folder::new(), Person::trusting(&["secret"]));
    let hop = Hop {
        timeouts: short(),
        ..Hop::new(target(address), AuthMethod::Password, folder.known_hosts())
    };
    ssh::connect(&hop, None, person).await.unwrap_err()
}

#[tokio::test]
async fn a_new_key_is_asked_about_once_and_remembered() {
    let server = Server::start(Behaviour::with_password("secret")).await;
    let (folder, target) = (Folder::new(), target(server.address()));
    let person = Person::trusting(&["secret", "secret"]);
    for _ in 0..2 {
        let connection = connect(&target, &AuthMethod::Password, &folder, &person)
            .await
            .unwrap();
        assert_eq!(
            connection.details().host_key.map(|key| key.fingerprint),
            Some(server.fingerprint())
        );
        assert!(connection.details().cipher.contains("gcm"));
    }
    let asked = person.host_keys();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].fingerprint, server.fingerprint());
    assert_eq!(
        (asked[0].port, asked[0].algorithm.as_str()),
        (target.port, "ssh-ed25519")
    );
    assert!(asked[0].randomart.starts_with("+--[ED25519 256]--+\n"));
    assert_eq!(server.seen().connections(), 2, "one connection each");
    assert_eq!(
        fs::read_to_string(folder.own()).unwrap().trim(),
        server.known_hosts_line().trim()
    );
    assert!(
        !folder.other().exists(),
        "OpenSSH's files are never written"
    );
}

#[tokio::test]
async fn a_key_that_openssh_knows_is_not_asked_about() {
    let server = Server::start(Behaviour::with_password("secret")).await;
    let (folder, person) = (Folder::new(), Person::trusting(&["secret"]));
    fs::write(folder.other(), server.known_hosts_line()).unwrap();
    let target = target(server.address());
    connect(&target, &AuthMethod::Password, &folder, &person)
        .await
        .unwrap();
    assert!(person.host_keys().is_empty());
}

#[tokio::test]
async fn no_secret_goes_to_a_host_that_is_not_trusted() {
    let server = Server::start(Behaviour::with_password("secret")).await;
    let (folder, target) = (Folder::new(), target(server.address()));
    let doubting = Arc::new(Person::default());
    let error = connect(&target, &AuthMethod::Password, &folder, &doubting)
        .await
        .unwrap_err();
    assert!(
        matches!(&error, ConnectError::HostKeyRejected { fingerprint, .. }
        if *fingerprint == server.fingerprint())
    );

    fs::write(folder.other(), server.known_hosts_line()).unwrap();
    server.change_host_key();
    let person = Person::trusting(&["secret"]);
    let error = connect(&target, &AuthMethod::Password, &folder, &person)
        .await
        .unwrap_err();
    let ConnectError::HostKeyChanged(changed) = &error else {
        panic!("{error}")
    };
    assert_eq!(changed.fingerprint, server.fingerprint());
    assert_eq!(
        (&changed.known[0].file, changed.known[0].line),
        (&folder.other(), 1)
    );
    assert!(error.hint().unwrap().contains("line 1"));

    let revoked = server
        .known_hosts_line()
        .replace("[127.0.0.1]", "@revoked 127.0.0.1,[127.0.0.1]");
    fs::write(folder.other(), server.known_hosts_line() + &revoked).unwrap();
    let error = connect(&target, &AuthMethod::Password, &folder, &person)
        .await
        .unwrap_err();
    assert!(
        matches!(error, ConnectError::HostKeyRevoked { line: 2, .. }),
        "{error}"
    );

    assert_eq!(
        server.seen().attempts(),
        [],
        "no proof of any kind was given"
    );
    assert!(person.asked().is_empty() && person.host_keys().is_empty());
    assert_eq!(server.seen().connections(), 3);
}

#[tokio::test]
async fn giving_up_withdraws_the_question_and_hangs_up() {
    let server = Server::start(Behaviour::with_password("secret")).await;
    let (folder, target) = (Folder::new(), target(server.address()));
    let person = Arc::new(Person {
        is_away: true,
        ..Person::default()
    });
    {
        let connecting = connect(&target, &AuthMethod::Password, &folder, &person);
        tokio::pin!(connecting);
        tokio::select! {
            _ = &mut connecting => panic!("nobody answered"),
            () = support::until("the question is asked", || !person.host_keys().is_empty()) => {}
        }
    }
    let withdrawn = || person.withdrawn.load(std::sync::atomic::Ordering::SeqCst) == 1;
    support::until("the question is withdrawn", withdrawn).await;
    assert_eq!(server.seen().attempts(), []);
}

#[tokio::test]
async fn a_wrong_password_is_asked_for_again_twice_on_the_same_connection() {
    let server = Server::start(Behaviour::with_password("secret")).await;
    let (folder, target) = (Folder::new(), target(server.address()));
    let person = Person::trusting(&["one", "two", "secret"]);
    connect(&target, &AuthMethod::Password, &folder, &person)
        .await
        .unwrap();
    let retries: Vec<bool> = person.asked().iter().map(|asked| asked.retry).collect();
    assert_eq!(retries, [false, true, true]);

    let person = Person::trusting(&["one", "two", "three", "four"]);
    let error = connect(&target, &AuthMethod::Password, &folder, &person)
        .await
        .unwrap_err();
    let ConnectError::AuthFailed { tried, offered, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!(
        (tried.as_slice(), offered.as_slice()),
        (&["password".to_owned()][..], &["password".to_owned()][..])
    );
    assert_eq!(person.asked().len(), 3);
    assert!(
        !format!("{error:?} {error}").contains("two"),
        "no secret in an error"
    );

    let person = Person::trusting(&[]);
    let error = connect(&target, &AuthMethod::Password, &folder, &person)
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectError::Cancelled { .. }), "{error}");
    assert_eq!(server.seen().connections(), 3);
}

#[tokio::test]
async fn keyboard_interactive_passes_the_servers_own_questions_on() {
    let prompts = vec![("Password: ", "secret"), ("Code:\u{1b}[31m ", "123456")];
    let server = Server::start(Behaviour {
        prompts,
        ..Behaviour::default()
    })
    .await;
    let (folder, target) = (Folder::new(), target(server.address()));
    let person = Person::trusting(&["secret", "000000", "secret", "123456"]);
    connect(&target, &AuthMethod::Auto, &folder, &person)
        .await
        .unwrap();
    assert!(
        person.asked().is_empty(),
        "both are asked for in one window"
    );
    let prompted = person.prompted();
    let texts: Vec<_> = prompted[0]
        .prompts
        .iter()
        .map(|prompt| (prompt.text.as_str(), prompt.is_password))
        .collect();
    assert_eq!(texts, [("Password:", true), ("Code: [31m", false)]);
    let retries: Vec<_> = prompted.iter().map(|asked| asked.retry).collect();
    assert_eq!(retries, [false, true]);
}

#[tokio::test]
async fn a_key_file_is_a_proof_and_its_passphrase_is_asked_for_only_if_it_helps() {
    let key = fresh_key();
    let folder = Folder::new();
    let path = folder.0.path().join("id");
    let mut random = russh_rng();
    let locked = key.encrypt(&mut random, "opensesame").unwrap();
    fs::write(
        &path,
        locked.to_openssh(Default::default()).unwrap().as_bytes(),
    )
    .unwrap();
    let keys = vec![key.public_key().clone()];
    let server = Server::start(Behaviour {
        keys,
        ..Behaviour::default()
    })
    .await;
    let stranger = Server::start(Behaviour {
        keys: vec![fresh_key().public_key().clone()],
        ..Behaviour::with_password("secret")
    })
    .await;
    let method = AuthMethod::KeyFile(path.clone());

    let phrases = ["wrong", "opensesame"];
    let person = Arc::new(Person {
        trusts: true,
        passphrases: phrases.to_vec().into(),
        ..Person::default()
    });
    connect(&target(server.address()), &method, &folder, &person)
        .await
        .unwrap();

    let person = Arc::new(Person {
        trusts: true,
        passphrases: phrases.to_vec().into(),
        ..Person::default()
    });
    let error = connect(&target(stranger.address()), &method, &folder, &person)
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectError::AuthFailed { .. }), "{error}");
    assert_eq!(
        person.passphrases.lock().unwrap().len(),
        2,
        "it was not asked for"
    );

    fs::write(&path, "not a key").unwrap();
    let error = connect(&target(server.address()), &method, &folder, &person)
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectError::KeyFile { .. }), "{error}");
    let method = AuthMethod::KeyFile(folder.0.path().to_owned());
    let error = connect(&target(server.address()), &method, &folder, &person)
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectError::KeyFile { .. }), "{error}");
}

fn russh_rng() -> impl russh::keys::ssh_key::rand_core::CryptoRng {
    russh::keys::key::safe_rng()
}

#[tokio::test]
async fn a_refused_port_and_an_unknown_name_are_told_apart() {
    let error = failing(tcp::closed_port().await).await;
    assert!(matches!(error, ConnectError::Refused { .. }), "{error}");
    for host in ["no such host", "*", "does-not-exist.invalid"] {
        let target = named_target(host, 22, "ops");
        let (folder, person) = (Folder::new(), Person::trusting(&[]));
        let error = connect(&target, &AuthMethod::Password, &folder, &person)
            .await
            .unwrap_err();
        assert!(matches!(error, ConnectError::NameUnknown { .. }), "{error}");
    }
}

#[tokio::test]
async fn what_is_no_ssh_server_ends_in_its_own_error_and_one_connection() {
    let version = b"SSH-2.0-Stuck\r\n".to_vec();
    for (manner, phase) in [
        (Manner::Silent, Some(Phase::Banner)),
        (Manner::Says(version), Some(Phase::KeyExchange)),
        (Manner::Chatty, None),
        (Manner::HangsUp, None),
        (
            Manner::Says(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()),
            Some(Phase::Banner),
        ),
    ] {
        let listener = Listener::start(manner.clone()).await;
        let error = failing(listener.address()).await;
        match (phase, &error) {
            (Some(expected), ConnectError::Timeout { phase, .. }) => assert_eq!(*phase, expected),
            (None, ConnectError::Protocol { .. }) => {}
            _ => panic!("{manner:?}: {error}"),
        }
        assert!(error.to_string().contains(&listener.address().to_string()));
        assert_eq!(listener.connections(), 1);
    }
}

#[tokio::test]
async fn a_closed_connection_says_so_to_everyone() {
    let server = Server::start(Behaviour::with_password("secret")).await;
    let connection = support::connected(&server).await;
    let other = connection.clone();
    server.kill();
    let closed = other.closed().await;
    assert!(
        matches!(
            closed,
            ssh::Closed::ByServer { .. } | ssh::Closed::Broken { .. }
        ),
        "{closed}"
    );
    let error = connection
        .exec(&support::probe(), None, &support::LIMITS)
        .await
        .unwrap_err();
    assert!(error.is_lost(), "{error}");
    assert!(!connection.has_sftp().await);

    let server = Server::start(Behaviour::with_password("secret")).await;
    let connection = support::connected(&server).await;
    connection.close().await;
    assert_eq!(connection.closed().await, ssh::Closed::Asked);
    connection.close().await;
}

#[tokio::test]
async fn a_code_is_asked_for_in_the_servers_words_and_the_password_only_once() {
    let prompts = vec![
        ("Verification code: ", "123456"),
        ("One-time password (OATH) for `ops': ", "654321"),
        ("(ops@web1) PASSWORD: ", "secret"),
        ("New password: ", "better"),
    ];
    let server = Server::start(Behaviour {
        prompts,
        ..Behaviour::default()
    })
    .await;
    let (folder, target) = (Folder::new(), target(server.address()));
    let person = Person::trusting(&["123456", "654321", "secret", "better"]);
    connect(&target, &AuthMethod::Password, &folder, &person)
        .await
        .unwrap();
    let prompted = person.prompted();
    let asked: Vec<_> = prompted[0]
        .prompts
        .iter()
        .map(|prompt| (prompt.text.as_str(), prompt.is_password))
        .collect();
    let once = "One-time password (OATH) for `ops':";
    assert_eq!(
        asked,
        [
            ("Verification code:", false),
            (once, false),
            ("(ops@web1) PASSWORD:", true),
            ("New password:", false)
        ]
    );
}

/// The usual keys are found by the environment, which a test must not change: this one runs itself
/// again.
#[tokio::test]
async fn a_usual_key_of_the_old_format_is_offered_before_its_passphrase_is_asked_for() {
    const AGAIN: &str = "HEADLESSOS_TEST_USUAL_KEYS";
    if let Some(key) = std::env::var_os(AGAIN) {
        return offer_a_usual_key(key.as_ref()).await;
    }
    let folder = Folder::new();
    let key = folder.0.path().join(".ssh").join("id_rsa");
    fs::create_dir(folder.0.path().join(".ssh")).unwrap();
    let made = std::process::Command::new("ssh-keygen")
        .args([
            "-q",
            "-m",
            "PEM",
            "-t",
            "rsa",
            "-b",
            "2048",
            "-N",
            "opensesame",
            "-f",
        ])
        .arg(&key)
        .status();
    let Ok(made) = made else {
        eprintln!("skipped: there is no ssh-keygen");
        return;
    };
    assert!(made.success());
    let again = std::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "a_usual_key_of_the_old_format_is_offered_before_its_passphrase_is_asked_for",
        ])
        .env(AGAIN, &key)
        .env("HOME", folder.0.path())
        .env_remove("SSH_AUTH_SOCK")
        .output()
        .unwrap();
    let said = [again.stdout, again.stderr].concat();
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&said));
}

async fn offer_a_usual_key(path: &std::path::Path) {
    let public = path.with_extension("pub");
    let keys = vec![fs::read_to_string(&public).unwrap().parse().unwrap()];
    let knows = Behaviour {
        keys,
        ..Behaviour::with_password("secret")
    };
    let server = Server::start(knows).await;
    let stranger = Server::start(Behaviour {
        keys: vec![fresh_key().public_key().clone()],
        ..Behaviour::with_password("secret")
    })
    .await;
    // The answers that are left: passphrases, passwords.
    let left = async |server: &Server| {
        let person = Arc::new(Person {
            trusts: true,
            passphrases: vec!["opensesame"].into(),
            passwords: vec!["secret"].into(),
            ..Person::default()
        });
        let target = target(server.address());
        connect(&target, &AuthMethod::Auto, &Folder::new(), &person)
            .await
            .unwrap();
        (
            person.passphrases.lock().unwrap().len(),
            person.passwords.lock().unwrap().len(),
        )
    };
    assert_eq!(left(&server).await, (0, 1), "the server takes the key");
    assert_eq!(left(&stranger).await, (1, 0), "the server does not take it");
    fs::remove_file(public).unwrap();
    assert_eq!(left(&server).await, (1, 0), "it cannot be offered");
}
