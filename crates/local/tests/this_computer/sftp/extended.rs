//! The requests beyond the draft.

use std::fs;

use bytes::Bytes;
use sftp::{Answer, Extension, Extensions, Ids, Limits, Names, Request, StatVfs, code, open};

use super::{Folder, NEW, Sftp, said};

impl Sftp {
    async fn extended(&mut self, extension: Extension) -> Bytes {
        match self.ask(Request::Extended(extension)).await {
            Answer::Extended(data) => data,
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_them_are_offered_and_others_refused() {
    let mut sftp = Sftp::connect().await;
    let offered = Extensions {
        posix_rename: true,
        fsync: true,
        stat_vfs: true,
        hard_link: true,
        l_set_stat: true,
        limits: true,
        copy_data: true,
        users_groups_by_id: true,
    };
    assert_eq!(sftp.offered, offered);
    let other = Extension::Other {
        name: "home-directory".into(),
        data: Bytes::new(),
    };
    let code = sftp.code(Request::Extended(other)).await;
    assert_eq!(code, code::OP_UNSUPPORTED);
    let limits = Limits::take(sftp.extended(Extension::Limits).await).unwrap();
    assert_eq!(limits.packet_bytes, 256 * 1024);
    assert_eq!(limits.read_bytes, 255 * 1024);
    assert_eq!(limits.write_bytes, 255 * 1024);
    assert_eq!(limits.open_handles, 1024);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filesystem_has_plausible_figures() {
    let mut sftp = Sftp::connect().await;
    let path = said(std::env::temp_dir());
    let found = StatVfs::take(sftp.extended(Extension::StatVfs { path }).await).unwrap();
    assert!((512..=1 << 22).contains(&found.fragment_bytes), "{found:?}");
    assert!(found.blocks > 0 && found.free_blocks <= found.blocks);
    assert!(found.available_blocks <= found.free_blocks);
    assert!(found.free_files <= found.files);
    assert!((100..=4096).contains(&found.name_bytes));
    assert!(!found.read_only);
    let path = said("/nothing/here");
    let missing = Request::Extended(Extension::StatVfs { path });
    assert_eq!(sftp.code(missing).await, code::NO_SUCH_FILE);
}

#[tokio::test(flavor = "multi_thread")]
async fn users_and_groups_have_names() {
    let mut sftp = Sftp::connect().await;
    let asked = Ids {
        users: vec![0, 4_000_000_001, 0],
        groups: vec![4_000_000_001, 0],
    };
    let told = sftp.extended(Extension::UsersGroupsById(asked)).await;
    let names = Names::take(told).unwrap();
    assert_eq!(names.users, ["root", "", "root"]);
    assert_eq!(names.groups[0], "");
    assert!(["root", "wheel"].iter().any(|name| names.groups[1] == name));
    let many = Ids {
        users: vec![0; 50_000],
        groups: Vec::new(),
    };
    let many = Request::Extended(Extension::UsersGroupsById(many));
    assert_eq!(sftp.code(many).await, code::FAILURE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_made_inside() {
    let folder = Folder::new();
    let content: Vec<u8> = (0..20_000_000_u32).map(|n| (n % 251) as u8).collect();
    fs::write(folder.at("from"), &content).unwrap();
    let mut sftp = Sftp::connect().await;
    let from = sftp.open(folder.at("from"), open::READ).await;
    let to = sftp.open(folder.at("to"), NEW).await;
    let copying = |from: &Bytes, from_offset, len, to: &Bytes, to_offset| {
        Request::Extended(Extension::CopyData {
            from: from.clone(),
            from_offset,
            len,
            to: to.clone(),
            to_offset,
        })
    };
    sftp.done(copying(&from, 0, 0, &to, 0)).await;
    assert!(fs::read(folder.at("to")).unwrap() == content);
    sftp.done(copying(&from, 5, 10, &to, 100)).await;
    assert_eq!(sftp.write(&to, 0, b"!").await, code::OK);
    let copied = fs::read(folder.at("to")).unwrap();
    assert_eq!(copied[..3], [b'!', 1, 2]);
    assert_eq!(copied[100..110], content[5..15]);
    assert_eq!(copied.len(), content.len());

    let append = open::WRITE | open::CREATE | open::APPEND;
    let end = sftp.open(folder.at("end"), append).await;
    for _ in 0..2 {
        sftp.done(copying(&from, 0, 3, &end, 0)).await;
    }
    assert_eq!(fs::read(folder.at("end")).unwrap(), [0, 1, 2, 0, 1, 2]);
    sftp.done(Request::Extended(Extension::Fsync { handle: end }))
        .await;
    assert_eq!(
        sftp.code(copying(&from, 0, 0, &from, 0)).await,
        code::FAILURE
    );
    assert_eq!(
        sftp.code(copying(&to, 0, 0, &from, 0)).await,
        code::NO_SUCH_FILE,
        "a file is written that is open to be read"
    );
}
