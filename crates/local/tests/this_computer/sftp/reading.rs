//! What is read is what is there.

use std::{collections::BTreeSet, fs, os::unix::fs::symlink};

use sftp::{Answer, Request, code, file_type, open};

use super::{Folder, Sftp, opening, said};
use crate::client::Client;

/// Reads to the end, in reads of `len` bytes.
#[cfg(target_os = "linux")]
async fn whole(sftp: &mut Sftp, path: &str, len: u32) -> Vec<u8> {
    let handle = sftp.open(path, open::READ).await;
    let mut bytes = Vec::new();
    loop {
        match sftp.read(&handle, bytes.len() as u64, len).await {
            Answer::Data(data) => bytes.extend_from_slice(&data),
            other => {
                assert_eq!(other, Answer::status(code::EOF));
                break;
            }
        }
    }
    sftp.close(handle).await;
    bytes
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn files_of_the_kernel_read_whole() {
    let mut sftp = Sftp::connect().await;
    let load = String::from_utf8(whole(&mut sftp, "/proc/loadavg", 4096).await).unwrap();
    assert_eq!(load.split_whitespace().count(), 5, "{load}");
    assert!(load.ends_with('\n'));
    // Longer than one page and never changing: the kernel answers it in pieces.
    let symbols = fs::read("/proc/kallsyms").unwrap();
    assert!(symbols.len() > 100_000);
    assert!(whole(&mut sftp, "/proc/kallsyms", 255 * 1024).await == symbols);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_read_at_any_offset_and_not_beyond_its_end() {
    let mut sftp = Sftp::connect().await;
    let path = std::env::current_exe().unwrap();
    let expected = fs::read(&path).unwrap();
    let handle = sftp.open(&path, open::READ).await;
    let data = |answer| match answer {
        Answer::Data(data) => data,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        data(sftp.read(&handle, 1000, 500).await),
        &expected[1000..1500]
    );
    let most = data(sftp.read(&handle, 0, u32::MAX).await);
    assert_eq!(most, &expected[..255 * 1024]);
    let end = expected.len() as u64;
    assert_eq!(sftp.read(&handle, end, 10).await, Answer::status(code::EOF));
    let reading = |offset| Request::Read {
        handle: handle.clone(),
        offset,
        len: 10,
    };
    assert_eq!(sftp.code(reading(u64::MAX)).await, code::BAD_MESSAGE);
    let fstat = Request::FStat {
        handle: handle.clone(),
    };
    assert_eq!(sftp.attributes(fstat).await.size_bytes, Some(end));
    sftp.close(handle.clone()).await;
    assert_eq!(sftp.code(reading(0)).await, code::FAILURE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_read_in_pages_with_what_each_name_is() {
    let folder = Folder::new();
    for n in 0..248 {
        fs::write(folder.at(format!("file {n}")), [b'x'; 7]).unwrap();
    }
    symlink("file 1", folder.at("link")).unwrap();
    fs::hard_link(folder.at("file 1"), folder.at("again")).unwrap();
    let mut sftp = Sftp::connect().await;
    let pages = sftp.list(&folder.0).await;
    let sizes: Vec<_> = pages.iter().map(Vec::len).collect();
    assert_eq!(sizes, [100, 100, 50]);
    let names: BTreeSet<_> = pages.iter().flatten().map(|entry| &entry.name).collect();
    assert_eq!(names.len(), 250);
    for entry in pages.iter().flatten() {
        let is_link = entry.name == "link";
        assert_eq!(entry.attributes.is_link(), is_link);
        let size = if is_link { 6 } else { 7 };
        assert_eq!(entry.attributes.size_bytes, Some(size));
        let has_two_names = entry.name == "file 1" || entry.name == "again";
        let links = if has_two_names { 2 } else { 1 };
        assert_eq!(entry.hard_links(), Some(links), "{:?}", entry.long_name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn links_and_attributes_are_told() {
    let folder = Folder::new();
    fs::write(folder.at("file"), "seven b").unwrap();
    symlink("file", folder.at("link")).unwrap();
    let mut sftp = Sftp::connect().await;
    let path = said(folder.at("link"));
    let link = Request::LStat { path: path.clone() };
    assert!(sftp.attributes(link).await.is_link());
    let file = sftp.attributes(Request::Stat { path: path.clone() }).await;
    assert_eq!(file.file_type(), Some(file_type::FILE));
    assert_eq!(file.size_bytes, Some(7));
    let held = sftp.one_path(Request::ReadLink { path }).await;
    assert_eq!(held, "file");
    for (asked, real) in [("./link", "file"), ("new", "new"), ("x/../file", "file")] {
        fs::create_dir_all(folder.at("x")).unwrap();
        let path = said(folder.at(asked));
        let found = sftp.one_path(Request::RealPath { path }).await;
        assert_eq!(found, said(folder.at(real)), "{asked}");
    }
    let path = said("/dev/null");
    let null = sftp.attributes(Request::Stat { path }).await;
    assert_eq!(null.file_type(), Some(file_type::CHARACTER_DEVICE));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_or_no_file_is_told_by_its_code() {
    let mut sftp = Sftp::connect().await;
    let read = |path| opening(path, open::READ);
    assert_eq!(sftp.code(read("/nothing/here")).await, code::NO_SUCH_FILE);
    assert_eq!(sftp.code(read("/dev/null/x")).await, code::NO_SUCH_FILE);
    assert_eq!(sftp.code(read("/")).await, code::FAILURE);
    let path = said("/dev/null");
    let code = sftp.code(Request::OpenDir { path }).await;
    assert_eq!(code, code::NO_SUCH_FILE);
    let path = said("/nothing");
    assert_eq!(sftp.code(Request::Stat { path }).await, code::NO_SUCH_FILE);
    let path = said("/".to_owned() + &"x".repeat(300));
    assert_eq!(sftp.code(Request::Stat { path }).await, code::BAD_MESSAGE);
    let handle = said("77");
    assert_eq!(sftp.code(Request::ReadDir { handle }).await, code::FAILURE);
    let folder = Folder::new();
    symlink("round", folder.at("round")).unwrap();
    assert_eq!(
        sftp.code(opening(folder.at("round"), open::READ)).await,
        code::NO_SUCH_FILE
    );
}

/// A pipe that nobody writes to would hold up an ordinary open for ever.
#[tokio::test(flavor = "multi_thread")]
async fn a_pipe_holds_nobody_up() {
    let client = Client::connect().await;
    let folder = Folder::new();
    let path = folder.at("pipe");
    let made = client.run(&format!("mkfifo '{}'", path.display())).await;
    assert_eq!(made.status, Some(0));
    let mut sftp = Sftp::on(&client).await;
    let handle = sftp.open(&path, open::READ).await;
    let read = Request::Read {
        handle,
        offset: 0,
        len: 10,
    };
    assert_eq!(sftp.code(read).await, code::FAILURE);
    assert_eq!(
        sftp.code(opening(folder.at("pipe"), open::READ | open::WRITE))
            .await,
        code::OK
    );
    let folder = Folder::new();
    let path = folder.at("lonely");
    client.run(&format!("mkfifo '{}'", path.display())).await;
    assert_eq!(sftp.code(opening(path, open::WRITE)).await, code::FAILURE);
}

#[tokio::test(flavor = "multi_thread")]
async fn open_files_are_bounded() {
    let mut sftp = Sftp::connect().await;
    let mut handles = Vec::new();
    let refused = loop {
        match sftp.ask(opening("/dev/null", open::READ)).await {
            Answer::Handle(handle) => handles.push(handle),
            Answer::Status { code, message } => break (code, message),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(handles.len(), 1024);
    assert_eq!(refused, (code::FAILURE, "too many open files".into()));
    let path = said("/");
    assert_eq!(sftp.code(Request::OpenDir { path }).await, code::FAILURE);
    sftp.close(handles.swap_remove(500)).await;
    sftp.open("/dev/null", open::READ).await;
}
