//! Work on files through the engine, over a real SSH and SFTP connection to this computer, each
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
use catalog::Capability;
use desk::{Desk, HERE, PATIENCE, mode, names, path};
use engine::{
    ArchiveFormat, Found, JournalFilter, ListLine, MeasureLine, NewFileJob, SaveOptions, Search,
    SearchLine, SearchText, ServerChange,
};
use store::Store;

#[tokio::test(flavor = "multi_thread")]
async fn a_save_keeps_mode_and_links_and_sees_changes() {
    let desk = Desk::new().await;
    let (files, work) = (desk.files().await, desk.work());
    let (file, link) = (work.join("a.conf"), work.join("link"));
    fs::write(&file, "old").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("a.conf", &link).unwrap();

    let opened = files.text(&path(&link)).await.unwrap();
    let options = SaveOptions {
        version: Some(opened.version),
        ..SaveOptions::default()
    };
    let saved = files.save(&path(&link), b"new".to_vec(), &options).await;
    assert_eq!(saved.unwrap().size_bytes, 3);
    assert_eq!(fs::read(&file).unwrap(), b"new");
    assert_eq!(mode(&file), 0o640);
    assert_eq!(fs::read_link(&link).unwrap(), Path::new("a.conf"));
    assert_eq!(names(&work), [b"a.conf".to_vec(), b"link".to_vec()]);

    // The same version again is not what lies there now.
    let error = files.save(&path(&file), b"mine".to_vec(), &options).await;
    assert_eq!(error.unwrap_err().code(), "fileChanged");
    let new = SaveOptions::default();
    let error = files.save(&path(&file), b"mine".to_vec(), &new).await;
    assert_eq!(error.unwrap_err().code(), "alreadyExists");
    let force = SaveOptions {
        force: true,
        ..SaveOptions::default()
    };
    let saved = files.save(&path(&file), b"mine".to_vec(), &force).await;
    saved.unwrap();
    assert_eq!(fs::read(&file).unwrap(), b"mine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_two_names_is_saved_only_as_a_person_says() {
    let desk = Desk::new().await;
    let (files, work) = (desk.files().await, desk.work());
    let (one, other) = (work.join("one"), work.join("other"));
    fs::write(&one, "old and long").unwrap();
    fs::hard_link(&one, &other).unwrap();
    let mut options = SaveOptions {
        version: Some(files.text(&path(&one)).await.unwrap().version),
        ..SaveOptions::default()
    };
    let error = files.save(&path(&one), b"new".to_vec(), &options).await;
    assert_eq!(error.unwrap_err().code(), "hardLinked");
    assert_eq!(fs::read(&other).unwrap(), b"old and long");
    options.in_place = true;
    let saved = files.save(&path(&one), b"new".to_vec(), &options).await;
    saved.unwrap();
    assert_eq!(fs::read(&other).unwrap(), b"new");
    assert_eq!(fs::metadata(&one).unwrap().nlink(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_exact_on_their_bytes() {
    let desk = Desk::new().await;
    let (files, work) = (desk.files().await, desk.work());
    let odd: [&[u8]; 6] = [
        b"-rf",
        b" a b ",
        b"new\nline",
        b"\xff\xfe",
        "ä🎉".as_bytes(),
        b"'\"$(x)`",
    ];
    for name in odd {
        let at = work.join(OsStr::from_bytes(name));
        files.make_file(&path(&at)).await.unwrap();
        let to = work.join(OsStr::from_bytes(&[name, b".2"].concat()));
        files.rename(&path(&at), &path(&to)).await.unwrap();
        assert!(to.is_file() && !at.exists());
    }
    let mut lines = files.list(path(&work)).await.unwrap();
    let mut listed = Vec::new();
    while let Some(line) = lines.recv().await {
        if let ListLine::Entries { entries } = line {
            listed.extend(entries.iter().map(|entry| entry.name.as_bytes().to_vec()));
        }
    }
    listed.sort();
    assert_eq!(listed, names(&work));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_renamed_over_something() {
    let desk = Desk::new().await;
    let (files, work) = (desk.files().await, desk.work());
    let (one, other) = (work.join("one"), work.join("other"));
    fs::write(&one, "1").unwrap();
    fs::write(&other, "2").unwrap();
    let error = files.rename(&path(&one), &path(&other)).await;
    assert_eq!(error.unwrap_err().code(), "alreadyExists");
    let error = files.rename(&path(&work), &path(&work.join("in"))).await;
    assert_eq!(error.unwrap_err().code(), "intoItself");
    assert_eq!(fs::read(&other).unwrap(), b"2");
    let error = files.make_folder(&path(&one)).await;
    assert_eq!(error.unwrap_err().code(), "alreadyExists");
}

fn frame(header: &serde_json::Value, body: &[u8]) -> Vec<u8> {
    let header = header.to_string();
    let length = u32::try_from(header.len()).unwrap().to_be_bytes();
    [&length[..], header.as_bytes(), body].concat()
}

fn sent(bytes: &[u8]) -> impl futures::Stream<Item = Result<Bytes, std::io::Error>> + Unpin {
    let pieces: Vec<_> = bytes
        .chunks(70_001)
        .map(|piece| Ok(Bytes::copy_from_slice(piece)))
        .collect();
    futures::stream::iter(pieces)
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_come_whole_or_go_on_later() {
    let desk = Desk::new().await;
    let (files, work) = (desk.files().await, desk.work());
    let at = |name: &str| path(&work.join(name)).to_string();
    let large: Vec<u8> = (0..6_000_000_u32).map(|n| (n % 253) as u8).collect();
    let whole = |name: &str, size: usize| {
        serde_json::json!({"path": at(name), "offset": 0, "length": size, "sizeBytes": size,
            "modifiedAt": 1_000_000, "replace": false})
    };
    let stream = [
        frame(&serde_json::json!({"path": at("sub"), "folder": true}), b""),
        frame(&whole("sub/empty", 0), b""),
        frame(&whole("sub/small", 5), b"small"),
        frame(&whole("missing/small", 5), b"small"),
        frame(&whole("large", large.len()), &large),
    ];
    let uploaded = files.upload(sent(&stream.concat())).await.unwrap();
    let errors: Vec<_> = uploaded
        .results
        .iter()
        .map(|result| result.error.as_ref().map(|error| error.code.as_str()))
        .collect();
    assert_eq!(errors, [None, None, None, Some("noSuchFile"), None]);
    assert_eq!(fs::read(work.join("large")).unwrap(), large);
    let small = fs::metadata(work.join("sub/small")).unwrap();
    assert_eq!((small.len(), small.mtime()), (5, 1_000_000));

    let taken = frame(&whole("sub/small", 3), b"abc");
    let uploaded = files.upload(sent(&taken)).await.unwrap();
    let error = uploaded.results[0].error.as_ref().unwrap();
    assert_eq!(error.code, "alreadyExists");

    // Broken off in the middle, and gone on with.
    let half = frame(&whole("again", large.len()), &large[..5_500_000]);
    files.upload(sent(&half)).await.unwrap_err();
    let again = path(&work.join("again"));
    assert!(!work.join("again").exists());
    let received = |time| files.received(&again, large.len() as u64, time);
    assert_eq!(
        received(Some(2_000_000)).await.unwrap(),
        0,
        "another content"
    );
    let offset = received(Some(1_000_000)).await.unwrap();
    assert!(offset > 0, "what came is kept");
    let rest = &large[usize::try_from(offset).unwrap()..];
    let header = serde_json::json!({"path": at("again"), "offset": offset, "length": rest.len(),
        "sizeBytes": large.len(), "modifiedAt": 1_000_000, "replace": false});
    let uploaded = files.upload(sent(&frame(&header, rest))).await.unwrap();
    assert_eq!(uploaded.results[0].error, None);
    assert_eq!(fs::read(work.join("again")).unwrap(), large);
    let left = ["again", "large", "sub"].map(|name| name.as_bytes().to_vec());
    assert_eq!(names(&work), left);

    for broken in [&b"\0\0\0\x02{}"[..], b"\xff\xff\xff\xff", b"\0\0"] {
        let error = files.upload(sent(broken)).await.unwrap_err();
        assert_eq!(error.code(), "invalid");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tree_is_measured_and_searched() {
    let desk = Desk::new().await;
    let (files, work) = (desk.files().await, desk.work());
    fs::create_dir_all(work.join("a/.hidden")).unwrap();
    fs::write(work.join("a/Nginx.conf"), "12345").unwrap();
    fs::write(work.join("a/.hidden/nginx.conf"), "1").unwrap();
    symlink("/", work.join("a/loop")).unwrap();
    let mut lines = files.measure(vec![path(&work)]).await.unwrap();
    let mut counted = None;
    while let Some(line) = lines.recv().await {
        if let MeasureLine::Done { done } = line {
            counted = Some((done.measured.files, done.measured.folders));
        }
    }
    assert_eq!(counted, Some((3, 3)));

    for (hidden, expected) in [(false, 1), (true, 2)] {
        let search = Search {
            path: path(&work),
            name: "nginx*f".to_owned(),
            hidden,
            content: None,
            limit: 100,
        };
        let (found, _) = search_for(&desk, search).await;
        assert_eq!(found.len(), expected);
    }
}

/// What a search finds, and its last line.
async fn search_for(desk: &Desk, search: Search) -> (Vec<Found>, SearchLine) {
    let mut lines = desk.engine.search_files(HERE, search).await.unwrap();
    let (mut all, mut last) = (Vec::new(), None);
    while let Some(line) = lines.recv().await {
        if let SearchLine::Found { found } = &line {
            all.extend(found.clone());
        }
        last = Some(line);
    }
    (all, last.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn text_is_found_in_files_whatever_their_names() {
    let desk = Desk::new().await;
    let work = desk.work();
    let odd = [&b"a:3:b"[..], b"new\nline", b"\xff", b"-r"];
    for name in odd {
        fs::write(work.join(OsStr::from_bytes(name)), "one\nNeedle $(x) 'y'\n").unwrap();
    }
    fs::create_dir(work.join(".hidden")).unwrap();
    fs::write(work.join(".hidden/a"), "needle").unwrap();
    fs::write(work.join("binary"), b"needle\0needle").unwrap();
    fs::write(work.join("long"), ["needle ", &"x".repeat(5000)].concat()).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(work.join("socket")).unwrap();
    symlink("binary", work.join("link")).unwrap();
    let search = |text: &str, regex, any_case, hidden| Search {
        path: path(&work),
        name: String::new(),
        hidden,
        content: Some(SearchText {
            text: text.to_owned(),
            regex,
            any_case,
        }),
        limit: 100,
    };
    let (mut found, last) = search_for(&desk, search("needle", false, true, false)).await;
    assert!(matches!(&last, SearchLine::Done { done } if done.unread == 0 && !done.limited));
    found.sort_by(|one, other| one.path.cmp(&other.path));
    let names: Vec<&[u8]> = found
        .iter()
        .map(|found| found.entry.name.as_bytes())
        .collect();
    let mut expected = [&odd[..], &[b"long"]].concat();
    expected.sort_unstable();
    assert_eq!(names, expected);
    let lines = |name: &[u8]| {
        let of = found
            .iter()
            .find(|found| found.entry.name.as_bytes() == name);
        of.unwrap().lines.clone()
    };
    assert_eq!(
        (lines(b"-r")[0].line, lines(b"-r")[0].text.as_str()),
        (2, "Needle $(x) 'y'")
    );
    assert_eq!(lines(b"long")[0].text.len(), 1000);

    // As it stands it is no expression; as one it is.
    assert_eq!(
        search_for(&desk, search("$(x) 'y'", false, false, true))
            .await
            .0
            .len(),
        4
    );
    assert_eq!(
        search_for(&desk, search("^need|NOT$", true, false, true))
            .await
            .0
            .len(),
        2
    );
    let (_, last) = search_for(&desk, search("a(b", true, false, false)).await;
    assert!(
        matches!(&last, SearchLine::Error { error } if error.code == "invalid"),
        "{last:?}"
    );
    let mut few = search("e", false, true, true);
    few.limit = 2;
    let (found, last) = search_for(&desk, few).await;
    assert_eq!(found.len(), 2);
    assert!(matches!(last, SearchLine::Done { done } if done.limited));
    for refused in ["", "two\nlines"] {
        let error = desk
            .engine
            .search_files(HERE, search(refused, false, false, false))
            .await;
        assert_eq!(error.unwrap_err().code(), "invalid");
    }
    // The pattern is written nowhere.
    let all = desk.engine.activity(JournalFilter::default(), 50).await;
    let mut written = all.unwrap();
    written.retain(|entry| entry.what == "files.searchContent");
    assert!(written.len() >= 5, "{written:?}");
    let told = format!("{written:?}");
    assert!(!told.contains("eedle"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_is_what_tar_reads() {
    let desk = Desk::new().await;
    let (files, work) = (desk.files().await, desk.work());
    let (tree, out) = (work.join("tree"), work.join("out"));
    let long = "n".repeat(150);
    fs::create_dir_all(tree.join("sub")).unwrap();
    fs::create_dir(&out).unwrap();
    fs::write(tree.join("sub").join(&long), "long").unwrap();
    fs::write(tree.join(OsStr::from_bytes(b"\xff ")), vec![7; 700_001]).unwrap();
    symlink("../x", tree.join("link")).unwrap();
    let archive = async |format| {
        let mut pieces = files.archive(vec![path(&tree)], format).await.unwrap();
        let mut archive = Vec::new();
        while let Some(piece) = pieces.recv().await {
            archive.extend_from_slice(&piece.unwrap());
        }
        archive
    };
    let zip = archive(ArchiveFormat::Zip).await;
    // The records at the beginning of the first entry and at the end (APPNOTE 4.3.7, 4.3.16).
    assert!(zip.starts_with(b"PK\x03\x04") && zip.len() < 100_000);
    assert!(zip.ends_with(b"\x00\x00") && zip.windows(4).any(|bytes| bytes == b"PK\x05\x06"));
    let file = work.join("a.tar");
    fs::write(&file, archive(ArchiveFormat::Tar).await).unwrap();
    let mut tar = std::process::Command::new("tar");
    let done = tar.arg("-xf").arg(&file).arg("-C").arg(&out).status();
    assert!(done.unwrap().success());
    let read = |name: &[u8]| fs::read(out.join("tree").join(OsStr::from_bytes(name)));
    assert_eq!(read(format!("sub/{long}").as_bytes()).unwrap(), b"long");
    assert_eq!(read(b"\xff ").unwrap(), vec![7; 700_001]);
    let link = fs::read_link(out.join("tree/link")).unwrap();
    assert_eq!(link, Path::new("../x"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_file_that_was_left_goes_after_the_next_connect() {
    let desk = Desk::new().await;
    let stray = desk.work().join(".headlessos-0123456789abcdef");
    fs::write(&stray, "part").unwrap();
    let store = Store::open(&desk.data()).unwrap();
    let noted = stray.as_os_str().as_bytes();
    let note = store::Stray {
        path: noted.to_vec(),
        belongs_at: None,
    };
    store.note_stray(HERE, &note).unwrap();
    desk.engine.disconnect(HERE).await.unwrap();
    desk.connect().await;
    let gone = async {
        while stray.exists() || !store.strays(HERE).unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, gone).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_that_only_reads_changes_nothing() {
    let desk = Desk::new().await;
    let change = ServerChange {
        capabilities: Some(Capability::read_only().collect()),
        ..ServerChange::default()
    };
    desk.engine.change(HERE, change).unwrap();
    assert!(desk.engine.files(HERE).await.is_ok());
    let denied = desk.engine.files_to_change(HERE).await;
    assert_eq!(denied.err().unwrap().code(), "denied");
    let job = desk.engine.begin_file_job(
        NewFileJob::Delete {
            server: HERE.to_owned(),
            paths: vec![path(&desk.work())],
        },
        Some("This computer"),
    );
    assert_eq!(job.unwrap_err().code(), "denied");
    assert!(desk.work().exists());
}

/// More is under way than may wait for the disk, so the one end waits for the other.
#[tokio::test(flavor = "multi_thread")]
async fn files_of_this_computer_pass_the_pipe_and_end_with_the_connection() {
    let desk = Desk::with_pipe().await;
    let (files, work) = (desk.files().await, desk.work());
    let content = vec![7; 1_000_000];
    let names: Vec<String> = (0..80).map(|number| number.to_string()).collect();
    let frames: Vec<Vec<u8>> = names
        .iter()
        .map(|name| {
            let at = path(&work.join(name)).to_string();
            let size = content.len();
            let header = serde_json::json!({"path": at, "offset": 0, "length": size,
                "sizeBytes": size, "modifiedAt": 1_000_000, "replace": false});
            frame(&header, &content)
        })
        .collect();
    let uploaded = files.upload(sent(&frames.concat())).await.unwrap();
    assert!(uploaded.results.iter().all(|result| result.error.is_none()));
    for name in &names {
        assert!(fs::read(work.join(name)).unwrap() == content);
    }
    let taken = files.text(&path(&work.join("0"))).await.unwrap();
    assert!(taken.bytes == content);

    desk.engine.disconnect(HERE).await.unwrap();
    let error = files.text(&path(&work.join("0"))).await.err().unwrap();
    assert_eq!(error.code(), "lost");
}
