//! Shells with a terminal on the lab's real servers. Skipped, with a printed reason, where there is
//! no lab.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::time::Duration;

use bytes::Bytes;
use catalog::{
    arguments::RemotePath,
    terminals::{self, ShellProcess},
};
use futures::future::join_all;
use ssh::{Connection, ShellEvent, ShellInput, ShellOutput, Start, Window};
use support::{LIMITS, lab::by_key, probe};
use testkit::lab::{Host, Lab};

const WINDOW: Window = Window {
    columns: 111,
    rows: 33,
};

struct Shell {
    input: ShellInput,
    output: ShellOutput,
    seen: String,
    who: String,
}

impl Shell {
    async fn start(connection: &Connection, start: Start<'_>, who: &str) -> Self {
        let started = connection.shell(start, WINDOW).await;
        let (input, output) = started.unwrap_or_else(|error| panic!("{who}: {error}"));
        Self {
            input,
            output,
            seen: String::new(),
            who: who.to_owned(),
        }
    }

    async fn key(&self, keys: &str) {
        self.input
            .write(Bytes::from(keys.to_owned()))
            .await
            .unwrap();
    }

    /// Reads until the text is there, in one piece whatever its lines.
    async fn until(&mut self, text: &str) {
        let reading = async {
            while !self.seen.contains(text) {
                match self.output.next().await {
                    ShellEvent::Output(bytes) => {
                        self.seen.push_str(&String::from_utf8_lossy(&bytes));
                    }
                    end => panic!("{}: {end:?} after {:?}", self.who, self.seen),
                }
            }
        };
        let late = tokio::time::timeout(Duration::from_secs(20), reading).await;
        assert!(late.is_ok(), "{}: no {text:?} in {:?}", self.who, self.seen);
    }

    async fn end(&mut self) -> ShellEvent {
        let reading = async {
            loop {
                match self.output.next().await {
                    ShellEvent::Output(_) => {}
                    end => return end,
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(20), reading)
            .await
            .unwrap()
    }
}

/// The shells of the connection, once they are such.
async fn shells_once(
    connection: &Connection,
    who: &str,
    are: impl Fn(&[ShellProcess]) -> bool,
) -> Vec<ShellProcess> {
    let mut last = Vec::new();
    let looking = async {
        loop {
            // dropbear may close a command's channel without output when a shell ends beside it.
            let Ok(output) = connection.exec(&terminals::shells(), None, &LIMITS).await else {
                continue;
            };
            last = terminals::parse_shells(&output.stdout);
            if are(&last) {
                return;
            }
        }
    };
    let late = tokio::time::timeout(Duration::from_secs(20), looking).await;
    assert!(late.is_ok(), "{who}: still {last:?}");
    last
}

/// The hosts themselves, not what lies behind delay and loss.
fn hosts(lab: &Lab) -> impl Iterator<Item = &Host> {
    lab.hosts
        .iter()
        .filter(|host| !host.name.ends_with("-slow"))
}

#[tokio::test]
async fn every_login_shell_has_a_terminal_and_commands_run_beside_it() {
    let Some(lab) = Lab::find() else { return };
    join_all(hosts(lab).map(|host| async {
        for user in host.users.iter().filter(|user| user.key) {
            let who = format!("{}@{}", user.name, host.name);
            let connection = by_key(lab, host, &user.name).await;
            let mut shell = Shell::start(&connection, Start::LoginShell, &who).await;
            if user.shell.ends_with("zsh") {
                // What it asks a user who has no settings yet.
                shell.until("Type one of the keys").await;
                shell.key("q").await;
                shell.until("%").await;
            }
            shell.key("stty size; echo term=$TERM\r").await;
            shell.until("33 111").await;
            shell.until("term=xterm-256color").await;
            let resized = Window {
                columns: 90,
                rows: 20,
            };
            // While a program runs: readline, at its prompt, reads the size and writes it back, and so
            // may undo a change that comes in between.
            shell.key("echo wait''ing; head -n 1; stty size\r").await;
            shell.until("waiting").await;
            shell.input.resize(resized).await.unwrap();
            shell.key("\r").await;
            shell.until("20 90").await;
            for _ in 0..3 {
                let output = connection.exec(&probe(), None, &LIMITS).await;
                let output = output.unwrap_or_else(|error| panic!("{who}: {error}"));
                assert!(output.stdout.starts_with(b"os=Linux"), "{who}");
            }
            shell.key("exit 7\r").await;
            let end = shell.end().await;
            assert!(
                matches!(
                    end,
                    ShellEvent::Ended {
                        exit_code: Some(7),
                        ..
                    }
                ),
                "{who}: {end:?}"
            );
            connection.close().await;
        }
    }))
    .await;
}

#[tokio::test]
async fn a_shell_begins_in_any_folder_whatever_the_login_shell() {
    let Some(lab) = Lab::find() else { return };
    join_all(hosts(lab).map(|host| async {
        for user in host.users.iter().filter(|user| user.key) {
            let who = format!("{}@{}", user.name, host.name);
            let connection = by_key(lab, host, &user.name).await;
            let shell_path = RemotePath::try_from("/bin/sh".to_owned()).unwrap();
            let base = format!("/tmp/headlessos-test-{}", user.name);
            // What each of the shells reads in a way of its own, and what a terminal does.
            let name = "it's \"$(id)\" `id` !! \\ \u{3}\u{4}\u{16} ä\nend";
            let made = terminals::start(None, Some(&shell_path));
            let mut maker = Shell::start(&connection, Start::Command(&made), &who).await;
            let octal: String = name.bytes().map(|byte| format!("\\{byte:03o}")).collect();
            maker
                .key(&format!(
                    "d=$(printf '{octal}'); mkdir -p \"{base}/$d\"; echo do''ne\r"
                ))
                .await;
            maker.until("done").await;

            let folder = RemotePath::try_from(format!("{base}/{name}")).unwrap();
            let command = terminals::start(Some(&folder), Some(&shell_path));
            let mut shell = Shell::start(&connection, Start::Command(&command), &who).await;
            shell
                .key("pwd | od -An -c | tr -d ' \\n'; stty -a | tr '\\n' ' '; echo; echo fin''ished\r")
                .await;
            shell.until("finished").await;
            let spelled = shell.seen.replace([' ', '\n', '\r'], "");
            assert!(
                spelled.contains("it's\"$(id)\"`id`!!") && spelled.contains("003004026"),
                "{who}: {spelled}"
            );
            assert!(spelled.contains("\\nend\\n"), "{who}: {spelled}");
            for mode in [" isig", " icanon", " echo ", " icrnl", " ixon", " iexten"] {
                assert!(
                    shell.seen.contains(mode),
                    "{who}: {mode} in {:?}",
                    shell.seen
                );
            }
            assert!(!shell.seen.contains("headlessos-0"), "no marker is shown");

            // What stands behind each is told, oldest first.
            shell.key("sleep 60\r").await;
            let found = shells_once(&connection, &who, |found| {
                // By that name: what was only just forked still has another.
                found
                    .last()
                    .is_some_and(|shell| shell.foreground.as_deref() == Some("sleep"))
            })
            .await;
            assert_eq!(found.len(), 2, "{who}: {found:?}");
            let [first, second] = found.as_slice() else {
                panic!("{found:?}")
            };
            assert_eq!(first.foreground, None, "{who}");
            assert_eq!(second.folder.as_deref(), Some(&*folder.to_string()), "{who}");

            maker.key(&format!("rm -r {base}; exit\r")).await;
            maker.end().await;
            // A shell that is dropped is hung up on, with what runs in it.
            drop(shell);
            shells_once(&connection, &who, <[ShellProcess]>::is_empty).await;
            connection.close().await;
        }
    }))
    .await;
}
