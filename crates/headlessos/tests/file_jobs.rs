//! Long work on files through the engine, over a real SSH and SFTP connection to this computer, each
//! checked by a look at the disk.
#![cfg(unix)]
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod desk;

use std::{
    ffi::OsStr,
    fs,
    os::unix::{ffi::OsStrExt, fs::MetadataExt, fs::PermissionsExt, fs::symlink},
    path::Path,
    time::Duration,
};

use bytes::Bytes;
use desk::{Between, Desk, HERE, PATIENCE, mode, names, path};
use engine::{AttributeChange, Conflict, JobAction, JobState, Kind, NewFileJob, Transfer};
use sftp::{Answer, Request, code};

#[tokio::test(flavor = "multi_thread")]
async fn a_tree_is_copied_with_all_it_has() {
    let desk = Desk::new().await;
    let work = desk.work();
    let (from, to) = (work.join("from"), work.join("to"));
    fs::create_dir_all(from.join("deep/er")).unwrap();
    fs::create_dir(&to).unwrap();
    for number in 0..300 {
        fs::write(from.join(format!("deep/{number}")), number.to_string()).unwrap();
    }
    let large: Vec<u8> = (0..3_000_000_u32).map(|n| (n % 251) as u8).collect();
    fs::write(from.join("large"), &large).unwrap();
    fs::write(from.join(OsStr::from_bytes(b"\xff")), "odd").unwrap();
    symlink("/nowhere", from.join("broken")).unwrap();
    fs::set_permissions(from.join("large"), fs::Permissions::from_mode(0o600)).unwrap();
    fs::set_permissions(from.join("deep/er"), fs::Permissions::from_mode(0o550)).unwrap();

    let job = desk.job(desk.copy(&from, &to, Conflict::Skip)).await;
    assert_eq!((job.state, job.failures), (JobState::Done, Vec::new()));
    let copied = to.join("from");
    assert_eq!(names(&copied), names(&from));
    assert_eq!(fs::read(copied.join("large")).unwrap(), large);
    assert_eq!(mode(&copied.join("large")), 0o600);
    assert_eq!(mode(&copied.join("deep/er")), 0o550);
    assert_eq!(fs::read(copied.join("deep/299")).unwrap(), b"299");
    let broken = fs::read_link(copied.join("broken")).unwrap();
    assert_eq!(broken, Path::new("/nowhere"));
    let time = |file: &Path| fs::metadata(file).unwrap().mtime();
    assert_eq!(time(&copied.join("large")), time(&from.join("large")));
    assert_eq!(time(&copied), time(&from));

    let into = desk.copy(&from, &from.join("deep"), Conflict::Skip);
    assert_eq!(desk.job(into).await.failures[0].error.code, "intoItself");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_name_is_handled_as_was_said() {
    let desk = Desk::new().await;
    let work = desk.work();
    let (from, to) = (work.join("from"), work.join("to"));
    fs::create_dir(&from).unwrap();
    fs::create_dir(&to).unwrap();
    let (source, taken) = (from.join("a.txt"), to.join("a.txt"));
    fs::write(&source, "new").unwrap();
    fs::write(&taken, "old").unwrap();
    let job = desk.job(desk.copy(&source, &to, Conflict::Skip)).await;
    assert_eq!((job.state, job.skipped), (JobState::Done, 1));
    assert_eq!(fs::read(&taken).unwrap(), b"old");
    let job = desk.job(desk.copy(&source, &to, Conflict::Rename)).await;
    assert_eq!(job.state, JobState::Done);
    assert_eq!(fs::read(to.join("a (2).txt")).unwrap(), b"new");

    let job = desk.job(desk.copy(&source, &to, Conflict::Ask)).await;
    let question = job.question.unwrap();
    assert_eq!(question.to.size_bytes, Some(3));
    // What else the job does meanwhile does not hide that it asks.
    for _ in 0..20 {
        tokio::task::yield_now().await;
        assert_eq!(
            desk.engine.file_job(&job.id).unwrap().state,
            JobState::Asking
        );
    }
    let answer = |at: &str, choice| {
        desk.engine
            .answer_file_job(&job.id, at, (choice, true), None)
    };
    let stranger = answer("/other", Conflict::Skip);
    assert_eq!(stranger.unwrap_err().code(), "conflict");
    answer(&question.path.to_string(), Conflict::Replace).unwrap();
    assert_eq!(desk.over(&job.id).await.state, JobState::Done);
    assert_eq!(fs::read(&taken).unwrap(), b"new");
    assert_eq!(names(&to), [b"a (2).txt".to_vec(), b"a.txt".to_vec()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_moved_is_gone_from_where_it_was() {
    let desk = Desk::new().await;
    let work = desk.work();
    let (from, to) = (work.join("from"), work.join("to"));
    fs::create_dir_all(from.join("in")).unwrap();
    fs::create_dir(&to).unwrap();
    fs::write(from.join("in/a"), "a").unwrap();
    let transfer = desk.transfer(&from, &to, Conflict::Skip);
    let job = desk.job(NewFileJob::Move(transfer)).await;
    assert_eq!(job.state, JobState::Done);
    assert_eq!(fs::read(to.join("from/in/a")).unwrap(), b"a");
    assert!(!from.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn deleted_for_good_is_all_that_was_named_and_nothing_else() {
    let desk = Desk::new().await;
    let work = desk.work();
    let (tree, kept) = (work.join("tree"), work.join("kept"));
    fs::create_dir_all(tree.join("a/b/c")).unwrap();
    fs::create_dir(&kept).unwrap();
    fs::write(kept.join("file"), "x").unwrap();
    for number in 0..150 {
        fs::write(tree.join(format!("a/{number}")), "").unwrap();
    }
    symlink(&kept, tree.join("a/b/link")).unwrap();
    let delete = NewFileJob::Delete {
        server: HERE.to_owned(),
        paths: vec![path(&tree)],
    };
    let job = desk.job(delete).await;
    assert_eq!((job.state, job.files_done), (JobState::Done, 155));
    assert!(!tree.exists());
    assert_eq!(names(&kept), [b"file".to_vec()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recycle_bin_gives_back_what_it_took() {
    let desk = Desk::new().await;
    let home = desk.home();
    let odd = home.join(OsStr::from_bytes(b"a b%\xff"));
    fs::create_dir(home.join("sub")).unwrap();
    fs::write(home.join("sub/file"), "content").unwrap();
    fs::write(&odd, "odd").unwrap();
    let put = |paths: Vec<_>| NewFileJob::Trash {
        server: HERE.to_owned(),
        paths,
    };
    let both = vec![path(&home.join("sub")), path(&odd)];
    let job = desk.job(put(both)).await;
    assert_eq!((job.state, job.trashed.len()), (JobState::Done, 2));
    let bin = home.join(".local/share/Trash");
    assert_eq!(mode(&bin), 0o700);
    assert_eq!(fs::read(bin.join("files/sub/file")).unwrap(), b"content");
    let note = fs::read_to_string(bin.join("info/sub.trashinfo")).unwrap();
    assert!(note.starts_with("[Trash Info]\nPath=/"), "{note}");
    assert_eq!(names(&home), [b".local".to_vec()]);

    // Another of the same name gets a number.
    fs::write(home.join("sub"), "second").unwrap();
    desk.job(put(vec![path(&home.join("sub"))])).await;
    assert_eq!(fs::read(bin.join("files/sub.2")).unwrap(), b"second");

    let trash = desk.files().await.trash().await.unwrap();
    assert_eq!((trash.items.len(), trash.problems.len()), (3, 0));
    let named = |name: &str| trash.items.iter().find(|item| item.name == name).unwrap();
    let item = named("a b%\u{10feff}");
    assert_eq!(item.original_path, Some(path(&odd)));
    assert_eq!(item.kind, Kind::File);

    let restore = NewFileJob::Restore {
        server: HERE.to_owned(),
        trashed: vec![job.trashed[0].clone(), item.id.to_string()],
    };
    assert_eq!(desk.job(restore).await.state, JobState::Done);
    assert_eq!(fs::read(home.join("sub/file")).unwrap(), b"content");
    assert_eq!(fs::read(&odd).unwrap(), b"odd");

    let empty = |trashed| NewFileJob::EmptyTrash {
        server: HERE.to_owned(),
        trashed,
    };
    let outside = path(&home.join("sub")).to_string();
    let job = desk.job(empty(Some(vec![outside]))).await;
    assert_eq!(job.state, JobState::Failed);
    assert!(home.join("sub/file").exists());
    assert_eq!(desk.job(empty(None)).await.state, JobState::Done);
    assert!(names(&bin.join("files")).is_empty());
    assert!(names(&bin.join("info")).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn mode_and_times_change_below_a_folder_too() {
    let desk = Desk::new().await;
    let work = desk.work();
    fs::create_dir_all(work.join("t/in")).unwrap();
    fs::write(work.join("t/in/file"), "").unwrap();
    let outside = work.join("outside");
    fs::write(&outside, "").unwrap();
    fs::set_permissions(&outside, fs::Permissions::from_mode(0o644)).unwrap();
    symlink(&outside, work.join("t/link")).unwrap();
    let attributes = NewFileJob::Attributes(AttributeChange {
        server: HERE.to_owned(),
        paths: vec![path(&work.join("t"))],
        recursive: true,
        file_mode: Some(0o600),
        folder_mode: Some(0o710),
        uid: None,
        gid: None,
        modified_at: None,
    });
    let job = desk.job(attributes).await;
    assert_eq!((job.state, job.failures), (JobState::Done, Vec::new()));
    assert_eq!(mode(&work.join("t")), 0o710);
    assert_eq!(mode(&work.join("t/in")), 0o710);
    assert_eq!(mode(&work.join("t/in/file")), 0o600);
    assert_eq!(mode(&outside), 0o644);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_goes_on_after_the_connection_was_lost() {
    let desk = Desk::new().await;
    let work = desk.work();
    let (from, to) = (work.join("from"), work.join("to"));
    fs::create_dir_all(&from).unwrap();
    fs::create_dir(&to).unwrap();
    let large: Vec<u8> = (0..24_000_000_u32).map(|n| (n % 249) as u8).collect();
    fs::write(from.join("large"), &large).unwrap();
    for number in 0..200 {
        fs::write(from.join(number.to_string()), number.to_string()).unwrap();
    }
    // Within one server the bytes of files do not pass the line, unless they are few.
    desk.cut.after(60_000);
    let job = desk
        .engine
        .begin_file_job(desk.copy(&from, &to, Conflict::Ask), None);
    let id = job.unwrap().id;
    let lost = async {
        while desk.engine.file_job(&id).unwrap().state != JobState::Waiting {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(PATIENCE, lost).await.unwrap();
    assert_ne!(names(&to.join("from")), names(&from));
    desk.cut.never();
    desk.connect().await;
    let job = desk.over(&id).await;
    assert_eq!((job.state, job.failures), (JobState::Done, Vec::new()));
    assert_eq!(names(&to.join("from")), names(&from));
    assert!(fs::read(to.join("from/large")).unwrap() == large);
    assert_eq!((job.files_done, job.bytes_done), (202, 24_000_490));
}

/// Ends the program in the middle of a copy; gives what it leaves, and the copy's id.
fn cut_short() -> (tempfile::TempDir, String) {
    let program = tokio::runtime::Runtime::new().unwrap();
    let left = program.block_on(async {
        let desk = Desk::new().await;
        let (from, to) = (desk.work().join("from"), desk.work().join("to"));
        fs::create_dir_all(&from).unwrap();
        fs::create_dir(&to).unwrap();
        fs::write(from.join("large"), vec![7; 40_000_000]).unwrap();
        for number in 0..200 {
            fs::write(from.join(number.to_string()), number.to_string()).unwrap();
        }
        let new = desk.copy(&from, &to, Conflict::Ask);
        desk.cut.after(60_000);
        let id = desk.engine.begin_file_job(new, None).unwrap().id;
        let lost = async {
            while desk.engine.file_job(&id).unwrap().state != JobState::Waiting {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(PATIENCE, lost).await.unwrap();
        (desk.end(), id)
    });
    program.shutdown_timeout(PATIENCE);
    left
}

#[test]
fn a_copy_waits_for_a_person_when_the_program_is_started_again() {
    let (folder, id) = cut_short();
    let program = tokio::runtime::Runtime::new().unwrap();
    program.block_on(async {
        let desk = Desk::of(folder).await;
        let (from, to) = (desk.work().join("from"), desk.work().join("to"));
        let job = desk.engine.file_job(&id).unwrap();
        assert_eq!((job.state, job.interrupted), (JobState::Paused, true));
        let act = |action| desk.engine.control_file_job(&id, action, None).unwrap();
        assert_eq!(act(JobAction::Pause).state, JobState::Paused);
        act(JobAction::Resume);
        let job = desk.over(&id).await;
        assert_eq!((job.state, job.failures), (JobState::Done, Vec::new()));
        assert!(!job.interrupted);
        assert_eq!(names(&to.join("from")), names(&from));
        assert!(fs::read(to.join("from/large")).unwrap() == vec![7; 40_000_000]);
        let other = desk.job(desk.copy(&from, &to, Conflict::Skip)).await;
        assert_ne!(other.id, id);
        let desk = Desk::of(desk.end()).await;
        assert_eq!(desk.engine.file_jobs(), []);
    });
}

/// The parts of files in what was copied.
fn parts(copied: &Path) -> Vec<Vec<u8>> {
    let mut names = names(copied);
    names.retain(|name| name.starts_with(b".headlessos"));
    names
}

#[test]
fn a_copy_that_is_given_up_after_a_restart_leaves_no_part() {
    // A cut may fall between two files, and then leaves no part.
    let mut cuts = (0..20).map(|_| cut_short());
    let within = cuts.find(|(folder, _)| !parts(&folder.path().join("work/to/from")).is_empty());
    let (folder, id) = within.expect("no cut fell into a file");
    let program = tokio::runtime::Runtime::new().unwrap();
    program.block_on(async {
        let desk = Desk::of(folder).await;
        let copied = desk.work().join("to/from");
        let cancelled = desk.engine.control_file_job(&id, JobAction::Cancel, None);
        cancelled.unwrap();
        assert_eq!(desk.over(&id).await.state, JobState::Cancelled);
        assert_eq!(parts(&copied), Vec::<Vec<u8>>::new());
    });
}

/// What a server that lies says: a link out of the tree, and a folder and a file of the same name.
fn lies(request: &sftp::Request) -> Option<Vec<sftp::Answer>> {
    use sftp::{Answer, Attributes, Entry, Request, code, file_type};
    let of = |mode: u32| Attributes {
        size_bytes: Some(4),
        mode: Some(mode | 0o755),
        ..Attributes::default()
    };
    let entry = |name: &'static str, mode| Entry {
        name: Bytes::from_static(name.as_bytes()),
        long_name: Bytes::new(),
        attributes: of(mode),
    };
    let at = |path: &Bytes| Bytes::copy_from_slice(path);
    Some(vec![match request {
        Request::RealPath { path } => Answer::Name(vec![Entry {
            name: at(path),
            ..entry("", file_type::FOLDER)
        }]),
        Request::LStat { path } | Request::Stat { path } if path.ends_with(b"tree") => {
            Answer::Attributes(of(file_type::FOLDER))
        }
        Request::LStat { .. } | Request::Stat { .. } | Request::FStat { .. } => {
            Answer::Attributes(of(file_type::FILE))
        }
        Request::Open { path, .. } => Answer::Handle(at(path)),
        Request::ReadDir { handle } if handle.ends_with(b"out") => {
            Answer::Name(vec![entry("stolen", file_type::FILE)])
        }
        // As many links as are made at once, so that the first is there before the folder comes.
        Request::ReadDir { .. } => {
            let mut entries = vec![entry("out", file_type::LINK)];
            entries.extend(vec![entry("more", file_type::LINK); 100]);
            entries.push(entry("out", file_type::FOLDER));
            Answer::Name(entries)
        }
        Request::ReadLink { .. } => Answer::Name(vec![entry("../../outside", 0)]),
        Request::Read { offset: 0, .. } => Answer::Data(Bytes::from_static(b"evil")),
        Request::Read { .. } => Answer::status(code::EOF),
        _ => Answer::status(code::OK),
    }])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_lies_writes_nothing_beside_the_folder_that_was_chosen() {
    let desk = Desk::new().await;
    let work = desk.work();
    let (outside, chosen) = (work.join("outside"), work.join("chosen"));
    fs::create_dir(&outside).unwrap();
    fs::create_dir(&chosen).unwrap();
    let ended = std::sync::Mutex::new(std::collections::BTreeSet::new());
    let opened = std::sync::atomic::AtomicUsize::new(0);
    let behaviour = testkit::server::Behaviour {
        open: true,
        ..testkit::server::Behaviour::default()
    };
    let probe = testkit::server::Answer::printing("os=Linux\nuid=0\n");
    let behaviour = behaviour.answering(move |_| probe.clone());
    let server = testkit::server::Server::start(behaviour.answering_sftp(move |request| {
        // Each time a folder is opened it is listed once, then it ends.
        match request {
            sftp::Request::ReadDir { handle } if !ended.lock().unwrap().insert(handle.clone()) => {
                Some(vec![sftp::Answer::status(sftp::code::EOF)])
            }
            sftp::Request::OpenDir { path } => {
                let number = opened.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                let handle = [format!("{number}:").as_bytes(), path].concat();
                Some(vec![sftp::Answer::Handle(handle.into())])
            }
            request => lies(request),
        }
    }))
    .await;
    let id = desk.add(server.address()).await;
    let job = desk
        .job(NewFileJob::Copy(Transfer {
            server: id,
            paths: vec![path(Path::new("/tree"))],
            ..desk.transfer(Path::new("/tree"), &chosen, Conflict::Replace)
        }))
        .await;
    assert!(names(&outside).is_empty(), "{job:?}");
    assert_eq!(names(&work), [b"chosen".to_vec(), b"outside".to_vec()]);
    let copied = chosen.join("tree/out");
    assert!(copied.symlink_metadata().is_ok(), "{job:?}");
}

/// A server whose filesystem, where things are copied to, takes `README` and `readme` for one name.
fn ignoring_case(root: &Path) -> Between {
    let to = path(&root.join("work/to/tree")).as_bytes().to_vec();
    // What is there by the other of the two names.
    let other = move |path: &[u8]| {
        let name = path.strip_prefix(&to[..])?.strip_prefix(b"/")?;
        let other = match name {
            b"README" => "readme",
            b"readme" => "README",
            _ => return None,
        };
        let folder = Path::new(OsStr::from_bytes(&to));
        Some(folder.join(other)).filter(|other| other.exists())
    };
    Between::before(move |request| match request {
        // The tree comes from another filesystem.
        Request::Rename { to, .. } if to.ends_with(b"/to/tree") => {
            Some(Answer::status(code::FAILURE))
        }
        Request::Rename { to, .. } => other(to).map(|_| Answer::status(code::FAILURE)),
        Request::LStat { path } => other(path).map(|_| {
            Answer::Attributes(sftp::Attributes {
                mode: Some(sftp::file_type::FILE | 0o644),
                size_bytes: Some(1),
                ..sftp::Attributes::default()
            })
        }),
        Request::Extended(sftp::Extension::PosixRename { from, to }) => {
            let other = other(to)?;
            fs::rename(OsStr::from_bytes(from), other).unwrap();
            Some(Answer::status(code::OK))
        }
        _ => None,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_where_two_names_become_one() {
    let desk = Desk::between(ignoring_case).await;
    let (tree, to) = (desk.work().join("tree"), desk.work().join("to"));
    fs::create_dir(&tree).unwrap();
    fs::create_dir(&to).unwrap();
    for name in ["README", "readme"] {
        fs::write(tree.join(name), name).unwrap();
    }
    let job = desk
        .job(NewFileJob::Move(desk.transfer(&tree, &to, Conflict::Skip)))
        .await;
    assert_eq!(job.skipped, 1, "{job:?}");
    let copied = names(&to.join("tree"));
    assert_eq!(copied.len(), 1);
    // Neither goes from where it was, as not all has arrived.
    for name in ["README", "readme"] {
        assert_eq!(fs::read(tree.join(name)).unwrap(), name.as_bytes());
    }
}
