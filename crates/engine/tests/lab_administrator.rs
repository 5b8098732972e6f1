//! Limited and administrator access of the lab's real servers, as the surfaces use it. Skipped, with
//! a printed reason, where there is no lab.
#![expect(clippy::unwrap_used, reason = "a test")]

#[path = "lab_administrator/jobs.rs"]
mod jobs;
#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use std::net::SocketAddr;

use catalog::{Capability, arguments::RemotePath};
use engine::{
    AdministratorAnswer, AdministratorState, AdministratorSwitch, Ask, ConnectionState, Elevation,
    Error, JobState, JournalEntry, JournalFilter, ListLine, NewFileJob, NewServer, Origin, Outcome,
    SaveOptions,
};
use secrecy::SecretString;
use store::Auth;
use support::{Desk, desk};
use testkit::lab::{Host, Lab};
use tokio::{net::TcpListener, sync::watch};

fn path(text: &str) -> RemotePath {
    RemotePath::try_from(text.to_owned()).unwrap()
}

async fn connected(desk: &Desk, address: SocketAddr, user: &str) -> String {
    let new = NewServer {
        name: Some("web".to_owned()),
        host: address.ip().to_string(),
        port: Some(address.port()),
        user: user.to_owned(),
        auth: Auth::Password,
        ..NewServer::default()
    };
    let id = desk.engine.add(new).unwrap().profile.id;
    desk.connect(&id, "labpw").await;
    id
}

fn address(host: &Host) -> SocketAddr {
    format!("{}:{}", host.address, host.port).parse().unwrap()
}

async fn switch(
    desk: &Desk,
    id: &str,
    on: bool,
    secret: Option<&str>,
    seconds: Option<u32>,
) -> Result<AdministratorAnswer, Error> {
    let switch = AdministratorSwitch {
        on,
        way: None,
        secret: secret.map(SecretString::from),
        seconds,
    };
    desk.engine.administrator(id, switch).await
}

fn state(desk: &Desk, id: &str) -> AdministratorState {
    desk.engine.server(id).unwrap().administrator
}

/// The names in a folder, or the code of the error.
async fn listed(desk: &Desk, id: &str, folder: &str) -> Result<Vec<String>, (String, String)> {
    let files = desk.engine.files(id).await.unwrap();
    let told = |error: engine::ErrorBody| (error.code, error.hint.unwrap_or_default());
    let mut lines = match files.list(path(folder)).await {
        Ok(lines) => lines,
        Err(error) => return Err(told(error.body())),
    };
    let mut names = Vec::new();
    while let Some(line) = lines.recv().await {
        match line {
            ListLine::Entries { entries } => {
                names.extend(entries.iter().map(|entry| entry.name.to_string()));
            }
            ListLine::Error { error } => return Err(told(error)),
            _ => {}
        }
    }
    Ok(names)
}

/// `stat` of the host itself: owner, group, mode and size.
fn stat(host: &Host, file: &str) -> String {
    let ran = host.exec(&["stat", "-c", "%U %G %a %s", file]);
    ran.stdout.trim().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_root_may_is_said_in_limited_mode_and_done_in_administrator_mode() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("deb12") else {
        return;
    };
    let base = format!("/root/administrator-{}", std::process::id());
    let script = format!(
        "mkdir -m 700 {base} && cd {base} && echo old >secret && chown daemon:shadow secret && \
         chmod 640 secret && echo gone >gone"
    );
    assert_eq!(host.exec(&["sh", "-c", &script]).code, 0);
    let desk = desk();
    let id = connected(&desk, address(host), "admin").await;
    let engine = &desk.engine;
    assert_eq!(state(&desk, &id), AdministratorState::Limited);

    let (code, hint) = listed(&desk, &id, &base).await.unwrap_err();
    assert_eq!(code, "permissionDenied");
    assert!(hint.contains("administrator access"), "{hint}");
    let docker = engine.ask(&id, "docker.containers", Ask::default()).await;
    let docker = docker.unwrap().outcome;
    assert!(matches!(docker, Outcome::Denied { .. }), "{docker:?}");

    let asked = switch(&desk, &id, true, None, None).await.unwrap();
    let AdministratorAnswer::Password { ways, refused } = asked else {
        panic!("{asked:?}");
    };
    let ways: Vec<_> = ways
        .iter()
        .map(|way| (way.way, way.user.as_str()))
        .collect();
    assert_eq!(ways, [(Elevation::Sudo, "admin"), (Elevation::Su, "root")]);
    assert!(!refused);
    let wrong = switch(&desk, &id, true, Some("wr0ng"), None).await.unwrap();
    assert!(
        matches!(wrong, AdministratorAnswer::Password { refused: true, .. }),
        "{wrong:?}"
    );
    assert_eq!(state(&desk, &id), AdministratorState::Limited);
    let on = switch(&desk, &id, true, Some("labpw"), None).await.unwrap();
    assert_eq!(on, AdministratorAnswer::On);
    let AdministratorState::On { way, until } = state(&desk, &id) else {
        panic!("{:?}", state(&desk, &id));
    };
    assert_eq!((way, until.is_some()), (Elevation::Sudo, true));

    let mut names = listed(&desk, &id, &base).await.unwrap();
    names.sort();
    assert_eq!(names, ["gone", "secret"]);
    let docker = engine.ask(&id, "docker.containers", Ask::default()).await;
    let docker = docker.unwrap();
    assert!(matches!(docker.outcome, Outcome::Ok { .. }), "{docker:?}");
    let Some(Origin::Command { command, .. }) = &docker.origin else {
        panic!("{docker:?}");
    };
    assert!(command.starts_with("sudo docker "), "{command}");

    let files = engine.files_to_change(&id).await.unwrap();
    let secret = path(&format!("{base}/secret"));
    let text = files.text(&secret).await.unwrap();
    assert_eq!(text.bytes, b"old\n");
    let options = SaveOptions {
        version: Some(text.version),
        force: false,
        in_place: false,
        keep: false,
    };
    files
        .save(&secret, b"newer\n".to_vec(), &options)
        .await
        .unwrap();
    assert_eq!(stat(host, &format!("{base}/secret")), "daemon shadow 640 6");
    let made = path(&format!("{base}/made"));
    files.make_file(&made).await.unwrap();
    files
        .rename(&made, &path(&format!("{base}/named")))
        .await
        .unwrap();
    let named = stat(host, &format!("{base}/named"));
    assert!(named.starts_with("root root 6"), "{named}");
    let gone = NewFileJob::Trash {
        server: id.clone(),
        paths: vec![path(&format!("{base}/gone"))],
    };
    let job = engine
        .begin_file_job(gone, Some(&engine.server(&id).unwrap().profile.name))
        .unwrap();
    let job = engine.file_job_over(&job.id).await.unwrap();
    assert_eq!(job.state, JobState::Done, "{job:?}");
    let script = format!(
        "ls -d /root/.local/share/Trash/files/gone* && ! ls -d /home/admin/.local/share/Trash; ls {base}"
    );
    let left = host.exec(&["sh", "-c", &script]).stdout;
    assert!(
        left.contains("/root/.local/share/Trash/files/gone"),
        "{left}"
    );
    assert!(left.ends_with("named\nsecret\n"), "{left}");

    let off = switch(&desk, &id, false, None, None).await.unwrap();
    assert_eq!(off, AdministratorAnswer::Limited);
    assert!(
        files.text(&secret).await.is_err(),
        "root's files are closed"
    );
    let (code, _) = listed(&desk, &id, &base).await.unwrap_err();
    assert_eq!(code, "permissionDenied");
    let docker = engine.ask(&id, "docker.containers", Ask::default()).await;
    let docker = docker.unwrap().outcome;
    assert!(matches!(docker, Outcome::Denied { .. }), "{docker:?}");
    // sudo has forgotten it too: the password is asked for again.
    let asked = switch(&desk, &id, true, None, None).await.unwrap();
    assert!(
        matches!(asked, AdministratorAnswer::Password { .. }),
        "{asked:?}"
    );

    let journal = support::activity(engine, &id).await;
    let has = |what: &str, tool: &str| {
        journal.iter().any(|entry| {
            let outcome = entry.outcome.as_deref();
            (entry.what.as_str(), entry.tool.as_str(), outcome) == (what, tool, Some("ok"))
        })
    };
    assert!(has("files.save", "sudo sftp"), "{journal:?}");
    assert!(has("server.administrator", "sudo"), "{journal:?}");
    assert!(
        journal
            .iter()
            .any(|entry| entry.command == *command && entry.outcome.as_deref() == Some("ok")),
        "{journal:?}"
    );
    let whole = format!("{journal:?}");
    assert!(
        !whole.contains("labpw") && !whole.contains("wr0ng"),
        "{whole}"
    );
    engine.disconnect(&id).await.unwrap();
    let script = format!(
        "rm -r {base} /root/.local/share/Trash/files/gone* /root/.local/share/Trash/info/gone*"
    );
    assert_eq!(host.exec(&["sh", "-c", &script]).code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_when_it_is_not_used_and_what_needs_no_password_asks_for_none() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("deb12") else {
        return;
    };
    let desk = desk();
    let id = connected(&desk, address(host), "ops").await;
    let on = switch(&desk, &id, true, None, Some(1)).await.unwrap();
    assert_eq!(on, AdministratorAnswer::On);
    listed(&desk, &id, "/root").await.unwrap();
    // What asks by itself is no use.
    let live = desk.engine.subscribe(
        &id,
        "system.memory",
        serde_json::Value::Null,
        std::time::Duration::from_secs(1),
    );
    let live = live.unwrap();
    let mut changes = desk.engine.changes();
    let ended = async {
        while state(&desk, &id) != AdministratorState::Limited {
            changes.changed().await.unwrap();
        }
    };
    let ended = tokio::time::timeout(std::time::Duration::from_secs(20), ended).await;
    assert!(ended.is_ok(), "{:?}", state(&desk, &id));
    drop(live);
    let (code, _) = listed(&desk, &id, "/root").await.unwrap_err();
    assert_eq!(code, "permissionDenied");

    let root = connected(&desk, address(host), "root").await;
    assert_eq!(state(&desk, &root), AdministratorState::Always);
    let on = switch(&desk, &root, true, None, None).await.unwrap();
    assert_eq!(on, AdministratorAnswer::On);
    desk.engine.disconnect_all().await;
    assert_eq!(state(&desk, &root), AdministratorState::Limited);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_is_told_so_and_keeps_what_was_granted() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("deb12") else {
        return;
    };
    let desk = desk();
    let id = connected(&desk, address(host), "plain").await;
    let error = switch(&desk, &id, true, Some("labpw"), None)
        .await
        .unwrap_err();
    let body = error.body();
    assert_eq!(body.code, "notAdministrator");
    assert!(body.message.contains("not in the sudoers"), "{body:?}");
    assert_eq!(body.command.as_deref(), Some("sudo id -u"));
    assert_eq!(state(&desk, &id), AdministratorState::Limited);

    // Root's own password, where it is not the user's turn.
    let by_su = AdministratorSwitch {
        on: true,
        way: Some(Elevation::Su),
        secret: Some(SecretString::from("labpw")),
        seconds: Some(0),
    };
    let on = desk.engine.administrator(&id, by_su).await.unwrap();
    assert_eq!(on, AdministratorAnswer::On);
    let ever = AdministratorState::On {
        way: Elevation::Su,
        until: None,
    };
    assert_eq!(state(&desk, &id), ever);
    listed(&desk, &id, "/root").await.unwrap();
    // The gate is as it was.
    let change = engine::ServerChange {
        capabilities: Some(vec![Capability::SystemRead]),
        ..engine::ServerChange::default()
    };
    desk.engine.change(&id, change).unwrap();
    let denied = desk.engine.files(&id).await.err().unwrap();
    assert_eq!(denied.code(), "denied");
    desk.engine.disconnect_all().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn doas_is_taken_where_sudo_is_not_for_this_user() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("deb13") else {
        return;
    };
    let desk = desk();
    let free = connected(&desk, address(host), "freer").await;
    let on = switch(&desk, &free, true, None, None).await.unwrap();
    assert_eq!(on, AdministratorAnswer::On);
    let by_doas = |state| {
        matches!(
            state,
            AdministratorState::On {
                way: Elevation::Doas,
                ..
            }
        )
    };
    assert!(by_doas(state(&desk, &free)));
    listed(&desk, &free, "/root").await.unwrap();

    for user in ["doer", "keeper"] {
        let id = connected(&desk, address(host), user).await;
        let asked = switch(&desk, &id, true, None, None).await.unwrap();
        let AdministratorAnswer::Password { ways, .. } = asked else {
            panic!("{asked:?}");
        };
        let doas = ways.iter().find(|offered| offered.way == Elevation::Doas);
        assert_eq!(doas.map(|doas| doas.user.as_str()), Some(user), "{ways:?}");
        let by = |secret: &str| AdministratorSwitch {
            on: true,
            way: Some(Elevation::Doas),
            secret: Some(SecretString::from(secret)),
            seconds: None,
        };
        let wrong = desk.engine.administrator(&id, by("wr0ng")).await.unwrap();
        let refused = |answer: &AdministratorAnswer| {
            matches!(answer, AdministratorAnswer::Password { refused: true, .. })
        };
        assert!(refused(&wrong), "{wrong:?}");
        let on = desk.engine.administrator(&id, by("labpw")).await.unwrap();
        assert_eq!(on, AdministratorAnswer::On);
        assert!(by_doas(state(&desk, &id)));
        listed(&desk, &id, "/root").await.unwrap();
        let off = switch(&desk, &id, false, None, None).await.unwrap();
        assert_eq!(off, AdministratorAnswer::Limited);
        let asked = switch(&desk, &id, true, None, None).await.unwrap();
        assert!(
            matches!(asked, AdministratorAnswer::Password { .. }),
            "{asked:?}"
        );
    }
    desk.engine.disconnect_all().await;
}

/// A way to a host that can be cut.
async fn through(host: &Host, mut cut: watch::Receiver<u32>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (near, far) = (listener.local_addr().unwrap(), address(host));
    tokio::spawn(async move {
        while let Ok((mut here, _)) = listener.accept().await {
            cut.mark_unchanged();
            let mut cut = cut.clone();
            tokio::spawn(async move {
                let mut there = tokio::net::TcpStream::connect(far).await.unwrap();
                tokio::select! {
                    _ = tokio::io::copy_bidirectional(&mut here, &mut there) => {}
                    _ = cut.changed() => {}
                }
            });
        }
    });
    near
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_there_again_after_the_line_was_cut_and_gone_with_a_disconnect() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("deb12") else {
        return;
    };
    let desk = desk();
    let (cut, line) = watch::channel(0);
    let id = connected(&desk, through(host, line).await, "admin").await;
    let on = switch(&desk, &id, true, Some("labpw"), None).await.unwrap();
    assert_eq!(on, AdministratorAnswer::On);
    listed(&desk, &id, "/root").await.unwrap();
    cut.send_replace(1);
    desk.until(&id, |state| {
        matches!(state, ConnectionState::Reconnecting { .. })
    })
    .await;
    desk.until(&id, |state| {
        matches!(state, ConnectionState::Connected { .. })
    })
    .await;
    assert!(matches!(state(&desk, &id), AdministratorState::On { .. }));
    listed(&desk, &id, "/root").await.unwrap();
    let forgotten = async || {
        let all = desk.engine.activity(JournalFilter::default(), 100).await;
        let is_it = |entry: &&JournalEntry| entry.command == "sudo -k";
        all.unwrap().iter().filter(is_it).count()
    };
    assert_eq!(forgotten().await, 0);
    desk.engine.disconnect(&id).await.unwrap();
    assert_eq!(state(&desk, &id), AdministratorState::Limited);
    assert_eq!(forgotten().await, 1, "sudo was not told");
    desk.connect(&id, "labpw").await;
    assert_eq!(state(&desk, &id), AdministratorState::Limited);
    let (code, _) = listed(&desk, &id, "/root").await.unwrap_err();
    assert_eq!(code, "permissionDenied");
    desk.engine.disconnect_all().await;
}
