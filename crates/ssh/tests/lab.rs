//! Connecting, running and ending commands on the lab's real servers. Skipped, with a printed
//! reason, where there is no lab.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may"
)]

mod support;

use std::{process::Command, sync::Arc, time::Duration};

use futures::future::join_all;
use secrecy::SecretString;
use ssh::{AuthMethod, ConnectError, ExecError, Limits};
use support::{
    Folder, LIMITS, Person, command_of, files_of,
    lab::{by_key, log_in},
    probe, until,
};
use testkit::lab::{Host, Lab, User};

async fn look(lab: &Lab, host: &Host, user: &User) {
    let who = format!("{}@{}", user.name, host.name);
    let connection = if user.key {
        by_key(lab, host, &user.name).await
    } else {
        let person = Person::trusting(&["labpw"]);
        log_in(host, &user.name, &AuthMethod::Password, &person)
            .await
            .unwrap()
    };
    let output = connection.exec(&probe(), None, &LIMITS).await;
    let output = output.unwrap_or_else(|error| panic!("{who}: {error}"));
    let facts = catalog::RawOutput {
        stdout: &output.stdout,
        ..Default::default()
    };
    let facts = catalog::ServerFacts::parse(facts).unwrap_or_else(|error| panic!("{who}: {error}"));
    assert_eq!(
        (facts.os.as_str(), output.exit_code),
        ("Linux", Some(0)),
        "{who}"
    );
    assert_eq!(facts.uid == 0, user.name == "root", "{who}");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "",
        "{who}: noise is left out"
    );

    let paths = files_of("system.load");
    let loadavg = match connection.read_files(paths, Duration::from_secs(10)).await {
        Ok(files) => files[0].bytes.clone().unwrap(),
        Err(error) => {
            let noisy = user.name == "noisy";
            assert!(
                error == ExecError::NoSftp && (!host.sftp || noisy),
                "{who}: {error}"
            );
            let files = connection
                .exec(&catalog::files::print(paths), None, &LIMITS)
                .await
                .unwrap();
            let first = paths[0].as_str();
            catalog::files::split(&files.stdout, paths)
                .remove(first)
                .unwrap()
        }
    };
    let loadavg = String::from_utf8(loadavg).unwrap();
    assert_eq!(loadavg.split_whitespace().count(), 5, "{who}: {loadavg}");
    connection.close().await;
}

#[tokio::test]
async fn every_user_with_every_shell_on_every_host() {
    let Some(lab) = Lab::find() else { return };
    // Side by side over hosts, not over users: sshd drops logins beyond MaxStartups.
    join_all(lab.hosts.iter().map(|host| async move {
        // The same host once more, through delay and loss: one user shows it.
        let users = if host.name.ends_with("-slow") {
            1
        } else {
            usize::MAX
        };
        for user in host.users.iter().take(users) {
            look(lab, host, user).await;
        }
    }))
    .await;
}

#[tokio::test]
async fn by_password_by_locked_key_and_by_nothing() {
    let Some(lab) = Lab::find() else { return };
    for name in ["deb12-b", "busybox"] {
        let Some(host) = lab.host(name) else { return };
        let person = Person::trusting(&["wrong", "labpw"]);
        log_in(host, "plain", &AuthMethod::Password, &person)
            .await
            .unwrap();
        assert_eq!(
            person
                .asked()
                .iter()
                .map(|asked| asked.retry)
                .collect::<Vec<_>>(),
            [false, true]
        );

        let passphrase: &'static str = lab.encrypted_identity.passphrase.as_str();
        let person = Person {
            trusts: true,
            ..Person::default()
        };
        let person = Arc::new(Person {
            passphrases: vec!["wrong", passphrase].into(),
            ..person
        });
        let method = AuthMethod::KeyFile(lab.encrypted_identity.path.clone());
        log_in(host, "plain", &method, &person).await.unwrap();

        let person = Person::trusting(&["a", "b", "c", "d"]);
        let error = log_in(host, "plain", &AuthMethod::Password, &person)
            .await
            .unwrap_err();
        let ConnectError::AuthFailed { offered, .. } = &error else {
            panic!("{error}")
        };
        assert!(
            offered.iter().any(|method| method == "password"),
            "{offered:?}"
        );
        assert_eq!(person.asked().len(), 3);
    }
}

/// The agent is found by the environment, which a test must not change: this one runs itself again.
#[tokio::test]
async fn by_the_agent() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("deb12-b") else {
        return;
    };
    if std::env::var_os("HEADLESSOS_TEST_AGENT").is_some() {
        let person = Person::trusting(&[]);
        for method in [AuthMethod::Agent, AuthMethod::Auto] {
            let connection = log_in(host, "plain", &method, &person).await.unwrap();
            connection.exec(&probe(), None, &LIMITS).await.unwrap();
        }
        return;
    }
    let folder = Folder::new();
    let socket = folder.0.path().join("agent");
    let agent = Command::new("ssh-agent")
        .arg("-D")
        .arg("-a")
        .arg(&socket)
        .spawn();
    let Ok(mut agent) = agent else {
        eprintln!("skipped: there is no ssh-agent");
        return;
    };
    until("the agent listens", || socket.exists()).await;
    let mut add = Command::new("ssh-add");
    let added = add
        .arg("-q")
        .arg(&lab.identity)
        .env("SSH_AUTH_SOCK", &socket)
        .status();
    let again = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "by_the_agent"])
        .env("HEADLESSOS_TEST_AGENT", "1")
        .env("SSH_AUTH_SOCK", &socket)
        .env("HOME", folder.0.path())
        .output();
    agent.kill().unwrap();
    agent.wait().unwrap();
    assert!(added.unwrap().success());
    let again = again.unwrap();
    assert!(
        again.status.success(),
        "{}",
        String::from_utf8_lossy(&again.stdout)
    );
}

/// A user of its own on a host, whose `uname` never ends and whose `docker` prints for ever: what
/// runs are the catalog's own commands. Gone when dropped.
struct Odd<'a> {
    host: &'a Host,
    name: &'static str,
}

impl<'a> Odd<'a> {
    fn new(host: &'a Host, name: &'static str, root: bool) -> Self {
        let who = if root { "-o -u 0" } else { "" };
        let script = format!(
            "userdel -f -r {name} 2>/dev/null; useradd -m -s /bin/bash {who} {name} && \
             cd /home/{name} && mkdir -p bin .ssh && cp /home/plain/.ssh/authorized_keys .ssh/ && \
             printf '#!/bin/sh\\nsleep 86400 & wait\\n' >bin/uname && \
             printf '#!/bin/sh\\nexec yes {name}\\n' >bin/docker && chmod 755 bin/* && \
             printf 'PATH=$HOME/bin:$PATH\\n' >.bashrc && chown -R {name}: ."
        );
        let odd = Self { host, name };
        // A run that was broken off may have left some.
        odd.each_running("kill -9 ${p#/proc/}");
        let ran = host.exec(&["sh", "-c", &script]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        odd
    }

    /// Processes that the catalog's commands started for this user.
    fn running(&self) -> usize {
        self.each_running("echo $p").lines().count()
    }

    /// What `act` prints for each of those processes, `$p` being its folder in `/proc`.
    fn each_running(&self, act: &str) -> String {
        let script = format!(
            "for p in /proc/[0-9]*; do \
             case $(tr '\\0 ' ' ' <$p/cmdline 2>/dev/null) in *sleep*86400*|yes*|*bin/uname*) \
             grep -qaF HOME=/home/{} $p/environ 2>/dev/null && {act};; esac; done; true",
            self.name
        );
        let ran = self.host.exec(&["sh", "-c", &script]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.stdout
    }
}

impl Drop for Odd<'_> {
    fn drop(&mut self) {
        self.each_running("kill -9 ${p#/proc/}");
        let script = format!("userdel -f -r {} 2>/dev/null; true", self.name);
        let _ = self.host.exec(&["sh", "-c", &script]);
    }
}

async fn ends_what_it_starts(name: &'static str, root: bool) {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("deb12-b") else {
        return;
    };
    let odd = Odd::new(host, name, root);
    let connection = by_key(lab, host, name).await;

    let command = probe();
    let patient = Limits {
        timeout: Duration::from_secs(2),
        ..LIMITS
    };
    let running = connection.exec(&command, None, &patient);
    let seen = async { until("it runs", || odd.running() > 0).await };
    let (result, ()) = tokio::join!(running, seen);
    assert!(
        matches!(result, Err(ExecError::Timeout { .. })),
        "{result:?}"
    );
    until("the timeout has ended it", || odd.running() == 0).await;

    {
        let running = connection.exec(&command, None, &LIMITS);
        tokio::pin!(running);
        tokio::select! {
            result = &mut running => panic!("{result:?}"),
            () = until("it runs", || odd.running() > 0) => {}
        }
    }
    until("the drop has ended it", || odd.running() == 0).await;

    let docker = command_of("docker.containers");
    let result = connection.exec(&docker, None, &LIMITS).await;
    assert!(
        matches!(result, Err(ExecError::OutputTooLarge { .. })),
        "{result:?}"
    );
    until("the flood has ended", || odd.running() == 0).await;

    // A flood that is let be does not hold up another command.
    let endless = Limits {
        timeout: Duration::from_secs(60),
        output_bytes: usize::MAX,
    };
    let load = catalog::files::print(files_of("system.load"));
    let flooding = connection.exec(&docker, None, &endless);
    let asking = async {
        until("the flood runs", || odd.running() > 0).await;
        let quick = Limits {
            timeout: Duration::from_secs(5),
            ..LIMITS
        };
        connection.exec(&load, None, &quick).await.unwrap()
    };
    tokio::select! {
        result = flooding => panic!("{result:?}"),
        output = asking => assert_eq!(output.exit_code, Some(0)),
    }
    until("the second flood has ended", || odd.running() == 0).await;

    let running = connection.exec(&command, None, &LIMITS);
    let closing = async {
        until("it runs", || odd.running() > 0).await;
        connection.close().await;
    };
    let (result, ()) = tokio::join!(running, closing);
    assert!(
        matches!(&result, Err(error) if error.is_lost()),
        "{result:?}"
    );
    until("the close has ended it", || odd.running() == 0).await;
}

#[tokio::test]
async fn a_process_of_root_does_not_outlive_its_run() {
    ends_what_it_starts("sshtest-root", true).await;
}

#[tokio::test]
async fn a_process_of_a_plain_user_does_not_outlive_its_run() {
    ends_what_it_starts("sshtest-plain", false).await;
}

#[tokio::test]
async fn thirty_commands_and_files_under_default_limits_on_one_connection() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("deb12-b") else {
        return;
    };
    let many = Odd::new(host, "sshtest-many", false);
    let connection = by_key(lab, host, many.name).await;
    let (command, paths) = (
        catalog::files::print(files_of("system.load")),
        files_of("system.load"),
    );
    let runs = join_all((0..30).map(|_| connection.exec(&command, None, &LIMITS)));
    let reads = join_all((0..30).map(|_| connection.read_files(paths, Duration::from_secs(10))));
    let (runs, reads) = tokio::join!(runs, reads);
    for (run, read) in runs.into_iter().zip(reads) {
        assert_eq!(run.unwrap().exit_code, Some(0));
        assert!(read.unwrap().iter().all(|file| file.bytes.is_some()));
    }
    let sessions = host.exec(&["pgrep", "-fc", "sshd: sshtest-many \\[priv\\]"]);
    assert_eq!(sessions.stdout.trim(), "1", "one connection");
    let log = host.exec(&[
        "grep",
        "-c",
        "Accepted publickey for sshtest-many",
        "/var/log/auth.log",
    ]);
    assert_ne!(log.stdout.trim(), "0", "the log is the one sshd writes");
}

/// dropbear mixes up commands that run at the same time, so they are run one after the other.
#[tokio::test]
async fn thirty_commands_on_dropbear() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("busybox") else {
        return;
    };
    let connection = by_key(lab, host, "plain").await;
    let command = probe();
    for run in join_all((0..30).map(|_| connection.exec(&command, None, &LIMITS))).await {
        assert_eq!(run.unwrap().exit_code, Some(0));
    }
}

#[tokio::test]
async fn a_secret_goes_to_the_command_and_nowhere_else() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("deb12-b") else {
        return;
    };
    let connection = by_key(lab, host, "plain").await;
    let secret = SecretString::from("not-for-any-log");
    let output = connection
        .exec(&probe(), Some(&secret), &LIMITS)
        .await
        .unwrap();
    assert!(!format!("{output:?} {connection:?}").contains("not-for-any-log"));
    assert_eq!(
        host.exec(&["sh", "-c", "grep -c not-for-any-log /var/log/*log"])
            .stdout
            .lines()
            .filter(|line| !line.ends_with(":0"))
            .count(),
        0
    );
}
