//! Which keys are offered, and in which order: as the `ssh` of this machine does it; what is wanted
//! on top of a key; when to stop. The server is a real sshd.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
};

use ssh::{AuthMethod, ConnectError, Proofs};
use support::{
    Person,
    sshd::{accepted, by_agent, by_files, ends, key, log_in, public, public_path, text},
};
use testkit::{
    agent::{Agent, Held},
    server::fresh_key,
    sshd::{Attempt, Sshd, keygen},
};

fn nobody() -> Arc<Person> {
    Person::unlocking(&[])
}

/// Runs OpenSSH's own client with the same proofs.
fn openssh(sshd: &Sshd, proofs: &Proofs, agent: &Path) {
    fs::write(sshd.path("theirs"), sshd.known_hosts_line()).unwrap();
    let port = sshd.address().port().to_string();
    let mut options = vec![
        format!("UserKnownHostsFile={}", sshd.path("theirs").display()),
        format!("IdentityAgent={}", agent.display()),
        format!(
            "IdentitiesOnly={}",
            if proofs.identities_only { "yes" } else { "no" }
        ),
        "BatchMode=yes".to_owned(),
    ];
    let files = proofs.identity_files.iter();
    options.extend(files.map(|file| format!("IdentityFile={}", file.display())));
    let files = proofs.certificate_files.iter();
    options.extend(files.map(|file| format!("CertificateFile={}", file.display())));
    let mut ssh = Command::new("ssh");
    ssh.args(["-F", "none", "-p", &port, "-l", sshd.user()]);
    for option in &options {
        ssh.args(["-o", option]);
    }
    let output = ssh
        .args(["127.0.0.1", "true"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(!output.status.success(), "nobody is let in");
}

/// A key of the folder that an agent holds.
fn held(path: &Path) -> Held {
    let text = fs::read_to_string(path).unwrap();
    Held::key(
        russh::keys::decode_secret_key(&text, None).unwrap(),
        text_of(path),
    )
}

fn text_of(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

fn sign(ca: &Path, key: &Path) -> PathBuf {
    let words = ["-s", text(ca), "-I", "a", "-n", "someone"];
    let mut all = words.to_vec();
    let public = public_path(key);
    all.push(text(&public));
    assert!(
        Command::new("ssh-keygen")
            .arg("-q")
            .args(&all)
            .status()
            .unwrap()
            .success()
    );
    let mut certificate = key.as_os_str().to_owned();
    certificate.push("-cert.pub");
    certificate.into()
}

#[tokio::test]
async fn keys_are_offered_in_openssh_s_order() {
    let lines = [
        "PasswordAuthentication no",
        "KbdInteractiveAuthentication no",
        "MaxAuthTries 20",
    ];
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let key = |name: &str| key(folder, name, "ed25519", &[]);
    let (a, b, c, d) = (key("a"), key("b"), key("c"), key("d"));
    let (certified, ca) = (key("certified"), key("ca"));
    let beside = sign(&ca, &certified);
    let named = folder.join("named-cert.pub");
    fs::copy(&beside, &named).unwrap();

    for (files, certificates, in_agent, only) in [
        (vec![&a, &b], vec![], vec![], false),
        (vec![&a, &b], vec![], vec![&c, &b], false),
        (vec![&a, &b], vec![], vec![&c, &b], true),
        (vec![&b, &a, &d], vec![], vec![&a, &b], false),
        (vec![&certified], vec![], vec![], false),
        (vec![&a, &certified], vec![], vec![&certified, &b], false),
        (vec![&a, &certified], vec![&named], vec![], false),
        (
            vec![&a, &certified],
            vec![&named],
            vec![&b, &certified],
            true,
        ),
        (vec![&a], vec![&named], vec![&certified], false),
        (vec![&public_path(&b), &a], vec![], vec![&c, &b], false),
    ] {
        let agent = Agent::start(in_agent.iter().map(|path| held(path)).collect());
        let files: Vec<&Path> = files.iter().map(|file| file.as_path()).collect();
        let proofs = Proofs {
            certificate_files: certificates.iter().map(|&path| path.clone()).collect(),
            identities_only: only,
            ..by_agent(&agent.path(), &files)
        };
        let logged = async |ours: bool| {
            let sshd = Sshd::start(&lines)?;
            if ours {
                log_in(&sshd, proofs.clone(), &nobody()).await.unwrap_err();
            } else {
                let (path, proofs) = (agent.path(), proofs.clone());
                let running = tokio::task::spawn_blocking(move || {
                    openssh(&sshd, &proofs, &path);
                    sshd
                });
                return Some(running.await.unwrap().attempts());
            }
            Some(sshd.attempts())
        };
        let (Some(theirs), Some(ours)) = (logged(false).await, logged(true).await) else {
            return;
        };
        assert!(!theirs.is_empty());
        assert_eq!(ours, theirs, "{proofs:?}");
    }
}

#[tokio::test]
async fn two_different_keys_where_the_server_wants_two() {
    let Some(sshd) = Sshd::start(&["AuthenticationMethods publickey,publickey"]) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let key = |name: &str, kind: &str| key(folder.path(), name, kind, &[]);
    let (first, second, other) = (key("a", "ed25519"), key("b", "ecdsa-256"), key("c", "rsa"));
    sshd.authorize(&[&public(&first), &public(&second)]);
    for files in [[&first, &other, &second], [&other, &second, &first]] {
        let proofs = by_files(&files.map(PathBuf::as_path));
        let mut all = ends(&accepted(&sshd, proofs, &nobody()).await);
        all.retain(|end| !end.starts_with("Failed RSA"));
        assert_eq!(all.len(), 2, "{all:?}");
        assert!(all.first().unwrap().starts_with("Partial "), "{all:?}");
    }
    // What was chosen is the first; the second is found.
    let agent = Agent::start(vec![held(&second)]);
    let proofs = Proofs {
        method: AuthMethod::KeyFile(first.clone()),
        ..by_agent(&agent.path(), &[])
    };
    let all = ends(&accepted(&sshd, proofs, &nobody()).await);
    assert_eq!(all, ["Partial ED25519", "Accepted ECDSA"]);

    // The same key, also as a certificate or in the agent, is not offered for the second.
    let before = sshd.attempts().len();
    let agent = Agent::start(vec![held(&first)]);
    let error = log_in(&sshd, by_agent(&agent.path(), &[&first]), &nobody())
        .await
        .unwrap_err();
    let ConnectError::AuthFailed { offered, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!(*offered, ["publickey"]);
    assert_eq!(
        ends(&sshd.attempts().split_off(before)),
        ["Partial ED25519"]
    );
}

#[tokio::test]
async fn an_agent_full_of_keys_leaves_room_for_the_key_that_was_named() {
    let Some(sshd) = Sshd::start(&[]) else { return };
    let folder = tempfile::tempdir().unwrap();
    let named = key(folder.path(), "named", "ed25519", &[]);
    sshd.authorize(&[&public(&named)]);
    let many = || {
        (0..20)
            .map(|_| Held::key(fresh_key(), "one of many"))
            .collect()
    };
    let agent = Agent::start(many());
    let all = ends(&accepted(&sshd, by_agent(&agent.path(), &[&named]), &nobody()).await);
    let last = all.last().unwrap();
    assert_eq!(
        (all.len(), last.as_str()),
        (3, "Accepted ED25519"),
        "{all:?}"
    );

    // Nothing that is right: fewer refusals than the server forgives, and room for a password.
    let before = sshd.attempts().len();
    let person = Person::unlocking(&[]);
    let error = log_in(&sshd, by_agent(&agent.path(), &[]), &person)
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectError::Cancelled { .. }), "{error}");
    assert_eq!(person.asked().len(), 1, "a password is asked for");
    assert_eq!(sshd.attempts().split_off(before).len(), 3);
}

#[tokio::test]
async fn a_server_that_forgives_little_is_named_as_the_reason() {
    let Some(sshd) = Sshd::start(&["MaxAuthTries 2", "PasswordAuthentication no"]) else {
        return;
    };
    let agent = Agent::start((0..4).map(|_| Held::key(fresh_key(), "")).collect());
    let error = log_in(&sshd, by_agent(&agent.path(), &[]), &nobody())
        .await
        .unwrap_err();
    let said = error.to_string();
    assert!(
        said.contains("refused too much") && said.contains("IdentitiesOnly"),
        "{said}"
    );
}

#[tokio::test]
async fn methods_are_tried_in_the_order_that_was_asked_for() {
    let Some(sshd) = Sshd::start(&["KbdInteractiveAuthentication no"]) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let good = key(folder.path(), "good", "ed25519", &[]);
    sshd.authorize(&[&public(&good)]);
    let preferring = |names: &[&str], password_prompts| Proofs {
        preferred: names.iter().map(|&name| name.to_owned()).collect(),
        password_prompts,
        ..by_files(&[&good])
    };
    let methods = |attempts: &[Attempt]| -> Vec<String> {
        attempts
            .iter()
            .map(|attempt| attempt.method.clone())
            .collect()
    };
    let person = Person::trusting(&["wrong", "wrong", "wrong"]);
    let attempts = accepted(&sshd, preferring(&["password", "publickey"], 2), &person).await;
    assert_eq!(methods(&attempts), ["password", "password", "publickey"]);
    let error = log_in(
        &sshd,
        preferring(&["gssapi-with-mic", "password"], 1),
        &person,
    )
    .await;
    let ConnectError::AuthFailed { tried, .. } = error.unwrap_err() else {
        panic!()
    };
    assert_eq!(tried, ["password"]);
}

#[tokio::test]
async fn a_certificate_lets_in_and_one_that_does_not_says_why() {
    let lines = [
        "TrustedUserCAKeys FOLDER/ca.pub",
        "PasswordAuthentication no",
    ];
    let Some(sshd) = Sshd::start(&lines) else {
        return;
    };
    let (ca, user) = (sshd.path("ca"), sshd.user().to_owned());
    keygen(&["-t", "ed25519", "-N", ""], &ca);
    let folder = tempfile::tempdir().unwrap();
    let certified = |name: &str, kind: &str, words: &[&str]| {
        let key = key(folder.path(), name, kind, &[]);
        let mut sign = Command::new("ssh-keygen");
        let sign = sign.args(["-q", "-s", text(&ca), "-I", "id"]).args(words);
        assert!(sign.arg(public_path(&key)).status().unwrap().success());
        key
    };
    let beside = |key: &Path| PathBuf::from(format!("{}-cert.pub", key.display()));
    for (kind, name) in [
        ("ed25519", "ED25519"),
        ("ecdsa-256", "ECDSA"),
        ("rsa", "RSA"),
    ] {
        let key = certified(kind, kind, &["-n", &user]);
        // Beside the key; named; named, with the key in the agent; all in the agent.
        let attempts = ends(&accepted(&sshd, by_files(&[&key]), &nobody()).await);
        let taken = format!("Accepted {name}-CERT");
        assert_eq!(attempts.last().unwrap(), &taken);
        let certificate = beside(&key);
        let named = |proofs| Proofs {
            certificate_files: vec![certificate.clone()],
            ..proofs
        };
        let attempts = accepted(&sshd, named(by_files(&[&key])), &nobody()).await;
        assert_eq!(ends(&attempts), [taken.clone()]);
        let agent = Agent::start(vec![held(&key)]);
        let attempts = accepted(&sshd, named(by_agent(&agent.path(), &[])), &nobody()).await;
        assert_eq!(ends(&attempts), [taken.clone()]);
        let text = fs::read_to_string(&key).unwrap();
        let private = russh::keys::decode_secret_key(&text, None).unwrap();
        let certificate = fs::read_to_string(&certificate).unwrap().parse().unwrap();
        let agent = Agent::start(vec![Held::certificate(
            &certificate,
            private,
            "certificate",
        )]);
        let attempts = accepted(&sshd, by_agent(&agent.path(), &[]), &nobody()).await;
        assert_eq!(ends(&attempts), [taken]);
    }
    for (name, words, why) in [
        (
            "expired",
            vec!["-n", &user, "-V", "20200101:20200102"],
            "it has expired",
        ),
        (
            "early",
            vec!["-n", &user, "-V", "20990101:20990102"],
            "it is not valid before 20",
        ),
        (
            "other",
            vec!["-n", "alice,bob"],
            "it is for alice, bob, not for",
        ),
        ("nobody", vec![], "it names no user"),
        (
            "away",
            vec!["-n", &user, "-O", "source-address=192.0.2.0/24"],
            "192.0.2.0/24",
        ),
        ("host", vec!["-h", "-n", &user], "for a host"),
    ] {
        let key = certified(name, "ed25519", &words);
        let error = log_in(&sshd, by_files(&[&key]), &nobody())
            .await
            .unwrap_err();
        let said = error.to_string();
        assert!(
            said.contains(why) && said.contains(text(&beside(&key))),
            "{name}: {said}"
        );
    }
    let lonely = certified("lonely", "ed25519", &["-n", &user]);
    let alone = Proofs {
        certificate_files: vec![beside(&lonely), folder.path().join("absent")],
        ..by_files(&[&ca])
    };
    let said = log_in(&sshd, alone, &nobody())
        .await
        .unwrap_err()
        .to_string();
    assert!(
        said.contains("private key is in no file") && said.contains("no such file"),
        "{said}"
    );
}
