//! What fuzzing reaches of this crate; pure, and no part of the program.

use std::time::Duration;

use axum::body::Bytes;
use serde_json::Value;
use terminal::Size;

use crate::{
    live::{ClientMessage, interval},
    terminal_socket::{Said, said},
};

/// Reads a message to the live socket; of a subscription the query, its arguments and the interval.
#[must_use]
pub fn subscription(text: &str) -> Option<(String, Value, Duration)> {
    match serde_json::from_str(text).ok()? {
        ClientMessage::Subscribe {
            query,
            args,
            every_seconds,
            ..
        } => Some((query, args, interval(every_seconds)?)),
        ClientMessage::Unsubscribe { .. } => None,
    }
}

/// Reads a frame to a terminal's socket: what goes to the shell, the size, what the page has taken in.
#[must_use]
pub fn terminal_frame(frame: &[u8]) -> Option<(Bytes, Option<Size>, Option<u32>)> {
    Some(match said(&Bytes::copy_from_slice(frame))? {
        Said::Keys(keys) => (keys, None, None),
        Said::Size(size) => (Bytes::new(), Some(size), None),
        Said::Taken(bytes) => (Bytes::new(), None, Some(bytes)),
    })
}
