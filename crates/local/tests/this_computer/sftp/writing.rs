//! What is written, made, renamed and deleted.

use std::{
    fs,
    io::Write,
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt},
};

use bytes::Bytes;
use sftp::{Answer, Attributes, Extension, Request, code, open};

use super::{Folder, NEW, Sftp, opening, said};
use crate::client::HOME;

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_written_at_any_offset() {
    let folder = Folder::new();
    let mut sftp = Sftp::connect().await;
    let handle = sftp.open(folder.at("file"), NEW).await;
    assert_eq!(sftp.write(&handle, 6, b"world").await, code::OK);
    assert_eq!(sftp.write(&handle, 0, b"hello ").await, code::OK);
    assert_eq!(sftp.write(&handle, 15, b"!").await, code::OK);
    sftp.close(handle.clone()).await;
    let expected = b"hello world\0\0\0\0!";
    assert_eq!(fs::read(folder.at("file")).unwrap(), expected);
    assert_eq!(sftp.write(&handle, 0, b"x").await, code::FAILURE);
    let handle = sftp.open(folder.at("file"), open::READ).await;
    // The system's "bad file number", as OpenSSH tells it.
    assert_eq!(sftp.write(&handle, 0, b"x").await, code::NO_SUCH_FILE);
    assert_eq!(fs::read(folder.at("file")).unwrap(), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_flags_of_an_opening_mean_what_they_say() {
    let folder = Folder::new();
    let (old, new) = (folder.at("old"), folder.at("new"));
    fs::write(&old, "old").unwrap();
    let mut sftp = Sftp::connect().await;
    let write = open::WRITE;
    assert_eq!(
        sftp.code(opening(&new, write)).await,
        code::NO_SUCH_FILE,
        "nothing is made unasked"
    );
    let exclusive = write | open::CREATE | open::EXCLUSIVE;
    let refused = sftp.ask(opening(&old, exclusive | open::TRUNCATE)).await;
    assert_eq!(
        refused,
        Answer::Status {
            code: code::FAILURE,
            message: "File exists".into()
        }
    );
    assert_eq!(fs::read(&old).unwrap(), b"old");

    let handle = sftp.open(&old, write | open::CREATE).await;
    assert_eq!(sftp.write(&handle, 0, b"O").await, code::OK);
    assert_eq!(
        fs::read(&old).unwrap(),
        b"Old",
        "nothing is cut off unasked"
    );

    let append = open::READ | write | open::APPEND;
    let handle = sftp.open(&old, append).await;
    assert_eq!(sftp.write(&handle, 0, b"er").await, code::OK);
    let mut other = fs::File::options().append(true).open(&old).unwrap();
    other.write_all(b" th").unwrap();
    assert_eq!(sftp.write(&handle, 1, b"an").await, code::OK);
    assert_eq!(fs::read(&old).unwrap(), b"Older than");
    assert_eq!(
        sftp.read(&handle, 1, 4).await,
        Answer::Data("lder".into()),
        "and it reads at an offset"
    );

    sftp.open(&old, NEW).await;
    assert_eq!(fs::read(&old).unwrap(), b"");
    sftp.open(&new, exclusive).await;
    assert!(new.exists());
    assert_eq!(sftp.code(opening(&folder.0, write)).await, code::FAILURE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mode_goes_through_the_umask() {
    let folder = Folder::new();
    let mut sftp = Sftp::connect().await;
    for mode in [None, Some(0o777), Some(0o600), Some(0o4711)] {
        let attributes = Attributes {
            mode,
            ..Attributes::default()
        };
        let at = |name: &str| folder.at(format!("{name} {mode:?}"));
        let making = Request::Open {
            path: said(at("file")),
            flags: open::WRITE | open::CREATE,
            attributes,
        };
        assert_eq!(sftp.code(making).await, code::OK);
        let path = said(at("folder"));
        sftp.done(Request::MkDir { path, attributes }).await;
        let mut options = fs::File::options();
        options.write(true).create(true);
        options
            .mode(mode.unwrap_or(0o666))
            .open(at("like"))
            .unwrap();
        let mut options = fs::DirBuilder::new();
        options.mode(mode.unwrap_or(0o777));
        options.create(at("like folder")).unwrap();
        let mode_of = |name| fs::metadata(at(name)).unwrap().mode();
        assert_eq!(mode_of("file"), mode_of("like"), "{mode:?}");
        assert_eq!(mode_of("folder"), mode_of("like folder"), "{mode:?}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn names_are_bytes() {
    const NAMES: [&[u8]; 7] = [
        b"\xff\xfe\x80",
        b"new\nline",
        b"-rf",
        b" ",
        b"back\\slash",
        b"'\"$(x)",
        b"\xc3\x28 half",
    ];
    let folder = Folder::new();
    let mut sftp = Sftp::connect().await;
    for name in NAMES {
        let handle = sftp.open(folder.at(name), NEW).await;
        sftp.close(handle).await;
        assert!(folder.at(name).exists(), "{name:?}");
    }
    let pages = sftp.list(&folder.0).await;
    let mut listed: Vec<_> = pages
        .into_iter()
        .flatten()
        .map(|entry| entry.name)
        .collect();
    listed.sort();
    let mut expected = NAMES.map(Bytes::from_static);
    expected.sort();
    assert_eq!(listed, expected);
    for name in NAMES {
        let (path, link) = (said(folder.at(name)), said(folder.at("link")));
        let found = sftp
            .one_path(Request::RealPath { path: path.clone() })
            .await;
        assert_eq!(found, path);
        sftp.done(Request::SymLink {
            target: Bytes::from_static(name),
            path: link.clone(),
        })
        .await;
        let held = Request::ReadLink { path: link.clone() };
        assert_eq!(sftp.one_path(held).await, name);
        sftp.done(Request::Remove { path: link }).await;
        sftp.done(Request::Remove { path }).await;
    }
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 0);
    let path = Bytes::from_static(b"/tmp/\0");
    assert_eq!(sftp.code(Request::Stat { path }).await, code::BAD_MESSAGE);
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_are_made_and_deleted_when_empty() {
    let folder = Folder::new();
    let (path, file) = (said(folder.at("new")), said(folder.at("new/file")));
    let mut sftp = Sftp::connect().await;
    let make = Request::MkDir {
        path: path.clone(),
        attributes: Attributes::default(),
    };
    sftp.done(make.clone()).await;
    assert!(folder.at("new").is_dir());
    assert_eq!(sftp.code(make).await, code::FAILURE);
    sftp.open(folder.at("new/file"), NEW).await;
    let remove = Request::RmDir { path: path.clone() };
    let not_empty = sftp.ask(remove.clone()).await;
    assert_eq!(
        not_empty,
        Answer::Status {
            code: code::FAILURE,
            message: "Directory not empty".into()
        }
    );
    assert_ne!(sftp.code(Request::Remove { path }).await, code::OK);
    let no_folder = Request::RmDir { path: file.clone() };
    assert_eq!(sftp.code(no_folder).await, code::NO_SUCH_FILE);
    sftp.done(Request::Remove { path: file.clone() }).await;
    let gone = Request::Remove { path: file };
    assert_eq!(sftp.code(gone).await, code::NO_SUCH_FILE);
    sftp.done(remove).await;
    assert!(!folder.at("new").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_posix_rename_replaces() {
    let folder = Folder::new();
    for name in ["one", "two"] {
        fs::write(folder.at(name), name).unwrap();
        fs::create_dir(folder.at(format!("folder {name}"))).unwrap();
    }
    std::os::unix::fs::symlink("nowhere", folder.at("dangling")).unwrap();
    let path = |name: &str| said(folder.at(name));
    let mut sftp = Sftp::connect().await;
    for (from, to) in [
        ("one", "two"),
        ("one", "dangling"),
        ("folder one", "folder two"),
        ("dangling", "one"),
    ] {
        let (from, to) = (path(from), path(to));
        let refused = sftp.ask(Request::Rename { from, to }).await;
        assert_eq!(
            refused,
            Answer::Status {
                code: code::FAILURE,
                message: "File exists".into()
            }
        );
    }
    assert_eq!(fs::read(folder.at("two")).unwrap(), b"two");
    let (from, to) = (path("none"), path("new"));
    let code = sftp.code(Request::Rename { from, to }).await;
    assert_eq!(code, code::NO_SUCH_FILE);
    for (from, to) in [("one", "three"), ("folder one", "folder three")] {
        let (from, to) = (path(from), path(to));
        sftp.done(Request::Rename { from, to }).await;
    }
    for (from, to) in [("three", "two"), ("folder three", "folder two")] {
        let (from, to) = (path(from), path(to));
        let replacing = Extension::PosixRename { from, to };
        sftp.done(Request::Extended(replacing)).await;
    }
    assert_eq!(fs::read(folder.at("two")).unwrap(), b"one");
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_holds_its_target_as_it_was_said() {
    let folder = Folder::new();
    let mut sftp = Sftp::connect().await;
    for target in ["../up/./and//away", "/absolute", "file"] {
        let path = folder.at("link");
        let link = Request::SymLink {
            target: said(target),
            path: said(&path),
        };
        sftp.done(link.clone()).await;
        assert_eq!(fs::read_link(&path).unwrap().to_str(), Some(target));
        assert_eq!(sftp.code(link).await, code::FAILURE, "it is there already");
        fs::remove_file(path).unwrap();
    }
    fs::write(folder.at("file"), "x").unwrap();
    let (from, to) = (said(folder.at("file")), said(folder.at("second")));
    let hard = Extension::HardLink { from, to };
    sftp.done(Request::Extended(hard.clone())).await;
    assert_eq!(fs::metadata(folder.at("second")).unwrap().nlink(), 2);
    assert_eq!(sftp.code(Request::Extended(hard)).await, code::FAILURE);
}

#[tokio::test(flavor = "multi_thread")]
async fn relative_paths_start_at_home_and_an_empty_one_nowhere() {
    let name = format!("relative-{}", std::process::id());
    let mut sftp = Sftp::connect().await;
    sftp.open(&name, NEW).await;
    let file = fs::canonicalize(HOME).unwrap().join(&name);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o111, 0);
    let (path, home) = (said(&name), said(fs::canonicalize(HOME).unwrap()));
    let found = sftp
        .one_path(Request::RealPath { path: path.clone() })
        .await;
    assert_eq!(found, said(&file));
    sftp.done(Request::Remove { path }).await;
    for asked in ["", "."] {
        let path = said(asked);
        assert_eq!(sftp.one_path(Request::RealPath { path }).await, home);
    }
    let path = Bytes::new();
    for request in [
        Request::RmDir { path: path.clone() },
        Request::Stat { path: path.clone() },
        Request::OpenDir { path },
    ] {
        assert_eq!(sftp.code(request).await, code::NO_SUCH_FILE);
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_may_is_told_as_denied() {
    let mut sftp = Sftp::connect().await;
    let path = said("/proc/version");
    let denied = sftp.ask(Request::Remove { path }).await;
    let Answer::Status { code, message } = denied else {
        panic!("{denied:?}");
    };
    assert_eq!(code, code::PERMISSION_DENIED);
    assert!(!message.is_empty());
}
