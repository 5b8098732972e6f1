//! What is done to files is in the journal by name, belongs to who asked, and cannot be had without the name of
//! the server that loses something, however it is asked for.
#![cfg(unix)]
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod desk;

use std::{fs, os::unix::ffi::OsStrExt, path::Path};

use bytes::Bytes;
use catalog::arguments::FileName;
use desk::{Desk, HERE, PATIENCE, path};
use engine::{
    Asker, AttributeChange, Conflict, ConnectionState, Deed, JobAction, JobState, JournalFilter,
    NewFileJob, ServerChange, Transfer, asked_by,
};
use store::{Store, Stray};

/// What changed files, oldest first: for what, and the words.
async fn deeds(desk: &Desk) -> Vec<(String, String)> {
    let changes = JournalFilter {
        deed: Some(Deed::FileChange),
        ..JournalFilter::default()
    };
    let mut entries = desk.engine.activity(changes, 100).await.unwrap();
    entries.reverse();
    let told = entries.into_iter();
    told.map(|entry| (entry.what, entry.command)).collect()
}

fn text(file: &Path) -> String {
    path(file).to_string()
}

fn of_production(desk: &Desk) {
    let change = ServerChange {
        production: Some(true),
        ..ServerChange::default()
    };
    desk.engine.change(HERE, change).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_job_is_in_the_journal_with_all_that_it_changes() {
    let desk = Desk::new().await;
    let (work, home) = (desk.work(), desk.home());
    fs::create_dir(work.join("to")).unwrap();
    fs::write(work.join("a"), "a").unwrap();
    let server = || HERE.to_owned();
    let done = async |job| assert_eq!(desk.job(job).await.state, JobState::Done);

    let named = |name: &str| Transfer {
        to_names: Some(vec![FileName::try_from(name.to_owned()).unwrap()]),
        ..desk.transfer(&work.join("a"), &work.join("to"), Conflict::Skip)
    };
    done(NewFileJob::Copy(named("passwd"))).await;
    done(desk.copy(&work.join("a"), &work.join("to"), Conflict::Skip)).await;
    done(NewFileJob::Move(named("moved"))).await;
    done(NewFileJob::Attributes(AttributeChange {
        server: server(),
        paths: vec![path(&work.join("to"))],
        recursive: true,
        file_mode: Some(0o640),
        folder_mode: Some(0o2750),
        uid: None,
        gid: None,
        modified_at: Some(7),
    }))
    .await;
    for name in ["one", "two"] {
        fs::write(home.join(name), name).unwrap();
        done(NewFileJob::Trash {
            server: server(),
            paths: vec![path(&home.join(name))],
        })
        .await;
    }
    done(NewFileJob::EmptyTrash {
        server: server(),
        trashed: None,
    })
    .await;
    done(NewFileJob::Delete {
        server: server(),
        paths: vec![path(&work.join("to"))],
    })
    .await;
    let link = path(&work.join("link"));
    desk.files().await.make_link(&link, b"/etc").await.unwrap();

    let (a, to) = (text(&work.join("a")), text(&work.join("to")));
    let bin = text(&home.join(".local/share/Trash/files"));
    let mut emptied = deeds(&desk).await;
    emptied.retain(|(what, _)| what == "files.emptyTrash");
    emptied.sort();
    let all = [format!("{bin}/one"), format!("{bin}/two")];
    assert_eq!(
        emptied.iter().map(|(_, id)| id).collect::<Vec<_>>(),
        all.iter().collect::<Vec<_>>()
    );
    let mut rest = deeds(&desk).await;
    rest.retain(|(what, _)| what != "files.emptyTrash");
    let expected = [
        ("files.copy", format!("{a} -> {to}/passwd")),
        ("files.copy", format!("{a} -> {to}/a")),
        ("files.move", format!("{a} -> {to}/moved")),
        (
            "files.attributes",
            format!("{to}, and all below it: mode 0640, mode of folders 2750, changed at 7"),
        ),
        ("files.trash", text(&home.join("one"))),
        ("files.trash", text(&home.join("two"))),
        ("files.delete", to.clone()),
        ("files.makeLink", format!("{link} -> /etc")),
    ];
    let expected = expected.map(|(what, words)| (what.to_owned(), words));
    assert_eq!(rest, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_production_server_loses_takes_its_name_however_it_is_asked_for() {
    let desk = Desk::new().await;
    of_production(&desk);
    let work = desk.work();
    let (source, to) = (work.join("a"), work.join("to"));
    fs::create_dir(&to).unwrap();
    fs::write(&source, "new").unwrap();
    fs::write(to.join("a"), "old").unwrap();
    let right = Some("This computer");

    // By an answer.
    let job = desk.job(desk.copy(&source, &to, Conflict::Ask)).await;
    let at = job.question.unwrap().path.to_string();
    for choice in [Conflict::Replace, Conflict::Newer] {
        for wrong in [None, Some("this-computer")] {
            let answered = desk
                .engine
                .answer_file_job(&job.id, &at, (choice, true), wrong);
            assert_eq!(answered.unwrap_err().code(), "unconfirmed");
        }
    }
    assert_eq!(fs::read(to.join("a")).unwrap(), b"old");
    let answered = desk
        .engine
        .answer_file_job(&job.id, &at, (Conflict::Replace, true), right);
    answered.unwrap();
    assert_eq!(desk.over(&job.id).await.state, JobState::Done);
    assert_eq!(fs::read(to.join("a")).unwrap(), b"new");

    // By doing again what was done once.
    let again = |id: &str, confirm| desk.engine.control_file_job(id, JobAction::Retry, confirm);
    assert_eq!(again(&job.id, None).unwrap_err().code(), "unconfirmed");
    let gone = work.join("gone");
    fs::write(&gone, "first").unwrap();
    let delete = NewFileJob::Delete {
        server: HERE.to_owned(),
        paths: vec![path(&gone)],
    };
    let job = desk.job(delete).await;
    fs::write(&gone, "second").unwrap();
    assert_eq!(again(&job.id, None).unwrap_err().code(), "unconfirmed");
    assert_eq!(fs::read(&gone).unwrap(), b"second");
    let job = again(&job.id, right).unwrap();
    assert_eq!(desk.over(&job.id).await.state, JobState::Done);
    assert!(!gone.exists());

    // By an upload.
    let files = desk.files().await;
    let upload = async |confirm: Option<&str>| {
        let header = serde_json::json!({"path": text(&to.join("a")), "length": 2, "sizeBytes": 2,
            "modifiedAt": null, "replace": true, "confirm": confirm})
        .to_string();
        let length = u32::try_from(header.len()).unwrap().to_be_bytes();
        let bytes = Bytes::from([&length[..], header.as_bytes(), b"up"].concat());
        let stream = futures::stream::iter([Ok::<_, std::io::Error>(bytes)]);
        let result = files.upload(stream).await.unwrap().results.remove(0);
        result.error.map(|error| error.code)
    };
    assert_eq!(upload(None).await.as_deref(), Some("unconfirmed"));
    assert_eq!(fs::read(to.join("a")).unwrap(), b"new");
    assert_eq!(upload(right).await, None);
    assert_eq!(fs::read(to.join("a")).unwrap(), b"up");
}

/// Emptied again is what was emptied, not what came since.
#[tokio::test(flavor = "multi_thread")]
async fn the_bin_is_emptied_of_what_lay_there_when_it_was_asked_for() {
    let desk = Desk::new().await;
    let home = desk.home();
    let trash = async |name: &str| {
        fs::write(home.join(name), name).unwrap();
        let put = NewFileJob::Trash {
            server: HERE.to_owned(),
            paths: vec![path(&home.join(name))],
        };
        desk.job(put).await
    };
    trash("one").await;
    let empty = NewFileJob::EmptyTrash {
        server: HERE.to_owned(),
        trashed: None,
    };
    let job = desk.job(empty).await;
    trash("two").await;
    let again = desk
        .engine
        .control_file_job(&job.id, JobAction::Retry, Some("This computer"));
    desk.over(&again.unwrap().id).await;
    assert!(home.join(".local/share/Trash/files/two").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_of_all_since_a_person_connected() {
    let desk = Desk::new().await;
    let work = desk.work();
    let make = async |name: &str| {
        let made = asked_by(Asker::Ui, async {
            desk.files().await.make_file(&path(&work.join(name))).await
        });
        made.await.unwrap();
    };
    make("before").await;
    // The line is lost and comes back.
    let mut changes = desk.engine.changes();
    desk.cut.after(0);
    let mut until = async |reached: fn(&ConnectionState) -> bool| {
        let waiting = async {
            while !reached(&desk.engine.server(HERE).unwrap().state) {
                changes.changed().await.unwrap();
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.unwrap();
    };
    // Something has to be asked, so that the cut is met: then, or already by the one before.
    if let Ok(files) = desk.engine.files(HERE).await {
        let _ = files.home().await;
    }
    until(|state| !matches!(state, ConnectionState::Connected { .. })).await;
    desk.cut.never();
    desk.engine.connect(HERE).unwrap();
    until(|state| matches!(state, ConnectionState::Connected { .. })).await;
    make("after").await;
    desk.engine.disconnect(HERE).await.unwrap();

    let receipt = desk.engine.receipt(HERE).await.unwrap().unwrap();
    assert_eq!(receipt.file_changes, 2, "{receipt:?}");
    assert_eq!(receipt.changes, 0, "{receipt:?}");
    let named: Vec<_> = receipt.named.iter().map(|entry| &entry.command).collect();
    assert_eq!(
        named,
        [&text(&work.join("before")), &text(&work.join("after"))]
    );

    // The next one begins anew.
    desk.connect().await;
    let receipt = desk.engine.receipt(HERE).await.unwrap().unwrap();
    assert_eq!(receipt.file_changes, 0, "{receipt:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_and_what_tidies_up_after_it_have_their_askers() {
    let desk = Desk::new().await;
    desk.engine.disconnect(HERE).await.unwrap();
    let stray = desk.work().join(".headlessos-0123456789abcdef");
    fs::write(&stray, "part").unwrap();
    let store = Store::open(&desk.data()).unwrap();
    let note = Stray {
        path: stray.as_os_str().as_bytes().to_vec(),
        belongs_at: None,
    };
    store.note_stray(HERE, &note).unwrap();
    asked_by(Asker::Ui, desk.connect()).await;
    let tidied = async {
        while !store.strays(HERE).unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, tidied).await.unwrap();

    let entries = desk
        .engine
        .activity(JournalFilter::default(), 50)
        .await
        .unwrap();
    let of = |what: &str| entries.iter().find(|entry| entry.what == what).unwrap();
    assert_eq!(of("server.connect").asker, Asker::Ui);
    assert_eq!(of("server.facts").asker, Asker::Ui);
    let tidied = of("files.tidyUp");
    assert_eq!(
        (tidied.asker, tidied.command.as_str()),
        (Asker::Program, &*text(&stray))
    );
}
