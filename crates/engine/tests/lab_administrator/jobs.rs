//! Whose what was begun is, where administrator access is on or comes on meanwhile: a job's files, a key's
//! account.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::time::Duration;

use catalog::Capability;
use engine::{
    AdministratorState, Conflict, ConflictQuestion, Engine, JobAction, JobState, KeyToInstall,
    NewFileJob, Priority, ServerChange, Transfer,
};
use testkit::lab::Lab;
use tokio::time::timeout;

use crate::{
    address, connected, listed, path, state,
    support::{self, desk},
    switch,
};

/// What a job asks of a person.
async fn asks(engine: &Engine, id: &str) -> ConflictQuestion {
    let asked = async {
        loop {
            let job = engine.file_job(id).unwrap();
            assert!(!job.state.is_over(), "{job:?}");
            if let Some(question) = job.question {
                return question;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(Duration::from_secs(20), asked).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_stays_the_users_as_whom_it_was_begun() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("deb12") else {
        return;
    };
    let base = format!("/home/admin/jobs-{}", std::process::id());
    let script = format!(
        "mkdir -p {base}/to && echo secret >{base}/secret && echo old >{base}/to/secret && \
         chown -R admin: {base} && chown root: {base}/secret && chmod 600 {base}/secret"
    );
    assert_eq!(host.exec(&["sh", "-c", &script]).code, 0);
    let desk = desk();
    let id = connected(&desk, address(host), "admin").await;
    let engine = &desk.engine;
    let name = engine.server(&id).unwrap().profile.name;
    let target = format!("{base}/to/secret");
    let there = || host.exec(&["cat", &target]).stdout;
    // The copy asks what to do with the name that is taken, and meanwhile the access is switched.
    let copied = async |on: bool| {
        let transfer = Transfer {
            server: id.clone(),
            paths: vec![path(&format!("{base}/secret"))],
            to_server: id.clone(),
            to_folder: path(&format!("{base}/to")),
            to_names: None,
            conflict: Conflict::Ask,
            resume: false,
            verify: false,
            priority: Priority::Normal,
        };
        let job = engine.begin_file_job(NewFileJob::Copy(transfer), None);
        let job = job.unwrap();
        let question = asks(engine, &job.id).await;
        switch(&desk, &id, on, on.then_some("labpw"), None)
            .await
            .unwrap();
        let path = question.path.to_string();
        engine
            .answer_file_job(&job.id, &path, (Conflict::Replace, false), Some(&name))
            .unwrap();
        engine.file_job_over(&job.id).await.unwrap()
    };
    let as_user = copied(true).await;
    assert_eq!(as_user.state, JobState::Failed, "{as_user:?}");
    assert_eq!(as_user.failures[0].error.code, "permissionDenied");
    assert_eq!(there(), "old\n");

    let as_root = copied(false).await;
    assert_eq!(as_root.state, JobState::Failed, "{as_root:?}");
    let error = &as_root.failures[0].error;
    assert_eq!(error.code, "conflict", "{error:?}");
    assert!(error.message.contains("as root"), "{error:?}");
    assert!(
        error
            .hint
            .as_ref()
            .unwrap()
            .contains("administrator access")
    );
    assert_eq!(there(), "old\n");

    switch(&desk, &id, true, Some("labpw"), None).await.unwrap();
    let again = engine
        .control_file_job(&as_root.id, JobAction::Retry, Some(&name))
        .unwrap();
    let question = asks(engine, &again.id).await;
    let path = question.path.to_string();
    engine
        .answer_file_job(&again.id, &path, (Conflict::Replace, false), Some(&name))
        .unwrap();
    let again = engine.file_job_over(&again.id).await.unwrap();
    assert_eq!(again.state, JobState::Done, "{again:?}");
    assert_eq!(there(), "secret\n");
    engine.disconnect(&id).await.unwrap();
    assert_eq!(host.exec(&["rm", "-r", &base]).code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_the_users_who_logs_in_with_it() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("deb12") else {
        return;
    };
    let name = format!("of-this-run-{}", std::process::id());
    let places = ["/home/admin", "/root"].map(|home| format!("{home}/.ssh/authorized_keys"));
    let held = || {
        let count = |file: &String| host.exec(&["grep", "-c", &name, file]).stdout;
        places.each_ref().map(|file| count(file).trim().to_owned())
    };
    let desk = desk();
    let id = connected(&desk, address(host), "admin").await;
    switch(&desk, &id, true, Some("labpw"), None).await.unwrap();
    let data = "AAAAC3NzaC1lZDI1NTE5AAAAIJBOzjcRzmKnCjmDJRCCrWnTm8F7hdeoTtZX0ngVnEpQ";
    let key = KeyToInstall {
        path: None,
        text: Some(format!("ssh-ed25519 {data} {name}")),
    };
    let installed = desk.engine.install_key(&id, key).await.unwrap();
    assert_eq!(installed.path, places[0]);
    let [of_user, of_root] = held();
    assert_eq!(of_user, "1");
    assert!(matches!(of_root.as_str(), "" | "0"), "{of_root}");
    desk.engine.disconnect(&id).await.unwrap();
    let script = format!("sed -i /{name}/d {}", places[0]);
    assert_eq!(host.exec(&["sh", "-c", &script]).code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn access_that_comes_on_after_all_was_taken_away_is_none() {
    let Some(lab) = Lab::find() else { return };
    let Some(host) = lab.host("deb12") else {
        return;
    };
    let desk = desk();
    let id = connected(&desk, address(host), "admin").await;
    let taken_away = async {
        // sudo is under way by then.
        let runs = |entry: &engine::JournalEntry| entry.what == "server.administrator";
        let asked = async {
            while !support::activity(&desk.engine, &id).await.iter().any(runs) {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        timeout(Duration::from_secs(20), asked).await.unwrap();
        let change = ServerChange {
            capabilities: Some(vec![Capability::FilesRead, Capability::FilesWrite]),
            ..ServerChange::default()
        };
        desk.engine.change(&id, change).unwrap();
    };
    let (on, ()) = tokio::join!(switch(&desk, &id, true, Some("labpw"), None), taken_away);
    // It may have been on for a moment.
    if let Err(error) = on {
        assert_eq!(error.code(), "denied", "{error}");
    }
    let ended = async {
        while state(&desk, &id) != AdministratorState::Limited {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(Duration::from_secs(20), ended).await.unwrap();
    // Files, which are granted still, are the user's.
    let error = listed(&desk, &id, "/root").await.unwrap_err();
    assert_eq!(error.0, "permissionDenied");
    desk.engine.disconnect(&id).await.unwrap();
}
