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
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use desk::{Between, Desk, HERE, mode, names};
use engine::{Conflict, JobState, NewFileJob, Transfer};
use sftp::{Answer, Request, code};

/// A folder with a mode, whatever the umask.
fn folder(path: &Path, mode: u32) {
    fs::create_dir_all(path).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// The number of who runs the tests.
fn user() -> u32 {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").unwrap().uid()
}

/// A server with one filesystem more, whose files are in the folder `mount`; what `others` says of a path
/// belongs to another user.
fn with_mount(root: &Path, others: fn(&[u8]) -> bool) -> Between {
    let line = format!("tmpfs {} tmpfs rw 0 0\n", root.join("mount").display());
    Between::before(move |request| match request {
        Request::Open { path, .. } if path.ends_with(b"/mounts") => {
            Some(Answer::Handle("mounts".into()))
        }
        Request::FStat { handle } if handle == "mounts" => {
            Some(Answer::Attributes(sftp::Attributes::default()))
        }
        Request::Read {
            handle, offset: 0, ..
        } if handle == "mounts" => Some(Answer::Data(line.clone().into())),
        Request::Read { handle, .. } if handle == "mounts" => Some(Answer::status(code::EOF)),
        Request::Close { handle } if handle == "mounts" => Some(Answer::status(code::OK)),
        _ => None,
    })
    .after(move |request, answer| {
        if let (Request::LStat { path } | Request::Stat { path }, Answer::Attributes(found)) =
            (request, answer)
            && others(path)
        {
            found.owner = Some((user() + 1, user() + 1));
        }
    })
}

/// Empties the Recycle Bin, all of it and by an id that a page could send; gives what it shows before.
async fn emptied(desk: &Desk, id: &Path) -> engine::Trash {
    let trash = desk.files().await.trash().await.unwrap();
    for trashed in [None, Some(vec![id.display().to_string()])] {
        let server = HERE.to_owned();
        desk.job(NewFileJob::EmptyTrash { server, trashed }).await;
    }
    trash
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trash_folder_that_another_user_made_is_neither_shown_nor_emptied() {
    type Attack = (&'static str, fn(&Path, &Path), fn(&[u8]) -> bool);
    let attacks: [Attack; 7] = [
        (
            "files is a link",
            |trash, victim| symlink(victim, trash.join("files")).unwrap(),
            |_| false,
        ),
        (
            "the trash folder is another's",
            |trash, _| folder(&trash.join("files"), 0o700),
            |path| path.windows(8).any(|some| some == b"/.Trash-") && !path.ends_with(b"/files"),
        ),
        (
            "files is another's",
            |trash, _| folder(&trash.join("files"), 0o700),
            |path| path.ends_with(b"/files"),
        ),
        (
            "info is a link",
            |trash, victim| {
                folder(&trash.join("files"), 0o700);
                symlink(victim, trash.join("info")).unwrap();
            },
            |_| false,
        ),
        (
            "others write in the trash folder",
            |trash, _| {
                folder(&trash.join("files"), 0o700);
                folder(trash, 0o777);
            },
            |_| false,
        ),
        (
            "others take out of the top",
            |trash, _| {
                folder(&trash.join("files"), 0o700);
                folder(trash.parent().unwrap(), 0o777);
            },
            |_| false,
        ),
        (
            "the top is another's",
            |trash, _| folder(&trash.join("files"), 0o700),
            |path| path.ends_with(b"/mount"),
        ),
    ];
    for (name, attack, others) in attacks {
        let desk = Desk::between(|root| with_mount(root, others)).await;
        let victim = desk.work().join("etc");
        fs::create_dir(&victim).unwrap();
        fs::write(victim.join("passwd"), "kept").unwrap();
        let mount = desk.work().parent().unwrap().join("mount");
        let trash = mount.join(format!(".Trash-{}", user()));
        folder(&mount, 0o1777);
        folder(&trash, 0o700);
        attack(&trash, &victim);
        let id = trash.join("files/passwd");
        if !id.exists() {
            fs::write(&id, "theirs").unwrap();
        }
        let shown = emptied(&desk, &id).await;
        assert_eq!((shown.items.len(), shown.problems.len()), (0, 1), "{name}");
        assert_eq!(fs::read(victim.join("passwd")).unwrap(), b"kept", "{name}");
        assert!(id.exists(), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shared_trash_folder_is_used_only_where_it_is_sticky_and_no_link() {
    for (mode, is_link) in [(0o1777, false), (0o777, false), (0o1777, true)] {
        let desk = Desk::between(|root| with_mount(root, |_| false)).await;
        let mount = desk.work().parent().unwrap().join("mount");
        folder(&mount, 0o1777);
        let shared = if is_link {
            desk.work().join("shared")
        } else {
            mount.join(".Trash")
        };
        folder(&shared, mode);
        let files = shared.join(user().to_string()).join("files");
        folder(&files, 0o700);
        folder(files.parent().unwrap(), 0o700);
        fs::write(files.join("one"), "").unwrap();
        if is_link {
            symlink(&shared, mount.join(".Trash")).unwrap();
        }
        let trash = desk.files().await.trash().await.unwrap();
        let is_used = mode == 0o1777 && !is_link;
        assert_eq!(
            trash.items.len(),
            usize::from(is_used),
            "{mode:o} {is_link}"
        );
        // What is put in goes to a place of its own then.
        let file = mount.join("file");
        fs::write(&file, "").unwrap();
        let (server, paths) = (HERE.to_owned(), vec![desk::path(&file)]);
        let job = desk.job(NewFileJob::Trash { server, paths }).await;
        assert_eq!(job.state, JobState::Done, "{job:?}");
        let own = mount.join(format!(".Trash-{}/files/file", user()));
        assert_eq!(
            (files.join("file").exists(), own.exists()),
            (is_used, !is_used)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_put_into_a_trash_folder_of_another_user() {
    let others = |path: &[u8]| path.ends_with(b"/info");
    let desk = Desk::between(|root| with_mount(root, others)).await;
    let mount = desk.work().parent().unwrap().join("mount");
    folder(&mount, 0o1777);
    let trash = mount.join(format!(".Trash-{}", user()));
    folder(&trash.join("info"), 0o700);
    let file = mount.join("file");
    fs::write(&file, "").unwrap();
    let (server, paths) = (HERE.to_owned(), vec![desk::path(&file)]);
    let job = desk.job(NewFileJob::Trash { server, paths }).await;
    assert_eq!(job.failures[0].error.code, "conflict");
    assert!(file.exists() && names(&trash.join("info")).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filesystem_that_may_not_be_looked_into_is_no_problem() {
    let desk = Desk::between(|root| {
        let mount = desk::path(&root.join("mount"));
        with_mount(root, |_| false).after(move |request, answer| {
            if let Request::LStat { path } = request
                && path.starts_with(&[mount.as_bytes(), b"/"].concat())
            {
                *answer = Answer::status(code::PERMISSION_DENIED);
            }
        })
    })
    .await;
    folder(&desk.work().parent().unwrap().join("mount"), 0o755);
    let trash = desk.files().await.trash().await.unwrap();
    assert_eq!((trash.items.len(), trash.problems.len()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_restored_to_where_another_user_let_a_link_lead() {
    type Way = (&'static str, fn(&Path, &Path), bool);
    let ways: [Way; 5] = [
        // Another's.
        (
            "in-bobs",
            |home, victim| symlink(victim, home).unwrap(),
            false,
        ),
        // One's own, that leads to another's.
        (
            "way",
            |home, victim| {
                symlink(victim, home.with_file_name("bobs")).unwrap();
                symlink("bobs", home).unwrap();
            },
            false,
        ),
        // One that others could have put there.
        (
            "open/ours",
            |home, victim| symlink(victim, home).unwrap(),
            false,
        ),
        // One's own, and none.
        ("ours", |home, victim| symlink(victim, home).unwrap(), true),
        ("again", |home, _| folder(home, 0o755), true),
    ];
    for (name, way, is_followed) in ways {
        let desk = Desk::between(|_| with_bob()).await;
        let (home, victim) = (desk.work().join(name), desk.work().join("etc"));
        folder(&desk.work(), 0o755);
        folder(&victim, 0o755);
        folder(&desk.work().join("open"), 0o777);
        folder(&home, 0o755);
        let file = home.join("x.sh");
        fs::write(&file, "theirs").unwrap();
        let (server, paths) = (HERE.to_owned(), vec![desk::path(&file)]);
        let job = desk.job(NewFileJob::Trash { server, paths }).await;
        assert_eq!(job.state, JobState::Done, "{name}: {job:?}");
        fs::remove_dir(&home).unwrap();
        way(&home, &victim);
        let (server, trashed) = (HERE.to_owned(), job.trashed);
        let job = desk
            .job(NewFileJob::Restore {
                server,
                trashed: trashed.clone(),
            })
            .await;
        assert_eq!(job.failures.is_empty(), is_followed, "{name}: {job:?}");
        assert_eq!(file.exists(), is_followed, "{name}");
        if !is_followed {
            assert_eq!(job.failures[0].error.code, "conflict", "{name}");
            assert!(
                names(&victim).is_empty() && Path::new(&trashed[0]).exists(),
                "{name}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_that_is_a_pipe_is_never_opened() {
    let opened = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&opened);
    let between = Between::before(move |request| match request {
        // A server that waits for the pipe's other end would answer nothing any more.
        Request::Open { path, .. } if path.ends_with(b"pipe.trashinfo") => {
            seen.store(true, Ordering::Relaxed);
            Some(Answer::status(code::FAILURE))
        }
        _ => None,
    });
    let desk = Desk::between(|_| between).await;
    let trash = desk.home().join(".local/share/Trash");
    folder(&trash.join("files"), 0o700);
    folder(&trash.join("info"), 0o700);
    fs::write(trash.join("files/pipe"), "").unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(trash.join("info/pipe.trashinfo"))
        .status();
    assert!(made.unwrap().success());
    let shown = desk.files().await.trash().await.unwrap();
    assert_eq!((shown.items.len(), shown.problems.len()), (1, 0));
    assert!(!opened.load(Ordering::Relaxed));
}

/// Says of everything named `bobs` that it is another user's, and of what is named `nobodys` not whose it is.
fn with_bob() -> Between {
    let owned = |name: &[u8], found: &mut sftp::Attributes| {
        let is_copy = name.windows(4).any(|some| some == b"/to/");
        if name.ends_with(b"bobs") && !is_copy {
            found.owner = Some((user() + 1, user() + 1));
        } else if name.ends_with(b"nobodys") {
            found.owner = None;
        }
    };
    Between::before(|_| None).after(move |request, answer| match (request, answer) {
        (Request::LStat { path } | Request::Stat { path }, Answer::Attributes(found)) => {
            owned(path, found);
        }
        (Request::ReadDir { .. }, Answer::Name(entries)) => {
            for entry in entries {
                owned(&entry.name, &mut entry.attributes);
            }
        }
        _ => {}
    })
}

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
