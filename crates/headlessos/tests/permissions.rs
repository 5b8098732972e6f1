//! Permissions on the command line: what a profile does not grant ends with exit code 1 and its name, and
//! is not done; a job that lost its permission does nothing more; what is written over on a production
//! server takes its name.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod desk;

use std::{
    fs,
    process::{Output, Stdio},
};

use catalog::Capability;
use desk::{Desk, HERE};
use engine::{Conflict, JobState, ServerChange};
use store::{NewProfile, Store};
use testkit::server::{Answer, Behaviour, Server, fresh_key};
use tokio::process::Command;

/// A home with a key and a saved server, `web`, that grants this.
struct Home {
    folder: tempfile::TempDir,
    server: Server,
}

impl Home {
    async fn granting(capabilities: &[Capability], production: bool) -> Self {
        let key = fresh_key();
        let behaviour = Behaviour {
            keys: vec![key.public_key().clone()],
            forwards: true,
            ..Behaviour::default()
        };
        let probed = || Answer::printing("os=Linux\nuid=1000\ninit=systemd\nprogram=docker\n");
        let behaviour = behaviour.serving(&[("/etc/a", b"text")]);
        let behaviour = behaviour.answering_sftp(|request| {
            let home = sftp::Entry {
                name: "/root".into(),
                long_name: "/root".into(),
                attributes: sftp::Attributes::default(),
            };
            let asks = matches!(request, sftp::Request::RealPath { path } if path == ".");
            asks.then(|| vec![sftp::Answer::Name(vec![home])])
        });
        let server = Server::start(behaviour.answering(move |_| probed())).await;
        let folder = tempfile::tempdir().unwrap();
        let ssh = folder.path().join(".ssh");
        fs::create_dir(&ssh).unwrap();
        let private = key.to_openssh(Default::default()).unwrap();
        fs::write(ssh.join("id_ed25519"), private.as_bytes()).unwrap();
        let public = key.public_key().to_openssh().unwrap();
        fs::write(ssh.join("id_ed25519.pub"), public).unwrap();
        fs::write(ssh.join("known_hosts"), server.known_hosts_line()).unwrap();
        fs::write(folder.path().join("here"), "text").unwrap();
        let store = Store::open(&folder.path().join("data")).unwrap();
        let new = NewProfile {
            name: "web".to_owned(),
            host: "127.0.0.1".to_owned(),
            port: Some(server.address().port()),
            user: "ada".to_owned(),
            capabilities: capabilities.to_vec(),
            production,
            ..NewProfile::default()
        };
        let profile = store.draft_profile(new, |_| false).unwrap();
        store.add_profile(&profile).unwrap();
        Self { folder, server }
    }

    async fn run(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let run = Command::new(env!("CARGO_BIN_EXE_headlessos"))
            .args(arguments)
            .arg("--data-dir")
            .arg(self.folder.path().join("data"))
            .current_dir(self.folder.path())
            .env("HOME", self.folder.path())
            .env_remove("SSH_AUTH_SOCK")
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .output();
        let Output {
            status,
            stdout,
            stderr,
        } = tokio::time::timeout(desk::PATIENCE, run)
            .await
            .unwrap()
            .unwrap();
        let said = [stdout, stderr].concat();
        (status.code(), String::from_utf8_lossy(&said).into_owned())
    }
}

#[tokio::test]
async fn each_verb_ends_with_the_name_of_what_it_lacks() {
    let home = Home::granting(&[Capability::SystemRead], false).await;
    for (lacks, arguments) in [
        (
            "docker.read",
            &["get", "web", "docker.containers"] as &[&str],
        ),
        ("docker.read", &["follow", "web", "docker.events"]),
        ("files.read", &["ls", "web:/etc"]),
        ("files.read", &["cp", "web:/etc/a", "there"]),
        ("files.", &["cp", "here", "web:/etc/b"]),
        ("terminal.open", &["forward", "web", "-L", "0:localhost:9"]),
        ("files.", &["key", "install", "web", "~/.ssh/id_ed25519"]),
    ] {
        let (code, said) = home.run(arguments).await;
        assert_eq!(code, Some(1), "{arguments:?}: {said}");
        let words = format!("the profile of web does not grant {lacks}");
        assert!(said.contains(&words), "{arguments:?}: {said}");
    }
    let (_, listed) = home.run(&["servers"]).await;
    assert!(listed.contains("\tcustom\n"), "{listed}");
    assert!(listed.contains("\tadminister\n"), "{listed}");
    assert_eq!(home.server.seen().forwarded(), 0);
    // Each looked once at what the server is, and asked nothing more.
    let commands = home.server.seen().commands();
    assert!(commands.len() <= 7, "{commands:?}");

    let none = Home::granting(&[], false).await;
    for arguments in [&["get", "web", "system.load"] as &[&str], &["test", "web"]] {
        let (code, said) = none.run(arguments).await;
        assert_eq!(code, Some(1), "{arguments:?}: {said}");
        assert!(said.contains("does not grant system.read"), "{said}");
    }
    assert_eq!(none.server.seen().connections(), 0);
}

#[tokio::test]
async fn a_server_that_is_only_read_can_be_copied_from() {
    let reads = [Capability::SystemRead, Capability::FilesRead];
    let home = Home::granting(&reads, false).await;
    let (code, said) = home.run(&["cp", "web:/etc/a", "there"]).await;
    assert_eq!(code, Some(0), "{said}");
    let there = fs::read(home.folder.path().join("there")).unwrap();
    assert_eq!(there, b"text");
    let (code, said) = home.run(&["cp", "here", "web:/etc/b"]).await;
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("does not grant files.write"), "{said}");
}

#[tokio::test]
async fn writing_over_on_a_production_server_takes_its_name() {
    let home = Home::granting(Capability::ALL, true).await;
    let copy = ["cp", "here", "web:/etc/a"];
    for wrong in [&[] as &[&str], &["--confirm", "db"]] {
        let (code, said) = home.run(&[&copy, wrong].concat()).await;
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("--confirm \"web\""), "{said}");
    }
    let named = [&copy as &[&str], &["--confirm", "web"]].concat();
    let (_, said) = home.run(&named).await;
    assert!(!said.contains("--confirm"), "{said}");
    let (_, listed) = home.run(&["servers"]).await;
    assert!(listed.contains("\tcustom, production\n"), "{listed}");
}

#[tokio::test]
async fn a_job_whose_permission_is_gone_writes_nothing_more() {
    let desk = Desk::new().await;
    let (from, to) = (desk.work().join("from"), desk.work().join("to"));
    for folder in [&from, &to] {
        fs::create_dir(folder).unwrap();
    }
    fs::write(from.join("a"), "new").unwrap();
    fs::create_dir(to.join("from")).unwrap();
    fs::write(to.join("from/a"), "old").unwrap();
    let job = desk.job(desk.copy(&from, &to, Conflict::Ask)).await;
    assert_eq!(job.state, JobState::Asking);
    let change = ServerChange {
        capabilities: Some(vec![Capability::SystemRead, Capability::FilesRead]),
        ..ServerChange::default()
    };
    desk.engine.change(HERE, change).unwrap();
    let question = job.question.unwrap().path.to_string();
    let answered =
        desk.engine
            .answer_file_job(&job.id, &question, (Conflict::Replace, false), None);
    answered.unwrap();
    let over = desk.over(&job.id).await;
    assert_eq!(over.state, JobState::Failed, "{over:?}");
    let Some(failure) = over.failures.first() else {
        panic!("{over:?}");
    };
    assert_eq!(failure.error.code, "denied");
    assert!(failure.error.message.contains("files.write"), "{failure:?}");
    assert_eq!(fs::read(to.join("from/a")).unwrap(), b"old");
    assert_eq!(desk::names(&to.join("from")), [b"a"], "no part stays");
}
