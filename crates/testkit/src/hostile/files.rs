//! What goes wrong over SFTP: folders without end, answers to nobody, lies about lengths.

use std::io;

use bytes::Bytes;
use sftp::{Answer, Attributes, Entry, Packets, Request, code, file_type};

use super::{
    Case, Step,
    early::stop_at,
    late, msg,
    wire::{Fields as _, Wire, take_string},
};

/// Names in one answer, as OpenSSH sends them.
const NAMES: u32 = 100;
/// Names of a folder whose lines are long.
const FEW: u32 = 400;
/// Names of the large folder.
const MILLION: u32 = 1_000_000;

/// Plays the cases that are about files, and returns at once for the others.
pub(super) async fn play(wire: &mut Wire, case: Case) -> io::Result<()> {
    let is_about_files = matches!(
        case,
        Case::HangsUp(Step::SftpInit | Step::MidRead)
            | Case::MillionNames
            | Case::EndlessNames
            | Case::EndlessLinks
            | Case::ShortNames
            | Case::LongLines
            | Case::FalseCount
            | Case::UnknownIds
            | Case::LongPaths
            | Case::NoAnswers
    );
    if !is_about_files {
        return Ok(());
    }
    let wish = wire.until(msg::CHANNEL_OPEN).await?;
    let theirs = late::number_of(&wish);
    wire.send(&late::opened(theirs, 32 << 10)).await?;
    wire.until(msg::CHANNEL_REQUEST).await?;
    wire.send(&vec![msg::CHANNEL_SUCCESS].u32(theirs)).await?;
    let mut packets = Packets::default();
    let init = wire.sftp_packet(&mut packets).await?;
    stop_at(case, Step::SftpInit)?;
    let greeting = sftp::version(init, &sftp::Extensions::default());
    wire.sftp(theirs, &greeting.expect("the client begins"))
        .await?;
    if case == Case::UnknownIds {
        wire.ignore_the_client();
        let mut id = 1_000_000;
        loop {
            id += 1;
            wire.sftp(theirs, &Answer::Handle(Bytes::from_static(b"h")).encode(id))
                .await?;
        }
    }
    let mut told = 0;
    loop {
        let packet = wire.sftp_packet(&mut packets).await?;
        let (id, request) = Request::decode(packet).expect("the client speaks SFTP");
        if case == Case::FalseCount && matches!(request, Request::ReadDir { .. }) {
            let lying = vec![104].u32(id).u32(u32::MAX).string("a").string("a");
            let packet = Vec::new().string(lying.u32(0));
            wire.sftp(theirs, &packet).await?;
            continue;
        }
        if let Some(answer) = answer(case, request, &mut told)? {
            wire.sftp(theirs, &answer.encode(id)).await?;
        }
    }
}

fn answer(case: Case, request: Request, told: &mut u32) -> io::Result<Option<Answer>> {
    if case == Case::NoAnswers {
        return Ok(None);
    }
    Ok(Some(match request {
        Request::OpenDir { .. } | Request::Open { .. } => Answer::Handle(Bytes::from_static(b"h")),
        Request::ReadDir { .. } => names(case, told),
        Request::Read { .. } => {
            stop_at(case, Step::MidRead)?;
            Answer::status(code::EOF)
        }
        Request::ReadLink { .. } | Request::RealPath { .. } => {
            Answer::Name(vec![entry(vec![b'/'; 250_000], b"", 0, file_type::LINK)])
        }
        Request::Stat { .. } | Request::LStat { .. } | Request::FStat { .. } => {
            Answer::Attributes(Attributes {
                size_bytes: Some(u64::MAX),
                mode: Some(file_type::FOLDER),
                ..Attributes::default()
            })
        }
        Request::Close { .. } => Answer::status(code::OK),
        _ => Answer::status(code::OP_UNSUPPORTED),
    }))
}

/// The next names.
fn names(case: Case, told: &mut u32) -> Answer {
    if case == Case::MillionNames && *told >= MILLION || case == Case::LongLines && *told >= FEW {
        return Answer::status(code::EOF);
    }
    let (count, long_name, kind) = match case {
        // As many as fit into a packet.
        Case::ShortNames => (15_000, 0, file_type::FILE),
        Case::LongLines => (1, 250_000, file_type::FILE),
        Case::EndlessLinks => (NAMES, 0, file_type::LINK),
        _ => (NAMES, 60, file_type::FILE),
    };
    let from = *told;
    *told = told.wrapping_add(count);
    let entries = (0..count).map(|index| {
        let number = from.wrapping_add(index);
        let name = match case {
            Case::ShortNames => b"a".to_vec(),
            _ => format!("a-file-with-a-name-{number}").into_bytes(),
        };
        entry(name, &vec![b'l'; long_name], number, kind)
    });
    Answer::Name(entries.collect())
}

fn entry(name: Vec<u8>, long_name: &[u8], user: u32, kind: u32) -> Entry {
    let attributes = match kind {
        file_type::LINK => Attributes {
            owner: Some((user, user)),
            mode: Some(kind),
            ..Attributes::default()
        },
        _ => Attributes::default(),
    };
    Entry {
        name: name.into(),
        long_name: Bytes::copy_from_slice(long_name),
        attributes,
    }
}

impl Wire {
    /// Sends bytes of SFTP, in pieces of a channel's packets.
    async fn sftp(&mut self, theirs: u32, bytes: &[u8]) -> io::Result<()> {
        for piece in bytes.chunks(32 << 10) {
            let data = vec![msg::CHANNEL_DATA].u32(theirs).string(piece);
            self.push(&data).await?;
        }
        self.flush().await
    }

    /// The next packet of SFTP.
    async fn sftp_packet(&mut self, packets: &mut Packets) -> io::Result<Bytes> {
        loop {
            let next = packets.next().map_err(io::Error::other)?;
            if let Some(packet) = next {
                return Ok(packet);
            }
            let data = self.until(msg::CHANNEL_DATA).await?;
            packets.push(take_string(&mut data.get(5..).unwrap_or_default()));
        }
    }
}
