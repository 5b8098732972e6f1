//! A page's socket to one terminal: binary frames, the first byte of each says what it is.
//!
//! Invariant: reading what a page sends never waits for what is sent to it, nor the other way round.
//!
//! From the page: 0 keys; 1 size, two big-endian 16-bit numbers; 2 how many more bytes of frames 0, 1
//! and 2 it has taken in, one big-endian 32-bit number. To the page: 0 output; 1 repaint, the size
//! likewise, then the number of its first line in 64 bits; 2 the screen alone, with the size; 4 an
//! event in JSON.

use axum::{
    Extension,
    body::Bytes,
    extract::{
        Path, State,
        ws::{Message, WebSocket, WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    response::Response,
};
use engine::Frame;
use futures::{SinkExt, StreamExt};
use serde_json::json;
use terminal::Size;

use crate::{App, access::Pass, asker::By, error::ApiError, session_end};

/// The largest message that a page may send, in bytes: a piece of what is pasted.
const LARGEST_MESSAGE: usize = 1 << 20;
/// There is no such terminal (any more).
const GONE: u16 = 4404;
/// The profile does not grant terminals.
const DENIED: u16 = 4403;

/// Makes the request a WebSocket.
pub(crate) async fn upgrade(
    State(app): State<App>,
    Extension(pass): Extension<Pass>,
    Path(id): Path<String>,
    by: By,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, ApiError> {
    let upgrade = upgrade.map_err(|_| ApiError::not_a_socket())?;
    Ok(upgrade
        .max_message_size(LARGEST_MESSAGE)
        .max_frame_size(LARGEST_MESSAGE)
        .on_upgrade(move |socket| {
            by.does(session_end::run_socket(pass, socket, async move |socket| {
                run(app, id, socket).await
            }))
        }))
}

/// Gives what the socket is to be closed with.
async fn run(app: App, id: String, socket: &mut WebSocket) -> Option<u16> {
    let view = match app.engine.view_terminal(&id) {
        Ok(view) => view,
        Err(error) => {
            return Some(if error.code() == "denied" {
                DENIED
            } else {
                GONE
            });
        }
    };
    let (mut sending, mut receiving) = socket.split();
    let reading = async {
        while let Some(Ok(message)) = receiving.next().await {
            match message {
                Message::Binary(bytes) => match said(&bytes) {
                    Some(Said::Keys(keys)) => view.input(keys).await,
                    Some(Said::Size(size)) => view.resize(size),
                    Some(Said::Taken(bytes)) => view.acknowledge(bytes as usize),
                    None => {}
                },
                Message::Text(_) | Message::Close(_) => return,
                Message::Ping(_) | Message::Pong(_) => {}
            }
        }
    };
    let writing = async {
        while let Some(frame) = view.next().await {
            if sending.send(Message::Binary(encode(frame))).await.is_err() {
                return None;
            }
        }
        Some(if view.is_granted() { GONE } else { DENIED })
    };
    tokio::select! {
        () = reading => None,
        code = writing => code,
    }
}

/// What a page says.
pub(crate) enum Said {
    /// Keys were pressed, or something was pasted.
    Keys(Bytes),
    /// It has another size.
    Size(Size),
    /// It has taken in so many bytes more.
    Taken(u32),
}

/// Reads a frame; `None`: it makes no sense, and is left alone.
pub(crate) fn said(frame: &Bytes) -> Option<Said> {
    let (kind, rest) = frame.split_first()?;
    match (kind, rest) {
        (0, _) => Some(Said::Keys(frame.slice(1..))),
        (1, &[c1, c2, r1, r2]) => Some(Said::Size(Size::new(
            u16::from_be_bytes([c1, c2]),
            u16::from_be_bytes([r1, r2]),
        ))),
        (2, &[a, b, c, d]) => Some(Said::Taken(u32::from_be_bytes([a, b, c, d]))),
        _ => None,
    }
}

fn encode(frame: Frame) -> Bytes {
    let with_size = |kind: u8, size: Size| {
        let mut out = vec![kind];
        out.extend_from_slice(&size.columns().to_be_bytes());
        out.extend_from_slice(&size.rows().to_be_bytes());
        out
    };
    let out = match frame {
        Frame::Output(bytes) => {
            let mut out = Vec::with_capacity(1 + bytes.len());
            out.push(0);
            out.extend_from_slice(&bytes);
            out
        }
        Frame::Repaint {
            size,
            first_line,
            bytes,
        } => {
            let mut out = with_size(1, size);
            out.extend_from_slice(&first_line.to_be_bytes());
            out.extend_from_slice(&bytes);
            out
        }
        Frame::Screen { size, bytes } => {
            let mut out = with_size(2, size);
            out.extend_from_slice(&bytes);
            out
        }
        Frame::Clipboard(text) => {
            let event = json!({ "type": "clipboard", "text": text });
            let mut out = vec![4];
            out.extend_from_slice(event.to_string().as_bytes());
            out
        }
    };
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_as_long_as_it_is_acknowledged_for() {
        let size = Size::new(100, 30);
        for frame in [
            Frame::Output(b"abc".to_vec()),
            Frame::Repaint {
                size,
                first_line: 7,
                bytes: b"abc".to_vec(),
            },
            Frame::Screen {
                size,
                bytes: Vec::new(),
            },
        ] {
            assert_eq!(encode(frame.clone()).len(), frame.len_on_wire());
        }
        let repaint = encode(Frame::Repaint {
            size,
            first_line: 258,
            bytes: b"x".to_vec(),
        });
        assert_eq!(&repaint[..], b"\x01\0\x64\0\x1e\0\0\0\0\0\0\x01\x02x");
    }
}
