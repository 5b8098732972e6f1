//! Commands and files as root, on the lab's real servers, by sudo and doas with and without a password
//! and by su. Skipped, with a printed reason, where there is no lab.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use catalog::{
    Command,
    arguments::RemotePath,
    content::{self, How},
    elevation::{self, Elevation, Refusal},
};
use secrecy::SecretString;
use serde_json::json;
use ssh::{Connection, ExecError, Limits, Metadata};
use support::{LIMITS, command_of, lab::by_key};
use testkit::lab::{Host, Lab};

/// The ways in which users of the lab become root, and with which password.
type Way = (&'static str, &'static str, Elevation, Option<&'static str>);
const WAYS: [Way; 9] = [
    ("deb12", "admin", Elevation::Sudo, Some("labpw")),
    ("deb12", "ops", Elevation::Sudo, None),
    ("deb12", "plain", Elevation::Su, Some("labpw")),
    // use_pty, sudo's default of this version.
    ("deb13", "admin", Elevation::Sudo, Some("labpw")),
    ("deb13", "admin", Elevation::SudoOnTerminal, Some("labpw")),
    ("deb13", "doer", Elevation::Doas, Some("labpw")),
    // `persist`: it does not ask again, or does, as it likes.
    ("deb13", "keeper", Elevation::Doas, Some("labpw")),
    ("deb13", "freer", Elevation::Doas, None),
    ("fedora", "ops", Elevation::SudoOnTerminal, None),
];

/// A wrong password is answered late, and the lab's hosts share one computer.
const PATIENT: Limits = Limits {
    timeout: Duration::from_secs(90),
    ..LIMITS
};

fn secret(text: &str) -> Arc<SecretString> {
    Arc::new(SecretString::from(text))
}

fn path(text: &str) -> RemotePath {
    RemotePath::try_from(text.to_owned()).unwrap()
}

fn tail(file: &str) -> Command {
    let feed = catalog::find_feed("logs.new_lines").unwrap();
    feed.source(0, &json!({ "path": file })).unwrap().unwrap()
}

/// The `grep` of the content search: it reads its pattern from standard input.
async fn root_line_of_shadow(connection: &Connection) -> Vec<u8> {
    let how = How {
        regex: true,
        any_case: false,
    };
    let command = content::search(how, &[path("/etc/shadow")]);
    let pattern = SecretString::from("^root:");
    let output = connection.exec(&command, Some(&pattern), &PATIENT).await;
    output.unwrap().stdout
}

/// How many processes of the host have the word in their command line.
fn running(host: &Host, word: &str) -> usize {
    let (first, rest) = word.split_at(1);
    // So that what looks does not find itself.
    let script = format!("grep -la -- '[{first}]{rest}' /proc/[0-9]*/cmdline 2>/dev/null");
    let ran = host.exec(&["sh", "-c", &script]);
    ran.stdout.lines().count()
}

/// Waits until it is so, looking again and again; fails the test after a minute.
async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "never so: {what}"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn commands_are_roots_by_every_way_and_the_users_beside_it() {
    let Some(lab) = Lab::find() else { return };
    for way in WAYS {
        commands(lab, way).await;
    }
}

async fn commands(lab: &Lab, (name, user, way, password): Way) {
    let Some(host) = lab.host(name) else { return };
    let who = format!("{user}@{name} by {way:?}");
    let connection = by_key(lab, host, user).await;
    let root = connection.elevated(way, password.map(secret));
    let output = root.exec(&elevation::who(), None, &PATIENT).await;
    let output = output.unwrap_or_else(|error| panic!("{who}: {error}"));
    assert_eq!(output.stdout.trim_ascii(), b"0", "{who}");
    assert_eq!(output.exit_code, Some(0), "{who}");
    let found = root_line_of_shadow(&root).await;
    let found = String::from_utf8_lossy(&found);
    assert!(found.contains("root:$"), "{who}: {found}");
    let own = connection.exec(&elevation::who(), None, &PATIENT).await;
    assert_ne!(own.unwrap().stdout.trim_ascii(), b"0", "{who}");
    // A command that fails: its code, and its words.
    let failing = catalog::process::end(catalog::arguments::Pid::try_from(4_000_000).unwrap());
    let output = root.exec(&failing, None, &PATIENT).await.unwrap();
    assert_eq!(output.exit_code, Some(1), "{who}");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).to_lowercase();
    assert!(said.contains("no such process"), "{who}: {said}");
    root.end_elevation().await;
    let after = root.exec(&elevation::who(), None, &PATIENT).await;
    assert_eq!(after.unwrap_err(), ExecError::Limited, "{who}");
    connection.close().await;
}

#[tokio::test]
async fn a_server_without_a_way_that_works_says_which_is_missing() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("busybox") else {
        return;
    };
    let plain = by_key(lab, host, "plain").await;
    let su = plain.elevated(Elevation::Su, Some(secret("labpw")));
    let error = su
        .exec(&elevation::who(), None, &PATIENT)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("suid"), "{error}");
    let lacking = plain.elevated(Elevation::Sudo, None);
    let error = lacking.exec(&elevation::who(), None, &PATIENT).await;
    assert!(refused(&error.unwrap_err(), Refusal::Absent));
}

fn refused(error: &ExecError, wanted: Refusal) -> bool {
    matches!(error, ExecError::NotRoot { refusal, .. } if *refusal == wanted)
}

#[tokio::test]
async fn what_is_missing_is_said_and_a_wrong_password_is_tried_once() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("deb12") else {
        return;
    };
    let failures = || {
        let script =
            "journalctl -q --no-pager -o cat _COMM=sudo | grep -c 'authentication failure'";
        let ran = host.exec(&["sh", "-c", script]);
        ran.stdout.trim().parse::<usize>().unwrap_or(0)
    };
    let connection = by_key(lab, host, "admin").await;
    let none = connection.elevated(Elevation::Sudo, None);
    let error = none.exec(&elevation::who(), None, &PATIENT).await;
    let error = error.unwrap_err();
    assert!(refused(&error, Refusal::NeedsPassword), "{error:?}");

    let before = failures();
    let wrong = connection.elevated(Elevation::Sudo, Some(secret("wr0ng")));
    let who = elevation::who();
    let tries = (0..5).map(|_| wrong.exec(&who, None, &PATIENT));
    for tried in futures::future::join_all(tries).await {
        let error = tried.unwrap_err();
        assert!(refused(&error, Refusal::WrongPassword), "{error:?}");
        assert!(!error.to_string().contains("wr0ng"));
    }
    wrong.password_refused().await;
    until("the one failure is written", || failures() > before).await;
    assert_eq!(failures(), before + 1, "one try, however many were asked");

    let plain = by_key(lab, host, "plain").await;
    let plain = plain.elevated(Elevation::Sudo, Some(secret("labpw")));
    let error = plain.exec(&who, None, &PATIENT).await.unwrap_err();
    assert!(refused(&error, Refusal::NotAllowed), "{error:?}");
    let words = error.to_string();
    assert!(words.contains("not in the sudoers"), "{words}");
}

#[tokio::test]
async fn doas_says_what_is_missing_and_remembers_nothing_for_the_next() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("deb13") else {
        return;
    };
    let said = async |user: &str, password: Option<&str>| {
        let connection = by_key(lab, host, user).await;
        let root = connection.elevated(Elevation::Doas, password.map(secret));
        let error = root.exec(&elevation::who(), None, &PATIENT).await;
        let error = error.unwrap_err();
        connection.close().await;
        error
    };
    for user in ["doer", "keeper"] {
        let error = said(user, None).await;
        assert!(refused(&error, Refusal::NeedsPassword), "{user}: {error:?}");
        let error = said(user, Some("wr0ng")).await;
        assert!(refused(&error, Refusal::WrongPassword), "{user}: {error:?}");
        assert!(!error.to_string().contains("wr0ng"), "{error}");
    }
    for password in [None, Some("labpw")] {
        let error = said("plain", password).await;
        assert!(refused(&error, Refusal::NotAllowed), "{error:?}");
    }

    let connection = by_key(lab, host, "keeper").await;
    let root = connection.elevated(Elevation::Doas, Some(secret("labpw")));
    let who = elevation::who();
    let ran = root.exec(&who, None, &PATIENT).await.unwrap();
    assert_eq!(ran.stdout.trim_ascii(), b"0");
    root.end_elevation().await;
    let none = connection.elevated(Elevation::Doas, None);
    let error = none.exec(&who, None, &PATIENT).await.unwrap_err();
    assert!(refused(&error, Refusal::NeedsPassword), "{error:?}");
    connection.close().await;
}

#[tokio::test]
async fn a_process_of_root_that_is_followed_ends_with_its_listener_and_with_the_access() {
    let Some(lab) = Lab::find() else { return };
    for way in WAYS {
        followed(lab, way).await;
    }
}

async fn followed(lab: &Lab, (name, user, way, password): Way) {
    let Some(host) = lab.host(name) else { return };
    let who = format!("{user}@{name} by {way:?}");
    let file = format!("/root/elevation-{}-{user}-{way:?}.log", std::process::id());
    let made = host.exec(&["sh", "-c", &format!("umask 077; echo first >{file}")]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let connection = by_key(lab, host, user).await;
    let root = connection.elevated(way, password.map(secret));

    let mut following = root.listen(&tail(&file)).unwrap();
    let first = following.next().await;
    let first = first.unwrap_or_default();
    assert!(first.starts_with(b"first"), "{who}: {first:?}");
    assert!(running(host, &file) > 0, "{who}");
    drop(following);
    until("the drop has ended it", || running(host, &file) == 0).await;

    let mut following = root.listen(&tail(&file)).unwrap();
    assert!(following.next().await.is_some(), "{who}");
    root.end_elevation().await;
    let ended = following.end().await;
    assert_eq!(ended.unwrap_err(), ExecError::Limited, "{who}");
    until("the end of access has ended it", || {
        running(host, &file) == 0
    })
    .await;
    let gone = host.exec(&["rm", &file]);
    assert_eq!(gone.code, 0, "{who}");
    connection.close().await;
}

#[tokio::test]
async fn files_are_roots_over_sftp_and_keep_mode_and_owner() {
    let Some(lab) = Lab::find() else { return };
    for (name, user, way, password) in WAYS {
        let Some(host) = lab.host(name).filter(|host| host.sftp) else {
            continue;
        };
        let who = format!("{user}@{name} by {way:?}");
        let connection = by_key(lab, host, user).await;
        let root = connection.elevated(way, password.map(secret));
        let own = connection.files().await.unwrap();
        let files = root.files().await;
        let files = files.unwrap_or_else(|error| panic!("{who}: {error}"));
        assert_eq!(files.home().await.unwrap(), path("/root"), "{who}");
        let base = path(&format!(
            "/root/elevated-{}-{user}-{way:?}",
            std::process::id()
        ));
        files.make_folder(&base, Some(0o700)).await.unwrap();
        assert!(own.folder(&base).await.is_err(), "{who}: not the user's");
        let at = |name: &str| path(&format!("{base}/{name}"));

        // Every byte there is, and more than one packet, through whatever carries it.
        let content: Vec<u8> = (0..1_000_000_u32).map(|n| (n % 256) as u8).collect();
        let mut writer = files.create(&at("a"), Some(0o600)).await.unwrap();
        writer.push(content.clone().into()).await.unwrap();
        writer.finish(true).await.unwrap();
        let (read, metadata) = files.read_whole(&at("a"), 1 << 22).await.unwrap().unwrap();
        assert!(read == content, "{who}");
        assert_eq!(metadata.permissions(), Some(0o600), "{who}");
        assert_eq!(metadata.owner, Some((0, 0)), "{who}");
        let given = Metadata {
            owner: Some((12, 34)),
            ..Metadata::default()
        };
        files.set(&at("a"), given).await.unwrap();
        files.rename(&at("a"), &at("b")).await.unwrap();
        let metadata = files.stat(&at("b")).await.unwrap();
        assert_eq!(metadata.owner, Some((12, 34)), "{who}");

        assert!(running(host, "sftp-server") > 0, "{who}");
        root.end_elevation().await;
        assert!(files.stat(&at("b")).await.is_err(), "{who}: it has ended");
        assert_eq!(root.files().await.err(), Some(ExecError::Limited), "{who}");
        assert!(
            own.stat(&path("/etc")).await.is_ok(),
            "{who}: the other goes on"
        );
        let of_root = || {
            let script = "for p in /proc/[0-9]*; do case $(tr '\\0' ' ' <$p/cmdline 2>/dev/null) in \
                */sftp-server*) grep -q '^Uid:.0' $p/status && grep -qa -e SUDO_ -e DOAS_ $p/environ && echo $p;; \
                esac; done; true";
            host.exec(&["sh", "-c", script]).stdout.lines().count()
        };
        if way != Elevation::Su {
            until("no SFTP server of root is left", || of_root() == 0).await;
        }
        let gone = host.exec(&["rm", "-r", &base.to_string()]);
        assert_eq!(gone.code, 0, "{who}");
        connection.close().await;
    }
}

/// Nine channels is what sshd allows besides; one of them is root's SFTP.
#[tokio::test]
async fn files_and_thirty_commands_of_root_share_one_connection() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("deb12") else {
        return;
    };
    let connection = by_key(lab, host, "admin").await;
    let root = connection.elevated(Elevation::Sudo, Some(secret("labpw")));
    let (own, files) = tokio::join!(connection.files(), root.files());
    let (_own, files) = (own.unwrap(), files.unwrap());
    let command = command_of("system.uptime");
    let asked = (0..30).map(|_| root.exec(&command, None, &PATIENT));
    for output in futures::future::join_all(asked).await {
        assert_eq!(output.unwrap().exit_code, Some(0));
    }
    assert!(files.stat(&path("/root")).await.is_ok());
    connection.close().await;
}
