//! What files are, and what they become.

use std::{
    fs,
    os::unix::fs::{MetadataExt, symlink},
};

use sftp::{Attributes, Extension, Request, code, open};

use super::{Folder, Sftp, said};

const NONE: Attributes = Attributes {
    size_bytes: None,
    owner: None,
    mode: None,
    times: None,
};

#[tokio::test(flavor = "multi_thread")]
async fn size_mode_times_and_owner_are_set_together() {
    let folder = Folder::new();
    let path = folder.at("file");
    fs::write(&path, "0123456789").unwrap();
    let owner = fs::metadata(&path).unwrap();
    let (user, group) = (owner.uid(), owner.gid());
    let mut sftp = Sftp::connect().await;
    let wanted = |size, mode, times| Attributes {
        size_bytes: Some(size),
        owner: Some((user, group)),
        mode: Some(mode),
        times: Some(times),
    };
    let attributes = wanted(4, 0o104_751, (1_000_000_000, 1_234_567_890));
    sftp.done(Request::SetStat {
        path: said(&path),
        attributes,
    })
    .await;
    let told = sftp.attributes(Request::Stat { path: said(&path) }).await;
    assert_eq!(told, attributes);
    let found = fs::metadata(&path).unwrap();
    assert_eq!((found.len(), found.mode()), (4, 0o104_751));
    assert_eq!(
        (found.atime(), found.mtime()),
        (1_000_000_000, 1_234_567_890)
    );

    let handle = sftp.open(&path, open::WRITE).await;
    let attributes = wanted(20, 0o100_600, (7, u32::MAX));
    sftp.done(Request::FSetStat { handle, attributes }).await;
    let told = sftp.attributes(Request::Stat { path: said(&path) }).await;
    assert_eq!(told, attributes);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_said_stays() {
    let folder = Folder::new();
    let path = folder.at("file");
    fs::write(&path, "0123456789").unwrap();
    let before = fs::metadata(&path).unwrap();
    let mut sftp = Sftp::connect().await;
    let mode = Some(0o640);
    let attributes = Attributes { mode, ..NONE };
    for attributes in [NONE, attributes] {
        let path = said(&path);
        sftp.done(Request::SetStat { path, attributes }).await;
    }
    let after = fs::metadata(&path).unwrap();
    assert_eq!(after.mode() & 0o7777, 0o640);
    assert_eq!(after.len(), 10);
    assert_eq!(after.modified().unwrap(), before.modified().unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_be_done_is_done_whatever_fails() {
    let folder = Folder::new();
    let mut sftp = Sftp::connect().await;
    let attributes = Attributes {
        size_bytes: Some(0),
        mode: Some(0o700),
        ..NONE
    };
    let path = said(&folder.0);
    let code = sftp.code(Request::SetStat { path, attributes }).await;
    assert_eq!(code, code::FAILURE, "a folder has no size to set");
    assert_eq!(fs::metadata(&folder.0).unwrap().mode() & 0o7777, 0o700);
    let path = said(folder.at("none"));
    let code = sftp.code(Request::SetStat { path, attributes }).await;
    assert_eq!(code, code::NO_SUCH_FILE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_followed_or_meant_itself() {
    let folder = Folder::new();
    let (file, link) = (folder.at("file"), folder.at("link"));
    fs::write(&file, "x").unwrap();
    symlink("file", &link).unwrap();
    let mut sftp = Sftp::connect().await;
    let times = |seconds| Attributes {
        times: Some((seconds, seconds)),
        ..NONE
    };
    let of_link = |attributes| {
        Request::Extended(Extension::LSetStat {
            path: said(&link),
            attributes,
        })
    };
    sftp.done(of_link(times(1000))).await;
    sftp.done(Request::SetStat {
        path: said(&link),
        attributes: times(2000),
    })
    .await;
    assert_eq!(fs::symlink_metadata(&link).unwrap().mtime(), 1000);
    assert_eq!(fs::metadata(&file).unwrap().mtime(), 2000);
    let size_bytes = Some(0);
    let size = Attributes { size_bytes, ..NONE };
    assert_eq!(sftp.code(of_link(size)).await, code::BAD_MESSAGE);
    assert_eq!(fs::read(&file).unwrap(), b"x");

    let mode = Some(0o600);
    let attributes = Attributes { mode, ..NONE };
    let path = said(&file);
    let of_file = Extension::LSetStat { path, attributes };
    sftp.done(Request::Extended(of_file)).await;
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o7777, 0o600);
    let mode = Some(0o777);
    if cfg!(target_os = "linux") {
        let refused = sftp.code(of_link(Attributes { mode, ..NONE })).await;
        assert_eq!(refused, code::OP_UNSUPPORTED);
    }
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o7777, 0o600);
}
