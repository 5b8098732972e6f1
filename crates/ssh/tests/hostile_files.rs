//! Files of servers that lie: nothing that cannot be comes out, and nothing goes on for ever.
#![expect(clippy::unwrap_used, reason = "a test")]

mod support;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use catalog::arguments::RemotePath;
use sftp::{Answer, Attributes, Entry, Request, code};
use ssh::{FileError, Files};
use support::connected;
use testkit::server::{Behaviour, Server};
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(20);

fn path(text: &str) -> RemotePath {
    RemotePath::try_from(text.to_owned()).unwrap()
}

fn handle() -> Vec<Answer> {
    vec![Answer::Handle(Bytes::from_static(b"h"))]
}

fn entry(name: &[u8]) -> Entry {
    Entry {
        name: Bytes::copy_from_slice(name),
        long_name: Bytes::new(),
        attributes: Attributes::default(),
    }
}

fn sized(size_bytes: u64) -> Vec<Answer> {
    vec![Answer::Attributes(Attributes {
        size_bytes: Some(size_bytes),
        ..Attributes::default()
    })]
}

/// A server with these answers, and its files; what it holds must be kept.
async fn serving(
    answers: impl Fn(&Request) -> Option<Vec<Answer>> + Send + Sync + 'static,
) -> (Server, ssh::Connection, Files) {
    let behaviour = Behaviour::with_password("secret").answering_sftp(answers);
    let server = Server::start(behaviour).await;
    let connection = connected(&server).await;
    let files = connection.files().await.unwrap();
    (server, connection, files)
}

async fn listed(files: &Files) -> Result<Vec<Vec<u8>>, FileError> {
    let mut folder = files.folder(&path("/f")).await?;
    let mut names = Vec::new();
    while let Some(entries) = folder.next().await? {
        names.extend(entries.iter().map(|entry| entry.name.as_bytes().to_vec()));
    }
    Ok(names)
}

#[tokio::test]
async fn a_name_that_no_folder_can_hold_ends_the_listing() {
    for name in [
        &b"a/b"[..],
        b"/etc/passwd",
        b"../up",
        b"",
        b"a\0b",
        &[b'n'; 256],
    ] {
        let (_server, _connection, files) = serving(move |request| match request {
            Request::OpenDir { .. } => Some(handle()),
            Request::ReadDir { .. } => Some(vec![Answer::Name(vec![entry(b"fine"), entry(name)])]),
            _ => None,
        })
        .await;
        let error = timeout(PATIENCE, listed(&files)).await.unwrap();
        assert!(
            matches!(error, Err(FileError::Protocol { .. })),
            "{name:?}: {error:?}"
        );
    }
}

#[tokio::test]
async fn dots_are_left_out_and_odd_names_come_as_they_are() {
    let odd: [&[u8]; 4] = [b"\x1b[2J", b"\xff", "\u{202e}".as_bytes(), b"-rf"];
    let asked = Arc::new(AtomicUsize::new(0));
    let (_server, _connection, files) = serving(move |request| match request {
        Request::OpenDir { .. } => Some(handle()),
        Request::ReadDir { .. } if asked.fetch_add(1, Ordering::Relaxed) == 0 => {
            let names = [b"."].into_iter().map(|name| entry(name));
            let odd = odd.into_iter().map(entry);
            let all = names.chain([entry(b"..")]).chain(odd);
            Some(vec![Answer::Name(all.collect())])
        }
        Request::ReadDir { .. } => Some(vec![Answer::status(code::EOF)]),
        _ => None,
    })
    .await;
    let names = timeout(PATIENCE, listed(&files)).await.unwrap();
    assert_eq!(names.unwrap(), odd);
}

#[tokio::test]
async fn a_listing_of_nothing_that_never_ends_is_given_up() {
    let (_server, _connection, files) = serving(|request| match request {
        Request::OpenDir { .. } => Some(handle()),
        Request::ReadDir { .. } => Some(vec![Answer::Name(Vec::new())]),
        _ => None,
    })
    .await;
    let error = timeout(PATIENCE, listed(&files)).await.unwrap();
    assert!(
        matches!(error, Err(FileError::Protocol { .. })),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_endless_folder_is_read_no_further_than_is_wanted() {
    let asked = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&asked);
    let (_server, _connection, files) = serving(move |request| match request {
        Request::OpenDir { .. } => Some(handle()),
        Request::ReadDir { .. } => {
            seen.fetch_add(1, Ordering::Relaxed);
            Some(vec![Answer::Name(vec![entry(b"again"); 100])])
        }
        _ => None,
    })
    .await;
    let mut folder = files.folder(&path("/f")).await.unwrap();
    for _ in 0..10 {
        let entries = timeout(PATIENCE, folder.next()).await.unwrap();
        assert_eq!(entries.unwrap().unwrap().len(), 100);
    }
    drop(folder);
    // Another answer shows that those before it were seen.
    files.lstat(&path("/other")).await.unwrap_err();
    assert!(asked.load(Ordering::Relaxed) <= 10 + 16);
}

#[tokio::test]
async fn a_folder_of_more_names_than_any_has_is_given_up() {
    let names = vec![entry(b"again"); 10_000];
    let (_server, _connection, files) = serving(move |request| match request {
        Request::OpenDir { .. } => Some(handle()),
        Request::ReadDir { .. } => Some(vec![Answer::Name(names.clone())]),
        _ => None,
    })
    .await;
    let mut folder = files.folder(&path("/f")).await.unwrap();
    let mut came = 0;
    let error = loop {
        match timeout(PATIENCE, folder.next()).await.unwrap() {
            Ok(entries) => came += entries.unwrap().len(),
            Err(error) => break error,
        }
        assert!(came <= 2_000_000);
    };
    assert!(matches!(error, FileError::Protocol { .. }), "{error:?}");
}

#[tokio::test]
async fn short_answers_leave_no_gap() {
    let content: Vec<u8> = (0..200_000_u32).map(|n| (n % 241) as u8).collect();
    let served = content.clone();
    let (_server, _connection, files) = serving(move |request| match request {
        Request::Open { .. } => Some(handle()),
        Request::FStat { .. } => Some(sized(200_000)),
        Request::Read { offset, len, .. } => {
            let start = usize::try_from(*offset).unwrap();
            let most = (*len as usize).min(1 + start % 7_001);
            let piece = served.get(start..(start + most).min(served.len())).unwrap();
            Some(vec![match piece {
                [] => Answer::status(code::EOF),
                piece => Answer::Data(Bytes::copy_from_slice(piece)),
            }])
        }
        _ => None,
    })
    .await;
    let (mut reader, _) = files.read(&path("/f")).await.unwrap();
    let mut read = Vec::new();
    while let Some(bytes) = timeout(PATIENCE, reader.next()).await.unwrap().unwrap() {
        read.extend_from_slice(&bytes);
    }
    assert!(read == content);
}

#[tokio::test]
async fn a_file_that_ends_before_its_size_is_not_taken_for_whole() {
    let (_server, _connection, files) = serving(|request| match request {
        Request::Open { .. } => Some(handle()),
        Request::FStat { .. } => Some(sized(u64::MAX - 1)),
        Request::Read { offset: 0, .. } => Some(vec![Answer::Data(Bytes::from_static(b"abc"))]),
        Request::Read { .. } => Some(vec![Answer::status(code::EOF)]),
        _ => None,
    })
    .await;
    let (mut reader, _) = files.read(&path("/f")).await.unwrap();
    assert_eq!(reader.next().await.unwrap().unwrap(), &b"abc"[..]);
    let end = timeout(PATIENCE, reader.next()).await.unwrap();
    assert_eq!(end, Err(FileError::Shorter));
}

#[tokio::test]
async fn more_bytes_than_were_asked_for_are_refused() {
    let (_server, _connection, files) = serving(|request| match request {
        Request::Open { .. } => Some(handle()),
        Request::FStat { .. } => Some(sized(3)),
        Request::Read { .. } => Some(vec![Answer::Data(Bytes::from_static(b"abcdef"))]),
        _ => None,
    })
    .await;
    let (mut reader, _) = files.read(&path("/f")).await.unwrap();
    let error = timeout(PATIENCE, reader.next()).await.unwrap();
    assert!(
        matches!(error, Err(FileError::Protocol { .. })),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_file_without_end_is_read_whole_only_up_to_the_limit() {
    let (_server, _connection, files) = serving(|request| match request {
        Request::Open { .. } => Some(handle()),
        Request::FStat { .. } => Some(sized(0)),
        Request::Read { len, .. } => Some(vec![Answer::Data(vec![b'x'; *len as usize].into())]),
        _ => None,
    })
    .await;
    let whole = timeout(PATIENCE, files.read_whole(&path("/f"), 100_000)).await;
    assert_eq!(whole.unwrap().unwrap(), None);
}

#[tokio::test]
async fn a_home_that_is_no_path_and_an_answer_to_another_question_are_errors() {
    let (_server, _connection, files) = serving(|request| match request {
        Request::RealPath { .. } => Some(vec![Answer::Name(vec![entry(b"../..")])]),
        Request::ReadLink { .. } => Some(vec![Answer::Name(vec![entry(b"a"), entry(b"b")])]),
        Request::LStat { .. } => Some(handle()),
        _ => None,
    })
    .await;
    for error in [
        files.home().await.err(),
        files.read_link(&path("/f")).await.err(),
        files.lstat(&path("/f")).await.err(),
    ] {
        assert!(
            matches!(error, Some(FileError::Protocol { .. })),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_write_that_is_refused_fails_the_file() {
    let writes = Arc::new(AtomicUsize::new(0));
    let (_server, _connection, files) = serving(move |request| match request {
        Request::Open { .. } => Some(handle()),
        Request::Write { .. } => {
            let code = match writes.fetch_add(1, Ordering::Relaxed) {
                3 => code::FAILURE,
                _ => code::OK,
            };
            Some(vec![Answer::status(code)])
        }
        _ => None,
    })
    .await;
    let mut writer = files.create(&path("/f"), None).await.unwrap();
    writer.push(vec![0; 300_000].into()).await.unwrap();
    let error = timeout(PATIENCE, writer.finish(false)).await.unwrap();
    assert!(matches!(error, Err(FileError::Failed { .. })), "{error:?}");
}

#[tokio::test]
async fn whoever_waits_is_told_when_the_connection_goes() {
    let (_server, connection, files) = serving(|request| match request {
        Request::LStat { .. } => Some(Vec::new()),
        _ => None,
    })
    .await;
    let waiting = tokio::spawn({
        let files = files.clone();
        async move { files.lstat(&path("/f")).await }
    });
    connection.close().await;
    let told = timeout(PATIENCE, waiting).await.unwrap().unwrap();
    assert_eq!(told, Err(FileError::Gone));
    assert_eq!(files.stat(&path("/f")).await, Err(FileError::Gone));
}
