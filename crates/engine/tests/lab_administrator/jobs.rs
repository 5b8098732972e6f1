//! Whose a job on files is, when administrator access is switched while it is at work.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::time::Duration;

use engine::{
    Conflict, ConflictQuestion, Engine, JobAction, JobState, NewFileJob, Priority, Transfer,
};
use testkit::lab::Lab;
use tokio::time::timeout;

use crate::{address, connected, path, support::desk, switch};

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
