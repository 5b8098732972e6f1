//! Packets on a stream: a length and that many bytes; and the fields they are made of.

use bytes::{Buf, BufMut, Bytes, BytesMut};

/// The longest packet that is read: OpenSSH sends and takes 256 KiB at most.
pub const PACKET_BYTES: usize = 256 * 1024;

/// What the other side sent is not SFTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// A packet claims to be longer than any.
    #[error("a packet of {0} bytes was sent, and {PACKET_BYTES} are the most")]
    TooLong(usize),
    /// A packet ends before its fields do.
    #[error("a packet that is cut short was sent")]
    Short,
    /// A packet of a kind that there is not.
    #[error("a packet of the unknown kind {0} was sent")]
    Kind(u8),
    /// Another version of the protocol.
    #[error("version {0} of SFTP is spoken, and 3 is wanted")]
    Version(u32),
}

/// Cuts what a channel brings into packets.
#[derive(Default)]
pub struct Packets(BytesMut);

impl Packets {
    /// Takes what came.
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// The next whole packet, without its length; `None`: more has to come.
    ///
    /// # Errors
    /// [`Malformed::TooLong`] for one that claims to be longer than any.
    #[expect(
        clippy::should_implement_trait,
        reason = "an iterator would be taken for one that ends"
    )]
    pub fn next(&mut self) -> Result<Option<Bytes>, Malformed> {
        let Some((length, _)) = self.0.split_first_chunk::<4>() else {
            return Ok(None);
        };
        let length = u32::from_be_bytes(*length) as usize;
        if length > PACKET_BYTES {
            return Err(Malformed::TooLong(length));
        }
        if self.0.len() < 4 + length {
            // One growth for the whole packet.
            self.0.reserve(4 + length - self.0.len());
            return Ok(None);
        }
        self.0.advance(4);
        Ok(Some(self.0.split_to(length).freeze()))
    }
}

/// A packet in the making; its length stands in front and is set at the end.
pub(crate) struct Writer(BytesMut);

impl Writer {
    pub(crate) fn new(kind: u8, more_bytes: usize) -> Self {
        let mut body = BytesMut::with_capacity(64 + more_bytes);
        body.put_u32(0);
        body.put_u8(kind);
        Self(body)
    }

    pub(crate) fn u32(mut self, value: u32) -> Self {
        self.0.put_u32(value);
        self
    }

    pub(crate) fn u64(mut self, value: u64) -> Self {
        self.0.put_u64(value);
        self
    }

    /// A length and that many bytes; ours are far below what the length can say.
    pub(crate) fn string(mut self, bytes: &[u8]) -> Self {
        self.0.put_u32(length_of(bytes));
        self.0.extend_from_slice(bytes);
        self
    }

    pub(crate) fn raw(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    pub(crate) fn finish(self) -> Bytes {
        self.finish_before(0)
    }

    /// Of a packet that ends with so many bytes more, which follow by themselves.
    pub(crate) fn finish_before(mut self, more_bytes: usize) -> Bytes {
        let length = u32::try_from(self.0.len() - 4 + more_bytes).unwrap_or(u32::MAX);
        if let Some(place) = self.0.first_chunk_mut::<4>() {
            *place = length.to_be_bytes();
        }
        self.0.freeze()
    }
}

pub(crate) fn length_of(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

pub(crate) fn take_u8(packet: &mut Bytes) -> Result<u8, Malformed> {
    packet.try_get_u8().map_err(|_| Malformed::Short)
}

pub(crate) fn take_u32(packet: &mut Bytes) -> Result<u32, Malformed> {
    packet.try_get_u32().map_err(|_| Malformed::Short)
}

pub(crate) fn take_u64(packet: &mut Bytes) -> Result<u64, Malformed> {
    packet.try_get_u64().map_err(|_| Malformed::Short)
}

pub(crate) fn take_string(packet: &mut Bytes) -> Result<Bytes, Malformed> {
    let length = take_u32(packet)? as usize;
    if packet.len() < length {
        return Err(Malformed::Short);
    }
    Ok(packet.split_to(length))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_length_beyond_any_is_refused_at_once() {
        let mut packets = Packets::default();
        packets.push(&u32::MAX.to_be_bytes());
        assert_eq!(packets.next(), Err(Malformed::TooLong(u32::MAX as usize)));
    }

    proptest! {
        #[test]
        fn packets_come_out_as_they_went_in(
            bodies in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..20),
            cut in 1_usize..50,
        ) {
            let stream: Vec<u8> = bodies
                .iter()
                .flat_map(|body| [&length_of(body).to_be_bytes()[..], body].concat())
                .collect();
            let mut packets = Packets::default();
            let mut found = Vec::new();
            for piece in stream.chunks(cut) {
                packets.push(piece);
                while let Some(packet) = packets.next().unwrap() {
                    found.push(packet.to_vec());
                }
            }
            prop_assert_eq!(found, bodies);
        }
    }
}
