//! Logging in to a real sshd of the test's own, and keys to do it with.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
};

use ssh::{AgentAddress, AuthMethod, ConnectError, Connection, Hop, KnownHosts, Proofs};
use testkit::sshd::{Attempt, Sshd, keygen};

use super::{Person, named_target, until};

pub(crate) const PASSPHRASE: &str = "opensesame";

/// Proofs by these key files, in this order, and by nothing of the machine's own.
pub(crate) fn by_files(files: &[&Path]) -> Proofs {
    Proofs {
        identity_files: files.iter().map(|file| file.to_path_buf()).collect(),
        agent: AgentAddress::Off,
        ..Proofs::by(AuthMethod::Auto)
    }
}

/// Proofs by this agent, and by these key files.
pub(crate) fn by_agent(agent: &Path, files: &[&Path]) -> Proofs {
    Proofs {
        agent: AgentAddress::At(agent.to_owned()),
        ..by_files(files)
    }
}

pub(crate) fn hop(sshd: &Sshd, proofs: Proofs) -> Hop {
    fs::write(sshd.path("known_hosts"), sshd.known_hosts_line()).unwrap();
    let files = KnownHosts::of_files(sshd.path("own"), vec![sshd.path("known_hosts")]);
    let target = named_target("127.0.0.1", sshd.address().port(), sshd.user());
    Hop {
        proofs,
        ..Hop::new(target, AuthMethod::Auto, files)
    }
}

pub(crate) async fn log_in(
    sshd: &Sshd,
    proofs: Proofs,
    person: &Arc<Person>,
) -> Result<Connection, ConnectError> {
    let ask = Arc::clone(person);
    let connected = ssh::connect(&hop(sshd, proofs), None, ask).await;
    connected.map(|connection| connection.witnessed(testkit::anyone()))
}

/// A connection to it, by a fresh key.
pub(crate) async fn logged_in(sshd: &Sshd) -> Connection {
    let key = key(&sshd.path("."), "fresh", "ed25519", &[]);
    sshd.authorize(&[&public(&key)]);
    let person = Person::trusting(&[]);
    log_in(sshd, by_files(&[&key]), &person).await.unwrap()
}

/// Logs in, and returns the proofs that sshd has logged meanwhile.
pub(crate) async fn accepted(sshd: &Sshd, proofs: Proofs, person: &Arc<Person>) -> Vec<Attempt> {
    let before = sshd.attempts().len();
    let connection = log_in(sshd, proofs, person).await;
    let error = connection.as_ref().err();
    assert!(error.is_none(), "{error:?}\n{}", sshd.log());
    let connection = connection.unwrap();
    let logged = || sshd.attempts().split_off(before);
    until("it is logged", || {
        logged().iter().any(|attempt| attempt.end == "Accepted")
    })
    .await;
    connection.close().await;
    logged()
}

/// The way in that a log tells of, for example `Failed RSA`, `Accepted ED25519`.
pub(crate) fn ends(attempts: &[Attempt]) -> Vec<String> {
    let end = |attempt: &Attempt| {
        let what = attempt.key.split(' ').next().unwrap_or_default();
        let what = if what.is_empty() {
            &attempt.method
        } else {
            what
        };
        format!("{} {what}", attempt.end)
    };
    attempts.iter().map(end).collect()
}

/// A fresh key of this kind (`ed25519`, `rsa`, `ecdsa-384`), made by ssh-keygen with these words.
pub(crate) fn key(folder: &Path, name: &str, kind: &str, words: &[&str]) -> PathBuf {
    let path = folder.join(name);
    let (kind, bits) = kind.split_once('-').unwrap_or((kind, "2048"));
    let mut all = vec!["-t", kind];
    if kind != "ed25519" {
        all.extend(["-b", bits]);
    }
    all.extend(if words.is_empty() { &["-N", ""] } else { words });
    keygen(&all, &path);
    path
}

pub(crate) fn public(key: &Path) -> String {
    let line = fs::read_to_string(public_path(key)).unwrap();
    line.trim().to_owned()
}

pub(crate) fn public_path(key: &Path) -> PathBuf {
    let mut path = key.as_os_str().to_owned();
    path.push(".pub");
    path.into()
}

/// Runs a program; `None`, with the reason printed, where there is none. Fails the test where it
/// fails.
pub(crate) fn run(program: &str, words: &[&str]) -> Option<String> {
    let mut command = Command::new(program);
    let output = command.args(words).stdin(Stdio::null()).output();
    let Ok(output) = output else {
        eprintln!("skipped: there is no {program}");
        return None;
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {words:?}: {said}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
