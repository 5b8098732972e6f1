//! Files over SFTP, asked packet by packet; what is checked is what the system says of them.

mod attributes;
mod extended;
mod flow;
mod reading;
mod writing;

use std::{
    ffi::OsStr,
    fs,
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use bytes::Bytes;
use russh::{Channel, ChannelMsg, client::Msg};
use sftp::{Answer, Attributes, Entry, Extensions, Packets, Request, code, open};

use crate::client::Client;

/// The client's side of one SFTP channel.
pub(crate) struct Sftp {
    channel: Channel<Msg>,
    packets: Packets,
    last_id: u32,
    offered: Extensions,
}

impl Sftp {
    /// One over a connection of its own.
    async fn connect() -> Self {
        Self::on(&Client::connect().await).await
    }

    async fn on(client: &Client) -> Self {
        let channel = client.handle.channel_open_session().await.unwrap();
        channel.request_subsystem(true, "sftp").await.unwrap();
        channel.data_bytes(sftp::init()).await.unwrap();
        let mut sftp = Self {
            channel,
            packets: Packets::default(),
            last_id: 0,
            offered: Extensions::default(),
        };
        let version = sftp.packet().await.unwrap();
        sftp.offered = Extensions::decode(version).unwrap();
        sftp
    }

    /// The next packet; `None`: the channel is closed.
    async fn packet(&mut self) -> Option<Bytes> {
        loop {
            if let Some(packet) = self.packets.next().unwrap() {
                return Some(packet);
            }
            match self.channel.wait().await? {
                ChannelMsg::Data { data } => self.packets.push(&data),
                ChannelMsg::Eof | ChannelMsg::Close => return None,
                _ => {}
            }
        }
    }

    /// Sends a request; the number it has.
    async fn send(&mut self, request: &Request) -> u32 {
        self.last_id += 1;
        let packet = request.encode(self.last_id);
        self.channel.data_bytes(packet).await.unwrap();
        self.last_id
    }

    async fn answer(&mut self) -> (u32, Answer) {
        Answer::decode(self.packet().await.unwrap()).unwrap()
    }

    async fn ask(&mut self, request: Request) -> Answer {
        let id = self.send(&request).await;
        let (answered, answer) = self.answer().await;
        assert_eq!(answered, id);
        answer
    }

    /// The code of the answer, which for one that is no status is "ok".
    async fn code(&mut self, request: Request) -> u32 {
        match self.ask(request).await {
            Answer::Status { code, .. } => code,
            _ => code::OK,
        }
    }

    async fn done(&mut self, request: Request) {
        let said = format!("{request:?}");
        assert_eq!(
            self.ask(request).await,
            Answer::status(code::OK),
            "to {said}"
        );
    }

    async fn open(&mut self, path: impl AsRef<Path>, flags: u32) -> Bytes {
        match self.ask(opening(path, flags)).await {
            Answer::Handle(handle) => handle,
            other => panic!("{other:?}"),
        }
    }

    async fn close(&mut self, handle: Bytes) {
        self.done(Request::Close { handle }).await;
    }

    async fn read(&mut self, handle: &Bytes, offset: u64, len: u32) -> Answer {
        let handle = handle.clone();
        let request = Request::Read {
            handle,
            offset,
            len,
        };
        self.ask(request).await
    }

    async fn write(&mut self, handle: &Bytes, offset: u64, data: &'static [u8]) -> u32 {
        let (handle, data) = (handle.clone(), Bytes::from_static(data));
        let request = Request::Write {
            handle,
            offset,
            data,
        };
        self.code(request).await
    }

    async fn attributes(&mut self, request: Request) -> Attributes {
        match self.ask(request).await {
            Answer::Attributes(attributes) => attributes,
            other => panic!("{other:?}"),
        }
    }

    async fn one_path(&mut self, request: Request) -> Bytes {
        match self.ask(request).await {
            Answer::Name(entries) => match &entries[..] {
                [entry] => entry.name.clone(),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    }

    /// A folder's entries, in the pages they come in.
    async fn list(&mut self, path: impl AsRef<Path>) -> Vec<Vec<Entry>> {
        let path = said(path);
        let Answer::Handle(handle) = self.ask(Request::OpenDir { path }).await else {
            panic!("no folder");
        };
        let mut pages = Vec::new();
        loop {
            let handle = handle.clone();
            match self.ask(Request::ReadDir { handle }).await {
                Answer::Name(entries) => pages.push(entries),
                Answer::Status { code, .. } => {
                    assert_eq!(code, code::EOF);
                    break;
                }
                other => panic!("{other:?}"),
            }
        }
        self.close(handle).await;
        pages
    }
}

fn opening(path: impl AsRef<Path>, flags: u32) -> Request {
    Request::Open {
        path: said(path),
        flags,
        attributes: Attributes::default(),
    }
}

const NEW: u32 = open::WRITE | open::CREATE | open::TRUNCATE;

/// A path as it is sent.
fn said(path: impl AsRef<Path>) -> Bytes {
    Bytes::copy_from_slice(path.as_ref().as_os_str().as_bytes())
}

/// A folder of a test, gone when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static LAST: AtomicUsize = AtomicUsize::new(0);
        let number = LAST.fetch_add(1, Ordering::Relaxed);
        let name = format!("local-sftp-{}-{number}", std::process::id());
        let path = std::env::temp_dir().canonicalize().unwrap().join(name);
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn at(&self, name: impl AsRef<[u8]>) -> PathBuf {
        self.0.join(OsStr::from_bytes(name.as_ref()))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}
