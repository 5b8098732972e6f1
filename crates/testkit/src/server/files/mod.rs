//! Fixed files over SFTP, read only, and the answers that a test puts in place of the honest ones.

use std::collections::BTreeMap;

use bytes::Bytes;
use russh::{Channel, ChannelMsg, server::Msg};
use sftp::{Answer, Attributes, Entry, Malformed, Packets, Request, code, file_type};

use super::Behaviour;

/// Serves one SFTP session: what the test answers, or else its files.
pub(super) async fn run(behaviour: Behaviour, channel: Channel<Msg>) {
    let (mut incoming, outgoing) = channel.split();
    let mut packets = Packets::default();
    let mut has_begun = false;
    while let Some(message) = incoming.wait().await {
        match message {
            ChannelMsg::Data { data } => packets.push(&data),
            ChannelMsg::Eof | ChannelMsg::Close => break,
            _ => continue,
        }
        while let Some(packet) = packets.next().expect("the client speaks SFTP") {
            let sent = if has_begun {
                answers(&behaviour, packet)
            } else {
                has_begun = true;
                let offered = &behaviour.sftp_extensions;
                vec![sftp::version(packet, offered).expect("the client begins")]
            };
            for bytes in sent {
                // A failure means that the client is gone.
                let _ = outgoing.data_bytes(bytes).await;
            }
        }
    }
    let _ = outgoing.close().await;
}

/// The packets that answer one.
fn answers(behaviour: &Behaviour, packet: Bytes) -> Vec<Bytes> {
    let number = packet[1..5].try_into().expect("four bytes");
    let (id, request) = match Request::decode(packet) {
        Ok(read) => read,
        Err(Malformed::Kind(_)) => {
            let answer = Answer::status(code::OP_UNSUPPORTED);
            return vec![answer.encode(u32::from_be_bytes(number))];
        }
        Err(error) => panic!("the client's request makes no sense: {error}"),
    };
    let scripted = behaviour.sftp_answers.as_ref();
    let answers = match scripted.and_then(|answers| answers(&request)) {
        Some(answers) => answers,
        None => vec![honest(behaviour.files.as_ref(), request)],
    };
    answers.iter().map(|answer| answer.encode(id)).collect()
}

/// What a server of these files answers. A handle is the file's path.
fn honest(files: Option<&BTreeMap<String, Vec<u8>>>, request: Request) -> Answer {
    let file = |path: &[u8]| files?.get(str::from_utf8(path).ok()?);
    match request {
        Request::Open { path, .. } if file(&path).is_some() => Answer::Handle(path),
        Request::Open { .. } => Answer::status(code::NO_SUCH_FILE),
        Request::Read {
            handle,
            offset,
            len,
        } => match file(&handle) {
            Some(file) => part(file, offset, len),
            None => Answer::status(code::FAILURE),
        },
        Request::Close { .. } => Answer::status(code::OK),
        Request::Stat { path } | Request::LStat { path } | Request::FStat { handle: path } => {
            match file(&path) {
                Some(file) => Answer::Attributes(Attributes {
                    size_bytes: Some(file.len() as u64),
                    mode: Some(file_type::FILE | 0o644),
                    ..Attributes::default()
                }),
                None => Answer::status(code::NO_SUCH_FILE),
            }
        }
        // It has no links.
        Request::RealPath { path } if path.starts_with(b"/") => Answer::Name(vec![Entry {
            name: path,
            long_name: Bytes::new(),
            attributes: Attributes::default(),
        }]),
        _ => Answer::status(code::OP_UNSUPPORTED),
    }
}

fn part(file: &[u8], offset: u64, len: u32) -> Answer {
    let start = usize::try_from(offset)
        .unwrap_or(usize::MAX)
        .min(file.len());
    let end = start.saturating_add(len as usize).min(file.len());
    if start == end {
        return Answer::status(code::EOF);
    }
    Answer::Data(Bytes::copy_from_slice(&file[start..end]))
}

#[cfg(test)]
mod tests;
