//! Many requests at once, large answers, and a client that breaks the protocol.

use std::{collections::VecDeque, fs, time::Duration};

use bytes::{Bytes, BytesMut};
use russh::ChannelMsg;
use sftp::{Answer, Extension, Request, code, open};
use tokio::time::timeout;

use super::{Folder, NEW, Sftp, opening, said};
use crate::client::{Client, end};

const CHUNK_BYTES: u32 = 255 * 1024;

fn pattern(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|n| (n % 253) as u8).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_goes_both_ways_with_many_requests_under_way() {
    let folder = Folder::new();
    let content = Bytes::from(pattern(64 * 1024 * 1024 + 1));
    let mut sftp = Sftp::connect().await;
    let handle = sftp.open(folder.at("file"), NEW).await;
    let (mut sent, mut answered) = (0, 0);
    for (n, data) in content.chunks(CHUNK_BYTES as usize).enumerate() {
        let request = Request::Write {
            handle: handle.clone(),
            offset: n as u64 * u64::from(CHUNK_BYTES),
            data: content.slice_ref(data),
        };
        sftp.send(&request).await;
        sent += 1;
        if sent - answered == 16 {
            assert_eq!(sftp.answer().await.1, Answer::status(code::OK));
            answered += 1;
        }
    }
    while answered < sent {
        assert_eq!(sftp.answer().await.1, Answer::status(code::OK));
        answered += 1;
    }
    sftp.close(handle).await;
    assert!(fs::read(folder.at("file")).unwrap() == content);

    let handle = sftp.open(folder.at("file"), open::READ).await;
    let mut waiting = VecDeque::new();
    let (mut asked, mut read) = (0_u64, BytesMut::new());
    while read.len() < content.len() {
        while waiting.len() < 16 && asked < content.len() as u64 {
            let request = Request::Read {
                handle: handle.clone(),
                offset: asked,
                len: CHUNK_BYTES,
            };
            waiting.push_back(sftp.send(&request).await);
            asked += u64::from(CHUNK_BYTES);
        }
        let (id, answer) = sftp.answer().await;
        assert_eq!(Some(id), waiting.pop_front());
        match answer {
            Answer::Data(data) => read.extend_from_slice(&data),
            other => panic!("{other:?}"),
        }
    }
    assert!(read == content);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_worked_off_in_their_order() {
    let folder = Folder::new();
    let path = said(folder.at("file"));
    let mut sftp = Sftp::connect().await;
    let handle = sftp.open(folder.at("file"), NEW | open::READ).await;
    for n in 0..500_u32 {
        let data = Bytes::copy_from_slice(&n.to_be_bytes());
        let (handle, offset) = (handle.clone(), 0);
        let write = Request::Write {
            handle: handle.clone(),
            offset,
            data,
        };
        sftp.send(&write).await;
        if n % 50 == 0 {
            let handle = handle.clone();
            let sync = Request::Extended(Extension::Fsync { handle });
            sftp.send(&sync).await;
        }
        let read = Request::Read {
            handle,
            offset,
            len: CHUNK_BYTES,
        };
        sftp.send(&read).await;
        sftp.send(&Request::Stat { path: path.clone() }).await;
    }
    let (mut last, mut values) = (1, 0_u32);
    while values < 500 || last < sftp.last_id {
        let (id, answer) = sftp.answer().await;
        assert_eq!(id, last + 1);
        last = id;
        match answer {
            Answer::Data(data) => {
                assert_eq!(data, &values.to_be_bytes()[..]);
                values += 1;
            }
            Answer::Attributes(told) => assert_eq!(told.size_bytes, Some(4)),
            other => assert_eq!(other, Answer::status(code::OK)),
        }
    }
}

/// It asks for what it never takes.
#[tokio::test(flavor = "multi_thread")]
async fn endless_requests_are_bounded_and_stall_no_other_channel() {
    let client = Client::connect_with_small_window().await;
    let mut sftp = Sftp::on(&client).await;
    let handle = sftp.open("/dev/zero", open::READ).await;
    let read = Request::Read {
        handle,
        offset: 0,
        len: CHUNK_BYTES,
    };
    let flood: Bytes = (0..10_000)
        .flat_map(|id| read.encode(id))
        .collect::<Vec<u8>>()
        .into();
    sftp.channel.data_bytes(flood.clone()).await.unwrap();
    let said = timeout(Duration::from_secs(20), client.run("echo here")).await;
    assert_eq!(said.unwrap().stdout, b"here\n");
    let (incoming, outgoing) = sftp.channel.split();
    let sending = async { while outgoing.data_bytes(flood.clone()).await.is_ok() {} };
    let ended = tokio::select! {
        ended = timeout(Duration::from_secs(60), end(incoming)) => ended.unwrap(),
        () = sending => panic!("the connection broke"),
    };
    assert_eq!(ended.status, Some(1));
    assert_eq!(client.run("echo still").await.stdout, b"still\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_of_input_ends_it_when_all_is_answered() {
    let mut sftp = Sftp::connect().await;
    for _ in 0..300 {
        let path = said("/");
        sftp.send(&Request::Stat { path }).await;
    }
    sftp.channel.eof().await.unwrap();
    for _ in 0..300 {
        assert!(matches!(sftp.answer().await.1, Answer::Attributes(_)));
    }
    assert_eq!(end(sftp.channel.split().0).await.status, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_packet_that_makes_no_sense_is_told_by_its_number() {
    let mut sftp = Sftp::connect().await;
    // A kind that there is not, and an opening without a path.
    for (packet, code) in [
        (&[0, 0, 0, 5, 99, 0, 0, 0, 42], code::OP_UNSUPPORTED),
        (&[0, 0, 0, 5, 3, 0, 0, 0, 42], code::BAD_MESSAGE),
    ] {
        sftp.channel.data(&packet[..]).await.unwrap();
        assert_eq!(sftp.answer().await, (42, Answer::status(code)));
    }
    assert_eq!(sftp.code(opening("/dev/null", open::READ)).await, code::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_sftp_ends_it() {
    let client = Client::connect().await;
    for begins in [false, true] {
        let mut channel = client.handle.channel_open_session().await.unwrap();
        channel.request_subsystem(true, "sftp").await.unwrap();
        let reply = channel.wait().await;
        assert!(matches!(reply, Some(ChannelMsg::Success)), "{reply:?}");
        if begins {
            channel.data_bytes(sftp::init()).await.unwrap();
        }
        channel.data(&b"GET / HTTP/1.1\r\n\r\n"[..]).await.unwrap();
        let ended = timeout(Duration::from_secs(20), end(channel.split().0));
        assert_eq!(ended.await.unwrap().status, Some(1));
    }
}
