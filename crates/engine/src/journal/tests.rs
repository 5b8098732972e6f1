//! What is begun is written first; what cannot be written is not begun.

use catalog::Capability;
use store::{Asker, JournalFilter};

use super::*;
use crate::gate;

fn purpose(store: &Arc<Store>) -> Purpose {
    let profile = store.profiles().unwrap().remove(0);
    Purpose {
        journal: Journal::of(Arc::clone(store)).unwrap(),
        server: profile.id.clone(),
        granted: gate::check(&profile, Capability::SystemRead).unwrap(),
        what: "system.load".into(),
        tool: "uptime".into(),
    }
}

fn store() -> (tempfile::TempDir, Arc<Store>) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.ensure_this_computer("me").unwrap();
    (folder, Arc::new(store))
}

#[tokio::test]
async fn what_begins_is_written_before_it_begins_and_without_its_secrets() {
    let (_folder, store) = store();
    let purpose = gate::asked_by(Asker::Cli, async { purpose(&store) }).await;
    let begun = purpose
        .begin_deed(Deed::Command, "tool --password geheim -v")
        .await
        .unwrap();
    let entry = || {
        store
            .journal(&JournalFilter::default(), 1)
            .unwrap()
            .remove(0)
    };
    purpose.journal.written().await;
    assert_eq!(entry().command, "tool --password [removed] -v");
    assert_eq!(entry().asker, Asker::Cli);
    assert_eq!(entry().outcome, None);
    begun.end(Some(3), Some(5), "failed");
    purpose.journal.written().await;
    let (exit_code, bytes) = (entry().exit_code, entry().bytes);
    assert_eq!((exit_code, bytes), (Some(3), Some(5)));
    assert_eq!(entry().outcome.as_deref(), Some("failed"));
}

#[tokio::test]
async fn what_is_given_up_has_an_end_too() {
    let (_folder, store) = store();
    let purpose = purpose(&store);
    drop(
        purpose
            .begin_deed(Deed::Terminal, "# login shell")
            .await
            .unwrap(),
    );
    purpose.journal.written().await;
    let entry = store
        .journal(&JournalFilter::default(), 1)
        .unwrap()
        .remove(0);
    assert_eq!(entry.outcome.as_deref(), Some("cancelled"));
    assert_eq!(entry.asker, Asker::Program);
}

#[tokio::test]
async fn what_cannot_be_written_is_not_begun() {
    let (folder, store) = store();
    let purpose = purpose(&store);
    let db = rusqlite::Connection::open(folder.path().join("headlessos.db")).unwrap();
    db.execute_batch("ALTER TABLE journal RENAME TO elsewhere")
        .unwrap();
    // In the file it can still be written; that the chain cannot be is seen by it.
    let begun = purpose.begin_deed(Deed::Command, "first").await.unwrap();
    begun.end(Some(0), None, "ok");
    purpose.journal.written().await;
    let error = purpose
        .begin_deed(Deed::Command, "second")
        .await
        .err()
        .unwrap();
    let said = error.to_string();
    assert!(said.contains("no such table"), "{said}");
    db.execute_batch("ALTER TABLE elsewhere RENAME TO journal")
        .unwrap();
    let _third = purpose.begin_deed(Deed::Command, "third").await.unwrap();
    purpose.journal.written().await;
    let entries = store.journal(&JournalFilter::default(), 9).unwrap();
    let told: Vec<_> = entries
        .iter()
        .map(|entry| (entry.command.as_str(), entry.outcome.as_deref()))
        .collect();
    assert_eq!(told, [("third", None), ("first", Some("ok"))]);
}

#[tokio::test]
async fn what_began_is_in_the_file_before_it_begins() {
    let (folder, store) = store();
    let purpose = purpose(&store);
    let written = || {
        let entries = std::fs::read_dir(folder.path()).unwrap().flatten();
        let files =
            entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("begun-"));
        let texts: Vec<String> = files
            .map(|file| std::fs::read_to_string(file.path()).unwrap())
            .collect();
        texts.concat()
    };
    // Nobody else may write meanwhile, so that it does not come into the chain.
    let db = rusqlite::Connection::open(folder.path().join("headlessos.db")).unwrap();
    db.execute_batch("BEGIN IMMEDIATE").unwrap();
    let _begun = purpose
        .begin_deed(Deed::Command, "uptime -p")
        .await
        .unwrap();
    assert!(written().contains("uptime -p"), "{}", written());
    db.execute_batch("COMMIT").unwrap();
    purpose.journal.written().await;
    assert_eq!(written(), "");
}

/// What stands before and behind every command: its arguments are validated and rendered, the gate is
/// asked, a line is written before and one after. By hand:
/// `cargo test -p engine --release what_it_costs -- --ignored --nocapture`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
async fn what_it_costs() {
    const TIMES: u32 = 5000;
    let (_folder, store) = store();
    let purpose = purpose(&store);
    let profile = store.profiles().unwrap().remove(0);
    let query = catalog::find("services.unit");
    let query = query.unwrap();
    let args = serde_json::json!({ "unit": "getty@tty1.service" });
    let args = if query.prepare(&args).is_ok() {
        args
    } else {
        serde_json::json!({})
    };
    let since = Instant::now();
    let mut waited = std::time::Duration::ZERO;
    for _ in 0..TIMES {
        let prepared = query.prepare(&args).unwrap();
        let command = match prepared.source(0) {
            Some(catalog::Source::Command(command)) => command.without_secrets(),
            _ => "uptime".to_owned(),
        };
        gate::check(&profile, query.capability()).unwrap();
        let begins = Instant::now();
        let begun = purpose.begin(Deed::Command, command).await.unwrap();
        waited += begins.elapsed();
        begun.end(Some(0), Some(100), "ok");
    }
    purpose.journal.written().await;
    let each = |took: std::time::Duration| took.as_micros() / u128::from(TIMES);
    println!(
        "{} us for each command in all, of which {} us are waited for the journal",
        each(since.elapsed()),
        each(waited)
    );
}
