//! What files held before they were saved is kept on this computer where that is wanted, and only
//! there.
#![cfg(unix)]
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

#[expect(dead_code, reason = "other tests use more of it")]
mod desk;

use std::fs;

use catalog::arguments::RemotePath;
use desk::{Desk, HERE, path};
use engine::SaveOptions;

async fn kept(desk: &Desk, file: &RemotePath) -> Vec<Vec<u8>> {
    let mut contents = Vec::new();
    for version in desk.engine.file_versions(HERE, file).await.unwrap() {
        let content = desk.engine.file_version(HERE, file, version.id).await;
        contents.push(content.unwrap().unwrap());
    }
    contents
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_keeps_what_was_there_where_that_is_wanted() {
    let desk = Desk::new().await;
    let (files, file) = (desk.files().await, desk.work().join("a.conf"));
    let at = path(&file);
    fs::write(&file, b"one\xff").unwrap();
    let save = async |content: &str, keep: bool, force: bool| {
        let version = files.text(&at).await.unwrap().version;
        let options = SaveOptions {
            version: (!force).then_some(version),
            keep,
            force,
            ..SaveOptions::default()
        };
        files.save(&at, content.into(), &options).await.unwrap();
    };
    save("two", true, false).await;
    save("three", false, false).await;
    save("four", true, true).await;
    assert_eq!(
        kept(&desk, &at).await,
        [b"three".to_vec(), b"one\xff".to_vec()]
    );
    assert_eq!(fs::read(&file).unwrap(), b"four");
    // Nothing of it is on the server.
    assert_eq!(fs::read_dir(desk.work()).unwrap().count(), 1);

    // What is refused keeps nothing, and a new file has nothing before it.
    let stale = SaveOptions {
        version: Some("3-aa".to_owned()),
        keep: true,
        ..SaveOptions::default()
    };
    let error = files.save(&at, b"five".to_vec(), &stale).await;
    assert_eq!(error.unwrap_err().code(), "fileChanged");
    assert_eq!(kept(&desk, &at).await.len(), 2);
    let new = path(&desk.work().join("new"));
    let options = SaveOptions {
        keep: true,
        ..SaveOptions::default()
    };
    files.save(&new, b"new".to_vec(), &options).await.unwrap();
    assert!(kept(&desk, &new).await.is_empty());

    desk.engine
        .forget_file_versions(HERE, Some(&at))
        .await
        .unwrap();
    assert!(kept(&desk, &at).await.is_empty());
}
