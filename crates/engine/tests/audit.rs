//! The journal against the host's own audit: `strace` writes down every program that a real sshd starts,
//! and the two lists are equal. Skipped, with a printed reason, where there is no sshd or no strace.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test")]

#[path = "audit/trace.rs"]
mod trace;

#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use std::{process::Command, time::Duration};

use catalog::QUERIES;
use engine::{Ask, Deed, JournalEntry, NewServer, NewTerminal, Search};
use futures::{StreamExt, stream};
use serde_json::Value;
use store::Auth;
use support::{Desk, desk};
use testkit::sshd::Sshd;
use tokio::time::timeout;
use trace::Started;

/// A question that takes longer is given up, which ends its command by another.
const PATIENCE: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread")]
async fn nothing_was_started_that_the_journal_does_not_hold() {
    let Some(sshd) = Sshd::start_audited(&[]) else {
        return;
    };
    let desk = desk();
    let id = connected(&desk, &sshd).await;
    a_little_of_everything(&desk, &id).await;
    desk.engine.disconnect(&id).await.unwrap();
    support::eventually(|| sshd.serving() == 0).await;

    let journal = support::activity(&desk.engine, &id).await;
    assert!(journal.iter().all(|entry| entry.outcome.is_some()));
    let (of_host, of_journal) = (trace::read(&sshd.audit()), started(&journal));
    assert_eq!(of_host.strangers, Vec::<String>::new());
    let commands = of_host
        .started
        .iter()
        .filter(|each| matches!(each, Started::Command(_)));
    assert!(
        commands.count() > 40,
        "{} things were started",
        of_host.started.len()
    );
    let only = |some: &[Started], others: &[Started]| {
        let mut left = others.to_vec();
        let mut only = Vec::new();
        for each in some {
            match left.iter().position(|other| other == each) {
                Some(at) => drop(left.swap_remove(at)),
                None => only.push(each.clone()),
            }
        }
        only
    };
    let unwritten = only(&of_host.started, &of_journal);
    // What was written down, but whose connection ended before the host could start it, has no exit code.
    let with_end: Vec<_> = journal
        .into_iter()
        .filter(|entry| entry.deed == Deed::Terminal || entry.exit_code.is_some())
        .collect();
    let unseen = only(&started(&with_end), &of_host.started);
    assert!(unwritten.is_empty(), "not in the journal: {unwritten:#?}");
    assert!(unseen.is_empty(), "not seen by the host: {unseen:#?}");
}

async fn connected(desk: &Desk, sshd: &Sshd) -> String {
    let key = sshd.path("id");
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-f"])
        .arg(&key)
        .status();
    assert!(made.unwrap().success());
    sshd.authorize(&[std::fs::read_to_string(key.with_extension("pub"))
        .unwrap()
        .trim()]);
    let new = NewServer {
        name: Some("audited".to_owned()),
        host: sshd.address().ip().to_string(),
        port: Some(sshd.address().port()),
        user: sshd.user().to_owned(),
        auth: Auth::KeyFile { path: key },
        ..NewServer::default()
    };
    let id = desk.engine.add(new).unwrap().profile.id;
    desk.connect(&id, "").await;
    id
}

/// Every query that needs no arguments, a feed, a search in files, a file that is saved, a terminal.
async fn a_little_of_everything(desk: &Desk, id: &str) {
    let askable = QUERIES
        .iter()
        .filter(|query| query.prepare(&Value::Null).is_ok());
    let asking = askable.map(|query| async {
        // What it answers is of no matter here, nor whether it does.
        let _ = timeout(PATIENCE, desk.engine.ask(id, query.id(), Ask::default())).await;
    });
    stream::iter(asking)
        .buffer_unordered(6)
        .collect::<Vec<()>>()
        .await;
    if let Ok(mut lines) = desk.engine.follow(id, "system.vmstat", &Value::Null) {
        let _first = lines.recv().await;
    }
    let search = Search {
        path: "/etc/ssh".to_owned().try_into().unwrap(),
        name: String::new(),
        hidden: false,
        limit: 100,
        content: Some(engine::SearchText {
            text: "Port".to_owned(),
            regex: false,
            any_case: false,
        }),
    };
    let mut found = desk.engine.search_files(id, search).await.unwrap();
    while found.recv().await.is_some() {}
    let new = NewTerminal {
        columns: 80,
        rows: 24,
        folder: None,
        shell: None,
    };
    let terminal = desk.engine.open_terminal(id, new).await.unwrap();
    let _process = desk.engine.terminal_process(&terminal.id).await;
    desk.engine.close_terminal(&terminal.id).await.unwrap();
}

/// What the journal says was started, as the host sees it.
fn started(journal: &[JournalEntry]) -> Vec<Started> {
    journal
        .iter()
        .filter_map(|entry| match entry.deed {
            Deed::Terminal => Some(Started::Terminal),
            Deed::Command if entry.what == "files.session" => None,
            Deed::Command => Some(Started::Command(words(&entry.command))),
            Deed::Connection | Deed::FileChange | Deed::ForwardedPort => None,
        })
        .collect()
}

/// The words of a command as it would be typed.
fn words(command: &str) -> Vec<String> {
    let script = format!("for w in {command}\ndo printf '%s\\0' \"$w\"; done");
    let read = Command::new("sh").args(["-c", &script]).output().unwrap();
    let text = String::from_utf8(read.stdout).unwrap();
    let mut words: Vec<String> = text.split('\0').map(str::to_owned).collect();
    words.pop();
    words
}
