//! What goes on in a session ends with it: requests under way, answers that come bit by bit, sockets.
//!
//! Invariant: nothing that a session began tells or takes anything once it is locked or ended.

use std::{future::Future, io, time::Duration};

use axum::{
    body::{Body, HttpBody},
    extract::ws::{CloseFrame, Message, WebSocket},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use futures::{StreamExt, stream};

use crate::{access::Pass, error::ApiError};

/// What a socket is closed with when its session is locked or ended.
const OVER: u16 = 4401;
/// How long a socket may take to say why it is closed; then it is cut.
const FAREWELL: Duration = Duration::from_secs(1);

/// Answers a request for as long as the session lasts.
pub(crate) async fn run(mut pass: Pass, answering: impl Future<Output = Response>) -> Response {
    let response = tokio::select! {
        // The request that ends its own session is answered.
        biased;
        response = answering => response,
        () = pass.over() => {
            let words = "The session was locked or ended.";
            return ApiError::new(StatusCode::UNAUTHORIZED, "unauthorized", words).into_response();
        }
    };
    let is_whole = response.body().size_hint().exact().is_some();
    if is_whole || response.status() == StatusCode::SWITCHING_PROTOCOLS {
        return response;
    }
    response.map(|body| {
        let parts = stream::unfold(Some((body.into_data_stream(), pass)), |state| async {
            let (mut body, mut pass) = state?;
            let next = tokio::select! {
                biased;
                // The connection is cut, so that nobody takes the part for the whole.
                () = pass.over() => Some(Err(io::Error::other("the session is over"))),
                next = body.next() => next.map(|next| next.map_err(io::Error::other)),
            };
            let next = next?;
            let rest = next.is_ok().then_some((body, pass));
            Some((next, rest))
        });
        Body::from_stream(parts)
    })
}

/// Does what a socket is for, for as long as the session lasts; a number is what it is then closed with.
pub(crate) async fn run_socket(
    mut pass: Pass,
    mut socket: WebSocket,
    work: impl AsyncFnOnce(&mut WebSocket) -> Option<u16>,
) {
    let code = tokio::select! {
        code = work(&mut socket) => code,
        () = pass.over() => Some(OVER),
    };
    if let Some(code) = code {
        let reason = "".into();
        let close = socket.send(Message::Close(Some(CloseFrame { code, reason })));
        // A page that is gone, or takes nothing, need not be told.
        let _ = tokio::time::timeout(FAREWELL, close).await;
    }
}
