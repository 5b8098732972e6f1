//! Secrets with values that are nothing else are given to the real program, used on a real server, and
//! looked for everywhere: what the program keeps, logs, answers and holds in its memory, the arguments
//! and environments of all processes of both sides, and the server's own logs.
#![cfg(target_os = "linux")]
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test"
)]

#[path = "secrets/account.rs"]
mod account;
#[path = "secrets/administrator.rs"]
mod administrator;
#[path = "secrets/crash.rs"]
mod crash;
#[path = "secrets/found.rs"]
mod found;
#[path = "secrets/printed.rs"]
mod printed;
#[path = "secrets/program.rs"]
mod program;
#[path = "secrets/squatter.rs"]
mod squatter;
#[path = "secrets/stranger.rs"]
mod stranger;

use std::time::{Duration, Instant};

use account::Account;
use found::{Processes, found_in, in_files, in_memory};
use program::{Json, Program};
use serde_json::json;
use testkit::lab::{Host, Lab};

/// No test waits longer than this for anything.
const PATIENCE: Duration = Duration::from_secs(180);

/// A secret with a value that is nothing else.
struct Planted {
    what: &'static str,
    text: String,
}

impl Planted {
    fn new(what: &'static str) -> Self {
        let mut bytes = [0_u8; 43];
        std::io::Read::read_exact(
            &mut std::fs::File::open("/dev/urandom").unwrap(),
            &mut bytes,
        )
        .unwrap();
        let text = bytes.iter().fold("Plant".to_owned(), |text, byte| {
            text + &char::from(b'A' + byte % 26).to_string()
        });
        Self { what, text }
    }
}

#[test]
fn a_password_and_a_passphrase_are_nowhere_while_they_are_used_and_not_in_memory_afterwards() {
    let Some(host) = lab_host() else { return };
    let [password, wrong, passphrase] = [
        Planted::new("login password"),
        Planted::new("wrong login password"),
        Planted::new("key passphrase"),
    ];
    let account = Account::make(host, &password.text, &passphrase.text);
    let program = Program::start("trace");
    let processes = Processes::watch(&[&password.text, &wrong.text, &passphrase.text]);
    let servers = [
        program.add(host, &account.user, &json!({ "method": "password" })),
        program.add(
            host,
            &account.user,
            &json!({ "method": "keyFile", "path": account.key }),
        ),
    ];
    let mut answers = vec![&passphrase, &password, &wrong];
    for server in &servers {
        log_in(&program, server, &mut answers);
    }
    assert!(answers.is_empty(), "not all of them were asked for");
    // They are remembered for a lost connection; a search that does not find them finds nothing.
    for secret in [&password, &passphrase] {
        let held = in_memory(program.id(), &[&secret.text]);
        assert!(!held.is_empty(), "the {} is not in memory", secret.what);
    }
    for server in &servers {
        let path = format!("/api/servers/{server}");
        program.post(&format!("{path}/queries/system.memory"), &json!({}));
        let size = json!({ "columns": 80, "rows": 24 });
        program.post(&format!("{path}/terminals"), &size);
    }
    program.get_everything(&servers);
    let mut wrongs = processes.stop();
    for server in &servers {
        program.post(&format!("/api/servers/{server}/disconnect"), &json!({}));
    }

    let planted = [&password, &wrong, &passphrase];
    wrongs.extend(left_anywhere(&program, &account, &planted));
    wrongs.extend(left_in_memory(&program, &planted));
    assert_none(&wrongs, &planted);
}

/// Where one of the secrets is: the answers, files and log of the program, the logs of the server.
fn left_anywhere(program: &Program, account: &Account, planted: &[&Planted]) -> Vec<String> {
    let mut wrongs = Vec::new();
    let files = in_files(program.folder());
    let logs = account.logs();
    for secret in planted {
        let mut look = |place: &str, bytes: &[u8]| {
            if found_in(bytes, &secret.text) {
                wrongs.push(format!("the {} is in {place}", secret.what));
            }
        };
        for (path, body) in &*program.answers() {
            look(&format!("the answer of {path}"), body);
        }
        for (path, bytes) in &files {
            look(path, bytes);
        }
        for (place, text) in &logs {
            look(place, text.as_bytes());
        }
    }
    wrongs
}

/// Where in the program's memory one of the secrets stays. What is freed is wiped, but the last buffers
/// go with the last tasks of a connection.
fn left_in_memory(program: &Program, planted: &[&Planted]) -> Vec<String> {
    let texts: Vec<&str> = planted.iter().map(|secret| secret.text.as_str()).collect();
    let end = Instant::now() + PATIENCE;
    loop {
        let left = in_memory(program.id(), &texts);
        if left.is_empty() || Instant::now() > end {
            let left = left.into_iter();
            return left.map(|left| format!("after wiping: {left}")).collect();
        }
        std::thread::yield_now();
    }
}

fn assert_none(wrongs: &[String], planted: &[&Planted]) {
    let planted: Vec<_> = planted
        .iter()
        .map(|secret| (secret.what, &secret.text))
        .collect();
    assert!(
        wrongs.is_empty(),
        "{}\nplanted: {planted:?}",
        wrongs.join("\n")
    );
}

/// Freed memory is soon written over where a program is busy, so this one is not.
#[test]
fn a_password_is_in_memory_once_while_it_is_used() {
    let Some(host) = lab_host() else { return };
    let [password, wrong] = ["login password", "wrong login password"].map(Planted::new);
    let account = Account::make(host, &password.text, &wrong.text);
    let program = Program::start("off");
    let server = program.add(host, &account.user, &json!({ "method": "password" }));
    log_in(&program, &server, &mut vec![&password, &wrong]);
    is_held_once(&program, &password, &wrong);
}

/// Waits until memory holds a secret in one place, and one that was refused in none.
fn is_held_once(program: &Program, secret: &Planted, refused: &Planted) {
    let end = Instant::now() + PATIENCE;
    loop {
        let held = [secret, refused].map(|secret| in_memory(program.id(), &[&secret.text]));
        // One place for each half of it.
        if held[0].len() == 2 && held[1].is_empty() {
            break;
        }
        assert!(Instant::now() < end, "{held:#?}");
        std::thread::yield_now();
    }
}

/// Connects, answering with the last of the answers whenever a secret is asked for.
fn log_in(program: &Program, server: &str, answers: &mut Vec<&Planted>) {
    let path = format!("/api/servers/{server}");
    program.post(&format!("{path}/connect"), &json!({}));
    let end = Instant::now() + PATIENCE;
    loop {
        let state = program.get(&path)["state"].clone();
        match state["status"].as_str().unwrap() {
            "connected" => return,
            "question" => answer(program, &path, &state["question"], answers),
            "connecting" => {}
            _ => panic!("{state}"),
        }
        assert!(Instant::now() < end, "{state}");
    }
}

fn answer(program: &Program, path: &str, question: &Json, answers: &mut Vec<&Planted>) {
    let answer = match question["kind"].as_str().unwrap() {
        "hostKey" => json!({ "kind": "trust", "trust": true }),
        "password" | "passphrase" => {
            json!({ "kind": "secret", "secret": answers.pop().unwrap().text })
        }
        _ => panic!("{question}"),
    };
    let body = json!({ "questionId": question["id"], "answer": answer });
    // As a browser does it: the connection stays open for what comes next.
    program.post_and_stay(&format!("{path}/answers"), &body);
}

fn lab_host() -> Option<&'static Host> {
    Lab::find()?.host("deb12")
}
