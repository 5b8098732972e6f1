//! The files and the scripted answers, asked packet by packet.

use bytes::Bytes;
use russh::{Channel, ChannelMsg, client::Msg};
use sftp::{Answer, Attributes, Entry, Extension, Extensions, Packets, Request, code};

use crate::server::{Behaviour, shell::tests::connect};

struct Sftp {
    channel: Channel<Msg>,
    packets: Packets,
}

impl Sftp {
    /// The session, and what is offered on it.
    async fn begin(mut channel: Channel<Msg>) -> (Self, Extensions) {
        channel.request_subsystem(true, "sftp").await.unwrap();
        assert!(matches!(channel.wait().await, Some(ChannelMsg::Success)));
        channel.data_bytes(sftp::init()).await.unwrap();
        let packets = Packets::default();
        let mut sftp = Self { channel, packets };
        let version = sftp.packet().await;
        (sftp, Extensions::decode(version).unwrap())
    }

    async fn packet(&mut self) -> Bytes {
        loop {
            if let Some(packet) = self.packets.next().unwrap() {
                return packet;
            }
            match self.channel.wait().await.unwrap() {
                ChannelMsg::Data { data } => self.packets.push(&data),
                other => panic!("{other:?}"),
            }
        }
    }

    async fn send(&self, id: u32, request: Request) {
        self.channel.data_bytes(request.encode(id)).await.unwrap();
    }

    async fn answer(&mut self) -> (u32, Answer) {
        Answer::decode(self.packet().await).unwrap()
    }
}

fn opening(path: &'static str) -> Request {
    Request::Open {
        path: path.into(),
        flags: sftp::open::READ,
        attributes: Attributes::default(),
    }
}

#[tokio::test]
async fn fixed_files_are_read() {
    let (client, _server) = connect(Behaviour::default().serving(&[("/a", b"content")])).await;
    let channel = client.channel_open_session().await.unwrap();
    let (mut sftp, offered) = Sftp::begin(channel).await;
    assert_eq!(offered, Extensions::default());
    let handle = Bytes::from_static(b"/a");
    let read = |offset| Request::Read {
        handle: handle.clone(),
        offset,
        len: 4,
    };
    for (n, (request, answer)) in (7..).zip([
        (opening("/b"), Answer::status(code::NO_SUCH_FILE)),
        (opening("/a"), Answer::Handle(handle.clone())),
        (read(0), Answer::Data("cont".into())),
        (read(4), Answer::Data("ent".into())),
        (read(7), Answer::status(code::EOF)),
        (
            Request::RmDir { path: "/".into() },
            Answer::status(code::OP_UNSUPPORTED),
        ),
    ]) {
        sftp.send(n, request).await;
        assert_eq!(sftp.answer().await, (n, answer));
    }
}

#[tokio::test]
async fn a_script_answers_before_the_files() {
    let entry = Entry {
        name: "../..".into(),
        long_name: Bytes::new(),
        attributes: Attributes::default(),
    };
    let names = Answer::Name(vec![entry]);
    let scripted = names.clone();
    let behaviour = Behaviour {
        sftp_extensions: Extensions {
            limits: true,
            ..Extensions::default()
        },
        ..Behaviour::default()
    };
    let behaviour = behaviour.answering_sftp(move |request| match request {
        Request::ReadDir { .. } => Some(vec![scripted.clone(); 2]),
        Request::Extended(Extension::Limits) => Some(Vec::new()),
        _ => None,
    });
    let (client, _server) = connect(behaviour).await;
    let channel = client.channel_open_session().await.unwrap();
    let (mut sftp, offered) = Sftp::begin(channel).await;
    assert!(offered.limits && !offered.fsync);
    sftp.send(1, Request::Extended(Extension::Limits)).await;
    let handle = Bytes::from_static(b"x");
    sftp.send(2, Request::ReadDir { handle }).await;
    for _ in 0..2 {
        assert_eq!(sftp.answer().await, (2, names.clone()));
    }
    sftp.send(3, opening("/a")).await;
    let missing = Answer::status(code::NO_SUCH_FILE);
    assert_eq!(sftp.answer().await, (3, missing));
}
