//! SSH's packets as bytes, for a server that may say anything: nothing here checks what is sent.
//!
//! Invariant: what is pushed goes out in order, in the clear until [`Wire::agree`] was called and
//! sealed with AES-128-GCM (RFC 5647) from then on.

use std::io;

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use bytes::BufMut as _;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};

use super::kex::Key;

/// Bytes that are held before they go out.
const HELD_BYTES: usize = 64 * 1024;
/// The longest packet that is taken from a client.
const PACKET_BYTES: usize = 512 * 1024;

/// A connection, from the first byte on, and what was agreed on it.
pub(super) struct Wire {
    /// `None`: what the client sends is not looked at.
    read: Option<OwnedReadHalf>,
    write: OwnedWriteHalf,
    held: Vec<u8>,
    sealing: Option<Direction>,
    opening: Option<Direction>,
    pub(super) agreed: super::kex::Agreed,
}

/// One direction's key and the number of the next packet.
struct Direction {
    key: LessSafeKey,
    iv: [u8; 12],
}

impl Direction {
    fn new(key: &[u8; 16], iv: [u8; 12]) -> Self {
        let key = UnboundKey::new(&AES_128_GCM, key).expect("16 bytes");
        Self {
            key: LessSafeKey::new(key),
            iv,
        }
    }

    /// The nonce of this packet; the last eight bytes count packets.
    fn nonce(&mut self) -> Nonce {
        let nonce = Nonce::assume_unique_for_key(self.iv);
        let (_, counter) = self.iv.split_at_mut(4);
        let next = u64::from_be_bytes(counter.try_into().expect("eight bytes")).wrapping_add(1);
        counter.copy_from_slice(&next.to_be_bytes());
        nonce
    }
}

impl Wire {
    pub(super) fn new(stream: TcpStream) -> Self {
        // Without it the floods would still come, only in larger pieces.
        let _ = stream.set_nodelay(true);
        let (read, write) = stream.into_split();
        Self {
            read: Some(read),
            write,
            held: Vec::new(),
            sealing: None,
            opening: None,
            agreed: super::kex::Agreed::default(),
        }
    }

    /// Sends bytes as they are.
    pub(super) async fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.flush().await?;
        self.write.write_all(bytes).await
    }

    /// Reads one line, without its end.
    pub(super) async fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        loop {
            let mut byte = [0];
            self.exactly(&mut byte).await?;
            match byte {
                [b'\n'] => return Ok(line),
                [b'\r'] => {}
                [byte] => line.push(byte),
            }
        }
    }

    /// Seals a packet; it goes out with the next [`Self::flush`], or when enough of them wait.
    pub(super) async fn push(&mut self, payload: &[u8]) -> io::Result<()> {
        seal(&mut self.held, payload, self.sealing.as_mut());
        if self.held.len() >= HELD_BYTES {
            self.flush().await?;
        }
        Ok(())
    }

    /// Sends what waits.
    pub(super) async fn flush(&mut self) -> io::Result<()> {
        let held = std::mem::take(&mut self.held);
        self.write.write_all(&held).await
    }

    /// Sends one packet now.
    pub(super) async fn send(&mut self, payload: &[u8]) -> io::Result<()> {
        self.push(payload).await?;
        self.flush().await
    }

    /// Sends it for as long as the client takes it.
    pub(super) async fn flood(&mut self, payload: &[u8]) -> io::Result<()> {
        loop {
            self.push(payload).await?;
        }
    }

    /// The next packet's payload, whatever it is.
    pub(super) async fn packet(&mut self) -> io::Result<Vec<u8>> {
        let mut length = [0; 4];
        self.exactly(&mut length).await?;
        let length = u32::from_be_bytes(length) as usize;
        if length > PACKET_BYTES {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let tag_bytes = if self.opening.is_some() { 16 } else { 0 };
        let mut sealed = vec![0; length + tag_bytes];
        self.exactly(&mut sealed).await?;
        let mut body = match &mut self.opening {
            None => sealed,
            Some(direction) => {
                let head = u32::try_from(length).expect("it was one").to_be_bytes();
                let nonce = direction.nonce();
                let opened = direction
                    .key
                    .open_in_place(nonce, Aad::from(head), &mut sealed);
                opened
                    .map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?
                    .to_vec()
            }
        };
        let padding = usize::from(*body.first().unwrap_or(&0));
        body.truncate(length.saturating_sub(padding));
        Ok(body.split_off(1.min(body.len())))
    }

    /// Reads on until a packet of this kind comes, and says no to signs of life that are asked for.
    pub(super) async fn until(&mut self, kind: u8) -> io::Result<Vec<u8>> {
        loop {
            let packet = self.packet().await?;
            match packet.first() {
                Some(&found) if found == kind => return Ok(packet),
                Some(&super::msg::GLOBAL_REQUEST) => {
                    self.send(&[super::msg::REQUEST_FAILURE]).await?;
                }
                _ => {}
            }
        }
    }

    /// Takes whatever the client sends from now on and looks at none of it.
    pub(super) fn ignore_the_client(&mut self) {
        let Some(mut read) = self.read.take() else {
            return;
        };
        tokio::spawn(async move {
            let mut sink = [0; 16 * 1024];
            while read.read(&mut sink).await.is_ok_and(|count| count > 0) {}
        });
    }

    async fn exactly(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        match &mut self.read {
            Some(read) => read.read_exact(bytes).await.map(drop),
            None => std::future::pending().await,
        }
    }

    /// From now on packets go out under this key.
    pub(super) fn seal_by(&mut self, key: &Key) {
        self.sealing = Some(Direction::new(&key.key, key.iv));
    }

    /// From now on packets come in under this key.
    pub(super) fn open_by(&mut self, key: &Key) {
        self.opening = Some(Direction::new(&key.key, key.iv));
    }
}

/// Adds a packet (RFC 4253, 6), in the clear or sealed.
fn seal(out: &mut Vec<u8>, payload: &[u8], sealing: Option<&mut Direction>) {
    // The length is sealed with nothing, so the block does not count it.
    let (block, counted) = match sealing {
        None => (8, 5),
        Some(_) => (16, 1),
    };
    let mut padding = block - (counted + payload.len()) % block;
    if padding < 4 {
        padding += block;
    }
    let length = u32::try_from(1 + payload.len() + padding).expect("a packet");
    let head = length.to_be_bytes();
    out.put_slice(&head);
    let from = out.len();
    out.put_u8(u8::try_from(padding).expect("two blocks at most"));
    out.put_slice(payload);
    out.put_bytes(0, padding);
    if let Some(direction) = sealing {
        let nonce = direction.nonce();
        let body = &mut out[from..];
        let tag = direction
            .key
            .seal_in_place_separate_tag(nonce, Aad::from(head), body);
        out.put_slice(tag.expect("it is short enough").as_ref());
    }
}

/// Fields of packets (RFC 4251, 5).
pub(super) trait Fields {
    /// A string: its length, and that many bytes.
    fn string(self, bytes: impl AsRef<[u8]>) -> Self;
    /// Four bytes.
    fn u32(self, number: u32) -> Self;
    /// Bytes as they are.
    fn raw(self, bytes: impl AsRef<[u8]>) -> Self;
}

impl Fields for Vec<u8> {
    fn string(self, bytes: impl AsRef<[u8]>) -> Self {
        let length = u32::try_from(bytes.as_ref().len()).expect("a string");
        self.u32(length).raw(bytes)
    }

    fn u32(mut self, number: u32) -> Self {
        self.put_u32(number);
        self
    }

    fn raw(mut self, bytes: impl AsRef<[u8]>) -> Self {
        self.put_slice(bytes.as_ref());
        self
    }
}

/// Takes a string off the front; empty: there is none.
pub(super) fn take_string<'a>(rest: &mut &'a [u8]) -> &'a [u8] {
    let length = take_u32(rest) as usize;
    let (string, after) = rest.split_at(length.min(rest.len()));
    *rest = after;
    string
}

/// Takes a number off the front; 0: there is none.
pub(super) fn take_u32(rest: &mut &[u8]) -> u32 {
    match rest.split_first_chunk::<4>() {
        Some((number, after)) => {
            *rest = after;
            u32::from_be_bytes(*number)
        }
        None => 0,
    }
}
