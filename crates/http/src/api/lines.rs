//! Answers that come line by line: each line is one JSON value.

use axum::{
    body::{Body, Bytes},
    http::header,
    response::{IntoResponse, Response},
};
use futures::stream;
use serde::Serialize;
use tokio::sync::mpsc;

/// Lines as they come; when the page leaves, the receiver is dropped.
pub(super) struct Lines<T>(pub(super) mpsc::Receiver<T>);

impl<T: Serialize + Send + 'static> IntoResponse for Lines<T> {
    fn into_response(self) -> Response {
        let lines = stream::unfold(self.0, |mut lines| async move {
            let line = lines.recv().await?;
            let mut json = match serde_json::to_vec(&line) {
                Ok(json) => json,
                Err(error) => return Some((Err(std::io::Error::other(error)), lines)),
            };
            json.push(b'\n');
            Some((Ok(Bytes::from(json)), lines))
        });
        let kind = [(header::CONTENT_TYPE, "application/x-ndjson")];
        (kind, Body::from_stream(lines)).into_response()
    }
}
