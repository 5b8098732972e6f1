//! Another user of a server who exchanges folders and files for links while a job is at work: nothing is
//! deleted, changed, read or written where they lead. Each exchange is made at a known request, between
//! the engine and this computer's own SFTP server.
#![cfg(unix)]
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

#[expect(dead_code, reason = "other tests use the rest")]
mod desk;

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, symlink},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use desk::{Between, Desk, HERE, mode, names, path};
use engine::{ArchiveFormat, AttributeChange, Conflict, FileJob, NewFileJob, Transfer};
use sftp::{Answer, Request};

/// When a path is exchanged for a link.
#[derive(Clone, Copy)]
enum When {
    /// Before the request comes to the server.
    Before(fn(&Request, &Path) -> bool),
    /// When the folder was listed, and before anything is done with what is in it.
    Listed,
}

/// Exchanges `open/tree/…` for a link to the folder `victim`, or the file in it, once.
fn exchanging(root: &Path, what: &'static str, with: &'static str, when: When) -> Between {
    let open = root.join("work/open");
    let (at, leads_to, away) = (open.join(what), root.join(with), root.join("away"));
    let is_done = Mutex::new(false);
    // A copy counts meanwhile; what is exchanged then is a link before it comes to it.
    let (to, copied) = (root.join("work/to"), root.join("work/to/tree/sub"));
    let listings = Arc::new(Mutex::new(Vec::new()));
    let listed = Arc::clone(&listings);
    // A file is exchanged when the folder it lies in was listed.
    let in_listing = match root.join(with).is_dir() {
        true => at.clone(),
        false => at.parent().unwrap().to_owned(),
    };
    Between::before(move |request| {
        let mut is_done = is_done.lock().unwrap();
        let is_now = match when {
            When::Before(is_now) => is_now(request, &at),
            When::Listed => match request {
                Request::Close { handle } => listings.lock().unwrap().contains(handle),
                _ => false,
            },
        };
        let is_now = is_now && (!to.exists() || copied.exists());
        if is_now && !*is_done {
            *is_done = true;
            fs::rename(&at, &away).unwrap();
            symlink(&leads_to, &at).unwrap();
        }
        None
    })
    .after(move |request, answer| {
        if let (Request::OpenDir { path: opened }, Answer::Handle(handle)) = (request, answer)
            && opened == path(&in_listing).as_bytes()
        {
            listed.lock().unwrap().push(handle.clone());
        }
    })
}

/// A desk with a tree in a folder that others may write in, and what they want to reach.
async fn attacked(what: &'static str, with: &'static str, when: When) -> (Desk, PathBuf, PathBuf) {
    let desk = Desk::between(|root| {
        let (tree, victim) = (root.join("work/open/tree"), root.join("victim"));
        fs::create_dir_all(tree.join("sub")).unwrap();
        fs::create_dir_all(victim.join("sub")).unwrap();
        fs::set_permissions(root.join("work/open"), fs::Permissions::from_mode(0o777)).unwrap();
        for file in [
            tree.join("sub/file"),
            tree.join("file"),
            victim.join("file"),
        ] {
            fs::write(&file, "secret").unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        }
        fs::write(tree.join("sub/file"), "public").unwrap();
        exchanging(root, what, with, when)
    })
    .await;
    let work = desk.work();
    let victim = work.parent().unwrap().join("victim");
    (desk, work, victim)
}

fn is_intact(victim: &Path) {
    assert_eq!(names(victim), [b"file".to_vec(), b"sub".to_vec()]);
    assert_eq!(fs::read(victim.join("file")).unwrap(), b"secret");
    assert_eq!(mode(&victim.join("file")), 0o640);
    assert_ne!(fs::metadata(victim.join("file")).unwrap().mtime(), 7);
    assert!(names(&victim.join("sub")).is_empty());
}

/// The job did not do all, and says why.
fn is_told(job: &FileJob) {
    let mut codes = job
        .failures
        .iter()
        .map(|failure| failure.error.code.as_str());
    assert!(codes.any(|code| code == "conflict"), "{job:?}");
}

fn opens_folder(request: &Request, at: &Path) -> bool {
    matches!(request, Request::OpenDir { path: opened } if opened == path(at).as_bytes())
}

/// Of the file, or of one in the folder.
fn opens_file(request: &Request, at: &Path) -> bool {
    matches!(request, Request::Open { path: opened, .. } if opened.starts_with(path(at).as_bytes()))
}

/// The folder in it is empty by now, and is the next to go.
fn removes_inner(request: &Request, at: &Path) -> bool {
    let inner = at.join("sub");
    let is_next = matches!(request, Request::RealPath { path: asked } | Request::RmDir { path: asked }
        if asked == path(&inner).as_bytes());
    is_next && !inner.join("file").exists()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_deleted_through_a_folder_that_was_exchanged() {
    for (what, when) in [
        ("tree/sub", When::Before(opens_folder)),
        ("tree/sub", When::Listed),
        ("tree", When::Before(opens_folder)),
        ("tree", When::Listed),
        ("tree", When::Before(removes_inner)),
    ] {
        let (desk, work, victim) = attacked(what, "victim", when).await;
        let server = HERE.to_owned();
        let paths = vec![path(&work.join("open/tree"))];
        let job = desk.job(NewFileJob::Delete { server, paths }).await;
        is_intact(&victim);
        is_told(&job);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_changed_of_what_a_link_leads_to_that_came_in_between() {
    for (what, with) in [
        ("tree/sub", "victim"),
        ("tree", "victim"),
        ("tree/file", "victim/file"),
    ] {
        let (desk, work, victim) = attacked(what, with, When::Listed).await;
        for (file_mode, modified_at) in [(Some(0o666), None), (None, Some(7))] {
            let job = desk
                .job(NewFileJob::Attributes(AttributeChange {
                    server: HERE.to_owned(),
                    paths: vec![path(&work.join("open/tree"))],
                    recursive: true,
                    file_mode,
                    folder_mode: None,
                    uid: None,
                    gid: None,
                    modified_at,
                }))
                .await;
            is_intact(&victim);
            // The second time it is a link that is found, which has times of its own.
            if file_mode.is_some() {
                is_told(&job);
            }
        }
    }
}

const EXCHANGES: [(&str, &str, When); 4] = [
    ("tree/sub", "victim", When::Before(opens_folder)),
    ("tree/sub", "victim", When::Listed),
    ("tree/sub", "victim", When::Before(opens_file)),
    ("tree/sub/file", "victim/file", When::Before(opens_file)),
];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_read_of_what_a_link_leads_to_that_came_in_between() {
    for (what, with, when) in EXCHANGES {
        let (desk, work, victim) = attacked(what, with, when).await;
        let (tree, to) = (work.join("open/tree"), work.join("to"));
        fs::create_dir(&to).unwrap();
        // What is there to be read is not secret itself.
        fs::write(tree.join("file"), "public").unwrap();
        let job = desk.job(desk.copy(&tree, &to, Conflict::Skip)).await;
        is_told(&job);
        for file in ["file", "sub/file"] {
            let copied = fs::read(to.join("tree").join(file)).unwrap_or_default();
            assert_ne!(copied, b"secret", "{what} {file}");
        }
        assert!(!to.join("tree/sub/sub").exists(), "{what}");
        is_intact(&victim);

        let (desk, work, _) = attacked(what, with, when).await;
        let tree = work.join("open/tree");
        fs::write(tree.join("file"), "public").unwrap();
        let files = desk.files().await;
        let archive = files.archive(vec![path(&tree)], ArchiveFormat::Tar);
        let mut pieces = archive.await.unwrap();
        let mut bytes = Vec::new();
        while let Some(piece) = pieces.recv().await {
            bytes.extend_from_slice(&piece.unwrap());
        }
        let holds = |text: &[u8]| bytes.windows(text.len()).any(|some| some == text);
        assert!(!holds(b"secret") && holds(b"replaced meanwhile"), "{what}");
        assert!(!holds(b"tree/sub/sub"), "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_a_link_only_while_it_was_opened_is_told_by_its_owner() {
    let opened = Arc::new(Mutex::new(None));
    let handle = Arc::clone(&opened);
    let desk = Desk::between(|root| {
        let open = root.join("work/open");
        fs::create_dir_all(&open).unwrap();
        fs::set_permissions(&open, fs::Permissions::from_mode(0o777)).unwrap();
        fs::write(open.join("file"), "secret").unwrap();
        Between::before(|_| None).after(move |request, answer| match (request, answer) {
            (Request::Open { path, .. }, Answer::Handle(found)) if path.ends_with(b"/file") => {
                *handle.lock().unwrap() = Some(found.clone());
            }
            (Request::FStat { handle }, Answer::Attributes(found))
                if Some(handle) == opened.lock().unwrap().as_ref() =>
            {
                let (owner, group) = found.owner.unwrap();
                found.owner = Some((owner + 1, group));
            }
            _ => {}
        })
    })
    .await;
    let (open, to) = (desk.work().join("open"), desk.work().join("to"));
    fs::create_dir(&to).unwrap();
    let job = desk.job(desk.copy(&open, &to, Conflict::Skip)).await;
    is_told(&job);
    assert!(names(&to.join("open")).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_through_a_folder_that_was_exchanged() {
    fn makes_part(request: &Request, at: &Path) -> bool {
        let mut start = path(at).as_bytes().to_vec();
        start.extend_from_slice(b"/.headlessos");
        matches!(request, Request::Open { path: opened, .. } if opened.starts_with(&start))
    }
    fn makes_link(request: &Request, at: &Path) -> bool {
        let is_asked =
            matches!(request, Request::RealPath { path: asked } if asked == path(at).as_bytes());
        let is_made = matches!(request, Request::SymLink { path: made, .. } if made.starts_with(path(at).as_bytes()));
        is_asked || is_made
    }
    fn ends(request: &Request, at: &Path) -> bool {
        let is_set = |asked: &[u8]| asked == path(at).as_bytes();
        match request {
            Request::SetStat { path, .. } => is_set(path),
            Request::Extended(sftp::Extension::LSetStat { path, .. }) => is_set(path),
            _ => false,
        }
    }
    for (is_link, when) in [
        (false, When::Before(makes_part)),
        (true, When::Before(makes_link)),
        (false, When::Before(ends)),
    ] {
        let (desk, work, victim) = attacked("from/sub", "victim", when).await;
        let from = work.join("from");
        fs::create_dir_all(from.join("sub")).unwrap();
        match is_link {
            true => symlink("anywhere", from.join("sub/link")).unwrap(),
            false => fs::write(from.join("sub/file"), "new").unwrap(),
        }
        let before = mode(&victim);
        fs::set_permissions(from.join("sub"), fs::Permissions::from_mode(0o701)).unwrap();
        let job = desk
            .job(desk.copy(&from, &work.join("open"), Conflict::Skip))
            .await;
        is_told(&job);
        is_intact(&victim);
        assert_eq!(mode(&victim), before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_moved_through_a_folder_that_was_exchanged() {
    fn looks_at_file(request: &Request, at: &Path) -> bool {
        let is_asked = matches!(request, Request::LStat { path: asked } if asked == path(&at.join("file")).as_bytes());
        is_asked && !at.join("sub").exists()
    }
    fn looks_at_second(request: &Request, at: &Path) -> bool {
        let is_asked =
            matches!(request, Request::LStat { path: asked } if asked.ends_with(b"/from/two"));
        is_asked && at.join("one").exists()
    }
    fn goes_on(request: &Request, at: &Path) -> bool {
        let is_asked = match request {
            Request::RealPath { path: asked } => asked == path(at).as_bytes(),
            Request::LStat { path: asked } => asked.windows(6).any(|some| some == b"/Trash"),
            _ => false,
        };
        is_asked && !at.join("sub").exists()
    }
    // Out of it, into it, into the Recycle Bin: the first of two goes where it should.
    for (kind, when) in [
        ("out", When::Before(looks_at_file)),
        ("into", When::Before(looks_at_second)),
        ("trash", When::Before(goes_on)),
    ] {
        let (desk, work, victim) = attacked("tree", "victim", when).await;
        let (tree, from, other) = (
            work.join("open/tree"),
            work.join("from"),
            work.join("other"),
        );
        fs::create_dir(&from).unwrap();
        fs::create_dir(&other).unwrap();
        for name in ["one", "two"] {
            fs::write(from.join(name), name).unwrap();
        }
        let out = vec![path(&tree.join("sub")), path(&tree.join("file"))];
        let server = HERE.to_owned();
        let job = match kind {
            "trash" => NewFileJob::Trash { server, paths: out },
            "out" => NewFileJob::Move(Transfer {
                paths: out,
                ..desk.transfer(&tree, &other, Conflict::Skip)
            }),
            _ => NewFileJob::Move(Transfer {
                paths: vec![path(&from.join("one")), path(&from.join("two"))],
                ..desk.transfer(&from, &tree, Conflict::Skip)
            }),
        };
        let job = desk.job(job).await;
        is_told(&job);
        is_intact(&victim);
        assert!(tree.is_symlink(), "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_another_user_put_there_is_never_gone_on_with() {
    const BYTES: usize = 6 << 20;
    // Whose it is when it is looked for, or only once it is open.
    for looks in [1, 2] {
        let looked = AtomicUsize::new(0);
        let is_part = |request: &Request| match request {
            Request::LStat { path } => path.ends_with(b".part").then(|| path.clone()),
            _ => None,
        };
        let between = Between::before(move |request| {
            use std::os::unix::ffi::OsStrExt as _;
            if let Some(part) = is_part(request) {
                let part = Path::new(std::ffi::OsStr::from_bytes(&part)).to_owned();
                if !part.exists() {
                    fs::write(part, vec![b'x'; BYTES]).unwrap();
                }
            }
            None
        })
        .after(move |request, answer| {
            if let (Some(_), Answer::Attributes(found)) = (is_part(request), answer)
                && looked.fetch_add(1, Ordering::Relaxed) + 1 >= looks
            {
                let (owner, group) = found.owner.unwrap();
                found.owner = Some((owner + 1, group));
            }
        });
        let desk = Desk::between(|_| between).await;
        let (from, to) = (desk.work().join("file"), desk.work().join("to"));
        fs::create_dir(&to).unwrap();
        fs::write(&from, vec![b'a'; BYTES]).unwrap();
        let transfer = Transfer {
            resume: true,
            ..desk.transfer(&from, &to, Conflict::Skip)
        };
        let job = desk.job(NewFileJob::Copy(transfer)).await;
        let copied = fs::read(to.join("file")).unwrap_or_default();
        if looks == 1 {
            assert_eq!(job.failures, []);
            assert!(copied.len() == BYTES && copied.iter().all(|byte| *byte == b'a'));
        } else {
            is_told(&job);
            assert!(copied.is_empty());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_else_can_change_anything_nothing_is_asked() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let desk = Desk::between(|root| {
        let tree = root.join("work/tree");
        fs::set_permissions(root.join("work"), fs::Permissions::from_mode(0o755)).unwrap();
        for number in 0..20 {
            let folder = tree.join(number.to_string());
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("file"), "").unwrap();
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        }
        fs::set_permissions(&tree, fs::Permissions::from_mode(0o755)).unwrap();
        Between::before(move |request| {
            if matches!(request, Request::RealPath { .. }) {
                count.fetch_add(1, Ordering::Relaxed);
            }
            None
        })
    })
    .await;
    let tree = desk.work().join("tree");
    let job = desk
        .job(desk.copy(&tree, &desk.home(), Conflict::Skip))
        .await;
    assert_eq!(job.failures, []);
    let (server, paths) = (HERE.to_owned(), vec![path(&tree)]);
    let job = desk.job(NewFileJob::Delete { server, paths }).await;
    assert_eq!(job.failures, []);
    // Where the tree lies, once for each job, and where it goes.
    assert_eq!(asked.load(Ordering::Relaxed), 3);
}
