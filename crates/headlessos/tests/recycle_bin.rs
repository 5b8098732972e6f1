//! The Recycle Bin on a server with other users: nothing of theirs is shown, emptied or restored, and
//! nothing is put where they could reach it.
#![cfg(unix)]
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod desk;

use std::{
    fs,
    os::unix::fs::symlink,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use desk::{
    Between, Desk, HERE,
    between::{folder, user, with_bob},
    names,
};
use engine::{JobState, NewFileJob};
use sftp::{Answer, Request, code};

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
    type Case = (fn(&[u8]) -> bool, u32);
    // Of another user in part; the user's own, in which the group could put something else.
    let cases: [Case; 2] = [(|path| path.ends_with(b"/info"), 0o700), (|_| false, 0o775)];
    for (others, mode) in cases {
        let desk = Desk::between(|root| with_mount(root, others)).await;
        let mount = desk.work().parent().unwrap().join("mount");
        folder(&mount, 0o1777);
        let trash = mount.join(format!(".Trash-{}", user()));
        folder(&trash.join("info"), 0o700);
        folder(&trash, mode);
        let file = mount.join("file");
        fs::write(&file, "").unwrap();
        let (server, paths) = (HERE.to_owned(), vec![desk::path(&file)]);
        let job = desk.job(NewFileJob::Trash { server, paths }).await;
        assert_eq!(job.failures[0].error.code, "conflict");
        assert!(file.exists() && names(&trash.join("info")).is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filesystem_whose_top_others_can_change_is_told_with_what_was_to_be_deleted() {
    let desk = Desk::between(|root| with_mount(root, |_| false)).await;
    let mount = desk.work().parent().unwrap().join("mount");
    folder(&mount, 0o775);
    let file = mount.join("file");
    fs::write(&file, "").unwrap();
    let (server, paths) = (HERE.to_owned(), vec![desk::path(&file)]);
    let job = desk.job(NewFileJob::Trash { server, paths }).await;
    let error = &job.failures[0].error;
    let told = format!("cannot delete {} on ", file.display());
    assert!(error.message.starts_with(&told), "{error:?}");
    assert!(
        error.hint.as_ref().unwrap().contains("for good"),
        "{error:?}"
    );
    assert_eq!(names(&mount), [b"file".to_vec()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_deleted_through_a_link_comes_back_to_where_that_led() {
    let desk = Desk::between(|_| with_bob()).await;
    let app = desk.work().join("app");
    let release = app.join("releases/42");
    folder(&release, 0o755);
    // A private group's, as where the umask is 002.
    folder(&app, 0o775);
    symlink("releases/42", app.join("current")).unwrap();
    fs::write(release.join("x"), "kept").unwrap();
    let (server, paths) = (HERE.to_owned(), vec![desk::path(&app.join("current/x"))]);
    let job = desk.job(NewFileJob::Trash { server, paths }).await;
    assert_eq!(job.state, JobState::Done, "{job:?}");
    assert!(!release.join("x").exists());
    let (server, trashed) = (HERE.to_owned(), job.trashed);
    let job = desk.job(NewFileJob::Restore { server, trashed }).await;
    assert_eq!(job.failures, []);
    assert_eq!(fs::read(release.join("x")).unwrap(), b"kept");
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
