//! The list of servers: added, copied, ordered, taken over from other programs, given away, looked
//! at and tested.
#![expect(clippy::unwrap_used, reason = "a test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use engine::{
    Answer, ConnectionState, DiagnosisLine, ExportFormat, ImportFormat, NewImport, NewServer,
    Question, Reachable, Server, ServerChange, Step, StepName, StepStatus,
};
use secrecy::SecretString;
use store::{Auth, Color};
use support::{
    Desk, desk,
    machine::{machine, nothing},
};
use testkit::tcp::{Listener, Manner, closed_port};

fn named(name: &str, host: &str) -> NewServer {
    NewServer {
        name: Some(name.to_owned()),
        host: host.to_owned(),
        ..NewServer::default()
    }
}

fn names(servers: &[Server]) -> Vec<&str> {
    let names = servers.iter().map(|server| server.profile.name.as_str());
    names.filter(|name| *name != "This computer").collect()
}

/// A server with something in every field.
fn full() -> NewServer {
    NewServer {
        port: Some(2222),
        user: "ada".to_owned(),
        auth: Auth::KeyFile {
            path: "/home/ada/my keys/web".into(),
        },
        color: Some(Color::Pink),
        capabilities: Some(catalog::Capability::read_only().collect()),
        model_consent: Some(store::ModelConsent::Never),
        folder: "Shop/Berlin".to_owned(),
        tags: vec!["web".to_owned(), "eu".to_owned()],
        notes: "=Sum(A1)\nSecond \"line\", with; all".to_owned(),
        jump: vec!["ops@bastion:2222".to_owned(), "[::1]:22".to_owned()],
        keep_secrets: true,
        elevation_minutes: Some(5),
        ..named("Web, \"1\"", "web1.example")
    }
}

#[tokio::test]
async fn servers_are_copied_ordered_and_kept_only_where_that_is_asked() {
    let desk = desk();
    let engine = &desk.engine;
    let web = engine.add(full()).unwrap();
    assert!(web.saved);
    let copy = engine.duplicate(&web.profile.id).unwrap();
    let third = engine.duplicate(&web.profile.id).unwrap();
    assert_eq!(copy.profile.name, "Web, \"1\" copy");
    assert_eq!(third.profile.name, "Web, \"1\" copy 2");
    let bare = |server: &Server| store::Profile {
        id: String::new(),
        name: String::new(),
        ..server.profile.clone()
    };
    assert_eq!(bare(&copy), bare(&web));

    let quick = NewServer {
        user: "root".to_owned(),
        port: Some(2200),
        ..named("", "192.0.2.7")
    };
    let quick = engine.add_unsaved(quick).unwrap();
    assert_eq!(quick.profile.name, "root@192.0.2.7:2200");
    assert!(!quick.saved);
    let listed = engine.servers().unwrap();
    assert_eq!(listed.last().unwrap().profile.id, quick.profile.id);

    let order = [third.profile.id.clone(), "nobody".to_owned()];
    let ordered = engine.order(&order).unwrap();
    assert_eq!(
        names(&ordered),
        [
            "Web, \"1\" copy 2",
            "Web, \"1\"",
            "Web, \"1\" copy",
            "root@192.0.2.7:2200"
        ]
    );

    // What a person changes before it is saved is saved.
    let renamed = ServerChange {
        name: Some("Quick".to_owned()),
        ..ServerChange::default()
    };
    engine.change(&quick.profile.id, renamed).unwrap();
    let kept = engine.save(&quick.profile.id).unwrap();
    assert!(kept.saved && engine.save(&quick.profile.id).unwrap().saved);
    assert_eq!(kept.profile.id, quick.profile.id);
    let folder = desk.end();
    let store = store::Store::open(folder.path()).unwrap();
    let saved = store.profiles().unwrap();
    assert_eq!(saved.len(), 5);
    assert!(saved.iter().any(|profile| profile.name == "Quick"));
    assert_eq!(
        saved
            .iter()
            .filter(|p| p.notes == web.profile.notes)
            .count(),
        3
    );
}

#[tokio::test]
async fn null_takes_a_port_away_and_what_is_absent_stays() {
    let desk = desk();
    let id = desk.engine.add(full()).unwrap().profile.id;
    let change = |text: &str| {
        let change: ServerChange = serde_json::from_str(text).unwrap();
        desk.engine.change(&id, change).unwrap().profile
    };
    let changed = change(r#"{"name":"Front","tags":[],"user":""}"#);
    assert_eq!(
        (changed.port, changed.elevation_minutes),
        (Some(2222), Some(5))
    );
    assert_eq!((changed.tags.len(), changed.user.as_str()), (0, ""));
    let changed = change(r#"{"port":null,"elevationMinutes":null,"folder":null}"#);
    assert_eq!((changed.port, changed.elevation_minutes), (None, None));
    assert_eq!(changed.folder, "Shop/Berlin");
    let wrong: ServerChange = serde_json::from_str(r#"{"jump":["-oProxyCommand=x"]}"#).unwrap();
    assert_eq!(
        desk.engine.change(&id, wrong).unwrap_err().code(),
        "invalid"
    );
}

#[tokio::test]
async fn our_own_export_brings_everything_back() {
    let desk = desk();
    desk.engine.add(full()).unwrap();
    desk.engine.add(named("plain", "192.0.2.1")).unwrap();
    let export = desk.engine.export(ExportFormat::Json).unwrap();
    let other = support::desk();
    let import = |add| NewImport {
        text: Some(export.text.clone()),
        add,
        ..NewImport::default()
    };
    let preview = other.engine.import(&import(None)).unwrap();
    assert_eq!(preview.format, ImportFormat::Headlessos);
    assert_eq!((preview.entries.len(), preview.added.len()), (2, 0));
    assert!(names(&other.engine.servers().unwrap()).is_empty());
    let added = other
        .engine
        .import(&import(Some(vec![2, 1, 1])))
        .unwrap()
        .added;
    let there = |desk: &Desk| {
        let servers = desk.engine.servers().unwrap().into_iter();
        let profiles = servers.map(|server| server.profile);
        profiles.collect::<Vec<_>>()
    };
    assert_eq!(added.len(), 2);
    assert_eq!(there(&desk), there(&other));

    // Once more they are known as what they are.
    let again = other.engine.import(&import(None)).unwrap();
    assert_eq!(again.entries[1].same_as.as_deref(), Some("plain"));
}

#[tokio::test]
async fn other_forms_bring_back_what_they_can_hold() {
    let desk = desk();
    desk.engine.add(full()).unwrap();
    for (form, format) in [
        (ExportFormat::Csv, ImportFormat::Csv),
        (ExportFormat::SshConfig, ImportFormat::SshConfig),
    ] {
        let text = desk.engine.export(form).unwrap().text;
        let import = NewImport {
            text: Some(text),
            ..NewImport::default()
        };
        let found = desk.engine.import(&import).unwrap();
        assert_eq!(found.format, format);
        let [entry] = found.entries.as_slice() else {
            panic!("{found:?}")
        };
        let full = full();
        assert_eq!(entry.mistakes, Vec::<String>::new());
        assert_eq!((&entry.host, entry.port), (&full.host, full.port));
        assert_eq!((&entry.user, &entry.jump), (&full.user, &full.jump));
        assert_eq!(entry.key_file.as_deref(), Some("/home/ada/my keys/web"));
        assert_eq!(entry.same_as.as_deref(), Some("Web, \"1\""));
        if format == ImportFormat::Csv {
            assert_eq!((&entry.notes, &entry.tags), (&full.notes, &full.tags));
            assert_eq!(
                (&entry.name, &entry.folder),
                (full.name.as_ref().unwrap(), &full.folder)
            );
        }
    }
}

#[tokio::test]
async fn entries_with_mistakes_cannot_be_chosen_and_nothing_is_saved_by_halves() {
    let desk = desk();
    let text = "name,host,port,password\ngood,a.example,22,hunter2\nbad,b c,22,\n";
    let import = |add| NewImport {
        text: Some(text.to_owned()),
        add,
        ..NewImport::default()
    };
    let preview = desk.engine.import(&import(None)).unwrap();
    let seen = serde_json::to_string(&preview).unwrap();
    assert!(!seen.contains("hunter2"), "{seen}");
    assert_eq!(preview.entries[0].left_out, ["a password"]);
    assert_eq!(preview.entries[1].line, 3);
    assert_eq!(preview.entries[1].mistakes.len(), 1);
    for wrong in [vec![1, 2], vec![3], vec![0]] {
        let error = desk.engine.import(&import(Some(wrong))).unwrap_err();
        assert_eq!(error.code(), "invalid");
    }
    assert!(names(&desk.engine.servers().unwrap()).is_empty());
    let both = NewImport {
        base64: Some("eA==".to_owned()),
        ..import(None)
    };
    assert!(desk.engine.import(&both).is_err());
    let utf16 = NewImport {
        // "Host a\n" in UTF-16 with a mark.
        base64: Some("//5IAG8AcwB0ACAAYQAKAA==".to_owned()),
        ..NewImport::default()
    };
    assert_eq!(desk.engine.import(&utf16).unwrap().entries[0].host, "a");
}

#[tokio::test]
async fn a_look_is_one_connection_and_not_repeated_within_a_minute() {
    let desk = desk();
    let ssh = Listener::start(Manner::Says(b"SSH-2.0-Test\r\n".to_vec())).await;
    let mail = Listener::start(Manner::Says(b"220 mail\r\n".to_vec())).await;
    let mut ids = Vec::new();
    for address in [ssh.address(), mail.address(), closed_port().await] {
        ids.push(desk.add(address, Auth::Auto, None));
    }
    let behind = NewServer {
        jump: vec!["bastion".to_owned()],
        ..named("behind", "192.0.2.1")
    };
    ids.push(desk.engine.add(behind).unwrap().profile.id);
    ids.push("this-computer".to_owned());
    let first = desk.engine.reachability(&ids).await.unwrap();
    let states: Vec<_> = first.iter().map(|each| each.state).collect();
    assert_eq!(
        states,
        [
            Reachable::Reachable,
            Reachable::NotSsh,
            Reachable::Unreachable,
            Reachable::Unknown,
            Reachable::Unknown
        ]
    );
    assert_eq!(first[0].detail, "SSH-2.0-Test");
    let (again, other) = tokio::join!(
        desk.engine.reachability(&ids[..1]),
        desk.engine.reachability(&ids[..1])
    );
    assert_eq!(again.unwrap()[0], first[0]);
    assert_eq!(other.unwrap()[0], first[0]);
    assert_eq!((ssh.connections(), mail.connections()), (1, 1));
    assert!(
        desk.engine
            .reachability(&vec!["x".to_owned(); 201])
            .await
            .is_err()
    );
}

/// The steps of a test; questions get this password, and no key is trusted.
async fn test(desk: &Desk, id: &str, password: &str) -> (Vec<Step>, bool, bool) {
    let mut lines = desk.engine.diagnose(id).unwrap();
    let mut changes = desk.engine.changes();
    changes.mark_changed();
    let mut steps = Vec::new();
    loop {
        tokio::select! {
            line = lines.recv() => match line.unwrap() {
                DiagnosisLine::Started { .. } => {}
                DiagnosisLine::Step { step } => steps.push(step),
                DiagnosisLine::Done { ok, connected } => return (steps, ok, connected),
            },
            _ = changes.changed() => {
                let state = desk.engine.server(id).unwrap().state;
                if let ConnectionState::Question { question } = state {
                    assert!(!matches!(question, Question::HostKey { .. }), "it asked for trust");
                    let secret = SecretString::from(password);
                    let _ = desk.engine.answer(id, question.id(), Answer::Secret { secret, keep: false });
                }
            }
        }
    }
}

fn at(steps: &[Step], name: StepName) -> &Step {
    steps.iter().find(|step| step.name == name).unwrap()
}

#[tokio::test]
async fn a_test_trusts_no_new_key_and_says_what_it_is() {
    let server = testkit::server::Server::start(machine("", nothing)).await;
    let desk = desk();
    let id = desk.add(server.address(), Auth::Password, None);
    let (steps, ok, connected) = test(&desk, &id, "right").await;
    assert_eq!(steps.len(), 9);
    assert_eq!((ok, connected), (false, false));
    let key = at(&steps, StepName::HostKey);
    assert_eq!(key.status, StepStatus::Warning);
    assert!(key.detail.contains(&server.fingerprint()), "{key:?}");
    assert_eq!(at(&steps, StepName::Login).status, StepStatus::Skipped);
    assert!(server.seen().attempts().is_empty());
    let state = desk.engine.server(&id).unwrap().state;
    assert_eq!(state, ConnectionState::Disconnected);
    // Now a person may be asked.
    desk.connect(&id, "right").await;
    assert_eq!(server.seen().connections(), 2);
}

#[tokio::test]
async fn a_test_that_works_is_the_connection() {
    let server = testkit::server::Server::start(machine("", nothing)).await;
    let desk = desk();
    let id = desk.add(server.address(), Auth::Password, None);
    desk.connect(&id, "right").await;
    desk.engine.disconnect(&id).await.unwrap();

    let (steps, ok, connected) = test(&desk, &id, "right").await;
    assert_eq!((ok, connected), (true, true), "{steps:?}");
    assert_eq!(at(&steps, StepName::Resolve).detail, "127.0.0.1");
    assert_eq!(at(&steps, StepName::Session).status, StepStatus::Ok);
    assert_eq!(server.seen().connections(), 2);

    // What stands is used.
    let (steps, ok, _) = test(&desk, &id, "right").await;
    assert!(ok && at(&steps, StepName::Connect).detail.contains("already"));
    assert!(
        at(&steps, StepName::HostKey)
            .detail
            .contains(&server.fingerprint())
    );
    assert_eq!(server.seen().connections(), 2);
}

#[tokio::test]
async fn each_failure_is_at_its_step() {
    let desk = desk();
    let nowhere = desk.add(closed_port().await, Auth::Auto, None);
    let (steps, ok, connected) = test(&desk, &nowhere, "").await;
    assert_eq!((ok, connected), (false, false));
    assert_eq!(at(&steps, StepName::Resolve).status, StepStatus::Ok);
    assert_eq!(at(&steps, StepName::Connect).status, StepStatus::Failed);
    assert_eq!(at(&steps, StepName::HostKey).status, StepStatus::Skipped);

    let nobody = desk
        .engine
        .add(named("nobody", &format!("{}.invalid", "x".repeat(64))))
        .unwrap();
    let (steps, ..) = test(&desk, &nobody.profile.id, "").await;
    assert_eq!(at(&steps, StepName::Resolve).status, StepStatus::Failed);

    let server = testkit::server::Server::start(machine("", nothing)).await;
    let id = desk.add(server.address(), Auth::Password, None);
    desk.connect(&id, "right").await;
    desk.engine.disconnect(&id).await.unwrap();
    let (steps, ok, _) = test(&desk, &id, "wrong").await;
    assert!(!ok);
    let login = at(&steps, StepName::Login);
    assert_eq!(login.status, StepStatus::Failed, "{steps:?}");
    assert_eq!(at(&steps, StepName::HostKey).status, StepStatus::Ok);
    server.change_host_key();
    let (steps, ..) = test(&desk, &id, "right").await;
    let key = at(&steps, StepName::HostKey);
    assert_eq!(key.status, StepStatus::Failed, "{steps:?}");
}
