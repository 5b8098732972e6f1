//! Files on real SFTP servers: OpenSSH's of several distributions, also behind dropbear.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod support;

use bytes::Bytes;
use catalog::arguments::{FileName, RemotePath};
use ssh::{FileError, Files, Metadata};
use support::lab::by_key;
use testkit::lab::Lab;

fn path(text: &str) -> RemotePath {
    RemotePath::try_from(text.to_owned()).unwrap()
}

async fn write(files: &Files, path: &RemotePath, content: &[u8]) {
    let mut writer = files.create(path, Some(0o640)).await.unwrap();
    writer.push(Bytes::copy_from_slice(content)).await.unwrap();
    writer.finish(true).await.unwrap();
}

async fn read(files: &Files, path: &RemotePath) -> Vec<u8> {
    let (mut reader, _) = files.read(path).await.unwrap();
    let mut content = Vec::new();
    while let Some(bytes) = reader.next().await.unwrap() {
        content.extend_from_slice(&bytes);
    }
    content
}

async fn names(files: &Files, at: &RemotePath) -> Vec<FileName> {
    let mut folder = files.folder(at).await.unwrap();
    let mut names = Vec::new();
    while let Some(entries) = folder.next().await.unwrap() {
        names.extend(entries.into_iter().map(|entry| entry.name));
    }
    names.sort();
    names
}

#[tokio::test]
async fn files_are_made_read_changed_and_removed_on_every_server() {
    let Some(lab) = Lab::find() else { return };
    for host in &lab.hosts {
        let user = host.users.iter().find(|user| user.key);
        let Some(user) = user.filter(|_| !host.name.ends_with("-slow")) else {
            continue;
        };
        let connection = by_key(lab, host, &user.name).await;
        let who = format!("{}@{}", user.name, host.name);
        if !host.sftp {
            let error = connection.files().await.err();
            assert_eq!(error, Some(ssh::ExecError::NoSftp), "{who}");
            continue;
        }
        let files = connection.files().await.unwrap();
        let home = files.home().await.unwrap();
        assert!(files.stat(&home).await.unwrap().is_folder(), "{who}");
        let base = path(&format!("/tmp/files-{}-{}", std::process::id(), host.name));
        files.make_folder(&base, Some(0o700)).await.unwrap();
        let at = |name: &[u8]| base.join(&FileName::from_bytes(name).unwrap()).unwrap();

        let content: Vec<u8> = (0..3_000_000_u32).map(|n| (n % 251) as u8).collect();
        let odd = at(b"-rf \xff\n'$(x)");
        write(&files, &odd, &content).await;
        assert!(read(&files, &odd).await == content, "{who}");
        let made = files.lstat(&odd).await.unwrap();
        assert_eq!(made.size_bytes, Some(3_000_000), "{who}");
        assert_eq!(made.permissions(), Some(0o640), "{who}");

        let (other, link) = (at(b"other"), at(b"link"));
        write(&files, &other, b"x").await;
        let taken = files.create(&other, None).await.err();
        assert!(
            matches!(taken, Some(FileError::Failed { .. })),
            "{who}: {taken:?}"
        );
        let taken = files.rename(&odd, &other).await;
        assert!(taken.is_err(), "{who}: a plain rename replaced");
        files.replace(&odd, &other).await.unwrap();
        assert!(!files.exists(&odd).await.unwrap(), "{who}");

        files.make_link(&link, b"oth\xffer/../x").await.unwrap();
        assert_eq!(
            &files.read_link(&link).await.unwrap()[..],
            b"oth\xffer/../x",
            "{who}"
        );
        assert_eq!(files.stat(&link).await, Err(FileError::NoSuchFile), "{who}");
        assert!(files.lstat(&link).await.unwrap().is_link(), "{who}");

        let changed = Metadata {
            mode: Some(0o600),
            times: Some((1_000_000, 2_000_000)),
            ..Metadata::default()
        };
        files.set(&other, changed).await.unwrap();
        let after = files.stat(&other).await.unwrap();
        assert_eq!(after.permissions(), Some(0o600), "{who}");
        assert_eq!(after.times, Some((1_000_000, 2_000_000)), "{who}");
        let disk = files.disk(&base).await.unwrap().unwrap();
        assert!(
            disk.fragment_bytes > 0 && disk.blocks > 0,
            "{who}: {disk:?}"
        );

        let many = at(b"many");
        files.make_folder(&many, None).await.unwrap();
        for number in 0..250 {
            let name = FileName::from_bytes(format!("{number:03}").as_bytes()).unwrap();
            files.make_file(&many.join(&name).unwrap()).await.unwrap();
        }
        let found = names(&files, &many).await;
        assert_eq!(found.len(), 250, "{who}");
        let full = files.remove_folder(&many).await;
        assert!(
            matches!(full, Err(FileError::Failed { .. })),
            "{who}: {full:?}"
        );
        for name in &found {
            files.remove(&many.join(name).unwrap()).await.unwrap();
        }
        files.remove_folder(&many).await.unwrap();
        for file in [&other, &link] {
            files.remove(file).await.unwrap();
        }
        files.remove_folder(&base).await.unwrap();
        let gone = files.folder(&base).await.err();
        assert_eq!(gone, Some(FileError::NoSuchFile), "{who}");
        let proc = read_proc(&files).await;
        assert!(proc.starts_with(b"MemTotal"), "{who}");
    }
}

/// A file that has no size.
async fn read_proc(files: &Files) -> Vec<u8> {
    let read = files.read_whole(&path("/proc/meminfo"), 1 << 20).await;
    match read.unwrap() {
        Some((content, _)) => content,
        None => panic!("it is not so large"),
    }
}
