//! Other users of a server who put links where a job will come by: nothing happens where they lead. What
//! they do is done at a known request, between the engine and this computer's own SFTP server.
#![cfg(unix)]
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod desk;

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
};

use desk::{
    Between, Desk,
    between::{folder, user, with_bob},
    mode,
};
use engine::{Conflict, JobState, NewFileJob, Transfer};
use sftp::{Answer, Request};

/// A file that lends its user and group to whoever runs it.
fn lending(path: &Path) {
    fs::write(path, "#!/bin/sh\n").unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o6755)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_lends_no_other_user_than_its_original() {
    let desk = Desk::between(|_| with_bob()).await;
    let (from, to) = (desk.work().join("from"), desk.work().join("to"));
    folder(&from.join("in-bobs"), 0o2755);
    folder(&from.join("in-ours"), 0o2755);
    fs::create_dir(&to).unwrap();
    for name in ["tool-of-bobs", "tool-of-ours"] {
        lending(&from.join(name));
    }
    let job = desk.job(desk.copy(&from, &to, Conflict::Skip)).await;
    assert_eq!((job.state, job.failures), (JobState::Done, Vec::new()));
    let copied = to.join("from");
    assert_eq!(mode(&copied.join("tool-of-bobs")), 0o755);
    assert_eq!(mode(&copied.join("in-bobs")), 0o755);
    assert_eq!(mode(&copied.join("tool-of-ours")), 0o6755);
    assert_eq!(mode(&copied.join("in-ours")), 0o2755);
    // One that stood alone, and one that takes another's place.
    let single = desk.copy(&from.join("tool-of-bobs"), &to, Conflict::Replace);
    for _ in 0..2 {
        assert_eq!(desk.job(single.clone()).await.state, JobState::Done);
        assert_eq!(mode(&to.join("tool-of-bobs")), 0o755);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_from_another_server_lends_nobody() {
    let desk = Desk::new().await;
    let probe = testkit::server::Answer::printing("os=Linux\nuid=0\n");
    let behaviour = testkit::server::Behaviour {
        open: true,
        ..testkit::server::Behaviour::default()
    };
    // It names the user who will have the copy.
    let claimed = Answer::Attributes(sftp::Attributes {
        size_bytes: Some(4),
        mode: Some(sftp::file_type::FILE | 0o6755),
        owner: Some((user(), user())),
        times: Some((1, 1)),
    });
    let behaviour = behaviour
        .serving(&[("/tool", b"evil")])
        .answering(move |_| probe.clone());
    let server = testkit::server::Server::start(behaviour.answering_sftp(move |request| {
        let asks = matches!(
            request,
            Request::LStat { .. } | Request::Stat { .. } | Request::FStat { .. }
        );
        asks.then(|| vec![claimed.clone()])
    }))
    .await;
    let id = desk.add(server.address()).await;
    let transfer = Transfer {
        server: id,
        ..desk.transfer(Path::new("/tool"), &desk.work(), Conflict::Skip)
    };
    let job = desk.job(NewFileJob::Copy(transfer)).await;
    assert_eq!((job.state, job.failures), (JobState::Done, Vec::new()));
    assert_eq!(mode(&desk.work().join("tool")), 0o755);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_takes_a_files_place_lends_no_other_user_than_that_did() {
    let desk = Desk::between(|_| with_bob()).await;
    // Where a link is replaced, what it leads to is nobody to be lent.
    let target = desk.work().join("target-of-ours");
    lending(&target);
    symlink(&target, desk.work().join("link-of-ours")).unwrap();
    for (name, wanted) in [
        ("of-bobs", 0o755),
        ("of-nobodys", 0o755),
        ("of-ours", 0o6755),
        ("link-of-ours", 0o755),
    ] {
        let file = desk.work().join(name);
        if !file.is_symlink() {
            lending(&file);
        }
        let header = serde_json::json!({
            "path": file, "length": 3, "sizeBytes": 3, "replace": true, "modifiedAt": 1,
        });
        let header = header.to_string();
        let length = u32::try_from(header.len()).unwrap().to_be_bytes();
        let bytes = [&length[..], header.as_bytes(), b"new"].concat();
        let stream = futures::stream::iter([Ok::<_, std::io::Error>(bytes.into())]);
        let uploaded = desk.files().await.upload(stream).await.unwrap();
        assert_eq!(uploaded.results[0].error, None);
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert!(!file.is_symlink(), "{name}");
        assert_eq!(mode(&file), wanted, "{name}");
    }
    // A file that is saved gets the owner of the one before, where somebody is named.
    for (name, wanted) in [("nobodys", 0o755), ("ours", 0o6755)] {
        let file = desk.work().join(name);
        lending(&file);
        let options = engine::SaveOptions {
            force: true,
            ..engine::SaveOptions::default()
        };
        let saved = desk
            .files()
            .await
            .save(&desk::path(&file), b"new".to_vec(), &options)
            .await;
        saved.unwrap();
        assert_eq!(mode(&file), wanted, "{name}");
    }
}

/// The names in a tar archive of paths.
async fn archived(desk: &Desk, paths: &[&Path]) -> String {
    let files = desk.files().await;
    let paths = paths.iter().map(|path| desk::path(path)).collect();
    let archive = files.archive(paths, engine::ArchiveFormat::Tar).await;
    let mut pieces = archive.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = pieces.recv().await {
        bytes.extend_from_slice(&piece.unwrap());
    }
    let names = bytes
        .chunks(512)
        .filter(|block| block.get(257..262) == Some(b"ustar"));
    let names = names.map(|block| block.split(|byte| *byte == 0).next().unwrap());
    names
        .map(|name| format!("{}\n", name.escape_ascii()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_an_archive_goes_through_a_link_in_it() {
    // A server that lists a folder, which it has, as a link too.
    let between = Between::before(|request| match request {
        Request::ReadLink { .. } => Some(Answer::Name(vec![sftp::Entry {
            name: "/home/me/.ssh".into(),
            long_name: "".into(),
            attributes: sftp::Attributes::default(),
        }])),
        _ => None,
    })
    .after(|_, answer| {
        if let Answer::Name(entries) = answer
            && let Some(folder) = entries.iter().find(|entry| entry.name == "x")
        {
            let mut link = folder.clone();
            link.attributes.mode = Some(sftp::file_type::LINK | 0o777);
            entries.insert(0, link);
        }
    });
    let desk = Desk::between(|_| between).await;
    let tree = desk.work().join("tree");
    fs::create_dir_all(tree.join("x")).unwrap();
    fs::write(tree.join("x/authorized_keys"), "theirs").unwrap();
    assert_eq!(archived(&desk, &[&tree]).await, "tree/\ntree/x\n");

    // Nor through one that was asked for beside it, nor through the list of what is not in it.
    let (link, folder) = (desk.work().join("one/y"), desk.work().join("two/y"));
    let list = desk.work().join("one/NOT-ARCHIVED.txt");
    fs::create_dir(link.parent().unwrap()).unwrap();
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("authorized_keys"), "theirs").unwrap();
    symlink("/home/me/.ssh", &link).unwrap();
    symlink("/home/me/.ssh/authorized_keys", &list).unwrap();
    let names = archived(&desk, &[&link, &folder, &list]).await;
    assert_eq!(names, "y\nNOT-ARCHIVED.txt\n");
}
