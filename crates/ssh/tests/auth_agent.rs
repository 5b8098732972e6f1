//! Agents: OpenSSH's, GnuPG's, one that asks a person, one with odd entries, security keys. The
//! server is a real sshd.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use russh::keys::{Algorithm, PrivateKey};
use ssh::{AgentAddress, AuthMethod, ConnectError, Proofs, Timeouts};
use support::{
    Person,
    sshd::{
        PASSPHRASE, accepted, by_agent, ends, hop, key, log_in, public, public_path, run, text,
    },
    until,
};
use testkit::{
    agent::{Agent, Held},
    server::{fresh_key, fresh_key_of},
    sshd::Sshd,
};
use tokio::sync::Semaphore;

fn line(key: &PrivateKey) -> String {
    key.public_key().to_openssh().unwrap()
}

fn only_agent(agent: &Path) -> Proofs {
    Proofs {
        method: AuthMethod::Agent,
        ..by_agent(agent, &[])
    }
}

fn nobody() -> Arc<Person> {
    Person::unlocking(&[])
}

/// An agent program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn ssh_agent(folder: &Path) -> (Running, PathBuf) {
    let socket = folder.join("agent");
    let mut program = Command::new("ssh-agent");
    let program = program
        .arg("-D")
        .arg("-a")
        .arg(&socket)
        .stdout(Stdio::null());
    let running = Running(program.spawn().unwrap());
    let begun = Instant::now();
    while !socket.exists() {
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "it never listens"
        );
        std::thread::yield_now();
    }
    (running, socket)
}

fn ssh_add(socket: &Path, words: &[&str]) {
    let mut add = Command::new("ssh-add");
    let add = add.arg("-q").args(words).env("SSH_AUTH_SOCK", socket);
    let output = add.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "ssh-add {words:?}: {said}");
}

#[tokio::test]
async fn every_kind_of_key_in_openssh_s_agent() {
    let Some(sshd) = Sshd::start(&[]) else { return };
    let folder = tempfile::tempdir().unwrap();
    for (kind, name) in [
        ("ed25519", "ED25519"),
        ("ecdsa-384", "ECDSA"),
        ("rsa", "RSA"),
    ] {
        let folder = folder.path().join(kind);
        fs::create_dir(&folder).unwrap();
        let (_agent, socket) = ssh_agent(&folder);
        let path = key(&folder, "key", kind, &[]);
        ssh_add(&socket, &[text(&path)]);
        sshd.authorize(&[&public(&path)]);
        for proofs in [only_agent(&socket), by_agent(&socket, &[])] {
            let attempts = accepted(&sshd, proofs, &nobody()).await;
            assert_eq!(ends(&attempts), [format!("Accepted {name}")]);
        }
        // A file that is locked, or of which there is only the public half, is signed for by the
        // agent, and comes before the agent's other keys.
        let locked = key(&folder, "locked", kind, &["-N", PASSPHRASE, "-a", "1"]);
        let other = key(&folder, "other", kind, &[]);
        fs::copy(public_path(&other), public_path(&locked)).unwrap();
        ssh_add(&socket, &[text(&other)]);
        sshd.authorize(&[&public(&other)]);
        let half = folder.join("half");
        fs::copy(public_path(&other), public_path(&half)).unwrap();
        for file in [&half, &public_path(&other)] {
            let attempts = accepted(&sshd, by_agent(&socket, &[file]), &nobody()).await;
            assert_eq!(ends(&attempts), [format!("Accepted {name}")]);
            let chosen = Proofs {
                method: AuthMethod::KeyFile(file.clone()),
                ..by_agent(&socket, &[])
            };
            accepted(&sshd, chosen, &nobody()).await;
        }
    }
}

#[tokio::test]
async fn a_key_that_is_for_one_server_only_is_used_there() {
    let Some(sshd) = Sshd::start(&[]) else { return };
    let folder = tempfile::tempdir().unwrap();
    let (_agent, socket) = ssh_agent(folder.path());
    let path = key(folder.path(), "key", "ed25519", &[]);
    let known = folder.path().join("known_hosts");
    fs::write(&known, sshd.known_hosts_line()).unwrap();
    let place = format!("[127.0.0.1]:{}", sshd.address().port());
    ssh_add(&socket, &["-H", text(&known), "-h", &place, text(&path)]);
    sshd.authorize(&[&public(&path)]);
    let attempts = accepted(&sshd, only_agent(&socket), &nobody()).await;
    assert_eq!(ends(&attempts), ["Accepted ED25519"]);

    let Some(elsewhere) = Sshd::start(&[]) else {
        return;
    };
    elsewhere.authorize(&[&public(&path)]);
    let refused = log_in(&elsewhere, only_agent(&socket), &nobody()).await;
    assert!(refused.is_err(), "the agent keeps it back");
}

#[tokio::test]
async fn keys_of_gnupg_s_agent() {
    let Some(sshd) = Sshd::start(&[]) else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("gnupg");
    fs::create_dir(&home).unwrap();
    fs::set_permissions(&home, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let mut agent = Command::new("gpg-agent");
    let agent = agent
        .args(["--enable-ssh-support", "--daemon", "--homedir"])
        .arg(&home);
    let Ok(status) = agent.stdout(Stdio::null()).stderr(Stdio::null()).status() else {
        eprintln!("skipped: there is no gpg-agent");
        return;
    };
    let _agent = Gnupg(home.clone());
    assert!(status.success());
    let words = ["--homedir", text(&home), "--list-dirs", "agent-ssh-socket"];
    let Some(socket) = run("gpgconf", &words) else {
        return;
    };
    let socket = PathBuf::from(socket.trim());
    for (kind, name) in [
        ("ed25519", "ED25519"),
        ("ecdsa-256", "ECDSA"),
        ("rsa", "RSA"),
    ] {
        let Some(line) = gpg_key(&home, kind) else {
            return;
        };
        sshd.authorize(&[&line]);
        let attempts = accepted(&sshd, only_agent(&socket), &nobody()).await;
        assert_eq!(ends(&attempts).last().unwrap(), &format!("Accepted {name}"));
    }
}

/// GnuPG's agent of this home, which ends with the test.
struct Gnupg(PathBuf);

impl Drop for Gnupg {
    fn drop(&mut self) {
        let _ = run(
            "gpgconf",
            &["--homedir", text(&self.0), "--kill", "gpg-agent"],
        );
    }
}

/// Makes a key that GnuPG's agent may use for SSH; the line for `authorized_keys`.
fn gpg_key(home: &Path, kind: &str) -> Option<String> {
    let algorithm = match kind {
        "ed25519" => "ed25519",
        "rsa" => "rsa2048",
        _ => "nistp256",
    };
    let home = text(home);
    let gpg = [
        "--homedir",
        home,
        "--batch",
        "--quiet",
        "--passphrase",
        "",
        "--pinentry-mode",
        "loopback",
    ];
    let make = [
        &gpg[..],
        &["--quick-gen-key", kind, algorithm, "sign", "never"],
    ]
    .concat();
    run("gpg", &make)?;
    let listed = run(
        "gpg",
        &["--homedir", home, "--with-keygrip", "--list-keys", kind],
    )?;
    let grip = listed
        .split("Keygrip = ")
        .nth(1)?
        .lines()
        .next()?
        .to_owned();
    let mut control = fs::read_to_string(format!("{home}/sshcontrol")).unwrap_or_default();
    control.push_str(&format!("{grip}\n"));
    fs::write(format!("{home}/sshcontrol"), control).unwrap();
    let fingerprint = listed
        .lines()
        .map(str::trim)
        .find(|line| line.len() == 40)?;
    let meant = format!("{fingerprint}!");
    let all = run("gpg", &["--homedir", home, "--export-ssh-key", &meant])?;
    Some(all.lines().next()?.to_owned())
}

#[tokio::test]
async fn entries_that_are_not_understood_hide_no_other() {
    let Some(sshd) = Sshd::start(&[]) else { return };
    let good = fresh_key();
    sshd.authorize(&[&line(&good)]);
    let agent = Agent::start(vec![
        Held::of_unknown_kind(),
        Held::of_bytes(b""),
        Held::of_bytes(&[0, 0, 0, 11, b's', b's', b'h']),
        Held::of_bytes(&[0xff; 40]),
        Held::key(good, "the good one"),
    ]);
    let attempts = accepted(&sshd, only_agent(&agent.path()), &nobody()).await;
    assert_eq!(ends(&attempts), ["Accepted ED25519"]);
    assert_eq!(agent.signatures(), 1);
}

#[tokio::test]
async fn security_keys_are_taken_if_they_were_touched() {
    let Some(sshd) = Sshd::start(&["PasswordAuthentication no"]) else {
        return;
    };
    for (by_ecdsa, name) in [(false, "ED25519-SK"), (true, "ECDSA-SK")] {
        let touched = Held::security_key(by_ecdsa, true);
        sshd.authorize(&[&touched.public_line()]);
        let agent = Agent::start(vec![touched]);
        let attempts = accepted(&sshd, only_agent(&agent.path()), &nobody()).await;
        assert_eq!(ends(&attempts), [format!("Accepted {name}")]);

        let untouched = Held::security_key(by_ecdsa, false);
        sshd.authorize(&[&untouched.public_line()]);
        let line = format!("no-touch-required {}", untouched.public_line());
        let agent = Agent::start(vec![untouched]);
        let error = log_in(&sshd, only_agent(&agent.path()), &nobody())
            .await
            .unwrap_err();
        assert!(
            error.to_string().contains("not what signed with it"),
            "{error}"
        );
        sshd.authorize(&[&line]);
        accepted(&sshd, only_agent(&agent.path()), &nobody()).await;
    }
}

#[tokio::test]
async fn the_file_of_a_security_key_says_that_it_needs_the_agent() {
    let Some(sshd) = Sshd::start(&["PasswordAuthentication no"]) else {
        return;
    };
    let held = Held::security_key(false, true);
    sshd.authorize(&[&held.public_line()]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("id_ed25519_sk");
    fs::write(public_path(&file), held.public_line()).unwrap();
    let no_agent = Proofs {
        agent: AgentAddress::Off,
        ..by_agent(Path::new(""), &[&file])
    };
    let error = log_in(&sshd, no_agent, &nobody()).await.unwrap_err();
    assert!(error.to_string().contains("ssh-add"), "{error}");
    let agent = Agent::start(vec![held]);
    accepted(&sshd, by_agent(&agent.path(), &[&file]), &nobody()).await;
}

#[tokio::test]
async fn a_person_who_confirms_each_signature_has_all_the_time() {
    let Some(sshd) = Sshd::start(&[]) else { return };
    let key = fresh_key();
    sshd.authorize(&[&line(&key)]);
    let person = Arc::new(Semaphore::new(0));
    let agent = Agent::asking(vec![Held::key(key, "vault")], Arc::clone(&person));
    let mut hop = hop(&sshd, only_agent(&agent.path()));
    hop.timeouts = Timeouts {
        authentication: Duration::from_secs(3),
        ..Timeouts::default()
    };
    let begun = Instant::now();
    let patient = async {
        until("the agent asks", || {
            agent.signatures() == 1 && begun.elapsed() > Duration::from_secs(4)
        })
        .await;
        person.add_permits(1);
    };
    let (result, ()) = tokio::join!(ssh::connect(&hop, None, nobody()), patient);
    result.unwrap().close().await;
}

#[tokio::test]
async fn a_yes_that_comes_after_the_server_hung_up_is_told_as_that() {
    let Some(sshd) = Sshd::start(&["LoginGraceTime 5"]) else {
        return;
    };
    let key = fresh_key();
    sshd.authorize(&[&line(&key)]);
    let person = Arc::new(Semaphore::new(0));
    let agent = Agent::asking(vec![Held::key(key, "vault")], Arc::clone(&person));
    // The person says yes when it is too late.
    let late = async {
        until("the agent asks", || agent.signatures() == 1).await;
        until("the server has had enough", || sshd.serving() == 0).await;
        person.add_permits(1);
    };
    let nobody = nobody();
    let logging_in = log_in(&sshd, only_agent(&agent.path()), &nobody);
    let (result, ()) = tokio::join!(logging_in, late);
    let error = result.unwrap_err();
    assert!(error.to_string().contains("hung up"), "{error}");
}

#[tokio::test]
async fn an_agent_that_is_absent_empty_or_old_says_so() {
    let Some(sshd) = Sshd::start(&["PasswordAuthentication no"]) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let absent = folder.path().join("absent");
    let off = Proofs {
        agent: AgentAddress::Off,
        ..only_agent(&absent)
    };
    let empty = Agent::start(vec![]);
    for (proofs, words) in [
        (only_agent(&absent), "absent"),
        (off, "switched off"),
        (only_agent(&empty.path()), "no keys"),
    ] {
        let error = log_in(&sshd, proofs, &nobody()).await.unwrap_err();
        assert!(matches!(error, ConnectError::Agent { .. }), "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }
    let rsa = fresh_key_of(Algorithm::Rsa { hash: None });
    sshd.authorize(&[&line(&rsa)]);
    let old = Agent::start(vec![Held::by_sha1(rsa)]);
    let error = log_in(&sshd, only_agent(&old.path()), &nobody())
        .await
        .unwrap_err();
    assert!(error.to_string().contains("SHA-1"), "{error}");
}
