//! Files: what is read is what is there, and nothing is changed.

use std::fs;

use russh_sftp::{
    client::{RawSftpSession, error::Error},
    protocol::{FileAttributes, OpenFlags, StatusCode},
};

use crate::client::Client;

fn code<T>(result: Result<T, Error>) -> StatusCode {
    match result {
        Ok(_) => StatusCode::Ok,
        Err(Error::Status(status)) => status.status_code,
        Err(other) => panic!("{other}"),
    }
}

async fn open(sftp: &RawSftpSession, path: &str) -> Result<String, Error> {
    let opened = sftp
        .open(path, OpenFlags::READ, FileAttributes::empty())
        .await?;
    Ok(opened.handle)
}

/// Reads to the end, in reads of `len` bytes.
async fn read(sftp: &RawSftpSession, path: &str, len: u32) -> Vec<u8> {
    let handle = open(sftp, path).await.unwrap();
    let mut bytes = Vec::new();
    loop {
        match sftp.read(handle.clone(), bytes.len() as u64, len).await {
            Ok(data) => bytes.extend_from_slice(&data.data),
            Err(error) => {
                assert_eq!(code::<()>(Err(error)), StatusCode::Eof);
                break;
            }
        }
    }
    sftp.close(handle).await.unwrap();
    bytes
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn files_of_the_kernel_read_whole() {
    let sftp = Client::connect().await.sftp().await;
    let load = String::from_utf8(read(&sftp, "/proc/loadavg", 4096).await).unwrap();
    assert_eq!(load.split_whitespace().count(), 5, "{load}");
    assert!(load.ends_with('\n'));
    // Longer than one page and never changing: the kernel answers it in pieces.
    let symbols = fs::read("/proc/kallsyms").unwrap();
    assert!(symbols.len() > 100_000);
    assert!(read(&sftp, "/proc/kallsyms", 255 * 1024).await == symbols);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_read_at_any_offset_and_not_beyond_its_end() {
    let sftp = Client::connect().await.sftp().await;
    let path = std::env::current_exe().unwrap();
    let expected = fs::read(&path).unwrap();
    let handle = open(&sftp, path.to_str().unwrap()).await.unwrap();
    let data = sftp.read(&handle, 1000, 500).await.unwrap().data;
    assert_eq!(data, &expected[1000..1500]);
    let most = sftp.read(&handle, 0, u32::MAX).await.unwrap().data;
    assert_eq!(most, &expected[..255 * 1024]);
    assert_eq!(
        code(sftp.read(&handle, u64::MAX, 10).await),
        StatusCode::Failure
    );
    assert_eq!(
        code(sftp.read(&handle, expected.len() as u64, 10).await),
        StatusCode::Eof
    );
    let size = sftp.fstat(&handle).await.unwrap().attrs.size;
    assert_eq!(size, Some(expected.len() as u64));
    sftp.close(handle.clone()).await.unwrap();
    assert_eq!(code(sftp.read(&handle, 0, 10).await), StatusCode::Failure);
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_links_and_attributes_are_told() {
    let folder = std::env::temp_dir().join(format!("local-sftp-{}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    for n in 0..250 {
        fs::write(folder.join(format!("file {n}")), [b'x'; 7]).unwrap();
    }
    std::os::unix::fs::symlink("file 1", folder.join("link")).unwrap();
    let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let sftp = Client::connect().await.sftp().await;

    let handle = sftp.opendir(at("")).await.unwrap().handle;
    let mut names = Vec::new();
    let end = loop {
        match sftp.readdir(&handle).await {
            Ok(reply) => names.extend(reply.files.into_iter().map(|file| file.filename)),
            Err(error) => break code::<()>(Err(error)),
        }
    };
    assert_eq!(end, StatusCode::Eof);
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 251);

    let (link, file) = (
        sftp.lstat(at("link")).await.unwrap(),
        sftp.stat(at("link")).await.unwrap(),
    );
    assert!(link.attrs.is_symlink() && file.attrs.is_regular());
    assert_eq!(file.attrs.size, Some(7));
    assert_eq!(
        sftp.readlink(at("link")).await.unwrap().files[0].filename,
        "file 1"
    );
    let real = sftp.realpath(at("./link")).await.unwrap().files[0]
        .filename
        .clone();
    assert!(real.ends_with("/file 1"), "{real}");
    let new = sftp.realpath(at("new")).await.unwrap().files[0]
        .filename
        .clone();
    assert!(new.ends_with("/new"), "{new}");
    let mode = sftp
        .stat("/dev/null")
        .await
        .unwrap()
        .attrs
        .permissions
        .unwrap();
    assert_eq!(mode & 0o170_000, 0o020_000, "a device is told as one");
    fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_or_no_file_is_told_by_its_code() {
    let sftp = Client::connect().await.sftp().await;
    assert_eq!(
        code(open(&sftp, "/nothing/here").await),
        StatusCode::NoSuchFile
    );
    assert_eq!(code(open(&sftp, "/").await), StatusCode::Failure);
    assert_eq!(code(sftp.opendir("/dev/null").await), StatusCode::Failure);
    assert_eq!(code(sftp.stat("/nothing").await), StatusCode::NoSuchFile);
    assert_eq!(code(sftp.readdir("77").await), StatusCode::Failure);
}

/// A pipe that nobody writes to would hold up an ordinary open for ever.
#[tokio::test(flavor = "multi_thread")]
async fn a_pipe_holds_nobody_up() {
    let client = Client::connect().await;
    let path = std::env::temp_dir().join(format!("local-pipe-{}", std::process::id()));
    let path = path.to_str().unwrap();
    assert_eq!(
        client.run(&format!("mkfifo '{path}'")).await.status,
        Some(0)
    );
    let sftp = client.sftp().await;
    let handle = open(&sftp, path).await.unwrap();
    assert_eq!(code(sftp.read(&handle, 0, 10).await), StatusCode::Failure);
    fs::remove_file(path).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written() {
    let sftp = Client::connect().await.sftp().await;
    let path = std::env::temp_dir().join(format!("local-none-{}", std::process::id()));
    let path = path.to_str().unwrap();
    let none = FileAttributes::empty;
    for flags in [
        OpenFlags::WRITE | OpenFlags::CREATE,
        OpenFlags::READ | OpenFlags::WRITE,
        OpenFlags::READ | OpenFlags::CREATE,
        OpenFlags::READ | OpenFlags::TRUNCATE,
        OpenFlags::APPEND,
        OpenFlags::empty(),
    ] {
        let refused = code(sftp.open(path, flags, none()).await);
        assert_eq!(refused, StatusCode::OpUnsupported);
    }
    assert_eq!(
        code(sftp.mkdir(path, none()).await),
        StatusCode::OpUnsupported
    );
    assert_eq!(
        code(sftp.symlink(path, "x").await),
        StatusCode::OpUnsupported
    );
    assert_eq!(code(sftp.remove(path).await), StatusCode::OpUnsupported);
    assert_eq!(
        code(sftp.rename(path, "x").await),
        StatusCode::OpUnsupported
    );
    assert_eq!(
        code(sftp.setstat(path, none()).await),
        StatusCode::OpUnsupported
    );
    assert!(!fs::exists(path).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn open_files_are_bounded() {
    let sftp = Client::connect().await.sftp().await;
    let mut opened = 0;
    let refused = loop {
        match open(&sftp, "/dev/null").await {
            Ok(_) => opened += 1,
            Err(error) => break code::<()>(Err(error)),
        }
    };
    assert_eq!((opened, refused), (1024, StatusCode::Failure));
}
