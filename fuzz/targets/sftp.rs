//! Any bytes as what a server or a client sends over SFTP: packets are bounded, and what is decoded is
//! encoded and decoded as the same again.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use sftp::{
    Answer, Extensions, Ids, Limits, Names, PACKET_BYTES, Packets, Request, StatVfs, version,
};

fuzz_target!(|input: &[u8]| {
    let mut packets = Packets::default();
    // In two pieces, as a channel may bring them.
    let (first, second) = input.split_at(input.len() / 2);
    for piece in [first, second] {
        packets.push(piece);
        while let Ok(Some(packet)) = packets.next() {
            assert!(packet.len() <= PACKET_BYTES);
            whole(packet);
        }
    }
    whole(Bytes::copy_from_slice(input));
});

fn whole(packet: Bytes) {
    if let Ok((id, answer)) = Answer::decode(packet.clone()) {
        let again = body(&answer.encode(id)).map(Answer::decode);
        assert_eq!(again, Some(Ok((id, answer))));
    }
    if let Ok((id, request)) = Request::decode(packet.clone()) {
        let again = body(&request.encode(id)).map(Request::decode);
        assert_eq!(again, Some(Ok((id, request))));
    }
    let _version = version(packet.clone(), &Extensions::default());
    let _limits = Limits::take(packet.clone());
    let _names = Names::take(packet.clone());
    let _space = StatVfs::take(packet.clone());
    let _ids: Option<Ids> = None;
}

/// A packet without its length.
fn body(packet: &Bytes) -> Option<Bytes> {
    let mut packets = Packets::default();
    packets.push(packet);
    packets.next().ok().flatten()
}
