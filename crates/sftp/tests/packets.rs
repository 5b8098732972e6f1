//! Packets against the bytes of the draft, and against anything at all.
#![expect(clippy::unwrap_used, reason = "a test")]

use bytes::Bytes;
use proptest::prelude::*;
use sftp::{
    Answer, Attributes, Entry, Extension, Extensions, Ids, Limits, Malformed, Names, Packets,
    Request, StatVfs, code, init, open, version,
};

fn only(bytes: &[u8]) -> Bytes {
    let mut packets = Packets::default();
    packets.push(bytes);
    packets.next().unwrap().unwrap()
}

#[test]
fn requests_are_as_the_draft_has_them() {
    let request = Request::Open {
        path: Bytes::from_static(b"/a\xff"),
        flags: open::READ,
        attributes: Attributes::default(),
    };
    assert_eq!(
        &request.encode(7)[..],
        b"\0\0\0\x14\x03\0\0\0\x07\0\0\0\x03/a\xff\0\0\0\x01\0\0\0\0"
    );
    let read = Request::Read {
        handle: Bytes::from_static(b"\0\0\0\x80"),
        offset: 1 << 32,
        len: 255,
    };
    assert_eq!(
        &read.encode(8)[..],
        b"\0\0\0\x19\x05\0\0\0\x08\0\0\0\x04\0\0\0\x80\0\0\0\x01\0\0\0\0\0\0\0\xff"
    );
    assert_eq!(&init()[..], b"\0\0\0\x05\x01\0\0\0\x03");
}

#[test]
fn what_is_no_answer_is_refused() {
    let longer = b"\0\0\0\x0a\x66\0\0\0\x01\0\0\0\x09x";
    assert_eq!(Answer::decode(only(longer)), Err(Malformed::Short));
    let odd = b"\0\0\0\x05\x63\0\0\0\x01";
    assert_eq!(Answer::decode(only(odd)), Err(Malformed::Kind(99)));
    let sixth = b"\0\0\0\x05\x02\0\0\0\x06";
    assert_eq!(Extensions::decode(only(sixth)), Err(Malformed::Version(6)));
    // A name for every byte of memory.
    let endless = b"\0\0\0\x09\x68\0\0\0\x01\xff\xff\xff\xff";
    assert_eq!(Answer::decode(only(endless)), Err(Malformed::Short));
}

#[test]
fn both_sides_agree_on_what_is_offered() {
    let offered = Extensions {
        posix_rename: true,
        fsync: true,
        limits: true,
        ..Extensions::default()
    };
    let greeting = version(only(&init()), &offered).unwrap();
    assert_eq!(Extensions::decode(only(&greeting)), Ok(offered));
}

#[test]
fn figures_of_extensions_come_back() {
    let limits = Limits {
        packet_bytes: 1,
        read_bytes: 2,
        write_bytes: 3,
        open_handles: 4,
    };
    assert_eq!(Limits::take(limits.bytes()), Ok(limits));
    let disk = StatVfs {
        fragment_bytes: 4096,
        blocks: 9,
        free_blocks: 8,
        available_blocks: 7,
        files: 6,
        free_files: 5,
        filesystem_id: 4,
        read_only: true,
        name_bytes: 255,
    };
    assert_eq!(StatVfs::take(disk.bytes()), Ok(disk));
    let names = Names::take(Bytes::from_static(
        b"\0\0\0\x08\0\0\0\x04root\0\0\0\x04\0\0\0\0",
    ));
    let root = Bytes::from_static(b"root");
    let expected = Names {
        users: vec![root],
        groups: vec![Bytes::new()],
    };
    assert_eq!(names, Ok(expected));
}

fn bytes() -> impl Strategy<Value = Bytes> {
    prop::collection::vec(any::<u8>(), 0..40).prop_map(Bytes::from)
}

fn attributes() -> impl Strategy<Value = Attributes> {
    any::<(
        Option<u64>,
        Option<(u32, u32)>,
        Option<u32>,
        Option<(u32, u32)>,
    )>()
    .prop_map(|(size_bytes, owner, mode, times)| Attributes {
        size_bytes,
        owner,
        mode,
        times,
    })
}

fn request() -> impl Strategy<Value = Request> {
    let extension = prop_oneof![
        (bytes(), bytes()).prop_map(|(from, to)| Extension::PosixRename { from, to }),
        (bytes(), attributes())
            .prop_map(|(path, attributes)| Extension::LSetStat { path, attributes }),
        any::<(Vec<u32>, Vec<u32>)>()
            .prop_map(|(users, groups)| Extension::UsersGroupsById(Ids { users, groups })),
        (bytes(), any::<(u64, u64, u64)>(), bytes()).prop_map(|(from, at, to)| {
            Extension::CopyData {
                from,
                from_offset: at.0,
                len: at.1,
                to,
                to_offset: at.2,
            }
        }),
    ];
    prop_oneof![
        (bytes(), any::<u32>(), attributes()).prop_map(|(path, flags, attributes)| Request::Open {
            path,
            flags,
            attributes
        }),
        (bytes(), any::<u64>(), bytes()).prop_map(|(handle, offset, data)| Request::Write {
            handle,
            offset,
            data
        }),
        (bytes(), bytes()).prop_map(|(target, path)| Request::SymLink { target, path }),
        (bytes(), attributes()).prop_map(|(path, attributes)| Request::MkDir { path, attributes }),
        extension.prop_map(Request::Extended),
    ]
}

fn answer() -> impl Strategy<Value = Answer> {
    let entry = (bytes(), bytes(), attributes()).prop_map(|(name, long_name, attributes)| Entry {
        name,
        long_name,
        attributes,
    });
    prop_oneof![
        (any::<u32>(), bytes()).prop_map(|(code, message)| Answer::Status { code, message }),
        bytes().prop_map(Answer::Handle),
        bytes().prop_map(Answer::Data),
        bytes().prop_map(Answer::Extended),
        attributes().prop_map(Answer::Attributes),
        prop::collection::vec(entry, 0..5).prop_map(Answer::Name),
    ]
}

proptest! {
    #[test]
    fn requests_come_out_as_they_went_in(id in any::<u32>(), request in request()) {
        prop_assert_eq!(Request::decode(only(&request.encode(id))), Ok((id, request)));
    }

    #[test]
    fn answers_come_out_as_they_went_in(id in any::<u32>(), answer in answer()) {
        prop_assert_eq!(Answer::decode(only(&answer.encode(id))), Ok((id, answer)));
    }

    #[test]
    fn nothing_that_is_sent_ends_the_program(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let packet = Bytes::from(bytes);
        let _ = Answer::decode(packet.clone());
        let _ = Request::decode(packet.clone());
        let _ = Extensions::decode(packet.clone());
        let _ = Limits::take(packet.clone());
        let _ = StatVfs::take(packet.clone());
        let _ = Names::take(packet);
    }
}

#[test]
fn a_status_has_a_code() {
    let end = Answer::status(code::EOF);
    assert_eq!(Answer::decode(only(&end.encode(9))), Ok((9, end)));
}

#[test]
fn the_line_for_people_tells_how_many_names_a_file_has() {
    let entry = |line: &'static str| Entry {
        name: Bytes::new(),
        long_name: Bytes::from_static(line.as_bytes()),
        attributes: Attributes::default(),
    };
    let line = "-rw-r--r--    3 root     root         1234 Nov 25 08:00 a file";
    assert_eq!(entry(line).hard_links(), Some(3));
    for other in ["", "a 3 b", "plain-name", "-rw-r--r--    ? root     root"] {
        assert_eq!(entry(other).hard_links(), None, "{other:?}");
    }
}
